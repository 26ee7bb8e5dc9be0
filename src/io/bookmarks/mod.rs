//! The append-only log files that keep bookmarks, one a device.
//!
//! `bookmarks/<device>.jsonl` in the data directory holds one revision of one bookmark a line; its lines are only ever
//! added, and only by this device. Every `*.jsonl` in the folder is read, whoever wrote it, so a file syncer may carry
//! the folder between machines and has nothing to conflict on. A line that cannot be read costs that line only: it is
//! copied to `quarantine/`, which is not synced, and reported, and stays where it is.
//!
//! A writer holds `bookmarks/<device>.lock` for the length of one append; readers need no lock. `docs/bookmark-store.md`
//! describes all files and the format.
#![expect(clippy::disallowed_methods, reason = "this room is one of those that touch the disk")]

mod append;
mod compact;
mod device;
mod gather;
mod lock;
mod own;
mod quarantine;
mod survey;
mod tail;

use std::collections::HashMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use jiff::Timestamp;

use crate::article::TextHash;
use crate::bookmark::{Bookmark, BookmarkId, DeviceId, History, LineFault, MAX_LINE, Shelf};
use crate::io::files::{self, Links};
use crate::io::paths::{in_the_way, make_private};
use crate::io::{draft, texts};

pub use compact::Compacted;
use gather::{Gathered, gather};
pub(in crate::io) use lock::lock;
use quarantine::Quarantine;
pub use survey::{Log, Survey, survey};
use tail::Tail;

/// Most bad lines of one log that are told one by one.
const MOST_PROBLEMS: usize = 100;
/// How much of the end of this device's log is read back as changes that can be undone, in bytes, and is left as it is
/// when the log is compacted: some thousand changes, of which the last two hundred can be undone.
const UNDO_BYTES: u64 = 1024 * 1024;

/// The bookmarks of one data directory, for reading what others wrote and adding one's own.
#[derive(Debug)]
pub struct BookmarkStore {
    data_dir: PathBuf,
    folder: PathBuf,
    device: DeviceId,
    /// The log this device appends to.
    own: OsString,
    tails: HashMap<OsString, Tail>,
    /// Bytes of that log that compacting may drop: never fewer than it would.
    dead: u64,
}

/// What was found when the store was opened.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All bookmarks, merged.
    pub shelf: Shelf,
    /// What was done on this device and can be undone.
    pub history: History,
    /// What could not be read or made.
    pub problems: Vec<Problem>,
}

/// What has come since the last look.
#[derive(Debug, Default)]
pub struct Refreshed {
    /// Revisions to absorb; some may be known already.
    pub bookmarks: Vec<Bookmark>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Something the reader should know; everything else was read.
#[derive(Debug)]
pub enum Problem {
    /// A line of a log that is no bookmark.
    Line {
        /// The log.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: LineFault,
        /// Where a copy of it lies; none if it could not be copied.
        kept: Option<PathBuf>,
        /// Whether it was found and copied at an earlier time, and so was told before.
        known: bool,
    },
    /// Further lines of the same log.
    Lines {
        /// The log.
        file: PathBuf,
        /// How many.
        count: usize,
    },
    /// The file with the name of this device held none, and was replaced.
    Device {
        /// The file.
        path: PathBuf,
        /// The name from now on.
        id: DeviceId,
    },
    /// A file or folder that could not be read or made.
    File {
        /// What was tried, as in "cannot read".
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the file system said.
        error: io::Error,
    },
}

impl Problem {
    /// Whether the reader has not been told before, at an earlier start; a listing for repair shows all.
    pub fn is_news(&self) -> bool {
        !matches!(self, Self::Line { known: true, .. })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { file, line, fault, kept, .. } => {
                write!(f, "1 entry could not be read: {} line {line} ({fault}); ", file.display())?;
                match kept {
                    Some(kept) => write!(f, "kept in {}", kept.display()),
                    None => f.write_str("left where it is"),
                }
            }
            Self::Lines { file, count } => {
                write!(f, "{count} more entries could not be read in {}", file.display())
            }
            Self::Device { path, id } => {
                write!(f, "{} held no device id that can be used; this device is {id} from now on", path.display())
            }
            Self::File { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
        }
    }
}

/// Why bookmarks were not saved, or not read at all.
#[derive(Debug)]
pub enum StoreError {
    /// The file system refused.
    File {
        /// What was tried, as in "cannot write".
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// Another instance held the lock for five seconds.
    Busy {
        /// The lock.
        path: PathBuf,
    },
    /// A record is longer than a line may be.
    TooLong {
        /// Which.
        id: BookmarkId,
        /// How long, in bytes.
        bytes: usize,
    },
}

impl StoreError {
    pub(in crate::io) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { doing, path, error }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
            Self::Busy { path } => write!(f, "another dateline is writing; {} stayed locked", path.display()),
            Self::TooLong { id, bytes } => {
                write!(f, "the bookmark {id} has {bytes} bytes; a record has up to {MAX_LINE}")
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { error, .. } => Some(error),
            Self::Busy { .. } | Self::TooLong { .. } => None,
        }
    }
}

impl BookmarkStore {
    /// Reads every log of `data_dir`, which is made if it is not there.
    ///
    /// A folder that can only be read is no error here but a [`Problem`]; saving will say so again.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder is there and cannot be listed.
    pub fn open(data_dir: &Path) -> Result<(Self, Loaded), StoreError> {
        let folder = data_dir.join("bookmarks");
        let mut problems = Vec::new();
        if let Err(error) = make_private(&folder) {
            problems.push(Problem::File { doing: "make the folder", path: folder.clone(), error });
        }
        draft::clear(data_dir);
        let names = log_names(&folder).map_err(StoreError::file("read the folder", &folder))?;
        let is_cloned = |id| names.iter().any(|name| own::is_conflict_copy(id, name));
        let (device, spoilt) = device::device_id(data_dir, is_cloned)
            .unwrap_or_else(|(path, error)| (device::new_id(), Some(Problem::File { doing: "write", path, error })));
        problems.extend(spoilt);
        // What saving will stumble over is told now, and to whoever asks whether all is well.
        for path in [data_dir.join(own::NOTE), folder.join(lock::name(device))] {
            if let Err(error) = files::open(&path, Links::Refuse)
                && error.kind() == io::ErrorKind::IsADirectory
            {
                problems.push(Problem::File { doing: "write", path, error });
            }
        }
        // The log that is written is read last: what this device did is seen on top of what was there.
        let own =
            own::log_with_room(&folder, device, &names, MAX_LINE as u64).unwrap_or_else(|| own::first_log(device));
        let others = names.into_iter().filter(|name| *name != own).collect();

        let data_dir = data_dir.to_owned();
        let mut store = Self { data_dir, folder, device, own: own.clone(), tails: HashMap::new(), dead: 0 };
        let path = store.folder.join(&own);
        let undone_from = fs::metadata(&path).map_or(0, |metadata| metadata.len().saturating_sub(UNDO_BYTES));
        let own = if path.exists() { vec![own] } else { Vec::new() };
        let Gathered { shelf, history, dead } = gather(undone_from, |lines| {
            store.read_new(others, true, &mut problems, |bookmark, _| lines.add(bookmark, None));
            store.read_new(own, true, &mut problems, |bookmark, bytes| lines.add(bookmark, Some(bytes)));
        });
        store.dead = dead;
        Ok((store, Loaded { shelf, history, problems }))
    }

