//! Changes that can be taken back.

use std::sync::Arc;

use crate::article::RowId;
use crate::bookmark::{Bookmark, Refused};
use crate::command::Notice;
use crate::entity::corrections::Edit;
use crate::feed::SubscriptionEdit;
use crate::mark::MarkChange;
use crate::query::SearchEdit;

use super::Ask;

/// A change that can be taken back.
#[derive(Clone, Debug)]
pub enum Change {
    /// Bookmarks as they were (none: they did not exist) and as they are now.
    Bookmarks(Vec<(Option<Bookmark>, Bookmark)>),
    /// Marks of articles, several at once if what changes is not the same for all.
    Marks(Vec<MarkEdit>),
    /// What the reader knows better about names.
    Corrections(Edit),
    /// A search that was saved, changed or removed.
    Search(SearchEdit),
    /// Subscriptions that were added, changed or removed.
    Subscription(SubscriptionEdit),
}

/// A change to the marks of some articles.
#[derive(Clone, Debug)]
pub struct MarkEdit {
    /// The rows of the articles.
    pub rows: Arc<[RowId]>,
    /// What is done to each of them.
    pub change: MarkChange,
}

/// Asks for a change of one bookmark, or says why it cannot be made.
pub fn changed(before: &Bookmark, after: Result<Bookmark, Refused>, told: &str) -> Ask {
    match after {
        Ok(after) => Ask::Make(Change::Bookmarks(vec![(Some(before.clone()), after)]), told.to_owned()),
        Err(refused) => Ask::Tell(Notice::error(format!("Not changed: {refused}."))),
    }
}
