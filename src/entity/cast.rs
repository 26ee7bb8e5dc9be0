//! Where each entity stands among the words, and which persons *he* or *she* may be.

use super::lexicon::Gender;
use super::words::Reading;
use super::{Entity, Kind};

/// One mention by its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) first: usize,
    pub(super) end: usize,
    /// Its entity by number.
    pub(super) entity: usize,
    pub(super) kind: Kind,
    /// Whether it is a mention; otherwise a description stands there: "the president".
    pub(super) named: bool,
}

/// All mentions and descriptions of an article by their words, and the gender of the persons.
pub(super) struct Cast {
    /// In reading order, without overlaps.
    spots: Vec<Spot>,
    /// For each word the number of its spot plus one; 0 where there is none.
    at: Vec<usize>,
    genders: Vec<Gender>,
    kinds: Vec<Kind>,
}

/// Forms of a name that are looked into for a given name.
const FORMS: usize = 8;

impl Cast {
    pub(super) fn new(reading: &Reading<'_>, entities: &[Entity]) -> Self {
        let mut mentions: Vec<_> = entities
            .iter()
            .enumerate()
            .flat_map(|(number, entity)| {
                entity.mentions.iter().map(move |mention| (mention.range, number, entity.kind))
            })
            .collect();
        mentions.sort_by_key(|(range, number, _)| (range.start, std::cmp::Reverse(range.end), *number));
        let mut cast = Self {
            spots: Vec::with_capacity(mentions.len()),
            at: vec![0; reading.words.len()],
            genders: entities.iter().map(|entity| gender(reading, entity)).collect(),
            kinds: entities.iter().map(|entity| entity.kind).collect(),
        };
        let mut taken = 0;
        for (range, entity, kind) in mentions {
            let first = reading.words.partition_point(|word| word.range.end <= range.start);
            let mut end = first;
            while reading.words.get(end).is_some_and(|word| word.range.start < range.end) {
                end += 1;
            }
            if first < taken || first == end {
                continue;
            }
            taken = end;
            cast.spots.push(Spot { first, end, entity, kind, named: true });
        }
        cast.enter();
        cast
    }

    /// Adds descriptions, none of which overlaps another spot.
    pub(super) fn describe(&mut self, descriptions: Vec<Spot>) {
        if !descriptions.is_empty() {
            self.spots.extend(descriptions);
            self.spots.sort_by_key(|spot| spot.first);
            self.enter();
        }
    }

    /// Enters every spot at its words.
    fn enter(&mut self) {
        self.at.fill(0);
        for (number, spot) in self.spots.iter().enumerate() {
            for slot in self.at.iter_mut().take(spot.end).skip(spot.first) {
                *slot = number + 1;
            }
        }
    }

    /// The mention word number `at` belongs to.
    pub(super) fn spot(&self, at: usize) -> Option<&Spot> {
        self.spots.get(self.at.get(at)?.checked_sub(1)?)
    }

    /// The mention that ends before word number `end`.
    pub(super) fn spot_before(&self, end: usize) -> Option<&Spot> {
        self.spot(end.checked_sub(1)?).filter(|spot| spot.end == end)
    }

    pub(super) fn is_person(&self, entity: usize) -> bool {
        self.kinds.get(entity) == Some(&Kind::Person)
    }

    pub(super) fn is_organisation(&self, entity: usize) -> bool {
        self.kinds.get(entity) == Some(&Kind::Organisation)
    }

    pub(super) fn gender(&self, entity: usize) -> Gender {
        self.genders.get(entity).copied().unwrap_or(Gender::Either)
    }

    /// A pronoun revealed it.
    pub(super) fn learn(&mut self, entity: usize, gender: Gender) {
        if let Some(slot) = self.genders.get_mut(entity) {
            *slot = gender;
        }
    }
}

/// What the titles tell, else the given name.
fn gender(reading: &Reading<'_>, entity: &Entity) -> Gender {
    if entity.kind != Kind::Person {
        return Gender::Either;
    }
    let mut told = None;
    for title in &entity.titles {
        let gender =
            reading.lexicon.title(&title.to_lowercase()).or_else(|| reading.lexicon.title(&super::names::rank(title)));
        let Some(gender) = gender.filter(|gender| *gender != Gender::Either) else { continue };
        if told.is_some_and(|other| other != gender) {
            return Gender::Either;
        }
        told = Some(gender);
    }
    let forms = || std::iter::once(&entity.name).chain(&entity.aliases).take(FORMS);
    let given = |form: &String| reading.lexicon.given(form.split(' ').next().unwrap_or(form));
    told.or_else(|| forms().filter(|form| form.contains(' ')).find_map(given))
        .or_else(|| forms().find_map(given))
        .unwrap_or(Gender::Either)
}
