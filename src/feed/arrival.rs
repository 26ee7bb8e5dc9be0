//! What a feed brings, on its way into the library.

use std::sync::Arc;

use super::FeedState;
use crate::article::{Article, RowId};
use crate::intake::feed::Enclosure;

/// What one fetch of a feed brings: kept as a whole, or not at all.
#[derive(Clone, Debug)]
pub struct FeedArrivals {
    /// The address of the feed, as it is subscribed to.
    pub feed: String,
    /// What is remembered of the feed from now on.
    pub state: FeedState,
    /// Its entries, in its order.
    pub entries: Vec<EntryArrival>,
    /// Tags of the subscription, which new articles get.
    pub tags: Vec<String>,
}

/// An entry as an article.
#[derive(Clone, Debug)]
pub struct EntryArrival {
    /// The article, as the feed has it.
    pub article: Arc<Article>,
    /// Number of words.
    pub words: usize,
    /// What the feed calls it.
    pub guid: Option<String>,
    /// Where readers talk about it.
    pub comments: Option<String>,
    /// Files that belong to it.
    pub enclosures: Vec<Enclosure>,
    /// Whether the feed has only the beginning of it, as far as can be told.
    pub is_teaser: bool,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedNews {
    /// Articles that were not in the library before, without those that a filter dropped.
    pub new: Vec<RowId>,
    /// Articles that have other words now.
    pub updated: Vec<RowId>,
}
