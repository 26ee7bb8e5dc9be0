//! A list as it was when somebody began to look at it.

use std::sync::Arc;

use super::*;
use crate::article::Arrival;
use crate::query::{Around, ArticleQuery, AsOf, Order};

fn arrive(library: &mut Library, number: i64) -> RowId {
    let story = article(&format!("edition:{number}"), &format!("Words number {number}."));
    let arrival = Arrival { article: story.into(), words: 3, file: None };
    library.arrive(&[arrival], at(number)).unwrap()[0].row
}

fn mark(library: &mut Library, number: i64, state: MarkState) {
    let id = SourceId::from_iri(format!("edition:{number}"));
    library.absorb_marks(&[AbsorbedMark { id, text: None, line: None, state, sets_place: false }], &[]).unwrap();
}

#[test]
fn what_arrives_later_waits_and_is_counted_and_what_is_read_stays() {
    let mut library = Library::in_memory().unwrap();
    let rows: Vec<RowId> = (0..9).map(|number| arrive(&mut library, number)).collect();
    let mut reader = library.reader().unwrap();
    let mut show = |text: &str, as_of: &AsOf| {
        let query = ArticleQuery::read(text, Timestamp::UNIX_EPOCH).unwrap();
        let window = reader.window_as_of(&query, as_of, Order::Newest, Around::Top, 99).unwrap();
        let listed: Vec<RowId> = window.entries.iter().map(|entry| entry.row).collect();
        assert_eq!(listed.len(), window.total);
        (listed, window.later, window.newest)
    };
    let newest = rows.last().copied();
    let all = show("", &AsOf::default());
    assert_eq!((all.0.len(), all.1, all.2), (9, 0, newest));
    let as_of = AsOf { newest, read: Arc::from([rows[2]]) };
    let read = || MarkState { read_at: Some(at(99)), ..MarkState::default() };
    mark(&mut library, 2, read());
    mark(&mut library, 3, read());
    let later = arrive(&mut library, 30);
    let unread = show("is:unread", &as_of);
    assert!(unread.0.contains(&rows[2]) && !unread.0.contains(&rows[3]) && !unread.0.contains(&later));
    assert_eq!((unread.0.len(), unread.1, unread.2), (8, 1, Some(later)));
    assert_eq!(show("is:starred", &as_of).1, 0, "it would not be in that list");
    assert_eq!(show("words", &as_of).1, 1);
    assert_eq!(show("", &as_of).0, all.0, "nothing moved");
    let let_in = show("is:unread", &AsOf { newest: None, ..as_of.clone() });
    assert_eq!((let_in.0.first(), let_in.1), (Some(&later), 0));
    mark(&mut library, 2, MarkState { removed: Some(at(100)), ..MarkState::default() });
    assert!(!show("is:unread", &as_of).0.contains(&rows[2]), "what is removed goes");
}
