//! The library and the logs of marks, kept in step.
//!
//! What a reader does to an article is written to the logs, which are the truth, and then to `library.db`, where lists
//! find it. The reader and the command line both mark, tag and remove through here, so that no change is in one place
//! only.
#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "puts files in the way of the logs"))]

mod earlier_marks;
pub(crate) mod feed_arrivals;
mod full_text;

use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use jiff::Timestamp;

pub(crate) use self::earlier_marks::EarlierMarked;
use crate::article::{Arrival, Arrived, Position, RowId, SourceId, TextHash};
use crate::command::{MarkSteps, RowStep};
use crate::io::marks::{MarkStore, Problem, StoreError};
use crate::journal::{BadTag, DeviceId, LogPosition};
use crate::library::{AbsorbedMark, Library, LibraryError, MarkState, RowMark};
use crate::mark::{Mark, MarkChange, MarkStep};

/// The library, and what the reader did to its articles.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The articles.
    pub(crate) library: Library,
    /// None until the logs were read, and if they cannot be.
    marks: Option<MarkStore>,
    /// Whether the library may lack what was read of the logs, which is then read again.
    is_behind: bool,
    /// Revisions that no log has yet, in the order they were made. Writing one twice does no harm.
    unsaved: Vec<Mark>,
    /// Marks that a library which is only read cannot take. The logs can, and what is changed next begins with them.
    beside: HashMap<SourceId, Mark>,
    /// How many articles of feeds are kept; none to keep all.
    keep: Option<usize>,
}

/// Why a change is not kept.
#[derive(Debug)]
pub(crate) enum CatalogueError {
    /// The library failed.
    Library(LibraryError),
    /// The logs failed: the change holds while the program runs, and is written with the next.
    Store(StoreError),
    /// The folder of the logs cannot be used.
    NoLogs,
    /// A tag cannot be one.
    Tag(BadTag),
}

