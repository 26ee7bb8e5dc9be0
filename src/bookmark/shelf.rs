//! All bookmarks, as the merge of all lines of all logs.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use jiff::Timestamp;

use crate::article::{SourceId, TextHash};
use crate::text::fold::fold;

use super::filter::said;
use super::notes::{Notes, OtherNote};
use super::{AnchorState, Bookmark, BookmarkId, Filter};

/// Every bookmark once, in its merged state; deleted ones are kept as tombstones and not shown.
///
/// They lie in the order in which they came, and everything else are indexes into that. What a filter looks into lies
/// apart, since to look through a hundred thousand of them is to wait for the memory.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    kept: Vec<Kept>,
    /// What a filter looks into, made when it first does.
    said: OnceLock<Said>,
    places: HashMap<BookmarkId, u32, RandomState>,
    /// Those that are not deleted.
    order: BTreeSet<(Timestamp, BookmarkId, u32)>,
    /// Those of each article and of each text, deleted ones too: one article is asked for far more often than all.
    by_source: HashMap<SourceId, Vec<u32>, RandomState>,
    by_text: HashMap<TextHash, Vec<u32>, RandomState>,
}

/// What a filter looks into, of all bookmarks one after the other, and which bytes are that of each.
#[derive(Clone, Debug, Default)]
struct Said {
    all: String,
    of: Vec<Range<usize>>,
}

impl Said {
    /// Adds what is said of the bookmark at `at`, in place of what was said of it before.
    fn say(&mut self, at: u32, bookmark: &Bookmark) {
        let start = self.all.len();
        said(bookmark, &mut self.all);
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
struct Kept {
    bookmark: Bookmark,
    /// Notes it had before, or elsewhere at the same time.
    notes: Option<Box<Notes>>,
    /// Whether it was found when its article was last read.
    state: Option<AnchorState>,
}

impl Shelf {
    /// Takes in one line, in any order and any number of times. Returns whether anything changed.
    pub fn absorb(&mut self, bookmark: Bookmark) -> bool {
        let id = bookmark.id();
        let Some((at, kept)) = self.places.get(&id).and_then(|at| Some((*at, self.kept.get_mut(*at as usize)?))) else {
            self.add(bookmark);
            return true;
        };
        if kept.bookmark == bookmark {
            return false;
        }
        let mut notes = kept.notes.take().unwrap_or_default();
        notes.compare(&kept.bookmark, &bookmark);
        kept.notes = (!notes.is_empty()).then_some(notes);

        let before = &kept.bookmark;
        let (created, hash) = (before.created(), before.text_hash());
        let source = (bookmark.source_id() != before.source_id()).then(|| before.source_id().clone());
        let changed = kept.bookmark.merge_with(bookmark);
        let after = &kept.bookmark;
        if let Some(said) = self.said.get_mut().filter(|_| changed) {
            said.say(at, after);
        }
        if after.created() != created || after.is_deleted() {
            self.order.remove(&(created, id, at));
        }
        if !after.is_deleted() {
            self.order.insert((after.created(), id, at));
        }
        if let Some(source) = source.filter(|source| source != after.source_id()) {
            take(&mut self.by_source, &source, at);
            self.by_source.entry(after.source_id().clone()).or_default().push(at);
        }
        if after.text_hash() != hash {
            if let Some(hash) = hash {
                take(&mut self.by_text, &hash, at);
            }
            if let Some(hash) = after.text_hash() {
                self.by_text.entry(hash).or_default().push(at);
            }
        }
        changed
    }

    fn add(&mut self, bookmark: Bookmark) {
        let Ok(at) = u32::try_from(self.kept.len()) else { return };
        let id = bookmark.id();
        self.places.insert(id, at);
        if !bookmark.is_deleted() {
            self.order.insert((bookmark.created(), id, at));
        }
        match self.by_source.get_mut(bookmark.source_id()) {
            Some(places) => places.push(at),
            None => drop(self.by_source.insert(bookmark.source_id().clone(), vec![at])),
        }
        if let Some(hash) = bookmark.text_hash() {
            self.by_text.entry(hash).or_default().push(at);
        }
        if let Some(said) = self.said.get_mut() {
            said.say(at, &bookmark);
        }
        self.kept.push(Kept { bookmark, notes: None, state: None });
    }

    /// One bookmark, deleted or not.
    pub fn get(&self, id: BookmarkId) -> Option<&Bookmark> {
        self.kept(id).map(|kept| &kept.bookmark)
    }

    fn kept(&self, id: BookmarkId) -> Option<&Kept> {
        self.at(*self.places.get(&id)?)
    }

    fn at(&self, at: u32) -> Option<&Kept> {
        self.kept.get(at as usize)
    }

    /// The bookmarks that are not deleted, by the time they were made, then by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Bookmark> {
        self.order.iter().filter_map(|(_, _, at)| self.at(*at)).map(|kept| &kept.bookmark)
    }

    /// Every bookmark, deleted ones too, in the order in which they came.
    pub fn iter_all(&self) -> impl Iterator<Item = &Bookmark> {
        self.kept.iter().map(|kept| &kept.bookmark)
    }

    /// The bookmarks of one article: those with its IRI, and those made in exactly this text wherever it lay then, so
    /// that a file that was moved keeps its bookmarks.
    pub fn all_of(&self, source: &SourceId, text: TextHash) -> impl DoubleEndedIterator<Item = &Bookmark> + use<'_> {
        let places = self.by_source.get(source).into_iter().chain(self.by_text.get(&text)).flatten();
        let all = places.filter_map(|at| self.at(*at)).map(|kept| &kept.bookmark);
        let mut found: Vec<&Bookmark> = all.filter(|bookmark| !bookmark.is_deleted()).collect();
        found.sort_unstable_by_key(|bookmark| (bookmark.created(), bookmark.id()));
        found.dedup_by_key(|bookmark| bookmark.id());
        found.into_iter()
    }

