//! The entities pane: moving through the names in an article.

use std::fmt::Write as _;

use crate::article::TextRange;
use crate::command::{Answer, Latest, PageAnswer};
use crate::entity::{Entity, Kind, Mention, Quote, QuoteRule, Rule};
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

/// An entity with its mentions, as the analysis would return it.
pub(super) fn entity(body: &str, kind: Kind, name: &str, aliases: &[&str], doubtful: bool) -> Entity {
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

pub(super) fn named() -> Harness {
    let text = text();
    let mut harness = Harness::bare(160, 34, crate::config::ColorDepth::TrueColor);
    harness.put("talks.txt", &text);
    harness.start(vec![("talks.txt", &text)]);
    let body = harness.body_of("talks.txt");
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
    harness.keys("2 9");
    harness.shows("AMOUNTS 9 shows 1");
    for key in ["3", "4", "5", "6", "7", "8"] {
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
    harness.type_path("other.txt");
    harness.keys("Enter");
    assert_eq!(harness.state.reader.open().unwrap().entities.len(), 4, "the harness hands out the same for all");
    harness.entities = Some(vec![]);
    harness.keys("h g g k k");
    harness.keys_only("Enter");
    let stale = Answer::Page(PageAnswer::Analysed(Latest::default().request().reply(vec![])));
    harness.deliver_all();
    let before = harness.screen();
    harness.send(crate::app::Msg::Answer(stale));
    assert_eq!(harness.screen(), before);
}

#[test]
fn before_the_analysis_is_done_the_pane_says_so_and_after_it_what_came_of_it() {
    let mut harness = Harness::bare(120, 34, crate::config::ColorDepth::TrueColor);
    harness.entities = Some(vec![]);
    harness.start(vec![("a.txt", "Words.")]);
    harness.deliver_opening();
    harness.shows("Reading the names…");
    harness.shows("Entities …");
    harness.keys_only("l n");
    assert!(harness.footer().contains("Reading the names…"), "{}", harness.footer());
    harness.deliver_all();
    harness.shows("No names found in this");
    harness.keys("l Enter Space n N 1 x j G");
    harness.shows("No names found in this");
}

/// An article with a quotation and a clear main subject.
fn quoted() -> Harness {
    let text = "Harbour talks\n\n“We will build the pier,” said Ann Reed. Vidar of Oslo came last week.\n\n\
                Ann Reed added that the money was there. Bergen and Vidar paid.\n";
    let mut harness = Harness::bare(160, 40, crate::config::ColorDepth::TrueColor);
    harness.put("talks.txt", text);
    harness.start(vec![("talks.txt", text)]);
    let body = harness.body_of("talks.txt");
    let range = |words: &str| {
        let at = body.find(words).unwrap();
        TextRange::new(at, at + words.len())
    };
    let mut ann = entity(&body, Kind::Person, "Ann Reed", &[], false);
    ann.salience = 1.0;
    ann.titles = vec!["harbour minister".to_owned()];
    ann.quotes = vec![
        Quote { range: range("We will build the pier,"), direct: true, rule: QuoteRule::Named },
        Quote { range: range("that the money was there"), direct: false, rule: QuoteRule::Pronoun },
    ];
    ann.mentions[1] = Mention { rule: Rule::Surname, confidence: 93, ..ann.mentions[1] };
    let oslo = Entity { salience: 0.7, ..entity(&body, Kind::Place, "Oslo", &[], false) };
    let vidar = Entity { salience: 0.2, ..entity(&body, Kind::Person, "Vidar", &[], true) };
    let mut week = Entity { salience: 0.1, ..entity(&body, Kind::Date, "last week", &[], false) };
    week.value = Some("2007-05-07/2007-05-13".to_owned());
    week.mentions[0].rule = Rule::Pattern;
    harness.entities = Some(vec![ann, oslo, vidar, week]);
    harness.deliver_all();
    harness.keys("l");
    harness
}

#[test]
fn what_the_article_is_about_stands_on_top() {
    let mut harness = quoted();
    let about = harness.row_of("ABOUT").unwrap();
    assert_eq!(harness.row_of("◉ Ann Reed"), Some(about + 1), "{}", harness.screen());
    assert!(harness.row_of("▲ Oslo").unwrap() < harness.row_of("◉ PEOPLE").unwrap());
    harness.shows("━━━━━━━━");
    harness.shows("━━━━━━··");
    harness.hides("Vidar  ━");
    // A name that is hidden or only looked for is not what it is about.
    harness.keys("2");
    harness.hides("▲ Oslo");
    harness.keys("2 /");
    harness.type_text("a");
    harness.hides("ABOUT");
    harness.keys("Enter Esc");
    harness.shows("ABOUT");
    // Where there is nothing else it says nothing.
    super::entities::named().hides("ABOUT");
}

#[test]
fn the_page_is_walked_from_the_top_as_from_below() {
    let mut harness = quoted();
    harness.keys("Enter");
    harness.shows("1/2");
    assert_eq!(
        harness.state.reader.current(),
        Some(harness.state.reader.open().unwrap().entities[0].mentions[0].range)
    );
    harness.click(150, harness.row_of("▲ Oslo").unwrap());
    assert_eq!(harness.state.entities.under_cursor(), Some(1));
    harness.click(150, harness.row_of("ABOUT").unwrap());
    assert_eq!(harness.state.entities.under_cursor(), Some(1), "a heading of what is mixed does nothing");
}

#[test]
fn titles_quotations_and_days_stand_beside_names() {
    let mut harness = quoted();
    harness.shows("❝2 ");
    harness.shows("harbour minister");
    harness.shows("last week  7–13 May 2007");
    harness.hides("2007-05-07");
    harness.resize(220, 40);
    harness.shows("Ann Reed  harbour m");
    harness.resize(60, 24);
    harness.shows("Ann Reed  harbour minister");
}

#[test]
fn what_a_person_says_is_listed_and_leads_to_its_words() {
    let mut harness = quoted();
    harness.shows("“We will build the pier,”");
    harness.shows("     that the money was there");
    harness.hides("“that the money was there”");
    harness.keys("j Enter");
    assert_eq!(harness.words_in(Meaning::MentionCurrent), "We will build the pier,");
    harness.keys("w");
    harness.shows("— named beside it");
    // Once there it goes on, and round.
    harness.keys("n");
    assert_eq!(harness.words_in(Meaning::MentionCurrent), "that the money was there");
    harness.shows("— by he or she");
    harness.keys("n");
    assert!(harness.footer().contains("On to the first of 2."), "{}", harness.footer());
    harness.keys("N");
    assert!(harness.footer().contains("On to the last of 2."), "{}", harness.footer());
    // Whoever is quoted is lit meanwhile, and can be kept so.
    assert!(harness.words_in(Meaning::Mention(Kind::Person)).contains("Ann Reed"));
    harness.keys("k k");
    assert_eq!(harness.state.entities.under_cursor(), Some(0));
    // Below others nothing is listed.
    harness.keys("G");
    harness.hides("“We will build the pier,”\n");
    assert!(!harness.screen().contains("     that the money was there"), "{}", harness.screen());
}

#[test]
fn quotations_are_put_away_and_listed_again() {
    let mut harness = quoted();
    harness.keys("o");
    harness.hides("     that the money was there");
    assert!(harness.footer().contains("What people say is not listed."), "{}", harness.footer());
    harness.keys("j");
    assert_eq!(harness.state.entities.under_cursor(), Some(1), "the next row is the next name");
    harness.keys("k o");
    harness.shows("     that the money was there");
    let mut harness = named();
    harness.keys("o");
    assert!(harness.footer().contains("Nobody here is quoted."), "{}", harness.footer());
}

#[test]
fn quotations_lead_to_the_page_where_one_pane_is_shown() {
    let mut harness = quoted();
    harness.resize(60, 20);
    harness.keys("j Enter");
    assert_eq!(harness.state.focus, crate::panes::PaneId::Reader);
    harness.shows("We will build the pier,");
}

#[test]
fn why_a_mention_belongs_is_said_on_demand() {
    let mut harness = quoted();
    harness.hides("the name itself");
    harness.keys("w");
    harness.shows("“Ann Reed”: the name");
    harness.shows("listed as person");
    harness.keys("n n");
    harness.shows("joined by");
    harness.shows("tagged person, 0.93");
    harness.keys("G");
    harness.shows("“last week”: date by its form");
    harness.keys("w");
    harness.hides("by its form");
}

const GERMAN: &str = "Brücke gesperrt\n\nDie alte Brücke über den Fluss wird ab Montag gesperrt, teilte Anna Roth mit. Wer auf der \
    anderen Seite arbeitet, muss die Fähre nach Bremen nehmen, die für ihn nichts kostet und bis März auch am Abend fährt.\n";

#[test]
fn in_another_language_than_english_no_names_are_guessed_and_the_pane_says_why() {
    for depth in [crate::config::ColorDepth::TrueColor, crate::config::ColorDepth::Mono] {
        for (width, height) in [(160, 34), (100, 30), (60, 20), (24, 10)] {
            let mut harness = Harness::bare(width, height, depth);
            harness.start(vec![("bruecke.txt", GERMAN)]);
            harness.keys("l");
            let words = harness.screen().split_whitespace().collect::<Vec<_>>().join(" ");
            let told = "This article is in German. Names are found in English text only.";
            // In a wide window the pane stands beside the page.
            let pane: String = harness.screen().lines().map(|row| row.rsplit('│').next().unwrap_or(row)).collect();
            let pane = pane.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(told) || pane.contains(told), "{width}x{height}:\n{}", harness.screen());
            assert!(harness.state.reader.open().unwrap().entities.is_empty());
            // Its keys say why they do nothing.
            harness.keys("Enter Space n N 1 x d j G");
            harness.keys("/");
            harness.type_text("roth");
            harness.keys("Enter Esc");
        }
    }
}

#[test]
fn a_language_without_a_name_here_is_shown_by_its_tag() {
    let mut harness = Harness::bare(100, 30, crate::config::ColorDepth::TrueColor);
    harness.start(vec![("a.md", "---\ntitle: Brugg zou\nlang: vec-IT\n---\nAna Reed se ga visto a Oslo.\n")]);
    harness.keys("l");
    harness.shows("This article is not in");
    harness.shows("English (vec-IT). Names");
}
