//! The library from outside: what is kept, and what happens to a file that is damaged, newer, shared or full.
#![expect(clippy::disallowed_methods, reason = "tests damage files on purpose")]

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use tempfile::tempdir;

mod arrivals;
mod as_of;
mod feeds;
mod marks;
mod migration;
mod reader;
mod text;

use super::open::PATIENCE;
use super::*;
use crate::article::{
    Article, Block, BlockKind, Entry, Kept, Position, RowId, SourceId, Text, TextHash, TextRange, parse_date,
};

/// What only tests ask for.
impl Library {
    /// The newest `limit` articles: by the day they were published, or by their arrival if that is earlier or no day is
    /// known.
    pub(super) fn entries(&mut self, limit: usize) -> Result<Vec<Entry>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{} WHERE removed IS NULL ORDER BY listed_at DESC, id DESC LIMIT ?1",
                    rows::ENTRY
                ))?
                .query_map([to_sql(limit)], rows::entry)?
                .collect()
        })
    }

    /// Notes that the article of a row was opened.
    pub(super) fn note_opened(&mut self, row: RowId, at: Timestamp) -> Result<(), LibraryError> {
        self.write(|transaction| articles::note_opened(transaction, row, at))
    }

    /// How many ids have a mark, to tell whether the logs are worth compacting.
    pub(super) fn count_marks(&mut self) -> Result<usize, LibraryError> {
        self.read(|connection| connection.query_row("SELECT count(*) FROM marks", [], |row| row.get(0)).map(from_sql))
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_180_000_000 + seconds).unwrap()
}

fn article(id: &str, words: &str) -> Article {
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    Article {
        id: SourceId::from_iri(id),
        title: format!("About {id}"),
        byline: Some("Ana Brandt".into()),
        published: None,
        source: Some("clippings".into()),
        url: None,
        language: Some("en".into()),
        body: Text::new(words.into(), vec![block], vec![]),
    }
}

fn ids(library: &mut Library) -> Vec<String> {
    library.entries(100).unwrap().into_iter().map(|entry| entry.id.to_string()).collect()
}

#[test]
fn what_was_read_starred_and_where_is_there_the_next_time() {
    let folder = tempdir().unwrap();
    let story = article("edition:welcome", "One sentence. Another sentence.");
    let place = Position::at(&story.body, 14);
    {
        let (mut library, opened) = Library::open(folder.path()).unwrap();
        assert_eq!(opened, Opened::Fresh);
        assert_eq!(library.record_opened(&story, 4, at(0)).unwrap(), Kept::default());
        library.set_position(&story.id, &place).unwrap();
        let state = MarkState { read_at: Some(at(5)), starred_at: Some(at(6)), ..MarkState::default() };
        library.absorb_marks(&[marked(&story.id, state)], &[]).unwrap();
    }
    let (mut library, opened) = Library::open(folder.path()).unwrap();
    assert_eq!(opened, Opened::Ready);
    let kept = library.record_opened(&story, 4, at(9)).unwrap();
    assert_eq!(kept, Kept { position: Some(place), read_at: Some(at(5)), starred_at: Some(at(6)), known_as: None });
    assert_eq!(
        library.entries(9).unwrap(),
        [Entry {
            row: RowId(1),
            id: story.id.clone(),
            title: "About edition:welcome".into(),
            byline: story.byline.clone(),
            source: story.source.clone(),
            published: None,
            url: story.url.clone(),
            words: 4,
            text: story.body.hash(),
            first_seen: at(0),
            listed_at: at(0),
            opened: Some(at(9)),
            read_at: Some(at(5)),
            starred_at: Some(at(6)),
            progress: 45,
            tags: vec![],
            removed: None,
            changed: None,
            feeds: vec![],
            is_teaser: false,
            enclosures: 0,
            comments: None,
        }]
    );
    library.absorb_marks(&[marked(&story.id, read(None))], &[]).unwrap();
    assert_eq!(library.entries(9).unwrap()[0].read_at, None);
}

