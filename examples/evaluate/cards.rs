//! Scores what a reader sees: one card for each entity, with one name and one kind.
//!
//! A name card is right if one of its mentions is a marked name of its kind, exactly; kinds the file does not tell apart
//! answer its *misc*. The rest are faults that a reader notices without any marks: one string with two kinds, a long
//! form apart from its initials, a part of a person apart from the whole, a date without its year.

use std::collections::{BTreeMap, BTreeSet};

use dateline::internals::article::TextRange;
use dateline::internals::entity::{Entity, Kind};

use crate::errors::Errors;
use crate::gold::{Gold, GoldName};
use crate::tally::Tally;

/// How many of the most salient names a reader looks at first.
const TOP: usize = 3;

/// What the cards of one article score.
pub(crate) struct Cards {
    /// Right ones of those shown without doubt, by kind.
    pub(crate) right: BTreeMap<Kind, Tally>,
    /// Marked as doubtful, against those that are wrong.
    pub(crate) doubt: Tally,
    /// Whether one of the most salient names is wrong: of one article.
    pub(crate) wrong_on_top: Tally,
    /// Whether one string has two kinds: of one article.
    pub(crate) two_kinds: Tally,
    /// Initials that are not with the long form they are made of: for one article.
    pub(crate) initials_apart: Tally,
    /// Whether a person is a part of another person's name: of one article.
    pub(crate) part_apart: Tally,
    /// Dates and names without the year that belongs to them: for one article.
    pub(crate) year_cut: Tally,
}

/// The cards of an article; `entities` are all, the most salient first.
pub(crate) fn score(article: &Gold, entities: &[Entity], errors: &mut Errors) -> Cards {
    let names = || entities.iter().filter(|entity| entity.kind.is_name() && is_scored(article, entity));
    let mut cards = Cards {
        right: BTreeMap::new(),
        doubt: Tally::default(),
        wrong_on_top: Tally::default(),
        two_kinds: of_one(has_two_kinds(article, entities)),
        initials_apart: Tally::ratio(initials_apart(article, entities, errors) as f64, 1.0),
        part_apart: of_one(is_part_apart(article, entities, errors)),
        year_cut: Tally::ratio(years_cut(article, entities, errors) as f64, 1.0),
    };
    for entity in names() {
        let right = is_right(article, entity);
        cards.doubt.add(&Tally::hits(
            usize::from(entity.doubtful && !right),
            usize::from(entity.doubtful),
            usize::from(!right),
        ));
        if let Some(mention) = entity.mentions.first().filter(|_| !right && !entity.doubtful) {
            errors.add("cards that are wrong", format!("{}: {}", entity.kind, entity.name), article, mention.range);
        }
        if !entity.doubtful {
            let tally = Tally::ratio(f64::from(u8::from(right)), 1.0);
            cards.right.entry(entity.kind).or_default().add(&tally);
        }
    }
    // Other names lead nothing.
    let on_top = names().filter(|entity| !entity.doubtful && entity.kind != Kind::Other).take(TOP);
    let wrong: Vec<&Entity> = on_top.filter(|entity| !is_right(article, entity)).collect();
    cards.wrong_on_top = of_one(!wrong.is_empty());
    for (entity, mention) in wrong.iter().filter_map(|entity| Some((entity, entity.mentions.first()?))) {
        errors.add("wrong in top 3", format!("{}: {}", entity.kind, entity.name), article, mention.range);
    }
    cards
}

fn of_one(holds: bool) -> Tally {
    Tally::ratio(f64::from(u8::from(holds)), 1.0)
}

/// Whether the file says anything about cards of this kind at one of these places.
fn is_scored(article: &Gold, entity: &Entity) -> bool {
    let counts = |range: TextRange| {
        let marked = article.names.iter().any(|name| name.range == range);
        marked || !article.ignored.iter().any(|other| other.overlaps(range))
    };
    article.class_of(entity.kind).is_some() && entity.mentions.iter().any(|mention| counts(mention.range))
}

fn is_right(article: &Gold, entity: &Entity) -> bool {
    let Some(class) = article.class_of(entity.kind) else { return false };
    let fits = |name: &GoldName| name.class == class || name.also == Some(class);
    let is_marked = |range| article.names.iter().any(|name| name.range == range && fits(name));
    entity.mentions.iter().any(|mention| is_marked(mention.range))
}

/// All places of names that are shown without doubt, with their kind and entity, in order.
fn places(entities: &[Entity]) -> BTreeMap<TextRange, (Kind, usize)> {
    let names = entities.iter().enumerate().filter(|(_, entity)| entity.kind.is_name() && !entity.doubtful);
    let places = |(number, entity): (usize, &Entity)| {
        let kind = entity.kind;
        entity.mentions.iter().map(move |mention| (mention.range, (kind, number))).collect::<Vec<_>>()
    };
    names.flat_map(places).collect()
}

