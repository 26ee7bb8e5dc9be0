//! What is asked of the list of articles, and what it answers. Nothing is changed here, and all of it is answered within
//! a frame.

use std::sync::Arc;

use crate::article::{Entry, RowId, SourceId};
use crate::query::{Around, ArticleQuery, AsOf, Counts, Excerpt, Order, Window};

use super::{Answer, FAILED, Reply, Request};

/// A question about the list.
#[derive(Clone, Debug)]
pub enum ListJob {
    /// The rows around a place; answered by [`ListAnswer::Window`]. Only the latest counts.
    Window {
        /// Only the answer to the latest counts.
        request: Request<Window>,
        /// What the list is narrowed to.
        query: ArticleQuery,
        /// What it is sorted by.
        order: Order,
        /// Which part of it.
        around: Around,
        /// At most so many rows.
        rows: usize,
        /// As of when it is shown.
        as_of: AsOf,
    },
    /// The sentences in which what was searched for is found; answered by [`ListAnswer::Excerpts`]. Only the latest counts.
    Excerpts {
        /// Only the answer to the latest counts.
        request: Request<Vec<(RowId, Excerpt)>>,
        /// What was searched for.
        query: ArticleQuery,
        /// The rows of the articles.
        rows: Vec<RowId>,
    },
    /// The row next to one; answered by [`ListAnswer::Neighbour`].
    Neighbour {
        /// Only the answer to the latest counts.
        request: Request<Option<Box<Entry>>>,
        /// What the list is narrowed to.
        query: ArticleQuery,
        /// What it is sorted by.
        order: Order,
        /// From here; none from the end of the list that comes first.
        from: Option<RowId>,
        /// Down the list, or up.
        forward: bool,
        /// Only rows that are not marked as read.
        unread_only: bool,
    },
    /// The unread rows, from the top of the list through `through`, or all of them; answered by [`ListAnswer::Unread`].
    Unread {
        /// Only the answer to the latest counts.
        request: Request<Arc<[RowId]>>,
        /// What the list is narrowed to.
        query: ArticleQuery,
        /// What it is sorted by.
        order: Order,
        /// The last row that is wanted; none for all.
        through: Option<RowId>,
    },
    /// Whether an article is in the library, removed or not; answered by [`ListAnswer::Known`].
    Known {
        /// Only the answer to the latest counts.
        request: Request<bool>,
        /// The article.
        id: SourceId,
    },
    /// How many articles there are; answered by [`ListAnswer::Counts`]. Only the latest counts.
    Counts {
        /// Only the answer to the latest counts.
        request: Request<Counts>,
    },
    /// How many articles answer each of these; answered by [`ListAnswer::CountedEach`]. Only the latest counts.
    CountEach {
        /// Only the answer to the latest counts.
        request: Request<Vec<Counts>>,
        /// What is counted.
        queries: Vec<ArticleQuery>,
    },
    /// How many articles of each feed there are; answered by [`ListAnswer::FeedCounts`]. Only the latest counts.
    FeedCounts {
        /// Only the answer to the latest counts.
        request: Request<Vec<(String, Counts)>>,
    },
    /// All tags that articles have; answered by [`ListAnswer::Tags`].
    Tags,
}

impl ListJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        match self {
            Self::Window { .. }
            | Self::Excerpts { .. }
            | Self::Neighbour { .. }
            | Self::Unread { .. }
            | Self::Known { .. }
            | Self::Counts { .. }
            | Self::CountEach { .. }
            | Self::FeedCounts { .. }
            | Self::Tags => Answer::List(ListAnswer::Failed(FAILED.to_owned())),
        }
    }

    /// Whether nobody wants to know the answer to `earlier` any more once this is asked.
    pub fn replaces(&self, earlier: &Self) -> bool {
        matches!(
            (self, earlier),
            (Self::Window { .. }, Self::Window { .. })
                | (Self::Excerpts { .. }, Self::Excerpts { .. })
                | (Self::CountEach { .. }, Self::CountEach { .. })
                | (Self::FeedCounts { .. }, Self::FeedCounts { .. })
                | (Self::Counts { .. }, Self::Counts { .. })
        )
    }
}

/// What is known of the list.
#[derive(Debug)]
pub enum ListAnswer {
    /// What the program begins with.
    Start(Box<Start>),
    /// Some of its rows.
    Window(Reply<Window>),
    /// Sentences in which something was found.
    Excerpts(Reply<Vec<(RowId, Excerpt)>>),
    /// A neighbour; none at the end of the list.
    Neighbour(Reply<Option<Box<Entry>>>),
    /// Unread rows, in the order of the list.
    Unread(Reply<Arc<[RowId]>>),
    /// Whether an article is in the library.
    Known(Reply<bool>),
    /// How many articles there are.
    Counts(Reply<Counts>),
    /// How many articles answer each query, in their order.
    CountedEach(Reply<Vec<Counts>>),
    /// How many articles of each feed are listed and unread, by the address it is subscribed to.
    FeedCounts(Reply<Vec<(String, Counts)>>),
    /// All tags, sorted.
    Tags(Vec<String>),
    /// A question is not answered, and why.
    Failed(String),
}

/// What the program begins with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The article that was opened last and is still listed, read or not. The manual is neither of the two once there is
    /// anything but the edition.
    pub begun: Option<Entry>,
    /// The first unread article of the list.
    pub first_unread: Option<Entry>,
}
