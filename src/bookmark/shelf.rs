//! All bookmarks, as the merge of all lines of all logs.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use jiff::Timestamp;

use crate::article::{SourceId, TextHash};
use crate::text::fold::fold;

use super::filter::append_search_text;
use super::notes::{Notes, OtherNote};
use super::{AnchorState, Bookmark, BookmarkId, Filter};

/// Every bookmark once, in its merged state; deleted ones are kept as tombstones and not shown.
///
/// Bookmarks are stored in the order they arrived, and everything else refers to them by index. The text that filters
/// search is stored apart in one piece, since searching a hundred thousand bookmarks is bound by memory access.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    entries: Vec<ShelfEntry>,
    /// The text that filters search, built on first use.
    search_text: OnceLock<SearchText>,
    indexes: HashMap<BookmarkId, u32, RandomState>,
    /// The bookmarks that are not deleted, by time and id.
    order: BTreeSet<(Timestamp, BookmarkId, u32)>,
    /// Indexes by article and by text, which include deleted bookmarks.
    by_source: HashMap<SourceId, Vec<u32>, RandomState>,
    by_text: HashMap<TextHash, Vec<u32>, RandomState>,
}

/// The searchable text of all bookmarks, concatenated, and the bytes of each.
#[derive(Clone, Debug, Default)]
struct SearchText {
    all: String,
    of: Vec<Range<usize>>,
}

impl SearchText {
    /// Sets the text of the bookmark at index `at`.
    fn set(&mut self, at: u32, bookmark: &Bookmark) {
        let start = self.all.len();
        append_search_text(bookmark, &mut self.all);
        let range = start..self.all.len();
        match self.of.get_mut(at as usize) {
            Some(old) => *old = range,
            None => self.of.push(range),
        }
    }

    fn of(&self, at: u32) -> &str {
        self.of.get(at as usize).and_then(|range| self.all.get(range.clone())).unwrap_or_default()
    }
}

#[derive(Clone, Debug)]
struct ShelfEntry {
    bookmark: Bookmark,
    /// Its earlier notes, and notes written elsewhere at the same time.
    notes: Option<Box<Notes>>,
    /// Whether it was found when its article was last read.
    state: Option<AnchorState>,
}

impl Shelf {
    /// Merges one revision, in any order and any number of times. Returns whether anything changed.
    pub fn absorb(&mut self, bookmark: Bookmark) -> bool {
        let id = bookmark.id();
        let Some((at, entry)) = self.indexes.get(&id).and_then(|at| Some((*at, self.entries.get_mut(*at as usize)?)))
        else {
            self.add(bookmark);
            return true;
        };
        if entry.bookmark == bookmark {
            return false;
        }
        let mut notes = entry.notes.take().unwrap_or_default();
        notes.compare(&entry.bookmark, &bookmark);
        entry.notes = (!notes.is_empty()).then_some(notes);

        let before = &entry.bookmark;
        let (created, hash) = (before.created(), before.text_hash());
        let source = (bookmark.source_id() != before.source_id()).then(|| before.source_id().clone());
        let changed = entry.bookmark.merge_with(bookmark);
        let after = &entry.bookmark;
        if let Some(search_text) = self.search_text.get_mut().filter(|_| changed) {
            search_text.set(at, after);
        }
        if after.created() != created || after.is_deleted() {
            self.order.remove(&(created, id, at));
        }
        if !after.is_deleted() {
            self.order.insert((after.created(), id, at));
        }
        if let Some(source) = source.filter(|source| source != after.source_id()) {
            remove_from_index(&mut self.by_source, &source, at);
            self.by_source.entry(after.source_id().clone()).or_default().push(at);
        }
        if after.text_hash() != hash {
            if let Some(hash) = hash {
                remove_from_index(&mut self.by_text, &hash, at);
            }
            if let Some(hash) = after.text_hash() {
                self.by_text.entry(hash).or_default().push(at);
            }
        }
        changed
    }

    fn add(&mut self, bookmark: Bookmark) {
        let Ok(at) = u32::try_from(self.entries.len()) else { return };
        let id = bookmark.id();
        self.indexes.insert(id, at);
        if !bookmark.is_deleted() {
            self.order.insert((bookmark.created(), id, at));
        }
        match self.by_source.get_mut(bookmark.source_id()) {
            Some(indexes) => indexes.push(at),
            None => drop(self.by_source.insert(bookmark.source_id().clone(), vec![at])),
        }
        if let Some(hash) = bookmark.text_hash() {
            self.by_text.entry(hash).or_default().push(at);
        }
        if let Some(search_text) = self.search_text.get_mut() {
            search_text.set(at, &bookmark);
        }
        self.entries.push(ShelfEntry { bookmark, notes: None, state: None });
    }

    /// One bookmark, deleted or not.
    pub fn get(&self, id: BookmarkId) -> Option<&Bookmark> {
        self.entry(id).map(|entry| &entry.bookmark)
    }

    fn entry(&self, id: BookmarkId) -> Option<&ShelfEntry> {
        self.at(*self.indexes.get(&id)?)
    }

    fn at(&self, at: u32) -> Option<&ShelfEntry> {
        self.entries.get(at as usize)
    }

