//! The threads that do the work, and who gets what. What may block for ever shares no thread with what must answer: the
//! thread *library* owns `library.db`, *bookmarks* the logs and the corrections, *feeds* the subscriptions, *entities* and *anchors* look into
//! articles, *sources* and *folders* are replaced when a disk does not answer them; what a person adds, folders that are
//! looked into again, pages of the web, pipes, the browser and exports have a thread each time.

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use jiff::SignedDuration;

use crate::command::{
    Answer, BookmarkAnswer, BookmarkJob, DeskJob, FeedJob, LibraryAnswer, LibraryJob, ListJob, NetJob, Notice, PageJob,
    SourceAnswer, SourceJob, StoredBookmarks,
};
use crate::intake::TextEncoding;
use crate::io::clock;
use crate::io::programs::Programs;
use crate::io::sources::SourceRef;
use crate::library::Beginning;
use crate::net::Network;

use super::answers::Answers;
use super::bookmark_worker::BookmarkWorker;
use super::feed_worker::{FeedOutput, FeedWork, FeedWorker, FetchRuns};
use super::last_saves::{LastSaves, Saving, last_saves};
use super::library_task::{FoldersToLookInto, LibraryOutput, LibraryTask, ListedAs};
use super::library_worker::LibraryWorker;
use super::list_worker::{ListTask, ListWorker};
use super::net_worker::PageFetcher;
use super::pages_ahead::pages_ahead;
use super::replaceable::Replaceable;
use super::rescan::Rescan;
use super::runner::{self, Inbox, Order, Queue, Task};
use super::source_worker::{SourceOutput, SourceReader};
use super::{desk_worker, net_worker, page_worker};

/// What the event loop hands its effects to.
pub(super) struct Workers {
    library: Inbox<LibraryTask>,
    list: Inbox<ListTask>,
    bookmarks: Inbox<BookmarkJob>,
    analyses: Inbox<PageJob>,
    locates: Inbox<PageJob>,
    opens: Replaceable<SourceJob>,
    completions: Replaceable<SourceJob>,
    sources: SourceDesk,
    feeds: Inbox<FeedJob>,
    fetch_runs: FetchRuns,
    data_dir: PathBuf,
    programs: Programs,
    /// Held by each thread that is waited for a moment at the end; closed when they have ended.
    ending: Option<Sender<()>>,
    ended: Receiver<()>,
    last_bookmarks: LastSaves,
    last_marks: LastSaves,
}

/// How long the end of the program waits for what is not the reader's own work, such as a place or an export.
const LAST_MOMENT: Duration = Duration::from_secs(1);
/// How long what would slow down the first page waits for it. There may be none to open.
const FIRST_PAGE: Duration = Duration::from_secs(2);

