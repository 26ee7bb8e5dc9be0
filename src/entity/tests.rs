//! What the stages find together, on articles written for these tests.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::article::{Block, BlockKind, Inline, InlineKind};

mod linking;

fn text(blocks: &[(BlockKind, &str)]) -> Text {
    let mut words = String::new();
    let mut found = Vec::new();
    for (kind, piece) in blocks {
        if !words.is_empty() {
            words.push_str("\n\n");
        }
        let start = words.len();
        words.push_str(piece);
        found.push(Block { kind: kind.clone(), range: TextRange::new(start, words.len()) });
    }
    Text::new(words, found, vec![])
}

pub(super) fn paragraphs(words: &str) -> Text {
    text(&words.split("\n\n").map(|piece| (BlockKind::Paragraph, piece)).collect::<Vec<_>>())
}

/// The kind and words of every mention in an article that names no day.
pub(super) fn mentions(words: &str) -> Vec<(Kind, String)> {
    let text = paragraphs(words);
    let entities = analyse(&text, &Context::default());
    let of = |entity: &Entity| {
        let words = |mention: &Mention| (entity.kind, text.slice(mention.range).to_owned());
        entity.mentions.iter().map(words).collect::<Vec<_>>()
    };
    entities.iter().flat_map(of).collect()
}

fn entities(words: &str) -> Vec<Entity> {
    analyse(&paragraphs(words), &Context { published: Some(date(2007, 5, 10)), guessed_date: None })
}

fn named<'a>(entities: &'a [Entity], name: &str) -> &'a Entity {
    entities.iter().find(|entity| entity.name == name).unwrap_or_else(|| {
        panic!("no {name} among {:?}", entities.iter().map(|entity| (&entity.name, entity.kind)).collect::<Vec<_>>())
    })
}

fn names(words: &str) -> Vec<(Kind, String)> {
    let mut names: Vec<_> = entities(words)
        .into_iter()
        .filter(|entity| entity.kind.is_name())
        .map(|entity| (entity.mentions[0], entity.kind, entity.name))
        .collect();
    names.sort();
    names.into_iter().map(|(_, kind, name)| (kind, name)).collect()
}

fn is(kind: Kind, name: &str) -> (Kind, String) {
    (kind, name.to_owned())
}

#[test]
fn hyphenated_and_possessive_names_come_apart() {
    use Kind::{Group, Place};
    assert_eq!(
        names("The talks between US-Iran envoys ended with Kenya's help."),
        [is(Place, "United States"), is(Place, "Iran"), is(Place, "Kenya")]
    );
    assert_eq!(
        names("A Paris-based firm met pro-Syrian groups near Israeli-Palestinian crossings."),
        [is(Place, "Paris"), is(Group, "Syrian"), is(Group, "Israeli"), is(Group, "Palestinian")]
    );
}

#[test]
fn titles_are_kept_apart_from_the_name() {
    let found = entities(
        "Prime Minister Ana Reed met defence secretary Robert Hale. Ms Reed and Hale agreed, said Dr. Olu Bankole.",
    );
    let reed = named(&found, "Ana Reed");
    assert_eq!(
        (reed.kind, reed.titles.as_slice()),
        (Kind::Person, &["Prime Minister".to_owned(), "Ms".to_owned()][..])
    );
    assert_eq!(reed.aliases, ["Reed"]);
    assert_eq!(reed.mentions[1].rule, Rule::Surname);
    assert_eq!(named(&found, "Robert Hale").titles, ["defence secretary"]);
    assert_eq!(named(&found, "Olu Bankole").titles, ["Dr."]);
}

#[test]
fn names_of_one_country_are_one_entity_under_its_full_name() {
    let found =
        entities("The US sent aid. Officials of the United States and the U.S. embassy in Lima spoke of America.");
    let country = named(&found, "United States");
    assert_eq!(country.mentions.len(), 4);
    assert_eq!(country.mentions[0].rule, Rule::Table);
    assert_eq!(country.aliases, ["US", "U.S.", "America"]);
}

#[test]
fn an_acronym_joins_its_long_form() {
    let found = entities(
        "The Union of Harbour Workers went on strike. The UHW wants more pay, the CIA does not.\n\nCoastal Data Agency (CDA) staff stayed. CDA was quiet.",
    );
    assert_eq!(named(&found, "Union of Harbour Workers").aliases, ["UHW"]);
    assert_eq!(named(&found, "Coastal Data Agency").mentions.len(), 3);
    assert_eq!(named(&found, "Central Intelligence Agency").aliases, ["CIA"]);
}

