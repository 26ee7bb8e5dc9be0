//! What is asked of `library.db`, and what it answers.

use crate::article::{Entry, Position, SourceId};
use crate::bookmark::{AnchorState, BookmarkId};
use crate::command::Notice;

use super::{Answer, failure_notice};

/// Something to be kept in the library. Nothing is answered unless it goes wrong.
#[derive(Clone, Debug)]
pub enum LibraryJob {
    /// Keep whether articles have been read.
    SetRead {
        /// The articles.
        ids: Vec<SourceId>,
        /// Read, or unread.
        read: bool,
    },
    /// Keep whether an article has a star.
    SetStarred {
        /// The article.
        id: SourceId,
        /// Starred or not.
        starred: bool,
    },
    /// Keep where the reader is.
    SetPosition {
        /// The article.
        id: SourceId,
        /// The place.
        position: Position,
    },
    /// Take an article off the list.
    Forget {
        /// The article.
        id: SourceId,
    },
    /// Keep whether bookmarks were found.
    SetAnchorStates(Vec<(BookmarkId, AnchorState)>),
}

impl LibraryJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        match self {
            Self::SetRead { .. }
            | Self::SetStarred { .. }
            | Self::SetPosition { .. }
            | Self::Forget { .. }
            | Self::SetAnchorStates(_) => failure_notice(),
        }
    }
}

/// What the library says of itself, at the start.
#[derive(Debug)]
pub enum LibraryAnswer {
    /// The library was opened: the list.
    Listed(Box<Listing>),
    /// Whether bookmarks were found when their articles were last read.
    AnchorStates(Vec<(BookmarkId, AnchorState)>),
}

/// The articles there are at the start, besides those that were named.
#[derive(Debug, Default)]
pub struct Listing {
    /// What was read before, the latest first.
    pub before: Vec<Entry>,
    /// The edition inside the program.
    pub edition: Vec<Entry>,
    /// What went wrong on the way.
    pub notices: Vec<Notice>,
}

impl Listing {
    /// What is answered if the library could not even be looked into.
    pub fn failure() -> Answer {
        let notices = vec![Notice::error(super::FAILED)];
        Answer::Library(LibraryAnswer::Listed(Box::new(Self { notices, ..Self::default() })))
    }
}
