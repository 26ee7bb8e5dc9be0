//! Finding words in the article.

use super::{long, top};
use crate::testing::Harness;
use crate::ui::Meaning;

#[test]
fn the_page_follows_the_words_as_they_are_typed() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("stone3");
    assert!(harness.footer().contains("1 of 11"), "{}", harness.footer());
    harness.shows("stone3.");
    harness.type_text("7");
    assert!(harness.footer().contains("1 of 1"));
    harness.shows("stone37.");
    // Taking letters back comes back as well.
    harness.keys("Backspace");
    harness.shows("stone3.");
    harness.type_text("zzz");
    assert!(harness.footer().contains("not found"), "{}", harness.footer());
}

#[test]
fn n_walks_the_hits_with_a_count_and_says_when_it_starts_again() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("stone2");
    harness.keys("Enter");
    assert!(harness.footer().starts_with(" 1 of 11"), "{}", harness.footer());
    assert_eq!(harness.words_in(Meaning::HitCurrent), "stone2");
    harness.keys("n");
    assert!(harness.footer().starts_with(" 2 of 11"));
    harness.shows("stone20");
    harness.keys("N N");
    assert!(harness.footer().contains("On to the last of "), "{}", harness.footer());
    harness.shows("stone29");
    harness.keys("n");
    assert!(harness.footer().contains("Back at the first of "));
    harness.keys("n");
    assert!(harness.footer().starts_with(" 2 of 11"));
}

#[test]
fn from_behind_the_last_hit_n_says_that_it_starts_again() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("stone5.");
    harness.keys("Enter G n");
    assert!(harness.footer().contains("Back at the first of "), "{}", harness.footer());
    harness.shows("stone5.");
}

#[test]
fn escape_clears_what_was_found() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("mark");
    harness.keys("Enter");
    assert!(harness.words_in(Meaning::Hit).contains("mark"));
    harness.keys("Esc");
    assert_eq!(harness.words_in(Meaning::Hit), "");
    assert!(!harness.footer().contains(" of "));
    harness.keys("n");
    assert!(harness.footer().contains("Nothing to walk yet"), "{}", harness.footer());
}

#[test]
fn a_search_given_up_comes_back_to_where_it_began() {
    let mut harness = long();
    harness.keys("Space j");
    let before = (top(&harness), harness.screen());
    harness.keys("/");
    harness.type_text("stone50");
    assert_ne!(top(&harness), before.0);
    harness.keys("Esc");
    assert_eq!((top(&harness), harness.screen()), before);
    // The previous search is active again, with its count.
    harness.keys("/");
    harness.type_text("stone2");
    harness.keys("Enter n /");
    let footer = |harness: &Harness| harness.footer().trim_start().split("  ").next().unwrap().to_owned();
    harness.type_text("stone41");
    harness.keys("Esc");
    assert_eq!(footer(&harness), "3 of 11");
    harness.keys("n");
    assert_eq!(footer(&harness), "4 of 11");
}

#[test]
fn an_empty_search_takes_the_last_one_away() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("mark");
    harness.keys("Enter / Backspace Enter");
    assert_eq!(harness.words_in(Meaning::Hit), "");
    harness.keys("n");
    assert!(harness.footer().contains("Nothing to walk yet"));
}

#[test]
fn the_scrollbar_shows_where_the_hits_are() {
    let mut harness = long();
    let marks = |harness: &Harness| harness.screen().matches('━').count();
    assert_eq!(marks(&harness), 0);
    harness.keys("/");
    harness.type_text("stone60");
    harness.keys("Enter");
    assert_eq!(marks(&harness), 1, "{}", harness.screen());
}

#[test]
fn the_scrollbar_shows_the_last_of_many_hits() {
    let text = format!("Words\n\n{}", "many a word. ".repeat(3_000));
    let mut harness = Harness::reading(120, 34, "many.txt", &text);
    harness.keys("/");
    harness.type_text("word");
    harness.keys("Enter");
    assert!(harness.screen().matches('━').count() >= 31, "{}", harness.screen());
}

#[test]
fn the_count_of_a_search_stands_beside_a_search_only() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("stone2");
    harness.keys("Enter h /");
    assert!(!harness.footer().contains("of 11"), "{}", harness.footer());
    harness.keys("Esc l /");
    harness.type_text("zzz");
    harness.keys("Enter");
    assert!(!harness.footer().contains("n next"), "{}", harness.footer());
}

#[test]
fn a_selection_begins_at_what_was_just_found() {
    let mut harness = long();
    harness.keys("/");
    harness.type_text("stone14");
    harness.keys("Enter v Enter");
    assert_eq!(harness.last_saved().words(), "The mark is stone14.");
}
