//! The list in windows, against a list that is held in whole; and what a second connection sees.

use proptest::prelude::*;

use super::super::words::{sort_title, words};
use super::*;
use crate::article::Arrival;
use crate::query::{Around, ArticleQuery, Candidate, Condition, Counts, Order, Scope, Term, TextTerm};

/// A few articles with all that a query can ask for, made of small numbers.
fn filled_with(seeds: &[(u8, u8, u8)]) -> Library {
    const TITLES: [&str; 6] =
        ["“Washing day”", "Was it a wash?", "The café in Würzburg", "the Café", "Ten to one", "🎉"];
    let mut library = Library::in_memory().unwrap();
    let arrivals: Vec<Arrival> = seeds
        .iter()
        .enumerate()
        .map(|(number, &(title, day, kind))| {
            let id = match kind % 3 {
                0 => SourceId::of_edition(&number.to_string()),
                _ => SourceId::of_file(&format!("/news/{}/wash-{number}.txt", kind % 3)),
            };
            let words = format!("Words {number} of the wash. {}", ["Oil prices fell.", "Oil, new prices."][number % 2]);
            let article = Article {
                id,
                title: TITLES[usize::from(title) % TITLES.len()].to_owned(),
                byline: (kind % 4 == 0).then(|| "Ana Washburn".to_owned()),
                source: Some(["The Würzburg Times", "clippings"][usize::from(kind) % 2].to_owned()),
                published: parse_date(&format!("2007-05-{:02}", day % 9 + 1)).map(Into::into),
                ..article("", &words)
            };
            Arrival { article: article.into(), words: 2, file: None }
        })
        .collect();
    let arrived = library.arrive(&arrivals, at(90 * 86_400)).unwrap();
    let marks: Vec<AbsorbedMark> = arrived
        .iter()
        .zip(seeds)
        .map(|(arrived, &(title, day, kind))| AbsorbedMark {
            sets_place: true,
            id: arrived.id.clone(),
            text: None,
            line: Some("{}".into()),
            state: MarkState {
                read_at: (day % 2 == 0).then(|| at(1)),
                starred_at: (kind % 5 == 0).then(|| at(2)),
                removed: (title % 7 == 3).then(|| at(3)),
                tags: ["Oil-Tag", "oiled", "art"].into_iter().take(usize::from(day % 4)).map(str::to_owned).collect(),
                position: None,
            },
        })
        .collect();
    library.absorb_marks(&marks, &[]).unwrap();
    let bookmarked = arrived.iter().filter(|arrived| arrived.row.0 % 3 == 0);
    library.set_bookmarked(bookmarked.map(|arrived| (&arrived.id, 2)), true).unwrap();
    let brought = "INSERT INTO feed_entries (feed, article, title, content, is_long, first_seen)";
    for (number, (address, name)) in (1..).zip(FEEDS) {
        let sql = "INSERT INTO feeds (id, address, name) VALUES (?1, ?2, ?3)";
        library.connection.execute(sql, rusqlite::params![number, address, name]).unwrap();
        let sql = format!("{brought} SELECT ?1, id, 1, 1, 0, 1 FROM articles WHERE id % 4 IN (?1, 3)");
        library.connection.execute(&sql, [number]).unwrap();
    }
    let sql = "UPDATE articles SET changed_at = CASE WHEN id % 4 = 0 THEN 5 END, is_teaser = id % 5 = 0";
    library.connection.execute(sql, []).unwrap();
    library
}

/// The feeds of [`filled_with`], each with its name; the article of a row came from the one that its number says.
const FEEDS: [(&str, &str); 2] = [("https://a.example/feed", "The Würzburg Times"), ("https://b.example/feed", "b")];

/// The whole list, made the simple way.
fn whole(reader: &mut LibraryReader, query: &ArticleQuery, order: Order, count: usize) -> Vec<Entry> {
    let rows: Vec<RowId> = (1..=count as i64).map(RowId).collect();
    let mut entries = reader.entries(&rows).unwrap();
    let mut meets = |entry: &Entry| {
        let body = reader.article(&entry.id).unwrap().unwrap().body;
        let feeds: Vec<(String, String)> = FEEDS
            .iter()
            .filter(|(_, name)| entry.feeds.iter().any(|own| own == name))
            .map(|(address, name)| ((*address).to_owned(), (*name).to_owned()))
            .collect();
        query.matches(&Candidate::new(entry, &body, &feeds, entry.row.0 % 3 == 0))
    };
    entries.retain(|entry| entry.removed.is_none() && meets(entry));
    match order {
        Order::Newest => entries.sort_by_key(|entry| std::cmp::Reverse((entry.listed_at, entry.row))),
        Order::Oldest => entries.sort_by_key(|entry| (entry.listed_at, entry.row)),
        Order::Name => entries.sort_by_key(|entry| (sort_title(&entry.title), entry.row)),
        Order::Relevance => panic!("its scores are those of SQLite"),
    }
    entries
}

