//! How two revisions of a mark become one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::article::Position;
use crate::journal::Register;

use super::{Mark, json};

impl Mark {
    /// Takes over the later values of `other`, a revision of the same mark. Returns whether anything changed.
    pub fn merge(&mut self, other: Self) -> bool {
        let version = self.version.max(other.version);
        let mut changed = std::mem::replace(&mut self.version, version) != version;
        changed |= self.article.merge(other.article, json::article_bytes);
        changed
            | self.merge_actions(other.read, other.starred, other.tags, other.removed, other.place)
            | self.merge_unknown(other.unknown)
    }

    /// What to show for an article whose text also has marks under other ids, such as a file in another place on another
    /// machine. The latest change to any of them counts; marks of other texts are ignored.
    ///
    /// Edits apply to the result: an edit of it is later than everything merged into it.
    #[must_use]
    pub fn effective<'a>(mut self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        for other in others {
            if self.text().is_some() && self.text() == other.text() {
                let Self { read, starred, tags, removed, place, .. } = other.clone();
                self.merge_actions(read, starred, tags, removed, place);
            }
        }
        self
    }

    fn merge_actions(
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
}
