//! What is asked of the web, and what comes from it.

use crate::article::{RowId, SourceId};

use super::{Answer, OpenResult, Request, SourceAnswer};

/// Something to be fetched, or not any more.
#[derive(Clone, Debug)]
pub enum NetJob {
    /// Fetch a page; answered by [`SourceAnswer::Opened`], and meanwhile by [`NetAnswer::Coming`].
    Fetch {
        /// Only the answer to the latest counts.
        request: Request<OpenResult>,
        /// The article; of a page that was never read, its address.
        id: SourceId,
        /// Where it is fetched from.
        address: String,
        /// Whether all of the page is wanted, not the article on it.
        whole: bool,
    },
    /// Fetch the page of an article of which a feed has the beginning; answered by [`SourceAnswer::FullText`], and
    /// meanwhile by [`NetAnswer::Coming`]. What comes is kept though nobody waits for it any more.
    FullText {
        /// Only the answer to the latest counts.
        request: Request<OpenResult>,
        /// The article.
        row: RowId,
        /// Where its page is.
        address: String,
    },
    /// Nobody waits for the page any more.
    Cancel,
}

impl NetJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        match self {
            Self::Fetch { request, .. } => Answer::Sources(SourceAnswer::opened_failure(*request)),
            Self::FullText { request, .. } => Answer::Sources(SourceAnswer::full_text_failure(*request)),
            Self::Cancel => super::failure_notice(),
        }
    }
}

/// What came from there.
#[derive(Debug)]
pub enum NetAnswer {
    /// A page that was asked for is on its way. Told at once, and then a few times a second.
    Coming {
        /// The request.
        request: Request<OpenResult>,
        /// How far it is.
        fetching: Fetching,
    },
}

/// A page on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// The host it comes from.
    pub host: String,
    /// Bytes that have come.
    pub bytes: u64,
}
