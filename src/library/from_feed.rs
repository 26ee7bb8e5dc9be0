//! What is known of an article that came from a feed, for whoever has it on the page or fetches the rest of it.

use rusqlite::OptionalExtension;

use super::rows::Stored;
use super::{Library, LibraryError, from_sql};
use crate::article::{Article, RowId, SourceId, TextHash};
use crate::feed::{FeedText, FromFeed};
use crate::intake::feed::Enclosure;

/// An article of which only the beginning is here, and where the rest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Its row.
    pub row: RowId,
    /// Its name.
    pub id: SourceId,
    /// The address of its page.
    pub page: String,
}

impl Library {
    /// What is known of an article that came from a feed; none of others.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn from_feed(&mut self, row: RowId) -> Result<Option<FromFeed>, LibraryError> {
        self.read(|connection| {
            let found: Option<(bool, bool, bool, i64, Option<String>)> = connection
                .prepare_cached(
                    "SELECT is_teaser, EXISTS (SELECT 1 FROM teasers WHERE article = articles.id),
                         changed_at IS NOT NULL, (SELECT count(*) FROM feed_entries WHERE article = articles.id), comments
                     FROM articles WHERE id = ?1 AND EXISTS (SELECT 1 FROM feed_entries WHERE article = articles.id)",
                )?
                .query_row([row.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
                .optional()?;
            let Some((is_teaser, has_page, is_changed, feeds, comments)) = found else { return Ok(None) };
            let text = match (has_page, is_teaser) {
                (true, _) => FeedText::Page,
                (false, true) => FeedText::Beginning,
                (false, false) => FeedText::All,
            };
            let enclosures = connection
                .prepare_cached("SELECT url, media_type, length FROM enclosures WHERE article = ?1 ORDER BY place")?
                .query_map([row.0], |row| {
                    let length = row.get::<_, Option<i64>>(2)?.and_then(|length| u64::try_from(length).ok());
                    Ok(Enclosure { url: row.get(0)?, media_type: row.get(1)?, length })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some(FromFeed { text, is_changed, feeds: from_sql(feeds), comments, enclosures }))
        })
    }

    /// An article as its feed has it, whatever is read of it; none if it is not in the library.
    ///
    /// # Errors
    /// [`LibraryError::Body`] if its words do not read back as they were, and those of every read.
    pub fn feed_text(&mut self, row: RowId) -> Result<Option<Article>, LibraryError> {
        let found = self.read(|connection| {
            let sent: Option<(Vec<u8>, TextHash)> = connection
                .prepare_cached("SELECT body, text_hash FROM teasers WHERE article = ?1")?
                .query_row([row.0], |row| Ok((row.get(0)?, TextHash::from_bytes(row.get(1)?))))
                .optional()?;
            let stored = Stored::find_row(connection, row)?;
            Ok(stored.map(|stored| match sent {
                Some((packed, hash)) => stored.with_words(hash, packed),
                None => stored,
            }))
        })?;
        found.map(Stored::unpack).transpose()
    }

    /// Notes whether the page of an article has more of it than the feed, as far as that is known now. One that has not is
    /// not fetched again unasked.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn set_is_teaser(&mut self, row: RowId, is_teaser: bool) -> Result<(), LibraryError> {
        self.write(|transaction| {
            let mut update = transaction.prepare_cached("UPDATE articles SET is_teaser = ?2 WHERE id = ?1")?;
            update.execute((row.0, is_teaser)).map(drop)
        })
    }

    /// Those of these articles of which only the beginning is here, and whose page is on the web.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn beginnings(&mut self, rows: &[RowId]) -> Result<Vec<Beginning>, LibraryError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT iri, url FROM articles WHERE id = ?1 AND is_teaser = 1 AND url IS NOT NULL AND removed IS NULL",
            )?;
            let found = rows.iter().filter_map(|id| {
                let read = |row: &rusqlite::Row<'_>| {
                    Ok(Beginning { row: *id, id: SourceId::from_iri(row.get::<_, String>(0)?), page: row.get(1)? })
                };
                query.query_row([id.0], read).optional().transpose()
            });
            found.collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Arrival;
    use crate::intake::{Hints, read};
    use crate::query::ArticleQuery;
    use jiff::Timestamp;

    fn article(words: &str) -> Article {
        let url = "https://example.org/rain".to_owned();
        let hints = Hints { id: Some(SourceId::of_web(&url)), url: Some(url), ..Hints::default() };
        read(format!("Rain\n\n{words}\n").as_bytes(), &hints).unwrap()
    }

    /// A library with an article that a feed has brought the beginning of.
    fn library() -> (Library, RowId) {
        let mut library = Library::in_memory().unwrap();
        let arrival = Arrival { article: article("It rained in Ghent…").into(), words: 5, file: None };
        let row = library.arrive(&[arrival], Timestamp::UNIX_EPOCH).unwrap()[0].row;
        assert_eq!(library.from_feed(row).unwrap(), None, "nobody knows that it came from a feed");
        library
            .write(|connection| {
                connection.execute("INSERT INTO feeds (address) VALUES ('https://example.org/feed')", [])?;
                let sql = "INSERT INTO feed_entries (feed, article, title, content, is_long, first_seen)
                           SELECT id, ?1, 0, 0, 0, 0 FROM feeds";
                connection.execute(sql, [row.0])
            })
            .unwrap();
        library.set_is_teaser(row, true).unwrap();
        (library, row)
    }

    fn text(library: &mut Library, row: RowId) -> FeedText {
        library.from_feed(row).unwrap().unwrap().text
    }

    fn finds(library: &Library, words: &str) -> bool {
        let query = ArticleQuery::read(words, Timestamp::UNIX_EPOCH).unwrap();
        !library.reader().unwrap().rows_matching(&query).unwrap().is_empty()
    }

    #[test]
    fn the_page_is_read_and_found_and_the_feeds_text_stays_beside_it() {
        let (mut library, row) = library();
        assert_eq!(text(&mut library, row), FeedText::Beginning);
        let beginnings = library.beginnings(&[RowId(7), row]).unwrap();
        assert_eq!(beginnings.iter().map(|it| it.page.as_str()).collect::<Vec<_>>(), ["https://example.org/rain"]);
        let (beginning, page) = (article("It rained in Ghent…"), article("It rained in Ghent, and Antwerp was dry."));
        library.set_full_text(row, &page).unwrap();
        assert_eq!(text(&mut library, row), FeedText::Page);
        assert_eq!(library.article_at(row).unwrap().unwrap().body, page.body);
        assert_eq!(library.feed_text(row).unwrap().unwrap().body, beginning.body);
        assert!(finds(&library, "antwerp"));
        assert_eq!(library.beginnings(&[row]).unwrap(), []);
        // Fetched again, it takes the place of the page and not of the feed's text.
        let again = article("It rained in Ghent, and Antwerp was wet.");
        library.set_full_text(row, &again).unwrap();
        assert_eq!(library.feed_text(row).unwrap().unwrap().body, beginning.body);
        assert!(finds(&library, "wet") && !finds(&library, "dry"));
    }

    #[test]
    fn an_article_that_is_gone_is_nobodys_page() {
        let (mut library, row) = library();
        let gone = RowId(99);
        library.set_full_text(gone, &article("It rained.")).unwrap();
        library.set_is_teaser(gone, true).unwrap();
        assert_eq!((library.from_feed(gone).unwrap(), library.feed_text(gone).unwrap()), (None, None));
        library.set_is_teaser(row, false).unwrap();
        assert_eq!(text(&mut library, row), FeedText::All);
    }
}
