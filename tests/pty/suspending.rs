//! Suspending and resuming: keys, signals, and an editor that owns the terminal meanwhile.

use std::fs;

use super::{Home, TIMEOUT, Terminal, assert_all_undone, last};

#[test]
fn a_stopped_program_lends_the_terminal_to_the_shell_and_comes_back() {
    for by_key in [true, false] {
        let home = Home::new();
        let mut terminal = home.read(&[]);
        let before = terminal.text();
        if by_key {
            terminal.press("\x1a");
        } else {
            terminal.signal("TSTP");
        }
        let shown = |bytes: &[u8]| bytes.windows(8).filter(|window| window == b"\x1b[?1049h").count();
        while shown(&terminal.bytes) < 2 {
            terminal.take(TIMEOUT).expect("the program comes back");
        }
        let shell = last(&terminal.bytes, "the shell has the terminal").expect("the shell was told of the stop");
        assert_all_undone(&terminal.bytes[..shell]);
        assert_eq!(terminal.note("stopped"), terminal.note("before"));
        terminal.wait_for("the screen to come back", |screen| screen == before);
        terminal.press("?");
        terminal.wait_for_words("┌ Help");
        terminal.press("q");
        terminal.wait_for("help to go", |screen| !screen.contains("┌ Help"));
        terminal.quit();
    }
}

#[test]
fn signals_back_to_back_leave_a_running_program_with_the_right_screen() {
    for signals in [
        &["TSTP", "CONT"][..],
        &["CONT"],
        &["TSTP", "TSTP"],
        &["TSTP", "CONT", "TSTP", "CONT"],
        &["CONT", "TSTP"],
        &["TSTP", "TSTP", "CONT"],
    ] {
        let home = Home::new();
        let mut terminal = home.read(&[]);
        let before = terminal.text();
        for _ in 0..3 {
            terminal.litter("\x1b[2;2Hsomebody else's words");
            terminal.signals(signals);
            terminal.wait_for(&format!("the screen after {signals:?}"), |screen| screen == before);
            terminal.press("?");
            terminal.wait_for_words("┌ Help");
            terminal.press("q");
            terminal.wait_for("help to go", |screen| screen == before);
        }
        terminal.quit();
    }
}

/// An editor that says when it is there, and writes what is typed as the note.
const EDITOR: &str = "#!/bin/sh\necho 'the editor listens'\nread -r words && echo \"$words\" >\"$1\"\n";

/// Starts the program with that editor, by this script, which has its path in `$dateline`. The keys save a bookmark,
/// whose note is then edited.
fn with_editor(home: &Home, script: &str, keys: &str) -> Terminal {
    let editor = home.file("editor", EDITOR.as_bytes());
    let script = format!("export EDITOR='sh {editor}' dateline='{}'; {script}", env!("CARGO_BIN_EXE_dateline"));
    let mut terminal = Terminal::start(home, &["/bin/sh", "-c", &script]);
    terminal.wait_for_words("min left");
    terminal.press(keys);
    terminal.wait_for_words("Saved the passage");
    terminal.press("gb");
    terminal.wait_for_words("… colour");
    terminal.press("E");
    terminal.wait_for_words("the editor listens");
    terminal
}

#[test]
fn an_editor_has_the_keyboard_though_the_article_came_through_a_pipe() {
    let home = Home::new();
    let words = "Words of this article came through a pipe, and there are some of them.\n\n".repeat(40);
    let file = home.file("piped.txt", format!("A pipe speaks\n\n{words}").as_bytes());
    let mut terminal = with_editor(&home, &format!("cat '{file}' | \"$dateline\" -"), "v\r");
    terminal.press("typed in the editor\r");
    terminal.wait_for_words("Saved the note");
    terminal.quit();
    let logs = fs::read_dir(home.path("data/bookmarks")).unwrap().map(|log| log.unwrap().path());
    let saved: String = logs.filter_map(|log| fs::read_to_string(log).ok()).collect();
    assert!(saved.contains("typed in the editor"), "{saved}");
}

#[test]
fn an_editor_may_be_stopped_and_goes_on() {
    for signals in [&["TSTP"][..], &["TSTP", "CONT"], &["TSTP", "TSTP"]] {
        let home = Home::new();
        let mut terminal = with_editor(&home, "exec \"$dateline\"", "v\r");
        terminal.signals(signals);
        terminal.press("typed in the editor\r");
        terminal.wait_for_words("Saved the note");
        terminal.press("?");
        terminal.wait_for_words("┌ Help");
        terminal.press("q");
        terminal.wait_for("help to go", |screen| !screen.contains("┌ Help"));
        terminal.quit();
    }
}
