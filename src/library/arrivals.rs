//! Articles that arrive: named, found in a folder, shipped with the program, or opened for the first time.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params, params};

use super::marks::{self, MarkState};
use super::words::Searchable;
use super::{Library, LibraryError, body, text_index, to_sql, words};
use crate::article::{Arrival, Arrived, Article, FileStamp, Kept, RowId, SourceId, TextHash};

/// Articles that are taken in at a time: few enough that no other program waits long.
const BATCH: usize = 200;

/// Most articles whose words are indexed as they arrive, where more are indexed later.
pub(super) const FEW: usize = 20;

/// Articles with the same words that are looked at for one that is gone.
const MOST_COPIES: usize = 16;

impl Library {
    /// Takes articles in, unread and not opened, with what is known of them from marks made before or elsewhere. One
    /// that is known keeps what the reader did to it and gets its new words; one that was removed stays removed. A text
    /// that is known under another id is handled as [`record_opened`](Self::record_opened) tells.
    ///
    /// The first of them came `now`, each other one a millisecond before the last: the list, newest first, has those
    /// without a date in the order in which they are given.
    ///
    /// Their words are found when this returns, unless they are many and somebody indexes
    /// [behind](Self::index_behind).
    ///
    /// Some hundred go in a transaction: should one fail, those before it are there.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn arrive(&mut self, arrivals: &[Arrival], now: Timestamp) -> Result<Vec<Arrived>, LibraryError> {
        let mut arrived = Vec::with_capacity(arrivals.len());
        let at_once = !self.indexes_behind || arrivals.len() <= FEW;
        for batch in arrivals.chunks(BATCH) {
            // Packing and cutting into words take most of the time, and nobody has to wait for it.
            let batch = batch.iter().map(|arrival| Incoming::of(arrival, at_once)).collect::<Result<Vec<_>, _>>()?;
            let before = arrived.len();
            let at = |place: usize| {
                let earlier = SignedDuration::from_millis(i64::try_from(before + place).unwrap_or(i64::MAX));
                now.checked_sub(earlier).unwrap_or(now)
            };
            let taken = self.write(|transaction| {
                let incoming = batch.iter().enumerate();
                incoming
                    .map(|(place, incoming)| Ok(take_in(transaction, incoming, at(place))?.0))
                    .collect::<Result<Vec<_>, _>>()
            })?;
            arrived.extend(taken);
        }
        Ok(arrived)
    }
}

/// An article about to be written.
pub(super) struct Incoming<'a> {
    pub(super) article: &'a Article,
    pub(super) words: usize,
    file: Option<FileStamp>,
    pub(super) text: TextHash,
    pub(super) packed: Vec<u8>,
    /// The words of its text as they are indexed; none to index them later.
    indexed: Option<String>,
}

impl<'a> Incoming<'a> {
    fn of(arrival: &'a Arrival, at_once: bool) -> Result<Self, LibraryError> {
        let Arrival { article, words, file } = arrival;
        Self::new(article, *words, *file, at_once)
    }

    /// One of which only the article is known.
    pub(super) fn opened(article: &'a Article, words: usize) -> Result<Self, LibraryError> {
        Self::new(article, words, None, true)
    }

    pub(super) fn new(
        article: &'a Article,
        words: usize,
        file: Option<FileStamp>,
        at_once: bool,
    ) -> Result<Self, LibraryError> {
        let packed = body::encode(&article.body).map_err(|_| LibraryError::Body(article.title.clone()))?;
        let indexed = at_once.then(|| text_index::indexed_words(&article.body));
        Ok(Self { article, words, file, text: article.body.hash(), packed, indexed })
    }

    /// The first moment at which it may have been published.
    pub(super) fn earliest(&self) -> Option<Timestamp> {
        self.article.published.and_then(|published| published.earliest())
    }

    /// Puts the article of a row that is not removed into both indexes.
    pub(super) fn index(&self, connection: &Connection, row: i64) -> rusqlite::Result<()> {
        let file_name = words::file_name(&self.article.id);
        let article = Searchable {
            title: &self.article.title,
            byline: self.article.byline.as_deref(),
            source: self.article.source.as_deref(),
            file_name: file_name.as_deref(),
        };
        words::index(connection, row, article)?;
        match &self.indexed {
            Some(text) => text_index::index(connection, row, article, text),
            None => text_index::postpone(connection, row),
        }
    }
}

/// What a feed says of an article besides the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromFeed<'a> {
    /// What its words are recognised by.
    pub(super) content: i64,
    pub(super) is_teaser: bool,
    pub(super) comments: Option<&'a str>,
    /// Whether it is listed under the time it came, whatever its date.
    pub(super) is_late: bool,
}

/// What is known of an article that is looked for by id and text.
pub(super) struct Known {
    row: i64,
    iri: String,
    /// Headline, writer, source and text: while they are the same, so are the indexes of words.
    searched: (String, Option<String>, Option<String>, TextHash),
    state: MarkState,
}

