//! What is asked of the bookmark logs, the corrections of names and the saved searches, and what they answer.

use std::sync::Arc;

use crate::article::Article;
use crate::bookmark::{Bookmark, BookmarkId, DeviceId, History, Shelf};
use crate::command::Notice;
use crate::entity::corrections::{Corrections, Edit};
use crate::query::{SavedSearches, SearchEdit};

use super::{Answer, FAILED, Reply, Request, failure_notice};

/// Something to be written to the reader's own files, or read from them.
#[derive(Clone, Debug)]
pub enum BookmarkJob {
    /// Write revisions of bookmarks; answered by [`BookmarkAnswer::Saved`] once they are on the disk. What fails is written
    /// again with the next.
    Save {
        /// The revisions.
        records: Vec<Bookmark>,
        /// The article they were made in, so that its text can be kept.
        article: Option<Arc<Article>>,
        /// What to tell the reader when it is done.
        done: String,
    },
    /// See whether other programs wrote bookmarks or corrections; answered by [`BookmarkAnswer::Changed`] and
    /// [`BookmarkAnswer::CorrectionsChanged`] if they did.
    Refresh,
    /// Write a change to the corrections; answered by [`BookmarkAnswer::CorrectionsSaved`] once it is on the disk. What
    /// fails is written again with the next.
    SaveCorrections {
        /// Only the answer to the latest says how the corrections stand.
        request: Request<Corrections>,
        /// The change.
        edit: Edit,
        /// What to tell the reader when it is done.
        done: String,
    },
    /// Write a change to the saved searches; answered by [`BookmarkAnswer::SearchesSaved`].
    SaveSearch {
        /// The change.
        edit: SearchEdit,
        /// What to tell the reader when it is done.
        done: String,
    },
    /// Remember how the screen is left. Nothing is answered.
    KeepView(
        /// The file that keeps it, as `RememberedChoices::to_toml` writes it.
        String,
    ),
}

impl BookmarkJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        let told = FAILED.to_owned();
        match self {
            Self::Save { records, .. } => {
                let ids = records.iter().map(Bookmark::id).collect();
                Answer::Bookmarks(BookmarkAnswer::Saved { ids, result: Err(told) })
            }
            Self::SaveCorrections { .. } => Answer::Bookmarks(BookmarkAnswer::CorrectionsSaved(Err(told))),
            Self::SaveSearch { .. } => Answer::Bookmarks(BookmarkAnswer::SearchesSaved(Err(told))),
            Self::Refresh | Self::KeepView(_) => failure_notice(),
        }
    }

    /// Whether it writes what is the reader's own work.
    pub fn is_save(&self) -> bool {
        match self {
            Self::Save { .. } | Self::SaveCorrections { .. } | Self::SaveSearch { .. } => true,
            Self::Refresh | Self::KeepView(_) => false,
        }
    }
}

/// What became of the reader's own files.
#[derive(Debug)]
pub enum BookmarkAnswer {
    /// The logs were read, after the start.
    Loaded(Box<StoredBookmarks>),
    /// Revisions of bookmarks were written.
    Saved {
        /// The bookmarks; when it succeeded, with those that failed before.
        ids: Vec<BookmarkId>,
        /// What to tell the reader, or what went wrong.
        result: Result<String, String>,
    },
    /// Other programs wrote bookmarks.
    Changed {
        /// Their revisions.
        records: Vec<Bookmark>,
        /// Lines that could not be read.
        notices: Vec<Notice>,
    },
    /// A change to the corrections was written: all of them, those of other programs included, and what to tell the
    /// reader; or what went wrong.
    CorrectionsSaved(Result<(Reply<Corrections>, String), String>),
    /// A change to the saved searches was written: all of them, and what to tell the reader; or what went wrong.
    SearchesSaved(Result<(SavedSearches, String), String>),
    /// The saved searches were read at the start, or somebody else changed them.
    SearchesChanged {
        /// All of them; none if they cannot be read, and those that are known stay.
        searches: Option<SavedSearches>,
        /// Lines that are wrong.
        notices: Vec<Notice>,
    },
    /// The corrections were read at the start, or somebody else changed them.
    CorrectionsChanged {
        /// All of them; none if they cannot be read, and those that are known go on to hold.
        corrections: Option<Corrections>,
        /// Lines that are wrong.
        notices: Vec<Notice>,
    },
}

/// What was in the bookmark logs at the start.
#[derive(Debug)]
pub struct StoredBookmarks {
    /// All bookmarks.
    pub shelf: Shelf,
    /// What was done to them on this device and can be undone.
    pub history: History,
    /// This machine's name in the logs.
    pub device: DeviceId,
    /// What could not be read.
    pub notices: Vec<Notice>,
}

impl StoredBookmarks {
    /// Nothing, and why.
    pub fn nothing(reason: &str) -> Self {
        let notices = vec![Notice::error(format!("Bookmarks cannot be read or saved: {reason}."))];
        Self { shelf: Shelf::default(), history: History::default(), device: DeviceId::NOBODY, notices }
    }
}
