//! From what an importer found to a bookmark: the W3C annotation it becomes, its id, its stamps, and the limits.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::when::Clock;
use super::{At, Remark, Why, limits, words};
use crate::bookmark::export::cleaned;
use crate::bookmark::record::unknown_time;
use crate::bookmark::{Bookmark, BookmarkId, Line, read_line};
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
    pub(super) created: When,
    pub(super) modified: When,
    pub(super) identity: Identity,
    /// Names of passages of the same work that went into this one.
    pub(super) replaces: Vec<String>,
    /// What is to be told of it, and where in the file that is.
    pub(super) remarks: Vec<(At, Remark)>,
}

/// What a passage is known by, however its words, its note and everything else are changed later.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Identity {
    /// Nothing but its words.
    #[default]
    Words,
    /// An IRI that stays.
    Iri(String),
    /// A name that is its own whatever becomes of its work.
    Own(String),
    /// A name that is its own among those of its work.
    Name(String),
    /// A name that others of its work may have too, such as the second in which it was made.
    Moment(String),
}

/// A time as a file tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum When {
    /// Not at all.
    #[default]
    Untold,
    /// Such that it can be read.
    At(Timestamp),
    /// In a way nobody here understands.
    Unread(String),
}

impl When {
    pub(super) fn read(text: &str, clock: Clock) -> Self {
        match clock.read(text) {
            Some(time) => Self::At(time),
            None if text.trim().is_empty() => Self::Untold,
            None => Self::Unread(one_line(text)),
        }
    }

    pub(super) fn known(&self) -> Option<Timestamp> {
        if let Self::At(time) = self { Some(*time) } else { None }
    }

    /// What is to be told of it.
    pub(super) fn remark(&self) -> Option<Remark> {
        if let Self::Unread(text) = self { Some(Remark::UnreadTime(text.clone())) } else { None }
    }
}

impl From<Passage> for Draft {
    fn from(passage: Passage) -> Self {
        Self::Passage(Box::new(passage))
    }
}

/// What a draft becomes.
pub(super) struct FinishedDraft {
    pub(super) bookmark: Bookmark,
    /// The ids of passages that went into it.
    pub(super) replaces: Vec<BookmarkId>,
    pub(super) remarks: Vec<(At, Remark)>,
}

/// The bookmark a draft becomes; `at` is where it stands, and `order` its number among those of the file.
pub(super) fn finish(draft: Draft, at: At, order: usize, ids: &mut Ids) -> Result<FinishedDraft, Why> {
    let mut replaces = Vec::new();
    let (mut record, id, mut remarks) = match draft {
        Draft::Annotation(record) => {
            let Value::Object(mut record) = cleaned(Value::Object(record)) else { return Err(Why::NoEntry) };
            let iri = record.get("id").and_then(Value::as_str).map(str::to_owned);
            let own = iri.as_deref().and_then(|iri| Uuid::parse_str(iri.trim_start_matches('#')).ok());
            let id = own.unwrap_or_else(|| match &iri {
                Some(iri) => named(&["annotation", iri]),
                None => ids.of_record(&record),
            });
            if let (None, Some(iri)) = (own, iri) {
                // Where an annotation that got another name has its first one (Web Annotation Data Model §3.3.5).
                record.entry("canonical").or_insert(iri.into());
            }
            let left_out = limits::cut_tags(&mut record);
            (record, id, told(at, left_out).collect())
        }
        Draft::Passage(mut passage) => {
            let mut remarks = std::mem::take(&mut passage.remarks);
            let (tags, left_out) = limits::tags_that_fit(&passage.tags);
            passage.tags = tags;
            remarks.extend(told(at, left_out));
            let gone = std::mem::take(&mut passage.replaces);
            let (record, source, id) = passage.into_record(ids)?;
            replaces.extend(gone.iter().map(|name| BookmarkId::from(named(&["name", &source, name]))));
            (record, id, remarks)
        }
    };
    let mut time = |name: &str| {
        let text = record.get(name).and_then(Value::as_str).unwrap_or_default();
        let when = When::read(text, Clock::default());
        remarks.extend(when.remark().map(|remark| (at, remark)));
        when.known()
    };
    let (created, modified) = (time("created"), time("modified"));
    // Without a time it loses against whatever is written here, instead of winning each time it is imported.
    let stamp = json!([modified.or(created).map_or(0, |time| time.as_millisecond().max(0)), 0, ""]);
    let created = created.unwrap_or_else(|| unknown_time(order));
    record.insert("id".to_owned(), id.urn().to_string().into());
    record.insert("created".to_owned(), created.to_string().into());
    record.insert("modified".to_owned(), modified.unwrap_or(created).to_string().into());
    // Stamps of others would decide about what is written here; the time of the record is all that is taken.
    let stamps = json!({ "target": stamp, "note": stamp, "tags": stamp, "style": stamp });
    record.insert("x:sync".to_owned(), json!({ "v": 1, "t": stamps }));
    let bookmark = match read_line(Value::Object(record).to_string().as_bytes()) {
        Line::Record(bookmark) => *bookmark,
        Line::Fault(fault) => return Err(Why::Fault(fault)),
        Line::Blank | Line::Newer => return Err(Why::NoEntry),
    };
    limits::check(&bookmark).map_err(Why::Refused)?;
    Ok(FinishedDraft { bookmark, replaces, remarks })
}

