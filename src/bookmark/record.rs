//! One bookmark, and every way to make and change one.
//!
//! Nothing is changed in place: each edit returns a new revision with larger stamps on the groups it touched, to be
//! appended to the log and absorbed by the shelf. Undoing an edit is one more revision, with the old state in it.

use std::fmt;

use jiff::Timestamp;

use crate::article::{Article, CodePoints, SourceId, TextHash, TextRange};
use crate::journal::{BadTag, DeviceId, MAX_TAGS, Stamp, normalise};

use super::extra::{Extra, TargetExtra};
use super::passage::Quote;
use super::source::SourceMetadata;
use super::stamp::{BookmarkId, Stamps};
use super::{Color, clean};

/// Longest passage, in code points: several pages, and far from where a record becomes a burden to sync.
pub const MAX_PASSAGE: usize = 20_000;
/// Longest note, in bytes.
pub const MAX_NOTE: usize = 64 * 1024;

/// A passage or a place that a reader keeps, with note, tags and colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    pub(super) id: BookmarkId,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
    pub(super) target: Target,
    pub(super) note: Option<String>,
    /// The stamp of the note that was seen, and replaced, when this one was written; none in records of other programs.
    /// A note with a larger stamp than this and a smaller one than ours was written without knowledge of ours.
    pub(super) over: Option<Stamp>,
    pub(super) tags: Vec<String>,
    pub(super) color: Color,
    pub(super) stamps: Stamps,
    pub(super) extra: Option<Box<Extra>>,
    pub(super) newer: Option<Newer>,
}

/// What the bookmark is about: the fields that are re-written together when it is attached anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) source: SourceMetadata,
    /// `exact` is empty for a place.
    pub(super) words: Quote,
    pub(super) position: Option<(usize, usize)>,
    pub(super) text_hash: Option<TextHash>,
    /// Version of the rules that made the canonical text.
    pub(super) norm: u64,
    pub(super) extra: Option<Box<TargetExtra>>,
}

/// A record of a version that this program does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Newer {
    pub(super) version: u64,
    /// The line it came as.
    pub(super) line: String,
}

/// All that a new bookmark is made from.
#[derive(Clone, Debug)]
pub struct NewBookmark<'a> {
    /// A new UUID, version 7.
    pub id: BookmarkId,
    /// This installation.
    pub device: DeviceId,
    /// The time.
    pub now: Timestamp,
    /// What is being read.
    pub article: &'a Article,
    /// The passage, in bytes of the article's text; for a place only its start counts.
    pub range: TextRange,
    /// Its colour.
    pub color: Color,
}

/// Why a bookmark was not made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There are no words in the range.
    Empty,
    /// The passage has more than [`MAX_PASSAGE`] code points.
    TooLong {
        /// How many it has.
        code_points: usize,
    },
    /// The range does not lie in the text.
    OffText,
    /// The record was written by a newer version.
    ReadOnly {
        /// That version of the record.
        version: u64,
    },
    /// The note has more than [`MAX_NOTE`] bytes.
    NoteTooLong {
        /// How many it has.
        bytes: usize,
    },
    /// A tag, or their number, is beyond the limits.
    BadTag(BadTag),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no words to bookmark here"),
            Self::TooLong { code_points } => {
                write!(f, "the passage has {code_points} characters; a bookmark holds up to {MAX_PASSAGE}")
            }
            Self::OffText => f.write_str("the passage does not lie in this text"),
            Self::ReadOnly { version } => {
                write!(
                    f,
                    "this bookmark was written by a newer version (record version {version}) and cannot be edited here"
                )
            }
            Self::NoteTooLong { bytes } => write!(f, "the note has {bytes} bytes; it can have up to {MAX_NOTE}"),
            Self::BadTag(BadTag::TooMany) => write!(f, "a bookmark has up to {MAX_TAGS} tags"),
            Self::BadTag(bad) => bad.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

impl From<BadTag> for Refused {
    fn from(bad: BadTag) -> Self {
        Self::BadTag(bad)
    }
}

/// The source of a tombstone that was emptied: an IRI, as every source must have, that leads nowhere (RFC 6694).
const NOWHERE: &str = "about:blank";

impl Target {
    /// What stands in a tombstone that was emptied.
    fn blank() -> Self {
        Self {
            source: SourceMetadata::nameless(SourceId::from_iri(NOWHERE)),
            words: Quote::default(),
            position: None,
            text_hash: None,
            norm: 1,
            extra: None,
        }
    }

    /// Whether it was emptied.
    pub(super) fn is_blank(&self) -> bool {
        self.source.id.as_str() == NOWHERE && self.words == Quote::default()
    }

