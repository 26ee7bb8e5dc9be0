//! JSON files: one value, several one after another, or one a line.

use std::borrow::Cow;

use serde_json::{Deserializer, Value};

use super::{At, Entries, Format, ImportError, Why, hypothesis, koreader, w3c, wallabag};
use crate::journal::{LineFault, is_deeper_than};

/// Deepest nesting of a JSON file: a record may have 32 levels, and lies in page, collection and list.
pub(super) const MAX_DEPTH: usize = 40;

/// The records of all values. The first of a known format says what the file is; a value that cannot be read costs itself
/// only.
pub(super) fn read(text: &str) -> Result<(Format, Entries), ImportError> {
    let text = &*mended(text);
    let (mut format, mut entries, mut failed) = (None, Entries::new(), None);
    for (line, value) in values(text) {
        match value.and_then(|value| known(&value)) {
            Ok((found, more)) => {
                format.get_or_insert(found);
                let before = entries.len();
                let numbered = more.into_iter().enumerate();
                entries.extend(numbered.map(|(index, (_, entry))| (At::Record(before + index + 1), entry)));
            }
            Err(error) => {
                let why = match &error {
                    ImportError::TooDeep => Why::Fault(LineFault::TooDeep),
                    ImportError::NotJson(reason) => Why::Fault(LineFault::NotJson(reason.clone())),
                    _ => Why::NoEntry,
                };
                entries.push((At::Line(line), Err(why)));
                failed.get_or_insert(error);
            }
        }
    }
    format.map(|format| (format, entries)).ok_or_else(|| failed.unwrap_or(ImportError::UnknownJson))
}

/// The values, each with the line it begins in.
fn values(text: &str) -> impl Iterator<Item = (usize, Result<Value, ImportError>)> {
    let (mut at, mut line, mut counted) = (0, 1, 0);
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start_matches(is_between).len());
        line += text.get(counted..start)?.matches('\n').count();
        counted = start;
        let rest = text.get(start..)?;
        let is_too_deep =
            |end: usize| text.get(start..end).is_some_and(|value| is_deeper_than(value.as_bytes(), MAX_DEPTH));
        let mut values = Deserializer::from_str(rest).into_iter();
        let value = match values.next()? {
            Ok(value) => {
                at = start + values.byte_offset().max(1);
                if is_too_deep(at) { Err(ImportError::TooDeep) } else { Ok(value) }
            }
            Err(error) => {
                // A fault in column 0 is the line break before.
                at = start + next_value(rest, error.line() - usize::from(error.column() == 0));
                Err(if is_too_deep(at) { ImportError::TooDeep } else { ImportError::NotJson(error.to_string()) })
            }
        };
        Some((line, value))
    })
}

/// Whether a character between values says nothing: blanks, a byte order mark where files were put one behind another, and
/// the separator of JSON text sequences (RFC 7464).
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{1e}')
}

/// `text` with what some programs write and JSON does not know in its nearest form, so that one such word does not cost the
/// whole file: half a surrogate pair is U+FFFD, a number that is none is `null`.
fn mended(text: &str) -> Cow<'_, str> {
    const NO_NUMBERS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];
    if !["\\ud", "\\uD", "NaN", "Infinity"].iter().any(|word| text.contains(word)) {
        return text.into();
    }
    let (mut out, mut rest, mut in_string) = (String::with_capacity(text.len()), text, false);
    while let Some(at) = rest.find(['"', '\\', 'N', 'I', '-']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let unit = |at: usize| {
            let digits = here.get(at..)?.strip_prefix("\\u")?.get(..4)?;
            u32::from_str_radix(digits, 16).ok()
        };
        let (new, old) = match here.chars().next() {
            Some('\\') if in_string => match (unit(0), unit(6)) {
                (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (here.get(..12), 12),
                (Some(0xd800..=0xdfff), _) => (Some("\\ufffd"), 6),
                // Whatever stands behind a backslash is no end of the string.
                _ => (None, 1 + here.chars().nth(1).map_or(0, char::len_utf8)),
            },
            Some('"') => {
                in_string = !in_string;
                (None, 1)
            }
            _ => match NO_NUMBERS.iter().find(|word| !in_string && here.starts_with(**word)) {
                Some(word) => (Some("null"), word.len()),
                None => (None, 1),
            },
        };
        let (told, behind) = here.split_at(old);
        out.push_str(new.unwrap_or(told));
        rest = behind;
    }
    out.push_str(rest);
    out.into()
}

/// Where, behind a fault in line number `line`, a value may begin: at the start of a line, as where each has its own.
fn next_value(text: &str, line: usize) -> usize {
    let fault = text.match_indices('\n').nth(line.saturating_sub(1)).map_or(text.len(), |(end, _)| end);
    let begins = |end: &usize| {
        text.get(end + 1..).is_some_and(|rest| rest.trim_start_matches('\u{feff}').starts_with(['{', '[']))
    };
    let mut ends = text.get(fault..).unwrap_or_default().match_indices('\n').map(|(end, _)| fault + end);
    ends.find(begins).map_or(text.len(), |end| end + 1)
}

/// The records of one value.
fn known(value: &Value) -> Result<(Format, Entries), ImportError> {
    if let Some(entries) = w3c::read(value)? {
        return Ok((Format::W3c, entries));
    }
    let known = [
        (Format::Hypothesis, hypothesis::read(value)),
        (Format::Koreader, koreader::read(value)),
        (Format::Wallabag, wallabag::read(value)),
    ];
    let found = known.into_iter().find_map(|(format, entries)| Some((format, entries?)));
    found.ok_or(ImportError::UnknownJson)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_does_not_know_is_mended_outside_of_words_only() {
        for (text, wanted) in [
            (r#"["a \ud83d b"]"#, r#"["a \ufffd b"]"#),
            (r#"["\udE00\ud83d"]"#, r#"["\ufffd\ufffd"]"#),
            (r#"["\ud83d\ude00 \ud83d"]"#, r#"["\ud83d\ude00 \ufffd"]"#),
            (r#"["\\ud83d", "\"\ud83d"]"#, r#"["\\ud83d", "\"\ufffd"]"#),
            (r#"{"a":NaN,"b":-Infinity,"c":[Infinity,-1]}"#, r#"{"a":null,"b":null,"c":[null,-1]}"#),
            (r#"{"NaN":"NaN, -Infinity \" NaN","x":NaN}"#, r#"{"NaN":"NaN, -Infinity \" NaN","x":null}"#),
            (r#"["\ud8"#, r#"["\ud8"#),
            (r#"["\ud83d\"#, r#"["\ufffd\"#),
        ] {
            assert_eq!(mended(text), wanted, "{text}");
        }
    }
}
