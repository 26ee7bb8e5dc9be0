//! Tests of all workers together, on threads.
#![expect(clippy::disallowed_methods, reason = "lays out files, and puts one in the way of the logs")]

use std::fs;

use super::*;
use crate::article::{Entry, RowId, SourceId};
use crate::command::{Answer, Latest, LibraryAnswer, SourceAnswer};
use crate::library::Library;
use crate::mark::MarkChange;
use crate::runtime::answers::Message;

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
        let setup = WorkerSetup { data_dir: self.data(), most: usize::MAX, ..WorkerSetup::default() };
        (Workers::start(setup, &Answers::new(sender)).unwrap(), received)
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
