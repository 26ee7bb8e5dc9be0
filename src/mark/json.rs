//! A mark as JSON on one line.
//!
//! Besides the fields there is `t`, with the stamp of each. Unknown fields are kept, each a register with the stamp of its
//! name in `t`; keys are written in alphabetical order, so equal marks are equal bytes. A newer version may add fields,
//! but does not change the meaning of these.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::article::{Position, SourceId, TextHash};
use crate::journal::{Line, LineFault, MAX_TAG, MAX_TAGS, Register, Stamp, clean};

use super::record::{ArticleSnapshot, Mark, VERSION, short_place, short_title, to_milliseconds};

/// Maximum length of an id, in bytes: web addresses are shorter (RFC 9110 §4.1 recommends support for 8000).
const MAX_ID: usize = 8 * 1024;
/// The names of the fields that have a stamp of their own.
const STAMPED: [&str; 6] = ["article", "read", "starred", "tags", "removed", "place"];

type Object = Map<String, Value>;

/// Reads a line that has been checked for size and depth.
pub(super) fn read(line: &str) -> Line<Mark> {
    let mut top = match serde_json::from_str(line) {
        Ok(Value::Object(top)) => top,
        Ok(_) => return Line::Fault(LineFault::NotRecord("a mark")),
        Err(error) => return Line::Fault(LineFault::NotJson(error.to_string())),
    };
    let Some(version) = top.remove("v") else { return Line::Fault(LineFault::NotRecord("a mark")) };
    let Some(version) = version.as_u64().filter(|version| *version > 0) else {
        return Line::Fault(LineFault::Field("v"));
    };
    match read_fields(version, top) {
        Ok(mark) => Line::Record(Box::new(mark)),
        Err(_) if version > VERSION => Line::Newer,
        Err(fault) => Line::Fault(fault),
    }
}

fn read_fields(version: u64, mut top: Object) -> Result<Mark, LineFault> {
    // An id that was cleaned would be that of another article.
    let is_id = |id: &String| !id.is_empty() && id.len() <= MAX_ID && clean(id.clone()) == *id;
    let id = text(&mut top, "id")?.filter(is_id).ok_or(LineFault::Field("id"))?;
    let mut times = match top.remove("t") {
        None | Some(Value::Null) => Object::new(),
        Some(Value::Object(times)) => times,
        Some(_) => return Err(LineFault::Field("t")),
    };
    let [article, read, starred, tags, removed, place] = STAMPED.map(|name| take_stamp(&mut times, name));
    let mut mark = Mark {
        version,
        article: Register {
            value: ArticleSnapshot {
                text: hash(&mut top, "text")?,
                title: text(&mut top, "title")?.map(|title| short_title(&title)).unwrap_or_default(),
            },
            at: article?,
        },
        read: Register { value: time(&mut top, "read")?, at: read? },
        starred: Register { value: time(&mut top, "starred")?, at: starred? },
        tags: Register { value: read_tags(&mut top)?, at: tags? },
        removed: Register { value: time(&mut top, "removed")?, at: removed? },
        place: Register { value: read_place(&mut top)?, at: place? },
        unknown: BTreeMap::new(),
        id: SourceId::from_iri(id),
    };
    for (name, value) in top {
        let at = take_stamp(&mut times, &name)?;
        mark.unknown.insert(name, Register { value, at });
    }
    // Fields that were removed by a program that knew them.
    let names: Vec<String> = times.keys().cloned().collect();
    for name in names {
        let at = take_stamp(&mut times, &name)?;
        mark.unknown.insert(name, Register { value: Value::Null, at });
    }
    Ok(mark)
}

fn text(object: &mut Object, key: &'static str) -> Result<Option<String>, LineFault> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(LineFault::Field(key)),
    }
}

fn hash(object: &mut Object, key: &'static str) -> Result<Option<TextHash>, LineFault> {
    text(object, key)?.map(|hash| TextHash::from_hex(&hash).ok_or(LineFault::Field(key))).transpose()
}

fn time(object: &mut Object, key: &'static str) -> Result<Option<Timestamp>, LineFault> {
    let read = |time: String| time.parse().map(to_milliseconds).map_err(|_| LineFault::Field(key));
    text(object, key)?.map(read).transpose()
}

