//! The parts of a query: words and fields, and what is wrong with them.

use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::text::alike::nearest;
use crate::text::fold::fold;

use super::{AnchorState, Color, UNCHECKED};

/// A query that means nothing: where, why, and what to do about it. Whoever shows it has to sanitise it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadQuery {
    /// Which character of the query the wrong part begins with, from 1.
    pub at: usize,
    /// The wrong part, as it was typed.
    pub part: String,
    /// What is wrong with it.
    pub what: String,
    /// What would be right.
    pub hint: String,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” at character {}: {}", self.part, self.at, self.what)
    }
}

impl std::error::Error for BadQuery {}

/// What may stand before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Tag,
    Color,
    Title,
    Source,
    Entity,
    Before,
    After,
    State,
}

/// The fields by name.
const FIELDS: [(&str, Field); 9] = [
    ("tag", Field::Tag),
    ("color", Field::Color),
    ("title", Field::Title),
    ("source", Field::Source),
    ("entity", Field::Entity),
    ("before", Field::Before),
    ("after", Field::After),
    ("state", Field::State),
    ("colour", Field::Color),
];

impl Field {
    /// What it takes behind the colon.
    fn wanted(self) -> &'static str {
        match self {
            Self::Before | Self::After => "a day like 2026-11-20, a month, a year, or 7d for seven days ago",
            Self::State => "anchored, approximate (or ≈), orphan, unchecked",
            Self::Color => "yellow, green, blue, pink, orange, purple",
            Self::Tag => "the beginning of a tag",
            Self::Title => "a word of the headline",
            Self::Source => "a word of the publication or address",
            Self::Entity => "a name, in quotation marks if it has several words",
        }
    }
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it asks about; words are looked for everywhere.
    pub(super) field: Option<Field>,
    /// What is looked for, folded; never blank.
    pub(super) value: String,
    at: usize,
    typed: String,
    /// What was typed before the colon.
    name: String,
}

/// Divides a query at blanks; what stands in quotation marks is one, colons and all.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, BadQuery> {
    let (mut tokens, mut raw, mut quote) = (Vec::new(), Raw::default(), None);
    for (at, c) in (1..).zip(text.chars()) {
        if c.is_whitespace() && quote.is_none() {
            tokens.extend(std::mem::take(&mut raw).read()?);
            continue;
        }
        if raw.typed.is_empty() {
            raw.at = at;
        }
        raw.typed.push(c);
        match fold(c.encode_utf8(&mut [0; 4])).as_str() {
            "\"" => {
                quote = if quote.is_some() { None } else { Some(at) };
                raw.quoted = true;
            }
            ":" if quote.is_none() && !raw.quoted && raw.field.is_none() => {
                raw.field = Some(std::mem::take(&mut raw.value));
            }
            _ => raw.value.push(c),
        }
    }
    if let Some(at) = quote {
        let part = text.chars().skip(at - 1).collect();
        let what = "the quotation mark is not closed".to_owned();
        return Err(BadQuery { at, part, what, hint: "close it, or leave it out".to_owned() });
    }
    tokens.extend(raw.read()?);
    Ok(tokens)
}

/// A part as it was typed.
#[derive(Debug, Default)]
struct Raw {
    at: usize,
    typed: String,
    /// What stands before the first colon.
    field: Option<String>,
    /// The rest, without quotation marks.
    value: String,
    quoted: bool,
}

impl Raw {
    /// None for what is between two blanks.
    fn read(self) -> Result<Option<Token>, BadQuery> {
        if self.typed.is_empty() {
            return Ok(None);
        }
        let bad = |what: String, hint: String| BadQuery { at: self.at, part: self.typed.clone(), what, hint };
        let (field, name, value) = match &self.field {
            // An address, and a time of day, have colons too.
            Some(name) if self.value.starts_with("//") || !is_name(name) => {
                (None, "", format!("{name}:{}", self.value))
            }
            Some(name) => {
                let folded = fold(name);
                let known = FIELDS.iter().find(|(known, _)| *known == folded);
                let (_, field) = known.ok_or_else(|| bad(format!("there is no field {name}:"), unknown(&folded)))?;
                let value = if *field == Field::Tag { self.value.trim_start_matches('#') } else { &self.value };
                (Some(*field), name.as_str(), value.to_owned())
            }
            None => match self.value.strip_prefix(['#', '＃']).filter(|_| !self.typed.starts_with(is_quote)) {
                Some(tag) => (Some(Field::Tag), "", tag.to_owned()),
                None => (None, "", self.value.clone()),
            },
        };
        let value = fold(&value);
        if value.trim().is_empty() {
            let (what, hint) = match field {
                Some(field) => {
                    let colon = if name.is_empty() { "#" } else { ":" };
                    ("nothing stands behind it", format!("{name}{colon} takes {}", field.wanted()))
                }
                None => ("there is nothing in it to look for", "leave it out".to_owned()),
            };
            return Err(bad(what.to_owned(), hint));
        }
        let name = name.to_owned();
        Ok(Some(Token { field, value, at: self.at, typed: self.typed, name }))
    }
}

fn is_quote(c: char) -> bool {
    fold(c.encode_utf8(&mut [0; 4])) == "\""
}

/// Whether somebody meant a field by that: letters, perhaps with a sign before them.
fn is_name(name: &str) -> bool {
    let letters = name.trim_start_matches(['-', '+', '(', '!']);
    !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'))
}

