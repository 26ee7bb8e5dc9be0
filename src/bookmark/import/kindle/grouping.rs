//! Groups the entries about the same words into one passage: a highlight, longer versions of it made later, its notes.
//!
//! Entries are taken in the order they were made, not in file order, and only earlier entries decide what becomes of
//! one. So entries added to the file later do not change the identity of those already in it: importing the longer file
//! has the same effect as importing the shorter one and then the additions.

use std::collections::{BTreeMap, HashMap};

use super::place::Place;
use super::{Entry, title_and_authors};
use crate::bookmark::MAX_NOTE;
use crate::bookmark::import::annotation::{Draft, FileTime, Identity, ImportedPassage};
use crate::bookmark::import::{Entries, Location, Remark, SkipReason};
use crate::text::fold::fold;

/// How many of the latest highlights at one place an entry is compared with, so that the time taken stays proportional
/// to the length of the file.
const MAX_COMPARED: usize = 64;

/// A highlight, or a note that stands alone, with the entries that were merged into it.
struct Group {
    /// The first entry, which gives the group its identity.
    first: usize,
    /// The entry whose words are used.
    words: usize,
    /// All of its entries.
    entries: Vec<usize>,
    /// Its notes, without earlier versions of the same note.
    notes: Vec<usize>,
    /// Earlier versions of notes; their times still count towards the time of the last change.
    edited: Vec<usize>,
}

impl Group {
    fn of(entry: usize) -> Self {
        Self { first: entry, words: entry, entries: vec![entry], notes: Vec::new(), edited: Vec::new() }
    }
}

/// Groups by where they begin, and the width of the widest.
type Positions = (BTreeMap<(usize, u64), Vec<usize>>, u64);

struct Grouping<'a> {
    entries: &'a [Entry<'a>],
    times: &'a [FileTime],
    /// The words of each entry, folded for comparison.
    folded: Vec<String>,
    /// None where a group was merged into another.
    all: Vec<Option<Group>>,
    /// By work, and whether they are notes that stand alone.
    places: HashMap<(&'a str, bool), Positions>,
    skipped: Entries,
}

/// Attaches notes to their highlights and leaves out superseded entries. `entries` must be in the order they were made.
pub(super) fn group(entries: &[Entry<'_>], times: &[FileTime]) -> Entries {
    let folded = entries.iter().map(|entry| fold(entry.words.trim())).collect();
    let mut groups = Grouping { entries, times, folded, all: Vec::new(), places: HashMap::new(), skipped: Vec::new() };
    let mut alone = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        // An entry of unknown kind may be the author's words, so it is not attached as a note.
        if !entry.is_note {
            groups.add_highlight(index);
        } else if entry.remark.is_some() || !groups.attach_note(index) {
            alone.push(index);
        }
    }
    for index in alone {
        groups.add_highlight(index);
    }
    let mut found: Entries = groups.all.iter().flatten().map(|group| groups.passage(group)).collect();
    found.append(&mut groups.skipped);
    found
}

impl<'a> Grouping<'a> {
    fn entry(&self, index: usize) -> Option<&'a Entry<'a>> {
        self.entries.get(index)
    }

    fn time(&self, index: usize) -> Option<jiff::Timestamp> {
        self.times.get(index).and_then(FileTime::known)
    }

    fn folded(&self, index: usize) -> &str {
        self.folded.get(index).map_or("", String::as_str)
    }

