//! What feeds bring on its way into the library: with the tags of the feed, and past the filters on arrival.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Catalogue, CatalogueError};
use crate::article::{RowId, Text};
use crate::feed::{FeedArrivals, FeedNews};
use crate::journal::DeviceId;
use crate::mark::MarkChange;
use crate::query::{ArticleQuery, Candidate, FilterAction, SavedSearch};

/// What each new article says, and whether it is bookmarked: unpacked once for all filters.
type Bodies = HashMap<RowId, (Text, bool)>;

/// How often it is tried to keep what a feed brings while another program writes, which may fetch as well. Each try waits a
/// little.
pub(crate) const MOST_TRIES: usize = 100;

impl Catalogue {
    /// Takes in what came of asking a feed: what it brings, or only what is remembered of it from now on.
    ///
    /// # Errors
    /// Those of [`arrive_from_feed`](Self::arrive_from_feed).
    pub(crate) fn take_in(
        &mut self,
        arrivals: &FeedArrivals,
        filters: &[SavedSearch],
        now: Timestamp,
    ) -> Result<FeedNews, CatalogueError> {
        if arrivals.entries.is_empty() {
            self.library.set_feed_state(&arrivals.feed, &arrivals.state)?;
            return Ok(FeedNews::default());
        }
        self.arrive_from_feed(arrivals, filters, now)
    }

    /// Takes in what one fetch of a feed brings, with what is remembered of the feed: all of it, or nothing. What the
    /// filters on arrival say of new articles is done to them before anybody counts them, by nobody: it is no step that the
    /// reader could take back.
    ///
    /// # Errors
    /// Those of [`mark`](Self::mark), but for those of the logs: such marks are written with the next.
    pub(crate) fn arrive_from_feed(
        &mut self,
        arrivals: &FeedArrivals,
        filters: &[SavedSearch],
        now: Timestamp,
    ) -> Result<FeedNews, CatalogueError> {
        self.alone(|catalogue| {
            let mut news = catalogue.library.arrive_from_feed(arrivals, now)?;
            if !arrivals.tags.is_empty() {
                let added = arrivals.tags.clone();
                catalogue.mark_unasked(&news.new, &MarkChange::Tagged { added, taken: Vec::new() }, now)?;
            }
            let mut bodies = Bodies::new();
            let today = TimeZone::UTC.to_datetime(now).date();
            for filter in filters.iter().filter(|filter| filter.is_wanted(today)) {
                catalogue.filter(filter, arrivals, &mut news, &mut bodies, now)?;
            }
            if let Some(keep) = catalogue.most.filter(|_| !news.new.is_empty()) {
                // A bit more than came, so that a library which is far too large shrinks, and nobody waits for it.
                catalogue.library.prune(keep, 2 * news.new.len() + 20)?;
                let stay: Vec<RowId> =
                    catalogue.library.entries_of(&news.new)?.into_iter().map(|entry| entry.row).collect();
                news.new = stay;
            }
            Ok(news)
        })
    }

    /// Does to new articles what a filter says, if they answer it.
    fn filter(
        &mut self,
        filter: &SavedSearch,
        arrivals: &FeedArrivals,
        news: &mut FeedNews,
        bodies: &mut Bodies,
        now: Timestamp,
    ) -> Result<(), CatalogueError> {
        let Some(action) = &filter.action else { return Ok(()) };
        let query = match ArticleQuery::read(&filter.query, now) {
            Ok(query) => query,
            Err(bad) => {
                log::warn!("the filter {:?} is not used: {bad}", filter.name);
                return Ok(());
            }
        };
        let named = arrivals.entries.iter().find_map(|entry| entry.article.source.clone());
        let feeds = [(arrivals.feed.clone(), named.or_else(|| arrivals.state.title.clone()).unwrap_or_default())];
        let mut meant = Vec::new();
        for entry in self.library.entries_of(&news.new)? {
            let (body, is_bookmarked) = match bodies.entry(entry.row) {
                Slot::Occupied(known) => known.into_mut(),
                Slot::Vacant(slot) => {
                    let Some(article) = self.library.article(&entry.id)? else { continue };
                    slot.insert((article.body, self.library.is_bookmarked(&entry.id)?))
                }
            };
            if query.matches(&Candidate::new(&entry, body, &feeds, *is_bookmarked)) {
                meant.push(entry.row);
            }
        }
        let change = match action {
            FilterAction::Star => MarkChange::Starred(true),
            FilterAction::Read => MarkChange::Read(true),
            FilterAction::Tag(tag) => MarkChange::Tagged { added: vec![tag.clone()], taken: Vec::new() },
            FilterAction::Drop => {
                self.library.drop_articles(&meant)?;
                news.new.retain(|row| !meant.contains(row));
                return Ok(());
            }
        };
        self.mark_unasked(&meant, &change, now)
    }

    /// Changes articles as [`mark`](Self::mark) does, but not as a step of the reader. What no log takes now is written with
    /// the next change; a tag that cannot be one is left out.
    fn mark_unasked(&mut self, rows: &[RowId], change: &MarkChange, now: Timestamp) -> Result<(), CatalogueError> {
        match self.change(rows, change, DeviceId::NOBODY, now) {
            Err(error @ (CatalogueError::Store(_) | CatalogueError::NoLogs | CatalogueError::Tag(_))) => {
                log::warn!("marks of what arrives: {error}");
                Ok(())
            }
            done => done,
        }
    }

