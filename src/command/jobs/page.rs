//! What is asked about the words of the article on the page, and the answers: work that takes longer than a frame may.

use std::sync::Arc;

use crate::article::{Article, Date, TextHash};
use crate::bookmark::{Anchor, Bookmark, BookmarkId, Stamp};
use crate::entity::Entity;

use super::{Answer, Reply, Request};

/// Something to be found out about an article. Of each kind only the latest counts.
#[derive(Clone, Debug)]
pub enum PageJob {
    /// Find out who and what the article is about; answered by [`PageAnswer::Analysed`].
    Analyse {
        /// Only the answer to the latest counts.
        request: Request<Vec<Entity>>,
        /// The article.
        article: Arc<Article>,
        /// The day its file was changed: anchors "yesterday" where the article has no date of its own.
        guessed_date: Option<Date>,
    },
    /// Look for bookmarks in an article, which may have changed; answered by [`PageAnswer::Located`].
    Locate {
        /// Only the answer to the latest counts.
        request: Request<Located>,
        /// The article.
        article: Arc<Article>,
        /// The bookmarks that are not where their offsets say.
        bookmarks: Vec<Bookmark>,
    },
}

impl PageJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        Answer::Page(match self {
            Self::Analyse { request, .. } => PageAnswer::Analysed(request.reply(Vec::new())),
            Self::Locate { request, article, bookmarks } => {
                let found = bookmarks.iter().map(Sighting::unknown).collect();
                PageAnswer::Located(request.reply(Located { text: article.body.hash(), found }))
            }
        })
    }
}

/// What was found out about an article.
#[derive(Debug)]
pub enum PageAnswer {
    /// It was analysed: the entities as they are found, the most salient first.
    Analysed(Reply<Vec<Entity>>),
    /// Bookmarks were looked for.
    Located(Reply<Located>),
}

/// Where bookmarks are in a text.
#[derive(Clone, Debug)]
pub struct Located {
    /// The text in which they were looked for.
    pub text: TextHash,
    /// Where each of them is.
    pub found: Vec<Sighting>,
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

impl Sighting {
    /// Nobody knows where the bookmark is: looking for it failed.
    pub fn unknown(bookmark: &Bookmark) -> Self {
        Self { id: bookmark.id(), attached: bookmark.attached(), anchor: None }
    }
}
