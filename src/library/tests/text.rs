//! All words of articles: when they are found, by what, and in which order.

use super::*;
use crate::article::Arrival;
use crate::query::{Around, ArticleQuery, Condition, Counts, Excerpt, Order, Scope, Term, TextTerm};

/// An article with a headline and paragraphs.
fn story(id: &str, title: &str, paragraphs: &[&str]) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in paragraphs {
        let range = TextRange::new(start, start + paragraph.len());
        blocks.push(Block { kind: BlockKind::Paragraph, range });
        start = range.end + 2;
    }
    Article { title: title.into(), body: Text::new(paragraphs.join("\n\n"), blocks, vec![]), ..article(id, "") }
}

fn arrive(library: &mut Library, articles: impl IntoIterator<Item = Article>) {
    let arrivals: Vec<Arrival> =
        articles.into_iter().map(|article| Arrival { article: article.into(), words: 2, file: None }).collect();
    library.arrive(&arrivals, at(0)).unwrap();
}

fn words(typed: &str, is_begun: bool) -> Condition {
    let words = typed.split(' ').map(str::to_owned).collect();
    Term::Text(TextTerm { scope: Scope::Everywhere, words, is_begun }).into()
}

fn found(library: &Library, condition: Condition) -> Vec<i64> {
    let rows = library.reader().unwrap().rows_matching(&ArticleQuery { condition }).unwrap();
    rows.into_iter().map(|row| row.0).collect()
}

fn unindexed(library: &Library) -> usize {
    let Counts { unindexed, .. } = library.reader().unwrap().counts(&ArticleQuery::default()).unwrap();
    unindexed
}

#[test]
fn words_phrases_and_beginnings_are_found() {
    let mut library = Library::in_memory().unwrap();
    arrive(
        &mut library,
        [
            story("a:1", "Harbour news", &["The cable lies deep.", "Nobody saw it."]),
            story("a:2", "The Cable", &["Harbours are deep;\nnobody minds."]),
        ],
    );
    for (typed, is_begun, rows) in [
        ("cable", false, &[1, 2][..]),
        ("harbour", false, &[1]),
        ("harbour", true, &[1, 2]),
        ("har", true, &[1]),
        ("cab", true, &[2]),
        ("cab", false, &[]),
        ("deep nobody", false, &[2]),
        ("cable lies", false, &[1]),
        ("lies cable", false, &[]),
        ("the cable", false, &[1, 2]),
        ("the ca", true, &[2]),
        ("the cabl", true, &[1, 2]),
        ("news the", false, &[]),
    ] {
        assert_eq!(found(&library, words(typed, is_begun)), rows, "{typed}");
    }
}

#[test]
fn many_articles_are_indexed_behind_the_newest_first() {
    let mut library = Library::in_memory().unwrap();
    library.index_behind();
    arrive(&mut library, (0..30).map(|n| story(&format!("a:{n}"), &format!("Story {n}"), &["Oil and gas."])));
    assert_eq!(unindexed(&library), 30);
    assert_eq!(found(&library, words("oil", false)), [0_i64; 0]);
    assert_eq!(found(&library, words("story", false)).len(), 30, "by the headline at once");
    assert_eq!(found(&library, words("story 7", false)), [0_i64; 0], "but where words stand is not known");
    assert_eq!(library.index_next(4).unwrap(), 4);
    assert_eq!(found(&library, words("oil", false)), [1, 2, 3, 4], "they came one before the other");
    assert_eq!((library.index_next(99).unwrap(), library.index_next(99).unwrap()), (26, 0));
    assert_eq!((found(&library, words("oil", false)).len(), unindexed(&library)), (30, 0));
    assert_eq!(found(&library, words("story 7", false)), [8]);
    arrive(&mut library, [story("a:few", "Few", &["Oil again."])]);
    assert_eq!(found(&library, words("oil again", false)), [31], "few are found at once");
}

#[test]
fn what_is_indexed_behind_is_one_piece_of_the_index_whatever_the_order_of_its_dates() {
    let mut library = Library::in_memory().unwrap();
    library.index_behind();
    let dated = |n: u8| {
        let published = parse_date(&format!("2007-05-{:02}", 1 + n * 5 % 28)).map(Into::into);
        Article { published, ..story(&format!("a:{n}"), "News", &["Oil and gas."]) }
    };
    arrive(&mut library, (0..28).map(dated));
    assert_eq!(library.index_next(99).unwrap(), 28);
    assert_eq!(found(&library, words("oil and", false)).len(), 28);
    let sql = "SELECT count(DISTINCT segid) FROM article_text_idx";
    let pieces: i64 = library.connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(pieces, 1);
}

