//! Offices with what they are for: "Minister for Gender, Labour and Social Development", "Health and Social Care Secretary";
//! and the ministries that are called so.

use std::ops::Range;

use super::Name;
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::words::{Reading, Sentence, Word};

/// Words of the longest row of things an office is for.
const LONGEST: usize = 14;

/// The last words of titles that are for something: "Minister of Health", "director of sport".
const FOR_SOMETHING: [&str; 41] = [
    "adviser",
    "advisor",
    "ambassador",
    "champion",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "chief",
    "commissioner",
    "coordinator",
    "co-ordinator",
    "correspondent",
    "dean",
    "director",
    "director-general",
    "editor",
    "envoy",
    "executive",
    "expert",
    "general",
    "governor",
    "head",
    "inspector",
    "lead",
    "leader",
    "lecturer",
    "manager",
    "minister",
    "officer",
    "official",
    "president",
    "professor",
    "rapporteur",
    "representative",
    "secretary",
    "secretary-general",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "state",
];

/// The last words of titles before which it may stand what they are for: "Health Minister", "climate scientist".
const AFTER_SOMETHING: [&str; 37] = [
    "activist",
    "adviser",
    "advisor",
    "analyst",
    "campaigner",
    "chief",
    "columnist",
    "commissioner",
    "consultant",
    "coordinator",
    "correspondent",
    "critic",
    "director",
    "economist",
    "editor",
    "envoy",
    "executive",
    "expert",
    "head",
    "historian",
    "journalist",
    "lawyer",
    "lecturer",
    "manager",
    "minister",
    "officer",
    "official",
    "professor",
    "reporter",
    "researcher",
    "scientist",
    "secretary",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "strategist",
    "teacher",
];

/// An office, by its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Office {
    /// All of them: "Minister for Gender, Labour and Social Development".
    pub(super) words: Range<usize>,
    /// Where its title ends: "Minister".
    head: usize,
    /// Whether what it is for stands behind.
    pub(super) has_tail: bool,
}

/// The offices of an article that are named with what they are for, in order, without overlaps.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Office> {
    let mut offices: Vec<Office> = Vec::new();
    for sentence in &reading.sentences {
        let mut floor = sentence.first;
        while floor < sentence.end {
            let found = (floor..sentence.end).find_map(|at| office_at(reading, sentence, floor, at));
            let Some(office) = found else { break };
            floor = office.words.end;
            if !is_of_body(reading, sentence, office.words.start) {
                offices.push(office);
            }
        }
    }
    offices
}

/// Whether what begins at `at` names a body by its head: "the Office of the UN High Commissioner for Refugees".
fn is_of_body(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let mut at = at;
    while at > sentence.first + 3 && is_capital(reading.word(at - 1)) {
        at -= 1;
    }
    let before =
        |distance: usize| at.checked_sub(distance).filter(|at| *at >= sentence.first).map(|at| reading.word(at));
    before(1).is_some_and(|word| word.is("the"))
        && before(2).is_some_and(|word| word.is("of"))
        && before(3).is_some_and(|word| word.is("Office"))
}

/// The office whose title begins with word `at`, or ends in it after what it is for.
fn office_at(reading: &Reading<'_>, sentence: &Sentence, floor: usize, at: usize) -> Option<Office> {
    let titled = title_at(reading, sentence, at);
    let before = |at: usize| at > floor && reading.lexicon.is_portfolio(&reading.word(at - 1).lower);
    if titled.is_none() && !is_link(reading.within(sentence, at + 1)) && !before(at) {
        return None;
    }
    let end = at + titled.unwrap_or(1);
    let head = end - 1;
    let last = &*reading.word(head).lower;
    let is_bare = (at..head).all(|at| reading.lexicon.is_portfolio(&reading.word(at).lower));
    let start =
        if is_bare && AFTER_SOMETHING.contains(&last) { row_before(reading, sentence, floor, head) } else { at };
    let tail = if FOR_SOMETHING.contains(&last) { tail(reading, sentence, end) } else { None };
    let words = start.min(at)..tail.unwrap_or(end);
    (start < head && is_bare || tail.is_some()).then_some(Office { words, head: end, has_tail: tail.is_some() })
}

/// The number of words of the longest title that begins with word `at`.
fn title_at(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let longest = reading.lexicon.longest_title(&reading.word(at).lower).min(sentence.end - at);
    (1..=longest).rev().find(|length| {
        let form = (at..at + length).map(|at| reading.word(at).lower.as_ref()).collect::<Vec<_>>().join(" ");
        reading.lexicon.title(&form).is_some()
    })
}

/// Where the row of things before word `end` begins: "Health and Social Care" of "Health and Social Care Secretary". They
/// are written like the office.
fn row_before(reading: &Reading<'_>, sentence: &Sentence, floor: usize, end: usize) -> usize {
    let capital = is_capital(reading.word(end));
    let fits = |at: usize| {
        let word = reading.word(at);
        reading.lexicon.is_portfolio(&word.lower)
            && (is_capital(word) == capital || at == sentence.first && is_capital(word))
    };
    let mut start = end;
    let mut at = end;
    while at > floor && end - at < LONGEST {
        if fits(at - 1) {
            at -= 1;
            start = at;
        } else if start < end && start == at && at > floor + 1 && is_and(reading.word(at - 1)) && fits(at - 2) {
            at -= 1;
        } else {
            break;
        }
    }
    start
}

