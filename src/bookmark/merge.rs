//! Two revisions of one bookmark become one.
//!
//! Each group of fields (target, note, tags, style, deletion) is a last-writer-wins register of its own: the larger
//! stamp wins, and of equal stamps the larger canonical bytes (compact JSON with sorted keys). That is a full order
//! which every machine computes alike, so merging is commutative, associative and idempotent, and all devices that
//! have seen the same lines hold the same shelf.

use super::json;
use super::record::{Bookmark, Newer};
use super::stamp::Stamp;

impl Bookmark {
    /// Takes over what `other`, a revision of the same bookmark, has written later. Returns whether anything changed.
    pub(super) fn merge(&mut self, other: Self) -> bool {
        if self.newer.is_some() || other.newer.is_some() {
            let later = newer_rank(&other) > newer_rank(self);
            if later {
                *self = other;
            }
            return later;
        }
        let before = self.stamps;
        let largest = (self.stamps.largest(), other.stamps.largest());
        let mut changed = register(&mut self.extra, other.extra, largest, |extra| json::extra_bytes(extra.as_deref()));
        changed |= register(&mut self.target, other.target, (before.target, other.stamps.target), json::target_bytes);
        let mut note = (self.note.take(), self.over);
        changed |= register(&mut note, (other.note, other.over), (before.note, other.stamps.note), json::note_bytes);
        (self.note, self.over) = note;
        changed |= register(&mut self.tags, other.tags, (before.tags, other.stamps.tags), json::bytes);
        changed |= register(&mut self.color, other.color, (before.style, other.stamps.style), |color| {
            json::bytes(color.name())
        });
        self.stamps.target = before.target.max(other.stamps.target);
        self.stamps.note = before.note.max(other.stamps.note);
        self.stamps.tags = before.tags.max(other.stamps.tags);
        self.stamps.style = before.style.max(other.stamps.style);
        self.stamps.deleted = before.deleted.max(other.stamps.deleted);
        let times = (self.created, self.modified);
        self.created = self.created.min(other.created);
        self.modified = self.modified.max(other.modified);
        changed || self.stamps != before || times != (self.created, self.modified)
    }
}

/// One last-writer-wins register; `bytes` is asked only when the stamps are equal and the values are not.
fn register<T: PartialEq>(mine: &mut T, other: T, stamps: (Stamp, Stamp), bytes: impl Fn(&T) -> Vec<u8>) -> bool {
    if *mine == other {
        return false;
    }
    let wins = match stamps.1.cmp(&stamps.0) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => bytes(&other) > bytes(mine),
    };
    if wins {
        *mine = other;
    }
    wins
}

/// Records of a version whose groups we do not know are taken whole: the higher version, then the later, then the
/// larger line.
fn newer_rank(bookmark: &Bookmark) -> (u64, Stamp, &str) {
    let (version, line) = bookmark.newer.as_ref().map_or((0, ""), |Newer { version, line }| (*version, line.as_str()));
    (version, bookmark.stamps.largest(), line)
}