impl Known {
    /// What the reader of `id` is told.
    pub(super) fn kept(&self, id: &SourceId) -> Kept {
        kept(&self.state, (self.iri != id.as_str()).then(|| SourceId::from_iri(self.iri.clone())))
    }
}

fn kept(state: &MarkState, known_as: Option<SourceId>) -> Kept {
    Kept { position: state.position.clone(), read_at: state.read_at, starred_at: state.starred_at, known_as }
}

/// Finds an article: by its id, or else one with the same words. One that is gone goes before one that is there.
pub(super) fn find(connection: &Connection, id: &SourceId, text: TextHash) -> rusqlite::Result<Option<Known>> {
    const KNOWN: &str = "SELECT id, iri, title, byline, source, articles.text_hash, read_at, starred_at, removed, place_byte, place_length,
        place_text, place_quote, (SELECT group_concat(tag, char(10)) FROM tags WHERE article = articles.id) AS tags
        FROM articles";
    let read = |row: &Row<'_>| {
        Ok(Known {
            row: row.get("id")?,
            iri: row.get("iri")?,
            searched: (
                row.get("title")?,
                row.get("byline")?,
                row.get("source")?,
                TextHash::from_bytes(row.get("text_hash")?),
            ),
            state: marks::state(row)?,
        })
    };
    let by_id =
        connection.prepare_cached(&format!("{KNOWN} WHERE iri = ?1"))?.query_row([id.as_str()], read).optional()?;
    // Articles without words have nothing in common.
    if by_id.is_some() || text == TextHash::of("") {
        return Ok(by_id);
    }
    let mut same: Vec<Known> = connection
        .prepare_cached(&format!("{KNOWN} WHERE text_hash = ?1 ORDER BY opened DESC, id DESC LIMIT ?2"))?
        .query_map(params![text.as_bytes(), to_sql(MOST_COPIES)], read)?
        .collect::<rusqlite::Result<_>>()?;
    let gone = same.iter().position(|known| is_gone(&SourceId::from_iri(known.iri.clone())));
    Ok((!same.is_empty()).then(|| same.swap_remove(gone.unwrap_or(0))))
}

/// Whether nothing can be opened under this id any more, so that the same text under another id is a move, not a copy.
fn is_gone(old: &SourceId) -> bool {
    old.as_str().starts_with("urn:") || old.file_path().is_some_and(|path| !path.exists())
}

/// Writes one article: its row, its words, and the index of both. Says what is kept of it.
pub(super) fn take_in(
    connection: &Connection,
    incoming: &Incoming<'_>,
    now: Timestamp,
) -> rusqlite::Result<(Arrived, Kept)> {
    let Incoming { article, text, .. } = incoming;
    let known = find(connection, &article.id, *text)?;
    let is_known = known.as_ref().is_some_and(|known| known.iri == article.id.as_str());
    let mut moved = false;
    if let Some(Known { row, iri, .. }) = &known
        && !is_known
        && is_gone(&SourceId::from_iri(iri.clone()))
    {
        connection
            .prepare_cached("UPDATE articles SET iri = ?2 WHERE id = ?1")?
            .execute(params![row, article.id.as_str()])?;
        moved = true;
    }
    let is_new = !is_known && !moved;
    if let Some(known) = known.as_ref().filter(|_| is_known)
        && is_teaser(connection, known.row, *text)?
    {
        // What the feed sent was shown, and the page is here: both stay.
        let arrived = Arrived {
            row: RowId(known.row),
            id: article.id.clone(),
            is_new: false,
            was_removed: known.state.removed.is_some(),
            copy_of: None,
            is_marked_elsewhere: false,
        };
        return Ok((arrived, known.kept(&article.id)));
    }
    let row = upsert(connection, incoming, now)?;
    set_body(connection, row, &incoming.packed)?;
    let mut kept_before = known.as_ref().map(|known| known.kept(&article.id)).unwrap_or_default();
    let (mut is_marked_elsewhere, mut is_removed) =
        (false, known.as_ref().is_some_and(|known| known.state.removed.is_some()));
    if is_new {
        let (marked, elsewhere) = marks::before_arrival(connection, &article.id, *text)?;
        is_marked_elsewhere = elsewhere;
        // A copy begins with what was kept of the other article, but it was not removed with it.
        let copied = known.as_ref().map(|known| MarkState { removed: None, ..known.state.clone() });
        let state = marked.or(copied).unwrap_or_default();
        is_removed = state.removed.is_some();
        if state != MarkState::default() {
            marks::apply(connection, row, &state, true)?;
            kept_before = kept(&state, kept_before.known_as);
        }
    }
    let is_as_before = known.as_ref().is_some_and(|Known { searched: (title, byline, source, hash), .. }| {
        (title, byline, source, hash) == (&article.title, &article.byline, &article.source, text)
    });
    // Nothing that was removed is found.
    if !is_removed && (is_new || moved || !is_as_before) {
        incoming.index(connection, row)?;
    }
    let arrived = Arrived {
        row: RowId(row),
        id: article.id.clone(),
        is_new,
        was_removed: is_removed,
        copy_of: known.filter(|_| is_new).map(|known| SourceId::from_iri(known.iri)),
        is_marked_elsewhere,
    };
    Ok((arrived, kept_before))
}