    fn of(article: &Article, range: TextRange) -> Result<Self, Refused> {
        let text = article.body.as_str();
        let words = Quote::of(text, range).ok_or(Refused::OffText)?;
        Ok(Self {
            source: SourceMetadata::of(article),
            words,
            position: Some(CodePoints::new(text).of_range(range)),
            text_hash: Some(article.body.hash()),
            norm: 1,
            extra: None,
        })
    }

    fn of_passage(article: &Article, range: TextRange) -> Result<Self, Refused> {
        let words = article.body.slice(range);
        if words.trim().is_empty() {
            return Err(if range.end <= article.body.len() { Refused::Empty } else { Refused::OffText });
        }
        let code_points = words.chars().count();
        if code_points > MAX_PASSAGE {
            return Err(Refused::TooLong { code_points });
        }
        Self::of(article, range)
    }
}

impl Bookmark {
    /// Keeps the words in `new.range`.
    ///
    /// # Errors
    /// [`Refused::Empty`], [`Refused::TooLong`], [`Refused::OffText`].
    pub fn passage(new: NewBookmark<'_>) -> Result<Self, Refused> {
        let target = Target::of_passage(new.article, new.range)?;
        Ok(Self::new(new, target))
    }

    /// Keeps the place at the start of `new.range`, without words of its own.
    ///
    /// # Errors
    /// [`Refused::OffText`].
    pub fn place(new: NewBookmark<'_>) -> Result<Self, Refused> {
        let target = Target::of(new.article, TextRange::at(new.range.start))?;
        Ok(Self::new(new, target))
    }

    fn new(new: NewBookmark<'_>, target: Target) -> Self {
        let stamp = Stamp::first(new.now, new.device);
        let now = to_milliseconds(new.now);
        Self {
            id: new.id,
            created: now,
            modified: now,
            target,
            note: None,
            over: None,
            tags: Vec::new(),
            color: new.color,
            stamps: Stamps::all(stamp),
            extra: None,
            newer: None,
        }
    }

    /// The same record, in the name of this device where it was made before that was known.
    #[must_use]
    pub fn signed(self, device: DeviceId) -> Self {
        Self { stamps: self.stamps.signed(device), over: self.over.map(|stamp| stamp.signed(device)), ..self }
    }

    /// Its id.
    pub fn id(&self) -> BookmarkId {
        self.id
    }

    /// When it was made; a time in the first second of 1970 stands for one that is not known ([`made`](Self::made)).
    pub fn created(&self) -> Timestamp {
        self.created
    }

    /// When it was made, if that is known: another program may not have told, or in no way that can be read.
    pub fn made(&self) -> Option<Timestamp> {
        Some(self.created).filter(|created| !is_unknown(*created))
    }

    /// When it was last changed, as far as the clocks of the devices can be trusted.
    pub fn modified(&self) -> Timestamp {
        self.modified
    }

    /// The passage with its context; none if this is the bookmark of a place.
    pub fn quote(&self) -> Option<&Quote> {
        (!self.target.words.exact.is_empty()).then_some(&self.target.words)
    }

    /// What to show for it: the passage, or the words at the place.
    pub fn words(&self) -> &str {
        let words = &self.target.words;
        [&words.exact, &words.suffix, &words.prefix]
            .into_iter()
            .find(|words| !words.is_empty())
            .map_or("", |w| w.trim())
    }

