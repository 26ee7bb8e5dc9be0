//! The worker that owns the bookmark store and the corrections of names. It has a thread of its own, so that no source that blocks and no slow
//! library stands between a bookmark and the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::article::Article;
use crate::bookmark::{Bookmark, BookmarkId, DeviceId, History, Shelf};
use crate::command::{Done, Effect, Notice};
use crate::entity::corrections::Corrections;
use crate::io::bookmarks::{BookmarkStore, Loaded, Problem, StoreError};
use crate::io::{clock, texts};

use super::corrections::CorrectionKeeper;

/// What of the reader's own was there at the start.
pub(super) struct Found {
    /// All bookmarks.
    pub(super) shelf: Shelf,
    /// What was done to them on this device and can be undone.
    pub(super) history: History,
    /// This machine's name in the bookmark logs.
    pub(super) device: DeviceId,
    /// What the reader knows better about names.
    pub(super) corrections: Corrections,
    /// What could not be read.
    pub(super) notices: Vec<Notice>,
}

impl Found {
    /// Nothing, and why.
    pub(super) fn nothing(reason: &str) -> Self {
        let notices = vec![Notice::error(format!("Bookmarks cannot be read or saved: {reason}."))];
        let (shelf, history, device) = (Shelf::default(), History::default(), DeviceId::NOBODY);
        Self { shelf, history, device, corrections: Corrections::default(), notices }
    }
}

/// Writes bookmarks, and what could not be written again with the next ones.
pub(super) struct Keeper {
    data_dir: PathBuf,
    store: Option<BookmarkStore>,
    /// Revisions that are not on the disk, in the order they were made. Writing one twice does no harm.
    unsaved: Vec<Bookmark>,
    /// Bookmarks whose last revision no log can take, and why.
    refused: BTreeMap<BookmarkId, String>,
    /// The articles of the unsaved revisions: their texts are kept once the revisions are.
    articles: Vec<Arc<Article>>,
    corrections: CorrectionKeeper,
}

impl Keeper {
    /// Opens the store.
    pub(super) fn open(data_dir: PathBuf) -> (Self, Found) {
        let (store, mut found) = match BookmarkStore::open(&data_dir) {
            Ok((store, loaded)) => {
                let (device, notices) = (store.device(), told(&loaded.problems));
                let corrections = Corrections::default();
                let Loaded { shelf, history, .. } = loaded;
                (Some(store), Found { shelf, history, device, corrections, notices })
            }
            Err(error) => (None, Found::nothing(&error.to_string())),
        };
        let (corrections, known, notices) = CorrectionKeeper::open(data_dir.clone());
        found.corrections = known;
        found.notices.extend(notices);
        let (unsaved, refused, articles) = (Vec::new(), BTreeMap::new(), Vec::new());
        (Self { data_dir, store, unsaved, refused, articles, corrections }, found)
    }

    /// Carries out effects that came together: one look at what others wrote, one write for all that is to be saved.
    pub(super) fn carry_out(&mut self, effects: Vec<Effect>, send: &dyn Fn(Done)) {
        // What others wrote is seen before one's own is added.
        self.refresh().into_iter().for_each(send);
        self.corrections.refresh().into_iter().for_each(send);
        let mut saves = Vec::new();
        for effect in effects {
            let (records, article, done) = match effect {
                Effect::SaveBookmarks { records, article, done } => (records, article, done),
                Effect::SaveCorrections { request, edit, done } => {
                    send(self.corrections.save(request, edit, done));
                    continue;
                }
                _ => continue,
            };
            saves.push((records.iter().map(Bookmark::id).collect::<Vec<_>>(), done));
            self.unsaved.extend(records);
            if let Some(article) = article
                && !self.articles.iter().any(|kept| Arc::ptr_eq(kept, &article))
            {
                self.articles.push(article);
            }
        }
        if saves.is_empty() {
            return;
        }
        // Revisions that failed before are answered for with the first save that takes them along.
        let mut earlier: Vec<BookmarkId> = self.unsaved.iter().map(Bookmark::id).collect();
        let written = self.write();
        for (mut ids, done) in saves {
            let refused = ids.iter().find_map(|id| self.refused.get(id));
            let result = match (&written, refused) {
                (Err(error), _) | (Ok(()), Some(error)) => Err(error.clone()),
                (Ok(()), None) => {
                    ids.extend(earlier.drain(..).filter(|id| !self.refused.contains_key(id)));
                    ids.sort_unstable();
                    ids.dedup();
                    Ok(done)
                }
            };
            send(Done::Saved { ids, result });
        }
        if written.is_ok() {
            self.keep_texts();
            self.compact();
        }
    }