/// What is said of tags that were left out.
fn told(at: At, left_out: Vec<String>) -> impl Iterator<Item = (At, Remark)> {
    (!left_out.is_empty()).then_some((at, Remark::TagsLeftOut(left_out))).into_iter()
}

impl Passage {
    /// The record, the IRI of its source, and its id.
    fn into_record(self, ids: &mut Ids) -> Result<(Map<String, Value>, String, Uuid), Why> {
        let quote = sanitize(&self.quote).trim().to_owned();
        let note = sanitize(&self.note).trim().to_owned();
        if quote.is_empty() && note.is_empty() {
            return Err(Why::NoWords);
        }
        let title = name(&self.title);
        let creators: Vec<String> =
            self.creators.iter().map(|creator| name(creator)).filter(|creator| !creator.is_empty()).collect();
        let source = match address(&self.url) {
            // A source must have an IRI; this one is the same for every passage of the work.
            url if url.is_empty() => work(&title, &creators),
            url => url,
        };
        let id = ids.of(&self.identity, &source, &quote, &note);

        let mut origin = Map::new();
        origin.insert("id".to_owned(), source.clone().into());
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
        body.extend(self.tags.iter().map(|tag| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag })));

        let mut record = Map::new();
        record.insert("type".to_owned(), "Annotation".into());
        record.insert("target".to_owned(), target);
        record.insert("body".to_owned(), body.into());
        for (key, when) in [("created", self.created), ("modified", self.modified)] {
            match when {
                When::Untold => {}
                When::At(time) => drop(record.insert(key.to_owned(), time.to_string().into())),
                When::Unread(text) => drop(record.insert(key.to_owned(), text.into())),
            }
        }
        if let Identity::Iri(iri) = self.identity {
            record.insert("canonical".to_owned(), one_line(&iri).into());
        }
        Ok((record, source, id))
    }
}

/// The IRI of a work of which only title and authors are known: the same for every passage of it.
pub(super) fn work(title: &str, creators: &[String]) -> String {
    named(&["work", &fold(title), &fold(&creators.join("\n"))]).urn().to_string()
}

/// A quote with its context, of which only the nearest words are kept.
pub(super) fn quote_selector(exact: &str, prefix: &str, suffix: &str) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": before(prefix), "suffix": after(suffix) })
}

/// Words of a page as they are read, where line breaks and indentation are those of its source. A blank at an end stays:
/// it parts the words from those beside them.
pub(super) fn one_flow(words: &str) -> String {
    let blank = |is_blank: bool| if is_blank { " " } else { "" };
    let flow = one_line(words);
    if flow.is_empty() {
        return flow;
    }
    let (before, after) = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    format!("{}{flow}{}", blank(before), blank(after))
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

/// The ids that passages of a file have so far, and what each says.
#[derive(Default)]
pub(super) struct Ids(HashMap<Uuid, (String, String)>);

impl Ids {
    /// The id of an annotation that has none: what it is about is what it is called by, since all else may be changed.
    fn of_record(&mut self, record: &Map<String, Value>) -> Uuid {
        let target = record.get("target").unwrap_or(&Value::Null);
        let source = target.get("source").unwrap_or(target);
        let source = source.as_str().unwrap_or_else(|| words(source, "id"));
        let place = target.get("selector").map(Value::to_string).unwrap_or_default();
        let bodies = record.get("body").and_then(Value::as_array).into_iter().flatten();
        let mut note = bodies.filter(|body| words(body, "purpose") == "commenting").map(|body| words(body, "value"));
        self.of(&Identity::Words, source, &place, note.next().unwrap_or_default())
    }

    /// The id of a passage. If one before it has the same name and says something else, this one is called by more of
    /// what it says; so whatever follows in a file, the names of those above stay.
    fn of(&mut self, identity: &Identity, source: &str, quote: &str, note: &str) -> Uuid {
        let words = fold(quote);
        let by_words = named(&["words", source, &words, if words.is_empty() { note } else { "" }]);
        let by_all = named(&["passage", source, &words, note]);
        let names = match identity {
            Identity::Iri(iri) => return named(&["annotation", iri]),
            Identity::Own(name) => return named(&["own", name]),
            Identity::Name(name) => return named(&["name", source, name]),
            Identity::Moment(moment) => {
                [named(&["moment", source, moment]), named(&["moment", source, moment, &words])]
            }
            Identity::Words => [by_words, by_all],
        };
        let is_same = |(old, old_note): &(String, String)| match identity {
            // A passage may have been made longer; one of several in a second is another.
            Identity::Moment(_) => old.contains(&words) || words.contains(old.as_str()),
            _ => old_note == note,
        };
        let free = |id: &&Uuid| self.0.get(*id).is_none_or(is_same);
        let id = names.iter().find(free).copied().unwrap_or(by_all);
        self.0.insert(id, (words, note.to_owned()));
        id
    }
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
