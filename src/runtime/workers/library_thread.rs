//! The thread that owns the library, and where the outcome of its tasks goes.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::Duration;

use crate::command::{Answer, LibraryAnswer, SourceAnswer};
use crate::library::Beginning;
use crate::net::Network;
use crate::runtime::last_saves::{LastSaves, Saving, last_saves};
use crate::runtime::library_task::{LibraryOutput, LibraryTask};
use crate::runtime::library_worker::LibraryWorker;
use crate::runtime::list_worker::ListTask;
use crate::runtime::pages_ahead::pages_ahead;
use crate::runtime::runner::{self, Inbox, Order, Queue, Task};

use super::source_threads::SourceThreads;

/// How long what would slow down the first page waits for it. There may be none to open.
const FIRST_PAGE: Duration = Duration::from_secs(2);

/// Starts the thread of the library, and those it hands work to. Gives what tells at the end whether all marks are kept;
/// `keep` is dropped then.
pub(super) fn start(
    worker: LibraryWorker,
    tasks: Queue<LibraryTask>,
    sources: SourceThreads,
    list: Inbox<ListTask>,
    network: Network,
    keep: Sender<()>,
) -> io::Result<LastSaves> {
    let (last_marks, saving) = last_saves("the last marks");
    let (page_opened, first_page) = mpsc::sync_channel(1);
    let later = sources.library.clone();
    thread::Builder::new().name("later".into()).spawn(move || after_first_page(&first_page, &later))?;
    let library = sources.library.clone();
    let ahead = runner::start("ahead", Order::AsGiven, &sources.answers, move |AheadTask(beginnings)| {
        pages_ahead(beginnings, &network, &mut |page| {
            library.give(LibraryTask::TakePageAhead(Box::new(page)));
            true
        });
    })?;
    let outlets = LibraryOutlets { sources, list, ahead, page_opened };
    thread::Builder::new().name("library".into()).spawn(move || {
        keep_library(worker, tasks, &outlets, saving);
        drop(keep);
    })?;
    Ok(last_marks)
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
    sources: SourceThreads,
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
                let sources = self.sources.clone();
                let look = move || sources.look_again(*found);
                if let Err(error) = thread::Builder::new().name("rescan".into()).spawn(look) {
                    log::error!("no thread to look into folders: {error}");
                }
            }
        }
    }
}
