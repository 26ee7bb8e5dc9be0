//! What bookmarks promise together: edits, merging, the shelf. Also the samples that other tests use.

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::article::{Article, Date, SourceId, Text, TextRange};

pub(crate) const DEVICE: DeviceId = DeviceId::TESTER;

pub(crate) fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_425_304 + second).unwrap()
}

pub(crate) fn article(id: &str, text: &str) -> Article {
    Article {
        id: SourceId::from_iri(id),
        title: "Rents \"slide\" again".into(),
        byline: Some("Ana Reed".into()),
        published: Some(Date::constant(2026, 11, 20).into()),
        source: Some("The Example Times".into()),
        url: None,
        language: Some("en".into()),
        body: Text::new(text.into(), vec![], vec![]),
    }
}

pub(crate) fn made(id: u128, article: &Article, range: TextRange) -> NewBookmark<'_> {
    NewBookmark { id: Uuid::from_u128(id).into(), device: DEVICE, now: time(0), article, range, color: Color::Yellow }
}

/// A bookmark of the second word of a short article.
pub(crate) fn sample(id: u128) -> Bookmark {
    let article = article("https://example.com/a", "One sentence is enough for this.");
    Bookmark::passage(made(id, &article, TextRange::new(4, 12))).unwrap()
}

fn other() -> DeviceId {
    DeviceId::new("other").unwrap()
}

