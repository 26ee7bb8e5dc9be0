//! Writes a file under a temporary name and then renames it, so that it is replaced completely or not at all.
//!
//! The temporary name is unpredictable and never in use. A draft is locked while it is written, so that the leftovers
//! of a killed program can be told from drafts in progress and removed. A synced folder may hold drafts of other
//! machines; there only those recorded in the data directory are removed.
#![expect(clippy::disallowed_methods, reason = "renames and removes drafts")]

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use super::files::{self, Links};
use super::{clock, sync::sync_folder};

/// Prefix and suffix of the names of drafts; between them are 16 hexadecimal digits for the process and 16 for the
/// draft.
const NAME: (&str, &str) = (".dateline.", ".tmp");
/// Identifies this process among all others, on all machines.
static PROCESS: LazyLock<String> = LazyLock::new(random);
/// The age at which a draft counts as left behind if the file system has no locks.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);
/// The beginning of a note about another folder, and its maximum length in bytes.
const NOTE: &[u8] = b"drafts in ";
const LONGEST_NOTE: u64 = 4096 + NOTE.len() as u64;
/// How often to retry if a draft was removed while it was being created.
const TRIES: usize = 10;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io) enum Readers {
    /// The user alone.
    User,
    /// Whoever the umask allows.
    Umask,
}

/// A file that is being written. It is deleted if dropped before it gets its final name.
#[derive(Debug)]
pub(in crate::io) struct Draft {
    file: File,
    path: PathBuf,
    is_placed: bool,
}

impl Draft {
    /// Creates one in `folder`, which must be the folder of its final name.
    ///
    /// # Errors
    /// What the file system says.
    pub(in crate::io) fn new(folder: &Path, readers: Readers) -> io::Result<Self> {
        let mut tries = 0;
        loop {
            tries += 1;
            let path = folder.join(format!("{}{}{}{}", NAME.0, *PROCESS, random(), NAME.1));
            let file = match readers {
                Readers::User => files::make(&path)?,
                Readers::Umask => files::make_shared(&path)?,
            };
            let draft = Self { file, path, is_placed: false };
            // Between creation and locking another process may have taken it for a leftover.
            let is_lost = match draft.file.try_lock() {
                Ok(()) => draft.file.metadata()?.nlink() == 0,
                Err(TryLockError::WouldBlock) => true,
                Err(TryLockError::Error(_)) => false,
            };
            if !is_lost || tries == TRIES {
                return Ok(draft);
            }
        }
    }

    /// The file.
    pub(in crate::io) fn file(&self) -> &File {
        &self.file
    }

    /// Its temporary path.
    pub(in crate::io) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its final name, replacing any file there.
    ///
    /// # Errors
    /// Any error of the file system; the existing file is then unchanged.
    pub(in crate::io) fn place(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.is_placed = true;
        Ok(())
    }

    /// Writes `bytes`, gives the file its final name, and syncs both to the disk.
    ///
    /// # Errors
    /// Any error of the file system; the existing file is then unchanged, unless only syncing the folder failed.
    pub(in crate::io) fn publish(self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.file().write_all(bytes)?;
        self.file().sync_all()?;
        self.place(path)?;
        sync_folder(folder_of(path))
    }
}

impl Draft {
    /// The same under a name that must be free. Of two programs that take it at once, one gets it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if anything has the name, else any error of the file system.
    pub(in crate::io) fn publish_new(self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.file().write_all(bytes)?;
        self.file().sync_all()?;
        match fs::hard_link(&self.path, path) {
            // Its temporary name goes with the draft.
            Ok(()) => drop(self),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // File systems without hard links.
            Err(_) if path.symlink_metadata().is_ok() => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => self.place(path)?,
        }
        sync_folder(folder_of(path))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_placed {
            // A leftover is harmless, so failing to remove it is ignored.
            fs::remove_file(&self.path).unwrap_or_default();
        }
    }
}

/// Records in the data directory that this process creates drafts in another folder, for as long as the note is held.
/// If the program is killed, the next start removes them.
///
/// # Errors
/// Any error of the file system; leftovers would then stay.
pub(in crate::io) fn note(data_dir: &Path, folder: &Path) -> io::Result<Draft> {
    let note = Draft::new(data_dir, Readers::User)?;
    note.file().write_all(&[NOTE, folder.as_os_str().as_bytes()].concat())?;
    Ok(note)
}

/// The folder a file is in.
pub(in crate::io) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the drafts that killed programs left in the data directory, and those recorded there in other folders. Other
/// files and drafts in progress are left alone.
pub(in crate::io) fn clear(data_dir: &Path) {
    for note in leftovers(data_dir, "") {
        let words = files::read(&note.path, LONGEST_NOTE, Links::Refuse).unwrap_or_default();
        let process = note.path.file_name().and_then(digits).and_then(|digits| digits.get(..16));
        if let (Some(folder), Some(process)) = (words.strip_prefix(NOTE), process) {
            leftovers(Path::new(OsStr::from_bytes(folder)), process).for_each(Leftover::remove);
        }
        note.remove();
    }
}

/// The draft of a program that is gone, locked: one that another program has just created and is about to lock is found
/// locked by that program, which then makes another.
struct Leftover {
    path: PathBuf,
    _locked: File,
}

