//! Turns what an importer found into a bookmark: the W3C annotation, its id, its stamps, and the limits it must keep.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::datetime::DateOrder;
use super::{Location, Remark, SkipReason, limits, string_field};
use crate::bookmark::export::sanitize_json;
use crate::bookmark::record::unknown_time;
use crate::bookmark::{Bookmark, BookmarkId, Line, read_line};
use crate::text::fold::fold;
use crate::text::sanitize::{one_line, sanitize};

/// Longest context on each side, in code points.
const CONTEXT: usize = 160;
/// Longest copy of a headline or name, in code points.
const NAME: usize = 500;

/// One record as an importer found it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Draft {
    /// A passage, field by field.
    Passage(Box<ImportedPassage>),
    /// A W3C annotation as it came.
    Annotation(Map<String, Value>),
}

/// A passage from a program that has a format of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ImportedPassage {
    /// The words; empty for a note on a place or on a whole page.
    pub(super) quote: String,
    /// The words before.
    pub(super) prefix: String,
    /// The words after.
    pub(super) suffix: String,
    /// Start and end in that program's text: good for sorting, nothing else.
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
    pub(super) created: FileTime,
    pub(super) modified: FileTime,
    pub(super) identity: Identity,
    /// Names of passages of the same work that were merged into this one.
    pub(super) replaces: Vec<String>,
    /// What the user should know about it, and where in the file that is.
    pub(super) remarks: Vec<(Location, Remark)>,
}

/// What identifies a passage, even when its words, its note or anything else changes later.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Identity {
    /// Nothing but its words.
    #[default]
    Words,
    /// An IRI that stays.
    Iri(String),
    /// A name that is unique everywhere, whatever happens to the work it belongs to.
    Global(String),
    /// A name that is unique within its work.
    WithinWork(String),
    /// The second in which it was made, which other passages of the work may share.
    CreatedAt(String),
}

/// A time as a file gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum FileTime {
    /// The file gives none.
    #[default]
    Missing,
    /// A point in time.
    Known(Timestamp),
    /// The file gives one in a form that is not understood.
    Unreadable(String),
}

impl FileTime {
    pub(super) fn read(text: &str, date_order: DateOrder) -> Self {
        match date_order.read(text) {
            Some(time) => Self::Known(time),
            None if text.trim().is_empty() => Self::Missing,
            None => Self::Unreadable(one_line(text)),
        }
    }

    pub(super) fn known(&self) -> Option<Timestamp> {
        if let Self::Known(time) = self { Some(*time) } else { None }
    }

    /// What the user should know about it.
    pub(super) fn remark(&self) -> Option<Remark> {
        if let Self::Unreadable(text) = self { Some(Remark::UnreadableTime(text.clone())) } else { None }
    }
}

impl From<ImportedPassage> for Draft {
    fn from(passage: ImportedPassage) -> Self {
        Self::Passage(Box::new(passage))
    }
}

/// A draft turned into a bookmark.
pub(super) struct FinishedDraft {
    pub(super) bookmark: Bookmark,
    /// The ids of passages that were merged into it.
    pub(super) replaces: Vec<BookmarkId>,
    pub(super) remarks: Vec<(Location, Remark)>,
}

