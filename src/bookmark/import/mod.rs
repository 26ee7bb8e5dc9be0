//! Passages of other programs. Each importer is a pure function from a file's text to W3C annotations, which are then
//! read like a line of a log, so that the same limits hold for them and what is not known in them is kept.
//!
//! What a record is called stays the same however often it is imported, and on every machine: a W3C record keeps its
//! UUID, and every other gets one made from its identity (UUID version 8, RFC 9562 §5.8): what its program knows it by, or
//! else address and words. So nothing comes twice, what was changed there is changed here, and what was deleted here stays
//! deleted.

mod annotation;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod growing;
mod hypothesis;
mod json;
mod kindle;
mod koreader;
mod limits;
mod plan;
mod readwise;
mod report;
mod rows;
#[cfg(test)]
mod tests;
mod w3c;
mod wallabag;
mod when;

use serde_json::Value;

use super::{Bookmark, BookmarkId};
use annotation::{Draft, FinishedDraft, Ids, finish};

pub use plan::{Change, Plan, plan};
pub use report::{At, ImportError, Remark, Why};

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

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// What the file is.
    pub format: Format,
    /// What can be kept, in the order of the file.
    pub bookmarks: Vec<Bookmark>,
    /// Passages that a file imported earlier may have had, and that are part of others now.
    pub replaced: Vec<BookmarkId>,
    /// What of the kept ones is not as the file has it.
    pub remarks: Vec<(At, Remark)>,
    /// What cannot be kept, and why.
    pub skipped: Vec<(At, Why)>,
}

/// Entries as an importer found them.
type Entries = Vec<(At, Result<Draft, Why>)>;

/// Reads the passages in `text`, whatever it turns out to be.
///
/// Records that cannot be kept are in the batch with the reason. What has no time of its own has an unknown one.
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
        (Format::Kindle, kindle::read(text))
    } else if let Some(entries) = readwise::read(text)? {
        (Format::Readwise, entries)
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

/// The string of a field; empty if there is none.
fn words<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Entries numbered from 1.
fn numbered(drafts: impl IntoIterator<Item = Result<Draft, Why>>) -> Entries {
    drafts.into_iter().enumerate().map(|(index, draft)| (At::Record(index + 1), draft)).collect()
}
