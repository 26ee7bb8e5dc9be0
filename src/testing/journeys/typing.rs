//! Typing words: the keys of the line, pasting, and what waits behind it.

use super::long;
use crate::command::Effect;
use crate::testing::Harness;

/// What stands in the line for a file or folder.
fn typed(harness: &Harness) -> String {
    harness.footer().trim_start_matches("File or folder: ").to_owned()
}

fn asking() -> Harness {
    let mut harness = long();
    harness.keys("h a");
    harness
}

#[test]
fn the_line_is_edited_with_the_usual_keys() {
    let mut harness = asking();
    harness.type_text("two words");
    harness.keys("C-w");
    assert_eq!(typed(&harness), "two");
    harness.type_text("four");
    harness.keys("Home Delete");
    assert_eq!(typed(&harness), "wo four");
    harness.type_text("T");
    harness.keys("Right Right Left Backspace");
    assert_eq!(typed(&harness), "To four");
    harness.keys("C-e C-h C-a Delete");
    assert_eq!(typed(&harness), "o fou");
    harness.keys("End C-u");
    assert_eq!(typed(&harness), "File or folder:");
    let place = harness.cursor().unwrap();
    assert_eq!((place.x, place.y), (16, 33));
    harness.keys("Esc");
    assert_eq!(harness.cursor(), None);
    assert!(!harness.effects().iter().any(|effect| matches!(effect, Effect::Add { .. })));
}

#[test]
fn keys_that_are_commands_elsewhere_are_letters_here() {
    let mut harness = asking();
    harness.type_text("q?:/ g");
    assert_eq!(typed(&harness), "q?:/ g");
    assert!(!harness.state.quitting);
}

#[test]
fn what_is_pasted_goes_into_inputs_only() {
    let mut harness = long();
    let before = harness.screen();
    harness.paste("q\nD\u{1b}[A");
    assert_eq!(harness.screen(), before);
    assert!(!harness.state.quitting);
    harness.keys("h a");
    harness.paste("/news/\u{1b}[31mwalk\u{202e}.txt\n");
    assert_eq!(typed(&harness), "/news/walk.txt");
    harness.keys("Esc :");
    harness.paste("zen");
    harness.shows("> zen");
}

#[test]
fn a_huge_paste_is_drawn_at_its_end() {
    let mut harness = asking();
    harness.paste(&"wörd ".repeat(100_000));
    assert!(harness.footer().ends_with("wörd"), "{}", harness.footer());
    assert_eq!(harness.cursor().unwrap().x, 118);
}

#[test]
fn an_error_that_comes_while_something_is_typed_is_read_afterwards() {
    let mut harness = long();
    harness.save_error = Some("no space left.".to_owned());
    harness.keys("v n");
    assert!(harness.footer().starts_with("Note:"), "{}", harness.footer());
    harness.keys("C-w Esc");
    assert!(harness.footer().contains("The bookmark is NOT saved: no space left."), "{}", harness.footer());
}

#[test]
fn several_notices_are_read_one_by_one() {
    let mut harness = long();
    harness.state.notices =
        ["first", "second"].map(|text| crate::command::Notice::error(text.to_owned())).into_iter().collect();
    assert!(harness.footer().contains("! first (+1)"));
    harness.keys("j");
    assert!(harness.footer().contains("! second"));
    harness.keys("j");
    assert!(!harness.footer().contains('!'));
}
