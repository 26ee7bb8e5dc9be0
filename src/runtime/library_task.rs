//! What the library worker is given to do, and what comes of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use jiff::Timestamp;

use crate::article::{Arrival, FileStamp, RowId, SourceId};
use crate::command::{
    Answer, LibraryAnswer, LibraryJob, ListAnswer, Loaded, NetJob, OpenResult, Request, SourceAnswer,
};
use crate::feed::{FeedArrivals, FeedNews, FeedState};
use crate::library::{Beginning, LibraryReader};
use crate::query::SavedSearch;

use super::loading::{LoadError, Reading};
use super::runner::Task;

/// What the library worker does.
pub(crate) enum LibraryTask {
    /// Open the library and list what is in it: the first task there is.
    Start,
    /// Mend the library: whoever reads it found it damaged.
    Repair,
    /// What the screen asks for.
    Job(LibraryJob),
    /// An article was read, or not: what is known of it is added, and both are the answer.
    Open {
        /// The request to be answered.
        request: Request<OpenResult>,
        /// The article.
        id: SourceId,
        /// Its words, or why they could not be read.
        text: Result<Prepared, String>,
    },
    /// A page of the web is to be opened: as it is kept, or else it has to be fetched.
    OpenPage {
        /// The request to be answered.
        request: Request<OpenResult>,
        /// The article; of a page that was never read, its address.
        id: SourceId,
    },
    /// An article is to be opened as its feed has it.
    OpenFeedText {
        /// The request to be answered.
        request: Request<OpenResult>,
        /// The article.
        id: SourceId,
    },
    /// The page of an article that came from a feed was read, or not.
    TakeFullText {
        /// The request to be answered.
        request: Request<OpenResult>,
        /// The article.
        row: RowId,
        /// Its page, or why it could not be read.
        page: Result<Prepared, String>,
    },
    /// Feeds have brought these: the pages of those of which only the beginning is here are to be fetched.
    FetchAhead(Vec<RowId>),
    /// Say the headlines of these.
    Headlines {
        /// The articles.
        rows: Vec<RowId>,
        /// Where they are wanted.
        reply: SyncSender<Vec<String>>,
    },
    /// The page of one of them was fetched, or not.
    TakePageAhead(Box<PageAhead>),
    /// Articles were read to be listed: what is known of them is added.
    List {
        /// The articles.
        arrivals: Vec<Arrival>,
        /// Who asked for them.
        listed_as: ListedAs,
        /// Whether each was named, as opposed to the folder it lies in: one that was removed comes back then.
        named: bool,
        /// When: the first of them came then, the others a little earlier each, so that the list has them in this order.
        at: Timestamp,
    },
    /// Everything that was named on the command line, and does not keep others waiting, was read.
    EndNamed,
    /// Look into this folder again at each start.
    AddFolder(PathBuf),
    /// Say which folders are to be looked into again.
    LookAgain {
        /// Whether a person asked, who is told that it is done.
        is_asked_for: bool,
    },
    /// Read what was marked elsewhere, and what was done here lately.
    ReadMarks,
    /// List the edition inside the program, as far as it is not.
    ListEdition,
    /// Say whether bookmarks were found when their articles were last read.
    ReadAnchorStates,
    /// Index the words of some of the articles that wait for it.
    Index,
    /// A feed came: take in what it brings.
    TakeIn {
        /// What it brings.
        arrivals: Arc<FeedArrivals>,
        /// What is done with some of it at once.
        filters: Arc<[SavedSearch]>,
        /// Who waits for what becomes of it.
        reply: SyncSender<Result<FeedNews, NotTaken>>,
    },
    /// A feed goes on under another address, with its articles.
    MoveFeed {
        /// Where it was.
        from: String,
        /// Where it is.
        to: String,
    },
    /// A feed is to be asked for again, though its server gave it up.
    AskAgain(String),
    /// Say what is remembered of each feed, to who is about to fetch them.
    FeedStates {
        /// Who waits for it.
        reply: SyncSender<Vec<(String, FeedState)>>,
    },
    /// The same, to the screen.
    TellFeedStates,
}

/// Who asked for articles to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListedAs {
    /// The first that was named on the command line, which is to be opened.
    Named,
    /// More of what was named there, or of a folder that was added.
    More,
    /// A person, while the program runs: the first of so many articles, and the folder they lie in.
    Added {
        /// How many there are.
        count: usize,
        /// The folder; none for a file.
        folder: Option<String>,
    },
    /// Nobody: they are new or changed in a folder that was added before.
    FoundAgain,
}

