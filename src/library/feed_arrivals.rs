//! Articles that a feed brings: which of them are new, which have other words now, and which are in the library already.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::arrivals::{self, FEW, FromFeed, Incoming};
use super::marks::{self, MarkState, row_of};
use super::rows::Stored;
use super::words::Searchable;
use super::{Library, LibraryError, feeds, text_index, to_sql, words};
use crate::article::address::WebAddress;
use crate::article::{Article, RowId, SourceId};
use crate::feed::{EntryArrival, EntryKeys, FeedArrivals, FeedNews, Recognition, is_beginning, recognise};
use crate::text::sanitize::one_line;

/// How far apart the dates of one text in two feeds may be, in milliseconds: what comes later is a series whose articles
/// are all alike.
const SAME_WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

impl Library {
    /// Takes in what one fetch of a feed brings, with what is remembered of the feed, in one transaction.
    ///
    /// What the feed brought before is recognised ([`recognise`]). With the same words it is left alone; with others it is a
    /// new version of its article, which stays in its place in the list, read or unread as it is, and counts as changed
    /// until it is opened. What is new is listed under its date, if that is later than the fetch before; what comes late, or
    /// has no date or one to come, is listed where it is seen: under the time it came. An article that another feed
    /// brought, or that is here as a page of the web, is the same article if it has the same address or the same words, or under the same headline the beginning of
    /// the same words.
    /// What was removed, dropped or pruned does not come back.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn arrive_from_feed(&mut self, arrivals: &FeedArrivals, now: Timestamp) -> Result<FeedNews, LibraryError> {
        let keys: Vec<EntryKeys> =
            arrivals.entries.iter().map(|entry| EntryKeys::of(&entry.article, entry.guid.as_deref())).collect();
        let indexes_behind = self.indexes_behind;
        self.write(|transaction| {
            let before: Option<i64> = transaction
                .prepare_cached("SELECT fetched_at FROM feeds WHERE address = ?1")?
                .query_row([&arrivals.feed], |row| row.get(0))
                .optional()?
                .flatten();
            let feed = feeds::set_state(transaction, &arrivals.feed, &arrivals.state)?;
            set_name(transaction, feed, arrivals)?;
            let known = Known::all(transaction, feed)?;
            let known_keys: Vec<EntryKeys> = known.iter().map(|known| known.keys).collect();
            let recognitions = recognise(&keys, &known_keys);
            let new = recognitions.iter().filter(|is| **is == Recognition::New).count();
            let mut intake = FeedIntake {
                connection: transaction,
                feed,
                address: &arrivals.feed,
                now,
                last: before.map(super::time),
                at_once: !indexes_behind || new <= FEW,
                uses: Uses::of(&keys, &recognitions),
                came: Vec::new(),
                searched_anew: Vec::new(),
                news: FeedNews::default(),
            };
            let mut is_listed = vec![false; known.len()];
            for (place, (entry, (keys, recognition))) in
                arrivals.entries.iter().zip(keys.iter().zip(recognitions)).enumerate()
            {
                match recognition {
                    Recognition::Known(at) => {
                        if let (Some(known), Some(listed)) = (known.get(at), is_listed.get_mut(at)) {
                            *listed = true;
                            intake.again(known, entry, keys)?;
                        }
                    }
                    Recognition::New => intake.first(entry, keys, place)?,
                    Recognition::Repeated => {}
                }
            }
            // What is gone from here and from the feed will not come back.
            let forgotten = known.iter().zip(is_listed).filter(|(known, listed)| known.article.is_none() && !listed);
            for (known, _) in forgotten {
                transaction.prepare_cached("DELETE FROM feed_entries WHERE id = ?1")?.execute([known.entry])?;
            }
            intake.searched_anew.sort_unstable();
            intake.index()?;
            Ok(intake.news)
        })
    }
}

fn incoming<'a>(article: &'a Article, entry: &EntryArrival) -> rusqlite::Result<Incoming<'a>> {
    Incoming::new(article, entry.words, None, false)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// What the feed is called in the articles it brings.
