//! The worker that owns library and sources, and carries out the effects that need them, one by one.

use std::collections::{HashMap, VecDeque};
use std::ffi::{OsStr, OsString};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::article::{Article, Entry, SourceId, TextHash};
use crate::command::{Done, Effect, Loaded, Notice, Started};
use crate::io::sources::{self, SourceRef};
use crate::io::{clock, opener, paths};
use crate::library::{Library, LibraryError, Opened};
use crate::text::reading_time::words;
use crate::text::sentences::sentences;

use super::edition;
use super::event_loop::Incoming;
use super::exporting::export_to;
use super::keeper::Found;
use super::loading::{Reading, load};
use super::with_hint;

/// How many articles that were read before are listed.
const LISTED: usize = 500;
/// How many named sources are read at once before the screen hears of them.
const BATCH: usize = 40;

/// How long the start waits for another program that uses the library before it says so, and goes on waiting.
const SILENT: Duration = Duration::from_millis(300);
/// How long it waits in all. The first page of the list comes after that.
const PATIENCE: Duration = Duration::from_secs(3);

/// Everything outside the screen that the program owns.
pub(super) struct Worker {
    data_dir: PathBuf,
    /// For what is to be told while something is still going on.
    answers: Sender<Incoming>,
    library: Option<Library>,
    /// Whether it was told that the library is in use by somebody else.
    told_busy: bool,
    /// Where articles of this session come from.
    sources: HashMap<SourceId, SourceRef>,
    /// Articles that cannot be read a second time: standard input and pipes.
    held: HashMap<SourceId, Reading>,
    /// Sources that were named and not read yet.
    waiting: VecDeque<SourceRef>,
    /// The article that was opened last, with its words, while the library does not know of it.
    just_opened: Option<(Arc<Article>, usize)>,
}

impl Worker {
    pub(super) fn new(data_dir: PathBuf, answers: Sender<Incoming>) -> Self {
        Self {
            data_dir,
            answers,
            library: None,
            told_busy: false,
            sources: HashMap::new(),
            held: HashMap::new(),
            waiting: VecDeque::new(),
            just_opened: None,
        }
    }

    /// Looks around: opens the library, reads the edition and the first of the named sources. The bookmarks are found
    /// meanwhile, by somebody else.
    pub(super) fn start(&mut self, named: &[OsString], find: impl FnOnce() -> Found) -> Done {
        let mut notices = Vec::new();
        let now = clock::now();
        // The disk is slow and the edition is not on it: they go side by side.
        let edition = thread::scope(|scope| {
            let edition = scope.spawn(|| edition_rows(now));
            self.open_library(&mut notices);
            edition.join().unwrap_or_default()
        });
        let Found { shelf, history, device, corrections, notices: about_them } = find();
        notices.extend(about_them);
        for name in named {
            notices.extend(self.queue(name));
        }
        let opened = self.read_waiting(1, &mut notices);
        let before = self.library(|library| library.entries(LISTED)).unwrap_or_default();
        let before = before.into_iter().filter(|entry| !opened.iter().any(|named| named.id == entry.id)).collect();
        let states = self.library(Library::anchor_states).unwrap_or_default();
        Done::Started(Box::new(Started {
            opened,
            before,
            edition,
            shelf,
            states,
            history,
            device,
            corrections,
            notices,
        }))
    }

    fn open_library(&mut self, notices: &mut Vec<Notice>) {
        let opened = match Library::open_within(&self.data_dir, SILENT) {
            Err(LibraryError::Busy(_)) => {
                let seconds = PATIENCE.as_secs();
                self.tell(Notice::hint(format!("Another program is using the library; waiting {seconds} s for it.")));
                Library::open_within(&self.data_dir, PATIENCE)
            }
            opened => opened,
        };
        let library = match opened {
            Ok((library, outcome)) => {
                match outcome {
                    Opened::Ready | Opened::Fresh => {}
                    Opened::ReadOnlyNewer => notices.push(Notice::hint(
                        "The library was made by a newer dateline: what you read now is not kept. Update dateline.",
                    )),
                    Opened::SetAside(path) => notices.push(Notice::error(format!(
                        "The library could not be read; it was set aside as {} and a new one begun. Bookmarks are safe.",
                        path.display()
                    ))),
                }
                Some(library)
            }
            Err(error) => {
                let told = format!("What you read from now on is not kept: {}.", with_hint(&error, error.hint()));
                notices.push(Notice::error(told));
                // For this session at least, what was read is remembered.
                Library::in_memory().ok()
            }
        };
        self.library = library;
    }