/// Turns a draft into a bookmark. `at` is its location in the file, `order` its index among the file's bookmarks.
pub(super) fn finish(draft: Draft, at: Location, order: usize, ids: &mut Ids) -> Result<FinishedDraft, SkipReason> {
    let mut replaces = Vec::new();
    let (mut record, id, mut remarks) = match draft {
        Draft::Annotation(record) => {
            let Value::Object(mut record) = sanitize_json(Value::Object(record)) else {
                return Err(SkipReason::NotAnEntry);
            };
            let iri = record.get("id").and_then(Value::as_str).map(str::to_owned);
            let own = iri.as_deref().and_then(|iri| Uuid::parse_str(iri.trim_start_matches('#')).ok());
            let id = own.unwrap_or_else(|| match &iri {
                Some(iri) => stable_uuid(&["annotation", iri]),
                None => ids.assign_to_record(&record),
            });
            if let (None, Some(iri)) = (own, iri) {
                // An annotation that is given a new id keeps its first one here (Web Annotation Data Model §3.3.5).
                record.entry("canonical").or_insert(iri.into());
            }
            let left_out = limits::remove_excess_tags(&mut record);
            (record, id, tag_remark(at, left_out).collect())
        }
        Draft::Passage(mut passage) => {
            let mut remarks = std::mem::take(&mut passage.remarks);
            let (tags, left_out) = limits::split_tags(&passage.tags);
            passage.tags = tags;
            remarks.extend(tag_remark(at, left_out));
            let gone = std::mem::take(&mut passage.replaces);
            let (record, source, id) = passage.into_record(ids)?;
            replaces.extend(gone.iter().map(|name| BookmarkId::from(stable_uuid(&["name", &source, name]))));
            (record, id, remarks)
        }
    };
    let mut time = |name: &str| {
        let text = record.get(name).and_then(Value::as_str).unwrap_or_default();
        let when = FileTime::read(text, DateOrder::default());
        remarks.extend(when.remark().map(|remark| (at, remark)));
        when.known()
    };
    let (created, modified) = (time("created"), time("modified"));
    // Without a time it loses to anything written here, rather than winning with every import.
    let stamp = json!([modified.or(created).map_or(0, |time| time.as_millisecond().max(0)), 0, ""]);
    let created = created.unwrap_or_else(|| unknown_time(order));
    record.insert("id".to_owned(), id.urn().to_string().into());
    record.insert("created".to_owned(), created.to_string().into());
    record.insert("modified".to_owned(), modified.unwrap_or(created).to_string().into());
    // Stamps from another program would overrule what is written here, so only the record's time is used.
    let stamps = json!({ "target": stamp, "note": stamp, "tags": stamp, "style": stamp });
    record.insert("x:sync".to_owned(), json!({ "v": 1, "t": stamps }));
    let bookmark = match read_line(Value::Object(record).to_string().as_bytes()) {
        Line::Record(bookmark) => *bookmark,
        Line::Fault(fault) => return Err(SkipReason::Fault(fault)),
        Line::Blank | Line::Newer => return Err(SkipReason::NotAnEntry),
    };
    limits::check(&bookmark).map_err(SkipReason::Refused)?;
    Ok(FinishedDraft { bookmark, replaces, remarks })
}

/// The remark about tags that were left out.
fn tag_remark(at: Location, left_out: Vec<String>) -> impl Iterator<Item = (Location, Remark)> {
    (!left_out.is_empty()).then_some((at, Remark::TagsLeftOut(left_out))).into_iter()
}

impl ImportedPassage {
    /// Returns the record, the IRI of its source, and its id.
    fn into_record(self, ids: &mut Ids) -> Result<(Map<String, Value>, String, Uuid), SkipReason> {
        let quote = sanitize(&self.quote).trim().to_owned();
        let note = sanitize(&self.note).trim().to_owned();
        if quote.is_empty() && note.is_empty() {
            return Err(SkipReason::NoWords);
        }
        let title = capped_name(&self.title);
        let creators: Vec<String> =
            self.creators.iter().map(|creator| capped_name(creator)).filter(|creator| !creator.is_empty()).collect();
        let source = match page_address(&self.url) {
            // A source needs an IRI; this one is the same for every passage of the work.
            url if url.is_empty() => work_iri(&title, &creators),
            url => url,
        };
        let id = ids.assign(&self.identity, &source, &quote, &note);

        let mut origin = Map::new();
        origin.insert("id".to_owned(), source.clone().into());
        let facts = [
            ("dc:title", title),
            ("dc:publisher", capped_name(&self.publisher)),
            ("dcterms:issued", capped_name(&self.published)),
            ("language", capped_name(&self.language)),
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
                FileTime::Missing => {}
                FileTime::Known(time) => drop(record.insert(key.to_owned(), time.to_string().into())),
                FileTime::Unreadable(text) => drop(record.insert(key.to_owned(), text.into())),
            }
        }
        if let Identity::Iri(iri) = self.identity {
            record.insert("canonical".to_owned(), one_line(&iri).into());
        }
        Ok((record, source, id))
    }
}

/// The IRI of a work known only by title and authors; the same for all of its passages.
pub(super) fn work_iri(title: &str, creators: &[String]) -> String {
    stable_uuid(&["work", &fold(title), &fold(&creators.join("\n"))]).urn().to_string()
}

