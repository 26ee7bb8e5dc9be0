//! What a name is made of: heads, given names, particles, numbers.

use super::{Sign, Signs};
use crate::article::InlineKind;
use crate::entity::gazetteer::{self, Entry};
use crate::entity::hash;
use crate::entity::lexicon::class;
use crate::entity::names::Name;
use crate::entity::words::Reading;
use crate::text::particles::may_be_particle;

pub(super) fn signs(reading: &Reading<'_>, name: &Name) -> Signs {
    let mut signs = Signs::default();
    let (first, last) = (reading.word(name.first), reading.word(name.end - 1));
    let words = name.end - name.first;
    let is = |at: usize, bit: u16| reading.lexicon.is(&reading.word(at).lower, bit);
    let head = head(reading, name);
    let heads = |bit: u16| words > 1 && is(head, bit);
    signs.set(Sign::Company, words > 1 && is_company_ending(&last.lower));
    signs.set(Sign::Newspaper, is_newspaper(reading, name));
    let event = heads(class::EVENT)
        || words > 1 && !heads(class::ORGANISATION) && (name.first..name.end).any(|at| is(at, class::STORM))
        || words == 1 && first.lower.ends_with("gate") && first.lower.len() > 6 && !first.is_all_capitals();
    let law = heads(class::WORK);
    signs.set(Sign::EventHead, event && !law);
    signs.set(Sign::WorkHead, law);
    let plain = !event && !law;
    let place = heads(class::PLACE) || words > 1 && is(name.first, class::BEFORE_PLACE) && head == name.end - 1;
    signs.set(Sign::PlaceHead, plain && place && !heads(class::ORGANISATION));
    signs.set(Sign::OrganisationHead, plain && heads(class::ORGANISATION) && !heads(class::PLACE));
    signs.set(Sign::PlaceParts, is_places(reading, name));
    let given = reading.lexicon.is_given(first.text)
        || gazetteer::entry(hash::of(first.lower.bytes())).facts() & Entry::GIVEN != 0;
    let headless = plain && !place && !heads(class::ORGANISATION);
    let small = (name.first..name.end).any(|at| reading.word(at).is_lower());
    let surname = !last.is_lower() && gazetteer::entry(hash::of(last.lower.bytes())).class().is_none();
    signs.set(Sign::FullName, words == 2 && headless && surname && reading.lexicon.is_given(first.text));
    signs.set(Sign::GivenName, given && headless && (2..4).contains(&words) && !small);
    signs.set(
        Sign::PersonParts,
        words > 1 && headless && (given && has_particle(reading, name) || has_initial(reading, name)),
    );
    signs.set(
        Sign::Number,
        (name.first..name.end).any(|at| reading.word(at).text.contains(|c: char| c.is_ascii_digit())),
    );
    signs.set(Sign::Capitals, words == 1 && (2..7).contains(&first.text.len()) && first.is_all_capitals());
    signs.set(Sign::Ampersand, (name.first..name.end).any(|at| reading.word(at).text.contains('&')));
    signs
}

/// The word that says what is named: the last, or the one before "of", "for", "on" and the like.
fn head(reading: &Reading<'_>, name: &Name) -> usize {
    // "Bank of Corvo (Amendment) Act"
    let start = (name.first..name.end).rev().find(|at| reading.word(*at).is(")")).unwrap_or(name.first);
    let link = (start + 1..name.end)
        .find(|&at| matches!(&*reading.word(at).lower, "of" | "for" | "in" | "on" | "against" | "to"));
    let mut head = link.unwrap_or(name.end) - 1;
    // "World Cup 2026"
    while head > name.first && reading.word(head).is_number() {
        head -= 1;
    }
    head
}

fn is_company_ending(lower: &str) -> bool {
    matches!(
        lower.trim_end_matches('.'),
        "inc"
            | "ltd"
            | "plc"
            | "corp"
            | "co"
            | "llc"
            | "llp"
            | "gmbh"
            | "ag"
            | "sa"
            | "spa"
            | "nv"
            | "bv"
            | "ab"
            | "oyj"
            | "bhd"
            | "pty"
            | "limited"
            | "incorporated"
            | "holdings"
            | "holding"
            | "kk"
            | "pjsc"
            | "jsc"
    )
}

/// "The Prairie Witness": what is headed like a newspaper and has its article.
fn is_newspaper(reading: &Reading<'_>, name: &Name) -> bool {
    let article =
        reading.word(name.first).is("The") || name.first.checked_sub(1).is_some_and(|at| reading.word(at).is("The"));
    name.end > name.first + 1 && article && reading.lexicon.is(&reading.word(name.end - 1).lower, class::PRESS)
}

/// "Muqtada al-Harbi", "Ana van Doren"
fn has_particle(reading: &Reading<'_>, name: &Name) -> bool {
    let last = reading.word(name.end - 1);
    last.lower.split_once('-').is_some_and(|(particle, _)| may_be_particle(particle))
        || (name.first + 1..name.end).any(|at| reading.word(at).is_lower() && may_be_particle(reading.word(at).text))
}

/// "John Q. Public", "J. Osei"
fn has_initial(reading: &Reading<'_>, name: &Name) -> bool {
    (name.first..name.end - 1).any(|at| {
        let mut letters = reading.word(at).text.chars();
        letters.next().is_some_and(char::is_uppercase) && matches!((letters.next(), letters.next()), (Some('.'), None))
    })
}

/// "Vila do Corvo"
fn is_places(reading: &Reading<'_>, name: &Name) -> bool {
    name.end > name.first + 2
        && reading.lexicon.is(&reading.word(name.first).lower, class::BEFORE_PLACE)
        && (name.first + 1..name.end).any(|at| reading.word(at).is_lower() && may_be_particle(reading.word(at).text))
}

/// Whether the author set it in italics, or somebody put it in quotation marks of its own.
pub(super) fn is_marked(reading: &Reading<'_>, name: &Name) -> bool {
    let opens = |text: &str| matches!(text, "“" | "‘" | "\"" | "'" | "«");
    let closes = |text: &str| matches!(text, "”" | "’" | "\"" | "'" | "»");
    let before = name.first.checked_sub(1).map_or("", |at| reading.word(at).text);
    let mut after = reading.word(name.end).text;
    if matches!(after, "," | ".") {
        after = reading.word(name.end + 1).text;
    }
    if opens(before) && closes(after) {
        return true;
    }
    let inlines = reading.text.inlines();
    let next = inlines.partition_point(|inline| inline.range.start <= name.range.start);
    let own = next.checked_sub(1).and_then(|at| inlines.get(at));
    own.is_some_and(|inline| inline.kind == InlineKind::Emphasis && inline.range == name.range)
}
