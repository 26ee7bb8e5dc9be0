//! What is handed to other programs: a browser or a slow disk may take for ever. The answer is a notice.

use crate::bookmark::Bookmark;

use super::{Answer, failure_notice};

/// Something to be handed to another program.
#[derive(Clone, Debug)]
pub enum DeskJob {
    /// Open a web address in the browser.
    OpenUrl(String),
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
            Self::OpenUrl(_) | Self::Export { .. } => failure_notice(),
        }
    }
}
