//! Which entries of a file make up one passage.

use proptest::prelude::*;

use super::super::{Location, Remark, read as imported};
use super::{is_limit_notice, title_and_authors};
use crate::bookmark::MAX_NOTE;

/// A file of entries: kind, page, time of the day, words.
fn file(entries: &[(&str, &str, &str, &str)]) -> String {
    let entry = |(kind, page, time, words): &(&str, &str, &str, &str)| {
        format!(
            "Quays (Ana Reed)\r\n- Your {kind} on page {page} | Added on Monday, 2 March 2026 {time}\r\n\r\n{words}\r\n==========\r\n"
        )
    };
    entries.iter().map(entry).collect()
}

/// The passages, each with its note, and how many entries were merged into others.
fn passages(entries: &[(&str, &str, &str, &str)]) -> (Vec<(String, String)>, usize) {
    let batch = imported(&file(entries)).unwrap();
    let one = |one: &crate::bookmark::Bookmark| {
        (one.quote().map_or_else(String::new, |quote| quote.exact.clone()), one.note().unwrap_or_default().to_owned())
    };
    (batch.bookmarks.iter().map(one).collect(), batch.skipped.len())
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(words, note)| ((*words).to_owned(), (*note).to_owned())).collect()
}

const MARK: &str = "Highlight";
const NOTE: &str = "Note";

#[test]
fn a_note_belongs_to_the_latest_highlight_before_it() {
    let two = [
        (MARK, "12-12", "21:24:55", "The ferry sailed late."),
        (NOTE, "12", "21:25:10", "how late?"),
        (MARK, "12-12", "21:26:00", "Nobody was told."),
        (NOTE, "12", "21:26:30", "not even Bo"),
    ];
    assert_eq!(
        passages(&two),
        (pairs(&[("The ferry sailed late.", "how late?"), ("Nobody was told.", "not even Bo")]), 0)
    );
    let one = [two[0], two[1], two[2]];
    assert_eq!(passages(&one).0, pairs(&[("The ferry sailed late.", "how late?"), ("Nobody was told.", "")]));
    let elsewhere = [two[0], (NOTE, "13", "21:25:10", "another page"), two[2]];
    assert_eq!(passages(&elsewhere).0.len(), 3, "a note on a page without highlights stands alone");
    let before = [(NOTE, "12", "21:24:55", "how late?"), two[0]];
    assert_eq!(
        passages(&before).0,
        pairs(&[("The ferry sailed late.", "how late?")]),
        "written in the same second, above it"
    );
    let earlier = [(NOTE, "12", "21:20:00", "how late?"), two[0]];
    assert_eq!(passages(&earlier).0, pairs(&[("", "how late?"), ("The ferry sailed late.", "")]));
}

#[test]
fn an_entry_of_unknown_kind_becomes_a_note() {
    let mark = (MARK, "12-12", "21:24:55", "The ferry sailed late.");
    let entries = [mark, ("Zzyzx", "12", "21:25:10", "whose words?")];
    assert_eq!(passages(&entries).0, pairs(&[("The ferry sailed late.", ""), ("", "whose words?")]));
    let remarks = imported(&file(&entries)).unwrap().remarks;
    assert_eq!(remarks, [(Location::Line(6), Remark::UnknownKind("Your Zzyzx on page 12".into()))]);
}

#[test]
fn two_notes_on_one_highlight_are_kept_unless_one_is_an_edit_of_the_other() {
    let mark = (MARK, "3-3", "09:00:00", "The ferry sailed late.");
    let two = [mark, (NOTE, "3", "09:01:00", "how late?"), (NOTE, "3", "09:02:00", "ask the captain")];
    assert_eq!(passages(&two), (pairs(&[("The ferry sailed late.", "how late?\n\nask the captain")]), 0));
    let edited = [mark, (NOTE, "3", "09:01:00", "how late"), (NOTE, "3", "09:02:00", "how late, and why?")];
    assert_eq!(passages(&edited), (pairs(&[("The ferry sailed late.", "how late, and why?")]), 1));
    let shorter = [mark, (NOTE, "3", "09:01:00", "how late, and why?"), (NOTE, "3", "09:02:00", "how late")];
    assert_eq!(
        passages(&shorter),
        (pairs(&[("The ferry sailed late.", "how late, and why?")]), 1),
        "no words are lost"
    );
    assert_eq!(passages(&shorter[1..]), (pairs(&[("", "how late, and why?")]), 1));
}

#[test]
fn a_note_that_does_not_fit_is_left_out_and_reported() {
    let (mark, long) = ((MARK, "3-3", "09:00:00", "The ferry sailed late."), "x".repeat(MAX_NOTE + 1));
    for long in [long, "x".repeat(MAX_NOTE)] {
        let entries = [mark, (NOTE, "3", "09:01:00", "how late?"), (NOTE, "3", "09:02:00", &long)];
        assert_eq!(passages(&entries).0, pairs(&[("The ferry sailed late.", "how late?")]));
        let remarks = imported(&file(&entries)).unwrap().remarks;
        assert_eq!(remarks, [(Location::Line(11), Remark::NoteLeftOut(long.len()))]);
        assert!(remarks[0].1.is_loss());
    }
}

