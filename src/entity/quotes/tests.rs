//! Single rules, each on a sentence or two, and hostile input.

use crate::article::{Block, BlockKind, Text, TextRange};
use crate::entity::cast::Cast;
use crate::entity::quotes::marks::Marks;
use crate::entity::words::Reading;
use crate::entity::{Entity, Kind, Mention, QuoteRule, Rule, pronouns, quotes, roles};

/// The paragraphs of an article.
pub(in crate::entity) fn paragraphs(words: &str) -> Text {
    let mut at = 0;
    let mut blocks = Vec::new();
    for block in words.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(at, at + block.len()) });
        at += block.len() + 2;
    }
    Text::new(words.to_owned(), blocks, vec![])
}

/// The entities of `cast` where `text` names them. Each line of `cast` is a kind, a name and its other forms:
/// `P Ana Reed|Reed`; a title before the name tells the gender: `P Mrs:Ana Reed|Reed`.
pub(in crate::entity) fn cast(cast: &str, text: &Text) -> Vec<Entity> {
    let kind = |letter| match letter {
        "P" => Kind::Person,
        "L" => Kind::Place,
        "D" => Kind::Date,
        _ => Kind::Organisation,
    };
    let mut forms: Vec<(&str, usize)> = Vec::new();
    let mut entities: Vec<Entity> = Vec::new();
    for line in cast.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (letter, names) = line.split_once(' ').unwrap();
        let (title, names) = names.split_once(':').unwrap_or(("", names));
        forms.extend(names.split('|').map(|form| (form, entities.len())));
        entities.push(Entity {
            kind: kind(letter),
            name: names.split('|').next().unwrap().to_owned(),
            aliases: vec![],
            titles: if title.is_empty() { vec![] } else { vec![title.to_owned()] },
            mentions: vec![],
            salience: 0.0,
            value: None,
            doubtful: false,
            followed: false,
            quotes: vec![],
        });
    }
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    let mut taken = vec![false; text.len()];
    for (form, entity) in forms {
        for (at, _) in text.as_str().match_indices(form) {
            let end = at + form.len();
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let before = text.as_str().get(..at).unwrap().chars().next_back();
            let after = text.as_str().get(end..).unwrap().chars().next();
            if edge(before) && edge(after) && !taken[at..end].contains(&true) {
                taken[at..end].fill(true);
                let range = TextRange::new(at, end);
                entities[entity].mentions.push(Mention { range, rule: Rule::Name, confidence: 100 });
            }
        }
    }
    for entity in &mut entities {
        entity.mentions.sort();
    }
    entities
}

/// The same, with what they say.
pub(super) fn said(people: &str, text: &Text) -> Vec<Entity> {
    let mut entities = cast(people, text);
    let reading = Reading::new(text);
    let marks = Marks::new(&reading);
    let mut cast = Cast::new(&reading, &entities);
    roles::resolve(&reading, &mut cast);
    let pronouns = pronouns::resolve(&reading, &mut cast, &marks.quoted);
    quotes::attribute(&reading, &cast, &marks, &pronouns, &mut entities);
    entities
}

/// Speaker, whether direct, words, in reading order.
fn all(words: &str) -> Vec<(String, bool, String, QuoteRule)> {
    let text = paragraphs(words);
    let cast = "P Mrs:Ana Reed|Reed\nP Mr:Tom Hale|Hale\nP Wim Okoro|Okoro\nO Harbour Board|Board\nO Acme\nL Lisbon\n\
                O Reuters\nD Monday\nD Tuesday";
    let entities = said(cast, &text);
    let mut found: Vec<_> = entities
        .iter()
        .flat_map(|entity| entity.quotes.iter().map(move |quote| (quote.range, entity, quote)))
        .collect();
    found.sort_by_key(|(range, ..)| *range);
    found
        .into_iter()
        .map(|(range, entity, quote)| {
            let surname = entity.name.rsplit(' ').next().unwrap().to_owned();
            (surname, quote.direct, text.slice(range).to_owned(), quote.rule)
        })
        .collect()
}

