use proptest::prelude::*;

use super::*;
use crate::article::{Text, TextRange};
use crate::entity::{Mention, Quote, QuoteRule, Rule};

/// An entity with the places of its forms in the text; the first is its name.
fn entity(text: &Text, kind: Kind, forms: &[&str], salience: f32) -> Entity {
    let mut mentions = Vec::new();
    for form in forms {
        for (at, _) in text.as_str().match_indices(form) {
            let range = TextRange::new(at, at + form.len());
            // A longer form has the shorter ones in it.
            if !mentions.iter().any(|seen: &Mention| seen.range.overlaps(range)) {
                mentions.push(Mention { range, rule: Rule::Name, confidence: 93 });
            }
        }
    }
    mentions.sort_unstable();
    Entity {
        kind,
        name: forms[0].to_owned(),
        aliases: forms[1..].iter().map(ToString::to_string).collect(),
        titles: vec![],
        mentions,
        salience,
        value: None,
        doubtful: true,
        followed: false,
        quotes: vec![],
    }
}

fn text() -> Text {
    let words =
        "Dick Cheney met Laura Bush. Cheney and Bush spoke; George Bush, of the U.S., was in Mercury. Bush left.";
    Text::new(words.into(), vec![], vec![])
}

fn found(text: &Text) -> Vec<Entity> {
    let laura = entity(text, Kind::Person, &["Laura Bush"], 0.5);
    let mut george = entity(text, Kind::Person, &["George Bush", "Bush"], 1.0);
    george.mentions.retain(|mention| !mention.range.overlaps(laura.mentions[0].range));
    vec![
        george,
        entity(text, Kind::Person, &["Dick Cheney", "Cheney"], 0.6),
        laura,
        entity(text, Kind::Place, &["U.S."], 0.4),
        entity(text, Kind::Place, &["Mercury"], 0.2),
    ]
}

fn corrections(tsv: &str) -> Corrections {
    let (corrections, faults) = Corrections::from_tsv(&tsv.replace(" | ", "\t"));
    assert_eq!(faults, []);
    corrections
}

fn applied(tsv: &str) -> Vec<Entity> {
    let text = text();
    corrections(tsv).apply(&text, found(&text))
}

fn named<'a>(entities: &'a [Entity], name: &str) -> &'a Entity {
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    entities.iter().find(|entity| entity.name == name).unwrap_or_else(|| panic!("{name} is not among {names:?}"))
}

fn words(text: &Text, entity: &Entity) -> Vec<String> {
    entity.mentions.iter().map(|mention| text.slice(mention.range).to_owned()).collect()
}

#[test]
fn without_corrections_everything_stays_as_it_was_found() {
    assert_eq!(applied("# nothing\n\n"), found(&text()));
}

#[test]
fn what_is_merged_is_one_and_says_why() {
    let entities = applied("merge | person | Laura Bush | person | George Bush");
    assert_eq!(entities.len(), 4);
    let bush = named(&entities, "George Bush");
    assert_eq!(bush.aliases, ["Bush", "Laura Bush"]);
    assert_eq!(words(&text(), bush), ["Laura Bush", "Bush", "George Bush", "Bush"]);
    assert_eq!(bush.mentions[0].rule, Rule::Correction);
    assert_eq!(bush.mentions[2].rule, Rule::Name);
    assert!(!bush.doubtful, "the reader has looked at it");
    assert!((bush.salience - 1.0).abs() < 1e-6);
}

#[test]
fn where_only_the_one_is_named_it_goes_by_the_name_of_the_other() {
    let entities = applied("merge | place | US | place | United States");
    let states = named(&entities, "United States");
    assert_eq!((states.kind, states.aliases.as_slice()), (Kind::Place, &["U.S.".to_owned()][..]));
    assert_eq!(states.mentions[0].rule, Rule::Correction);
}