#[test]
fn an_article_opens_again_without_its_source() {
    let mut library = Library::in_memory().unwrap();
    let story = Article {
        published: parse_date("10.05.2007").map(Into::into),
        ..article("urn:sha-256:1", "Words, “quoted”.")
    };
    library.record_opened(&story, 2, at(0)).unwrap();
    assert_eq!(library.article(&story.id).unwrap(), Some(story.clone()));
    assert_eq!(library.article(&SourceId::of_edition("none")).unwrap(), None);

    let rewritten = Article { body: Text::new("Other words.".into(), vec![], vec![]), ..story };
    library.record_opened(&rewritten, 2, at(1)).unwrap();
    assert_eq!(library.article(&rewritten.id).unwrap(), Some(rewritten));
}

#[test]
fn words_that_do_not_match_their_hash_are_not_shown_as_the_article() {
    let mut library = Library::in_memory().unwrap();
    let story = article("edition:a", "The words.");
    library.record_opened(&story, 2, at(0)).unwrap();
    library.connection.execute("UPDATE bodies SET body = x'00'", []).unwrap();
    assert!(matches!(library.article(&story.id), Err(LibraryError::Body(title)) if title == story.title));
}

#[test]
fn the_list_goes_by_publication_or_arrival_whichever_is_earlier() {
    let mut library = Library::in_memory().unwrap();
    let dated = |id: &str, day: &str| Article { published: parse_date(day).map(Into::into), ..article(id, id) };
    for (number, story) in [
        dated("old", "1998-09-10"),
        dated("from the future", "2099-01-01"),
        article("undated", "undated"),
        dated("recent", "2007-05-01"),
    ]
    .iter()
    .enumerate()
    {
        library.record_opened(story, 1, at(number as i64)).unwrap();
    }
    assert_eq!(ids(&mut library), ["undated", "from the future", "recent", "old"]);
    library.record_opened(&dated("old", "1998-09-10"), 1, at(90)).unwrap();
    assert_eq!(ids(&mut library), ["undated", "from the future", "recent", "old"], "opening again moves nothing");
    assert_eq!(library.entries(1).unwrap().len(), 1);
}

#[test]
fn a_file_that_moved_takes_its_row_along_and_a_copy_starts_with_what_was_kept() {
    let folder = tempdir().unwrap();
    let (here, there) = (folder.path().join("here.txt"), folder.path().join("there.txt"));
    let story = |path: &Path| Article {
        id: SourceId::of_file(path.to_str().unwrap()),
        ..article("", "The same words in both.")
    };
    let mut library = Library::in_memory().unwrap();
    fs::write(&here, "x").unwrap();
    library.record_opened(&story(&here), 5, at(0)).unwrap();
    library.absorb_marks(&[marked(&story(&here).id, read(Some(at(1))))], &[]).unwrap();

    let copy = library.record_opened(&story(&there), 5, at(2)).unwrap();
    assert_eq!((copy.read_at, copy.known_as), (Some(at(1)), Some(story(&here).id)));
    assert_eq!(library.entries(9).unwrap().len(), 2);

    library.connection.execute("DELETE FROM articles WHERE iri = ?1", [story(&there).id.as_str()]).unwrap();
    fs::remove_file(&here).unwrap();
    let moved = library.record_opened(&story(&there), 5, at(3)).unwrap();
    assert_eq!((moved.read_at, moved.known_as), (Some(at(1)), Some(story(&here).id)));
    assert_eq!(ids(&mut library), [story(&there).id.to_string()]);
    assert_eq!(library.article(&story(&there).id).unwrap(), Some(story(&there)));
    assert_eq!(library.kept(&story(&there).id, story(&there).body.hash()).unwrap().unwrap().known_as, None);
}

