//! What the reader did to articles, as a cache of the mark logs.
//!
//! `marks` has the merged line of every id that was ever marked, whether it is an article here or not; the articles carry
//! the values that count for them. Whoever owns the logs merges: the lines of an article's own id with those of ids that
//! are no articles here but were marked in the same text (a file that lies elsewhere on another machine).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Library, LibraryError, from_sql, rows, text_index, to_sql};
use crate::article::{Position, RowId, SourceId, TextHash};
use crate::journal::LogPosition;
use crate::text::fold::fold;

/// What counts for an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkState {
    /// When it was read, if it was.
    pub read_at: Option<Timestamp>,
    /// When it was starred, if it is.
    pub starred_at: Option<Timestamp>,
    /// When it was taken out of the list, if it was.
    pub removed: Option<Timestamp>,
    /// Its tags; none has a line break.
    pub tags: Vec<String>,
    /// Where the reader was.
    pub position: Option<Position>,
}

/// A mark that was merged and is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsorbedMark {
    /// What was marked, an article of this library or not.
    pub id: SourceId,
    /// The text it was marked in, where that is known.
    pub text: Option<TextHash>,
    /// The merged line of this id; none to leave the stored one and only set what counts for the article.
    pub line: Option<String>,
    /// What counts for the article of this id.
    pub state: MarkState,
    /// Whether the place counts too: the library may know a later one, which is written to the logs when the article is
    /// left.
    pub sets_place: bool,
}

/// An article about to be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowMark {
    /// Its row.
    pub row: RowId,
    /// Its id.
    pub id: SourceId,
    /// Its text.
    pub text: TextHash,
    /// Its headline.
    pub title: String,
    /// The line stored under its id.
    pub line: Option<String>,
}

