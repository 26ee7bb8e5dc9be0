//! What a query asks of an article, as a tree.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article::RowId;
use crate::text::index_words::{IndexWord, index_words};

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition<T = Term> {
    /// All of these; none at all holds for every article.
    All(Vec<Self>),
    /// At least one of these.
    Any(Vec<Self>),
    /// This does not.
    Not(Box<Self>),
    /// A single condition.
    Term(T),
}

/// A single condition on an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// It has these words.
    Text(TextTerm),
    /// It has a tag that begins with this, folded.
    Tag(String),
    /// It is (or is not) marked as read.
    Read(bool),
    /// It has (or has not) a star.
    Starred(bool),
    /// It has (or has no) bookmark.
    Bookmarked(bool),
    /// Its feed has (or has not) sent other words since it was opened last.
    Changed(bool),
    /// Only its beginning is (or all of it is) here.
    Teaser(bool),
    /// It came from one of these feeds: their addresses, or parts of their names, folded.
    Feed(Vec<String>),
    /// It was listed at this time or later.
    After(Timestamp),
    /// It was listed before this time.
    Before(Timestamp),
    /// Its row is this one or an older one.
    UpTo(RowId),
    /// It is one of these rows.
    OneOf(Arc<[RowId]>),
}

/// Words that stand next to each other in one block: a word, or a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextTerm {
    /// Where they are looked for.
    pub scope: Scope,
    /// The words, as [`index_words`] cuts and folds them; at least one.
    pub words: Vec<String>,
    /// Whether the last of them is only begun, as while it is being typed.
    pub is_begun: bool,
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In the headline, the writer, the source, the file name and the text.
    Everywhere,
    /// In the headline.
    Title,
    /// In the writer's name.
    Author,
    /// In the source's name.
    Source,
    /// In the file name.
    File,
}

impl<T> Condition<T> {
    /// The same tree with something else in the place of each single condition.
    ///
    /// # Errors
    /// The first that `map` returns.
    pub fn try_map<U, E>(self, map: &mut impl FnMut(T) -> Result<Condition<U>, E>) -> Result<Condition<U>, E> {
        let mut all =
            |all: Vec<Self>| -> Result<Vec<_>, E> { all.into_iter().map(|condition| condition.try_map(map)).collect() };
        Ok(match self {
            Self::All(conditions) => Condition::All(all(conditions)?),
            Self::Any(conditions) => Condition::Any(all(conditions)?),
            Self::Not(condition) => Condition::Not(Box::new(condition.try_map(map)?)),
            Self::Term(term) => map(term)?,
        })
    }

    /// Whether it holds where `holds` says so of the single conditions.
    pub fn holds(&self, holds: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(holds)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(holds)),
            Self::Not(condition) => !condition.holds(holds),
            Self::Term(term) => holds(term),
        }
    }

    /// The single conditions that are asked for: those under a `Not` are not.
    pub fn wanted(&self) -> Vec<&T> {
        match self {
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().flat_map(Self::wanted).collect(),
            Self::Not(_) => Vec::new(),
            Self::Term(term) => vec![term],
        }
    }
}

impl Condition {
    /// Every word of `text` is the beginning of a word there. A text without a word is nowhere.
    pub fn words(scope: Scope, text: &str) -> Self {
        let term =
            |word: IndexWord| Self::Term(Term::Text(TextTerm { scope, words: vec![word.folded], is_begun: true }));
        let words: Vec<Self> = index_words(text).into_iter().map(term).collect();
        if words.is_empty() { Self::Any(words) } else { Self::All(words) }
    }
}

impl Condition {
    /// Whether it asks for a term like this anywhere.
    pub fn asks(&self, is_like: &dyn Fn(&Term) -> bool) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks(is_like)),
            Self::Not(inner) => inner.asks(is_like),
            Self::Term(term) => is_like(term),
        }
    }
}

impl From<Term> for Condition {
    fn from(term: Term) -> Self {
        Self::Term(term)
    }
}
