//! What is remembered of feeds between two fetches, and how many articles of each there are.

use jiff::Timestamp;
use rusqlite::{Connection, Row, named_params, params};

use super::{Library, LibraryError, LibraryReader, check, from_sql, rows};
use crate::article::{RowId, SourceId};
use crate::feed::FeedState;
use crate::intake::feed::Enclosure;
use crate::query::{Counts, is_feed};

impl Library {
    /// What is remembered of each feed, by the address it is subscribed to.
    ///
    /// # Errors
    /// Those of every question: see [`LibraryError`].
    pub fn feed_states(&mut self) -> Result<Vec<(String, FeedState)>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT * FROM feeds ORDER BY id")?
                .query_map([], |row| Ok((row.get("address")?, state(row)?)))?
                .collect()
        })
    }

    /// Keeps what is remembered of a feed that brought nothing.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_feed_state(&mut self, feed: &str, state: &FeedState) -> Result<(), LibraryError> {
        self.write(|transaction| set_state(transaction, feed, state).map(drop))
    }

    /// Has a feed that moved for good go on under its new address, with its articles. If that is a feed already, the two
    /// are one from now on.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn move_feed(&mut self, from: &str, to: &str) -> Result<(), LibraryError> {
        self.write(|transaction| {
            let moved = transaction
                .prepare_cached("UPDATE OR IGNORE feeds SET address = ?2 WHERE address = ?1")?
                .execute([from, to])?;
            if moved == 0 && from != to {
                transaction
                    .prepare_cached(
                        "UPDATE OR IGNORE feed_entries SET feed = (SELECT id FROM feeds WHERE address = ?2)
                         WHERE feed = (SELECT id FROM feeds WHERE address = ?1)",
                    )?
                    .execute([from, to])?;
                check::count_feed(transaction, to)?;
                transaction.prepare_cached("DELETE FROM feeds WHERE address = ?1")?.execute([from])?;
            }
            Ok(())
        })
    }

    /// Has a feed asked for again that its server gave up, or that failed: somebody subscribes to it anew, or goes on with it.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn ask_again(&mut self, feed: &str) -> Result<(), LibraryError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "UPDATE feeds SET is_gone = 0, failures = 0, problem = NULL, due_at = NULL WHERE address = ?1",
                )?
                .execute([feed])
                .map(drop)
        })
    }

    /// The articles that a feed brought, each by the key of what the feed calls it
    /// ([`EntryKeys::of_guid`](crate::feed::EntryKeys::of_guid)), if it calls it anything.
    ///
    /// # Errors
    /// Those of every question: see [`LibraryError`].
    pub fn articles_by_guid(&mut self, feed: &str) -> Result<Vec<(i64, SourceId)>, LibraryError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT guid, iri FROM feed_entries JOIN articles ON articles.id = article
                 WHERE feed = (SELECT id FROM feeds WHERE address = ?1) AND guid IS NOT NULL",
            )?;
            let found =
                query.query_map([feed], |row| Ok((row.get(0)?, SourceId::from_iri(row.get::<_, String>(1)?))))?;
            found.collect()
        })
    }

    /// Whether passages of an article are kept.
    ///
    /// # Errors
    /// Those of every question: see [`LibraryError`].
    pub fn is_bookmarked(&mut self, id: &SourceId) -> Result<bool, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM bookmarked WHERE iri = ?1)")?
                .query_row([id.as_str()], |row| row.get(0))
        })
    }
}

impl LibraryReader {
    /// How many articles of each feed are listed, and how many of them are unread, by the address it is subscribed to. The
    /// stars are not counted. An article of two feeds counts in both.
    ///
    /// # Errors
    /// Those of every question: see [`LibraryError`].
    pub fn feed_counts(&mut self) -> Result<Vec<(String, Counts)>, LibraryError> {
        self.read(|connection, _| {
            let mut query = connection.prepare_cached("SELECT address, total, unread FROM feeds ORDER BY id")?;
            let counts = query.query_map([], |row| {
                let (total, unread) = (from_sql(row.get(1)?), from_sql(row.get(2)?));
                Ok((row.get(0)?, Counts { total, unread, ..Counts::default() }))
            })?;
            counts.collect()
        })
    }

