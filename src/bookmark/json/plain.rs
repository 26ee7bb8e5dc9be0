//! From a record of this program's own form to a bookmark, without the detour over a tree of values.
//!
//! Nearly every line of every log is such a record, and a hundred thousand of them stand between the start of the
//! program and its bookmarks. Whatever has a field more, a type or a spelling this form does not have is left to
//! [`read_any`](super::read::read_any), which reads all of them, and alone says what is wrong with one; a test holds the two together.

use serde::Deserialize;

use crate::article::SourceId;
use crate::bookmark::Color;
use crate::bookmark::passage::Quote;
use crate::bookmark::record::{Bookmark, Target};
use crate::bookmark::source::SourceMetadata;
use crate::bookmark::stamp::Stamps;
use crate::journal::{Stamp, clean};

use super::{ANNO, NAMESPACE, VERSION, digest};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    #[serde(rename = "@context", borrow)]
    context: (&'a str, Context<'a>),
    r#type: &'a str,
    id: &'a str,
    created: &'a str,
    modified: &'a str,
    #[serde(rename = "motivation")]
    _motivation: &'a str,
    #[serde(rename = "stylesheet")]
    _stylesheet: &'a str,
    #[serde(default, borrow)]
    body: Vec<Body<'a>>,
    #[serde(borrow)]
    target: About<'a>,
    #[serde(rename = "x:sync", borrow)]
    sync: Sync<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Context<'a> {
    x: &'a str,
    #[serde(rename = "x:sync", borrow)]
    sync: ContextSync<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextSync<'a> {
    #[serde(rename = "@id")]
    id: &'a str,
    #[serde(rename = "@type")]
    r#type: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    r#type: &'a str,
    purpose: &'a str,
    #[serde(borrow)]
    format: Option<&'a str>,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About<'a> {
    r#type: &'a str,
    #[serde(rename = "styleClass")]
    style: String,
    #[serde(borrow)]
    source: Source<'a>,
    #[serde(borrow)]
    selector: Vec<Selector<'a>>,
    #[serde(borrow)]
    state: Option<State<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source<'a> {
    r#type: &'a str,
    id: String,
    #[serde(rename = "dc:title", default)]
    title: String,
    #[serde(rename = "dc:creator", default)]
    creators: Vec<String>,
    #[serde(rename = "dc:publisher")]
    publisher: Option<String>,
    #[serde(rename = "dcterms:issued")]
    published: Option<String>,
    language: Option<String>,
    #[serde(rename = "schema:url")]
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selector<'a> {
    r#type: &'a str,
    exact: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State<'a> {
    r#type: &'a str,
    cached: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sync<'a> {
    v: u64,
    #[serde(rename = "dev")]
    _device: &'a str,
    norm: u64,
    entry: Option<String>,
    #[serde(borrow)]
    t: Times<'a>,
}

/// Milliseconds, counter, device.
type Time<'a> = (i64, u32, &'a str);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Times<'a> {
    #[serde(borrow)]
    target: Time<'a>,
    #[serde(borrow)]
    note: Time<'a>,
    #[serde(borrow)]
    tags: Time<'a>,
    #[serde(borrow)]
    style: Time<'a>,
    #[serde(borrow)]
    del: Option<Time<'a>>,
    #[serde(borrow)]
    over: Option<Time<'a>>,
}

/// Reads a record of exactly our own form; none if it is anything else, or wrong.
pub(super) fn read(line: &str) -> Option<Bookmark> {
    let record: Record<'_> = serde_json::from_str(line).ok()?;
    let (anno, context) = record.context;
    let is_ours = anno == ANNO
        && (context.x, context.sync.id, context.sync.r#type) == (NAMESPACE, "x:sync", "@json")
        && record.r#type == "Annotation"
        && record.sync.v == VERSION;
    if !is_ours {
        return None;
    }
    let (mut note, mut tags) = (None, Vec::new());
    for body in record.body {
        if body.r#type != "TextualBody" || body.format.is_some_and(|format| format != "text/plain") {
            return None;
        }
        match body.purpose {
            "commenting" if note.is_none() && !body.value.is_empty() => note = Some(clean(body.value)),
            "tagging" => tags.push(clean(body.value)),
            _ => return None,
        }
    }
    tags.sort_unstable();
    tags.dedup();
    let times = record.sync.t;
    Some(Bookmark {
        id: record.id.parse().ok()?,
        created: record.created.parse().ok()?,
        modified: record.modified.parse().ok()?,
        color: Color::from_name(&clean(record.target.style.clone())),
        target: target(record.target, record.sync.norm, record.sync.entry)?,
        note: note.filter(|note| !note.is_empty()),
        over: times.over.map(stamp).map_or(Some(None), |over| over.map(Some))?,
        tags,
        stamps: Stamps {
            target: stamp(times.target)?,
            note: stamp(times.note)?,
            tags: stamp(times.tags)?,
            style: stamp(times.style)?,
            deleted: times.del.map(stamp).map_or(Some(None), |deleted| deleted.map(Some))?,
        },
        extra: None,
        newer: None,
    })
}

fn target(about: About<'_>, norm: u64, entry: Option<String>) -> Option<Target> {
    let source = about.source;
    if about.r#type != "SpecificResource" || source.r#type != "Text" {
        return None;
    }
    let (mut words, mut position) = (None, None);
    for selector in about.selector {
        match selector {
            Selector { r#type: "TextQuoteSelector", exact, prefix, suffix, start: None, end: None }
                if words.is_none() =>
            {
                let clean = |words: Option<String>| words.map(clean).unwrap_or_default();
                words = Some(Quote { exact: clean(exact), prefix: clean(prefix), suffix: clean(suffix) });
            }
            Selector {
                r#type: "TextPositionSelector",
                exact: None,
                prefix: None,
                suffix: None,
                start: Some(start),
                end: Some(end),
            } if position.is_none() => position = Some((start, end)),
            _ => return None,
        }
    }
    let text_hash = match about.state {
        None => None,
        Some(State { r#type: "TimeState", cached }) => Some(digest::read(cached)?),
        Some(_) => return None,
    };
    Some(Target {
        source: SourceMetadata {
            id: SourceId::from_iri(clean(source.id)),
            title: clean(source.title),
            creators: source.creators.into_iter().map(clean).collect(),
            publisher: source.publisher.map(clean),
            published: source.published.map(clean),
            language: source.language.map(clean),
            entry: entry.map(clean),
            url: source.url.map(clean),
        },
        words: words.unwrap_or_default(),
        position: position.filter(|(start, end)| start <= end),
        text_hash,
        norm,
        extra: None,
    })
}

fn stamp((ms, counter, device): Time<'_>) -> Option<Stamp> {
    Stamp::from_parts(ms, counter, device)
}
