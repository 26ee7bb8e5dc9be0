//! The cache of the mark logs.

use super::*;
use crate::article::Arrival;
use crate::journal::LogPosition;
use crate::query::{ArticleQuery, Condition, Scope, Term};

fn mark(id: &str, text: TextHash, line: &str, state: MarkState) -> AbsorbedMark {
    AbsorbedMark { id: SourceId::from_iri(id), text: Some(text), line: Some(line.into()), state, sets_place: true }
}

fn everything(story: &Article) -> MarkState {
    MarkState {
        read_at: Some(at(1)),
        starred_at: Some(at(2)),
        removed: None,
        tags: vec!["Äpfel".into(), "oil".into()],
        position: Some(Position::at(&story.body, 4)),
    }
}

fn arrive(library: &mut Library, story: &Article) -> crate::article::Arrived {
    let arrival = Arrival { article: story.clone().into(), words: 2, file: None };
    library.arrive(&[arrival], at(50)).unwrap().pop().unwrap()
}

#[test]
fn marks_count_at_once_and_are_taken_back_at_once() {
    let mut library = Library::in_memory().unwrap();
    let story = article("edition:a", "Some words.");
    let row = arrive(&mut library, &story).row;
    let mut reader = library.reader().unwrap();
    library.absorb_marks(&[mark("edition:a", story.body.hash(), "1", everything(&story))], &[]).unwrap();
    let entry = reader.entry(&story.id).unwrap().unwrap();
    assert_eq!((entry.read_at, entry.starred_at, entry.progress), (Some(at(1)), Some(at(2)), 36));
    assert_eq!(entry.tags, ["oil", "Äpfel"]);
    let tagged = ArticleQuery::default().with(Term::Tag("äp".into()));
    assert_eq!(reader.rows_matching(&tagged).unwrap(), [row]);
    library.absorb_marks(&[mark("edition:a", story.body.hash(), "2", MarkState::default())], &[]).unwrap();
    let entry = reader.entry(&story.id).unwrap().unwrap();
    assert!(!entry.is_read() && !entry.is_starred() && entry.tags.is_empty());
    assert_eq!(entry.progress, 36, "a place that is not named stays");
    let row_marks = library.row_marks(&[RowId(7), row]).unwrap();
    assert_eq!(row_marks.len(), 1);
    assert_eq!((row_marks[0].line.as_deref(), row_marks[0].title.as_str()), (Some("2"), "About edition:a"));
}

#[test]
fn marks_wait_for_their_article() {
    let mut library = Library::in_memory().unwrap();
    let story = article("edition:a", "Some words.");
    let marks = [
        mark("edition:a", story.body.hash(), "a", everything(&story)),
        mark("edition:gone", TextHash::of("other"), "b", MarkState { removed: Some(at(3)), ..MarkState::default() }),
    ];
    library.absorb_marks(&marks, &[]).unwrap();
    assert_eq!(library.entries(9).unwrap(), []);
    assert_eq!(library.count_marks().unwrap(), 2);
    let arrived = arrive(&mut library, &story);
    assert!(arrived.is_new && !arrived.was_removed && !arrived.is_marked_elsewhere);
    let kept = library.record_opened(&story, 2, at(60)).unwrap();
    assert_eq!((kept.read_at, kept.position.map(|place| place.byte)), (Some(at(1)), Some(4)));
    assert_eq!(library.entries(9).unwrap()[0].tags, ["oil", "Äpfel"]);
    assert!(arrive(&mut library, &article("edition:gone", "New words.")).was_removed);
    assert_eq!(ids(&mut library), ["edition:a"]);
    let lines = library.mark_lines(&["edition:gone", "edition:none"].map(SourceId::from_iri)).unwrap();
    assert_eq!(lines, [Some("b".to_owned()), None]);
}

#[test]
fn marks_made_elsewhere_in_the_same_text_count_here() {
    let mut library = Library::in_memory().unwrap();
    let story = article("file:///here/a.txt", "Some words.");
    let there = ["file:///there/a.txt", "file:///there/b.txt"];
    let marks = there.map(|id| mark(id, story.body.hash(), id, everything(&story)));
    library.absorb_marks(&marks, &[]).unwrap();
    let arrived = arrive(&mut library, &story);
    assert!(arrived.is_new && arrived.is_marked_elsewhere);
    assert_eq!(library.entries(9).unwrap()[0].read_at, Some(at(1)));
    assert_eq!(library.marks_of_text(story.body.hash()).unwrap(), there);
    assert_eq!(library.rows_of_text(story.body.hash()).unwrap(), [arrived.row]);
    // The owner of the logs has merged them; no line is written for an id that was never marked itself.
    let merged = MarkState { read_at: Some(at(99)), ..MarkState::default() };
    let effective = AbsorbedMark {
        id: story.id.clone(),
        text: Some(story.body.hash()),
        line: None,
        state: merged,
        sets_place: true,
    };
    library.absorb_marks(&[effective], &[]).unwrap();
    assert_eq!(library.entries(9).unwrap()[0].read_at, Some(at(99)));
    assert_eq!(library.count_marks().unwrap(), 2);
    // What is an article here has marks of its own.
    arrive(&mut library, &article(there[0], "Some words."));
    assert_eq!(library.marks_of_text(story.body.hash()).unwrap(), [there[1]]);
    let wordless = article("edition:empty", "");
    library.absorb_marks(&[mark("edition:other", TextHash::of(""), "x", everything(&wordless))], &[]).unwrap();
    assert!(!arrive(&mut library, &wordless).is_marked_elsewhere);
    assert!(!library.entries(9).unwrap().iter().any(|entry| entry.id == wordless.id && entry.is_read()));
}

#[test]
fn a_removal_takes_the_words_out_of_the_index_and_undo_puts_them_back() {
    let mut library = Library::in_memory().unwrap();
    let story = article("edition:a", "Some words.");
    arrive(&mut library, &story);
    let mut reader = library.reader().unwrap();
    let mut found = |words: &str| {
        reader.rows_matching(&ArticleQuery { condition: Condition::words(Scope::Everywhere, words) }).unwrap()
    };
    assert_eq!(found("abo").len(), 1);
    for (removed, expected) in [(Some(at(1)), 0), (None, 1)] {
        let state = MarkState { removed, ..MarkState::default() };
        library.absorb_marks(&[mark("edition:a", story.body.hash(), "x", state)], &[]).unwrap();
        assert_eq!(found("abo").len(), expected);
    }
}

#[test]
fn positions_are_noted_with_the_marks_or_not_at_all() {
    let mut library = Library::in_memory().unwrap();
    let position = |name: &str, bytes| LogPosition {
        name: name.into(),
        file: 7,
        bytes,
        lines: 3,
        fingerprint: u64::MAX,
        superfluous: 2,
    };
    library.absorb_marks(&[], &[position("b", 5), position("a", u64::MAX)]).unwrap();
    library.absorb_marks(&[], &[position("b", 9)]).unwrap();
    let expected = [position("a", u64::MAX), position("b", 9)];
    assert_eq!(library.log_positions().unwrap(), expected);
    library
        .connection
        .execute_batch("CREATE TEMP TRIGGER refuse BEFORE INSERT ON marks BEGIN SELECT RAISE(ABORT, 'no'); END")
        .unwrap();
    let story = article("edition:a", "Some words.");
    let refused =
        library.absorb_marks(&[mark("edition:a", story.body.hash(), "1", everything(&story))], &[position("a", 1)]);
    assert!(refused.is_err());
    assert_eq!(library.log_positions().unwrap(), expected);
}