#[test]
fn a_form_that_is_split_off_is_an_entity_of_its_own() {
    let entities = applied("split | person | bush");
    let bush = named(&entities, "Bush");
    assert_eq!(words(&text(), bush), ["Bush", "Bush"]);
    assert_eq!(words(&text(), named(&entities, "George Bush")), ["George Bush"]);
    assert!(named(&entities, "George Bush").aliases.is_empty());
    assert!((named(&entities, "Bush").salience - 2.0 / 3.0).abs() < 1e-6, "it takes its share with it");
}

#[test]
fn a_name_that_is_split_off_leaves_the_rest_another() {
    let entities = applied("split | person | Dick Cheney");
    assert_eq!(words(&text(), named(&entities, "Cheney")), ["Cheney"]);
    assert_eq!(words(&text(), named(&entities, "Dick Cheney")), ["Dick Cheney"]);
    let alone = applied("split | person | Laura Bush");
    assert_eq!(alone, found(&text()), "it was on its own before");
}

#[test]
fn a_form_can_be_given_to_another() {
    for lines in [
        "split | person | Bush\nmerge | person | Bush | person | Laura Bush",
        "merge | person | Bush | person | Laura Bush\nsplit | person | Bush",
    ] {
        let entities = applied(lines);
        assert_eq!(words(&text(), named(&entities, "Laura Bush")), ["Laura Bush", "Bush", "Bush"]);
        assert_eq!(words(&text(), named(&entities, "George Bush")), ["George Bush"]);
    }
}

#[test]
fn names_and_kinds_are_as_the_reader_says() {
    let entities = applied(
        "rename | place | US | America\nretype | place | Mercury | person\nretype | organisation | us | organisation",
    );
    let states = named(&entities, "America");
    assert_eq!((states.kind, states.aliases.as_slice()), (Kind::Organisation, &["U.S.".to_owned()][..]));
    assert_eq!(named(&entities, "Mercury").kind, Kind::Person);
}

#[test]
fn what_is_retyped_to_a_name_that_is_there_joins_it() {
    let text = Text::new("Mercury sang. Mercury is far.".into(), vec![], vec![]);
    let both = vec![
        Entity {
            mentions: vec![Mention { range: TextRange::new(0, 7), rule: Rule::Name, confidence: 9 }],
            ..entity(&text, Kind::Person, &["Mercury"], 1.0)
        },
        Entity {
            mentions: vec![Mention { range: TextRange::new(14, 21), rule: Rule::Name, confidence: 9 }],
            ..entity(&text, Kind::Place, &["Mercury"], 0.5)
        },
    ];
    let entities = corrections("retype | place | Mercury | person").apply(&text, both);
    assert_eq!(entities.len(), 1);
    assert_eq!((entities[0].kind, entities[0].mentions.len()), (Kind::Person, 2));
}

#[test]
fn what_is_ignored_is_gone_and_the_rest_is_measured_by_what_is_left() {
    let entities = applied("ignore | person | george bush");
    assert_eq!(entities.len(), 4);
    assert_eq!(entities[0].name, "Dick Cheney");
    assert!((entities[0].salience - 1.0).abs() < 1e-6);
    // Ignoring a name that is part of another leaves the other.
    let entities = applied("merge | person | Laura Bush | person | George Bush\nignore | person | Laura Bush");
    assert_eq!(words(&text(), named(&entities, "George Bush")), ["Bush", "George Bush", "Bush"]);
}

#[test]
fn what_is_followed_comes_first() {
    let entities = applied("follow | organisation | Mercury");
    assert_eq!(entities[0].name, "Mercury");
    assert!(entities[0].followed && !entities[1].followed);
    let merged = applied("follow | person | Laura Bush\nmerge | person | Laura Bush | person | George Bush");
    assert!(named(&merged, "George Bush").followed);
}

#[test]
fn what_is_said_of_the_new_name_holds_for_the_old() {
    for lines in [
        "rename | place | Mercury | Freddie\nretype | place | Freddie | person\nfollow | person | Freddie",
        "follow | person | Freddie\nretype | place | Freddie | person\nrename | place | Mercury | Freddie",
    ] {
        let entities = applied(lines);
        let entity = named(&entities, "Freddie");
        assert!(entity.followed && entity.kind == Kind::Person, "{entity:?}");
    }
}