fn direct(words: &str) -> Vec<(String, String)> {
    all(words).into_iter().filter(|quote| quote.1).map(|quote| (quote.0, quote.2)).collect()
}

fn told(words: &str) -> Vec<(String, String)> {
    all(words).into_iter().filter(|quote| !quote.1).map(|quote| (quote.0, quote.2)).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(who, words)| ((*who).to_owned(), (*words).to_owned())).collect()
}

#[test]
fn a_verb_beside_a_quotation_names_who_says_it() {
    for words in [
        "“The bridge is shut today,” said Reed.",
        "\"The bridge is shut today,\" Reed said.",
        "‘The bridge is shut today,’ said Ana Reed, who runs it.",
        "‘The bridge is shut today’, Reed told Reuters.",
        "'The bridge is shut today,' Mrs Reed said on Monday.",
        "“The bridge is shut today,” Ana Reed, a 42-year-old engineer from Lisbon, told reporters.",
        "“The bridge is shut today,” said the Board’s chief engineer, Ana Reed.",
        "“The bridge is shut today,” said Board engineer Ana Reed.",
        "“The bridge is shut today,” explains Reed.",
        "“The bridge is shut today” – Ana Reed said.",
        "Reed said: “The bridge is shut today.”",
        "Reed told Reuters on Monday, “The bridge is shut today.”",
        "In a letter to Hale, Reed wrote: “The bridge is shut today.”",
        "Ana Reed of the Harbour Board said “the bridge is shut today”.",
        "Reed, whose brother is Tom Hale, replied: “The bridge is shut today.”",
        "According to Reed, “the bridge is shut today”.",
        "Reed stood up and said: «The bridge is shut today.»",
        "Reed was clear: „The bridge is shut today.“",
    ] {
        let found = direct(words);
        assert_eq!(found.len(), 1, "{words} {found:?}");
        assert_eq!(
            (found[0].0.as_str(), found[0].1.to_lowercase().trim_end_matches('.')),
            ("Reed", "the bridge is shut today"),
            "{words}"
        );
    }
}

#[test]
fn whoever_cannot_be_told_stays_unnamed() {
    for words in [
        "“The bridge is shut today,” a worker told Reed.",
        "“The bridge is shut today,” they said. Reed was not there.",
        "“The bridge is shut today,” Reed and Hale said.",
        "“The bridge is shut today,” said Reed’s lawyer.",
        "“The bridge is shut today,” said the brother of Ana Reed.",
        "“The bridge is shut today,” the mayor of Lisbon said.",
        "Reed was told “the bridge is shut today”.",
        "Reed did not say “the bridge is shut today”.",
        "Reed left. “The bridge is shut today,” read the sign.",
        "Reed bought “the best and the brightest” of them.",
        "The sign read: “The bridge is shut today.”",
    ] {
        assert_eq!(direct(words), [], "{words}");
    }
}

#[test]
fn titles_and_scare_quotes_are_not_said() {
    for words in ["Reed said the “green” bridge was shut.", "Hale said he read “The Long Road to Lisbon” twice."]
    {
        assert_eq!(direct(words), [], "{words}");
    }
    assert_eq!(direct("“No comment,” Hale said."), pairs(&[("Hale", "No comment")]));
}

#[test]
fn bodies_speak_too() {
    assert_eq!(
        direct("“We will open it soon,” a spokeswoman for the Harbour Board said. It added: “Nobody need worry now.”"),
        pairs(&[("Board", "We will open it soon"), ("Board", "Nobody need worry now.")])
    );
    assert_eq!(
        direct("“We sold all of it,” Acme said in a statement. “We are sorry about that,” said an Acme spokesman."),
        pairs(&[("Acme", "We sold all of it"), ("Acme", "We are sorry about that")])
    );
}

