//! Correcting names.

use crate::app::Msg;
use crate::article::TextRange;
use crate::command::{Answer, BookmarkAnswer, BookmarkJob, Effect};
use crate::entity::corrections::Corrections;
use crate::entity::{Kind, Mention, Rule};
use crate::panes::PaneId;
use crate::testing::Harness;

use super::entities::{entity, named};

/// Opens the choices for the name under the cursor and picks the one that these letters match.
fn choose(harness: &mut Harness, letters: &str) {
    harness.keys("c");
    harness.type_text(letters);
    harness.keys("Enter");
}

fn names(harness: &Harness) -> Vec<&str> {
    harness.state.reader.open().unwrap().entities.iter().map(|entity| entity.name.as_str()).collect()
}

/// The lines of the file, without comments.
fn kept(harness: &Harness) -> Vec<String> {
    let text = harness.corrections().to_tsv();
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.replace('\t', " | ")).collect()
}

#[test]
fn the_choices_say_what_they_do() {
    let mut harness = named();
    harness.keys("c");
    for words in [
        "“Ann Reed”, in every article",
        "ignore        leave it out",
        "rename …      show it under another name",
        "retype …      say what it is",
        "merge into …  it is another name of something else here",
        "split off …   one of its names is somebody else's",
        "follow        mark it and list it first",
        "Enter choose",
    ] {
        harness.shows(words);
    }
    harness.hides("take back");
    harness.keys("Esc");
    harness.hides("leave it out");
    // What is no name is no other name of anything.
    harness.keys("G c");
    harness.shows("“30”, in every article");
    harness.shows("retype");
    for words in ["rename", "merge", "split", "follow"] {
        harness.hides(words);
    }
}

#[test]
fn what_is_ignored_is_gone_at_once_and_undo_brings_it_back() {
    let mut harness = named();
    choose(&mut harness, "ignore");
    assert_eq!(names(&harness), ["Oslo", "Vidar", "30"]);
    harness.hides("Ann Reed  ");
    assert!(harness.footer().contains("✓ From now on “Ann Reed” is left out. (undo: u)"), "{}", harness.footer());
    assert_eq!(kept(&harness), ["ignore | person | Ann Reed"]);
    harness.keys("u");
    assert_eq!(names(&harness)[0], "Ann Reed");
    assert!(kept(&harness).is_empty());
    assert!(harness.footer().contains("Undone: from now on “Ann Reed” is left out"), "{}", harness.footer());
    harness.keys("C-r");
    assert_eq!(names(&harness), ["Oslo", "Vidar", "30"]);
    assert_eq!(kept(&harness), ["ignore | person | Ann Reed"]);
}

#[test]
fn a_name_is_typed_anew() {
    let mut harness = named();
    choose(&mut harness, "rename");
    harness.shows("Show it as: Ann Reed");
    harness.keys("C-u");
    harness.type_text("Anna Reed");
    harness.keys("Enter");
    harness.shows("Anna Reed");
    assert_eq!(kept(&harness), ["rename | person | Ann Reed | Anna Reed"]);
    assert_eq!(harness.state.entities.under_cursor(), Some(0), "the cursor stays on it");
    choose(&mut harness, "rename");
    harness.keys("Enter");
    assert!(harness.footer().contains("That is its name already."), "{}", harness.footer());
    choose(&mut harness, "rename");
    harness.keys("C-u");
    harness.paste("\u{1b}[31m —\t");
    harness.keys("Enter");
    assert!(harness.footer().contains("A name needs a letter or a digit"), "{}", harness.footer());
    choose(&mut harness, "rename");
    harness.keys("Esc");
    assert_eq!(kept(&harness).len(), 1);
}

#[test]
fn a_kind_is_chosen_from_the_others() {
    let mut harness = named();
    harness.keys("j j");
    choose(&mut harness, "retype");
    harness.shows("“Oslo” is");
    harness.hides("> place");
    harness.type_text("event");
    harness.keys("Enter");
    harness.shows("EVENTS 1");
    harness.hides("PLACES");
    assert!(harness.footer().contains("“Oslo” is an event"), "{}", harness.footer());
    assert_eq!(kept(&harness), ["retype | place | Oslo | event"]);
}

