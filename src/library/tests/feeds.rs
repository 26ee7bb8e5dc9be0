//! What feeds bring: what is new, what is known again, and what stays away.

use std::slice::from_ref;
use std::sync::Arc;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::article::{Date, Published};
use crate::feed::{EntryArrival, FeedArrivals, FeedNews, FeedState};
use crate::intake::feed::Enclosure;
use crate::query::{Around, ArticleQuery, Condition, Order, Scope, Term};

const FEED: &str = "https://gazette.example/feed";

const DAY: i64 = 86_400;

/// An entry with a headline, an address behind that of the site, and some words.
fn entry(title: &str, link: &str, words: &str) -> EntryArrival {
    let headline = Block { kind: BlockKind::Headline, range: TextRange::new(0, title.len()) };
    let text = format!("{title}\n\n{words}");
    let body = Block { kind: BlockKind::Paragraph, range: TextRange::new(title.len() + 2, text.len()) };
    let url = format!("https://gazette.example/{link}");
    EntryArrival {
        article: Arc::new(Article {
            id: if link.is_empty() { SourceId::of_entry(FEED, title) } else { SourceId::of_web(&url) },
            title: title.into(),
            byline: None,
            published: None,
            source: Some("The Gazette".into()),
            url: (!link.is_empty()).then_some(url),
            language: None,
            body: Text::new(text, vec![headline, body], vec![]),
        }),
        words: 9,
        guid: None,
        comments: None,
        enclosures: Vec::new(),
        is_teaser: false,
    }
}

fn with_guid(guid: &str, entry: EntryArrival) -> EntryArrival {
    EntryArrival { guid: Some(guid.into()), ..entry }
}

fn changed(entry: EntryArrival, change: impl FnOnce(&mut Article)) -> EntryArrival {
    let mut article = Article::clone(&entry.article);
    change(&mut article);
    EntryArrival { article: article.into(), ..entry }
}

fn dated(second: i64, entry: EntryArrival) -> EntryArrival {
    let instant = at(second);
    let day = jiff::tz::TimeZone::UTC.to_datetime(instant).date();
    changed(entry, |article| article.published = Some(Published { day, instant: Some(instant) }))
}

fn teaser(entry: EntryArrival) -> EntryArrival {
    EntryArrival { is_teaser: true, ..entry }
}

fn fetch_of(feed: &str, entries: &[EntryArrival], second: i64) -> FeedArrivals {
    let state = FeedState { fetched_at: Some(at(second)), etag: Some(b"\"\xff\"".to_vec()), ..FeedState::default() };
    FeedArrivals { feed: feed.into(), state, entries: entries.to_vec(), tags: Vec::new() }
}

/// What one fetch of a feed brings, told as numbers of articles: new, updated.
fn fetch(library: &mut Library, entries: &[EntryArrival], second: i64) -> (usize, usize) {
    let news = library.arrive_from_feed(&fetch_of(FEED, entries, second), at(second)).unwrap();
    (news.new.len(), news.updated.len())
}

fn fetch_other(library: &mut Library, entries: &[EntryArrival], second: i64) -> (usize, usize) {
    let entries: Vec<EntryArrival> = entries
        .iter()
        .map(|entry| changed(entry.clone(), |article| article.source = Some("The Courier".into())))
        .collect();
    let news = library.arrive_from_feed(&fetch_of("https://courier.example/rss", &entries, second), at(second));
    let news = news.unwrap();
    (news.new.len(), news.updated.len())
}

fn titles(library: &mut Library) -> Vec<String> {
    library.entries(100).unwrap().into_iter().map(|entry| entry.title).collect()
}

fn found(library: &Library, words: &str) -> usize {
    let query = ArticleQuery { condition: Condition::words(Scope::Everywhere, words) };
    library.reader().unwrap().rows_matching(&query).unwrap().len()
}

fn mark(library: &mut Library, entry: &Entry, state: MarkState) {
    let (id, text) = (entry.id.clone(), Some(entry.text));
    let mark = AbsorbedMark { id, text, line: Some("{}".into()), state, sets_place: true };
    library.absorb_marks(&[mark], &[]).unwrap();
}

fn read() -> MarkState {
    MarkState { read_at: Some(at(5)), ..MarkState::default() }
}

