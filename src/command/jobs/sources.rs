//! What is asked of files, folders and pipes, and what comes from them. All of it may take for ever.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article::{Article, Date, RowId, SourceId, TextRange};
use crate::feed::FromFeed;
use crate::intake::{PageKind, TextEncoding};
use crate::text::reading_time::words;
use crate::text::sentences::sentences;

use super::{Answer, FAILED, Reply, Request, failure_notice};

/// Something to be read from where articles come from.
#[derive(Clone, Debug)]
pub enum SourceJob {
    /// Read an article; answered by [`SourceAnswer::Opened`]. A page of the web is taken from the library, or fetched if
    /// it is not there.
    Open {
        /// Only the answer to the latest counts.
        request: Request<OpenResult>,
        /// The article; of a page of the web that was never read, its address.
        id: SourceId,
        /// The encoding a person chose for it, which holds as long as the program runs.
        encoding: Option<TextEncoding>,
        /// Whether all of a page is wanted, not the article on it.
        whole: bool,
    },
    /// Read an article as its feed has it, though that of its page is kept; answered by [`SourceAnswer::Opened`].
    OpenFeedText {
        /// Only the answer to the latest counts.
        request: Request<OpenResult>,
        /// The article.
        id: SourceId,
    },
    /// Look at a file or folder that a person named; answered by [`SourceAnswer::Added`].
    Add {
        /// A path or an address of the web, as typed.
        source: String,
    },
    /// Look again into the folders that were added, and at what other programs and machines have marked; answered by
    /// [`LibraryAnswer::Listed`](super::LibraryAnswer::Listed) where something is new.
    LookAgain {
        /// Whether it is told how many folders there are.
        is_told: bool,
    },
    /// See what a path that is being typed could become; answered by [`SourceAnswer::Completed`].
    Complete {
        /// Only the answer to the latest counts.
        request: Request<CompletionResult>,
        /// What was typed before the cursor.
        typed: String,
    },
}

impl SourceJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        let told = FAILED.to_owned();
        Answer::Sources(match self {
            Self::LookAgain { .. } => return failure_notice(),
            Self::Open { request, .. } | Self::OpenFeedText { request, .. } => {
                SourceAnswer::Opened(request.reply(Err(told)))
            }
            Self::Add { .. } => SourceAnswer::Added(Err(told)),
            Self::Complete { request, typed } => {
                let found = Err("dateline stumbled over this folder".to_owned());
                SourceAnswer::Completed(request.reply(CompletionResult { typed: typed.clone(), found }))
            }
        })
    }
}

/// What came from there.
#[derive(Debug)]
pub enum SourceAnswer {
    /// The first article that was named on the command line; none if nothing named is one.
    Named(Option<Listed>),
    /// A page of the web was named, on the command line first or while the program runs: it is to be opened.
    Page(SourceId),
    /// A person asks for this address of the web: it may be a page or a feed.
    Address(String),
    /// What a person asked for while the program runs is listed; or what went wrong.
    Added(Result<Added, String>),
    /// An article was read, or could not be.
    Opened(Reply<OpenResult>),
    /// The page of an article that came from a feed was fetched: the whole article, or why the feed's text stays.
    FullText(Reply<OpenResult>),
    /// A path that is being typed was looked into.
    Completed(Reply<CompletionResult>),
}

impl SourceAnswer {
    /// What is answered to [`SourceJob::Add`] and the like if listing failed.
    pub fn added_failure() -> Self {
        Self::Added(Err(FAILED.to_owned()))
    }

    /// What is answered to a request for an article if the library stumbles over it.
    pub fn opened_failure(request: Request<OpenResult>) -> Self {
        Self::Opened(request.reply(Err(FAILED.to_owned())))
    }

    /// What is answered to a request for the page of an article if the library stumbles over it.
    pub fn full_text_failure(request: Request<OpenResult>) -> Self {
        Self::FullText(request.reply(Err(FAILED.to_owned())))
    }
}

/// An article that was taken into the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The article.
    pub id: SourceId,
    /// Its headline.
    pub title: String,
    /// Its row; that of no article if the library could not take it in.
    pub row: RowId,
}

/// What a person added.
#[derive(Clone, Debug)]
pub struct Added {
    /// The first of the articles.
    pub first: Listed,
    /// How many there are.
    pub count: usize,
    /// The name of the folder they lie in; none for a file.
    pub folder: Option<String>,
}

/// An article; or what went wrong and what to do about it.
pub type OpenResult = Result<Box<Loaded>, String>;

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
    /// What kind of page it was on; that of an article if it comes from the library.
    pub page: PageKind,
    /// Whether this is all of its page, and not the article on it.
    pub is_whole: bool,
    /// Whether its source could not be read, so that these are the words of last time.
    pub is_of_last_time: bool,
    /// Its row in the library.
    pub row: RowId,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// When it was read, if it was.
    pub read_at: Option<Timestamp>,
    /// When it was starred, if it is.
    pub starred_at: Option<Timestamp>,
    /// What else is known of it if it came from a feed.
    pub from_feed: Option<FromFeed>,
}

impl Loaded {
    /// An article of which nothing else is known. Takes longer than a frame for a very long one.
    pub fn new(article: impl Into<Arc<Article>>) -> Self {
        let article = article.into();
        Self {
            words: words(article.body.as_str()),
            sentences: sentences(&article.body),
            article,
            position: None,
            guessed_date: None,
            page: PageKind::Article,
            is_whole: false,
            is_of_last_time: false,
            row: RowId::default(),
            tags: Vec::new(),
            read_at: None,
            starred_at: None,
            from_feed: None,
        }
    }
}

/// What a path that is being typed could become.
#[derive(Clone, Debug)]
pub struct CompletionResult {
    /// What was typed before the cursor.
    pub typed: String,
    /// What its last part could become, or why nobody knows.
    pub found: Result<Completion, String>,
}

/// What the last part of a path could become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Names of files, and of folders with a slash behind them, sorted.
    pub names: Vec<String>,
    /// How many names fit but cannot be typed, or were too many.
    pub left_out: usize,
}
