//! What the tagger's classes are worth for the kinds of names.

use super::Name;
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::scores::{KINDS, Scores};
use crate::entity::tagger::{Class, TaggedName};
use crate::entity::words::Reading;

/// A chance below this is no more than noise of the model.
const FLOOR: f32 = 0.015;

/// How much less a work is likely than the tagger has it: it needs evidence of its own, such as a head word or a verb.
const WORK_HANDICAP: f32 = 3.0;

/// The kind that names of a class have.
fn kind_of(class: Class) -> Kind {
    match class {
        Class::Person => Kind::Person,
        Class::Place => Kind::Place,
        Class::Organisation => Kind::Organisation,
        Class::Group => Kind::Group,
        Class::Event => Kind::Event,
        Class::Work => Kind::Work,
        Class::Other => Kind::Other,
    }
}

/// The logarithms of the chances of each kind, as the tagger sees it in this place.
pub(super) fn scores(tagged: &TaggedName) -> Scores {
    let mut scores = Scores::default();
    for (class, chance) in Class::ALL.into_iter().zip(tagged.chances) {
        let kind = kind_of(class);
        scores.add_to(kind, chance.max(FLOOR).ln() - if kind == Kind::Work { WORK_HANDICAP } else { 0.0 });
    }
    scores
}

/// The same for a name that a list or a rule says to be of a kind, and the tagger did not see.
pub(super) fn told(kind: Kind) -> Scores {
    let mut scores = Scores([FLOOR.ln(); KINDS.len()]);
    scores.add_to(kind, -FLOOR.ln());
    scores
}

/// Whether a name is that of a newspaper, to which *The* belongs.
pub(super) fn is_press(reading: &Reading<'_>, name: &Name) -> bool {
    reading.lexicon.is(&reading.word(name.end - 1).lower, class::PRESS)
        && (name.end > name.first + 1 || name.known.is_some() || !reading.word(name.end - 1).is_all_capitals())
}
