//! Part of a list that is too long to be held in memory: which part is wanted, and the answer.

use crate::article::{Entry, RowId};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first: by the time an article is listed under.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By the headline, without case and leading punctuation.
    Name,
    /// By how much an article has to do with the words of the query, a headline above all; newest first among equals,
    /// and where a query has no words.
    Relevance,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// The first rows.
    Top,
    /// The last rows.
    End,
    /// This row, with as many on either side as there is room for. If it is not in the list (any more), the rows around
    /// its place; if it is unknown, the first ones.
    Row(RowId),
    /// The rows that follow this one, which need not be in the list itself.
    After(RowId),
    /// The rows that precede this one, which need not be in the list itself.
    Before(RowId),
}

/// Some consecutive rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The rows.
    pub entries: Vec<Entry>,
    /// How many rows of the list stand before the first of them.
    pub before: usize,
    /// How many rows the list has.
    pub total: usize,
    /// How many rows more it would have if nothing were left out because it arrived later than the list is shown of.
    pub later: usize,
    /// The newest row of the library, whether it is in the list or not.
    pub newest: Option<RowId>,
}

/// How many articles match a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub total: usize,
    /// Those not marked as read.
    pub unread: usize,
    /// Those with a star.
    pub starred: usize,
    /// How many articles of the whole library wait for their words to be indexed: until then they are found by the
    /// beginnings of the words of their headline alone.
    pub unindexed: usize,
}