    /// Asks the library; its faults are logged, since nothing of the reader's own is lost with it. One that made the
    /// reader wait is told, once.
    fn library<T>(&mut self, ask: impl FnOnce(&mut Library) -> Result<T, LibraryError>) -> Option<T> {
        let library = self.library.as_mut()?;
        let error = match ask(library) {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        log::warn!("library: {}", with_hint(&error, error.hint()));
        if matches!(error, LibraryError::Busy(_)) && !self.told_busy {
            self.told_busy = true;
            self.tell(Notice::error(format!("What you read now is not kept: {}.", with_hint(&error, error.hint()))));
        }
        None
    }

    fn tell(&self, notice: Notice) {
        // When the loop has ended nobody wants to know any more.
        self.answers.send(Incoming::Done(Done::Told(notice))).ok();
    }

    /// Puts what a name stands for among the sources to be read.
    fn queue(&mut self, name: &OsStr) -> Vec<Notice> {
        match sources::resolve(name) {
            Ok(resolved) => {
                self.waiting.extend(resolved.sources);
                resolved.left_out.iter().map(|error| Notice::error(format!("{error}."))).collect()
            }
            Err(error) => vec![Notice::error(format!("{}.", with_hint(&error, error.hint())))],
        }
    }

    /// Whether sources are still waiting to be read.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Reads some more of the named sources: for when there is nothing more urgent.
    pub(super) fn read_more(&mut self) -> Vec<Done> {
        let mut notices = Vec::new();
        let entries = self.read_waiting(BATCH, &mut notices);
        let listed = (!entries.is_empty()).then_some(Done::Listed(entries));
        listed.into_iter().chain(notices.into_iter().map(Done::Told)).collect()
    }

    /// Reads waiting sources until `wanted` articles were found or none is left.
    fn read_waiting(&mut self, wanted: usize, notices: &mut Vec<Notice>) -> Vec<Entry> {
        let mut entries = Vec::new();
        while entries.len() < wanted {
            let Some(source) = self.waiting.pop_front() else { break };
            match try_load(&source) {
                Ok(reading) => entries.push(self.list(source, reading)),
                Err(error) => notices.push(Notice::error(error)),
            }
        }
        entries
    }

    /// Remembers where an article comes from and makes its row.
    fn list(&mut self, source: SourceRef, reading: Reading) -> Entry {
        let article = &reading.article;
        let id = article.id.clone();
        let mut entry = Entry::of(article, words(article.body.as_str()), clock::now());
        let hash = article.body.hash();
        if let Some(kept) = self.library(|library| library.kept(&id, hash)).flatten() {
            entry.read_at = kept.read_at;
            entry.starred_at = kept.starred_at;
            entry.progress = kept.position.map_or(0, |position| (position.fraction() * 100.0) as u8);
        }
        if id.file_path().is_some() || id.edition_slug().is_some() {
            self.sources.insert(id, source);
        } else {
            self.held.insert(id, reading);
        }
        entry
    }

    /// Carries out one effect.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Vec<Done> {
        match effect {
            Effect::Open { request, id } => vec![Done::Opened { request, result: self.open(&id).map(Box::new) }],
            Effect::Add { source } => self.add(&source),
            Effect::SetRead { ids, read } => {
                let at = read.then(clock::now);
                for id in ids {
                    self.make_known(&id);
                    self.library(|library| library.set_read(&id, at));
                }
                Vec::new()
            }
            Effect::SetStarred { id, starred } => {
                self.make_known(&id);
                self.library(|library| library.set_starred(&id, starred.then(clock::now)));
                Vec::new()
            }
            Effect::SetPosition { id, position } => {
                if self.library.as_ref().is_some_and(|library| !library.is_read_only()) {
                    self.library(|library| library.set_position(&id, &position));
                }
                Vec::new()
            }
            Effect::Forget { id } => {
                self.library(|library| library.forget(&id));
                Vec::new()
            }
            Effect::KeepStates(states) => {
                self.library(|library| library.set_anchor_states(&states));
                Vec::new()
            }
            Effect::OpenUrl(url) => vec![Done::Told(match opener::open_url(&url) {
                Ok(()) => Notice::done(format!("Opened {url}.")),
                Err(error) => Notice::error(format!("{error}.")),
            })],
            Effect::Export { file, bookmarks } => vec![Done::Told(export_to(&self.data_dir, &file, &bookmarks))],
            // These need the terminal or another worker.
            Effect::SaveBookmarks { .. }
            | Effect::SaveCorrections { .. }
            | Effect::RefreshShelf
            | Effect::KeepView(_)
            | Effect::Analyse { .. }
            | Effect::Locate { .. }
            | Effect::Complete { .. }
            | Effect::Copy { .. }
            | Effect::EditNote { .. }
            | Effect::Suspend
            | Effect::Redraw => Vec::new(),
        }
    }

