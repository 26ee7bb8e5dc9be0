//! The worker that owns `library.db`: what is known of articles, and the words of those that were opened. It touches no
//! other file, so nothing that hangs is in its way.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::article::{Arrival, Article, Date, Entry, RowId, SourceId, TextRange};
use crate::command::{
    Added, Answer, LibraryAnswer, LibraryJob, ListAnswer, Listed, Loaded, Notice, OpenResult, Request, SourceAnswer,
};
use crate::io::clock;
use crate::io::marks::Problem;
use crate::library::{Library, LibraryError, LibraryReader, Opened};
use crate::text::reading_time::words;
use crate::text::sentences::sentences;

use super::catalogue::{Catalogue, CatalogueError};
use super::edition;
use super::loading::Reading;
use super::runner::Task;
use super::with_hint;

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
        /// When: the first of them came then, the others a little earlier each, so that the list has them in this order.
        at: Timestamp,
    },
    /// Read what was marked elsewhere, and what was done here lately.
    ReadMarks,
    /// List the edition inside the program, as far as it is not.
    ListEdition,
    /// Say whether bookmarks were found when their articles were last read.
    ReadAnchorStates,
}

/// Who asked for articles to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListedAs {
    /// The first that was named on the command line, which is to be opened.
    Named,
    /// More of those.
    More,
    /// A person, while the program runs: the first of so many articles, and the folder they lie in.
    Added {
        /// How many there are.
        count: usize,
        /// The folder; none for a file.
        folder: Option<String>,
    },
}