/// Address, listed and unread articles of each feed.
fn counts(library: &Library) -> Vec<(usize, usize)> {
    let counts = library.reader().unwrap().feed_counts().unwrap();
    counts.into_iter().map(|(_, counts)| (counts.total, counts.unread)).collect()
}

#[test]
fn ids_that_are_missing_or_used_twice_double_nothing_and_lose_nothing() {
    let mut library = Library::in_memory().unwrap();
    let entries = [
        entry("Poll: bridge", "poll", "One."),
        entry("Poll: ferry", "poll", "Two."),
        with_guid("tag:1", entry("Same id, first", "a", "Three.")),
        with_guid("tag:1", entry("Same id, second", "b", "Four.")),
        with_guid("tag:1", entry("Same id, second", "b", "Four.")),
        entry("Nowhere", "", "Five."),
    ];
    assert_eq!(fetch(&mut library, &entries, 1), (5, 0));
    assert_eq!(fetch(&mut library, &entries, 2), (0, 0));
    let other_way: Vec<EntryArrival> = entries.iter().rev().cloned().collect();
    assert_eq!(fetch(&mut library, &other_way, 3), (0, 0));
    let listed = ["Poll: bridge", "Poll: ferry", "Same id, first", "Same id, second", "Nowhere"];
    assert_eq!(titles(&mut library), listed);
    assert_eq!(library.feed_states().unwrap()[0].1.etag.as_deref(), Some(&b"\"\xff\""[..]));
    // Which of the two that share an address comes first may not decide what they are called.
    let ids = ids(&mut library);
    let mut again = Library::in_memory().unwrap();
    fetch(&mut again, &other_way, 1);
    let mut ids_again = super::ids(&mut again);
    ids_again.reverse();
    assert_eq!(ids, ids_again);
}

#[test]
fn an_edited_article_is_the_same_still_read_and_changed_until_it_is_opened() {
    let mut library = Library::in_memory().unwrap();
    let first = dated(-DAY, with_guid("1", entry("Harbour", "harbour", "The crane is rusty.")));
    fetch(&mut library, &[first.clone(), entry("Other", "other", "Nothing.")], 1);
    let place = Position::at(&first.article.body, 12);
    let before = library.entry(&first.article.id).unwrap().unwrap();
    mark(&mut library, &before, MarkState { position: Some(place.clone()), ..read() });

    let edited = dated(-DAY, with_guid("1", entry("Harbour opens", "harbour", "The crane is painted.")));
    assert_eq!(fetch(&mut library, from_ref(&edited), 50), (0, 1));
    let after = library.entry(&first.article.id).unwrap().unwrap();
    assert_eq!((after.row, after.listed_at, after.read_at), (before.row, before.listed_at, Some(at(5))));
    assert_eq!((after.title.as_str(), after.changed), ("Harbour opens", Some(at(50))));
    assert_eq!(library.article(&after.id).unwrap().unwrap().body, edited.article.body);
    assert_eq!(library.kept(&after.id, after.text).unwrap().unwrap().position, Some(place));
    assert_eq!((found(&library, "opens painted"), found(&library, "rusty")), (1, 0));
    let is_changed = ArticleQuery::default().with(Term::Changed(true));
    assert_eq!(library.reader().unwrap().rows_matching(&is_changed).unwrap(), [after.row]);
    assert_eq!(fetch(&mut library, from_ref(&edited), 51), (0, 0), "told once");
    library.record_opened(&edited.article, 9, at(60)).unwrap();
    let opened = library.entry(&after.id).unwrap().unwrap();
    assert_eq!((opened.changed, opened.listed_at), (None, before.listed_at));
    assert_eq!(counts(&library), [(2, 1)]);
}

#[test]
fn what_is_no_word_is_no_change() {
    let mut library = Library::in_memory().unwrap();
    fetch(&mut library, &[entry("Harbour", "harbour", "“The crane,” she said.")], 1);
    let other = changed(entry("Harbour", "harbour?utm_source=rss", "\"The crane\" — she said"), |article| {
        article.byline = Some("Ana Brandt".into());
    });
    assert_eq!(fetch(&mut library, &[other], 2), (0, 0));
    assert_eq!(library.entries(9).unwrap()[0].byline, None, "nothing is written");
}

