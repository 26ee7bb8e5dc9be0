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
    reason = "plays the user: files, processes and the clock are its business; a test fails by panicking"
)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use std::{fs, thread};

use dateline::terminal::{Options, Session};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long a loaded machine may take for anything.
const PATIENCE: Duration = Duration::from_secs(30);

const FIRST_TITLE: &str = "Start here";

/// Runs the program given as arguments as a shell would: job control on, told when the program stops, going on with it
/// at once.
const SHELL: &str = r#"
    set -m
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
            (screen.contains(" min left") || screen.contains("· end")) && screen.contains('▸')
        });
        terminal
    }

    fn start(&self, arguments: &[&str]) -> Terminal {
        let command = [&[env!("CARGO_BIN_EXE_dateline")], arguments].concat();
        Terminal::start(self, &command)
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

    /// Whether a frame has begun to arrive and not ended: what is on the screen then is neither the old nor the new one.
    fn is_drawing(&self) -> bool {
        last(&self.bytes, "\x1b[?2026h") > last(&self.bytes, "\x1b[?2026l")
    }

    /// Waits until the screen is as it should be.
    fn wait_for(&mut self, what: &str, is_so: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while self.is_drawing() || !is_so(&self.text()) {
            let taken = self.take(deadline.saturating_duration_since(Instant::now()));
            assert!(taken.is_some(), "waited in vain for {what}:\n{}", self.text());
        }
    }

    /// Waits for output and shows it; none if the time is over or nobody is left to write.
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
        let group = self.master.process_group_leader().unwrap();
        let sent = Command::new("/bin/sh").args(["-c", &format!("kill -s {signal} {group}")]).status().unwrap();
        assert!(sent.success());
    }

    fn note(&self, name: &str) -> String {
        fs::read_to_string(self.notes.join(name)).unwrap_or_default().trim().to_owned()
    }

    /// Waits until the program has left and checks that the terminal is as it was. Returns the exit status the shell saw.
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
        // A failed test leaves nobody behind: the program hangs up with its terminal.
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
    for mode in ["?1049", "?2004", "?1004", "?1000", "?1002", "?1006", "?2026"] {
        let (on, off) = (last(bytes, &format!("\x1b[{mode}h")), last(bytes, &format!("\x1b[{mode}l")));
        assert!(on <= off, "mode {mode} is left on");
    }
    assert!(last(bytes, "\x1b[?25l") <= last(bytes, "\x1b[?25h"), "the cursor is left hidden");
    assert!(last(bytes, "\x1b[?1003h").is_none(), "every movement of the mouse was asked for");
}

/// The program had set all its modes: otherwise there would be nothing to undo.
fn assert_all_were_set(bytes: &[u8]) {
    for mode in ["?1049h", "?2004h", "?1004h", "?1000h", "?1002h", "?1006h", "?25l"] {
        assert!(last(bytes, &format!("\x1b[{mode}")).is_some(), "mode {mode} was never set");
    }
}

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
            terminal.take(PATIENCE).expect("the program comes back");
        }
        let shell = last(&terminal.bytes, "the shell has the terminal").expect("the shell was told of the stop");
        assert_all_undone(&terminal.bytes[..shell]);
        assert_eq!(terminal.note("stopped"), terminal.note("before"));
        terminal.wait_for("the screen to come back", |screen| screen == before);
        terminal.press("?");
        terminal.wait_for_words("┌ Help");
        terminal.quit();
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
fn an_article_from_standard_input_leaves_the_keys_to_the_terminal() {
    let home = Home::new();
    let file = home.file("piped.txt", b"A pipe speaks\n\nThe words of this article came through a pipe.\n");
    let script = format!("cat '{file}' | '{}' -", env!("CARGO_BIN_EXE_dateline"));
    let mut terminal = Terminal::start(&home, &["/bin/sh", "-c", &script]);
    terminal.wait_for_words("came through a pipe");
    terminal.press("?");
    terminal.wait_for_words("┌ Help");
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
fn a_pipe_nobody_writes_to_stands_in_no_bookmarks_way() {
    let home = Home::new();
    let pipe = home.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut terminal = home.read(&[]);
    terminal.press("ha");
    terminal.press(&format!("{}\r", pipe.to_str().unwrap()));
    terminal.press("lv\r");
    terminal.wait_for_words("Saved the passage");
    terminal.quit();
    assert_eq!(home.saved(), 1);
}

#[test]
fn a_bookmark_that_cannot_be_saved_is_told_of_after_the_end() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    let bookmarks = home.path("data/bookmarks");
    fs::remove_dir_all(&bookmarks).unwrap();
    fs::write(&bookmarks, "a file in the way").unwrap();
    terminal.press("v\r");
    terminal.wait_for_words("NOT saved");
    terminal.press("\x03");
    terminal.wait_for_words("1 bookmark is not saved");
    terminal.press("\x03");
    assert_eq!(terminal.left(), 4);
    let end = last(&terminal.bytes, "\x1b[?1049l").unwrap();
    assert!(last(&terminal.bytes, "1 bookmark is NOT saved").unwrap() > end, "{}", terminal.text());
}

