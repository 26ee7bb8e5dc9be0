//! Whether everything in the library fits together, for whoever asks after its health.

use rusqlite::Connection;

use super::{Library, LibraryError, body, from_sql, text_index};

/// What a look through the whole library found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// What SQLite says is wrong with the file.
    pub fault: Option<String>,
    /// What is wrong with the indexes of words.
    pub index_fault: Option<String>,
    /// Articles that wait for their words to be indexed.
    pub unindexed: usize,
    /// Articles that are in the list, in neither index of words, and wait for none.
    pub unfindable: usize,
    /// Articles whose words are not there, or cannot be unpacked.
    pub unreadable: usize,
    /// Feeds that have lost articles, or count more or fewer than they have.
    pub miscounted: usize,
}

impl Library {
    /// Looks through the whole library. Takes seconds for a gigabyte.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn check(&mut self) -> Result<Check, LibraryError> {
        self.read(|connection| {
            let (fault, index_fault) = faults(connection)?;
            Ok(Check {
                fault,
                index_fault,
                unindexed: text_index::count_waiting(connection)?,
                unfindable: unfindable(connection)?,
                unreadable: unreadable(connection)?,
                miscounted: miscounted(connection)?,
            })
        })
    }

    /// Counts the articles of all feeds anew. Those that are lost are forgotten: their feeds bring them again as soon as
    /// they change.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn count_feeds_anew(&mut self) -> Result<(), LibraryError> {
        self.write(|transaction| {
            transaction.execute(&format!("DELETE FROM feed_entries WHERE {LOST}"), [])?;
            transaction.execute(&format!("UPDATE feeds SET total = ({TOTAL}), unread = ({UNREAD})"), []).map(drop)
        })
    }

    /// Has the words of all articles indexed anew, with those of the newest first ([`Library::index_next`]).
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn index_anew(&mut self) -> Result<(), LibraryError> {
        self.write(text_index::begin_anew)
    }
}

/// Counts the articles of one feed anew.
pub(super) fn count_feed(connection: &Connection, address: &str) -> rusqlite::Result<()> {
    let count = format!("UPDATE feeds SET total = ({TOTAL}), unread = ({UNREAD}) WHERE address = ?1");
    connection.prepare_cached(&count)?.execute([address]).map(drop)
}

/// What SQLite says is wrong with the file, and with the indexes of words, which it asks too.
pub(super) fn faults(connection: &Connection) -> rusqlite::Result<(Option<String>, Option<String>)> {
    let faults: Vec<String> = connection
        .prepare("PRAGMA quick_check(20)")?
        .query_map([], |row| row.get(0))?
        .filter(|told| !matches!(told, Ok(told) if told == "ok"))
        .collect::<rusqlite::Result<_>>()?;
    let (of_index, of_file): (Vec<String>, Vec<String>) =
        faults.into_iter().partition(|fault| fault.to_ascii_lowercase().contains("fts5"));
    Ok((of_file.into_iter().next(), of_index.into_iter().next()))
}

fn unfindable(connection: &Connection) -> rusqlite::Result<usize> {
    let sql = "SELECT count(*) FROM articles WHERE removed IS NULL AND (
        NOT EXISTS (SELECT 1 FROM article_words_docsize AS indexed WHERE indexed.id = articles.id)
        OR NOT EXISTS (SELECT 1 FROM article_text_docsize AS indexed WHERE indexed.id = articles.id)
            AND NOT EXISTS (SELECT 1 FROM unindexed WHERE article = articles.id))";
    connection.query_row(sql, [], |row| row.get(0)).map(from_sql)
}

/// The entries of feeds whose article is not there.
const LOST: &str =
    "article IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.id = feed_entries.article)";

/// What a feed has in the list.
const TOTAL: &str = "SELECT count(*) FROM feed_entries JOIN articles ON articles.id = article WHERE feed = feeds.id AND removed IS NULL";

/// What of it is unread.
const UNREAD: &str = "SELECT count(*) FROM feed_entries JOIN articles ON articles.id = article
    WHERE feed = feeds.id AND removed IS NULL AND read_at IS NULL";

fn miscounted(connection: &Connection) -> rusqlite::Result<usize> {
    let sql = format!(
        "SELECT count(*) FROM feeds WHERE total <> ({TOTAL}) OR unread <> ({UNREAD})
             OR EXISTS (SELECT 1 FROM feed_entries WHERE feed = feeds.id AND {LOST})"
    );
    connection.query_row(&sql, [], |row| row.get(0)).map(from_sql)
}

fn unreadable(connection: &Connection) -> rusqlite::Result<usize> {
    let mut query = connection.prepare(
        "SELECT body FROM articles LEFT JOIN bodies ON article = articles.id UNION ALL SELECT body FROM teasers",
    )?;
    let mut rows = query.query([])?;
    let mut unreadable = 0;
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(0)?.as_blob_or_null().map_err(rusqlite::Error::from)?;
        unreadable += usize::from(packed.is_none_or(|packed| body::decode(packed).is_err()));
    }
    Ok(unreadable)
}
