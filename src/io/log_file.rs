//! The log file, used because the reader owns the screen: `dateline.log` in the data directory.
//!
//! The file is opened with the first record, so that a normal start touches nothing. Beyond 1 MiB it is renamed to
//! `dateline.log.old` and a new one is begun. What is logged may quote what the network or a file brought; control and
//! bidi characters are written as escapes, so that reading the log in a terminal is safe.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use log::{LevelFilter, Log, Metadata, Record, SetLoggerError};

use super::files::{self, Links};
use super::{clock, paths};
use crate::text::unprintable::printable;

/// Size in bytes beyond which a new file is begun; at most two files are kept.
const LARGEST: u64 = 1 << 20;

/// The requested level: `-q` (errors only), `-v` (what happens), `-vv` (every detail), else the level named in the
/// environment (`DATELINE_LOG`, one of [`LEVELS`]), else warnings.
pub fn level(quiet: bool, verbose: u8, variable: Option<&str>) -> LevelFilter {
    match (quiet, verbose) {
        (true, _) => LevelFilter::Error,
        (false, 0) => variable.and_then(|name| name.trim().parse().ok()).unwrap_or(LevelFilter::Warn),
        (false, 1) => LevelFilter::Info,
        (false, 2) => LevelFilter::Debug,
        (false, _) => LevelFilter::Trace,
    }
}

/// The levels that the environment may name.
pub const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Sends the records of the whole program to the file at `path`, from now on.
///
/// # Errors
/// If records already go somewhere.
pub fn start(path: PathBuf, level: LevelFilter) -> Result<(), SetLoggerError> {
    static LOG: OnceLock<LogFile> = OnceLock::new();
    log::set_logger(LOG.get_or_init(|| LogFile::new(path)))?;
    log::set_max_level(level);
    Ok(())
}

struct LogFile {
    path: PathBuf,
    state: Mutex<State>,
}

enum State {
    /// Nothing was logged yet.
    Closed,
    Open {
        file: File,
        bytes: u64,
    },
    /// The file cannot be written. This cannot be reported anywhere, and retrying for each record would be costly.
    Failed,
}

impl LogFile {
    fn new(path: PathBuf) -> Self {
        Self { path, state: Mutex::new(State::Closed) }
    }

    fn append(&self, line: &str) {
        // A thread that panicked while logging leaves a usable file behind.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let full = match &*state {
            State::Closed => true,
            State::Open { bytes, .. } => *bytes > LARGEST,
            State::Failed => return,
        };
        if full {
            *state = open(&self.path);
        }
        if let State::Open { file, bytes } = &mut *state {
            // One write per line, in append mode, so that lines of two programs do not mix.
            if file.write_all(line.as_bytes()).is_err() {
                *state = State::Failed;
            } else {
                *bytes += line.len() as u64;
            }
        }
    }
}

fn open(path: &Path) -> State {
    let open = || {
        path.parent().map_or(Ok(()), paths::make_private)?;
        let mut file = files::append(path, Links::Follow)?;
        if file.metadata()?.len() > LARGEST {
            make_room(&file, path)?;
            file = files::append(path, Links::Follow)?;
        }
        let bytes = file.metadata()?.len();
        Ok::<_, std::io::Error>(State::Open { file, bytes })
    };
    open().unwrap_or(State::Failed)
}

/// Renames the log, which is this `file`. Of two programs that find it too large one does so, and the other does not
/// rename what the first has begun since.
#[expect(clippy::disallowed_methods, reason = "the log makes room for itself")]
fn make_room(file: &File, path: &Path) -> std::io::Result<()> {
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    if file.try_lock().is_err() || fs::metadata(path).ok().map(identity) != file.metadata().ok().map(identity) {
        return Ok(());
    }
    let mut old = path.as_os_str().to_owned();
    old.push(".old");
    fs::rename(path, old)
}

impl Log for LogFile {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Libraries may log their inner life; only their warnings are of use here.
        metadata.level() <= log::Level::Warn || metadata.target().starts_with(env!("CARGO_PKG_NAME"))
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let message = printable(&record.args().to_string());
            self.append(&format!("{:.3} {:5} {}: {message}\n", clock::now(), record.level(), record.target()));
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at the files")]

    use super::*;
    use log::Level;

    fn log(file: &LogFile, level: Level, target: &str, message: &str) {
        file.log(&Record::builder().level(level).target(target).args(format_args!("{message}")).build());
    }

    #[test]
    fn the_file_appears_with_the_first_record_and_each_record_is_one_harmless_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/dateline.log");
        let file = LogFile::new(path.clone());
        log(&file, Level::Debug, "some_library::inner", "not wanted");
        assert!(!path.exists());
        log(&file, Level::Warn, "dateline::io", "bad \u{1b}]52;c;x\u{7} name\nforged line \u{202e}txt");
        log(&file, Level::Info, "dateline", &"long ".repeat(9000));
        let words = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = words.lines().collect();
        assert_eq!(lines.len(), 2);
        let (time, rest) = lines[0].split_once(' ').unwrap();
        assert!(time.parse::<jiff::Timestamp>().is_ok(), "{time}");
        assert_eq!(rest, r"WARN  dateline::io: bad \u{1b}]52;c;x\u{7} name\nforged line \u{202e}txt");
        assert!(lines[1].ends_with('…') && lines[1].len() < 2100);
    }

    #[test]
    fn a_full_file_becomes_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dateline.log");
        fs::write(&path, "x".repeat(LARGEST as usize - 10)).unwrap();
        let file = LogFile::new(path.clone());
        for message in ["one", "two", "three"] {
            log(&file, Level::Error, "dateline", message);
        }
        let old = fs::read_to_string(folder.path().join("dateline.log.old")).unwrap();
        assert!(old.ends_with("one\n"));
        let new = fs::read_to_string(&path).unwrap();
        assert!(new.lines().count() == 2 && new.ends_with("three\n"), "{new}");
    }

    #[test]
    fn of_two_programs_that_find_it_full_one_renames_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dateline.log");
        let old = "x".repeat(LARGEST as usize + 10);
        fs::write(&path, &old).unwrap();
        let found = files::append(&path, Links::Follow).unwrap();
        assert!(matches!(open(&path), State::Open { bytes: 0, .. }));
        // What the other one finds is not called like that any more.
        make_room(&found, &path).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("dateline.log.old")).unwrap(), old);
        assert!(path.exists());
    }

    #[test]
    fn a_file_that_cannot_be_made_is_given_up_in_silence() {
        let folder = tempfile::tempdir().unwrap();
        let file = LogFile::new(folder.path().to_owned());
        for _ in 0..2 {
            log(&file, Level::Error, "dateline", "nowhere to go");
        }
        assert!(matches!(*file.state.lock().unwrap(), State::Failed));
    }

    #[test]
    fn flags_win_over_the_environment() {
        assert_eq!(level(false, 0, None), LevelFilter::Warn);
        assert_eq!(level(false, 0, Some("trace")), LevelFilter::Trace);
        assert_eq!(level(false, 0, Some("loud")), LevelFilter::Warn);
        assert_eq!(level(true, 0, Some("trace")), LevelFilter::Error);
        assert_eq!(level(false, 2, Some("off")), LevelFilter::Debug);
    }
}
