//! What a name's own words and the words around it tell about its kind.

use super::{Finder, Votes};
use crate::entity::Kind;
use crate::entity::lexicon::{Gender, class, is_particle};

/// What persons have, and countries or companies do not.
const OF_PERSONS: [&str; 30] = [
    "deputy",
    "aide",
    "aides",
    "wife",
    "husband",
    "son",
    "sons",
    "daughter",
    "brother",
    "sister",
    "father",
    "mother",
    "lawyer",
    "lawyers",
    "adviser",
    "advisers",
    "predecessor",
    "successor",
    "ally",
    "allies",
    "widow",
    "family",
    "friend",
    "friends",
    "career",
    "body",
    "book",
    "speech",
    "death",
    "resignation",
];

impl Finder<'_> {
    /// What the words of a name tell.
    pub(super) fn shape_votes(&self, at: usize, end: usize, common: usize, votes: &mut Votes) {
        let lexicon = self.reading.lexicon;
        let length = end - at;
        let first = self.word(at);
        let inner = || (at..end).map(|at| self.word(at));
        if length == 1 {
            if first.is_all_capitals() && first.text.len() <= 7 {
                votes.add(Kind::Organisation, 2);
            } else if let Some(gender) = lexicon.given(first.text) {
                votes.add(Kind::Person, if gender == Gender::Either { 2 } else { 3 });
            } else if first.text.contains("al-") && !first.text.starts_with("al-") {
                votes.add(Kind::Person, 1);
            }
            return;
        }
        if inner().any(|word| word.is("&")) {
            votes.add(Kind::Organisation, 4);
            return;
        }
        // The last word is no initial: "Position Z."
        let initial = (at..end - 1).any(|at| self.word(at).text.len() == 2 && self.word(at).text.ends_with('.'));
        let particle = inner()
            .skip(1)
            .any(|word| is_particle(word.text) || word.text.starts_with("al-") || word.text.starts_with("el-"));
        let capitals = inner().filter(|word| word.is_all_capitals()).count();
        if lexicon.is_given(first.text) {
            votes.add(Kind::Person, 5);
        } else if length == 2 && matches!(first.text, "Al" | "El" | "La" | "Le" | "Les" | "Las" | "Los") {
            votes.add(Kind::Person, 1);
            votes.add(Kind::Organisation, 1);
        } else if initial || particle {
            votes.add(Kind::Person, 4);
        } else if (2..=4).contains(&length) && common == 0 && capitals == 0 {
            votes.add(Kind::Person, 3);
        } else if common > 0 || capitals > 0 {
            votes.add(Kind::Organisation, 2);
            votes.add(Kind::Person, 1);
        }
        if length > 4 {
            votes.add(Kind::Organisation, 2);
        }
    }

    /// What the words around tell.
    pub(super) fn context_votes(&self, at: usize, end: usize, votes: &mut Votes) {
        let lexicon = self.reading.lexicon;
        let single = end == at + 1;
        let before = &*self.before(at).lower;
        let next = self.word(end);
        let after = &*self.word(end + 1).lower;
        if self.title_before(at).is_some_and(|title| title.name == at) {
            let strong = self.title_before(at).is_some_and(|title| title.end == at);
            votes.add(Kind::Person, if strong { 6 } else { 4 });
        }
        let acronym = single && self.word(at).is_all_capitals();
        if acronym {
            votes.add(Kind::Organisation, i32::from(lexicon.is(&next.lower, class::SAYS)));
        } else if lexicon.is(&next.lower, class::SAYS)
            || matches!(&*next.lower, "who" | "himself" | "herself" | "whose")
        {
            votes.add(Kind::Person, 2);
        } else if next.is(",")
            && (self.word(end + 1).is_number() && after.len() == 2 && self.word(end + 2).is(",")
                || matches!(after, "who" | "whose" | "aged"))
        {
            votes.add(Kind::Person, 4);
        }
        if matches!(before, "said" | "says" | "asked" | "added" | "told") && (next.is(",") || next.is(".")) {
            votes.add(Kind::Person, 2);
        }
        self.place_votes(at, end, votes);
        if next.is_lower() && lexicon.is(&next.lower, class::AFTER_ORGANISATION) {
            votes.add(Kind::Organisation, if single { 3 } else { 2 });
        }
        let other_head = !single && {
            let classes = lexicon.classes(&self.word(end - 1).lower);
            classes & (class::PLACE | class::EVENT | class::WORK) != 0 && classes & class::ORGANISATION == 0
        };
        if before == "the" && !other_head && !(at..end).any(|at| lexicon.is_given(self.word(at).text)) {
            votes.add(Kind::Organisation, if single { 1 } else { 4 });
        }
        if next.is("(") && self.word(end + 1).is_all_capitals() && self.word(end + 2).is(")") && !single {
            votes.add(Kind::Organisation, 4);
        }
        if matches!(
            before,
            "newspaper" | "company" | "magazine" | "group" | "daily" | "agency" | "club" | "party" | "firm" | "charity"
        ) {
            votes.add(Kind::Organisation, 3);
        }
        if is_possessive(&next.lower) && OF_PERSONS.contains(&after) {
            votes.add(Kind::Person, 3);
        }
    }

    /// Whether the words around are those around a place.
    fn place_votes(&self, at: usize, end: usize, votes: &mut Votes) {
        let lexicon = self.reading.lexicon;
        let single = end == at + 1;
        let before = &*self.before(at).lower;
        let next = self.word(end);
        let place = match before {
            // "across the Mersey", "in the Wipptal"
            "the" if single && at >= self.sentence.first + 2 => {
                let preposition = &*self.word(at - 2).lower;
                2 * i32::from(matches!(preposition, "in" | "across" | "along" | "up" | "down" | "beyond" | "through"))
            }
            "in" => 3,
            "near" | "outside" | "around" | "across" | "throughout" => 2,
            "at" | "from" | "to" | "into" | "towards" => 1,
            _ => 0,
        };
        if place > 0 && single && !self.word(at).is_all_capitals() && lexicon.given(self.word(at).text).is_none() {
            votes.add(Kind::Place, place);
        }
        if before == "of" && at >= self.sentence.first + 2 && lexicon.is(&self.word(at - 2).lower, class::AFTER_PLACE) {
            votes.add(Kind::Place, 5);
        }
        // "the people of Leith", "the mouth of the Penfeld"
        let the = usize::from(before == "the");
        if single && at >= self.sentence.first + 2 + the && self.word(at - 1 - the).is("of") {
            let votes_of = match (&*self.word(at - 2 - the).lower, the) {
                ("people" | "streets" | "outskirts" | "suburbs" | "residents" | "citizens" | "half", 0) => 2,
                ("north" | "south" | "east" | "west", 0)
                | ("mouth" | "banks" | "bank" | "shore" | "shores" | "coast" | "source" | "headwaters", _) => 3,
                _ => 0,
            };
            votes.add(Kind::Place, votes_of);
        }
        // "Flores and Corvo"
        if single && before == "and" && at >= self.sentence.first + 2 && !self.word(at).is_all_capitals() {
            let coordinate = self
                .known_at(at - 2)
                .is_some_and(|(end, known)| end == at - 1 && known.kind == Kind::Place && !known.weak);
            votes.add(Kind::Place, 2 * i32::from(coordinate));
        }
        // "Corvo, the smaller island,"
        if next.is(",") && matches!(&*self.word(end + 1).lower, "the" | "a" | "an") {
            let is_noun = |at: usize| {
                lexicon.is(&self.word(at).lower, class::AFTER_PLACE)
                    && matches!(self.word(at + 1).text, "," | "." | "of" | "in" | "on" | "near" | "where")
            };
            let mut apposition = (end + 2..end + 6).take_while(|&at| self.word(at).is_lower());
            votes.add(Kind::Place, 3 * i32::from(apposition.any(is_noun)));
        }
        if next.is_lower()
            && lexicon.is(&next.lower, class::AFTER_PLACE)
            && !matches!(&*next.lower, "state" | "capital")
        {
            votes.add(Kind::Place, 3);
        }
        if next.is(",")
            && self.known_at(end + 1).is_some_and(|(_, known)| known.kind == Kind::Place && !known.weak)
            && place > 0
        {
            votes.add(Kind::Place, 3);
        }
    }
}

fn is_possessive(lower: &str) -> bool {
    lower == "'s" || lower == "'"
}
