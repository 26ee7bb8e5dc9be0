//! Keeps the library within bounds: what feeds brought and nobody wants any more goes.

use rusqlite::Connection;

use super::{Library, LibraryError, from_sql, text_index, to_sql};
use crate::article::RowId;

impl Library {
    /// Takes at most `most` articles out of the library, if more than `keep` came from feeds: those that were removed from
    /// the list first, then those that were read, then those that were never opened, the oldest first. What is starred or
    /// tagged, or has a passage that is kept, stays, as does what was opened and is not read. None comes back as
    /// long as its feed lists it; marks and bookmarks stay. Says how many went.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn prune(&mut self, keep: usize, most: usize) -> Result<usize, LibraryError> {
        let there = self.read(|connection| {
            // Nothing that each arrival would have to wait for.
            let listed: i64 = connection
                .prepare_cached("SELECT coalesce(sum(total), 0) FROM feeds")?
                .query_row([], |row| row.get(0))?;
            if from_sql(listed) <= keep {
                return Ok(0);
            }
            connection
                .prepare_cached("SELECT count(DISTINCT article) FROM feed_entries WHERE article IS NOT NULL")?
                .query_row([], |row| row.get(0))
                .map(from_sql)
        })?;
        let superfluous = there.saturating_sub(keep).min(most);
        if superfluous == 0 {
            return Ok(0);
        }
        self.write(|transaction| {
            let rows: Vec<i64> = transaction
                .prepare_cached(
                    "SELECT id FROM articles
                     WHERE starred_at IS NULL AND (removed IS NOT NULL OR read_at IS NOT NULL OR opened IS NULL)
                         AND EXISTS (SELECT 1 FROM feed_entries WHERE article = articles.id)
                         AND NOT EXISTS (SELECT 1 FROM tags WHERE article = articles.id)
                         AND NOT EXISTS (SELECT 1 FROM bookmarked WHERE iri = articles.iri)
                     ORDER BY removed IS NULL, read_at IS NULL, listed_at, id LIMIT ?1",
                )?
                .query_map([to_sql(superfluous)], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            delete(transaction, rows)
        })
    }

    /// Takes articles out of the library as if they had never come, but for what their feeds are to know: they do not bring
    /// them again.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn drop_articles(&mut self, rows: &[RowId]) -> Result<(), LibraryError> {
        self.write(|transaction| delete(transaction, rows.iter().map(|row| row.0).collect())).map(drop)
    }
}

/// Deletes articles, from the indexes first and in the order of their rows: otherwise FTS5 writes to the disk for each what
/// it could write once. Says how many they are.
fn delete(connection: &Connection, mut rows: Vec<i64>) -> rusqlite::Result<usize> {
    rows.sort_unstable();
    rows.iter().try_for_each(|row| text_index::forget(connection, *row))?;
    let mut query = connection.prepare_cached("DELETE FROM articles WHERE id = ?1")?;
    rows.iter().try_for_each(|row| query.execute([row]).map(drop))?;
    Ok(rows.len())
}
