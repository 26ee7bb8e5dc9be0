//! From JSON to a record.

use jiff::Timestamp;
use serde_json::Value;

use crate::article::SourceId;
use crate::bookmark::Color;
use crate::bookmark::passage::Quote;
use crate::bookmark::record::{Bookmark, Newer, Target};
use crate::bookmark::source::SourceMetadata;
use crate::bookmark::stamp::{BookmarkId, Stamps};
use crate::journal::{DeviceId, LineFault, Stamp, clean};

use super::{CONTEXT, Extra, Object, TargetExtra, VERSION, digest, plain};

/// Reads a line that has been checked for size and depth.
pub(in crate::bookmark) fn read(line: &str) -> Result<Bookmark, LineFault> {
    plain::read(line).map_or_else(|| read_any(line), Ok)
}

/// Reads a record of any form.
pub(super) fn read_any(line: &str) -> Result<Bookmark, LineFault> {
    let value: Value = serde_json::from_str(line).map_err(|error| LineFault::NotJson(error.to_string()))?;
    let Value::Object(mut top) = value else { return Err(LineFault::NotRecord("an annotation")) };
    if top.remove("type").as_ref().and_then(Value::as_str) != Some("Annotation") {
        return Err(LineFault::NotRecord("an annotation"));
    }
    let id: BookmarkId = text(&mut top, "id")?.and_then(|id| id.parse().ok()).ok_or(LineFault::Field("id"))?;
    let mut sync = object(&mut top, "x:sync")?;
    let version = match sync.remove("v") {
        None => VERSION,
        Some(version) => version.as_u64().filter(|version| *version > 0).ok_or(LineFault::Field("v"))?,
    };
    match read_fields(id, top, sync) {
        Ok(bookmark) if version <= VERSION => Ok(bookmark),
        Err(fault) if version <= VERSION => Err(fault),
        read => Ok(Bookmark {
            newer: Some(Newer { version, line: line.to_owned() }),
            ..read.unwrap_or_else(|_| unknown(id))
        }),
    }
}

/// Stands for a record of a newer version of which nothing but the id can be understood.
fn unknown(id: BookmarkId) -> Bookmark {
    let never = Timestamp::UNIX_EPOCH;
    Bookmark {
        id,
        created: never,
        modified: never,
        target: Target {
            source: SourceMetadata::nameless(SourceId::from_iri("")),
            words: Quote::default(),
            position: None,
            text_hash: None,
            norm: 1,
            extra: None,
        },
        note: None,
        over: None,
        tags: Vec::new(),
        color: Color::default(),
        stamps: Stamps::all(Stamp::first(never, DeviceId::NOBODY)),
        extra: None,
        newer: None,
    }
}

fn read_fields(id: BookmarkId, mut top: Object, mut sync: Object) -> Result<Bookmark, LineFault> {
    let mut extra = Extra::default();
    let created = time(&mut top, "created")?.ok_or(LineFault::Field("created"))?;
    let modified = time(&mut top, "modified")?.unwrap_or(created);
    top.remove("motivation");
    top.remove("stylesheet");
    if top.get("@context") == Some(&*CONTEXT) {
        top.remove("@context");
    }

    let (mut note, mut tags) = (None, Vec::new());
    for body in list(&mut top, "body") {
        match body {
            Value::Object(mut body) if purpose(&body) == Some("commenting") && note.is_none() => {
                note = text(&mut body, "value")?.filter(|note| !note.is_empty());
                extra.note = rest_of_body(body);
            }
            Value::Object(mut body) if purpose(&body) == Some("tagging") => {
                let Some(tag) = text(&mut body, "value")? else { continue };
                let rest = rest_of_body(body);
                if !rest.is_empty() {
                    extra.tags.insert(tag.clone(), rest);
                }
                tags.push(tag);
            }
            other => extra.bodies.push(other),
        }
    }
    tags.sort_unstable();
    tags.dedup();

    let mut target = match list(&mut top, "target").as_mut_slice() {
        [Value::Object(target)] => std::mem::take(target),
        _ => return Err(LineFault::Field("target")),
    };
    let color = match target.get("styleClass") {
        Some(Value::String(_)) => text(&mut target, "styleClass")?.map(|name| Color::from_name(&name)),
        _ => None,
    };
    let mut target = read_target(target)?;
    target.source.entry = text(&mut sync, "entry")?;
    target.norm = match sync.remove("norm") {
        None => 1,
        Some(norm) => norm.as_u64().ok_or(LineFault::Field("norm"))?,
    };
    sync.remove("dev");

    let mut times = object(&mut sync, "t")?;
    let first = Stamp::first(created, DeviceId::NOBODY);
    let mut stamp = |name| stamp(&mut times, name);
    let over = stamp("over")?;
    let stamps = Stamps {
        target: stamp("target")?.unwrap_or(first),
        note: stamp("note")?.unwrap_or(first),
        tags: stamp("tags")?.unwrap_or(first),
        style: stamp("style")?.unwrap_or(first),
        deleted: stamp("del")?,
    };
    extra.top = top;
    extra.sync = sync;
    extra.stamps = times;
    let extra = (extra != Extra::default()).then(|| Box::new(extra));
    let color = color.unwrap_or_default();
    Ok(Bookmark { id, created, modified, target, note, over, tags, color, stamps, extra, newer: None })
}

