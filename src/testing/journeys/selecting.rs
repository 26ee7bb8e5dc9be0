//! Selecting and saving passages.

use crate::bookmark::Color;
use crate::command::{Effect, TerminalJob};
use crate::testing::Harness;
use crate::ui::Meaning;

const TEXT: &str = "The harbour review\n\nMinisters met on Tuesday. They agreed on nothing at all.\n\nThe ferry sailed late. \
                    Nobody complained. The gulls did.\n";

fn reading() -> Harness {
    let mut harness = Harness::reading(120, 34, "review.txt", TEXT);
    harness.effects();
    harness
}

#[test]
fn two_keys_keep_a_sentence() {
    let mut harness = reading();
    harness.keys("v");
    assert!(harness.words_in(Meaning::Selection).contains("Ministers met on Tuesday"));
    harness.keys("Enter");
    let saved = harness.saved.first().unwrap();
    assert_eq!(saved.words(), "Ministers met on Tuesday.");
    assert!(harness.words_in(Meaning::Passage(&Color::Yellow)).contains("Ministers met on Tuesday."));
    assert!(harness.screen().contains("✓ Saved the passage. (undo: u)"), "{}", harness.screen());
}

#[test]
fn saved_is_said_only_when_it_is_true() {
    let mut harness = reading();
    harness.fail_next_save = true;
    harness.keys("v Enter");
    assert!(harness.saved.is_empty());
    assert!(harness.screen().contains("The bookmark is NOT saved: cannot"));
}

#[test]
fn a_bookmark_is_taken_back_and_brought_again() {
    let mut harness = reading();
    harness.keys("v Enter u");
    assert_eq!(harness.state.shared.shelf.iter().count(), 0);
    harness.keys("C-r");
    assert_eq!(harness.state.shared.shelf.iter().count(), 1);
    // Each step is a line in the log, so that it survives a restart.
    assert_eq!(harness.saved.len(), 3);
}

