//! Text input: editing keys, pasting, and what waits until it is done.

use super::long;
use crate::command::{Effect, SourceJob};
use crate::testing::Harness;

/// The contents of the line for a file or folder.
fn typed(harness: &Harness) -> String {
    let footer = harness.footer();
    let line = footer.trim_end().trim_end_matches("Esc cancel").trim_end().trim_end_matches("Tab completes");
    line.trim_end().trim_start_matches("File, folder or address: ").to_owned()
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
    assert_eq!(typed(&harness), "File, folder or address:");
    let place = harness.cursor().unwrap();
    assert_eq!((place.x, place.y), (25, 33));
    harness.keys("Esc");
    assert_eq!(harness.cursor(), None);
    assert!(!harness.effects().iter().any(|effect| matches!(effect, Effect::Sources(SourceJob::Add { .. }))));
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
    assert!(typed(&harness).ends_with("wörd"), "{}", harness.footer());
    assert!(harness.footer().ends_with("Esc cancel"), "{}", harness.footer());
}

#[test]
fn an_error_that_comes_while_something_is_typed_is_read_afterwards() {
    let mut harness = long();
    harness.fail_next_save = true;
    harness.keys("v n");
    assert!(harness.footer().starts_with("Note:"), "{}", harness.footer());
    harness.keys("C-w Esc");
    assert!(harness.footer().contains("The bookmark is NOT saved: cannot"), "{}", harness.footer());
}

#[test]
fn several_notices_are_read_together() {
    let mut harness = long();
    harness.state.notices =
        ["first", "second"].map(|text| crate::command::Notice::error(text.to_owned())).into_iter().collect();
    harness.shows("! first");
    harness.shows("! second");
    assert!(harness.footer().ends_with("q quit  ? help"), "what they hide is not the way out: {}", harness.footer());
    harness.keys("j");
    harness.hides("! ");
    // More than half of the screen is never hidden: the rest waits for a key.
    harness.resize(40, 12);
    harness.state.notices = (1..=9).map(|number| crate::command::Notice::error(format!("fault {number}."))).collect();
    harness.shows("! fault 5.");
    harness.shows("and 4 more; press any key");
    harness.keys("j");
    harness.shows("! fault 9.");
    harness.hides("! fault 5.");
}

#[test]
fn a_long_message_is_read_in_full_on_a_narrow_screen() {
    for (width, height) in [(20, 12), (60, 20), (80, 24)] {
        let mut harness = long();
        harness.resize(width, height);
        let told =
            "The library could not be read; it was set aside as /home/reader/.local/share/dateline/library.db.1.";
        harness.state.notices = vec![crate::command::Notice::error(told)];
        let words = |text: &str| text.split_whitespace().collect::<String>();
        let screen = words(&harness.screen());
        assert!(screen.contains(&words(told)), "{}", harness.screen());
        assert!(harness.footer().contains("q quit"), "{}", harness.footer());
    }
}

#[test]
fn names_of_files_are_completed_as_they_are_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display().to_string();
    for name in ["river bank.txt", "river mouth.txt", ".riverbed", "Lake.md"] {
        write(&folder.path().join(name));
    }
    let mut harness = asking();
    harness.type_text(&format!("{path}/ri"));
    harness.keys("Tab");
    assert!(typed(&harness).contains("/river"), "as far as they are the same: {}", harness.footer());
    assert!(harness.footer().contains("2: river bank.txt  river mouth.txt"), "{}", harness.footer());
    harness.type_text("b");
    harness.hides("river mouth.txt");
    harness.keys("Tab");
    assert!(harness.state.prompt.as_ref().unwrap().input.text().ends_with("/river bank.txt"));
    harness.keys("C-u");
    harness.type_text(&format!("{path}/la"));
    harness.keys("Tab");
    assert!(harness.state.prompt.as_ref().unwrap().input.text().ends_with("/Lake.md"), "{}", harness.footer());
    harness.type_text("x");
    harness.keys("Tab");
    assert!(harness.footer().contains("no such name"), "{}", harness.footer());
    // An answer that comes after more was typed is for something else.
    harness.keys("Backspace Backspace Backspace");
    harness.keys_only("Tab");
    harness.keys_only("x");
    harness.deliver_all();
    assert!(harness.state.prompt.as_ref().unwrap().input.text().ends_with("/Lake.x"), "{}", harness.footer());
    // The same in the line that asks where to export to.
    harness.keys("Esc Esc l v Enter g b x C-u");
    harness.type_text(&format!("{path}/.r"));
    harness.keys("Tab");
    assert!(harness.state.prompt.as_ref().unwrap().input.text().ends_with("/.riverbed"), "{}", harness.footer());
}

#[expect(clippy::disallowed_methods, reason = "lays a file into a temporary folder")]
fn write(path: &std::path::Path) {
    std::fs::write(path, "words").unwrap();
}
