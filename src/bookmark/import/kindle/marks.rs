//! One passage of all entries that are about the same words: the marking, the longer one made of it later, its notes.
//!
//! Entries are taken in the order in which they were made, whatever the order of the file, and only those made before an
//! entry decide what becomes of it. So whatever is made later and added to a file, what was in it is called by the same
//! names, and an import of the longer file is an import of the shorter one and of what was added.

use std::collections::{BTreeMap, HashMap};

use super::place::Place;
use super::{Entry, title_and_authors};
use crate::bookmark::MAX_NOTE;
use crate::bookmark::import::annotation::{Draft, Identity, Passage, When};
use crate::bookmark::import::{At, Entries, Remark, Why};
use crate::text::fold::fold;

/// Most markings at one place that an entry is compared with, the latest ones: whatever a file holds, this takes time in
/// proportion to its length.
const MOST: usize = 64;

/// A marking, or a note that stands alone, and the entries that became part of it.
struct Mark {
    /// The entry it is called by: the first.
    first: usize,
    /// The entry whose words it has.
    words: usize,
    /// All of its entries.
    entries: Vec<usize>,
    /// Its notes, none of which is another one edited.
    notes: Vec<usize>,
    /// Notes that were edited; when they were made still tells that something was done.
    edited: Vec<usize>,
}

impl Mark {
    fn of(entry: usize) -> Self {
        Self { first: entry, words: entry, entries: vec![entry], notes: Vec::new(), edited: Vec::new() }
    }
}

/// Marks by where they begin, and how far the widest reaches.
type Places = (BTreeMap<(usize, u64), Vec<usize>>, u64);

struct Marks<'a> {
    entries: &'a [Entry<'a>],
    times: &'a [When],
    /// The words of each entry as they are compared.
    folded: Vec<String>,
    /// Those that went into others are gone.
    all: Vec<Option<Mark>>,
    /// The markings of each work, and the notes that stand alone in it.
    places: HashMap<(&'a str, bool), Places>,
    skipped: Entries,
}

/// Gives notes to their markings, and leaves out what was marked or written again. The entries are in the order in which
/// they were made.
pub(super) fn join(entries: &[Entry<'_>], times: &[When]) -> Entries {
    let folded = entries.iter().map(|entry| fold(entry.words.trim())).collect();
    let mut marks = Marks { entries, times, folded, all: Vec::new(), places: HashMap::new(), skipped: Vec::new() };
    let mut alone = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        // What may be the author's words joins no note of the reader's.
        if !entry.is_note {
            marks.mark(index);
        } else if entry.remark.is_some() || !marks.note(index) {
            alone.push(index);
        }
    }
    for index in alone {
        marks.mark(index);
    }
    let mut found: Entries = marks.all.iter().flatten().map(|mark| marks.passage(mark)).collect();
    found.append(&mut marks.skipped);
    found
}

impl<'a> Marks<'a> {
    fn entry(&self, index: usize) -> Option<&'a Entry<'a>> {
        self.entries.get(index)
    }

    fn time(&self, index: usize) -> Option<jiff::Timestamp> {
        self.times.get(index).and_then(When::known)
    }

    fn folded(&self, index: usize) -> &str {
        self.folded.get(index).map_or("", String::as_str)
    }

    /// The marks of the same work, or notes standing alone, where `index` is; the latest first.
    fn near(&self, index: usize, notes: bool) -> Vec<usize> {
        let Some(entry) = self.entry(index) else { return Vec::new() };
        let Some((places, widest)) = self.places.get(&(entry.work.as_str(), notes)) else { return Vec::new() };
        let (kinds, first, last) = entry.place.map_or((0, 0, 0), Place::ends);
        let meets = |mark: &usize| {
            let other = self.all.get(*mark).and_then(Option::as_ref).and_then(|mark| self.entry(mark.words));
            other.is_some_and(|other| match (other.place, entry.place) {
                (Some(one), Some(other)) => one.meets(other),
                (one, other) => one.is_none() && other.is_none(),
            })
        };
        let here = places
            .range((kinds, first.saturating_sub(*widest))..=(kinds, last))
            .rev()
            .flat_map(|(_, marks)| marks.iter().rev().take(MOST));
        let mut near: Vec<usize> = here.copied().take(4 * MOST).filter(meets).collect();
        let latest = |mark: &usize| self.all.get(*mark)?.as_ref()?.entries.last().copied();
        near.sort_unstable_by_key(|mark| std::cmp::Reverse(latest(mark)));
        near.dedup();
        near.truncate(MOST);
        near
    }

