//! What is handed to other programs: a browser or a slow disk may take for ever. The answer is a notice.

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
            Self::OpenUrl(_) | Self::Play(_) | Self::Notify { .. } | Self::Export { .. } => failure_notice(),
        }
    }
}