#[test]
fn pronouns_are_the_last_person_who_fits() {
    let found = all("Ana Reed met Tom Hale in Lisbon. “It was a long day,” she said. He said: “It was far too short.”");
    let found: Vec<_> = found.iter().map(|quote| (quote.0.as_str(), quote.3)).collect();
    assert_eq!(found, [("Reed", QuoteRule::Pronoun), ("Hale", QuoteRule::Pronoun)]);
    assert_eq!(direct("The Board met. “It was a long day,” she said."), []);
}

#[test]
fn a_quotation_goes_on() {
    assert_eq!(
        direct(
            "“We came by sea,” Reed said. “We left by land.”\n\n“It was a long way.”\n\nThe sun was out.\n\n“Who is there now?”"
        ),
        pairs(&[("Reed", "We came by sea"), ("Reed", "We left by land."), ("Reed", "It was a long way.")])
    );
    assert_eq!(
        direct("Reed said: “We came by sea.\n\n“We left by land.”\n\nHale laughed."),
        pairs(&[("Reed", "We came by sea."), ("Reed", "We left by land.")])
    );
    assert_eq!(
        direct("“We came by sea.\n\n“We left by land,” said Hale."),
        pairs(&[("Hale", "We came by sea."), ("Hale", "We left by land")])
    );
    assert_eq!(
        direct("“We came by sea,” Reed said, adding: “We left by land.”"),
        pairs(&[("Reed", "We came by sea"), ("Reed", "We left by land.")])
    );
}

#[test]
fn descriptions_speak_for_whom_they_describe() {
    for words in [
        "President Ana Reed came. “The bridge is shut today,” the President said.",
        "Union leader Ana Reed came. “The bridge is shut today,” said the former leader, who lives in Lisbon.",
        "Ana Reed, 42, a crane driver from Lisbon, came. “The bridge is shut today,” the driver said on Monday.",
        "Ana Reed is the rector of Acme. It rained. The rector told Reuters: “The bridge is shut today.”",
        "Ana Reed, the mayor of Lisbon, came. “The bridge is shut today,” the mayor of Lisbon said.",
        "The Harbour Board’s engineer, Ana Reed, came. The engineer was blunt. She added: “The bridge is shut today.”",
        "Ana Reed came first. “The bridge is shut today,” the 42-year-old said.",
        "PM Ana Reed came. “The bridge is shut today,” the prime minister said.",
        "Ana Reed, the prime minister, came. “The bridge is shut today,” the premier said.",
        "Sen. Ana Reed came. “The bridge is shut today,” the senator said.",
        "Ana Reed, a Labour MP, came. “The bridge is shut today,” the lawmaker said.",
        "Spokeswoman Ana Reed came. “The bridge is shut today,” the spokesperson said.",
        "Acme’s chief executive Ana Reed came. “The bridge is shut today,” the CEO said.",
        "Foreign minister Ana Reed met Finance Minister Tom Hale. “The bridge is shut today,” the foreign minister said.",
        "Prime Minister Ana Reed met former prime minister Tom Hale. “The bridge is shut today,” the prime minister said.",
        "Prime Minister Ana Reed met Deputy Prime Minister Tom Hale. “The bridge is shut today,” the prime minister said.",
    ] {
        assert_eq!(direct(words).len(), 1, "{words}");
        assert_eq!(direct(words)[0].0, "Reed", "{words}");
    }
    let board = pairs(&[("Board", "We will open it soon")]);
    assert_eq!(direct("The Harbour Board met. Hale came. “We will open it soon,” the board said."), board);
    let acme = pairs(&[("Acme", "We will open it soon")]);
    assert_eq!(direct("Acme sold it all. “We will open it soon,” the company said in a note."), acme);
    assert_eq!(all("The Harbour Board met. “We will open it soon,” the board said.")[0].3, QuoteRule::Role);
}

