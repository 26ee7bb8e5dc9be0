//! What the program may ask of the outside world, and the answers.
//!
//! `app::update` never does anything itself: it returns effects. The runtime carries them out on workers and hands each
//! answer back as a [`Done`]. Effects that lose to a later one carry a request number, so that a late answer is dropped.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article::{Article, Date, Entry, Position, SourceId, TextHash, TextRange};
use crate::bookmark::{Anchor, AnchorState, Bookmark, BookmarkId, DeviceId, History, Shelf, Stamp};
use crate::entity::Entity;
use crate::entity::corrections::{Corrections, Edit};

use super::Notice;

/// Something to be done outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read an article; answered by [`Done::Opened`].
    Open {
        /// Which request this is; only the answer to the latest counts.
        request: u64,
        /// The article.
        id: SourceId,
    },
    /// Find out who and what the article is about; answered by [`Done::Analysed`].
    Analyse {
        /// Which request this is.
        request: u64,
        /// The article.
        article: Arc<Article>,
        /// The day its file was changed: anchors "yesterday" where the article has no date of its own.
        guessed_date: Option<Date>,
    },
    /// Look for bookmarks in an article, which may have changed; answered by [`Done::Located`].
    Locate {
        /// Which request this is.
        request: u64,
        /// The article.
        article: Arc<Article>,
        /// The bookmarks that are not where their offsets say.
        bookmarks: Vec<Bookmark>,
    },
    /// Keep whether bookmarks were found.
    KeepStates(Vec<(BookmarkId, AnchorState)>),
    /// See what a path that is being typed could become; answered by [`Done::Completed`].
    Complete {
        /// Which request this is.
        request: u64,
        /// What was typed before the cursor.
        typed: String,
    },
    /// Look at a file or folder that a person named; answered by [`Done::Added`].
    Add {
        /// A path, as typed.
        source: String,
    },
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
    /// Remember how the screen is left.
    KeepView(
        /// The file that keeps it, as `RememberedChoices::to_toml` writes it.
        String,
    ),
    /// Take an article off the list.
    Forget {
        /// The article.
        id: SourceId,
    },
    /// Write revisions of bookmarks; answered by [`Done::Saved`] once they are on the disk. What fails is written again
    /// with the next.
    SaveBookmarks {
        /// The revisions.
        records: Vec<Bookmark>,
        /// The article they were made in, so that its text can be kept.
        article: Option<Arc<Article>>,
        /// What to tell the reader when it is done.
        done: String,
    },
    /// See whether other programs wrote bookmarks or corrections; answered by [`Done::ShelfChanged`] and
    /// [`Done::CorrectionsChanged`] if they did.
    RefreshShelf,
    /// Write a change to the corrections; answered by [`Done::CorrectionsSaved`] once it is on the disk. What fails is
    /// written again with the next.
    SaveCorrections {
        /// Which request this is; only the answer to the latest says how the corrections stand.
        request: u64,
        /// The change.
        edit: Edit,
        /// What to tell the reader when it is done.
        done: String,
    },
    /// Write bookmarks to a file for other programs, in the form that its ending says; answered by [`Done::Told`].
    Export {
        /// A path, as typed.
        file: String,
        /// The bookmarks.
        bookmarks: Vec<Bookmark>,
    },
    /// Put words on the clipboard.
    Copy {
        /// The words, sanitised again on their way out.
        text: String,
        /// What to tell the reader.
        done: String,
    },
    /// Open a web address in the browser.
    OpenUrl(String),
    /// Edit a bookmark's note in the reader's own editor; answered by [`Done::NoteEdited`].
    EditNote {
        /// The bookmark.
        id: BookmarkId,
        /// The note as it stands.
        note: String,
    },
    /// Give the terminal back and stop, until the shell wakes the program again.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
}

