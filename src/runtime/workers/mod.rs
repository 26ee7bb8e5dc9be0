//! The threads that do the work, and who gets what. What may block for ever shares no thread with what must answer: the
//! thread *library* owns `library.db`, *bookmarks* the logs and the corrections, *feeds* the subscriptions, *entities* and
//! *anchors* look into articles, *sources* and *folders* are replaced when a disk does not answer them; what a person adds,
//! folders that are looked into again, pages of the web, pipes, the browser and exports have a thread each time.

mod bookmark_thread;
mod feed_thread;
mod library_thread;
mod source_threads;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use std::{io, thread};

use jiff::SignedDuration;

use crate::command::{BookmarkJob, DeskJob, FeedJob, LibraryJob, ListJob, NetJob, PageJob, SourceJob};
use crate::intake::TextEncoding;
use crate::io::clock;
use crate::io::programs::Programs;
use crate::net::Network;

use self::source_threads::SourceThreads;
use super::answers::Answers;
use super::feed_worker::{FeedWorker, FetchRuns};
use super::last_saves::LastSaves;
use super::library_task::LibraryTask;
use super::library_worker::LibraryWorker;
use super::list_worker::{ListTask, ListWorker};
use super::replaceable::Replaceable;
use super::runner::{self, Inbox, Order};
use super::{desk_worker, page_worker};

/// What the workers need.
#[derive(Default)]
pub(super) struct WorkerSetup {
    /// Where the data lies.
    pub(super) data_dir: PathBuf,
    /// What was named on the command line, to be listed.
    pub(super) named: Vec<OsString>,
    /// The encoding that it is read in, if one was named, too.
    pub(super) encoding: Option<TextEncoding>,
    /// How the web is reached.
    pub(super) network: Network,
    /// Programs for what is opened elsewhere.
    pub(super) programs: Programs,
    /// The time between two times that feeds are fetched by themselves; none if they are not.
    pub(super) fetch_interval: Option<SignedDuration>,
    /// How many articles of feeds are kept.
    pub(super) most: usize,
}

/// What the event loop hands its effects to.
pub(super) struct Workers {
    library: Inbox<LibraryTask>,
    list: Inbox<ListTask>,
    bookmarks: Inbox<BookmarkJob>,
    analyses: Inbox<PageJob>,
    locates: Inbox<PageJob>,
    opens: Replaceable<SourceJob>,
    completions: Replaceable<SourceJob>,
    sources: SourceThreads,
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

impl Workers {
    /// Starts the threads. The library is opened, the bookmarks are read, and so is what was named.
    pub(super) fn start(setup: WorkerSetup, answers: &Answers) -> io::Result<Self> {
        let WorkerSetup { data_dir, named, encoding, network, programs, fetch_interval, most } = setup;
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
        let sources = SourceThreads::new(&network, encoding, library.clone(), answers.clone());
        let worker = LibraryWorker::new(data_dir.clone(), most);
        let last_marks =
            library_thread::start(worker, tasks, sources.clone(), list.clone(), network.clone(), ending.clone())?;

        if !named.is_empty() {
            let sources = sources.clone();
            thread::Builder::new().name("named".into()).spawn(move || sources.list_named(&named))?;
        }
        let replaceable = |name| {
            let sources = sources.clone();
            Replaceable::start(name, answers, move |job| {
                let (mut outputs, sources) = (Vec::new(), sources.clone());
                sources.reader.carry_out(job, &mut |output| outputs.push(output));
                Box::new(move || outputs.into_iter().for_each(|output| sources.hand_on(output)))
            })
        };
        let (opens, completions) = (replaceable("sources")?, replaceable("folders")?);

        let fetch_runs = FetchRuns::default();
        let interval = fetch_interval.unwrap_or_default();
        let worker = FeedWorker::new(data_dir.clone(), network, interval, fetch_runs.clone());
        let feeds = feed_thread::start(worker, &library, answers, ending.clone())?;
        let (bookmarks, last_bookmarks) = bookmark_thread::start(data_dir.clone(), answers)?;

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
                let sources = &self.sources;
                sources.reader.carry_out(job, &mut |output| sources.hand_on(output));
            }
            SourceJob::Add { .. } => {
                let sources = self.sources.clone();
                let carry_out = move |job| sources.reader.carry_out(job, &mut |output| sources.hand_on(output));
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
