//! What marks promise: nothing that was done is lost, and all who have seen the same lines agree.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::article::{Position, SourceId, Text, TextHash};
use crate::journal::{BadTag, DeviceId, Line, LineFault, MAX_LINE, MAX_TAGS, read_line};

pub(crate) const DEVICE: DeviceId = DeviceId::TESTER;

pub(crate) fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_425_304 + second).unwrap()
}

pub(crate) fn other() -> DeviceId {
    DeviceId::new("other").unwrap()
}

pub(crate) fn blank(id: &str) -> Mark {
    Mark::new(SourceId::from_iri(id))
}

/// A mark with something in every field.
fn full() -> Mark {
    let text = Text::new("One sentence is enough for this.".into(), vec![], vec![]);
    let mark = blank("https://example.com/a").with_article(text.hash(), "Rents “slide”", DEVICE, time(0)).unwrap();
    let mark = mark.with_read(Some(time(1)), DEVICE, time(1)).unwrap();
    let mark = mark.with_starred(Some(time(2)), DEVICE, time(2)).unwrap();
    let mark = mark.with_tags(&["law", "#Housing"], DEVICE, time(3)).unwrap().unwrap();
    let mark = mark.with_removed(Some(time(4)), DEVICE, time(4)).unwrap();
    mark.with_place(Some(Position::at(&text, 13)), DEVICE, time(5)).unwrap()
}

fn read(line: &str) -> Mark {
    match read_line(line.as_bytes()) {
        Line::Record(mark) => *mark,
        other => panic!("{other:?}: {line}"),
    }
}

fn fault(line: &str) -> LineFault {
    match read_line::<Mark>(line.as_bytes()) {
        Line::Fault(fault) => fault,
        other => panic!("{other:?}: {line}"),
    }
}