/// Why nothing of a feed was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotTaken {
    /// Whether another program writes to the library, which ends soon.
    pub(crate) is_busy: bool,
    /// Whether nothing of any other feed can be taken in either.
    pub(crate) is_lasting: bool,
    /// The reason, with what can be done.
    pub(crate) told: String,
}

/// What comes of a task.
pub(crate) enum LibraryOutput {
    /// This is answered.
    Answer(Answer),
    /// The library is open, and this is the way to read it.
    Reader(Box<LibraryReader>),
    /// Folders are to be looked into again.
    Folders(Box<FoldersToLookInto>),
    /// Articles wait for their words to be indexed, when nothing else is to be done.
    Unindexed,
    /// A page of the web is not kept.
    Fetch(NetJob),
    /// Pages are to be fetched before anybody opens their articles.
    Ahead(Vec<Beginning>),
}

/// Folders that were added, with what is needed to see what is new in them.
pub(crate) struct FoldersToLookInto {
    /// The folders, absolute.
    pub(crate) folders: Vec<PathBuf>,
    /// Says which files are known.
    pub(crate) reader: LibraryReader,
}

/// An article that was read, with what takes time to find out about it.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The article, without what the library knows of it.
    pub(super) loaded: Loaded,
    /// The state of the file it was read from, if it was one.
    pub(super) file: Option<FileStamp>,
}

impl Prepared {
    pub(super) fn new(reading: Reading) -> Self {
        let Reading { article, guessed_date, file, page, is_whole } = reading;
        Self { loaded: Loaded { guessed_date, page, is_whole, ..Loaded::new(article) }, file }
    }
}

/// A page that was fetched, or why it was not.
#[derive(Debug)]
pub(crate) struct PageAhead {
    /// The article whose page it is.
    pub(crate) of: Beginning,
    /// The page.
    pub(crate) page: Result<Prepared, LoadError>,
}

impl Task for LibraryTask {
    fn failure(&self) -> Answer {
        match self {
            Self::Start => Answer::List(ListAnswer::Start(Box::default())),
            Self::Repair
            | Self::ListEdition
            | Self::AddFolder(_)
            | Self::FetchAhead(_)
            | Self::TakePageAhead(_)
            | Self::Headlines { .. }
            | Self::Index
            | Self::TakeIn { .. }
            | Self::MoveFeed { .. }
            | Self::AskAgain(_)
            | Self::FeedStates { .. }
            | Self::TellFeedStates => Answer::Library(LibraryAnswer::Changed),
            Self::Job(job) => job.failure(),
            Self::Open { request, .. } | Self::OpenPage { request, .. } | Self::OpenFeedText { request, .. } => {
                Answer::Sources(SourceAnswer::opened_failure(*request))
            }
            Self::TakeFullText { request, .. } => Answer::Sources(SourceAnswer::full_text_failure(*request)),
            Self::List { listed_as, .. } => match listed_as {
                ListedAs::Named => Answer::Sources(SourceAnswer::Named(None)),
                ListedAs::Added { .. } => Answer::Sources(SourceAnswer::added_failure()),
                ListedAs::More | ListedAs::FoundAgain => Answer::Library(LibraryAnswer::Changed),
            },
            Self::EndNamed => Answer::Sources(SourceAnswer::Named(None)),
            Self::ReadMarks | Self::LookAgain { .. } => LibraryJob::Refresh.failure(),
            Self::ReadAnchorStates => Answer::Library(LibraryAnswer::AnchorStates(Vec::new())),
        }
    }

    fn replaces(&self, earlier: &Self) -> bool {
        matches!((self, earlier), (Self::Index, Self::Index) | (Self::TellFeedStates, Self::TellFeedStates))
    }

    fn is_urgent(&self) -> bool {
        match self {
            // A folder is noted before its first articles, which are urgent.
            Self::Start
            | Self::Repair
            | Self::Job(_)
            | Self::Open { .. }
            | Self::OpenPage { .. }
            | Self::OpenFeedText { .. }
            | Self::TakeFullText { .. }
            | Self::AddFolder(_) => true,
            Self::List { listed_as, .. } => match listed_as {
                ListedAs::Named | ListedAs::Added { .. } => true,
                ListedAs::More | ListedAs::FoundAgain => false,
            },
            // What was named ends after its last articles, which are not.
            Self::EndNamed
            | Self::LookAgain { .. }
            | Self::ReadMarks
            | Self::ListEdition
            | Self::ReadAnchorStates
            | Self::FetchAhead(_)
            | Self::TakePageAhead(_)
            | Self::Headlines { .. }
            | Self::TakeIn { .. }
            | Self::MoveFeed { .. }
            | Self::AskAgain(_)
            | Self::FeedStates { .. }
            | Self::TellFeedStates
            | Self::Index => false,
        }
    }
}
