//! Notes that lost: written on one device without knowledge of what another wrote at the same time.
//!
//! Each note says over which one it was written (`over`, the stamp of the note its writer saw). Of two notes the later
//! wins; if it was written over something older than the earlier, its writer had not seen that one, which nobody ever
//! meant to throw away. It is offered for 90 days.

use jiff::Timestamp;

use crate::journal::{DeviceId, Stamp};

use super::{Bookmark, json};

/// How long a note that lost is offered, in milliseconds, counted from the note that won.
pub(super) const OFFERED_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// A note that lost to another, written at the same time on another device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherNote<'a> {
    /// Its words.
    pub note: &'a str,
    /// Where it was written.
    pub device: DeviceId,
    /// When it was written.
    pub written: Timestamp,
}

/// All notes that one bookmark ever had, as far as they are known; empty as long as there was only one.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes(Vec<(Stamp, Note)>);

/// A note (none if it was taken away), and the stamp of the one it was written over.
type Note = (Option<String>, Option<Stamp>);

impl Notes {
    /// Takes in what two revisions say, if their notes differ.
    pub(super) fn compare(&mut self, one: &Bookmark, other: &Bookmark) {
        let is_same = one.stamps.note == other.stamps.note && one.note == other.note && one.over == other.over;
        if is_same || one.is_read_only() || other.is_read_only() {
            return;
        }
        for bookmark in [one, other] {
            let version = (bookmark.stamps.note, (bookmark.note.clone(), bookmark.over));
            if !self.0.contains(&version) {
                self.0.push(version);
            }
        }
    }

    /// Whether there never was more than one.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The notes that lost unseen, the latest first, without those whose words the present note has taken up.
    pub(super) fn lost(&self, present: &str, now: Timestamp) -> Vec<OtherNote<'_>> {
        let mut latest_first: Vec<_> = self.0.iter().collect();
        latest_first.sort_by_cached_key(|(stamp, note)| std::cmp::Reverse((*stamp, json::note_bytes(note))));
        let mut lost: Vec<OtherNote<'_>> = Vec::new();
        for (stamp, note) in latest_first {
            let Some(words) = note.0.as_deref().filter(|words| !present.contains(words)) else { continue };
            let rank = (*stamp, json::note_bytes(note));
            let winners = self.0.iter().filter(|(winner, other)| {
                other.1.is_some_and(|over| over < *stamp) && (*winner, json::note_bytes(other)) > rank
            });
            let Some(won) = winners.map(|(winner, _)| winner.ms).max() else { continue };
            if won + OFFERED_MS < now.as_millisecond() || lost.iter().any(|other| other.note == words) {
                continue;
            }
            let written = Timestamp::from_millisecond(stamp.ms).unwrap_or_default();
            lost.push(OtherNote { note: words, device: stamp.device, written });
        }
        lost
    }
}