    /// Takes in a marking: part of one that has all of its words, or in place of those whose words it has.
    fn mark(&mut self, index: usize) {
        let is_note = self.entry(index).is_some_and(|entry| entry.is_note);
        let near = self.near(index, is_note);
        let words = |marks: &Self, mark: usize| marks.all.get(mark).and_then(Option::as_ref).map(|mark| mark.words);
        let contains = |marks: &Self, one: Option<usize>, other: Option<usize>| {
            one.zip(other).is_some_and(|(one, other)| has_words(marks.folded(one), marks.folded(other)))
        };
        if let Some(whole) = near.iter().copied().find(|mark| contains(self, words(self, *mark), Some(index))) {
            // The longest counts, so that no words are lost.
            let old = words(self, whole).unwrap_or_default();
            let is_same = self.folded(old) == self.folded(index);
            if let Some(Some(mark)) = self.all.get_mut(whole) {
                mark.entries.push(index);
                let gone = if is_same { std::mem::replace(&mut mark.words, index) } else { index };
                self.skip(gone, is_note);
            }
            self.put(whole, index, is_note);
            return;
        }
        let mut parts: Vec<usize> =
            near.iter().copied().filter(|mark| contains(self, Some(index), words(self, *mark))).collect();
        parts.sort_unstable();
        let mut mark = Mark::of(index);
        for part in &parts {
            let Some(part) = self.all.get_mut(*part).and_then(Option::take) else { continue };
            self.skip(part.words, is_note);
            mark.entries.splice(0..0, part.entries);
            mark.notes.extend(part.notes);
            mark.edited.extend(part.edited);
        }
        mark.entries.sort_unstable();
        mark.notes.sort_unstable();
        mark.first = mark.entries.first().copied().unwrap_or(index);
        self.all.push(Some(mark));
        self.put(self.all.len() - 1, index, is_note);
    }

    fn put(&mut self, mark: usize, index: usize, is_note: bool) {
        let Some(entry) = self.entry(index) else { return };
        let (places, widest) = self.places.entry((entry.work.as_str(), is_note)).or_default();
        let (kinds, first, last) = entry.place.map_or((0, 0, 0), Place::ends);
        *widest = (*widest).max(last - first);
        let at = places.entry((kinds, first)).or_default();
        if at.last() != Some(&mark) {
            at.push(mark);
        }
    }

    /// Gives a note to the marking made last before it. Says whether there is one.
    fn note(&mut self, index: usize) -> bool {
        let Some(latest) = self.near(index, false).first().copied() else { return false };
        let Some(Some(mark)) = self.all.get_mut(latest) else { return false };
        // A note that has the words of another, or whose words another has, is that one edited; the longer one counts.
        let new = self.folded.get(index).map_or("", String::as_str);
        let (start, words) = (mark.notes.len().saturating_sub(MOST), &self.folded);
        let old = |note: usize| words.get(note).map_or("", String::as_str);
        let is_known = |note: &usize| old(*note) != new && has_words(old(*note), new);
        if mark.notes.iter().skip(start).any(is_known) {
            mark.edited.push(index);
            self.skip(index, true);
            return true;
        }
        let recent = mark.notes.split_off(start);
        let (edited, kept): (Vec<usize>, Vec<usize>) = recent.into_iter().partition(|note| has_words(new, old(*note)));
        mark.notes.extend(kept);
        mark.notes.push(index);
        mark.edited.extend(&edited);
        for edited in edited {
            self.skip(edited, true);
        }
        true
    }

    fn skip(&mut self, index: usize, is_note: bool) {
        let why = if is_note { Why::WrittenAgain } else { Why::MarkedAgain };
        self.skipped.extend(self.entries.get(index).map(|entry| (At::Line(entry.line), Err(why))));
    }

    /// What an entry is called: by its place and words, of which the file keeps every one.
    fn name(&self, index: usize) -> String {
        let Some(entry) = self.entry(index) else { return String::new() };
        let place = entry.place.map(|place| (place.ends().0, place.ends().1));
        format!("{} {place:?} {}", if entry.is_note { "note" } else { "mark" }, self.folded(index))
    }

    fn passage(&self, mark: &Mark) -> (At, Result<Draft, Why>) {
        let words = |index: usize| self.entry(index).map_or("", |entry| entry.words.as_str());
        let (title, creators) = self.entry(mark.first).map(|entry| title_and_authors(&entry.work)).unwrap_or_default();
        let mut passage = Passage { title, creators, ..Passage::default() };
        let is_note = self.entry(mark.first).is_some_and(|entry| entry.is_note);
        words(mark.words).clone_into(if is_note { &mut passage.note } else { &mut passage.quote });
        if !is_note {
            for note in &mark.notes {
                let gap = if passage.note.is_empty() { "" } else { "\n\n" };
                let bytes = words(*note).len();
                if passage.note.len() + gap.len() + bytes <= MAX_NOTE {
                    passage.note.extend([gap, words(*note)]);
                } else if let Some(entry) = self.entry(*note) {
                    passage.remarks.push((At::Line(entry.line), Remark::NoteLeftOut(bytes)));
                }
            }
        }
        passage.created = self.times.get(mark.first).cloned().unwrap_or_default();
        let times = mark.entries.iter().chain(&mark.notes).chain(&mark.edited).filter_map(|index| self.time(*index));
        passage.modified = times.max().map_or(When::Untold, When::At);
        passage.identity = Identity::Name(self.name(mark.first));
        // In an earlier file, without what was made before them, they may have been called by themselves.
        let others = mark.entries.iter().chain(&mark.notes).chain(&mark.edited).filter(|index| **index != mark.first);
        passage.replaces = others.map(|index| self.name(*index)).collect();
        for index in mark.entries.iter().chain(&mark.notes) {
            let Some(entry) = self.entry(*index) else { continue };
            let unread = self.times.get(*index).and_then(When::remark);
            let is_told = *index != mark.first;
            let remarks = entry.remark.clone().into_iter().chain(unread.filter(|_| is_told));
            passage.remarks.extend(remarks.map(|remark: Remark| (At::Line(entry.line), remark)));
        }
        (At::Line(self.entry(mark.first).map_or(0, |entry| entry.line)), Ok(passage.into()))
    }
}

/// Whether `whole` has the words of `part`, none of them cut.
fn has_words(whole: &str, part: &str) -> bool {
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