#[test]
fn two_articles_without_words_are_two_articles() {
    let mut library = Library::in_memory().unwrap();
    library.record_opened(&article("edition:a", ""), 0, at(0)).unwrap();
    library.absorb_marks(&[marked(&SourceId::of_edition("a"), read(Some(at(1))))], &[]).unwrap();
    assert_eq!(library.record_opened(&article("edition:b", ""), 0, at(2)).unwrap(), Kept::default());
}

#[test]
fn an_unknown_article_is_not_taken_in_by_marking_it() {
    let mut library = Library::in_memory().unwrap();
    let stranger = SourceId::of_edition("stranger");
    library.absorb_marks(&[marked(&stranger, read(Some(at(0))))], &[]).unwrap();
    library.set_position(&stranger, &Position::at(&Text::new("a".into(), vec![], vec![]), 0)).unwrap();
    assert_eq!(library.entries(9).unwrap(), []);
}

/// A mark that says this of an article, without a line of a log.
fn marked(id: &SourceId, state: MarkState) -> AbsorbedMark {
    AbsorbedMark { id: id.clone(), text: None, line: None, state, sets_place: false }
}

fn read(read_at: Option<Timestamp>) -> MarkState {
    MarkState { read_at, ..MarkState::default() }
}

/// Closes a library with `count` articles in `folder`; what is returned is its file.
fn filled(folder: &Path, count: usize) -> std::path::PathBuf {
    let (mut library, _) = Library::open(folder).unwrap();
    for number in 0..count {
        library.record_opened(&article(&format!("edition:{number}"), &format!("Words {number}.")), 2, at(0)).unwrap();
    }
    folder.join("library.db")
}

#[test]
fn garbage_is_set_aside_under_a_free_name_and_never_overwritten() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("library.db");
    for number in 1..=2 {
        let garbage = format!("this is no database {number} ").repeat(500);
        fs::write(&file, &garbage).unwrap();
        fs::write(folder.path().join("library.db-wal"), "left over").unwrap();
        let (mut library, opened) = Library::open(folder.path()).unwrap();
        let aside = folder.path().join(format!("library.db.unreadable-{number}"));
        assert_eq!(opened, Opened::SetAside(aside.clone()));
        assert_eq!(fs::read_to_string(&aside).unwrap(), garbage);
        library.record_opened(&article("edition:a", "Words."), 1, at(0)).unwrap();
        assert_eq!(ids(&mut library), ["edition:a"]);
    }
}

#[test]
fn a_file_cut_short_anywhere_is_set_aside_at_the_latest_when_the_missing_part_is_met() {
    let folder = tempdir().unwrap();
    let file = filled(folder.path(), 40);
    let whole = fs::read(&file).unwrap();
    for cut in (1..whole.len()).step_by(1000) {
        fs::write(&file, &whole[..whole.len() - cut]).unwrap();
        let (mut library, opened) = Library::open(folder.path()).unwrap();
        match library.entries(100) {
            Ok(entries) => assert_eq!(entries.is_empty(), matches!(opened, Opened::SetAside(_)), "{cut}: {opened:?}"),
            Err(error) => assert!(matches!(error, LibraryError::Damaged { .. }), "{cut}: {error}"),
        }
        library.record_opened(&article("edition:new", "Words."), 1, at(0)).ok();
        library.record_opened(&article("edition:new", "Words."), 1, at(0)).unwrap();
    }
    fs::write(&file, "").unwrap();
    assert_eq!(Library::open(folder.path()).unwrap().1, Opened::Fresh);
}

