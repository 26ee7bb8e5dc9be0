//! Hostile articles, and files that are not articles.

use std::fs;
use std::process::Command;

use super::{Home, contains};

/// Escape sequences that would change the title, the clipboard, the colours or the keyboard; a C1 introducer; overrides
/// of the direction of writing; bells and backspaces.
const POISON: &str = "\u{1b}]0;POISON\u{7}\u{1b}]52;c;UE9JU09O\u{7}\u{1b}[31mPOISON\u{1b}[?1003h\u{1b}P+q544e\u{1b}\\\
    \u{9b}31m\u{9d}0;POISON\u{9c}\u{202e}desrever\u{202c}\u{2066}isolated\u{2069}\u{7}\u{8}\u{0}\u{7f}\u{1b}c";

fn assert_harmless(bytes: &[u8]) {
    for part in [
        "\u{1b}]",
        "\u{1b}P",
        "\u{1b}c",
        "\u{1b}[31mPOISON",
        "\u{9b}",
        "\u{9d}",
        "\u{9c}",
        "\u{7}",
        "\u{8}",
        "\u{0}",
        "\u{7f}",
        "\u{202e}",
        "\u{202c}",
        "\u{2066}",
        "\u{2069}",
        "\u{1b}[?1003h",
    ] {
        assert!(!contains(bytes, part.as_bytes()), "{part:?} reached the terminal");
    }
}

#[test]
fn control_characters_of_an_article_and_its_name_never_reach_the_terminal() {
    let home = Home::new();
    let text = format!("A title {POISON}\n\nBy Some {POISON} Body\n\nThe words are safe {POISON} and sound.\n\n");
    let name = "poisoned \u{1b}]0;POISON\u{7}\u{202e}.txt";
    let file = home.file(name, text.repeat(3).as_bytes());
    let mut terminal = home.read(&[&file]);
    terminal.wait_for_words("The words are safe");
    terminal.press(" Gg");
    terminal.press("ghl?\x1b");
    // Copying is the one thing that may write OSC: it is not asked for here.
    terminal.quit();
    assert_harmless(&terminal.bytes);

    let missing = "missing \u{1b}]0;POISON\u{7}\u{202e}.txt";
    let mut terminal = home.start(&[missing]);
    assert_eq!(terminal.left(), 3);
    assert!(terminal.text().contains("missing"), "{}", terminal.text());
    assert_harmless(&terminal.bytes);
}

#[test]
fn two_megabytes_on_one_line_are_an_article_like_any_other() {
    let home = Home::new();
    let words = "All of this article stands on a single line of the file. ".repeat(36_000);
    let file = home.file("line.txt", words.as_bytes());
    let mut terminal = home.read(&[&file]);
    terminal.wait_for_words("single line of the file");
    terminal.press("G");
    terminal.wait_for_words("· end");
    terminal.quit();
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let home = Home::new();
    let empty = home.file("empty.txt", b"");
    let binary: Vec<u8> = (0..40_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let binary = home.file("picture.bin", &binary);
    let locked = home.path("locked");
    fs::create_dir(&locked).unwrap();
    let lock = |mode: &str| {
        assert!(Command::new("chmod").arg(mode).arg(&locked).status().unwrap().success());
    };
    lock("000");
    // Nothing is locked for the superuser, so there the folder is merely empty.
    let reason = if fs::read_dir(&locked).is_ok() { "locked" } else { "ermission" };
    let good = home.file("good.txt", b"A good article\n\nIt can be read like any other.\n");
    for (file, said) in [(empty.as_str(), "empty"), (&binary, "picture.bin"), (locked.to_str().unwrap(), reason)] {
        let mut alone = home.start(&[file]);
        alone.wait_for_words(said);
        // 4: the system refuses to show what is locked.
        assert!([3, 4].contains(&alone.left()));
        assert!(!contains(&alone.bytes, b"\x1b[?1049h"), "the screen was taken for nothing");
        let mut among = home.start(&[file, &good]);
        among.wait_for_words("It can be read like any other");
        among.quit();
    }
    lock("755");
}
