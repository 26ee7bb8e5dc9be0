//! What can go wrong with logs, in messages that tell the reader what to do.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::journal::{DeviceId, LineFault, MAX_LINE};

/// Something the reader should know; everything else was read.
#[derive(Debug)]
pub enum Problem {
    /// A line of a log that is not a record.
    Line {
        /// The log.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: LineFault,
        /// Where its copy is; none if it could not be copied.
        kept: Option<PathBuf>,
        /// Whether it was found and copied earlier, and therefore reported before.
        known: bool,
    },
    /// Further lines of the same log.
    Lines {
        /// The log.
        file: PathBuf,
        /// How many.
        count: usize,
    },
    /// The file with the name of this device was invalid, and was replaced.
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
    /// Whether it was not reported in an earlier run; a list for repair shows all.
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
                write!(f, "{} held no usable device id; this device is {id} from now on", path.display())
            }
            Self::File { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
        }
    }
}

/// Why records were not saved, or not read at all.
#[derive(Debug)]
pub enum StoreError {
    /// An error of the file system.
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
        /// What it is: "bookmark".
        noun: &'static str,
        /// Which, for people.
        id: String,
        /// Which of those that were to be saved together, from 0.
        index: usize,
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
            Self::TooLong { noun, id, bytes, .. } => {
                write!(f, "the {noun} {id} has {bytes} bytes; a record has up to {MAX_LINE}")
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
