//! What feeds bring, and what is remembered of them between two fetches.

use jiff::Timestamp;

use super::{Library, LibraryError};
use crate::feed::{FeedArrivals, FeedNews, FeedState};

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
