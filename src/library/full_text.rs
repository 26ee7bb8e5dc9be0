//! The two versions of an article of which a feed has only the beginning: what the feed sends, and the page.

use rusqlite::{OptionalExtension, params};

use super::arrivals::{self, Incoming};
use super::{Library, LibraryError, LibraryReader, rows, text_index};
use crate::article::{Article, RowId, SourceId, TextHash};
use crate::text::reading_time::words;

impl Library {
    /// Gives the article of a row the words of its `page`. What the feed sent is kept beside them ([`LibraryReader::teaser`]);
    /// headline, date and name stay those of the feed. A row that does not exist is left alone.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_full_text(&mut self, row: RowId, page: &Article) -> Result<(), LibraryError> {
        let incoming = Incoming::new(page, words(page.body.as_str()), None, false)?;
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO teasers (article, body, words, text_hash)
                     SELECT id, body, words, text_hash FROM articles JOIN bodies ON article = id
                     WHERE id = ?1 AND is_teaser = 1",
                )?
                .execute([row.0])?;
            let is_there = transaction
                .prepare_cached(
                    "UPDATE articles SET words = ?2, text_hash = ?3, is_teaser = 0, byline = coalesce(byline, ?4),
                         language = coalesce(?5, language)
                     WHERE id = ?1",
                )?
                .execute(params![
                    row.0,
                    super::to_sql(incoming.words),
                    incoming.text.as_bytes(),
                    page.byline,
                    page.language
                ])?;
            if is_there > 0 {
                arrivals::set_body(transaction, row.0, &incoming.packed)?;
                text_index::follow_removal(transaction, row.0)?;
            }
            Ok(())
        })
    }
}

impl LibraryReader {
    /// What the feed sent of an article whose page is in the library; none of any other.
    ///
    /// # Errors
    /// [`LibraryError::Body`] if its words do not read back as they were, and those of every question.
    pub fn teaser(&mut self, row: RowId) -> Result<Option<Article>, LibraryError> {
        let found: Option<(String, TextHash, Vec<u8>)> = self.read(|connection, _| {
            connection
                .prepare_cached(
                    "SELECT iri, teasers.text_hash, body FROM teasers JOIN articles ON id = article WHERE article = ?1",
                )?
                .query_row([row.0], |row| Ok((row.get(0)?, TextHash::from_bytes(row.get(1)?), row.get(2)?)))
                .optional()
        })?;
        let Some((id, hash, packed)) = found else { return Ok(None) };
        let Some(article) = self.read(|connection, _| rows::Stored::find(connection, &SourceId::from_iri(id)))? else {
            return Ok(None);
        };
        article.with_words(hash, packed).unpack().map(Some)
    }
}
