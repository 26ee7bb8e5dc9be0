//! The worker that owns the bookmark store, the corrections of names and the saved searches. It has a thread of its own, so that no source that
//! blocks and no slow library stands between a bookmark and the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::article::Article;
use crate::bookmark::{Bookmark, BookmarkId, DeviceId};
use crate::command::{Answer, BookmarkAnswer, BookmarkJob, Notice, StoredBookmarks};
use crate::io::bookmarks::{BookmarkStore, Loaded, Problem, StoreError};
use crate::io::{clock, texts, view_choices};

use super::corrections::CorrectionWriter;
use super::searches::SearchWriter;

/// Writes bookmarks, and what could not be written again with the next ones.
pub(crate) struct BookmarkWorker {
    data_dir: PathBuf,
    store: Option<BookmarkStore>,
    /// Revisions that are not on the disk, in the order they were made. Writing one twice does no harm.
    unsaved: Vec<Bookmark>,
    /// Bookmarks whose last revision no log can take, and why.
    refused: BTreeMap<BookmarkId, String>,
    /// The articles of the unsaved revisions: their texts are kept once the revisions are.
    articles: Vec<Arc<Article>>,
    corrections: CorrectionWriter,
    searches: SearchWriter,
}

impl BookmarkWorker {
    /// Reads corrections and bookmarks, and answers with what is there.
    pub(crate) fn open(data_dir: PathBuf, send: &dyn Fn(Answer)) -> Self {
        // The corrections are few, and the page may need them before a hundred thousand bookmarks are read.
        let (corrections, answer) = CorrectionWriter::open(data_dir.clone());
        send(Answer::Bookmarks(answer));
        let (searches, answer) = SearchWriter::open(data_dir.clone());
        send(Answer::Bookmarks(answer));
        let (store, stored) = match BookmarkStore::open(&data_dir) {
            Ok((store, Loaded { shelf, history, problems, .. })) => {
                let (device, notices) = (store.device(), notices_of(&problems));
                (Some(store), StoredBookmarks { shelf, history, device, notices })
            }
            Err(error) => (None, StoredBookmarks::nothing(&error.to_string())),
        };
        send(Answer::Bookmarks(BookmarkAnswer::Loaded(Box::new(stored))));
        let (unsaved, refused, articles) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { data_dir, store, unsaved, refused, articles, corrections, searches }
    }

