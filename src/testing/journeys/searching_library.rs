//! Searching the library as one types, walking what was found, and searches that are saved.

use crate::command::Scope;
use crate::config::ColorDepth;
use crate::panes::PaneId;
use crate::testing::Harness;
use crate::ui::Meaning;

/// A list in which one word stands in the titles and texts of two articles, and another in one, far from its beginning.
fn library(width: u16, height: u16) -> Harness {
    let mut harness = Harness::bare(width, height, ColorDepth::TrueColor);
    let filler = "The river was quiet that year, and nobody thought of it.\n\n".repeat(30);
    let cable = format!(
        "Zephyrine cable\n\nIslands wait.\n\n{filler}A ship from the north will come in the night and mend the \
         zephyrine that was cut, said the post.\n\nIt was the last of its kind: the ZEPHYRINE."
    );
    harness.start(vec![
        ("cable.txt", cable.as_str()),
        ("spring.txt", "Petrichor in spring\n\nThe petrichor stayed for days."),
        ("autumn.txt", "Petrichor in autumn\n\nThis time petrichor came late."),
        ("snow.txt", "Snow\n\nNone of the words is here."),
    ]);
    harness.deliver_all();
    harness
}

fn search(harness: &mut Harness, query: &str) {
    harness.keys("h /");
    harness.type_text(query);
}

#[test]
fn what_was_found_stands_under_its_row_with_the_words_lit() {
    for (width, height) in [(160, 48), (100, 30), (60, 20)] {
        let mut harness = library(width, height);
        search(&mut harness, "zephyrine");
        harness.shows("Zephyrine cable");
        harness.hides("None of the words");
        harness.keys("Enter");
        harness.shows("that was");
        assert_eq!(harness.words_in(Meaning::Hit), "zephyrine", "{}", harness.screen());
        harness.keys("Esc");
        assert_eq!(harness.words_in(Meaning::Hit), "");
    }
    let mut harness = library(60, 20);
    search(&mut harness, "title:zephyrine");
    harness.keys("Enter");
    harness.shows("Zephyrine cable");
    assert_eq!(harness.words_in(Meaning::Hit), "", "there is no sentence to show of a title");
}

#[test]
fn an_article_that_was_found_opens_at_the_words_and_n_walks_them() {
    let mut harness = library(160, 24);
    search(&mut harness, "zephyrine");
    harness.keys("Enter Enter");
    assert_eq!((harness.on_page(), harness.state.focus), ("Zephyrine cable", PaneId::Reader));
    assert!(harness.footer().starts_with(" 1 of 3"), "{}", harness.footer());
    assert_eq!(harness.words_in(Meaning::HitCurrent), "Zephyrine");
    harness.keys("n n");
    assert_eq!(harness.words_in(Meaning::HitCurrent), "ZEPHYRINE");
    harness.keys("n");
    assert!(harness.footer().contains("Back at the first of 3"), "{}", harness.footer());
    // Other words take their place, and it comes back when those are given up.
    harness.keys("/");
    harness.type_text("quiet");
    harness.keys("Esc");
    assert!(harness.footer().contains(" of 3"), "{}", harness.footer());
    harness.keys("Esc");
    assert_eq!(harness.words_in(Meaning::HitCurrent), "");
    harness.shows("· zephyrine");
    harness.keys("Esc");
    harness.hides("· zephyrine");
    assert_eq!(harness.words_in(Meaning::Hit), "");
}

#[test]
fn what_is_half_typed_keeps_the_list_and_says_nothing() {
    let mut harness = library(120, 30);
    search(&mut harness, "petrichor");
    let title = "Petrichor in spring";
    harness.shows(title);
    for typed in [" ", "i", "s", ":", "u", "n"] {
        harness.type_text(typed);
        harness.shows(title);
        assert!(!harness.footer().contains("state") && !harness.footer().contains("value"), "{}", harness.footer());
    }
    harness.keys("Enter");
    assert!(harness.footer().contains("did you mean is:unread?"), "{}", harness.footer());
}

#[test]
fn what_a_begun_word_found_does_not_vanish_with_enter() {
    let mut harness = library(120, 30);
    search(&mut harness, "petric");
    harness.shows("Petrichor in spring");
    harness.keys("Enter");
    harness.shows("· petric*");
    assert_eq!(harness.words_in(Meaning::Hit), "petrichor petrichor", "{}", harness.screen());
    // A whole word is one, and a word that nothing begins with stays as it was typed.
    harness.keys("Esc");
    search(&mut harness, "spring");
    harness.keys("Enter");
    harness.shows("· spring");
    harness.hides("spring*");
    harness.keys("Esc");
    search(&mut harness, "petro");
    harness.keys("Enter");
    harness.shows("No article fits “petro”");
    // It is saved as it is listed.
    harness.keys("Esc");
    search(&mut harness, "is:unread -snow petric");
    harness.keys("Enter S Enter");
    assert!(harness.footer().contains("Saved the search “is:unread -snow petric*”"), "{}", harness.footer());
}

