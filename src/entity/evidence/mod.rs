//! What around a name, and in it, tells what it names.
//!
//! Each [`Sign`] is one kind of evidence with a weight for each kind of name, in natural logarithms of odds. The weights
//! were set by hand and tried on annotated news: a sign that decides alone weighs about as much as a sure tagger, one that
//! leans a fifth of it.

mod context;
mod form;
mod nouns;

use super::names::Name;
use super::scores::Scores;
use super::words::Reading;

/// One kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// "Harwell Holdings Ltd": it ends like a company.
    Company,
    /// "University of Lagos", "Workers' Party"
    OrganisationHead,
    /// "Tarrow River", "Lake Sandford"
    PlaceHead,
    /// "Salt Cup", "Battle of Corvo"
    EventHead,
    /// "Harbours Act", "Treaty of Lima"
    WorkHead,
    /// "The Prairie Witness"
    Newspaper,
    /// "Ana Reed": a given name and one word more, which heads nothing.
    GivenName,
    /// "Rosa Debaere": a given name and a word that is none but a surname.
    FullName,
    /// "John Q. Public", "Muqtada al-Harbi"
    PersonParts,
    /// "Vila do Corvo"
    PlaceParts,
    /// "Route 66": persons and peoples have no numbers.
    Number,
    /// "UHW": capitals throughout.
    Capitals,
    /// "Reed & Sons", "AT&T"
    Ampersand,
    /// *Ninety Minutes from the Sea*: in quotation marks or italics.
    Marked,
    /// "Mr Reed", "striker Reed"
    Titled,
    /// "Reed said", "told Reed"
    Speaks,
    /// "Reed, who"
    Who,
    /// "Reed's deputy", "Reed's widow"
    Kin,
    /// "Reed, 49,"
    Aged,
    /// "Reed, a striker", "Reed, chairman of"
    PersonApposed,
    /// "Pharmo, a telecoms regulator"
    OrganisationApposed,
    /// "Corvo, a village"
    PlaceApposed,
    /// "Jingala is a language"
    GroupApposed,
    /// "the spyware Pegasus", "a Tavor rifle"
    ThingBeside,
    /// "the regulator Pharmo"
    OrganisationBefore,
    /// "the town of Corvo", "the village Corvo"
    PlaceBefore,
    /// "the film Bridges", "her novel Bridges"
    WorkBefore,
    /// "the tournament Corvo"
    EventBefore,
    /// "Pharmo shares", "the Pharmo chair"
    OrganisationAfter,
    /// "Corvo province"
    PlaceAfter,
    /// "lawyers for Reed", "a spokesman for Pharmo"
    SpokenFor,
    /// "in Corvo", which a list knows to be a place
    InPlace,
    /// "sang in Kriolu"
    Language,
    /// "the Murut people", "a Damara woman"
    People,
    /// "Amman, Jordan"
    PlacePair,
    /// "wrote Bridges", "passed the Harbours Act"
    Made,
}

impl Sign {
    const ALL: [Self; COUNT] = [
        Self::Company,
        Self::OrganisationHead,
        Self::PlaceHead,
        Self::EventHead,
        Self::WorkHead,
        Self::Newspaper,
        Self::GivenName,
        Self::FullName,
        Self::PersonParts,
        Self::PlaceParts,
        Self::Number,
        Self::Capitals,
        Self::Ampersand,
        Self::Marked,
        Self::Titled,
        Self::Speaks,
        Self::Who,
        Self::Kin,
        Self::Aged,
        Self::PersonApposed,
        Self::OrganisationApposed,
        Self::PlaceApposed,
        Self::GroupApposed,
        Self::ThingBeside,
        Self::OrganisationBefore,
        Self::PlaceBefore,
        Self::WorkBefore,
        Self::EventBefore,
        Self::OrganisationAfter,
        Self::PlaceAfter,
        Self::SpokenFor,
        Self::InPlace,
        Self::Language,
        Self::People,
        Self::PlacePair,
        Self::Made,
    ];

