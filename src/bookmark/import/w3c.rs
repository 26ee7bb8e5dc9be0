//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): a collection with its page, a page, a list, a
//! single annotation, or an annotation set of a book (EPUB Annotations).
//!
//! The model allows more variants than a line of our log; they are normalised here. What has no place in a bookmark
//! stays in the record.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::annotation::{Draft, collapse_whitespace, nearest_prefix, nearest_suffix, work_iri};
use super::{Entries, ImportError, SkipReason, numbered, string_field};
use crate::bookmark::json::STYLESHEET;
use crate::text::html;
use crate::text::sanitize::one_line;

/// The annotations in a document, normalised, and a skipped entry if there are more elsewhere; none if the document is
/// in another format.
pub(super) fn read(document: &Value) -> Result<Option<Entries>, ImportError> {
    let about = document.get("about").and_then(Value::as_object);
    let one = |annotation: &Value| normalise(annotation.clone(), about).map(Draft::Annotation);
    let Some((annotations, elsewhere)) = annotations(document)? else { return Ok(None) };
    let more = elsewhere.map(|address| Err(SkipReason::Elsewhere(address)));
    Ok(Some(numbered(annotations.into_iter().map(one).chain(more))))
}

/// The annotations in a document, and the address of those that are not in it.
type Items<'a> = (Vec<&'a Value>, Option<String>);

fn annotations(document: &Value) -> Result<Option<Items<'_>>, ImportError> {
    if let Value::Array(items) = document {
        let is_ours = items.is_empty() || items.iter().any(|item| has_type(item, "Annotation"));
        return Ok(is_ours.then(|| (items.iter().collect(), None)));
    }
    if has_type(document, "Annotation") {
        return Ok(Some((vec![document], None)));
    }
    let is_collection = has_type(document, "AnnotationCollection");
    if !is_collection && !has_type(document, "AnnotationPage") && !has_type(document, "AnnotationSet") {
        return Ok(None);
    }
    let (mut found, mut elsewhere) = (Vec::new(), None);
    // A collection may hold its items directly, as in older drafts.
    found.extend(document.get("items").map(list).unwrap_or_default());
    let mut page = document.get(if is_collection { "first" } else { "next" });
    while let Some(current) = page.filter(|page| !page.is_null()) {
        let items = current.get("items").map(list);
        if items.is_none() {
            // An address, or a page of which only the address is given.
            elsewhere = current.as_str().or_else(|| current.get("id")?.as_str()).map(one_line).or(elsewhere);
        }
        found.extend(items.unwrap_or_default());
        page = current.get("next");
    }
    match elsewhere {
        Some(address) if found.is_empty() => Err(ImportError::Elsewhere(address)),
        elsewhere => Ok(Some((found, elsewhere))),
    }
}

/// The values of a list; a single value need not be in one.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// Whether a value has that type; it may have several.
fn has_type(value: &Value, wanted: &str) -> bool {
    value.as_object().is_some_and(|fields| fields_have_type(fields, wanted))
}

fn fields_have_type(fields: &Map<String, Value>, wanted: &str) -> bool {
    match fields.get("type") {
        Some(Value::String(kind)) => kind == wanted,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == wanted),
        _ => false,
    }
}

/// Brings an annotation into the form of a log record; `about` is the work its set is about.
fn normalise(annotation: Value, about: Option<&Map<String, Value>>) -> Result<Map<String, Value>, SkipReason> {
    let is_annotation = has_type(&annotation, "Annotation");
    let Value::Object(mut record) = annotation else { return Err(SkipReason::NotAnEntry) };
    if !is_annotation {
        return Err(SkipReason::NotAnEntry);
    }
    record.insert("type".to_owned(), "Annotation".into());
    let color = body(&mut record);
    let target = match record.remove("target") {
        Some(Value::Array(mut targets)) if targets.len() == 1 => targets.pop(),
        Some(Value::Array(targets)) if targets.len() > 1 => return Err(SkipReason::SeveralTargets(targets.len())),
        target => target,
    };
    if let Some(target) = target {
        // Words from our own texts are exact and must not change.
        let is_ours = record.get("stylesheet").is_some_and(|sheet| sheet == STYLESHEET);
        let mut target = self::target(target, about, is_ours);
        if let Some(color) = color {
            target.entry("styleClass").or_insert(color.into());
        }
        record.insert("target".to_owned(), target.into());
    }
    Ok(record)
}