fn has_two_kinds(article: &Gold, entities: &[Entity]) -> bool {
    let mut kinds: BTreeMap<&str, BTreeSet<Kind>> = BTreeMap::new();
    for (range, (kind, _)) in places(entities) {
        kinds.entry(article.text.slice(range)).or_default().insert(kind);
    }
    kinds.values().any(|kinds| kinds.len() > 1)
}

/// "National Civil Police" and "PNC" on two cards.
fn initials_apart(article: &Gold, entities: &[Entity], errors: &mut Errors) -> usize {
    let names: Vec<&Entity> = entities.iter().filter(|entity| entity.kind.is_name()).collect();
    let forms = |entity: &Entity| -> BTreeSet<String> {
        entity.mentions.iter().map(|mention| article.text.slice(mention.range).to_owned()).collect()
    };
    let forms: Vec<BTreeSet<String>> = names.iter().map(|entity| forms(entity)).collect();
    let is_apart = |number: usize, short: &String| {
        let others = forms.iter().enumerate().filter(|(other, _)| *other != number);
        others.flat_map(|(_, forms)| forms).any(|long| is_initials(short, long))
    };
    let apart = |(number, own): (usize, &BTreeSet<String>)| {
        own.iter().any(|short| is_apart(number, short))
            && !own.iter().any(|long| own.iter().any(|short| is_initials(short, long)))
    };
    let apart: Vec<usize> = forms.iter().enumerate().filter(|form| apart(*form)).map(|(number, _)| number).collect();
    for entity in apart.iter().filter_map(|number| names.get(*number)) {
        if let Some(mention) = entity.mentions.first() {
            errors.add("initials apart", entity.name.clone(), article, mention.range);
        }
    }
    apart.len()
}

/// Whether all capitals of `short` begin words of `long`, in their order.
fn is_initials(short: &str, long: &str) -> bool {
    let mut initials = long.split([' ', '-']).filter_map(|word| word.chars().next());
    let capitals: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let own: Vec<char> = long.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    let letters = short.chars().filter(|c| c.is_alphabetic()).count();
    capitals.len() >= 2
        && capitals.len() * 2 > letters
        && !short.contains(' ')
        && long.contains(' ')
        && own.iter().filter(|c| c.is_uppercase()).count() == capitals.len()
        && capitals.iter().all(|capital| initials.any(|c| c.to_uppercase().eq([*capital])))
}

fn is_part_apart(article: &Gold, entities: &[Entity], errors: &mut Errors) -> bool {
    let persons = || entities.iter().filter(|entity| entity.kind == Kind::Person);
    let is_part = |person: &&Entity| {
        let is_whole =
            |other: &Entity| other.name.contains(' ') && other.name.split(' ').any(|part| part == person.name);
        persons().any(is_whole)
    };
    let apart: Vec<&Entity> = persons().filter(is_part).collect();
    for (person, mention) in apart.iter().filter_map(|person| Some((person, person.mentions.first()?))) {
        errors.add("part of a person apart", person.name.clone(), article, mention.range);
    }
    !apart.is_empty()
}

/// "May 3" of "May 3, 2024", "World Cup" of "2026 World Cup".
fn years_cut(article: &Gold, entities: &[Entity], errors: &mut Errors) -> usize {
    let of = |is_wanted: fn(Kind) -> bool| {
        entities.iter().filter(move |entity| is_wanted(entity.kind)).flat_map(|entity| entity.mentions.iter())
    };
    let dates = of(|kind| kind == Kind::Date).map(|mention| mention.range).filter(|range| is_date_cut(article, *range));
    let is_found = |range: TextRange| of(Kind::is_name).any(|mention| mention.range == range);
    // What is called a name here and a date by us is cut by nobody; marks that end within a word are slips.
    let patterns = || of(|kind| !kind.is_name()).map(|mention| mention.range);
    let is_overlapped = |name: TextRange| patterns().any(|range| range.overlaps(name));
    let is_covered = |name: TextRange| patterns().any(|range| range.start <= name.start && name.end <= range.end);
    let ends_in_word = |name: TextRange| {
        let mut around = article.text.as_str().get(name.end..).unwrap_or_default().chars();
        around.next().is_some_and(char::is_alphanumeric)
    };
    let is_cut = |name: &&GoldName| {
        let range = name.range;
        let has_number = article.text.slice(range).split(' ').any(|word| word.bytes().all(|b| b.is_ascii_digit()));
        has_number && is_overlapped(range) && !is_found(range) && !is_covered(range) && !ends_in_word(range)
    };
    let names = article.names.iter().filter(is_cut).map(|name| name.range);
    let cut: Vec<TextRange> = dates.chain(names).collect();
    for range in &cut {
        errors.add("years cut off", article.text.slice(*range).to_owned(), article, *range);
    }
    cut.len()
}

