//! The reading list: long, narrowed, sorted, selected, marked, read through.

use std::fmt::Write as _;

use crate::article::{Entry, SourceId};
use crate::command::{Effect, LibraryJob, ListJob, SourceJob};
use crate::config::ColorDepth;
use crate::panes::PaneId;
use crate::testing::Harness;
use crate::ui::Meaning;

const ARTICLES: [(&str, &str); 4] = [
    ("alpha.txt", "Alpha rises\n\nBy Ann Reed\n\nThe alpha came. It went."),
    ("beta.txt", "Beta falls\n\nThe beta came. It went."),
    ("gamma.txt", "Gamma stays\n\nThe gamma came. It went."),
    ("delta.txt", "Delta spreads\n\nThe delta came. It went."),
];

/// Four short articles, the first of which is on the page; the list has the focus.
fn list() -> Harness {
    let mut harness = Harness::bare(160, 40, ColorDepth::TrueColor);
    harness.start(ARTICLES.to_vec());
    harness.deliver_all();
    harness.keys("h");
    harness
}

fn read_files(harness: &Harness) -> Vec<bool> {
    ARTICLES.iter().map(|(file, _)| harness.listed_file(file).is_some_and(|entry| entry.is_read())).collect()
}

fn under_cursor(harness: &Harness) -> String {
    harness.words_in(Meaning::Cursor)
}

/// A folder of so many short stories that was added to the list.
fn stories(count: usize) -> Harness {
    let mut harness = Harness::edition(120, 40);
    for number in 0..count {
        harness.put(&format!("stories/{number:03}.txt"), &format!("Story {number}\n\nIt is short. It ends well."));
    }
    harness.keys("h a");
    harness.type_path("stories");
    harness.keys("Enter");
    harness
}

#[test]
fn a_folder_of_400_files_is_listed_in_its_order_and_none_is_opened() {
    let mut harness = stories(400);
    assert!(harness.footer().contains("✓ Added 400 articles from stories."), "{}", harness.footer());
    harness.shows("Articles 411");
    assert!(under_cursor(&harness).contains("Story 0"), "{}", under_cursor(&harness));
    assert!(harness.on_page().starts_with("Start here"));
    let titles: Vec<String> = harness.listed().into_iter().map(|entry| entry.title).collect();
    let wanted: Vec<String> = (0..400).map(|number| format!("Story {number}")).collect();
    assert_eq!(titles[..400], wanted[..]);
    harness.keys("G");
    let last = harness.listed().pop().unwrap();
    assert!(under_cursor(&harness).contains(last.title.split(' ').next().unwrap()), "{}", under_cursor(&harness));
    harness.keys("g g PgDn j");
    assert!(!under_cursor(&harness).contains("Story 0"));
    // What was pressed at once means the same as what was pressed slowly.
    harness.keys_only("G k Enter");
    harness.deliver_all();
    let titles = harness.listed();
    assert_eq!(harness.on_page(), titles[titles.len() - 2].title);
}

#[test]
fn a_folder_without_anything_to_read_says_why() {
    let mut harness = list();
    harness.put("pictures/a.png", "\u{89}PNG");
    harness.keys("a");
    harness.type_path("pictures");
    harness.keys("Enter");
    assert!(harness.footer().contains("! "), "{}", harness.footer());
    harness.shows("Articles 15");
}

#[test]
fn many_are_removed_one_by_one_and_stay_removed_and_undo_brings_the_last_back_after_a_restart() {
    let mut harness = stories(120);
    // At once, as a key that is held down.
    for _ in 0..70 {
        harness.keys_only("D");
    }
    harness.deliver_all();
    harness.shows("Articles 61");
    assert_eq!(harness.listed().first().unwrap().title, "Story 70");
    assert!(under_cursor(&harness).contains("Story 70"), "{}", under_cursor(&harness));
    harness.keys("u u");
    harness.shows("Articles 63");
    assert!(under_cursor(&harness).contains("Story 68"), "{}", under_cursor(&harness));
    harness.keys("C-r");

    let mut again = harness.again(120, 40, ColorDepth::TrueColor, vec![]);
    again.deliver_all();
    again.shows("Articles 62");
    again.keys("u");
    assert!(again.footer().contains("Undone: removed 1 article from the list"), "{}", again.footer());
    again.shows("Articles 63");
    again.keys("h");
    assert!(under_cursor(&again).contains("Story 68"), "{}", under_cursor(&again));
    again.keys("C-r");
    again.shows("Articles 62");
}

