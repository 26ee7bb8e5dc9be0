//! What a bookmark is called, and when each group of its fields was written.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::journal::{DeviceId, Stamp};

/// What a bookmark is called for ever: a UUID (version 7 when this program makes one), minted once and never re-used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookmarkId(Uuid);

impl BookmarkId {
    /// The 12 last hexadecimal digits, which are random: short enough for a link, long enough to be alone.
    pub fn short(&self) -> String {
        let whole = self.0.simple().to_string();
        whole.get(20..).unwrap_or_default().to_owned()
    }
}

impl From<Uuid> for BookmarkId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl FromStr for BookmarkId {
    type Err = uuid::Error;

    /// Reads `urn:uuid:…` or the bare UUID.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

impl fmt::Display for BookmarkId {
    /// Writes the IRI, `urn:uuid:…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.urn().fmt(f)
    }
}

/// The stamps of the groups of fields that are written and merged together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamps {
    pub(super) target: Stamp,
    pub(super) note: Stamp,
    pub(super) tags: Stamp,
    pub(super) style: Stamp,
    pub(super) deleted: Option<Stamp>,
}

impl Stamps {
    /// The same stamps, in the name of `device` where they were not signed yet.
    pub(super) fn signed(self, device: DeviceId) -> Self {
        Self {
            target: self.target.signed(device),
            note: self.note.signed(device),
            tags: self.tags.signed(device),
            style: self.style.signed(device),
            deleted: self.deleted.map(|stamp| stamp.signed(device)),
        }
    }

    /// Every group written at once.
    pub(super) fn all(stamp: Stamp) -> Self {
        Self { target: stamp, note: stamp, tags: stamp, style: stamp, deleted: None }
    }

    /// The largest stamp of a group with content.
    pub(super) fn largest_content(&self) -> Stamp {
        self.target.max(self.note).max(self.tags).max(self.style)
    }

    /// The largest stamp of all.
    pub(super) fn largest(&self) -> Stamp {
        self.largest_content().max(self.deleted.unwrap_or(self.target))
    }

    /// Whether the deletion came last; whatever is written later revives the record.
    pub(super) fn is_deleted(&self) -> bool {
        self.deleted.is_some_and(|deleted| deleted >= self.largest_content())
    }
}
