//! The order articles were opened in, for going back and for "continue reading".

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Library, LibraryError, time, to_sql};
use crate::article::SourceId;

/// Steps remembered: more than anybody walks back, few enough to need no upkeep.
const LONGEST: i64 = 1000;

impl Library {
    /// The last `limit` articles opened and when, newest first. An article opened twice with others between is there
    /// twice.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn history(&mut self, limit: usize) -> Result<Vec<(SourceId, Timestamp)>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT iri, at FROM history JOIN articles ON articles.id = article ORDER BY history.id DESC
                     LIMIT ?1",
                )?
                .query_map([to_sql(limit)], |row| {
                    Ok((SourceId::from_iri(row.get::<_, String>("iri")?), time(row.get("at")?)))
                })?
                .collect()
        })
    }
}

/// Notes that the article in `row` was opened; the same one again only moves the time.
pub(super) fn record(connection: &Connection, row: i64, at: Timestamp) -> rusqlite::Result<()> {
    let at = at.as_millisecond();
    let again = connection
        .prepare_cached("UPDATE history SET at = ?2 WHERE id = (SELECT max(id) FROM history) AND article = ?1")?
        .execute(params![row, at])?;
    if again == 0 {
        connection.prepare_cached("INSERT INTO history (article, at) VALUES (?1, ?2)")?.execute(params![row, at])?;
        connection
            .prepare_cached("DELETE FROM history WHERE id <= (SELECT max(id) FROM history) - ?1")?
            .execute([LONGEST])?;
    }
    Ok(())
}
