//! KOReader's JSON export (`exporter.koplugin`): one book, or several under `documents`, each with `entries`.

use jiff::Timestamp;
use serde_json::Value;

use super::annotation::{Draft, Identity, Passage, When};
use super::when::Clock;
use super::{Entries, Why, numbered, words};

/// The highlights and notes; none if this is something else.
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

fn book(book: &Value) -> Vec<Result<Draft, Why>> {
    let Some(entries) = book.get("entries").and_then(Value::as_array) else { return vec![Err(Why::NoEntry)] };
    entries.iter().map(|entry| self::entry(book, entry)).collect()
}

fn entry(book: &Value, entry: &Value) -> Result<Draft, Why> {
    if !entry.is_object() {
        return Err(Why::NoEntry);
    }
    let made = match entry.get("time") {
        Some(Value::Number(second)) => {
            seconds(second.as_i64().or_else(|| second.as_f64().map(|second| second as i64)).unwrap_or(i64::MAX))
        }
        Some(Value::String(text)) if !text.trim().is_empty() => match text.trim().parse() {
            Ok(second) => seconds(second),
            Err(_) => When::read(text, Clock::default()),
        },
        None | Some(Value::Null | Value::String(_)) => When::read(words(entry, "datetime"), Clock::default()),
        Some(other) => When::Unread(other.to_string()),
    };
    let changed = When::read(words(entry, "datetime_updated"), Clock::default());
    // The second in which it was made is what KOReader tells its passages apart by.
    let identity = made.known().map_or(Identity::Words, |made| Identity::Moment(made.to_string()));
    let authors = words(book, "author").lines().map(str::to_owned).collect();
    // A picture of a passage has no words; a bookmark has only the words the program gave it.
    let quote = if words(entry, "sort") == "bookmark" { "" } else { words(entry, "text") };
    Ok(Passage {
        quote: quote.to_owned(),
        note: words(entry, "note").to_owned(),
        color: words(entry, "color").to_owned(),
        title: words(book, "title").to_owned(),
        creators: authors,
        modified: changed,
        created: made,
        identity,
        ..Passage::default()
    }
    .into())
}

/// The time so many seconds after 1970 began.
fn seconds(second: i64) -> When {
    Timestamp::from_second(second).map_or_else(|_| When::Unread(second.to_string()), When::At)
}