fn is_date_cut(article: &Gold, range: TextRange) -> bool {
    let rest = article.text.as_str().get(range.end..).unwrap_or_default();
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let after: Vec<u8> = rest.strip_prefix(' ').unwrap_or_default().bytes().take(5).collect();
    let year: Vec<u8> = after.iter().copied().take_while(u8::is_ascii_digit).collect();
    let own = article.text.slice(range);
    let has_year = own.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    year.len() == 4 && (year.starts_with(b"19") || year.starts_with(b"20")) && !has_year
}

#[cfg(test)]
mod tests {
    use dateline::internals::entity::{Mention, Rule};

    use super::*;
    use crate::gold::Class;
    use crate::gold::tests::article;

    const TYPES: [Class; 4] = [Class::Person, Class::Place, Class::Organisation, Class::Misc];

    fn entity(text: &str, words: &[&str], kind: Kind) -> Entity {
        let mut at = 0;
        let mut mention = |word: &&str| {
            let start = at + text.get(at..).unwrap().find(word).unwrap();
            at = start + word.len();
            Mention { range: TextRange::new(start, at), rule: Rule::Name, confidence: 100 }
        };
        Entity {
            kind,
            name: words[0].to_owned(),
            aliases: vec![],
            titles: vec![],
            mentions: words.iter().map(&mut mention).collect(),
            salience: 1.0,
            value: None,
            doubtful: false,
            followed: false,
            quotes: vec![],
        }
    }

    #[test]
    fn a_card_is_right_by_one_of_its_places_and_its_kind() {
        let text = "Reed of Oslo: Ana Reed read Emma in Oslo";
        let marked =
            [("Oslo", Class::Place, 2, 0.0), ("Ana Reed", Class::Person, 1, 0.0), ("Emma", Class::Misc, 3, 0.0)];
        let gold = article(text, &TYPES, &marked);
        let reed = entity(text, &["Reed", "Ana Reed"], Kind::Person);
        let emma = entity(text, &["Emma"], Kind::Work);
        let mut oslo = entity(text, &["Oslo"], Kind::Organisation);
        let cards = score(&gold, &[reed.clone(), emma.clone(), oslo.clone()], &mut Errors::default());
        let share = |kind| cards.right[&kind].precision();
        assert_eq!((share(Kind::Person), share(Kind::Work), share(Kind::Organisation)), (1.0, 1.0, 0.0));
        assert_eq!((cards.wrong_on_top.right, cards.doubt.gold, cards.doubt.reached), (1.0, 1.0, 0.0));
        oslo.doubtful = true;
        let cards = score(&gold, &[reed, emma, oslo], &mut Errors::default());
        assert_eq!((cards.wrong_on_top.right, cards.doubt.precision(), cards.doubt.recall()), (0.0, 1.0, 1.0));
    }

    #[test]
    fn what_belongs_together_and_is_apart_is_counted() {
        let text = "National Union of Teachers (NUT): Ana Reed and Reed met the NUT on May 3, 2024 and on May 4";
        let gold = article(text, &TYPES, &[]);
        let long = entity(text, &["National Union of Teachers"], Kind::Organisation);
        let mut entities = vec![
            long,
            entity(text, &["NUT"], Kind::Place),
            entity(text, &["Ana Reed"], Kind::Person),
            entity(text, &["May 3", "May 4"], Kind::Date),
        ];
        entities.push(Entity {
            mentions: entity("x", &["x"], Kind::Person).mentions,
            ..entity(text, &["Reed"], Kind::Person)
        });
        let cards = score(&gold, &entities, &mut Errors::default());
        assert_eq!((cards.initials_apart.right, cards.year_cut.right, cards.two_kinds.right), (1.0, 1.0, 0.0));
        assert_eq!((cards.part_apart.right, cards.part_apart.found), (1.0, 1.0));
        let cup = article("The 2026 World Cup", &TYPES, &[("2026 World Cup", Class::Misc, 1, 0.0)]);
        let cut = [
            entity("The 2026 World Cup", &["2026"], Kind::Date),
            entity("The 2026 World Cup", &["World Cup"], Kind::Event),
        ];
        assert_eq!(score(&cup, &cut, &mut Errors::default()).year_cut, Tally::ratio(1.0, 1.0));
        let nut = entity(text, &["National Union of Teachers", "NUT", "NUT"], Kind::Organisation);
        assert_eq!(score(&gold, &[nut], &mut Errors::default()).initials_apart, Tally::ratio(0.0, 1.0));
        let places = [entity(text, &["NUT"], Kind::Place), {
            let mut other = entity(text, &["NUT", "NUT"], Kind::Organisation);
            other.mentions.remove(0);
            other
        }];
        assert_eq!(score(&gold, &places, &mut Errors::default()).two_kinds, Tally::ratio(1.0, 1.0));
    }

    #[test]
    fn initials_are_taken_in_order() {
        assert!(is_initials("PNC", "Policia Nacional Civil"));
        assert!(is_initials("MoRA", "Ministry of Religious Affairs"));
        assert!(!is_initials("NCP", "Policia Nacional Civil"));
        assert!(!is_initials("Acme", "Acme Holdings"));
    }
}
