//! Passages of other programs. Each importer is a pure function from a file's text to W3C annotations, which are then
//! read like a line of a log, so that the same limits hold for them and what is not known in them is kept.
//!
//! What a record is called stays the same however often it is imported, and on every machine: a W3C record keeps its
//! UUID, and every other gets one made from its identity (UUID version 8, RFC 9562 §5.8): the IRI it has elsewhere, or
//! else address, words and note. So nothing comes twice, and what was deleted here stays deleted.

mod annotation;
mod hypothesis;
mod kindle;
mod koreader;
mod plan;
mod readwise;
#[cfg(test)]
mod tests;
mod w3c;
mod wallabag;
mod when;

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use super::lines::is_deeper_than;
use super::{Bookmark, LineFault, Refused};
use annotation::{Draft, finish};

pub use plan::{Change, Plan, plan};

/// Deepest nesting of a JSON file: a record may have 32 levels, and lies in page, collection and list.
const MAX_DEPTH: usize = 40;

/// What a file was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// W3C Web Annotations, as this program exports them.
    W3c,
    /// Hypothesis: its API, or the export of its sidebar.
    Hypothesis,
    /// CSV as Readwise takes it or gives it.
    Readwise,
    /// `My Clippings.txt` of a Kindle.
    Kindle,
    /// The JSON export of KOReader.
    Koreader,
    /// The JSON export of wallabag.
    Wallabag,
}

impl Format {
    /// All that can be read, for messages.
    pub const ALL: [Self; 6] =
        [Self::W3c, Self::Hypothesis, Self::Readwise, Self::Kindle, Self::Koreader, Self::Wallabag];

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::W3c => "W3C annotations (JSON)",
            Self::Hypothesis => "Hypothesis (JSON)",
            Self::Readwise => "Readwise (CSV)",
            Self::Kindle => "Kindle (My Clippings.txt)",
            Self::Koreader => "KOReader (JSON)",
            Self::Wallabag => "wallabag (JSON)",
        }
    }
}

/// Where in its file a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The record of that number, from 1.
    Record(usize),
    /// The line of that number, from 1.
    Line(usize),
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(number) => write!(f, "record {number}"),
            Self::Line(number) => write!(f, "line {number}"),
        }
    }
}

/// Why a record is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has neither words nor a note.
    NoWords,
    /// It answers somebody else's annotation.
    Reply,
    /// The same passage was marked again later in the file.
    MarkedAgain,
    /// It is about several things at once.
    Targets(usize),
    /// It is no entry as this format has them.
    NoEntry,
    /// A limit of bookmarks.
    Refused(Refused),
    /// It cannot be read.
    Fault(LineFault),
}

impl Why {
    /// Whether something of the reader's is left behind; the others have nothing to keep.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::NoWords | Self::Reply | Self::MarkedAgain)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWords => f.write_str("it has neither words nor a note"),
            Self::Reply => f.write_str("it answers another annotation"),
            Self::MarkedAgain => f.write_str("the same passage was marked again later"),
            Self::Targets(count) => write!(f, "it is about {count} things; a bookmark is about one"),
            Self::NoEntry => f.write_str("it is not an entry of this format"),
            Self::Refused(refused) => refused.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// What the file is.
    pub format: Format,
    /// What can be kept, in the order of the file.
    pub bookmarks: Vec<Bookmark>,
    /// What cannot, and why.
    pub skipped: Vec<(At, Why)>,
}

/// Why a file was not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It has nothing but white space.
    Empty,
    /// It begins like JSON and is none; what the parser says.
    NotJson(String),
    /// It is JSON with too many brackets within brackets.
    TooDeep,
    /// It is JSON, and none of those that are known.
    UnknownJson,
    /// Its annotations are not in it but at these addresses.
    Elsewhere(String),
    /// It is a table without the one column that is needed; the columns it has.
    NoHighlight(String),
    /// It is nothing that is known.
    Unknown,
}

impl ImportError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        let known = || Format::ALL.map(Format::name).join(", ");
        match self {
            Self::Empty | Self::Unknown | Self::UnknownJson => format!("it can be one of: {}", known()),
            Self::NotJson(_) => "the file may be cut off; export it once more".to_owned(),
            Self::TooDeep => format!("annotations are never nested deeper than {MAX_DEPTH} levels"),
            Self::Elsewhere(_) => "save those pages, and import them".to_owned(),
            Self::NoHighlight(_) => "name the column with the passages “Highlight”".to_owned(),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::NotJson(reason) => write!(f, "the file begins like JSON but is none: {reason}"),
            Self::TooDeep => f.write_str("the file is JSON nested too deeply"),
            Self::UnknownJson => f.write_str(
                "the file is JSON, but neither W3C annotations nor an export of Hypothesis, KOReader or wallabag",
            ),
            Self::Elsewhere(address) => write!(f, "the annotations are not in the file but at {address}"),
            Self::NoHighlight(columns) => {
                write!(f, "the file is a table without a column “Highlight”; its columns are {columns}")
            }
            Self::Unknown => f.write_str("the file is neither JSON nor a table nor clippings of a Kindle"),
        }
    }
}

impl std::error::Error for ImportError {}

/// Entries as an importer found them.
type Entries = Vec<(At, Result<Draft, Why>)>;

/// Reads the passages in `text`, whatever it turns out to be.
///
/// What has no time of its own was made at `now`. Records that cannot be kept are in the batch with the reason.
///
/// # Errors
/// [`ImportError`] if the file is none of the known formats.
pub fn read(text: &str, now: Timestamp) -> Result<Batch, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let content = text.trim();
    let (format, entries) = if content.is_empty() {
        return Err(ImportError::Empty);
    } else if content.starts_with(['{', '[']) {
        json(content)?
    } else if kindle::fits(text) {
        (Format::Kindle, kindle::read(text))
    } else if let Some(entries) = readwise::read(text)? {
        (Format::Readwise, entries)
    } else {
        return Err(ImportError::Unknown);
    };
    let (mut bookmarks, mut skipped) = (Vec::new(), Vec::new());
    for (at, draft) in entries {
        // Records without a time keep their order.
        let now = now + jiff::SignedDuration::from_micros(bookmarks.len() as i64);
        match draft.and_then(|draft| finish(draft, now)) {
            Ok(bookmark) => bookmarks.push(bookmark),
            Err(why) => skipped.push((at, why)),
        }
    }
    Ok(Batch { format, bookmarks, skipped })
}

fn json(text: &str) -> Result<(Format, Entries), ImportError> {
    if is_deeper_than(text.as_bytes(), MAX_DEPTH) {
        return Err(ImportError::TooDeep);
    }
    let value: Value = serde_json::from_str(text).map_err(|error| ImportError::NotJson(error.to_string()))?;
    if let Some(annotations) = w3c::annotations(&value)? {
        return Ok((Format::W3c, w3c::read(annotations)));
    }
    let known = [
        (Format::Hypothesis, hypothesis::read(&value)),
        (Format::Koreader, koreader::read(&value)),
        (Format::Wallabag, wallabag::read(&value)),
    ];
    let found = known.into_iter().find_map(|(format, entries)| Some((format, entries?)));
    found.ok_or(ImportError::UnknownJson)
}

/// The string of a field; empty if there is none.
fn words<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Entries numbered from 1.
fn numbered(drafts: impl IntoIterator<Item = Result<Draft, Why>>) -> Entries {
    drafts.into_iter().enumerate().map(|(index, draft)| (At::Record(index + 1), draft)).collect()
}
