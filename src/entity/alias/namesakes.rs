//! One word for two things in one article: a person of that surname, and a place.

use foldhash::{HashSet, HashSetExt};

use super::Linker;
use crate::entity::Kind;
use crate::entity::evidence::Sign;
use crate::entity::key::{PersonName, normal};
use crate::entity::names::Name;
use crate::text::particles::may_be_particle;

/// What only a place has.
const PLACE: [Sign; 4] = [Sign::InPlace, Sign::PlaceBefore, Sign::PlaceAfter, Sign::PlacePair];

/// What only a person has.
const PERSON: [Sign; 3] = [Sign::Titled, Sign::Who, Sign::Aged];

/// What a person has whose surname is known.
const BEARER: [Sign; 1] = [Sign::Speaks];

impl Linker<'_> {
    /// The surnames of persons whose full names are in the article.
    pub(super) fn bearers(&self, groups: &[(String, Vec<usize>)]) -> HashSet<String> {
        let mut bearers = HashSet::new();
        for (key, mentions) in groups.iter().filter(|(key, _)| key.contains(' ')) {
            let is_person =
                mentions.iter().any(|&name| self.names.get(name).is_some_and(|name| name.kind == Kind::Person));
            if is_person {
                bearers.insert(PersonName::new(key).surname);
            }
        }
        bearers
    }

    /// Whether something beside a name says that it is a place's. Not for a `bearer` of a surname what stands before a comma:
    /// "In this city, Reed waited", "Born in England, Reed went".
    pub(super) fn is_placed(&self, name: usize, bearer: bool) -> bool {
        let signs = self.signs.get(name).copied().unwrap_or_default();
        let opening = |name: &Name| {
            let comma = name.first.checked_sub(1).is_some_and(|before| self.reading.word(before).is(","));
            bearer && comma && name.known.is_none_or(|known| known.kind != Kind::Place)
        };
        signs.any(&PLACE) && !self.names.get(name).is_some_and(opening)
    }

    /// "the Castells" of Maria Castell, "Corvo" of Vila do Corvo: words that are no other thing's name, and whose kind a
    /// longer name tells.
    pub(super) fn kin(&mut self) {
        let mut families = HashSet::new();
        let mut named_after = HashSet::new();
        for form in self.forms.iter().filter(|form| form.words > 1) {
            let last = form.mentions.first().and_then(|&name| self.names.get(name)).map_or(0, |name| name.end - 1);
            let link = last.checked_sub(1).map_or("", |at| self.reading.word(at).text);
            match form.kind() {
                Kind::Person => drop(families.insert(PersonName::new(&form.key).surname)),
                Kind::Place if form.words > 2 && may_be_particle(link) => {
                    named_after.insert(normal(self.reading.word(last).text));
                }
                _ => {}
            }
        }
        for (number, form) in self.forms.iter().enumerate().filter(|(_, form)| form.words == 1) {
            // "the Castells", "the Hugheses"
            let stem = form.key.strip_suffix('s').unwrap_or_default();
            let stem = stem.strip_suffix('e').filter(|stem| families.contains(*stem)).unwrap_or(stem);
            if form.tally.listed().is_none() && self.parent.get(number) == Some(&number) {
                if families.contains(stem) {
                    self.akin.insert(number, Kind::Person);
                } else if named_after.contains(&form.key) {
                    self.akin.insert(number, Kind::Place);
                }
            }
        }
    }

    /// The mentions of one word, in two lists if it is a person's name here and a place's there: "Daniel Jordan … Jordan
    /// said … in Jordan". A mention that tells nothing goes with the one before it that does.
    pub(super) fn apart(&self, key: &str, mentions: Vec<usize>, bearers: &HashSet<String>) -> Vec<Vec<usize>> {
        if mentions.len() < 2 || key.contains(' ') {
            return vec![mentions];
        }
        let bearer = bearers.contains(key);
        // Whether a mention is a person's; none where it tells nothing.
        let side = |name: &usize| {
            let signs = self.signs.get(*name).copied().unwrap_or_default();
            let person = signs.any(&PERSON) || bearer && signs.any(&BEARER);
            let place = self.is_placed(*name, bearer);
            (person != place).then_some(person)
        };
        let sides: Vec<Option<bool>> = mentions.iter().map(side).collect();
        let (person, place) = (sides.contains(&Some(true)), sides.contains(&Some(false)));
        if !(person && place) {
            return vec![mentions];
        }
        let mut current = sides.iter().flatten().next().copied().unwrap_or(true);
        let mut lists = (Vec::new(), Vec::new());
        for (name, side) in mentions.into_iter().zip(sides) {
            current = side.unwrap_or(current);
            if current { lists.0.push(name) } else { lists.1.push(name) }
        }
        vec![lists.0, lists.1]
    }
}
