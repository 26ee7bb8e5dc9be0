//! The articles one by one: opened, looked up, and where the reader is in them.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::arrivals::{self, Incoming};
use super::marks::{row_of, set_place};
use super::rows::{self, Stored};
use super::{Library, LibraryError};
use crate::article::{Article, Entry, Kept, Position, RowId, SourceId, TextHash, address};

impl Library {
    /// Notes that `article` was opened at `at`, keeps its words, and says what is remembered of it.
    ///
    /// A text that is known under another id is the same article. If that id is a file that is gone, or standard input,
    /// the article has moved and its row takes the new id; else this is a copy, which starts with what was kept of the
    /// other. A removed article stays out of the list. A library that is only read says what it remembers and notes
    /// nothing.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn record_opened(&mut self, article: &Article, words: usize, at: Timestamp) -> Result<Kept, LibraryError> {
        if self.read_only {
            return Ok(self.kept(&article.id, article.body.hash())?.unwrap_or_default());
        }
        let incoming = Incoming::opened(article, words)?;
        self.write(|transaction| {
            let (arrived, kept) = arrivals::take_in(transaction, &incoming, at)?;
            note_opened(transaction, arrived.row, at)?;
            Ok(kept)
        })
    }

    /// What is remembered of an article, by its id or else by its text; changes nothing.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn kept(&mut self, id: &SourceId, text: TextHash) -> Result<Option<Kept>, LibraryError> {
        self.read(|connection| Ok(arrivals::find(connection, id, text)?.map(|known| known.kept(id))))
    }

    /// Notes where the reader is in an article. One that is not in the library stays out of it.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_position(&mut self, id: &SourceId, position: &Position) -> Result<(), LibraryError> {
        self.write(|transaction| match row_of(transaction, id)? {
            Some(row) => set_place(transaction, row, position),
            None => Ok(()),
        })
    }

    /// These rows, in the order given, without those that do not exist.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn entries_of(&mut self, rows: &[RowId]) -> Result<Vec<Entry>, LibraryError> {
        self.read(|connection| rows::entries(connection, rows))
    }

    /// The row of an article, removed or not; none if it is not in the library.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn entry(&mut self, id: &SourceId) -> Result<Option<Entry>, LibraryError> {
        self.read(|connection| rows::entry_of(connection, id))
    }

    /// The article that has this web address as its own, though it came from elsewhere: a file that was saved from the page.
    /// Of several the newest in the list, or if there is none, one that was removed. Looks at every article that has an
    /// address, which takes a tenth of a second among a hundred thousand.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn entry_at(&mut self, page: &SourceId) -> Result<Option<Entry>, LibraryError> {
        let page = address::page(page.as_str());
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, url FROM articles WHERE url IS NOT NULL ORDER BY removed IS NOT NULL, listed_at DESC, id DESC",
            )?;
            let mut found = query.query([])?;
            while let Some(row) = found.next()? {
                if address::is_of(&page, row.get_ref(1)?.as_str().unwrap_or_default()) {
                    return Ok(rows::entries(connection, &[RowId(row.get(0)?)])?.pop());
                }
            }
            Ok(None)
        })
    }

    /// An article as it was when it was last taken in; none if it is not in the library.
    ///
    /// # Errors
    /// [`LibraryError::Body`] if its words do not read back as they were, and those of every read.
    pub fn article(&mut self, id: &SourceId) -> Result<Option<Article>, LibraryError> {
        self.read(|connection| Stored::find(connection, id))?.map(Stored::unpack).transpose()
    }

    /// The same, by its row.
    ///
    /// # Errors
    /// Those of [`article`](Self::article).
    pub fn article_at(&mut self, row: RowId) -> Result<Option<Article>, LibraryError> {
        self.read(|connection| Stored::find_row(connection, row))?.map(Stored::unpack).transpose()
    }
}

pub(super) fn note_opened(connection: &Connection, row: RowId, at: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE articles SET opened = ?2, changed_at = NULL WHERE id = ?1")?
        .execute(params![row.0, at.as_millisecond()])
        .map(drop)
}