    /// The groups of the same work near entry `index`, the latest first: stand-alone notes if `notes`, else highlights.
    fn near(&self, index: usize, notes: bool) -> Vec<usize> {
        let Some(entry) = self.entry(index) else { return Vec::new() };
        let Some((places, widest)) = self.places.get(&(entry.work.as_str(), notes)) else { return Vec::new() };
        let (kinds, first, last) = entry.place.map_or((0, 0, 0), Place::ends);
        let overlaps = |group: &usize| {
            let other = self.all.get(*group).and_then(Option::as_ref).and_then(|group| self.entry(group.words));
            other.is_some_and(|other| match (other.place, entry.place) {
                (Some(one), Some(other)) => one.overlaps(other),
                (one, other) => one.is_none() && other.is_none(),
            })
        };
        let here = places
            .range((kinds, first.saturating_sub(*widest))..=(kinds, last))
            .rev()
            .flat_map(|(_, groups)| groups.iter().rev().take(MAX_COMPARED));
        let mut near: Vec<usize> = here.copied().take(4 * MAX_COMPARED).filter(overlaps).collect();
        let latest = |group: &usize| self.all.get(*group)?.as_ref()?.entries.last().copied();
        near.sort_unstable_by_key(|group| std::cmp::Reverse(latest(group)));
        near.dedup();
        near.truncate(MAX_COMPARED);
        near
    }

    /// Adds a highlight: to a group that contains all of its words, or in place of those whose words it contains.
    fn add_highlight(&mut self, index: usize) {
        let is_note = self.entry(index).is_some_and(|entry| entry.is_note);
        let near = self.near(index, is_note);
        let words =
            |groups: &Self, group: usize| groups.all.get(group).and_then(Option::as_ref).map(|group| group.words);
        let contains = |groups: &Self, one: Option<usize>, other: Option<usize>| {
            one.zip(other).is_some_and(|(one, other)| contains_words(groups.folded(one), groups.folded(other)))
        };
        if let Some(whole) = near.iter().copied().find(|group| contains(self, words(self, *group), Some(index))) {
            // The longest wins, so that no words are lost.
            let old = words(self, whole).unwrap_or_default();
            let is_same = self.folded(old) == self.folded(index);
            if let Some(Some(group)) = self.all.get_mut(whole) {
                group.entries.push(index);
                let gone = if is_same { std::mem::replace(&mut group.words, index) } else { index };
                self.skip(gone, is_note);
            }
            self.register(whole, index, is_note);
            return;
        }
        let mut parts: Vec<usize> =
            near.iter().copied().filter(|group| contains(self, Some(index), words(self, *group))).collect();
        parts.sort_unstable();
        let mut group = Group::of(index);
        for part in &parts {
            let Some(part) = self.all.get_mut(*part).and_then(Option::take) else { continue };
            self.skip(part.words, is_note);
            group.entries.splice(0..0, part.entries);
            group.notes.extend(part.notes);
            group.edited.extend(part.edited);
        }
        group.entries.sort_unstable();
        group.notes.sort_unstable();
        group.first = group.entries.first().copied().unwrap_or(index);
        self.all.push(Some(group));
        self.register(self.all.len() - 1, index, is_note);
    }

    fn register(&mut self, group: usize, index: usize, is_note: bool) {
        let Some(entry) = self.entry(index) else { return };
        let (places, widest) = self.places.entry((entry.work.as_str(), is_note)).or_default();
        let (kinds, first, last) = entry.place.map_or((0, 0, 0), Place::ends);
        *widest = (*widest).max(last - first);
        let at = places.entry((kinds, first)).or_default();
        if at.last() != Some(&group) {
            at.push(group);
        }
    }

    /// Attaches a note to the latest highlight before it. Returns whether there is one.
    fn attach_note(&mut self, index: usize) -> bool {
        let Some(latest) = self.near(index, false).first().copied() else { return false };
        let Some(Some(group)) = self.all.get_mut(latest) else { return false };
        // A note that contains another, or is contained in it, is an edit of that one; the longer one wins.
        let new = self.folded.get(index).map_or("", String::as_str);
        let (start, words) = (group.notes.len().saturating_sub(MAX_COMPARED), &self.folded);
        let old = |note: usize| words.get(note).map_or("", String::as_str);
        let is_known = |note: &usize| old(*note) != new && contains_words(old(*note), new);
        if group.notes.iter().skip(start).any(is_known) {
            group.edited.push(index);
            self.skip(index, true);
            return true;
        }
        let recent = group.notes.split_off(start);
        let (edited, kept): (Vec<usize>, Vec<usize>) =
            recent.into_iter().partition(|note| contains_words(new, old(*note)));
        group.notes.extend(kept);
        group.notes.push(index);
        group.edited.extend(&edited);
        for edited in edited {
            self.skip(edited, true);
        }
        true
    }

