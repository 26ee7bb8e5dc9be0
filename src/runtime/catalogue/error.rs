//! Why a change to articles is not kept.

use std::fmt;

use crate::io::marks::StoreError;
use crate::journal::BadTag;
use crate::library::LibraryError;

/// Why a change is not kept.
#[derive(Debug)]
pub(crate) enum CatalogueError {
    /// The library failed.
    Library(LibraryError),
    /// The logs failed: the change holds while the program runs, and is written with the next.
    Store(StoreError),
    /// The folder of the logs cannot be used.
    NoLogs,
    /// A tag cannot be one.
    Tag(BadTag),
}

impl CatalogueError {
    /// Whether another program writes to the library, which ends soon.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Library(LibraryError::Busy(_)))
    }

    /// Whether nothing else can be kept either, until somebody does something about it.
    pub(crate) fn is_lasting(&self) -> bool {
        match self {
            Self::Library(error) => matches!(
                error,
                LibraryError::ReadOnly
                    | LibraryError::DiskFull(_)
                    | LibraryError::Denied(_)
                    | LibraryError::NoFile(_)
                    | LibraryError::Foreign(_)
            ),
            Self::Store(_) | Self::NoLogs => true,
            Self::Tag(_) => false,
        }
    }

    /// What to do about it, if that can be said.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Library(error) => error.hint(),
            Self::NoLogs | Self::Store(_) => Some("`dateline doctor` says what is wrong with the folder"),
            Self::Tag(_) => None,
        }
    }
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
            Self::NoLogs => f.write_str("the folder of the marks cannot be used"),
            Self::Tag(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CatalogueError {}

impl From<LibraryError> for CatalogueError {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}
