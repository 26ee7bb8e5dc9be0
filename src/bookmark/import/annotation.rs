//! From what an importer found to a bookmark: the W3C annotation it becomes, its id, its stamps, and the limits.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::Why;
use crate::bookmark::export::cleaned;
use crate::bookmark::{Bookmark, Line, MAX_NOTE, MAX_PASSAGE, MAX_TAG, MAX_TAGS, Refused, read_line, tags};
use crate::text::fold::fold;
use crate::text::sanitize::{one_line, sanitize};

/// Longest context on each side, in code points; what is farther away is cut off.
const CONTEXT: usize = 160;
/// Longest copy of a headline or name, in code points.
const NAME: usize = 500;

/// What an importer found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Draft {
    /// A passage, field by field.
    Passage(Box<Passage>),
    /// A W3C annotation as it came.
    Annotation(Map<String, Value>),
}

/// A passage of a program with a format of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Passage {
    /// The words; empty for the note on a place or a whole page.
    pub(super) quote: String,
    /// The words before.
    pub(super) prefix: String,
    /// The words after.
    pub(super) suffix: String,
    /// Start and end in that program's text: an order, no more.
    pub(super) position: Option<(u64, u64)>,
    pub(super) note: String,
    pub(super) tags: Vec<String>,
    pub(super) color: String,
    /// The address of the article.
    pub(super) url: String,
    pub(super) title: String,
    pub(super) creators: Vec<String>,
    pub(super) publisher: String,
    /// The day, ISO 8601.
    pub(super) published: String,
    pub(super) language: String,
    pub(super) created: Option<Timestamp>,
    pub(super) modified: Option<Timestamp>,
    /// The IRI it has elsewhere, if it has one that stays.
    pub(super) iri: Option<String>,
}

impl From<Passage> for Draft {
    fn from(passage: Passage) -> Self {
        Self::Passage(Box::new(passage))
    }
}

/// The bookmark a draft becomes.
pub(super) fn finish(draft: Draft, now: Timestamp) -> Result<Bookmark, Why> {
    let (mut record, id) = match draft {
        Draft::Annotation(record) => {
            let Value::Object(mut record) = cleaned(Value::Object(record)) else { return Err(Why::NoEntry) };
            let iri = record.get("id").and_then(Value::as_str).map(str::to_owned);
            let own = iri.as_deref().and_then(|iri| Uuid::parse_str(iri).ok());
            let id = own.unwrap_or_else(|| match &iri {
                Some(iri) => named(&["annotation", iri]),
                None => named(&["record", &Value::Object(record.clone()).to_string()]),
            });
            if let (None, Some(iri)) = (own, iri) {
                // Where an annotation that got another name has its first one (Web Annotation Data Model §3.3.5).
                record.entry("canonical").or_insert(iri.into());
            }
            (record, id)
        }
        Draft::Passage(passage) => passage.into_record()?,
    };
    let time = |name: &str| record.get(name).and_then(Value::as_str).and_then(super::when::time);
    let (created, modified) = (time("created"), time("modified"));
    let created = created.or(modified);
    // Without a time it loses against whatever is written here, instead of winning each time it is imported.
    let stamp = json!([modified.or(created).map_or(0, |time| time.as_millisecond().max(0)), 0, ""]);
    let created = created.unwrap_or(now);
    record.insert("id".to_owned(), id.urn().to_string().into());
    record.insert("created".to_owned(), created.to_string().into());
    record.insert("modified".to_owned(), modified.unwrap_or(created).to_string().into());
    // Stamps of others would decide about what is written here; the time of the record is all that is taken.
    let stamps = json!({ "target": stamp, "note": stamp, "tags": stamp, "style": stamp });
    record.insert("x:sync".to_owned(), json!({ "v": 1, "t": stamps }));
    let bookmark = match read_line(Value::Object(record).to_string().as_bytes()) {
        Line::Bookmark(bookmark) => *bookmark,
        Line::Fault(fault) => return Err(Why::Fault(fault)),
        Line::Blank => return Err(Why::NoEntry),
    };
    check(&bookmark).map_err(Why::Refused)?;
    Ok(bookmark)
}