fn take_stamp(times: &mut Object, key: &str) -> Result<Option<Stamp>, LineFault> {
    match times.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(stamp) => Stamp::from_json(&stamp).map(Some).ok_or(LineFault::Field("t")),
    }
}

fn read_tags(top: &mut Object) -> Result<Vec<String>, LineFault> {
    let tags = match top.remove("tags") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(tags)) => tags,
        Some(_) => return Err(LineFault::Field("tags")),
    };
    let tag = |tag| if let Value::String(tag) = tag { Ok(clean(tag)) } else { Err(LineFault::Field("tags")) };
    let mut tags = tags.into_iter().map(tag).collect::<Result<Vec<_>, _>>()?;
    // We write nothing beyond the limits; what others wrote there must not grow with every merge.
    tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= MAX_TAG);
    tags.sort_unstable();
    tags.dedup();
    tags.truncate(MAX_TAGS);
    Ok(tags)
}

fn read_place(top: &mut Object) -> Result<Option<Position>, LineFault> {
    const FAULT: LineFault = LineFault::Field("place");
    let mut place = match top.remove("place") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(place)) => place,
        Some(_) => return Err(FAULT),
    };
    let number = |place: &Object, key| {
        place.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok()).ok_or(FAULT)
    };
    let (byte, length) = (number(&place, "byte")?, number(&place, "length")?);
    let text = hash(&mut place, "text").map_err(|_| FAULT)?.ok_or(FAULT)?;
    let quote = match place.remove("quote") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(quote)) => quote,
        Some(_) => return Err(FAULT),
    };
    Ok(Some(short_place(Position { byte, length, text, quote })))
}

/// The mark as one line.
pub(super) fn write(mark: &Mark) -> String {
    let (mut top, mut times) = (Object::new(), Object::new());
    let put = |object: &mut Object, name: &str, value: Value| {
        if !value.is_null() {
            object.insert(name.to_owned(), value);
        }
    };
    for (name, register) in &mark.unknown {
        put(&mut top, name, register.value.clone());
        put(&mut times, name, register.at.map_or(Value::Null, Stamp::to_json));
    }
    for (name, at) in STAMPED.into_iter().zip(mark.stamps()) {
        put(&mut times, name, at.map_or(Value::Null, Stamp::to_json));
    }
    put(&mut top, "v", mark.version.into());
    put(&mut top, "id", mark.id.as_str().into());
    let ArticleSnapshot { text, title } = &mark.article.value;
    put(&mut top, "text", text.map_or(Value::Null, |text| text.to_string().into()));
    put(&mut top, "title", if title.is_empty() { Value::Null } else { title.as_str().into() });
    put(&mut top, "read", time_value(mark.read.value));
    put(&mut top, "starred", time_value(mark.starred.value));
    put(&mut top, "removed", time_value(mark.removed.value));
    put(&mut top, "tags", tags_value(&mark.tags.value));
    put(&mut top, "place", place_value(mark.place.value.as_ref()));
    put(&mut top, "t", times.into());
    Value::Object(top).to_string()
}

fn time_value(time: Option<Timestamp>) -> Value {
    time.map_or(Value::Null, |time| time.to_string().into())
}

fn tags_value(tags: &[String]) -> Value {
    if tags.is_empty() { Value::Null } else { tags.into() }
}

fn place_value(place: Option<&Position>) -> Value {
    place.map_or(Value::Null, |place| {
        let Position { byte, length, text, quote } = place;
        json!({ "byte": byte, "length": length, "text": text.to_string(), "quote": quote })
    })
}

/// Canonical bytes. The empty value is the smallest, so that of two values without stamps a non-empty one wins.
pub(super) fn bytes(value: &Value) -> Vec<u8> {
    if value.is_null() { Vec::new() } else { value.to_string().into_bytes() }
}

pub(super) fn time_bytes(time: Option<Timestamp>) -> Vec<u8> {
    bytes(&time_value(time))
}

pub(super) fn tags_bytes(tags: &[String]) -> Vec<u8> {
    bytes(&tags_value(tags))
}

pub(super) fn place_bytes(place: Option<&Position>) -> Vec<u8> {
    bytes(&place_value(place))
}

pub(super) fn article_bytes(snapshot: &ArticleSnapshot) -> Vec<u8> {
    if *snapshot == ArticleSnapshot::default() {
        return Vec::new();
    }
    bytes(&json!([snapshot.text.map(|text| text.to_string()), snapshot.title]))
}