impl ListedAs {
    fn answer(self, first: Option<Listed>) -> Answer {
        match (self, first) {
            (Self::Named, first) => Answer::Sources(SourceAnswer::Named(first)),
            (Self::More, _) => Answer::Library(LibraryAnswer::Changed),
            (Self::Added { count, folder }, Some(first)) => {
                Answer::Sources(SourceAnswer::Added(Ok(Added { first, count, folder })))
            }
            (Self::Added { .. }, None) => Answer::Sources(SourceAnswer::added_failure()),
        }
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

impl Task for LibraryTask {
    fn failure(&self) -> Answer {
        match self {
            Self::Start => Answer::List(ListAnswer::Start(Box::default())),
            Self::Repair | Self::ListEdition => Answer::Library(LibraryAnswer::Changed),
            Self::Job(job) => job.failure(),
            Self::Open { request, .. } => Answer::Sources(SourceAnswer::opened_failure(*request)),
            Self::List { listed_as, .. } => listed_as.clone().answer(None),
            Self::ReadMarks => LibraryJob::Refresh.failure(),
            Self::ReadAnchorStates => Answer::Library(LibraryAnswer::AnchorStates(Vec::new())),
        }
    }

    fn is_urgent(&self) -> bool {
        match self {
            Self::Start | Self::Repair | Self::Job(_) | Self::Open { .. } => true,
            Self::List { listed_as, .. } => *listed_as != ListedAs::More,
            Self::ReadMarks | Self::ListEdition | Self::ReadAnchorStates => false,
        }
    }
}

/// Owns the library.
pub(crate) struct LibraryWorker {
    data_dir: PathBuf,
    catalogue: Option<Catalogue>,
    /// Whether the logs of marks were read.
    has_marks: bool,
    /// Whether it was told that the library is in use by somebody else.
    told_busy: bool,
    /// The moment of the last change to marks.
    marked_at: Timestamp,
}

impl LibraryWorker {
    pub(crate) fn new(data_dir: PathBuf) -> Self {
        Self { data_dir, catalogue: None, has_marks: false, told_busy: false, marked_at: Timestamp::MIN }
    }

    /// Carries out a task.
    pub(crate) fn carry_out(&mut self, task: LibraryTask, hand_on: &dyn Fn(LibraryOutput)) {
        let send: &dyn Fn(Answer) = &|answer| hand_on(LibraryOutput::Answer(answer));
        match task {
            LibraryTask::Repair => {
                self.ask(send, |catalogue| Ok(catalogue.library.repair()?));
                send(Answer::Library(LibraryAnswer::Changed));
            }
            LibraryTask::Start => {
                self.start(send);
                match self.ask(send, |catalogue| Ok(catalogue.library.reader()?)) {
                    Some(reader) => hand_on(LibraryOutput::Reader(Box::new(reader))),
                    // The screen must not wait for a list that nobody can read.
                    None => send(LibraryTask::Start.failure()),
                }
            }
            LibraryTask::Job(job) => self.keep(job, send),
            LibraryTask::Open { request, id, text } => {
                let (result, opened) = self.open(&id, text, send);
                send(Answer::Sources(SourceAnswer::Opened(request.reply(result))));
                // Only now that the page is on its way to the screen: writing takes longer than reading.
                if let Some(Arrival { article, words, .. }) = opened {
                    self.ask(send, |catalogue| Ok(catalogue.library.record_opened(&article, words, clock::now())?));
                }
            }
            LibraryTask::List { arrivals, listed_as, at } => {
                // Whoever names a source wants it in the list, removed or not.
                let row = self.list(&arrivals, true, at, send).first().map(|entry| entry.row);
                // What cannot be taken in can be read all the same.
                let first = arrivals.first().map(|Arrival { article, .. }| Listed {
                    id: article.id.clone(),
                    title: article.title.clone(),
                    row: row.unwrap_or_default(),
                });
                send(listed_as.answer(first));
            }
            LibraryTask::ReadMarks => self.read_marks(send),
            LibraryTask::ListEdition => self.list_edition(send),
            LibraryTask::ReadAnchorStates => {
                let states = self.ask(send, |catalogue| Ok(catalogue.library.anchor_states()?)).unwrap_or_default();
                send(Answer::Library(LibraryAnswer::AnchorStates(states)));
            }
        }
    }

    fn start(&mut self, send: &dyn Fn(Answer)) {
        self.open_library(send);
        let first = edition::slugs().next().map(SourceId::of_edition);
        let is_listed =
            first.is_some_and(|id| self.ask(send, |catalogue| Ok(catalogue.library.row(&id)?)).flatten().is_some());
        if !is_listed {
            self.list_edition(send);
        }
    }

    fn open_library(&mut self, send: &dyn Fn(Answer)) {
        let tell = |notice| send(Answer::Notice(notice));
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
                    Opened::ReadOnlyNewer => tell(Notice::hint(
                        "The library was made by a newer dateline: what you read now is not kept. Update dateline.",
                    )),
                    Opened::SetAside(path) => tell(Notice::error(format!(
                        "The library could not be read; it was set aside as {} and a new one begun. Bookmarks are safe.",
                        path.display()
                    ))),
                }
                Some(library)
            }
            Err(error) => {
                let told = format!("What you read from now on is not kept: {}.", with_hint(&error, error.hint()));
                tell(Notice::error(told));
                // For this session at least, what was read is remembered.
                Library::in_memory().ok()
            }
        };
        self.catalogue = library.map(Catalogue::new);
    }

    /// Asks the library and the logs; their faults are logged. One that made the reader wait is told, once.
    fn ask<T>(
        &mut self,
        send: &dyn Fn(Answer),
        ask: impl FnOnce(&mut Catalogue) -> Result<T, CatalogueError>,
    ) -> Option<T> {
        let error = match ask(self.catalogue.as_mut()?) {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        let told = with_hint(&error, error.hint());
        log::warn!("library: {told}");
        match error {
            CatalogueError::Library(LibraryError::Busy(_)) if !self.told_busy => {
                self.told_busy = true;
                send(Answer::Notice(Notice::error(format!("What you read now is not kept: {told}."))));
            }
            CatalogueError::Library(_) => {}
            CatalogueError::Store(_) | CatalogueError::NoLogs | CatalogueError::Tag(_) => {
                send(Answer::Notice(Notice::error(format!("NOT kept: {told}."))));
            }
        }
        None
    }

    /// What is marked at the same moment is one step for undo: keys that come at once are not.
    fn moment_of_its_own(&mut self) -> Timestamp {
        let next = self.marked_at.checked_add(SignedDuration::from_millis(1)).unwrap_or(self.marked_at);
        self.marked_at = clock::now().max(next);
        self.marked_at
    }

    /// Takes articles in, and says what is known of them.
    fn list(&mut self, arrivals: &[Arrival], named: bool, at: Timestamp, send: &dyn Fn(Answer)) -> Vec<Entry> {
        let arrive = |catalogue: &mut Catalogue| {
            let arrived = catalogue.arrive(arrivals, named, at)?;
            let rows: Vec<RowId> = arrived.iter().map(|arrived| arrived.row).collect();
            Ok(catalogue.library.entries_of(&rows)?)
        };
        self.ask(send, arrive).unwrap_or_default()
    }

    /// Reads the logs of marks, if that was not done: nothing is marked before.
    fn read_marks(&mut self, send: &dyn Fn(Answer)) {
        if std::mem::replace(&mut self.has_marks, true) {
            return;
        }
        let data_dir = self.data_dir.clone();
        if let Some((is_news, problems)) = self.ask(send, |catalogue| catalogue.read_marks(&data_dir)) {
            tell(&problems, is_news, send);
        }
        if let Some(steps) = self.ask(send, Catalogue::history) {
            send(Answer::Library(LibraryAnswer::History(Box::new(steps))));
        }
    }

    fn list_edition(&mut self, send: &dyn Fn(Answer)) {
        let articles: Vec<Arrival> = edition::slugs().filter_map(edition::article).map(arrival).collect();
        self.list(&articles, false, clock::now(), send);
    }

    fn keep(&mut self, job: LibraryJob, send: &dyn Fn(Answer)) {
        match job {
            LibraryJob::Mark { rows, change, done } => {
                self.read_marks(send);
                let now = self.moment_of_its_own();
                let marked = self.ask(send, |catalogue| catalogue.mark(&rows, &change, now));
                let told = done.filter(|_| marked.is_some()).map(Notice::done);
                send(Answer::Library(LibraryAnswer::Marked(told)));
                self.ask(send, |catalogue| catalogue.compact_if_due(clock::now()));
            }
            LibraryJob::Leave { id, position } => {
                self.read_marks(send);
                self.ask(send, |catalogue| catalogue.leave_at(&id, &position, clock::now()));
            }
            LibraryJob::Refresh => {
                self.read_marks(send);
                if self.catalogue.as_ref().is_some_and(Catalogue::has_unsaved) {
                    self.ask(send, Catalogue::save);
                }
                if let Some((is_news, problems)) = self.ask(send, Catalogue::refresh) {
                    tell(&problems, is_news, send);
                }
            }
            LibraryJob::SetPosition { id, position } => {
                if self.catalogue.as_ref().is_some_and(|catalogue| !catalogue.library.is_read_only()) {
                    self.ask(send, |catalogue| Ok(catalogue.library.set_position(&id, &position)?));
                }
            }
            LibraryJob::SetAnchorStates(states) => {
                self.ask(send, |catalogue| Ok(catalogue.library.set_anchor_states(&states)?));
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
            let known = self.ask(send, |catalogue| Ok(catalogue.library.article(id)?)).flatten();
            known.map(|article| Prepared::new(Reading { article, guessed_date: None })).ok_or(error)
        });
        let Prepared { article, guessed_date, words, sentences } = match text {
            Ok(text) => text,
            Err(error) => return (Err(error), None),
        };
        let kept = self.ask(send, |catalogue| Ok(catalogue.library.kept(&article.id, article.body.hash())?)).flatten();
        let opened = Arrival { article: Arc::clone(&article), words, file: None };
        let known = self.ask(send, |catalogue| Ok(catalogue.library.entry(&article.id)?)).flatten();
        // A bookmark leads to articles that were never listed; what is read is in the list.
        let entry = known.or_else(|| self.list(std::slice::from_ref(&opened), true, clock::now(), send).pop());
        let position = kept.and_then(|kept| kept.position).map(|position| position.resolve(&article.body));
        let (row, tags, read_at, starred_at) =
            entry.map(|entry| (entry.row, entry.tags, entry.read_at, entry.starred_at)).unwrap_or_default();
        let loaded = Loaded { article, words, sentences, position, guessed_date, row, tags, read_at, starred_at };
        (Ok(Box::new(loaded)), Some(opened))
    }
}