#[test]
fn a_place_is_found_again_however_soon_one_comes_back() {
    let home = Home::new();
    let lines: Vec<String> = (1..200).map(|number| format!("This is line number {number}.")).collect();
    let lines = lines.join("\n\n");
    let (long, other) = (home.file("long.txt", lines.as_bytes()), home.file("other.txt", b"Other\n\nOther words.\n"));
    let mut terminal = home.read(&[&long, &other]);
    terminal.wait_for_words("line number 3.");
    // The second file is listed a moment after the first is on the page.
    terminal.wait_for_words("Other");
    terminal.press("G");
    terminal.wait_for_words("line number 199.");
    terminal.press("]a");
    terminal.wait_for_words("Other words.");
    terminal.press("[a");
    terminal.wait_for("the long article where it was left", |screen| screen.contains("line number 199."));
    terminal.quit();
}

#[test]
fn a_panic_while_drawing_gives_the_terminal_back_before_it_is_reported() {
    let home = Home::new();
    let tests = std::env::current_exe().unwrap();
    let helper = "helper_panics_while_it_holds_the_terminal";
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
fn two_programs_on_one_data_directory_see_each_others_bookmarks() {
    let home = Home::new();
    let (mut one, mut two) = (home.read(&[]), home.read(&[]));
    for (terminal, other) in [(&mut one, "1"), (&mut two, "2")] {
        terminal.press(if other == "1" { "" } else { " " });
        terminal.press("v\r");
        terminal.wait_for_words("Saved the passage");
    }
    assert_eq!(home.saved(), 2);
    // The terminal says that the window has the focus again: time to look at what others wrote.
    one.press("\x1b[I");
    one.press("gB");
    one.wait_for("two bookmarks in the first program", |screen| screen.contains("All bookmarks 2"));
    one.quit();
    two.quit();
}

#[test]
fn two_programs_correct_names_and_lose_nothing_of_each_other() {
    let home = Home::new();
    let (mut one, mut two) = (home.read(&[]), home.read(&[]));
    for (terminal, keys) in [(&mut one, "cignore\r"), (&mut two, "ojcfollow\r")] {
        terminal.press("l");
        terminal.wait_for_words("PEOPLE");
        terminal.press(keys);
        terminal.wait_for_words("From now on");
    }
    let lines = fs::read_to_string(home.path("data/entities.tsv")).unwrap();
    assert_eq!(lines.lines().filter(|line| !line.starts_with('#')).count(), 2, "{lines}");
    // The one gets the focus again, and shows what the other knows.
    one.press("\x1b[I");
    one.wait_for_words("★");
    one.press("C");
    one.wait_for_words("is left out");
    one.wait_for_words("is followed");
    one.press("\x1b");
    one.quit();
    two.quit();
}

#[test]
fn killed_in_the_middle_of_bookmarking_it_loses_nothing_it_called_saved() {
    let home = Home::new();
    let (mut reported, mut length) = (0, 0);
    // Each passage begins like the one before and is a sentence longer: none is the same words again.
    let mut bookmark = || {
        length += 1;
        format!("ggv{}\r", "J".repeat(length))
    };
    for _ in 0..3 {
        let mut terminal = home.read(&[]);
        // Some one by one, each seen to be saved …
        for _ in 0..2 {
            terminal.press(&bookmark());
            terminal.wait_for_words("Saved the passage");
            reported += 1;
            terminal.press("j");
            terminal.wait_for("the notice to go", |screen| !screen.contains("Saved the passage"));
        }
        // … then many at once, and death among them.
        let many: String = (0..8).map(|_| bookmark()).collect();
        terminal.press(&many);
        terminal.wait_for_words("Saved the passage");
        reported += 1;
        terminal.signal("KILL");
        terminal.wait_for_words(LEFT);
        let saved = home.saved();
        assert!(saved >= reported, "{reported} were called saved, {saved} are in the log");
        reported = saved;
    }
    // The next start reads them all, and a line cut short by a death says so but stands in nobody's way.
    let mut terminal = home.read(&[]);
    terminal.press("gB");
    terminal.wait_for_words(&format!("All bookmarks {reported}"));
    terminal.quit();
}

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

#[test]
fn a_terminal_that_goes_away_takes_the_program_with_it() {
    let home = Home::new();
    let terminal = home.read(&[]);
    let program = terminal.master.process_group_leader().unwrap();
    drop(terminal);
    let deadline = Instant::now() + PATIENCE;
    let lives =
        || Command::new("/bin/sh").args(["-c", &format!("kill -0 {program} 2>/dev/null")]).status().unwrap().success();
    while lives() {
        assert!(Instant::now() < deadline, "the program outlives its terminal");
    }
}
