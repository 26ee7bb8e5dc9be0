//! Names found against names marked: exact spans, with their kind or without.

use std::collections::BTreeSet;

use dateline::internals::article::TextRange;
use dateline::internals::entity::Entity;

use crate::gold::{Class, Gold, GoldName};
use crate::tally::Tally;

/// A name as the program has it; no class if the file does not score its kind.
pub(crate) type FoundName = (TextRange, Option<Class>);

/// The names found that are not doubtful, where names count.
pub(crate) fn found(article: &Gold, entities: &[Entity]) -> BTreeSet<FoundName> {
    let names = entities.iter().filter(|entity| entity.kind.is_name() && !entity.doubtful);
    let found = names.flat_map(|entity| {
        let class = article.class_of(entity.kind);
        entity.mentions.iter().map(move |mention| (mention.range, class))
    });
    // What is marked counts even there.
    let counts = |(range, class): &FoundName| {
        let marked = |name: &GoldName| name.range == *range && Some(name.class) == *class;
        let also = |name: &GoldName| name.range == *range && name.also.is_some() && name.also == *class;
        article.names.iter().any(marked)
            || !article.names.iter().any(also) && !article.ignored.iter().any(|other| other.overlaps(*range))
    };
    found.filter(counts).collect()
}

/// Exact spans with their kinds, of the names that are `counted`.
pub(crate) fn typed(article: &Gold, found: &BTreeSet<FoundName>, counted: impl Fn(TextRange, Class) -> bool) -> Tally {
    let gold: BTreeSet<(TextRange, Class)> = article
        .names
        .iter()
        .map(|name| (name.range, name.class))
        .filter(|&(range, class)| article.types.contains(&class) && counted(range, class))
        .collect();
    let found: BTreeSet<(TextRange, Class)> = found
        .iter()
        .filter_map(|&(range, class)| Some((range, class?)))
        .filter(|&(range, class)| counted(range, class))
        .collect();
    Tally::hits(found.intersection(&gold).count(), found.len(), gold.len())
}

/// Exact spans whatever their kind. Names of kinds that are not scored cost nothing and earn nothing.
pub(crate) fn spans(article: &Gold, found: &BTreeSet<FoundName>) -> Tally {
    let scored = |class: &Class| article.types.contains(class);
    let (gold, other): (Vec<&GoldName>, Vec<&GoldName>) = article.names.iter().partition(|name| scored(&name.class));
    let gold: BTreeSet<TextRange> = gold.into_iter().map(|name| name.range).collect();
    let other: BTreeSet<TextRange> = other.into_iter().map(|name| name.range).collect();
    let found: BTreeSet<TextRange> = found
        .iter()
        .filter(|(range, class)| gold.contains(range) || class.is_some() && !other.contains(range))
        .map(|(range, _)| *range)
        .collect();
    Tally::hits(found.intersection(&gold).count(), found.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use dateline::internals::entity::{Kind, Mention, Rule};

    use super::*;
    use crate::gold::tests::article;

    const TYPES: [Class; 3] = [Class::Person, Class::Place, Class::Organisation];

    fn range(text: &str, words: &str) -> TextRange {
        let start = text.find(words).unwrap();
        TextRange::new(start, start + words.len())
    }

    #[test]
    fn kinds_count_in_one_measure_and_not_in_the_other() {
        let text = "Ana Reed of Oslo read Emma at Acme in Rome";
        let marked = [
            ("Ana Reed", Class::Person, 1, 0.0),
            ("Oslo", Class::Place, 2, 0.0),
            ("Emma", Class::Work, 3, 0.0),
            ("Acme", Class::Organisation, 4, 0.0),
        ];
        let gold = article(text, &TYPES, &marked);
        let found = BTreeSet::from([
            (range(text, "Reed"), Some(Class::Person)),
            (range(text, "Oslo"), Some(Class::Place)),
            (range(text, "Emma"), Some(Class::Person)),
            (range(text, "Acme"), None),
            (range(text, "Rome"), None),
        ]);
        // Reed, Oslo and Emma are found as kinds that are scored; of Ana Reed, Oslo and Acme only Oslo is right.
        assert_eq!(typed(&gold, &found, |_, _| true), Tally::hits(1, 3, 3));
        assert_eq!(typed(&gold, &found, |_, class| class == Class::Person), Tally::hits(0, 2, 1));
        // Reed, Oslo, Acme; Emma is neither here nor there.
        assert_eq!(spans(&gold, &found), Tally::hits(2, 3, 3));
    }

    #[test]
    fn a_place_that_is_also_a_body_is_no_mistake() {
        let text = "Oslo said so, says Ana";
        let mut gold = article(text, &TYPES, &[("Oslo", Class::Organisation, 1, 0.0)]);
        gold.names[0].also = Some(Class::Place);
        gold.ignored = vec![range(text, "says Ana")];
        let entity = |words, kind| Entity {
            kind,
            name: String::new(),
            aliases: vec![],
            titles: vec![],
            mentions: vec![Mention { range: range(text, words), rule: Rule::Name, confidence: 100 }],
            salience: 1.0,
            value: None,
            doubtful: false,
            followed: false,
            quotes: vec![],
        };
        let names = [entity("Oslo", Kind::Place), entity("Ana", Kind::Person)];
        assert!(found(&gold, &names).is_empty());
        assert_eq!(found(&gold, &[entity("Oslo", Kind::Organisation)]).len(), 1);
    }
}