#[test]
fn a_mark_reads_back_from_its_line_with_all_its_values() {
    let mark = full();
    let line = mark.to_line();
    assert!(!line.contains('\n') && line.contains(r#""v":1"#), "{line}");
    let back = read(&line);
    assert_eq!(back, mark);
    assert_eq!((back.read(), back.starred(), back.removed()), (Some(time(1)), Some(time(2)), Some(time(4))));
    assert_eq!((back.tags(), back.title()), (&["Housing".to_owned(), "law".to_owned()][..], "Rents “slide”"));
    assert_eq!(back.place().map(|place| (place.byte, place.quote.as_str())), Some((13, "is enough for this.")));
    assert_eq!(back.changed(), Some(time(5)));
}

#[test]
fn an_edit_that_changes_nothing_is_none() {
    let (fresh, mark) = (blank("a"), full());
    assert_eq!(fresh.with_read(None, DEVICE, time(9)), None);
    assert_eq!(fresh.with_tags::<&str>(&[], DEVICE, time(9)), Ok(None));
    assert_eq!(fresh.with_place(None, DEVICE, time(9)), None);
    assert_eq!(mark.with_read(Some(time(9)), DEVICE, time(9)), None, "it was read already");
    assert_eq!(mark.with_tags(&["housing", "Law"], DEVICE, time(9)).unwrap().map(|mark| mark.tags().to_vec()), {
        Some(vec!["Law".to_owned(), "housing".to_owned()])
    });
    assert_eq!(mark.with_tags(&["law", "Housing"], DEVICE, time(9)), Ok(None));
    let text = mark.text().unwrap();
    assert_eq!(mark.with_article(text, mark.title(), DEVICE, time(9)), None);
    assert_eq!(mark.with_place(mark.place().cloned(), DEVICE, time(9)), None);
}

#[test]
fn what_was_taken_back_stays_so_wherever_it_is_merged() {
    let mark = full();
    let back = mark.with_removed(None, DEVICE, time(9)).unwrap().with_read(None, DEVICE, time(10)).unwrap();
    for (mut one, other) in [(mark.clone(), back.clone()), (back.clone(), mark)] {
        one.merge(other);
        assert_eq!((one.removed(), one.read(), one.starred()), (None, None, Some(time(2))));
    }
    assert_eq!(read(&back.to_line()), back);
}

#[test]
fn an_edit_is_newer_than_what_it_edits_whatever_the_clocks_say() {
    let clocks = ["1969-07-20T20:17:40Z", "-000044-03-15T12:00:00Z", "9999-06-01T00:00:00Z", "2026-11-23T09:15:04Z"];
    let clocks = clocks.map(|clock| clock.parse::<Timestamp>().unwrap());
    let mut mark = full();
    for clock in [clocks, [clocks[2], clocks[2], clocks[0], clocks[3]]].concat() {
        let on = mark.starred().is_none().then_some(clock);
        let next = mark.with_starred(on, other(), clock).unwrap();
        assert_eq!(read(&next.to_line()), next, "{clock}");
        let mut merged = next.clone();
        assert!(!merged.merge(mark.clone()), "{clock}");
        assert_eq!(merged.starred().is_some(), on.is_some(), "{clock}");
        mark = next;
    }
}

#[test]
fn several_fields_changed_at_one_moment_have_one_stamp() {
    let text = TextHash::of("words");
    let mark = blank("a").with_article(text, "A", DEVICE, time(1)).unwrap();
    let mark = mark.with_read(Some(time(1)), DEVICE, time(1)).unwrap();
    assert_eq!(mark.read.at, mark.article.at);
    let again = mark.with_read(None, DEVICE, time(1)).unwrap();
    assert!(again.read.at > mark.read.at, "but what is changed twice is changed later");
    let elsewhere = mark.with_removed(Some(time(1)), other(), time(1)).unwrap();
    assert!(elsewhere.removed.at > mark.read.at);
}

#[test]
fn a_bad_line_says_what_is_wrong_with_it() {
    let line = full().to_line();
    let with = |from: &str, to: &str| {
        assert!(line.contains(from), "{from}: {line}");
        fault(&line.replacen(from, to, 1))
    };
    assert_eq!(with(r#""v":1"#, r#""v":0"#), LineFault::Field("v"));
    assert_eq!(with(r#""v":1"#, r#""w":1"#), LineFault::NotRecord("a mark"));
    assert_eq!(with("https://example.com/a", ""), LineFault::Field("id"));
    assert_eq!(with("https://example.com/a", "a\\u001b[2J"), LineFault::Field("id"));
    assert_eq!(with("https://example.com/a", &"x".repeat(9000)), LineFault::Field("id"));
    assert_eq!(with(r#"["Housing","law"]"#, r#"["law",1]"#), LineFault::Field("tags"));
    assert_eq!(with(r#"["Housing","law"]"#, r#""law""#), LineFault::Field("tags"));
    assert_eq!(with(r#""byte":13"#, r#""byte":-13"#), LineFault::Field("place"));
    assert_eq!(with(r#""byte":13"#, r#""byte":1.5"#), LineFault::Field("place"));
    assert_eq!(with(r#""2026-"#, r#""soon "#), LineFault::Field("read"));
    assert!(matches!(with(r#""byte":13"#, r#""byte":NaN"#), LineFault::NotJson(_)));
    assert!(matches!(with("Rents", "\\ud800"), LineFault::NotJson(_)), "half of a pair");
    assert_eq!(with(",0,\"tester\"]", ",0,\"../..\"]"), LineFault::Field("t"));
    let tag = "x".repeat(300_000);
    assert_eq!(with(r#"["Housing","law"]"#, &format!(r#"["{tag}"]"#)), LineFault::TooLong);
    assert_eq!(fault("[]"), LineFault::NotRecord("a mark"));
    assert_eq!(fault(r#"{"type":"Annotation","id":"urn:uuid:1"}"#), LineFault::NotRecord("a mark"));
}

#[test]
fn what_others_wrote_is_bounded_and_harmless() {
    let title = format!("\\u001b[31m{}\\n\\u202e", "x".repeat(5_000));
    let tags = (0..100).map(|number| format!(r#""t{number}""#)).collect::<Vec<_>>().join(",");
    let long = "y".repeat(65);
    let line = format!(
        r#"{{"v":1,"id":"a","id":"b","title":"{title}","tags":["{long}","\u0007law",{tags}],"place":{{"byte":9,"length":3,"text":"{}","quote":"{}"}}}}"#,
        TextHash::of("x"),
        "z".repeat(100_000)
    );
    let mark = read(&line);
    assert_eq!(mark.id().as_str(), "b", "of a key that stands twice the last counts, everywhere alike");
    assert!(
        mark.title().chars().count() <= super::record::MAX_TITLE
            && !mark.title().contains(['\u{1b}', '\n', '\u{202e}'])
    );
    assert!(mark.tags().len() == MAX_TAGS && !mark.tags().contains(&long) && mark.tags().contains(&"law".to_owned()));
    assert!(mark.place().unwrap().quote.len() <= 200);
    assert_eq!(mark.place().unwrap().resolve(&Text::new("é".into(), vec![], vec![])), 2);
    assert_eq!(read(&mark.to_line()), mark);
    let mut all = full();
    all.merge(Mark { id: all.id.clone(), ..mark });
    assert_eq!(all.read(), Some(time(1)), "what has no stamp overrides nothing");
    assert_eq!(blank("a").with_tags(&["x".repeat(65)], DEVICE, time(1)), Err(BadTag::TooLong { tag: "x".repeat(65) }));
}

#[test]
fn fields_of_newer_versions_are_registers_like_the_others() {
    let ours = full();
    let newer = |level: u32, second: i64| {
        let stamp = format!(r#""level":[{},0,"tester"],"#, time(second).as_millisecond());
        let line = ours.to_line().replace(r#""v":1"#, r#""v":2"#).replace(r#""t":{"#, &format!(r#""t":{{{stamp}"#));
        read(&line.replacen('{', &format!(r#"{{"level":{level},"#), 1))
    };
    let (one, two) = (newer(1, 20), newer(2, 30));
    let edited = one.with_read(None, DEVICE, time(40)).unwrap();
    assert!(edited.to_line().contains(r#""level":1"#), "it is nobody's to drop");
    for lines in [[&edited, &two], [&two, &edited]] {
        let mut merged = lines[0].clone();
        merged.merge(lines[1].clone());
        assert_eq!(merged.read(), None, "an edit made here counts");
        assert!(merged.to_line().contains(r#""level":2"#) && read(&merged.to_line()) == merged);
    }
    let strange = ours.to_line().replace(r#""v":1"#, r#""v":3"#).replace(r#"["Housing","law"]"#, r#"{"all":[]}"#);
    assert_eq!(read_line::<Mark>(strange.as_bytes()), Line::Newer, "what cannot be understood is no fault");
}

#[test]
fn fields_of_others_never_make_a_line_that_no_log_takes() {
    let big = |name: &str| read(&format!(r#"{{"v":1,"id":"a","{name}":"{}"}}"#, "x".repeat(200_000)));
    let mut mark = big("one");
    mark.merge(big("two"));
    let edited = mark.with_read(Some(time(1)), DEVICE, time(1)).unwrap();
    assert!(edited.to_line().len() <= MAX_LINE);
    let small = big("one").with_read(Some(time(1)), DEVICE, time(1)).unwrap();
    assert!(small.to_line().contains("xxx"), "what fits stays");
}

#[test]
fn marks_of_one_text_under_two_ids_are_shown_as_one() {
    let text = TextHash::of("words");
    let of = |id| blank(id).with_article(text, "A", DEVICE, time(0)).unwrap();
    let here = of("file:///home/a.txt").with_read(Some(time(1)), DEVICE, time(1)).unwrap();
    let there = of("file:///mnt/a.txt").with_starred(Some(time(2)), other(), time(2)).unwrap();
    let gone = there.with_removed(Some(time(3)), other(), time(3)).unwrap();
    let elsewhere = blank("b").with_removed(Some(time(9)), DEVICE, time(9)).unwrap();
    let shown = here.clone().effective([&there, &gone, &elsewhere]);
    assert_eq!((shown.id(), shown.read(), shown.starred()), (here.id(), Some(time(1)), Some(time(2))));
    assert_eq!(shown.removed(), Some(time(3)));
    let back = shown.with_removed(None, DEVICE, time(4)).unwrap();
    assert_eq!(back.effective([&there, &gone]).removed(), None, "an edit of what is shown counts");
    assert_eq!(elsewhere.clone().effective([&here]), elsewhere, "who has no text is like nobody");
}

/// Histories of one mark as several devices may have written them, including stamps that are equal by accident.
pub(crate) fn revisions() -> impl Strategy<Value = Vec<Mark>> {
    let edit = (0..8_u8, 0..3_u8, 0..4_i64, any::<prop::sample::Index>());
    prop::collection::vec(edit, 1..12).prop_map(|edits| {
        let mut all = vec![blank("a")];
        for (kind, device, second, from) in edits {
            let device = DeviceId::new(["a", "b", "tester"][usize::from(device)]).unwrap();
            let (base, now) = (from.get(&all).clone(), time(second));
            let on = |was: Option<Timestamp>| was.is_none().then_some(now);
            let next = match kind {
                0 => base.with_read(on(base.read()), device, now),
                1 => base.with_starred(on(base.starred()), device, now),
                2 => base.with_removed(on(base.removed()), device, now),
                3 => base.with_tags(&[format!("t{second}")], device, now).unwrap(),
                4 => base.with_article(TextHash::of(&second.to_string()), &format!("title {second}"), device, now),
                5 => {
                    let text = Text::new(format!("text {second}"), vec![], vec![]);
                    base.with_place(Some(Position::at(&text, 5)), device, now)
                }
                6 => {
                    let line = base.to_line().replacen('{', &format!(r#"{{"level":{second},"#), 1);
                    Mark::read_line(&line.replace(r#""v":1"#, r#""v":2"#))
                }
                _ => Mark::read_line(&format!(r#"{{"v":1,"id":"a","title":"t{second}","tags":["{second}"]}}"#)),
            };
            all.extend(next);
        }
        all
    })
}

fn merged<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Mark {
    let mut whole = blank("a");
    for mark in marks {
        whole.merge(mark.clone());
    }
    whole
}

proptest! {
    #[test]
    fn lines_merge_alike_in_any_order_any_grouping_and_any_number_of_times(
        all in revisions(), turn in any::<prop::sample::Index>(), split in any::<prop::sample::Index>(),
    ) {
        let wanted = merged(&all);
        prop_assert_eq!(&merged(all.iter().rev()), &wanted);
        let turn = turn.index(all.len());
        let turned: Vec<&Mark> = all[turn..].iter().chain(&all[..turn]).collect();
        prop_assert_eq!(&merged(turned.iter().chain(&turned).copied()), &wanted);
        let (left, right) = all.split_at(split.index(all.len()));
        // Grouped: each half is merged on a machine of its own, written, and read.
        let halves = [left, right].map(|half| read(&merged(half).to_line()));
        prop_assert_eq!(&merged(&halves), &wanted);
        let mut again = wanted.clone();
        prop_assert!(!again.merge(wanted.clone()) && again == wanted);
    }

    #[test]
    fn every_revision_reads_back_and_an_edit_of_it_wins(all in revisions(), at in any::<prop::sample::Index>()) {
        for mark in &all {
            prop_assert_eq!(&read(&mark.to_line()), mark);
        }
        let base = merged(&all);
        let edited = at.get(&all).with_removed(base.removed(), DEVICE, time(0));
        prop_assert!(edited.is_none_or(|edited| edited != base || edited.removed() == base.removed()));
        let on = base.read().is_none().then_some(time(0));
        let edited = base.with_read(on, DEVICE, time(0)).unwrap();
        prop_assert_eq!(merged(all.iter().chain([&edited])).read(), on);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..700, with in any::<u8>()) {
        drop(read_line::<Mark>(&bytes));
        let mut line = full().to_line().into_bytes();
        if let Some(byte) = line.get_mut(at) {
            *byte = with;
        }
        drop(read_line::<Mark>(&line));
    }
}