#[test]
fn short_forms_of_organisations_and_places_join_the_long_one() {
    let found = entities(
        "The Ana Reed Foundation for the Visual Arts gave money. The Ana Reed Foundation is rich.\n\nThe State of Texas sued, and \
         Texas won. The United Kingdom Border Ministry agreed; the Border Ministry said so.",
    );
    assert_eq!(named(&found, "Texas").mentions.len(), 2);
    assert_eq!(named(&found, "Ana Reed Foundation for the Visual Arts").mentions.len(), 2);
    assert_eq!(named(&found, "United Kingdom Border Ministry").mentions.len(), 2);
    // A church and its country stay two.
    let found = entities("The Church of Norway met in Oslo. Norway won the match, and Norway cheered.");
    assert_eq!(named(&found, "Norway").mentions.len(), 2);
}

#[test]
fn letters_of_honour_tell_nobody_apart() {
    let found = entities("Daniel Reed FRS was born in Leeds. Daniel Reed taught. Daniel wrote letters to Oskar Hale.");
    assert_eq!(named(&found, "Daniel Reed FRS").mentions.len(), 3);
}

#[test]
fn two_people_with_one_surname_are_never_merged() {
    let found = entities(
        "Maria Castell opened the inquiry. Her cousin Peter Castell did not come. Mr Castell stayed at home, said Mrs Castell. \
         Castell was tired.",
    );
    let (maria, peter) = (named(&found, "Maria Castell"), named(&found, "Peter Castell"));
    assert_eq!((maria.mentions.len(), peter.mentions.len()), (3, 2), "who was named last is meant");
    assert_eq!(found.iter().filter(|entity| entity.kind == Kind::Person).count(), 2);
}

#[test]
fn nicknames_initials_and_parts_join_the_full_name() {
    let found = entities(
        "Richard Mills and J. Osei met. Dick Mills knew Jane Osei well. Mills smiled. Muqtada al-Harbi came; Harbi left, and Muqtada wept.",
    );
    assert_eq!(named(&found, "Richard Mills").mentions.len(), 3);
    assert_eq!(named(&found, "Jane Osei").mentions.len(), 2);
    assert!(named(&found, "Muqtada al-Harbi").mentions.len() >= 2);
}

#[test]
fn spellings_of_one_organisation_are_one() {
    let found = entities(
        "Links with Al Qa'eda were denied. The alleged Omar-al Qa'eda link and al Qa'eda cells are not proved. Omar is silent.",
    );
    let group = named(&found, "Al Qa'eda");
    assert_eq!((group.kind, group.mentions.len()), (Kind::Organisation, 3));
    assert_eq!(named(&found, "Omar").mentions.len(), 2);
}

#[test]
fn a_phrase_in_capitals_is_an_organisation_where_one_is_meant() {
    assert_eq!(
        names("For weeks speakers from Keep Out of the Valley of Peru have been insisting that it works."),
        [is(Kind::Organisation, "Keep Out of the Valley of Peru")]
    );
}

#[test]
fn newspapers_keep_their_article() {
    let found = names("According to The Observer, and to The Guardian, it rained. A report in The Times agreed.");
    assert_eq!(
        found,
        [
            is(Kind::Organisation, "The Observer"),
            is(Kind::Organisation, "The Guardian"),
            is(Kind::Organisation, "The Times")
        ]
    );
}

#[test]
fn groups_are_found_in_lower_case_too() {
    let found = entities("Sunni and shia leaders met sunni Arab elders under an Islamic roof.");
    assert_eq!(named(&found, "Shia").kind, Kind::Group);
    assert_eq!(named(&found, "Islamic").kind, Kind::Group);
    assert!(found.iter().any(|entity| entity.name.starts_with("Sunni")));
}

#[test]
fn capitals_that_only_begin_a_sentence_are_no_names() {
    for words in [
        "Clearly it failed. Miraculously they lived. For months nothing came. Most left. Of course it hurt.",
        "We went. \"Most importantly, it works,\" they said. Yesterday was Monday. In May it ended.",
        "The Opposition spoke. However, Fear is spreading. Until now. \"No,\" he said. I agree.",
    ] {
        assert_eq!(names(words), [], "{words}");
    }
}

#[test]
fn the_headline_counts_and_a_byline_does_not() {
    let text = text(&[
        (BlockKind::Headline, "Peru floods"),
        (BlockKind::Byline, "By Chiara Lund"),
        (BlockKind::Paragraph, "Rain fell in Peru. Rivers rose in Chile, too. Chile asked for help."),
    ]);
    let found = analyse(&text, &Context::default());
    assert_eq!(found[0].name, "Peru");
    assert!((found[0].salience - 1.0).abs() < f32::EPSILON);
    let lund = named(&found, "Chiara Lund");
    assert!(lund.salience.abs() < f32::EPSILON);
}

