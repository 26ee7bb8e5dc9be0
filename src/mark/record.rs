//! One mark: its registers and their limits.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::article::{Position, SourceId, TextHash};
use crate::journal::{Register, Stamp, clean};

/// The version of the format that this program writes.
pub(super) const VERSION: u64 = 1;
/// Maximum length of the copy of a headline, in code points.
pub const MAX_TITLE: usize = 500;
/// Maximum length of the words kept with a place, in code points; a [`Position`] has up to 96.
const MAX_QUOTE: usize = 200;

/// What a reader did to one article. Each field is a last-writer-wins register of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub(super) id: SourceId,
    /// The version of the format that it was written in; the largest that was merged.
    pub(super) version: u64,
    pub(super) article: Register<ArticleSnapshot>,
    pub(super) read: Register<Option<Timestamp>>,
    pub(super) starred: Register<Option<Timestamp>>,
    pub(super) tags: Register<Vec<String>>,
    pub(super) removed: Register<Option<Timestamp>>,
    pub(super) place: Register<Option<Position>>,
    /// Fields of newer versions and other programs, each a register like the others, by name.
    pub(super) unknown: BTreeMap<String, Register<Value>>,
}

/// The article as it was when it was marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ArticleSnapshot {
    /// Its text, by which it is recognised under another id.
    pub(super) text: Option<TextHash>,
    /// Its headline, for people who read the log.
    pub(super) title: String,
}

impl Mark {
    /// The mark of an article to which nothing has been done yet: the start of every first edit. It is never saved.
    pub fn new(id: SourceId) -> Self {
        Self {
            id,
            version: VERSION,
            article: Register::default(),
            read: Register::default(),
            starred: Register::default(),
            tags: Register::default(),
            removed: Register::default(),
            place: Register::default(),
            unknown: BTreeMap::new(),
        }
    }

    /// The article.
    pub fn id(&self) -> &SourceId {
        &self.id
    }

    /// The text it had when it was last marked.
    pub fn text(&self) -> Option<TextHash> {
        self.article.value.text
    }

    /// Its headline then; may be empty.
    pub fn title(&self) -> &str {
        &self.article.value.title
    }

    /// When it was read, if it was.
    pub fn read(&self) -> Option<Timestamp> {
        self.read.value
    }

    /// When it was starred, if it is.
    pub fn starred(&self) -> Option<Timestamp> {
        self.starred.value
    }

    /// Its tags, sorted.
    pub fn tags(&self) -> &[String] {
        &self.tags.value
    }

    /// When it was removed from the list, if it was.
    pub fn removed(&self) -> Option<Timestamp> {
        self.removed.value
    }

    /// Where the reader left it.
    pub fn place(&self) -> Option<&Position> {
        self.place.value.as_ref()
    }

    /// When it was last changed, as far as the clocks of the devices can be trusted; none if it never was.
    pub fn changed(&self) -> Option<Timestamp> {
        self.latest_stamp().and_then(|stamp| Timestamp::from_millisecond(stamp.ms).ok())
    }

    /// The stamps of the fields this program knows.
    pub(super) fn stamps(&self) -> [Option<Stamp>; 6] {
        [self.article.at, self.read.at, self.starred.at, self.tags.at, self.removed.at, self.place.at]
    }

    /// The largest stamp of all.
    pub(super) fn latest_stamp(&self) -> Option<Stamp> {
        self.stamps().into_iter().chain(self.unknown.values().map(|register| register.at)).max().flatten()
    }
}

/// A headline on one line, truncated to what is kept.
pub(super) fn short_title(title: &str) -> String {
    clean(title.chars().take(MAX_TITLE).map(|c| if c.is_whitespace() { ' ' } else { c }).collect())
}

/// A place with its words truncated to what is kept.
pub(super) fn short_place(mut place: Position) -> Position {
    place.quote = clean(place.quote.chars().take(MAX_QUOTE).collect());
    place
}

/// A time truncated to milliseconds, as marks keep it, so that times compare equal after they were read back.
pub(super) fn to_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}
