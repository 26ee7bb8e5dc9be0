//! The worker that owns `library.db`: what is known of articles, and the words of those that were opened. It touches no
//! other file, so nothing that hangs is in its way.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::article::{Article, Date, Entry, SourceId, TextHash, TextRange};
use crate::command::{Answer, LibraryAnswer, LibraryJob, Listing, Loaded, Notice, OpenResult, Request, SourceAnswer};
use crate::io::clock;
use crate::library::{Library, LibraryError, LibraryReader, Opened};
use crate::text::reading_time::words;
use crate::text::sentences::sentences;

use super::edition;
use super::loading::Reading;
use super::runner::Task;
use super::with_hint;

/// How many articles that were read before are listed.
const LISTED: usize = 500;

/// How long the start waits for another program that uses the library before it says so, and goes on waiting.
const SILENT: Duration = Duration::from_millis(300);
/// How long it waits in all. The first page of the list comes after that.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the library worker does.
pub(crate) enum LibraryTask {
    /// Open the library and list what is in it: the first task there is.
    Start,
    /// Mend the library: whoever reads it found it damaged.
    Repair,
    /// What the screen asks for.
    Job(LibraryJob),
    /// An article was read, or not: what is known of it is added, and both are the answer.
    Open {
        /// The request to be answered.
        request: Request<OpenResult>,
        /// The article.
        id: SourceId,
        /// Its words, or why they could not be read.
        text: Result<Prepared, String>,
    },
    /// Articles were read to be listed: what is known of them is added.
    List {
        /// The articles.
        arrivals: Vec<Arrival>,
        /// Who asked for them.
        listed_as: ListedAs,
    },
    /// Say whether bookmarks were found when their articles were last read.
    ReadAnchorStates,
}

/// Who asked for articles to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListedAs {
    /// The first that was named on the command line, which is to be opened.
    Named,
    /// More of those.
    More,
    /// A person, while the program runs.
    Added,
}

impl ListedAs {
    fn answer(self, entries: Vec<Entry>) -> Answer {
        Answer::Sources(match self {
            Self::Named => SourceAnswer::Named(entries.into_iter().next()),
            Self::More => SourceAnswer::Listed(entries),
            Self::Added => SourceAnswer::Added(Ok(entries)),
        })
    }
}

/// What comes of a task.
pub(crate) enum LibraryOutput {
    /// This is answered.
    Answer(Answer),
    /// The library is open, and this is the way to read it.
    Reader(Box<LibraryReader>),
}

/// An article that was read, with what takes time to find out about it.
#[derive(Debug)]
pub(crate) struct Prepared {
    article: Arc<Article>,
    guessed_date: Option<Date>,
    words: usize,
    sentences: Vec<TextRange>,
}

impl Prepared {
    pub(super) fn new(reading: Reading) -> Self {
        let Reading { article, guessed_date } = reading;
        let (words, sentences) = (words(article.body.as_str()), sentences(&article.body));
        Self { article: Arc::new(article), guessed_date, words, sentences }
    }
}

/// An article that was read to be listed.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(super) article: Arc<Article>,
    words: usize,
}

impl Arrival {
    pub(super) fn new(article: Article) -> Self {
        let words = words(article.body.as_str());
        Self { article: Arc::new(article), words }
    }
}

impl Task for LibraryTask {
    fn failure(&self) -> Answer {
        match self {
            Self::Start => Listing::failure(),
            Self::Repair => Answer::Library(LibraryAnswer::Changed),
            Self::Job(job) => job.failure(),
            Self::Open { request, .. } => Answer::Sources(SourceAnswer::opened_failure(*request)),
            Self::List { listed_as: ListedAs::Added, .. } => Answer::Sources(SourceAnswer::added_failure()),
            Self::List { listed_as, .. } => listed_as.answer(Vec::new()),
            Self::ReadAnchorStates => Answer::Library(LibraryAnswer::AnchorStates(Vec::new())),
        }
    }

    fn is_urgent(&self) -> bool {
        match self {
            Self::Start | Self::Repair | Self::Job(_) | Self::Open { .. } => true,
            Self::List { listed_as, .. } => *listed_as != ListedAs::More,
            Self::ReadAnchorStates => false,
        }
    }
}

/// Owns the library.
pub(crate) struct LibraryWorker {
    data_dir: PathBuf,
    library: Option<Library>,
    /// Whether it was told that the library is in use by somebody else.
    told_busy: bool,
    /// Articles that were listed and that the library does not know of, because none of them was opened or marked.
    arrivals: HashMap<SourceId, Arrival>,
}

impl LibraryWorker {
    pub(crate) fn new(data_dir: PathBuf) -> Self {
        Self { data_dir, library: None, told_busy: false, arrivals: HashMap::new() }
    }

