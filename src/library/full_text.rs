//! The two versions of an article of which a feed has only the beginning: what the feed sends, and the page.

use rusqlite::params;

use super::arrivals::{self, Incoming};
use super::{Library, LibraryError};
use crate::article::{Article, RowId};
use crate::text::reading_time::words;

impl Library {
    /// Gives the article of a row the words of its `page`. What the feed sent is kept beside them
    /// ([`feed_text`](Self::feed_text)); headline, date and name stay those of the feed. A row that does not exist is left
    /// alone.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_full_text(&mut self, row: RowId, page: &Article) -> Result<(), LibraryError> {
        let incoming = Incoming::opened(page, words(page.body.as_str()))?;
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO teasers (article, body, words, text_hash)
                     SELECT id, body, words, text_hash FROM articles JOIN bodies ON article = id
                     WHERE id = ?1 AND is_teaser = 1",
                )?
                .execute([row.0])?;
            transaction.prepare_cached("UPDATE articles SET is_teaser = 0 WHERE id = ?1")?.execute(params![row.0])?;
            arrivals::replace_text(transaction, row, &incoming)
        })
    }
}