impl Leftover {
    /// The draft, if it is one that was left behind.
    fn find(path: PathBuf) -> Option<Self> {
        let file = files::open(&path, Links::Refuse).ok()?;
        let is_left = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => {
                let now: SystemTime = clock::of_files(clock::now());
                let age = file.metadata().and_then(|found| found.modified()).map(|then| now.duration_since(then));
                matches!(age, Ok(Ok(age)) if age > OLD)
            }
        };
        is_left.then_some(Self { path, _locked: file })
    }

    fn remove(self) {
        // Failures are retried at the next start.
        fs::remove_file(&self.path).unwrap_or_default();
    }
}

/// The leftover drafts in `folder`, of the process with these digits, or of all.
fn leftovers(folder: &Path, process: &str) -> impl Iterator<Item = Leftover> {
    // A folder that is missing or cannot be listed has nothing to clear.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_of = move |name: &OsStr| digits(name).is_some_and(|digits| digits.starts_with(process));
    entries.filter(move |entry| is_of(&entry.file_name())).filter_map(|entry| Leftover::find(entry.path()))
}

/// The digits in the name of a draft; none for other names.
fn digits(name: &OsStr) -> Option<&str> {
    let digits = name.to_str()?.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?;
    (digits.len() == 32 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))).then_some(digits)
}

/// Sixteen hexadecimal digits.
fn random() -> String {
    // The low bits of a version 7 UUID are random.
    format!("{:016x}", clock::new_id().as_u128() as u64)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_draft_becomes_the_file_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        Draft::new(folder.path(), Readers::User).unwrap().publish(&path, b"words").unwrap();
        drop(Draft::new(folder.path(), Readers::User).unwrap());
        assert_eq!(names(folder.path()), ["a.txt"]);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let onto_a_folder = Draft::new(folder.path(), Readers::Umask).unwrap().publish(folder.path(), b"x");
        assert!(onto_a_folder.is_err());
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_new_name_goes_to_one_of_many_who_take_it_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let publish =
            |words: &str| Draft::new(folder.path(), Readers::User).unwrap().publish_new(&path, words.as_bytes());
        let writers = ["one", "two", "three", "four", "five", "six"];
        let written: Vec<&str> = std::thread::scope(|scope| {
            let tries: Vec<_> = writers.iter().map(|words| (words, scope.spawn(move || publish(words)))).collect();
            tries.into_iter().filter_map(|(words, tried)| tried.join().unwrap().ok().map(|()| *words)).collect()
        });
        assert_eq!(written, [fs::read_to_string(&path).unwrap()]);
        assert_eq!(publish("seven").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["a.txt"], "no draft is left");
    }

    #[test]
    fn only_leftovers_of_killed_programs_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let left = format!(".dateline.{}.tmp", "0a".repeat(16));
        let link = format!(".dateline.{}.tmp", "0b".repeat(16));
        for name in [&left, ".dateline.notes.tmp", ".other.tmp", "dateline.tmp", ".dateline.0A.tmp"] {
            fs::write(at(name), "half").unwrap();
        }
        symlink(at(".other.tmp"), at(&link)).unwrap();
        let writing = Draft::new(folder.path(), Readers::User).unwrap();
        let mine = writing.path().file_name().unwrap().to_str().unwrap().to_owned();
        clear(folder.path());
        let mut stay = [".dateline.0A.tmp", ".dateline.notes.tmp", ".other.tmp", "dateline.tmp", &link, &mine];
        stay.sort_unstable();
        assert_eq!(names(folder.path()), stay);
        clear(&at("no such folder"));
    }

    #[test]
    fn drafts_that_are_being_made_while_others_are_cleared_are_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let publish = || {
            for number in 0..200 {
                let path = folder.path().join(format!("{number}.txt"));
                Draft::new(folder.path(), Readers::User).unwrap().place(&path).unwrap();
            }
        };
        std::thread::scope(|scope| {
            let making = scope.spawn(publish);
            while !making.is_finished() {
                clear(folder.path());
            }
            making.join().unwrap();
        });
        assert_eq!(names(folder.path()).len(), 200);
    }

    #[test]
    fn in_other_folders_only_recorded_leftovers_are_removed() {
        let (data_dir, notes) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let name = |process: &str, draft: &str| format!(".dateline.{}{}.tmp", process.repeat(8), draft.repeat(8));
        let (ours, theirs) = (name("0a", "01"), name("0b", "01"));
        for name in [&ours, &theirs, "mine.md"] {
            fs::write(notes.path().join(name), "half").unwrap();
        }
        drop(note(data_dir.path(), notes.path()).unwrap());
        assert_eq!(names(data_dir.path()), [""; 0]);
        let held = note(data_dir.path(), notes.path()).unwrap();
        clear(data_dir.path());
        assert_eq!(names(notes.path()).len(), 3, "the program that is held to write there lives");
        fs::copy(held.path(), data_dir.path().join(name("0a", "02"))).unwrap();
        clear(data_dir.path());
        assert_eq!(names(notes.path()), [theirs.as_str(), "mine.md"]);
        assert_eq!(names(data_dir.path()).len(), 1, "the note that is held stays");
    }
}
