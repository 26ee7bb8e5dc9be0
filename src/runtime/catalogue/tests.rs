//! Tests of the library and the logs, kept in step.
#![expect(clippy::disallowed_methods, reason = "puts files in the way of the logs")]

use tempfile::TempDir;

use super::*;
use crate::article::{Arrival, Article, Block, BlockKind, Position, RowId, Text, TextRange};
use crate::library::{AbsorbedMark, MarkState};
use crate::mark::MarkChange;
use crate::query::{ArticleQuery, Term};

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + second).unwrap()
}

fn arrival(path: &str, words: &str) -> Arrival {
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    let article = Article {
        id: SourceId::of_file(path),
        title: format!("About {path}"),
        byline: None,
        published: None,
        source: None,
        url: None,
        language: None,
        body: Text::new(words.to_owned(), vec![block], vec![]),
    };
    Arrival { article: article.into(), words: 2, file: None }
}

pub(super) fn open(folder: &TempDir) -> Catalogue {
    let mut catalogue = Catalogue::new(Library::open(folder.path()).unwrap().0);
    let (_, problems) = catalogue.read_marks(folder.path()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    catalogue
}

pub(super) fn add(catalogue: &mut Catalogue, path: &str, words: &str) -> RowId {
    catalogue.arrive(&[arrival(path, words)], false, at(0)).unwrap()[0].row
}

pub(super) fn listed(catalogue: &Catalogue, term: Option<Term>) -> usize {
    let query = term.map(|term| ArticleQuery::default().with(term)).unwrap_or_default();
    catalogue.library.reader().unwrap().counts(&query).unwrap().total
}

fn tags(added: &[&str], taken: &[&str]) -> MarkChange {
    let owned = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
    MarkChange::Tagged { added: owned(added), taken: owned(taken) }
}

/// Copies the logs of one data directory into another, as a file syncer does.
fn sync(from: &TempDir, to: &TempDir) {
    for log in std::fs::read_dir(from.path().join("marks")).unwrap().flatten() {
        if log.path().extension().is_some_and(|extension| extension == "jsonl") {
            std::fs::copy(log.path(), to.path().join("marks").join(log.file_name())).unwrap();
        }
    }
}

#[test]
fn a_library_that_is_deleted_gets_every_mark_back_from_the_logs() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = open(&folder);
    let [a, b, c] = ["/news/a", "/news/b", "/news/c"].map(|path| add(&mut catalogue, path, path));
    catalogue.mark(&[a, b], &MarkChange::Read(true), at(1)).unwrap();
    catalogue.mark(&[b], &MarkChange::Starred(true), at(2)).unwrap();
    catalogue.mark(&[c], &MarkChange::Removed(true), at(3)).unwrap();
    catalogue.mark(&[a], &tags(&["river", "city"], &[]), at(4)).unwrap();
    let words = Text::new("/news/a".to_owned(), vec![], vec![]);
    catalogue.leave_at(&SourceId::of_file("/news/a"), &Position::at(&words, 6), at(5)).unwrap();
    drop(catalogue);
    std::fs::remove_file(folder.path().join("library.db")).unwrap();
    let mut catalogue = open(&folder);
    let rows = ["/news/a", "/news/b", "/news/c"].map(|path| add(&mut catalogue, path, path));
    assert_eq!(listed(&catalogue, None), 2);
    let entries = catalogue.library.reader().unwrap().entries(&rows).unwrap();
    let [a, b, c] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((a.is_read(), a.is_starred(), a.tags.as_slice()), (true, false, &["city".into(), "river".into()][..]));
    assert!(b.is_read() && b.is_starred() && a.progress > 80);
    assert!(c.removed.is_some());
    // Named by a person it comes back, and that is known at the next start too.
    catalogue.arrive(&[arrival("/news/c", "/news/c")], true, at(9)).unwrap();
    assert_eq!(listed(&open(&folder), None), 3);
}

