//! JSON files: one value, several one after another, or one a line.

use std::borrow::Cow;

use serde_json::{Deserializer, Value};

use super::{Entries, ImportError, ImportFormat, Location, SkipReason, hypothesis, koreader, w3c, wallabag};
use crate::journal::{LineFault, is_deeper_than};

/// Deepest nesting of a JSON file: a record may have 32 levels, and lies in page, collection and list.
pub(super) const MAX_DEPTH: usize = 40;

/// The records of all values. The first value in a known format decides the format of the file; a value that cannot be
/// read costs only itself.
pub(super) fn read(text: &str) -> Result<(ImportFormat, Entries), ImportError> {
    let text = &*repaired(text);
    let (mut format, mut entries, mut failed) = (None, Entries::new(), None);
    for (line, value) in values(text) {
        match value.and_then(|value| read_records(&value)) {
            Ok((found, more)) => {
                format.get_or_insert(found);
                let before = entries.len();
                let numbered = more.into_iter().enumerate();
                entries.extend(numbered.map(|(index, (_, entry))| (Location::Record(before + index + 1), entry)));
            }
            Err(error) => {
                let why = match &error {
                    ImportError::TooDeep => SkipReason::Fault(LineFault::TooDeep),
                    ImportError::NotJson(reason) => SkipReason::Fault(LineFault::NotJson(reason.clone())),
                    _ => SkipReason::NotAnEntry,
                };
                entries.push((Location::Line(line), Err(why)));
                failed.get_or_insert(error);
            }
        }
    }
    format.map(|format| (format, entries)).ok_or_else(|| failed.unwrap_or(ImportError::UnknownJson))
}

/// The values, each with the line it begins on.
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
                // An error in column 0 is at the preceding line break.
                at = start + next_value_start(rest, error.line() - usize::from(error.column() == 0));
                Err(if is_too_deep(at) { ImportError::TooDeep } else { ImportError::NotJson(error.to_string()) })
            }
        };
        Some((line, value))
    })
}

/// Whether a character may separate values: white space, a byte order mark (where files were concatenated), the
/// separator of JSON text sequences (RFC 7464).
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{1e}')
}

/// Replaces what some programs write but JSON does not allow, so that it does not cost the whole file: a lone surrogate
/// becomes U+FFFD, a non-finite number becomes `null`.
fn repaired(text: &str) -> Cow<'_, str> {
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
                // An escaped character does not end the string.
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

/// Where the next value may begin after an error on line `line`: at the start of a line.
fn next_value_start(text: &str, line: usize) -> usize {
    let fault = text.match_indices('\n').nth(line.saturating_sub(1)).map_or(text.len(), |(end, _)| end);
    let begins = |end: &usize| {
        text.get(end + 1..).is_some_and(|rest| rest.trim_start_matches('\u{feff}').starts_with(['{', '[']))
    };
    let mut ends = text.get(fault..).unwrap_or_default().match_indices('\n').map(|(end, _)| fault + end);
    ends.find(begins).map_or(text.len(), |end| end + 1)
}

/// The records of one value.
fn read_records(value: &Value) -> Result<(ImportFormat, Entries), ImportError> {
    if let Some(entries) = w3c::read(value)? {
        return Ok((ImportFormat::W3c, entries));
    }
    let known = [
        (ImportFormat::Hypothesis, hypothesis::read(value)),
        (ImportFormat::Koreader, koreader::read(value)),
        (ImportFormat::Wallabag, wallabag::read(value)),
    ];
    let found = known.into_iter().find_map(|(format, entries)| Some((format, entries?)));
    found.ok_or(ImportError::UnknownJson)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_json_is_repaired_but_strings_are_kept() {
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
            assert_eq!(repaired(text), wanted, "{text}");
        }
    }
}
