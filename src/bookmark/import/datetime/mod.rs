//! Reads dates and times as programs and devices write them, in many languages and orders. Without a zone, UTC is
//! assumed.
//!
//! [`tokens`] splits a text and finds the date, the clock and the zone; [`names`] lists the words for them.

mod names;
#[cfg(test)]
mod tests;
mod tokens;

use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use tokens::Tokens;
pub(super) use tokens::ascii_digits;

/// Longest text that is read as a time, in bytes.
const MAX_LENGTH: usize = 300;

/// The order in which a file writes day and month: `3/4/2026` is the third of April or the fourth of March.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DateOrder {
    month_first: bool,
}

impl DateOrder {
    /// Infers the order from all times of a file: the one in which fewer are impossible, contradict their weekday, or
    /// break the file's own sorting, in whichever direction. If nothing decides, the day comes first, as it does
    /// everywhere in this program.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let numeric = texts.filter(|text| text.len() <= MAX_LENGTH && text.contains(['/', '-']));
        let (mut wrong, mut before) = ([(0_u32, [0_u32; 2]); 2], [None; 2]);
        for tokens in numeric.map(Tokens::of).filter(Tokens::is_ambiguous) {
            for (month_first, (wrong, before)) in [false, true].into_iter().zip(wrong.iter_mut().zip(&mut before)) {
                let day = tokens.in_order(month_first);
                wrong.0 += u32::from(day.is_none());
                if let Some((day, before)) = day.zip(*before) {
                    let [rising, falling] = &mut wrong.1;
                    *rising += u32::from(day < before);
                    *falling += u32::from(day > before);
                }
                *before = day.or(*before);
            }
        }
        let [day_first, month_first] = wrong.map(|(wrong, [rising, falling])| (wrong, rising.min(falling)));
        Self { month_first: month_first < day_first }
    }

    /// Reads a point in time: RFC 3339, `2026-11-23 09:15:04`, a date alone (midnight), or a date and a clock in words.
    ///
    /// A weekday decides where the numbers alone are ambiguous. Returns none if there is no date, or if the time of day
    /// or the zone is invalid: a wrong time is worse than none.
    pub(super) fn read(self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if text.is_empty() || text.len() > MAX_LENGTH {
            return None;
        }
        if has_unknown_zone(text) {
            return None;
        }
        let strict = text.replacen(' ', "T", 1);
        for strict in [text, &strict] {
            if let Ok((time, zone)) = strict.parse().and_then(|time| Ok((time, Pieces::parse(strict)?))) {
                let zone = zone.to_numeric_offset().map_or(0, jiff::tz::Offset::seconds);
                return tokens::is_possible_offset(zone / 60).then_some(time);
            }
        }
        if let Ok(time) = strict.parse::<DateTime>() {
            return in_utc(time);
        }
        let tokens = Tokens::of(text);
        let date = tokens.date(self.month_first).or_else(|| tokens.date(!self.month_first))?;
        let (time, zone) = tokens.clock(&date)?;
        in_utc(date.day.to_datetime(time))?.checked_sub(SignedDuration::from_mins(i64::from(zone))).ok()
    }
}

/// Whether the clock is followed by a word that is written like a zone, but by no known zone.
fn has_unknown_zone(text: &str) -> bool {
    let is_clock = |c: char| c == ':' || c == '：';
    let Some((_, behind)) = text.rsplit_once(is_clock) else { return false };
    let is_full_name = ["Standard Time", "Daylight Time", "Summer Time"].iter().any(|name| behind.contains(name));
    if is_full_name {
        return !Tokens::is_known_zone(behind);
    }
    let words = behind.split(|c: char| !c.is_alphanumeric() && c != '.').skip(1);
    let mut zones = words.filter(|word| {
        (2..=5).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && !Tokens::is_time_word(word)
    });
    let first = zones.next();
    first.is_some_and(|first| ![Some(first), zones.next()].into_iter().flatten().any(Tokens::is_known_zone))
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(time).ok()
}

/// A date found among the tokens of a text.
#[derive(Clone, Copy, Debug)]
struct DateMatch {
    day: Date,
    /// The index of its last token.
    last: usize,
}