    /// Carries out a task.
    pub(crate) fn carry_out(&mut self, task: LibraryTask, hand_on: &dyn Fn(LibraryOutput)) {
        let send: &dyn Fn(Answer) = &|answer| hand_on(LibraryOutput::Answer(answer));
        match task {
            LibraryTask::Repair => {
                self.ask(send, |library| library.repair());
                send(Answer::Library(LibraryAnswer::Changed));
            }
            LibraryTask::Start => {
                let listing = self.start(send);
                if let Some(reader) = self.ask(send, |library| library.reader()) {
                    hand_on(LibraryOutput::Reader(Box::new(reader)));
                }
                send(Answer::Library(LibraryAnswer::Listed(Box::new(listing))));
            }
            LibraryTask::Job(job) => self.keep(job, send),
            LibraryTask::Open { request, id, text } => {
                let (result, opened) = self.open(&id, text, send);
                send(Answer::Sources(SourceAnswer::Opened(request.reply(result))));
                // Only now that the page is on its way to the screen: writing takes longer than reading.
                if let Some(Arrival { article, words }) = opened {
                    self.arrivals.remove(&article.id);
                    self.ask(send, |library| library.record_opened(&article, words, clock::now()));
                }
            }
            LibraryTask::List { arrivals, listed_as } => {
                let entries = arrivals.into_iter().map(|arrival| self.list(arrival, send)).collect();
                send(listed_as.answer(entries));
            }
            LibraryTask::ReadAnchorStates => {
                let states = self.ask(send, Library::anchor_states).unwrap_or_default();
                send(Answer::Library(LibraryAnswer::AnchorStates(states)));
            }
        }
    }

    fn start(&mut self, send: &dyn Fn(Answer)) -> Listing {
        let mut notices = Vec::new();
        let now = clock::now();
        // The disk is slow and the edition is not on it: they go side by side.
        let edition = thread::scope(|scope| {
            let edition = scope.spawn(|| edition_rows(now));
            self.open_library(&mut notices, send);
            edition.join().unwrap_or_default()
        });
        let before = self.ask(send, |library| library.entries(LISTED)).unwrap_or_default();
        Listing { before, edition, notices }
    }

