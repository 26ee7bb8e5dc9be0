//! The command table and what is derived from it: keys, help, which-key, footer.

use super::{able, long};
use crate::command::key::parse_keys;
use crate::command::{Command, Effect, Keymap, Lookup, Override, Scope, TABLE, TerminalJob};
use crate::config::ColorDepth;
use crate::panes::PaneId;
use crate::testing::Harness;
use crate::text::width::width;

const LISTS: [Scope; 3] = [Scope::Articles, Scope::Entities, Scope::Bookmarks];

#[test]
fn every_command_for_everywhere_has_a_key_in_every_pane() {
    let keymap = Keymap::default();
    for row in TABLE.iter().filter(|row| matches!(row.scope, Scope::Global | Scope::Always)) {
        for scope in LISTS.into_iter().chain([Scope::Reader]) {
            let reached = row
                .keys
                .iter()
                .any(|keys| keymap.lookup(scope.chain(), &parse_keys(keys).unwrap()) == Lookup::Run(row.command));
            assert!(reached, "{} in {}", row.id, scope.id());
        }
    }
}

#[test]
fn every_command_can_be_reached_by_a_key_in_its_scope() {
    let keymap = Keymap::default();
    for row in TABLE {
        let reached = row
            .keys
            .iter()
            .any(|keys| keymap.lookup(row.scope.chain(), &parse_keys(keys).unwrap()) == Lookup::Run(row.command));
        assert!(reached, "{}", row.id);
    }
}

#[test]
fn labels_go_with_the_focus() {
    let mut harness = long();
    harness.keys("m");
    harness.click(3, 0);
    assert_eq!(harness.state.focus, PaneId::Articles);
    assert!(!harness.state.reader.shows_labels());
    harness.keys("h l m");
    harness.click(60, 33);
    assert!(!harness.state.reader.shows_labels(), "a click anywhere takes them away");
}

#[test]
fn the_key_of_help_closes_it() {
    let mut harness = long();
    harness.keys("?");
    assert!(!harness.footer().contains("? help"), "{}", harness.footer());
    harness.keys("?");
    assert_eq!(harness.state.scope(), Scope::Reader);
}

#[test]
fn boxes_leave_no_scraps_of_panes_beside_them() {
    for width in [60, 80, 103, 104] {
        let mut harness = long();
        harness.resize(width, 30);
        harness.keys(":");
        let overlay = crate::app::regions(harness.state.size, &harness.state).overlay;
        assert!(overlay.width == width || width - overlay.width >= 4);
    }
}

#[test]
fn the_bar_under_the_cursor_reaches_to_the_edge_of_its_pane() {
    let mut harness = able();
    let paper = harness.state.shared.theme.style(crate::ui::Meaning::Cursor).bg.unwrap();
    for (keys, pane) in [("h", PaneId::Articles), ("h l l", PaneId::Entities), ("g B", PaneId::Bookmarks)] {
        harness.keys(keys);
        let area = crate::app::regions(harness.state.size, &harness.state).pane(pane).unwrap().body;
        let buffer = harness.buffer();
        let barred = |x: u16, y: u16| buffer[(x, y)].bg == paper;
        let rows: Vec<u16> = (area.top()..area.bottom()).filter(|y| barred(area.x, *y)).collect();
        assert!(!rows.is_empty(), "{pane:?}");
        // The mark of a bookmark keeps its own colour.
        let mark = |x: u16, y: u16| pane == PaneId::Bookmarks && x == area.x + 1 && buffer[(x, y)].symbol() == "▌";
        assert!(rows.iter().all(|y| (area.left()..area.right()).all(|x| barred(x, *y) || mark(x, *y))), "{pane:?}");
    }
}

#[test]
fn the_page_keeps_sixty_columns_beside_its_panes() {
    for width in 70..=400 {
        let mut harness = long();
        harness.resize(width, 30);
        if width >= 110 {
            harness.shows("Bookmarks");
        }
        let page = |harness: &Harness| harness.state.reader.open().unwrap().page().measure;
        let before = page(&harness);
        assert!(width < 110 || before >= 60, "{before} at {width}");
        harness.keys("Tab");
        assert_eq!(page(&harness), before, "at {width}");
    }
}

#[test]
fn help_lists_every_command_whole() {
    for (width, height) in [(160, 50), (80, 24), (60, 20), (40, 12), (20, 5)] {
        let mut harness = long();
        harness.resize(width, height);
        harness.keys("z ? g g");
        let mut seen = String::new();
        for _ in 0..900 {
            let screen = harness.screen();
            seen += &screen
                .lines()
                .map(|row| row.trim_matches(|c| "│┌┐└┘ ".contains(c)).to_owned() + " ")
                .collect::<String>();
            let before = harness.screen();
            harness.keys("j");
            if harness.screen() == before {
                break;
            }
        }
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let seen = words(&seen).concat();
        if width >= 60 {
            for row in TABLE {
                // A sentence may go on in the next row; its words are all there.
                for word in words(row.doc) {
                    assert!(seen.contains(&word), "{}: {word} at {width}×{height}", row.id);
                }
            }
            assert!(!seen.contains('…'), "something is cut at {width}×{height}");
        }
    }
}