#[test]
fn a_filter_is_typed_letter_by_letter_and_fields_are_understood() {
    let mut harness = list();
    harness.keys("j s h /");
    harness.type_text("is:starre");
    harness.shows("Gamma stays");
    harness.type_text("d");
    harness.shows("Beta falls");
    harness.hides("Gamma stays");
    harness.keys("Enter");
    harness.shows("Starred 1 of 15");
    harness.keys("/");
    harness.type_text("file:delta");
    harness.shows("Delta spreads");
    harness.keys("Esc");
    harness.shows("Starred 1 of 15");
    harness.keys("Esc");
    harness.shows("Articles 15");
    // Only what was typed last is wanted.
    harness.keys("/");
    for letter in ["g", "a", "m", "m", "a"] {
        harness.keys_only(letter);
    }
    harness.keys_only("Enter Enter");
    harness.deliver_all();
    assert_eq!(harness.on_page(), "Gamma stays", "keys wait for the rows they are meant for");
}

#[test]
fn a_bad_query_is_said_and_leaves_the_list_as_it_is() {
    let mut harness = list();
    harness.keys("/");
    harness.type_text("beta");
    harness.keys("Enter /");
    harness.type_text("is:unred");
    assert!(!harness.footer().contains("state"), "it may go on: {}", harness.footer());
    harness.type_text(" rain");
    assert!(harness.footer().contains("there is no such state; did you mean is:unread?"), "{}", harness.footer());
    harness.keys("Enter");
    harness.hides("Gamma stays");
    assert!(harness.footer().contains("did you mean is:unread?"), "{}", harness.footer());
    harness.shows("1 of 15 · beta");
}

#[test]
fn several_are_selected_and_marked_together() {
    let mut harness = list();
    harness.keys("j x x");
    assert!(harness.footer().contains("2 articles selected"), "{}", harness.footer());
    assert_eq!(harness.screen().matches('✓').count(), 2);
    harness.keys("r");
    assert_eq!(read_files(&harness), [true, true, true, false], "the first was read before");
    assert!(harness.footer().contains("Marked 2 articles as read."), "{}", harness.footer());
    harness.keys("r s");
    assert_eq!(read_files(&harness), [true, false, false, false]);
    assert!(harness.listed_file("gamma.txt").unwrap().is_starred());
    harness.keys("D");
    harness.shows("Articles 13");
    assert!(!harness.footer().contains("selected"), "{}", harness.footer());
    harness.keys("u");
    harness.shows("Articles 15");
    // The selection goes before the filter.
    harness.keys("/");
    harness.type_text("beta");
    harness.keys("Enter x Esc");
    harness.shows("1 of 15 · beta");
    harness.keys("Esc");
    harness.shows("Articles 15");
}

#[test]
fn articles_are_tagged_with_completion_and_found_by_their_tags() {
    let mut harness = list();
    harness.keys("j t");
    harness.type_text("flood river");
    harness.keys("Enter");
    harness.shows("#flood #river");
    assert!(harness.footer().contains("Tagged “Beta falls” #flood #river."), "{}", harness.footer());
    harness.keys("j t");
    harness.type_text("ri");
    harness.keys("Tab Enter");
    assert_eq!(harness.listed_file("gamma.txt").unwrap().tags, ["river"]);
    harness.keys("u");
    assert!(harness.listed_file("gamma.txt").unwrap().tags.is_empty());
    harness.keys("C-r / ");
    harness.type_text("#river");
    harness.keys("Enter");
    harness.shows("2 of 15 · #river");
    // On the page too, where the marks of the open article are known whether it is in the list or not.
    harness.keys("l t");
    harness.type_text("first");
    harness.keys("Enter s");
    let alpha = harness.listed_file("alpha.txt").unwrap();
    assert_eq!((alpha.tags.as_slice(), alpha.is_starred()), (&["first".to_owned()][..], true));
    harness.keys("t");
    assert!(harness.footer().contains("first"), "{}", harness.footer());
    harness.keys("Esc s");
    assert!(!harness.listed_file("alpha.txt").unwrap().is_starred());
}

