//! What is handed to other programs: a browser or a slow disk may take for ever. The answer is a notice.

use std::path::PathBuf;

use crate::bookmark::Bookmark;

use super::{Answer, failure_notice};

/// Something to be handed to another program.
#[derive(Clone, Debug)]
pub enum DeskJob {
    /// Open a web address in the browser.
    OpenUrl(String),
    /// Play what is at a web address.
    Play(String),
    /// Say outside the program that feeds have brought something.
    Notify {
        /// How many new articles.
        count: usize,
        /// The first headlines.
        titles: Vec<String>,
    },
    /// Look where other readers of feeds keep their lists, without reading any; answered by [`DeskAnswer::FeedFiles`].
    FindFeedFiles {
        /// Whether a person asked: else nothing is found by who has subscriptions.
        is_asked_for: bool,
    },
    /// Take over the feeds of such a list, which stays as it is; answered by [`DeskAnswer::Imported`].
    ImportFeeds(
        /// The file.
        PathBuf,
    ),
    /// Write bookmarks to a file for other programs, in the form that its ending says.
    Export {
        /// A path, as typed.
        file: String,
        /// The bookmarks.
        bookmarks: Vec<Bookmark>,
    },
}

impl DeskJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        match self {
            Self::OpenUrl(_)
            | Self::Play(_)
            | Self::Notify { .. }
            | Self::FindFeedFiles { .. }
            | Self::ImportFeeds(_)
            | Self::Export { .. } => failure_notice(),
        }
    }
}

/// What came of it, where that is more than a notice.
#[derive(Debug)]
pub enum DeskAnswer {
    /// The lists of other readers of feeds that are there.
    FeedFiles {
        /// The lists.
        found: Vec<FeedFile>,
        /// Whether a person asked.
        is_asked_for: bool,
    },
    /// Feeds were taken over, or why they were not.
    Imported(Result<ImportedFeeds, String>),
}

/// What came of taking over a list of feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFeeds {
    /// The addresses of those that are new.
    pub new: Vec<String>,
    /// What to tell the reader.
    pub told: String,
}

/// Where another reader of feeds keeps its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFile {
    /// The file.
    pub path: PathBuf,
    /// The program whose it is.
    pub program: &'static str,
}