    /// What it weighs for a person, place, organisation, group, event, work, and anything else.
    fn weights(self) -> Scores {
        Scores(match self {
            Self::Company => [-1.0, -1.0, 4.0, -1.0, 0.0, 0.0, 0.0],
            Self::OrganisationHead => [-1.0, -0.5, 2.5, -1.0, 0.0, 0.0, 0.0],
            Self::PlaceHead => [-1.0, 2.0, 0.0, -1.0, 0.0, 0.0, 0.0],
            Self::EventHead => [-1.5, -1.5, -1.5, -1.5, 3.5, 0.0, 0.0],
            Self::WorkHead => [-1.0, -1.0, -0.5, -1.0, 0.0, 3.0, 0.0],
            Self::Newspaper => [-1.0, -1.0, 4.0, -1.0, -1.0, 0.0, 0.0],
            Self::GivenName => [1.5, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0],
            Self::FullName => [2.5, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0],
            Self::PersonParts => [4.3, -1.5, 0.0, -1.0, 0.0, 0.0, 0.0],
            Self::PlaceParts => [0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            Self::Number => [-2.0, 0.0, 0.0, -2.0, 0.5, 0.0, 0.5],
            Self::Capitals => [-0.5, 0.0, 0.3, -0.3, 0.0, 0.0, 0.0],
            Self::Ampersand => [0.0, -1.0, 1.5, 0.0, 0.0, 0.0, 0.0],
            Self::Marked => [0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0],
            Self::Titled => [2.5, 0.0, 0.0, -0.5, -1.0, -1.0, -1.0],
            Self::Speaks => [1.0, -0.3, 0.7, 0.0, -2.0, -1.5, -1.5],
            Self::Who => [2.0, -1.0, -0.5, 0.5, -1.0, -1.0, -1.0],
            Self::Kin => [2.0, -1.0, -0.5, -1.0, -1.0, -1.0, -1.0],
            Self::Aged => [3.5, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0],
            Self::PersonApposed => [2.0, -1.0, -0.5, 0.0, -1.0, -1.0, -1.0],
            Self::OrganisationApposed => [-1.5, -1.0, 4.0, 0.0, 0.0, 0.0, 0.0],
            Self::PlaceApposed => [-1.5, 4.0, 0.0, -1.0, 0.0, 0.0, 0.0],
            Self::GroupApposed => [-1.5, -1.5, -1.5, 4.0, 0.0, 0.0, 0.0],
            Self::ThingBeside => [-2.0, -2.0, -2.0, -2.0, -1.0, -1.0, 3.0],
            Self::OrganisationBefore => [-0.7, -0.7, 3.0, 0.0, 0.0, 0.0, 0.0],
            Self::PlaceBefore => [-2.0, 3.5, 0.0, -0.5, 0.0, 0.0, 0.0],
            Self::WorkBefore => [-0.7, -0.7, -0.7, -0.7, 0.0, 4.0, 0.0],
            Self::EventBefore => [-1.0, -1.0, -1.0, -1.0, 5.0, 0.0, 0.0],
            Self::OrganisationAfter => [-1.0, -0.5, 2.2, 0.0, 0.0, 0.0, 0.0],
            Self::PlaceAfter => [-1.0, 2.0, 0.0, -0.5, 0.0, 0.0, 0.0],
            Self::SpokenFor => [0.3, -0.5, 1.0, 0.0, -1.0, -1.0, -1.0],
            Self::InPlace => [-1.5, 1.5, -0.5, -0.5, 0.0, 0.0, 0.0],
            Self::Language => [-1.0, -2.0, -1.0, 2.5, 0.0, 0.0, 0.0],
            Self::People => [-1.0, -0.5, -0.5, 1.5, 0.0, 0.0, 0.0],
            Self::PlacePair => [-1.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            Self::Made => [-0.5, -0.5, -0.5, -0.5, 0.0, 2.0, 0.0],
        })
    }
}

/// How many signs there are.
const COUNT: usize = 36;

/// The signs of one name, in a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u64);

impl Signs {
    fn set(&mut self, sign: Sign, holds: bool) {
        self.0 |= u64::from(holds) << sign as u64;
    }

    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 >> sign as u64 & 1 == 1
    }

    pub(super) fn any(self, signs: &[Sign]) -> bool {
        signs.iter().any(|sign| self.has(*sign))
    }
}

/// How often each sign was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignCounts([u16; COUNT]);

impl Default for SignCounts {
    fn default() -> Self {
        Self([0; COUNT])
    }
}

impl SignCounts {
    pub(super) fn count(&mut self, signs: Signs) {
        for (sign, count) in Sign::ALL.into_iter().zip(&mut self.0) {
            *count = count.saturating_add(u16::from(signs.has(sign)));
        }
    }

    pub(super) fn of(&self, sign: Sign) -> u16 {
        self.0.get(sign as usize).copied().unwrap_or(0)
    }

    /// What all of them weigh: a sign seen again tells less than the first time.
    pub(super) fn scores(&self) -> Scores {
        let mut scores = Scores::default();
        for (sign, &count) in Sign::ALL.into_iter().zip(&self.0).filter(|(_, count)| **count > 0) {
            // What a name is made of is told once.
            let weight = if sign as u8 <= Sign::Ampersand as u8 { 1.0 } else { 1.0 + f32::from(count.min(MOST)).ln() };
            scores.add(&sign.weights(), weight);
        }
        scores
    }
}

/// Times a sign counts at most.
const MOST: u16 = 6;

/// The signs of every name, in order.
pub(super) fn find(reading: &Reading<'_>, names: &[Name]) -> Vec<Signs> {
    let mut sentences = reading.sentences.iter().peekable();
    let mut all = Vec::with_capacity(names.len());
    for (number, name) in names.iter().enumerate() {
        while sentences.next_if(|sentence| sentence.end <= name.first).is_some() {}
        let mut signs = form::signs(reading, name);
        if let Some(sentence) = sentences.peek() {
            let before = number.checked_sub(1).and_then(|before| names.get(before));
            context::add(reading, sentence, name, before, &mut signs);
        }
        all.push(signs);
    }
    all
}
