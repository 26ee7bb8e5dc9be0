//! Tests of the library worker.

#![expect(clippy::disallowed_methods, reason = "puts a file in the way of the logs")]

use std::cell::RefCell;
use std::fs;

use tempfile::TempDir;

use super::*;
use crate::intake::{self, Hints};

/// A worker on a library in memory; the logs are in a folder that is gone afterwards.
fn worker() -> (TempDir, LibraryWorker) {
    let folder = tempfile::tempdir().unwrap();
    let mut worker = LibraryWorker::new(folder.path().to_owned(), usize::MAX);
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

fn list(arrival: &Arrival, listed_as: ListedAs, named: bool) -> LibraryTask {
    LibraryTask::List { arrivals: vec![arrival.clone()], listed_as, named, at: Timestamp::UNIX_EPOCH }
}

fn mark(worker: &mut LibraryWorker, id: &SourceId, change: MarkChange) {
    let rows = [entry(worker, id).row].into();
    let answers = answers(worker, LibraryTask::Job(LibraryJob::Mark { rows, change, done: None }));
    let last = answers.last();
    assert!(matches!(last, Some(Answer::Library(LibraryAnswer::Marked(None)))), "{answers:?}");
}

#[test]
fn an_article_that_was_never_opened_is_marked_with_the_words_it_was_listed_with() {
    let (_folder, mut worker) = worker();
    let arrival = arrival("A title");
    let id = arrival.article.id.clone();
    let listed = answers(&mut worker, list(&arrival, ListedAs::More, false));
    assert!(matches!(listed.as_slice(), [Answer::Library(LibraryAnswer::Listed)]), "{listed:?}");
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
    let open = |text| LibraryTask::Open { request: crate::command::Latest::default().request(), id: id.clone(), text };
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
    let reading = Reading::kept((*arrival.article).clone());
    assert_eq!(title(Ok(Prepared::new(reading))), Ok("A title".to_owned()));
    assert_eq!(title(Err("gone".to_owned())), Ok("A title".to_owned()));
}

#[test]
fn what_was_removed_stays_removed_in_its_folder_and_comes_back_when_it_is_named() {
    let (_folder, mut worker) = worker();
    let arrival = arrival("A title");
    let id = arrival.article.id.clone();
    let added = || ListedAs::Added { count: 1, folder: Some("news".to_owned()) };
    let again = || list(&arrival, ListedAs::FoundAgain, false);
    assert_eq!(answers(&mut worker, again()).len(), 1, "the list has changed");
    mark(&mut worker, &id, MarkChange::Removed(true));
    assert!(answers(&mut worker, again()).is_empty());
    let told = answers(&mut worker, list(&arrival, added(), false));
    assert!(matches!(&told[..], [Answer::Sources(SourceAnswer::Added(Err(_)))]), "{told:?}");
    // The first article of a folder that is named is the first that is listed.
    assert!(answers(&mut worker, list(&arrival, ListedAs::Named, false)).is_empty());
    let end = answers(&mut worker, LibraryTask::EndNamed);
    assert!(matches!(&end[..], [Answer::Sources(SourceAnswer::Named(None))]), "{end:?}");
    assert!(answers(&mut worker, LibraryTask::EndNamed).is_empty(), "it is said once");
    let named = answers(&mut worker, list(&arrival, ListedAs::Named, true));
    assert!(matches!(&named[0], Answer::Sources(SourceAnswer::Named(Some(_)))), "{named:?}");
    assert_eq!(entry(&mut worker, &id).removed, None);
}

#[test]
fn the_first_article_of_a_folder_that_was_not_removed_is_the_one_to_open() {
    let (_folder, mut worker) = worker();
    let (gone, second) = (arrival("Gone"), super::arrival(edition::article("01-welcome").unwrap()));
    answers(&mut worker, list(&gone, ListedAs::FoundAgain, false));
    mark(&mut worker, &gone.article.id, MarkChange::Removed(true));
    assert!(answers(&mut worker, list(&gone, ListedAs::Named, false)).is_empty());
    let more = answers(&mut worker, list(&second, ListedAs::More, false));
    let id = &second.article.id;
    assert!(matches!(&more[0], Answer::Sources(SourceAnswer::Named(Some(entry))) if entry.id == *id), "{more:?}");
    assert!(answers(&mut worker, LibraryTask::EndNamed).is_empty());
}

#[test]
fn marks_that_no_log_takes_are_told_and_tried_again_at_the_end() {
    let (folder, mut worker) = worker();
    let arrival = arrival("A title");
    answers(&mut worker, list(&arrival, ListedAs::More, true));
    // A file stands where the folder of the logs would be.
    let logs = folder.path().join("marks");
    fs::write(&logs, "in the way").unwrap();
    let mark = |change| LibraryTask::Job(LibraryJob::Mark { rows: [RowId(1)].into(), change, done: None });
    let told = answers(&mut worker, mark(MarkChange::Starred(true)));
    let notice = told.iter().find_map(|answer| match answer {
        Answer::Notice(notice) => Some(&*notice.text),
        _ => None,
    });
    assert!(notice.is_some_and(|told| told.starts_with("NOT kept: the star of 1 article: ")), "{told:?}");
    assert!(notice.is_some_and(|told| told.contains("dateline doctor")), "{told:?}");
    assert!(worker.has_unsaved());
    let failed = worker.finish().unwrap_err();
    assert!(failed.starts_with("marks of 1 article are NOT kept: ") && !failed.contains('\n'), "{failed}");
    fs::remove_file(&logs).unwrap();
    assert_eq!(worker.finish(), Ok(()));
    assert!(!worker.has_unsaved());
    let mut later = LibraryWorker::new(folder.path().to_owned(), usize::MAX);
    answers(&mut later, LibraryTask::Start);
    let arrival = super::tests::arrival("A title");
    answers(&mut later, LibraryTask::ReadMarks);
    let id = arrival.article.id.clone();
    answers(&mut later, list(&arrival, ListedAs::More, true));
    assert!(entry(&mut later, &id).is_starred());
}

#[test]
fn many_articles_are_indexed_when_nothing_else_is_to_be_done() {
    let (_folder, mut worker) = worker();
    worker.catalogue.as_mut().unwrap().library.index_behind();
    let arrivals = (0..INDEXED_AT_ONCE + 5).map(|number| {
        let hints = Hints { id: Some(SourceId::of_file(&format!("/news/{number}.txt"))), ..Hints::default() };
        super::arrival(intake::read(format!("Title\n\nNumber {number}.\n").as_bytes(), &hints).unwrap())
    });
    let (arrivals, at) = (arrivals.collect(), Timestamp::UNIX_EPOCH);
    let mut carry_out = |task| {
        let (told, more) = (RefCell::new(0), RefCell::new(0));
        worker.carry_out(task, &|output| match output {
            LibraryOutput::Answer(Answer::Library(LibraryAnswer::Changed | LibraryAnswer::Listed)) => {
                *told.borrow_mut() += 1;
            }
            LibraryOutput::Unindexed => *more.borrow_mut() += 1,
            _ => panic!("not asked for"),
        });
        let waiting = worker.catalogue.as_mut().unwrap().library.unindexed().unwrap();
        (told.into_inner(), more.into_inner(), waiting)
    };
    let list = LibraryTask::List { arrivals, listed_as: ListedAs::More, named: false, at };
    assert_eq!(carry_out(list), (1, 1, INDEXED_AT_ONCE + 5));
    assert_eq!(carry_out(LibraryTask::Index), (0, 1, 5), "not told yet");
    assert_eq!(carry_out(LibraryTask::Index), (1, 0, 0));
    assert_eq!(carry_out(LibraryTask::Index), (0, 0, 0));
}

#[test]
fn a_folder_that_was_added_is_to_be_looked_into_and_none_is_said() {
    let (_folder, mut worker) = worker();
    let mut look = |is_asked_for| {
        let (folders, notices) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        worker.carry_out(LibraryTask::AddFolder("/news".into()), &|_| panic!("nothing to say"));
        worker.carry_out(LibraryTask::LookAgain { is_asked_for }, &|output| match output {
            LibraryOutput::Folders(found) => folders.borrow_mut().extend(found.folders),
            LibraryOutput::Answer(Answer::Notice(notice)) => notices.borrow_mut().push(notice.text),
            LibraryOutput::Answer(_)
            | LibraryOutput::Reader(_)
            | LibraryOutput::Unindexed
            | LibraryOutput::Ahead(_)
            | LibraryOutput::Fetch(_) => {
                panic!("not asked for")
            }
        });
        (folders.into_inner(), notices.into_inner().len())
    };
    assert_eq!(look(false), (vec!["/news".into()], 0));
    assert_eq!(look(true), (vec!["/news".into()], 1));
    let (_folder, mut empty) = self::worker();
    let told = answers(&mut empty, LibraryTask::LookAgain { is_asked_for: true });
    assert!(matches!(&told[..], [Answer::Notice(_)]), "{told:?}");
}

#[test]
fn two_programs_on_one_data_directory_agree_on_marks() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let mut worker = LibraryWorker::new(folder.path().to_owned(), usize::MAX);
        answers(&mut worker, LibraryTask::Start);
        answers(&mut worker, LibraryTask::ReadMarks);
        worker
    };
    let (mut one, mut other) = (start(), start());
    let id = SourceId::of_edition("01-welcome");
    let row = entry(&mut one, &id).row;
    let mark = |change| LibraryTask::Job(LibraryJob::Mark { rows: [row].into(), change, done: None });
    answers(&mut one, mark(MarkChange::Starred(true)));
    let refreshed = answers(&mut other, LibraryTask::Job(LibraryJob::Refresh));
    assert!(matches!(&refreshed[..], [Answer::Library(LibraryAnswer::Changed)]), "{refreshed:?}");
    assert!(entry(&mut other, &id).is_starred());
    // A change sees what the other did before, asked to or not.
    answers(&mut one, mark(MarkChange::Starred(false)));
    answers(&mut other, mark(MarkChange::Read(true)));
    for worker in [&mut one, &mut other] {
        answers(worker, LibraryTask::Job(LibraryJob::Refresh));
        let entry = entry(worker, &id);
        assert_eq!((entry.is_starred(), entry.is_read()), (false, true));
    }
}

#[test]
fn what_is_named_can_be_read_though_the_library_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    answers(&mut LibraryWorker::new(folder.path().to_owned(), usize::MAX), LibraryTask::Start);
    let connection = rusqlite::Connection::open(folder.path().join("library.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let mut worker = LibraryWorker::new(folder.path().to_owned(), usize::MAX);
    answers(&mut worker, LibraryTask::Start);
    let arrival = arrival("A title");
    let id = arrival.article.id.clone();
    let task = list(&arrival, ListedAs::Named, true);
    let named = answers(&mut worker, task);
    assert!(matches!(&named[0], Answer::Sources(SourceAnswer::Named(Some(entry))) if entry.id == id), "{named:?}");
}
