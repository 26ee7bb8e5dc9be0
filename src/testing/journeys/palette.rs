//! The command palette: every command by name, from everywhere.

use super::able;
use crate::app::Overlay;
use crate::command::{Command, Scope, TABLE};
use crate::panes::PaneId;
use crate::panes::picker::Pick;
use crate::testing::Harness;

/// The command under the cursor of the palette.
fn first_choice(harness: &Harness) -> Option<Command> {
    match &harness.state.overlay {
        Some(Overlay::Picker(picker)) => match picker.picked()? {
            Pick::Run(command) => Some(command),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn the_palette_finds_every_command_by_its_name_from_everywhere() {
    for keys in ["h", "l", "h l"] {
        let mut harness = able();
        harness.keys(keys);
        harness.keys(":");
        for row in TABLE.iter().filter(|row| row.command != Command::Palette) {
            for name in [row.id.to_owned(), row.id.replace('-', " ")] {
                harness.keys("C-u");
                harness.paste(&name);
                assert_eq!(first_choice(&harness), Some(row.command), "{keys}: {name}");
            }
        }
    }
}

#[test]
fn a_command_picked_by_name_runs_in_its_pane_or_says_why_it_cannot() {
    let pane_of = |scope| match scope {
        Scope::Articles => Some(PaneId::Articles),
        Scope::Entities => Some(PaneId::Entities),
        Scope::Bookmarks => Some(PaneId::Bookmarks),
        _ => None,
    };
    let leads_on = [Command::OpenArticle, Command::OpenBookmark, Command::AttachBookmark, Command::NextMention];
    for start in ["h", "h l"] {
        let mut harness = able();
        harness.keys(start);
        let before = harness.screen();
        harness.effects();
        harness.keys(":");
        let open = harness;
        for row in TABLE.iter().filter(|row| row.command != Command::Palette) {
            let mut harness = open.clone();
            harness.paste(row.id);
            harness.keys("Enter");
            harness.hides("┌ Commands");
            let happened = harness.screen() != before || !harness.effects().is_empty() || harness.state.quitting;
            // Some move what is at its end already.
            let stays = matches!(row.scope, Scope::List | Scope::Global | Scope::Reader);
            assert!(happened || stays, "{start}: {} says nothing:\n{}", row.id, harness.screen());
            if let Some(pane) = pane_of(row.scope).filter(|_| !leads_on.contains(&row.command)) {
                assert_eq!(harness.state.focus, pane, "{start}: {}", row.id);
            }
        }
    }
    for (name, why) in [
        ("extend", "That is for a passage being selected: v selects one."),
        ("cursor-down", "That moves the cursor of a list; the page has none."),
        ("delete-word", "That is for typing, and nothing is being typed."),
        ("help-down", "That is for the help screen: ? shows it."),
    ] {
        let mut harness = able();
        harness.keys(":");
        harness.type_text(name);
        harness.keys("Enter");
        assert!(harness.footer().contains(why), "{}", harness.footer());
    }
}

#[test]
fn the_palette_acts_on_the_right_pane() {
    let mut harness = able();
    harness.keys("h :");
    harness.type_text("reselect");
    harness.keys("Enter");
    assert_eq!((harness.state.focus, harness.state.scope()), (PaneId::Reader, Scope::Selecting));
    harness.keys("Esc : Esc");
    harness.hides("Commands");
    harness.keys(":");
    harness.type_text("nothing like it");
    harness.shows("Nothing of that name.");
    harness.keys("Enter");
    assert_eq!(harness.state.scope(), Scope::Picker);
    assert!(harness.footer().contains("There is nothing to choose; Esc leaves."), "{}", harness.footer());
    harness.keys("Esc");
    assert_eq!(harness.state.scope(), Scope::Reader);
    harness.keys(": Down Down Up C-n C-p Tab S-Tab Down");
    harness.type_text("zen");
    harness.keys("Enter");
    assert!(harness.state.shared.view.zen);
}

#[test]
fn a_list_to_pick_from_is_as_tall_as_what_matches() {
    let mut harness = able();
    harness.keys(":");
    let tall = harness.row_of("Commands");
    harness.type_text("zen");
    assert!(harness.row_of("Commands") > tall, "{}", harness.screen());
    harness.keys("C-u");
    assert_eq!(harness.row_of("Commands"), tall);
}

#[test]
fn keys_that_were_begun_are_left_without_a_word() {
    for leave in ["Esc", "C-c"] {
        let mut harness = able();
        let before = harness.screen();
        harness.keys("g");
        assert_ne!(harness.screen(), before);
        harness.keys(leave);
        assert_eq!(harness.screen(), before, "{leave}");
        assert!(!harness.state.quitting);
    }
}