    /// Compacts the log if it is due: after a save that was answered for, when a reader is least likely to save again at
    /// once, and never at the start or the end, which nobody likes to wait for.
    fn compact(&mut self) {
        match self.store.as_mut().map(|store| store.compact_if_due(clock::now())) {
            Some(Ok(Some(done))) => log::info!("bookmarks: compacted {} bytes to {}", done.before, done.after),
            // The log is as it was, which only makes it longer than need be.
            Some(Err(error)) => log::warn!("bookmarks are not compacted: {error}"),
            Some(Ok(None)) | None => {}
        }
    }

    /// Whether a bookmark or a correction is not on the disk as the reader left it.
    pub(super) fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty() || !self.refused.is_empty() || self.corrections.has_unsaved()
    }

    /// Tries a last time to write what is not written.
    ///
    /// # Errors
    /// What is not saved and why, on one line.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        let corrections = self.corrections.finish();
        // Bookmarks are told first: they cannot be made again.
        self.finish_bookmarks().and(corrections)
    }

    fn finish_bookmarks(&mut self) -> Result<(), String> {
        let written = if self.unsaved.is_empty() { Ok(()) } else { self.write() };
        let mut ids: Vec<BookmarkId> =
            self.unsaved.iter().map(Bookmark::id).chain(self.refused.keys().copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        let reason = written.err().or_else(|| self.refused.values().next().cloned());
        match reason {
            None => {
                self.keep_texts();
                Ok(())
            }
            Some(reason) => {
                let which =
                    if ids.len() == 1 { "1 bookmark is".to_owned() } else { format!("{} bookmarks are", ids.len()) };
                Err(format!("{which} NOT saved: {}", reason.trim_end_matches('.')))
            }
        }
    }

    /// Writes everything that is not on the disk. What no log can take is refused, so that it is in nobody's way.
    fn write(&mut self) -> Result<(), String> {
        let Some(store) = &mut self.store else {
            return Err("the bookmark folder cannot be used; see `dateline doctor`.".to_owned());
        };
        loop {
            match store.append(&self.unsaved) {
                Ok(()) => {
                    for record in self.unsaved.drain(..) {
                        self.refused.remove(&record.id());
                    }
                    return Ok(());
                }
                Err(error @ StoreError::TooLong { index, .. }) => {
                    let Some(id) = self.unsaved.get(index).map(Bookmark::id) else {
                        return Err(format!("{error}."));
                    };
                    self.refused.insert(id, format!("{error}."));
                    self.unsaved.retain(|record| record.id() != id);
                }
                Err(error) => return Err(format!("{error}.")),
            }
        }
    }

    fn keep_texts(&mut self) {
        for article in self.articles.drain(..) {
            if let Err(error) = texts::keep(&self.data_dir, &article.body) {
                // The bookmark itself is safe; without the text it is found again with less certainty.
                log::warn!("the text of {} could not be kept: {error}", article.id);
            }
        }
    }

    fn refresh(&mut self) -> Option<Done> {
        match self.store.as_mut()?.refresh() {
            Ok(new) if new.records.is_empty() && new.problems.is_empty() => None,
            Ok(new) => Some(Done::ShelfChanged { records: new.records, notices: told(&new.problems) }),
            Err(error) => {
                log::warn!("bookmarks: {error}");
                None
            }
        }
    }
}

