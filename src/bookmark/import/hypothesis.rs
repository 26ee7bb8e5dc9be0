//! Hypothesis (<https://h.readthedocs.io/en/latest/api-reference/>): `rows` of its search, `annotations` of the export
//! of its sidebar, a list of either, or one.

use serde_json::Value;

use super::annotation::{Draft, FileTime, Identity, ImportedPassage, collapse_whitespace};
use super::datetime::DateOrder;
use super::{Entries, SkipReason, numbered, string_field};

/// The annotations; none if the document is in another format.
pub(super) fn read(document: &Value) -> Option<Entries> {
    let rows = match document {
        Value::Array(rows) => rows.as_slice(),
        Value::Object(_) if is_annotation(document) => std::slice::from_ref(document),
        Value::Object(fields) => {
            let rows = fields.get("rows").or_else(|| fields.get("annotations").filter(|_| !fields.contains_key("url")));
            rows?.as_array()?
        }
        _ => return None,
    };
    let is_ours = rows.iter().any(is_annotation) || rows.is_empty() && document.is_object();
    is_ours.then(|| numbered(rows.iter().map(annotation)))
}

fn is_annotation(row: &Value) -> bool {
    row.get("uri").is_some_and(Value::is_string) && row.get("target").is_some_and(Value::is_array)
}

fn annotation(row: &Value) -> Result<Draft, SkipReason> {
    if !is_annotation(row) {
        return Err(SkipReason::NotAnEntry);
    }
    if row.get("references").and_then(Value::as_array).is_some_and(|above| !above.is_empty()) {
        return Err(SkipReason::Reply);
    }
    let targets = row.get("target").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if targets.len() > 1 {
        return Err(SkipReason::SeveralTargets(targets.len()));
    }
    let selectors = targets.first().and_then(|target| target.get("selector")?.as_array());
    let selectors: Vec<&Value> = selectors.into_iter().flatten().collect();
    let selector = |kind: &str| selectors.iter().copied().find(|selector| string_field(selector, "type") == kind);
    let quote = |name: &str| {
        selector("TextQuoteSelector").map(|quote| collapse_whitespace(string_field(quote, name))).unwrap_or_default()
    };
    let position = selector("TextPositionSelector");
    let position = position.and_then(|place| Some((place.get("start")?.as_u64()?, place.get("end")?.as_u64()?)));
    let tags = row.get("tags").and_then(Value::as_array).into_iter().flatten();
    let title = row.get("document").and_then(|document| document.get("title"));
    let title = title.and_then(|title| title.as_str().or_else(|| title.get(0)?.as_str()));
    let id = string_field(row, "id");
    let passage = ImportedPassage {
        quote: quote("exact"),
        prefix: quote("prefix"),
        suffix: quote("suffix"),
        position,
        note: string_field(row, "text").to_owned(),
        tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        url: string_field(row, "uri").to_owned(),
        title: title.unwrap_or_default().to_owned(),
        created: FileTime::read(string_field(row, "created"), DateOrder::default()),
        modified: FileTime::read(string_field(row, "updated"), DateOrder::default()),
        identity: if id.is_empty() { Identity::Words } else { Identity::Iri(format!("https://hypothes.is/a/{id}")) },
        ..ImportedPassage::default()
    };
    Ok(passage.into())
}
