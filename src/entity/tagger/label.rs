//! The labels of the chain: where in a name a word stands, and what is named.
//!
//! BILOU (Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity Recognition", 2009): a name is one
//! `U`, or a `B`, any number of `I`, and an `L`, all of one class.

/// What the tagger tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A human being.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// A nationality, people, religion, party adherent.
    Group,
    /// A war, summit, tournament, storm.
    Event,
    /// A book, law, treaty, prize, programme.
    Work,
    /// Anything else with a name.
    Other,
}

impl Class {
    /// All classes, by number.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Place, Self::Organisation, Self::Group, Self::Event, Self::Work, Self::Other];
}

/// A label, by number: 0 is "no name", then four for each class.
pub type Label = u8;

/// The label of words outside names.
pub const OUTSIDE: Label = 0;
/// How many labels there are.
pub const LABELS: usize = 1 + 4 * Class::ALL.len();

const BEGIN: u8 = 0;
const INSIDE: u8 = 1;
const LAST: u8 = 2;
const UNIT: u8 = 3;

/// The class of a label; none outside names.
pub fn class_of(label: Label) -> Option<Class> {
    Class::ALL.get(usize::from(label.checked_sub(1)? / 4)).copied()
}

/// The label for the same place in a name of another class.
pub fn in_class(label: Label, class: Class) -> Label {
    match label.checked_sub(1) {
        None => OUTSIDE,
        Some(inside) => 1 + 4 * class as u8 + inside % 4,
    }
}

/// The labels of a name of `words` words, in order.
pub fn labels(class: Class, words: usize) -> impl Iterator<Item = Label> {
    let base = 1 + 4 * class as u8;
    (0..words).map(move |at| match (at, words) {
        (_, 1) => base + UNIT,
        (0, _) => base + BEGIN,
        (at, words) if at + 1 == words => base + LAST,
        _ => base + INSIDE,
    })
}

/// Whether `right` may follow `left`; none stands for the edge of a run, next to which no name is cut.
pub(super) fn may_follow(left: Option<Label>, right: Option<Label>) -> bool {
    let part = |label: Option<Label>| label.filter(|label| *label != OUTSIDE).map(|label| (label - 1) % 4);
    let open = matches!(part(left), Some(BEGIN | INSIDE));
    let goes_on = matches!(part(right), Some(INSIDE | LAST));
    if open { goes_on && left.and_then(class_of) == right.and_then(class_of) } else { !goes_on }
}

/// The names a row of labels spells: first word, word after the last, class.
pub fn names(labels: &[Label]) -> Vec<(usize, usize, Class)> {
    let mut names = Vec::new();
    let mut first = 0;
    for (at, &label) in labels.iter().enumerate() {
        let Some(class) = class_of(label) else { continue };
        match (label - 1) % 4 {
            BEGIN => first = at,
            UNIT => names.push((at, at + 1, class)),
            LAST => names.push((first, at + 1, class)),
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_spell_the_names_they_were_made_from() {
        for class in Class::ALL {
            for words in 1..5 {
                let row: Vec<Label> = labels(class, words).collect();
                assert_eq!(names(&row), [(0, words, class)]);
                assert!(row.iter().all(|label| class_of(*label) == Some(class)));
                let edges = [None].into_iter().chain(row.iter().copied().map(Some)).chain([None]);
                let edges: Vec<_> = edges.collect();
                assert!(edges.windows(2).all(|pair| may_follow(pair[0], pair[1])));
                assert_eq!(may_follow(Some(row[0]), Some(OUTSIDE)), words == 1);
            }
        }
        assert_eq!(class_of(OUTSIDE), None);
    }
}