    /// The bookmarks that are not deleted, by the time they were made, then by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Bookmark> {
        self.order.iter().filter_map(|(_, _, at)| self.at(*at)).map(|entry| &entry.bookmark)
    }

    /// Every bookmark, deleted ones too, in the order in which they were added.
    pub fn iter_all(&self) -> impl Iterator<Item = &Bookmark> {
        self.entries.iter().map(|entry| &entry.bookmark)
    }

    /// The bookmarks of one article: those with its IRI, and those made in exactly this text, so that a file that was
    /// moved keeps its bookmarks.
    pub fn all_of(&self, source: &SourceId, text: TextHash) -> impl DoubleEndedIterator<Item = &Bookmark> + use<'_> {
        let indexes = self.by_source.get(source).into_iter().chain(self.by_text.get(&text)).flatten();
        let all = indexes.filter_map(|at| self.at(*at)).map(|entry| &entry.bookmark);
        let mut found: Vec<&Bookmark> = all.filter(|bookmark| !bookmark.is_deleted()).collect();
        found.sort_unstable_by_key(|bookmark| (bookmark.created(), bookmark.id()));
        found.dedup_by_key(|bookmark| bookmark.id());
        found.into_iter()
    }

    /// The bookmarks that match `filter`, in the order of [`iter`](Self::iter). From the second call on this is much
    /// faster than calling [`Filter::matches`] for each.
    pub fn filter<'a>(&'a self, filter: &'a Filter) -> impl DoubleEndedIterator<Item = BookmarkId> + use<'a> {
        let search_text =
            (!filter.has_no_text_criteria()).then(|| self.search_text.get_or_init(|| self.build_search_text()));
        let is_known = move |at| self.at(at).is_some_and(|entry| filter.matches_facts(&entry.bookmark, entry.state));
        let fits = move |at| {
            search_text.is_none_or(|search_text| filter.matches_text(search_text.of(at)))
                && (filter.has_no_fact_criteria() || is_known(at))
        };
        self.order.iter().filter(move |(_, _, at)| fits(*at)).map(|(_, id, _)| *id)
    }

    /// Whether one bookmark matches `filter`.
    pub fn matches(&self, filter: &Filter, id: BookmarkId) -> bool {
        self.entry(id).is_some_and(|entry| filter.matches(&entry.bookmark, entry.state))
    }

    fn build_search_text(&self) -> SearchText {
        let mut search_text = SearchText::default();
        for (at, entry) in (0..).zip(&self.entries) {
            search_text.set(at, &entry.bookmark);
        }
        search_text
    }

    /// Notes of a bookmark that lost to one written at the same time on another device, the latest first; without those
    /// that lost more than 90 days before `now` or whose words are in the current note.
    pub fn other_notes(&self, id: BookmarkId, now: Timestamp) -> Vec<OtherNote<'_>> {
        let Some(entry) = self.entry(id).filter(|entry| !entry.bookmark.is_deleted()) else { return Vec::new() };
        let present = entry.bookmark.note().unwrap_or_default();
        entry.notes.as_ref().map_or_else(Vec::new, |notes| notes.lost(present, now))
    }

    /// Whether a bookmark was found when its article was last read; none if that is not known.
    pub fn state(&self, id: BookmarkId) -> Option<AnchorState> {
        self.entry(id)?.state
    }

    /// Records whether a bookmark was found. Returns whether that is a change.
    pub fn set_state(&mut self, id: BookmarkId, state: AnchorState) -> bool {
        let entry = self.indexes.get(&id).and_then(|at| self.entries.get_mut(*at as usize));
        entry.is_some_and(|entry| entry.state.replace(state) != Some(state))
    }

    /// All tags, the most used first.
    pub fn tags(&self) -> Vec<String> {
        let mut counts: HashMap<&str, usize, RandomState> = HashMap::default();
        for tag in self.iter().flat_map(Bookmark::tags) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(&str, usize)> = counts.into_iter().collect();
        tags.sort_unstable_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
        tags.into_iter().map(|(tag, _)| tag.to_owned()).collect()
    }

    /// The number of bookmarks of an article, by its IRI.
    pub fn count_of(&self, source: &SourceId) -> usize {
        let indexes = self.by_source.get(source).into_iter().flatten();
        indexes.filter(|at| self.at(**at).is_some_and(|entry| !entry.bookmark.is_deleted())).count()
    }

    /// The articles that have bookmarks, each with their number, in no order.
    pub fn counts(&self) -> impl Iterator<Item = (&SourceId, usize)> {
        self.by_source.keys().map(|source| (source, self.count_of(source))).filter(|(_, count)| *count > 0)
    }

    /// Whether any bookmark has a colour whose name begins with `start`, ignoring case.
    pub fn has_color(&self, start: &str) -> bool {
        self.iter().any(|bookmark| fold(bookmark.color().name()).starts_with(start))
    }

    /// Number of articles that have bookmarks.
    pub fn articles(&self) -> usize {
        self.counts().count()
    }

    /// Number of bookmarks that are not deleted.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

fn remove_from_index<K: Eq + Hash>(index: &mut HashMap<K, Vec<u32>, RandomState>, key: &K, at: u32) {
    if let Some(indexes) = index.get_mut(key) {
        indexes.retain(|place| *place != at);
        if indexes.is_empty() {
            index.remove(key);
        }
    }
}

impl Extend<Bookmark> for Shelf {
    fn extend<I: IntoIterator<Item = Bookmark>>(&mut self, bookmarks: I) {
        for bookmark in bookmarks {
            self.absorb(bookmark);
        }
    }
}
