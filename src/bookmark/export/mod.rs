//! Exports bookmarks for other programs. Equal bookmarks give equal bytes: everything is sorted, and no export holds
//! its own date.
//!
//! All output is safe in its format: without control and bidi-override characters, and escaped so that the words of an
//! article can never act as markup.

mod articles;
mod csl;
mod csv;
mod format;
mod fragment;
mod html;
mod json;
mod ledger;
mod markdown;
mod markdown_escape;
mod org;
#[cfg(test)]
mod tests;
mod update;

pub use csl::csl;
pub use csv::{Cells, csv};
pub use format::ExportFormat;
pub use fragment::at_passage;
pub use html::html;
pub use json::json;
pub(super) use json::sanitize_json;
pub use markdown::{MarkdownItem, MarkdownPage, markdown};
pub use org::org;
pub use update::{Update, update};