fn set_name(connection: &Connection, feed: i64, arrivals: &FeedArrivals) -> rusqlite::Result<()> {
    let named = arrivals.entries.iter().find_map(|entry| entry.article.source.as_deref());
    let Some(name) = named.or(arrivals.state.title.as_deref()) else { return Ok(()) };
    connection
        .prepare_cached("UPDATE feeds SET name = ?2 WHERE id = ?1 AND name IS NOT ?2")?
        .execute(params![feed, one_line(name)])
        .map(drop)
}

/// An entry that a feed brought before.
struct Known {
    entry: i64,
    /// None if it was pruned or dropped.
    article: Option<i64>,
    keys: EntryKeys,
}

impl Known {
    fn all(connection: &Connection, feed: i64) -> rusqlite::Result<Vec<Self>> {
        connection
            .prepare_cached(
                "SELECT id, article, guid, link, title, content, is_long, published
                 FROM feed_entries WHERE feed = ?1 ORDER BY id",
            )?
            .query_map([feed], |row| {
                Ok(Self {
                    entry: row.get(0)?,
                    article: row.get(1)?,
                    keys: EntryKeys {
                        guid: row.get(2)?,
                        link: row.get(3)?,
                        title: row.get(4)?,
                        content: row.get(5)?,
                        is_long: row.get(6)?,
                        published: row.get(7)?,
                    },
                })
            })?
            .collect()
    }
}

/// How many entries of a document have each id and each address.
struct Uses {
    guids: HashMap<i64, usize>,
    links: HashMap<i64, usize>,
}

impl Uses {
    fn of(keys: &[EntryKeys], recognitions: &[Recognition]) -> Self {
        let (mut guids, mut links) = (HashMap::new(), HashMap::new());
        for (keys, _) in keys.iter().zip(recognitions).filter(|(_, is)| **is != Recognition::Repeated) {
            for (key, uses) in [(keys.guid, &mut guids), (keys.link, &mut links)] {
                if let Some(key) = key {
                    *uses.entry(key).or_default() += 1;
                }
            }
        }
        Self { guids, links }
    }

    fn is_alone(uses: &HashMap<i64, usize>, key: Option<i64>) -> bool {
        key.is_some_and(|key| uses.get(&key) == Some(&1))
    }
}

/// One fetch of a feed, on its way in.
struct FeedIntake<'a> {
    connection: &'a Connection,
    feed: i64,
    address: &'a str,
    now: Timestamp,
    /// When the feed was fetched before.
    last: Option<Timestamp>,
    /// Whether words are indexed at once.
    at_once: bool,
    uses: Uses,
    /// The articles that are new in the list.
    came: Vec<Came<'a>>,
    /// Those that are found by other words now.
    searched_anew: Vec<i64>,
    news: FeedNews,
}

/// A new article that is in no index yet.
struct Came<'a> {
    row: i64,
    listed_at: i64,
    article: &'a Article,
    file_name: Option<String>,
}

impl Came<'_> {
    fn searchable(&self) -> Searchable<'_> {
        let Self { article, file_name, .. } = self;
        Searchable {
            title: &article.title,
            byline: article.byline.as_deref(),
            source: article.source.as_deref(),
            file_name: file_name.as_deref(),
        }
    }
}

impl<'a> FeedIntake<'a> {
    /// An entry that came before.
    fn again(&mut self, known: &Known, entry: &EntryArrival, keys: &EntryKeys) -> rusqlite::Result<()> {
        if known.keys == *keys {
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "UPDATE feed_entries SET guid = ?2, link = ?3, title = ?4, content = ?5, is_long = ?6, published = ?7
                 WHERE id = ?1",
            )?
            .execute(params![
                known.entry,
                keys.guid,
                keys.link,
                keys.title,
                keys.content,
                keys.is_long,
                keys.published
            ])?;
        let Some(row) = known.article else { return Ok(()) };
        if known.keys.link != keys.link
            && let Some(url) = &entry.article.url
        {
            self.connection.prepare_cached("UPDATE articles SET url = ?2 WHERE id = ?1")?.execute(params![row, url])?;
        }
        if known.keys.content != keys.content && self.revise(row, Some(known.keys.content), entry, keys)? {
            self.news.updated.push(RowId(row));
        }
        Ok(())
    }