    fn open_library(&mut self, notices: &mut Vec<Notice>, send: &dyn Fn(Answer)) {
        let opened = match Library::open_within(&self.data_dir, SILENT) {
            Err(LibraryError::Busy(_)) => {
                let seconds = PATIENCE.as_secs();
                let told = format!("Another program is using the library; waiting {seconds} s for it.");
                send(Answer::Notice(Notice::hint(told)));
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
    fn ask<T>(
        &mut self,
        send: &dyn Fn(Answer),
        ask: impl FnOnce(&mut Library) -> Result<T, LibraryError>,
    ) -> Option<T> {
        let library = self.library.as_mut()?;
        let error = match ask(library) {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        log::warn!("library: {}", with_hint(&error, error.hint()));
        if matches!(error, LibraryError::Busy(_)) && !self.told_busy {
            self.told_busy = true;
            let told = format!("What you read now is not kept: {}.", with_hint(&error, error.hint()));
            send(Answer::Notice(Notice::error(told)));
        }
        None
    }

    /// Makes the row of an article that was read to be listed.
    fn list(&mut self, arrival: Arrival, send: &dyn Fn(Answer)) -> Entry {
        let article = &arrival.article;
        let (id, hash) = (article.id.clone(), article.body.hash());
        let mut entry = Entry::of(article, arrival.words, clock::now());
        match self.ask(send, |library| library.kept(&id, hash)).flatten() {
            Some(kept) => {
                entry.read_at = kept.read_at;
                entry.starred_at = kept.starred_at;
                entry.progress = kept.position.map_or(0, |position| (position.fraction() * 100.0) as u8);
            }
            None => drop(self.arrivals.insert(id, arrival)),
        }
        entry
    }

    fn keep(&mut self, job: LibraryJob, send: &dyn Fn(Answer)) {
        match job {
            LibraryJob::SetRead { ids, read } => {
                let at = read.then(clock::now);
                for id in ids {
                    self.make_known(&id, send);
                    self.ask(send, |library| library.set_read(&id, at));
                }
            }
            LibraryJob::SetStarred { id, starred } => {
                self.make_known(&id, send);
                self.ask(send, |library| library.set_starred(&id, starred.then(clock::now)));
            }
            LibraryJob::SetPosition { id, position } => {
                if self.library.as_ref().is_some_and(|library| !library.is_read_only()) {
                    self.ask(send, |library| library.set_position(&id, &position));
                }
            }
            LibraryJob::Forget { id } => drop(self.ask(send, |library| library.forget(&id))),
            LibraryJob::Mark { .. } | LibraryJob::Leave { .. } | LibraryJob::Refresh => {}
            LibraryJob::SetAnchorStates(states) => {
                self.ask(send, |library| library.set_anchor_states(&states));
            }
        }
    }

    /// Adds to an article what is known of it; and what is to be noted of its being opened.
    fn open(
        &mut self,
        id: &SourceId,
        text: Result<Prepared, String>,
        send: &dyn Fn(Answer),
    ) -> (OpenResult, Option<Arrival>) {
        let text = text.or_else(|error| {
            // The source is gone or changed beyond reading; the library has the words of last time.
            let known = self.ask(send, |library| library.article(id)).flatten();
            known.map(|article| Prepared::new(Reading { article, guessed_date: None })).ok_or(error)
        });
        let Prepared { article, guessed_date, words, sentences } = match text {
            Ok(text) => text,
            Err(error) => return (Err(error), None),
        };
        let hash = article.body.hash();
        let kept = self.ask(send, |library| library.kept(&article.id, hash)).flatten().unwrap_or_default();
        let position = kept.position.map(|position| position.resolve(&article.body));
        let (read_at, starred_at) = (kept.read_at, kept.starred_at);
        let opened = Arrival { article: Arc::clone(&article), words };
        (Ok(Box::new(Loaded { article, words, sentences, position, guessed_date, read_at, starred_at })), Some(opened))
    }

    /// An article is marked that was never opened: the library has to know it first.
    fn make_known(&mut self, id: &SourceId, send: &dyn Fn(Answer)) {
        // The hash of no text finds by id alone.
        if self.ask(send, |library| library.kept(id, TextHash::of(""))).flatten().is_some() {
            return;
        }
        let of_edition = || id.edition_slug().and_then(edition::article).map(Arrival::new);
        if let Some(Arrival { article, words }) = self.arrivals.remove(id).or_else(of_edition) {
            self.ask(send, |library| library.record_opened(&article, words, clock::now()));
        }
    }
}

/// The rows of the list for the edition.
fn edition_rows(now: Timestamp) -> Vec<Entry> {
    let articles = edition::slugs().filter_map(edition::article);
    articles.map(|article| Entry::of(&article, words(article.body.as_str()), now)).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::intake::{self, Hints};

    fn worker() -> LibraryWorker {
        let mut worker = LibraryWorker::new(PathBuf::new());
        worker.library = Some(Library::in_memory().unwrap());
        worker
    }

    fn arrival(title: &str) -> Arrival {
        let id = SourceId::of_file("/news/a.txt");
        let hints = Hints { id: Some(id), name: Some("a.txt".to_owned()), ..Hints::default() };
        Arrival::new(intake::read(format!("{title}\n\nThe words are few.\n").as_bytes(), &hints).unwrap())
    }

    fn answers(worker: &mut LibraryWorker, task: LibraryTask) -> Vec<Answer> {
        let answers = RefCell::new(Vec::new());
        worker.carry_out(task, &|output| {
            if let LibraryOutput::Answer(answer) = output {
                answers.borrow_mut().push(answer);
            }
        });
        answers.into_inner()
    }

    #[test]
    fn an_article_that_was_never_opened_is_marked_with_the_words_it_was_listed_with() {
        let mut worker = worker();
        let arrival = arrival("A title");
        let id = arrival.article.id.clone();
        let listed = answers(&mut worker, LibraryTask::List { arrivals: vec![arrival], listed_as: ListedAs::More });
        assert!(matches!(listed.as_slice(), [Answer::Sources(SourceAnswer::Listed(rows))] if rows.len() == 1));
        for read in [true, false] {
            answers(&mut worker, LibraryTask::Job(LibraryJob::SetRead { ids: vec![id.clone()], read }));
            let library = worker.library.as_mut().unwrap();
            assert_eq!(library.kept(&id, TextHash::of("")).unwrap().unwrap().read_at.is_some(), read);
            assert_eq!(library.article(&id).unwrap().unwrap().title, "A title");
        }
        assert!(worker.arrivals.is_empty(), "the library has it now");
    }

    #[test]
    fn an_article_of_the_edition_is_marked_before_it_was_ever_opened() {
        let mut worker = worker();
        let id = SourceId::of_edition("01-welcome");
        answers(&mut worker, LibraryTask::Job(LibraryJob::SetStarred { id: id.clone(), starred: true }));
        let kept = worker.library.as_mut().unwrap().kept(&id, TextHash::of("")).unwrap().unwrap();
        assert!(kept.starred_at.is_some());
    }

    #[test]
    fn an_article_whose_source_is_gone_has_the_words_of_last_time() {
        let mut worker = worker();
        let arrival = arrival("A title");
        let id = arrival.article.id.clone();
        let open =
            |text| LibraryTask::Open { request: crate::command::Latest::default().request(), id: id.clone(), text };
        let mut title = |text| {
            let mut latest = crate::command::Latest::default();
            latest.request();
            match answers(&mut worker, open(text)).pop() {
                Some(Answer::Sources(SourceAnswer::Opened(reply))) => {
                    latest.accept(reply).unwrap().map(|loaded| loaded.article.title.clone())
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(title(Err("gone".to_owned())), Err("gone".to_owned()));
        let reading = Reading { article: (*arrival.article).clone(), guessed_date: None };
        assert_eq!(title(Ok(Prepared::new(reading))), Ok("A title".to_owned()));
        assert_eq!(title(Err("gone".to_owned())), Ok("A title".to_owned()));
    }
}
