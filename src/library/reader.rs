//! Looking into the library while somebody else writes to it.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::error::is_damage;
use super::listing::Listing;
use super::open::{Home, PATIENCE, open_reading};
use super::rows::{self, Stored};
use super::{Library, LibraryError, body, text_index};
use crate::article::{Article, Entry, RowId, SourceId};
use crate::query::{Around, ArticleQuery, Counts, Excerpt, Order, Term, Window};

/// Lists that are remembered until something changes: those of the pane, and of its unread and starred ones.
const REMEMBERED: usize = 4;

/// A connection of its own that only reads, and sees each change as a whole. It never waits for the one that writes; only
/// of a library in memory one waits until the other has done.
#[derive(Debug)]
pub struct LibraryReader {
    connection: Connection,
    home: Home,
    read_only: bool,
    /// Which file it has open: another one may take its name when a damaged library is set aside.
    file: Option<(u64, u64)>,
    listings: Listings,
}

/// Lists that were asked for, as long as the database is what it was.
#[derive(Debug, Default)]
pub(super) struct Listings {
    /// SQLite's `data_version`, which changes when another connection has written.
    version: i64,
    kept: HashMap<(ArticleQuery, Order), Listing>,
}

impl Library {
    /// A second connection, for somebody who only reads.
    ///
    /// # Errors
    /// When the file cannot be opened a second time.
    pub fn reader(&self) -> Result<LibraryReader, LibraryError> {
        LibraryReader::open(self.home.clone(), self.read_only)
    }
}

impl LibraryReader {
    fn open(home: Home, read_only: bool) -> Result<Self, LibraryError> {
        let file = home.path().and_then(identity);
        let connection =
            open_reading(&home, read_only).map_err(|error| LibraryError::from_sqlite(&error, home.path(), PATIENCE))?;
        Ok(Self { connection, home, read_only, file, listings: Listings::default() })
    }

