//! A list as of when somebody began to look at it, and how much it would have more by now.

use rusqlite::Connection;

use super::id_set::IdSet;
use super::{LibraryError, LibraryReader};
use crate::article::RowId;
use crate::query::{Around, ArticleQuery, AsOf, Order, Window};

impl LibraryReader {
    /// The rows around a place of a list as it was, with how many arrived since that would be in it.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn window_as_of(
        &mut self,
        query: &ArticleQuery,
        as_of: &AsOf,
        order: Order,
        around: Around,
        rows: usize,
    ) -> Result<Window, LibraryError> {
        self.read(|connection, listings| {
            let newest = newest(connection)?;
            let shown = query.as_of(as_of);
            let mut window = listings.get(connection, &shown, order)?.window(connection, around, rows)?;
            if as_of.newest.is_some() && as_of.newest < newest {
                let all = query.as_of(&AsOf { newest: None, ..as_of.clone() });
                let total = listings.get(connection, &all, order)?.total(connection)?;
                window.later = total.saturating_sub(window.total);
            }
            window.newest = newest;
            Ok(window)
        })
    }
}

/// The newest row, listed or not.
fn newest(connection: &Connection) -> rusqlite::Result<Option<RowId>> {
    let newest: Option<i64> =
        connection.prepare_cached("SELECT max(id) FROM articles")?.query_row([], |row| row.get(0))?;
    Ok(newest.map(RowId))
}

/// The listed rows that are newer than this one.
pub(super) fn later_than(connection: &Connection, row: RowId) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached("SELECT id FROM articles WHERE id > ?1 AND removed IS NULL")?
        .query_map([row.0], |row| row.get::<_, i64>(0))?
        .collect()
}

/// Those of these rows that are listed.
pub(super) fn listed_of(connection: &Connection, rows: &[RowId]) -> rusqlite::Result<IdSet> {
    let mut listed = IdSet::default();
    let mut query = connection.prepare_cached("SELECT 1 FROM articles WHERE id = ?1 AND removed IS NULL")?;
    for row in rows {
        if query.exists([row.0])? {
            listed.insert(row.0);
        }
    }
    Ok(listed)
}
