//! The passages a reader keeps: the record, its anchoring in a text, the merge of logs, exporters.
//!
//! A [`Bookmark`] is one W3C Web Annotation, written as one line of JSON. Every line is a whole revision, never a
//! change to one; lines from any number of files, in any order and any number of times, merge into one [`Shelf`]. Time,
//! ids and the device's name are passed in; files are the business of `io::bookmarks`.

mod anchor;
mod citation;
mod color;
pub mod export;
mod filter;
mod json;
mod lines;
mod merge;
mod passage;
mod record;
mod shelf;
mod source;
mod stamp;
mod tags;

pub use anchor::{Anchor, Anchoring, Located};
pub use citation::cite;
pub use color::Color;
pub use filter::Filter;
pub use lines::{Line, LineFault, MAX_LINE, read_line};
pub use passage::Quote;
pub use record::{Bookmark, MAX_NOTE, MAX_PASSAGE, NewBookmark, Refused};
pub use shelf::Shelf;
pub use source::SourceRef;
pub use stamp::{BookmarkId, DeviceId, Stamp};
pub use tags::{MAX_TAG, MAX_TAGS};

/// The words of `text` without control characters (line breaks and tabs stay) and without the characters that
/// override the direction of writing, so that nothing in a file reaches the terminal as a command.
fn clean(text: String) -> String {
    let harmful = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(harmful) { text.replace(harmful, "") } else { text }
}

#[cfg(test)]
mod tests;