#[test]
fn a_new_bookmark_reads_back_from_its_line() {
    let bookmark = sample(1);
    assert_eq!(read_line(bookmark.to_line().as_bytes()), Line::Record(Box::new(bookmark.clone())));
    assert_eq!(bookmark.quote().unwrap().exact, "sentence");
    assert!(bookmark.to_line().contains(r#""motivation":"highlighting""#));
    assert!(!bookmark.to_line().contains('\n'));
}

#[test]
fn the_longest_passage_with_the_longest_note_still_is_a_line() {
    let text = "\u{10ffff}".repeat(MAX_PASSAGE);
    let article = article("https://example.com/a", &text);
    let range = TextRange::new(0, text.len());
    let full = Bookmark::passage(made(1, &article, range)).unwrap();
    let full = full.with_note(&"\"".repeat(MAX_NOTE), DEVICE, time(1)).unwrap();
    assert!(full.to_line().len() <= MAX_LINE, "{}", full.to_line().len());
}

#[test]
fn what_cannot_be_kept_is_refused_with_a_reason() {
    let text = "x".repeat(MAX_PASSAGE + 1);
    let article = article("https://example.com/a", &format!("{text}  "));
    let refused = |start, end| Bookmark::passage(made(1, &article, TextRange::new(start, end))).unwrap_err();
    assert_eq!(refused(0, MAX_PASSAGE + 1), Refused::TooLong { code_points: MAX_PASSAGE + 1 });
    assert_eq!(refused(5, 5), Refused::Empty);
    assert_eq!(refused(text.len(), text.len() + 2), Refused::Empty);
    assert_eq!(refused(0, 99_999), Refused::OffText);
    let long = "x".repeat(MAX_NOTE + 1);
    assert_eq!(sample(1).with_note(&long, DEVICE, time(1)), Err(Refused::NoteTooLong { bytes: MAX_NOTE + 1 }));
}

#[test]
fn an_edit_is_newer_than_what_it_edits_even_when_the_clock_went_back() {
    let future = sample(1).with_note("from the future", DEVICE, time(1_000_000)).unwrap();
    let edited = future.with_note("now", other(), time(1)).unwrap();
    let mut shelf = Shelf::default();
    shelf.extend([edited.clone(), future]);
    assert_eq!(shelf.get(edited.id()).unwrap().note(), Some("now"));
}

#[test]
fn edits_of_different_fields_made_apart_both_stay() {
    let (here, there) = (sample(1), sample(1));
    let mut shelf = Shelf::default();
    shelf.absorb(here.with_note("a note", DEVICE, time(5)).unwrap());
    shelf.absorb(there.with_tags(&["b", "a"], other(), time(3)).unwrap());
    let merged = shelf.get(here.id()).unwrap();
    assert_eq!((merged.note(), merged.tags().join(" ").as_str()), (Some("a note"), "a b"));
}

#[test]
fn a_deleted_bookmark_is_gone_until_it_is_restored_or_edited_later() {
    let bookmark = sample(1);
    let deleted = bookmark.deleted(DEVICE, time(5)).unwrap();
    let mut shelf = Shelf::default();
    shelf.extend([deleted.clone(), bookmark.clone()]);
    assert!(shelf.is_empty() && shelf.get(bookmark.id()).is_some());
    let restored = deleted.reverted_to(&bookmark, DEVICE, time(6)).unwrap();
    shelf.absorb(restored.clone());
    assert_eq!(shelf.len(), 1);
    shelf.absorb(restored.reverted_to(&deleted, DEVICE, time(7)).unwrap());
    assert_eq!(shelf.len(), 0, "redo deletes again");
    shelf.absorb(bookmark.with_color(Color::Pink, other(), time(9)).unwrap());
    assert_eq!(shelf.len(), 1, "a later edit elsewhere revives");
}

#[test]
fn undo_brings_back_what_was_and_leaves_alone_what_another_device_changed() {
    let first = sample(1);
    let noted = first.with_note("mine", DEVICE, time(1)).unwrap();
    let tagged = first.with_tags(&["theirs"], other(), time(2)).unwrap();
    let mut shelf = Shelf::default();
    shelf.extend([noted.clone(), tagged]);
    shelf.absorb(noted.reverted_to(&first, DEVICE, time(3)).unwrap());
    let merged = shelf.get(first.id()).unwrap();
    assert_eq!((merged.note(), merged.tags()), (None, &["theirs".to_owned()][..]));
}

#[test]
fn attaching_anew_keeps_the_identity_and_the_note() {
    let noted = sample(1).with_note("keep me", DEVICE, time(1)).unwrap();
    let new = article("https://example.com/a", "Another sentence, quite unlike it.");
    let moved = noted.with_target(&new, TextRange::new(8, 16), DEVICE, time(2)).unwrap();
    assert_eq!((moved.id(), moved.note()), (noted.id(), Some("keep me")));
    assert_eq!((moved.position(), moved.text_hash()), (Some((8, 16)), Some(new.body.hash())));
}

#[test]
fn a_file_that_moved_keeps_its_bookmarks() {
    let mut shelf = Shelf::default();
    shelf.absorb(sample(1));
    let hash = sample(1).text_hash().unwrap();
    let elsewhere = SourceId::of_file("/moved.txt");
    assert_eq!(shelf.all_of(&elsewhere, hash).count(), 1);
    assert_eq!(shelf.all_of(&elsewhere, crate::article::TextHash::of("else")).count(), 0);
}

#[test]
fn a_newer_record_wins_over_ours_and_refuses_edits() {
    let ours = sample(1).with_note("ours", DEVICE, time(9)).unwrap();
    let Line::Record(newer) = read_line::<Bookmark>(sample(1).to_line().replace(r#""v":1"#, r#""v":2"#).as_bytes())
    else {
        panic!()
    };
    let mut shelf = Shelf::default();
    shelf.extend([(*newer).clone(), ours.clone()]);
    let kept = shelf.get(ours.id()).unwrap();
    assert_eq!(kept, &*newer);
    assert_eq!(kept.with_note("x", DEVICE, time(10)), Err(Refused::ReadOnly { version: 2 }));
    assert_eq!(kept.deleted(DEVICE, time(10)), Err(Refused::ReadOnly { version: 2 }));
}

#[test]
fn a_filter_finds_by_words_tags_and_colour() {
    let bookmark = sample(1).with_note("Don’t forget", DEVICE, time(1)).unwrap();
    let bookmark = bookmark.with_tags(&["Housing", "law"], DEVICE, time(2)).unwrap();
    for (text, fits) in [
        ("", true),
        ("sentence don't", true),
        ("SLIDE law", true),
        ("sentence absent", false),
        ("#hou #law", true),
        ("#ho#use", false),
        ("color:yellow forget", true),
        ("colour:blue", false),
        ("yellow", false),
        ("lawsentence", false),
        ("housinglaw", false),
    ] {
        let filter = Filter::read(text, QueryContext { now: time(3), names: &|_| Vec::new(), has_color: &|_| false });
        assert_eq!(filter.unwrap().matches(&bookmark, None), fits, "{text}");
    }
}

#[test]
fn the_shelf_goes_by_the_time_of_making() {
    let article = article("https://example.com/a", "One sentence is enough for this.");
    let at = |id, second| {
        let new = NewBookmark { now: time(second), ..made(id, &article, TextRange::new(0, 3)) };
        Bookmark::passage(new).unwrap()
    };
    let mut shelf = Shelf::default();
    shelf.extend([at(1, 9), at(3, 5), at(2, 5)]);
    let order: Vec<String> = shelf.iter().map(|bookmark| bookmark.id().short()).collect();
    assert_eq!(order, ["000000000002", "000000000003", "000000000001"]);
    assert_eq!((shelf.count_of(&article.id), shelf.articles()), (3, 1));
    assert_eq!(shelf.count_of(&SourceId::of_edition("other")), 0);
}

#[test]
fn a_bookmark_attached_to_another_article_is_only_there() {
    let first = sample(1);
    let other_article = article("https://example.com/b", "Another sentence, quite unlike it.");
    let moved = first.with_target(&other_article, TextRange::new(8, 16), DEVICE, time(2)).unwrap();
    let mut shelf = Shelf::default();
    shelf.extend([first.clone(), sample(2), moved.clone()]);
    let of = |source: &SourceId, hash| shelf.all_of(source, hash).map(Bookmark::id).collect::<Vec<_>>();
    assert_eq!(of(first.source_id(), first.text_hash().unwrap()), [sample(2).id()]);
    assert_eq!(of(moved.source_id(), other_article.body.hash()), [first.id()]);
    assert_eq!((shelf.count_of(first.source_id()), shelf.count_of(moved.source_id())), (1, 1));
    shelf.absorb(moved.deleted(DEVICE, time(3)).unwrap());
    assert_eq!((shelf.count_of(moved.source_id()), shelf.articles()), (0, 1));
}

/// Histories of one bookmark as several devices may have written them, including stamps that are equal by accident.
pub(super) fn revisions() -> impl Strategy<Value = Vec<Bookmark>> {
    let edit = (0..7_u8, 0..3_u8, 0..4_i64, any::<prop::sample::Index>());
    prop::collection::vec(edit, 1..12).prop_map(|edits| {
        let mut all = vec![sample(1)];
        for (kind, device, second, from) in edits {
            let device = DeviceId::new(["a", "b", "tester"][usize::from(device)]).unwrap();
            let base = from.get(&all).clone();
            let now = time(second);
            let next = match kind {
                0 => base.with_note(&format!("note {second}"), device, now),
                1 => base.with_tags(&[format!("t{second}")], device, now),
                2 => base.with_color(Color::ALL[second as usize].clone(), device, now),
                3 => base.deleted(device, now),
                4 => base.restored(device, now),
                5 => base.reverted_to(&all[0].clone(), device, now),
                _ => {
                    let line = base.to_line();
                    let line = line.replacen('{', &format!(r#"{{"later{second}":{second},"#), 1);
                    let Line::Record(bookmark) = read_line(line.as_bytes()) else { panic!("{line}") };
                    Ok(if second == 3 && device.as_str() == "a" {
                        let Line::Record(newer) =
                            read_line::<Bookmark>(line.replace(r#""v":1"#, r#""v":2"#).as_bytes())
                        else {
                            panic!()
                        };
                        *newer
                    } else {
                        *bookmark
                    })
                }
            };
            all.extend(next.ok());
        }
        all
    })
}

fn merged<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> Option<String> {
    let mut shelf = Shelf::default();
    shelf.extend(bookmarks.into_iter().cloned());
    shelf.get(sample(1).id()).map(Bookmark::to_line)
}

#[test]
fn a_note_that_lost_to_one_written_at_the_same_time_is_offered_for_ninety_days() {
    let base = sample(1).with_note("base", DEVICE, time(1)).unwrap();
    let ours = base.with_note("ours", DEVICE, time(5)).unwrap();
    let theirs = base.with_note("theirs", other(), time(3)).unwrap();
    let id = base.id();
    let offered = |lines: &[&Bookmark], now| {
        let mut shelf = Shelf::default();
        shelf.extend(lines.iter().copied().cloned());
        assert_eq!(shelf.get(id).unwrap().stamps.note, lines.iter().map(|line| line.stamps.note).max().unwrap());
        shelf.other_notes(id, now).iter().map(|other| format!("{} {}", other.device, other.note)).collect::<Vec<_>>()
    };
    for lines in [[&base, &ours, &theirs], [&theirs, &base, &ours], [&ours, &theirs, &base]] {
        assert_eq!(offered(&lines, time(10)), ["other theirs"], "the base was seen by both");
        assert_eq!(offered(&lines, time(89 * 86_400)).len(), 1);
        assert_eq!(offered(&lines, time(91 * 86_400)).len(), 0);
    }
    let taken_up = ours.with_note("ours and theirs", DEVICE, time(20)).unwrap();
    assert_eq!(offered(&[&base, &ours, &theirs, &taken_up], time(30)).len(), 0);
    let deleted = ours.with_note("", DEVICE, time(20)).unwrap();
    assert_eq!(
        offered(&[&base, &ours, &theirs, &deleted], time(30)),
        ["other theirs"],
        "ours was thrown away on purpose"
    );
    assert_eq!(offered(&[&base, &ours], time(10)).len(), 0, "an edit is no conflict");
}

proptest! {
    #[test]
    fn the_notes_that_lost_do_not_depend_on_the_order(all in revisions(), turn in any::<prop::sample::Index>()) {
        let lost = |lines: &[&Bookmark]| {
            let mut shelf = Shelf::default();
            shelf.extend(lines.iter().copied().cloned());
            format!("{:?}", shelf.other_notes(sample(1).id(), time(10)))
        };
        let lines: Vec<&Bookmark> = all.iter().filter(|line| !line.is_read_only()).collect();
        let (head, tail) = lines.split_at(turn.index(lines.len()));
        prop_assert_eq!(lost(&[tail, head, tail].concat()), lost(&lines));
    }

    #[test]
    fn lines_merge_alike_in_any_order_any_grouping_and_any_number_of_times(
        all in revisions(), seed in any::<prop::sample::Index>(), split in any::<prop::sample::Index>(),
    ) {
        let wanted = merged(&all);
        prop_assert_eq!(&merged(all.iter().rev()), &wanted);
        let turn = seed.index(all.len());
        let turned: Vec<&Bookmark> = all[turn..].iter().chain(&all[..turn]).collect();
        prop_assert_eq!(&merged(turned.iter().chain(&turned).copied()), &wanted);

        // Grouped: each half is merged on a machine of its own, written, read, and merged with the other.
        let (left, right) = all.split_at(split.index(all.len()));
        let halves: Vec<Bookmark> = [merged(left), merged(right)]
            .iter()
            .flatten()
            .map(|line| match read_line(line.as_bytes()) {
                Line::Record(bookmark) => *bookmark,
                other => panic!("{other:?}"),
            })
            .collect();
        prop_assert_eq!(merged(&halves), wanted);
    }

    #[test]
    fn every_revision_reads_back_from_its_line(all in revisions()) {
        for bookmark in all {
            prop_assert_eq!(read_line(bookmark.to_line().as_bytes()), Line::Record(Box::new(bookmark)));
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..900, with in any::<u8>()) {
        drop(read_line::<Bookmark>(&bytes));
        let mut line = sample(1).to_line().into_bytes();
        if let Some(byte) = line.get_mut(at) {
            *byte = with;
        }
        drop(read_line::<Bookmark>(&line));
    }
}