    /// The rows of a list around a place.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn window(
        &mut self,
        query: &ArticleQuery,
        order: Order,
        around: Around,
        rows: usize,
    ) -> Result<Window, LibraryError> {
        self.read(|connection, listings| listings.get(connection, query, order)?.window(connection, around, rows))
    }

    /// The row next to `from` in a list, whether `from` is in it or not; none at its end. Without `from`, the first row
    /// (or the last, going backwards).
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn neighbour(
        &mut self,
        query: &ArticleQuery,
        order: Order,
        from: Option<RowId>,
        forward: bool,
        unread_only: bool,
    ) -> Result<Option<Entry>, LibraryError> {
        self.read(|connection, listings| {
            let unread = unread_only.then(|| query.with(Term::Read(false)));
            let listing = listings.get(connection, unread.as_ref().unwrap_or(query), order)?;
            let row = listing.next(connection, from, forward)?;
            Ok(rows::entries(connection, row.as_slice())?.pop())
        })
    }

    /// The first unread row of a list.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn first_unread(&mut self, query: &ArticleQuery, order: Order) -> Result<Option<Entry>, LibraryError> {
        self.neighbour(query, order, None, true, true)
    }

    /// The article that was opened last and is still listed, read or not.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn last_read(&mut self) -> Result<Option<Entry>, LibraryError> {
        self.read(|connection, _| {
            let mut query = connection.prepare_cached(&format!(
                "{} WHERE removed IS NULL AND opened IS NOT NULL ORDER BY opened DESC LIMIT 1",
                rows::ENTRY
            ))?;
            query.query_map([], rows::entry)?.next().transpose()
        })
    }

    /// How many articles answer a query.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn counts(&mut self, query: &ArticleQuery) -> Result<Counts, LibraryError> {
        self.read(|connection, listings| {
            let mut count = |query: &ArticleQuery| listings.get(connection, query, Order::Newest)?.total(connection);
            Ok(Counts {
                total: count(query)?,
                unread: count(&query.with(Term::Read(false)))?,
                starred: count(&query.with(Term::Starred(true)))?,
                unindexed: text_index::count_waiting(connection)?,
            })
        })
    }

    /// The articles that answer a query, newest first.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn rows_matching(&mut self, query: &ArticleQuery) -> Result<Vec<RowId>, LibraryError> {
        self.read(|connection, listings| listings.get(connection, query, Order::Newest)?.all(connection))
    }

    /// The unread rows from the top of a list through `through`, or all of them, in the order of the list.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn unread_through(
        &mut self,
        query: &ArticleQuery,
        order: Order,
        through: Option<RowId>,
    ) -> Result<Vec<RowId>, LibraryError> {
        self.read(|connection, listings| {
            let listing = listings.get(connection, &query.with(Term::Read(false)), order)?;
            listing.through(connection, through)
        })
    }

    /// All tags that articles have, sorted.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn tags(&mut self) -> Result<Vec<String>, LibraryError> {
        self.read(|connection, _| {
            let mut query = connection.prepare_cached("SELECT DISTINCT tag FROM tags ORDER BY tag")?;
            query.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// Whether there is any article besides the edition inside the program.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn has_own(&mut self) -> Result<bool, LibraryError> {
        self.read(|connection, _| {
            let sql = "SELECT EXISTS (SELECT 1 FROM articles WHERE removed IS NULL AND iri NOT LIKE 'edition:%')";
            connection.query_row(sql, [], |row| row.get(0))
        })
    }

    /// These rows, in the order given, without those that do not exist.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn entries(&mut self, rows: &[RowId]) -> Result<Vec<Entry>, LibraryError> {
        self.read(|connection, _| rows::entries(connection, rows))
    }

    /// The row of an article, removed or not; none if it is not in the library.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn entry(&mut self, id: &SourceId) -> Result<Option<Entry>, LibraryError> {
        self.read(|connection, _| rows::entry_of(connection, id))
    }

    /// An article as the library keeps it; none if it is not there.
    ///
    /// # Errors
    /// [`LibraryError::Body`] if its words do not read back as they were, and those of every read.
    pub fn article(&mut self, id: &SourceId) -> Result<Option<Article>, LibraryError> {
        self.read(|connection, _| Stored::find(connection, id))?.map(Stored::unpack).transpose()
    }

    /// For each of these articles the sentence in which the words of a query are found. Those that were found by their
    /// headline alone, or whose words cannot be read, have none.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn excerpts(&mut self, query: &ArticleQuery, rows: &[RowId]) -> Result<Vec<(RowId, Excerpt)>, LibraryError> {
        let packed: Vec<(RowId, Vec<u8>)> = self.read(|connection, _| {
            let mut find = connection.prepare_cached("SELECT body FROM bodies WHERE article = ?1")?;
            let mut packed = |&row: &RowId| {
                let body = find.query_row([row.0], |found| found.get(0)).optional().transpose()?;
                Some(body.map(|body| (row, body)))
            };
            rows.iter().filter_map(&mut packed).collect()
        })?;
        let excerpt = |(row, packed): (RowId, Vec<u8>)| {
            let text = body::decode(&packed).ok()?;
            Some((row, Excerpt::of(&text, &query.condition)?))
        };
        Ok(packed.into_iter().filter_map(excerpt).collect())
    }

    /// Asks with everything as it is at one moment. Of damage the writer has to be told
    /// ([`Library::repair`]); the library that takes the place of a damaged one is found here by itself.
    pub(super) fn read<T>(
        &mut self,
        ask: impl FnOnce(&Connection, &mut Listings) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        self.follow()?;
        let (connection, listings) = (&mut self.connection, &mut self.listings);
        let answer = || {
            let snapshot = connection.transaction()?;
            listings.renew(&snapshot)?;
            let answer = ask(&snapshot, listings)?;
            snapshot.commit()?;
            Ok(answer)
        };
        let result: rusqlite::Result<T> = answer();
        result.map_err(|error| match self.home.path() {
            Some(path) if is_damage(&error) => LibraryError::Unreadable(path.to_owned()),
            path => LibraryError::from_sqlite(&error, path, PATIENCE),
        })
    }

    /// Opens the file that is there now, if it is another.
    fn follow(&mut self) -> Result<(), LibraryError> {
        let now = self.home.path().and_then(identity);
        if now.is_none() || now == self.file {
            return Ok(());
        }
        *self = Self::open(self.home.clone(), self.read_only)?;
        Ok(())
    }
}

impl Listings {
    /// Forgets everything if somebody has written.
    fn renew(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if version != self.version {
            self.version = version;
            self.kept.clear();
        }
        Ok(())
    }

    pub(super) fn get(
        &mut self,
        connection: &Connection,
        query: &ArticleQuery,
        order: Order,
    ) -> rusqlite::Result<&mut Listing> {
        let key = (query.clone(), order);
        if self.kept.len() >= REMEMBERED && !self.kept.contains_key(&key) {
            self.kept.clear();
        }
        Ok(match self.kept.entry(key) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(slot) => slot.insert(Listing::new(connection, query, order)?),
        })
    }
}

/// Tells files apart, whatever their names.
fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}