#[test]
fn a_headline_in_capitals_throughout_yields_the_names_of_the_body() {
    let text = text(&[
        (BlockKind::Headline, "Minister Ana Reed Resigns After Stormy Vote In Lagos"),
        (BlockKind::Paragraph, "The minister, Ana Reed, resigned in Lagos on Monday."),
    ]);
    let found = analyse(&text, &Context::default());
    assert_eq!(named(&found, "Ana Reed").mentions.len(), 2);
    assert_eq!(named(&found, "Lagos").mentions.len(), 2);
    assert_eq!(found.iter().filter(|entity| entity.kind.is_name()).count(), 2);
}

#[test]
fn a_list_of_names_is_no_title() {
    assert_eq!(names("Present: Ana Reed, Robert Mills, Maria Castell, Peter Osei.").len(), 4);
}

#[test]
fn the_same_day_in_two_forms_is_one_date() {
    let found = entities("It began on May 27. On 27 May 2007 it ended.");
    let day = named(&found, "27 May 2007");
    assert_eq!((day.kind, day.value.as_deref(), day.mentions.len()), (Kind::Date, Some("2007-05-27"), 2));
}

#[test]
fn newspapers_in_no_list_keep_their_article_too() {
    assert_eq!(
        names("Readers wrote to The Sandford Gazette. It rained, says (The Elm Falls Courier June 2)."),
        [is(Kind::Organisation, "The Sandford Gazette"), is(Kind::Organisation, "The Elm Falls Courier")]
    );
}

#[test]
fn particles_hold_a_place_together_and_accents_do_not_matter() {
    use Kind::Place;
    let found = names("They sailed from Vila do Corvo and on to Cádiz.");
    assert_eq!(found, [is(Place, "Vila do Corvo"), is(Place, "Cádiz")]);
}

#[test]
fn a_river_goes_by_its_name_alone() {
    let found = entities("The Tarrow River rose. Boats on the Tarrow turned back; the Tarrow has no bridge.");
    let river = named(&found, "Tarrow River");
    assert_eq!(
        (river.kind, river.mentions.len(), river.aliases.as_slice()),
        (Kind::Place, 3, &["Tarrow".to_owned()][..])
    );
}

#[test]
fn a_verb_that_begins_a_sentence_is_no_first_name() {
    let found =
        entities("Ilse Tarrant ran it. Choose Tarrant with a key. Press Tarrant again. Nobody Tarrant knew came.");
    assert_eq!(named(&found, "Ilse Tarrant").mentions.len(), 4);
    assert_eq!(found.len(), 1);
}

#[test]
fn a_title_tells_which_of_two_bearers_of_a_surname_is_meant() {
    let found = entities(
        "Dr Maria Castell counts birds. Her brother, Minister Anton Castell, shoots them. Dr Castell objects, Minister Castell does not.",
    );
    let maria = named(&found, "Maria Castell");
    assert_eq!((maria.mentions.len(), named(&found, "Anton Castell").mentions.len()), (2, 2));
    assert_eq!(maria.titles, ["Dr"]);
    let found = entities("Maria Castell left. Anton Castell stayed. The Castells are rich.");
    assert_eq!(named(&found, "Castells").kind, Kind::Person);
}

#[test]
fn a_name_in_its_own_script_is_the_same_person() {
    let found = entities("Their goalkeeper, Oles Savrasenko (Олесь Саврасенко), drives a van.");
    assert_eq!(named(&found, "Oles Savrasenko").aliases, ["Олесь Саврасенко"]);
}

fn with_inline(words: &str, kind: InlineKind, piece: &str) -> Text {
    let start = words.find(piece).unwrap();
    let range = TextRange::new(start, start + piece.len());
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    Text::new(words.to_owned(), vec![block], vec![Inline { kind, range }])
}

#[test]
fn a_title_in_italics_is_a_work_wherever_it_stands() {
    let words = "I saw Ninety Minutes from the Sea. Two Days in Peru, and Ninety Minutes from the Sea again.";
    let found = analyse(&with_inline(words, InlineKind::Emphasis, "Ninety Minutes from the Sea"), &Context::default());
    let film = named(&found, "Ninety Minutes from the Sea");
    assert_eq!((film.kind, film.mentions.len()), (Kind::Work, 2));
    assert!(!found.iter().any(|entity| entity.name.contains("Minutes") && entity.kind != Kind::Work));
    for (words, piece) in [
        ("The grass Posidonia oceanica grows.", "Posidonia oceanica"),
        ("It was not Ana Reed who left.", "Ana Reed"),
        ("The North Sea rose.", "North Sea"),
        ("Work at Lima begins on Monday.", "Work at Lima begins on Monday."),
    ] {
        let found = analyse(&with_inline(words, InlineKind::Emphasis, piece), &Context::default());
        assert!(found.iter().all(|entity| entity.kind != Kind::Work), "{piece}");
    }
}