#[test]
fn no_sentence_of_the_table_is_cut_in_help() {
    for width in [30, 60, 100] {
        let mut harness = long();
        harness.resize(width, 50);
        harness.keys("z");
        for row in TABLE {
            harness.keys("? /");
            harness.type_text(row.id);
            harness.keys("Enter");
            harness.hides("…");
            harness.keys("q");
        }
    }
}

#[test]
fn help_begins_where_the_reader_is_and_is_searched() {
    let mut harness = Harness::edition(120, 24);
    harness.keys("?");
    harness.shows("Reading");
    harness.hides("In any list");
    harness.keys("/");
    harness.type_text("edits the note");
    harness.shows("Edits the note.");
    harness.hides("Turns to the next page.");
    harness.keys("Esc");
    harness.shows("Help ");
    harness.keys("/");
    harness.type_text("zzzz");
    harness.shows("No command has these words.");
    harness.keys("Enter q");
    harness.hides("Help");
    harness.keys("? G");
    harness.hides(" more ");
    harness.keys("g g Space PgUp k Esc");
    assert_eq!(harness.state.scope(), Scope::Reader);
}

#[test]
fn keys_begun_show_what_may_follow() {
    let mut harness = long();
    harness.keys("g");
    harness.shows("Selects again what was selected last.");
    harness.keys("Esc");
    harness.hides("Selects again");
    harness.keys("]");
    harness.shows("Opens the next unread article.");
    // A key that does not continue the sequence must not act as a command: nobody should quit by a typo.
    harness.keys("q");
    assert!(!harness.state.quitting);
    harness.hides("Opens the next unread article.");
}

#[test]
fn the_footer_fits_at_every_width_and_never_drops_the_way_out() {
    for (keys, out) in [
        ("Esc", ["Tab", "q quit", "? help"].as_slice()),
        ("h", &["Tab", "q quit", "? help"]),
        ("l", &["Tab", "q back", "? help"]),
        ("g b", &["Tab", "q back", "? help"]),
        ("z", &["Tab", "q back", "? help"]),
        ("g", &["Tab", "q quit", "? help"]),
        ("/ s t o n e Enter", &["Tab", "q quit", "? help"]),
        ("v", &["Esc leave", "? help"]),
        ("m", &["Esc leave"]),
        ("?", &["q close"]),
        (":", &["Esc cancel"]),
        ("/", &["Esc"]),
        ("h a", &["Esc"]),
        ("v n", &["Esc"]),
    ] {
        let mut harness = long();
        harness.keys(keys);
        for said in [false, true] {
            for width_ in 20..=200 {
                harness.resize(width_, 30);
                let footer = harness.screen().lines().last().unwrap_or_default().to_owned();
                assert!(width(&footer) <= usize::from(width_), "{footer}");
                for key in out {
                    assert!(footer.contains(key), "{keys} at {width_}: {footer}");
                }
                assert!(!footer.contains('…') || footer.contains("1…"), "{keys} at {width_}: {footer}");
            }
            if !said {
                harness.state.notices = vec![crate::command::Notice::error("Something that takes a few words to say.")];
            }
        }
    }
}

#[test]
fn a_list_to_pick_from_is_as_tall_as_its_rows_and_does_not_hide_what_it_asks_about() {
    let overlay = |harness: &Harness| crate::app::regions(harness.state.size, &harness.state).overlay;
    for (width, height) in [(160, 48), (100, 30), (80, 24), (60, 20)] {
        let mut harness = able();
        harness.resize(width, height);
        harness.keys(":");
        assert!(overlay(&harness).height <= (height / 2).max(16), "{width}×{height}");
        harness.keys("Esc l c");
        if harness.state.focus != PaneId::Entities {
            harness.keys("l c");
        }
        harness.shows("leave it out");
        harness.shows("mark it and list it first");
        assert!(overlay(&harness).height <= 10, "{width}×{height}: {:?}", overlay(&harness));
        let name = harness.state.reader.open().unwrap().entities[0].name.clone();
        let rows =
            harness.screen().lines().filter(|row| row.contains(&name) && !row.contains("in every article")).count();
        assert!(rows > 0, "{width}×{height}:\n{}", harness.screen());
    }
}

#[test]
fn the_readers_own_keys_take_the_place_of_the_defaults() {
    let mut harness = long();
    let own = |scope, keys: &str, command| Override { scope, keys: parse_keys(keys).unwrap(), command };
    harness.state.shared.keymap = Keymap::with_overrides(&[
        own(Scope::Reader, "x", Some(Command::ArticleEnd)),
        own(Scope::Reader, "Space", None),
        own(Scope::Global, "C-x C-c", Some(Command::Quit)),
        own(Scope::Global, "u", None),
        own(Scope::Global, "U", Some(Command::Undo)),
    ]);
    harness.keys("Space");
    assert_eq!(super::top(&harness), 0);
    harness.keys("x");
    harness.shows("The very last line.");
    harness.keys("v Enter");
    assert!(harness.footer().contains("(undo: U)"), "{}", harness.footer());
    harness.keys("u");
    assert_eq!(harness.state.shared.shelf.len(), 1);
    harness.keys("U");
    assert_eq!(harness.state.shared.shelf.len(), 0);
    harness.keys("?");
    harness.keys("/");
    harness.type_text("quits at once");
    harness.shows("C-x C-c");
    harness.keys("Esc q C-x C-c");
    assert!(harness.state.quitting);
}

