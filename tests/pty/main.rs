//! The real program on a real (pseudo-)terminal: what no test without one can see.
//!
//! Each program is started by a small shell script, because only a parent can tell whether the terminal came back as it
//! was: it notes the terminal's settings before, while the program is stopped, and after. Nothing sleeps: every step
//! waits for what should be on the screen, with a deadline that only a hung program misses.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "plays the user: files, processes and the clock are its business; a test fails by panicking"
)]

#[path = "../shared/corrupted.rs"]
mod corrupted;
mod emulator;
mod hostile;
mod lifecycle;
mod locked_library;
mod persistence;
mod sessions;
mod suspending;
mod writing_systems;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use std::{fs, thread};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long a loaded machine may take for anything.
const TIMEOUT: Duration = Duration::from_secs(30);

const FIRST_TITLE: &str = "Start here";

/// Runs the program given as arguments as a shell would: job control on, told when the program stops, going on with it
/// at once.
const SHELL: &str = r#"
    set -m
    # A program that dies of an interrupt does not take the shell with it.
    trap : INT
    stty -g >"$NOTES/before"
    "$@"
    code=$?
    while jobs >"$NOTES/jobs"; grep -qi stopped "$NOTES/jobs"; do
        stty -g >"$NOTES/stopped"
        echo 'the shell has the terminal'
        fg >/dev/null
        code=$?
    done
    stty -g >"$NOTES/after"
    echo "$code" >"$NOTES/code"
    echo 'the program has left'
"#;

const LEFT: &str = "the program has left";

/// A home directory of its own, and a folder for what the shell notes.
struct Home {
    dir: TempDir,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["home", "data"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        Self { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file to be opened, and gives its path.
    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let home = self.path("home");
        vec![
            ("HOME", home.clone()),
            ("XDG_CONFIG_HOME", home.join("config")),
            ("DATELINE_DATA_DIR", self.path("data")),
            ("PATH", std::env::var_os("PATH").unwrap_or_default().into()),
            ("TERM", "xterm-256color".into()),
            ("COLORTERM", "truecolor".into()),
            ("LANG", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
        ]
    }

    /// Starts the program with these arguments and waits until it shows an article.
    fn read(&self, arguments: &[&str]) -> Terminal {
        let mut terminal = self.start(arguments);
        terminal.wait_for("an article on the page and in the list", |screen| {
            // The number of unread articles comes last, and would change what is compared.
            let is_counted = screen.contains(" unread") || !screen.contains("Articles ");
            (screen.contains(" min left") || screen.contains("· end")) && screen.contains('▸') && is_counted
        });
        terminal
    }

    fn start(&self, arguments: &[&str]) -> Terminal {
        let command = [&[env!("CARGO_BIN_EXE_dateline")], arguments].concat();
        Terminal::start(self, &command)
    }

    /// Everything in the logs of marks.
    fn marks(&self) -> String {
        let logs = fs::read_dir(self.path("data/marks")).into_iter().flatten().flatten().map(|log| log.path());
        let logs = logs.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        logs.map(|log| fs::read_to_string(log).unwrap()).collect()
    }

    /// Waits until a mark that holds these words is on the disk.
    fn wait_for_mark(&self, words: &str) {
        let deadline = Instant::now() + TIMEOUT;
        while !self.marks().contains(words) {
            assert!(Instant::now() < deadline, "waited in vain for {words} in {}", self.marks());
            thread::yield_now();
        }
    }

    /// The bookmarks that are in the logs, by id.
    fn saved(&self) -> usize {
        let mut ids: Vec<String> = Vec::new();
        for log in fs::read_dir(self.path("data/bookmarks")).unwrap() {
            let path = log.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                let text = String::from_utf8(fs::read(path).unwrap()).unwrap();
                // A line without its end was being written when the program was killed.
                for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
                    let record: serde_json::Value = serde_json::from_str(line).unwrap();
                    ids.push(record["id"].as_str().unwrap().to_owned());
                }
            }
        }
        ids.sort();
        ids.dedup();
        ids.len()
    }
}

/// A pseudo-terminal with a program on it.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    /// Everything that was written.
    bytes: Vec<u8>,
    screen: vt100::Parser,
    notes: PathBuf,
}

