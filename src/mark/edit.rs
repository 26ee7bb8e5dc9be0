//! Every way to change a mark.
//!
//! Nothing is changed in place: each edit returns a new revision, with a larger stamp on the field it changed, to be
//! appended to the log. An edit that changes nothing returns none. Undoing an edit is another edit.

use jiff::Timestamp;

use crate::article::{Position, TextHash};
use crate::journal::{BadTag, DeviceId, MAX_LINE, Register, Stamp, normalise};

use super::record::{ArticleSnapshot, Mark, VERSION, short_place, short_title, to_milliseconds};

/// What another program knows of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EarlierMarks {
    /// It was read.
    pub is_read: bool,
    /// It was given a star, or the like.
    pub is_starred: bool,
    /// It was taken out of the list.
    pub is_removed: bool,
}

impl Mark {
    /// With what another program knows, in the fields that nobody ever set here: what was done here is later.
    pub fn with_earlier(&self, earlier: EarlierMarks, device: DeviceId, now: Timestamp) -> Option<Self> {
        let mut next = self.clone();
        if earlier.is_read && self.read.at.is_none() {
            next = next.with_read(Some(now), device, now).unwrap_or(next);
        }
        if earlier.is_starred && self.starred.at.is_none() {
            next = next.with_starred(Some(now), device, now).unwrap_or(next);
        }
        if earlier.is_removed && self.removed.at.is_none() {
            next = next.with_removed(Some(now), device, now).unwrap_or(next);
        }
        (next != *self).then_some(next)
    }

    /// With the text and headline of the article; called before any other change, so that the article is recognised if it
    /// moves.
    pub fn with_article(&self, text: TextHash, title: &str, device: DeviceId, now: Timestamp) -> Option<Self> {
        let snapshot = ArticleSnapshot { text: Some(text), title: short_title(title) };
        self.with(snapshot, device, now, |mark| &mut mark.article)
    }

    /// Read at a time, or not read. An article that is read already keeps its time.
    pub fn with_read(&self, read: Option<Timestamp>, device: DeviceId, now: Timestamp) -> Option<Self> {
        self.with_time(read, device, now, |mark| &mut mark.read)
    }

    /// Starred at a time, or without a star.
    pub fn with_starred(&self, starred: Option<Timestamp>, device: DeviceId, now: Timestamp) -> Option<Self> {
        self.with_time(starred, device, now, |mark| &mut mark.starred)
    }

    /// Removed from the list at a time, or back in it.
    pub fn with_removed(&self, removed: Option<Timestamp>, device: DeviceId, now: Timestamp) -> Option<Self> {
        self.with_time(removed, device, now, |mark| &mut mark.removed)
    }

    /// With other tags, normalised.
    ///
    /// # Errors
    /// [`BadTag`], with the first that is refused.
    pub fn with_tags<T: AsRef<str>>(
        &self,
        tags: &[T],
        device: DeviceId,
        now: Timestamp,
    ) -> Result<Option<Self>, BadTag> {
        Ok(self.with(normalise(tags)?, device, now, |mark| &mut mark.tags))
    }

    /// Left at a place.
    pub fn with_place(&self, place: Option<Position>, device: DeviceId, now: Timestamp) -> Option<Self> {
        self.with(place.map(short_place), device, now, |mark| &mut mark.place)
    }

    fn with_time(
        &self,
        time: Option<Timestamp>,
        device: DeviceId,
        now: Timestamp,
        field: impl Fn(&mut Self) -> &mut Register<Option<Timestamp>>,
    ) -> Option<Self> {
        let mut next = self.clone();
        if field(&mut next).value.is_some() == time.is_some() {
            return None;
        }
        next.set(time.map(to_milliseconds), device, now, field);
        Some(next)
    }

    fn with<T: PartialEq>(
        &self,
        value: T,
        device: DeviceId,
        now: Timestamp,
        field: impl Fn(&mut Self) -> &mut Register<T>,
    ) -> Option<Self> {
        let mut next = self.clone();
        if field(&mut next).value == value {
            return None;
        }
        next.set(value, device, now, field);
        Some(next)
    }

    fn set<T>(&mut self, value: T, device: DeviceId, now: Timestamp, field: impl Fn(&mut Self) -> &mut Register<T>) {
        let (latest, first) = (self.latest_stamp(), Stamp::first(now, device));
        let register = field(self);
        let at = match latest {
            None => first,
            // Edits of several fields at one moment are one action, and share a stamp.
            Some(latest) if (latest.ms, latest.device) == (first.ms, device) && register.at < Some(latest) => latest,
            Some(latest) => latest.next(now, device),
        };
        *register = Register { value, at: Some(at) };
        self.version = VERSION;
        // Fields of other programs, which are in the logs of those anyway, must not make a line too long for a log.
        if !self.unknown.is_empty() && self.to_line().len() > MAX_LINE {
            self.unknown.clear();
        }
    }
}
