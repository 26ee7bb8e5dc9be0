//! From rows of the database to values, and the few questions that are asked by id.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::{LibraryError, body, from_sql, time};
use crate::article::{Article, Entry, Position, Published, RowId, SourceId, TextHash};

/// What [`entry`] reads.
pub(super) const ENTRY: &str = "SELECT id, iri, title, byline, source, published, published_at, url, words, text_hash,
    first_seen, listed_at, opened, removed, read_at, starred_at, place_byte, place_length,
    (SELECT group_concat(tag, char(10) ORDER BY tag) FROM tags WHERE article = articles.id) AS tags,
    changed_at, is_teaser, comments, (SELECT count(*) FROM enclosures WHERE article = articles.id) AS enclosures,
    (SELECT group_concat(coalesce(feeds.name, feeds.address), char(10) ORDER BY feed_entries.id)
        FROM feed_entries JOIN feeds ON feeds.id = feed WHERE article = articles.id) AS feeds
    FROM articles";

/// Reads a row of [`ENTRY`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let percent = |byte: i64, length: i64| if length > 0 { (byte.clamp(0, length) * 100 / length) as u8 } else { 0 };
    Ok(Entry {
        row: RowId(row.get("id")?),
        id: SourceId::from_iri(row.get::<_, String>("iri")?),
        title: row.get("title")?,
        byline: row.get("byline")?,
        source: row.get("source")?,
        published: published(row)?,
        url: row.get("url")?,
        words: from_sql(row.get("words")?),
        text: TextHash::from_bytes(row.get("text_hash")?),
        first_seen: time(row.get("first_seen")?),
        listed_at: time(row.get("listed_at")?),
        opened: optional_time(row, "opened")?,
        read_at: optional_time(row, "read_at")?,
        starred_at: optional_time(row, "starred_at")?,
        progress: match (row.get("place_byte")?, row.get("place_length")?) {
            (Some(byte), Some(length)) => percent(byte, length),
            _ => 0,
        },
        tags: tags(row)?,
        removed: optional_time(row, "removed")?,
        changed: optional_time(row, "changed_at")?,
        feeds: lines(row, "feeds")?,
        is_teaser: row.get("is_teaser")?,
        enclosures: from_sql(row.get("enclosures")?),
        comments: row.get("comments")?,
    })
}

pub(super) fn optional_time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(time))
}

/// Tags as one column: a tag has no line break.
pub(super) fn tags(row: &Row<'_>) -> rusqlite::Result<Vec<String>> {
    lines(row, "tags")
}

/// Several values as one column.
fn lines(row: &Row<'_>, column: &str) -> rusqlite::Result<Vec<String>> {
    let all: Option<String> = row.get(column)?;
    Ok(all.iter().flat_map(|all| all.lines()).map(str::to_owned).collect())
}

pub(super) fn position(row: &Row<'_>) -> rusqlite::Result<Option<Position>> {
    let (byte, length): (Option<i64>, Option<i64>) = (row.get("place_byte")?, row.get("place_length")?);
    // A place of which a part is missing is none; the article is there all the same.
    let (text, quote): (Option<[u8; 32]>, Option<String>) = (row.get("place_text")?, row.get("place_quote")?);
    let place = byte.zip(length).zip(text).zip(quote).map(|(((byte, length), text), quote)| Position {
        byte: from_sql(byte),
        length: from_sql(length),
        text: TextHash::from_bytes(text),
        quote,
    });
    Ok(place)
}

fn published(row: &Row<'_>) -> rusqlite::Result<Option<Published>> {
    let day = row.get::<_, Option<String>>("published")?.and_then(|day| day.parse().ok());
    let instant = optional_time(row, "published_at")?;
    Ok(day.map(|day| Published { day, instant }))
}

/// The rows of these numbers, in their order, without those that do not exist.
pub(super) fn entries(connection: &Connection, rows: &[RowId]) -> rusqlite::Result<Vec<Entry>> {
    let mut query = connection.prepare_cached(&format!("{ENTRY} WHERE id = ?1"))?;
    rows.iter().filter_map(|row| query.query_row([row.0], entry).optional().transpose()).collect()
}

/// The row of an article, removed or not.
pub(super) fn entry_of(connection: &Connection, id: &SourceId) -> rusqlite::Result<Option<Entry>> {
    connection.prepare_cached(&format!("{ENTRY} WHERE iri = ?1"))?.query_row([id.as_str()], entry).optional()
}

/// An article as it is stored, its words still packed.
pub(super) struct Stored {
    article: Article,
    text: TextHash,
    packed: Vec<u8>,
}

impl Stored {
    /// Reads what is stored of an article.
    pub(super) fn find(connection: &Connection, id: &SourceId) -> rusqlite::Result<Option<Self>> {
        Self::find_where(connection, "iri = ?1", id.as_str())
    }

    /// The same, by its row.
    pub(super) fn find_row(connection: &Connection, row: RowId) -> rusqlite::Result<Option<Self>> {
        Self::find_where(connection, "articles.id = ?1", row.0)
    }

    fn find_where(connection: &Connection, is_it: &str, key: impl ToSql) -> rusqlite::Result<Option<Self>> {
        connection
            .prepare_cached(&format!(
                "SELECT iri, title, byline, published, published_at, source, url, language, text_hash, body
                 FROM articles JOIN bodies ON article = articles.id WHERE {is_it}"
            ))?
            .query_row([key], |row| {
                Ok(Self {
                    article: Article {
                        id: SourceId::from_iri(row.get::<_, String>("iri")?),
                        title: row.get("title")?,
                        byline: row.get("byline")?,
                        published: published(row)?,
                        source: row.get("source")?,
                        url: row.get("url")?,
                        language: row.get("language")?,
                        body: crate::article::Text::new(String::new(), vec![], vec![]),
                    },
                    text: TextHash::from_bytes(row.get("text_hash")?),
                    packed: row.get("body")?,
                })
            })
            .optional()
    }

    /// The same article with other words.
    pub(super) fn with_words(self, text: TextHash, packed: Vec<u8>) -> Self {
        Self { text, packed, ..self }
    }

    /// Unpacks the words.
    ///
    /// # Errors
    /// [`LibraryError::Body`] if they do not read back as they were.
    pub(super) fn unpack(self) -> Result<Article, LibraryError> {
        match body::decode(&self.packed) {
            Ok(body) if body.hash() == self.text => Ok(Article { body, ..self.article }),
            _ => Err(LibraryError::Body(self.article.title)),
        }
    }
}
