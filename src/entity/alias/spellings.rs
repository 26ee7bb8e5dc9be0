//! One name in two spellings: "Basse-Terre" and "Basse Terre", "Luis Ibarra" and a slip of the pen, "Luis Ibara".

use foldhash::{HashMap, HashMapExt};

use super::Linker;
use crate::entity::gazetteer::{self, Entry};
use crate::entity::hash;
use crate::entity::{Kind, Rule};

/// Letters of the shortest name that may be written in one word as well as in two.
const SHORTEST: usize = 8;

/// Letters of the shortest word in which a slip is seen: *Maria* and *Marie* are two names.
const SHORTEST_SLIP: usize = 5;

/// Names alike but for one word that are compared; more is a list, not an article.
const MOST: usize = 16;

impl Linker<'_> {
    /// Joins spellings of one name.
    pub(super) fn spellings(&mut self) {
        let mut joins = self.hyphened();
        joins.extend(self.slips());
        for (one, other) in joins {
            self.join(one, other, Rule::Name);
        }
    }

    /// "Basse-Terre" and "Basse Terre", "Amir-Abdollahi" and "Amirabdollahi".
    fn hyphened(&self) -> Vec<(usize, usize)> {
        let mut seen: HashMap<String, (usize, String)> = HashMap::new();
        let mut joins = Vec::new();
        for (number, form) in self.forms.iter().enumerate() {
            let blanks = form.key.replace('-', " ");
            let letters: String = blanks.split(' ').collect();
            match seen.get(&letters) {
                Some((first, other)) if *other == blanks || letters.len() >= SHORTEST => {
                    // One word for a person here and a place there is two things.
                    if self.forms.get(*first).is_some_and(|first| first.key != form.key) {
                        joins.push((number, *first));
                    }
                }
                Some(_) => {}
                None => drop(seen.insert(letters, (number, blanks))),
            }
        }
        joins
    }

    /// Persons' names that differ by a letter in one word, and a lone surname that differs so from the only one it can be.
    fn slips(&self) -> Vec<(usize, usize)> {
        let persons = self
            .forms
            .iter()
            .enumerate()
            .filter(|(_, form)| form.kind() == Kind::Person && form.tally.listed().is_none() && form.words <= 6);
        // What remains of a name without one of its words, and which one that is → the names and the word.
        let mut alike: HashMap<(String, usize), Vec<(usize, &str)>> = HashMap::new();
        // The surnames that begin with each letter, and whose they are.
        let mut bearers: HashMap<char, Vec<(&str, usize)>> = HashMap::new();
        let mut alone = Vec::new();
        let mut joins = Vec::new();
        for (number, form) in persons {
            let words: Vec<&str> = form.key.split(' ').collect();
            let last = words.last().copied().unwrap_or_default();
            if words.len() == 1 {
                alone.push((number, last));
                continue;
            }
            let list = bearers.entry(last.chars().next().unwrap_or_default()).or_default();
            if list.len() < MOST {
                list.push((last, number));
            }
            for (at, own) in words.iter().enumerate() {
                let rest: Vec<&str> =
                    words.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, word)| *word).collect();
                let list = alike.entry((rest.join(" "), at)).or_default();
                let is_last = at + 1 == words.len();
                let is_same = |other: &str| if is_last { is_slip(own, other) } else { is_given_slip(own, other) };
                if let Some((same, _)) = list.iter().find(|(_, other)| is_same(other)) {
                    joins.push((number, *same));
                } else if list.len() < MOST {
                    list.push((number, own));
                }
            }
        }
        for (number, word) in alone {
            let Some(bearers) = word.chars().next().and_then(|first| bearers.get(&first)) else { continue };
            let is_slip_of = |last: &str| {
                let plural = word.strip_suffix('s') == Some(last);
                is_slip(word, last) && !plural && !(has(word, Entry::SURNAME) && has(last, Entry::SURNAME))
            };
            let mut found = bearers.iter().filter(|(last, _)| *last == word || is_slip_of(last));
            if let (Some((last, bearer)), None) = (found.next(), found.next())
                && *last != word
            {
                joins.push((number, *bearer));
            }
        }
        joins
    }
}

/// Whether the gazetteer knows a word for a given name or a surname.
fn has(word: &str, fact: u16) -> bool {
    gazetteer::entry(hash::of(word.bytes())).facts() & fact != 0
}

/// Given names are often alike and still two people's, *Marina* and *Maria*, *Daniel* and *Daniela*: where both are known, only
/// other vowels inside are a spelling, *Mohammed* and *Muhammad*.
fn is_given_slip(one: &str, other: &str) -> bool {
    let last = |word: &str| word.chars().last().filter(|c| is_vowel(*c));
    last(one) == last(other)
        && one.chars().next() == other.chars().next()
        && one.len().min(other.len()) >= SHORTEST_SLIP
        && (consonants(one) == consonants(other)
            || is_slip(one, other) && !(has(one, Entry::GIVEN) && has(other, Entry::GIVEN)))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The consonants of a word, doubled ones once.
fn consonants(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.retain(|c| !is_vowel(*c));
    letters.into_iter().collect()
}

/// Whether two words differ in one letter that is another, missing, or in its neighbour's place, but not in their first.
fn is_slip(one: &str, other: &str) -> bool {
    let (mut one, mut other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one == other || one.len().min(other.len()) < SHORTEST_SLIP || one.first() != other.first() {
        return false;
    }
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    one.drain(..same);
    other.drain(..same);
    while one.last().is_some_and(|last| other.last() == Some(last)) {
        one.pop();
        other.pop();
    }
    match (one.as_slice(), other.as_slice()) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len().max(other.len()) == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter() {
        for (one, other) in
            [("maurer", "mauer"), ("schroeder", "shroeder"), ("moraes", "moreas"), ("wilkins", "wilkens")]
        {
            assert!(is_slip(one, other) && is_slip(other, one), "{one}");
        }
        for (one, other) in [("maria", "marias2"), ("fernandez", "hernandez"), ("reed", "read"), ("maurer", "maurer")] {
            assert!(!is_slip(one, other), "{one}");
        }
        assert_eq!(consonants("mohammed"), consonants("muhammad"));
    }
}
