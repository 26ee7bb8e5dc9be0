//! The index of all words of articles: headline, writer, source, file name and text, with where each word stands.
//!
//! It is made with the articles where they are few. Where they are many, or were there before there was such an index,
//! they wait in `unindexed`, and are indexed bit by bit, the newest first ([`Library::index_next`]).

use rusqlite::{Connection, OptionalExtension, params};

use super::words::{self, Searchable};
use super::{Library, LibraryError, body, from_sql, to_sql};
use crate::article::Text;
use crate::text::index_words::push_words;

/// Stands between blocks, so that no phrase reaches from one into the next. The tokenizer takes it for a word, and no
/// query has it: it is no letter.
const GAP: &str = "¶ ";

impl Library {
    /// Leaves the words of many articles that arrive at once to whoever calls [`index_next`](Self::index_next) when
    /// nothing else is to be done.
    pub fn index_behind(&mut self) {
        self.indexes_behind = true;
    }

    /// How many articles wait for their words to be indexed.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn unindexed(&mut self) -> Result<usize, LibraryError> {
        self.read(count_waiting)
    }

    /// Indexes the words of the newest `most` articles that wait for it, all or none of them; says how many there were.
    /// A thousand take about a quarter of a second.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn index_next(&mut self, most: usize) -> Result<usize, LibraryError> {
        self.write(|transaction| {
            let mut rows: Vec<i64> = transaction
                .prepare_cached("SELECT article FROM unindexed ORDER BY listed_at DESC, article DESC LIMIT ?1")?
                .query_map([to_sql(most)], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            // FTS5 writes what it has in memory to the disk before each row that is less than the one before
            // (`sqlite3Fts5IndexBeginWrite`), and many small pieces of an index take long to be merged.
            rows.sort_unstable();
            rows.iter().try_for_each(|row| index_stored(transaction, *row))?;
            Ok(rows.len())
        })
    }
}

/// How many articles wait for their words to be indexed.
pub(super) fn count_waiting(connection: &Connection) -> rusqlite::Result<usize> {
    connection.prepare_cached("SELECT count(*) FROM unindexed")?.query_row([], |row| row.get(0)).map(from_sql)
}

/// Whether there is an article that waits.
pub(super) fn is_behind(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM unindexed)")?.query_row([], |row| row.get(0))
}

/// Empties both indexes, fills the small one and has everything wait for the large one.
pub(super) fn begin_anew(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "INSERT INTO article_words (article_words) VALUES ('delete-all');
         INSERT INTO article_text (article_text) VALUES ('delete-all');
         INSERT OR IGNORE INTO unindexed SELECT id, listed_at FROM articles WHERE removed IS NULL;",
    )?;
    words::index_all(connection)
}

/// The words of a text, as [`index`] takes them.
pub(super) fn indexed_words(text: &Text) -> String {
    let mut all = String::with_capacity(text.len());
    for block in text.blocks() {
        if !all.is_empty() {
            all.push_str(GAP);
        }
        push_words(text.slice(block.range), &mut all);
    }
    all
}

/// Puts all words of an article that is in the list into the index, in place of those it had. `text` is what
/// [`indexed_words`] makes of its text.
pub(super) fn index(connection: &Connection, row: i64, article: Searchable<'_>, text: &str) -> rusqlite::Result<()> {
    remove(connection, row)?;
    insert(connection, row, article, text)
}

/// The same for an article that is in no index and waits for none.
pub(super) fn insert(connection: &Connection, row: i64, article: Searchable<'_>, text: &str) -> rusqlite::Result<()> {
    let [title, byline, source, file] = article.columns();
    connection
        .prepare_cached(
            "INSERT INTO article_text (rowid, title, byline, source, file, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![row, title, byline, source, file, text])
        .map(drop)
}

/// Has all words of an article indexed later. Until then it is found by none of those it had.
pub(super) fn postpone(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    remove(connection, row)?;
    let listed_at: Option<i64> = connection
        .prepare_cached("SELECT listed_at FROM articles WHERE id = ?1")?
        .query_row([row], |row| row.get(0))
        .optional()?;
    listed_at.map_or(Ok(()), |listed_at| wait(connection, row, listed_at))
}

/// The same for an article that is in no index and waits for none. A statement that reads and writes has SQLite note what to
/// take back, and FTS5 write to the disk what it has in memory, so this one only writes.
pub(super) fn wait(connection: &Connection, row: i64, listed_at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO unindexed (article, listed_at) VALUES (?1, ?2)")?
        .execute([row, listed_at])
        .map(drop)
}

/// Takes all words of an article out of the index. It waits no longer.
fn remove(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM article_text WHERE rowid = ?1")?.execute([row])?;
    connection.prepare_cached("DELETE FROM unindexed WHERE article = ?1")?.execute([row]).map(drop)
}

/// Takes an article out of both indexes.
pub(super) fn forget(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    words::remove(connection, row)?;
    remove(connection, row)
}

/// Brings both indexes up to date with whether an article was removed.
pub(super) fn follow_removal(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    words::follow_removal(connection, row)?;
    index_stored(connection, row)
}

/// Indexes all words of an article as it is stored; none if it was removed. A body that is packed as an older version did
/// it is packed anew.
fn index_stored(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    type Found = (String, Option<String>, Option<String>, Option<String>, Option<Vec<u8>>);
    let found: Option<Found> = connection
        .prepare_cached(
            "SELECT title, byline, source, file_name, body
             FROM articles LEFT JOIN bodies ON article = articles.id WHERE articles.id = ?1 AND removed IS NULL",
        )?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let Some((title, byline, source, file_name, packed)) = found else { return remove(connection, row) };
    // Words that cannot be read back are found by nobody; opening the article tells why.
    let text = packed.as_deref().and_then(|packed| body::decode(packed).ok());
    if let (Some(text), Some(packed)) = (&text, &packed)
        && !body::is_current(packed)
        && let Ok(packed) = body::encode(text)
    {
        connection.prepare_cached("UPDATE bodies SET body = ?2 WHERE article = ?1")?.execute(params![row, packed])?;
    }
    let article = Searchable {
        title: &title,
        byline: byline.as_deref(),
        source: source.as_deref(),
        file_name: file_name.as_deref(),
    };
    index(connection, row, article, &text.as_ref().map(indexed_words).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind, TextRange};

    #[test]
    fn blocks_are_apart_and_line_breaks_are_not() {
        let block = |start, end| Block { kind: BlockKind::Paragraph, range: TextRange::new(start, end) };
        let text = Text::new("One\ntwo.\n\n¶ Three".into(), vec![block(0, 8), block(10, 18)], vec![]);
        assert_eq!(indexed_words(&text), "one two ¶ three ");
    }
}