#[test]
fn what_was_removed_is_found_by_nothing_until_it_comes_back() {
    let mut library = Library::in_memory().unwrap();
    let own = story("a:1", "News", &["Oil and gas."]);
    arrive(&mut library, [own.clone()]);
    let removed = |removed| MarkState { removed, ..MarkState::default() };
    library.absorb_marks(&[marked(&own.id, removed(Some(at(1))))], &[]).unwrap();
    let count = |library: &mut Library| -> i64 {
        library.connection.query_row("SELECT count(*) FROM article_text", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count(&mut library), 0);
    // A new version of it stays away.
    arrive(&mut library, [story("a:1", "News", &["Coal and gas."])]);
    assert_eq!((count(&mut library), unindexed(&library)), (0, 0));
    library.absorb_marks(&[marked(&own.id, removed(None))], &[]).unwrap();
    assert_eq!(found(&library, words("coal and", false)), [1]);
    assert_eq!(found(&library, words("oil", false)), [0_i64; 0]);
}

#[test]
fn a_new_version_is_found_by_its_new_words() {
    let mut library = Library::in_memory().unwrap();
    arrive(&mut library, [story("a:1", "News", &["Oil and gas."])]);
    arrive(&mut library, [story("a:1", "News", &["Coal and gas."])]);
    assert_eq!(found(&library, words("coal", false)), [1]);
    assert_eq!(found(&library, words("oil", false)), [0_i64; 0]);
}

#[test]
fn by_relevance_a_headline_counts_most_and_the_newest_comes_first_among_equals() {
    let mut library = Library::in_memory().unwrap();
    arrive(
        &mut library,
        [
            story("a:1", "News", &["There is oil and many other things in the sea."]),
            story("a:2", "News", &["There is oil and many other things in the sea."]),
            story("a:3", "Oil", &["There is a good deal in the sea beside the fish."]),
            story("a:4", "News", &["Oil, oil, oil, and again oil and nothing else but that."]),
            story("a:5", "News", &["There is nothing else in the sea but salt and fish."]),
            story("a:6", "Fish", &["There is more than enough in the sea for everybody."]),
            story("a:7", "Salt", &["There is more than enough in the sea for everybody."]),
            story("a:8", "Gold", &["There is more than enough in the sea for everybody."]),
            story("a:9", "Sand", &["There is more than enough in the sea for everybody."]),
        ],
    );
    let mut reader = library.reader().unwrap();
    let ranked = [3, 4, 1, 2];
    for query in [words("oil", false), Condition::Any(vec![words("oil", false), words("zebra", false)])] {
        let query = ArticleQuery { condition: query };
        let window = reader.window(&query, Order::Relevance, Around::Top, 9).unwrap();
        assert_eq!(window.entries.iter().map(|entry| entry.row.0).collect::<Vec<_>>(), ranked);
        for (at, row) in ranked.into_iter().enumerate() {
            let window = reader.window(&query, Order::Relevance, Around::After(RowId(row)), 1).unwrap();
            assert_eq!(window.entries.first().map(|entry| entry.row.0), ranked.get(at + 1).copied());
            assert_eq!(window.before, at + 1);
        }
        let neighbour = |reader: &mut LibraryReader, unread_only| {
            reader.neighbour(&query, Order::Relevance, Some(RowId(4)), true, unread_only).unwrap().unwrap().row
        };
        assert_eq!(neighbour(&mut reader, false), RowId(1));
    }
    // The one that is read is not in the list of the unread ones, and has its place in it.
    library.absorb_marks(&[marked(&SourceId::from_iri("a:4"), read(Some(at(3))))], &[]).unwrap();
    let query = ArticleQuery { condition: words("oil", false) };
    let next = reader.neighbour(&query, Order::Relevance, Some(RowId(4)), true, true).unwrap();
    assert_eq!(next.unwrap().row, RowId(1));
    // Without words to rank by, the newest come first.
    let window = reader.window(&ArticleQuery::default(), Order::Relevance, Around::Top, 1).unwrap();
    assert_eq!((window.entries[0].row, window.total), (RowId(1), 9));
}

#[test]
fn the_sentence_found_is_told() {
    let mut library = Library::in_memory().unwrap();
    arrive(
        &mut library,
        [story("a:1", "Oil", &["Salt is dear. There is oil here."]), story("a:2", "Oil", &["Nothing of it."])],
    );
    let query = ArticleQuery { condition: words("oil", false) };
    let excerpts = library.reader().unwrap().excerpts(&query, &[RowId(2), RowId(1), RowId(9)]).unwrap();
    let excerpt = Excerpt { text: "There is oil here.".into(), hits: vec![TextRange::new(9, 12)] };
    assert_eq!(excerpts, [(RowId(1), excerpt)]);
}

#[test]
fn a_library_that_fits_together_is_told_from_one_that_does_not() {
    let folder = tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    arrive(&mut library, (0..9).map(|n| story(&format!("a:{n}"), "News", &["Oil and gas."])));
    assert_eq!(library.check().unwrap(), Check::default());
    library.connection.execute("DELETE FROM article_text WHERE rowid = 3", []).unwrap();
    library.connection.execute("DELETE FROM article_words WHERE rowid = 4", []).unwrap();
    library.connection.execute("UPDATE bodies SET body = x'00' WHERE article = 5", []).unwrap();
    library.connection.execute("DELETE FROM bodies WHERE article = 6", []).unwrap();
    assert_eq!(library.check().unwrap(), Check { unfindable: 2, unreadable: 2, ..Check::default() });
    library.index_anew().unwrap();
    assert_eq!(library.check().unwrap(), Check { unindexed: 9, unreadable: 2, ..Check::default() });
    assert_eq!(library.index_next(99).unwrap(), 9);
    assert_eq!(library.check().unwrap(), Check { unreadable: 2, ..Check::default() });
    assert_eq!(found(&library, words("oil and", false)).len(), 7);
    library.connection.execute("UPDATE article_text_data SET block = x'ffff' WHERE id > 10", []).unwrap();
    let check = library.check().unwrap();
    assert_eq!(check.fault, None);
    assert!(check.index_fault.as_ref().is_some_and(|fault| fault.contains("article_text")), "{check:?}");
    library.index_anew().unwrap();
    library.index_next(99).unwrap();
    assert_eq!(library.check().unwrap(), Check { unreadable: 2, ..Check::default() });
}

#[test]
fn a_damaged_index_is_made_anew_and_costs_no_article() {
    let folder = tempdir().unwrap();
    let path = Some(folder.path());
    // Its leaves, the record of its structure, and all of it.
    for damaged in ["id > 10", "id = 10", "id > 0"] {
        let (mut library, _) = Library::open(folder.path()).unwrap();
        arrive(&mut library, (0..9).map(|n| story(&format!("a:{n}"), &format!("News {damaged}"), &["Oil and gas."])));
        // So short that it were empty, FTS5 would believe it.
        let noise = "ff".repeat(40);
        let sql = format!("UPDATE article_text_data SET block = x'{noise}' WHERE {damaged}");
        library.connection.execute(&sql, []).unwrap();
        drop(library);
        let (mut library, opened) = Library::open(folder.path()).unwrap();
        assert_eq!(opened, Opened::Ready, "{damaged}");
        let query = ArticleQuery { condition: words("oil and", false) };
        let mut reader = library.reader().unwrap();
        // FTS5 does not notice everything.
        if let Err(error) = reader.rows_matching(&query) {
            assert!(matches!(&error, LibraryError::Unreadable(file) if file.parent() == path), "{damaged}: {error}");
        }
        assert_eq!(library.repair().unwrap(), None, "{damaged}");
        assert_eq!((library.index_next(99).unwrap(), found(&library, query.condition).len()), (9, 9));
        assert_eq!(library.check().unwrap(), Check::default());
        // The one who writes finds out too.
        library.connection.execute(&sql, []).unwrap();
        drop(library);
        let (mut library, _) = Library::open(folder.path()).unwrap();
        let removed = MarkState { removed: Some(at(1)), ..MarkState::default() };
        let back = MarkState { removed: None, ..MarkState::default() };
        let mut mark = |state| library.absorb_marks(&[marked(&SourceId::from_iri("a:1"), state)], &[]);
        let met = mark(removed.clone()).and_then(|()| mark(back.clone()));
        if let Err(error) = met {
            assert!(matches!(error, LibraryError::IndexDamaged), "{damaged}: {error}");
            mark(removed).and_then(|()| mark(back)).unwrap();
        } else {
            library.repair().unwrap();
        }
        while library.index_next(99).unwrap() > 0 {}
        assert_eq!(library.check().unwrap(), Check::default(), "{damaged}");
    }
}

#[test]
fn an_index_that_cannot_be_read_costs_nobody_an_article() {
    let folder = tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    arrive(&mut library, [story("a:1", "News", &["Oil and gas."])]);
    library.connection.execute("DROP TABLE article_text", []).unwrap();
    drop(library);
    // Without one of its tables it is no library of ours any more.
    assert!(Library::open(folder.path()).is_err());
    assert!(Library::exists(folder.path()));
}