/// The problems a reader has not been told of before.
fn told(problems: &[Problem]) -> Vec<Notice> {
    let new = problems.iter().filter(|problem| problem.is_news());
    new.map(|problem| Notice::error(format!("{problem}."))).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "puts things in the way of the store")]

    use std::cell::RefCell;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::bookmark::{Color, NewBookmark};

    fn save(keeper: &Keeper) -> (BookmarkId, Effect) {
        let article = super::super::edition::article("01-welcome").unwrap();
        let (range, id) = (crate::article::TextRange::new(0, 5), BookmarkId::from(clock::new_id()));
        let device = keeper.store.as_ref().unwrap().device();
        let new = NewBookmark { id, device, now: clock::now(), article: &article, range, color: Color::Yellow };
        let records = vec![Bookmark::passage(new).unwrap()];
        (id, Effect::SaveBookmarks { records, article: Some(Arc::new(article)), done: "Saved".to_owned() })
    }

    fn answers(keeper: &mut Keeper, effects: Vec<Effect>) -> Vec<(Vec<BookmarkId>, Result<String, String>)> {
        let answers = RefCell::new(Vec::new());
        keeper.carry_out(effects, &|done| {
            if let Done::Saved { ids, result } = done {
                answers.borrow_mut().push((ids, result));
            }
        });
        answers.into_inner()
    }

    /// A folder stands where the log should be written.
    fn block(data_dir: &Path, keeper: &Keeper) -> PathBuf {
        let log = data_dir.join(format!("bookmarks/{}.jsonl", keeper.store.as_ref().unwrap().device()));
        fs::create_dir_all(&log).unwrap();
        log
    }

    #[test]
    fn what_could_not_be_saved_is_saved_with_the_next_and_answered_for() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _) = Keeper::open(folder.path().to_owned());
        let log = block(folder.path(), &keeper);
        let ((first, one), (second, two)) = (save(&keeper), save(&keeper));
        let failed = answers(&mut keeper, vec![one]);
        assert!(matches!(failed.as_slice(), [(ids, Err(_))] if *ids == [first]), "{failed:?}");
        assert!(keeper.has_unsaved());
        fs::remove_dir(log).unwrap();
        let saved = answers(&mut keeper, vec![two]);
        assert!(matches!(saved.as_slice(), [(ids, Ok(_))] if *ids == [first, second]), "{saved:?}");
        assert!(!keeper.has_unsaved() && keeper.finish().is_ok());
        let (_, found) = Keeper::open(folder.path().to_owned());
        assert_eq!(found.shelf.len(), 2);
        assert_eq!(
            fs::read_dir(folder.path().join("texts")).unwrap().count(),
            1,
            "the text is kept once they are saved"
        );
    }

    #[test]
    fn a_log_of_dead_lines_is_compacted_after_the_save_that_made_it_so() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _) = Keeper::open(folder.path().to_owned());
        let device = keeper.store.as_ref().unwrap().device();
        let article = super::super::edition::article("01-welcome").unwrap();
        let (range, id) = (crate::article::TextRange::new(0, 5), BookmarkId::from(clock::new_id()));
        // Notes of more than 90 days ago, which nobody has to be offered.
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let new = NewBookmark { id, device, now, article: &article, range, color: Color::Yellow };
        let (mut last, mut records) = (Bookmark::passage(new).unwrap(), Vec::new());
        for round in 0..100 {
            last = last.with_note(&format!("{}{round}", "long ".repeat(10_000)), device, now).unwrap();
            records.push(last.clone());
        }
        let effect = Effect::SaveBookmarks { records, article: None, done: "Saved".to_owned() };
        assert!(answers(&mut keeper, vec![effect]).iter().all(|(_, result)| result.is_ok()));
        let log = folder.path().join(format!("bookmarks/{device}.jsonl"));
        assert!(fs::metadata(&log).unwrap().len() < 2 << 20);
        let (_, found) = Keeper::open(folder.path().to_owned());
        assert_eq!(found.shelf.get(id), Some(&last));
        assert!(found.history.done.len() > 10, "what was done last can be undone");
    }

    #[test]
    fn the_end_tries_once_more_and_says_what_is_not_saved() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _) = Keeper::open(folder.path().to_owned());
        let log = block(folder.path(), &keeper);
        let effects = vec![save(&keeper).1, save(&keeper).1, Effect::RefreshShelf];
        assert!(answers(&mut keeper, effects).iter().all(|(_, result)| result.is_err()));
        let told = keeper.finish().unwrap_err();
        assert!(told.starts_with("2 bookmarks are NOT saved: cannot"), "{told}");
        fs::remove_dir(log).unwrap();
        assert_eq!(keeper.finish(), Ok(()));
        assert_eq!(Keeper::open(folder.path().to_owned()).1.shelf.len(), 2);
    }

    #[test]
    fn without_a_folder_each_save_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let (keeper, _) = Keeper::open(folder.path().to_owned());
        let (id, effect) = save(&keeper);
        fs::write(folder.path().join("data"), "a file in the way").unwrap();
        let (mut keeper, _) = Keeper::open(folder.path().join("data"));
        let told = answers(&mut keeper, vec![effect]);
        assert!(matches!(told.as_slice(), [(ids, Err(_))] if *ids == [id]), "{told:?}");
        assert!(keeper.finish().is_err());
    }
}