#[test]
fn one_name_is_merged_into_another() {
    let mut harness = named();
    harness.keys("j");
    choose(&mut harness, "merge");
    harness.shows("“Vidar” is");
    harness.keys("Enter");
    assert_eq!(kept(&harness), ["merge | person | Vidar | person | Ann Reed"]);
    harness.shows("also Vidar");
    assert_eq!(harness.state.entities.under_cursor(), Some(0), "the cursor goes along");
    harness.keys("w Enter n");
    harness.shows("2/6");
    harness.shows("“Vidar”: joined by your");
}

#[test]
fn names_to_merge_with_are_listed_by_likeness_with_a_warning_across_kinds() {
    let text = "Harbour\n\nAnn Reed spoke in Reedham. Bo Lee and Anne Reed left Oslo.\n";
    let mut harness = Harness::bare(120, 34, crate::config::ColorDepth::TrueColor);
    harness.put("a.txt", text);
    harness.start(vec![("a.txt", text)]);
    let body = harness.body_of("a.txt");
    let of = |kind, name: &str| entity(&body, kind, name, &[], false);
    harness.entities = Some(vec![
        of(Kind::Person, "Ann Reed"),
        of(Kind::Place, "Oslo"),
        of(Kind::Person, "Bo Lee"),
        of(Kind::Place, "Reedham"),
        of(Kind::Person, "Anne Reed"),
    ]);
    harness.deliver_all();
    harness.keys("l");
    choose(&mut harness, "merge");
    let row = |words: &str| harness.screen().lines().position(|row| row.starts_with("│ ") && row.contains(words));
    let box_row = |words: &str| {
        let screen = harness.screen();
        let found =
            screen.lines().position(|row| row.contains(&format!("│ {words} ")) && row.trim_end().ends_with('│'));
        found.or_else(|| row(words)).unwrap_or_else(|| panic!("{words}\n{screen}"))
    };
    let order = ["Anne Reed", "Reedham", "Oslo"].map(box_row);
    assert!(order.is_sorted(), "{order:?}\n{}", harness.screen());
    harness.shows("! place, not person");
    harness.keys("Enter");
    assert_eq!(kept(&harness), ["merge | person | Ann Reed | person | Anne Reed"]);
}

#[test]
fn a_form_is_split_off() {
    let text = "Harbour\n\nAnn Reed spoke. Reed left.\n";
    let mut harness = Harness::bare(120, 34, crate::config::ColorDepth::TrueColor);
    harness.put("a.txt", text);
    harness.start(vec![("a.txt", text)]);
    let body = harness.body_of("a.txt");
    let mut ann = entity(&body, Kind::Person, "Ann Reed", &["Reed"], false);
    let reed = body.find("Reed left").unwrap();
    ann.mentions.push(Mention { range: TextRange::new(reed, reed + 4), rule: Rule::Surname, confidence: 90 });
    harness.entities = Some(vec![ann]);
    harness.deliver_all();
    harness.keys("l");
    choose(&mut harness, "split");
    harness.shows("Not “Ann Reed”");
    harness.keys("Enter");
    assert_eq!(names(&harness), ["Ann Reed", "Reed"]);
    assert_eq!(kept(&harness), ["split | person | Reed"]);
    harness.hides("also Reed");
    harness.keys("c");
    harness.hides("split off");
    harness.keys("Esc j c");
    harness.shows("take back: “Reed” is a name of its own");
    harness.keys("Esc u");
    assert_eq!(names(&harness), ["Ann Reed"]);
}