    /// Gives an article other words, if those it has are still the `old` ones of this feed: they may be those of a page, or
    /// of another feed. Says whether a reader should know.
    fn revise(&mut self, row: i64, old: Option<i64>, entry: &EntryArrival, keys: &EntryKeys) -> rusqlite::Result<bool> {
        let (content, is_removed, has_page): (Option<i64>, bool, bool) = self
            .connection
            .prepare_cached(
                "SELECT content, removed IS NOT NULL, EXISTS (SELECT 1 FROM teasers WHERE article = articles.id)
                 FROM articles WHERE id = ?1",
            )?
            .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if content != old {
            return Ok(false);
        }
        let incoming = incoming(&entry.article, entry)?;
        // The words of the page stay until it is fetched again.
        let stays_page = has_page && entry.is_teaser;
        let Article { title, byline, published, url, language, .. } = incoming.article;
        self.connection
            .prepare_cached(
                "UPDATE articles SET
                     title = :title, sort_title = :sort_title, byline = coalesce(:byline, byline),
                     published = coalesce(published, :published), published_at = coalesce(published_at, :published_at),
                     url = coalesce(:url, url), language = coalesce(:language, language), content = :content,
                     comments = coalesce(:comments, comments), changed_at = :changed_at
                 WHERE id = :row",
            )?
            .execute(named_params! {
                ":row": row,
                ":title": title,
                ":sort_title": words::sort_title(title),
                ":byline": byline,
                ":published": published.map(|published| published.day.to_string()),
                ":published_at": published.and_then(|published| published.instant).map(Timestamp::as_millisecond),
                ":url": url,
                ":language": language,
                ":content": keys.content,
                ":comments": entry.comments,
                ":changed_at": self.now.as_millisecond(),
            })?;
        if stays_page {
            self.connection
                .prepare_cached("UPDATE teasers SET body = ?2, words = ?3, text_hash = ?4 WHERE article = ?1")?
                .execute(params![row, incoming.packed, to_sql(incoming.words), incoming.text.as_bytes()])?;
        } else {
            self.connection
                .prepare_cached("UPDATE articles SET words = ?2, text_hash = ?3, is_teaser = ?4 WHERE id = ?1")?
                .execute(params![row, to_sql(incoming.words), incoming.text.as_bytes(), entry.is_teaser])?;
            arrivals::set_body(self.connection, row, &incoming.packed)?;
            self.connection.prepare_cached("DELETE FROM teasers WHERE article = ?1")?.execute([row])?;
        }
        feeds::set_enclosures(self.connection, row, &entry.enclosures)?;
        if !is_removed {
            self.searched_anew.push(row);
        }
        Ok(!is_removed)
    }

    /// An entry that did not come before: a new article, or one that is in the library for another reason.
    fn first(&mut self, entry: &'a EntryArrival, keys: &EntryKeys, place: usize) -> rusqlite::Result<()> {
        let preferred = self.preferred_id(entry, keys);
        let own = [false, true].into_iter().map(|by_all| self.own_id(entry, keys, by_all));
        let mut free = None;
        for id in [preferred.clone()].into_iter().chain(own) {
            match row_of(self.connection, &id)? {
                None => {
                    free = Some(id);
                    break;
                }
                // Another article of this feed has that name.
                Some(row) if self.has(row)? => {}
                Some(row) => return self.join(row, entry, keys, &preferred),
            }
        }
        let Some(id) = free else { return Ok(()) };
        let same = match self.same_words(keys)? {
            None => self.same_beginning(entry, keys)?,
            same => same,
        };
        if let Some(row) = same {
            return self.join(row, entry, keys, &preferred);
        }
        let renamed;
        let article = if id == entry.article.id {
            &*entry.article
        } else {
            renamed = Article { id, ..(*entry.article).clone() };
            &renamed
        };
        let earlier = SignedDuration::from_millis(i64::try_from(place).unwrap_or(i64::MAX));
        let seen = self.now.checked_sub(earlier).unwrap_or(self.now);
        let incoming = incoming(article, entry)?;
        let from_feed = FromFeed {
            content: keys.content,
            is_teaser: entry.is_teaser,
            comments: entry.comments.as_deref(),
            is_late: incoming.earliest().zip(self.last).is_some_and(|(published, last)| published <= last),
        };
        let (row, listed_at) = arrivals::insert(self.connection, &incoming, seen, from_feed)?;
        arrivals::set_body(self.connection, row, &incoming.packed)?;
        if !entry.enclosures.is_empty() {
            feeds::set_enclosures(self.connection, row, &entry.enclosures)?;
        }
        let state = marks::before_arrival(self.connection, &article.id, incoming.text)?.0.unwrap_or_default();
        if state != MarkState::default() {
            marks::apply(self.connection, row, &state, true)?;
        }
        if state.removed.is_none() {
            let file_name = words::file_name(&article.id);
            self.came.push(Came { row, listed_at, article: &entry.article, file_name });
            self.news.new.push(RowId(row));
        }
        self.remember(row, keys)
    }

