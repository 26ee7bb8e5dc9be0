//! What feeds bring, and what is remembered of them between two fetches.

use jiff::Timestamp;
use rusqlite::Connection;

use super::id_set::IdSet;
use super::{Library, LibraryError, LibraryReader};
use crate::feed::{FeedArrivals, FeedNews, FeedState};
use crate::query::Counts;

impl Library {
    /// What is remembered of each feed, by the address it is subscribed to.
    ///
    /// # Errors
    /// Those of every question: see [`LibraryError`].
    pub fn feed_states(&mut self) -> Result<Vec<(String, FeedState)>, LibraryError> {
        Ok(Vec::new())
    }

    /// Keeps what is remembered of a feed that brought nothing.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_feed_state(&mut self, _feed: &str, _state: &FeedState) -> Result<(), LibraryError> {
        Ok(())
    }

    /// Takes in what one fetch of a feed brings, with what is remembered of the feed, in one transaction.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn arrive_from_feed(&mut self, _arrivals: &FeedArrivals, _now: Timestamp) -> Result<FeedNews, LibraryError> {
        Ok(FeedNews::default())
    }
}

impl LibraryReader {
    /// How many listed articles came from each feed, by its address.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn feed_counts(&mut self) -> Result<Vec<(String, Counts)>, LibraryError> {
        Ok(Vec::new())
    }
}

/// The listed rows that came from any of these feeds.
pub(super) fn of_feeds(_connection: &Connection, _feeds: &[String]) -> rusqlite::Result<IdSet> {
    Ok(IdSet::default())
}
