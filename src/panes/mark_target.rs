//! An article that can be marked, as far as a change depends on it.

use jiff::Timestamp;

use crate::article::{Entry, RowId};
use crate::command::Loaded;
use crate::mark::MarkChange;

/// An article that can be marked, and its marks as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkTarget {
    /// Its row in the library.
    pub row: RowId,
    /// Its headline.
    pub title: String,
    /// Whether it is read.
    pub is_read: bool,
    /// Whether it has a star.
    pub is_starred: bool,
    /// Its tags, sorted.
    pub tags: Vec<String>,
}

impl From<&Entry> for MarkTarget {
    fn from(entry: &Entry) -> Self {
        let (is_read, is_starred) = (entry.is_read(), entry.is_starred());
        Self { row: entry.row, title: entry.title.clone(), is_read, is_starred, tags: entry.tags.clone() }
    }
}

impl From<&Loaded> for MarkTarget {
    fn from(loaded: &Loaded) -> Self {
        Self {
            row: loaded.row,
            title: loaded.article.title.clone(),
            is_read: loaded.read_at.is_some(),
            is_starred: loaded.starred_at.is_some(),
            tags: loaded.tags.clone(),
        }
    }
}

impl MarkTarget {
    /// It was marked.
    pub fn apply(&mut self, change: &MarkChange) {
        match change {
            MarkChange::Read(on) => self.is_read = *on,
            MarkChange::Starred(on) => self.is_starred = *on,
            MarkChange::Removed(_) => {}
            MarkChange::Tagged { added, taken } => retag(&mut self.tags, added, taken),
        }
    }
}

/// A row of the list was marked.
pub fn mark_entry(entry: &mut Entry, change: &MarkChange, now: Timestamp) {
    match change {
        MarkChange::Read(on) => entry.read_at = on.then_some(now),
        MarkChange::Starred(on) => entry.starred_at = on.then_some(now),
        MarkChange::Removed(on) => entry.removed = on.then_some(now),
        MarkChange::Tagged { added, taken } => retag(&mut entry.tags, added, taken),
    }
}

fn retag(tags: &mut Vec<String>, added: &[String], taken: &[String]) {
    tags.retain(|tag| !taken.contains(tag));
    tags.extend_from_slice(added);
    tags.sort_unstable();
    tags.dedup();
}
