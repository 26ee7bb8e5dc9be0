//! Importing a file and then a longer version of it has the same result as importing only the longer one, and what the
//! reader did to a passage in between is kept.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::bookmark::tests::{DEVICE, time};
use crate::bookmark::{Shelf, export};

/// One change to a device's file: entries are added one after another and may change earlier ones.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Which passage.
    passage: usize,
    action: Action,
}

#[derive(Clone, Copy, Debug)]
enum Action {
    Mark,
    Longer,
    Note(usize),
}

const WORDS: [[&str; 2]; 6] = [
    ["The ferry sailed late.", "The ferry sailed late. Nobody on the quay was told."],
    ["Rents fell again", "Rents fell again, for a third month in a row"],
    ["Yes.", "Yes. Of course."],
    ["埠頭は夏に建てられた。", "埠頭は夏に建てられた。誰も知らなかった。"],
    ["a quay", "a quay built in one summer"],
    ["of the union", "the council of the union met"],
];
const NOTES: [&str; 4] = ["check", "check the year", "who paid?", "ask Bo"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let action = prop_oneof![
        3 => Just(Action::Mark),
        2 => Just(Action::Longer),
        4 => (0..NOTES.len()).prop_map(Action::Note),
    ];
    prop::collection::vec((0..WORDS.len(), action).prop_map(|(passage, action)| Step { passage, action }), 0..14)
}

/// Clippings with one entry per step, all on two pages so that entries have to be matched up.
fn kindle(steps: &[Step]) -> String {
    let mut file = String::new();
    for (at, step) in steps.iter().enumerate() {
        let [short, long] = WORDS[step.passage];
        let (kind, words) = match step.action {
            Action::Mark => ("Highlight", short),
            Action::Longer => ("Highlight", long),
            Action::Note(note) => ("Note", NOTES[note]),
        };
        let (page, minute) = (40 + step.passage % 2, at % 60);
        let day = if at % 5 == 4 { "some day".to_owned() } else { format!("Monday, 2 March 2026 09:{minute:02}:00") };
        writeln!(file, "Quays (Reed, Ana)\n- Your {kind} on page {page} | Added on {day}\n\n{words}\n==========")
            .unwrap();
    }
    file
}

/// The result of the steps in a program that keeps only the latest state of a passage: words, notes, time of change.
fn states(steps: &[Step]) -> Vec<(usize, &'static str, String, usize)> {
    let mut states: Vec<(usize, &'static str, String, usize)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let [short, long] = WORDS[step.passage];
        let state = states.iter().position(|(passage, ..)| *passage == step.passage).unwrap_or_else(|| {
            states.push((step.passage, short, String::new(), at));
            states.len() - 1
        });
        let state = &mut states[state];
        match step.action {
            Action::Mark => {}
            Action::Longer => state.1 = long,
            Action::Note(note) => state.2 = format!("{}{} ", state.2, NOTES[note]),
        }
        state.3 = at;
    }
    states
}

fn koreader(steps: &[Step]) -> String {
    let entries = states(steps).into_iter().map(|(passage, words, note, _)| {
        json!({ "sort": "highlight", "page": passage, "time": 1_692_000_000 + passage, "text": words, "note": note.trim() })
    });
    json!({ "title": "Quays", "author": "Ana Reed", "entries": entries.collect::<Vec<Value>>() }).to_string()
}

fn readwise(steps: &[Step]) -> String {
    let mut table = "Highlight;Title;Note;Highlight ID;Date\n".to_owned();
    for (passage, words, note, _) in states(steps) {
        writeln!(table, "\"{words}\";Quays;\"{note}\";{passage};2026-03-0{} 09:00:00", passage + 1).unwrap();
    }
    table
}

/// A table without ids, in which words and times do not change.
fn table(steps: &[Step]) -> String {
    let mut table = "Highlight,Title,Note\n".to_owned();
    for (passage, _, note, _) in states(steps) {
        writeln!(table, "{},Quays,{note}", WORDS[passage][0]).unwrap();
    }
    table
}

fn wallabag(steps: &[Step]) -> String {
    let annotations = states(steps).into_iter().map(|(passage, words, note, at)| {
        json!({ "id": passage + 20, "text": note.trim(), "quote": words, "created_at": "2026-03-01T09:00:00+0000",
            "updated_at": format!("2026-03-02T09:{at:02}:00+0000"), "ranges": [] })
    });
    let entry = json!({ "id": 1, "is_archived": 0, "title": "Quays", "url": "https://example.com/quays",
        "annotations": annotations.collect::<Vec<Value>>() });
    json!([entry]).to_string()
}

fn hypothesis(steps: &[Step]) -> String {
    let rows = states(steps).into_iter().map(|(passage, words, note, at)| {
        json!({ "id": format!("Id{passage}"), "uri": "https://example.com/quays", "text": note.trim(), "tags": [],
            "created": "2026-03-01T09:00:00+00:00", "updated": format!("2026-03-02T09:{at:02}:00+00:00"),
            "target": [{ "selector": [{ "type": "TextQuoteSelector", "exact": words }] }] })
    });
    json!({ "rows": rows.collect::<Vec<Value>>() }).to_string()
}

type Exporter = fn(&[Step]) -> String;

const EXPORTERS: [(&str, Exporter); 6] = [
    ("Kindle", kindle),
    ("KOReader", koreader),
    ("Readwise", readwise),
    ("table", table),
    ("wallabag", wallabag),
    ("Hypothesis", hypothesis),
];

fn import(shelf: &mut Shelf, file: &str) {
    if let Ok(batch) = read(file) {
        shelf.extend(plan(shelf, &batch).write);
    }
}

