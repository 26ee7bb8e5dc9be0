//! wallabag's JSON export: entries, each with `annotations` whose `ranges` are XPaths in wallabag's own copy of the page
//! and lead nowhere else.

use serde_json::Value;

use super::annotation::{Draft, Identity, Passage, When, one_flow};
use super::when::Clock;
use super::{Entries, Why, numbered, words};

/// The annotations of all entries; none if this is something else.
pub(super) fn read(document: &Value) -> Option<Entries> {
    let entries = match document {
        Value::Array(entries) => entries.as_slice(),
        Value::Object(_) => std::slice::from_ref(document),
        _ => return None,
    };
    let is_entry = |entry: &Value| {
        entry.get("url").is_some_and(Value::is_string)
            && (entry.get("annotations").is_some_and(Value::is_array) || entry.get("is_archived").is_some())
    };
    let is_ours = entries.iter().any(is_entry);
    is_ours.then(|| numbered(entries.iter().flat_map(entry)))
}

fn entry(entry: &Value) -> Vec<Result<Draft, Why>> {
    let annotations = entry.get("annotations").and_then(Value::as_array).into_iter().flatten();
    annotations.map(|annotation| self::annotation(entry, annotation)).collect()
}

fn annotation(entry: &Value, annotation: &Value) -> Result<Draft, Why> {
    if !annotation.is_object() {
        return Err(Why::NoEntry);
    }
    let authors = match entry.get("published_by") {
        Some(Value::Array(names)) => names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        Some(Value::String(name)) => vec![name.clone()],
        _ => Vec::new(),
    };
    let published = words(entry, "published_at");
    Ok(Passage {
        quote: one_flow(words(annotation, "quote")),
        note: words(annotation, "text").to_owned(),
        url: words(entry, "url").to_owned(),
        title: words(entry, "title").to_owned(),
        creators: authors,
        published: published.get(..10).unwrap_or_default().to_owned(),
        language: words(entry, "language").to_owned(),
        created: When::read(words(annotation, "created_at"), Clock::default()),
        modified: When::read(words(annotation, "updated_at"), Clock::default()),
        // The address of an entry may change. Two servers count from 1, but not in the same seconds.
        identity: annotation
            .get("id")
            .and_then(number)
            .map_or(Identity::Words, |id| Identity::Own(format!("wallabag {id} {}", words(annotation, "created_at")))),
        ..Passage::default()
    }
    .into())
}

/// A number as it stands, or in quotation marks.
fn number(value: &Value) -> Option<String> {
    value.as_u64().map(|number| number.to_string()).or_else(|| value.as_str().map(str::to_owned))
}
