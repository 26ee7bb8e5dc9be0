//! What is wrong with a query.

use std::fmt;

/// A query that means nothing: where, why, and what to do about it. Whoever shows it has to sanitise it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadQuery {
    /// Which character of the query the wrong part begins with, from 1.
    pub at: usize,
    /// The wrong part, as it was typed.
    pub part: String,
    /// What is wrong with it.
    pub what: String,
    /// What would be right.
    pub hint: String,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” at character {}: {}", self.part, self.at, self.what)
    }
}

impl std::error::Error for BadQuery {}
