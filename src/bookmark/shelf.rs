//! All bookmarks, as the merge of all lines of all logs.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use jiff::Timestamp;

use crate::article::{SourceId, TextHash};

use super::{Bookmark, BookmarkId, Filter};

/// Every bookmark once, in its merged state; deleted ones are kept as tombstones and not shown.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    records: HashMap<BookmarkId, Bookmark>,
    order: BTreeSet<(Timestamp, BookmarkId)>,
    /// Those of each article and of each text, deleted ones too: one article is asked for far more often than all.
    by_source: HashMap<SourceId, BTreeSet<BookmarkId>>,
    by_text: HashMap<TextHash, BTreeSet<BookmarkId>>,
}

impl Shelf {
    /// Takes in one line, in any order and any number of times. Returns whether anything changed.
    pub fn absorb(&mut self, bookmark: Bookmark) -> bool {
        let id = bookmark.id();
        match self.records.entry(id) {
            Entry::Vacant(entry) => {
                self.order.insert((bookmark.created(), id));
                self.by_source.entry(bookmark.source_id().clone()).or_default().insert(id);
                if let Some(hash) = bookmark.text_hash() {
                    self.by_text.entry(hash).or_default().insert(id);
                }
                entry.insert(bookmark);
                true
            }
            Entry::Occupied(mut entry) => {
                let before = entry.get();
                let (created, source, hash) = (before.created(), before.source_id().clone(), before.text_hash());
                let changed = entry.get_mut().merge(bookmark);
                let after = entry.get();
                if after.created() != created {
                    self.order.remove(&(created, id));
                    self.order.insert((after.created(), id));
                }
                if *after.source_id() != source {
                    take(&mut self.by_source, &source, id);
                    self.by_source.entry(after.source_id().clone()).or_default().insert(id);
                }
                if after.text_hash() != hash {
                    if let Some(hash) = hash {
                        take(&mut self.by_text, &hash, id);
                    }
                    if let Some(hash) = after.text_hash() {
                        self.by_text.entry(hash).or_default().insert(id);
                    }
                }
                changed
            }
        }
    }

    /// One bookmark, deleted or not.
    pub fn get(&self, id: BookmarkId) -> Option<&Bookmark> {
        self.records.get(&id)
    }

    /// The bookmarks that are not deleted, by the time they were made, then by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Bookmark> {
        self.order.iter().filter_map(|(_, id)| self.records.get(id)).filter(|bookmark| !bookmark.is_deleted())
    }

    /// The bookmarks of one article: those with its IRI, and those made in exactly this text wherever it lay then, so
    /// that a file that was moved keeps its bookmarks.
    pub fn all_of(&self, source: &SourceId, text: TextHash) -> impl DoubleEndedIterator<Item = &Bookmark> + use<'_> {
        let ids = self.by_source.get(source).into_iter().chain(self.by_text.get(&text)).flatten();
        let shown = ids.filter_map(|id| self.records.get(id)).filter(|bookmark| !bookmark.is_deleted());
        let mut found: Vec<&Bookmark> = shown.collect();
        found.sort_unstable_by_key(|bookmark| (bookmark.created(), bookmark.id()));
        found.dedup_by_key(|bookmark| bookmark.id());
        found.into_iter()
    }

    /// The bookmarks that fit `filter`, in the order of [`iter`](Self::iter).
    pub fn filter<'a>(&'a self, filter: &'a Filter) -> impl DoubleEndedIterator<Item = &'a Bookmark> {
        self.iter().filter(move |bookmark| filter.matches(bookmark))
    }

    /// How many bookmarks an article has by its IRI.
    pub fn count_of(&self, source: &SourceId) -> usize {
        let ids = self.by_source.get(source).into_iter().flatten();
        ids.filter(|id| self.records.get(id).is_some_and(|bookmark| !bookmark.is_deleted())).count()
    }

    /// Number of articles that have bookmarks.
    pub fn articles(&self) -> usize {
        self.by_source.keys().filter(|source| self.count_of(source) > 0).count()
    }

    /// Number of bookmarks that are not deleted.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

fn take<K: Eq + Hash>(index: &mut HashMap<K, BTreeSet<BookmarkId>>, key: &K, id: BookmarkId) {
    if let Some(ids) = index.get_mut(key) {
        ids.remove(&id);
        if ids.is_empty() {
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