/// A quote selector that keeps only the nearest context.
pub(super) fn quote_selector(exact: &str, prefix: &str, suffix: &str) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": nearest_prefix(prefix), "suffix": nearest_suffix(suffix) })
}

/// Collapses white space that only reflects how a page's source was laid out. A blank at either end stays, since it
/// separates these words from their neighbours.
pub(super) fn collapse_whitespace(words: &str) -> String {
    let blank = |is_blank: bool| if is_blank { " " } else { "" };
    let collapsed = one_line(words);
    if collapsed.is_empty() {
        return collapsed;
    }
    let (before, after) = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    format!("{}{collapsed}{}", blank(before), blank(after))
}

/// The last [`CONTEXT`] characters of a prefix.
pub(super) fn nearest_prefix(prefix: &str) -> &str {
    let start = prefix.char_indices().rev().take(CONTEXT).last().map_or(0, |(start, _)| start);
    prefix.get(start..).unwrap_or_default()
}

/// The first [`CONTEXT`] characters of a suffix.
pub(super) fn nearest_suffix(suffix: &str) -> &str {
    let end = suffix.char_indices().nth(CONTEXT).map_or(suffix.len(), |(end, _)| end);
    suffix.get(..end).unwrap_or_default()
}

/// An address without its text fragment, which only points into the page.
fn page_address(url: &str) -> String {
    let url = one_line(url);
    url.split_once(":~:").map_or(url.as_str(), |(url, _)| url.trim_end_matches('#')).to_owned()
}

fn capped_name(words: &str) -> String {
    one_line(words).chars().take(NAME).collect()
}

/// The ids given to the passages of a file so far, with the words and note of each.
#[derive(Default)]
pub(super) struct Ids(HashMap<Uuid, (String, String)>);

impl Ids {
    /// The id of an annotation that has none, made from its target: everything else in it may change.
    fn assign_to_record(&mut self, record: &Map<String, Value>) -> Uuid {
        let target = record.get("target").unwrap_or(&Value::Null);
        let source = target.get("source").unwrap_or(target);
        let source = source.as_str().unwrap_or_else(|| string_field(source, "id"));
        let place = target.get("selector").map(Value::to_string).unwrap_or_default();
        let bodies = record.get("body").and_then(Value::as_array).into_iter().flatten();
        let mut note =
            bodies.filter(|body| string_field(body, "purpose") == "commenting").map(|body| string_field(body, "value"));
        self.assign(&Identity::Words, source, &place, note.next().unwrap_or_default())
    }

    /// The id of a passage. If an earlier one has the same identity but other words, more of the passage goes into the
    /// id; the ids of passages further up never depend on what follows them in the file.
    fn assign(&mut self, identity: &Identity, source: &str, quote: &str, note: &str) -> Uuid {
        let words = fold(quote);
        let by_words = stable_uuid(&["words", source, &words, if words.is_empty() { note } else { "" }]);
        let by_all = stable_uuid(&["passage", source, &words, note]);
        let names = match identity {
            Identity::Iri(iri) => return stable_uuid(&["annotation", iri]),
            Identity::Global(name) => return stable_uuid(&["own", name]),
            Identity::WithinWork(name) => return stable_uuid(&["name", source, name]),
            Identity::CreatedAt(moment) => {
                [stable_uuid(&["moment", source, moment]), stable_uuid(&["moment", source, moment, &words])]
            }
            Identity::Words => [by_words, by_all],
        };
        let is_same = |(old, old_note): &(String, String)| match identity {
            // A passage may have been extended; with other words it is another one made in the same second.
            Identity::CreatedAt(_) => old.contains(&words) || words.contains(old.as_str()),
            _ => old_note == note,
        };
        let free = |id: &&Uuid| self.0.get(*id).is_none_or(is_same);
        let id = names.iter().find(free).copied().unwrap_or(by_all);
        self.0.insert(id, (words, note.to_owned()));
        id
    }
}

/// The UUID made from these names: the same on every machine and in every import.
fn stable_uuid(names: &[&str]) -> Uuid {
    let mut digest = Sha256::new();
    for name in names {
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
    }
    Builder::from_custom_bytes(digest.finalize().first_chunk().copied().unwrap_or_default()).into_uuid()
}
