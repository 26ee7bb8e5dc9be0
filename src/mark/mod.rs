//! What a reader did to articles: read, starred, tagged, removed, and how far they got.
//!
//! A [`Mark`] is all that was done to one article, written as one line of JSON. Every line is a whole revision, never a
//! change to one; lines from any number of files, in any order and any number of times, merge field by field into the
//! same mark on every machine. Time and the device's name are passed in; files are the business of `io::marks`, and
//! `docs/marks.md` describes the format.

mod edit;
mod history;
mod json;
mod line;
mod merge;
mod record;

pub use history::{MarkChange, MarkHistory, MarkStep, Marked, Recent};
pub use record::{MAX_TITLE, Mark};

#[cfg(test)]
pub(crate) mod tests;