impl Terminal {
    fn start(home: &Home, command: &[&str]) -> Self {
        let pair = native_pty_system().openpty(size(100, 30)).unwrap();
        let mut builder = CommandBuilder::new("/bin/sh");
        builder.args(["-c", SHELL, "sh"]);
        builder.args(command);
        builder.env_clear();
        let notes = tempfile::tempdir_in(home.dir.path()).unwrap().keep();
        builder.env("NOTES", &notes);
        home.environment().into_iter().for_each(|(name, value)| builder.env(name, value));
        builder.cwd(home.dir.path());
        let child = pair.slave.spawn_command(builder).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut chunk = [0; 1 << 13];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(number(30), number(100), 0);
        Self { master: pair.master, keyboard, child, output, bytes: Vec::new(), screen, notes }
    }

    /// What a person sees: blanks at the ends of rows, written or never written, are the same to the eye.
    fn text(&self) -> String {
        self.screen.screen().contents().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Whether a frame has begun to arrive and not ended: what is on the screen then is neither the old nor the new
    /// one.
    fn is_drawing(&self) -> bool {
        last(&self.bytes, "\x1b[?2026h") > last(&self.bytes, "\x1b[?2026l")
    }

    /// Waits until the screen is as it should be.
    fn wait_for(&mut self, what: &str, is_so: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + TIMEOUT;
        while self.is_drawing() || !is_so(&self.text()) {
            let taken = self.take(deadline.saturating_duration_since(Instant::now()));
            assert!(taken.is_some(), "waited in vain for {what}:\n{}", self.text());
        }
    }

    /// Waits for output and shows it; none on a timeout or when the writer is gone.
    fn take(&mut self, patience: Duration) -> Option<()> {
        let bytes = self.output.recv_timeout(patience).ok()?;
        self.screen.process(&bytes);
        self.bytes.extend(bytes);
        Some(())
    }

    fn wait_for_words(&mut self, words: &str) {
        self.wait_for(&format!("“{words}”"), |screen| screen.contains(words));
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(size(columns, rows)).unwrap();
        self.screen.screen_mut().set_size(number(rows), number(columns));
    }

    /// Sends a signal to the program (not to the shell around it).
    fn signal(&self, signal: &str) {
        self.signals(&[signal]);
    }

    /// Sends several signals with nothing between them.
    fn signals(&self, signals: &[&str]) {
        let group = self.master.process_group_leader().unwrap();
        let script: Vec<String> = signals.iter().map(|signal| format!("kill -s {signal} {group}")).collect();
        let script = script.join(";");
        assert!(Command::new("/bin/sh").args(["-c", &script]).status().unwrap().success());
    }

    /// Shows output of another program on the terminal.
    fn litter(&mut self, words: &str) {
        self.screen.process(words.as_bytes());
    }

    fn note(&self, name: &str) -> String {
        fs::read_to_string(self.notes.join(name)).unwrap_or_default().trim().to_owned()
    }

    /// Waits until the program has left and checks that the terminal is as it was. Returns the exit status the shell
    /// saw.
    fn left(&mut self) -> i32 {
        self.wait_for_words(LEFT);
        self.child.wait().unwrap();
        assert_eq!(self.note("after"), self.note("before"), "the settings of the line discipline");
        assert_all_undone(&self.bytes);
        self.note("code").parse().unwrap()
    }

    fn quit(&mut self) {
        self.press("\x1bqqq");
        assert_eq!(self.left(), 0);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A failed test leaves no process behind: the program exits with its terminal.
        self.child.kill().ok();
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn number(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

fn last(bytes: &[u8], wanted: &str) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted.as_bytes())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Every mode that was switched was switched back, judged by what it was switched to last.
fn assert_all_undone(bytes: &[u8]) {
    assert!(last(bytes, "\x1b[?7l") <= last(bytes, "\x1b[?7h"), "lines are left cut");
    for mode in ["?1049", "?2004", "?1004", "?1000", "?1002", "?1006", "?2026"] {
        let (on, off) = (last(bytes, &format!("\x1b[{mode}h")), last(bytes, &format!("\x1b[{mode}l")));
        assert!(on <= off, "mode {mode} is left on");
    }
    assert!(last(bytes, "\x1b[?25l") <= last(bytes, "\x1b[?25h"), "the cursor is left hidden");
    assert!(last(bytes, "\x1b[?1003h").is_none(), "every movement of the mouse was asked for");
}

/// The program had set all its modes: otherwise there would be nothing to undo.
fn assert_all_were_set(bytes: &[u8]) {
    for mode in ["?1049h", "?7l", "?2004h", "?1004h", "?1000h", "?1002h", "?1006h", "?25l"] {
        assert!(last(bytes, &format!("\x1b[{mode}")).is_some(), "mode {mode} was never set");
    }
}
