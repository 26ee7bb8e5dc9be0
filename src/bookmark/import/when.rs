//! Times as programs and devices write them, in many languages and orders. What names no zone is taken for UTC.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Longest time that is looked at, in bytes.
const LONGEST: usize = 120;

/// The months in the languages a Kindle can be set to, by number.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "января"],
    &["february", "feb", "februar", "février", "febrero", "febbraio", "fevereiro", "februari", "февраля"],
    &["march", "mar", "märz", "mars", "marzo", "março", "maart", "марта"],
    &["april", "apr", "avril", "abril", "aprile", "апреля"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "мая"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "junho", "июня"],
    &["july", "jul", "juli", "juillet", "julio", "luglio", "julho", "июля"],
    &["august", "aug", "août", "agosto", "augustus", "августа"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro", "сентября"],
    &["october", "oct", "oktober", "octobre", "octubre", "ottobre", "outubro", "октября"],
    &["november", "nov", "novembre", "noviembre", "novembro", "ноября"],
    &["december", "dec", "dezember", "décembre", "diciembre", "dicembre", "dezembro", "декабря"],
];

/// Reads a point in time: RFC 3339, `2026-11-23 09:15:04`, a date alone (midnight), or a date and a clock in words.
///
/// `3/4/2026` is read day first unless that is impossible, as everywhere in this program. None if there is no date.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let strict = text.replacen(' ', "T", 1);
    if let Ok(time) = strict.parse() {
        return Some(time);
    }
    if let Ok(time) = strict.parse::<DateTime>() {
        return in_utc(time);
    }
    let words = Words::of(text);
    let date = words.date()?;
    in_utc(date.to_datetime(words.clock().unwrap_or(Time::midnight())))
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(time).ok()
}

