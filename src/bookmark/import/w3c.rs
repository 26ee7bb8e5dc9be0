//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): a collection with its page, a page, a list, or one.
//!
//! The model allows more forms of one thing than a line of our log has; here they become that one form. What has no
//! place in a bookmark stays in the record.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::annotation::{Draft, after, before};
use super::{Entries, ImportError, Why, numbered};
use crate::text::sanitize::one_line;

/// The annotations in a document; none if it is something else.
pub(super) fn annotations(document: &Value) -> Result<Option<Vec<&Value>>, ImportError> {
    if let Value::Array(items) = document {
        let is_ours = items.is_empty() || items.iter().any(|item| is(item, "Annotation"));
        return Ok(is_ours.then(|| items.iter().collect()));
    }
    if is(document, "Annotation") {
        return Ok(Some(vec![document]));
    }
    let mut page = if is(document, "AnnotationCollection") {
        // A collection may hold its items itself (as the older drafts have it), or nothing.
        document.get("first").or_else(|| document.get("items").map(|_| document))
    } else if is(document, "AnnotationPage") {
        Some(document)
    } else {
        return Ok(None);
    };
    let mut found = Vec::new();
    while let Some(current) = page {
        match current {
            Value::String(address) => return Err(ImportError::Elsewhere(one_line(address))),
            Value::Object(current) => {
                found.extend(current.get("items").and_then(Value::as_array).into_iter().flatten());
            }
            _ => {}
        }
        page = current.get("next").filter(|next| !next.is_null());
    }
    Ok(Some(found))
}

/// The annotations, each brought into one form.
pub(super) fn read(annotations: Vec<&Value>) -> Entries {
    numbered(annotations.into_iter().map(|annotation| one_form(annotation.clone()).map(Draft::Annotation)))
}

/// Whether a value is of that type; a thing may have several.
fn is(value: &Value, wanted: &str) -> bool {
    match value.get("type") {
        Some(Value::String(kind)) => kind == wanted,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == wanted),
        _ => false,
    }
}

fn one_form(annotation: Value) -> Result<Map<String, Value>, Why> {
    let is_annotation = is(&annotation, "Annotation");
    let Value::Object(mut record) = annotation else { return Err(Why::NoEntry) };
    if !is_annotation {
        return Err(Why::NoEntry);
    }
    record.insert("type".to_owned(), "Annotation".into());
    body(&mut record);
    let target = match record.remove("target") {
        Some(Value::Array(mut targets)) if targets.len() == 1 => targets.pop(),
        Some(Value::Array(targets)) if targets.len() > 1 => return Err(Why::Targets(targets.len())),
        target => target,
    };
    if let Some(target) = target {
        record.insert("target".to_owned(), self::target(target));
    }
    Ok(record)
}

/// Words without a purpose are what the annotation says; with one they are what that says.
fn body(record: &mut Map<String, Value>) {
    let mut bodies = match record.remove("body") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(bodies)) => bodies,
        Some(body) => vec![body],
    };
    if let Some(Value::String(value)) = record.remove("bodyValue") {
        bodies.insert(0, json!({ "type": "TextualBody", "format": "text/plain", "value": value }));
    }
    let is_tag = record.get("motivation").is_some_and(|motivation| motivation == "tagging");
    for body in &mut bodies {
        let Value::Object(body) = body else { continue };
        if body.get("value").is_none_or(|value| !value.is_string()) {
            continue;
        }
        if body
            .get("type")
            .is_none_or(|kind| kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "TextualBody")))
        {
            body.insert("type".to_owned(), "TextualBody".into());
        }
        if let Some(Value::Array(purposes)) = body.get("purpose") {
            let purpose = ["tagging", "commenting"].into_iter().find(|known| purposes.iter().any(|one| one == known));
            if let Some(purpose) = purpose {
                body.insert("purpose".to_owned(), purpose.into());
            }
        }
        if body.get("purpose").is_none() {
            body.insert("purpose".to_owned(), if is_tag { "tagging" } else { "commenting" }.into());
        }
        if body.get("purpose").is_some_and(|purpose| purpose == "tagging")
            && let Some(Value::String(tag)) = body.get_mut("value")
        {
            *tag = one_line(tag);
        }
    }
    if !bodies.is_empty() {
        record.insert("body".to_owned(), bodies.into());
    }
}

fn target(target: Value) -> Value {
    let mut target = match target {
        Value::Object(target) if target.contains_key("source") => target,
        // The thing itself, not a part of it.
        whole => Map::from_iter([("source".to_owned(), whole)]),
    };
    if let Some(Value::Object(source)) = target.get_mut("source") {
        self::source(source);
    }
    let selectors = match target.remove("selector") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(selectors)) => selectors,
        Some(selector) => vec![selector],
    };
    let mut kept: Vec<Value> = selectors.into_iter().filter(is_possible).collect();
    if !kept.iter().any(is_quote) {
        // A quote within a part of the page is a quote.
        let refined = kept.iter().filter_map(|selector| selector.get("refinedBy")).find(|refined| is_quote(refined));
        if let Some(quote) = refined.cloned() {
            kept.insert(0, quote);
        }
    }
    for selector in kept.iter_mut().filter(|selector| is_quote(selector)) {
        for (name, cut) in [("prefix", before as fn(&str) -> &str), ("suffix", after)] {
            if let Some(Value::String(words)) = selector.get_mut(name) {
                *words = cut(words).to_owned();
            }
        }
    }
    if !kept.is_empty() {
        target.insert("selector".to_owned(), kept.into());
    }
    Value::Object(target)
}

/// Names and titles may be lists and objects elsewhere.
fn source(source: &mut Map<String, Value>) {
    for name in ["dc:title", "dc:publisher", "dcterms:issued", "language", "schema:url"] {
        if let Some(value) = source.remove(name)
            && let Some(words) = plain(&value)
        {
            source.insert(name.to_owned(), words.into());
        }
    }
    if let Some(creators) = source.remove("dc:creator") {
        let creators = if let Value::Array(creators) = creators { creators } else { vec![creators] };
        let names: Vec<Cow<'_, str>> = creators.iter().filter_map(plain).collect();
        if !names.is_empty() {
            source.insert("dc:creator".to_owned(), json!(names));
        }
    }
}

/// The words of a string, of the first of a list, of an object with a name.
fn plain(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(words) => Some(words.into()),
        Value::Array(values) => values.iter().find_map(Value::as_str).map(Cow::from),
        Value::Object(fields) => ["@value", "name"].iter().find_map(|name| fields.get(*name)?.as_str()).map(Cow::from),
        _ => None,
    }
}

fn is_quote(selector: &Value) -> bool {
    is(selector, "TextQuoteSelector")
}

/// Offsets must be numbers from 0; others say nothing.
fn is_possible(selector: &Value) -> bool {
    !is(selector, "TextPositionSelector")
        || ["start", "end"].iter().all(|name| selector.get(name).is_some_and(Value::is_u64))
}