    /// The name of this installation, for the stamps of edits.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Saves `bookmarks`. When this returns without an error they are on the disk, and only then.
    ///
    /// Waits up to five seconds for another instance that is writing.
    ///
    /// # Errors
    /// Any [`StoreError`]; then none of them counts as saved.
    pub fn append(&mut self, bookmarks: &[Bookmark]) -> Result<(), StoreError> {
        append::append(self, bookmarks)
    }

    /// Compacts this device's log if it has become worth it, and removes kept texts that nothing refers to any more. It
    /// takes up to some seconds; nobody should wait for it.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub fn compact_if_due(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        let length = self.tails.get(&self.own).map_or(0, Tail::length);
        if length <= compact::WORTH_IT || self.dead * 2 <= length {
            return Ok(None);
        }
        compact::compact(self, now, false).map(Some)
    }

    /// The same whether it is worth it or not.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub fn compact(&mut self, now: Timestamp) -> Result<Compacted, StoreError> {
        compact::compact(self, now, true)
    }

    /// The text that bookmarks were made in; none if it is not kept, or damaged.
    pub fn text(&self, hash: TextHash) -> Option<String> {
        texts::load(&self.data_dir, hash).unwrap_or_else(|error| {
            log::warn!("{error}");
            None
        })
    }

    /// Reads what other instances and devices have added since the last look.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder cannot be listed.
    pub fn refresh(&mut self) -> Result<Refreshed, StoreError> {
        let names = log_names(&self.folder).map_err(StoreError::file("read the folder", &self.folder))?;
        let mut refreshed = Refreshed::default();
        self.read_new(names, false, &mut refreshed.problems, |bookmark, _| refreshed.bookmarks.push(bookmark));
        Ok(refreshed)
    }

    fn read_new(
        &mut self,
        names: Vec<OsString>,
        is_opening: bool,
        problems: &mut Vec<Problem>,
        mut take: impl FnMut(Bookmark, Range<u64>),
    ) {
        for name in names {
            let path = self.folder.join(&name);
            let mut quarantine = Quarantine::of(&self.data_dir, &name);
            let is_own = own::is_own(self.device, &name);
            let links = own::links(self.device, &name);
            let tail = self.tails.entry(name).or_default();
            let mut faults = 0_usize;
            let read = tail.read((&path, links), is_opening, is_own, &mut take, |line, fault, bytes| {
                let (kept, known) = quarantine.keep(line, &fault, bytes);
                faults += 1;
                if faults <= MOST_PROBLEMS {
                    problems.push(Problem::Line { file: path.clone(), line, fault, kept, known });
                }
            });
            if faults > MOST_PROBLEMS {
                problems.push(Problem::Lines { file: path.clone(), count: faults - MOST_PROBLEMS });
            }
            match read {
                Ok(()) => tail.is_failing = false,
                // Taken away since the folder was listed, or one's own that has its place and is yet to be made.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) if tail.is_failing => {}
                Err(error) => {
                    tail.is_failing = true;
                    let is_part = error.kind() == io::ErrorKind::FileTooLarge;
                    let doing = if is_part { "read all of" } else { "read" };
                    problems.push(Problem::File { doing, path, error });
                }
            }
        }
    }
}

/// Whether anything of bookmarks was ever kept in this data directory, or something else has taken its place.
pub fn exist(data_dir: &Path) -> bool {
    ["bookmarks", device::NAME].iter().any(|name| fs::symlink_metadata(data_dir.join(name)).is_ok())
}

/// The names of the logs in `folder`, sorted; none if there is no folder. Hidden files are nobody's log: syncers and
/// other systems keep their own notes under such names (`._laptop.jsonl`).
fn log_names(folder: &Path) -> io::Result<Vec<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(in_the_way(folder)),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let is_log = Path::new(&name).extension().is_some_and(|extension| extension == "jsonl");
        if is_log && !name.as_encoded_bytes().starts_with(b".") {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests;
