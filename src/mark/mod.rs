//! What a reader did to articles: read, starred, tagged, removed, and how far they got.
//!
//! A [`Mark`] is everything that was done to one article, written as one line of JSON. Every line is a complete revision,
//! never a change to one; lines from any number of files, in any order and any number of times, merge field by field into
//! the same mark on every machine. Time and the device's name are passed in; files are left to `io::marks`.
//! `docs/marks.md` describes the format.

mod edit;
mod history;
mod json;
mod line;
mod merge;
mod record;

pub use edit::EarlierMarks;
pub use history::{HistoryReader, MarkChange, MarkHistory, MarkStep};
pub use record::Mark;

#[cfg(test)]
pub(crate) mod tests;