#[test]
fn what_is_in_several_feeds_is_one_row_and_read_once() {
    let mut library = Library::in_memory().unwrap();
    let words = "The old crane at the harbour is to be taken down in spring.";
    let here = [entry("Crane", "crane", words), entry("Ferry", "ferry", "It sails."), entry("Photo", "p1", "Look.")];
    assert_eq!(fetch(&mut library, &here, 1), (3, 0));
    let there = [
        changed(entry("Crane", "elsewhere/crane", words), |article| article.byline = Some("By our staff".into())),
        entry("The ferry is back", "ferry", "Again it sails."),
        entry("Photo", "p2", "Look."),
    ];
    assert_eq!(fetch_other(&mut library, &there, 2), (1, 0), "a short text may be that of another article");
    assert_eq!(counts(&library), [(3, 3), (3, 3)]);
    let crane = library.entry(&here[0].article.id).unwrap().unwrap();
    assert_eq!(crane.feeds, ["The Gazette", "The Courier"]);
    mark(&mut library, &crane, read());
    assert_eq!(counts(&library), [(3, 2), (3, 2)]);
    let of = |feed: &str| {
        let query = ArticleQuery::default().with(Term::Feed(vec![feed.into()]));
        library.reader().unwrap().counts(&query).map(|counts| (counts.total, counts.unread)).unwrap()
    };
    assert_eq!((of("https://courier.example/rss"), of("gazette"), of("tribune")), ((3, 2), (3, 2), (0, 0)));
    // Who edits its own version changes it; who says the same later, or something of its own, does not.
    let edited = "The old crane at the harbour is to stay where it is until spring.";
    assert_eq!(fetch_other(&mut library, &[entry("Crane", "elsewhere/crane", edited)], 3), (0, 1));
    assert_eq!(fetch(&mut library, &[entry("Crane", "crane", edited)], 4), (0, 0));
    assert_eq!(fetch(&mut library, &[entry("Crane", "crane", "Quite other words here.")], 5), (0, 1));
    assert_eq!(library.check().unwrap(), Check::default());
}

#[test]
fn the_first_fetch_is_listed_by_date_and_what_comes_late_where_it_is_seen() {
    let mut library = Library::in_memory().unwrap();
    let now = 10 * DAY;
    let (old, new) = (dated(DAY, entry("Old", "old", "One.")), dated(9 * DAY, entry("New", "new", "Two.")));
    let to_come = dated(20 * DAY, entry("To come", "to-come", "Three."));
    fetch(&mut library, &[entry("Dateless", "dateless", "Four."), old, new, to_come], now);
    assert_eq!(titles(&mut library), ["Dateless", "To come", "New", "Old"]);
    let dateless = library.entries(9).unwrap()[0].clone();
    let late = dated(5 * DAY, entry("Late", "late", "Five."));
    let day_only = changed(entry("Today", "today", "Six."), |article| {
        article.published = Some(Date::constant(2007, 6, 2).into());
    });
    let fresh = dated(now + 500, entry("Fresh", "fresh", "Seven."));
    fetch(&mut library, &[fresh, late, day_only, entry("Dateless", "dateless", "Four, edited.")], now + 1000);
    assert_eq!(titles(&mut library), ["Late", "Today", "Fresh", "Dateless", "To come", "New", "Old"]);
    let seen = |title: &str| library.reader().unwrap().entry(&SourceId::of_web(title)).unwrap().unwrap();
    let late = seen("https://gazette.example/late");
    assert_eq!(late.published.and_then(|published| published.instant), Some(at(5 * DAY)), "its date stays its own");
    assert_eq!(late.listed_at, at(now + 1000) - SignedDuration::from_millis(1));
    assert_eq!(seen("https://gazette.example/dateless").listed_at, dateless.listed_at);
}

