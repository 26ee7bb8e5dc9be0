//! Which articles have passages that are kept: a copy of what the bookmark logs say, for queries.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Library, LibraryError, to_sql};
use crate::article::SourceId;

impl Library {
    /// Keeps how many passages of each article are kept; what is not named has none. Only what has changed is written,
    /// and nothing where nothing has.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_bookmarked<'a>(
        &mut self,
        passages: impl IntoIterator<Item = (&'a SourceId, usize)>,
    ) -> Result<(), LibraryError> {
        let new: BTreeMap<&str, i64> =
            passages.into_iter().map(|(id, passages)| (id.as_str(), to_sql(passages))).collect();
        let old: BTreeMap<String, i64> = self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT iri, passages FROM bookmarked")?;
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        let is_gone = |iri: &&String| !new.contains_key(iri.as_str());
        let is_news = |(iri, passages): &(&&str, &i64)| old.get(**iri) != Some(passages);
        if !old.keys().any(|iri| is_gone(&iri)) && !new.iter().any(|one| is_news(&one)) {
            return Ok(());
        }
        self.write(|transaction| {
            let mut delete = transaction.prepare_cached("DELETE FROM bookmarked WHERE iri = ?1")?;
            for iri in old.keys().filter(is_gone) {
                delete.execute([iri])?;
            }
            let mut insert =
                transaction.prepare_cached("INSERT OR REPLACE INTO bookmarked (iri, passages) VALUES (?1, ?2)")?;
            for (iri, passages) in new.iter().filter(is_news) {
                insert.execute(params![iri, passages])?;
            }
            Ok(())
        })
    }
}