impl Workers {
    /// Starts the threads. The library is opened, the bookmarks are read, and `named` sources are read to be
    /// listed, in this encoding if one was named, too. Feeds are fetched at this `interval`, and at `most` so many articles
    /// of theirs are kept.
    pub(super) fn start(
        data_dir: PathBuf,
        named: Vec<OsString>,
        encoding: Option<TextEncoding>,
        (network, programs): (Network, Programs),
        (interval, most): (Option<SignedDuration>, usize),
        answers: &Answers,
    ) -> io::Result<Self> {
        let (ending, ended) = mpsc::channel::<()>();
        let (library, tasks) = runner::queue(Order::UrgentFirst, answers);
        let (to_loop, to_library, mut lister) = (answers.clone(), library.clone(), ListWorker::default());
        let list = runner::start("list", Order::AsGiven, answers, move |task| {
            if let Err(error) = lister.carry_out(task, &|answer| to_loop.send(answer)) {
                log::warn!("library: {error}");
                to_library.give(LibraryTask::Repair);
            }
        })?;
        library.give(LibraryTask::Start);
        let sources = SourceDesk {
            reader: SourceReader::new(network.clone(), encoding),
            pages: PageFetcher::new(network.clone()),
            rescan: Rescan::default(),
            library: library.clone(),
            answers: answers.clone(),
        };
        let (last_marks, saving) = last_saves("the last marks");
        let (page_opened, first_page) = mpsc::sync_channel(1);
        let later = library.clone();
        thread::Builder::new().name("later".into()).spawn(move || after_first_page(&first_page, &later))?;
        let (to_library, web) = (library.clone(), network.clone());
        let ahead = runner::start("ahead", Order::AsGiven, answers, move |AheadTask(beginnings)| {
            pages_ahead(beginnings, &web, &mut |page| {
                to_library.give(LibraryTask::TakePageAhead(Box::new(page)));
                true
            });
        })?;
        let outlets = LibraryOutlets { sources: sources.clone(), list: list.clone(), ahead, page_opened };
        let (worker, keep) = (LibraryWorker::new(data_dir.clone(), most), ending.clone());
        thread::Builder::new().name("library".into()).spawn(move || {
            keep_library(worker, tasks, &outlets, saving);
            drop(keep);
        })?;

        if !named.is_empty() {
            let desk = sources.clone();
            thread::Builder::new().name("named".into()).spawn(move || desk.list_named(&named))?;
        }
        let replaceable = |name| {
            let desk = sources.clone();
            Replaceable::start(name, answers, move |job| {
                let (mut outputs, desk) = (Vec::new(), desk.clone());
                desk.reader.carry_out(job, &mut |output| outputs.push(output));
                Box::new(move || outputs.into_iter().for_each(|output| desk.hand_on(output)))
            })
        };
        let (opens, completions) = (replaceable("sources")?, replaceable("folders")?);

        let fetch_runs = FetchRuns::default();
        let worker = FeedWorker::new(data_dir.clone(), network, interval.unwrap_or_default(), fetch_runs.clone());
        let feeds = start_feeds(worker, &library, answers, ending.clone())?;

        let (bookmarks, jobs) = runner::queue(Order::AsGiven, answers);
        let (last_bookmarks, saving) = last_saves("the last bookmarks or corrections");
        let (to_loop, folder) = (answers.clone(), data_dir.clone());
        let keep_bookmarks = move || keep_bookmarks(folder, jobs, &to_loop, saving);
        thread::Builder::new().name("bookmarks".into()).spawn(keep_bookmarks)?;

        // These two may be in the middle of a long text when the program ends; nobody waits for them.
        let page = |name| {
            let (to_loop, folder) = (answers.clone(), data_dir.clone());
            let carry_out = move |job| page_worker::carry_out(job, &folder, &|answer| to_loop.send(answer));
            runner::start(name, Order::LatestOnly, answers, carry_out)
        };
        let (analyses, locates) = (page("entities")?, page("anchors")?);
        let ending = Some(ending);
        Ok(Self {
            library,
            list,
            bookmarks,
            analyses,
            locates,
            opens,
            completions,
            sources,
            feeds,
            fetch_runs,
            data_dir,
            programs,
            ending,
            ended,
            last_bookmarks,
            last_marks,
        })
    }

    pub(super) fn library(&self, job: LibraryJob) {
        if job.is_save() {
            self.last_marks.given();
        }
        self.library.give(LibraryTask::Job(job));
    }

    pub(super) fn list(&self, job: ListJob) {
        self.list.give(ListTask::Job(job));
    }

    pub(super) fn bookmarks(&self, job: BookmarkJob) {
        if job.is_save() {
            self.last_bookmarks.given();
        }
        self.bookmarks.give(job);
    }

    pub(super) fn page(&self, job: PageJob) {
        match job {
            PageJob::Analyse { .. } => self.analyses.give(job),
            PageJob::Locate { .. } => self.locates.give(job),
        }
    }

    pub(super) fn sources(&self, job: SourceJob) {
        match job {
            SourceJob::Open { .. } | SourceJob::OpenFeedText { .. } => self.opens.give(job),
            SourceJob::Complete { .. } => self.completions.give(job),
            SourceJob::LookAgain { .. } => {
                let desk = &self.sources;
                desk.reader.carry_out(job, &mut |output| desk.hand_on(output));
            }
            SourceJob::Add { .. } => {
                let desk = self.sources.clone();
                let carry_out = move |job| desk.reader.carry_out(job, &mut |output| desk.hand_on(output));
                runner::detach("added", &self.sources.answers, job, (), carry_out);
            }
        }
    }

    pub(super) fn net(&self, job: NetJob) {
        self.sources.fetch(job);
    }

    pub(super) fn feeds(&self, job: FeedJob) {
        // The thread may be busy, but a run ends at once.
        if matches!(job, FeedJob::CancelFetch) {
            self.fetch_runs.stop();
        }
        self.feeds.give(job);
    }

    pub(super) fn desk(&self, job: DeskJob) {
        let (folder, programs) = (self.data_dir.clone(), self.programs.clone());
        let to_loop = self.sources.answers.clone();
        let carry_out = move |job| {
            if let Some(answer) = desk_worker::carry_out(job, &folder, &programs) {
                to_loop.send(answer);
            }
        };
        runner::detach("desk", &self.sources.answers, job, self.ending.clone(), carry_out);
    }

