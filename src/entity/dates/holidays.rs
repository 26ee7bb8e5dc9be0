//! Feasts and days of remembrance that fall on the same day every year.

use super::Dates;
use super::written::Written;

/// Names in lower case, with month and day. Only days that are the same everywhere: an Independence Day is not. Sources:
/// the General Roman Calendar, the United Nations' list of international days, and national law for the national days.
const HOLIDAYS: [(&str, i8, i8); 40] = [
    ("new year's eve", 12, 31),
    ("new year's day", 1, 1),
    ("new year", 1, 1),
    ("epiphany", 1, 6),
    ("australia day", 1, 26),
    ("burns night", 1, 25),
    ("candlemas", 2, 2),
    ("groundhog day", 2, 2),
    ("valentine's day", 2, 14),
    ("international women's day", 3, 8),
    ("st patrick's day", 3, 17),
    ("st. patrick's day", 3, 17),
    ("saint patrick's day", 3, 17),
    ("april fools' day", 4, 1),
    ("april fool's day", 4, 1),
    ("earth day", 4, 22),
    ("st george's day", 4, 23),
    ("anzac day", 4, 25),
    ("may day", 5, 1),
    ("cinco de mayo", 5, 5),
    ("juneteenth", 6, 19),
    ("midsummer's day", 6, 24),
    ("canada day", 7, 1),
    ("fourth of july", 7, 4),
    ("bastille day", 7, 14),
    ("assumption day", 8, 15),
    ("halloween", 10, 31),
    ("all saints' day", 11, 1),
    ("all souls' day", 11, 2),
    ("bonfire night", 11, 5),
    ("guy fawkes night", 11, 5),
    ("armistice day", 11, 11),
    ("veterans day", 11, 11),
    ("st andrew's day", 11, 30),
    ("world aids day", 12, 1),
    ("human rights day", 12, 10),
    ("christmas eve", 12, 24),
    ("christmas day", 12, 25),
    ("christmas", 12, 25),
    ("boxing day", 12, 26),
];

/// The words with which they begin.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    HOLIDAYS.iter().map(|(name, ..)| name.split([' ', '\'']).next().unwrap_or(name))
}

impl Dates<'_> {
    /// "On Christmas Eve", "by New Year's Day", "Boxing Day 2004". Without a word of time before it or a year behind it
    /// the feast itself is meant.
    pub(super) fn holiday(&self, at: usize) -> super::Match {
        let (end, month, day) =
            HOLIDAYS.iter().find_map(|&(name, month, day)| Some((self.reads(at, name)?, month, day)))?;
        let dated = self.year_at(end);
        let is_time = matches!(
            self.before(at),
            "on" | "by"
                | "since"
                | "until"
                | "till"
                | "before"
                | "after"
                | "at"
                | "around"
                | "from"
                | "last"
                | "this"
                | "next"
        );
        if dated.is_none() && !is_time {
            return None;
        }
        let (end, year) = dated.map_or((end, None), |(end, year)| (end, Some(year)));
        let written = Written { end, year, month: Some(month), day: Some(day), weekday: None };
        Some((end, self.resolved(&written, self.side(at, end))))
    }

    /// The word after `phrase` (lower case) if it stands at `at`; the possessive is a token of its own.
    fn reads(&self, mut at: usize, phrase: &str) -> Option<usize> {
        let mut rest = phrase;
        while !rest.is_empty() {
            let word = self.lower(at);
            rest = rest.strip_prefix(word).filter(|_| !word.is_empty())?;
            at += 1;
            rest = match rest.strip_prefix(' ') {
                Some(next) => next,
                None if rest.is_empty() || rest.starts_with('\'') => rest,
                None => return None,
            };
        }
        Some(at)
    }
}