#[test]
fn damage_met_while_running_is_set_aside_and_the_next_call_works() {
    let folder = tempdir().unwrap();
    let file = filled(folder.path(), 400);
    let mut bytes = fs::read(&file).unwrap();
    let length = bytes.len();
    // Every page but the first, which holds header and schema, becomes noise with the look of a table page.
    bytes[4096..length].iter_mut().enumerate().for_each(|(n, byte)| *byte = if n % 4096 == 0 { 13 } else { 0xa5 });
    fs::write(&file, &bytes).unwrap();
    let mut library = match Library::open(folder.path()) {
        Ok((library, Opened::SetAside(_))) => library,
        Ok((mut library, _)) => {
            let error = library.entries(200).unwrap_err();
            assert!(matches!(&error, LibraryError::Damaged { set_aside } if set_aside.exists()), "{error}");
            library
        }
        Err(error) => panic!("{error}"),
    };
    assert_eq!(library.entries(200).unwrap(), []);
    library.record_opened(&article("edition:a", "Words."), 1, at(0)).unwrap();
    assert_eq!(Library::open(folder.path()).unwrap().1, Opened::Ready);
}

#[test]
fn one_damaged_page_in_the_middle_is_met_by_the_query_that_needs_it() {
    let folder = tempdir().unwrap();
    let file = filled(folder.path(), 900);
    let bodies: i64 = {
        let connection = Connection::open(&file).unwrap();
        connection
            .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'articles'", [], |row| row.get(0))
            .unwrap()
    };
    let mut bytes = fs::read(&file).unwrap();
    // The right-most child of the root holds the newest rows; the first child is what the opening look does not touch.
    let root = (bodies as usize - 1) * 8192;
    assert_eq!(bytes[root], 5, "the table is large enough to have an interior root page");
    let cell = root + usize::from(u16::from_be_bytes([bytes[root + 12], bytes[root + 13]]));
    let child = u32::from_be_bytes(bytes[cell..cell + 4].try_into().unwrap()) as usize;
    bytes[(child - 1) * 8192..child * 8192].fill(0xa5);
    fs::write(&file, &bytes).unwrap();

    let (mut library, opened) = Library::open(folder.path()).unwrap();
    assert_eq!(opened, Opened::Ready);
    let error = library.entries(1000).unwrap_err();
    assert!(matches!(&error, LibraryError::Damaged { set_aside } if fs::read(set_aside).unwrap() == bytes), "{error}");
    assert_eq!(library.entries(1000).unwrap(), []);
}