/// An answer from outside.
#[derive(Clone, Debug)]
pub enum Done {
    /// The program has looked around after its start.
    Started(Box<Started>),
    /// An article was read, or could not be.
    Opened {
        /// The request it answers.
        request: u64,
        /// The article, or what went wrong and what to do about it.
        result: Result<Box<Loaded>, String>,
    },
    /// An article was analysed.
    Analysed {
        /// The request it answers.
        request: u64,
        /// The entities as they are found, the most salient first.
        entities: Vec<Entity>,
    },
    /// Bookmarks were looked for.
    Located {
        /// The request it answers.
        request: u64,
        /// The text in which they were looked for.
        text: TextHash,
        /// Where each of them is.
        found: Vec<Sighting>,
    },
    /// More of the named sources were read.
    Listed(Vec<Entry>),
    /// A path that is being typed was looked into.
    Completed {
        /// The request it answers.
        request: u64,
        /// What was typed before the cursor.
        typed: String,
        /// What its last part could become, or why nobody knows.
        found: Result<Completion, String>,
    },
    /// A person asked for these sources.
    Added(Result<Vec<Entry>, String>),
    /// Revisions of bookmarks were written.
    Saved {
        /// The bookmarks; when it succeeded, with those that failed before.
        ids: Vec<BookmarkId>,
        /// What to tell the reader, or what went wrong.
        result: Result<String, String>,
    },
    /// Other programs wrote bookmarks.
    ShelfChanged {
        /// Their revisions.
        records: Vec<Bookmark>,
        /// Lines that could not be read.
        notices: Vec<Notice>,
    },
    /// A change to the corrections was written, or not.
    CorrectionsSaved {
        /// The request it answers.
        request: u64,
        /// All corrections, those of other programs included, and what to tell the reader; or what went wrong.
        result: Result<(Corrections, String), String>,
    },
    /// Somebody else changed the corrections.
    CorrectionsChanged {
        /// All of them.
        corrections: Corrections,
        /// Lines that are wrong.
        notices: Vec<Notice>,
    },
    /// A note came back from the editor.
    NoteEdited {
        /// The bookmark.
        id: BookmarkId,
        /// The new note.
        note: String,
    },
    /// Something to tell the reader.
    Told(Notice),
}

/// What the last part of a path could become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Names of files, and of folders with a slash behind them, sorted.
    pub names: Vec<String>,
    /// How many names fit but cannot be typed, or were too many.
    pub left_out: usize,
}

/// A bookmark that was looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sighting {
    /// The bookmark.
    pub id: BookmarkId,
    /// Which words were looked for: see [`Bookmark::attached`].
    pub attached: Stamp,
    /// Where it is; none if looking for it failed.
    pub anchor: Option<Anchor>,
}

/// What the program found when it started.
#[derive(Clone, Debug)]
pub struct Started {
    /// Sources named on the command line, in their order.
    pub opened: Vec<Entry>,
    /// What was read before, the latest first.
    pub before: Vec<Entry>,
    /// The edition inside the program.
    pub edition: Vec<Entry>,
    /// All bookmarks.
    pub shelf: Shelf,
    /// Whether they were found when their articles were last read.
    pub states: Vec<(BookmarkId, AnchorState)>,
    /// What was done to them on this device and can be undone.
    pub history: History,
    /// This machine's name in the bookmark logs.
    pub device: DeviceId,
    /// What the reader knows better about names.
    pub corrections: Corrections,
    /// What went wrong on the way.
    pub notices: Vec<Notice>,
}

/// An article, ready to be read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The article.
    pub article: Arc<Article>,
    /// Its length in words.
    pub words: usize,
    /// Its sentences, in order; finding them takes longer than a frame in a very long article.
    pub sentences: Vec<TextRange>,
    /// Where the reader stopped last time, in bytes of this text.
    pub position: Option<usize>,
    /// The day its file was changed, if it has no date of its own.
    pub guessed_date: Option<Date>,
    /// When it was read, if it was.
    pub read_at: Option<Timestamp>,
    /// When it was starred, if it is.
    pub starred_at: Option<Timestamp>,
}