/// Normalises the bodies: without a purpose of its own a body takes that of the annotation. Returns the colour a body
/// names, as EPUB annotations do.
fn body(record: &mut Map<String, Value>) -> Option<String> {
    let mut bodies = Vec::new();
    flatten(record.remove("body").unwrap_or_default(), &mut bodies);
    if let Some(Value::String(value)) = record.remove("bodyValue") {
        bodies.insert(0, json!({ "type": "TextualBody", "format": "text/plain", "value": value }));
    }
    let is_tag = record.get("motivation").is_some_and(|motivation| motivation == "tagging");
    let mut color = None;
    for body in &mut bodies {
        let Value::Object(body) = body else { continue };
        let named = body.get("color").and_then(Value::as_str).filter(|name| name.chars().all(char::is_alphanumeric));
        color = color.or_else(|| named.map(str::to_lowercase));
        textual(body, is_tag);
    }
    one_note(&mut bodies);
    if !bodies.is_empty() {
        record.insert("body".to_owned(), bodies.into());
    }
    color
}

/// Joins all bodies that are notes into one, since a bookmark has one note.
fn one_note(bodies: &mut Vec<Value>) {
    let is_note = |body: &Value| {
        let is_its_purpose = body.get("purpose").is_some_and(|purpose| purpose == "commenting");
        is_its_purpose && body.get("value").is_some_and(Value::is_string)
    };
    let mut notes: Vec<&str> = Vec::new();
    for note in bodies.iter().filter(|body| is_note(body)).map(|body| string_field(body, "value").trim()) {
        if !note.is_empty() && !notes.contains(&note) {
            notes.push(note);
        }
    }
    if notes.len() < 2 {
        return;
    }
    let note = notes.join("\n\n");
    let mut is_first = true;
    bodies.retain(|body| !is_note(body) || std::mem::take(&mut is_first));
    if let Some(Value::Object(body)) = bodies.iter_mut().find(|body| is_note(body)) {
        body.insert("value".to_owned(), note.into());
    }
}

/// Collects the bodies in a value: each item of a list, but only the first of a choice, with the alternatives inside
/// it.
fn flatten(value: Value, bodies: &mut Vec<Value>) {
    let is_choice = has_type(&value, "Choice");
    match value {
        Value::Null => {}
        Value::Array(values) => values.into_iter().for_each(|value| flatten(value, bodies)),
        Value::Object(mut body)
            if is_choice || ["List", "Composite", "Independents"].iter().any(|kind| fields_have_type(&body, kind)) =>
        {
            let mut items = match body.remove("items") {
                Some(Value::Array(items)) => items,
                Some(item @ Value::Object(_)) => vec![item],
                _ => return bodies.push(body.into()),
            };
            if !is_choice {
                return items.into_iter().for_each(|item| flatten(item, bodies));
            }
            let Some(at) = items.iter().position(|item| item.get("value").is_some_and(Value::is_string)) else {
                body.insert("items".to_owned(), items.into());
                return bodies.push(body.into());
            };
            let mut chosen = items.remove(at);
            if let (Value::Object(chosen), false) = (&mut chosen, items.is_empty()) {
                chosen.insert("items".to_owned(), items.into());
            }
            // The chosen item inherits the purpose of the choice.
            if let (Value::Object(chosen), Some(purpose)) = (&mut chosen, body.remove("purpose")) {
                chosen.entry("purpose").or_insert(purpose);
            }
            bodies.push(chosen);
        }
        Value::Object(mut body) if body.get("value").is_some_and(Value::is_array) => {
            // Several values become several bodies.
            let Some(Value::Array(values)) = body.remove("value") else { return };
            for value in values {
                let mut one = body.clone();
                one.insert("value".to_owned(), value);
                flatten(one.into(), bodies);
            }
        }
        other => bodies.push(other),
    }
}

