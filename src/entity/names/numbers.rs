//! Numbers before and behind a name that belong to it: "2026 World Cup", "World Expo 2030", "Greece 2.0".

use std::ops::Range;

use super::Name;
use super::dated::is_year;
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::patterns::Patterns;
use crate::entity::words::{Reading, Sentence};
use crate::text::tokens::TokenKind;

/// Lets the names keep such numbers as the tagger left out; what was taken for a date gives way.
pub(super) fn keep(reading: &Reading<'_>, patterns: &mut Patterns, names: &mut Vec<Name>) {
    let mut sentences = reading.sentences.iter().peekable();
    let mut longer: Vec<Range<usize>> = Vec::new();
    let mut absorbed: Vec<Range<usize>> = Vec::new();
    // The name before, and where it ends.
    let (mut place, mut end) = (None, 0);
    let starts: Vec<usize> = names.iter().skip(1).map(|name| name.first).chain([usize::MAX]).collect();
    for (name, next) in names.iter_mut().zip(starts) {
        while sentences.next_if(|sentence| sentence.end <= name.first).is_some() {}
        let Some(sentence) = sentences.peek() else { break };
        if sentence.title_case {
            continue;
        }
        let head = &reading.word(name.end - 1).lower;
        let is_thing = !matches!(name.kind, Kind::Person | Kind::Place | Kind::Group);
        // "Africa Cup of Nations"
        let cup =
            (name.first..name.end).rev().find(|&at| reading.word(at + 1).is("of")).map(|at| &*reading.word(at).lower);
        let is_event = is_thing
            && (reading.lexicon.is(head, class::EVENT)
                || name.kind == Kind::Event
                    && (head == "contest" || cup.is_some_and(|cup| reading.lexicon.is(cup, class::EVENT))));
        if is_event && name.first > sentence.first.max(end) && is_year(reading.word(name.first - 1)) {
            // "the 2026 World Cup", "the Paris 2024 Olympics"
            name.first -= 1;
            if let Some(first) = place.filter(|_| name.first == end) {
                absorbed.push(first..end);
                name.first = first;
            }
            name.range = reading.range(name.first, name.end);
            longer.push(name.first..name.end);
        }
        (place, end) = (Some(name.first).filter(|_| name.kind == Kind::Place), name.end);
        if name.end >= sentence.end || name.end >= next {
            continue;
        }
        if is_version(reading, sentence, name.end) {
            // A plan or a product is called so, not the place.
            if name.kind == Kind::Place {
                name.set_kind(Kind::Work);
            }
        } else if !(ends_in_year(reading, sentence, name) && is_called_by_year(name.kind)
            || is_plan(reading, sentence, name))
        {
            continue;
        }
        name.end += 1;
        end = name.end;
        name.range = reading.range(name.first, name.end);
        if longer.last().is_some_and(|last| last.start == name.first) {
            longer.pop();
        }
        longer.push(name.first..name.end);
    }
    names.retain(|name| {
        absorbed.binary_search_by_key(&(name.first, name.end), |words| (words.start, words.end)).is_err()
    });
    longer.extend(names.iter().filter(|name| name.end == name.first + 2).map(|name| name.first..name.end));
    longer.sort_by_key(|words| (words.start, words.end));
    longer.dedup();
    patterns.give_way(reading, &longer);
}

/// Whether things of a kind have the year in their name. People and places have not.
fn is_called_by_year(kind: Kind) -> bool {
    matches!(kind, Kind::Event | Kind::Work | Kind::Organisation)
}

/// "Strategic Plan 2022-2026"
fn is_plan(reading: &Reading<'_>, sentence: &Sentence, name: &Name) -> bool {
    let years = reading.within(sentence, name.end);
    let is_year = |year: &str| year.len() == 4 && year.starts_with("20");
    matches!(reading.word(name.end - 1).text, "Agenda" | "Framework" | "Plan" | "Programme" | "Strategy")
        && years.text.split_once(['-', '–']).is_some_and(|(from, to)| is_year(from) && (is_year(to) || to.len() == 2))
}

/// "2.0" behind a name: "Industry 4.0".
fn is_version(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let word = reading.within(sentence, at);
    let next = reading.within(sentence, at + 1);
    let is_version = word.text.split_once('.').is_some_and(|(major, minor)| minor == "0" && major.len() == 1);
    word.is_number()
        && is_version
        && (next.kind == TokenKind::Punctuation && !next.is("%") || next.is_lower())
        && !crate::entity::amounts::is_unit(&next.lower)
}

/// A year directly behind a name of its own: "Expo 2030"; "(Reuters 2019)" says where something stands.
fn ends_in_year(reading: &Reading<'_>, sentence: &Sentence, name: &Name) -> bool {
    is_year(reading.within(sentence, name.end)) && !reading.before(sentence, name.first).is("(")
}

#[cfg(test)]
mod tests {
    use crate::entity::Kind;
    use crate::entity::tests::mentions;

    #[test]
    fn a_name_keeps_its_number_and_no_date_cuts_it() {
        for (words, name) in [
            ("The kingdom presented its plan, called Vision 2030, to a small crowd.", "Vision 2030"),
            ("The city hopes to be the host of World Expo 2030 one day.", "World Expo 2030"),
            ("Fans wait for the 2026 World Cup in a small town.", "2026 World Cup"),
            ("She won gold at the Paris 2024 Olympics for the first time.", "Paris 2024 Olympics"),
            ("The money comes from Greece 2.0, a plan for the time after.", "Greece 2.0"),
        ] {
            let found = mentions(words);
            assert!(found.iter().any(|(kind, words)| kind.is_name() && words == name), "{words}: {found:?}");
            assert!(found.iter().all(|(kind, _)| *kind != Kind::Date), "{words}");
        }
    }

    #[test]
    fn a_year_that_belongs_to_no_name_is_a_date() {
        for words in
            ["They moved to Lisbon 2019 was over.", "In 2019 Lisbon rejoiced.", "Since 2019 Ana Reed has stayed."]
        {
            assert!(mentions(words).contains(&(Kind::Date, "2019".to_owned())), "{words}");
        }
    }
}