/// Stores the packed words of an article.
pub(super) fn set_body(connection: &Connection, row: i64, packed: &[u8]) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO bodies (article, body) VALUES (?1, ?2)
             ON CONFLICT (article) DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
        )?
        .execute(params![row, packed])
        .map(drop)
}

/// Writes the row of an article, new or not; says which it is.
fn upsert(connection: &Connection, incoming: &Incoming<'_>, now: Timestamp) -> rusqlite::Result<i64> {
    let sql = format!(
        "{INSERT} ON CONFLICT (iri) DO UPDATE SET
             title = excluded.title, sort_title = excluded.sort_title, byline = excluded.byline,
             published = excluded.published,
             published_at = excluded.published_at,
             source = excluded.source, file_name = excluded.file_name, url = excluded.url,
             language = excluded.language, words = excluded.words, text_hash = excluded.text_hash,
             listed_at = CASE WHEN EXISTS (SELECT 1 FROM feed_entries WHERE article = articles.id) THEN listed_at
                 ELSE min(coalesce(:earliest, first_seen), first_seen) END,
             content = CASE WHEN text_hash = excluded.text_hash THEN content END,
             is_teaser = CASE WHEN text_hash = excluded.text_hash THEN is_teaser ELSE 0 END,
             file_size = coalesce(:file_size, file_size), file_modified = coalesce(:file_modified, file_modified)
         RETURNING id"
    );
    let earliest = incoming.earliest();
    with_columns(incoming, earliest, now, None, |columns| {
        connection.prepare_cached(&sql)?.query_row(columns, |row| row.get(0))
    })
}

/// Writes the row of an article that a feed brings and that is not there; says which it is, and when it is listed. Unlike
/// [`upsert`] it can fail in one way only, before anything is written, so SQLite need not note what to take back.
pub(super) fn insert(
    connection: &Connection,
    incoming: &Incoming<'_>,
    now: Timestamp,
    from_feed: FromFeed<'_>,
) -> rusqlite::Result<(i64, i64)> {
    let earliest = incoming.earliest().filter(|_| !from_feed.is_late);
    let row = with_columns(incoming, earliest, now, Some(from_feed), |columns| {
        connection.prepare_cached(INSERT)?.insert(columns)
    })?;
    Ok((row, earliest.map_or(now, |earliest| earliest.min(now)).as_millisecond()))
}

const INSERT: &str = "INSERT INTO articles (iri, title, sort_title, byline, published, published_at, source, file_name,
        url, language, words, text_hash, listed_at, first_seen, file_size, file_modified, content, is_teaser, comments)
    VALUES (:iri, :title, :sort_title, :byline, :published, :published_at, :source, :file_name,
        :url, :language, :words, :text_hash, min(coalesce(:earliest, :now), :now), :now, :file_size, :file_modified,
        :content, :is_teaser, :comments)";

/// Hands out what [`INSERT`] takes.
fn with_columns<T>(
    incoming: &Incoming<'_>,
    earliest: Option<Timestamp>,
    now: Timestamp,
    from_feed: Option<FromFeed<'_>>,
    write: impl FnOnce(&[(&str, &dyn ToSql)]) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let Incoming { article, words, file, text, .. } = incoming;
    let instant = article.published.and_then(|published| published.instant);
    write(named_params! {
        ":iri": article.id.as_str(),
        ":title": article.title,
        ":sort_title": words::sort_title(&article.title),
        ":byline": article.byline,
        ":published": article.published.map(|published| published.day.to_string()),
        ":published_at": instant.map(Timestamp::as_millisecond),
        ":source": article.source,
        ":file_name": words::file_name(&article.id),
        ":url": article.url,
        ":language": article.language,
        ":words": to_sql(*words),
        ":text_hash": text.as_bytes(),
        ":earliest": earliest.map(Timestamp::as_millisecond),
        ":now": now.as_millisecond(),
        ":file_size": file.map(|file| i64::try_from(file.size).unwrap_or(i64::MAX)),
        ":file_modified": file.map(|file| file.modified),
        ":content": from_feed.map(|from_feed| from_feed.content),
        ":is_teaser": from_feed.is_some_and(|from_feed| from_feed.is_teaser),
        ":comments": from_feed.and_then(|from_feed| from_feed.comments),
    })
}

/// Whether this is what the feed sent of an article whose page is in the library.
fn is_teaser(connection: &Connection, row: i64, text: TextHash) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM teasers WHERE article = ?1 AND text_hash = ?2)")?
        .query_row(params![row, text.as_bytes()], |row| row.get(0))
}
