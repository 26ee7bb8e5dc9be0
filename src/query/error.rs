//! What is wrong with a query.

use std::fmt;

/// An invalid query: where, why, and what to do about it. It must be sanitised before it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadQuery {
    /// The character of the query at which the invalid part begins, from 1.
    pub at: usize,
    /// The invalid part, as it was typed.
    pub part: String,
    /// What is wrong with it.
    pub what: String,
    /// How to correct it.
    pub hint: String,
}

impl BadQuery {
    /// Whether the invalid part reaches to the end of `text`, the query: while that is being typed, it may become valid.
    pub fn is_unfinished(&self, text: &str) -> bool {
        self.at - 1 + self.part.chars().count() >= text.trim_end().chars().count()
    }
}

impl fmt::Display for BadQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” at character {}: {}", self.part, self.at, self.what)
    }
}

impl std::error::Error for BadQuery {}
