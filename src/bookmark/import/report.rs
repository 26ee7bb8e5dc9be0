//! What an import reports: which records were skipped and why, and which were changed to fit.

use std::fmt;

use super::ImportFormat;
use super::json::MAX_DEPTH;
use crate::bookmark::{LineFault, MAX_NOTE, MAX_TAG, MAX_TAGS, Refused};

/// How many characters of the file's own words a message quotes.
const SHOWN: usize = 60;

/// Where in its file a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// The number of the record, from 1.
    Record(usize),
    /// The number of its first line, from 1.
    Line(usize),
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(number) => write!(f, "record {number}"),
            Self::Line(number) => write!(f, "line {number}"),
        }
    }
}

/// Why a record was not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// It has neither words nor a note.
    NoWords,
    /// It is a reply to another annotation.
    Reply,
    /// Its words are part of another highlight of the same passage.
    HighlightedAgain,
    /// The note was written again later in the file.
    NoteRewritten,
    /// The publisher does not allow more words to be copied.
    Locked,
    /// It is about several things at once.
    SeveralTargets(usize),
    /// A quotation mark in its row is never closed, or is followed by words.
    OpenQuote,
    /// Its row has more cells than the table has columns.
    Cells {
        /// How many cells the row has.
        row: usize,
        /// How many columns the header names.
        header: usize,
    },
    /// The file does not hold all annotations; this is where the others are.
    Elsewhere(String),
    /// It is not an entry of this format.
    NotAnEntry,
    /// It exceeds a limit on bookmarks.
    Refused(Refused),
    /// It cannot be read.
    Fault(LineFault),
}

impl SkipReason {
    /// Whether something of the reader's is lost; other skipped records held nothing worth keeping.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::NoWords | Self::Reply | Self::HighlightedAgain | Self::NoteRewritten)
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWords => f.write_str("it has neither words nor a note"),
            Self::Reply => f.write_str("it answers another annotation"),
            Self::HighlightedAgain => f.write_str("another marking of the passage has its words"),
            Self::NoteRewritten => f.write_str("the note was written again later"),
            Self::Locked => f.write_str("its words are not in the file: the publisher allows no more to be copied"),
            Self::SeveralTargets(count) => write!(f, "it is about {count} things; a bookmark is about one"),
            Self::OpenQuote => {
                f.write_str("a quotation mark is not closed, or has words behind it; one within words is written twice")
            }
            Self::Cells { row, header } => write!(
                f,
                "it has {row} cells where the header names {header}; words with a separator need quotation marks"
            ),
            Self::Elsewhere(address) => write!(f, "the other annotations are not in the file but at {address}"),
            Self::NotAnEntry => f.write_str("it is not an entry of this format"),
            Self::Refused(refused) => refused.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

/// How an imported record differs from what the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Its time cannot be read.
    UnreadableTime(String),
    /// Its kind is not recognised.
    UnknownKind(String),
    /// A note that does not fit beside the others; its length in bytes.
    NoteLeftOut(usize),
    /// Tags beyond the limits on length and number.
    TagsLeftOut(Vec<String>),
}

impl Remark {
    /// Whether something of the reader's is lost.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::UnknownKind(_))
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |words: &str| words.trim().chars().take(SHOWN).collect::<String>();
        match self {
            Self::UnreadableTime(time) => write!(f, "its time is unknown: “{}” cannot be read", shown(time)),
            Self::UnknownKind(kind) => write!(f, "it is kept as a note: the kind “{}” is not known", shown(kind)),
            Self::NoteLeftOut(bytes) => {
                write!(f, "the note of {bytes} bytes is left out: the notes of a passage can have up to {MAX_NOTE}")
            }
            Self::TagsLeftOut(tags) => {
                let tags = tags.join("”, “");
                let more = if tags.chars().count() > SHOWN { "…" } else { "" };
                write!(f, "it has up to {MAX_TAGS} tags of {MAX_TAG} characters; left out: “{}{more}”", shown(&tags))
            }
        }
    }
}

/// Why a file was not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It holds nothing but white space.
    Empty,
    /// It begins like JSON but is not; what the parser says.
    NotJson(String),
    /// It is JSON that is nested too deeply.
    TooDeep,
    /// It is JSON in no known format.
    UnknownJson,
    /// Its annotations are not in the file but at this address.
    Elsewhere(String),
    /// It is a table without the one required column; these are the columns it has.
    NoHighlight(String),
    /// It is in no known format.
    Unknown,
}

impl ImportError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        let known = || ImportFormat::ALL.map(ImportFormat::name).join(", ");
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
