//! Sessions of random keys on corrupted files: no panic, nothing unprintable on the screen, and the terminal restored
//! at the end.
//!
//! `DATELINE_TEST_SESSIONS=50 cargo test --test pty sessions -- --nocapture` sets the number of sessions; the keys
//! depend only on the number of the session.

use std::{env, fs};

use crate::corrupted::{self, Random};
use crate::{Home, TIMEOUT, Terminal};

/// The default number of sessions: a few seconds in a debug build.
const SESSIONS: usize = 6;

/// Keys that are more than one letter, and what terminals send besides keys.
const SPECIAL: [&str; 34] = [
    "\r",
    "\x1b",
    "\t",
    "\x1b[Z",
    "\x7f",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[H",
    "\x1b[F",
    "\x01",
    "\x02",
    "\x04",
    "\x05",
    "\x06",
    "\x0b",
    "\x0c",
    "\x0f",
    "\x12",
    "\x15",
    "\x17",
    "gg",
    "gb",
    "gB",
    "go",
    "]b",
    "[a",
    "\x1b[200~pasted\x1b[2J\nwords\x1b[201~",
    "\x1b[<0;30;10M\x1b[<0;30;10m",
    "\x1b[<64;30;10M",
    "\x1b[I",
];

/// Text to type into prompts.
const TYPED: [&str; 6] = ["harbour", "#tag", "is:unread", "\u{e9}\u{301}\u{3000}漢", "before:", "no such file.md"];

fn press_some(terminal: &mut Terminal, random: &mut Random) {
    match random.below(10) {
        0..6 => {
            let letter = char::from(b' ' + random.below(95) as u8);
            // Browser and editor are other programs, and the way out comes at the end.
            if !matches!(letter, 'o' | 'E' | 'q') {
                terminal.press(&letter.to_string());
            }
        }
        6..8 => terminal.press(random.pick(&SPECIAL).unwrap()),
        8 => terminal.press(random.pick(&TYPED).unwrap()),
        _ => terminal.resize(5 + random.below(180) as u16, 2 + random.below(60) as u16),
    }
}

/// Waits until everything that was pressed has been carried out and drawn: `C-l` repaints from anywhere. Not the first
/// one, if an escape before it makes it another key.
fn repainted(terminal: &mut Terminal) {
    terminal.press("\x0c\x0c\x0c");
    let clears = |terminal: &Terminal| terminal.bytes.windows(4).filter(|bytes| bytes == b"\x1b[2J").count();
    let before = clears(terminal);
    while clears(terminal) == before || terminal.is_drawing() {
        assert!(terminal.take(TIMEOUT).is_some(), "nothing was painted:\n{}", terminal.text());
    }
    let strange = terminal.text().chars().find(|letter| letter.is_control() && *letter != '\n');
    assert_eq!(strange, None, "{}", terminal.text());
}

#[test]
fn sessions_of_random_keys_leave_the_terminal_as_it_was() {
    let sessions = env::var("DATELINE_TEST_SESSIONS").ok().map_or(SESSIONS, |sessions| sessions.parse().unwrap());
    let mut pressed = 0;
    for session in 0..sessions {
        let mut random = Random::new(1 << 32 | session as u64);
        let home = Home::new();
        let files: Vec<String> = (0..=random.below(4))
            .map(|number| {
                let (name, bytes) = corrupted::file(&mut random);
                home.file(&format!("{number}-{name}"), &bytes)
            })
            .collect();
        // One that is sound: with nothing to read the program leaves at once.
        let sound = home.file("sound.txt", b"A sound file\n\nIts words are few. They are read aloud.\n");
        let files = [files, vec![sound]].concat();
        let named: Vec<&str> = if random.chance(25) { Vec::new() } else { files.iter().map(String::as_str).collect() };
        let mut terminal = home.start(&named);
        terminal.wait_for("a first frame", |screen| !screen.trim().is_empty());
        let keys = 40 + random.below(160);
        for _ in 0..keys {
            press_some(&mut terminal, &mut random);
            if random.chance(20) {
                repainted(&mut terminal);
            }
        }
        pressed += keys;
        terminal.resize(100, 30);
        let told = format!("session {session} with {named:?}");
        // Out of whatever is open, and out of the program although something may not be saved.
        terminal.press(&"\x03".repeat(8));
        let code = terminal.left();
        assert!(matches!(code, 0 | 4), "{told} ended with {code}:\n{}", terminal.text());
        let log = fs::read_to_string(home.path("data/dateline.log")).unwrap_or_default();
        assert!(
            !log.contains("panicked") && !terminal.text().contains("panicked"),
            "{told}:\n{log}\n{}",
            terminal.text()
        );
    }
    println!("{sessions} sessions, {pressed} keys");
}
