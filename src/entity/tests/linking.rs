//! Which names are one thing, what it is, and what it goes by.

use super::*;

fn kind_of(entities: &[Entity], name: &str) -> (Kind, usize) {
    let found = named(entities, name);
    (found.kind, found.mentions.len())
}

/// What an article with this headline names.
fn under(headline: &str, body: &str) -> Vec<Entity> {
    let text = text(&[(BlockKind::Headline, headline), (BlockKind::Paragraph, body)]);
    analyse(&text, &Context::default())
}

#[test]
fn a_surname_that_is_a_place_is_the_persons_it_was_introduced_with() {
    let found = under(
        "Holland leaves the choir",
        "LEEDS — Oskar Holland has left the choir he led, the choir said on Tuesday. Holland joined it in 2010. Holland, who \
         sang in Oslo, will teach. “It was time,” Holland said. Holland's pupils wept. A spokesman for Holland was glad.",
    );
    assert_eq!(kind_of(&found, "Oskar Holland"), (Kind::Person, 7));
    assert!(!named(&found, "Oskar Holland").doubtful);
    let found = under(
        "Paris opens a school in Lagos",
        "The actor Carla Paris opened a school in Lagos. Paris said she had dreamed of it. Ms Paris, 49, will teach there.",
    );
    assert_eq!(kind_of(&found, "Carla Paris"), (Kind::Person, 4));
}

#[test]
fn a_place_that_somebody_is_named_after_stays_one_where_the_article_says_so() {
    let found = entities(
        "Daniel Peru came to Lima on Tuesday. Officials in Peru said he would meet the president. The republic of Peru \
         borders Chile. Peru's foreign minister met him.",
    );
    assert_eq!((kind_of(&found, "Daniel Peru"), kind_of(&found, "Peru")), ((Kind::Person, 1), (Kind::Place, 3)));
    // Evidence for both: two things.
    let found = entities("Daniel Peru flew to Lima. Peru said he was glad. Mr Peru will stay in Peru for a week.");
    assert_eq!((kind_of(&found, "Daniel Peru"), kind_of(&found, "Peru")), ((Kind::Person, 3), (Kind::Place, 1)));
}

#[test]
fn parts_of_a_persons_name_are_that_person() {
    let found = entities(
        "Maria de la Cruz Ortega met Ludwig van der Hagen. De la Cruz agreed, Cruz Ortega said. Van der Hagen was glad. \
         Nguyen Thi Thanh Huong met Park Geun-sik. Park smiled. Huong left.",
    );
    for (name, mentions) in [
        ("Maria de la Cruz Ortega", 3),
        ("Ludwig van der Hagen", 2),
        ("Nguyen Thi Thanh Huong", 2),
        ("Park Geun-sik", 2),
    ] {
        assert_eq!(kind_of(&found, name), (Kind::Person, mentions), "{name}");
    }
}

#[test]
fn initials_in_brackets_are_those_of_the_name_beside_them() {
    for (words, name) in [
        ("The Civil Harbour Police (CHP) came. The CHP left.", "Civil Harbour Police"),
        ("The CHP (Civil Harbour Police) came. The CHP left.", "Civil Harbour Police"),
        // In another language.
        ("The National Harbour Police (PNH) came. The PNH left.", "National Harbour Police"),
        // In mixed case.
        ("The Ministry of Rural Affairs (MoRA) wrote. MoRA paid.", "Ministry of Rural Affairs"),
    ] {
        assert_eq!(kind_of(&entities(words), name), (Kind::Organisation, 3), "{words}");
    }
}

#[test]
fn an_abbreviation_of_common_nouns_is_no_name() {
    for words in [
        "The town bought closed-circuit television (CCTV). The CCTV is on.",
        "The cost of operations and maintenance (O&M) rose. O&M is dear.",
        "A non-governmental organisation (NGO) came, and the NGO stayed.",
        "The firm's CEO met an MP and two NGOs.",
    ] {
        assert_eq!(names(words), [], "{words}");
    }
}

#[test]
fn what_is_known_as_something_is_that() {
    let found = entities("Sandford Harbour Board, also known as Harbour Watch, met on Monday. Harbour Watch is old.");
    assert_eq!(named(&found, "Sandford Harbour Board").mentions.len(), 3);
}

#[test]
fn what_a_thing_is_said_to_be_tells_what_it_is() {
    use Kind::{Organisation, Other, Place};
    for (words, name, kind) in [
        ("Officials fined Pharmo, a telecoms regulator, on Monday. Pharmo shares fell.", "Pharmo", Organisation),
        ("They moved to the village of Ardlin. Ardlin, a village in Peru, is old.", "Ardlin", Place),
        ("Guards found the Tavik assault rifle. The Tavik rifle was old.", "Tavik", Other),
    ] {
        assert_eq!(named(&entities(words), name).kind, kind, "{words}");
    }
}

