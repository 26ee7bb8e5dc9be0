//! An article on its way into the library, and what became of it there.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Article, RowId, SourceId};

/// An article that was found in a folder, named, or shipped with the program: in the list from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The article.
    pub article: Arc<Article>,
    /// Number of words, for the minutes it takes to read.
    pub words: usize,
    /// The state of the file it was read from, if it was one.
    pub file: Option<FileStamp>,
}

/// The state of a file when it was read: while it is the same, the file need not be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// Length in bytes.
    pub size: u64,
    /// When it was last changed, in milliseconds since 1970.
    pub modified: i64,
}

impl FileStamp {
    /// The stamp of a file of `size` bytes, last changed at `modified`.
    pub fn new(size: u64, modified: Timestamp) -> Self {
        Self { size, modified: modified.as_millisecond() }
    }
}

/// A file that was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// The row of its article.
    pub row: RowId,
    /// Its state when it was read.
    pub file: FileStamp,
    /// Whether the reader removed the article.
    pub is_removed: bool,
}

/// What became of an [`Arrival`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Its row.
    pub row: RowId,
    /// Its id.
    pub id: SourceId,
    /// Whether it was not in the library before, under this id or another that is gone.
    pub is_new: bool,
    /// Whether the reader removed it once: it stays out of the list until it is brought back.
    pub was_removed: bool,
    /// The article with the same words that is still there: this copy began with what was kept of that one.
    pub copy_of: Option<SourceId>,
    /// Whether marks are known that were made in these words under an id which is no article of this library.
    pub is_marked_elsewhere: bool,
}
