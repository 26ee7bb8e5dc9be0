//! Libraries that older versions made.

use super::super::{body, migrations};
use super::*;
use crate::query::{Around, ArticleQuery, Condition, Order, Scope};

/// A library as version 2 of the schema had it, with articles in it, and its file.
fn old(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("library.db");
    let mut connection = Connection::open(&file).unwrap();
    let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).unwrap();
    migrations::make_old(&mut connection, 2);
    for number in 0..1200_i64 {
        let story = article(&format!("file:///news/story-{number}.txt"), &format!("Words {number}."));
        connection
            .execute(
                "INSERT INTO articles (iri, title, byline, source, published, words, text_hash, listed_at, added_at,
                                       opened_at, read_at, place_byte, place_length, place_text, place_quote)
                 VALUES (?1, ?2, 'Ana Brandt', 'clippings', '2007-05-10', 2, ?3, ?4, ?4, ?5, ?6, 3, 9, ?3, 'ds')",
                rusqlite::params![
                    story.id.as_str(),
                    format!("“Story {number}”"),
                    story.body.hash().as_bytes(),
                    at(number).as_millisecond(),
                    at(5000 - number).as_millisecond(),
                    (number % 2 == 0).then(|| at(9000).as_millisecond()),
                ],
            )
            .unwrap();
        let row = connection.last_insert_rowid();
        // As it was packed then.
        let json = format!(r#"{{"t":"Words {number}.","b":[["p",0,{}]]}}"#, story.body.as_str().len());
        let packed = zstd::bulk::compress(json.as_bytes(), 6).unwrap();
        connection.execute("INSERT INTO bodies VALUES (?1, ?2)", (row, packed)).unwrap();
        connection.execute("INSERT INTO history (article, at) VALUES (?1, 1)", [row]).unwrap();
    }
    connection.execute("INSERT INTO anchors VALUES ('b', 'orphan')", []).unwrap();
    file
}

#[test]
fn an_older_library_becomes_a_newer_one_and_a_copy_is_kept() {
    let folder = tempdir().unwrap();
    old(folder.path());
    let (mut library, opened) = Library::open(folder.path()).unwrap();
    assert_eq!(opened, Opened::Ready);
    let mut reader = library.reader().unwrap();
    let top = reader.window(&ArticleQuery::default(), Order::Newest, Around::Top, 1).unwrap();
    assert_eq!((top.total, top.before), (1200, 0));
    let newest = &top.entries[0];
    assert_eq!((newest.title.as_str(), newest.first_seen, newest.progress), ("“Story 1199”", at(1199), 33));
    assert_eq!((newest.opened, newest.removed, newest.is_read()), (Some(at(5000 - 1199)), None, false));
    let last = reader.last_read().unwrap().unwrap();
    assert_eq!(last.title, "“Story 0”", "the one that was opened last");
    assert!(library.article(&last.id).unwrap().unwrap().body.as_str() == "Words 0.");
    assert_eq!(reader.counts(&ArticleQuery::default()).unwrap().unindexed, 1200);
    let word = |word: &str| ArticleQuery { condition: Condition::words(Scope::Everywhere, word) };
    assert_eq!(reader.rows_matching(&word("words")).unwrap(), [], "the text is indexed later");
    while library.index_next(500).unwrap() > 0 {}
    assert_eq!(reader.rows_matching(&word("words")).unwrap().len(), 1200);
    let packed: Vec<u8> =
        library.connection.query_row("SELECT body FROM bodies WHERE article = 7", [], |row| row.get(0)).unwrap();
    assert!(body::is_current(&packed), "bodies are packed as they are now");
    let words = [(Scope::File, "story"), (Scope::Title, "1100"), (Scope::Author, "bra")];
    let query =
        ArticleQuery { condition: Condition::All(words.map(|(scope, words)| Condition::words(scope, words)).into()) };
    assert_eq!(reader.rows_matching(&query).unwrap(), [RowId(1101)]);
    let named = reader.window(&ArticleQuery::default(), Order::Name, Around::Top, 2).unwrap();
    let titles: Vec<&str> = named.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["“Story 0”", "“Story 1”"]);
    let anchors: i64 = library.connection.query_row("SELECT count(*) FROM anchors", [], |row| row.get(0)).unwrap();
    assert_eq!(anchors, 1);

    let copy = folder.path().join(format!("library.db.before-{}", migrations::newest()));
    let before = Connection::open(&copy).unwrap();
    let (count, version): (i64, i64) = before
        .query_row("SELECT count(opened_at), (SELECT user_version FROM pragma_user_version) FROM articles", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!((count, version), (1200, 2), "what was in the write-ahead log is in the copy");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&copy).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        fs::read_dir(folder.path())
            .unwrap()
            .filter(|file| { file.as_ref().unwrap().file_name().to_string_lossy().contains("before") })
            .count(),
        1
    );
}