#[test]
fn program_text_names_nobody() {
    let text = with_inline("Then press Enter Key in Peru, says Reed.", InlineKind::Code, "Enter Key");
    let found = analyse(&text, &Context::default());
    assert!(!found.iter().any(|entity| entity.name.contains("Enter")));
    named(&found, "Peru");
}

#[test]
fn hostile_text_ends() {
    for words in [
        "Ab ".repeat(6_000),
        "A".repeat(60_000),
        "Ana Reed, ".repeat(4_000),
        "of the Bank ".repeat(4_000),
        "a-B".repeat(10_000),
        "US-".repeat(20_000),
        "one-".repeat(20_000),
        "Iran ".repeat(10_000),
        "Ab.Cd".repeat(20_000),
        "Bank of Health ".repeat(2_000),
        "He left the Ufaza Dolen Commission on the Status of Women (UDCSW) in May. ".repeat(1_000),
        "Ufaza's Project Dolen was late. Project Dolen cost Ufaza a lot. ".repeat(1_000),
        "Commission into Deaths in Custody ".repeat(2_000),
        "the Bank of Ghana (Amendment) Act, 2016 (Act 918) and ".repeat(1_000),
    ] {
        let _entities = entities(&words);
    }
}

proptest! {
    #[test]
    fn mentions_lie_on_characters_and_names_do_not_overlap(
        words in "\\PC{0,200}|([A-Z][a-z]{0,4}[-' .,]{1,2}|(of|the|al|and|US|Iran|May|Dr|said|in|Bank|Mr\\.|27|£|5|%|per cent|last|week) ){0,60}"
    ) {
        let text = paragraphs(&words);
        let found = analyse(&text, &Context { published: None, guessed_date: Some(date(2020, 2, 29)) });
        let mut spans = Vec::new();
        for entity in &found {
            prop_assert!(!entity.mentions.is_empty() && !entity.name.is_empty());
            prop_assert!((0.0..=1.0).contains(&entity.salience));
            prop_assert!(entity.mentions.is_sorted());
            for mention in &entity.mentions {
                prop_assert!(!text.slice(mention.range).is_empty());
                if entity.kind.is_name() {
                    spans.push(mention.range);
                }
            }
        }
        spans.sort();
        prop_assert!(spans.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
    }
}

#[test]
fn an_honorific_that_was_taken_for_a_name_is_no_part_of_two() {
    let text = paragraphs("A,of Mr. May B % ");
    let found = analyse(&text, &Context::default());
    let mut spans: Vec<(TextRange, Kind)> =
        found.iter().flat_map(|entity| entity.mentions.iter().map(|mention| (mention.range, entity.kind))).collect();
    spans.sort();
    assert!(spans.windows(2).all(|pair| !pair[0].0.overlaps(pair[1].0)), "{spans:?}");
}

#[test]
fn nothing_goes_from_one_cell_of_a_table_to_the_next() {
    let table = "Year\tBoats\tCost\n2025\t7\tEUR 41m\n\t9\tEUR 12m\nHelen May\tTom Lee\t3\n4\tmetres\t";
    let text = text(&[(BlockKind::Headline, "The harbour"), (BlockKind::Table, table)]);
    let found = analyse(&text, &Context { published: None, guessed_date: None });
    let words: Vec<&str> =
        found.iter().flat_map(|entity| &entity.mentions).map(|mention| text.slice(mention.range)).collect();
    assert!(words.iter().all(|words| !words.contains(['\t', '\n'])), "{words:?}");
    assert!(words.contains(&"EUR 41m") && words.contains(&"EUR 12m"), "{words:?}");
}

#[test]
fn articles_in_other_languages_have_no_entities_and_say_so() {
    let article = |language: Option<&str>| Article {
        id: crate::article::SourceId::of_edition("a"),
        title: "Brücke".into(),
        byline: None,
        published: None,
        source: None,
        url: None,
        language: language.map(str::to_owned),
        body: paragraphs("Anna Roth ist am 21. März nach Bremen gezogen."),
    };
    let found = |language| of_article(&article(language), &Context::default()).len();
    for language in [None, Some("en"), Some("en-GB")] {
        assert!(found(language) > 1 && not_read(&article(language)).is_none(), "{language:?}");
    }
    for (language, told) in [("de", "in German."), ("zh-Hant", "in Chinese."), ("enm", "not in English (enm).")] {
        assert_eq!(found(Some(language)), 0, "{language}");
        let wanted = format!("This article is {told} Names are found in English text only.");
        assert_eq!(not_read(&article(Some(language))), Some(wanted));
    }
}