impl Library {
    /// Stores merged marks and how far the logs they come from were taken in, all or nothing. Positions of logs that are
    /// not named stay.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn absorb_marks(&mut self, marks: &[AbsorbedMark], positions: &[LogPosition]) -> Result<(), LibraryError> {
        self.write(|transaction| {
            // A hundred thousand marks touch every page of the database. In the order of the pages each is touched once,
            // which is ten times faster than as they come.
            let mut marks: Vec<&AbsorbedMark> = marks.iter().collect();
            marks.sort_by(|one, other| one.id.as_str().cmp(other.id.as_str()));
            let mut rows = Vec::with_capacity(marks.len());
            for mark in marks {
                if let Some(line) = &mark.line {
                    store(transaction, mark, line)?;
                }
                rows.extend(row_of(transaction, &mark.id)?.map(|row| (row, mark)));
            }
            rows.sort_by_key(|(row, _)| *row);
            for (row, mark) in rows {
                apply(transaction, row, &mark.state, mark.sets_place)?;
            }
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO log_positions (name, file, bytes, lines, fingerprint, superfluous)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for log in positions {
                // SQLite's numbers are signed; the bits are the same.
                let [file, bytes, fingerprint, superfluous] =
                    [log.file, log.bytes, log.fingerprint, log.superfluous].map(u64::cast_signed);
                insert.execute(params![log.name, file, bytes, to_sql(log.lines), fingerprint, superfluous])?;
            }
            Ok(())
        })
    }

    /// How far each mark log has been taken in.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn log_positions(&mut self) -> Result<Vec<LogPosition>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT name, file, bytes, lines, fingerprint, superfluous FROM log_positions ORDER BY name",
                )?
                .query_map([], |row| {
                    let number = |column| row.get::<_, i64>(column).map(i64::cast_unsigned);
                    Ok(LogPosition {
                        name: row.get(0)?,
                        file: number(1)?,
                        bytes: number(2)?,
                        lines: from_sql(row.get(3)?),
                        fingerprint: number(4)?,
                        superfluous: number(5)?,
                    })
                })?
                .collect()
        })
    }

    /// The line stored under each of these ids, in their order.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn mark_lines(&mut self, ids: &[SourceId]) -> Result<Vec<Option<String>>, LibraryError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT line FROM marks WHERE iri = ?1")?;
            ids.iter().map(|id| query.query_row([id.as_str()], |row| row.get(0)).optional()).collect()
        })
    }

    /// What is needed to mark these rows, without those that do not exist.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn row_marks(&mut self, rows: &[RowId]) -> Result<Vec<RowMark>, LibraryError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT articles.iri, articles.text_hash, title, line
                 FROM articles LEFT JOIN marks ON marks.iri = articles.iri WHERE articles.id = ?1",
            )?;
            let mut read = |&row: &RowId| {
                let mark = |found: &Row<'_>| {
                    Ok(RowMark {
                        row,
                        id: SourceId::from_iri(found.get::<_, String>(0)?),
                        text: TextHash::from_bytes(found.get(1)?),
                        title: found.get(2)?,
                        line: found.get(3)?,
                    })
                };
                query.query_row([row.0], mark).optional().transpose()
            };
            rows.iter().filter_map(&mut read).collect()
        })
    }

    /// The lines that were made in this text under ids which are no articles here: they count for each article with the
    /// text.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn marks_of_text(&mut self, text: TextHash) -> Result<Vec<String>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT line {ELSEWHERE} ORDER BY iri LIMIT ?2"))?
                .query_map(params![text.as_bytes(), to_sql(MOST_ELSEWHERE)], |row| row.get(0))?
                .collect()
        })
    }

    /// The row of an article, removed or not; none if it is not in the library.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn row(&mut self, id: &SourceId) -> Result<Option<RowId>, LibraryError> {
        self.read(|connection| Ok(row_of(connection, id)?.map(RowId)))
    }

    /// The articles that were read, starred or begun, and of which no log says so: those of a library from the time when
    /// there were no logs of marks.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn rows_without_mark(&mut self) -> Result<Vec<RowId>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM articles
                     WHERE (read_at IS NOT NULL OR starred_at IS NOT NULL OR place_byte IS NOT NULL)
                         AND NOT EXISTS (SELECT 1 FROM marks WHERE marks.iri = articles.iri)
                     ORDER BY id",
                )?
                .query_map([], |row| row.get(0).map(RowId))?
                .collect()
        })
    }

    /// The articles with this text: those that a mark counts for whose own id is no article here.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn rows_of_text(&mut self, text: TextHash) -> Result<Vec<RowId>, LibraryError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id FROM articles WHERE text_hash = ?1 ORDER BY id")?
                .query_map([text.as_bytes()], |row| row.get(0).map(RowId))?
                .collect()
        })
    }
}

/// Marks made in the text `?1` under ids that are no articles here. Articles without words have nothing in common.
const ELSEWHERE: &str = "FROM marks WHERE substr(text_hash, 1, 8) = substr(?1, 1, 8) AND text_hash = ?1
    AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.iri = marks.iri)";

/// Most ids that one text is merged from.
const MOST_ELSEWHERE: usize = 1000;

fn store(connection: &Connection, mark: &AbsorbedMark, line: &str) -> rusqlite::Result<()> {
    let AbsorbedMark { id, text, state, .. } = mark;
    let place = state.position.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO marks (iri, text_hash, line, read_at, starred_at, removed, tags, place_byte, place_length,
                                place_text, place_quote)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (iri) DO UPDATE SET
                 text_hash = excluded.text_hash, line = excluded.line, read_at = excluded.read_at,
                 starred_at = excluded.starred_at, removed = excluded.removed, tags = excluded.tags,
                 place_byte = excluded.place_byte, place_length = excluded.place_length,
                 place_text = excluded.place_text, place_quote = excluded.place_quote",
        )?
        .execute(params![
            id.as_str(),
            text.as_ref().map(TextHash::as_bytes),
            line,
            state.read_at.map(Timestamp::as_millisecond),
            state.starred_at.map(Timestamp::as_millisecond),
            state.removed.map(Timestamp::as_millisecond),
            (!state.tags.is_empty()).then(|| state.tags.join("\n")),
            place.map(|place| to_sql(place.byte)),
            place.map(|place| to_sql(place.length)),
            place.map(|place| *place.text.as_bytes()),
            place.map(|place| place.quote.as_str()),
        ])
        .map(drop)
}