    /// The files that belong to an article, in the order of its feed.
    ///
    /// # Errors
    /// Those of every question: see [`LibraryError`].
    pub fn enclosures(&mut self, row: RowId) -> Result<Vec<Enclosure>, LibraryError> {
        self.read(|connection, _| {
            let mut query = connection
                .prepare_cached("SELECT url, media_type, length FROM enclosures WHERE article = ?1 ORDER BY place")?;
            let enclosures = query.query_map([row.0], |row| {
                let length = row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned);
                Ok(Enclosure { url: row.get(0)?, media_type: row.get(1)?, length })
            })?;
            enclosures.collect()
        })
    }
}

/// Keeps what is remembered of a feed; says which row it has.
pub(super) fn set_state(connection: &Connection, feed: &str, state: &FeedState) -> rusqlite::Result<i64> {
    let milliseconds = |time: Option<Timestamp>| time.map(Timestamp::as_millisecond);
    connection
        .prepare_cached(
            "INSERT INTO feeds (address, title, home, etag, last_modified, body_hash, ttl, skip_hours,
                                checked_at, fetched_at, due_at, held_until, failures, problem, is_gone)
             VALUES (:address, :title, :home, :etag, :last_modified, :body_hash, :ttl, :skip_hours,
                     :checked_at, :fetched_at, :due_at, :held_until, :failures, :problem, :is_gone)
             ON CONFLICT (address) DO UPDATE SET
                 title = excluded.title, home = excluded.home, etag = excluded.etag,
                 last_modified = excluded.last_modified, body_hash = excluded.body_hash,
                 ttl = excluded.ttl, skip_hours = excluded.skip_hours,
                 checked_at = excluded.checked_at, fetched_at = excluded.fetched_at, due_at = excluded.due_at,
                 held_until = excluded.held_until, failures = excluded.failures, problem = excluded.problem,
                 is_gone = excluded.is_gone
             RETURNING id",
        )?
        .query_row(
            named_params! {
                ":address": feed,
                ":title": state.title,
                ":home": state.home,
                ":etag": state.etag,
                ":last_modified": state.last_modified,
                ":body_hash": state.body_hash,
                ":ttl": state.ttl,
                ":skip_hours": state.skip_hours,
                ":checked_at": milliseconds(state.checked_at),
                ":fetched_at": milliseconds(state.fetched_at),
                ":due_at": milliseconds(state.due_at),
                ":held_until": milliseconds(state.held_until),
                ":failures": state.failures,
                ":problem": state.problem,
                ":is_gone": state.is_gone,
            },
            |row| row.get(0),
        )
}

fn state(row: &Row<'_>) -> rusqlite::Result<FeedState> {
    Ok(FeedState {
        title: row.get("title")?,
        home: row.get("home")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        body_hash: row.get("body_hash")?,
        ttl: row.get("ttl")?,
        skip_hours: row.get("skip_hours")?,
        checked_at: rows::optional_time(row, "checked_at")?,
        fetched_at: rows::optional_time(row, "fetched_at")?,
        due_at: rows::optional_time(row, "due_at")?,
        held_until: rows::optional_time(row, "held_until")?,
        failures: row.get("failures")?,
        problem: row.get("problem")?,
        is_gone: row.get("is_gone")?,
    })
}

/// Replaces the files that belong to an article.
pub(super) fn set_enclosures(connection: &Connection, row: i64, enclosures: &[Enclosure]) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM enclosures WHERE article = ?1")?.execute([row])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO enclosures (article, place, url, media_type, length) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (place, file) in (0_i64..).zip(enclosures) {
        insert.execute(params![row, place, file.url, file.media_type, file.length.map(u64::cast_signed)])?;
    }
    Ok(())
}

/// The feeds that are meant by these: each an address, or a part of a name, folded.
pub(super) fn meant(connection: &Connection, wanted: &[String]) -> rusqlite::Result<Vec<i64>> {
    let mut query = connection.prepare_cached("SELECT id, address, name FROM feeds")?;
    let mut found = query.query([])?;
    let mut feeds = Vec::new();
    while let Some(row) = found.next()? {
        let (address, name): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        if is_feed(wanted, &address, name.as_deref()) {
            feeds.push(row.get(0)?);
        }
    }
    Ok(feeds)
}