    /// Notes that this feed brought an article, too. The words stay, unless they are only the beginning and these are all.
    fn join(&mut self, row: i64, entry: &EntryArrival, keys: &EntryKeys, preferred: &SourceId) -> rusqlite::Result<()> {
        let (id, content, wants_all, has_files, state): (String, Option<i64>, bool, bool, MarkState) = self
            .connection
            .prepare_cached(
                "SELECT iri, content, is_teaser, EXISTS (SELECT 1 FROM enclosures WHERE article = articles.id) AS files,
                     read_at, starred_at, removed, place_byte, place_length, place_text, place_quote,
                     (SELECT group_concat(tag, char(10)) FROM tags WHERE article = articles.id) AS tags
                 FROM articles WHERE id = ?1",
            )?
            .query_row([row], |row| {
                Ok((row.get("iri")?, row.get("content")?, row.get("is_teaser")?, row.get("files")?, marks::state(row)?))
            })?;
        if wants_all && !entry.is_teaser {
            self.revise(row, content, entry, keys)?;
            // All of an article is no change of it.
            self.connection.prepare_cached("UPDATE articles SET changed_at = NULL WHERE id = ?1")?.execute([row])?;
        } else if !has_files && !entry.enclosures.is_empty() {
            feeds::set_enclosures(self.connection, row, &entry.enclosures)?;
        }
        if let Some(comments) = &entry.comments {
            self.connection
                .prepare_cached("UPDATE articles SET comments = ?2 WHERE id = ?1 AND comments IS NULL")?
                .execute(params![row, comments])?;
        }
        // In a library that was made anew another feed may have come first. What was done to the article is known by the
        // name it had.
        if id != preferred.as_str() && state == MarkState::default() {
            let marked = marks::before_arrival(self.connection, preferred, entry.article.body.hash())?.0;
            if let Some(marked) = marked {
                marks::apply(self.connection, row, &marked, true)?;
            }
        }
        self.remember(row, keys)
    }

