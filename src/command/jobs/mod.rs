//! What the program may ask of the outside world, and the answers, in families: one file each, job and answer side by side.
//!
//! `app::update` never does anything itself: it returns effects. The runtime carries them out on workers, one for each
//! family, and hands each answer back as an [`Answer`]. Each worker matches all jobs of its family, so a job that nobody
//! carries out does not compile; and each job says what is answered when it cannot be carried out.

mod bookmarks;
mod desk;
mod feeds;
mod latest;
mod library;
mod list;
mod net;
mod page;
mod sources;
mod terminal;

pub use bookmarks::{BookmarkAnswer, BookmarkJob, StoredBookmarks};
pub use desk::{DeskAnswer, DeskJob, FeedFile, ImportedFeeds};
pub use feeds::{FeedAnswer, FeedJob, FetchProgress, FetchSummary, Found, FoundFeed};
pub use latest::{Latest, Reply, Request};
pub use library::{LibraryAnswer, LibraryJob, Looked, MarkSteps, RowStep, Wish};
pub use list::{ListAnswer, ListJob, Start};
pub use net::{Fetching, NetAnswer, NetJob};
pub use page::{Located, PageAnswer, PageJob, Sighting};
pub use sources::{Added, Completion, CompletionResult, Listed, Loaded, OpenResult, SourceAnswer, SourceJob};
pub use terminal::{TerminalAnswer, TerminalJob};

use super::Notice;

/// Something to be done outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// In `library.db`.
    Library(LibraryJob),
    /// With the list of articles, to be looked at.
    List(ListJob),
    /// In the logs of bookmarks and the file of corrections: what is the reader's own work.
    Bookmarks(BookmarkJob),
    /// With the words of an article, for longer than a frame may take.
    Page(PageJob),
    /// With the files and pipes that articles come from.
    Sources(SourceJob),
    /// With pages of the web.
    Net(NetJob),
    /// With subscriptions and their feeds.
    Feeds(FeedJob),
    /// With other programs and their files.
    Desk(DeskJob),
    /// With the terminal.
    Terminal(TerminalJob),
}

/// An answer from outside. It may hold all bookmarks there are, so it is moved and never cloned.
#[derive(Debug)]
pub enum Answer {
    /// From `library.db`.
    Library(LibraryAnswer),
    /// About the list of articles.
    List(ListAnswer),
    /// About bookmarks and corrections.
    Bookmarks(BookmarkAnswer),
    /// About the words of an article.
    Page(PageAnswer),
    /// Articles from their sources.
    Sources(SourceAnswer),
    /// About pages of the web that are on their way.
    Net(NetAnswer),
    /// About subscriptions and their feeds.
    Feeds(FeedAnswer),
    /// From other programs and their files.
    Desk(DeskAnswer),
    /// From what had the terminal meanwhile.
    Terminal(TerminalAnswer),
    /// Something to tell the reader, which any worker may have.
    Notice(Notice),
}

/// What is told of a panic, whose report is in the log file.
const FAILED: &str = "dateline stumbled over this; the log file says where (see `dateline doctor`).";

/// Answers that something failed which has no other answer.
fn failure_notice() -> Answer {
    Answer::Notice(Notice::error(FAILED))
}