/// Where what an office is for ends: "for Women and Equalities", "of the environment" after word `at`.
fn tail(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let article = usize::from(reading.within(sentence, at + 1).is("the"));
    is_link(reading.within(sentence, at)).then(|| row(reading, sentence, at + 1 + article)).flatten()
}

/// Where a row of things that offices and ministries are for ends: "Gender, Labour and Social Development". Commas need an
/// *and* that closes the list. All have a capital, or none has.
fn row(reading: &Reading<'_>, sentence: &Sentence, first: usize) -> Option<usize> {
    let capital = is_capital(reading.within(sentence, first));
    let fits = |at: usize| {
        let word = reading.within(sentence, at);
        is_capital(word) == capital && reading.lexicon.is_portfolio(&word.lower)
    };
    let item = |from: usize| (from..from + LONGEST).find(|&at| !fits(at)).filter(|&end| end > from);
    // "Health and Trade Unions": what is headed like a body is one of its own.
    let is_body = |at: usize| at < sentence.end && is_body(reading, at);
    let mut end = item(first).filter(|&end| !is_body(end))?;
    let mut at = end;
    while at - first < LONGEST {
        let comma = usize::from(reading.within(sentence, at).is(","));
        let and = usize::from(is_and(reading.within(sentence, at + comma)));
        let article = usize::from(and > 0 && !capital && reading.within(sentence, at + comma + and).is("the"));
        let next = at + comma + and + article;
        let Some(item_end) = item(next).filter(|_| comma + and > 0) else { break };
        if is_body(item_end) {
            break;
        }
        at = item_end;
        if and > 0 {
            end = at;
        }
    }
    Some(end)
}

fn is_link(word: &Word<'_>) -> bool {
    matches!(&*word.lower, "of" | "for" | "on")
}

fn is_and(word: &Word<'_>) -> bool {
    matches!(word.text, "and" | "&")
}

fn is_capital(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

/// Takes what an office is for off the names: of "Minister for Women and Equalities Nicky Dunmore", only the person is one.
/// Where a name goes on that is nobody's, the office ends before it: "director of the National Library of Corvo".
pub(super) fn clear(reading: &Reading<'_>, offices: &mut [Office], names: &mut Vec<Name>) {
    let mut next = 0;
    names.retain_mut(|name| {
        while offices.get(next).is_some_and(|office| office.words.end <= name.first) {
            next += 1;
        }
        let office = offices.get_mut(next).filter(|office| office.words.start <= name.first && name.known.is_none());
        let Some(office) = office else { return true };
        let last = reading.word(name.end - 1);
        let is_body = is_body(reading, name.end - 1);
        if name.end <= office.words.end {
            // "Army Chief of Staff"
            return is_body && !reading.lexicon.is_portfolio(&last.lower);
        }
        let first = reading.word(office.words.end);
        if is_body || first.is_lower() || name.kind != Kind::Person && !reading.lexicon.is_given(first.text) {
            (office.words.end, office.has_tail) = (office.head, false);
            return true;
        }
        name.first = office.words.end;
        name.range = reading.range(name.first, name.end);
        name.set_kind(Kind::Person);
        true
    });
}

/// Whether a word is the head of a body's name: *Institute*.
fn is_body(reading: &Reading<'_>, at: usize) -> bool {
    is_capital(reading.word(at)) && reading.lexicon.is(&reading.word(at).lower, class::ORGANISATION)
}

/// Lets the names of ministries and committees go on over all that they are for: "Ministry of Lands, Housing, and Urban
/// Development".
pub(super) fn complete_bodies(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let mut sentences = reading.sentences.iter().peekable();
    let mut body: Option<(usize, usize)> = None;
    let mut gone = Vec::new();
    for at in 0..names.len() {
        let Some(name) = names.get(at) else { break };
        while sentences.next_if(|sentence| sentence.end <= name.first).is_some() {}
        let Some(sentence) = sentences.peek() else { break };
        let (first, end) = (name.first, name.end);
        if let Some((number, limit)) = body.filter(|(_, limit)| first < *limit) {
            // "Agriculture of Panama" of "Chamber of Commerce and Agriculture of Panama"
            gone.push(at);
            if end > limit
                && let Some(body) = names.get_mut(number)
            {
                body.end = end;
                body.range = reading.range(body.first, end);
            }
            body = Some((number, limit.max(end)));
        } else if let Some(end) = end_of_body(reading, sentence, name)
            && let Some(name) = names.get_mut(at)
        {
            name.end = end;
            name.range = reading.range(first, end);
            name.set_kind(Kind::Organisation);
            body = Some((at, end));
        }
    }
    let mut number = 0..;
    names.retain(|_| number.next().is_some_and(|number| gone.binary_search(&number).is_err()));
}

/// Where a body ends whose name the tagger saw up to some word of the row it is for.
fn end_of_body(reading: &Reading<'_>, sentence: &Sentence, name: &Name) -> Option<usize> {
    let head = (name.first..name.end)
        .rev()
        .find(|&at| is_body(reading, at) && reading.lexicon.is(&reading.word(at).lower, class::OF))?;
    let end = tail(reading, sentence, head + 1)?;
    (end > name.end && is_capital(reading.word(end - 1))).then_some(end)
}