/// The row of an article.
pub(super) fn row_of(connection: &Connection, id: &SourceId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM articles WHERE iri = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()
}

/// Makes `state` what counts for an article, its place only if asked.
pub(super) fn apply(connection: &Connection, row: i64, state: &MarkState, sets_place: bool) -> rusqlite::Result<()> {
    let (was_removed, has_tags): (bool, bool) = connection
        .prepare_cached(
            "SELECT removed IS NOT NULL, EXISTS (SELECT 1 FROM tags WHERE article = id) FROM articles WHERE id = ?1",
        )?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
    connection
        .prepare_cached("UPDATE articles SET read_at = ?2, starred_at = ?3, removed = ?4 WHERE id = ?1")?
        .execute(params![
            row,
            state.read_at.map(Timestamp::as_millisecond),
            state.starred_at.map(Timestamp::as_millisecond),
            state.removed.map(Timestamp::as_millisecond),
        ])?;
    if sets_place && let Some(place) = &state.position {
        set_place(connection, row, place)?;
    }
    if has_tags {
        connection.prepare_cached("DELETE FROM tags WHERE article = ?1")?.execute([row])?;
    }
    for tag in &state.tags {
        connection
            .prepare_cached("INSERT OR IGNORE INTO tags (article, tag, folded) VALUES (?1, ?2, ?3)")?
            .execute(params![row, tag, fold(tag)])?;
    }
    if was_removed != state.removed.is_some() {
        text_index::follow_removal(connection, row)?;
    }
    Ok(())
}

/// Sets where the reader is in the article of a row.
pub(super) fn set_place(connection: &Connection, row: i64, place: &Position) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE articles SET place_byte = ?2, place_length = ?3, place_text = ?4, place_quote = ?5 WHERE id = ?1",
        )?
        .execute(params![row, to_sql(place.byte), to_sql(place.length), place.text.as_bytes(), place.quote])
        .map(drop)
}

/// What is known of an article that has just arrived: the mark under its id, else one made elsewhere in the same text;
/// and whether there are any of the latter, which only their owner can merge.
pub(super) fn before_arrival(
    connection: &Connection,
    id: &SourceId,
    text: TextHash,
) -> rusqlite::Result<(Option<MarkState>, bool)> {
    const VALUES: &str = "SELECT read_at, starred_at, removed, tags, place_byte, place_length, place_text, place_quote";
    let own = connection
        .prepare_cached(&format!("{VALUES} FROM marks WHERE iri = ?1"))?
        .query_row([id.as_str()], state)
        .optional()?;
    if text == TextHash::of("") {
        return Ok((own, false));
    }
    let elsewhere = connection
        .prepare_cached(&format!("{VALUES} {ELSEWHERE} AND iri <> ?2 ORDER BY iri LIMIT 1"))?
        .query_row(params![text.as_bytes(), id.as_str()], state)
        .optional()?;
    let is_elsewhere = elsewhere.is_some();
    Ok((own.or(elsewhere), is_elsewhere))
}

/// Reads the columns that `articles` and `marks` have in common.
pub(super) fn state(row: &Row<'_>) -> rusqlite::Result<MarkState> {
    Ok(MarkState {
        read_at: rows::optional_time(row, "read_at")?,
        starred_at: rows::optional_time(row, "starred_at")?,
        removed: rows::optional_time(row, "removed")?,
        tags: rows::tags(row)?,
        position: rows::position(row)?,
    })
}
