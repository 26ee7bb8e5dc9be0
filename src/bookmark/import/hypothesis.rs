//! Hypothesis (<https://h.readthedocs.io/en/latest/api-reference/>): `rows` of its search, `annotations` of the export
//! of its sidebar, a list of either, or one.

use serde_json::Value;

use super::annotation::{Draft, Identity, Passage, When, one_flow};
use super::when::Clock;
use super::{Entries, Why, numbered, words};

/// The annotations; none if this is something else.
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

fn annotation(row: &Value) -> Result<Draft, Why> {
    if !is_annotation(row) {
        return Err(Why::NoEntry);
    }
    if row.get("references").and_then(Value::as_array).is_some_and(|above| !above.is_empty()) {
        return Err(Why::Reply);
    }
    let targets = row.get("target").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if targets.len() > 1 {
        return Err(Why::Targets(targets.len()));
    }
    let selectors = targets.first().and_then(|target| target.get("selector")?.as_array());
    let selectors: Vec<&Value> = selectors.into_iter().flatten().collect();
    let selector = |kind: &str| selectors.iter().copied().find(|selector| words(selector, "type") == kind);
    let quote =
        |name: &str| selector("TextQuoteSelector").map(|quote| one_flow(words(quote, name))).unwrap_or_default();
    let position = selector("TextPositionSelector");
    let position = position.and_then(|place| Some((place.get("start")?.as_u64()?, place.get("end")?.as_u64()?)));
    let tags = row.get("tags").and_then(Value::as_array).into_iter().flatten();
    let title = row.get("document").and_then(|document| document.get("title"));
    let title = title.and_then(|title| title.as_str().or_else(|| title.get(0)?.as_str()));
    let id = words(row, "id");
    let passage = Passage {
        quote: quote("exact"),
        prefix: quote("prefix"),
        suffix: quote("suffix"),
        position,
        note: words(row, "text").to_owned(),
        tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        url: words(row, "uri").to_owned(),
        title: title.unwrap_or_default().to_owned(),
        created: When::read(words(row, "created"), Clock::default()),
        modified: When::read(words(row, "updated"), Clock::default()),
        identity: if id.is_empty() { Identity::Words } else { Identity::Iri(format!("https://hypothes.is/a/{id}")) },
        ..Passage::default()
    };
    Ok(passage.into())
}
