//! Who wrote what, and which of two writings counts: ids, devices and stamps.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use uuid::Uuid;

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

/// The name of one installation: 1 to 16 of the characters `a`–`z`, `0`–`9` and `-`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId([u8; Self::LONGEST]);

impl DeviceId {
    const LONGEST: usize = 16;

    /// Stands in stamps that name no device, as records of other programs have them. It lies before every other.
    pub const NOBODY: Self = Self([0; Self::LONGEST]);

    /// Stands in stamps that were made before the name of this device was read, until they are signed
    /// ([`Bookmark::signed`](super::Bookmark::signed)); never on a disk, and no name can be read as it.
    pub const UNSIGNED: Self = Self(*b"?\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");

    #[cfg(test)]
    pub(super) const TESTER: Self = Self(*b"tester\0\0\0\0\0\0\0\0\0\0");

    /// Reads a name; none if it is empty, too long or has other characters.
    pub fn new(name: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || !name.bytes().all(fits) {
            return None;
        }
        let mut bytes = [0; Self::LONGEST];
        bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(Self(bytes))
    }

    /// A new name of eight letters and digits from 40 random bits: enough to tell apart the devices of one person.
    pub fn from_random(bits: u64) -> Self {
        // Without 0, 1, l and o, which people mix up.
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let mut name = [0; Self::LONGEST];
        for (digit, byte) in name.iter_mut().take(8).enumerate() {
            *byte = LETTERS.get((bits >> (5 * digit)) as usize % LETTERS.len()).copied().unwrap_or(b'a');
        }
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::LONGEST);
        self.0.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({self})")
    }
}

/// When a group of fields was written, and where; the larger of two stamps wins, on every machine alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Milliseconds since 1970.
    pub ms: i64,
    /// Tells apart stamps whose time can grow no further.
    pub counter: u32,
    /// Who wrote it.
    pub device: DeviceId,
}

impl Stamp {
    /// The last millisecond of the year 9998; a stamp beyond it is a fault, not a time.
    pub(super) const LAST_MS: i64 = 253_370_764_799_999;

    /// A first stamp.
    pub(super) fn first(now: Timestamp, device: DeviceId) -> Self {
        Self { ms: now.as_millisecond().clamp(0, Self::LAST_MS), counter: 0, device }
    }

    /// A stamp larger than this one: now, or a millisecond after it if this one lies in the future.
    ///
    /// So a wrong clock cannot freeze a record, and its error is not taken over into other records.
    pub(super) fn next(self, now: Timestamp, device: DeviceId) -> Self {
        let now = Self::first(now, device);
        if now.ms > self.ms {
            now
        } else if self.ms < Self::LAST_MS {
            Self { ms: self.ms + 1, ..now }
        } else {
            Self { ms: Self::LAST_MS, counter: self.counter.saturating_add(1), device }
        }
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

impl Stamp {
    /// The same stamp, in the name of `device` if it was not signed yet.
    pub(super) fn signed(self, device: DeviceId) -> Self {
        Self { device: if self.device == DeviceId::UNSIGNED { device } else { self.device }, ..self }
    }
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
