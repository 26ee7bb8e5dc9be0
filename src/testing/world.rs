//! What lies outside the screen in a test: the program's own workers, called one after the other instead of running on
//! threads, on a folder that is gone afterwards.
#![expect(
    clippy::disallowed_methods,
    reason = "lays out the files that are read, and what stands in the way of others"
)]

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::article::{Arrival, Article, Entry, RowId, SourceId};
use crate::bookmark::{AnchorState, Bookmark, BookmarkId, Line, read_line};
use crate::command::{
    Answer, BookmarkJob, FeedJob, Latest, LibraryAnswer, LibraryJob, ListAnswer, ListJob, NetJob, PageJob, SourceJob,
};
use crate::entity::corrections::Corrections;
use crate::feed::{FeedText, FromFeed};
use crate::intake::{self, Hints};
use crate::io::{clock, corrections};
use crate::library::{Beginning, Library};
use crate::net::{Network, Proxies};
use crate::query::{Around, ArticleQuery, AsOf, Order};
use crate::runtime::bookmark_worker::BookmarkWorker;
use crate::runtime::feed_worker::{FeedOutput, FeedWork, FeedWorker, FetchRuns};
use crate::runtime::library_task::{FoldersToLookInto, LibraryOutput, LibraryTask, ListedAs};
use crate::runtime::library_worker::LibraryWorker;
use crate::runtime::list_worker::{ListTask, ListWorker};
use crate::runtime::net_worker::PageFetcher;
use crate::runtime::page_worker;
use crate::runtime::pages_ahead::pages_ahead;
use crate::runtime::source_worker::{SourceOutput, SourceReader};
use crate::text::reading_time::words;

/// The workers and their folder.
pub(super) struct World {
    folder: Rc<TempDir>,
    library: LibraryWorker,
    list: ListWorker,
    bookmarks: Option<BookmarkWorker>,
    sources: SourceReader,
    pages: PageFetcher,
    feeds: FeedWorker,
}

