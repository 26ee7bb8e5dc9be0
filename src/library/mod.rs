//! The SQLite database of every article that arrived: read or not, opened or not.
//!
//! One file, `library.db` in the data directory: the articles (with their words, so that they can be opened again when
//! their source is gone), what the reader did to them, and the folders that are looked at again. It is a cache: articles
//! arrive again, and marks are kept in logs of their own, of which this is a fast copy.
//!
//! Calls block. [`Library`] writes and belongs to one thread; [`LibraryReader`] answers what panes ask, from another.
//! Several programs may share a data directory: the database is in WAL mode, every write is one immediate transaction,
//! and a busy database is waited for.
//!
//! * `open`, `copy`: opening, setting aside what cannot be read, the copy that is kept before a migration
//! * `migrations`: the schema and its versions
//! * `arrivals`, `articles`, `marks`, `folders`, `anchors`: what is written
//! * `reader`: what is asked; `conditions` prepares a query, `lookup` finds its words, `listing` walks the list that it makes
//! * `as_of`: a list as it was when somebody began to look at it
//! * `words`, `text_index`: the small index of the beginnings of words, and the large one of all words
//! * `from_feed`: what else is known of an article from a feed
//! * `feeds`: what is remembered of feeds, `feed_arrivals`: the articles they bring, `full_text`: the page of a teaser
//! * `prune`: what goes when there is too much
//! * `newsboat`: what newsboat knows of articles
//! * `bookmarked`: which articles have passages that are kept
//! * `check`: whether everything fits together
//! * `id_set`, `rows`, `body`: sets of rows, and the stored forms
//! * `error`: what can go wrong

mod anchors;
mod arrivals;
mod articles;
mod as_of;
mod body;
mod bookmarked;
mod check;
mod conditions;
mod copy;
mod error;
mod feed_arrivals;
mod feeds;
mod files;
mod folders;
mod from_feed;
mod full_text;
mod id_set;
mod listing;
mod lookup;
mod marks;
mod migrations;
mod newsboat;
mod open;
mod prune;
mod reader;
mod rows;
#[cfg(test)]
mod tests;
mod text_index;
mod words;

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use check::Check;
pub use error::LibraryError;
pub use from_feed::Beginning;
pub use marks::{AbsorbedMark, MarkState, RowMark};
pub use newsboat::{NewsboatItem, is_database, newsboat_items};
pub use open::Opened;
use open::{Home, PATIENCE};
pub use reader::LibraryReader;

/// How long calls wait for another program that did not let go of the library the last time.
const SHORT: Duration = Duration::from_millis(100);

/// The open database.
#[derive(Debug)]
pub struct Library {
    connection: Connection,
    home: Home,
    read_only: bool,
    /// How long calls wait for other programs at present.
    patience: Duration,
    /// Whether somebody indexes the words of many articles later.
    indexes_behind: bool,
    /// Whether others are kept from writing, and nothing was written since.
    is_untouched: bool,
}

impl Library {
    fn new(connection: Connection, home: Home, read_only: bool) -> Self {
        Self { connection, home, read_only, patience: PATIENCE, indexes_behind: false, is_untouched: false }
    }

    /// Whether nothing can be written because a newer version of the program made the database.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Keeps other programs from writing until [`release`](Self::release), so that what is read until then can be the
    /// base of what is written. Says whether that is so; it is not if the library is held already, here or, for too long,
    /// by another program. Then every call is a change of its own. So it is after the first change if that one fails.
    pub(crate) fn hold(&mut self) -> bool {
        if self.read_only || !self.connection.is_autocommit() {
            return false;
        }
        let begun = self.connection.execute_batch("BEGIN IMMEDIATE");
        self.patience_after(&begun, false);
        self.is_untouched = begun.is_ok();
        self.is_untouched
    }

    /// Ends what [`hold`](Self::hold) began, and keeps all that was written since.
    ///
    /// # Errors
    /// Those of every write: then nothing of it is kept.
    pub(crate) fn release(&mut self) -> Result<(), LibraryError> {
        self.is_untouched = false;
        // A damaged library was set aside meanwhile, and the new one is held by nobody; or the only change was taken back.
        if self.connection.is_autocommit() {
            return Ok(());
        }
        self.connection.execute_batch("COMMIT").map_err(|error| {
            self.connection.execute_batch("ROLLBACK").unwrap_or_default();
            self.failed(&error)
        })
    }

    /// Runs a query. A database found damaged is set aside, so that the next call works on a fresh one.
    fn read<T>(&mut self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, LibraryError> {
        let result = query(&self.connection);
        self.patience_after(&result, false);
        result.map_err(|error| self.failed(&error))
    }

    /// Runs a change in one transaction that takes the write lock at once: one that reads first and writes later could
    /// not wait for another writer (`SQLITE_BUSY_SNAPSHOT`).
    fn write<T>(&mut self, change: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, LibraryError> {
        if self.read_only {
            return Err(LibraryError::ReadOnly);
        }
        let result = if self.connection.is_autocommit() {
            in_transaction(&mut self.connection, |transaction| change(transaction))
        } else if std::mem::take(&mut self.is_untouched) {
            first_in_transaction(&self.connection, change)
        } else {
            in_savepoint(&mut self.connection, change)
        };
        self.patience_after(&result, true);
        result.map_err(|error| self.failed(&error))
    }

    /// A program that did not let go in time is not waited for as long again until something can be written: every
    /// article would open that much later.
    fn patience_after<T>(&mut self, result: &rusqlite::Result<T>, wrote: bool) {
        let busy = result.as_ref().is_err_and(|error| matches!(self.told(error), LibraryError::Busy(_)));
        let patience = if busy { SHORT } else { PATIENCE };
        if patience != self.patience && (busy || wrote) {
            self.patience = patience;
            self.wait_for_others(patience);
        }
    }

    fn told(&self, error: &rusqlite::Error) -> LibraryError {
        LibraryError::from_sqlite(error, self.home.path(), self.patience)
    }

    fn failed(&mut self, error: &rusqlite::Error) -> LibraryError {
        if error::is_damage(error) && !self.read_only {
            match self.replace() {
                Ok(Some(set_aside)) => return LibraryError::Damaged { set_aside },
                Ok(None) if error::is_index_damage(error) => return LibraryError::IndexDamaged,
                Ok(None) => {}
                Err(error) => return error,
            }
        }
        self.told(error)
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = change(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

/// The first change inside a transaction that others may belong to: it is taken back with the transaction, so SQLite need
/// not keep every page as it was before.
fn first_in_transaction<T>(
    connection: &Connection,
    change: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let mut begun = Begun { connection, is_done: false };
    let value = change(connection)?;
    begun.is_done = true;
    Ok(value)
}

/// A change that is taken back unless it is done, also when it panics.
struct Begun<'a> {
    connection: &'a Connection,
    is_done: bool,
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if !self.is_done
            && !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            log::warn!("library: {error}");
        }
    }
}

/// A change inside a transaction that others belong to.
fn in_savepoint<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let savepoint = connection.savepoint()?;
    let value = change(&savepoint)?;
    savepoint.commit()?;
    Ok(value)
}

/// A number of bytes or words as SQLite keeps it.
fn to_sql(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn from_sql(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// A time kept as milliseconds since 1970; one that no calendar has is taken as 1970.
fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
