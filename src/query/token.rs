//! The parts of a query: words, phrases in quotation marks, and fields with a value.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::text::alike::nearest;
use crate::text::fold::fold;

use super::BadQuery;

/// The fields of the queries for one kind of list.
#[derive(Debug)]
pub struct Vocabulary<F: 'static> {
    /// The fields by name; of several names of one field, the first is recommended.
    pub fields: &'static [(&'static str, F)],
    /// A description of the values of a field, for hints.
    pub value_hint: fn(F) -> &'static str,
    /// The field that `#` stands for.
    pub tag: F,
    /// Whether `-` before a part negates it.
    pub negates: bool,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<F> {
    /// The field; none for words, which are searched for everywhere.
    pub field: Option<F>,
    /// Whether it must not match.
    pub negated: bool,
    /// What is searched for, folded; never blank.
    pub value: String,
    at: usize,
    typed: String,
    /// What was typed before the colon.
    name: String,
    value_hint: &'static str,
}

/// Splits a query at blanks; a phrase in quotation marks is one part, including its colons.
///
/// # Errors
/// If a part is invalid.
pub fn tokens<F: Copy + PartialEq>(text: &str, vocabulary: &Vocabulary<F>) -> Result<Vec<Token<F>>, BadQuery> {
    let (mut tokens, mut part, mut quote) = (Vec::new(), Part::default(), None);
    for (at, c) in (1..).zip(text.chars()) {
        if c.is_whitespace() && quote.is_none() {
            tokens.extend(std::mem::take(&mut part).read(vocabulary)?);
            continue;
        }
        if part.typed.is_empty() {
            part.at = at;
            part.typed.push(c);
            if c == '-' && vocabulary.negates {
                part.negated = true;
                continue;
            }
        } else {
            part.typed.push(c);
        }
        match fold(c.encode_utf8(&mut [0; 4])).as_str() {
            "\"" => {
                quote = if quote.is_some() { None } else { Some(at) };
                part.quoted = true;
            }
            ":" if quote.is_none() && !part.quoted && part.field.is_none() => {
                part.field = Some(std::mem::take(&mut part.value));
            }
            _ => part.value.push(c),
        }
    }
    if let Some(at) = quote {
        let part = text.chars().skip(at - 1).collect();
        let what = "the quotation mark is not closed".to_owned();
        return Err(BadQuery { at, part, what, hint: "close it, or leave it out".to_owned() });
    }
    tokens.extend(part.read(vocabulary)?);
    Ok(tokens)
}

/// A part as it was typed.
#[derive(Debug, Default)]
struct Part {
    at: usize,
    typed: String,
    negated: bool,
    /// What is before the first colon.
    field: Option<String>,
    /// The rest, without quotation marks.
    value: String,
    quoted: bool,
}

impl Part {
    /// The token; none if the part is empty.
    fn read<F: Copy + PartialEq>(self, vocabulary: &Vocabulary<F>) -> Result<Option<Token<F>>, BadQuery> {
        if self.typed.is_empty() {
            return Ok(None);
        }
        let bad = |what: String, hint: String| BadQuery { at: self.at, part: self.typed.clone(), what, hint };
        let (field, name, value) = match &self.field {
            // Addresses and times of day have colons too.
            Some(name) if self.value.starts_with("//") || !is_name(name) => {
                (None, "", format!("{name}:{}", self.value))
            }
            Some(name) => {
                let folded = fold(name);
                let known = vocabulary.fields.iter().find(|(known, _)| *known == folded);
                let (_, field) =
                    known.ok_or_else(|| bad(format!("there is no field {name}:"), unknown(&folded, vocabulary)))?;
                let is_tag = *field == vocabulary.tag;
                let value = if is_tag { self.value.trim_start_matches('#') } else { &self.value };
                (Some(*field), name.as_str(), value.to_owned())
            }
            None => match self.value.strip_prefix(['#', '＃']).filter(|_| !self.begins_quoted()) {
                Some(tag) => (Some(vocabulary.tag), "", tag.to_owned()),
                None => (None, "", self.value.clone()),
            },
        };
        let value_hint = field.map_or("", vocabulary.value_hint);
        let value = fold(&value);
        if value.trim().is_empty() {
            let (what, hint) = match field {
                Some(_) => {
                    let colon = if name.is_empty() { "#" } else { ":" };
                    ("it has no value", format!("{name}{colon} takes {value_hint}"))
                }
                None => ("it contains nothing to search for", "leave it out".to_owned()),
            };
            return Err(bad(what.to_owned(), hint));
        }
        let name = name.to_owned();
        Ok(Some(Token { field, negated: self.negated, value, at: self.at, typed: self.typed, name, value_hint }))
    }

    fn begins_quoted(&self) -> bool {
        self.typed.chars().nth(usize::from(self.negated)).is_some_and(|c| fold(c.encode_utf8(&mut [0; 4])) == "\"")
    }
}

/// Whether this looks like the name of a field: letters, perhaps after a sign.
fn is_name(name: &str) -> bool {
    let letters = name.trim_start_matches(['-', '+', '(', '!']);
    !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'))
}

/// The hint about an unknown field.
fn unknown<F: Copy + PartialEq>(name: &str, vocabulary: &Vocabulary<F>) -> String {
    let fields = vocabulary.fields;
    let meant = nearest(name, fields.iter().map(|(name, _)| *name));
    let meant = meant.map(|near| format!("did you mean {near}:? ")).unwrap_or_default();
    let is_first = |at: usize, field: F| fields.iter().take(at).all(|(_, other)| *other != field);
    let recommended = fields.iter().enumerate().filter(|(at, (_, field))| is_first(*at, *field));
    let all: Vec<String> = recommended.map(|(_, (name, _))| format!("{name}:")).collect();
    format!("{meant}the fields are {}; put it in quotation marks to search for it literally", all.join(" "))
}

impl<F> Token<F> {
    /// The error that `what` is wrong with the value; `names` are the valid ones.
    pub fn error<'a>(&self, what: &str, names: impl IntoIterator<Item = &'a str>) -> BadQuery {
        let meant = nearest(&self.value, names).map(|near| format!("did you mean {}:{near}? ", self.name));
        let hint = format!("{}{}: takes {}", meant.unwrap_or_default(), self.name, self.value_hint);
        BadQuery { at: self.at, part: self.typed.clone(), what: what.to_owned(), hint }
    }

    /// The time given by the value: a day (its beginning in UTC) or an age.
    ///
    /// # Errors
    /// If it is neither.
    pub fn moment(&self, now: Timestamp) -> Result<Timestamp, BadQuery> {
        moment(&self.value, now).ok_or_else(|| self.error("this is not a day", []))
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
