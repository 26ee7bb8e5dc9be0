//! Imports passages from other programs. Each importer is a pure function from a file's text to W3C annotations, which
//! are then read like lines of a log, so that the same limits apply and unknown fields are kept.
//!
//! A record has the same id in every import and on every machine: a W3C record keeps its UUID, and any other gets one
//! made from its identity (UUID version 8, RFC 9562 §5.8), which is the id its program gives it or else its address and
//! words. So nothing is imported twice, changes made in the other program arrive here, and what was deleted here stays
//! deleted.

mod annotation;
mod datetime;
mod delimited;
#[cfg(test)]
mod format_tests;
mod hypothesis;
mod json;
mod kindle;
mod koreader;
mod limits;
mod plan;
mod readwise;
#[cfg(test)]
mod reimport_tests;
mod report;
#[cfg(test)]
mod tests;
mod w3c;
mod wallabag;

use serde_json::Value;

use super::{Bookmark, BookmarkId};
use annotation::{Draft, FinishedDraft, Ids, finish};

pub use plan::{Plan, plan};
pub use report::{ImportError, Location, Remark, SkipReason};

/// The formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
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

impl ImportFormat {
    /// All formats, for messages.
    pub const ALL: [Self; 6] =
        [Self::W3c, Self::Hypothesis, Self::Readwise, Self::Kindle, Self::Koreader, Self::Wallabag];

    /// Its name for people.
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

/// The contents of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The format of the file.
    pub format: ImportFormat,
    /// The records that can be kept, in file order.
    pub bookmarks: Vec<Bookmark>,
    /// Passages that an earlier version of the file may have held and that are part of others now.
    pub replaced: Vec<BookmarkId>,
    /// How kept records differ from what the file says.
    pub remarks: Vec<(Location, Remark)>,
    /// The records that cannot be kept, and why.
    pub skipped: Vec<(Location, SkipReason)>,
}

/// The records an importer found.
type Entries = Vec<(Location, Result<Draft, SkipReason>)>;

/// Reads the passages in `text`, in whichever format it turns out to be.
///
/// Records that cannot be kept are listed in the batch with the reason.
///
/// # Errors
/// [`ImportError`] if the file is none of the known formats.
pub fn read(text: &str) -> Result<Batch, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let content = text.trim();
    let (format, entries) = if content.is_empty() {
        return Err(ImportError::Empty);
    } else if content.starts_with(['{', '[']) {
        json::read(text)?
    } else if kindle::fits(text) {
        (ImportFormat::Kindle, kindle::read(text))
    } else if let Some(entries) = readwise::read(text)? {
        (ImportFormat::Readwise, entries)
    } else {
        return Err(ImportError::Unknown);
    };
    let mut batch =
        Batch { format, bookmarks: Vec::new(), replaced: Vec::new(), remarks: Vec::new(), skipped: Vec::new() };
    let mut ids = Ids::default();
    for (at, draft) in entries {
        match draft.and_then(|draft| finish(draft, at, batch.bookmarks.len(), &mut ids)) {
            Ok(FinishedDraft { bookmark, replaces, remarks }) => {
                batch.bookmarks.push(bookmark);
                batch.replaced.extend(replaces);
                batch.remarks.extend(remarks);
            }
            Err(why) => batch.skipped.push((at, why)),
        }
    }
    Ok(batch)
}

/// The string in a field; empty if there is none.
fn string_field<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Entries numbered from 1.
fn numbered(drafts: impl IntoIterator<Item = Result<Draft, SkipReason>>) -> Entries {
    drafts.into_iter().enumerate().map(|(index, draft)| (Location::Record(index + 1), draft)).collect()
}
