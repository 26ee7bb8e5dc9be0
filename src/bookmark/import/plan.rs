//! Plans what an import changes before anything is written, so that a dry run reports exactly what a real one does.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Batch, ImportFormat};
use crate::article::address;
use crate::bookmark::stamp::Stamps;
use crate::bookmark::{Bookmark, BookmarkId, Color, DeviceId, Shelf, SourceMetadata, Stamp};
use crate::text::fold::fold;

/// What an import does to the shelf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The bookmarks to write, new and changed.
    pub write: Vec<Bookmark>,
    /// How many of those are new.
    pub new: usize,
    /// Bookmarks that were here in an earlier state.
    pub changed: Vec<Change>,
    /// How many are here just as in the file.
    pub same: usize,
    /// How many are here in a later state, which is kept.
    pub older: usize,
    /// How many were deleted here, and stay deleted.
    pub deleted: usize,
    /// How many from an earlier file are part of others now; their tombstones are written last.
    pub replaced: usize,
}

/// What a record in the file changes about a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The bookmark.
    pub id: BookmarkId,
    /// What changes: "passage", "note", "tags", "colour", "other fields", or "no longer deleted".
    pub what: Vec<&'static str>,
}

/// Decides what becomes of each record.
///
/// A record whose id is known updates the fields that were never edited here. Fields that were edited here are kept:
/// for W3C annotations, which may be our own from another device, unless the file has a later edit of the same group of
/// fields; for other programs always. What was deleted here stays deleted. A record whose id is unknown still counts as
/// known if a bookmark of the same article has the same words and note.
pub fn plan(shelf: &Shelf, batch: &Batch) -> Plan {
    let is_from_another_program = batch.format != ImportFormat::W3c;
    let mut plan = Plan::default();
    let mut pending: HashMap<BookmarkId, Bookmark> = HashMap::new();
    let mut order = Vec::new();
    let ids: HashSet<BookmarkId> = batch.bookmarks.iter().map(Bookmark::id).collect();
    let mut known: Option<HashSet<String>> = None;
    for bookmark in &batch.bookmarks {
        let id = bookmark.id();
        if let Some(here) = pending.get_mut(&id) {
            // A second record with the same id is not a second bookmark.
            plan.same += 1;
            if let Outcome::Changed(merged, _) = merge(here, bookmark, is_from_another_program) {
                *here = *merged;
            }
            continue;
        }
        if let Some(here) = shelf.get(id) {
            match merge(here, bookmark, is_from_another_program) {
                Outcome::Same => plan.same += 1,
                Outcome::Older => plan.older += 1,
                Outcome::Deleted => plan.deleted += 1,
                Outcome::Changed(merged, what) => {
                    order.push(id);
                    plan.changed.push(Change { id, what });
                    pending.insert(id, *merged);
                }
            }
            continue;
        }
        // A bookmark that has a record of its own in the file cannot be this one too.
        let known = known.get_or_insert_with(|| {
            shelf.iter().filter(|bookmark| !ids.contains(&bookmark.id())).flat_map(lookup_keys).collect()
        });
        if lookup_key(bookmark).is_some_and(|key| known.contains(&key)) {
            plan.same += 1;
            continue;
        }
        plan.new += 1;
        order.push(id);
        pending.insert(id, bookmark.clone());
    }
    plan.write = order.iter().filter_map(|id| pending.remove(id)).collect();
    let gone = batch.replaced.iter().filter(|id| !ids.contains(id)).filter_map(|id| shelf.get(*id));
    let gone: Vec<Bookmark> = gone.filter(|here| !here.is_deleted() && is_untouched(here)).map(tombstone).collect();
    plan.replaced = gone.len();
    plan.write.extend(gone);
    plan
}

/// Whether an imported bookmark was never edited here.
fn is_untouched(bookmark: &Bookmark) -> bool {
    let Stamps { target, note, tags, style, deleted } = bookmark.stamps;
    [Some(target), Some(note), Some(tags), Some(style), deleted].into_iter().flatten().all(is_imported)
}

fn is_imported(stamp: Stamp) -> bool {
    stamp.device == DeviceId::NOBODY
}

/// The tombstone of a bookmark that was merged into another.
fn tombstone(bookmark: &Bookmark) -> Bookmark {
    let mut gone = bookmark.clone();
    gone.stamps.deleted = Some(next_stamp(gone.stamps.largest()));
    gone
}

/// The next larger stamp of an import, at the same time.
fn next_stamp(stamp: Stamp) -> Stamp {
    Stamp { counter: stamp.counter.saturating_add(1), device: DeviceId::NOBODY, ..stamp }
}