    /// Start and end in code points of the text it was made in; equal for a place.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.target.position
    }

    /// The text that [`position`](Self::position) counts in.
    pub fn text_hash(&self) -> Option<TextHash> {
        self.target.text_hash
    }

    /// When, and where, its words were set last: it changes whenever they do.
    pub fn attached(&self) -> Stamp {
        self.stamps.target
    }

    /// The article.
    pub fn source(&self) -> &SourceMetadata {
        &self.target.source
    }

    /// The IRI of the article.
    pub fn source_id(&self) -> &SourceId {
        &self.target.source.id
    }

    /// The reader's note.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The tags, sorted.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The colour.
    pub fn color(&self) -> &Color {
        &self.color
    }

    /// Whether it was deleted after everything else that was done to it.
    pub fn is_deleted(&self) -> bool {
        self.stamps.is_deleted()
    }

    /// Whether a newer version wrote it: shown, kept verbatim, not edited.
    pub fn is_read_only(&self) -> bool {
        self.newer.is_some()
    }

    /// With another note; a blank one is none.
    ///
    /// # Errors
    /// [`Refused::NoteTooLong`], [`Refused::ReadOnly`].
    pub fn with_note(&self, note: &str, device: DeviceId, now: Timestamp) -> Result<Self, Refused> {
        let note = clean(note.replace("\r\n", "\n")).trim().to_owned();
        if note.len() > MAX_NOTE {
            return Err(Refused::NoteTooLong { bytes: note.len() });
        }
        self.revised(device, now, |next, stamp| {
            next.set_note((!note.is_empty()).then_some(note), stamp);
        })
    }

    /// With other tags, brought into their one form.
    ///
    /// # Errors
    /// [`Refused::BadTag`], [`Refused::ReadOnly`].
    pub fn with_tags<T: AsRef<str>>(&self, tags: &[T], device: DeviceId, now: Timestamp) -> Result<Self, Refused> {
        let tags = normalise(tags)?;
        self.revised(device, now, |next, stamp| {
            next.tags = tags;
            next.stamps.tags = stamp;
        })
    }

    /// In another colour.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`].
    pub fn with_color(&self, color: Color, device: DeviceId, now: Timestamp) -> Result<Self, Refused> {
        self.revised(device, now, |next, stamp| {
            next.color = color;
            next.stamps.style = stamp;
        })
    }

    /// Attached to other words: another passage, or the present form of this one. An empty range makes it a place.
    ///
    /// # Errors
    /// [`Refused::Empty`], [`Refused::TooLong`], [`Refused::OffText`], [`Refused::ReadOnly`].
    pub fn with_target(
        &self,
        article: &Article,
        range: TextRange,
        device: DeviceId,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let mut target =
            if range.is_empty() { Target::of(article, range)? } else { Target::of_passage(article, range)? };
        if target.source.id == self.target.source.id {
            target.source.entry.clone_from(&self.target.source.entry);
        }
        self.revised(device, now, |next, stamp| {
            next.target = target;
            next.stamps.target = stamp;
        })
    }

    /// Deleted. The record stays in the log and loses against whatever is written to it later.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`].
    pub fn deleted(&self, device: DeviceId, now: Timestamp) -> Result<Self, Refused> {
        self.revised(device, now, |next, stamp| next.stamps.deleted = Some(stamp))
    }

    /// Not deleted any more. Every group is written anew, since a tombstone elsewhere may have lost its words.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`].
    pub fn restored(&self, device: DeviceId, now: Timestamp) -> Result<Self, Refused> {
        self.revised(device, now, |next, stamp| {
            next.over = Some(next.stamps.note);
            next.stamps = Stamps { deleted: next.stamps.deleted, ..Stamps::all(stamp) };
        })
    }

    /// With the content of `old`, an earlier or later revision of the same bookmark: what undo and redo append.
    ///
    /// Groups that are the same in both keep their stamps, so that undoing one edit does not override another, made
    /// elsewhere meanwhile.
    ///
    /// # Errors
    /// [`Refused::ReadOnly`].
    pub fn reverted_to(&self, old: &Self, device: DeviceId, now: Timestamp) -> Result<Self, Refused> {
        let revives = self.is_deleted() && !old.is_deleted();
        self.revised(device, now, |next, stamp| {
            if revives || next.target != old.target {
                next.target.clone_from(&old.target);
                next.stamps.target = stamp;
            }
            if revives || next.note != old.note {
                next.set_note(old.note.clone(), stamp);
            }
            if revives || next.tags != old.tags {
                next.tags.clone_from(&old.tags);
                next.stamps.tags = stamp;
            }
            if revives || next.color != old.color {
                next.color.clone_from(&old.color);
                next.stamps.style = stamp;
            }
            if old.is_deleted() {
                next.stamps.deleted = Some(stamp);
            }
        })
    }

    fn set_note(&mut self, note: Option<String>, stamp: Stamp) {
        self.note = note;
        self.over = Some(std::mem::replace(&mut self.stamps.note, stamp));
    }

    /// A tombstone without what it buried: its words, its note and where they were from. Id, stamps, tags and unknown
    /// fields stay, and a later edit, which carries all its own words, still revives it. Of a newer version, as it
    /// came.
    pub(super) fn blanked(mut self) -> Self {
        if self.newer.is_none() {
            self.target = Target::blank();
            self.note = None;
            if let Some(extra) = &mut self.extra {
                extra.forget_bodies();
            }
        }
        self
    }

    fn revised(&self, device: DeviceId, now: Timestamp, edit: impl FnOnce(&mut Self, Stamp)) -> Result<Self, Refused> {
        if let Some(newer) = &self.newer {
            return Err(Refused::ReadOnly { version: newer.version });
        }
        let mut next = self.clone();
        next.modified = to_milliseconds(now).max(self.modified);
        edit(&mut next, self.stamps.largest().next(now, device));
        Ok(next)
    }
}

/// Stands for a time that is not known; `order` keeps those of one file in their order.
pub(super) fn unknown_time(order: usize) -> Timestamp {
    let order = i64::try_from(order).unwrap_or(i64::MAX).min(999_999);
    Timestamp::from_microsecond(order).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Whether a time stands for one that is not known.
pub(super) fn is_unknown(time: Timestamp) -> bool {
    time.as_second() == 0
}

/// Records keep milliseconds; what cannot be kept is not compared either.
fn to_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}
