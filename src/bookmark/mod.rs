//! The passages a reader keeps: the record, its anchoring in a text, the merge of logs, exporters and importers.
//!
//! A [`Bookmark`] is one W3C Web Annotation, written as one line of JSON. Every line is a whole revision, never a
//! change to one; lines from any number of files, in any order and any number of times, merge into one [`Shelf`]. Time,
//! ids and the device's name are passed in; files are the business of `io::bookmarks`.

mod address;
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
mod lines;
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
mod tags;
mod unplaced;

pub use anchor::{Anchor, Anchoring, Located};
pub use citation::cite;
pub use color::Color;
pub use compact::compact;
pub use filter::{Filter, QueryContext};
pub use history::{History, Step};
pub use lines::{Line, LineFault, MAX_LINE, read_line};
pub use notes::OtherNote;
pub use passage::Quote;
pub use record::{Bookmark, MAX_NOTE, MAX_PASSAGE, NewBookmark, Refused};
pub use shelf::Shelf;
pub use source::SourceRef;
pub use stamp::{BookmarkId, DeviceId, Stamp};
pub use state::{AnchorState, UNCHECKED};
pub use tags::{MAX_TAG, MAX_TAGS};

use crate::text::unprintable::is_active;

/// The words of `text` without control characters (line breaks and tabs stay) and without the characters that
/// override the direction of writing, so that nothing in a file reaches the terminal as a command.
fn clean(text: String) -> String {
    // In UTF-8 (RFC 3629) control characters are bytes below a blank, DEL, or begin with C2. All bytes are looked at,
    // which takes less time than to stop at the first.
    let bytes = text.as_bytes();
    let may_be_control = |byte: u8| byte < b' ' || byte == 0x7f || byte == 0xc2;
    let is_direction = |at: usize| matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xaa..=0xae] | [0x81, 0xa6..=0xa9]));
    let may_harm = bytes.iter().fold(false, |any, byte| any | may_be_control(*byte))
        || memchr::memchr_iter(0xe2, bytes).any(is_direction);
    if may_harm && text.contains(is_active) { text.replace(is_active, "") } else { text }
}

#[cfg(test)]
pub(crate) mod tests;
