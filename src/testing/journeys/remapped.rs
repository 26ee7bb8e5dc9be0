//! A reader whose keys are all their own: whatever is said names those, and never the keys that are shipped.

use std::collections::BTreeSet;

use ratatui::layout::{Position, Rect};

use super::everything::{everything, everything_in};
use crate::app::regions;
use crate::command::key::{Key, parse_keys};
use crate::command::{Command, Keymap, Override, Scope, TABLE, show_typed};
use crate::config::{ColorDepth, KeyBinding};
use crate::panes::PaneId;
use crate::testing::Harness;

/// The reader's own key for a row of the table: one letter each, none of them shipped, all of them one column wide.
fn own_key(row: usize) -> Key {
    Key::char(char::from_u32(0x100 + row as u32).unwrap())
}

/// Every key taken away and one of the reader's own for each command.
fn own_keys() -> Keymap {
    let taken = TABLE.iter().flat_map(|row| {
        row.keys.iter().map(|keys| Override { scope: row.scope, keys: parse_keys(keys).unwrap(), command: None })
    });
    let given = TABLE.iter().enumerate().map(|(number, row)| Override {
        scope: row.scope,
        keys: vec![own_key(number)],
        command: Some(row.command),
    });
    Keymap::with_overrides(&taken.chain(given).collect::<Vec<_>>())
}

/// The shipped keys that are no word and no number of English.
fn shipped() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for keys in TABLE.iter().flat_map(|row| row.keys).map(|keys| parse_keys(keys).unwrap()) {
        names.insert(show_typed(&keys));
        names.extend(keys.iter().map(ToString::to_string));
    }
    names.retain(|name| name.chars().any(char::is_alphabetic) && !["a", "A", "go"].contains(&name.as_str()));
    names
}

/// The shipped keys among the words of a text.
fn named<'a>(shipped: &'a BTreeSet<String>, text: &str) -> Vec<&'a String> {
    let words = text.split(|c: char| c.is_whitespace() || "│┌┐└┘─".contains(c));
    // Of a word that was cut nobody knows what it is.
    let words = words.filter(|word| !word.ends_with('…'));
    words.filter_map(|word| shipped.get(word.trim_matches(|c: char| ".,;:()“”".contains(c)))).collect()
}

/// What the program says on the screen: all of it but the words of an article, or the box in front and the footer.
fn beside_the_page(harness: &Harness) -> String {
    let buffer = harness.buffer();
    let regions = regions(harness.state.size, &harness.state);
    let page = regions.pane(PaneId::Reader).map_or(Rect::default(), |area| area.body);
    let is_said = |at: Position| match harness.state.overlay {
        Some(_) => regions.overlay.contains(at) || regions.footer.contains(at),
        None => !page.contains(at),
    };
    let mut text = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let cells = (buffer.area.left()..buffer.area.right()).map(|x| Position::new(x, y));
        text.extend(cells.map(|at| if is_said(at) { buffer[at].symbol() } else { " " }));
        text.push('\n');
    }
    text
}

/// Fails if anything on the screen, or anything that waits to be said, names a shipped key.
fn check(harness: &Harness, shipped: &BTreeSet<String>, after: &str) {
    let mut said = harness.state.notices.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>().join("\n");
    // Letters on the words of the page are typed as they stand there, and `Esc`, which is none, leaves them. Of the
    // edition's articles any word may stand in the entities pane.
    if !harness.state.reader.shows_labels() && ["Rain", "Another one", ""].contains(&harness.on_page()) {
        // The rows of notices would cut words of the panes.
        let mut read = harness.clone();
        read.state.notices.clear();
        said += &beside_the_page(&read);
    }
    assert_eq!(named(shipped, &said), Vec::<&String>::new(), "after {after}:\n{said}");
}

#[test]
fn a_shipped_key_would_be_seen() {
    let shipped = shipped();
    let screen = beside_the_page(&everything());
    assert!(["q", "Tab", "v"].iter().all(|key| shipped.contains(*key)));
    assert!(!named(&shipped, &screen).is_empty(), "{screen}");
}

#[test]
fn no_notice_and_no_hint_names_a_key_that_is_not_bound() {
    let shipped = shipped();
    let keymap = own_keys();
    let scopes = [
        Scope::Articles,
        Scope::Sources,
        Scope::Reader,
        Scope::Selecting,
        Scope::Entities,
        Scope::Bookmarks,
        Scope::Help,
        Scope::Picker,
        Scope::Prompt,
    ];
    for scope in scopes {
        let mut start = everything_in(scope);
        start.state.notices.clear();
        start.state.shared.keymap = keymap.clone();
        if scope == Scope::Picker {
            // The list that is open names the keys of before.
            start.state.overlay = None;
            let palette = TABLE.iter().position(|row| row.command == Command::Palette).unwrap();
            start.press(own_key(palette));
        }
        for (number, row) in TABLE.iter().enumerate() {
            let mut harness = start.clone();
            harness.press(own_key(number));
            harness.deliver_all();
            check(&harness, &shipped, &format!("{} in {}", row.id, scope.id()));
        }
    }
}

#[test]
fn what_is_said_where_there_is_nothing_yet_names_the_keys_that_are_bound() {
    let shipped = shipped();
    let starts: [fn() -> Harness; 3] = [
        || Harness::bare(160, 50, ColorDepth::TrueColor),
        || Harness::reading(160, 50, "b.txt", "Another one."),
        || Harness::reading(80, 24, "b.txt", "Another one."),
    ];
    for start in starts {
        let mut start = start();
        start.state.shared.keymap = own_keys();
        for pane in PaneId::ALL {
            for (number, row) in TABLE.iter().enumerate() {
                let mut harness = start.clone();
                harness.state.set_focus(pane);
                harness.press(own_key(number));
                harness.deliver_all();
                check(&harness, &shipped, &format!("{} in {pane:?}", row.id));
            }
        }
    }
}

#[test]
fn who_has_keys_of_their_own_is_told_that_the_manual_does_not_know_them() {
    let told = "This page names the keys dateline comes with";
    Harness::edition(120, 40).hides(told);
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    let key =
        KeyBinding { scope: "always".into(), keys: parse_keys("F1").unwrap(), command: Some("help".into()), line: 1 };
    harness.state.shared.settings.keys = vec![key];
    harness.state.shared.keymap = own_keys();
    harness.start(Vec::new());
    harness.deliver_all();
    harness.shows(told);
    check(&harness, &shipped(), "the start");
}
