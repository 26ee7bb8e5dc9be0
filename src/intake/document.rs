//! What bytes turned out to be: an article, with what the page it came on is.

use crate::article::Article;

/// An article, and what kind of page it was on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The article; of a page that is none, all words of the page.
    pub article: Article,
    /// What the page is.
    pub page: PageKind,
}

/// What a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    /// An article. Files that are no web pages always are.
    #[default]
    Article,
    /// A list of articles, such as a front page or a section.
    Index,
    /// What a search found.
    SearchResults,
    /// It asks for an account.
    LogIn,
    /// It asks whether the reader is a human: the site blocks readers.
    Challenge,
    /// No article, and nothing that can be named.
    Other,
}

impl PageKind {
    /// Whether there is an article to be read.
    pub fn is_readable(self) -> bool {
        self == Self::Article
    }

    /// What it is, as a sentence goes on after "this is".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Article => "an article",
            Self::Index => "a list of articles, not an article",
            Self::SearchResults => "the result of a search, not an article",
            Self::LogIn => "a page to log in on, not an article",
            Self::Challenge => "a page that asks whether a human reads: the site blocks readers",
            Self::Other => "a page without an article",
        }
    }
}
