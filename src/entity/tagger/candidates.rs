//! Which words may belong to a name at all. Only they are looked at; most words of an article cost nothing.

use foldhash::HashSet;
use std::ops::Range;

use super::form::Form;
use crate::entity::hash;

/// Words without a capital that join others of a name: at most so many in a row.
const LONGEST_JOINT: usize = 3;

/// The words without a capital that may be part of a name, by their hashes in lower case.
#[derive(Clone, Debug, Default)]
pub struct SmallWords {
    /// They may be a name alone or begin one: *sunni*, *al*.
    pub openers: HashSet<u64>,
    /// They may stand between words with a capital: *of*, *and*, *&*.
    pub joints: HashSet<u64>,
}

impl SmallWords {
    /// From the words themselves, in lower case.
    pub fn new<'a>(openers: impl Iterator<Item = &'a str>, joints: impl Iterator<Item = &'a str>) -> Self {
        let hash = |word: &str| hash::of(word.bytes());
        Self { openers: openers.map(hash).collect(), joints: joints.map(hash).collect() }
    }

    fn opens(&self, form: &Form) -> bool {
        form.any_capital || self.openers.contains(&form.lower)
    }

    /// The rows of words of a sentence that may hold names; everything between them is outside.
    pub(super) fn runs(&self, forms: &[Form]) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let opens = |at: usize| forms.get(at).is_some_and(|form| self.opens(form));
        let joins = |at: usize| forms.get(at).is_some_and(|form| form.particle || self.joints.contains(&form.lower));
        let digits = |at: usize| forms.get(at).is_some_and(|form| form.digits && !form.letters);
        let mut at = 0;
        while at < forms.len() {
            if !opens(at) {
                at += 1;
                continue;
            }
            // "2026 World Cup"
            let first = if at > 0 && digits(at - 1) { at - 1 } else { at };
            let mut end = at + 1;
            loop {
                let joint = (0..=LONGEST_JOINT).find(|&words| opens(end + words) || !joins(end + words));
                match joint {
                    Some(words) if opens(end + words) => end += words + 1,
                    _ => break,
                }
            }
            // "Apollo 11", "Olympic games"
            end += usize::from(digits(end) || joins(end));
            // "The", "He": a capital that begins a sentence, and nothing of a name beside it.
            if end == first + 1 && forms.get(first).is_some_and(|form| form.function && !form.all_capitals) {
                at = end;
                continue;
            }
            match runs.last_mut().filter(|last| last.end >= first) {
                Some(last) => last.end = end,
                None => runs.push(first..end),
            }
            at = end;
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(word: &str) -> Form {
        Form {
            lower: hash::of(word.to_lowercase().bytes()),
            any_capital: word.chars().any(char::is_uppercase),
            letters: word.chars().any(char::is_alphabetic),
            digits: word.chars().any(|c| c.is_ascii_digit()),
            ..Form::default()
        }
    }

    #[test]
    fn names_are_looked_for_around_capitals_only() {
        let small = SmallWords::new(["sunni"].into_iter(), ["of", "the", "and"].into_iter());
        let runs = |words: &str| {
            let words: Vec<&str> = words.split(' ').collect();
            let forms: Vec<Form> = words.iter().map(|word| form(word)).collect();
            small.runs(&forms).into_iter().map(|run| words[run].join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(runs("members of the Union of the Left went home"), ["Union of the Left"]);
        assert_eq!(runs("the 2026 World Cup and sunni cities"), ["2026 World Cup and sunni"]);
        assert_eq!(runs("nothing at all"), Vec::<String>::new());
        assert_eq!(runs("Apollo 11 of and the Moon"), ["Apollo 11", "Moon"]);
    }
}
