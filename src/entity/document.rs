//! One decision per name: what a string is in one place, it is in the whole article.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::Kind;
use super::lexicon::{class, is_water};
use super::names::Name;
use super::words::{Part, Reading};
use crate::text::particles::may_be_particle;

/// A name whose kind is decided.
#[derive(Clone, Debug)]
pub(super) struct ClassifiedName {
    pub(super) name: Name,
    pub(super) kind: Kind,
    pub(super) doubtful: bool,
}

/// Below this confidence a name is a guess.
const GUESS: f32 = 0.5;

/// A name seen in headlines alone has to be surer: capitals tell less there.
const HEADLINE_GUESS: f32 = 0.6;

/// Above this a lone word's own kind stands, whatever longer names end in it.
const CLEAR: f32 = 0.95;

/// A kind with less than this share of a string's confidence gives way to the strongest one.
const MINORITY: f32 = 0.34;

#[derive(Default)]
struct Tally {
    kinds: [f32; KINDS.len()],
    best: f32,
    body: bool,
}

const KINDS: [Kind; 6] = [Kind::Person, Kind::Place, Kind::Organisation, Kind::Group, Kind::Event, Kind::Work];

impl Tally {
    fn of(&self, kind: Kind) -> f32 {
        KINDS.iter().zip(self.kinds).find(|(other, _)| **other == kind).map_or(0.0, |(_, sum)| sum)
    }

    fn strongest(&self) -> (Kind, f32) {
        let mut best = (Kind::Person, -1.0);
        for (kind, sum) in KINDS.into_iter().zip(self.kinds) {
            if sum > best.1 {
                best = (kind, sum);
            }
        }
        best
    }
}

/// Gives every string the kind most of its places speak for, unless a good share of them speaks for another.
pub(super) fn decide(reading: &Reading<'_>, names: Vec<Name>) -> Vec<ClassifiedName> {
    let form = |name: &Name| reading.text.slice(name.range);
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for name in &names {
        let tally = tallies.entry(form(name)).or_default();
        if let Some(sum) = KINDS.iter().position(|kind| *kind == name.kind).and_then(|at| tally.kinds.get_mut(at)) {
            *sum += name.confidence;
        }
        tally.best = tally.best.max(name.confidence);
        tally.body |= name.part == Part::Body;
    }
    // "the Castells" of Maria Castell
    let surnames: HashSet<&str> = names
        .iter()
        .filter(|name| name.kind == Kind::Person && name.end > name.first + 1)
        .map(|name| reading.word(name.end - 1).text)
        .collect();
    let family = |name: &Name| form(name).strip_suffix('s').is_some_and(|one| surnames.contains(one));
    // "the Institute", which is a name where a longer one ends in it
    let heads: HashSet<&str> =
        names.iter().filter(|name| name.end > name.first + 1).map(|name| reading.word(name.end - 1).text).collect();
    let bare_head = |name: &Name| {
        name.known.is_none()
            && name.end == name.first + 1
            && reading.lexicon.is(&reading.word(name.first).lower, class::ORGANISATION)
            && !heads.contains(reading.word(name.first).text)
            && !reading.word(name.first).is_all_capitals()
    };
    let places: HashSet<&str> = names
        .iter()
        .filter(|name| name.kind == Kind::Place && name.end > name.first + 1)
        .map(|name| {
            // "the Marrow" of Marrow River
            let water = name.end == name.first + 2 && is_water(&reading.word(name.end - 1).lower);
            reading.word(if water { name.first } else { name.end - 1 }).text
        })
        .collect();
    // "Corvo" of Vila do Corvo: what a place is named after by a particle is one.
    let named_after: HashSet<&str> = names
        .iter()
        .filter(|name| name.kind == Kind::Place && name.end > name.first + 2)
        .filter(|name| reading.word(name.end - 2).is_lower() && may_be_particle(reading.word(name.end - 2).text))
        .map(|name| reading.word(name.end - 1).text)
        .collect();
    // "Corvo" beside "Vila do Corvo", "Reed" beside "Ana Reed": a longer name speaks for its last word.
    let by_longer = |name: &Name, best: f32| {
        if name.known.is_some() || name.end != name.first + 1 {
            None
        } else if named_after.contains(form(name)) {
            Some(Kind::Place)
        } else if best > CLEAR {
            None
        } else if surnames.contains(form(name)) {
            Some(Kind::Person)
        } else {
            places.contains(form(name)).then_some(Kind::Place)
        }
    };
    names
        .into_iter()
        .map(|name| {
            if name.known.is_none() && family(&name) {
                return ClassifiedName { kind: Kind::Person, doubtful: false, name };
            }
            let (kind, best, body) = tallies.get(form(&name)).map_or((name.kind, 0.0, false), |tally| {
                let (strongest, sum) = tally.strongest();
                let own = tally.of(name.kind);
                let all: f32 = tally.kinds.iter().sum();
                let kind = if own < sum && own < MINORITY * all { strongest } else { name.kind };
                (kind, tally.best, tally.body)
            });
            let kind = by_longer(&name, best).unwrap_or(kind);
            let doubtful = best < if body { GUESS } else { HEADLINE_GUESS } || bare_head(&name);
            ClassifiedName { name, kind, doubtful }
        })
        .collect()
}
