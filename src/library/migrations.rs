//! The schema of `library.db`, as the steps that lead to it.
//!
//! `user_version` counts the steps a database has gone through. A step is never changed once released; a new need is a
//! new step at the end. Times are milliseconds since 1970, days are ISO dates.

use rusqlite::{Connection, Transaction};

use super::words;

/// Marks the file as ours in its header (`PRAGMA application_id`): `DtLn` in ASCII.
const APPLICATION_ID: i64 = 0x4474_4c6e;

/// What takes a database from one version to the next.
struct Step {
    schema: &'static str,
    /// Fills what SQL alone cannot.
    fill: Option<fn(&Connection) -> rusqlite::Result<()>>,
}

/// Each step takes a database from version `index` to `index + 1`.
const STEPS: &[Step] = &[
    // 1: what was opened, read and starred, and the place in it. The words lie in a table of their own, so that the
    // list never reads over them. `listed_at` is the day it was published, or when it came if that is earlier or
    // unknown; the index on it serves the list.
    Step {
        schema: "CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        iri TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        byline TEXT,
        published TEXT,
        source TEXT,
        url TEXT,
        language TEXT,
        words INTEGER NOT NULL,
        text_hash BLOB NOT NULL,
        listed_at INTEGER NOT NULL,
        added_at INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        read_at INTEGER,
        starred_at INTEGER,
        place_byte INTEGER,
        place_length INTEGER,
        place_text BLOB,
        place_quote TEXT
    ) STRICT;
    CREATE INDEX articles_listed ON articles (listed_at DESC, id DESC);
    CREATE INDEX articles_text ON articles (text_hash);
    CREATE TABLE bodies (
        article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
        body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE history (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX history_article ON history (article);",
        fill: None,
    },
    // 2: whether bookmarks were found when their articles were last read.
    Step {
        schema: "CREATE TABLE anchors (
        bookmark TEXT PRIMARY KEY,
        state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
        fill: None,
    },
    // 3: every article that arrived, opened or not. What the reader did to them is a cache of the mark logs: `marks`
    // holds a line for every id, known here or not, with its values beside it, and the articles a copy of the values
    // that count for them. Each index serves one way to walk the list, without what was removed; it has the columns of
    // its own condition, because SQLite asks for them again and would read the row for it. `article_words` finds
    // by the beginnings of words; it keeps no text (`contentless`) and no positions (`detail`), so it stays small.
    Step {
        schema: "ALTER TABLE articles RENAME COLUMN added_at TO first_seen;
    ALTER TABLE articles ADD COLUMN opened INTEGER;
    UPDATE articles SET opened = opened_at;
    ALTER TABLE articles DROP COLUMN opened_at;
    ALTER TABLE articles ADD COLUMN removed INTEGER;
    ALTER TABLE articles ADD COLUMN published_at INTEGER;
    ALTER TABLE articles ADD COLUMN sort_title TEXT NOT NULL DEFAULT '';
    ALTER TABLE articles ADD COLUMN file_name TEXT;
    ALTER TABLE articles ADD COLUMN file_size INTEGER;
    ALTER TABLE articles ADD COLUMN file_modified INTEGER;
    DROP TABLE history;
    DROP INDEX articles_listed;
    CREATE INDEX articles_listed ON articles (listed_at DESC, id DESC, removed) WHERE removed IS NULL;
    CREATE INDEX articles_unread ON articles (listed_at DESC, id DESC, removed, read_at)
        WHERE removed IS NULL AND read_at IS NULL;
    CREATE INDEX articles_read ON articles (listed_at DESC, id DESC, removed, read_at)
        WHERE removed IS NULL AND read_at IS NOT NULL;
    CREATE INDEX articles_starred ON articles (listed_at DESC, id DESC, removed, starred_at)
        WHERE removed IS NULL AND starred_at IS NOT NULL;
    CREATE INDEX articles_named ON articles (sort_title, id, removed) WHERE removed IS NULL;
    CREATE INDEX articles_opened ON articles (opened DESC) WHERE removed IS NULL AND opened IS NOT NULL;
    CREATE TABLE tags (
        article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        tag TEXT NOT NULL,
        folded TEXT NOT NULL,
        PRIMARY KEY (article, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_folded ON tags (folded, article);
    CREATE TABLE marks (
        id INTEGER PRIMARY KEY,
        iri TEXT NOT NULL UNIQUE,
        text_hash BLOB,
        line TEXT NOT NULL,
        read_at INTEGER,
        starred_at INTEGER,
        removed INTEGER,
        tags TEXT,
        place_byte INTEGER,
        place_length INTEGER,
        place_text BLOB,
        place_quote TEXT
    ) STRICT;
    CREATE INDEX marks_text ON marks (substr(text_hash, 1, 8));
    CREATE TABLE log_positions (
        name TEXT PRIMARY KEY,
        file INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        lines INTEGER NOT NULL,
        fingerprint INTEGER NOT NULL,
        superfluous INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE folders (
        iri TEXT PRIMARY KEY,
        added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE article_words USING fts5 (
        title, byline, source, file,
        content = '', contentless_delete = 1, detail = 'column', prefix = '1 2 3', tokenize = 'ascii'
    );",
        fill: Some(words::index_all),
    },
    // 4: all words of articles. `article_text` keeps where in an article each word stands (`detail = 'full'`), for phrases
    // and for words of one field, and no text; `article_words` stays the small index of the beginnings of words. What
    // waits to be put into the large one is in `unindexed`: at first everything that is there. `bookmarked` is a copy of
    // how many passages of each article are kept. The text is the first column because FTS5 writes the number of every
    // other one beside each word of each article (https://sqlite.org/fts5.html, §7.1): a quarter of the index.
    Step {
        schema: "CREATE VIRTUAL TABLE article_text USING fts5 (
        body, title, byline, source, file,
        content = '', contentless_delete = 1, detail = 'full', tokenize = 'ascii'
    );
    CREATE TABLE unindexed (
        article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
        listed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX unindexed_newest ON unindexed (listed_at DESC, article DESC);
    INSERT INTO unindexed SELECT id, listed_at FROM articles WHERE removed IS NULL;
    CREATE TABLE bookmarked (
        iri TEXT PRIMARY KEY,
        passages INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;",
        fill: None,
    },
    // 5: feeds. `feed_entries` has what each entry is recognised by when it comes again (`feed::EntryKeys`), as the first
    // 64 bits of hashes, and its article; none where that was pruned or dropped, so that it does not come back. An
    // article of several feeds has an entry in each. `feeds.total` and `feeds.unread` count the articles of a feed that
    // are listed, and are kept right by the triggers: a list of two hundred feeds has no time to count. What a feed said
    // lies in `content` of its article, so that words which came from elsewhere are told from older ones of the feed; while
    // `bodies` has those of the page of a teaser, `teasers` has what the feed says.
    Step { schema: FEEDS, fill: None },
    // 6: the large index is written in fewer pieces, of up to 4 MiB of words, and merges eight of them instead of four: a
    // word of a million articles is written anew half as often (https://sqlite.org/fts5.html, §6.1 and §6.7).
    Step {
        schema: "INSERT INTO article_text (article_text, rank) VALUES ('hashsize', 4194304);
    INSERT INTO article_text (article_text, rank) VALUES ('automerge', 8);",
        fill: None,
    },
];

const FEEDS: &str = "ALTER TABLE articles ADD COLUMN content INTEGER;
    ALTER TABLE articles ADD COLUMN changed_at INTEGER;
    ALTER TABLE articles ADD COLUMN is_teaser INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE articles ADD COLUMN comments TEXT;
    CREATE INDEX articles_changed ON articles (id, removed, changed_at)
        WHERE removed IS NULL AND changed_at IS NOT NULL;
    CREATE INDEX articles_teasers ON articles (id, removed, is_teaser) WHERE removed IS NULL AND is_teaser = 1;
    CREATE TABLE feeds (
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE,
        name TEXT,
        title TEXT,
        home TEXT,
        etag BLOB,
        last_modified BLOB,
        body_hash BLOB,
        ttl INTEGER,
        skip_hours BLOB NOT NULL DEFAULT x'',
        checked_at INTEGER,
        fetched_at INTEGER,
        due_at INTEGER,
        held_until INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        problem TEXT,
        is_gone INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE feed_entries (
        id INTEGER PRIMARY KEY,
        feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
        article INTEGER,
        guid INTEGER,
        link INTEGER,
        title INTEGER NOT NULL,
        content INTEGER NOT NULL,
        is_long INTEGER NOT NULL,
        published INTEGER,
        first_seen INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX feed_entries_articles ON feed_entries (feed, article);
    CREATE INDEX feed_entries_feeds ON feed_entries (article, feed) WHERE article IS NOT NULL;
    CREATE INDEX feed_entries_content ON feed_entries (content) WHERE is_long AND article IS NOT NULL;
    CREATE INDEX feed_entries_title ON feed_entries (title) WHERE is_long AND article IS NOT NULL;
    CREATE TABLE teasers (
        article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
        body BLOB NOT NULL,
        words INTEGER NOT NULL,
        text_hash BLOB NOT NULL
    ) STRICT;
    CREATE TABLE enclosures (
        article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        place INTEGER NOT NULL,
        url TEXT NOT NULL,
        media_type TEXT,
        length INTEGER,
        PRIMARY KEY (article, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER feed_entry_comes AFTER INSERT ON feed_entries WHEN NEW.article IS NOT NULL BEGIN
        UPDATE feeds SET
            total = total + (SELECT removed IS NULL FROM articles WHERE id = NEW.article),
            unread = unread + (SELECT removed IS NULL AND read_at IS NULL FROM articles WHERE id = NEW.article)
        WHERE id = NEW.feed;
    END;
    CREATE TRIGGER feed_entry_goes BEFORE DELETE ON feed_entries WHEN OLD.article IS NOT NULL BEGIN
        UPDATE feeds SET
            total = total - coalesce((SELECT removed IS NULL FROM articles WHERE id = OLD.article), 0),
            unread = unread
                - coalesce((SELECT removed IS NULL AND read_at IS NULL FROM articles WHERE id = OLD.article), 0)
        WHERE id = OLD.feed;
    END;
    CREATE TRIGGER feed_article_marked AFTER UPDATE OF read_at, removed ON articles
        WHEN (OLD.removed IS NULL) <> (NEW.removed IS NULL) OR (OLD.read_at IS NULL) <> (NEW.read_at IS NULL) BEGIN
        UPDATE feeds SET
            total = total + (NEW.removed IS NULL) - (OLD.removed IS NULL),
            unread = unread + (NEW.removed IS NULL AND NEW.read_at IS NULL) - (OLD.removed IS NULL AND OLD.read_at IS NULL)
        WHERE id IN (SELECT feed FROM feed_entries WHERE article = NEW.id);
    END;
    CREATE TRIGGER feed_article_goes BEFORE DELETE ON articles BEGIN
        UPDATE feeds SET
            total = total - (OLD.removed IS NULL),
            unread = unread - (OLD.removed IS NULL AND OLD.read_at IS NULL)
        WHERE id IN (SELECT feed FROM feed_entries WHERE article = OLD.id);
        UPDATE feed_entries SET article = NULL WHERE article = OLD.id;
    END;";

/// What the header of a database says about who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// Nothing is in it yet.
    Empty,
    /// By this version of the program.
    Current,
    /// By an older version.
    Older,
    /// By a newer version.
    Newer,
    /// By some other program.
    Foreign,
}

/// The version that [`migrate`] leads to.
pub(super) fn newest() -> usize {
    STEPS.len()
}

/// Reads who made the database. Fails on a file that is no database.
pub(super) fn made(connection: &Connection) -> rusqlite::Result<Made> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    if application != APPLICATION_ID {
        let things: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        return Ok(if application == 0 && version == 0 && things == 0 { Made::Empty } else { Made::Foreign });
    }
    Ok(match version.cmp(&super::to_sql(newest())) {
        std::cmp::Ordering::Less => Made::Older,
        std::cmp::Ordering::Equal => Made::Current,
        std::cmp::Ordering::Greater => Made::Newer,
    })
}

/// Takes the steps that are missing, inside the caller's transaction: all or nothing.
pub(super) fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    take_steps(transaction, newest())
}

fn take_steps(transaction: &Transaction<'_>, target: usize) -> rusqlite::Result<()> {
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().take(target).skip(super::from_sql(version)) {
        transaction.execute_batch(step.schema)?;
        if let Some(fill) = step.fill {
            fill(transaction)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", super::to_sql(target))
}

/// Brings an empty database to an old version, for tests of what happens to it.
#[cfg(test)]
pub(super) fn make_old(connection: &mut Connection, version: usize) {
    super::in_transaction(connection, |transaction| take_steps(transaction, version)).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_without_tables_becomes_current_and_stays_so() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(made(&connection).unwrap(), Made::Empty);
        for _ in 0..2 {
            super::super::in_transaction(&mut connection, migrate).unwrap();
            assert_eq!(made(&connection).unwrap(), Made::Current);
        }
    }

    #[test]
    fn the_database_of_another_program_is_recognised() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE books (id)").unwrap();
        assert_eq!(made(&connection).unwrap(), Made::Foreign);
    }

    #[test]
    fn every_way_to_walk_the_list_has_its_index() {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::in_transaction(&mut connection, migrate).unwrap();
        let plan = |sql: &str| -> String {
            let mut query = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = query.query_map([], |row| row.get::<_, String>("detail")).unwrap();
            steps.map(Result::unwrap).collect::<Vec<_>>().join("; ")
        };
        let walk = "SELECT id FROM articles INDEXED BY";
        let newest = "AND (listed_at, id) < (1, 2) ORDER BY listed_at DESC, id DESC";
        for (sql, index) in [
            (format!("{walk} articles_listed WHERE removed IS NULL {newest}"), "COVERING INDEX articles_listed"),
            (
                format!("{walk} articles_unread WHERE removed IS NULL AND read_at IS NULL {newest}"),
                "COVERING INDEX articles_unread",
            ),
            (
                format!("{walk} articles_read WHERE removed IS NULL AND read_at IS NOT NULL {newest}"),
                "COVERING INDEX articles_read",
            ),
            (
                format!("{walk} articles_starred WHERE removed IS NULL AND starred_at IS NOT NULL {newest}"),
                "COVERING INDEX articles_starred",
            ),
            (
                format!(
                    "{walk} articles_named WHERE removed IS NULL AND (sort_title, id) > ('a', 2) ORDER BY sort_title, id"
                ),
                "COVERING INDEX articles_named",
            ),
            (
                "SELECT id FROM articles WHERE removed IS NULL AND opened IS NOT NULL ORDER BY opened DESC LIMIT 1"
                    .to_owned(),
                "INDEX articles_opened",
            ),
        ] {
            let sql = sql.as_str();
            assert!(plan(sql).contains(index) && !plan(sql).contains("TEMP B-TREE"), "{sql}: {}", plan(sql));
        }
    }
}
