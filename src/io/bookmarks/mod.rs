//! The append-only log files that keep bookmarks, one a device.
//!
//! `bookmarks/<device>.jsonl` in the data directory holds one revision of one bookmark a line; its lines are only ever
//! added, and only by this device. Every `*.jsonl` in the folder is read, whoever wrote it, so a file syncer may carry
//! the folder between machines and has nothing to conflict on. A line that cannot be read costs that line only: it is
//! copied to `bookmarks/quarantine/` and reported, and stays where it is.
//!
//! A writer holds `bookmarks/<device>.lock` for the length of one append; readers need no lock.
#![expect(clippy::disallowed_methods, reason = "this room is one of those that touch the disk")]

mod append;
mod device;
mod lock;
mod quarantine;
mod survey;
mod tail;

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::bookmark::{Bookmark, BookmarkId, DeviceId, LineFault, MAX_LINE, Shelf};
use crate::io::paths::make_private;

pub(in crate::io) use lock::lock;
use quarantine::Quarantine;
pub use survey::{Log, Survey, survey};
use tail::Tail;

/// Most bad lines of one log that are told one by one.
const MOST_PROBLEMS: usize = 100;

/// The bookmarks of one data directory, for reading what others wrote and adding one's own.
#[derive(Debug)]
pub struct BookmarkStore {
    folder: PathBuf,
    device: DeviceId,
    /// The log this device appends to.
    own: OsString,
    tails: HashMap<OsString, Tail>,
}

/// What was found when the store was opened.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All bookmarks, merged.
    pub shelf: Shelf,
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
        let names = log_names(&folder).map_err(StoreError::file("read the folder", &folder))?;
        let device = device::device_id(data_dir, |id| is_cloned(id, &names)).unwrap_or_else(|(path, error)| {
            problems.push(Problem::File { doing: "write", path, error });
            device::new_id()
        });
        let own = OsString::from(format!("{device}.jsonl"));
        let mut store = Self { folder, device, own, tails: HashMap::new() };
        let mut shelf = Shelf::default();
        store.read_new(names, true, &mut problems, |bookmark| {
            shelf.absorb(bookmark);
        });
        Ok((store, Loaded { shelf, problems }))
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

    /// Reads what other instances and devices have added since the last look.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder cannot be listed.
    pub fn refresh(&mut self) -> Result<Refreshed, StoreError> {
        let names = log_names(&self.folder).map_err(StoreError::file("read the folder", &self.folder))?;
        let mut refreshed = Refreshed::default();
        self.read_new(names, false, &mut refreshed.problems, |bookmark| refreshed.bookmarks.push(bookmark));
        Ok(refreshed)
    }

    fn read_new(
        &mut self,
        names: Vec<OsString>,
        is_opening: bool,
        problems: &mut Vec<Problem>,
        mut take: impl FnMut(Bookmark),
    ) {
        for name in names {
            let path = self.folder.join(&name);
            let mut quarantine = Quarantine::of(&self.folder, &name);
            let tail = self.tails.entry(name).or_default();
            let mut faults = 0_usize;
            let read = tail.read(&path, is_opening, &mut take, |line, fault, bytes| {
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
                Err(_) if tail.is_failing => {}
                Err(error) => {
                    tail.is_failing = true;
                    problems.push(Problem::File { doing: "read", path, error });
                }
            }
        }
    }
}

/// The names of the logs in `folder`, sorted; none if there is no folder.
fn log_names(folder: &Path) -> io::Result<Vec<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let is_log = Path::new(&name).extension().is_some_and(|extension| extension == "jsonl");
        // Nothing that could block, as a pipe would.
        if is_log && entry.path().is_file() {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Whether a syncer has set aside a copy of this device's own log, which nobody else should have written to: then the
/// device's id was copied to another machine, and a new one is needed.
fn is_cloned(device: DeviceId, names: &[OsString]) -> bool {
    names
        .iter()
        .filter_map(|name| Path::new(name).file_stem()?.to_str())
        .any(|stem| stem.strip_prefix(device.as_str()).is_some_and(|rest| rest.starts_with(['.', ' ', '('])))
}

#[cfg(test)]
mod tests;
