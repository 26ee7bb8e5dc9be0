//! Two revisions of one bookmark become one.
//!
//! Each group of fields (target, note, tags, style, deletion) is a last-writer-wins register of its own
//! ([`later_wins`]), so all devices that have seen the same lines hold the same shelf.

use crate::journal::{Stamp, later_wins};

use super::json;
use super::record::{Bookmark, Newer};

impl Bookmark {
    /// Takes over what `other`, a revision of the same bookmark, has written later. Returns whether anything changed.
    pub(super) fn merge_with(&mut self, other: Self) -> bool {
        if self.newer.is_some() || other.newer.is_some() {
            let later = newer_rank(&other) > newer_rank(self);
            if later {
                *self = other;
            }
            return later;
        }
        let before = self.stamps;
        let largest = (self.stamps.largest(), other.stamps.largest());
        let mut changed =
            later_wins(&mut self.extra, other.extra, largest, |extra| json::extra_bytes(extra.as_deref()));
        changed |= later_wins(&mut self.target, other.target, (before.target, other.stamps.target), json::target_bytes);
        let mut note = (self.note.take(), self.over);
        changed |= later_wins(&mut note, (other.note, other.over), (before.note, other.stamps.note), json::note_bytes);
        (self.note, self.over) = note;
        changed |= later_wins(&mut self.tags, other.tags, (before.tags, other.stamps.tags), json::bytes);
        changed |= later_wins(&mut self.color, other.color, (before.style, other.stamps.style), |color| {
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

/// Records of a version whose groups we do not know are taken whole: the higher version, then the later, then the
/// larger line.
fn newer_rank(bookmark: &Bookmark) -> (u64, Stamp, &str) {
    let (version, line) = bookmark.newer.as_ref().map_or((0, ""), |Newer { version, line }| (*version, line.as_str()));
    (version, bookmark.stamps.largest(), line)
}
