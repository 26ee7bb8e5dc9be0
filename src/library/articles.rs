//! The articles: recording, listing, marking and forgetting them.

use jiff::{Timestamp, tz::TimeZone};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::{Library, LibraryError, body, from_sql, history, time, to_sql};
use crate::article::{Article, Date, Entry, Kept, Position, SourceId, SourceKind, TextHash};

impl Library {
    /// Notes that `article` was opened at `at`, keeps its words, and says what is remembered of it.
    ///
    /// A text that is known under another id is the same article. If that id is a file that is gone, or standard input,
    /// the article has moved and its row takes the new id; else this is a copy, which starts with what was kept of the
    /// other. A library that is only read says what it remembers and notes nothing.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn record_opened(&mut self, article: &Article, words: usize, at: Timestamp) -> Result<Kept, LibraryError> {
        if self.read_only {
            return Ok(self.kept(&article.id, article.body.hash())?.unwrap_or_default());
        }
        let body = body::encode(&article.body).map_err(|_| LibraryError::Body(article.title.clone()))?;
        self.write(|transaction| {
            let known = find(transaction, &article.id, article.body.hash())?;
            if let Some((row, Kept { known_as: Some(old), .. })) = &known
                && has_moved(old)
            {
                transaction
                    .prepare_cached("UPDATE articles SET iri = ?2 WHERE id = ?1")?
                    .execute(params![row, article.id.as_str()])?;
            }
            let kept = known.map(|(_, kept)| kept).unwrap_or_default();
            let row = upsert(transaction, article, words, at, &kept)?;
            transaction
                .prepare_cached(
                    "INSERT INTO bodies (article, body) VALUES (?1, ?2)
                     ON CONFLICT (article) DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
                )?
                .execute(params![row, body])?;
            history::record(transaction, row, at)?;
            Ok(kept)
        })
    }

    /// What is remembered of an article, by its id or else by its text; changes nothing.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn kept(&mut self, id: &SourceId, text: TextHash) -> Result<Option<Kept>, LibraryError> {
        self.read(|connection| Ok(find(connection, id, text)?.map(|(_, kept)| kept)))
    }

    /// Notes when an article was read, or that it is unread. One that is not in the library stays out of it.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_read(&mut self, id: &SourceId, read: Option<Timestamp>) -> Result<(), LibraryError> {
        let read = read.map(Timestamp::as_millisecond);
        self.write(|transaction| {
            let mut update = transaction.prepare_cached("UPDATE articles SET read_at = ?2 WHERE iri = ?1")?;
            update.execute(params![id.as_str(), read]).map(drop)
        })
    }

    /// Notes when an article was starred, or that it is not. One that is not in the library stays out of it.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_starred(&mut self, id: &SourceId, starred: Option<Timestamp>) -> Result<(), LibraryError> {
        let starred = starred.map(Timestamp::as_millisecond);
        self.write(|transaction| {
            let mut update = transaction.prepare_cached("UPDATE articles SET starred_at = ?2 WHERE iri = ?1")?;
            update.execute(params![id.as_str(), starred]).map(drop)
        })
    }

    /// Notes where the reader is in an article. One that is not in the library stays out of it.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_position(&mut self, id: &SourceId, position: &Position) -> Result<(), LibraryError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "UPDATE articles SET place_byte = ?2, place_length = ?3, place_text = ?4, place_quote = ?5
                     WHERE iri = ?1",
                )?
                .execute(params![
                    id.as_str(),
                    to_sql(position.byte),
                    to_sql(position.length),
                    position.text.as_bytes(),
                    position.quote
                ])
                .map(drop)
        })
    }

    /// The newest `limit` articles: by the day they were published, or by their arrival if that is earlier or no day is
    /// known.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn entries(&mut self, limit: usize) -> Result<Vec<Entry>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT iri, title, byline, source, published, words, text_hash, added_at, opened_at, read_at,
                            starred_at, place_byte, place_length
                     FROM articles ORDER BY listed_at DESC, id DESC LIMIT ?1",
                )?
                .query_map([to_sql(limit)], entry)?
                .collect()
        })
    }

    /// An article as it was when it was last opened; none if it is not in the library.
    ///
    /// # Errors
    /// [`LibraryError::Body`] if its words do not read back as they were, and those of every read.
    pub fn article(&mut self, id: &SourceId) -> Result<Option<Article>, LibraryError> {
        let found = self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT title, byline, published, source, url, language, text_hash, body
                     FROM articles JOIN bodies ON article = articles.id WHERE iri = ?1",
                )?
                .query_row([id.as_str()], |row| {
                    let body: Vec<u8> = row.get("body")?;
                    Ok((
                        row.get::<_, String>("title")?,
                        row.get("byline")?,
                        published(row)?.map(Into::into),
                        row.get("source")?,
                        row.get("url")?,
                        row.get("language")?,
                        TextHash::from_bytes(row.get("text_hash")?),
                        body,
                    ))
                })
                .optional()
        })?;
        let Some((title, byline, published, source, url, language, hash, body)) = found else { return Ok(None) };
        match body::decode(&body) {
            Ok(body) if body.hash() == hash => {
                Ok(Some(Article { id: id.clone(), title, byline, published, source, url, language, body }))
            }
            _ => Err(LibraryError::Body(title)),
        }
    }

    /// Takes an article and all that is remembered of it out of the library.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn forget(&mut self, id: &SourceId) -> Result<(), LibraryError> {
        self.write(|transaction| {
            transaction.prepare_cached("DELETE FROM articles WHERE iri = ?1")?.execute([id.as_str()]).map(drop)
        })
    }
}