impl CatalogueError {
    /// Whether another program writes to the library, which ends soon.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Library(LibraryError::Busy(_)))
    }

    /// Whether nothing else can be kept either, until somebody does something about it.
    pub(crate) fn is_lasting(&self) -> bool {
        match self {
            Self::Library(error) => matches!(
                error,
                LibraryError::ReadOnly
                    | LibraryError::DiskFull(_)
                    | LibraryError::Denied(_)
                    | LibraryError::NoFile(_)
                    | LibraryError::Foreign(_)
            ),
            Self::Store(_) | Self::NoLogs => true,
            Self::Tag(_) => false,
        }
    }

    /// What to do about it, if that can be said.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Library(error) => error.hint(),
            Self::NoLogs | Self::Store(_) => Some("`dateline doctor` says what is wrong with the folder"),
            Self::Tag(_) => None,
        }
    }
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
            Self::NoLogs => f.write_str("the folder of the marks cannot be used"),
            Self::Tag(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CatalogueError {}

impl From<LibraryError> for CatalogueError {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}

/// Articles that are marked at a time: of a hundred thousand, no more need be in memory.
const MOST_AT_ONCE: usize = if cfg!(test) { 3 } else { 4000 };

impl Catalogue {
    /// A library whose logs are not read yet: its lists can be shown at once.
    pub(crate) fn new(library: Library) -> Self {
        Self { library, marks: None, is_behind: true, unsaved: Vec::new(), beside: HashMap::new(), keep: None }
    }

    /// Reads what was added to the logs since the library last saw them. Returns whether any mark is new, and what the
    /// reader should know.
    ///
    /// # Errors
    /// When the logs cannot be listed, or the library fails.
    pub(crate) fn read_marks(&mut self, data_dir: &Path) -> Result<(bool, Vec<Problem>), CatalogueError> {
        let known = self.library.log_positions()?;
        let (store, new) = MarkStore::open(data_dir, &known).map_err(CatalogueError::Store)?;
        self.marks = Some(store);
        let is_news = !new.records.is_empty();
        self.absorb(new.records)?;
        self.is_behind = false;
        if known.is_empty() {
            self.log_what_was_marked()?;
        }
        Ok((is_news, new.problems))
    }

    /// Writes to the logs what an older version marked, which kept it in the library alone. Each mark has the time at which
    /// it was made, so that it loses to what was done since.
    fn log_what_was_marked(&mut self) -> Result<(), CatalogueError> {
        let rows = self.library.rows_without_mark()?;
        if rows.is_empty() || self.library.is_read_only() {
            return Ok(());
        }
        self.alone(|catalogue| {
            let device = catalogue.device();
            let mut marks = Vec::new();
            for article in catalogue.library.row_marks(&rows)? {
                let Some(kept) = catalogue.library.kept(&article.id, article.text)? else { continue };
                let first = kept.read_at.into_iter().chain(kept.starred_at).min().unwrap_or_default();
                let mut mark = catalogue.mark_of(&article, first)?;
                mark = mark.with_place(kept.position, device, first).unwrap_or(mark);
                let mut changes = [(kept.read_at, true), (kept.starred_at, false)];
                changes.sort_unstable();
                for (at, is_read) in changes {
                    let Some(at) = at else { continue };
                    let marked = if is_read {
                        mark.with_read(Some(at), device, at)
                    } else {
                        mark.with_starred(Some(at), device, at)
                    };
                    mark = marked.unwrap_or(mark);
                }
                marks.push(mark);
            }
            catalogue.keep(marks, false)
        })
    }

    /// Whether the logs have to be read from where the library knows them to.
    pub(crate) fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// Reads what other programs and machines have marked since.
    ///
    /// # Errors
    /// When the logs cannot be listed, or the library fails.
    pub(crate) fn refresh(&mut self) -> Result<(bool, Vec<Problem>), CatalogueError> {
        let Some(store) = &mut self.marks else { return Ok((false, Vec::new())) };
        let new = store.refresh().map_err(CatalogueError::Store)?;
        let is_news = !new.records.is_empty();
        if is_news {
            self.is_behind = true;
            self.absorb(new.records)?;
            self.is_behind = false;
        }
        Ok((is_news, new.problems))
    }

    /// Of how many articles there are changes that no log has.
    pub(crate) fn unsaved(&self) -> usize {
        self.unsaved.iter().map(Mark::id).collect::<HashSet<_>>().len()
    }

    /// Changes articles. When this returns without an error it is on the disk.
    ///
    /// # Errors
    /// Any [`CatalogueError`]. After [`CatalogueError::Store`] the change holds in the library and is written to the logs
    /// with the next.
    pub(crate) fn mark(&mut self, rows: &[RowId], change: &MarkChange, now: Timestamp) -> Result<(), CatalogueError> {
        self.change(rows, change, self.device(), now)
    }

    fn change(
        &mut self,
        rows: &[RowId],
        change: &MarkChange,
        device: DeviceId,
        now: Timestamp,
    ) -> Result<(), CatalogueError> {
        self.alone(|catalogue| {
            let mut saved = Ok(());
            for rows in rows.chunks(MOST_AT_ONCE) {
                let mut changed = Vec::new();
                for article in catalogue.library.row_marks(rows)? {
                    let mark = catalogue.mark_of(&article, now)?;
                    changed.extend(apply(&mark, change, device, now).map_err(CatalogueError::Tag)?);
                }
                // A log that took nothing would make the reader wait for each part.
                saved = match saved {
                    Ok(()) => catalogue.keep(changed, false),
                    Err(error) => catalogue.put_off(changed).and(Err(error)),
                };
            }
            saved
        })
    }

    /// Runs a change while no other program writes to the library: what it reads there, merges and writes back must not
    /// overwrite what another has merged in between.
    fn alone<T>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, CatalogueError>) -> Result<T, CatalogueError> {
        let is_held = self.library.hold();
        // Whatever happens others must get their turn.
        let changed = catch_unwind(AssertUnwindSafe(|| change(self)));
        let released = if is_held { self.library.release() } else { Ok(()) };
        let value = changed.unwrap_or_else(|panic| resume_unwind(panic))?;
        released?;
        Ok(value)
    }

    /// Keeps where the reader left an article. One that is not in the library stays out of it.
    ///
    /// # Errors
    /// Those of [`mark`](Self::mark).
    pub(crate) fn leave_at(&mut self, id: &SourceId, place: &Position, now: Timestamp) -> Result<(), CatalogueError> {
        self.alone(|catalogue| {
            let Some(row) = catalogue.library.row(id)? else { return Ok(()) };
            let device = catalogue.device();
            let mut changed = Vec::new();
            for article in catalogue.library.row_marks(&[row])? {
                changed.extend(catalogue.mark_of(&article, now)?.with_place(Some(place.clone()), device, now));
            }
            catalogue.keep(changed, true)
        })
    }

    /// What this device calls itself in the logs.
    fn device(&self) -> DeviceId {
        self.marks.as_ref().map_or(DeviceId::NOBODY, MarkStore::device)
    }

    /// Takes articles in; those `named` by a person come back if they were removed, others stay removed.
    ///
    /// # Errors
    /// Those of [`mark`](Self::mark).
    pub(crate) fn arrive(
        &mut self,
        arrivals: &[Arrival],
        named: bool,
        now: Timestamp,
    ) -> Result<Vec<Arrived>, CatalogueError> {
        let arrived = self.library.arrive(arrivals, now)?;
        let mut texts: Vec<TextHash> = Vec::new();
        let mut copies = Vec::new();
        for (arrival, arrived) in arrivals.iter().zip(&arrived) {
            if arrived.is_marked_elsewhere {
                texts.push(arrival.article.body.hash());
            } else if let Some(original) = &arrived.copy_of {
                copies.push((arrived.row, original.clone()));
            }
        }
        if !texts.is_empty() || !copies.is_empty() {
            self.alone(|catalogue| {
                catalogue.settle_texts(&texts)?;
                copies.iter().try_for_each(|(row, original)| catalogue.copy_marks(*row, original, now))
            })?;
        }
        let removed: Vec<RowId> = arrived.iter().filter(|one| one.was_removed && named).map(|one| one.row).collect();
        if !removed.is_empty() {
            self.mark(&removed, &MarkChange::Removed(false), now)?;
        }
        Ok(arrived)
    }

    /// What was done on this device lately, as far as its articles are still in the library.
    ///
    /// # Errors
    /// When the log cannot be read, or the library fails.
    pub(crate) fn history(&mut self) -> Result<MarkSteps, CatalogueError> {
        let Some(store) = &self.marks else { return Ok(MarkSteps::default()) };
        let history = store.history().map_err(CatalogueError::Store)?;
        let mut steps = |steps: Vec<MarkStep>| -> Result<Vec<RowStep>, CatalogueError> {
            let mut found = Vec::new();
            for MarkStep { change, articles, at } in steps {
                let mut rows = Vec::new();
                for article in articles {
                    let row = self.library.row(&article.id)?;
                    let moved = match (row, article.text) {
                        (None, Some(text)) => self.library.rows_of_text(text)?.first().copied(),
                        _ => None,
                    };
                    rows.extend(row.or(moved));
                }
                if !rows.is_empty() {
                    found.push(RowStep { change, rows: rows.into(), at });
                }
            }
            Ok(found)
        };
        Ok(MarkSteps { done: steps(history.done)?, undone: steps(history.undone)? })
    }

    /// Compacts this device's log if it has become worth it, which takes up to some seconds.
    ///
    /// # Errors
    /// When the log cannot be written anew; then it is as it was.
    pub(crate) fn compact_if_due(&mut self, now: Timestamp) -> Result<(), CatalogueError> {
        if let Some(store) = &mut self.marks
            && let Some(done) = store.compact_if_due(now).map_err(CatalogueError::Store)?
        {
            log::info!("marks: compacted {} bytes to {}", done.before, done.after);
        }
        Ok(())
    }

    /// The mark of an article, with all that counts for it, ready to be edited.
    fn mark_of(&mut self, article: &RowMark, now: Timestamp) -> Result<Mark, CatalogueError> {
        let mut own =
            article.line.as_deref().and_then(Mark::read_line).unwrap_or_else(|| Mark::new(article.id.clone()));
        if let Some(beside) = self.beside.get(&article.id) {
            own.merge(beside.clone());
        }
        let own = own.with_article(article.text, &article.title, self.device(), now).unwrap_or(own);
        let elsewhere = self.library.marks_of_text(article.text)?;
        let elsewhere: Vec<Mark> = elsewhere.iter().filter_map(|line| Mark::read_line(line)).collect();
        Ok(own.effective(&elsewhere))
    }

    /// Writes revisions to the log, and to the library whatever becomes of that.
    fn keep(&mut self, changed: Vec<Mark>, sets_place: bool) -> Result<(), CatalogueError> {
        if changed.is_empty() && self.unsaved.is_empty() {
            return Ok(());
        }
        let absorbed: Vec<AbsorbedMark> = changed.iter().map(|mark| absorbed(mark, sets_place)).collect();
        self.unsaved.extend(changed.iter().cloned());
        let saved = self.save();
        if self.library.is_read_only() {
            self.put_beside(changed);
            return saved;
        }
        self.library.absorb_marks(&absorbed, &self.positions())?;
        saved
    }

    /// Takes revisions into the library that are to be written to the logs later.
    fn put_off(&mut self, changed: Vec<Mark>) -> Result<(), CatalogueError> {
        let absorbed: Vec<AbsorbedMark> = changed.iter().map(|mark| absorbed(mark, false)).collect();
        self.unsaved.extend(changed.iter().cloned());
        if self.library.is_read_only() {
            self.put_beside(changed);
        } else {
            self.library.absorb_marks(&absorbed, &[])?;
        }
        Ok(())
    }

    /// Tries to write what is not in the logs.
    ///
    /// # Errors
    /// When the logs cannot be written.
    pub(crate) fn save(&mut self) -> Result<(), CatalogueError> {
        if self.unsaved.is_empty() {
            return Ok(());
        }
        let store = self.marks.as_mut().ok_or(CatalogueError::NoLogs)?;
        store.append(&self.unsaved).map_err(CatalogueError::Store)?;
        self.unsaved.clear();
        Ok(())
    }

    fn put_beside(&mut self, marks: Vec<Mark>) {
        for mark in marks {
            match self.beside.entry(mark.id().clone()) {
                Slot::Occupied(mut known) => drop(known.get_mut().merge(mark)),
                Slot::Vacant(slot) => drop(slot.insert(mark)),
            }
        }
    }

    fn positions(&self) -> Vec<LogPosition> {
        self.marks.as_ref().map(MarkStore::positions).unwrap_or_default()
    }

    /// Takes in lines of logs: merges them with what the library has, and sets what counts for the articles.
    fn absorb(&mut self, records: Vec<Mark>) -> Result<(), CatalogueError> {
        if self.library.is_read_only() {
            self.put_beside(records);
            return Ok(());
        }
        self.alone(|catalogue| catalogue.merge(records))
    }

    fn merge(&mut self, records: Vec<Mark>) -> Result<(), CatalogueError> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut places: HashMap<SourceId, usize> = HashMap::new();
        for record in records {
            if let Some(mark) = places.get(record.id()).and_then(|place| marks.get_mut(*place)) {
                mark.merge(record);
            } else {
                places.insert(record.id().clone(), marks.len());
                marks.push(record);
            }
        }
        let ids: Vec<SourceId> = marks.iter().map(|mark| mark.id().clone()).collect();
        for (mark, line) in marks.iter_mut().zip(self.library.mark_lines(&ids)?) {
            if let Some(stored) = line.as_deref().and_then(Mark::read_line) {
                mark.merge(stored);
            }
        }
        let all: Vec<AbsorbedMark> = marks.iter().map(|mark| absorbed(mark, true)).collect();
        self.library.absorb_marks(&all, &[])?;
        let mut texts: Vec<TextHash> = marks.iter().filter_map(Mark::text).collect();
        texts.sort_unstable();
        texts.dedup();
        self.settle_texts(&texts)?;
        // Only now: what lies before these positions is not read again.
        self.library.absorb_marks(&[], &self.positions())?;
        Ok(())
    }

    /// Sets what counts for the articles with these texts, of marks that were made elsewhere too.
    fn settle_texts(&mut self, texts: &[TextHash]) -> Result<(), CatalogueError> {
        let mut settled = Vec::new();
        for text in texts {
            let rows = self.library.rows_of_text(*text)?;
            if rows.is_empty() || self.library.marks_of_text(*text)?.is_empty() {
                continue;
            }
            for article in self.library.row_marks(&rows)? {
                let mark = self.mark_of(&article, Timestamp::UNIX_EPOCH)?;
                settled.push(AbsorbedMark { line: None, ..absorbed(&mark, true) });
            }
        }
        self.library.absorb_marks(&settled, &[])?;
        Ok(())
    }

    /// A copy begins with what was done to the article it is a copy of, in a mark of its own.
    fn copy_marks(&mut self, row: RowId, original: &SourceId, now: Timestamp) -> Result<(), CatalogueError> {
        let lines = self.library.mark_lines(std::slice::from_ref(original))?;
        let Some(original) = lines.into_iter().flatten().next().as_deref().and_then(Mark::read_line) else {
            return Ok(());
        };
        let device = self.device();
        let mut copied = Vec::new();
        for article in self.library.row_marks(&[row])?.iter().filter(|article| article.line.is_none()) {
            let copy = self.mark_of(article, now)?.effective(std::slice::from_ref(&original));
            copied.push(copy.with_removed(None, device, now).unwrap_or(copy));
        }
        self.keep(copied, true)
    }
}