/// Tells what could not be read of the logs, and that the list has changed if it has.
fn tell(problems: &[Problem], is_news: bool, send: &dyn Fn(Answer)) {
    for problem in problems.iter().filter(|problem| problem.is_news()) {
        send(Answer::Notice(Notice::error(format!("{problem}."))));
    }
    if is_news {
        send(Answer::Library(LibraryAnswer::Changed));
    }
}

/// An article on its way into the library.
pub(super) fn arrival(article: Article) -> Arrival {
    Arrival { words: words(article.body.as_str()), article: Arc::new(article), file: None }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use tempfile::TempDir;

    use super::*;
    use crate::intake::{self, Hints};
    use crate::mark::MarkChange;

    /// A worker on a library in memory; the logs are in a folder that is gone afterwards.
    fn worker() -> (TempDir, LibraryWorker) {
        let folder = tempfile::tempdir().unwrap();
        let mut worker = LibraryWorker::new(folder.path().to_owned());
        worker.catalogue = Some(Catalogue::new(Library::in_memory().unwrap()));
        (folder, worker)
    }

    fn entry(worker: &mut LibraryWorker, id: &SourceId) -> Entry {
        worker.catalogue.as_mut().unwrap().library.entry(id).unwrap().unwrap()
    }

    fn arrival(title: &str) -> Arrival {
        let id = SourceId::of_file("/news/a.txt");
        let hints = Hints { id: Some(id), name: Some("a.txt".to_owned()), ..Hints::default() };
        super::arrival(intake::read(format!("{title}\n\nThe words are few.\n").as_bytes(), &hints).unwrap())
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

    fn mark(worker: &mut LibraryWorker, id: &SourceId, change: MarkChange) {
        let rows = Arc::from([entry(worker, id).row]);
        let answers = answers(worker, LibraryTask::Job(LibraryJob::Mark { rows, change, done: None }));
        let last = answers.last();
        assert!(matches!(last, Some(Answer::Library(LibraryAnswer::Marked(None)))), "{answers:?}");
    }

    #[test]
    fn an_article_that_was_never_opened_is_marked_with_the_words_it_was_listed_with() {
        let (_folder, mut worker) = worker();
        let arrival = arrival("A title");
        let id = arrival.article.id.clone();
        let (listed_as, at) = (ListedAs::More, Timestamp::UNIX_EPOCH);
        let listed = answers(&mut worker, LibraryTask::List { arrivals: vec![arrival], listed_as, at });
        assert!(matches!(listed.as_slice(), [Answer::Library(LibraryAnswer::Changed)]), "{listed:?}");
        for read in [true, false] {
            mark(&mut worker, &id, MarkChange::Read(read));
            let entry = entry(&mut worker, &id);
            assert_eq!((entry.is_read(), entry.title.as_str()), (read, "A title"));
        }
    }

    #[test]
    fn an_article_of_the_edition_is_marked_before_it_was_ever_opened() {
        let (_folder, mut worker) = worker();
        let id = SourceId::of_edition("01-welcome");
        answers(&mut worker, LibraryTask::ListEdition);
        mark(&mut worker, &id, MarkChange::Starred(true));
        assert!(entry(&mut worker, &id).is_starred());
    }

    #[test]
    fn an_article_whose_source_is_gone_has_the_words_of_last_time() {
        let (_folder, mut worker) = worker();
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
