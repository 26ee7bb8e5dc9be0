//! The threads that do the work, and who gets what. What may block for ever shares no thread with what must answer: the
//! thread *library* owns `library.db`, *bookmarks* the logs and the corrections, *entities* and *anchors* look into
//! articles, *sources* and *folders* are replaced when a disk does not answer them; what a person adds, pipes, the browser
//! and exports have a thread each time.

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::command::{
    Answer, BookmarkAnswer, BookmarkJob, DeskJob, LibraryJob, ListJob, Notice, PageJob, SourceJob, StoredBookmarks,
};
use crate::io::sources::SourceRef;

use super::bookmark_worker::BookmarkWorker;
use super::library_worker::{LibraryOutput, LibraryTask, LibraryWorker, ListedAs};
use super::list_worker::{ListTask, ListWorker};
use super::replaceable::Replaceable;
use super::runner::{self, Answers, Inbox, Order, Queue};
use super::source_worker::{SourceOutput, SourceReader};
use super::{desk_worker, page_worker};

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
    data_dir: PathBuf,
    /// Held by each thread that is waited for a moment at the end; closed when they have ended.
    ending: Option<Sender<()>>,
    ended: Receiver<()>,
    /// What the bookmark thread says when it ends.
    last_saved: Receiver<Result<(), String>>,
    /// How many saves were given and are not on the disk.
    unsaved: Arc<AtomicUsize>,
}

/// How long the end of the program waits for the bookmarks: a write on its way, one for all that came meanwhile and a
/// last try, each of which may wait five seconds for the lock of the log.
const LAST_SAVES: Duration = Duration::from_secs(18);
/// How long it then waits for the library, which may hang on another program, and for an export; all the library owes is
/// the last place. So long it waits for the bookmarks, too, if there are none to save.
const LAST_MOMENT: Duration = Duration::from_secs(1);
/// What is said when saving takes longer than that.
const STILL_SAVING: &str = "still saving bookmarks and corrections; C-c leaves without them";

