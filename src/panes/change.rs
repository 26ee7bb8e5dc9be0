//! Changes that can be taken back.

use crate::article::SourceId;
use crate::bookmark::{Bookmark, Refused};
use crate::command::Notice;
use crate::entity::corrections::Edit;

use super::Ask;
use super::articles::Row;

/// A change that can be taken back.
#[derive(Clone, Debug)]
pub enum Change {
    /// Bookmarks as they were (none: they did not exist) and as they are now.
    Bookmarks(Vec<(Option<Bookmark>, Bookmark)>),
    /// Articles that were marked read (or unread).
    Read {
        /// The articles whose mark changed.
        ids: Vec<SourceId>,
        /// What they are marked as now.
        read: bool,
    },
    /// An article that got, or lost, its star.
    Starred {
        /// The article.
        id: SourceId,
        /// What it has now.
        starred: bool,
    },
    /// An article that was taken off the list.
    Removed(Box<Row>),
    /// What the reader knows better about names.
    Corrections(Edit),
}

/// Asks for a change of one bookmark, or says why it cannot be made.
pub fn changed(before: &Bookmark, after: Result<Bookmark, Refused>, told: &str) -> Ask {
    match after {
        Ok(after) => Ask::Make(Change::Bookmarks(vec![(Some(before.clone()), after)]), told.to_owned()),
        Err(refused) => Ask::Tell(Notice::error(format!("Not changed: {refused}."))),
    }
}
