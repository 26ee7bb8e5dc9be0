//! The small number of an article within one library.

use std::fmt;

/// What the library calls an article for itself: smaller and faster to compare than its id, but true of one
/// `library.db` only. What outlives that file goes by [`SourceId`](super::SourceId).
///
/// Numbers begin with 1; the default, 0, is that of an article which is in no library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub i64);

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