#[test]
fn what_is_followed_has_a_star_and_comes_first() {
    let mut harness = named();
    harness.keys("j");
    choose(&mut harness, "follow");
    harness.shows("Vidar ★");
    assert_eq!(names(&harness)[0], "Vidar");
    assert_eq!(harness.state.entities.under_cursor(), Some(0));
    harness.resize(112, 34);
    harness.shows("Vidar ★");
    harness.keys("c");
    harness.hides("follow  ");
    harness.shows("take back: “Vidar” is followed");
    harness.type_text("take");
    harness.keys("Enter");
    harness.hides("★");
    assert!(harness.footer().contains("✓ No longer: “Vidar” is followed. (undo: u)"), "{}", harness.footer());
    assert!(kept(&harness).is_empty());
}

#[test]
fn all_corrections_are_listed_to_be_taken_back() {
    let mut harness = named();
    harness.keys("C");
    assert!(harness.footer().contains("You have corrected no name yet."), "{}", harness.footer());
    choose(&mut harness, "ignore");
    choose(&mut harness, "follow");
    harness.keys("C");
    harness.shows("Your corrections");
    harness.shows("take back: “Ann Reed” is left out");
    harness.keys("Enter");
    assert!(names(&harness).contains(&"Ann Reed"));
    assert_eq!(kept(&harness).len(), 1);
    harness.keys("u");
    assert_eq!(kept(&harness).len(), 2);
}

#[test]
fn corrections_hold_in_the_next_article_too() {
    let mut harness = named();
    choose(&mut harness, "ignore");
    harness.put("other.txt", "Another one.");
    harness.keys("h h a");
    harness.type_path("other.txt");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Another one");
    assert_eq!(names(&harness), ["Oslo", "Vidar", "30"]);
}

#[test]
fn what_is_lit_stays_lit() {
    let mut harness = named();
    harness.keys("j j Space k k");
    choose(&mut harness, "ignore");
    let oslo = names(&harness).iter().position(|name| *name == "Oslo").unwrap();
    assert!(harness.state.reader.is_lit(oslo));
    assert!(!harness.state.reader.is_lit(oslo + 1));
}

#[test]
fn a_correction_that_is_not_saved_says_so_and_goes_with_the_next() {
    let mut harness = named();
    harness.fail_next_save = true;
    choose(&mut harness, "ignore");
    assert!(harness.footer().contains("! The correction is NOT saved: cannot"), "{}", harness.footer());
    assert!(!names(&harness).contains(&"Ann Reed"), "on the screen it holds");
}

#[test]
fn answers_to_earlier_corrections_take_nothing_back() {
    let mut harness = named();
    harness.keys("c");
    harness.keys_only("Enter");
    harness.keys_only("c Enter");
    assert_eq!(names(&harness), ["Oslo", "30"]);
    harness.deliver(0);
    assert_eq!(names(&harness), ["Oslo", "30"]);
    harness.deliver_all();
    assert_eq!(names(&harness), ["Oslo", "30"]);
    assert_eq!(kept(&harness).len(), 2);
}

#[test]
fn what_others_say_of_names_is_seen_and_each_change_is_asked_for_once() {
    let mut harness = named();
    let (corrections, _) = Corrections::from_tsv("rename\tperson\tAnn Reed\tAnna\n");
    harness.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::CorrectionsChanged {
        corrections: Some(corrections),
        notices: vec![],
    })));
    harness.shows("Anna");
    harness.effects();
    choose(&mut harness, "follow");
    let saves = harness
        .effects()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Bookmarks(BookmarkJob::SaveCorrections { .. })));
    assert_eq!(saves.count(), 1);
}

#[test]
fn nothing_is_corrected_where_there_is_nothing() {
    let mut harness = Harness::bare(120, 34, crate::config::ColorDepth::TrueColor);
    harness.entities = Some(vec![]);
    harness.start(vec![("a.txt", "Words.")]);
    harness.deliver_all();
    harness.keys("l c");
    assert_eq!(harness.state.focus, PaneId::Entities);
    assert!(harness.footer().contains("There is no entity here."), "{}", harness.footer());
}