#[test]
fn two_data_directories_with_a_copier_agree_though_their_files_lie_elsewhere() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut one, mut other) = (open(&here), open(&there));
    let row = add(&mut one, "/home/ana/a", "the words");
    one.mark(&[row], &MarkChange::Starred(true), at(1)).unwrap();
    sync(&here, &there);
    other.refresh().unwrap();
    let row = add(&mut other, "/Users/ana/a", "the words");
    assert_eq!(listed(&other, Some(Term::Starred(true))), 1, "known by its words");
    other.mark(&[row], &MarkChange::Starred(false), at(2)).unwrap();
    other.mark(&[row], &tags(&["river"], &[]), at(3)).unwrap();
    sync(&there, &here);
    assert!(one.refresh().unwrap().0);
    for catalogue in [&one, &other] {
        assert_eq!(listed(catalogue, Some(Term::Starred(true))), 0);
        assert_eq!(listed(catalogue, Some(Term::Tag("river".into()))), 1);
    }
}

#[test]
fn what_was_done_last_can_be_taken_back_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = open(&folder);
    let rows: Vec<RowId> =
        (0..250).map(|number| add(&mut catalogue, &format!("/news/{number}"), &format!("words {number}"))).collect();
    for (second, row) in (0..).zip(&rows) {
        catalogue.mark(&[*row], &MarkChange::Removed(true), at(second)).unwrap();
    }
    drop(catalogue);
    let mut catalogue = open(&folder);
    assert_eq!(listed(&catalogue, None), 0);
    let steps = catalogue.history().unwrap();
    assert_eq!(steps.done.len(), 250);
    let last = steps.done.last().unwrap();
    assert_eq!((&last.change, &*last.rows), (&MarkChange::Removed(true), &rows[249..]));
    catalogue.mark(&last.rows, &last.change.reversed(), at(900)).unwrap();
    assert_eq!(listed(&catalogue, None), 1);
    let steps = open(&folder).history().unwrap();
    assert_eq!((steps.done.len(), steps.undone.len()), (249, 1));
}

#[test]
fn what_no_log_takes_holds_and_is_written_with_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = open(&folder);
    let row = add(&mut catalogue, "/news/a", "words");
    // A folder stands where the lock of the log would be.
    let lock = folder.path().join(format!("marks/{}.lock", catalogue.device()));
    std::fs::create_dir(&lock).unwrap();
    let failed = catalogue.mark(&[row], &MarkChange::Read(true), at(1));
    assert!(matches!(failed, Err(CatalogueError::Store(_))), "{failed:?}");
    assert_eq!(catalogue.unsaved(), 1);
    assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
    std::fs::remove_dir(&lock).unwrap();
    catalogue.mark(&[row], &MarkChange::Starred(true), at(2)).unwrap();
    assert_eq!(catalogue.unsaved(), 0);
    drop(catalogue);
    std::fs::remove_file(folder.path().join("library.db")).unwrap();
    let mut catalogue = open(&folder);
    add(&mut catalogue, "/news/a", "words");
    assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
}

#[test]
fn what_several_programs_mark_at_once_is_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let row = add(&mut open(&folder), "/news/a", "words");
    std::thread::scope(|scope| {
        for program in 0..4 {
            let mut catalogue = open(&folder);
            scope.spawn(move || {
                for number in 0..8 {
                    let tag = format!("tag-{program}-{number}");
                    catalogue.mark(&[row], &tags(&[&tag], &[]), at(number)).unwrap();
                }
            });
        }
    });
    let mut catalogue = open(&folder);
    let entries = catalogue.library.entries_of(&[row]).unwrap();
    assert_eq!(entries[0].tags.len(), 32);
    // One that fails lets the others have their turn.
    let failed = catalogue.mark(&[row], &tags(&["one too many"], &[]), at(9));
    assert!(matches!(failed, Err(CatalogueError::Tag(_))), "{failed:?}");
    open(&folder).mark(&[row], &MarkChange::Starred(true), at(10)).unwrap();
    assert_eq!(listed(&catalogue, Some(Term::Starred(true))), 1);
    assert!(catalogue.library.hold(), "nobody holds it now");
}

#[test]
fn what_is_marked_in_parts_is_one_step_and_waits_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = open(&folder);
    let add = |number| add(&mut catalogue, &format!("/news/{number}"), &format!("words {number}"));
    let rows: Vec<RowId> = (0..10).map(add).collect();
    catalogue.mark(&rows, &MarkChange::Read(true), at(1)).unwrap();
    let steps = open(&folder).history().unwrap();
    let [step] = steps.done.as_slice() else { panic!("{steps:?}") };
    assert_eq!(step.rows.len(), 10);
    let lock = folder.path().join(format!("marks/{}.lock", catalogue.device()));
    std::fs::remove_file(&lock).ok();
    std::fs::create_dir(&lock).unwrap();
    assert!(catalogue.mark(&rows, &MarkChange::Starred(true), at(2)).is_err());
    assert_eq!((catalogue.unsaved(), listed(&catalogue, Some(Term::Starred(true)))), (10, 10));
    std::fs::remove_dir(&lock).unwrap();
    catalogue.save().unwrap();
    assert_eq!(open(&folder).history().unwrap().done.len(), 2);
}