/// The row of an article and what is kept of it: by its id, or else the last opened one with the same words.
fn find(connection: &Connection, id: &SourceId, text: TextHash) -> rusqlite::Result<Option<(i64, Kept)>> {
    const COLUMNS: &str =
        "SELECT id, iri, read_at, starred_at, place_byte, place_length, place_text, place_quote FROM articles";
    let read = |row: &Row<'_>| {
        let iri: String = row.get("iri")?;
        let kept = Kept {
            position: position(row)?,
            read_at: row.get::<_, Option<i64>>("read_at")?.map(time),
            starred_at: row.get::<_, Option<i64>>("starred_at")?.map(time),
            known_as: (iri != id.as_str()).then(|| SourceId::from_iri(iri)),
        };
        Ok((row.get("id")?, kept))
    };
    let by_id =
        connection.prepare_cached(&format!("{COLUMNS} WHERE iri = ?1"))?.query_row([id.as_str()], read).optional()?;
    // Articles without words have nothing in common.
    if by_id.is_some() || text == TextHash::of("") {
        return Ok(by_id);
    }
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE text_hash = ?1 ORDER BY opened_at DESC LIMIT 1"))?
        .query_row([text.as_bytes()], read)
        .optional()
}

/// Whether nothing can be opened under this id any more, so that the same text under another id is a move, not a copy.
fn has_moved(old: &SourceId) -> bool {
    matches!(old.kind(), SourceKind::Text | SourceKind::Work) || old.file_path().is_some_and(|path| !path.exists())
}

fn upsert(
    connection: &Connection,
    article: &Article,
    words: usize,
    at: Timestamp,
    kept: &Kept,
) -> rusqlite::Result<i64> {
    let midnight =
        article.published.and_then(|published| TimeZone::UTC.to_timestamp(published.day.at(0, 0, 0, 0)).ok());
    connection
        .prepare_cached(
            "INSERT INTO articles (iri, title, byline, published, source, url, language, words, text_hash, listed_at,
                                   added_at, opened_at, read_at, starred_at, place_byte, place_length, place_text,
                                   place_quote)
             VALUES (:iri, :title, :byline, :published, :source, :url, :language, :words, :text_hash,
                     min(coalesce(:midnight, :at), :at), :at, :at, :read_at, :starred_at, :place_byte, :place_length,
                     :place_text, :place_quote)
             ON CONFLICT (iri) DO UPDATE SET
                 title = excluded.title, byline = excluded.byline, published = excluded.published,
                 source = excluded.source, url = excluded.url, language = excluded.language, words = excluded.words,
                 text_hash = excluded.text_hash, opened_at = excluded.opened_at,
                 listed_at = min(coalesce(:midnight, added_at), added_at)
             RETURNING id",
        )?
        .query_row(
            named_params! {
                ":iri": article.id.as_str(),
                ":title": article.title,
                ":byline": article.byline,
                ":published": article.published.map(|published| published.day.to_string()),
                ":source": article.source,
                ":url": article.url,
                ":language": article.language,
                ":words": to_sql(words),
                ":text_hash": article.body.hash().as_bytes(),
                ":midnight": midnight.map(Timestamp::as_millisecond),
                ":at": at.as_millisecond(),
                ":read_at": kept.read_at.map(Timestamp::as_millisecond),
                ":starred_at": kept.starred_at.map(Timestamp::as_millisecond),
                ":place_byte": kept.position.as_ref().map(|place| to_sql(place.byte)),
                ":place_length": kept.position.as_ref().map(|place| to_sql(place.length)),
                ":place_text": kept.position.as_ref().map(|place| *place.text.as_bytes()),
                ":place_quote": kept.position.as_ref().map(|place| place.quote.as_str()),
            },
            |row| row.get(0),
        )
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let percent = |byte: i64, length: i64| if length > 0 { (byte.clamp(0, length) * 100 / length) as u8 } else { 0 };
    Ok(Entry {
        id: SourceId::from_iri(row.get::<_, String>("iri")?),
        title: row.get("title")?,
        byline: row.get("byline")?,
        source: row.get("source")?,
        published: published(row)?,
        words: from_sql(row.get("words")?),
        text: TextHash::from_bytes(row.get("text_hash")?),
        added_at: time(row.get("added_at")?),
        opened_at: time(row.get("opened_at")?),
        read_at: row.get::<_, Option<i64>>("read_at")?.map(time),
        starred_at: row.get::<_, Option<i64>>("starred_at")?.map(time),
        progress: match (row.get("place_byte")?, row.get("place_length")?) {
            (Some(byte), Some(length)) => percent(byte, length),
            _ => 0,
        },
    })
}

fn position(row: &Row<'_>) -> rusqlite::Result<Option<Position>> {
    let Some(byte) = row.get::<_, Option<i64>>("place_byte")? else { return Ok(None) };
    Ok(Some(Position {
        byte: from_sql(byte),
        length: from_sql(row.get("place_length")?),
        text: TextHash::from_bytes(row.get("place_text")?),
        quote: row.get("place_quote")?,
    }))
}

fn published(row: &Row<'_>) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<String>>("published")?.and_then(|day| day.parse().ok()))
}