#[test]
fn what_was_removed_or_pruned_does_not_come_back_while_the_feed_has_it() {
    let mut library = Library::in_memory().unwrap();
    let entries: Vec<EntryArrival> = (0..12)
        .map(|n| dated(n, with_guid(&n.to_string(), entry(&format!("Story {n}"), &format!("s{n}"), "Words."))))
        .collect();
    fetch(&mut library, &entries, 100);
    let row = |library: &mut Library, n: usize| library.entry(&entries[n].article.id).unwrap();
    let marked = [
        (0, MarkState { starred_at: Some(at(1)), ..read() }),
        (1, MarkState { tags: vec!["keep".into()], ..read() }),
        (2, read()),
        (3, read()),
        (11, read()),
        (5, MarkState { removed: Some(at(9)), ..MarkState::default() }),
    ];
    for (n, state) in marked {
        let entry = row(&mut library, n).unwrap();
        mark(&mut library, &entry, state);
    }
    library.set_bookmarked([(&entries[2].article.id, 1)], true).unwrap();
    library.record_opened(&entries[4].article, 9, at(200)).unwrap();
    assert_eq!(library.prune(12, 9).unwrap(), 0);
    assert_eq!(library.prune(7, 2).unwrap(), 2, "no more than asked for at a time");
    assert_eq!(library.prune(7, 9).unwrap(), 3);
    let there: Vec<usize> = (0..12).filter(|n| row(&mut library, *n).is_some()).collect();
    // What was removed, then what was read, then the oldest.
    assert_eq!(there, [0, 1, 2, 4, 8, 9, 10]);
    assert_eq!((counts(&library), found(&library, "words")), (vec![(7, 4)], 7));
    assert_eq!(fetch(&mut library, &entries, 300), (0, 0));
    let edited = dated(3, with_guid("3", entry("Story 3, edited", "s3", "Other words.")));
    assert_eq!(fetch(&mut library, from_ref(&edited), 301), (0, 0));
    assert_eq!(fetch(&mut library, &[], 302), (0, 0));
    assert_eq!(fetch(&mut library, &[edited, entries[5].clone()], 303), (1, 0), "the feed had forgotten it");
    assert_eq!(library.prune(0, 99).unwrap(), 5, "what is starred, tagged, bookmarked or begun stays");
    assert_eq!(library.check().unwrap(), Check::default());
}

#[test]
fn what_was_removed_stays_so_when_it_is_edited_or_comes_from_elsewhere() {
    let mut library = Library::in_memory().unwrap();
    fetch(&mut library, &[entry("Harbour", "harbour", "The crane is old.")], 1);
    let harbour = library.entries(1).unwrap().remove(0);
    mark(&mut library, &harbour, MarkState { removed: Some(at(2)), ..MarkState::default() });
    assert_eq!(fetch(&mut library, &[entry("Harbour", "harbour", "The crane is new.")], 3), (0, 0));
    assert_eq!(fetch_other(&mut library, &[entry("Harbour", "harbour", "The crane is blue.")], 4), (0, 0));
    assert_eq!((titles(&mut library).len(), found(&library, "crane"), counts(&library)), (0, 0, vec![(0, 0), (0, 0)]));
}

#[test]
fn a_page_that_is_here_keeps_its_words_and_gets_the_feed() {
    let mut library = Library::in_memory().unwrap();
    let page = entry("Harbour", "harbour", "All of the long story of the harbour.");
    library.record_opened(&page.article, 9, at(1)).unwrap();
    let harbour = teaser(entry("Harbour", "harbour", "The story…"));
    assert_eq!(fetch(&mut library, &[harbour], 2), (0, 0));
    assert_eq!(fetch(&mut library, &[teaser(entry("Harbour", "harbour", "A story…"))], 3), (0, 0));
    let kept = library.entry(&page.article.id).unwrap().unwrap();
    assert_eq!((kept.text, kept.feeds.len(), kept.is_teaser), (page.article.body.hash(), 1, false));
    assert_eq!(counts(&library), [(1, 1)]);
}

