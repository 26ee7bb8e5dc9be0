//! Walking through who and what the article names.

use std::fmt::Write as _;

use crate::article::TextRange;
use crate::entity::{Entity, Kind, Mention, Rule};
use crate::testing::Harness;
use crate::ui::Meaning;

fn text() -> String {
    let mut text = "Harbour talks\n\n".to_owned();
    for number in 1..=30 {
        writeln!(
            text,
            "Day {number} at the harbour passed slowly, with long speeches and more coffee than was good for anyone.\n"
        )
        .unwrap();
        if number % 10 == 0 {
            text += "Ann Reed went to Oslo with Vidar.\n\n";
        }
    }
    text
}

/// An entity named where its words stand, as the engine would hand it over.
fn entity(body: &str, kind: Kind, name: &str, aliases: &[&str], doubtful: bool) -> Entity {
    let mentions = body.match_indices(name).map(|(at, _)| Mention {
        range: TextRange::new(at, at + name.len()),
        rule: Rule::Name,
        confidence: 100,
    });
    Entity {
        kind,
        name: name.to_owned(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        titles: vec![],
        mentions: mentions.collect(),
        salience: 0.5,
        value: None,
        doubtful,
        followed: false,
        quotes: vec![],
    }
}

fn named() -> Harness {
    let text = text();
    let mut harness = Harness::bare(160, 34, crate::config::ColorDepth::TrueColor);
    let id = harness.put("talks.txt", &text);
    harness.start(vec![("talks.txt", &text)]);
    let body = harness.body_of(&id);
    harness.entities = Some(vec![
        entity(&body, Kind::Person, "Ann Reed", &["Reed"], false),
        entity(&body, Kind::Place, "Oslo", &[], false),
        entity(&body, Kind::Person, "Vidar", &[], true),
        entity(&body, Kind::Quantity, "30", &[], false),
    ]);
    harness.deliver_all();
    harness.keys("l");
    harness.effects();
    harness
}

#[test]
fn names_stand_under_their_kinds_with_counts_and_other_names() {
    let harness = named();
    for words in ["Entities 4", "PEOPLE", "Ann Reed", "also Reed", "PLACES", "Oslo", "AMOUNTS"] {
        harness.shows(words);
    }
    harness.shows("Vidar");
}

#[test]
fn walking_brings_each_mention_into_view_and_counts() {
    let mut harness = named();
    harness.hides("went to Oslo");
    harness.keys("Enter");
    harness.shows("Ann Reed went to Oslo");
    harness.shows("1/3");
    assert!(harness.words_in(Meaning::MentionCurrent).contains("Ann Reed"));
    let first = super::top(&harness);
    harness.keys("n");
    harness.shows("2/3");
    assert!(super::top(&harness) > first);
    harness.keys("N N");
    harness.shows("3/3");
    assert!(harness.footer().contains("On to the last of "), "{}", harness.footer());
    // In the page n and N go on with what was walked.
    harness.keys("h n");
    harness.shows("1/3");
}

#[test]
fn a_name_lights_up_while_it_is_looked_at_and_stays_lit_when_asked() {
    let mut harness = named();
    harness.keys("Enter h Esc");
    assert!(!harness.words_in(Meaning::Mention(Kind::Person)).contains("Ann Reed"));
    harness.keys("l Space h");
    assert!(harness.words_in(Meaning::Mention(Kind::Person)).contains("Ann Reed"), "{}", harness.styles());
    harness.keys("l Space h");
    assert!(!harness.words_in(Meaning::Mention(Kind::Person)).contains("Ann Reed"));
}

#[test]
fn kinds_are_hidden_and_shown_by_their_number() {
    let mut harness = named();
    harness.keys("1");
    harness.hides("Ann Reed ");
    harness.shows("PEOPLE 1 shows 2");
    harness.keys("1");
    harness.shows("Ann Reed");
    harness.keys("2");
    harness.hides("Oslo  ");
    harness.keys("2 8");
    harness.shows("AMOUNTS 8 shows 1");
    for key in ["3", "4", "5", "6", "7"] {
        harness.keys(key);
    }
    harness.shows("Ann Reed");
}

#[test]
fn where_one_pane_is_shown_walking_shows_the_page() {
    for key in ["Enter", "n", "N"] {
        let mut harness = named();
        harness.resize(60, 24);
        harness.keys(key);
        assert_eq!(harness.state.focus, crate::panes::PaneId::Reader);
        harness.shows("Ann Reed went to Oslo");
        harness.keys("n");
        harness.shows("Ann Reed went to Oslo");
    }
}

#[test]
fn the_count_keeps_a_blank_before_it() {
    let mut harness = named();
    harness.keys("Enter");
    harness.shows(" 1/3");
    harness.resize(120, 34);
    harness.shows(" 1/3");
}

#[test]
fn what_has_no_doubtful_name_says_so() {
    let mut harness = Harness::reading(120, 34, "a.txt", "Words\n\nAnn Reed went home to Oslo.");
    harness.keys("l x");
    assert!(harness.footer().contains("No name here is doubtful."), "{}", harness.footer());
}

#[test]
fn hidden_kinds_are_lit_nowhere() {
    let mut harness = named();
    harness.keys("Enter Space");
    harness.keys("1");
    assert!(!harness.words_in(Meaning::Mention(Kind::Person)).contains("Ann"), "{}", harness.styles());
}

#[test]
fn doubtful_names_are_left_out_on_demand_and_the_cursor_stays() {
    let mut harness = named();
    harness.shows("Vidar");
    harness.keys("j j");
    let oslo = harness.state.entities.under_cursor();
    assert_eq!(oslo, Some(1));
    harness.keys("x");
    harness.hides("Vidar  ");
    assert_eq!(harness.state.entities.under_cursor(), oslo);
    harness.keys("x");
    harness.shows("Vidar");
    assert_eq!(harness.state.entities.under_cursor(), oslo);
}

#[test]
fn the_list_is_narrowed_by_any_of_the_names() {
    let mut harness = named();
    harness.keys("/");
    harness.type_text("osl");
    harness.hides("PEOPLE");
    harness.shows("Oslo");
    harness.keys("Enter Enter");
    harness.shows("1/3");
    harness.keys("Esc");
    harness.shows("PEOPLE");
    assert_eq!(harness.state.entities.under_cursor(), Some(1), "the cursor stays on what was found");
    harness.keys("/");
    harness.type_text("nobody");
    harness.shows("No entity has this name.");
    harness.keys("Esc");
    harness.shows("PEOPLE");
}

#[test]
fn the_strip_shows_where_in_the_text_a_name_stands() {
    let harness = named();
    let row = harness.row_of("Oslo").map(usize::from).unwrap();
    let strip = harness.screen().lines().nth(row).unwrap().to_owned();
    assert!(strip.contains('▂') && strip.contains('·'), "{strip}");
}

#[test]
fn an_analysis_that_comes_too_late_is_dropped() {
    let mut harness = named();
    harness.put("other.txt", "Another article.");
    harness.keys("h h a");
    harness.type_text("/news/other.txt");
    harness.keys("Enter");
    assert_eq!(harness.state.reader.open().unwrap().entities.len(), 4, "the harness hands out the same for all");
    harness.entities = Some(vec![]);
    harness.keys("h g g k k");
    harness.keys_only("Enter");
    let stale = crate::command::Done::Analysed { request: 1, entities: vec![] };
    harness.deliver_all();
    let before = harness.screen();
    harness.send(crate::app::Msg::Done(stale));
    assert_eq!(harness.screen(), before);
}

#[test]
fn before_the_analysis_is_done_the_pane_says_so_and_after_it_what_came_of_it() {
    let mut harness = Harness::bare(120, 34, crate::config::ColorDepth::TrueColor);
    harness.entities = Some(vec![]);
    harness.start(vec![("a.txt", "Words.")]);
    harness.deliver(0);
    harness.shows("Reading the names…");
    harness.shows("Entities …");
    harness.keys_only("l n");
    assert!(harness.footer().contains("Reading the names…"), "{}", harness.footer());
    harness.deliver_all();
    harness.shows("No names found in this");
    harness.keys("l Enter Space n N 1 x j G");
    harness.shows("No names found in this");
}
