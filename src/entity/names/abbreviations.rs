//! Abbreviations: those that the article explains are names like what they stand for, `Bank of Corvo (BoC)`; those of common
//! nouns are none, "an NGO", "closed-circuit television (CCTV)".

use foldhash::{HashMap, HashMapExt, HashSet};
use std::ops::Range;

use super::Name;
use crate::entity::Kind;
use crate::entity::key::is_abbreviation;
use crate::entity::words::Reading;

/// Words before a bracket that are looked at for each letter in it.
const WORDS_A_LETTER: usize = 2;

/// Words of a name in which a bracket is looked for.
const MOST_WORDS: usize = 12;

/// Letters of the longest abbreviation.
const LONGEST: usize = 8;

/// Abbreviations that are looked for; more is a glossary.
const MOST: usize = 64;

/// Lets names grow as far as the initials behind them reach: "the Commission on the Status of Women (CSW)", of which the tagger
/// saw the last words only, or "National Harbour Congress (NHC) Caucus", which it took for one name.
pub(super) fn complete(reading: &Reading<'_>, names: &mut Vec<Name>, free: impl Fn(&Range<usize>) -> bool) {
    let mut spelled: Vec<Range<usize>> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let bracket = (name.first + 1..=name.end).take(MOST_WORDS).find(|&at| reading.word(at).is("("));
        let floor = spelled.last().map_or(0, |words| words.end);
        let Some(mut words) = bracket.and_then(|bracket| spelled_by(reading, bracket, floor)) else { continue };
        // "the UN Commission", of which the letters are those of *Commission* only
        let before = names.get(..number).and_then(|before| before.iter().rfind(|before| before.first < words.start));
        if let Some(before) = before.filter(|before| before.end > words.start) {
            words.start = before.first;
        }
        if words != (name.first..name.end) && name.first >= words.start && free(&words) {
            spelled.push(words);
        }
    }
    let mut spelled = spelled.into_iter().peekable();
    let mut whole: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        while spelled.next_if(|words| words.end <= name.first).is_some() {}
        let Some(words) = spelled.peek().filter(|words| words.start < name.end) else {
            whole.push(name);
            continue;
        };
        // The last of its pieces tells what the name is.
        whole.pop_if(|piece| piece.first == words.start && piece.end == words.end);
        let range = reading.range(words.start, words.end);
        whole.push(Name { known: None, first: words.start, end: words.end, range, ..name });
    }
    *names = whole;
}

/// The words with capitals before a bracket of which the letters in it are the initials, to the last one and not before word
/// `floor`. Small words between them need no letter.
fn spelled_by(reading: &Reading<'_>, bracket: usize, floor: usize) -> Option<Range<usize>> {
    let short = reading.word(bracket + 1);
    let letters: Vec<char> = short.text.chars().filter(|c| c.is_uppercase()).collect();
    if !reading.word(bracket + 2).is(")") || !(3..=LONGEST).contains(&letters.len()) || !short.is_all_capitals() {
        return None;
    }
    let mut rest = letters.iter().rev().peekable();
    let mut at = bracket;
    while let Some(letter) = rest.peek() {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        let word = reading.word(at);
        if word.text.starts_with(**letter) {
            rest.next();
        } else if !matches!(&*word.lower, "of" | "the" | "and" | "for" | "in" | "on" | "to" | "'s" | "’s")
            || !word.is_lower()
        {
            return None;
        }
    }
    Some(at..bracket)
}