fn read_target(mut target: Object) -> Result<Target, LineFault> {
    let mut extra = TargetExtra::default();
    remove_constant(&mut target, "type", "SpecificResource");
    let mut source = match target.remove("source") {
        Some(Value::String(iri)) => Object::from_iter([("id".to_owned(), Value::String(iri))]),
        Some(Value::Object(source)) => source,
        _ => return Err(LineFault::Field("source")),
    };
    remove_constant(&mut source, "type", "Text");
    let source_ref = SourceMetadata {
        id: SourceId::from_iri(text(&mut source, "id")?.ok_or(LineFault::Field("source"))?),
        title: text(&mut source, "dc:title")?.unwrap_or_default(),
        creators: list(&mut source, "dc:creator")
            .into_iter()
            .map(
                |name| {
                    if let Value::String(name) = name { Ok(clean(name)) } else { Err(LineFault::Field("dc:creator")) }
                },
            )
            .collect::<Result<_, _>>()?,
        publisher: text(&mut source, "dc:publisher")?,
        published: text(&mut source, "dcterms:issued")?,
        language: text(&mut source, "language")?,
        entry: None,
        url: text(&mut source, "schema:url")?,
    };
    let (mut words, mut position) = (None, None);
    for selector in list(&mut target, "selector") {
        match selector {
            Value::Object(mut quote) if kind(&quote) == Some("TextQuoteSelector") && words.is_none() => {
                quote.remove("type");
                words = Some(Quote {
                    exact: text(&mut quote, "exact")?.unwrap_or_default(),
                    prefix: text(&mut quote, "prefix")?.unwrap_or_default(),
                    suffix: text(&mut quote, "suffix")?.unwrap_or_default(),
                });
                extra.quote = quote;
            }
            Value::Object(mut place) if kind(&place) == Some("TextPositionSelector") && position.is_none() => {
                place.remove("type");
                let mut point = |key| {
                    let value = place.remove(key).ok_or(LineFault::Field("selector"))?;
                    value.as_u64().and_then(|point| usize::try_from(point).ok()).ok_or(LineFault::Field("selector"))
                };
                position = Some((point("start")?, point("end")?));
                extra.position = place;
            }
            other => extra.selectors.push(other),
        }
    }
    let mut state = object(&mut target, "state")?;
    remove_constant(&mut state, "type", "TimeState");
    let text_hash = state.get("cached").and_then(Value::as_str).and_then(digest::read);
    if text_hash.is_some() {
        state.remove("cached");
    }
    extra.source = source;
    extra.state = state;
    extra.target = target;
    Ok(Target {
        source: source_ref,
        words: words.unwrap_or_default(),
        position: position.filter(|(start, end)| start <= end),
        text_hash,
        norm: 1,
        extra: (extra != TargetExtra::default()).then(|| Box::new(extra)),
    })
}

/// Takes a string out; none if it is missing or null.
fn text(object: &mut Object, key: &'static str) -> Result<Option<String>, LineFault> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(clean(text))),
        Some(_) => Err(LineFault::Field(key)),
    }
}

fn object(object: &mut Object, key: &'static str) -> Result<Object, LineFault> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(Object::new()),
        Some(Value::Object(inner)) => Ok(inner),
        Some(_) => Err(LineFault::Field(key)),
    }
}

/// Takes a list out; one value stands for a list of one, as JSON-LD allows.
fn list(object: &mut Object, key: &str) -> Vec<Value> {
    match object.remove(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values,
        Some(value) => vec![value],
    }
}

fn time(object: &mut Object, key: &'static str) -> Result<Option<Timestamp>, LineFault> {
    text(object, key)?.map(|time| time.parse().map_err(|_| LineFault::Field(key))).transpose()
}

fn stamp(times: &mut Object, key: &'static str) -> Result<Option<Stamp>, LineFault> {
    let value = match times.remove(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(value) => value,
    };
    Stamp::from_json(&value).map(Some).ok_or(LineFault::Field(key))
}

fn purpose(body: &Object) -> Option<&str> {
    (kind(body) == Some("TextualBody")).then(|| body.get("purpose")?.as_str()).flatten()
}

fn kind(object: &Object) -> Option<&str> {
    object.get("type")?.as_str()
}

fn rest_of_body(mut body: Object) -> Object {
    remove_constant(&mut body, "type", "TextualBody");
    remove_constant(&mut body, "format", "text/plain");
    body.remove("purpose");
    body
}

fn remove_constant(object: &mut Object, key: &str, constant: &str) {
    if object.get(key).and_then(Value::as_str) == Some(constant) {
        object.remove(key);
    }
}