    /// Carries out jobs that came together: one look at what others wrote, one write for all that is to be saved.
    pub(crate) fn carry_out(&mut self, jobs: Vec<BookmarkJob>, send: &dyn Fn(Answer)) {
        let send = |answer| send(Answer::Bookmarks(answer));
        // What others wrote is seen before one's own is added.
        let news = self.refresh().into_iter().chain(self.corrections.refresh()).chain(self.searches.refresh());
        news.for_each(send);
        let mut saves = Vec::new();
        for job in jobs {
            let (records, article, done) = match job {
                BookmarkJob::Save { records, article, done } => (records, article, done),
                BookmarkJob::SaveCorrections { request, edit, done } => {
                    send(self.corrections.save(request, edit, done));
                    continue;
                }
                BookmarkJob::SaveSearch { edit, done } => {
                    send(self.searches.save(&edit, done));
                    continue;
                }
                BookmarkJob::KeepView(text) => {
                    if let Err(error) = view_choices::write(&self.data_dir, &text) {
                        log::warn!("how the screen was left is not remembered: {error}");
                    }
                    continue;
                }
                // That was done above.
                BookmarkJob::Refresh => continue,
            };
            saves.push((records.iter().map(Bookmark::id).collect::<Vec<_>>(), done));
            let device = self.store.as_ref().map_or(DeviceId::NOBODY, BookmarkStore::device);
            // What was made before the logs were read does not name this device yet.
            self.unsaved.extend(records.into_iter().map(|record| record.signed(device)));
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
            send(BookmarkAnswer::Saved { ids, result });
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

    fn refresh(&mut self) -> Option<BookmarkAnswer> {
        match self.store.as_mut()?.refresh() {
            Ok(new) if new.records.is_empty() && new.problems.is_empty() => None,
            Ok(new) => Some(BookmarkAnswer::Changed { records: new.records, notices: notices_of(&new.problems) }),
            Err(error) => {
                log::warn!("bookmarks: {error}");
                None
            }
        }
    }
}

/// The problems a reader has not been told of before.
fn notices_of(problems: &[Problem]) -> Vec<Notice> {
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

    fn open(data_dir: PathBuf) -> (BookmarkWorker, StoredBookmarks) {
        let stored = RefCell::new(None);
        let worker = BookmarkWorker::open(data_dir, &|answer| {
            if let Answer::Bookmarks(BookmarkAnswer::Loaded(loaded)) = answer {
                stored.replace(Some(*loaded));
            }
        });
        (worker, stored.into_inner().unwrap())
    }

    fn save(worker: &BookmarkWorker) -> (BookmarkId, BookmarkJob) {
        let article = super::super::edition::article("01-welcome").unwrap();
        let (range, id) = (crate::article::TextRange::new(0, 5), BookmarkId::from(clock::new_id()));
        let device = worker.store.as_ref().unwrap().device();
        let new = NewBookmark { id, device, now: clock::now(), article: &article, range, color: Color::Yellow };
        let records = vec![Bookmark::passage(new).unwrap()];
        (id, BookmarkJob::Save { records, article: Some(Arc::new(article)), done: "Saved".to_owned() })
    }

    fn answers(
        worker: &mut BookmarkWorker,
        effects: Vec<BookmarkJob>,
    ) -> Vec<(Vec<BookmarkId>, Result<String, String>)> {
        let answers = RefCell::new(Vec::new());
        worker.carry_out(effects, &|done| {
            if let Answer::Bookmarks(BookmarkAnswer::Saved { ids, result }) = done {
                answers.borrow_mut().push((ids, result));
            }
        });
        answers.into_inner()
    }

    /// A folder stands where the log should be written.
    fn block(data_dir: &Path, worker: &BookmarkWorker) -> PathBuf {
        let log = data_dir.join(format!("bookmarks/{}.jsonl", worker.store.as_ref().unwrap().device()));
        fs::create_dir_all(&log).unwrap();
        log
    }

    #[test]
    fn what_could_not_be_saved_is_saved_with_the_next_and_answered_for() {
        let folder = tempfile::tempdir().unwrap();
        let mut worker = open(folder.path().to_owned()).0;
        let log = block(folder.path(), &worker);
        let ((first, one), (second, two)) = (save(&worker), save(&worker));
        let failed = answers(&mut worker, vec![one]);
        assert!(matches!(failed.as_slice(), [(ids, Err(_))] if *ids == [first]), "{failed:?}");
        assert!(worker.has_unsaved());
        fs::remove_dir(log).unwrap();
        let saved = answers(&mut worker, vec![two]);
        assert!(matches!(saved.as_slice(), [(ids, Ok(_))] if *ids == [first, second]), "{saved:?}");
        assert!(!worker.has_unsaved() && worker.finish().is_ok());
        let stored = open(folder.path().to_owned()).1;
        assert_eq!(stored.shelf.len(), 2);
        assert_eq!(
            fs::read_dir(folder.path().join("texts")).unwrap().count(),
            1,
            "the text is kept once they are saved"
        );
    }

    #[test]
    fn a_log_of_dead_lines_is_compacted_after_the_save_that_made_it_so() {
        let folder = tempfile::tempdir().unwrap();
        let mut worker = open(folder.path().to_owned()).0;
        let device = worker.store.as_ref().unwrap().device();
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
        let effect = BookmarkJob::Save { records, article: None, done: "Saved".to_owned() };
        assert!(answers(&mut worker, vec![effect]).iter().all(|(_, result)| result.is_ok()));
        let log = folder.path().join(format!("bookmarks/{device}.jsonl"));
        assert!(fs::metadata(&log).unwrap().len() < 2 << 20);
        let stored = open(folder.path().to_owned()).1;
        assert_eq!(stored.shelf.get(id), Some(&last));
        assert!(stored.history.done.len() > 10, "what was done last can be undone");
    }

    #[test]
    fn the_end_tries_once_more_and_says_what_is_not_saved() {
        let folder = tempfile::tempdir().unwrap();
        let mut worker = open(folder.path().to_owned()).0;
        let log = block(folder.path(), &worker);
        let effects = vec![save(&worker).1, save(&worker).1, BookmarkJob::Refresh];
        assert!(answers(&mut worker, effects).iter().all(|(_, result)| result.is_err()));
        let told = worker.finish().unwrap_err();
        assert!(told.starts_with("2 bookmarks are NOT saved: cannot"), "{told}");
        fs::remove_dir(log).unwrap();
        assert_eq!(worker.finish(), Ok(()));
        assert_eq!(open(folder.path().to_owned()).1.shelf.len(), 2);
    }

    #[test]
    fn without_a_folder_each_save_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let worker = open(folder.path().to_owned()).0;
        let (id, effect) = save(&worker);
        fs::write(folder.path().join("data"), "a file in the way").unwrap();
        let mut worker = open(folder.path().join("data")).0;
        let told = answers(&mut worker, vec![effect]);
        assert!(matches!(told.as_slice(), [(ids, Err(_))] if *ids == [id]), "{told:?}");
        assert!(worker.finish().is_err());
    }

    #[test]
    fn what_was_made_before_the_logs_were_read_is_written_in_the_name_of_this_device() {
        let folder = tempfile::tempdir().unwrap();
        let mut worker = open(folder.path().to_owned()).0;
        let article = super::super::edition::article("01-welcome").unwrap();
        let (range, id) = (crate::article::TextRange::new(0, 5), BookmarkId::from(clock::new_id()));
        let device = DeviceId::UNSIGNED;
        let new = NewBookmark { id, device, now: clock::now(), article: &article, range, color: Color::Yellow };
        let records = vec![Bookmark::passage(new).unwrap()];
        let saved = answers(&mut worker, vec![BookmarkJob::Save { records, article: None, done: String::new() }]);
        assert!(matches!(saved.as_slice(), [(ids, Ok(_))] if *ids == [id]), "{saved:?}");
        let (worker, stored) = open(folder.path().to_owned());
        assert_eq!(stored.shelf.get(id).unwrap().attached().device, worker.store.unwrap().device());
    }
}
