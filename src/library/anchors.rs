//! Whether each bookmark was found when its article was last read, for lists that open no article.

use rusqlite::params;

use super::{Library, LibraryError};
use crate::bookmark::{AnchorState, BookmarkId};

impl Library {
    /// What is known of all bookmarks.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn anchor_states(&mut self) -> Result<Vec<(BookmarkId, AnchorState)>, LibraryError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT bookmark, state FROM anchors")?;
            let rows = query.query_map([], |row| {
                let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
                let state = AnchorState::ALL.into_iter().find(|state| state.name() == name);
                // What a newer version wrote and this one does not know is not known.
                Ok(id.parse().ok().zip(state))
            })?;
            rows.filter_map(Result::transpose).collect()
        })
    }

    /// Notes whether bookmarks were found.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_anchor_states(&mut self, states: &[(BookmarkId, AnchorState)]) -> Result<(), LibraryError> {
        self.write(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO anchors (bookmark, state) VALUES (?1, ?2)
                 ON CONFLICT (bookmark) DO UPDATE SET state = excluded.state",
            )?;
            for (id, state) in states {
                insert.execute(params![id.to_string(), state.name()])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_answer_counts() {
        let mut library = Library::in_memory().unwrap();
        let [one, two] = [1, 2].map(|number| BookmarkId::from(uuid::Uuid::from_u128(number)));
        library.set_anchor_states(&[(one, AnchorState::Orphan), (two, AnchorState::Approximate)]).unwrap();
        library.set_anchor_states(&[(one, AnchorState::Anchored)]).unwrap();
        let mut states = library.anchor_states().unwrap();
        states.sort_by_key(|(id, _)| *id);
        assert_eq!(states, [(one, AnchorState::Anchored), (two, AnchorState::Approximate)]);
        library.connection.execute("UPDATE anchors SET state = 'levitating'", []).unwrap();
        assert!(library.anchor_states().unwrap().is_empty());
    }
}
