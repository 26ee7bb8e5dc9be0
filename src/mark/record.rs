//! One mark: its registers, and how two revisions become one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::article::{Position, SourceId, TextHash};
use crate::journal::{Files, Line, Record, Register, Stamp, merge_lines};

use super::json;

/// Longest copy of a headline, in code points.
pub const MAX_TITLE: usize = 500;

/// What a reader did to one article. Each field is a last-writer-wins register of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub(super) id: SourceId,
    /// The version of the format that it was written in; the largest that was merged.
    pub(super) version: u64,
    pub(super) article: Register<About>,
    pub(super) read: Register<Option<Timestamp>>,
    pub(super) starred: Register<Option<Timestamp>>,
    pub(super) tags: Register<Vec<String>>,
    pub(super) removed: Register<Option<Timestamp>>,
    pub(super) place: Register<Option<Position>>,
    /// Fields of newer versions and other programs, each a register like the others, by name.
    pub(super) unknown: BTreeMap<String, Register<Value>>,
}

/// What the article was when it was marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    /// Its text, by which it is known again under another id.
    pub(super) text: Option<TextHash>,
    /// Its headline, for people who read the log.
    pub(super) title: String,
}

impl Mark {
    /// The mark of an article to which nothing was done yet: the start of every first edit. It is not worth a line.
    pub fn new(id: SourceId) -> Self {
        Self {
            id,
            version: json::VERSION,
            article: Register::default(),
            read: Register::default(),
            starred: Register::default(),
            tags: Register::default(),
            removed: Register::default(),
            place: Register::default(),
            unknown: BTreeMap::new(),
        }
    }

    /// Reads a line as a log or a cache has it; none if it is no mark.
    pub fn read_line(line: &str) -> Option<Self> {
        match crate::journal::read_line(line.as_bytes()) {
            Line::Record(mark) => Some(*mark),
            Line::Blank | Line::Newer | Line::Fault(_) => None,
        }
    }

    /// The mark as one line of a log, without its line break; equal marks are equal bytes.
    pub fn to_line(&self) -> String {
        json::write(self)
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
        self.largest().and_then(|stamp| Timestamp::from_millisecond(stamp.ms).ok())
    }

    /// Takes over what `other`, a revision of the same mark, has written later. Returns whether anything changed.
    pub fn merge(&mut self, other: Self) -> bool {
        let version = self.version.max(other.version);
        let mut changed = std::mem::replace(&mut self.version, version) != version;
        changed |= self.article.merge(other.article, json::article_bytes);
        changed
            | self.merge_deeds(other.read, other.starred, other.tags, other.removed, other.place)
            | self.merge_unknown(other.unknown)
    }

    /// What to show for an article that has other marks too, of the same text under other ids: a file that lies
    /// elsewhere on another machine. What was done last to any of them holds; marks of other texts are passed over.
    ///
    /// What is shown is what is edited: an edit of the result is later than all that went into it.
    #[must_use]
    pub fn effective<'a>(mut self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        for other in others {
            if self.text().is_some() && self.text() == other.text() {
                let Self { read, starred, tags, removed, place, .. } = other.clone();
                self.merge_deeds(read, starred, tags, removed, place);
            }
        }
        self
    }

    fn merge_deeds(
        &mut self,
        read: Register<Option<Timestamp>>,
        starred: Register<Option<Timestamp>>,
        tags: Register<Vec<String>>,
        removed: Register<Option<Timestamp>>,
        place: Register<Option<Position>>,
    ) -> bool {
        self.read.merge(read, |time| json::time_bytes(*time))
            | self.starred.merge(starred, |time| json::time_bytes(*time))
            | self.tags.merge(tags, |tags| json::tags_bytes(tags))
            | self.removed.merge(removed, |time| json::time_bytes(*time))
            | self.place.merge(place, |place| json::place_bytes(place.as_ref()))
    }

    fn merge_unknown(&mut self, unknown: BTreeMap<String, Register<Value>>) -> bool {
        let mut changed = false;
        for (name, register) in unknown {
            if let Some(mine) = self.unknown.get_mut(&name) {
                changed |= mine.merge(register, json::bytes);
            } else {
                self.unknown.insert(name, register);
                changed = true;
            }
        }
        changed
    }

    /// The stamps of the fields this program knows.
    pub(super) fn stamps(&self) -> [Option<Stamp>; 6] {
        [self.article.at, self.read.at, self.starred.at, self.tags.at, self.removed.at, self.place.at]
    }

    /// The largest stamp of all.
    pub(super) fn largest(&self) -> Option<Stamp> {
        self.stamps().into_iter().chain(self.unknown.values().map(|register| register.at)).max().flatten()
    }
}

impl Record for Mark {
    type Id = SourceId;

    const FILES: Files = Files {
        noun: "mark",
        logs: "marks",
        note: "device-marks",
        quarantine: "quarantine/marks",
        copies: "mark-copies",
    };

    fn id(&self) -> SourceId {
        self.id.clone()
    }

    fn read(line: &str) -> Line<Self> {
        json::read(line)
    }

    fn to_line(&self) -> String {
        json::write(self)
    }

    fn merge(&mut self, other: Self) -> bool {
        self.merge(other)
    }

    fn is_newer(&self) -> bool {
        self.version > json::VERSION
    }

    fn compacted(lines: Vec<Self>, _: Timestamp) -> Vec<Self> {
        merge_lines(lines, |_, _| {})
    }
}