/// Adds the abbreviations that stand in brackets behind the name they are made of, wherever else they stand.
pub(super) fn add(reading: &Reading<'_>, names: &mut Vec<Name>, free: impl Fn(&Range<usize>) -> bool) {
    let mut explained: HashMap<&str, Name> = HashMap::new();
    for name in names.iter().filter(|name| name.end > name.first + 1 && name.kind != Kind::Person) {
        let short = reading.word(name.end + 1);
        let capitals = short.text.chars().filter(|c| c.is_uppercase()).count();
        if explained.len() < MOST
            && reading.word(name.end).is("(")
            && reading.word(name.end + 2).is(")")
            && capitals >= 2
            && (2..=LONGEST).contains(&short.text.len())
            && is_abbreviation(short.text, reading.text.slice(name.range))
        {
            explained.entry(short.text).or_insert_with(|| name.clone());
        }
    }
    if explained.is_empty() {
        return;
    }
    let mut taken = names.iter().map(|name| name.first..name.end).peekable();
    let mut more = Vec::new();
    for (at, word) in reading.words.iter().enumerate() {
        while taken.next_if(|words| words.end <= at).is_some() {}
        let words = at..at + 1;
        if taken.peek().is_none_or(|words| words.start > at)
            && let Some(name) = explained.get(word.text).filter(|_| free(&words))
        {
            more.push(Name { first: at, end: at + 1, range: word.range, known: None, ..name.clone() });
        }
    }
    drop(taken);
    names.extend(more);
    names.sort_by_key(|name| name.first);
}

/// Abbreviations that everybody uses without their long form.
fn is_common(text: &str) -> bool {
    matches!(
        text.strip_suffix('s').unwrap_or(text),
        "NGO"
            | "CEO"
            | "COO"
            | "CFO"
            | "CTO"
            | "CIO"
            | "MP"
            | "MEP"
            | "MLA"
            | "MEC"
            | "PM"
            | "VIP"
            | "BA"
            | "BSc"
            | "MSc"
            | "MBA"
            | "PhD"
            | "ICT"
            | "IT"
            | "AI"
            | "TV"
            | "DVD"
            | "SMS"
            | "OTP"
            | "PIN"
            | "ATM"
            | "GPS"
            | "PDF"
            | "URL"
            | "USB"
            | "GDP"
            | "GNP"
            | "VAT"
            | "GST"
            | "IPO"
            | "NDA"
            | "HR"
            | "PR"
            | "SME"
            | "MSME"
            | "EV"
            | "SUV"
            | "CCTV"
            | "DNA"
            | "RNA"
            | "PCR"
            | "ICU"
            | "PPE"
            | "HIV"
            | "RPG"
            | "IED"
            | "FAQ"
            | "ID"
            | "NFT"
            | "ESG"
            | "LNG"
            | "LPG"
            | "R&D"
            | "Q&A"
            | "CV"
            | "IQ"
    )
}

/// Takes out the names that are no more than initials of words in lower case, wherever they stand.
pub(super) fn remove(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let explained =
        |name: &&Name| name.end == name.first + 1 && name.known.is_none() && is_explained(reading, name.first);
    names.retain(|name| name.end > name.first + 1 || name.known.is_some() || !is_common(reading.word(name.first).text));
    let found: HashSet<&str> = names.iter().filter(explained).map(|name| reading.word(name.first).text).collect();
    if !found.is_empty() {
        names.retain(|name| name.end > name.first + 1 || !found.contains(reading.word(name.first).text));
    }
}

/// Whether the word stands in brackets behind words in lower case whose initials it is.
fn is_explained(reading: &Reading<'_>, at: usize) -> bool {
    let Some(bracket) = at.checked_sub(1).filter(|bracket| reading.word(*bracket).is("(")) else { return false };
    let word = reading.word(at);
    let letters: Vec<char> = word.lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.strip_suffix(&['s']).filter(|_| word.text.ends_with('s')).unwrap_or(&letters);
    if !reading.word(at + 1).is(")") || !(2..=LONGEST).contains(&letters.len()) {
        return false;
    }
    let first = bracket.saturating_sub(WORDS_A_LETTER * letters.len());
    let initials: Vec<(char, bool)> = (first..bracket)
        .flat_map(|at| {
            let word = reading.word(at);
            let small = word.is_lower();
            word.lower
                .split(['-', '/'])
                .filter_map(|part| part.chars().next())
                .map(move |c| (c, small))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut rest = initials.iter().rev();
    let mut small = 0;
    // From the last to the first, the last being that of the last word.
    let own_last = initials.last().is_some_and(|(c, _)| letters.last() == Some(c));
    let spelled = letters.iter().rev().all(|letter| {
        let found = rest.find(|(c, _)| c == letter);
        small += usize::from(found.is_some_and(|(_, small)| *small));
        found.is_some()
    });
    own_last && spelled && small * 2 > letters.len()
}