#[test]
fn a_newer_library_is_read_and_not_changed() {
    let folder = tempdir().unwrap();
    let file = filled(folder.path(), 2);
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let (mut library, opened) = Library::open(folder.path()).unwrap();
    assert_eq!(opened, Opened::ReadOnlyNewer);
    assert!(library.is_read_only());
    assert_eq!(library.entries(9).unwrap().len(), 2);
    let story = library.article(&SourceId::of_edition("1")).unwrap().unwrap();
    assert_eq!(library.record_opened(&story, 2, at(50)).unwrap(), Kept::default());
    assert!(matches!(library.absorb_marks(&[marked(&story.id, read(Some(at(51))))], &[]), Err(LibraryError::ReadOnly)));
    assert_eq!(library.entries(9).unwrap()[0].opened, Some(at(0)));
    assert!(library.connection.execute("DELETE FROM articles", []).is_err());
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("library.db");
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE books (id)").unwrap();
    let before = fs::read(&file).unwrap();
    assert!(matches!(Library::open(folder.path()), Err(LibraryError::Foreign(path)) if path == file));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_folder_in_the_place_of_the_file_or_a_file_in_the_place_of_the_folder_is_an_error() {
    let folder = tempdir().unwrap();
    fs::create_dir_all(folder.path().join("library.db")).unwrap();
    assert!(Library::open(folder.path()).is_err());
    assert!(folder.path().join("library.db").is_dir(), "nothing is set aside");
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(Library::open(&file).is_err());
}

#[test]
fn the_file_is_the_readers_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let data = folder.path().join("new/data");
    filled(&data, 1);
    assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(data.join("library.db")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_full_disk_is_named_and_what_was_kept_stays() {
    let folder = tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    library.record_opened(&article("edition:a", "Words."), 1, at(0)).unwrap();
    let pages: i64 = library.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let _limit: i64 =
        library.connection.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0)).unwrap();
    let noise: String = (0..500).map(|n| TextHash::of(&format!("{n}")).to_string()).collect();
    let error = library.record_opened(&article("edition:b", &noise), 1, at(1)).unwrap_err();
    assert!(matches!(error, LibraryError::DiskFull(_)), "{error}");
    assert!(error.to_string().contains("full") && error.hint().is_some());
    assert_eq!(ids(&mut library), ["edition:a"]);
    library.absorb_marks(&[marked(&SourceId::of_edition("a"), read(Some(at(2))))], &[]).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    filled(folder.path(), 1);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // The administrator may write everywhere, so there is nothing to see.
    if fs::write(folder.path().join("probe"), "").is_err() {
        let error = Library::open(folder.path()).unwrap_err();
        assert!(matches!(&error, LibraryError::Denied(path) if path.ends_with("library.db")), "{error}");
        assert!(Library::open(&folder.path().join("inside")).is_err());
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(Library::open(folder.path()).unwrap().1, Opened::Ready);
}

#[test]
fn programs_that_start_at_once_and_write_at_once_lose_nothing() {
    const PROGRAMS: usize = 4;
    const ARTICLES: usize = 40;
    let folder = tempdir().unwrap();
    let start = std::sync::Barrier::new(PROGRAMS);
    let opened: Vec<Opened> = std::thread::scope(|scope| {
        let programs: Vec<_> = (0..PROGRAMS)
            .map(|program| {
                let (folder, start) = (folder.path(), &start);
                scope.spawn(move || {
                    start.wait();
                    let (mut library, opened) = Library::open(folder).unwrap();
                    for number in 0..ARTICLES {
                        let own = article(&format!("edition:{program}-{number}"), &format!("{program} {number}"));
                        library.record_opened(&own, 2, at(number as i64)).unwrap();
                        library.absorb_marks(&[marked(&own.id, read(Some(at(1))))], &[]).unwrap();
                        let shared = article("edition:shared", "Everybody's words.");
                        library.record_opened(&shared, 2, at(number as i64)).unwrap();
                    }
                    opened
                })
            })
            .collect();
        programs.into_iter().map(|program| program.join().unwrap()).collect()
    });
    assert_eq!(opened.iter().filter(|opened| **opened == Opened::Fresh).count(), 1, "{opened:?}");
    let (mut library, _) = Library::open(folder.path()).unwrap();
    let entries = library.entries(1000).unwrap();
    assert_eq!(entries.len(), PROGRAMS * ARTICLES + 1);
    assert_eq!(entries.iter().filter(|entry| entry.read_at.is_some()).count(), PROGRAMS * ARTICLES);
}

#[test]
fn of_programs_that_start_on_garbage_at_once_one_sets_it_aside() {
    const PROGRAMS: usize = 4;
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("library.db"), "garbage ".repeat(2000)).unwrap();
    let start = std::sync::Barrier::new(PROGRAMS);
    let opened: Vec<Opened> = std::thread::scope(|scope| {
        let programs: Vec<_> = (0..PROGRAMS)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    Library::open(folder.path()).unwrap().1
                })
            })
            .collect();
        programs.into_iter().map(|program| program.join().unwrap()).collect()
    });
    assert_eq!(opened.iter().filter(|opened| matches!(opened, Opened::SetAside(_))).count(), 1, "{opened:?}");
    assert!(!folder.path().join("library.db.unreadable-2").exists());
}

#[test]
fn a_pipe_or_device_in_the_place_of_the_database_is_named_and_left() {
    use std::os::unix::fs::symlink;
    for name in ["library.db", "library.db-wal", "library.db-shm", "library.db-journal"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        for plant in [|path: &Path| crate::testing::make_pipe(path), |path: &Path| symlink("/dev/zero", path).unwrap()]
        {
            plant(&path);
            let error = Library::open(folder.path()).err().unwrap();
            assert!(error.to_string().contains(name) && error.hint().is_some(), "{error}");
            assert!(!fs::symlink_metadata(&path).unwrap().is_file());
            fs::remove_file(&path).unwrap();
        }
    }
}

