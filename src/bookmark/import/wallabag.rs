//! wallabag's JSON export: entries with `annotations`, whose `ranges` are XPaths into wallabag's own copy of the page
//! and therefore of no use here.

use serde_json::Value;

use super::annotation::{Draft, FileTime, Identity, ImportedPassage, collapse_whitespace};
use super::datetime::DateOrder;
use super::{Entries, SkipReason, numbered, string_field};

/// The annotations of all entries; none if the document is in another format.
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

fn entry(entry: &Value) -> Vec<Result<Draft, SkipReason>> {
    let annotations = entry.get("annotations").and_then(Value::as_array).into_iter().flatten();
    annotations.map(|annotation| self::annotation(entry, annotation)).collect()
}

fn annotation(entry: &Value, annotation: &Value) -> Result<Draft, SkipReason> {
    if !annotation.is_object() {
        return Err(SkipReason::NotAnEntry);
    }
    let authors = match entry.get("published_by") {
        Some(Value::Array(names)) => names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        Some(Value::String(name)) => vec![name.clone()],
        _ => Vec::new(),
    };
    let published = string_field(entry, "published_at");
    Ok(ImportedPassage {
        quote: collapse_whitespace(string_field(annotation, "quote")),
        note: string_field(annotation, "text").to_owned(),
        url: string_field(entry, "url").to_owned(),
        title: string_field(entry, "title").to_owned(),
        creators: authors,
        published: published.get(..10).unwrap_or_default().to_owned(),
        language: string_field(entry, "language").to_owned(),
        created: FileTime::read(string_field(annotation, "created_at"), DateOrder::default()),
        modified: FileTime::read(string_field(annotation, "updated_at"), DateOrder::default()),
        // The address of an entry may change, so it is not part of the identity. Every server counts from 1, hence the
        // time.
        identity: annotation.get("id").and_then(number).map_or(Identity::Words, |id| {
            Identity::Global(format!("wallabag {id} {}", string_field(annotation, "created_at")))
        }),
        ..ImportedPassage::default()
    }
    .into())
}

/// A number, which may be written as a string.
fn number(value: &Value) -> Option<String> {
    value.as_u64().map(|number| number.to_string()).or_else(|| value.as_str().map(str::to_owned))
}