    /// Waits until bookmarks, corrections and marks are on the disk, and a while for the rest that was given: a place in
    /// the library, which may hang on another program, and an export. Says so with `say` if that takes longer than a
    /// moment.
    ///
    /// # Errors
    /// What is not saved and why, on one line.
    pub(super) fn finish(&mut self, say: impl FnOnce(&str)) -> Result<(), String> {
        self.fetch_runs.stop();
        self.feeds.end();
        self.library.end();
        self.bookmarks.end();
        self.ending = None;
        let mut say = Some(say);
        let mut say_once = |told: &str| {
            if let Some(say) = say.take() {
                say(told);
            }
        };
        let bookmarks = self.last_bookmarks.wait(clock::monotonic() + LAST_MOMENT, &mut say_once);
        let moment = clock::monotonic() + LAST_MOMENT;
        let marks = self.last_marks.wait(moment, &mut say_once);
        if self.ended.recv_timeout(moment.saturating_duration_since(clock::monotonic()))
            == Err(RecvTimeoutError::Timeout)
        {
            log::warn!("the library or an export did not end in time");
        }
        match (bookmarks, marks) {
            (Err(bookmarks), Err(marks)) => Err(format!("{bookmarks}; {marks}")),
            (bookmarks, marks) => bookmarks.and(marks),
        }
    }
}

/// Pages to be fetched before anybody opens their articles.
struct AheadTask(Vec<Beginning>);

impl Task for AheadTask {
    fn failure(&self) -> Answer {
        // Nobody asked for them.
        Answer::Library(LibraryAnswer::Changed)
    }
}

/// Where the outcome of library tasks goes.
struct LibraryOutlets {
    sources: SourceDesk,
    list: Inbox<ListTask>,
    ahead: Inbox<AheadTask>,
    /// Told when an article is on its way to the page; only the first time is of use.
    page_opened: SyncSender<()>,
}

impl LibraryOutlets {
    fn hand_on(&self, output: LibraryOutput) {
        match output {
            LibraryOutput::Answer(answer) => {
                let is_opened = matches!(answer, Answer::Sources(SourceAnswer::Opened(_)));
                self.sources.answers.send(answer);
                if is_opened {
                    self.page_opened.try_send(()).ok();
                }
            }
            LibraryOutput::Fetch(job) => self.sources.fetch(job),
            LibraryOutput::Ahead(beginnings) => self.ahead.give(AheadTask(beginnings)),
            LibraryOutput::Reader(reader) => self.list.give(ListTask::Open(reader)),
            LibraryOutput::Unindexed => self.sources.library.give(LibraryTask::Index),
            LibraryOutput::Folders(found) => {
                let desk = self.sources.clone();
                let look = move || desk.look_again(*found);
                if let Err(error) = thread::Builder::new().name("rescan".into()).spawn(look) {
                    log::error!("no thread to look into folders: {error}");
                }
            }
        }
    }
}

/// Gives the library what it has to do at each start and the first page does not need.
fn after_first_page(first_page: &Receiver<()>, library: &Inbox<LibraryTask>) {
    if first_page.recv_timeout(FIRST_PAGE) != Err(RecvTimeoutError::Disconnected) {
        library.give(LibraryTask::ReadAnchorStates);
        library.give(LibraryTask::ReadMarks);
        library.give(LibraryTask::ListEdition);
        library.give(LibraryTask::LookAgain { is_asked_for: false });
        library.give(LibraryTask::TellFeedStates);
        library.give(LibraryTask::Index);
    }
}

/// Starts the thread of the subscriptions, which reads them at once. What takes as long as the web does has a thread each
/// time. `keep` is dropped at its end.
fn start_feeds(
    mut worker: FeedWorker,
    library: &Inbox<LibraryTask>,
    answers: &Answers,
    keep: Sender<()>,
) -> io::Result<Inbox<FeedJob>> {
    let (inbox, jobs) = runner::queue(Order::AsGiven, answers);
    inbox.give(FeedJob::Refresh);
    let (own, library, answers) = (inbox.clone(), library.clone(), answers.clone());
    let run = move || {
        jobs.run(&answers, |job| {
            worker.carry_out(job, &mut |output| match output {
                FeedOutput::Answer(answer) => answers.send(answer),
                FeedOutput::Library(task) => library.give(task),
                FeedOutput::Work(work) => {
                    let (own, library, to_loop) = (own.clone(), library.clone(), answers.clone());
                    let carry_out = move |work: FeedWork| {
                        let send = |answer| to_loop.send(Answer::Feeds(answer));
                        work.carry_out(&|task| library.give(task), &|job| own.give(job), &send);
                    };
                    runner::detach("feeds of the web", &answers, work, (), carry_out);
                }
            });
        });
        drop(keep);
    };
    thread::Builder::new().name("feeds".into()).spawn(run)?;
    Ok(inbox)
}

