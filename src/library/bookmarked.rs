//! Which articles have passages that are kept: a copy of what the bookmark logs say, for queries.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Library, LibraryError, to_sql};
use crate::article::SourceId;

impl Library {
    /// Keeps how many passages of each of these articles are kept, none perhaps; if these are `all` that have any, of no
    /// other. Only what has changed is written.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_bookmarked<'a>(
        &mut self,
        passages: impl IntoIterator<Item = (&'a SourceId, usize)>,
        all: bool,
    ) -> Result<(), LibraryError> {
        let old: BTreeMap<String, i64> = self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT iri, passages FROM bookmarked")?;
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        let mut new: BTreeMap<&str, i64> = old.keys().filter(|_| all).map(|iri| (iri.as_str(), 0)).collect();
        new.extend(passages.into_iter().map(|(id, passages)| (id.as_str(), to_sql(passages))));
        new.retain(|iri, passages| old.get(*iri).copied().unwrap_or_default() != *passages);
        if new.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            let mut delete = transaction.prepare_cached("DELETE FROM bookmarked WHERE iri = ?1")?;
            let mut insert =
                transaction.prepare_cached("INSERT OR REPLACE INTO bookmarked (iri, passages) VALUES (?1, ?2)")?;
            for (iri, passages) in new {
                if passages == 0 {
                    delete.execute([iri])?
                } else {
                    insert.execute(params![iri, passages])?
                };
            }
            Ok(())
        })
    }
}
