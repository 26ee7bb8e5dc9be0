//! What a tagged name is: the tagger's classes, and what it calls *other* by head words and lists.

use std::ops::Range;

use super::Name;
use crate::entity::Kind;
use crate::entity::gazetteer::{self, Entry};
use crate::entity::hash;
use crate::entity::lexicon::class;
use crate::entity::tagger::{Class, TaggedName};
use crate::entity::words::Reading;
use crate::text::particles::may_be_particle;

/// The kind of the name `words`, which the tagger put into the class of `tagged`.
pub(super) fn kind(reading: &Reading<'_>, words: &Range<usize>, tagged: &TaggedName) -> Kind {
    match tagged.class {
        Class::Person | Class::Place | Class::Organisation if is_places(reading, words) => Kind::Place,
        Class::Place | Class::Organisation if tagged.confidence < UNSURE && is_persons(reading, words) => Kind::Person,
        Class::Person => Kind::Person,
        Class::Place => Kind::Place,
        Class::Organisation => Kind::Organisation,
        Class::Group => Kind::Group,
        _ if is_paper(reading, words) => Kind::Organisation,
        _ if is_event(reading, words) => Kind::Event,
        _ if tagged.confidence < UNSURE && is_full_name(reading, words) => Kind::Person,
        Class::Event => Kind::Event,
        Class::Work | Class::Other => Kind::Work,
    }
}

/// Below this the parts of a name may speak against the tagger.
const UNSURE: f32 = 0.97;

/// "Muqtada al-Sadr": whether a name is made like a person's, of a given name and a surname with a particle.
fn is_persons(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let (first, last) = (reading.word(words.start), reading.word(words.end - 1));
    let given = reading.lexicon.is_given(first.text)
        || gazetteer::entry(hash::of(first.lower.bytes())).facts() & Entry::GIVEN != 0;
    let particle = last.lower.split_once('-').is_some_and(|(particle, _)| may_be_particle(particle))
        || words.clone().skip(1).any(|at| reading.word(at).is_lower() && may_be_particle(reading.word(at).text));
    words.len() > 1 && given && particle
}

/// "Rosa Debaere": whether a name is a given name and one more word.
fn is_full_name(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let (first, last) = (reading.word(words.start), reading.word(words.end - 1));
    words.len() == 2
        && reading.lexicon.is_given(first.text)
        && !last.is_lower()
        && gazetteer::entry(hash::of(last.lower.bytes())).class().is_none()
}

/// "Vila do Corvo": whether a name is made like a place's in a Romance language.
fn is_places(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    words.len() > 2
        && reading.lexicon.is(&reading.word(words.start).lower, class::BEFORE_PLACE)
        && words.clone().skip(1).any(|at| reading.word(at).is_lower() && may_be_particle(reading.word(at).text))
}

/// Whether a name that is nothing else is an event's: it is headed by a word like *War*, or ends in *-gate*.
fn is_event(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let lexicon = reading.lexicon;
    let is = |at: usize, bit| lexicon.is(&reading.word(at).lower, bit);
    let first = &reading.word(words.start).lower;
    // "Battle of Corvo", "Festival for the Sea"
    let head = words
        .clone()
        .find(|&at| matches!(&*reading.word(at).lower, "of" | "for" | "in" | "on" | "against"))
        .and_then(|link| link.checked_sub(1).filter(|head| *head >= words.start));
    is(words.end - 1, class::EVENT) && !is(words.end - 1, class::WORK)
        || head.is_some_and(|head| is(head, class::EVENT) && !is(head, class::WORK))
        || words.clone().any(|at| is(at, class::STORM))
        // "World Cup 2026"
        || words.len() > 1 && reading.word(words.end - 1).is_number() && is(words.end - 2, class::EVENT)
        || words.len() == 1 && first.ends_with("gate") && first.len() > 6
        || lexicon.name(reading.text.slice(reading.range(words.start, words.end))).is_some_and(|known| known.kind == Kind::Event)
        || is(words.end, class::EVENT) && !reading.word(words.end).text.starts_with(char::is_uppercase)
}

/// "The Prairie Witness": what is headed like a newspaper and has its article is one.
fn is_paper(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let article =
        reading.word(words.start).is("The") || words.start.checked_sub(1).is_some_and(|at| reading.word(at).is("The"));
    words.len() > 1 && article && reading.lexicon.is(&reading.word(words.end - 1).lower, class::PRESS)
}

/// Whether a name is that of a newspaper, to which *The* belongs.
pub(super) fn is_press(reading: &Reading<'_>, name: &Name) -> bool {
    reading.lexicon.is(&reading.word(name.end - 1).lower, class::PRESS)
        && (name.end > name.first + 1 || name.known.is_some() || !reading.word(name.end - 1).is_all_capitals())
}
