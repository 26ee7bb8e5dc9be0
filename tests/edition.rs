//! What the edition inside the program is about, end to end: its files as the program reads them, through `of_article`.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

use dateline::internals::article::Article;
use dateline::internals::entity::{Context, Entity, Kind, of_article};
use dateline::internals::runtime::edition;

fn read(slug: &str) -> (Article, Vec<Entity>) {
    let article = edition::article(slug).unwrap();
    assert_eq!(article.language.as_deref(), Some("en"), "{slug}");
    let entities = of_article(
        &article,
        &Context { published: article.published.map(|published| published.day), guessed_date: None },
    );
    (article, entities)
}

fn named<'a>(entities: &'a [Entity], name: &str) -> &'a Entity {
    let names = || entities.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(" | ");
    entities.iter().find(|entity| entity.name == name).unwrap_or_else(|| panic!("no {name} among {}", names()))
}

#[track_caller]
fn has(entities: &[Entity], kind: Kind, names: &[&str]) {
    for name in names {
        assert_eq!(named(entities, name).kind, kind, "{name}");
    }
}

#[track_caller]
fn has_alias(entities: &[Entity], name: &str, alias: &str) {
    let aliases = &named(entities, name).aliases;
    assert!(aliases.iter().any(|other| other == alias), "{name} has no {alias} but {aliases:?}");
}

#[track_caller]
fn has_dates(entities: &[Entity], values: &[&str]) {
    for value in values {
        let found = entities.iter().any(|entity| entity.kind == Kind::Date && entity.value.as_deref() == Some(value));
        assert!(found, "no {value}");
    }
}

/// Every form an entity is called by.
fn forms(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str)
}

#[test]
fn no_article_yields_a_word_that_only_begins_a_sentence() {
    let function_words: Vec<&str> =
        "the a an this that these those he she it they we you i his her its their my our your in \
                          on at by for from with to of and but or so if when while as because after before what who \
                          why how where which some many most several both all each every no not nobody nothing none \
                          everybody everyone somebody someone neither either one two three still then now here \
                          there yes sir dear please yours admittedly curiously plainly wisely laid choose press try \
                          enter esc space tab ctrl whatever never once nine by"
            .split_whitespace()
            .collect();
    for slug in edition::slugs() {
        let (_, entities) = read(slug);
        for entity in entities.iter().filter(|entity| entity.kind.is_name()) {
            for form in forms(entity) {
                assert!(!function_words.contains(&form.to_lowercase().as_str()), "{slug}: {form}");
            }
            let first = entity.name.split(' ').next().unwrap_or_default().to_lowercase();
            assert!(first == "the" || !function_words.contains(&first.as_str()), "{slug}: {}", entity.name);
        }
    }
}

#[test]
fn the_water_talks_are_read_whole() {
    let (article, entities) = read("07-canada-us-water-talks");
    assert_eq!(article.published.unwrap().day.to_string(), "2026-06-14", "the day comes first");
    assert_eq!(article.byline.as_deref(), Some("Ruth Castellane"), "the standfirst names the writer");
    let text = article.body.as_str();
    assert!(!text.contains('¦') && text.contains('…'), "a broken ellipsis is mended");

    has(
        &entities,
        Kind::Place,
        &["Canada", "United States", "Marrow River", "Medicine Hat", "Helena", "Fort Qu'Appelle"],
    );
    has_alias(&entities, "United States", "US");
    has_alias(&entities, "Marrow River", "Marrow");
    for name in ["Canada", "United States", "Marrow River"] {
        assert!(entities.iter().take(6).any(|entity| entity.name == name), "{name} is among the first");
    }
    has(
        &entities,
        Kind::Organisation,
        &[
            "International Joint Commission",
            "Stand Up for the Marrow Valley",
            "The Great Falls Courier",
            "The Prairie Witness",
            "Congress",
        ],
    );
    has_alias(&entities, "International Joint Commission", "IJC");
    has(
        &entities,
        Kind::Person,
        &[
            "Calvin Stroud",
            "Yusuf al-Rahim",
            "Marc Oduya",
            "Paula Reinholt",
            "Desmond Tolliver",
            "Elihu Root",
            "Ruth Castellane",
        ],
    );
    has_alias(&entities, "Calvin Stroud", "Stroud");
    has_alias(&entities, "Yusuf al-Rahim", "al-Rahim");
    has_alias(&entities, "Yusuf al-Rahim", "Al-Rahim");
    let rahims = entities.iter().filter(|entity| entity.name.ends_with("Rahim")).count();
    assert_eq!(rahims, 1);
    has(&entities, Kind::Group, &["Hutterite", "Mormon", "Lutheran", "Catholic", "Presbyterian", "American"]);
    has_dates(&entities, &["2026-06-07", "2026-06-02", "2026-07-01", "2026-06-14", "1909-01", "2026-06-10"]);
}

