//! What can be a name, and what stands before it, in sentences written for these tests.

use crate::article::{Block, BlockKind, Text, TextRange};
use crate::entity::{Context, Entity, Kind, analyse};

fn entities(words: &str) -> Vec<Entity> {
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    let text = Text::new(words.to_owned(), vec![block], vec![]);
    analyse(&text, &Context::default())
}

/// The words of every mention of something with a name.
fn mentioned(words: &str) -> Vec<&str> {
    let entities = entities(words);
    let names = entities.iter().filter(|entity| entity.kind.is_name()).flat_map(|entity| &entity.mentions);
    names.filter_map(|mention| words.get(mention.range.start..mention.range.end)).collect()
}

fn titles(words: &str, name: &str) -> Vec<String> {
    let found = entities(words);
    let person = found.iter().find(|entity| entity.name == name && entity.kind == Kind::Person);
    let known = || found.iter().map(|entity| (&entity.name, entity.kind)).collect::<Vec<_>>();
    person.unwrap_or_else(|| panic!("no {name} among {:?}", known())).titles.clone()
}

#[test]
fn offices_are_told_with_what_they_are_for() {
    for (words, name, title) in [
        (
            "The Minister for Youth, Labour and Rural Development Ana Reed flew home.",
            "Ana Reed",
            "Minister for Youth, Labour and Rural Development",
        ),
        ("They met Health and Social Care Secretary Robert Hale.", "Robert Hale", "Health and Social Care Secretary"),
        (
            "The Secretary of State for Women and Sport Maria Castell agreed.",
            "Maria Castell",
            "Secretary of State for Women and Sport",
        ),
        ("A speech by the Minister of Tourism, Ana Reed, was short.", "Ana Reed", "Minister of Tourism"),
        ("It was the Mayor of Leeds Ana Reed who came.", "Ana Reed", "Mayor of Leeds"),
        ("Nobody asked climate scientist Robert Hale about it.", "Robert Hale", "climate scientist"),
        ("Chief Medical Officer Ana Reed warned them.", "Ana Reed", "Chief Medical Officer"),
    ] {
        assert_eq!(titles(words, name), [title], "{words}");
    }
}

#[test]
fn what_stands_before_a_title_belongs_to_it() {
    for (words, title) in [
        ("They met former Prime Minister Ana Reed.", "former Prime Minister"),
        ("They met the deputy Democrat leader Ana Reed.", "deputy Democrat leader"),
        ("They met then-President Ana Reed.", "then-President"),
        ("They met acting co-chair Ana Reed.", "acting co-chair"),
        ("They met the European Commission President Ana Reed.", "President"),
        ("They met the spokesman for the Peruvian President Ana Reed.", "President"),
    ] {
        assert_eq!(titles(words, "Ana Reed"), [title], "{words}");
    }
}

#[test]
fn what_an_office_is_for_is_no_name() {
    assert_eq!(mentioned("The Minister for Women and Equalities Ana Reed spoke of it."), ["Ana Reed"]);
    assert_eq!(mentioned("The Home Secretary and the Minister of Finance wrote to nobody."), [""; 0]);
    let library = "She was the director of the National Library of Peru for years.";
    assert!(mentioned(library).contains(&"National Library of Peru"), "{:?}", mentioned(library));
}

#[test]
fn a_ministry_is_called_by_all_that_it_is_for() {
    for (words, body) in [
        (
            "The Ministry of Lands, Housing, and Urban Development refused.",
            "Ministry of Lands, Housing, and Urban Development",
        ),
        ("Staff of the Department for Work and Pensions met.", "Department for Work and Pensions"),
        ("The Committee on Trade, Tourism and Industry sat again.", "Committee on Trade, Tourism and Industry"),
    ] {
        assert!(mentioned(words).contains(&body), "{:?}", mentioned(words));
    }
    let two = mentioned("Papers of the Ministry of Health and the World Bank were lost.");
    assert_eq!(two, ["Ministry of Health", "World Bank"]);
}

#[test]
fn months_and_words_are_names_of_people_where_somebody_is_called_so() {
    for (words, names) in [
        (
            "We asked Theresa May. Mrs May left. Nobody told May. If May comes, all is well.",
            &["Theresa May", "May"][..],
        ),
        ("The board chose June Okafor. It was late, and Okafor wept.", &["June Okafor", "Okafor"]),
        ("They gave April Reed the prize. \"April did well,\" they said.", &["April Reed", "April"]),
        ("She called Justice KM Hale a friend.", &["KM Hale"]),
    ] {
        let found = mentioned(words);
        assert!(names.iter().all(|name| found.contains(name)), "{words}: {found:?}");
    }
    assert_eq!(mentioned("Nobody knew why. May Lindqvist voted no."), ["May Lindqvist"]);
    assert_eq!(mentioned("Nobody knew why. May Kenya thrive."), ["Kenya"]);
    let found = mentioned("We met June Okafor in June. Sales in June were good, and June was cold.");
    assert_eq!(found, ["June Okafor"]);
}

#[test]
fn particles_may_begin_a_name() {
    let found = mentioned("It was Ludwig van Loon who came. We heard that van Loon said no to Hamdan bin Rashid.");
    assert_eq!(found, ["Ludwig van Loon", "van Loon", "Hamdan bin Rashid"]);
    let found = mentioned("The goal was scored by Luis dos Santos. After that, dos Santos fell.");
    assert_eq!(found, ["Luis dos Santos", "dos Santos"]);
    assert!(!mentioned("There were ten Reeds at the table of Ana Reed.").contains(&"ten Reeds"));
}

#[test]
fn a_name_ends_at_the_signs_of_a_list() {
    let found = mentioned("On the stage: Ana Reed / Robert Hale / Maria Castell.");
    assert_eq!(found, ["Ana Reed", "Robert Hale", "Maria Castell"]);
    let found = mentioned("On the stage: Ana Reed • Robert Hale • Maria Castell.");
    assert_eq!(found, ["Ana Reed", "Robert Hale", "Maria Castell"]);
}

#[test]
fn a_common_noun_before_a_name_is_none_of_it() {
    let found = mentioned("Environmental group Green Tide held a rally.");
    assert_eq!(found, ["Green Tide"]);
}