fn condition() -> impl Strategy<Value = Condition> {
    let text = prop::sample::select(vec![
        "was",
        "w",
        "wash t",
        "café",
        "wür",
        "on",
        "txt",
        "ana wash",
        "zebra",
        "cl",
        "oil prices",
        "oil pric",
        "new p",
        "würzburg ti",
        "it a w",
        "oil",
        "wash",
        "day the",
    ]);
    let scope = prop::sample::select(vec![
        Scope::Everywhere,
        Scope::Everywhere,
        Scope::Title,
        Scope::Author,
        Scope::Source,
        Scope::File,
    ]);
    let day = (0..9_i64).prop_map(|day| at(0) + jiff::SignedDuration::from_hours(24 * (day - 14)));
    let simple = prop_oneof![
        4 => (scope, text, any::<bool>()).prop_map(|(scope, text, is_begun)| {
            Condition::Term(Term::Text(TextTerm { scope, words: words(text), is_begun }))
        }),
        1 => prop::sample::select(vec!["oil", "art", "oiled", "x"]).prop_map(|tag| Term::Tag(tag.into()).into()),
        1 => any::<bool>().prop_map(|on| Term::Read(on).into()),
        1 => any::<bool>().prop_map(|on| Term::Starred(on).into()),
        1 => any::<bool>().prop_map(|on| Term::Bookmarked(on).into()),
        1 => any::<bool>().prop_map(|on| Term::Changed(on).into()),
        1 => any::<bool>().prop_map(|on| Term::Teaser(on).into()),
        1 => prop::sample::select(vec!["https://a.example/feed", "würz", "b", "https://b", "x"])
            .prop_map(|feed| Term::Feed(vec![feed.into()]).into()),
        1 => day.clone().prop_map(|day| Term::After(day).into()),
        1 => day.prop_map(|day| Term::Before(day).into()),
    ];
    simple.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| Condition::Not(Box::new(one))),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            prop::collection::vec(inner, 0..3).prop_map(Condition::Any),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn every_window_is_a_part_of_the_whole_list(
        seeds in prop::collection::vec(any::<(u8, u8, u8)>(), 0..24),
        questions in prop::collection::vec((prop::collection::vec(condition(), 0..3), 0..3_u8, 0..26_i64, 0..9_usize), 1..8),
    ) {
        let library = filled_with(&seeds);
        let mut reader = library.reader().unwrap();
        for (conditions, order, row, rows) in questions {
            let query = ArticleQuery { condition: Condition::All(conditions) };
            let order = [Order::Newest, Order::Oldest, Order::Name][usize::from(order)];
            let all = whole(&mut reader, &query, order, seeds.len());
            let row = RowId(row);
            let known = reader.entries(&[row]).unwrap().pop();
            // Where the row stands or would stand.
            let key = |entry: &Entry| match order {
                Order::Newest => (String::new(), -entry.listed_at.as_millisecond(), -entry.row.0),
                Order::Oldest => (String::new(), entry.listed_at.as_millisecond(), entry.row.0),
                Order::Name => (sort_title(&entry.title), 0, entry.row.0),
                Order::Relevance => unreachable!(),
            };
            let above = known.as_ref().map(|known| all.iter().filter(|entry| key(entry) < key(known)).count());
            let below = known.as_ref().map(|known| all.iter().filter(|entry| key(entry) > key(known)).count());
            let first = |around| match (around, above, below) {
                (Around::End, ..) => all.len() - rows.min(all.len()),
                (Around::After(_), _, Some(below)) => all.len() - below,
                (Around::Before(_), Some(above), _) => above - rows.min(above),
                (Around::Row(_), Some(above), _) => {
                    (above - (rows / 2).min(above)).min(all.len() - rows.min(all.len()))
                }
                _ => 0,
            };
            for around in [Around::Top, Around::End, Around::Row(row), Around::After(row), Around::Before(row)] {
                let end = match around {
                    Around::Before(_) => above.unwrap_or(usize::MAX),
                    _ => usize::MAX,
                };
                let start = first(around);
                let expected: Vec<Entry> = all.iter().take(end).skip(start).take(rows).cloned().collect();
                let window = reader.window(&query, order, around, rows).unwrap();
                prop_assert_eq!(&window.entries, &expected, "{:?} {:?} {:?}", query, order, around);
                prop_assert_eq!(window.total, all.len());
                prop_assert!(window.before == start || expected.is_empty(), "{:?}: {} for {}", around, window.before, start);
            }
            let ids: Vec<RowId> = all.iter().map(|entry| entry.row).collect();
            if order == Order::Newest {
                prop_assert_eq!(reader.rows_matching(&query).unwrap(), ids);
            }
            prop_assert_eq!(reader.counts(&query).unwrap(), Counts {
                total: all.len(),
                unread: all.iter().filter(|entry| !entry.is_read()).count(),
                starred: all.iter().filter(|entry| entry.is_starred()).count(),
                unindexed: 0,
            });
            let unread = || all.iter().filter(|entry| !entry.is_read());
            prop_assert_eq!(reader.first_unread(&query, order).unwrap(), unread().next().cloned());
            if let Some(known) = &known {
                let next = unread().find(|entry| key(entry) > key(known)).cloned();
                prop_assert_eq!(reader.neighbour(&query, order, Some(row), true, true).unwrap(), next);
                let previous = all.iter().rev().find(|entry| key(entry) < key(known)).cloned();
                prop_assert_eq!(reader.neighbour(&query, order, Some(row), false, false).unwrap(), previous);
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_answered(text in "\\PC{1,40}") {
        let library = filled_with(&[(0, 0, 0), (2, 1, 1)]);
        let mut reader = library.reader().unwrap();
        let folded = crate::text::fold::fold(&text);
        let words = |scope| Condition::words(scope, &text);
        let not = Condition::Not(Box::new(words(Scope::Title)));
        for condition in [words(Scope::Everywhere), not, Term::Tag(folded).into()] {
            let query = ArticleQuery { condition };
            prop_assert!(reader.window(&query, Order::Name, Around::Top, 9).is_ok());
        }
    }
}

#[test]
fn what_was_opened_last_is_told_until_it_is_removed() {
    let mut library = filled_with(&[(0, 0, 1), (1, 0, 1)]);
    let mut reader = library.reader().unwrap();
    assert_eq!(reader.last_read().unwrap(), None, "nothing was opened");
    library.note_opened(RowId(2), at(5)).unwrap();
    library.note_opened(RowId(1), at(9)).unwrap();
    let last = reader.last_read().unwrap().unwrap();
    assert_eq!((last.row, last.opened), (RowId(1), Some(at(9))));
    let state = MarkState { removed: Some(at(10)), ..MarkState::default() };
    library
        .absorb_marks(&[AbsorbedMark { id: last.id, text: Some(last.text), line: None, state, sets_place: true }], &[])
        .unwrap();
    assert_eq!(reader.last_read().unwrap().unwrap().row, RowId(2));
}

/// A library on the disk and one in memory, as everything about two connections has to hold for both.
fn both_kinds(test: impl Fn(Library)) {
    let folder = tempdir().unwrap();
    test(Library::open(folder.path()).unwrap().0);
    test(Library::in_memory().unwrap());
}

#[test]
fn a_reader_sees_what_was_written_and_nothing_that_is_being_written() {
    both_kinds(|mut library| {
        let mut reader = library.reader().unwrap();
        let all = ArticleQuery::default();
        let total = |reader: &mut LibraryReader| reader.window(&all, Order::Newest, Around::Top, 9).unwrap().total;
        assert_eq!(total(&mut reader), 0);
        library.record_opened(&article("edition:a", "Words."), 1, at(0)).unwrap();
        assert_eq!(total(&mut reader), 1);
        library.connection.execute_batch("BEGIN IMMEDIATE; UPDATE articles SET removed = 1").unwrap();
        // In memory one waits for the other.
        if library.home.path().is_some() {
            assert_eq!(total(&mut reader), 1);
        }
        library.connection.execute_batch("COMMIT").unwrap();
        assert_eq!(total(&mut reader), 0);
        let written = reader.read(|connection, _| connection.execute("DELETE FROM articles", []));
        assert!(written.is_err(), "it only reads");
    });
}

#[test]
fn libraries_in_memory_are_apart() {
    let mut one = Library::in_memory().unwrap();
    let other = Library::in_memory().unwrap();
    one.record_opened(&article("edition:a", "Words."), 1, at(0)).unwrap();
    assert_eq!(other.reader().unwrap().counts(&ArticleQuery::default()).unwrap().total, 0);
}

#[test]
fn a_reader_follows_to_the_library_that_takes_the_place_of_a_damaged_one() {
    let folder = tempdir().unwrap();
    let file = filled(folder.path(), 400);
    let (mut library, _) = Library::open(folder.path()).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let length = bytes.len();
    bytes[4096..length].iter_mut().enumerate().for_each(|(n, byte)| *byte = if n % 4096 == 0 { 13 } else { 0xa5 });
    fs::write(&file, &bytes).unwrap();
    let mut reader = library.reader().unwrap();
    let rows: Vec<RowId> = (1..400).map(RowId).collect();
    let error = reader.entries(&rows).unwrap_err();
    assert!(matches!(&error, LibraryError::Unreadable(path) if *path == file) && error.hint().is_some(), "{error}");
    let aside = library.repair().unwrap().unwrap();
    assert_eq!(fs::read(aside).unwrap(), bytes);
    library.record_opened(&article("edition:new", "Words."), 1, at(0)).unwrap();
    assert_eq!(reader.counts(&ArticleQuery::default()).unwrap().total, 1);
    assert_eq!(library.repair().unwrap(), None, "a sound one stays");
    assert_eq!(reader.counts(&ArticleQuery::default()).unwrap().total, 1);
}
