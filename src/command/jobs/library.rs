//! What is asked of `library.db`, and what it answers.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article::{Article, Entry, Position, RowId, SourceId};
use crate::bookmark::{AnchorState, BookmarkId};
use crate::command::Notice;
use crate::feed::FromFeed;
use crate::mark::MarkChange;

use super::{Answer, FAILED, failure_notice};

/// Something to be kept in the library. Nothing is answered but what is said here, unless it goes wrong.
#[derive(Clone, Debug)]
pub enum LibraryJob {
    /// Keep where the reader is.
    SetPosition {
        /// The article.
        id: SourceId,
        /// The place.
        position: Position,
    },
    /// Change marks of articles, in the logs and in the library; answered by [`LibraryAnswer::Marked`].
    Mark {
        /// The rows of the articles.
        rows: Arc<[RowId]>,
        /// What is done to them.
        change: MarkChange,
        /// What to tell the reader when it is on the disk.
        done: Option<String>,
    },
    /// Keep where an article was left, in the logs too.
    Leave {
        /// The article.
        id: SourceId,
        /// The place.
        position: Position,
    },
    /// See what other programs and machines have marked; answered by [`LibraryAnswer::Changed`] if they did.
    Refresh,
    /// Look at an article that is not on the page; answered by [`LibraryAnswer::Looked`].
    Look {
        /// The article.
        row: RowId,
        /// What somebody wants with it.
        wish: Wish,
    },
    /// Keep whether bookmarks were found.
    SetAnchorStates(Vec<(BookmarkId, AnchorState)>),
    /// Keep how many passages of articles are kept.
    SetBookmarked {
        /// The articles, each with the number of its passages.
        passages: Vec<(SourceId, usize)>,
        /// Whether these are all articles that have any.
        all: bool,
    },
}

impl LibraryJob {
    /// Whether it is the reader's own work, which the end of the program waits for however long it takes. A place is not
    /// worth more than a moment.
    pub fn is_save(&self) -> bool {
        match self {
            Self::Mark { .. } => true,
            Self::Leave { .. }
            | Self::SetPosition { .. }
            | Self::Refresh
            | Self::Look { .. }
            | Self::SetAnchorStates(_)
            | Self::SetBookmarked { .. } => false,
        }
    }

    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        match self {
            Self::Mark { .. } => Answer::Library(LibraryAnswer::Marked(Some(Notice::error(FAILED)))),
            Self::SetPosition { .. }
            | Self::Leave { .. }
            | Self::Refresh
            | Self::Look { .. }
            | Self::SetAnchorStates(_)
            | Self::SetBookmarked { .. } => failure_notice(),
        }
    }
}

/// What the library says of itself.
#[derive(Debug)]
pub enum LibraryAnswer {
    /// A change to marks was carried out, or could not be: each is answered, in order. With it comes what to tell the
    /// reader, if that was not told.
    Marked(Option<Notice>),
    /// The list is not what it was: what is shown of it has to be asked for again.
    Changed,
    /// An article that is not on the page; none if it is gone.
    Looked(Option<Box<Looked>>),
    /// Articles were listed that somebody named, or that lie in a folder that was added: they come into the list.
    Listed,
    /// What was done to articles on this device lately and can be undone.
    History(Box<MarkSteps>),
    /// Whether bookmarks were found when their articles were last read.
    AnchorStates(Vec<(BookmarkId, AnchorState)>),
}

/// What somebody wants with an article that is not on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To hear or see what belongs to it.
    Play,
    /// To pipe it to this shell command.
    Pipe(String),
}

/// An article that is not on the page, and what somebody wants with it.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What is wanted.
    pub wish: Wish,
    /// Its row in the list.
    pub entry: Entry,
    /// The article.
    pub article: Article,
    /// What else is known of it if it came from a feed.
    pub from_feed: Option<FromFeed>,
}

/// Changes to marks that can be taken back, and those that were taken back; the newest last.
#[derive(Clone, Debug, Default)]
pub struct MarkSteps {
    /// Changes that can be taken back.
    pub done: Vec<RowStep>,
    /// Changes that can be made again.
    pub undone: Vec<RowStep>,
}

/// One thing that was done to articles of this library.
#[derive(Clone, Debug)]
pub struct RowStep {
    /// What was done.
    pub change: MarkChange,
    /// To which articles.
    pub rows: Arc<[RowId]>,
    /// When.
    pub at: Timestamp,
}
