//! What an import would change: decided before anything is written, so that a dry run tells what a real one does.

use std::collections::HashMap;

use serde_json::Value;

use crate::bookmark::{Bookmark, BookmarkId, Shelf, SourceRef};
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
/// A record whose id is known is merged as the store merges two revisions: for each group of fields the later counts,
/// whatever is left here with the time of its last edit. A deleted bookmark stays deleted unless the file has an edit
/// that was made after. A record with an unknown id is known all the same if a bookmark of the same article has the same
/// words and note.
pub fn plan(shelf: &Shelf, bookmarks: &[Bookmark]) -> Plan {
    let mut plan = Plan::default();
    let mut pending: HashMap<BookmarkId, Bookmark> = HashMap::new();
    let mut order = Vec::new();
    let mut known: Option<HashMap<String, BookmarkId>> = None;
    for bookmark in bookmarks {
        let id = bookmark.id();
        if let Some(here) = pending.get(&id).or_else(|| shelf.get(id)) {
            match merged(here, bookmark) {
                Outcome::Same => plan.same += 1,
                Outcome::Older => plan.older += 1,
                Outcome::Deleted => plan.deleted += 1,
                Outcome::Changed(merged, what) => {
                    // A second record of the file with the same id is no second bookmark.
                    if !pending.contains_key(&id) {
                        order.push(id);
                    }
                    plan.changed.push(Change { id, what });
                    pending.insert(id, *merged);
                }
            }
            continue;
        }
        let known = known.get_or_insert_with(|| {
            shelf.iter().flat_map(|bookmark| keys(bookmark).map(|key| (key, bookmark.id()))).collect()
        });
        if wanted(bookmark).is_some_and(|key| known.contains_key(&key)) {
            plan.same += 1;
            continue;
        }
        plan.new += 1;
        order.push(id);
        pending.insert(id, bookmark.clone());
    }
    plan.write = order.iter().filter_map(|id| pending.remove(id)).collect();
    plan
}

enum Outcome {
    Same,
    Older,
    Deleted,
    Changed(Box<Bookmark>, Vec<&'static str>),
}

fn merged(here: &Bookmark, there: &Bookmark) -> Outcome {
    if !here.is_deleted() && rest(here) == rest(there) {
        return Outcome::Same;
    }
    let mut both = Shelf::default();
    both.extend([here.clone(), there.clone()]);
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
    let address = source.web_address().unwrap_or(source.id.as_str());
    address.split_once('#').map_or(address, |(page, _)| page).trim_end_matches('/').to_owned()
}

fn titled(source: &SourceRef) -> String {
    format!("title:{}", fold(source.title.trim()))
}