    fn read(&mut self, id: &SourceId) -> Result<Reading, String> {
        if let Some(reading) = self.held.get(id) {
            return Ok(reading.clone());
        }
        let source = self.sources.get(id).cloned().or_else(|| SourceRef::from_id(id));
        let failed = match source.map(|source| try_load(&source)) {
            Some(Ok(reading)) => return Ok(reading),
            Some(Err(error)) => error,
            None if id.is_unplaced() => {
                "This passage came without its article. Open one with its title, and it is looked for there.".to_owned()
            }
            None => format!("There is no way to read {id} again."),
        };
        // The source is gone or changed beyond reading; the library has the words of last time.
        match self.library(|library| library.article(id)).flatten() {
            Some(article) => Ok(Reading { article, guessed_date: None }),
            None => Err(failed),
        }
    }

    fn open(&mut self, id: &SourceId) -> Result<Loaded, String> {
        let Reading { article, guessed_date } = self.read(id)?;
        let words = words(article.body.as_str());
        let hash = article.body.hash();
        let kept = self.library(|library| library.kept(&article.id, hash)).flatten().unwrap_or_default();
        let article = Arc::new(article);
        self.just_opened = Some((Arc::clone(&article), words));
        let position = kept.position.map(|position| position.resolve(&article.body));
        let (read_at, starred_at) = (kept.read_at, kept.starred_at);
        let sentences = sentences(&article.body);
        Ok(Loaded { article, words, sentences, position, guessed_date, read_at, starred_at })
    }

    /// Notes in the library what was opened: once the page is on its way to the screen, because writing takes longer
    /// than reading.
    pub(super) fn note_opened(&mut self) {
        if let Some((article, words)) = self.just_opened.take() {
            let now = clock::now();
            self.library(|library| library.record_opened(&article, words, now));
        }
    }

    /// An article is marked that was never opened: the library has to know it first.
    fn make_known(&mut self, id: &SourceId) {
        // The hash of no text finds by id alone.
        let known = self.library(|library| library.kept(id, TextHash::of(""))).flatten().is_some();
        if !known && let Ok(Reading { article, .. }) = self.read(id) {
            let words = words(article.body.as_str());
            self.library(|library| library.record_opened(&article, words, clock::now()));
        }
    }

    fn add(&mut self, source: &str) -> Vec<Done> {
        let typed = paths::typed(source);
        // What was named before and is not read yet waits until this is: the first of these is what will be opened.
        let before = std::mem::take(&mut self.waiting);
        let mut notices = self.queue(typed.as_os_str());
        if self.waiting.contains(&SourceRef::Stdin) {
            // The keys come from the same place.
            self.waiting.clear();
            notices.push(Notice::error("Standard input is read only at the start: `command | dateline -`."));
        }
        let entries = self.read_waiting(BATCH, &mut notices);
        self.waiting.extend(before);
        let added = if entries.is_empty() {
            let told = notices.pop().map_or_else(|| "There is nothing to read in it.".to_owned(), |notice| notice.text);
            Done::Added(Err(told))
        } else {
            Done::Added(Ok(entries))
        };
        std::iter::once(added).chain(notices.into_iter().map(Done::Told)).collect()
    }
}