#[test]
fn a_description_of_somebody_else_is_nobodys() {
    for words in [
        "President Ana Reed came. “The bridge is shut today,” the vice president said.",
        "Ana Reed, a driver, came. A driver stopped. “The bridge is shut today,” the driver said.",
        "Former president Ana Reed came. “The bridge is shut today,” the president said.",
        "Ana Reed, mayor of Lisbon, came. “The bridge is shut today,” the mayor of the island said.",
        "Ana Reed, a nurse, came. “The bridge is shut today,” the nurse’s lawyer said.",
        "“The bridge is shut today,” the president said.",
        "Ana Reed came. “The bridge is shut today,” the prime minister said.",
        "Ana Reed, the finance minister, came. “The bridge is shut today,” the foreign minister said.",
    ] {
        assert_eq!(direct(words), [], "{words}");
    }
    // "The mayor, Tom Hale" is not the mayor named before.
    assert_eq!(
        direct("Mayor Ana Reed left. “The bridge is shut today,” said the mayor, Tom Hale."),
        pairs(&[("Hale", "The bridge is shut today")])
    );
}

#[test]
fn many_phrases_say_it() {
    for words in [
        "“The bridge is shut today,” affirmed Ana Reed.",
        "Reed opined: “The bridge is shut today.”",
        "Reed underscored that “the bridge is shut today”.",
        "Reed went on to state that “the bridge is shut today”.",
        "Reed pointed out that “the bridge is shut today”.",
        "“The bridge is shut today,” as Reed put it.",
        "“The bridge is shut today,” Reed was quoted as saying.",
        "“The bridge is shut today,” Reuters quoted Ana Reed as saying on Monday.",
        "“The bridge is shut today,” called Ana Reed from the window.",
        "“Is the bridge shut today?” Ana Reed wanted to know.",
        "The talks ended, in the words of engineer Ana Reed, “the bridge is shut today”.",
        "Ana Reed in a meeting at Acme said: “The bridge is shut today.”",
        "Ana Reed, leader of the Board in Lisbon said, “The bridge is shut today.”",
        "Ana Reed, an engineer at the Harbour Board (HB) told Reuters: “The bridge is shut today.”",
        "Board director Ana Reed, said: “The bridge is shut today.”",
        "Bishop Ana Reed of the Harbour Board in Lisbon, who described it thus: “The bridge is shut today.”",
        "Reed was clear in stating that “the bridge is shut today”.",
        "Reed answered in Greek, then translated: “The bridge is shut today.”",
        "Reed shook her head. “The bridge is shut today.”",
        "Reed said; “The bridge is shut today.”",
        "“The bridge is shut today,” said Hale’s colleague Ana Reed.",
        "“The bridge is shut today,” said the chairperson, Ms Ana Reed.",
        "“The bridge is shut today,” said President of the Board Ana Reed.",
        "“The bridge is shut today,” said the acting head of the Board, Dr. Ana Reed, to Reuters.",
        "“The bridge is shut today,” said superintendent (rural), Ana Reed.",
        "“The bridge is shut today,” said Under Secretary Reed.",
        "Indigenous lawyer and engineer Ana Reed, a driver from Lisbon (HB) told Reuters “the bridge is shut today”.",
        "“The bridge is shut today,” Indigenous lawyer and trade expert Ana Reed, a driver in Lisbon (HB) told Reuters.",
        "“The bridge is shut today” for the time being, said Reed.",
        "“The bridge is shut today” for the time being, Reed told Reuters.",
        "Reed spoke to Reuters, saying, “The bridge is shut today,” the minister noted.",
        "Reed laughed when she spoke. She said: “The bridge is shut today.\n\nThe sun was out.",
        "“The bridge is shut today,” said Acme chief capital, trade affairs and marketing officer Ana Reed.",
        "Vice Admiral, Ana Reed, chief of staff of the Harbour Board (HB) said that “the bridge is shut today”.",
        "“The bridge is shut today.” — Ana Reed, engineer, Lisbon",
        "“The bridge is shut today.”\n\n– Ana Reed",
        "“The bridge is shut today,” Ana Reed, an engineer in Lisbon.",
    ] {
        assert_eq!(direct(words).len(), 1, "{words}");
        assert_eq!(direct(words)[0].0, "Reed", "{words}");
    }
}