impl Workers {
    /// Starts the threads. The library is opened, the bookmarks are read, and `named` sources are read to be listed.
    pub(super) fn start(data_dir: PathBuf, named: Vec<OsString>, answers: &Answers) -> io::Result<Self> {
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
        library.give(LibraryTask::ReadAnchorStates);
        library.give(LibraryTask::ReadMarks);
        library.give(LibraryTask::ListEdition);
        let (to_loop, keep, mut worker) = (answers.clone(), ending.clone(), LibraryWorker::new(data_dir.clone()));
        let to_list = list.clone();
        thread::Builder::new().name("library".into()).spawn(move || {
            tasks.run(&to_loop, |task| {
                worker.carry_out(task, &|output| match output {
                    LibraryOutput::Answer(answer) => to_loop.send(answer),
                    LibraryOutput::Reader(reader) => to_list.give(ListTask::Open(reader)),
                });
            });
            drop(keep);
        })?;

        let sources =
            SourceDesk { reader: SourceReader::default(), library: library.clone(), answers: answers.clone() };
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

        let (bookmarks, jobs) = runner::queue(Order::AsGiven, answers);
        let (last, last_saved) = mpsc::channel();
        let unsaved = Arc::new(AtomicUsize::new(0));
        let (to_loop, folder, count) = (answers.clone(), data_dir.clone(), Arc::clone(&unsaved));
        thread::Builder::new().name("bookmarks".into()).spawn(move || {
            if let Some(saved) = keep_bookmarks(folder, jobs, &to_loop, &count) {
                last.send(saved).ok();
            }
        })?;

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
            data_dir,
            ending,
            ended,
            last_saved,
            unsaved,
        })
    }

    pub(super) fn library(&self, job: LibraryJob) {
        self.library.give(LibraryTask::Job(job));
    }

    pub(super) fn list(&self, job: ListJob) {
        self.list.give(ListTask::Job(job));
    }

    pub(super) fn bookmarks(&self, job: BookmarkJob) {
        if job.is_save() {
            self.unsaved.fetch_add(1, Ordering::Relaxed);
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
            SourceJob::Open { .. } => self.opens.give(job),
            SourceJob::Complete { .. } => self.completions.give(job),
            SourceJob::Add { .. } | SourceJob::LookAgain => {
                let desk = self.sources.clone();
                let carry_out = move |job| desk.reader.carry_out(job, &mut |output| desk.hand_on(output));
                runner::detach("added", &self.sources.answers, job, (), carry_out);
            }
        }
    }

    pub(super) fn desk(&self, job: DeskJob) {
        let (folder, to_loop) = (self.data_dir.clone(), self.sources.answers.clone());
        let carry_out = move |job| to_loop.send(desk_worker::carry_out(job, &folder));
        runner::detach("desk", &self.sources.answers, job, self.ending.clone(), carry_out);
    }

    /// Waits until bookmarks and corrections are on the disk, and a while for the rest that was given. Says so with `say`
    /// if that takes longer than a moment.
    ///
    /// # Errors
    /// Which bookmarks are not saved and why, on one line.
    pub(super) fn finish(&mut self, say: impl FnOnce(&str)) -> Result<(), String> {
        self.library.end();
        self.bookmarks.end();
        self.ending = None;
        let mut saved = self.last_saved.recv_timeout(LAST_MOMENT);
        if saved == Err(RecvTimeoutError::Timeout) && self.unsaved.load(Ordering::Relaxed) > 0 {
            say(STILL_SAVING);
            saved = self.last_saved.recv_timeout(LAST_SAVES);
        }
        let saved = match saved {
            Ok(saved) => saved,
            Err(_) if self.unsaved.load(Ordering::Relaxed) == 0 => Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                Err("the last bookmarks or corrections are NOT saved: the disk does not answer".to_owned())
            }
            Err(RecvTimeoutError::Disconnected) => {
                Err("the last bookmarks or corrections are NOT saved: dateline stumbled; the log file says where"
                    .to_owned())
            }
        };
        if self.ended.recv_timeout(LAST_MOMENT) == Err(RecvTimeoutError::Timeout) {
            log::warn!("the library or an export did not end in time");
        }
        saved
    }
}

/// Where what was read is handed on.
#[derive(Clone)]
struct SourceDesk {
    reader: SourceReader,
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

/// Reads the bookmarks, and saves them and corrections until the end. Then says what is not saved and why, on one line;
/// none if the bookmarks could not even be read.
fn keep_bookmarks(
    data_dir: PathBuf,
    mut jobs: Queue<BookmarkJob>,
    answers: &Answers,
    unsaved: &AtomicUsize,
) -> Option<Result<(), String>> {
    let send = |answer| answers.send(answer);
    let opened = catch_unwind(AssertUnwindSafe(|| BookmarkWorker::open(data_dir, &send)));
    let Ok(mut worker) = opened else {
        let stored = StoredBookmarks::nothing("dateline stumbled over one of the logs");
        answers.send(Answer::Bookmarks(BookmarkAnswer::Loaded(Box::new(stored))));
        loop {
            // Each save is answered for: nobody must believe that it is on the disk.
            let batch = jobs.next_batch();
            if batch.is_empty() {
                return None;
            }
            batch.iter().map(BookmarkJob::failure).for_each(send);
        }
    };
    let mut taken = 0;
    loop {
        let batch = jobs.next_batch();
        if batch.is_empty() {
            return Some(worker.finish());
        }
        taken += batch.iter().filter(|job| job.is_save()).count();
        let failures: Vec<Answer> = batch.iter().map(BookmarkJob::failure).collect();
        if catch_unwind(AssertUnwindSafe(|| worker.carry_out(batch, &send))).is_err() {
            failures.into_iter().for_each(send);
        } else if !worker.has_unsaved() {
            unsaved.fetch_sub(std::mem::take(&mut taken), Ordering::Relaxed);
        }
    }
}
