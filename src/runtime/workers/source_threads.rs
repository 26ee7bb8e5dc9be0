//! The threads that read sources and pages: what may take for ever has one of its own.

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::command::{NetJob, Notice};
use crate::intake::TextEncoding;
use crate::io::sources::SourceRef;
use crate::net::Network;
use crate::runtime::answers::Answers;
use crate::runtime::library_task::{FoldersToLookInto, LibraryTask, ListedAs};
use crate::runtime::net_worker::{self, PageFetcher};
use crate::runtime::rescan::Rescan;
use crate::runtime::runner::{self, Inbox};
use crate::runtime::source_worker::{SourceOutput, SourceReader};

/// Reads sources and pages, and hands on what comes of them.
#[derive(Clone)]
pub(super) struct SourceThreads {
    pub(super) reader: SourceReader,
    pages: PageFetcher,
    rescan: Rescan,
    pub(super) library: Inbox<LibraryTask>,
    pub(super) answers: Answers,
}

impl SourceThreads {
    /// Threads that reach the web over this network, and read what was named on the command line in this encoding.
    pub(super) fn new(
        network: &Network,
        encoding: Option<TextEncoding>,
        library: Inbox<LibraryTask>,
        answers: Answers,
    ) -> Self {
        Self {
            reader: SourceReader::new(network.clone(), encoding),
            pages: PageFetcher::new(network.clone()),
            rescan: Rescan::default(),
            library,
            answers,
        }
    }

    /// Answers, or has the library add what is known.
    pub(super) fn hand_on(&self, output: SourceOutput) {
        match output {
            SourceOutput::Answer(answer) => self.answers.send(answer),
            SourceOutput::Library(task) => self.library.give(task),
        }
    }

    /// Fetches a page on a thread of its own, or lets go of those on their way.
    pub(super) fn fetch(&self, job: NetJob) {
        if matches!(job, NetJob::Cancel) {
            self.pages.cancel();
            return;
        }
        let Some(turn) = self.pages.take_turn() else {
            self.answers.tell(net_worker::too_many());
            return self.answers.send(job.failure());
        };
        let threads = self.clone();
        let carry_out = move |job| turn.carry_out(job, &|output| threads.hand_on(output));
        runner::detach("page", &self.answers, job, (), carry_out);
    }

    /// Looks into folders that were added before.
    pub(super) fn look_again(&self, found: FoldersToLookInto) {
        let FoldersToLookInto { folders, reader } = found;
        let (threads, library) = (self.clone(), Arc::new(Mutex::new(reader)));
        let look =
            move |folder: &Path| threads.reader.look_again(folder, &library, &mut |output| threads.hand_on(output));
        self.rescan.run(folders, look);
    }

    /// Lists what was named on the command line. A source that may take for ever has a thread of its own.
    pub(super) fn list_named(&self, named: &[OsString]) {
        let aside = |source: SourceRef, listed_as: ListedAs| {
            let threads = self.clone();
            let read = move || threads.reader.read_one(source, listed_as, &mut |output| threads.hand_on(output));
            if let Err(error) = thread::Builder::new().name("named".into()).spawn(read) {
                self.answers.tell(Notice::error(format!("A source that was named is not read: {error}.")));
            }
        };
        self.reader.read_named(named, &aside, &mut |output| self.hand_on(output));
    }
}
