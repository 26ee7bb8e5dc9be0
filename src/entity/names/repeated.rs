//! What is a name in one place is one in the whole article.

use foldhash::{HashMap, HashMapExt, HashSet};
use std::ops::Range;

use super::Name;
use super::persons::CommonParts;
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::words::Reading;
use crate::text::particles::may_be_particle;

/// A name this sure is looked for in the rest of the article.
const SURE: f32 = 0.8;

/// A longer name this sure speaks for its parts.
const LIKELY: f32 = 0.5;

/// Names that begin with the same word and are looked for; more is a list, not an article.
const MOST: usize = 16;

/// "Choose Tarrant": takes a common word that only begins the sentence off a name that goes without it elsewhere, if only as
/// the last word of a longer one.
pub(super) fn uncover(reading: &Reading<'_>, names: &mut [Name]) {
    let starts: HashSet<usize> = reading.sentences.iter().map(|sentence| sentence.first).collect();
    let seen: HashSet<&str> = names
        .iter()
        .filter(|name| !starts.contains(&name.first) || !is_common(reading, name))
        .flat_map(|name| [reading.text.slice(name.range), reading.word(name.end - 1).text])
        .collect();
    for name in names.iter_mut() {
        if name.kind == Kind::Person
            && name.end > name.first + 1
            && starts.contains(&name.first)
            && is_common(reading, name)
            && seen.contains(reading.text.slice(reading.range(name.first + 1, name.end)))
        {
            name.first += 1;
            name.range = reading.range(name.first, name.end);
        }
    }
}

fn is_common(reading: &Reading<'_>, name: &Name) -> bool {
    let first = reading.word(name.first);
    reading.lexicon.is(&first.lower, class::COMMON) && !reading.lexicon.is_given(first.text)
}

/// Adds the places where a name of the article stands and was not seen.
pub(super) fn add(reading: &Reading<'_>, names: &mut Vec<Name>, free: impl Fn(&Range<usize>) -> bool) {
    let mut by_first: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, name) in names.iter().enumerate().filter(|(_, name)| name.confidence >= SURE) {
        let first = reading.word(name.first);
        // A word that is also written small tells nothing by its capital.
        let single = name.end == name.first + 1;
        if !first.text.starts_with(char::is_uppercase) || single && first.text.chars().count() < 3 {
            continue;
        }
        let list = by_first.entry(first.text).or_default();
        let same = |other: &usize| {
            names.get(*other).is_some_and(|other| reading.text.slice(other.range) == reading.text.slice(name.range))
        };
        if list.len() < MOST && !list.iter().any(same) {
            list.push(number);
        }
    }
    let parts = parts(reading, names);
    let common_parts = CommonParts::new(reading, names);
    let mut taken = names.iter().map(|name| name.first..name.end).peekable();
    let mut more = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        while taken.next_if(|words| words.end <= at).is_some() {}
        if let Some(words) = taken.peek().filter(|words| words.start <= at) {
            at = words.end;
            continue;
        }
        let limit = taken.peek().map_or(reading.words.len(), |words| words.start);
        let found = by_first.get(reading.word(at).text).into_iter().flatten().filter_map(|number| {
            let name = names.get(*number)?;
            let words = at..at + (name.end - name.first);
            let same = words.end <= limit
                && words.clone().zip(name.first..).all(|(here, there)| reading.word(here).is(reading.word(there).text));
            (same && stands_alone(reading, &words) && free(&words)).then_some((words, name))
        });
        if let Some((words, name)) = found.max_by_key(|(words, _)| words.end) {
            at = words.end;
            more.push(Name {
                first: words.start,
                end: words.end,
                range: reading.range(words.start, words.end),
                ..name.clone()
            });
        } else {
            let words = at..at + 1;
            let kind = parts.get(reading.word(at).text).copied().flatten();
            let kind = kind.filter(|kind| *kind == Kind::Person || at > 0 && reading.word(at - 1).lower == "the");
            let kind = kind.or_else(|| common_parts.names_somebody(reading, at).then_some(Kind::Person));
            if let Some(kind) = kind.filter(|_| at < limit && stands_alone(reading, &words) && free(&words)) {
                more.push(Name::new(reading, words, kind, SURE));
            }
            at += 1;
        }
    }
    drop(taken);
    names.extend(more);
    names.sort_by_key(|name| name.first);
}

/// Words that stand for a longer name when they are alone: "Harbi" and "Muqtada" for Muqtada al-Harbi, "the Gazette" for The
/// Harbour Gazette. None where two kinds of names hold them.
fn parts<'a>(reading: &Reading<'a>, names: &[Name]) -> HashMap<&'a str, Option<Kind>> {
    let mut parts: HashMap<&str, Option<Kind>> = HashMap::new();
    for name in names.iter().filter(|name| name.confidence >= LIKELY && name.end > name.first + 1) {
        let last = name.end - 1;
        let paper = name.kind == Kind::Organisation && reading.lexicon.is(&reading.word(last).lower, class::PRESS);
        if name.kind != Kind::Person && !paper {
            continue;
        }
        for at in [Some(last), Some(name.first).filter(|_| !paper)].into_iter().flatten() {
            let text = reading.word(at).text;
            let bare =
                text.split_once('-').map_or(text, |(front, rest)| if may_be_particle(front) { rest } else { text });
            let common = !paper && reading.lexicon.is(&bare.to_lowercase(), class::COMMON);
            if bare.chars().count() > 3 && bare.starts_with(char::is_uppercase) && !common {
                let slot = parts.entry(bare).or_insert(Some(name.kind));
                if *slot != Some(name.kind) {
                    *slot = None;
                }
            }
        }
    }
    parts
}

/// Whether no capitalised word stands beside it, of which it could be a part.
fn stands_alone(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let capital = |at: usize| reading.word(at).text.starts_with(char::is_uppercase);
    let before = words.start.checked_sub(1).is_some_and(capital);
    !before && !capital(words.end)
}