/// Owns the library until the end, and then says which marks are not kept and why.
fn keep_library(mut worker: LibraryWorker, tasks: Queue<LibraryTask>, outlets: &LibraryOutlets, mut saving: Saving) {
    tasks.run(&outlets.sources.answers, |task| {
        saving.take(usize::from(matches!(&task, LibraryTask::Job(job) if job.is_save())));
        worker.carry_out(task, &|output| outlets.hand_on(output));
        if !worker.has_unsaved() {
            saving.saved();
        }
    });
    saving.end(worker.finish());
}

/// Where what was read is handed on.
#[derive(Clone)]
struct SourceDesk {
    reader: SourceReader,
    pages: PageFetcher,
    rescan: Rescan,
    library: Inbox<LibraryTask>,
    answers: Answers,
}

impl SourceDesk {
    fn hand_on(&self, output: SourceOutput) {
        match output {
            SourceOutput::Answer(answer) => self.answers.send(answer),
            SourceOutput::Library(task) => self.library.give(task),
        }
    }

    /// Fetches a page on a thread of its own, or lets go of those on their way.
    fn fetch(&self, job: NetJob) {
        if matches!(job, NetJob::Cancel) {
            self.pages.cancel();
            return;
        }
        let Some(turn) = self.pages.take_turn() else {
            self.answers.tell(net_worker::too_many());
            return self.answers.send(job.failure());
        };
        let desk = self.clone();
        let carry_out = move |job| turn.carry_out(job, &|output| desk.hand_on(output));
        runner::detach("page", &self.answers, job, (), carry_out);
    }

    /// Looks into folders that were added before.
    fn look_again(&self, found: FoldersToLookInto) {
        let FoldersToLookInto { folders, reader } = found;
        let (desk, library) = (self.clone(), Arc::new(Mutex::new(reader)));
        let look = move |folder: &Path| desk.reader.look_again(folder, &library, &mut |output| desk.hand_on(output));
        self.rescan.run(folders, look);
    }

    /// Lists what was named on the command line. A source that may take for ever has a thread of its own.
    fn list_named(&self, named: &[OsString]) {
        let aside = |source: SourceRef, listed_as: ListedAs| {
            let desk = self.clone();
            let read = move || desk.reader.read_one(source, listed_as, &mut |output| desk.hand_on(output));
            if let Err(error) = thread::Builder::new().name("named".into()).spawn(read) {
                self.answers.tell(Notice::error(format!("A source that was named is not read: {error}.")));
            }
        };
        self.reader.read_named(named, &aside, &mut |output| self.hand_on(output));
    }
}