/// The revision of a mark that a change makes; none if it is so already.
fn apply(mark: &Mark, change: &MarkChange, device: DeviceId, now: Timestamp) -> Result<Option<Mark>, BadTag> {
    Ok(match change {
        MarkChange::Read(on) => mark.with_read(on.then_some(now), device, now),
        MarkChange::Starred(on) => mark.with_starred(on.then_some(now), device, now),
        MarkChange::Removed(on) => mark.with_removed(on.then_some(now), device, now),
        MarkChange::Tagged { added, taken } => {
            let stay = mark.tags().iter().filter(|tag| !taken.contains(tag));
            let tags: Vec<&String> = stay.chain(added).collect();
            mark.with_tags(&tags, device, now)?
        }
    })
}

fn absorbed(mark: &Mark, sets_place: bool) -> AbsorbedMark {
    let state = MarkState {
        read_at: mark.read(),
        starred_at: mark.starred(),
        removed: mark.removed(),
        tags: mark.tags().to_vec(),
        position: mark.place().cloned(),
    };
    AbsorbedMark { id: mark.id().clone(), text: mark.text(), line: Some(mark.to_line()), state, sets_place }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::article::{Article, Block, BlockKind, Text, TextRange};
    use crate::query::{ArticleQuery, Term};

    pub(super) fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_510_800 + second).unwrap()
    }

    fn arrival(path: &str, words: &str) -> Arrival {
        let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
        let article = Article {
            id: SourceId::of_file(path),
            title: format!("About {path}"),
            byline: None,
            published: None,
            source: None,
            url: None,
            language: None,
            body: Text::new(words.to_owned(), vec![block], vec![]),
        };
        Arrival { article: article.into(), words: 2, file: None }
    }

    pub(super) fn open(folder: &TempDir) -> Catalogue {
        let mut catalogue = Catalogue::new(Library::open(folder.path()).unwrap().0);
        let (_, problems) = catalogue.read_marks(folder.path()).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        catalogue
    }

    pub(super) fn add(catalogue: &mut Catalogue, path: &str, words: &str) -> RowId {
        catalogue.arrive(&[arrival(path, words)], false, at(0)).unwrap()[0].row
    }

    pub(super) fn listed(catalogue: &Catalogue, term: Option<Term>) -> usize {
        let query = term.map(|term| ArticleQuery::default().with(term)).unwrap_or_default();
        catalogue.library.reader().unwrap().counts(&query).unwrap().total
    }

    fn tags(added: &[&str], taken: &[&str]) -> MarkChange {
        let owned = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
        MarkChange::Tagged { added: owned(added), taken: owned(taken) }
    }

    /// Copies the logs of one data directory into another, as a file syncer does.
    fn sync(from: &TempDir, to: &TempDir) {
        for log in std::fs::read_dir(from.path().join("marks")).unwrap().flatten() {
            if log.path().extension().is_some_and(|extension| extension == "jsonl") {
                std::fs::copy(log.path(), to.path().join("marks").join(log.file_name())).unwrap();
            }
        }
    }

    #[test]
    fn a_library_that_is_deleted_gets_every_mark_back_from_the_logs() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let [a, b, c] = ["/news/a", "/news/b", "/news/c"].map(|path| add(&mut catalogue, path, path));
        catalogue.mark(&[a, b], &MarkChange::Read(true), at(1)).unwrap();
        catalogue.mark(&[b], &MarkChange::Starred(true), at(2)).unwrap();
        catalogue.mark(&[c], &MarkChange::Removed(true), at(3)).unwrap();
        catalogue.mark(&[a], &tags(&["river", "city"], &[]), at(4)).unwrap();
        let words = Text::new("/news/a".to_owned(), vec![], vec![]);
        catalogue.leave_at(&SourceId::of_file("/news/a"), &Position::at(&words, 6), at(5)).unwrap();
        drop(catalogue);
        std::fs::remove_file(folder.path().join("library.db")).unwrap();
        let mut catalogue = open(&folder);
        let rows = ["/news/a", "/news/b", "/news/c"].map(|path| add(&mut catalogue, path, path));
        assert_eq!(listed(&catalogue, None), 2);
        let entries = catalogue.library.reader().unwrap().entries(&rows).unwrap();
        let [a, b, c] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(
            (a.is_read(), a.is_starred(), a.tags.as_slice()),
            (true, false, &["city".into(), "river".into()][..])
        );
        assert!(b.is_read() && b.is_starred() && a.progress > 80);
        assert!(c.removed.is_some());
        // Named by a person it comes back, and that is known at the next start too.
        catalogue.arrive(&[arrival("/news/c", "/news/c")], true, at(9)).unwrap();
        assert_eq!(listed(&open(&folder), None), 3);
    }

    #[test]
    fn two_data_directories_with_a_copier_agree_though_their_files_lie_elsewhere() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (mut one, mut other) = (open(&here), open(&there));
        let row = add(&mut one, "/home/ana/a", "the words");
        one.mark(&[row], &MarkChange::Starred(true), at(1)).unwrap();
        sync(&here, &there);
        other.refresh().unwrap();
        let row = add(&mut other, "/Users/ana/a", "the words");
        assert_eq!(listed(&other, Some(Term::Starred(true))), 1, "known by its words");
        other.mark(&[row], &MarkChange::Starred(false), at(2)).unwrap();
        other.mark(&[row], &tags(&["river"], &[]), at(3)).unwrap();
        sync(&there, &here);
        assert!(one.refresh().unwrap().0);
        for catalogue in [&one, &other] {
            assert_eq!(listed(catalogue, Some(Term::Starred(true))), 0);
            assert_eq!(listed(catalogue, Some(Term::Tag("river".into()))), 1);
        }
    }

    #[test]
    fn what_was_done_last_can_be_taken_back_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let rows: Vec<RowId> = (0..250)
            .map(|number| add(&mut catalogue, &format!("/news/{number}"), &format!("words {number}")))
            .collect();
        for (second, row) in (0..).zip(&rows) {
            catalogue.mark(&[*row], &MarkChange::Removed(true), at(second)).unwrap();
        }
        drop(catalogue);
        let mut catalogue = open(&folder);
        assert_eq!(listed(&catalogue, None), 0);
        let steps = catalogue.history().unwrap();
        assert_eq!(steps.done.len(), 250);
        let last = steps.done.last().unwrap();
        assert_eq!((&last.change, &*last.rows), (&MarkChange::Removed(true), &rows[249..]));
        catalogue.mark(&last.rows, &last.change.reversed(), at(900)).unwrap();
        assert_eq!(listed(&catalogue, None), 1);
        let steps = open(&folder).history().unwrap();
        assert_eq!((steps.done.len(), steps.undone.len()), (249, 1));
    }

    #[test]
    fn what_no_log_takes_holds_and_is_written_with_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let row = add(&mut catalogue, "/news/a", "words");
        // A folder stands where the lock of the log would be.
        let lock = folder.path().join(format!("marks/{}.lock", catalogue.device()));
        std::fs::create_dir(&lock).unwrap();
        let failed = catalogue.mark(&[row], &MarkChange::Read(true), at(1));
        assert!(matches!(failed, Err(CatalogueError::Store(_))), "{failed:?}");
        assert_eq!(catalogue.unsaved(), 1);
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
        std::fs::remove_dir(&lock).unwrap();
        catalogue.mark(&[row], &MarkChange::Starred(true), at(2)).unwrap();
        assert_eq!(catalogue.unsaved(), 0);
        drop(catalogue);
        std::fs::remove_file(folder.path().join("library.db")).unwrap();
        let mut catalogue = open(&folder);
        add(&mut catalogue, "/news/a", "words");
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
    }

    #[test]
    fn what_several_programs_mark_at_once_is_all_there() {
        let folder = tempfile::tempdir().unwrap();
        let row = add(&mut open(&folder), "/news/a", "words");
        std::thread::scope(|scope| {
            for program in 0..4 {
                let mut catalogue = open(&folder);
                scope.spawn(move || {
                    for number in 0..8 {
                        let tag = format!("tag-{program}-{number}");
                        catalogue.mark(&[row], &tags(&[&tag], &[]), at(number)).unwrap();
                    }
                });
            }
        });
        let mut catalogue = open(&folder);
        let entries = catalogue.library.entries_of(&[row]).unwrap();
        assert_eq!(entries[0].tags.len(), 32);
        // One that fails lets the others have their turn.
        let failed = catalogue.mark(&[row], &tags(&["one too many"], &[]), at(9));
        assert!(matches!(failed, Err(CatalogueError::Tag(_))), "{failed:?}");
        open(&folder).mark(&[row], &MarkChange::Starred(true), at(10)).unwrap();
        assert_eq!(listed(&catalogue, Some(Term::Starred(true))), 1);
        assert!(catalogue.library.hold(), "nobody holds it now");
    }

    #[test]
    fn what_is_marked_in_parts_is_one_step_and_waits_in_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let add = |number| add(&mut catalogue, &format!("/news/{number}"), &format!("words {number}"));
        let rows: Vec<RowId> = (0..10).map(add).collect();
        catalogue.mark(&rows, &MarkChange::Read(true), at(1)).unwrap();
        let steps = open(&folder).history().unwrap();
        let [step] = steps.done.as_slice() else { panic!("{steps:?}") };
        assert_eq!(step.rows.len(), 10);
        let lock = folder.path().join(format!("marks/{}.lock", catalogue.device()));
        std::fs::remove_file(&lock).ok();
        std::fs::create_dir(&lock).unwrap();
        assert!(catalogue.mark(&rows, &MarkChange::Starred(true), at(2)).is_err());
        assert_eq!((catalogue.unsaved(), listed(&catalogue, Some(Term::Starred(true)))), (10, 10));
        std::fs::remove_dir(&lock).unwrap();
        catalogue.save().unwrap();
        assert_eq!(open(&folder).history().unwrap().done.len(), 2);
    }

    #[test]
    fn what_an_older_version_marked_goes_to_the_logs_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(folder.path()).unwrap().0;
        let rows = ["/news/a", "/news/b", "/news/c"].map(|path| {
            let arrival = arrival(path, path);
            let row = library.arrive(std::slice::from_ref(&arrival), at(0)).unwrap()[0].row;
            let state = MarkState {
                read_at: (path != "/news/c").then(|| at(20)),
                starred_at: (path == "/news/a").then(|| at(10)),
                position: Some(Position::at(&arrival.article.body, 3)).filter(|_| path == "/news/b"),
                ..MarkState::default()
            };
            let (id, text) = (arrival.article.id.clone(), None);
            library.absorb_marks(&[AbsorbedMark { id, text, line: None, state, sets_place: true }], &[]).unwrap();
            row
        });
        drop(library);
        drop(open(&folder));
        let log = |folder: &TempDir| {
            let logs = std::fs::read_dir(folder.path().join("marks")).unwrap().flatten().map(|log| log.path());
            let logs = logs.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
            logs.map(|log| std::fs::read_to_string(log).unwrap()).collect::<String>()
        };
        let written = log(&folder);
        assert_eq!(written.lines().count(), 2, "{written}");
        drop(open(&folder));
        assert_eq!(log(&folder), written, "once is enough");
        std::fs::remove_file(folder.path().join("library.db")).unwrap();
        let mut catalogue = open(&folder);
        for path in ["/news/a", "/news/b", "/news/c"] {
            add(&mut catalogue, path, path);
        }
        let entries = catalogue.library.reader().unwrap().entries(&rows).unwrap();
        let marks: Vec<_> = entries.iter().map(|entry| (entry.read_at, entry.starred_at, entry.progress > 0)).collect();
        assert_eq!(marks, [(Some(at(20)), Some(at(10)), false), (Some(at(20)), None, true), (None, None, false)]);
    }

    #[test]
    fn a_copy_begins_with_what_was_done_to_the_other_and_goes_its_own_way() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        std::fs::write(&first, "words").unwrap();
        let mut catalogue = open(&folder);
        let row = add(&mut catalogue, first.to_str().unwrap(), "words");
        catalogue.mark(&[row], &MarkChange::Read(true), at(1)).unwrap();
        let copy = add(&mut catalogue, second.to_str().unwrap(), "words");
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 2);
        catalogue.mark(&[row], &MarkChange::Read(false), at(2)).unwrap();
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
        assert!(catalogue.library.reader().unwrap().entries(&[copy]).unwrap()[0].is_read());
    }

    #[test]
    fn a_library_that_is_only_read_still_has_its_marks_in_the_logs() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let row = add(&mut catalogue, "/news/a", "words");
        catalogue.mark(&[row], &MarkChange::Read(true), at(1)).unwrap();
        drop(catalogue);
        // As a newer version of the program would leave it.
        let version = |change: i64| {
            let connection = rusqlite::Connection::open(folder.path().join("library.db")).unwrap();
            let now: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            connection.pragma_update(None, "user_version", now + change).unwrap();
        };
        version(1);
        let mut catalogue = open(&folder);
        assert!(catalogue.library.is_read_only());
        catalogue.mark(&[row], &MarkChange::Starred(true), at(2)).unwrap();
        // What the library does not have is known all the same: it is taken back.
        catalogue.mark(&[row], &MarkChange::Starred(false), at(3)).unwrap();
        catalogue.mark(&[row], &tags(&["river"], &[]), at(4)).unwrap();
        drop(catalogue);
        version(-1);
        let catalogue = open(&folder);
        assert_eq!(listed(&catalogue, Some(Term::Starred(true))), 0);
        assert_eq!(listed(&catalogue, Some(Term::Tag("river".into()))), 1);
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
    }
}