#[test]
fn a_teaser_and_its_page_are_both_kept() {
    let mut library = Library::in_memory().unwrap();
    let short = teaser(entry("Harbour", "harbour", "The story begins…"));
    fetch(&mut library, from_ref(&short), 1);
    let listed = library.entries(1).unwrap().remove(0);
    assert!(listed.is_teaser);
    let page = entry("Harbour | The Gazette", "harbour", "The story begins at the quay and ends there.");
    library.set_full_text(listed.row, &page.article).unwrap();
    let whole = library.entries(1).unwrap().remove(0);
    assert_eq!((whole.title.as_str(), whole.text, whole.is_teaser), ("Harbour", page.article.body.hash(), false));
    assert_eq!(found(&library, "quay"), 1);
    let mut reader = library.reader().unwrap();
    assert_eq!(reader.teaser(listed.row).unwrap().as_ref(), Some(&*short.article));
    // Looking at what the feed said costs nobody the page.
    library.record_opened(&short.article, 9, at(2)).unwrap();
    assert_eq!(library.article(&listed.id).unwrap().unwrap().body, page.article.body);
    assert_eq!(fetch(&mut library, &[short], 3), (0, 0));
    let edited = teaser(entry("Harbour again", "harbour", "The story began…"));
    assert_eq!(fetch(&mut library, from_ref(&edited), 4), (0, 1));
    assert_eq!(library.article(&listed.id).unwrap().unwrap().body, page.article.body);
    assert_eq!(reader.teaser(listed.row).unwrap().unwrap().body, edited.article.body);
    assert_eq!((found(&library, "again"), found(&library, "quay")), (1, 1));
    // Once the feed has all of it, that is what is shown.
    let all = entry("Harbour again", "harbour", "The story began and ended.");
    assert_eq!(fetch(&mut library, from_ref(&all), 5), (0, 1));
    assert_eq!(library.article(&listed.id).unwrap().unwrap().body, all.article.body);
    assert_eq!(reader.teaser(listed.row).unwrap(), None);
    assert_eq!(library.check().unwrap(), Check::default());
}

#[test]
fn a_feed_that_has_all_of_an_article_wins_over_one_that_has_its_beginning() {
    let mut library = Library::in_memory().unwrap();
    fetch(&mut library, &[teaser(entry("Harbour", "harbour", "The story begins…"))], 1);
    let all = entry("Harbour", "harbour", "The story begins and ends.");
    assert_eq!(fetch_other(&mut library, from_ref(&all), 2), (0, 0));
    let listed = library.entries(1).unwrap().remove(0);
    assert_eq!((listed.text, listed.is_teaser, listed.changed), (all.article.body.hash(), false, None));
    assert_eq!(fetch(&mut library, &[teaser(entry("Harbour", "harbour", "A story begins…"))], 3), (0, 0));
}

#[test]
fn what_belongs_to_an_article_is_kept_with_it() {
    let mut library = Library::in_memory().unwrap();
    let file = |n: u64| Enclosure {
        url: format!("https://gazette.example/{n}.mp3"),
        media_type: Some("audio/mpeg".into()),
        length: Some(n),
    };
    let podcast = EntryArrival {
        enclosures: vec![file(2), file(1)],
        comments: Some("https://gazette.example/talk".into()),
        ..entry("Podcast", "pod", "Listen.")
    };
    fetch(&mut library, from_ref(&podcast), 1);
    let listed = library.entries(1).unwrap().remove(0);
    assert_eq!((listed.enclosures, &listed.comments), (2, &podcast.comments));
    assert_eq!(library.reader().unwrap().enclosures(listed.row).unwrap(), podcast.enclosures);
    let edited = EntryArrival { enclosures: vec![file(3)], ..entry("Podcast", "pod", "Listen well.") };
    fetch(&mut library, from_ref(&edited), 2);
    assert_eq!(library.reader().unwrap().enclosures(listed.row).unwrap(), edited.enclosures);
}

#[test]
fn in_a_library_that_was_made_anew_what_was_read_is_read_whichever_feed_comes_first() {
    let words = "The old crane at the harbour is to be taken down in spring.";
    let (here, there) = (entry("Crane", "crane", words), entry("Crane", "elsewhere/crane", words));
    let mut library = Library::in_memory().unwrap();
    let mark = AbsorbedMark {
        id: here.article.id.clone(),
        text: None,
        line: Some("{}".into()),
        state: read(),
        sets_place: true,
    };
    library.absorb_marks(&[mark], &[]).unwrap();
    fetch_other(&mut library, &[there], 1);
    assert_eq!(counts(&library), [(1, 1)]);
    fetch(&mut library, &[here], 2);
    assert_eq!(counts(&library), [(1, 0), (1, 0)]);
}