#[test]
fn the_way_back_to_the_whole_list_stands_below_it() {
    for (width, wanted) in [(100, "Esc whole list"), (60, "Esc whole list"), (24, "Esc  Tab")] {
        let mut harness = library(width, 20);
        harness.keys("h");
        assert!(!harness.footer().contains("Esc"), "{}", harness.footer());
        harness.keys("/");
        harness.type_text("zzzz");
        harness.keys("Enter");
        assert!(harness.footer().contains(wanted), "{}", harness.footer());
        harness.keys("Esc");
        assert!(!harness.footer().contains("Esc"), "{}", harness.footer());
    }
}

#[test]
fn the_mouse_finds_rows_that_have_sentences() {
    let mut harness = library(160, 30);
    search(&mut harness, "petrichor");
    harness.keys("Enter");
    let in_list = |line: &str| line.split('│').next().unwrap_or_default().to_owned();
    for title in ["Petrichor in spring", "Petrichor in autumn"] {
        harness.keys("h");
        let row = harness.screen().lines().position(|line| in_list(line).contains(title)).unwrap() as u16;
        // On its sentence, twice: the first puts the cursor there.
        harness.keys(if title.ends_with("spring") { "G" } else { "g g" });
        harness.click(5, row + 2);
        harness.click(5, row + 2);
        assert_eq!(harness.on_page(), title, "{}", harness.screen());
    }
}

#[test]
fn a_search_is_saved_listed_edited_and_removed_and_all_of_it_is_undone() {
    let mut harness = library(160, 30);
    harness.keys("h S");
    assert!(harness.footer().contains("Nothing is searched for"), "{}", harness.footer());
    search(&mut harness, "petrichor is:unread");
    harness.keys("Enter S C-u");
    harness.type_text("Wet");
    harness.keys("Enter");
    assert!(harness.footer().contains("Saved the search “Wet”"), "{}", harness.footer());
    harness.keys("Esc F");
    assert_eq!(harness.state.scope(), Scope::Sources);
    harness.shows("Wet  petrichor is:unread");
    harness.keys("G Enter");
    harness.shows("· petrichor is:unread");
    harness.keys("F G e C-u");
    harness.type_text("petrichor or");
    harness.keys("Enter");
    assert!(harness.state.prompt.is_some(), "it can be typed on: {}", harness.screen());
    harness.type_text(" snow");
    harness.keys("Enter");
    harness.shows("Wet  petrichor or snow");
    harness.keys("G D");
    harness.hides("petrichor or snow");
    harness.keys("u");
    harness.shows("Wet  petrichor or snow");
    harness.keys("u");
    harness.shows("Wet  petrichor is:unread");
    harness.keys("R");
    assert!(harness.footer().contains("No folder was added"), "{}", harness.footer());
    assert_eq!(harness.state.scope(), Scope::Sources);
    // What is always there stays.
    harness.keys("g g D");
    assert!(harness.footer().contains("always here"), "{}", harness.footer());
    harness.keys("Esc");
    assert_eq!(harness.state.scope(), Scope::Articles);
    let mut again = harness.again(160, 30, ColorDepth::Mono, vec![]);
    again.deliver_all();
    again.keys("h F");
    again.shows("Wet  petrichor is:unread");
}

#[test]
fn a_search_that_cannot_be_written_is_told() {
    let mut harness = library(120, 30);
    search(&mut harness, "petrichor");
    harness.keys("Enter S");
    harness.fail_next_save = true;
    harness.keys("Enter");
    assert!(harness.footer().contains("NOT saved"), "{}", harness.footer());
    harness.keys("F");
    harness.hides("Saved");
}

#[test]
fn what_was_found_is_sorted_by_relevance_and_back() {
    let mut harness = library(160, 30);
    harness.keys("h g r");
    assert!(harness.footer().contains("Only what was found"), "{}", harness.footer());
    search(&mut harness, "petrichor");
    harness.keys("Enter g r");
    harness.shows("best first");
    harness.keys("g r");
    harness.hides("best first");
}
