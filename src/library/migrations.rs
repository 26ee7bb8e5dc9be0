//! The schema of `library.db`, as the steps that lead to it.
//!
//! `user_version` counts the steps a database has gone through. A step is never changed once released; a new need is a
//! new step at the end. Times are milliseconds since 1970, days are ISO dates.

use rusqlite::{Connection, Transaction};

/// Marks the file as ours in its header (`PRAGMA application_id`): `DtLn` in ASCII.
const APPLICATION_ID: i64 = 0x4474_4c6e;

/// Each step takes a database from version `index` to `index + 1`.
const STEPS: &[&str] = &[
    // 1: what was opened, read and starred, and the place in it. The words lie in a table of their own, so that the
    // list never reads over them. `listed_at` is the day it was published, or when it came if that is earlier or
    // unknown; the index on it serves the list.
    "CREATE TABLE articles (
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
    // 2: whether bookmarks were found when their articles were last read.
    "CREATE TABLE anchors (
        bookmark TEXT PRIMARY KEY,
        state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
];

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

/// Reads who made the database. Fails on a file that is no database.
pub(super) fn made(connection: &Connection) -> rusqlite::Result<Made> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let newest = super::to_sql(STEPS.len());
    if application != APPLICATION_ID {
        let things: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        return Ok(if application == 0 && version == 0 && things == 0 { Made::Empty } else { Made::Foreign });
    }
    Ok(match version.cmp(&newest) {
        std::cmp::Ordering::Less => Made::Older,
        std::cmp::Ordering::Equal => Made::Current,
        std::cmp::Ordering::Greater => Made::Newer,
    })
}

/// Takes the steps that are missing, inside the caller's transaction: all or nothing.
pub(super) fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(super::from_sql(version)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", super::to_sql(STEPS.len()))
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
}