    /// The bookmarks that fit `filter`, in the order of [`iter`](Self::iter); much faster than to ask
    /// [`Filter::matches`] of each, from the second time on.
    pub fn filter<'a>(&'a self, filter: &'a Filter) -> impl DoubleEndedIterator<Item = BookmarkId> + use<'a> {
        let said = (!filter.asks_nothing_said()).then(|| self.said.get_or_init(|| self.say()));
        let is_known = move |at| self.at(at).is_some_and(|kept| filter.fits_known(&kept.bookmark, kept.state));
        let fits =
            move |at| said.is_none_or(|said| filter.fits(said.of(at))) && (filter.asks_nothing_known() || is_known(at));
        self.order.iter().filter(move |(_, _, at)| fits(*at)).map(|(_, id, _)| *id)
    }

    /// Whether one bookmark fits `filter`.
    pub fn fits(&self, filter: &Filter, id: BookmarkId) -> bool {
        self.kept(id).is_some_and(|kept| filter.matches(&kept.bookmark, kept.state))
    }

    fn say(&self) -> Said {
        let mut said = Said::default();
        for (at, kept) in (0..).zip(&self.kept) {
            said.say(at, &kept.bookmark);
        }
        said
    }

    /// Notes of a bookmark that lost to one written at the same time on another device, the latest first; none that
    /// lost more than 90 days before `now`, or whose words are in the present note.
    pub fn other_notes(&self, id: BookmarkId, now: Timestamp) -> Vec<OtherNote<'_>> {
        let Some(kept) = self.kept(id).filter(|kept| !kept.bookmark.is_deleted()) else { return Vec::new() };
        let present = kept.bookmark.note().unwrap_or_default();
        kept.notes.as_ref().map_or_else(Vec::new, |notes| notes.lost(present, now))
    }

    /// Whether a bookmark was found when its article was last read; none if that is not known.
    pub fn state(&self, id: BookmarkId) -> Option<AnchorState> {
        self.kept(id)?.state
    }

    /// Notes whether a bookmark was found. Returns whether that is news.
    pub fn set_state(&mut self, id: BookmarkId, state: AnchorState) -> bool {
        let kept = self.places.get(&id).and_then(|at| self.kept.get_mut(*at as usize));
        kept.is_some_and(|kept| kept.state.replace(state) != Some(state))
    }

    /// All tags, those of most bookmarks first.
    pub fn tags(&self) -> Vec<String> {
        let mut counts: HashMap<&str, usize, RandomState> = HashMap::default();
        for tag in self.iter().flat_map(Bookmark::tags) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(&str, usize)> = counts.into_iter().collect();
        tags.sort_unstable_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
        tags.into_iter().map(|(tag, _)| tag.to_owned()).collect()
    }

    /// How many bookmarks an article has by its IRI.
    pub fn count_of(&self, source: &SourceId) -> usize {
        let places = self.by_source.get(source).into_iter().flatten();
        places.filter(|at| self.at(**at).is_some_and(|kept| !kept.bookmark.is_deleted())).count()
    }

    /// Whether a bookmark has a colour whose name begins so, letter case aside.
    pub fn has_color(&self, start: &str) -> bool {
        self.iter().any(|bookmark| fold(bookmark.color().name()).starts_with(start))
    }

    /// Number of articles that have bookmarks.
    pub fn articles(&self) -> usize {
        self.by_source.keys().filter(|source| self.count_of(source) > 0).count()
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

fn take<K: Eq + Hash>(index: &mut HashMap<K, Vec<u32>, RandomState>, key: &K, at: u32) {
    if let Some(places) = index.get_mut(key) {
        places.retain(|place| *place != at);
        if places.is_empty() {
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
