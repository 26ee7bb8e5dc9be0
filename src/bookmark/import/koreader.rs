//! KOReader's JSON export (`exporter.koplugin`): one book, or several under `documents`, each with `entries`.

use jiff::Timestamp;
use serde_json::Value;

use super::annotation::{Draft, FileTime, Identity, ImportedPassage};
use super::datetime::DateOrder;
use super::{Entries, SkipReason, numbered, string_field};

/// The highlights and notes; none if the document is in another format.
pub(super) fn read(document: &Value) -> Option<Entries> {
    let books = match document {
        Value::Array(books) => books.as_slice(),
        Value::Object(fields) => match fields.get("documents") {
            Some(books) => books.as_array()?,
            None => std::slice::from_ref(document),
        },
        _ => return None,
    };
    let entries = |book: &Value| book.get("entries").and_then(Value::as_array).is_some();
    let is_ours = books.iter().any(entries) || books.is_empty() && document.is_object();
    is_ours.then(|| numbered(books.iter().flat_map(book)))
}

fn book(book: &Value) -> Vec<Result<Draft, SkipReason>> {
    let Some(entries) = book.get("entries").and_then(Value::as_array) else { return vec![Err(SkipReason::NotAnEntry)] };
    entries.iter().map(|entry| self::entry(book, entry)).collect()
}

fn entry(book: &Value, entry: &Value) -> Result<Draft, SkipReason> {
    if !entry.is_object() {
        return Err(SkipReason::NotAnEntry);
    }
    let made = match entry.get("time") {
        Some(Value::Number(second)) => {
            seconds(second.as_i64().or_else(|| second.as_f64().map(|second| second as i64)).unwrap_or(i64::MAX))
        }
        Some(Value::String(text)) if !text.trim().is_empty() => match text.trim().parse() {
            Ok(second) => seconds(second),
            Err(_) => FileTime::read(text, DateOrder::default()),
        },
        None | Some(Value::Null | Value::String(_)) => {
            FileTime::read(string_field(entry, "datetime"), DateOrder::default())
        }
        Some(other) => FileTime::Unreadable(other.to_string()),
    };
    let changed = FileTime::read(string_field(entry, "datetime_updated"), DateOrder::default());
    // KOReader identifies a passage by the second in which it was made.
    let identity = made.known().map_or(Identity::Words, |made| Identity::CreatedAt(made.to_string()));
    let authors = string_field(book, "author").lines().map(str::to_owned).collect();
    // The text of a bookmark is a label made up by KOReader, not words of the book.
    let quote = if string_field(entry, "sort") == "bookmark" { "" } else { string_field(entry, "text") };
    Ok(ImportedPassage {
        quote: quote.to_owned(),
        note: string_field(entry, "note").to_owned(),
        color: string_field(entry, "color").to_owned(),
        title: string_field(book, "title").to_owned(),
        creators: authors,
        modified: changed,
        created: made,
        identity,
        ..ImportedPassage::default()
    }
    .into())
}

/// A Unix time in seconds.
fn seconds(second: i64) -> FileTime {
    Timestamp::from_second(second).map_or_else(|_| FileTime::Unreadable(second.to_string()), FileTime::Known)
}