#[test]
fn whoever_holds_the_folder_is_waited_for_as_long_as_said_and_no_longer() {
    let folder = tempdir().unwrap();
    let patience = Duration::from_millis(30);
    let held = fs::File::open(folder.path()).unwrap();
    held.lock().unwrap();
    let error = Library::open_within(folder.path(), patience).unwrap_err();
    assert!(matches!(error, LibraryError::Busy(waited) if waited == patience), "{error}");
    assert!(error.to_string().contains("0.03 s") && error.hint().is_some(), "{error}");
    // Not by closing it: a program that another test is just starting has it open, too.
    held.unlock().unwrap();
    assert_eq!(Library::open_within(folder.path(), patience).unwrap().1, Opened::Fresh);
    // One that only needs to be opened asks for no lock.
    let held = fs::File::open(folder.path()).unwrap();
    held.lock().unwrap();
    assert_eq!(Library::open_within(folder.path(), patience).unwrap().1, Opened::Ready);
}

#[test]
fn a_database_that_is_held_is_waited_for_in_all_as_long_as_said() {
    let folder = tempdir().unwrap();
    let other = Connection::open(folder.path().join("library.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let patience = Duration::from_millis(30);
    let start = std::time::Instant::now();
    assert!(matches!(Library::open_within(folder.path(), patience), Err(LibraryError::Busy(_))));
    // What waits too long waits at least as long as the usual.
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn who_was_waited_for_in_vain_is_not_waited_for_as_long_again() {
    let folder = tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    library.wait_for_others(Duration::from_millis(20));
    let other = Connection::open(folder.path().join("library.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let story = article("edition:welcome", "One sentence.");
    for _ in 0..2 {
        assert!(matches!(library.record_opened(&story, 2, at(0)), Err(LibraryError::Busy(_))));
        assert_eq!(library.patience, SHORT);
    }
    assert!(library.entries(10).unwrap().is_empty(), "it can be read");
    assert_eq!(library.patience, SHORT);
    other.execute_batch("ROLLBACK").unwrap();
    library.record_opened(&story, 2, at(0)).unwrap();
    assert_eq!(library.patience, PATIENCE);
}

#[test]
fn the_first_change_while_the_library_is_held_is_kept_whole_or_not_at_all() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let folder = tempdir().unwrap();
    let mut library = Library::open(folder.path()).unwrap().0;
    let mut other = Library::open(folder.path()).unwrap().0;
    let folders = |library: &mut Library| library.folders().unwrap().len();
    let add = |connection: &Connection, name: &str| {
        connection.execute("INSERT INTO folders VALUES (?1, 1)", [format!("file:///{name}")])
    };
    assert!(library.hold());
    let failed = library.write(|connection| add(connection, "a").and_then(|_| add(connection, "a")));
    assert!(failed.is_err());
    library.release().unwrap();
    assert_eq!(folders(&mut other), 0);
    // Nor does a panic leave half of it, or keep others away.
    assert!(library.hold());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        library.write(|connection| -> rusqlite::Result<()> {
            add(connection, "b")?;
            panic!("made to panic")
        })
    }));
    assert!(panicked.is_err());
    library.release().unwrap();
    assert_eq!(folders(&mut other), 0);
    other.write(|connection| add(connection, "c")).unwrap();
    // A later one is taken back alone.
    assert!(library.hold());
    library.write(|connection| add(connection, "d")).unwrap();
    assert!(library.write(|connection| add(connection, "e").and_then(|_| add(connection, "d"))).is_err());
    library.release().unwrap();
    assert_eq!(folders(&mut other), 2);
}
