//! The search language: what a reader types to narrow a list, as a value.
//!
//! A query is a list of terms, all of which have to hold. Reading one touches nothing but the words that were typed; who
//! asks it decides how it is answered (the library by SQL, the bookmark shelf in memory).

use jiff::Timestamp;

/// What a list of articles is narrowed to; one without terms asks for every article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleQuery {
    /// All of them have to hold.
    pub terms: Vec<Term>,
}

impl ArticleQuery {
    /// Whether it asks for every article.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// One condition on an article. Words are folded ([`fold`](crate::text::fold::fold)) and never blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// The words begin words of the headline, the writer, the source or the file name, all of them.
    Words(String),
    /// The same of the headline alone.
    Title(String),
    /// The same of the writer.
    Author(String),
    /// The same of the source.
    Source(String),
    /// The same of the file name.
    File(String),
    /// It has a tag that begins so.
    Tag(String),
    /// It is (or is not) marked as read.
    Read(bool),
    /// It has (or has not) a star.
    Starred(bool),
    /// It was listed at this time or later.
    After(Timestamp),
    /// It was listed before this time.
    Before(Timestamp),
    /// The term does not hold.
    Not(Box<Self>),
}
