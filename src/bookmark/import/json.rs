//! JSON files: one value, several one after another, or one a line.

use serde_json::{Deserializer, Value};

use super::{At, Entries, Format, ImportError, Why, hypothesis, koreader, w3c, wallabag};
use crate::bookmark::LineFault;
use crate::bookmark::lines::is_deeper_than;

/// Deepest nesting of a JSON file: a record may have 32 levels, and lies in page, collection and list.
pub(super) const MAX_DEPTH: usize = 40;

/// The records of all values. The first of a known format says what the file is; a value that cannot be read costs itself
/// only.
pub(super) fn read(text: &str) -> Result<(Format, Entries), ImportError> {
    if is_deeper_than(text.as_bytes(), MAX_DEPTH) {
        return Err(ImportError::TooDeep);
    }
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
        let start = at + (rest.len() - rest.trim_start().len());
        line += text.get(counted..start)?.matches('\n').count();
        counted = start;
        let rest = text.get(start..)?;
        let mut values = Deserializer::from_str(rest).into_iter();
        let value = match values.next()? {
            Ok(value) => {
                at = start + values.byte_offset().max(1);
                Ok(value)
            }
            Err(error) => {
                // A fault in column 0 is the line break before.
                at = start + next_value(rest, error.line() - usize::from(error.column() == 0));
                Err(ImportError::NotJson(error.to_string()))
            }
        };
        Some((line, value))
    })
}

/// Where, behind a fault in line number `line`, a value may begin: at the start of a line, as where each has its own.
fn next_value(text: &str, line: usize) -> usize {
    let fault = text.match_indices('\n').nth(line.saturating_sub(1)).map_or(text.len(), |(end, _)| end);
    let begins = |end: &usize| text.get(end + 1..).is_some_and(|rest| rest.starts_with(['{', '[']));
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