/// Reads the bookmarks, and saves them and corrections until the end. Then says what is not saved and why; nothing if the
/// bookmarks could not even be read.
fn keep_bookmarks(data_dir: PathBuf, mut jobs: Queue<BookmarkJob>, answers: &Answers, mut saving: Saving) {
    let send = |answer| answers.send(answer);
    let opened = catch_unwind(AssertUnwindSafe(|| BookmarkWorker::open(data_dir, &send)));
    let Ok(mut worker) = opened else {
        let stored = StoredBookmarks::nothing("dateline stumbled over one of the logs");
        answers.send(Answer::Bookmarks(BookmarkAnswer::Loaded(Box::new(stored))));
        loop {
            // Each save is answered for: nobody must believe that it is on the disk.
            let batch = jobs.next_batch();
            if batch.is_empty() {
                return;
            }
            batch.iter().map(BookmarkJob::failure).for_each(send);
        }
    };
    loop {
        let batch = jobs.next_batch();
        if batch.is_empty() {
            saving.end(worker.finish());
            return;
        }
        saving.take(batch.iter().filter(|job| job.is_save()).count());
        let failures: Vec<Answer> = batch.iter().map(BookmarkJob::failure).collect();
        if catch_unwind(AssertUnwindSafe(|| worker.carry_out(batch, &send))).is_err() {
            failures.into_iter().for_each(send);
        } else if !worker.has_unsaved() {
            saving.saved();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files, and puts one in the way of the logs")]

    use std::fs;

    use super::super::answers::Message;
    use super::*;
    use crate::article::{Entry, RowId, SourceId};
    use crate::command::Latest;
    use crate::library::Library;
    use crate::mark::MarkChange;

    /// How long a loaded machine may take for anything.
    const PATIENT: Duration = Duration::from_secs(30);

    fn open(id: SourceId) -> SourceJob {
        SourceJob::Open { request: Latest::default().request(), id, encoding: None, whole: false }
    }

    /// A folder of news and a data directory, and how a program on them is started and ended.
    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Self {
            let home = Self(tempfile::tempdir().unwrap());
            fs::create_dir(home.0.path().join("news")).unwrap();
            home
        }

        fn data(&self) -> PathBuf {
            self.0.path().join("data")
        }

        fn lay(&self, name: &str, title: &str) -> SourceId {
            let path = self.0.path().join("news").join(name);
            fs::write(&path, format!("{title}\n\nThe words of {title} are few.\n")).unwrap();
            SourceId::of_file(&fs::canonicalize(path).unwrap())
        }

        fn start(&self) -> (Workers, Receiver<Message>) {
            let (sender, received) = mpsc::channel();
            (
                Workers::start(
                    self.data(),
                    Vec::new(),
                    None,
                    Default::default(),
                    (None, usize::MAX),
                    &Answers::new(sender),
                )
                .unwrap(),
                received,
            )
        }

        /// The row of an article as it is on the disk.
        fn entry(&self, id: &SourceId) -> Option<Entry> {
            Library::open(&self.data()).unwrap().0.reader().unwrap().entry(id).unwrap()
        }
    }

    /// Waits for an answer that makes it so.
    fn wait(received: &Receiver<Message>, mut is_so: impl FnMut(&Answer) -> bool) {
        loop {
            if let Message::Answer(answer) = received.recv_timeout(PATIENT).unwrap()
                && is_so(&answer)
            {
                return;
            }
        }
    }

    fn is_changed(answer: &Answer) -> bool {
        matches!(answer, Answer::Library(LibraryAnswer::Changed | LibraryAnswer::Listed))
    }

    fn leave(mut workers: Workers) -> Result<(), String> {
        workers.finish(|told| panic!("{told}"))
    }

    #[test]
    fn a_folder_that_was_added_is_looked_into_at_the_next_start_and_when_asked() {
        let home = Home::new();
        let a = home.lay("a.txt", "Alpha");
        let (workers, received) = home.start();
        workers.sources(SourceJob::Add { source: home.0.path().join("news").to_str().unwrap().to_owned() });
        wait(&received, |answer| matches!(answer, Answer::Sources(SourceAnswer::Added(Ok(added))) if added.count == 1));
        let row = home.entry(&a).unwrap().row;
        let change = MarkChange::Starred(true);
        workers.library(LibraryJob::Mark { rows: [row].into(), change, done: None });
        leave(workers).unwrap();

        // A new file, one that was changed, and one that goes.
        let b = home.lay("b.txt", "Beta");
        home.lay("a.txt", "Alpha again");
        let (workers, received) = home.start();
        // The first page goes before it.
        workers.sources(open(b.clone()));
        let title = |id: &SourceId| home.entry(id).map(|entry| entry.title);
        wait(&received, |answer| is_changed(answer) && title(&a).as_deref() == Some("Alpha again"));
        let entry = home.entry(&a).unwrap();
        assert!(entry.is_starred() && entry.row == row, "a new version of the same article");
        assert!(!home.entry(&b).unwrap().is_read());

        let c = home.lay("c.txt", "Gamma");
        fs::remove_file(b.file_path().unwrap()).unwrap();
        workers.sources(SourceJob::LookAgain { is_told: true });
        wait(&received, |answer| is_changed(answer) && home.entry(&c).is_some());
        assert!(home.entry(&b).is_some(), "what is gone keeps its words");
        leave(workers).unwrap();
    }

    #[test]
    fn marks_that_cannot_be_written_are_told_after_the_end() {
        let home = Home::new();
        let (workers, received) = home.start();
        let id = SourceId::of_edition("01-welcome");
        workers.sources(open(id));
        wait(&received, |answer| matches!(answer, Answer::Library(LibraryAnswer::History(_))));
        fs::remove_dir_all(home.data().join("marks")).ok();
        fs::write(home.data().join("marks"), "in the way").unwrap();
        workers.library(LibraryJob::Mark { rows: [RowId(1)].into(), change: MarkChange::Read(true), done: None });
        let failed = leave(workers).unwrap_err();
        assert!(failed.starts_with("marks of 1 article are NOT kept: "), "{failed}");
    }
}