#[test]
fn what_an_older_version_marked_goes_to_the_logs_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = Library::open(folder.path()).unwrap().0;
    let rows = ["/news/a", "/news/b", "/news/c"].map(|path| {
        let arrival = arrival(path, path);
        let row = library.arrive(std::slice::from_ref(&arrival), at(0)).unwrap()[0].row;
        let state = MarkState {
            read_at: (path != "/news/c").then(|| at(20)),
            starred_at: (path == "/news/a").then(|| at(10)),
            position: Some(Position::at(&arrival.article.body, 3)).filter(|_| path == "/news/b"),
            ..MarkState::default()
        };
        let (id, text) = (arrival.article.id.clone(), None);
        library.absorb_marks(&[AbsorbedMark { id, text, line: None, state, sets_place: true }], &[]).unwrap();
        row
    });
    drop(library);
    drop(open(&folder));
    let log = |folder: &TempDir| {
        let logs = std::fs::read_dir(folder.path().join("marks")).unwrap().flatten().map(|log| log.path());
        let logs = logs.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        logs.map(|log| std::fs::read_to_string(log).unwrap()).collect::<String>()
    };
    let written = log(&folder);
    assert_eq!(written.lines().count(), 2, "{written}");
    drop(open(&folder));
    assert_eq!(log(&folder), written, "once is enough");
    std::fs::remove_file(folder.path().join("library.db")).unwrap();
    let mut catalogue = open(&folder);
    for path in ["/news/a", "/news/b", "/news/c"] {
        add(&mut catalogue, path, path);
    }
    let entries = catalogue.library.reader().unwrap().entries(&rows).unwrap();
    let marks: Vec<_> = entries.iter().map(|entry| (entry.read_at, entry.starred_at, entry.progress > 0)).collect();
    assert_eq!(marks, [(Some(at(20)), Some(at(10)), false), (Some(at(20)), None, true), (None, None, false)]);
}

#[test]
fn a_copy_begins_with_what_was_done_to_the_other_and_goes_its_own_way() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
    std::fs::write(&first, "words").unwrap();
    let mut catalogue = open(&folder);
    let row = add(&mut catalogue, first.to_str().unwrap(), "words");
    catalogue.mark(&[row], &MarkChange::Read(true), at(1)).unwrap();
    let copy = add(&mut catalogue, second.to_str().unwrap(), "words");
    assert_eq!(listed(&catalogue, Some(Term::Read(true))), 2);
    catalogue.mark(&[row], &MarkChange::Read(false), at(2)).unwrap();
    assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
    assert!(catalogue.library.reader().unwrap().entries(&[copy]).unwrap()[0].is_read());
}

#[test]
fn a_library_that_is_only_read_still_has_its_marks_in_the_logs() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = open(&folder);
    let row = add(&mut catalogue, "/news/a", "words");
    catalogue.mark(&[row], &MarkChange::Read(true), at(1)).unwrap();
    drop(catalogue);
    // As a newer version of the program would leave it.
    let version = |change: i64| {
        let connection = rusqlite::Connection::open(folder.path().join("library.db")).unwrap();
        let now: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        connection.pragma_update(None, "user_version", now + change).unwrap();
    };
    version(1);
    let mut catalogue = open(&folder);
    assert!(catalogue.library.is_read_only());
    catalogue.mark(&[row], &MarkChange::Starred(true), at(2)).unwrap();
    // What the library does not have is known all the same: it is taken back.
    catalogue.mark(&[row], &MarkChange::Starred(false), at(3)).unwrap();
    catalogue.mark(&[row], &tags(&["river"], &[]), at(4)).unwrap();
    drop(catalogue);
    version(-1);
    let catalogue = open(&folder);
    assert_eq!(listed(&catalogue, Some(Term::Starred(true))), 0);
    assert_eq!(listed(&catalogue, Some(Term::Tag("river".into()))), 1);
    assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
}
