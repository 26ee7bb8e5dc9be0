//! Starting, resizing and ending, in every way that can happen.

use std::process::{Command, Stdio};
use std::time::Instant;

use dateline::internals::terminal::{Options, Session};

use super::{FIRST_TITLE, Home, TIMEOUT, Terminal, assert_all_were_set, last};

#[test]
fn a_first_run_shows_the_edition_obeys_keys_and_quits() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    terminal.wait_for_words(FIRST_TITLE);
    terminal.press("?");
    terminal.wait_for_words("┌ Help");
    terminal.press("\x1b");
    terminal.wait_for("the help to go", |screen| screen.contains("The woman") || screen.contains("the woman"));
    terminal.press("hj\r");
    terminal.wait_for("the second article", |screen| !screen.contains("Ilse Verhagen ran"));
    terminal.quit();
    assert_all_were_set(&terminal.bytes);
}

#[test]
fn after_a_storm_of_sizes_the_screen_is_that_of_the_last_one() {
    let (home, other) = (Home::new(), Home::new());
    let (mut stormy, mut calm) = (home.read(&[]), other.read(&[]));
    for step in 0..120_u16 {
        stormy.resize(1 + step * 37 % 230, 1 + step * 23 % 70);
    }
    for terminal in [&mut stormy, &mut calm] {
        terminal.resize(120, 40);
    }
    calm.wait_for("both panes on a calm screen", |screen| screen.contains("PEOPLE") || screen.contains("PERSON"));
    let wanted = calm.text();
    stormy.wait_for(&format!("the screen\n{wanted}\nbut it was"), |screen| screen == wanted);
    stormy.quit();
    calm.quit();
}

#[test]
fn a_window_that_shrinks_and_grows_back_shows_everything_again() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    let before = terminal.text();
    terminal.resize(30, 10);
    terminal.resize(100, 30);
    // The terminal has cut off what did not fit; the program may never have seen the small size.
    assert_ne!(terminal.text(), before);
    terminal.wait_for("the whole screen", |screen| screen == before);
    terminal.quit();
}

#[test]
fn signals_that_end_the_program_leave_the_terminal_as_it_was() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let home = Home::new();
        let mut terminal = home.read(&[]);
        terminal.signal(signal);
        let code = terminal.left();
        assert_all_were_set(&terminal.bytes);
        assert_eq!(code > 128, signal == "QUIT", "SIG{signal} ended it with {code}");
    }
}

#[test]
fn ended_in_the_middle_of_its_first_frames_it_leaves_nothing_of_them() {
    for frames in 0..12 {
        let home = Home::new();
        let mut terminal = home.start(&[]);
        while terminal.bytes.windows(8).filter(|window| window == b"\x1b[?2026l").count() < frames % 4
            || last(&terminal.bytes, "\x1b[?1006h").is_none()
        {
            terminal.take(TIMEOUT).expect("the program draws");
        }
        terminal.signal("QUIT");
        assert!(terminal.left() > 128);
    }
}

#[test]
fn without_a_terminal_to_write_to_it_says_so_and_writes_nothing_else() {
    let home = Home::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.env_clear().envs(home.environment()).stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("needs a terminal") && said.contains("dateline read"), "{said}");
    assert_eq!(output.stdout, b"");
}

#[test]
fn a_terminal_that_can_only_print_is_not_taken() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, &["/usr/bin/env", "TERM=dumb", env!("CARGO_BIN_EXE_dateline")]);
    assert_eq!(terminal.left(), 2);
    assert!(terminal.text().contains("TERM=dumb") && terminal.text().contains("dateline read"), "{}", terminal.text());
    assert!(last(&terminal.bytes, "\x1b[?1049h").is_none(), "the screen was taken for nothing");
}

#[test]
fn an_article_from_standard_input_leaves_the_keys_to_the_terminal() {
    let home = Home::new();
    let file = home.file("piped.txt", b"A pipe speaks\n\nThe words of this article came through a pipe.\n");
    for name in ["-", ""] {
        let script = format!("cat '{file}' | '{}' {name}", env!("CARGO_BIN_EXE_dateline"));
        let mut terminal = Terminal::start(&home, &["/bin/sh", "-c", &script]);
        terminal.wait_for_words("came through a pipe");
        terminal.press("?");
        terminal.wait_for_words("┌ Help");
        terminal.quit();
    }
}

#[test]
fn an_empty_pipe_says_so_and_nothing_on_standard_input_is_no_pipe() {
    let home = Home::new();
    let script = format!(": | '{}'", env!("CARGO_BIN_EXE_dateline"));
    let mut terminal = Terminal::start(&home, &["/bin/sh", "-c", &script]);
    terminal.wait_for_words("standard input: there are no words in it");
    terminal.quit();
    let script = format!("'{}' </dev/null", env!("CARGO_BIN_EXE_dateline"));
    let mut terminal = Terminal::start(&home, &["/bin/sh", "-c", &script]);
    terminal.wait_for_words(FIRST_TITLE);
    terminal.quit();
}

#[test]
fn the_keyboard_is_no_article() {
    let home = Home::new();
    let mut terminal = home.start(&["-"]);
    assert_eq!(terminal.left(), 2);
    assert!(terminal.text().contains("keyboard") && terminal.text().contains("command | dateline -"));
}

#[test]
fn a_panic_while_drawing_gives_the_terminal_back_before_it_is_reported() {
    let home = Home::new();
    let tests = std::env::current_exe().unwrap();
    let helper = "lifecycle::helper_panics_while_it_holds_the_terminal";
    let mut terminal =
        Terminal::start(&home, &[tests.to_str().unwrap(), "--exact", helper, "--ignored", "--nocapture"]);
    assert_ne!(terminal.left(), 0);
    assert_all_were_set(&terminal.bytes);
    let report = last(&terminal.bytes, "the view tripped").expect("the panic is reported");
    assert!(last(&terminal.bytes, "\x1b[?1049l").unwrap() < report, "the report is on the screen that went away");
}

#[test]
#[ignore = "another test runs it, on a terminal of its own"]
fn helper_panics_while_it_holds_the_terminal() {
    let Ok(mut session) = Session::start(Options { mouse: true }) else { return };
    session.draw(|_| ()).unwrap();
    session.draw(|_| panic!("the view tripped")).unwrap();
}

#[test]
fn a_terminal_that_goes_away_takes_the_program_with_it() {
    let home = Home::new();
    let terminal = home.read(&[]);
    let program = terminal.master.process_group_leader().unwrap();
    drop(terminal);
    let deadline = Instant::now() + TIMEOUT;
    let lives =
        || Command::new("/bin/sh").args(["-c", &format!("kill -0 {program} 2>/dev/null")]).status().unwrap().success();
    while lives() {
        assert!(Instant::now() < deadline, "the program outlives its terminal");
    }
}
