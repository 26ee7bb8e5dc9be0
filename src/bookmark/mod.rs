//! The passages a reader keeps: the record, its anchoring in a text, the merge of logs, exporters and importers.
//!
//! A [`Bookmark`] is one W3C Web Annotation, written as one line of JSON. Every line is a whole revision, never a
//! change to one; lines from any number of files, in any order and any number of times, merge into one [`Shelf`]. Time,
//! ids and the device's name are passed in; files are the business of `io::bookmarks`.

mod anchor;
mod citation;
mod color;
mod compact;
pub mod export;
mod extra;
mod filter;
mod history;
pub mod import;
mod json;
mod line;
mod merge;
mod notes;
mod passage;
mod query;
mod readwise;
mod record;
mod shelf;
mod source;
mod stamp;
mod state;
mod unplaced;

pub use crate::journal::{DeviceId, Line, LineFault, MAX_LINE, MAX_TAG, MAX_TAGS, Stamp, read_line};

use crate::journal::clean;

pub use anchor::{Anchor, Anchoring, Located};
pub use citation::cite;
pub use color::Color;
pub use filter::{Filter, QueryContext};
pub use history::{History, Step};
pub use passage::Quote;
pub use record::{Bookmark, MAX_NOTE, MAX_PASSAGE, NewBookmark, Refused};
pub use shelf::Shelf;
pub use source::SourceMetadata;
pub use stamp::BookmarkId;
pub use state::{AnchorState, UNCHECKED};

#[cfg(test)]
pub(crate) mod tests;
