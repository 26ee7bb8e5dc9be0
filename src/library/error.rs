//! What can go wrong with the library, in words for people.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;

/// Why the library could not be opened, read or written. The reader works on without it.
#[derive(Debug)]
pub enum LibraryError {
    /// A newer version of the program made the database; this one only reads it.
    ReadOnly,
    /// Another program held the database for as long as this, and we wait no longer.
    Busy(Duration),
    /// No room is left on the disk.
    DiskFull(PathBuf),
    /// The file or its folder cannot be opened or written.
    Denied(PathBuf),
    /// A folder, pipe or device lies under the name of the database or of a file beside it.
    NoFile(PathBuf),
    /// `library.db` belongs to some other program.
    Foreign(PathBuf),
    /// The database was damaged and has just been set aside under this name; an empty one was begun.
    Damaged {
        /// Where the damaged file is now.
        set_aside: PathBuf,
    },
    /// The indexes of words were damaged, and have just been emptied: all words wait to be indexed anew.
    IndexDamaged,
    /// The file cannot be read as it should; who writes to it has to look after it ([`repair`](super::Library::repair)).
    Unreadable(PathBuf),
    /// The words of an article cannot be read back.
    Body(String),
    /// Something else SQLite or the file system reports.
    Other {
        /// The file; none in memory.
        path: Option<PathBuf>,
        /// What was reported.
        reason: String,
    },
}

impl LibraryError {
    /// What the reader can do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::ReadOnly => "update dateline to keep what you read",
            Self::Busy(_) => "close it, then start dateline again",
            Self::DiskFull(_) => "make room on the disk",
            Self::Denied(_) | Self::Foreign(_) => "choose another folder with --data-dir",
            Self::NoFile(_) => "move it away; a new library is made",
            Self::Damaged { .. } => "bookmarks are kept elsewhere and are safe",
            Self::IndexDamaged => "do it again",
            Self::Unreadable(_) => "run `dateline doctor`; bookmarks are kept elsewhere and are safe",
            Self::Body(_) => "open the article from its source again",
            Self::Other { .. } => return None,
        })
    }

    /// `patience` is how long other programs were waited for.
    pub(super) fn from_sqlite(error: &rusqlite::Error, path: Option<&Path>, patience: Duration) -> Self {
        let file = || path.unwrap_or(Path::new("memory")).to_owned();
        // The shared index beside the database could not grow, which SQLite does not tell apart from a broken disk.
        if error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull(file());
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(patience),
            Some(ErrorCode::DiskFull) => Self::DiskFull(file()),
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::Denied(file()),
            _ => Self::Other { path: path.map(Path::to_owned), reason: error.to_string() },
        }
    }

    pub(super) fn from_io(error: &std::io::Error, path: &Path) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::Denied(path.to_owned())
            }
            std::io::ErrorKind::StorageFull => Self::DiskFull(path.to_owned()),
            _ => Self::Other { path: Some(path.to_owned()), reason: error.to_string() },
        }
    }
}

/// Whether the file itself is broken, as opposed to busy, full or out of reach.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Whether FTS5 met damage in its own tables.
pub(super) fn is_index_damage(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_CORRUPT_VTAB)
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => write!(f, "the library was made by a newer version of dateline and is only read"),
            Self::Busy(waited) => {
                write!(f, "another program is using the library and did not let go of it in {} s", waited.as_secs_f32())
            }
            Self::DiskFull(path) => write!(f, "the disk is full: {}", path.display()),
            Self::Denied(path) => write!(f, "cannot open or write the library {}", path.display()),
            Self::NoFile(path) => write!(f, "{} is not a plain file", path.display()),
            Self::Foreign(path) => write!(f, "{} belongs to another program", path.display()),
            Self::Damaged { set_aside } => {
                write!(f, "the library was damaged and is now {}; a new one was begun", set_aside.display())
            }
            Self::IndexDamaged => write!(f, "the index of words was damaged; all articles are being indexed anew"),
            Self::Unreadable(path) => write!(f, "the library {} is damaged", path.display()),
            Self::Body(title) => write!(f, "the library lost the words of “{title}”"),
            Self::Other { path: Some(path), reason } => write!(f, "library {}: {reason}", path.display()),
            Self::Other { path: None, reason } => write!(f, "library: {reason}"),
        }
    }
}

impl std::error::Error for LibraryError {}