/// Every order of some entries.
fn orders<T: Copy>(all: &[T]) -> Vec<Vec<T>> {
    if all.is_empty() {
        return vec![Vec::new()];
    }
    let first = |at: usize| {
        let (mut rest, one) = (all.to_vec(), all[at]);
        rest.remove(at);
        orders(&rest).into_iter().map(move |order| [vec![one], order].concat())
    };
    (0..all.len()).flat_map(first).collect()
}

proptest! {
    // Each case imports 120 files.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_entries_does_not_matter(picked in prop::collection::vec((0..8_usize, 0..6_u8), 5)) {
        let kinds = [
            (MARK, "40-40", "The captain walked"),
            (MARK, "40-40", "The captain walked slowly along the quay"),
            (MARK, "40-41", "saw the gulls"),
            (MARK, "40-41", "walked slowly along the quay and saw the gulls."),
            (NOTE, "40", "ask the union"),
            (NOTE, "40", "ask the union about the strike"),
            (NOTE, "40", "who paid?"),
            (NOTE, "41", "which gulls?"),
        ];
        let times = picked.iter().map(|(_, minute)| format!("09:0{minute}:00")).collect::<Vec<_>>();
        let entries = picked.iter().zip(&times).map(|((kind, _), time)| {
            let (kind, page, words) = kinds[*kind];
            (kind, page, time.as_str(), words)
        });
        let all: Vec<_> = entries.collect();
        let state = |entries: &[(&str, &str, &str, &str)]| {
            let batch = imported(&file(entries)).unwrap();
            let mut lines: Vec<String> = batch.bookmarks.iter().map(crate::bookmark::Bookmark::to_line).collect();
            lines.sort();
            lines
        };
        let wanted = state(&all);
        for order in orders(&all) {
            prop_assert_eq!(&state(&order), &wanted, "{:?}", order);
        }
    }
}

#[test]
fn the_longer_of_two_highlights_of_the_same_words_wins_and_nothing_else_is_replaced() {
    let [whole, part] = ["The captain walked slowly along the quay", "The captain walked"];
    let longest = "The captain walked slowly along the quay and saw the gulls.";
    let all = [
        (MARK, "40-40", "21:16:59", whole),
        (NOTE, "40", "21:17:15", "slowly"),
        (MARK, "40-40", "21:17:20", part),
        (MARK, "40-41", "21:17:28", longest),
    ];
    assert_eq!(passages(&all), (pairs(&[(longest, "slowly")]), 2));
    assert_eq!(passages(&[all[3], all[0]]).0, pairs(&[(longest, "")]), "whichever came first");
    let joined = [
        (MARK, "40-40", "21:00:00", "The captain walked"),
        (NOTE, "40", "21:01:00", "one"),
        (MARK, "40-40", "21:02:00", "saw the gulls"),
        (NOTE, "40", "21:03:00", "two"),
        (MARK, "40-40", "21:04:00", longest),
    ];
    assert_eq!(passages(&joined), (pairs(&[(longest, "one\n\ntwo")]), 2));
    for other in [
        (MARK, "52-52", "21:18:00", part),
        (MARK, "40-40", "21:18:00", "walked slowly along the beach"),
        (MARK, "40-40", "21:18:00", "The capt"),
    ] {
        assert_eq!(passages(&[all[0], other]).0.len(), 2, "{other:?}");
    }
}

#[test]
fn works_with_and_without_authors() {
    let cases: [(&str, &str, &[&str]); 5] = [
        ("Rents (Reed, Ana)", "Rents", &["Ana Reed"]),
        ("Rents (A Report) (Ana Reed;Lee, Bo)", "Rents (A Report)", &["Ana Reed", "Bo Lee"]),
        ("Rents", "Rents", &[]),
        ("(Untitled)", "(Untitled)", &[]),
        ("Acts (One, Two, Three)", "Acts", &["One, Two, Three"]),
    ];
    for (work, title, authors) in cases {
        assert_eq!(
            title_and_authors(work),
            (title.to_owned(), authors.iter().map(|name| (*name).to_owned()).collect())
        );
    }
}

#[test]
fn a_limit_notice_is_not_a_passage() {
    assert!(is_limit_notice("<You have reached the clipping limit for this item>"));
    assert!(is_limit_notice("<Sie haben die Grenze für diesen Titel erreicht>"));
    for words in ["<b>bold</b>", "<a href=\"x y\">", "a < b and b > c", "<one>"] {
        assert!(!is_limit_notice(words), "{words}");
    }
}