#[test]
fn a_copy_that_cannot_be_made_leaves_the_old_library_as_it_is() {
    let folder = tempdir().unwrap();
    let file = old(folder.path());
    // A folder in the place of the copy.
    let copy = folder.path().join(format!("library.db.before-{}", migrations::newest()));
    fs::create_dir_all(copy.join("inside")).unwrap();
    assert!(Library::open(folder.path()).is_err());
    assert!(!folder.path().join(format!("library.db.before-{}.part", migrations::newest())).exists());
    let connection = Connection::open(&file).unwrap();
    let count: i64 = connection.query_row("SELECT count(opened_at) FROM articles", [], |row| row.get(0)).unwrap();
    assert_eq!((count, migrations::made(&connection).unwrap()), (1200, migrations::Made::Older));
    drop(connection);
    fs::remove_dir_all(&copy).unwrap();
    // One of an earlier attempt, whole or not, gives way.
    fs::write(&copy, "an earlier attempt").unwrap();
    assert_eq!(Library::open(folder.path()).unwrap().1, Opened::Ready);
    assert!(fs::metadata(&copy).unwrap().len() > 100_000);
}

#[test]
fn a_step_that_fails_leaves_the_old_library_as_it_is() {
    let folder = tempdir().unwrap();
    let file = old(folder.path());
    let connection = Connection::open(&file).unwrap();
    // Something of that name is in the way of the step.
    connection.execute_batch("CREATE TABLE folders (id)").unwrap();
    assert!(Library::open(folder.path()).is_err());
    let count: i64 = connection.query_row("SELECT count(opened_at) FROM articles", [], |row| row.get(0)).unwrap();
    assert_eq!((count, migrations::made(&connection).unwrap()), (1200, migrations::Made::Older));
}

#[test]
fn of_programs_that_bring_a_library_up_to_date_at_once_all_find_it_so() {
    let folder = tempdir().unwrap();
    old(folder.path());
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let (mut library, opened) = Library::open(folder.path()).unwrap();
                assert_eq!((opened, library.entries(9999).unwrap().len()), (Opened::Ready, 1200));
            });
        }
    });
}

#[test]
fn a_library_without_feeds_gets_them_and_its_articles_are_known_to_them() {
    use crate::feed::{EntryArrival, FeedArrivals, FeedState};

    let folder = tempdir().unwrap();
    let mut connection = Connection::open(folder.path().join("library.db")).unwrap();
    migrations::make_old(&mut connection, 4);
    let page = Article { url: Some("https://a.example/x".into()), ..article("https://a.example/x", "Words.") };
    connection
        .execute(
            "INSERT INTO articles (iri, title, words, text_hash, listed_at, first_seen, opened, read_at)
             VALUES (?1, 'Old', 1, ?2, 5, 5, 6, 7)",
            rusqlite::params![page.id.as_str(), page.body.hash().as_bytes()],
        )
        .unwrap();
    connection.execute("INSERT INTO bodies VALUES (1, ?1)", [body::encode(&page.body).unwrap()]).unwrap();
    drop(connection);
    let (mut library, opened) = Library::open(folder.path()).unwrap();
    assert_eq!(opened, Opened::Ready);
    let before = library.entries(9).unwrap().remove(0);
    assert_eq!((before.changed, before.is_teaser, before.feeds.len(), before.is_read()), (None, false, 0, true));
    let entry = EntryArrival {
        article: page.into(),
        words: 1,
        guid: None,
        comments: None,
        enclosures: vec![],
        is_teaser: false,
    };
    let arrivals = FeedArrivals {
        feed: "https://a.example/feed".into(),
        state: FeedState::default(),
        entries: vec![entry],
        tags: vec![],
    };
    assert!(library.arrive_from_feed(&arrivals, at(0)).unwrap().new.is_empty());
    let counts = library.reader().unwrap().feed_counts().unwrap();
    assert_eq!((counts.len(), counts[0].1.total, counts[0].1.unread), (1, 1, 0));
    // The words are not indexed yet in such a library.
    assert_eq!(library.check().unwrap(), Check { unfindable: 1, ..Check::default() });
}