#[test]
fn a_name_without_evidence_of_a_work_or_event_is_just_another() {
    let found = entities("Parliament passed the Harbours Act on Monday. The Salt Cup begins in June.");
    assert_eq!((named(&found, "Harbours Act").kind, named(&found, "Salt Cup").kind), (Kind::Work, Kind::Event));
}

#[test]
fn shown_names_are_the_articles_own() {
    let found =
        entities("The Paralympics open in Calcutta. The port of Suez is busy. A Māori choir sang for the US team.");
    let shown: Vec<&str> = found.iter().map(|entity| entity.name.as_str()).collect();
    for name in ["Calcutta", "Suez", "Māori", "United States"] {
        assert!(shown.contains(&name), "{name} is not among {shown:?}");
    }
    assert!(!shown.contains(&"Olympics"));
}

#[test]
fn capitals_among_capitals_are_no_abbreviation() {
    let found = under("WHO WILL PAY FOR THE BRIDGE", "The code is under the MIT license, and nobody asked the mayor.");
    let shown: Vec<&str> = found.iter().map(|entity| entity.name.as_str()).collect();
    assert!(shown.iter().all(|name| !name.contains("World Health") && !name.contains("Massachusetts")), "{shown:?}");
}

#[test]
fn a_paper_that_is_only_told_things_does_not_lead() {
    let found = under(
        "Bridge closed",
        "“It was time,” Ana Reed told The Lagos Mirror. Reed, of Harbour Watch, told The Lagos Mirror that it was old. Reed told \
         The Lagos Mirror all. Harbour Watch counts bridges.",
    );
    let at = |name: &str| found.iter().position(|entity| entity.name == name).unwrap();
    assert!(at("The Lagos Mirror") > at("Ana Reed") && at("The Lagos Mirror") > at("Harbour Watch"));
}

#[test]
fn a_country_and_its_people_do_not_both_lead() {
    let found = under(
        "Peru counts its bridges",
        "Peru has old bridges. Peruvian engineers count them, and Peruvian towns pay. Chile has none. Ana Reed counted in Peru \
         and in Chile.",
    );
    let at = |name: &str| found.iter().position(|entity| entity.name == name).unwrap();
    assert!(at("Peru") == 0 && at("Peruvian") > at("Chile"));
}

#[test]
fn an_abbreviation_that_the_article_explains_is_a_name_wherever_it_stands() {
    let found = entities("The Bank of Corvo (BoC) cut rates. BoC staff cheered, and BoC shares rose.");
    assert_eq!(kind_of(&found, "Bank of Corvo"), (Kind::Organisation, 4));
}

#[test]
fn a_family_is_not_the_one_who_bears_its_name() {
    let found = entities("Serena Hughes won on Tuesday. Hughes' coach left. The Hugheses wept.");
    assert_eq!((kind_of(&found, "Serena Hughes"), kind_of(&found, "Hugheses")), ((Kind::Person, 2), (Kind::Person, 1)));
}

#[test]
fn a_family_name_that_several_bear_is_that_of_whoever_was_named_before() {
    let found = entities(
        "Kim Dae-ho met Kim Seong-jin in Seoul. The budget was late, and ministers had waited for a month to see it. Then Kim \
         Dae-ho smiled. Kim said it was good.",
    );
    assert_eq!(
        (kind_of(&found, "Kim Dae-ho"), kind_of(&found, "Kim Seong-jin")),
        ((Kind::Person, 3), (Kind::Person, 1))
    );
}

#[test]
fn many_people_of_one_name_take_no_longer_than_others() {
    let letter = |number: u32, at: u32| char::from(b'a' + ((number >> at) % 16) as u8);
    let sentence = |number| {
        let given: String = [0, 4, 8].map(|at| letter(number, at)).into_iter().collect();
        format!("Ab{given} Reed met Reed (AR). ")
    };
    let words: String = (0..3_000).map(sentence).collect();
    assert!(!entities(&words).is_empty());
}

#[test]
fn initials_are_one_with_their_long_form_wherever_they_stand() {
    for (words, name, mentions) in [
        // Behind a possessive.
        ("The Civil Harbour Police’s (CHP) boats came. The CHP left.", "Civil Harbour Police", 3),
        // Mixed case, without a bracket.
        (
            "The Corvo Institute of Sailing said so. The CISa was glad, a CISa man said.",
            "Corvo Institute of Sailing",
            3,
        ),
        // Small words of another language.
        ("The Galeria de Arte Nova opened. The GAN is new.", "Galeria de Arte Nova", 2),
        // The lists know it by a spelling that is not the article's.
        (
            "The International Labour Organisation met in Corvo on Monday. The ILO said so.",
            "International Labour Organisation",
            2,
        ),
        // And another body of the same letters, which the article introduces.
        ("The Election Commission met on Monday. The EC said so.", "Election Commission", 2),
        // The letters tell how far the name goes.
        (
            "She addressed the UN Commission on the Rights of Sailors (CRS). The CRS met.",
            "UN Commission on the Rights of Sailors",
            3,
        ),
        ("The National Sailing Congress (NSC) Caucus met. The NSC left.", "National Sailing Congress", 3),
    ] {
        assert_eq!(kind_of(&entities(words), name), (Kind::Organisation, mentions), "{words}");
    }
}

