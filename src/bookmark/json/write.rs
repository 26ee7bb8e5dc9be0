//! From a record to JSON.

use serde_json::Value;

use crate::bookmark::Bookmark;
use crate::bookmark::record::{Target, is_unknown};
use crate::journal::Stamp;

use super::{CONTEXT, Extra, Object, STYLESHEET, TargetExtra, VERSION, digest};

impl Bookmark {
    /// The record as one line of a log, without its line break.
    pub fn to_line(&self) -> String {
        to_line(self)
    }

    /// The record for other programs: without the private part. Of a newer version, as it came.
    pub(in crate::bookmark) fn to_public(&self) -> Value {
        let newer = self.newer.as_ref().and_then(|newer| serde_json::from_str(&newer.line).ok());
        let mut record = newer.unwrap_or_else(|| record(self));
        record.remove("x:sync");
        // What is not known is not told.
        for (name, time) in [("created", self.created), ("modified", self.modified)] {
            if is_unknown(time) {
                record.remove(name);
            }
        }
        if record.get("@context") == Some(&*CONTEXT) {
            record.remove("@context");
        }
        Value::Object(record)
    }
}

/// The record as one line; of a newer version, as it came.
pub(in crate::bookmark) fn to_line(bookmark: &Bookmark) -> String {
    match &bookmark.newer {
        Some(newer) => newer.line.clone(),
        None => Value::Object(record(bookmark)).to_string(),
    }
}

fn record(bookmark: &Bookmark) -> Object {
    let none = Extra::default();
    let extra = bookmark.extra.as_deref().unwrap_or(&none);
    let motivation = match (bookmark.quote(), &bookmark.note) {
        (None, _) => "bookmarking",
        (Some(_), Some(_)) => "commenting",
        (Some(_), None) => "highlighting",
    };
    let mut target = target(&bookmark.target);
    put(&mut target, "styleClass", bookmark.color.name());

    let mut record = Object::new();
    record.insert("@context".into(), CONTEXT.clone());
    put(&mut record, "type", "Annotation");
    put(&mut record, "stylesheet", STYLESHEET);
    put(&mut record, "motivation", motivation);
    put(&mut record, "id", bookmark.id.to_string());
    put(&mut record, "created", bookmark.created.to_string());
    put(&mut record, "modified", bookmark.modified.to_string());
    record.insert("target".into(), target.into());
    let bodies = bodies(bookmark, extra);
    if !bodies.is_empty() {
        record.insert("body".into(), bodies.into());
    }
    record.insert("x:sync".into(), sync(bookmark, extra).into());
    record.extend(extra.top.clone());
    record
}

fn bodies(bookmark: &Bookmark, extra: &Extra) -> Vec<Value> {
    let mut bodies = Vec::new();
    let mut body = |purpose: &str, value: &str, rest: Option<&Object>| {
        let mut body = Object::new();
        put(&mut body, "type", "TextualBody");
        put(&mut body, "purpose", purpose);
        put(&mut body, "value", value);
        if purpose == "commenting" {
            put(&mut body, "format", "text/plain");
        }
        body.extend(rest.cloned().unwrap_or_default());
        bodies.push(Value::Object(body));
    };
    if let Some(note) = &bookmark.note {
        body("commenting", note, Some(&extra.note));
    }
    for tag in &bookmark.tags {
        body("tagging", tag, extra.tags.get(tag));
    }
    bodies.extend(extra.bodies.iter().cloned());
    bodies
}

fn sync(bookmark: &Bookmark, extra: &Extra) -> Object {
    let stamps = &bookmark.stamps;
    let mut times = Object::new();
    for (name, at) in [("target", stamps.target), ("note", stamps.note), ("tags", stamps.tags), ("style", stamps.style)]
    {
        times.insert(name.into(), at.to_json());
    }
    times.insert("del".into(), stamps.deleted.map_or(Value::Null, Stamp::to_json));
    if let Some(over) = bookmark.over {
        times.insert("over".into(), over.to_json());
    }
    times.extend(extra.stamps.clone());
    let mut sync = Object::new();
    sync.insert("v".into(), VERSION.into());
    put(&mut sync, "dev", stamps.largest().device.as_str());
    sync.insert("norm".into(), bookmark.target.norm.into());
    put_some(&mut sync, "entry", bookmark.target.source.entry.as_deref());
    sync.insert("t".into(), times.into());
    sync.extend(extra.sync.clone());
    sync
}

pub(super) fn target(target: &Target) -> Object {
    let none = TargetExtra::default();
    let extra = target.extra.as_deref().unwrap_or(&none);
    let from = &target.source;
    let mut source = Object::new();
    put(&mut source, "id", from.id.as_str());
    put(&mut source, "type", "Text");
    put_some(&mut source, "dc:title", Some(from.title.as_str()).filter(|title| !title.is_empty()));
    if !from.creators.is_empty() {
        source.insert("dc:creator".into(), from.creators.clone().into());
    }
    put_some(&mut source, "dc:publisher", from.publisher.as_deref());
    put_some(&mut source, "dcterms:issued", from.published.as_deref());
    put_some(&mut source, "language", from.language.as_deref());
    put_some(&mut source, "schema:url", from.url.as_deref());
    source.extend(extra.source.clone());

    let mut quote = Object::new();
    put(&mut quote, "type", "TextQuoteSelector");
    put(&mut quote, "exact", target.words.exact.as_str());
    put_some(&mut quote, "prefix", Some(target.words.prefix.as_str()).filter(|words| !words.is_empty()));
    put_some(&mut quote, "suffix", Some(target.words.suffix.as_str()).filter(|words| !words.is_empty()));
    quote.extend(extra.quote.clone());
    let mut selectors = vec![Value::Object(quote)];
    if let Some((start, end)) = target.position {
        let mut position = Object::new();
        put(&mut position, "type", "TextPositionSelector");
        position.insert("start".into(), start.into());
        position.insert("end".into(), end.into());
        position.extend(extra.position.clone());
        selectors.push(position.into());
    }
    selectors.extend(extra.selectors.iter().cloned());

    let mut written = Object::new();
    put(&mut written, "type", "SpecificResource");
    written.insert("source".into(), source.into());
    written.insert("selector".into(), selectors.into());
    if target.text_hash.is_some() || !extra.state.is_empty() {
        let mut state = Object::new();
        put(&mut state, "type", "TimeState");
        put_some(&mut state, "cached", target.text_hash.map(|hash| digest::write(&hash)).as_deref());
        state.extend(extra.state.clone());
        written.insert("state".into(), state.into());
    }
    written.extend(extra.target.clone());
    written
}

fn put(object: &mut Object, key: &str, value: impl Into<Value>) {
    object.insert(key.to_owned(), value.into());
}

fn put_some(object: &mut Object, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        put(object, key, value);
    }
}