    /// From now on no more than so many articles of feeds are kept. Whoever says so has told the library which of them have
    /// bookmarks ([`Library::set_bookmarked`](crate::library::Library::set_bookmarked)): those stay.
    pub(crate) fn keep_at_most(&mut self, articles: usize) {
        self.most = Some(articles);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "takes the library away, and puts a folder in the way of the logs")]

    use super::super::tests::{add, at, listed, open};
    use super::*;
    use crate::article::{Article, Block, BlockKind, SourceId, TextRange};
    use crate::feed::{EntryArrival, FeedState};
    use crate::query::{SavedSearches, Term};

    /// What a feed brings: headlines with words.
    fn from_feed(entries: &[(&str, &str)]) -> FeedArrivals {
        let entries = entries.iter().map(|(title, words)| {
            let url = format!("https://gazette.example/{title}");
            let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
            let article = Article {
                id: SourceId::of_web(&url),
                title: (*title).to_owned(),
                byline: None,
                published: None,
                source: Some("The Gazette".to_owned()),
                url: Some(url),
                language: None,
                body: Text::new((*words).to_owned(), vec![block], vec![]),
            };
            EntryArrival {
                article: article.into(),
                words: 5,
                guid: Some((*title).to_owned()),
                comments: None,
                enclosures: vec![],
                is_teaser: false,
            }
        });
        let feed = "https://gazette.example/feed".to_owned();
        FeedArrivals { feed, state: FeedState::default(), entries: entries.collect(), tags: vec!["news".into()] }
    }

    fn filters(text: &str) -> Vec<SavedSearch> {
        let (searches, faults) = SavedSearches::from_tsv(text, at(0));
        assert!(faults.is_empty(), "{faults:?}");
        searches.filters().cloned().collect()
    }

    #[test]
    fn filters_have_done_their_work_before_anything_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let own = add(&mut catalogue, "/news/rain", "rain and rain");
        let filters = filters(
            "drop\tNo sports\tfootball -final\nstar\tHarbour\tfeed:gazette \"old crane\"\nread\tStarred\tis:starred\n\
             tag wet\tRain\train #news\nread\tLong ago\train\t2007-05-01\nsearch\tRain\train\n",
        );
        let mut entries = vec![
            ("one", "The football club lost."),
            ("two", "The football final is tonight."),
            ("three", "The old crane at the harbour."),
            ("four", "A crane, old and wet with rain."),
        ];
        let news = catalogue.arrive_from_feed(&from_feed(&entries), &filters, at(10)).unwrap();
        let told: Vec<_> = catalogue.library.entries_of(&news.new).unwrap();
        let told: Vec<_> = told
            .iter()
            .map(|entry| (entry.title.as_str(), entry.is_read(), entry.is_starred(), entry.tags.join(" ")))
            .collect();
        let news_tag = || "news".to_owned();
        assert_eq!(
            told,
            [
                ("two", false, false, news_tag()),
                ("three", true, true, news_tag()),
                ("four", false, false, "news wet".into())
            ]
        );
        assert_eq!((listed(&catalogue, None), listed(&catalogue, Some(Term::Read(false)))), (4, 3));
        assert!(catalogue.library.entries_of(&[own]).unwrap()[0].tags.is_empty(), "only what arrives");
        // None of it is a step that the reader took, and what is known is not filtered again.
        assert!(open(&folder).history().unwrap().done.is_empty());
        catalogue.mark(&[news.new[1]], &MarkChange::Starred(false), at(11)).unwrap();
        entries[2].1 = "The old crane at the harbour is gone.";
        let again = catalogue.arrive_from_feed(&from_feed(&entries), &filters, at(12)).unwrap();
        assert_eq!(
            (again.new.len(), again.updated, listed(&catalogue, Some(Term::Starred(true)))),
            (0, vec![news.new[1]], 0)
        );
        // The logs have it all.
        drop(catalogue);
        std::fs::remove_file(folder.path().join("library.db")).unwrap();
        let mut catalogue = open(&folder);
        catalogue.arrive_from_feed(&from_feed(&entries), &[], at(20)).unwrap();
        assert_eq!(listed(&catalogue, Some(Term::Tag("wet".into()))), 1);
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 1);
    }

    #[test]
    fn what_is_too_much_goes_as_other_articles_come() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        catalogue.keep_at_most(3);
        let first =
            catalogue.arrive_from_feed(&from_feed(&[("a", "A."), ("b", "B."), ("c", "C.")]), &[], at(1)).unwrap();
        let untagged = MarkChange::Tagged { added: vec![], taken: vec!["news".into()] };
        catalogue.mark(&first.new, &untagged, at(2)).unwrap();
        catalogue.mark(&first.new[1..2], &MarkChange::Read(true), at(3)).unwrap();
        let second = catalogue.arrive_from_feed(&from_feed(&[("d", "D."), ("e", "E.")]), &[], at(4)).unwrap();
        assert_eq!(second.new.len(), 2, "they have a tag");
        let mut there = catalogue.library.entries_of(&first.new).unwrap();
        assert_eq!(
            there.pop().map(|entry| entry.title).as_deref(),
            Some("a"),
            "the one that was read went, and the oldest"
        );
        assert!(there.is_empty());
    }

    #[test]
    fn a_log_that_takes_nothing_keeps_no_news_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let lock = folder.path().join(format!("marks/{}.lock", catalogue.device()));
        std::fs::create_dir(&lock).unwrap();
        let news = catalogue.arrive_from_feed(&from_feed(&[("one", "Rain.")]), &filters("read\tAll\train\n"), at(1));
        assert_eq!(news.unwrap().new.len(), 1);
        assert_eq!((listed(&catalogue, Some(Term::Read(true))), catalogue.unsaved()), (1, 1));
    }
}