#[test]
fn a_feed_that_moved_goes_on_under_its_new_address() {
    let mut library = Library::in_memory().unwrap();
    let story = entry("Harbour", "harbour", "The crane is old.");
    fetch(&mut library, from_ref(&story), 1);
    library.move_feed(FEED, "https://courier.example/rss").unwrap();
    assert_eq!(fetch_other(&mut library, from_ref(&story), 2), (0, 0));
    assert_eq!(library.entries(9).unwrap()[0].feeds, ["The Courier"]);
    fetch(&mut library, &[story], 3);
    library.move_feed(FEED, "https://courier.example/rss").unwrap();
    assert_eq!((library.feed_states().unwrap().len(), counts(&library)), (1, vec![(1, 1)]));
}

#[test]
fn feeds_that_move_to_one_address_are_one_and_lose_nothing() {
    let mut library = Library::in_memory().unwrap();
    let (both, here, there) = (
        entry("Harbour", "harbour", "The crane is old."),
        entry("Fjord", "fjord", "The ferry is late."),
        entry("Rain", "rain", "It will rain."),
    );
    fetch(&mut library, &[both.clone(), here.clone()], 1);
    fetch_other(&mut library, &[both.clone(), there.clone()], 2);
    library.move_feed(FEED, "https://courier.example/rss").unwrap();
    assert_eq!(counts(&library), [(3, 3)]);
    assert_eq!(fetch_other(&mut library, &[both, here, there], 3), (0, 0));
    assert_eq!((counts(&library), library.check().unwrap().miscounted), (vec![(3, 3)], 0));
}

#[test]
fn the_beginning_of_an_article_that_another_feed_has_whole_is_the_same_article() {
    let words = "The old crane at the harbour is to be taken down before the winter, says the mayor.";
    let rest = format!("{words} It was built in 1911, and nobody climbs it any more.");
    let beginning = || teaser(entry("Crane", "crane", "The old crane at the harbour is to be taken do… Read more"));
    let whole = entry("Crane", "crane-in-full", &rest);
    for is_whole_first in [false, true] {
        let mut library = Library::in_memory().unwrap();
        let (first, second) = if is_whole_first { (whole.clone(), beginning()) } else { (beginning(), whole.clone()) };
        assert_eq!(fetch(&mut library, from_ref(&first), 1), (1, 0));
        assert_eq!(fetch_other(&mut library, from_ref(&second), 2), (0, 0), "{is_whole_first}");
        assert_eq!((titles(&mut library).len(), found(&library, "1911")), (1, 1), "{is_whole_first}");
        // Each feed may say it again.
        assert_eq!(fetch(&mut library, &[first], 3), (0, 0));
        assert_eq!(fetch_other(&mut library, &[second], 4), (0, 0));
        assert_eq!(found(&library, "1911"), 1, "{is_whole_first}");
    }
    // Neither breaks off, or other words come sooner.
    let mut library = Library::in_memory().unwrap();
    fetch(&mut library, &[entry("Crane", "crane", words)], 1);
    assert_eq!(fetch_other(&mut library, from_ref(&whole), 2), (1, 0));
    let other = teaser(entry("Crane", "other", "The old crane at the harbour is to stay where it is, says the mayor."));
    assert_eq!(fetch_other(&mut library, &[other], 3), (1, 0));
}

#[test]
fn a_full_disk_leaves_the_feed_as_it_was() {
    let folder = tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    fetch(&mut library, &[entry("Harbour", "harbour", "The crane is old.")], 1);
    let state = library.feed_states().unwrap();
    let pages: i64 = library.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    library.connection.pragma_update(None, "max_page_count", pages + 2).unwrap();
    // Nothing that could be packed.
    let words = |n: u64| (0..900).map(|k| TextHash::of(&format!("{n} {k}")).to_string() + " ").collect::<String>();
    let many: Vec<EntryArrival> = (0..20).map(|n| entry(&format!("Story {n}"), &format!("s{n}"), &words(n))).collect();
    let failed = library.arrive_from_feed(&fetch_of(FEED, &many, 2), at(2));
    assert!(matches!(failed, Err(LibraryError::DiskFull(_))), "{failed:?}");
    assert_eq!((library.feed_states().unwrap(), titles(&mut library).len()), (state, 1));
    library.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
    assert_eq!(fetch(&mut library, &many, 3), (20, 0));
    assert_eq!(library.check().unwrap(), Check::default());
}