#[test]
fn copying_leaves_no_bookmark() {
    let mut harness = reading();
    harness.keys("v y");
    let copied = harness.effects().into_iter().find_map(|effect| match effect {
        Effect::Terminal(TerminalJob::Copy { text, .. }) => Some(text),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("Ministers met on Tuesday."));
    assert!(harness.saved.is_empty());
}

#[test]
fn verse_is_selected_by_the_line_and_copied_with_its_lines() {
    let text = "# The sea\n\nThe sea was low,  \nthe boats were slow,\\\nuntil the snow.\n\nNobody came.\n";
    let mut harness = Harness::reading(120, 34, "sea.md", text);
    harness.keys("v j");
    // The active end, the comma, has a style of its own.
    assert_eq!(harness.words_in(Meaning::Selection).trim(), "the boats were slow");
    harness.keys("J");
    harness.effects();
    harness.keys("y");
    assert_eq!(harness.copied(), Some("the boats were slow,\nuntil the snow."));
}

#[test]
fn struck_words_look_struck_and_are_copied_between_marks() {
    let text = "# Prices\n\nIt costs ~~thirty~~ twenty, as the port said.\n\nNobody came.\n";
    let mut harness = Harness::reading(120, 34, "prices.md", text);
    assert!(harness.styles().lines().any(|run| run.contains("CROSSED_OUT") && run.ends_with("\"thirty\"")));
    harness.keys("v");
    harness.effects();
    harness.keys("y");
    assert_eq!(harness.copied(), Some("It costs ~~thirty~~ twenty, as the port said."));
}

const MORE: &str = "The harbour review\n\nOne fish swam. Two fish sank. Three fish flew.\n\nFour birds came. Five birds \
                    left.\n\nNobody else was there.\n";

/// What is selected after these keys.
fn after(keys: &str) -> String {
    let mut harness = Harness::reading(120, 34, "fish.txt", MORE);
    harness.keys(keys);
    harness.effects();
    harness.keys("y");
    harness.copied().unwrap_or_default().to_owned()
}

#[test]
fn every_key_of_selecting_does_what_it_says() {
    let second = "/ T w o Enter v ";
    for (keys, words) in [
        ("", "Two fish sank."),
        ("j", "Three fish flew."),
        ("Down Up", "Two fish sank."),
        ("k", "One fish swam."),
        ("J", "Two fish sank. Three fish flew."),
        ("S-Down S-Down S-Up", "Two fish sank. Three fish flew."),
        ("J K K K", "Two fish sank."),
        ("h", "Two fish sank"),
        ("Left Left Right", "Two fish sank"),
        ("l l", "Two fish sank. T"),
        ("b", "Two fish"),
        ("b b w", "Two fish"),
        (")", "Two fish sank. Three fish flew."),
        (") (", "Two fish sank."),
        ("}", "Two fish sank. Three fish flew."),
        ("} }", "Two fish sank. Three fish flew.\n\nFour birds came. Five birds left."),
        ("b )", "Two fish sank."),
        ("h h w", "Two fish sank"),
        ("o {", "One fish swam. Two fish sank."),
        ("o K", "Two fish sank."),
        ("o J", "One fish swam. Two fish sank."),
        ("o (", "One fish swam. Two fish sank."),
        ("o w", "fish sank."),
        ("o l l l l", "fish sank."),
        ("o w b", "Two fish sank."),
        ("+", "One fish swam. Two fish sank. Three fish flew."),
        ("= -", "Two fish sank."),
        ("-", "Two"),
        ("- = +", "One fish swam. Two fish sank. Three fish flew."),
    ] {
        assert_eq!(after(&format!("{second}{keys}")), words, "{keys}");
    }
}

#[test]
fn paragraphs_are_selected_and_moved_by() {
    let first = "One fish swam. Two fish sank. Three fish flew.";
    assert_eq!(after("V"), first);
    assert_eq!(after("V j"), "Four birds came. Five birds left.");
    assert_eq!(after("V j J"), "Four birds came. Five birds left.\n\nNobody else was there.");
    assert_eq!(after("V G"), first, "keys of other scopes do nothing here");
}

#[test]
fn a_colour_key_saves_in_that_colour() {
    for (key, color) in [
        ("1", Color::Yellow),
        ("2", Color::Green),
        ("3", Color::Blue),
        ("4", Color::Pink),
        ("5", Color::Orange),
        ("6", Color::Purple),
    ] {
        let mut harness = reading();
        harness.keys(&format!("v {key}"));
        assert_eq!(harness.last_saved().color(), &color);
        assert_eq!(harness.words_in(Meaning::Passage(&color)), "Ministers met on Tuesday.", "{}", harness.styles());
    }
}

#[test]
fn note_and_tags_are_asked_for_after_the_passage_is_safe() {
    let mut harness = reading();
    harness.keys("v n");
    assert_eq!(harness.saved.len(), 1);
    harness.type_text("why Tuesday?");
    harness.keys("Enter");
    assert_eq!(harness.last_saved().note(), Some("why Tuesday?"));
    harness.keys("g v j t");
    harness.type_text("Politics #harbour");
    harness.keys("Enter");
    assert_eq!(harness.last_saved().tags(), ["Politics", "harbour"]);
    assert_eq!(harness.last_saved().words(), "They agreed on nothing at all.");
    // Leaving the question leaves the passage saved, and says so.
    harness.keys("g v j n Esc");
    assert!(harness.footer().contains("✓ Saved the passage. (undo: u)"), "{}", harness.footer());
}

#[test]
fn leaving_keeps_nothing_but_the_way_back() {
    for leave in ["Esc", "q"] {
        let mut harness = reading();
        harness.keys(&format!("v {leave}"));
        assert!(harness.saved.is_empty() && !harness.state.quitting);
        assert_eq!(harness.words_in(Meaning::Selection), "");
        harness.keys("g v Y");
        assert_eq!(harness.copied(), Some("“Ministers met on Tuesday.” — The harbour review"));
    }
    let mut fresh = reading();
    fresh.keys("g v");
    assert!(fresh.footer().contains("Nothing was selected in this article yet."), "{}", fresh.footer());
}

#[test]
fn labels_select_sentences_and_paragraphs_in_view() {
    let mut harness = reading();
    harness.keys("m");
    assert!(harness.words_in(Meaning::Label).starts_with("a s d f"), "{}", harness.words_in(Meaning::Label));
    harness.keys("d Enter");
    assert_eq!(harness.last_saved().words(), "The ferry sailed late.");
    harness.keys("M a Enter");
    assert_eq!(harness.last_saved().words(), "Ministers met on Tuesday. They agreed on nothing at all.");
    harness.keys("M s j y");
    // A paragraph picked moves by paragraphs: there is none after the last.
    assert!(harness.copied().unwrap().starts_with("The ferry sailed late. Nobody"));
    harness.keys("m Z j");
    assert_eq!(harness.words_in(Meaning::Label), "", "another key leaves");
}

#[test]
fn a_sentence_that_fills_the_window_has_a_label_in_it() {
    let text = format!("Long\n\nOnce upon a time {}and then it ended.", "there were many more words, ".repeat(200));
    let mut harness = Harness::reading(80, 24, "long.txt", &text);
    for key in ["m", "M"] {
        harness.keys("g g Space");
        harness.hides("Once upon");
        harness.keys(key);
        assert_eq!(harness.words_in(Meaning::Label), "a", "{}", harness.screen());
        harness.keys("a y");
        assert!(harness.copied().unwrap().starts_with("Once upon a time"), "{:?}", harness.copied());
    }
}

#[test]
fn a_drag_of_the_mouse_selects_and_the_keys_go_on_from_there() {
    use crate::command::event::{Button, MouseKind};
    let mut harness = reading();
    let row = harness.row_of("Ministers met").unwrap();
    let line = harness.screen().lines().nth(usize::from(row)).unwrap().to_owned();
    let column = u16::try_from(line.split("Ministers").next().unwrap().chars().count()).unwrap();
    let drag = |harness: &mut Harness, from: u16, to: u16| {
        harness.mouse(MouseKind::Press(Button::Left), from, row);
        harness.mouse(MouseKind::Drag(Button::Left), to, row);
        harness.mouse(MouseKind::Release(Button::Left), to, row);
    };
    drag(&mut harness, column, column + 8);
    harness.keys("w y");
    assert_eq!(harness.copied(), Some("Ministers met"));
    drag(&mut harness, column + 12, column + 10);
    harness.keys("y");
    assert_eq!(harness.copied(), Some("met"));
    // A click takes the selection away.
    drag(&mut harness, column, column + 8);
    harness.click(column, row);
    assert_eq!(harness.words_in(Meaning::Selection), "");
    // A drag that comes from another pane selects nothing.
    harness.mouse(MouseKind::Press(Button::Left), 5, row);
    harness.mouse(MouseKind::Drag(Button::Left), column + 8, row);
    assert_eq!(harness.words_in(Meaning::Selection), "");
}

#[test]
fn the_active_end_stays_in_view() {
    let mut harness = super::long();
    harness.keys("v");
    for _ in 0..90 {
        harness.keys("J");
    }
    harness.shows("stone30.");
    harness.keys("o");
    harness.keys("K");
    assert_eq!(super::top(&harness), 0);
}

#[test]
fn headline_writer_and_date_are_no_passage_unless_asked_for() {
    let more = "The rain went on.\n\n".repeat(30);
    let page = format!("---\ntitle: Rain\nauthor: Ann Reed\ndate: 2026-11-02\n---\n\nIt rained. It was wet.\n\n{more}");
    let reading = |width, height| Harness::reading(width, height, "rain.md", &page);
    for (keys, words) in [
        ("v", "It rained."),
        ("V", "It rained. It was wet."),
        ("m a", "It rained."),
        ("M a", "It rained. It was wet."),
        ("m s", "It was wet."),
        // Whoever goes on upwards gets there, and so does who searched for it.
        ("v k k k", "Rain"),
        ("V k k", "Ann Reed"),
        ("/ r e e d Enter v", "Ann Reed"),
    ] {
        let mut harness = reading(80, 16);
        harness.shows("2 November 2026");
        harness.keys(keys);
        harness.keys("y");
        assert_eq!(harness.copied(), Some(words), "{keys}");
    }
    // Growing to the maximum selects the section, but nothing before it.
    let mut harness = reading(80, 16);
    harness.keys("v + + + + y");
    assert!(harness.copied().unwrap().starts_with("It rained. It was wet.\n\nThe rain went on."));
    // Where only the headline has room in the window the first sentence is gone to.
    let mut harness = reading(40, 5);
    harness.keys("v y");
    assert_eq!(harness.copied(), Some("It rained."));
    // An article that is nothing else has nothing else to give.
    let mut harness = Harness::reading(80, 16, "only.md", "# Only a headline\n");
    harness.keys("v y");
    assert_eq!(harness.copied(), Some("Only a headline"));
}