#[test]
fn quotes_go_with_who_said_them() {
    let text = text();
    let mut all = found(&text);
    all[2].quotes = vec![Quote { range: TextRange::new(0, 4), direct: true, rule: QuoteRule::Named }];
    let entities = corrections("merge | person | Laura Bush | person | George Bush").apply(&text, all);
    assert_eq!(named(&entities, "George Bush").quotes.len(), 1);
}

#[test]
fn amounts_of_the_same_figures_stay_apart() {
    let text = Text::new("£5 and $5 and Oslo.".into(), vec![], vec![]);
    let all = vec![
        entity(&text, Kind::Money, &["£5"], 1.0),
        entity(&text, Kind::Money, &["$5"], 0.5),
        entity(&text, Kind::Place, &["Oslo"], 0.5),
    ];
    assert_eq!(corrections("follow | money | 5").apply(&text, all.clone()).len(), 3);
    assert_eq!(corrections("ignore | place | Oslo").apply(&text, all).len(), 2);
}

#[test]
fn wrong_lines_are_named_and_stay_in_the_file() {
    let tsv = "# my own\n\nmerge\tperson\tCheney\nforget\tperson\tRice\nignore person Rice\nignore\thuman\tRice\nignore\tperson\t—\n\
               retype\tperson\tRice\tdate\nmerge\tplace\tUS\torganisation\tthe U.S.\nignore\tperson\tRice\t\t\n";
    let (mut corrections, faults) = Corrections::from_tsv(tsv);
    let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
    for (told, wanted) in told.iter().zip([
        "line 3: after merge come kind, name, kind, name, with tabs between",
        "line 4: “forget” is no verb; the verbs are merge, split, rename, retype, ignore, follow",
        "line 5: its parts are not set apart by tabs",
        "line 6: “human” is no kind",
        "line 7: “—” is no name",
        "line 8: no name is a date",
        "line 9: both are the same name",
    ]) {
        assert!(told.starts_with(wanted), "{told}");
    }
    assert_eq!((told.len(), corrections.len()), (7, 1));
    assert_eq!(corrections.to_tsv(), tsv);
    let follow = Correction::Follow(Named::new(Kind::Place, "Oslo").unwrap());
    corrections.edit(&corrections.correcting(follow));
    assert_eq!(corrections.to_tsv(), format!("{tsv}follow\tplace\tOslo\n"));
}

#[test]
fn a_circle_is_cut_where_it_closes() {
    let tsv =
        "merge\tperson\tA\tperson\tB\nmerge\tperson\tB\tperson\tC\nmerge\tperson\tC\tperson\tA\nignore\tperson\tD\n";
    let (corrections, faults) = Corrections::from_tsv(tsv);
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3]);
    assert_eq!(corrections.len(), 3);
    assert_eq!(corrections.to_tsv(), tsv);
}

#[test]
fn a_word_that_is_said_again_leaves_no_circle_before_it() {
    let named = |kind, name| Named::new(kind, name).unwrap();
    let (person, place) = (|name| named(Kind::Person, name), |name| named(Kind::Place, name));
    let mut corrections = Corrections::default();
    for correction in [
        Correction::Merge(place("George Bush"), person("Dick Cheney")),
        Correction::Rename(place("George Bush"), "Cheney".to_owned()),
        Correction::Split(person("George Bush")),
        Correction::Rename(place("Cheney"), "George Bush".to_owned()),
        Correction::Merge(person("Cheney"), person("George Bush")),
        Correction::Merge(person("Dick Cheney"), place("George Bush")),
        Correction::Split(person("George Bush")),
    ] {
        corrections.edit(&corrections.correcting(correction));
        let (read, faults) = Corrections::from_tsv(&corrections.to_tsv());
        assert_eq!((faults, &read), (vec![], &corrections));
    }
}