#[test]
fn programs_that_fetch_the_same_feed_at_once_double_nothing() {
    let folder = tempdir().unwrap();
    drop(Library::open(folder.path()).unwrap());
    let entries: Vec<EntryArrival> =
        (0..40).map(|n| entry(&format!("Story {n}"), &format!("s{n}"), "The same words in every story.")).collect();
    let new: usize = std::thread::scope(|scope| {
        let programs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| fetch(&mut Library::open(folder.path()).unwrap().0, &entries, 1).0))
            .collect();
        programs.into_iter().map(|program| program.join().unwrap()).sum()
    });
    let (mut library, _) = Library::open(folder.path()).unwrap();
    assert_eq!((new, titles(&mut library).len(), counts(&library)), (40, 40, vec![(40, 40)]));
}

#[test]
fn counts_that_are_wrong_are_noticed_and_mended() {
    let mut library = Library::in_memory().unwrap();
    fetch(&mut library, &[entry("Harbour", "harbour", "One."), entry("Ferry", "ferry", "Two.")], 1);
    fetch_other(&mut library, &[entry("Crane", "crane", "Three.")], 1);
    library.connection.execute("UPDATE feeds SET unread = 7 WHERE id = 1", []).unwrap();
    library.connection.execute("UPDATE feed_entries SET article = 99 WHERE feed = 2", []).unwrap();
    assert_eq!(library.check().unwrap(), Check { miscounted: 2, ..Check::default() });
    library.count_feeds_anew().unwrap();
    assert_eq!(library.check().unwrap(), Check::default());
    assert_eq!(counts(&library), [(2, 2), (0, 0)]);
}

#[test]
fn where_many_come_their_words_are_indexed_behind() {
    let mut library = Library::in_memory().unwrap();
    library.index_behind();
    let entries: Vec<EntryArrival> =
        (0..40).map(|n| entry(&format!("Story {n}"), &format!("s{n}"), "Petrol and gas.")).collect();
    fetch(&mut library, &entries, 1);
    assert_eq!(found(&library, "petrol"), 0);
    assert_eq!(library.index_next(99).unwrap(), 40);
    assert_eq!(found(&library, "petrol"), 40);
    fetch(&mut library, &[entry("Late story", "late", "Petrol again.")], 2);
    assert_eq!(found(&library, "again"), 1, "few are found at once");
    assert_eq!(
        library.reader().unwrap().window(&ArticleQuery::default(), Order::Newest, Around::Top, 1).unwrap().total,
        41
    );
}

/// An entry made of small numbers: guid, link, headline, words.
fn made((guid, link, title, words, second): (u8, u8, u8, u8, u8)) -> EntryArrival {
    let guid = (guid > 0).then(|| format!("g{guid}"));
    let link = if link > 0 { format!("l{link}") } else { String::new() };
    let title = format!("Headline {title}");
    let made = entry(&title, &link, &format!("{words} of the words that make this a text of its own."));
    let made = if second > 0 { dated(i64::from(second), made) } else { made };
    EntryArrival { guid, is_teaser: words == 3, ..made }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn whatever_feeds_say_the_library_fits_together_and_reading_it_again_changes_nothing(
        fetches in prop::collection::vec(
            (prop::collection::vec((0..3_u8, 0..4_u8, 0..3_u8, 0..4_u8, 0..3_u8), 0..7), any::<bool>(), 0..6_u8),
            1..7,
        ),
    ) {
        let mut library = Library::in_memory().unwrap();
        for (second, (entries, is_other, marked)) in (10..).zip(fetches) {
            let entries: Vec<EntryArrival> = entries.into_iter().map(made).collect();
            let address = if is_other { "https://courier.example/rss" } else { FEED };
            let arrivals = fetch_of(address, &entries, second);
            let news = library.arrive_from_feed(&arrivals, at(second)).unwrap();
            prop_assert!(news.new.len() + news.updated.len() <= entries.len());
            let again = library.arrive_from_feed(&arrivals, at(second)).unwrap();
            prop_assert_eq!(again, FeedNews::default());
            if let Some(entry) = library.entries(100).unwrap().get(usize::from(marked)).cloned() {
                let removed = (marked % 2 == 0).then(|| at(1));
                mark(&mut library, &entry, MarkState { removed, ..read() });
            }
            library.prune(6, usize::from(marked)).unwrap();
            prop_assert_eq!(library.check().unwrap(), Check::default());
        }
    }
}
