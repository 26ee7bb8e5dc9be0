//! What the tagger's classes are worth for the kinds of names.

use super::Name;
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::scores::{KINDS, Scores};
use crate::entity::tagger::{Class, TaggedName};
use crate::entity::words::Reading;

/// A chance below this is no more than noise of the model.
const FLOOR: f32 = 0.015;

/// How much less an event or a work is likely than anything else, where the tagger does not tell them apart: they need
/// evidence of their own, such as a head word.
const UNTOLD: f32 = -1.5;

/// The kinds that names of a class may have, and how likely each is beside the others.
fn kinds_of(class: Class) -> &'static [(Kind, f32)] {
    match class {
        Class::Person => &[(Kind::Person, 0.0)],
        Class::Place => &[(Kind::Place, 0.0)],
        Class::Organisation => &[(Kind::Organisation, 0.0)],
        Class::Group => &[(Kind::Group, 0.0)],
        Class::Other => &[(Kind::Other, 0.0), (Kind::Event, UNTOLD), (Kind::Work, UNTOLD)],
    }
}

/// The logarithms of the chances of each kind, as the tagger sees it in this place.
pub(super) fn scores(tagged: &TaggedName) -> Scores {
    let mut scores = Scores::default();
    for (class, chance) in Class::ALL.into_iter().zip(tagged.chances) {
        for (kind, less) in kinds_of(class) {
            scores.add_to(*kind, chance.max(FLOOR).ln() + less);
        }
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