#[test]
fn phrases_that_name_nobody() {
    for words in [
        "Farmers in Lisbon have complained: “The bridge is shut today.”",
        "Residents of the Harbour Board said: “The bridge is shut today.”",
        "Hale brought up a man who asked for money. “The bridge is shut today,” they sang.",
        "“The bridge is shut today” – a friend of Ana Reed",
        "Ana Reed (“Why the bridge must be shut”, June 7) believes that it is old.",
        "Hale wrote in his new book, “The Long Road to Lisbon,” of the war.",
        "Reed and Hale met. “The bridge is shut today.”",
    ] {
        assert_eq!(direct(words), [], "{words}");
    }
    // Remarks may be made, and fears had.
    assert_eq!(
        direct("Reed said nobody should make remarks that go against “the spirit of the bridge”."),
        pairs(&[("Reed", "the spirit of the bridge")])
    );
    assert_eq!(
        direct("Ana Reed of the Board urged Hale to come. Hale, a nurse from Acme, who said, “We came by sea.”"),
        pairs(&[("Hale", "We came by sea.")])
    );
    assert_eq!(
        direct("Reed said: “We came by sea.\n\n\"We left by land.\""),
        pairs(&[("Reed", "We came by sea."), ("Reed", "We left by land.")])
    );
}

#[test]
fn possessives_are_no_closing_marks() {
    assert_eq!(
        direct("‘The workers’ union has not been paid,’ Reed said of the ’90s and the players’ wages."),
        pairs(&[("Reed", "The workers’ union has not been paid")])
    );
    assert_eq!(
        direct("'He said \"go away\" to all of us,' Hale said. The workers' plan, the teachers' plan."),
        pairs(&[("Hale", "He said \"go away\" to all of us")])
    );
}

#[test]
fn what_is_told_without_marks() {
    for (words, clause) in [
        ("Reed said that the bridge was shut.", "the bridge was shut"),
        ("Reed said the bridge was shut.", "the bridge was shut"),
        ("Reed told Reuters the bridge was shut.", "the bridge was shut"),
        ("Reed said on Monday that the bridge was shut.", "the bridge was shut"),
        ("Reed said Monday the bridge was shut.", "the bridge was shut"),
        ("According to Reed, the bridge was shut.", "the bridge was shut"),
        ("The bridge was shut, according to Ana Reed.", "The bridge was shut"),
        ("The old bridge was shut, Reed said.", "The old bridge was shut"),
        ("The old bridge was shut, said Reed on Tuesday.", "The old bridge was shut"),
        ("Reed argued before the Board that the bridge was shut.", "the bridge was shut"),
        ("Reed asked whether the bridge was shut.", "whether the bridge was shut"),
    ] {
        assert_eq!(told(words), pairs(&[("Reed", clause)]), "{words}");
    }
    assert_eq!(
        told("Reed said the bridge was shut, adding that it was not safe."),
        pairs(&[("Reed", "the bridge was shut"), ("Reed", "it was not safe")])
    );
    for words in [
        "Reed said nothing about it at all.",
        "Reed was said to be the best of them.",
        "Reed told the story of her life in Lisbon.",
        "Reed did not say that the bridge was shut.",
        "Reed announced plans for a new bridge in Lisbon.",
        "In the town of Lisbon, Reed said so.",
    ] {
        assert_eq!(told(words), [], "{words}");
    }
}

#[test]
fn hostile_text_ends() {
    for piece in [
        "\"",
        "“",
        "‘",
        "“”",
        "‘a ‘b ",
        "'a' ",
        "“a b c d” ",
        "Reed, ",
        "he said ",
        "\"\n\n",
        "“a b c d\n\n",
        "“we go” said ",
    ] {
        let text = paragraphs(&piece.repeat(250_000 / piece.len()));
        let entities = said("P Mrs:Ana Reed|Reed", &text);
        assert!(entities.iter().flat_map(|entity| &entity.quotes).all(|quote| quote.range.end <= text.len()));
    }
}