/// What to do about a field that is not there.
fn unknown(name: &str) -> String {
    let names = FIELDS.map(|(name, _)| name);
    let meant = nearest(name, names).map(|near| format!("did you mean {near}:? ")).unwrap_or_default();
    let all: Vec<String> = names.iter().filter(|name| **name != "colour").map(|name| format!("{name}:")).collect();
    format!("{meant}the fields are {}; in quotation marks it is looked for as it stands", all.join(" "))
}

impl Token {
    /// `what` is wrong with the value; `names` are those it could be.
    fn bad<'a>(&self, what: &str, names: impl IntoIterator<Item = &'a str>) -> BadQuery {
        let meant = nearest(&self.value, names).map(|near| format!("did you mean {}:{near}? ", self.name));
        let wanted = self.field.map_or("", Field::wanted);
        let hint = format!("{}{}: takes {wanted}", meant.unwrap_or_default(), self.name);
        BadQuery { at: self.at, part: self.typed.clone(), what: what.to_owned(), hint }
    }

    /// Whether the value begins the name of a colour.
    pub(super) fn color(&self, is_other: &dyn Fn(&str) -> bool) -> Result<(), BadQuery> {
        let is_known = Color::ALL.iter().any(|color| color.name().starts_with(&self.value));
        if is_known || is_other(&self.value) {
            return Ok(());
        }
        Err(self.bad("there is no such colour", Color::ALL.iter().map(Color::name)))
    }

    /// The states whose names begin with the value.
    pub(super) fn states(&self) -> Result<Vec<&'static str>, BadQuery> {
        if self.value == "≈" {
            return Ok(vec![AnchorState::Approximate.name()]);
        }
        let names = || AnchorState::ALL.into_iter().map(AnchorState::name).chain([UNCHECKED]);
        let meant: Vec<&str> = names().filter(|name| name.starts_with(&self.value)).collect();
        if meant.is_empty() { Err(self.bad("there is no such state", names())) } else { Ok(meant) }
    }

    /// The time that the value, a day (its beginning, UTC) or an age, means.
    pub(super) fn moment(&self, now: Timestamp) -> Result<Timestamp, BadQuery> {
        moment(&self.value, now).ok_or_else(|| self.bad("this is no day", []))
    }
}

fn moment(word: &str, now: Timestamp) -> Option<Timestamp> {
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i16>().ok())?;
    if let Some(days) = word.strip_suffix('d') {
        let age = SignedDuration::from_hours(i64::from(number(days)?).saturating_mul(24));
        return now.checked_sub(age).ok();
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
    use crate::bookmark::{Filter, QueryContext};

    fn read(text: &str) -> Result<Filter, BadQuery> {
        Filter::read(
            text,
            QueryContext {
                now: Timestamp::UNIX_EPOCH,
                names: &|_| Vec::new(),
                has_color: &|name| "teal".starts_with(name),
            },
        )
    }

    #[test]
    fn what_means_nothing_is_refused_with_its_place_and_a_hint() {
        for (text, at, part, hint) in [
            ("state:foo", 1, "state:foo", "anchored, approximate"),
            ("rents state:orphn", 7, "state:orphn", "did you mean state:orphan?"),
            ("é  before:tomorrow", 4, "before:tomorrow", "2026-11-20"),
            ("color:", 1, "color:", "yellow, green"),
            ("colour:pikn", 1, "colour:pikn", "did you mean colour:pink?"),
            ("COLOR:\"\"", 1, "COLOR:\"\"", "yellow, green"),
            ("after:2026-13", 1, "after:2026-13", "7d"),
            ("after:2026-02-30", 1, "after:2026-02-30", "7d"),
            ("after:2026-01-01-01", 1, "after:2026-01-01-01", "7d"),
            ("after:2026-+1", 1, "after:2026-+1", "7d"),
            ("after:2026-1", 1, "after:2026-1", "7d"),
            ("after:-7d", 1, "after:-7d", "7d"),
            ("after:d", 1, "after:d", "7d"),
            ("before:99999d", 1, "before:99999d", "7d"),
            ("entity:", 1, "entity:", "a name"),
            ("#", 1, "#", "the beginning of a tag"),
            ("tag:#", 1, "tag:#", "the beginning of a tag"),
            ("colr:pink", 1, "colr:pink", "did you mean color:?"),
            ("note: this", 1, "note:", "the fields are tag: color:"),
            ("-color:pink", 1, "-color:pink", "the fields are"),
            ("rents \"fell in", 7, "\"fell in", "close it"),
            ("entity:“Ann Reed", 8, "“Ann Reed", "close it"),
            ("rents \"\"", 7, "\"\"", "leave it out"),
            ("\u{200b}", 1, "\u{200b}", "leave it out"),
        ] {
            let bad = read(text).expect_err(text);
            assert_eq!((bad.at, bad.part.as_str()), (at, part), "{text}");
            assert!(bad.hint.contains(hint), "{text}: {}", bad.hint);
        }
    }

    #[test]
    fn what_means_something_is_read() {
        for text in [
            "",
            "  ",
            "before:2026",
            "before:2026-11",
            "before:2026-11-20",
            "after:7d",
            "state:a",
            "color:p",
            "color:teal",
            "http://example.com/a:b",
            "10:30",
            "\"note: this\"",
            "7d",
            "c#",
            "don’t",
        ] {
            assert!(read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_stands_in_quotation_marks_is_one() {
        let found = tokens(r#"a “b c” entity:"d e" "state:x" #"f g" "#).unwrap();
        let found: Vec<(Option<Field>, &str)> = found.iter().map(|token| (token.field, token.value.as_str())).collect();
        let wanted =
            [(None, "a"), (None, "b c"), (Some(Field::Entity), "d e"), (None, "state:x"), (Some(Field::Tag), "f g")];
        assert_eq!(found, wanted);
    }
}