    /// Notes that this feed brought an article.
    fn remember(&self, row: i64, keys: &EntryKeys) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO feed_entries (feed, article, guid, link, title, content, is_long, published, first_seen)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                self.feed,
                row,
                keys.guid,
                keys.link,
                keys.title,
                keys.content,
                keys.is_long,
                keys.published,
                self.now.as_millisecond()
            ])
            .map(drop)
    }

    /// Indexes the words of all that came, when nothing else is left to be done: FTS5 writes what it has in memory to the
    /// disk before each statement that sets off a trigger, and before each row that is less than the one before; and many
    /// small pieces of an index take long to be merged.
    fn index(&self) -> rusqlite::Result<()> {
        for came in &self.came {
            words::insert(self.connection, came.row, came.searchable())?;
        }
        for came in &self.came {
            if self.at_once {
                let text = text_index::indexed_words(&came.article.body);
                text_index::insert(self.connection, came.row, came.searchable(), &text)?;
            } else {
                text_index::wait(self.connection, came.row, came.listed_at)?;
            }
        }
        for row in &self.searched_anew {
            if self.at_once {
                text_index::follow_removal(self.connection, *row)?;
            } else {
                words::follow_removal(self.connection, *row)?;
                text_index::postpone(self.connection, *row)?;
            }
        }
        Ok(())
    }

    /// Whether this feed brought the article of a row.
    fn has(&self, row: i64) -> rusqlite::Result<bool> {
        self.connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM feed_entries WHERE feed = ?1 AND article = ?2)")?
            .query_row([self.feed, row], |row| row.get(0))
    }

    /// An article with the same headline and words that only other feeds brought.
    fn same_words(&self, keys: &EntryKeys) -> rusqlite::Result<Option<i64>> {
        if !keys.is_long {
            return Ok(None);
        }
        self.connection
            .prepare_cached(
                "SELECT article FROM feed_entries AS other
                 WHERE content = ?1 AND is_long AND article IS NOT NULL
                     AND (published IS NULL OR ?2 IS NULL OR abs(published - ?2) <= ?4)
                     AND NOT EXISTS (SELECT 1 FROM feed_entries WHERE feed = ?3 AND article = other.article)
                 ORDER BY id LIMIT 1",
            )?
            .query_row(params![keys.content, keys.published, self.feed, SAME_WEEK], |row| row.get(0))
            .optional()
    }

    /// An article with the same headline that only other feeds brought, if one of them has the beginning of it and the other
    /// goes on.
    fn same_beginning(&self, entry: &EntryArrival, keys: &EntryKeys) -> rusqlite::Result<Option<i64>> {
        if !keys.is_long {
            return Ok(None);
        }
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT article, is_teaser FROM feed_entries AS other JOIN articles ON articles.id = article
             WHERE other.title = ?1 AND is_long AND article IS NOT NULL AND (is_teaser OR ?5)
                 AND (other.published IS NULL OR ?2 IS NULL OR abs(other.published - ?2) <= ?4)
                 AND NOT EXISTS (SELECT 1 FROM feed_entries WHERE feed = ?3 AND article = other.article)
             ORDER BY other.id LIMIT 5",
        )?;
        let mut found = query.query(params![keys.title, keys.published, self.feed, SAME_WEEK, entry.is_teaser])?;
        while let Some(row) = found.next()? {
            let (row, is_teaser): (i64, bool) = (row.get(0)?, row.get(1)?);
            // What cannot be unpacked is like nothing.
            let Some(Ok(other)) = Stored::find_row(self.connection, RowId(row))?.map(Stored::unpack) else { continue };
            let goes_on = is_teaser && is_beginning(&other, &entry.article);
            if goes_on || entry.is_teaser && is_beginning(&entry.article, &other) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// What an article is to be called: its page, if that is its alone, so that another feed calls it the same.
    fn preferred_id(&self, entry: &EntryArrival, keys: &EntryKeys) -> SourceId {
        let is_front_page = entry
            .article
            .url
            .as_deref()
            .and_then(WebAddress::parse)
            .is_some_and(|url| url.path() == "/" && url.query().is_none());
        let is_its_own = keys.link.is_none() || Uses::is_alone(&self.uses.links, keys.link) && !is_front_page;
        if is_its_own { entry.article.id.clone() } else { self.own_id(entry, keys, false) }
    }

    /// A name that no other feed gives: by what the feed calls the article, if that is its alone, or by all that is known of it.
    fn own_id(&self, entry: &EntryArrival, keys: &EntryKeys, by_all: bool) -> SourceId {
        match &entry.guid {
            Some(guid) if !by_all && Uses::is_alone(&self.uses.guids, keys.guid) => {
                SourceId::of_entry(self.address, guid)
            }
            _ => {
                let parts = [Some(keys.title), keys.guid, keys.link, keys.published, by_all.then_some(keys.content)];
                let parts = parts.map(|part| part.map_or_else(String::new, |part| format!("{part:x}")));
                SourceId::of_entry(self.address, &parts.join("\n"))
            }
        }
    }
}