/// Brings a textual body into the form of a log record.
fn textual(body: &mut Map<String, Value>, is_tag: bool) {
    if body.get("value").is_none_or(|value| !value.is_string()) {
        return;
    }
    if body.get("type").is_none_or(|kind| kind.is_array() && fields_have_type(body, "TextualBody")) {
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
    let format = body.get("format").and_then(Value::as_str).unwrap_or_default();
    let is_html = ["text/html", "application/xhtml+xml"].iter().any(|html| format.starts_with(html));
    let is_tag = body.get("purpose").is_some_and(|purpose| purpose == "tagging");
    let Some(Value::String(words)) = body.get_mut("value") else { return };
    if is_html {
        *words = html::paragraphs(words).join("\n\n");
    }
    if is_tag {
        *words = one_line(words);
    }
    if is_html {
        body.insert("format".to_owned(), "text/plain".into());
    }
}

fn target(target: Value, about: Option<&Map<String, Value>>, is_ours: bool) -> Map<String, Value> {
    let mut target = match target {
        Value::Object(target) if target.contains_key("source") || target.contains_key("selector") => target,
        // The whole resource, not a part of it.
        whole => Map::from_iter([("source".to_owned(), whole)]),
    };
    let source = target.remove("source").filter(|source| !source.is_null());
    target.insert("source".to_owned(), whole_source(source, about));
    let selectors = match target.remove("selector") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(selectors)) => selectors,
        Some(selector) => vec![selector],
    };
    let mut kept: Vec<Value> = selectors.into_iter().filter(is_usable).collect();
    if !kept.iter().any(is_quote) {
        // A quote that refines another selector is still a quote.
        let refined = kept.iter().filter_map(|selector| selector.get("refinedBy")).find(|refined| is_quote(refined));
        if let Some(quote) = refined.cloned() {
            kept.insert(0, quote);
        }
    }
    for selector in kept.iter_mut().filter(|selector| is_quote(selector)) {
        for name in ["exact", "prefix", "suffix"] {
            let Some(Value::String(words)) = selector.get_mut(name) else { continue };
            if !is_ours {
                *words = collapse_whitespace(words);
            }
            *words = match name {
                "prefix" => nearest_prefix(words).to_owned(),
                "suffix" => nearest_suffix(words).to_owned(),
                _ if is_ours => continue,
                _ => words.trim().to_owned(),
            };
        }
    }
    if !kept.is_empty() {
        target.insert("selector".to_owned(), kept.into());
    }
    target
}

/// The source with normalised metadata. If there is none, or only a part of a book, the source is the work, identified
/// by its title as in Kindle clippings.
fn whole_source(source: Option<Value>, about: Option<&Map<String, Value>>) -> Value {
    let mut facts = match source {
        Some(Value::Object(mut facts)) => {
            self::source(&mut facts);
            if about.is_none() && facts.get("id").is_some_and(Value::is_string) {
                return facts.into();
            }
            facts
        }
        // An IRI has a scheme; anything else is a file within the book.
        Some(Value::String(iri)) if about.is_none() || iri.contains(':') => return iri.into(),
        Some(part @ Value::String(_)) => Map::from_iter([("dcterms:hasPart".to_owned(), part)]),
        Some(other) => return other,
        None => Map::new(),
    };
    if let Some(about) = about {
        let mut about = about.clone();
        self::source(&mut about);
        for name in ["dc:title", "dc:creator", "dc:publisher", "language"] {
            if let Some(fact) = about.remove(name) {
                facts.entry(name).or_insert(fact);
            }
        }
    }
    if !facts.get("id").and_then(Value::as_str).is_some_and(|id| id.contains(':')) {
        let title = facts.get("dc:title").and_then(Value::as_str).unwrap_or_default();
        let names = facts.get("dc:creator").and_then(Value::as_array).into_iter().flatten();
        let names: Vec<String> = names.filter_map(Value::as_str).map(one_line).collect();
        let id = work_iri(&one_line(title), &names);
        if let Some(part) = facts.insert("id".to_owned(), id.into()) {
            facts.insert("dcterms:hasPart".to_owned(), part);
        }
    }
    facts.into()
}

/// Other programs write names and titles as lists or objects too.
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

/// The text of a string, of the first string in a list, or of an object with a name.
fn plain(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(words) => Some(words.into()),
        Value::Array(values) => values.iter().find_map(Value::as_str).map(Cow::from),
        Value::Object(fields) => ["@value", "name"].iter().find_map(|name| fields.get(*name)?.as_str()).map(Cow::from),
        _ => None,
    }
}

fn is_quote(selector: &Value) -> bool {
    has_type(selector, "TextQuoteSelector")
}

/// A position selector is usable only if its offsets are numbers from 0.
fn is_usable(selector: &Value) -> bool {
    !has_type(selector, "TextPositionSelector")
        || ["start", "end"].iter().all(|name| selector.get(name).is_some_and(Value::is_u64))
}