/// The limits of every bookmark.
fn check(bookmark: &Bookmark) -> Result<(), Refused> {
    let code_points = bookmark.quote().map_or(0, |quote| quote.exact.chars().count());
    if code_points > MAX_PASSAGE {
        return Err(Refused::TooLong { code_points });
    }
    let bytes = bookmark.note().map_or(0, str::len);
    if bytes > MAX_NOTE {
        return Err(Refused::NoteTooLong { bytes });
    }
    if bookmark.tags().len() > MAX_TAGS {
        return Err(Refused::TooManyTags);
    }
    match bookmark.tags().iter().find(|tag| tag.chars().count() > MAX_TAG) {
        Some(tag) => Err(Refused::TagTooLong { tag: tag.clone() }),
        None => Ok(()),
    }
}

impl Passage {
    fn into_record(self) -> Result<(Map<String, Value>, Uuid), Why> {
        let quote = sanitize(&self.quote).trim().to_owned();
        let note = sanitize(&self.note).trim().to_owned();
        if quote.is_empty() && note.is_empty() {
            return Err(Why::NoWords);
        }
        let tags = tags::normalise(&self.tags).map_err(Why::Refused)?;
        let title = name(&self.title);
        let creators: Vec<String> =
            self.creators.iter().map(|creator| name(creator)).filter(|creator| !creator.is_empty()).collect();
        let source = match address(&self.url) {
            // A source must have an IRI; this one is the same for every passage of the work.
            url if url.is_empty() => named(&["work", &fold(&title), &fold(&creators.join("\n"))]).urn().to_string(),
            url => url,
        };
        let id = match &self.iri {
            Some(iri) => named(&["annotation", iri]),
            None => named(&["passage", &source, &fold(&quote), &note]),
        };

        let mut origin = Map::new();
        origin.insert("id".to_owned(), source.into());
        let facts = [
            ("dc:title", title),
            ("dc:publisher", name(&self.publisher)),
            ("dcterms:issued", name(&self.published)),
            ("language", name(&self.language)),
        ];
        origin.extend(
            facts.into_iter().filter(|(_, fact)| !fact.is_empty()).map(|(key, fact)| (key.to_owned(), fact.into())),
        );
        if !creators.is_empty() {
            origin.insert("dc:creator".to_owned(), creators.into());
        }
        let mut selectors = Vec::new();
        if !quote.is_empty() {
            selectors.push(quote_selector(&quote, &sanitize(&self.prefix), &sanitize(&self.suffix)));
        }
        if let Some((start, end)) = self.position {
            selectors.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
        }
        let mut target = json!({ "source": origin, "selector": selectors });
        let color = one_line(&self.color).to_lowercase();
        if let Some(target) = target.as_object_mut().filter(|_| !color.is_empty()) {
            target.insert("styleClass".to_owned(), color.into());
        }
        let mut body = Vec::new();
        if !note.is_empty() {
            body.push(json!({ "type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": note }));
        }
        body.extend(tags.iter().map(|tag| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag })));

        let mut record = Map::new();
        record.insert("type".to_owned(), "Annotation".into());
        record.insert("target".to_owned(), target);
        record.insert("body".to_owned(), body.into());
        for (key, time) in [("created", self.created), ("modified", self.modified)] {
            if let Some(time) = time {
                record.insert(key.to_owned(), time.to_string().into());
            }
        }
        if let Some(iri) = self.iri {
            record.insert("canonical".to_owned(), one_line(&iri).into());
        }
        Ok((record, id))
    }
}

/// A quote with its context, of which only the nearest words are kept.
pub(super) fn quote_selector(exact: &str, prefix: &str, suffix: &str) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": before(prefix), "suffix": after(suffix) })
}

/// The end of a prefix.
pub(super) fn before(prefix: &str) -> &str {
    let start = prefix.char_indices().rev().take(CONTEXT).last().map_or(0, |(start, _)| start);
    prefix.get(start..).unwrap_or_default()
}

/// The beginning of a suffix.
pub(super) fn after(suffix: &str) -> &str {
    let end = suffix.char_indices().nth(CONTEXT).map_or(suffix.len(), |(end, _)| end);
    suffix.get(..end).unwrap_or_default()
}

/// An address without what only points into the page.
fn address(url: &str) -> String {
    let url = one_line(url);
    url.split_once(":~:").map_or(url.as_str(), |(url, _)| url.trim_end_matches('#')).to_owned()
}

fn name(words: &str) -> String {
    one_line(words).chars().take(NAME).collect()
}

/// The id of whatever is called by these names: the same on every machine, and in every import.
fn named(names: &[&str]) -> Uuid {
    let mut digest = Sha256::new();
    for name in names {
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
    }
    Builder::from_custom_bytes(digest.finalize().first_chunk().copied().unwrap_or_default()).into_uuid()
}