#[test]
fn the_clippings_room_has_one_card_for_each_name() {
    let (_, entities) = read("01-welcome");
    assert_eq!(entities.first().map(|entity| entity.name.as_str()), Some("Ilse Verhagen"));
    has(&entities, Kind::Person, &["Ilse Verhagen", "Femke Aerts", "Rosa Debaere", "Pieter Claes", "Joost Lammens"]);
    has(&entities, Kind::Organisation, &["The Harbour Gazette", "Harbour Board"]);
    has_alias(&entities, "Ilse Verhagen", "Verhagen");
    has_alias(&entities, "The Harbour Gazette", "Gazette");
    assert!(!entities.iter().any(|entity| entity.name.starts_with("Choose")));
}

#[test]
fn the_azores_have_acronyms_particles_and_weekdays() {
    let (_, entities) = read("02-azores-cable");
    for (name, acronym) in
        [("Regional Cable Authority", "RCA"), ("North Atlantic Cable Board", "NACB"), ("European Union", "EU")]
    {
        has(&entities, Kind::Organisation, &[name]);
        has_alias(&entities, name, acronym);
    }
    has(
        &entities,
        Kind::Place,
        &["Santa Cruz das Flores", "Vila do Corvo", "Ponta Delgada", "Corvo", "Flores", "Lajes"],
    );
    has(&entities, Kind::Organisation, &["Ilhas Telecom"]);
    has(&entities, Kind::Person, &["Helena Brum", "Ines Goulart", "Joaquim Serpa"]);
    // Tuesday, Wednesday and Thursday lie behind, the Monday of the sailing ahead.
    has_dates(&entities, &["2026-10-13", "2026-10-14", "2026-10-15", "2026-10-19", "2026-10-28", "2026-02"]);
}

#[test]
fn the_two_sciortinos_stay_two() {
    let (article, entities) = read("03-two-sciortinos");
    let (sister, brother) = (named(&entities, "Benedetta Sciortino"), named(&entities, "Anton Sciortino"));
    assert_eq!((sister.kind, brother.kind), (Kind::Person, Kind::Person));
    assert!(!forms(sister).any(|form| form.contains("Anton")));
    assert!(!forms(brother).any(|form| form.contains("Benedetta")));
    // "Dr Sciortino" is she.
    let text = article.body.as_str();
    let about = |entity: &Entity, phrase: &str| {
        let at = text.find(phrase).unwrap() + phrase.len() - "Sciortino".len();
        entity.mentions.iter().any(|mention| mention.range.start == at)
    };
    assert!(about(sister, "Dr Sciortino") && !about(brother, "Dr Sciortino"));
    has(&entities, Kind::Organisation, &["European Investment Bank", "Calafranca Institute"]);
    has(&entities, Kind::Place, &["Delimara", "Malta"]);
}

#[test]
fn bridges_honours_and_societies_are_whole() {
    let (_, entities) = read("06-obituary-katarzyna-baird");
    has(
        &entities,
        Kind::Organisation,
        &["Network Rail", "Royal Society of Edinburgh", "British Council", "Marchbank & Sons"],
    );
    has(&entities, Kind::Place, &["Tema Lagoon Bridge", "Strathcarron Viaduct", "Broughty Ferry", "Gdańsk", "Wrocław"]);
    has(&entities, Kind::Work, &["Bridges for Other People"]);
    let order = |entity: &&Entity| entity.name.ends_with("Order of Polonia Restituta");
    assert!(entities.iter().any(|entity| order(&entity)));
    let bairds = entities.iter().filter(|entity| entity.kind == Kind::Person && entity.name.ends_with("Baird"));
    assert_eq!(bairds.count(), 3, "she, her husband and their son");
}

#[test]
fn titles_in_italics_are_works_and_plants_are_not() {
    let (_, entities) = read("09-ninety-minutes-from-the-sea");
    has(&entities, Kind::Work, &["Ninety Minutes from the Sea", "Tokyo Olympiad", "The Weighing Room"]);
    assert_eq!(
        named(&entities, "Ninety Minutes from the Sea").mentions.len(),
        3,
        "the headline and the end name it too"
    );
    has(&entities, Kind::Event, &["Salt Cup"]);
    has(&entities, Kind::Place, &["Cádiz", "Guérande", "Soledar", "Suzu", "Łódź"]);
    has(
        &entities,
        Kind::Person,
        &["Haruka Mizuno", "Aiko Mizuno", "Oles Savrasenko", "Takumi Ōtsuka", "Nour el-Tahan"],
    );
    let (_, entities) = read("03-two-sciortinos");
    assert!(!entities.iter().any(|entity| entity.kind == Kind::Work));
}

#[test]
fn the_mentions_of_every_article_are_places_in_its_text() {
    for slug in edition::slugs() {
        let (article, entities) = read(slug);
        assert!(!entities.is_empty());
        for entity in &entities {
            for mention in &entity.mentions {
                let words = article.body.slice(mention.range);
                assert!(!words.is_empty() && words.trim() == words, "{slug}: {words:?}");
            }
        }
    }
}
