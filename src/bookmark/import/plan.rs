//! What an import would change: decided before anything is written, so that a dry run tells what a real one does.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Batch, Format};
use crate::bookmark::stamp::Stamps;
use crate::bookmark::{Bookmark, BookmarkId, Color, DeviceId, Shelf, SourceRef, Stamp, address};
use crate::text::fold::fold;

/// What an import does to the shelf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What is to be written, new and changed.
    pub write: Vec<Bookmark>,
    /// How many of those are new.
    pub new: usize,
    /// Those that were here, in an earlier state.
    pub changed: Vec<Change>,
    /// How many are here as they are in the file.
    pub same: usize,
    /// How many are here in a later state, which stays.
    pub older: usize,
    /// How many were deleted here, and stay deleted.
    pub deleted: usize,
    /// How many from an earlier file are part of others now; their tombstones are the last to be written.
    pub replaced: usize,
}

/// What a record in the file changes about a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The bookmark.
    pub id: BookmarkId,
    /// What is not as it was: "passage", "note", "tags", "colour", "other fields", or that it is "no longer
    /// deleted".
    pub what: Vec<&'static str>,
}

/// Decides what becomes of each record.
///
/// A record whose id is known changes what came from its program and was never touched here. What was edited here stays:
/// for W3C annotations, which may be ours from elsewhere, against all but later edits, for each group of fields apart; for
/// those of other programs against everything, and what was deleted here stays deleted. A record with an unknown id is known
/// all the same if a bookmark of the same article has the same words and note.
pub fn plan(shelf: &Shelf, batch: &Batch) -> Plan {
    let is_foreign = batch.format != Format::W3c;
    let mut plan = Plan::default();
    let mut pending: HashMap<BookmarkId, Bookmark> = HashMap::new();
    let mut order = Vec::new();
    let ids: HashSet<BookmarkId> = batch.bookmarks.iter().map(Bookmark::id).collect();
    let mut known: Option<HashSet<String>> = None;
    for bookmark in &batch.bookmarks {
        let id = bookmark.id();
        if let Some(here) = pending.get_mut(&id) {
            // A second record of the file with the same id is no second bookmark.
            plan.same += 1;
            if let Outcome::Changed(merged, _) = merged(here, bookmark, is_foreign) {
                *here = *merged;
            }
            continue;
        }
        if let Some(here) = shelf.get(id) {
            match merged(here, bookmark, is_foreign) {
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
        // What another record of the file is has its own id, and is not this one too.
        let known = known.get_or_insert_with(|| {
            shelf.iter().filter(|bookmark| !ids.contains(&bookmark.id())).flat_map(keys).collect()
        });
        if wanted(bookmark).is_some_and(|key| known.contains(&key)) {
            plan.same += 1;
            continue;
        }
        plan.new += 1;
        order.push(id);
        pending.insert(id, bookmark.clone());
    }
    plan.write = order.iter().filter_map(|id| pending.remove(id)).collect();
    let gone = batch.replaced.iter().filter(|id| !ids.contains(id)).filter_map(|id| shelf.get(*id));
    let gone: Vec<Bookmark> = gone.filter(|here| !here.is_deleted() && is_untouched(here)).map(replaced).collect();
    plan.replaced = gone.len();
    plan.write.extend(gone);
    plan
}

/// Whether nothing was done here to a bookmark that was imported.
fn is_untouched(bookmark: &Bookmark) -> bool {
    let Stamps { target, note, tags, style, deleted } = bookmark.stamps;
    [Some(target), Some(note), Some(tags), Some(style), deleted].into_iter().flatten().all(is_imported)
}

fn is_imported(stamp: Stamp) -> bool {
    stamp.device == DeviceId::NOBODY
}

/// A bookmark that went into another one.
fn replaced(bookmark: &Bookmark) -> Bookmark {
    let mut gone = bookmark.clone();
    gone.stamps.deleted = Some(after(gone.stamps.largest()));
    gone
}

/// The next stamp of an import: at the same time, and larger.
fn after(stamp: Stamp) -> Stamp {
    Stamp { counter: stamp.counter.saturating_add(1), device: DeviceId::NOBODY, ..stamp }
}

enum Outcome {
    Same,
    Older,
    Deleted,
    Changed(Box<Bookmark>, Vec<&'static str>),
}

fn merged(here: &Bookmark, there: &Bookmark, is_foreign: bool) -> Outcome {
    if is_foreign && here.is_deleted() {
        return Outcome::Deleted;
    }
    if !here.is_deleted() && rest(here) == rest(there) {
        return Outcome::Same;
    }
    let mut both = Shelf::default();
    both.extend([here.clone(), settled(here, there, is_foreign)]);
    let Some(after) = both.get(here.id()) else { return Outcome::Same };
    if after.is_deleted() {
        return Outcome::Deleted;
    }
    let what = differences(here, after);
    if here.is_deleted() {
        return Outcome::Changed(Box::new(after.clone()), vec!["no longer deleted"]);
    }
    if what.is_empty() {
        // The same words typed differently are the same words.
        let is_same = match differences(here, there).as_slice() {
            [] => true,
            ["passage"] => wanted(here) == wanted(there),
            _ => false,
        };
        return if is_same { Outcome::Same } else { Outcome::Older };
    }
    Outcome::Changed(Box::new(after.clone()), what)
}

/// The record as it shall be merged: each group of fields with what is here or with a stamp that wins.
///
/// The store merges by stamps, and those of other programs tell little: a later file has the same time where its program
/// only tells when a passage was made. So of two records of one time the one that comes later counts, unless it says nothing.
fn settled(here: &Bookmark, there: &Bookmark, is_foreign: bool) -> Bookmark {
    let mut next = there.clone();
    let takes = |here: Stamp, there: Stamp, says_less: bool| match here.ms.cmp(&there.ms) {
        _ if !is_imported(here) => !is_foreign && there > here,
        Ordering::Less => true,
        Ordering::Equal => !says_less,
        Ordering::Greater => false,
    };
    let wins = |here: Stamp, there: Stamp| if there > here { there } else { after(here) };
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
    if what.is_empty() && rest(one) != rest(other) {
        what.push("other fields");
    }
    what
}

/// Everything but the times, which change with every edit and mean nothing alone.
fn rest(bookmark: &Bookmark) -> Value {
    let mut record = bookmark.to_public();
    if let Some(record) = record.as_object_mut() {
        record.remove("created");
        record.remove("modified");
    }
    record
}

/// The keys by which a bookmark of ours is found: its article's address or IRI, and its title, for files that name no
/// address.
fn keys(bookmark: &Bookmark) -> impl Iterator<Item = String> + use<> {
    let source = bookmark.source();
    let title = (!source.title.is_empty()).then(|| key(bookmark, &titled(source)));
    [Some(key(bookmark, &addressed(source))), title].into_iter().flatten()
}

/// The key by which an imported one is looked for: a title only stands in for an address.
fn wanted(bookmark: &Bookmark) -> Option<String> {
    let source = bookmark.source();
    // A place without a note has nothing to be known by but its id.
    if bookmark.quote().is_none() && bookmark.note().is_none() {
        return None;
    }
    let has_address = source.web_address().is_some() || source.title.is_empty();
    Some(key(bookmark, &if has_address { addressed(source) } else { titled(source) }))
}

fn key(bookmark: &Bookmark, article: &str) -> String {
    let words = bookmark.quote().map(|quote| fold(quote.exact.trim())).unwrap_or_default();
    format!("{article}\0{words}\0{}", bookmark.note().unwrap_or_default())
}

fn addressed(source: &SourceRef) -> String {
    address::page(source.web_address().unwrap_or(source.id.as_str()))
}

fn titled(source: &SourceRef) -> String {
    format!("title:{}", fold(source.title.trim()))
}