enum Outcome {
    Same,
    Older,
    Deleted,
    Changed(Box<Bookmark>, Vec<&'static str>),
}

fn merge(here: &Bookmark, there: &Bookmark, is_from_another_program: bool) -> Outcome {
    if is_from_another_program && here.is_deleted() {
        return Outcome::Deleted;
    }
    if !here.is_deleted() && content(here) == content(there) {
        return Outcome::Same;
    }
    let mut both = Shelf::default();
    both.extend([here.clone(), resolve(here, there, is_from_another_program)]);
    let Some(after) = both.get(here.id()) else { return Outcome::Same };
    if after.is_deleted() {
        return Outcome::Deleted;
    }
    let what = differences(here, after);
    if here.is_deleted() {
        return Outcome::Changed(Box::new(after.clone()), vec!["no longer deleted"]);
    }
    if what.is_empty() {
        // Words that differ only in typography are the same words.
        let is_same = match differences(here, there).as_slice() {
            [] => true,
            ["passage"] => lookup_key(here) == lookup_key(there),
            _ => false,
        };
        return if is_same { Outcome::Same } else { Outcome::Older };
    }
    Outcome::Changed(Box::new(after.clone()), what)
}

/// The record to merge: each group of fields is either the one here or has a stamp that wins.
///
/// The store merges by stamps, and those of other programs say little: where a program only records when a passage was
/// made, a later file has the same time. So of two records with the same time the later one wins, unless it is empty.
fn resolve(here: &Bookmark, there: &Bookmark, is_from_another_program: bool) -> Bookmark {
    let mut next = there.clone();
    let takes = |here: Stamp, there: Stamp, says_less: bool| match here.ms.cmp(&there.ms) {
        _ if !is_imported(here) => !is_from_another_program && there > here,
        Ordering::Less => true,
        Ordering::Equal => !says_less,
        Ordering::Greater => false,
    };
    let wins = |here: Stamp, there: Stamp| if there > here { there } else { next_stamp(here) };
    let (mine, theirs) = (&here.stamps, &there.stamps);

    let (old, new) = (fold(&here.target.words.exact), fold(&there.target.words.exact));
    if old == new {
        next.target.words.exact.clone_from(&here.target.words.exact);
    }
    if next.target == here.target || !takes(mine.target, theirs.target, new.is_empty()) {
        (next.target, next.stamps.target) = (here.target.clone(), mine.target);
    } else {
        next.stamps.target = wins(mine.target, theirs.target);
    }
    let (old, new) = (here.note().unwrap_or_default(), there.note().unwrap_or_default());
    if old == new || !takes(mine.note, theirs.note, new.is_empty()) {
        (next.note, next.over, next.stamps.note) = (here.note.clone(), here.over, mine.note);
    } else {
        next.stamps.note = wins(mine.note, theirs.note);
    }
    let says_less = there.tags.iter().all(|tag| here.tags.contains(tag));
    if here.tags == there.tags || !takes(mine.tags, theirs.tags, says_less) {
        (next.tags, next.stamps.tags) = (here.tags.clone(), mine.tags);
    } else {
        next.stamps.tags = wins(mine.tags, theirs.tags);
    }
    if here.color == there.color || !takes(mine.style, theirs.style, there.color == Color::default()) {
        (next.color, next.stamps.style) = (here.color.clone(), mine.style);
    } else {
        next.stamps.style = wins(mine.style, theirs.style);
    }
    next
}

fn differences(one: &Bookmark, other: &Bookmark) -> Vec<&'static str> {
    let mut what = Vec::new();
    let is_target = |bookmark: &Bookmark| {
        let mut target = bookmark.to_public().get("target").cloned().unwrap_or_default();
        if let Some(target) = target.as_object_mut() {
            target.remove("styleClass");
        }
        target
    };
    if is_target(one) != is_target(other) {
        what.push("passage");
    }
    if one.note() != other.note() {
        what.push("note");
    }
    if one.tags() != other.tags() {
        what.push("tags");
    }
    if one.color() != other.color() {
        what.push("colour");
    }
    if what.is_empty() && content(one) != content(other) {
        what.push("other fields");
    }
    what
}

/// Everything but the times, which change with every edit and mean nothing on their own.
fn content(bookmark: &Bookmark) -> Value {
    let mut record = bookmark.to_public();
    if let Some(record) = record.as_object_mut() {
        record.remove("created");
        record.remove("modified");
    }
    record
}

/// The keys under which a bookmark here is found: its article's address or IRI, and its title, for files without
/// addresses.
fn lookup_keys(bookmark: &Bookmark) -> impl Iterator<Item = String> + use<> {
    let source = bookmark.source();
    let title = (!source.title.is_empty()).then(|| key(bookmark, &title_key(source)));
    [Some(key(bookmark, &address_key(source))), title].into_iter().flatten()
}

/// The key under which an imported bookmark is looked for: the address, or the title if there is none.
fn lookup_key(bookmark: &Bookmark) -> Option<String> {
    let source = bookmark.source();
    // Only its id identifies a place without a note.
    if bookmark.quote().is_none() && bookmark.note().is_none() {
        return None;
    }
    let has_address = source.web_address().is_some() || source.title.is_empty();
    Some(key(bookmark, &if has_address { address_key(source) } else { title_key(source) }))
}

fn key(bookmark: &Bookmark, article: &str) -> String {
    let words = bookmark.quote().map(|quote| fold(quote.exact.trim())).unwrap_or_default();
    format!("{article}\0{words}\0{}", bookmark.note().unwrap_or_default())
}

fn address_key(source: &SourceMetadata) -> String {
    address::page(source.web_address().unwrap_or(source.id.as_str()))
}

fn title_key(source: &SourceMetadata) -> String {
    format!("title:{}", fold(source.title.trim()))
}