#[test]
fn a_later_word_replaces_the_earlier_and_what_would_lead_back() {
    let mut corrections = Corrections::default();
    let person = |name: &str| Named::new(Kind::Person, name).unwrap();
    let first = corrections.correcting(Correction::Rename(person("A"), "B".into()));
    corrections.edit(&first);
    let back = corrections.correcting(Correction::Rename(person("B"), "A".into()));
    assert_eq!(back.take, first.add);
    corrections.edit(&back);
    let second = corrections.correcting(Correction::Rename(person("B"), "C".into()));
    assert_eq!(second.take, back.add);
    corrections.edit(&second);
    assert_eq!(corrections.all().collect::<Vec<_>>(), [&Correction::Rename(person("B"), "C".into())]);
    let before = corrections.clone();
    corrections.edit(&second.reversed());
    corrections.edit(&second);
    assert_eq!(corrections, before);
}

#[test]
fn what_made_an_entity_what_it_is_can_be_told() {
    let text = text();
    let corrections = corrections(
        "merge | person | Laura Bush | person | George Bush\nfollow | person | George Bush\nignore | place | Mercury",
    );
    let entities = corrections.apply(&text, found(&text));
    let behind = corrections.behind(&text, found(&text), &entities[0]);
    let told: Vec<String> = behind.iter().map(Correction::to_string).collect();
    assert_eq!(told, ["“Laura Bush” is “George Bush”", "“George Bush” is followed"]);
    assert!(corrections.behind(&text, found(&text), named(&entities, "U.S.")).is_empty());
}

#[test]
fn names_are_cleaned() {
    let named = Named::new(Kind::Person, "\u{1b}[31mAnn\tReed\n").unwrap();
    assert_eq!(named.name(), "Ann Reed");
    assert_eq!(Named::new(Kind::Person, "\t…"), None);
}

fn any_correction() -> impl Strategy<Value = Correction> {
    let kind = prop::sample::select(vec![Kind::Person, Kind::Place, Kind::Organisation]);
    let name =
        prop::sample::select(vec!["George Bush", "Bush", "Dick Cheney", "Cheney", "Laura Bush", "US", "Mercury"]);
    let named = (kind, name).prop_map(|(kind, name)| Named::new(kind, name).unwrap());
    (0..6, named.clone(), named).prop_map(|(verb, one, other)| match verb {
        0 if one.key() != other.key() => Correction::Merge(one, other),
        0 | 1 => Correction::Split(one),
        2 => Correction::Rename(one, other.name),
        3 => Correction::Retype(one, other.kind),
        4 => Correction::Ignore(one),
        _ => Correction::Follow(one),
    })
}

proptest! {
    #[test]
    fn no_corrections_lose_or_double_a_mention(all in prop::collection::vec(any_correction(), 0..12)) {
        let text = text();
        let mut corrections = Corrections::default();
        for correction in all {
            let edit = corrections.correcting(correction.clone());
            let before = corrections.clone();
            corrections.edit(&edit);
            prop_assert!(corrections.all().any(|holds| *holds == correction));
            let mut back = corrections.clone();
            back.edit(&edit.reversed());
            prop_assert_eq!(back.len(), before.len());
            let (read, faults) = Corrections::from_tsv(&corrections.to_tsv());
            prop_assert_eq!(faults, vec![]);
            prop_assert_eq!(&read, &corrections);
        }
        let mut seen: Vec<TextRange> = corrections.apply(&text, found(&text)).iter().flat_map(|entity| {
            assert!(!entity.mentions.is_empty() && !entity.name.is_empty());
            entity.mentions.iter().map(|mention| mention.range).collect::<Vec<_>>()
        }).collect();
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), count);
        let ignores = corrections.all().any(|correction| matches!(correction, Correction::Ignore(_)));
        prop_assert!(ignores || count == found(&text).iter().map(|entity| entity.mentions.len()).sum::<usize>());
    }

    #[test]
    fn any_text_can_be_read_and_is_written_as_it_was(text in "([a-z]{1,3}|\t|merge|ignore|person|place|\n| |#|B|C){0,60}") {
        let (corrections, _) = Corrections::from_tsv(&text);
        let written = corrections.to_tsv();
        prop_assert_eq!(written.lines().collect::<Vec<_>>(), text.lines().collect::<Vec<_>>());
    }
}