impl World {
    /// A machine on which the program never ran.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        Self::on(Rc::new(folder))
    }

    /// The same machine, when the program is started once more.
    pub(super) fn restarted(&self) -> Self {
        Self::on(Rc::clone(&self.folder))
    }

    fn on(folder: Rc<TempDir>) -> Self {
        let library = LibraryWorker::new(folder.path().join("data"), usize::MAX);
        let feeds =
            FeedWorker::new(folder.path().join("data"), network(), SignedDuration::from_mins(30), FetchRuns::default());
        Self {
            folder,
            library,
            list: ListWorker::default(),
            bookmarks: None,
            sources: SourceReader::new(network(), None),
            pages: PageFetcher::new(network()),
            feeds,
        }
    }

    fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where a file of the news lies.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap().join("news").join(name)
    }

    /// Writes a file of the news, as if it had last been changed at `second` since 1970.
    pub(super) fn put(&self, name: &str, text: &str, second: u64) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(second)).unwrap();
    }

    /// Deletes a file of the news.
    pub(super) fn delete(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Opens the library.
    pub(super) fn open_library(&mut self) -> Vec<Answer> {
        let mut answers = self.feeds(FeedJob::Refresh);
        answers.extend(self.library_task(LibraryTask::Start));
        answers.extend(self.library_task(LibraryTask::ReadAnchorStates));
        answers.extend(self.library_task(LibraryTask::ReadMarks));
        answers.extend(self.library_task(LibraryTask::LookAgain { is_asked_for: false }));
        answers.extend(self.library_task(LibraryTask::TellFeedStates));
        answers.extend(self.library_task(LibraryTask::Index));
        answers
    }

    /// Reads the bookmark logs and the corrections.
    pub(super) fn read_bookmarks(&mut self) -> Vec<Answer> {
        let data_dir = self.data_dir();
        collect(|send| self.bookmarks = Some(BookmarkWorker::open(data_dir, send)))
    }

    /// Reads what was named on the command line.
    pub(super) fn read_named(&mut self, names: &[String]) -> Vec<Answer> {
        // An address is no file here.
        let path = |name: &String| if name.contains("://") { name.into() } else { self.path(name).into_os_string() };
        let paths: Vec<OsString> = names.iter().map(path).collect();
        let mut outputs = Vec::new();
        let aside = |source, _| panic!("{source:?} may take for ever");
        self.sources.read_named(&paths, &aside, &mut |output| outputs.push(output));
        self.hand_on(outputs)
    }

    pub(super) fn library(&mut self, job: LibraryJob) -> Vec<Answer> {
        self.library_task(LibraryTask::Job(job))
    }

    pub(super) fn bookmarks(&mut self, job: BookmarkJob) -> Vec<Answer> {
        let worker = self.bookmarks.as_mut().expect("the bookmarks were read before anything is saved");
        collect(|send| worker.carry_out(vec![job], send))
    }

    pub(super) fn page(&self, job: PageJob) -> Vec<Answer> {
        collect(|send| page_worker::carry_out(job, &self.data_dir(), send))
    }

    pub(super) fn sources(&mut self, job: SourceJob) -> Vec<Answer> {
        let mut outputs = Vec::new();
        self.sources.carry_out(job, &mut |output| outputs.push(output));
        self.hand_on(outputs)
    }

    /// Fetches a page, and hands on what comes of it once it is there.
    pub(super) fn net(&mut self, job: NetJob) -> Vec<Answer> {
        let outputs = RefCell::new(Vec::new());
        if let Some(turn) = self.pages.take_turn() {
            turn.carry_out(job, &|output| outputs.borrow_mut().push(output));
        }
        self.hand_on(outputs.into_inner())
    }

    /// Does something about subscriptions; what they bring is fetched at once.
    pub(super) fn feeds(&mut self, job: FeedJob) -> Vec<Answer> {
        let (mut outputs, mut answers) = (Vec::new(), Vec::new());
        self.feeds.carry_out(job, &mut |output| outputs.push(output));
        for output in outputs {
            match output {
                FeedOutput::Answer(answer) => answers.push(answer),
                FeedOutput::Library(task) => answers.extend(self.library_task(task)),
                FeedOutput::Work(work) => answers.extend(self.feed_work(work)),
            }
        }
        answers
    }

    fn feed_work(&mut self, work: FeedWork) -> Vec<Answer> {
        let (answers, edits) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let library = RefCell::new(&mut self.library);
        let task = |task| {
            library.borrow_mut().carry_out(task, &|output| match output {
                LibraryOutput::Answer(answer) => answers.borrow_mut().push(answer),
                LibraryOutput::Unindexed => {}
                _ => panic!("feeds ask for nothing else"),
            });
        };
        let send = |answer| answers.borrow_mut().push(Answer::Feeds(answer));
        work.carry_out(&task, &|job| edits.borrow_mut().push(job), &send);
        let mut answers = answers.into_inner();
        answers.extend(self.library_task(LibraryTask::Index));
        answers.extend(edits.into_inner().into_iter().flat_map(|job| self.feeds(job)));
        answers
    }

    /// Articles come into the library from elsewhere, as another program would take them in.
    pub(super) fn arrive(&self, articles: &[(&str, &str)]) {
        let (mut library, _) = Library::open(&self.data_dir()).unwrap();
        for (name, text) in articles {
            let id = SourceId::from_iri(format!("https://example.org/{name}"));
            let hints = Hints { id: Some(id), ..Hints::default() };
            let article = Arc::new(intake::read(text.as_bytes(), &hints).unwrap());
            library.arrive(&[Arrival { words: 2, article, file: None }], clock::now()).unwrap();
        }
    }

    fn hand_on(&mut self, outputs: Vec<SourceOutput>) -> Vec<Answer> {
        let hand_on = |output| match output {
            SourceOutput::Answer(answer) => vec![answer],
            SourceOutput::Library(task) => self.library_task(task),
        };
        outputs.into_iter().flat_map(hand_on).collect()
    }

    fn library_task(&mut self, task: LibraryTask) -> Vec<Answer> {
        let outputs = RefCell::new(Vec::new());
        self.library.carry_out(task, &|output| outputs.borrow_mut().push(output));
        let hand_on = |output| match output {
            LibraryOutput::Answer(answer) => vec![answer],
            LibraryOutput::Reader(reader) => self.list_task(ListTask::Open(reader)),
            LibraryOutput::Fetch(job) => self.net(job),
            LibraryOutput::Ahead(beginnings) => self.fetch_ahead(beginnings),
            LibraryOutput::Folders(found) => self.look_again(*found),
            LibraryOutput::Unindexed => self.library_task(LibraryTask::Index),
        };
        outputs.into_inner().into_iter().flat_map(hand_on).collect()
    }

    /// The pages of what a feed brought are fetched, where only the beginning is here.
    pub(super) fn ahead(&mut self, rows: Vec<RowId>) -> Vec<Answer> {
        self.library_task(LibraryTask::FetchAhead(rows))
    }

    fn fetch_ahead(&mut self, beginnings: Vec<Beginning>) -> Vec<Answer> {
        let mut pages = Vec::new();
        pages_ahead(beginnings, self.pages.network(), &mut |page| {
            pages.push(Box::new(page));
            true
        });
        pages.into_iter().flat_map(|page| self.library_task(LibraryTask::TakePageAhead(page))).collect()
    }

    /// Looks into the folders that were added, one after the other; one that is gone has nothing new.
    fn look_again(&mut self, found: FoldersToLookInto) -> Vec<Answer> {
        let (library, mut outputs) = (Mutex::new(found.reader), Vec::new());
        for folder in found.folders {
            self.sources.look_again(&folder, &library, &mut |output| outputs.push(output)).ok();
        }
        self.hand_on(outputs)
    }

    pub(super) fn list(&mut self, job: ListJob) -> Vec<Answer> {
        self.list_task(ListTask::Job(job))
    }

    /// Takes the words of an article from the library, as if they had been pruned.
    pub(super) fn lose_words(&self, id: &SourceId) {
        let library = rusqlite::Connection::open(self.data_dir().join("library.db")).unwrap();
        let sql = "DELETE FROM bodies WHERE article = (SELECT id FROM articles WHERE iri = ?1)";
        assert_eq!(library.execute(sql, [id.as_str()]).unwrap(), 1);
    }

    /// Takes in an article as if a feed had brought it, and what is known of it from there.
    pub(super) fn bring(&mut self, article: Article, at: Timestamp, from_feed: &FromFeed) -> Vec<Answer> {
        let id = article.id.clone();
        let arrivals = vec![Arrival { words: words(article.body.as_str()), article: Arc::new(article), file: None }];
        let (listed_as, named) = (ListedAs::FoundAgain, false);
        let answers = self.library_task(LibraryTask::List { arrivals, listed_as, named, at });
        let library = rusqlite::Connection::open(self.data_dir().join("library.db")).unwrap();
        library.execute("INSERT OR IGNORE INTO feeds (address) VALUES ('https://feed.example/')", []).unwrap();
        let is_teaser = from_feed.text == FeedText::Beginning;
        let sql = "UPDATE articles SET is_teaser = ?2, comments = ?3 WHERE iri = ?1";
        library.execute(sql, (id.as_str(), is_teaser, &from_feed.comments)).unwrap();
        let sql = "INSERT INTO feed_entries (feed, article, title, content, is_long, first_seen)
                   SELECT feeds.id, articles.id, 0, 0, 0, 0 FROM feeds, articles WHERE iri = ?1";
        assert_eq!(library.execute(sql, [id.as_str()]).unwrap(), 1);
        for (place, file) in (0_i64..).zip(&from_feed.enclosures) {
            let sql = "INSERT INTO enclosures SELECT id, ?2, ?3, ?4, ?5 FROM articles WHERE iri = ?1";
            let length = file.length.map(|length| length as i64);
            library.execute(sql, (id.as_str(), place, &file.url, &file.media_type, length)).unwrap();
        }
        answers
    }

    /// Everything that is in the list, in its order.
    pub(super) fn listed(&mut self) -> Vec<Entry> {
        let (mut latest, query) = (Latest::default(), ArticleQuery::default());
        let (request, order, around, rows) = (latest.request(), Order::Newest, Around::Top, usize::MAX);
        match self.list(ListJob::Window { request, query, order, around, rows, as_of: AsOf::default() }).pop() {
            Some(Answer::List(ListAnswer::Window(reply))) => latest.accept(reply).unwrap().entries,
            other => panic!("{other:?}"),
        }
    }

    fn list_task(&mut self, task: ListTask) -> Vec<Answer> {
        collect(|send| self.list.carry_out(task, send).unwrap())
    }

    /// Puts folders where the locks of log and corrections should be, which nobody can write without; or takes them away.
    pub(super) fn block_saves(&self, device: &str, blocked: bool) {
        let locks = [
            format!("bookmarks/{device}.lock"),
            "entities.lock".to_owned(),
            "searches.lock".to_owned(),
            "feeds.lock".to_owned(),
        ];
        for lock in locks.map(|lock| self.data_dir().join(lock)) {
            if blocked {
                fs::remove_file(&lock).ok();
                fs::create_dir_all(lock).unwrap();
            } else {
                fs::remove_dir(lock).unwrap();
            }
        }
    }

    /// What is in the bookmark log of this device.
    pub(super) fn saved(&self, device: &str) -> Vec<Bookmark> {
        let log = fs::read(self.data_dir().join(format!("bookmarks/{device}.jsonl"))).unwrap_or_default();
        let lines = log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let bookmark = |line| match read_line(line) {
            Line::Record(bookmark) => *bookmark,
            other => panic!("{other:?}"),
        };
        lines.map(bookmark).collect()
    }

    /// What the library keeps of whether a bookmark was found.
    pub(super) fn anchor_state(&mut self, wanted: BookmarkId) -> Option<AnchorState> {
        match self.library_task(LibraryTask::ReadAnchorStates).pop() {
            Some(Answer::Library(LibraryAnswer::AnchorStates(states))) => {
                states.into_iter().find(|(id, _)| *id == wanted).map(|(_, state)| state)
            }
            other => panic!("{other:?}"),
        }
    }

    /// The corrections on the disk.
    pub(super) fn corrections(&self) -> Corrections {
        corrections::load(&self.data_dir()).unwrap().corrections
    }
}

/// A network that ends at this machine: what leads further goes through a proxy that is not there.
fn network() -> Network {
    let proxies = Proxies::read(|name| (name == "ALL_PROXY").then(|| "http://127.0.0.1:1".to_owned()));
    Network { proxies, ..Network::default() }
}

/// Everything that is answered meanwhile.
fn collect(work: impl FnOnce(&dyn Fn(Answer))) -> Vec<Answer> {
    let answers = RefCell::new(Vec::new());
    work(&|answer| answers.borrow_mut().push(answer));
    answers.into_inner()
}
