//! The parts of a query: words, phrases in quotation marks, and fields with a value.

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};

use super::BadQuery;
use crate::text::alike::nearest;
use crate::text::fold::fold;

/// The fields of the queries for one kind of list.
#[derive(Debug)]
pub struct Vocabulary<F: 'static> {
    /// The fields by name; of several names of one field, the first is recommended.
    pub fields: &'static [(&'static str, F)],
    /// A description of the values of a field, for hints.
    pub value_hint: fn(F) -> &'static str,
    /// The field that `#` stands for.
    pub tag: F,
    /// Fields of other lists, which nothing answers to here, and why.
    pub elsewhere: &'static [(&'static str, &'static str)],
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<F> {
    /// The field; none for words, which are searched for everywhere.
    pub field: Option<F>,
    /// What is searched for, as it was typed, without the quotation marks; never blank.
    pub value: String,
    /// Whether the query ends here in the middle of a word: nothing follows it, and no quotation mark encloses it.
    pub is_open: bool,
    /// The character at which it begins, from 1.
    pub(super) at: usize,
    /// The whole part, as it was typed.
    pub(super) typed: String,
    /// The name of the field, as it was typed.
    pub(super) name: String,
    pub(super) value_hint: &'static str,
}

impl<F: Copy + PartialEq> Vocabulary<F> {
    /// The field with this name, folded.
    pub(super) fn field(&self, name: &str) -> Option<F> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }

    /// The names of the fields, each field once.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let is_first = |at: usize, field: F| self.fields.iter().take(at).all(|(_, other)| *other != field);
        self.fields.iter().enumerate().filter(move |(at, (_, field))| is_first(*at, *field)).map(|(_, (name, _))| *name)
    }

    /// What is wrong with a field that is not known, and what would be right.
    pub(super) fn unknown(&self, name: &str) -> (String, String) {
        let folded = fold(name);
        if let Some((_, why)) = self.elsewhere.iter().find(|(known, _)| *known == folded) {
            return ((*why).to_owned(), "put it in quotation marks to search for the words".to_owned());
        }
        let meant = nearest(&folded, self.fields.iter().map(|(name, _)| *name));
        let meant = meant.map(|near| format!("did you mean {near}:? ")).unwrap_or_default();
        let all: Vec<String> = self.names().map(|name| format!("{name}:")).collect();
        let hint =
            format!("{meant}the fields are {}; put it in quotation marks to search for it literally", all.join(" "));
        (format!("there is no field {name}:"), hint)
    }
}

impl<F> Part<F> {
    /// The value, folded.
    pub fn folded(&self) -> String {
        fold(&self.value)
    }

    /// Whether a star ends the word, which is then only its beginning; in quotation marks it is no sign.
    pub fn has_star(&self) -> bool {
        self.typed.ends_with('*')
    }

    /// The error that `what` is wrong with the value; `names` are the valid ones.
    pub fn error<'a>(&self, what: &str, names: impl IntoIterator<Item = &'a str>) -> BadQuery {
        let value = self.folded();
        let names: Vec<&str> = names.into_iter().collect();
        let begun = names.iter().find(|name| name.starts_with(&value));
        let meant = begun.copied().or_else(|| nearest(&value, names));
        let meant = meant.map(|near| format!("did you mean {}:{near}? ", self.name));
        let hint = format!("{}{}: takes {}", meant.unwrap_or_default(), self.name, self.value_hint);
        self.bad(what, hint)
    }

    /// The error that `what` is wrong with this part.
    pub(super) fn bad(&self, what: &str, hint: impl Into<String>) -> BadQuery {
        BadQuery { at: self.at, part: self.typed.clone(), what: what.to_owned(), hint: hint.into() }
    }

    /// The time given by the value: the beginning of a day, month or year in UTC, or an age in days, weeks, months or years.
    ///
    /// # Errors
    /// If it is neither.
    pub fn moment(&self, now: Timestamp) -> Result<Timestamp, BadQuery> {
        moment(&self.folded(), now).ok_or_else(|| self.error("this is not a day", []))
    }
}

fn moment(word: &str, now: Timestamp) -> Option<Timestamp> {
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i16>().ok())?;
    if let Some((at, unit @ ('d' | 'w' | 'm' | 'y'))) = word.char_indices().next_back() {
        let count = number(word.get(..at)?)?;
        let age = match unit {
            'd' => Span::new().try_days(count),
            'w' => Span::new().try_weeks(count),
            'm' => Span::new().try_months(count),
            _ => Span::new().try_years(count),
        };
        return TimeZone::UTC
            .to_datetime(now)
            .checked_sub(age.ok()?)
            .ok()
            .and_then(|then| TimeZone::UTC.to_timestamp(then).ok());
    }
    let mut parts = word.split('-');
    let year = number(parts.next().filter(|year| year.len() == 4)?)?;
    let mut part = || parts.next().map_or(Some(1), |part| i8::try_from(number(part).filter(|_| part.len() == 2)?).ok());
    let (month, day) = (part()?, part()?);
    let start = TimeZone::UTC.to_timestamp(Date::new(year, month, day).ok()?.at(0, 0, 0, 0)).ok()?;
    parts.next().is_none().then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_ages_are_told_from_what_is_neither() {
        let now: Timestamp = "2026-03-31T12:00:00Z".parse().unwrap();
        for (word, wanted) in [
            ("2026", Some("2026-01-01T00:00:00Z")),
            ("2026-02", Some("2026-02-01T00:00:00Z")),
            ("2026-02-28", Some("2026-02-28T00:00:00Z")),
            ("7d", Some("2026-03-24T12:00:00Z")),
            ("2w", Some("2026-03-17T12:00:00Z")),
            ("1m", Some("2026-02-28T12:00:00Z")),
            ("1y", Some("2025-03-31T12:00:00Z")),
            ("2026-02-30", None),
            ("2026-1", None),
            ("2026-02-03-04", None),
            ("d", None),
            ("-7d", None),
            ("99999d", None),
            ("32000y", None),
            ("7é", None),
        ] {
            assert_eq!(moment(word, now), wanted.map(|time| time.parse().unwrap()), "{word}");
        }
    }
}