/// A text as numbers and words, in order, with what stands right before each.
struct Words<'a> {
    parts: Vec<(&'a str, &'a str)>,
    lower: String,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut parts = Vec::new();
        let (mut gap, mut start) = (0, None::<(usize, bool)>);
        let mut push = |from: usize, to: usize, gap: &mut usize| {
            parts.push((text.get(*gap..from).unwrap_or_default(), text.get(from..to).unwrap_or_default()));
            *gap = to;
        };
        for (at, c) in text.char_indices() {
            let kind = (c.is_ascii_digit() || c.is_alphabetic()).then(|| c.is_ascii_digit());
            match (start, kind) {
                (Some((from, was)), kind) if kind != Some(was) => {
                    push(from, at, &mut gap);
                    start = kind.map(|kind| (at, kind));
                }
                (None, Some(kind)) => start = Some((at, kind)),
                _ => {}
            }
        }
        if let Some((from, _)) = start {
            push(from, text.len(), &mut gap);
        }
        Self { parts, lower: text.to_lowercase() }
    }

    /// Whether part `at` is joined to the part before it by this sign.
    fn is_after(&self, at: usize, sign: &str) -> bool {
        self.parts.get(at).is_some_and(|(before, _)| *before == sign)
    }

    fn number(&self, at: usize) -> Option<i16> {
        self.parts.get(at)?.1.parse().ok()
    }

    /// The first hours and minutes, with or without seconds, with or without half of the day.
    fn clock(&self) -> Option<Time> {
        let at = (1..self.parts.len()).find(|at| self.is_after(*at, ":") && self.number(*at).is_some())?;
        let second = if self.is_after(at + 1, ":") { self.number(at + 1)? } else { 0 };
        let hour = self.number(at - 1)?;
        let half = |words: &[&str]| words.iter().any(|word| self.lower.contains(word));
        // "am" alone is a word of German ("am Montag"): only right after the clock is it the morning.
        let after = self.parts.iter().skip(at + 1).find(|(_, part)| part.starts_with(char::is_alphabetic));
        let after = after.map(|(_, part)| part.to_lowercase()).unwrap_or_default();
        let is_later = after == "pm" || after == "p" || half(&["下午", "午後", "오후"]);
        let is_early = after == "am" || after == "a" || half(&["上午", "午前", "오전"]);
        let hour = match hour {
            12 if is_early => 0,
            1..=11 if is_later => hour + 12,
            hour => hour,
        };
        Time::new(i8::try_from(hour).ok()?, i8::try_from(self.number(at)?).ok()?, i8::try_from(second).ok()?, 0).ok()
    }

    fn date(&self) -> Option<Date> {
        let date =
            |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        let is_clock = |at: usize| self.is_after(at, ":") || self.is_after(at + 1, ":");
        let numbers: Vec<(usize, i16)> =
            (0..self.parts.len()).filter(|at| !is_clock(*at)).filter_map(|at| Some((at, self.number(at)?))).collect();
        let is_year = |number: i16| (1900..=9999).contains(&number);
        let month = |part: &str| {
            let part = part.to_lowercase();
            MONTHS
                .iter()
                .position(|names| names.contains(&part.as_str()))
                .and_then(|index| i16::try_from(index + 1).ok())
        };
        let named = self.parts.iter().enumerate().find_map(|(at, (_, part))| Some((at, month(part)?)));
        if let Some((at, month)) = named {
            let year = numbers.iter().map(|(_, number)| *number).find(|number| is_year(*number))?;
            // The day stands beside the month, before it in most languages.
            let days = numbers.iter().filter(|(_, number)| (1..=31).contains(number));
            let (_, day) = days.min_by_key(|(place, _)| (place.abs_diff(at), *place > at))?;
            return date(year, month, *day);
        }
        let mut triples = numbers.windows(3).filter_map(|window| match *window {
            [(_, one), (_, two), (_, three)] if is_year(one) => date(one, two, three),
            [(_, one), (_, two), (_, three)] if is_year(three) => {
                date(three, two, one).or_else(|| date(three, one, two))
            }
            _ => None,
        });
        triples.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_of_many_programs_and_languages() {
        for text in [
            "2026-11-23T09:15:04Z",
            "2026-11-23 09:15:04",
            "2026-11-23 09:15:04+00:00",
            "2026-11-23T10:15:04+0100",
            "Monday, November 23, 2026 09:15:04 AM",
            "Added on Monday, 23 November 2026 09:15:04",
            "November 23, 2026 9:15:04 a.m.",
            "Hinzugefügt am Montag, 23. November 2026 09:15:04",
            "Ajouté le lundi 23 novembre 2026 09:15:04",
            "Añadido el lunes, 23 de noviembre de 2026 9:15:04",
            "Aggiunto in data lunedì 23 novembre 2026 09:15:04",
            "Adicionado: segunda-feira, 23 de novembro de 2026 09:15:04",
            "Toegevoegd op maandag 23 november 2026 09:15:04",
            "Добавлено: понедельник, 23 ноября 2026 г. в 9:15:04",
            "作成日: 2026年11月23日月曜日 9:15:04",
            "添加于 2026年11月23日星期一 上午9:15:04",
            "23/11/2026 09:15:04",
            "11/23/2026 09:15:04",
        ] {
            assert_eq!(time(text).map(|time| time.to_string()).as_deref(), Some("2026-11-23T09:15:04Z"), "{text}");
        }
    }

    #[test]
    fn afternoons_midnights_and_days_alone() {
        for (text, wanted) in [
            ("December 1, 2026 12:00:00 AM", "2026-12-01T00:00:00Z"),
            ("Dienstag, 1. Dezember 2026 um 21:30 Uhr", "2026-12-01T21:30:00Z"),
            ("Tuesday, December 1, 2026 9:30:10 PM", "2026-12-01T21:30:10Z"),
            ("2026年12月1日 下午9:30:10", "2026-12-01T21:30:10Z"),
            ("3/4/2026", "2026-04-03T00:00:00Z"),
            ("2026-12-01", "2026-12-01T00:00:00Z"),
        ] {
            assert_eq!(time(text).map(|time| time.to_string()).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "soon", "99/99/2026", "2026", "Monday 09:15:04", "31 February 2026"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(text in "\\PC{0,60}|[0-9:/ ,年月日ap.m-]{0,40}") {
            let _ = time(&text);
        }
    }
}