#[test]
fn initials_that_a_list_knows_are_not_anothers() {
    let found = entities("The United Nations met. The UN sent the University of Nosby a letter, the UN said.");
    assert_eq!(kind_of(&found, "United Nations"), (Kind::Organisation, 3));
    assert_eq!(kind_of(&found, "University of Nosby"), (Kind::Organisation, 1));
}

#[test]
fn two_spellings_of_a_name_are_one() {
    let found = entities(
        "Minister Hassan Amir-Rezaian arrived. Hassan Amirrezaian smiled. The skipper Lucas Moraes won. Lucas Moreas was \
         glad. Professor William Shroeder met William Schroeder's pupils. Lena Maurer sang. “It was cold,” Mauer said.",
    );
    for name in ["Hassan Amir-Rezaian", "Lucas Moraes", "William Schroeder", "Lena Maurer"] {
        assert_eq!(kind_of(&found, name), (Kind::Person, 2), "{name}");
    }
}

#[test]
fn names_that_are_only_alike_stay_two() {
    let found = entities(
        "Daniel Corrigan met Daniela Corrigan. Marina Okafor met Maria Okafor. Pedro Fernandez met Pedro Hernandez. \
         Officials met Christian Lund and Christina Lund.",
    );
    for name in
        ["Daniel Corrigan", "Daniela Corrigan", "Marina Okafor", "Maria Okafor", "Pedro Fernandez", "Pedro Hernandez"]
            .into_iter()
            .chain(["Christian Lund", "Christina Lund"])
    {
        assert_eq!(kind_of(&found, name), (Kind::Person, 1), "{name}");
    }
}

#[test]
fn a_surname_behind_an_opening_clause_is_the_persons() {
    let found = entities(
        "Joshua Norton Reed came to Oslo. Born in England, Reed lived in Leeds. Given the unrest in this city, Reed might \
         leave. Reed said so.",
    );
    assert_eq!(kind_of(&found, "Joshua Norton Reed"), (Kind::Person, 4));
}

#[test]
fn what_is_no_person_lends_its_parts_to_nobody() {
    for (words, long, short) in [
        ("Officials in Korea met the Democratic Party of Korea. Korea said so.", "Democratic Party of Korea", "Korea"),
        ("Farmers of West Africa asked for rain. Africa is large, and Africa waits.", "West Africa", "Africa"),
        ("Team Kenya won the race. Kenya cheered. Officials in Kenya wept.", "Team Kenya", "Kenya"),
    ] {
        let found = entities(words);
        let of = |name: &str| {
            found.iter().position(|entity| entity.name == name || entity.aliases.iter().any(|own| own == name))
        };
        assert!(of(short).is_some() && of(short) != of(long), "{words} {found:?}");
    }
}

#[test]
fn pieces_of_one_persons_name_are_put_together() {
    let found =
        entities("Sheikh Meshal Al-Jarrah Al-Harbi came to Oslo on Monday. Amir Sheikh Nawaf Al-Harbi did not.");
    let named: Vec<&str> =
        found.iter().filter(|entity| entity.kind == Kind::Person).map(|entity| &*entity.name).collect();
    assert!(named.contains(&"Meshal Al-Jarrah Al-Harbi") && named.contains(&"Nawaf Al-Harbi"), "{named:?}");
}

#[test]
fn companies_waters_and_yearly_events_go_by_shorter_names() {
    for (words, name, mentions) in [
        ("Shares of Samsung Electronics fell. Samsung said so.", "Samsung Electronics", 2),
        ("Villages along the Old Marrow River were flooded. The Old Marrow rose.", "Old Marrow River", 2),
        ("The 2016 Corvo Fringe Festival was wet. The Corvo Fringe Festival is old.", "2016 Corvo Fringe Festival", 2),
        ("The Hashemite Kingdom of Jordan is small. Officials in Jordan said so.", "Jordan", 2),
    ] {
        let found = entities(words);
        let has = |entity: &&Entity| entity.name == name || entity.aliases.iter().any(|own| own == name);
        assert_eq!(found.iter().find(has).map(|entity| entity.mentions.len()), Some(mentions), "{words} {found:?}");
    }
}