#[test]
fn articles_are_marked_as_read_up_to_the_cursor_or_all_and_taken_back_in_one() {
    let mut harness = list();
    harness.keys("j j K");
    assert_eq!(read_files(&harness), [true, true, true, false]);
    assert!(harness.footer().contains("Marked 2 articles as read. (undo: u)"), "{}", harness.footer());
    harness.keys("u");
    assert_eq!(read_files(&harness), [true, false, false, false]);
    harness.keys("C-r K");
    assert!(harness.footer().contains("Every article up to here is read."), "{}", harness.footer());
    harness.keys("/");
    harness.type_text("delta");
    harness.keys("Enter A Esc");
    assert_eq!(read_files(&harness), [true; 4]);
    assert!(harness.listed().iter().any(|entry| !entry.is_read()), "only those that were listed");
}

#[test]
fn the_list_is_sorted_by_name_and_the_choice_is_remembered() {
    let mut harness = list();
    harness.keys("j j j O");
    harness.shows("by name");
    assert!(under_cursor(&harness).contains("Delta spreads"), "{}", under_cursor(&harness));
    let row = |harness: &Harness, words| harness.row_of(words).unwrap();
    assert!(row(&harness, "Beta falls") < row(&harness, "Broken cable"));
    assert!(row(&harness, "Broken cable") < row(&harness, "Delta spreads"));
    let kept = harness.effects().into_iter().rev().find_map(|effect| match effect {
        Effect::Bookmarks(crate::command::BookmarkJob::KeepView(text)) => Some(text),
        _ => None,
    });
    assert!(kept.unwrap().contains("sorts-articles-by-name = true"));
    harness.keys("O");
    harness.hides("by name");
}

#[test]
fn space_reads_on_through_the_list_without_leaving_it() {
    let mut harness = Harness::bare(160, 30, ColorDepth::TrueColor);
    let mut long = "Beta goes on\n\n".to_owned();
    for number in 0..40 {
        write!(long, "This is paragraph {number} of a long story, which goes on for a while.\n\n").unwrap();
    }
    harness.start(vec![("alpha.txt", ARTICLES[0].1), ("beta.txt", &long), ("gamma.txt", ARTICLES[2].1)]);
    harness.deliver_all();
    let edition: Vec<SourceId> = harness.listed().into_iter().skip(3).map(|entry| entry.id).collect();
    harness.keys("h Space");
    assert_eq!(harness.on_page(), "Beta goes on", "the end of the first was seen");
    assert_eq!(harness.state.focus, PaneId::Articles);
    assert!(under_cursor(&harness).contains("Beta goes on"));
    assert!(!harness.listed_file("beta.txt").unwrap().is_read());
    let mut turned = 0;
    while harness.on_page() == "Beta goes on" {
        harness.keys("Space");
        turned += 1;
        assert!(turned < 20);
    }
    assert!(turned > 2, "{turned}");
    assert!(harness.listed_file("beta.txt").unwrap().is_read());
    assert_eq!(harness.on_page(), "Gamma stays");
    // Nothing below it is unread.
    harness.keys("j K G K g g /");
    harness.type_text("file:txt");
    harness.keys("Enter G Space Space");
    assert!(
        harness.footer().contains("There is no unread article below this one in the list."),
        "{}",
        harness.footer()
    );
    assert_eq!((harness.on_page(), harness.state.focus), ("Gamma stays", PaneId::Articles));
    assert_eq!(edition.len(), 11);
}