/// As many corrections as a file of the largest size has, and an article they are all about: each of these took the square
/// of their number once.
#[test]
fn many_corrections_of_many_names_are_one_walk_through_both() {
    const MANY: usize = 20_000;
    let person = |name: &str| Named::new(Kind::Person, name).unwrap();
    let name = |number: usize| format!("Ann N{number}");
    let (mut words, mut found) = (String::new(), Vec::new());
    for number in 0..MANY {
        let range = TextRange::new(words.len(), words.len() + name(number).len());
        words.push_str(&name(number));
        words.push(' ');
        let mention = Mention { range, rule: Rule::Name, confidence: 93 };
        let text = Text::new("Ann".into(), vec![], vec![]);
        found.push(Entity {
            name: name(number),
            mentions: vec![mention],
            ..entity(&text, Kind::Person, &["Ann"], 1.0)
        });
    }
    let text = Text::new(words, vec![], vec![]);
    let merges = (0..MANY).map(|number| Correction::Merge(person(&name(number)), person("Zoe")));
    let mut corrections = Corrections::default();
    corrections.edit(&Edit { take: vec![], add: merges.collect() });
    let edit = corrections.correcting(Correction::Rename(person("Zoe"), "Zoe Reed".into()));
    corrections.edit(&edit);
    assert_eq!((corrections.len(), edit.take.len()), (MANY + 1, 0));
    let shown = corrections.apply(&text, found);
    assert_eq!((shown.len(), shown[0].mentions.len(), shown[0].aliases.len()), (1, MANY, MANY));
    assert_eq!(shown[0].name, "Zoe Reed");
    assert_eq!(forms_apart(&shown[0]).len(), MANY);
    let back = Edit { take: corrections.all().cloned().collect(), add: vec![] };
    corrections.edit(&back);
    assert!(corrections.is_empty());
}

#[test]
fn a_name_that_is_of_another_kind_now_joins_what_it_equals() {
    let text = Text::new("Jo Mercury sang. Mercury is hot. Mercury left. MERCURY sank.".into(), vec![], vec![]);
    let mention = |start: usize, end| Mention { range: TextRange::new(start, end), rule: Rule::Name, confidence: 90 };
    let singer =
        |name: &str, forms: Vec<Mention>| Entity { mentions: forms, ..entity(&text, Kind::Person, &[name], 1.0) };
    let place = || Entity { mentions: vec![mention(17, 24)], ..entity(&text, Kind::Place, &["Mercury"], 0.5) };
    let retype = corrections("retype | place | Mercury | person");
    // The very name, in other capitals.
    let found = vec![singer("MERCURY", vec![mention(47, 54)]), place()];
    let entities = retype.apply(&text, found);
    assert_eq!(entities.len(), 1);
    assert_eq!(words(&text, &entities[0]), ["Mercury", "MERCURY"]);
    // A short form of one person.
    let jo = singer("Jo Mercury", vec![mention(0, 10), mention(33, 40)]);
    let entities = retype.apply(&text, vec![jo.clone(), place()]);
    assert_eq!(entities.len(), 1);
    assert_eq!((entities[0].name.as_str(), entities[0].mentions.len()), ("Jo Mercury", 3));
    assert_eq!(retype.behind(&text, vec![jo.clone(), place()], &entities[0]).len(), 1);
    // Of two: then it is nobody's.
    let other = singer("Al Mercury", vec![mention(47, 54)]);
    assert_eq!(retype.apply(&text, vec![jo, other, place()]).len(), 3);
}