/// The bookmarks on a shelf, regardless of the order of those without a time and of when each was last changed: a
/// record with nothing new is not written.
fn contents(shelf: &Shelf) -> Vec<String> {
    let one = |one: &Bookmark| {
        let mut record = export::json([one])["first"]["items"][0].take();
        record.as_object_mut().unwrap().remove("modified");
        format!("{:?} {record}", one.made())
    };
    let mut all: Vec<String> = shelf.iter().map(one).collect();
    all.sort();
    all
}

proptest! {
    // Each case imports some twenty files.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn importing_in_stages_equals_importing_the_last_file(steps in steps(), cuts in [0..15_usize, 0..15]) {
        for (name, export_steps) in EXPORTERS {
            let (mut grown, mut alone) = (Shelf::default(), Shelf::default());
            let mut cuts = cuts.map(|cut| cut.min(steps.len()));
            cuts.sort_unstable();
            for cut in cuts {
                import(&mut grown, &export_steps(&steps[..cut]));
            }
            import(&mut grown, &export_steps(&steps));
            import(&mut alone, &export_steps(&steps));
            prop_assert_eq!(contents(&grown), contents(&alone), "{}", name);
            // Importing it once more changes nothing.
            let again = plan(&grown, &read(&export_steps(&steps)).unwrap_or_else(|_| read("Highlight\n").unwrap()));
            prop_assert_eq!(again.write.len(), 0, "{}", name);
        }
    }

    #[test]
    fn edits_made_here_survive_a_later_import(steps in steps(), cut in 0..15_usize, which in any::<prop::sample::Index>(), deletes in any::<bool>()) {
        for (name, export_steps) in EXPORTERS {
            let mut shelf = Shelf::default();
            import(&mut shelf, &export_steps(&steps[..cut.min(steps.len())]));
            let all: Vec<Bookmark> = shelf.iter().cloned().collect();
            if all.is_empty() {
                continue;
            }
            let one = which.get(&all);
            let touched = if deletes {
                one.deleted(DEVICE, time(9)).unwrap()
            } else {
                one.with_note("my own", DEVICE, time(9)).unwrap().with_tags(&["mine"], DEVICE, time(9)).unwrap()
            };
            shelf.absorb(touched);
            import(&mut shelf, &export_steps(&steps));
            let after = shelf.get(one.id()).unwrap();
            prop_assert_eq!(after.is_deleted(), deletes, "{}", name);
            if !deletes {
                prop_assert_eq!((after.note(), after.tags()), (Some("my own"), &["mine".to_owned()][..]), "{}", name);
            }
        }
    }
}

#[test]
fn a_highlight_extended_later_is_one_passage_with_its_final_note() {
    let entry = |kind: &str, when: &str, words: &str| {
        format!("Quays\n- Your {kind} on page 7-7 | Added on {when}\n\n{words}\n==========\n")
    };
    let first = entry("Highlight", "Tuesday, 3 March 2026 08:00:00", "The ferry sailed");
    let second = entry("Highlight", "Monday, 9 March 2026 20:00:00", "The ferry sailed late that day.");
    let noted = entry("Note", "Monday, 9 March 2026 20:01:00", "a first idea");
    let finished = entry("Note", "Tuesday, 10 March 2026 20:01:00", "a first idea, thought through");
    let (mut grown, mut alone) = (Shelf::default(), Shelf::default());
    import(&mut grown, &first);
    // In between, a file that the device started afresh and that holds only the additions.
    import(&mut grown, &[first.as_str(), &second, &noted].concat());
    let whole = [first.as_str(), &second, &noted, &finished].concat();
    import(&mut grown, &whole);
    import(&mut alone, &whole);
    assert_eq!(contents(&grown), contents(&alone));
    let one = grown.iter().next().unwrap();
    assert_eq!((grown.len(), one.words()), (1, "The ferry sailed late that day."));
    assert_eq!(one.note(), Some("a first idea, thought through"));
    assert_eq!(one.created().to_string(), "2026-03-03T08:00:00Z");
}

#[test]
fn a_note_edited_at_an_unknown_time_is_updated() {
    let entry = |kind: &str, when: &str, words: &str| {
        format!("Quays\n- Your {kind} on page 7-7 | Added on {when}\n\n{words}\n==========\n")
    };
    let first = entry("Highlight", "Tuesday, 3 March 2026 08:00:00", "The ferry sailed")
        + &entry("Note", "Tuesday, 3 March 2026 08:01:00", "late");
    let mut shelf = Shelf::default();
    import(&mut shelf, &first);
    import(&mut shelf, &(first + &entry("Note", "some day", "late, and why?")));
    assert_eq!(shelf.iter().map(Bookmark::note).collect::<Vec<_>>(), [Some("late, and why?")]);
}

#[test]
fn an_export_appended_to_an_older_one_wins() {
    let book = |note: &str| json!({ "title": "Quays", "entries": [{ "text": "The ferry sailed late.", "time": 1_692_000_000, "note": note }] });
    let mut shelf = Shelf::default();
    import(&mut shelf, &format!("{}{}", book(""), book("why?")));
    let notes: Vec<_> = shelf.iter().map(Bookmark::note).collect();
    assert_eq!(notes, [Some("why?")]);
}

#[test]
fn passages_made_in_the_same_second_are_distinct() {
    let entry = |text: &str| json!({ "text": text, "time": 1_692_000_000 });
    let book = json!({ "title": "Quays", "entries": [entry("One."), entry("Two."), entry("One.")] });
    let mut shelf = Shelf::default();
    import(&mut shelf, &book.to_string());
    assert_eq!(shelf.iter().map(Bookmark::words).collect::<Vec<_>>(), ["One.", "Two."]);
}