    fn skip(&mut self, index: usize, is_note: bool) {
        let why = if is_note { SkipReason::NoteRewritten } else { SkipReason::HighlightedAgain };
        self.skipped.extend(self.entries.get(index).map(|entry| (Location::Line(entry.line), Err(why))));
    }

    /// The name that identifies an entry, made of its place and words, which the file never drops.
    fn identity_name(&self, index: usize) -> String {
        let Some(entry) = self.entry(index) else { return String::new() };
        let place = entry.place.map(|place| (place.ends().0, place.ends().1));
        format!("{} {place:?} {}", if entry.is_note { "note" } else { "mark" }, self.folded(index))
    }

    fn passage(&self, group: &Group) -> (Location, Result<Draft, SkipReason>) {
        let words = |index: usize| self.entry(index).map_or("", |entry| entry.words.as_str());
        let (title, creators) = self.entry(group.first).map(|entry| title_and_authors(&entry.work)).unwrap_or_default();
        let mut passage = ImportedPassage { title, creators, ..ImportedPassage::default() };
        let is_note = self.entry(group.first).is_some_and(|entry| entry.is_note);
        words(group.words).clone_into(if is_note { &mut passage.note } else { &mut passage.quote });
        if !is_note {
            for note in &group.notes {
                let gap = if passage.note.is_empty() { "" } else { "\n\n" };
                let bytes = words(*note).len();
                if passage.note.len() + gap.len() + bytes <= MAX_NOTE {
                    passage.note.extend([gap, words(*note)]);
                } else if let Some(entry) = self.entry(*note) {
                    passage.remarks.push((Location::Line(entry.line), Remark::NoteLeftOut(bytes)));
                }
            }
        }
        passage.created = self.times.get(group.first).cloned().unwrap_or_default();
        let times = group.entries.iter().chain(&group.notes).chain(&group.edited).filter_map(|index| self.time(*index));
        passage.modified = times.max().map_or(FileTime::Missing, FileTime::Known);
        passage.identity = Identity::WithinWork(self.identity_name(group.first));
        // Imported from an earlier file, any of these may have been a passage of its own.
        let others =
            group.entries.iter().chain(&group.notes).chain(&group.edited).filter(|index| **index != group.first);
        passage.replaces = others.map(|index| self.identity_name(*index)).collect();
        for index in group.entries.iter().chain(&group.notes) {
            let Some(entry) = self.entry(*index) else { continue };
            let unread = self.times.get(*index).and_then(FileTime::remark);
            let is_unreported = *index != group.first;
            let remarks = entry.remark.clone().into_iter().chain(unread.filter(|_| is_unreported));
            passage.remarks.extend(remarks.map(|remark: Remark| (Location::Line(entry.line), remark)));
        }
        (Location::Line(self.entry(group.first).map_or(0, |entry| entry.line)), Ok(passage.into()))
    }
}

/// Whether `whole` contains `part` without cutting a word.
fn contains_words(whole: &str, part: &str) -> bool {
    if part.is_empty() {
        return whole.is_empty();
    }
    whole.match_indices(part).any(|(at, _)| {
        let (before, after) = (whole.get(..at).unwrap_or_default(), whole.get(at + part.len()..).unwrap_or_default());
        let is_cut = |one: Option<char>, other: Option<char>| {
            one.zip(other)
                .is_some_and(|(one, other)| [one, other].iter().all(|c| c.is_alphanumeric() && *c < '\u{2e80}'))
        };
        !is_cut(before.chars().next_back(), part.chars().next())
            && !is_cut(part.chars().next_back(), after.chars().next())
    })
}