/// The rows of the list for the edition.
fn edition_rows(now: Timestamp) -> Vec<Entry> {
    let articles = edition::slugs().filter_map(edition::article);
    articles.map(|article| Entry::of(&article, words(article.body.as_str()), now)).collect()
}

/// Reads a source; what went wrong is told on one line. A text that makes us stumble costs that text only.
fn try_load(source: &SourceRef) -> Result<Reading, String> {
    if let Ok(read) = catch_unwind(|| load(source)) {
        return read.map_err(|error| format!("{}.", error.told()));
    }
    let name = match source {
        SourceRef::File(path) | SourceRef::Found(path) => path.to_string_lossy(),
        SourceRef::Stdin => "standard input".into(),
        SourceRef::Edition(slug) => slug.into(),
    };
    Err(format!("dateline stumbled over {name}; the log file says where (see `dateline doctor`)."))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be read")]

    use std::fs;
    use std::path::Path;

    use super::*;

    fn worker(data_dir: PathBuf) -> Worker {
        Worker::new(data_dir, std::sync::mpsc::channel().0)
    }

    fn nothing_found() -> Found {
        Found::nothing("this is a test")
    }

    fn lay(folder: &Path, name: &str) -> OsString {
        let path = folder.join(name);
        fs::write(&path, format!("The title of {name}\n\nThe words of {name} are few.\n")).unwrap();
        path.into_os_string()
    }

    fn add(worker: &mut Worker, source: &str) -> Result<Vec<Entry>, String> {
        let answers = worker.carry_out(Effect::Add { source: source.to_owned() });
        let added = answers.into_iter().find_map(|done| match done {
            Done::Added(result) => Some(result),
            _ => None,
        });
        added.unwrap()
    }

    #[test]
    fn what_is_added_while_named_sources_wait_is_what_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let named = ["a.txt", "b.txt", "c.txt"].map(|name| lay(folder.path(), name));
        let wanted = lay(folder.path(), "wanted.txt");
        let mut worker = worker(folder.path().join("data"));
        worker.start(&named, nothing_found);
        assert!(worker.is_waiting());
        let added = add(&mut worker, wanted.to_str().unwrap()).unwrap();
        assert_eq!(added.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["The title of wanted.txt"]);
        let more = worker.read_more();
        assert!(matches!(more.as_slice(), [Done::Listed(entries)] if entries.len() == 2), "{more:?}");
    }

    #[test]
    fn standard_input_is_not_read_while_keys_are() {
        let folder = tempfile::tempdir().unwrap();
        let mut worker = worker(folder.path().join("data"));
        worker.start(&[], nothing_found);
        let told = add(&mut worker, "-").unwrap_err();
        assert!(told.contains("only at the start"), "{told}");
        assert!(!worker.is_waiting());
    }

    #[test]
    fn an_article_that_was_never_opened_is_marked_and_one_that_is_known_is_not_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = lay(folder.path(), "a.txt");
        let mut worker = worker(folder.path().join("data"));
        let Done::Started(started) = worker.start(std::slice::from_ref(&file), nothing_found) else { panic!() };
        let id = started.opened.first().unwrap().id.clone();
        let mark = |worker: &mut Worker, read| {
            worker.carry_out(Effect::SetRead { ids: vec![id.clone()], read });
            let kept = worker.library(|library| library.kept(&id, TextHash::of(""))).flatten().unwrap();
            kept.read_at.is_some()
        };
        assert!(mark(&mut worker, true));
        // Were it read again, its new title would be in the library.
        fs::write(&file, "Another title\n\nOther words.\n").unwrap();
        assert!(!mark(&mut worker, false));
        let known = worker.library(|library| library.article(&id)).flatten().unwrap();
        assert_eq!(known.title, "The title of a.txt");
    }
}