#[test]
fn panes_are_visited_in_order_at_every_size() {
    for (width, height) in [(160, 40), (90, 30), (50, 20), (20, 5)] {
        let mut harness = long();
        harness.resize(width, height);
        for pane in [PaneId::Entities, PaneId::Bookmarks, PaneId::Articles, PaneId::Reader] {
            harness.keys("Tab");
            assert_eq!(harness.state.focus, pane);
            let regions = crate::app::regions(harness.state.size, &harness.state);
            assert!(regions.pane(pane).is_some_and(|area| area.body.height >= 3), "{pane:?} at {width}×{height}");
        }
        harness.keys("S-Tab");
        assert_eq!(harness.state.focus, PaneId::Articles);
        harness.keys("l l h h h");
        assert_eq!(harness.state.focus, PaneId::Articles);
    }
}

#[test]
fn boxes_leave_room_to_choose_at_the_smallest_size() {
    let mut harness = long();
    harness.resize(20, 5);
    harness.keys(":");
    harness.type_text("zen");
    harness.shows("zen");
    harness.keys("Backspace Backspace Backspace");
    assert!(harness.screen().lines().count() >= 4, "two choices are shown");
    harness.type_text("zen");
    assert!(harness.screen().matches("zen").count() >= 2, "{}", harness.screen());
    harness.keys("Esc ?");
    assert!(harness.screen().lines().count() >= 4);
    harness.keys("g g j");
    harness.shows("/");
}

#[test]
fn suspending_and_quitting_work_from_everywhere_they_should() {
    for keys in ["C-z", "h C-z", "v C-z", "? C-z", "l C-z"] {
        let mut harness = long();
        harness.keys(keys);
        assert!(
            harness.effects().iter().any(|effect| matches!(effect, Effect::Terminal(TerminalJob::Suspend))),
            "{keys}"
        );
    }
    let mut harness = long();
    harness.keys("C-c");
    assert!(harness.state.quitting);
}

#[test]
fn the_screen_is_drawn_anew_from_everywhere_and_nothing_else_changes() {
    for keys in ["j", "h", "v", "?", "l", "/ w", ":", "m", "g", "z", "? /", "l c"] {
        let mut harness = long();
        harness.keys(keys);
        harness.effects();
        let before = harness.screen();
        harness.keys("C-l");
        assert!(
            harness.effects().iter().any(|effect| matches!(effect, Effect::Terminal(TerminalJob::Redraw))),
            "{keys}"
        );
        assert_eq!(harness.screen(), before, "{keys}");
    }
}

#[test]
fn ctrl_c_leaves_any_mode_and_at_last_the_program() {
    for (keys, steps) in [
        ("j", 1),
        ("h", 1),
        ("l", 1),
        ("v", 2),
        ("V", 2),
        ("?", 2),
        ("? /", 3),
        ("/ w", 2),
        (":", 2),
        ("m", 2),
        ("g", 2),
        ("g o", 2),
        ("z", 1),
    ] {
        let mut harness = long();
        harness.keys(keys);
        for step in 1..=steps {
            assert!(!harness.state.quitting, "{keys}: after {step} of {steps}");
            harness.keys("C-c");
        }
        assert!(harness.state.quitting, "{keys}");
    }
}

#[test]
fn the_monochrome_screen_sets_modifiers_only() {
    let mut harness = Harness::bare(120, 34, ColorDepth::Mono);
    harness.start(vec![("walk.txt", &super::long_text())]);
    harness.deliver_all();
    harness.keys("v 3 / m Enter l v");
    let styles = harness.styles();
    assert!(!styles.is_empty() && !styles.contains("fg=") && !styles.contains("bg="), "{styles}");
}

#[test]
fn the_cursor_of_every_list_is_in_sight_at_every_size() {
    for (width, height) in [(160, 40), (80, 24), (50, 12), (20, 5)] {
        let mut harness = able();
        harness.resize(width, height);
        for pane in ["h", "h l l", "g B"] {
            harness.keys(pane);
            for key in ["g g", "j", "j", "j", "C-d", "PgDn", "G", "k", "C-u", "PgUp"] {
                harness.keys(key);
                assert_ne!(
                    harness.words_in(crate::ui::Meaning::Cursor),
                    "",
                    "{key} at {width}×{height}:\n{}",
                    harness.screen()
                );
            }
            harness.keys("q");
            harness.state.quitting = false;
            harness.state.set_focus(PaneId::Reader);
        }
    }
}
