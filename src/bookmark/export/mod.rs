//! Bookmarks for other programs. Equal bookmarks give equal bytes: everything is sorted, and nothing tells the time.
//!
//! Whatever leaves here is safe in its format: without control and bidi-override characters, and escaped so that words
//! of an article can be nothing but words.

mod articles;
mod csl;
mod csv;
mod format;
mod fragment;
mod html;
mod json;
mod ledger;
mod markdown;
mod org;
#[cfg(test)]
mod tests;
mod update;
mod words;

pub use csl::csl;
pub use csv::{Cells, csv};
pub use format::Format;
pub use fragment::at_passage;
pub use html::html;
pub(super) use json::cleaned;
pub use json::json;
pub use markdown::{Page, Passage, markdown};
pub use org::org;
pub use update::{Update, update};
