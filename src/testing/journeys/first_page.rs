//! What is on the page when the program is started, whatever happened before.

use super::{long_text, top};
use crate::command::{Command, Keymap};
use crate::config::ColorDepth;
use crate::panes::PaneId;
use crate::testing::Harness;
use crate::ui::Meaning;

const SHORT: &str = "A short one\n\nIt is read in no time.";

/// Started once more, without naming anything.
fn again(harness: &Harness) -> Harness {
    let mut next = harness.again(160, 40, ColorDepth::TrueColor, vec![]);
    next.deliver_all();
    assert_eq!(next.state.focus, PaneId::Reader, "the page has the focus");
    next
}

/// The article whose row is marked as the open one.
fn marked(harness: &Harness) -> String {
    let screen = harness.screen();
    screen.lines().find(|line| line.starts_with('▸')).map(|line| line.split('│').next().unwrap().to_owned()).unwrap()
}

fn reading() -> Harness {
    let mut harness = Harness::bare(160, 40, ColorDepth::TrueColor);
    let long = long_text();
    harness.start(vec![("walk.txt", &long), ("short.txt", SHORT)]);
    harness.deliver_all();
    harness
}

#[test]
fn what_was_named_is_on_the_page_with_the_cursor_on_it() {
    let harness = reading();
    assert_eq!((harness.on_page(), harness.state.focus), ("The long walk", PaneId::Reader));
    assert!(marked(&harness).contains("The long walk"));
    assert!(harness.words_in(Meaning::CursorIdle).contains("The long walk"));
}

#[test]
fn the_article_that_was_opened_last_is_there_at_its_place() {
    let mut harness = reading();
    harness.keys("] a [ a Space Space");
    let place = top(&harness);
    harness.keys("C-c");
    let next = again(&harness);
    assert_eq!((next.on_page(), top(&next)), ("The long walk", place));
    assert!(marked(&next).contains("The long walk"));
}

#[test]
fn it_is_there_though_it_was_read() {
    let mut harness = reading();
    harness.keys("G C-c");
    assert!(harness.listed_file("walk.txt").unwrap().is_read());
    assert_eq!(again(&harness).on_page(), "The long walk");
}

#[test]
fn if_it_was_removed_the_one_before_it_is_there_and_if_none_is_left_the_first_unread() {
    let mut harness = reading();
    harness.keys("] a h D");
    let mut next = again(&harness);
    assert_eq!(next.on_page(), "The long walk");
    next.put("late.txt", "A late one\n\nIt was never opened.");
    next.put("late/two.txt", "Another late one\n\nIt was never opened either.");
    next.keys("h D a");
    next.type_path("late");
    next.keys("Enter");
    assert_eq!(again(&next).on_page(), "Another late one");
}

#[test]
fn if_its_words_are_gone_the_first_unread_is_there_and_it_is_said() {
    let mut harness = reading();
    harness.delete("walk.txt");
    harness.lose_words("walk.txt");
    harness.keys("C-c");
    let next = again(&harness);
    assert_eq!(next.on_page(), "A short one");
    assert!(next.footer().contains("no such file"), "{}", next.footer());
}

#[test]
fn the_manual_names_the_keys_that_hide_kinds() {
    let keymap = Keymap::default();
    let named = |command| keymap.named(command);
    let words = include_str!("../../../assets/edition/01-welcome.md");
    for (command, told) in [
        (Command::TogglePeople, "`KEY` to"),
        (Command::ToggleWorks, "to `KEY` show or hide people, places, organisations, groups, events and works"),
        (Command::ToggleOthers, "`KEY` does it for other names"),
        (Command::ToggleDates, "`KEY` for dates"),
        (Command::ToggleAmounts, "`KEY` for amounts"),
    ] {
        let told = told.replace("KEY", &named(command));
        assert!(words.contains(&told), "{told}");
    }
}

#[test]
fn a_first_run_begins_with_the_first_article_of_the_edition() {
    let harness = Harness::edition(160, 40);
    assert!(harness.on_page().starts_with("Start here"));
    assert!(marked(&harness).contains("Start here"));
    assert!(again(&harness).on_page().starts_with("Start here"), "there is nothing else");
}

#[test]
fn the_manual_does_not_come_again_once_there_is_anything_else() {
    let mut harness = Harness::edition(160, 40);
    harness.put("more/own.txt", "My own\n\nIt is short.");
    harness.keys("h a");
    harness.type_path("more");
    harness.keys("Enter C-c");
    let next = again(&harness);
    assert_eq!(next.on_page(), "My own");
}

#[test]
fn the_manual_does_not_come_for_being_the_first_unread_one_either() {
    let mut harness = Harness::edition(160, 40);
    harness.put("more/own.txt", "My own\n\nIt is short.");
    harness.keys("h a");
    harness.type_path("more");
    harness.keys("Enter r C-c");
    let listed = harness.listed();
    assert!(listed[0].is_read() && listed[1].title.starts_with("Start here") && !listed[1].is_read());
    assert_eq!(again(&harness).on_page(), listed[2].title);
}

#[test]
fn nothing_that_was_named_is_an_article_and_the_last_one_is_there() {
    let mut harness = reading();
    harness.keys("C-c");
    harness.delete("short.txt");
    let mut next = harness.again_named(160, 40, vec!["none.txt"]);
    next.deliver_all();
    assert_eq!(next.on_page(), "The long walk");
    assert!(next.state.notices.iter().any(|notice| notice.text.contains("none.txt")));
}