#[test]
fn space_goes_to_the_page_where_there_is_no_room_for_both() {
    let mut harness = list();
    harness.resize(60, 30);
    harness.keys("j Space");
    assert_eq!((harness.on_page(), harness.state.focus), ("Beta falls", PaneId::Reader));
}

#[test]
fn brackets_that_are_pressed_at_once_go_on_one_by_one() {
    let mut harness = list();
    harness.keys_only("l ] a ] a ] a [ a");
    harness.deliver_all();
    assert_eq!(harness.on_page(), "Gamma stays");
    harness.keys_only("] a ] u");
    harness.deliver_all();
    assert!(harness.listed().iter().skip(4).any(|entry| entry.title == harness.on_page()), "{}", harness.on_page());
}

#[test]
fn keys_do_not_wait_for_ever_for_an_answer() {
    let mut harness = list();
    harness.keys_only("l ] a");
    harness.lose_waiting();
    harness.keys_only("z j j j j j j j j j");
    assert!(harness.state.shared.view.zen, "nobody answered");
    let mut harness = list();
    harness.keys_only("l ] a");
    harness.lose_waiting();
    harness.keys_only("C-c");
    assert!(harness.state.quitting);
}

#[test]
fn a_question_that_fails_is_said_and_keys_go_on() {
    let mut harness = list();
    harness.keys_only("l ] a z");
    harness.lose_waiting();
    assert!(!harness.state.shared.view.zen);
    let failed = ListJob::Tags.failure();
    harness.answer(failed);
    assert!(harness.state.shared.view.zen);
    assert!(harness.state.notices.iter().any(|notice| notice.text.contains("stumbled")));
}

#[test]
fn the_list_is_looked_at_again_by_key_and_when_somebody_else_may_have_marked() {
    let mut harness = list();
    harness.effects();
    harness.keys("R");
    let asked = harness.effects();
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Sources(SourceJob::LookAgain { is_told: true }))));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Library(LibraryJob::Refresh))));
    // Another copy of the program on the same folder.
    let mut other = harness.again(160, 40, ColorDepth::TrueColor, vec![]);
    other.deliver_all();
    other.keys("h g g j s");
    harness.hides("★");
    harness.send(crate::app::Msg::Event(crate::command::event::TermEvent::FocusGained));
    harness.deliver_all();
    harness.shows("★");
}

#[test]
fn the_place_is_kept_in_the_logs_when_an_article_is_left() {
    let mut harness = Harness::bare(160, 30, ColorDepth::TrueColor);
    let long = super::long_text();
    harness.start(vec![("walk.txt", &long), ("alpha.txt", ARTICLES[0].1)]);
    harness.deliver_all();
    harness.effects();
    let leaves = |harness: &mut Harness| {
        let effects = harness.effects();
        effects.iter().filter(|effect| matches!(effect, Effect::Library(LibraryJob::Leave { .. }))).count()
    };
    harness.keys("Space Space");
    assert_eq!(leaves(&mut harness), 0);
    harness.keys("] a");
    assert_eq!(leaves(&mut harness), 1);
    harness.keys("[ a");
    assert_eq!(leaves(&mut harness), 0, "nobody moved in the short one");
    assert!(super::top(&harness) > 0, "the place is found again");
    harness.keys("k k k C-c");
    assert_eq!(leaves(&mut harness), 1);
}

#[test]
fn an_article_of_the_edition_is_removed_like_any_other_and_stays_removed() {
    let mut harness = Harness::edition(120, 40);
    let title = harness.listed()[1].title.clone();
    harness.keys("h j D");
    let mut again = harness.again(120, 40, ColorDepth::TrueColor, vec![]);
    again.deliver_all();
    assert!(again.listed().iter().all(|entry: &Entry| entry.title != title));
    again.shows("Articles 10");
}
