//! A library locked by another process: that is reported, reading continues, and quitting is immediate.

use std::fs;
use std::fs::File;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::Home;

/// How long leaving may take, on a machine that does much else: less than any wait for a lock.
const AT_ONCE: Duration = Duration::from_secs(4);

fn leaves_at_once(terminal: &mut super::Terminal, keys: &str) {
    let start = Instant::now();
    terminal.press(keys);
    assert_eq!(terminal.left(), 0);
    assert!(start.elapsed() < AT_ONCE, "{keys:?} took {:?}", start.elapsed());
}

#[test]
fn a_first_run_can_be_left_while_the_library_is_waited_for() {
    for keys in ["\x03", "q", "jj\x03"] {
        let home = Home::new();
        // Somebody prepares the folder, and never ends.
        let folder = File::open(home.path("data")).unwrap();
        folder.lock().unwrap();
        let mut terminal = home.start(&[]);
        terminal.wait_for_words("Another program is using the library");
        leaves_at_once(&mut terminal, keys);
    }
}

#[test]
fn a_first_run_gives_up_on_a_library_that_is_held_and_says_what_that_means() {
    let home = Home::new();
    let folder = File::open(home.path("data")).unwrap();
    folder.lock().unwrap();
    let mut terminal = home.start(&[]);
    terminal.wait_for_words("Another program is using the library");
    terminal.press("?");
    terminal.wait_for_words("is not kept");
    // The key that was waiting is obeyed.
    terminal.wait_for_words("┌ Help");
    terminal.press("\x03");
    terminal.wait_for("help to go", |screen| !screen.contains("┌ Help"));
    leaves_at_once(&mut terminal, "\x03");
}

#[test]
fn a_library_that_is_held_for_writing_is_read_and_said_once() {
    let home = Home::new();
    home.read(&[]).quit();
    let other = Connection::open(home.path("data/library.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let article = home.file("article.txt", b"A short article\n\nIts words are few.\n");
    // It comes to the page, though it cannot come into the list.
    let mut terminal = home.start(&[&article]);
    terminal.wait_for_words("Its words are few");
    terminal.wait_for_words("is not kept: another program");
    leaves_at_once(&mut terminal, "\x03");
    drop(other);
    // Nothing is broken: the next run keeps what it reads.
    let mut terminal = home.read(&[&article]);
    terminal.wait_for_words("Its words are few");
    terminal.quit();
}

#[test]
fn a_database_nobody_may_even_read_is_done_without() {
    let home = Home::new();
    home.read(&[]).quit();
    let other = Connection::open(home.path("data/library.db")).unwrap();
    other.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut terminal = home.start(&[]);
    terminal.wait_for_words("Another program is using the library");
    leaves_at_once(&mut terminal, "q");
    let mut terminal = home.start(&[]);
    terminal.wait_for_words("is not kept");
    terminal.wait_for_words(super::FIRST_TITLE);
    leaves_at_once(&mut terminal, "\x03");
}

#[test]
fn a_second_interrupt_ends_a_program_whose_worker_hangs() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    terminal.press("v\r");
    terminal.wait_for_words("Saved the passage");
    // The disk hangs: the lock of the log is held, and a save waits for it.
    let bookmarks = home.path("data/bookmarks");
    let mut files = fs::read_dir(&bookmarks).unwrap().map(|entry| entry.unwrap().path());
    let lock = files.find(|path| path.extension().is_some_and(|ending| ending == "lock")).unwrap();
    let held = File::open(lock).unwrap();
    held.lock().unwrap();
    terminal.press("vj\r");
    let start = Instant::now();
    terminal.press("\x03");
    terminal.wait_for_words("still saving");
    // Now the terminal is as the shell had it: C-c is a signal again.
    terminal.press("\x03");
    assert_eq!(terminal.left(), 130);
    assert!(start.elapsed() < AT_ONCE, "{:?}", start.elapsed());
}
