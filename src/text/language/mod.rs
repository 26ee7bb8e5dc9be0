//! In which language a text is: told from its script where that settles it, else from its commonest words. A text that is
//! short, mixed or in a language unknown here is in none, since a wrong language is worse than no language.
//!
//! * `scripts`: scripts, and the languages that have one to themselves
//! * `words`: the commonest words of languages that share a script
//! * `names`: what languages are called in English, and their tags

mod names;
mod scripts;
mod words;

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use unicode_normalization::UnicodeNormalization;

use crate::article::{BlockKind, Text};

use names::is_close;
pub use names::{is_english, name, tag};
use scripts::{EAST, Letters, SCRIPTS};
use words::WORDS;

/// Bytes that are looked at, in [`PLACES`] places of a longer text.
const LOOKED_AT: usize = 3072;
const PLACES: usize = 4;

/// Letters that at least must be there where the words decide: some twenty words.
const FEWEST_LETTERS: usize = 100;

/// Letters (by weight) that at least must be there where the script decides.
const FEWEST_OF_SCRIPT: usize = 10;

/// Of so many words at least one is among the commonest of the language. There are different ones among these, the more the
/// longer the text (the root of half its number of words): texts in unknown languages have few, but have them often.
const ONE_OF: usize = 6;

/// How many times the words that only one of two languages has outnumber those that only the other has.
const TIMES: usize = 2;

/// Fewest words that one language has and the other has not.
const FEWEST_OWN: usize = 2;

/// Bytes of the longest word that is looked up.
const LONGEST: usize = 40;

/// A set of languages: bit `n` stands for the language in place `n` of [`WORDS`].
type Languages = u64;

/// Which languages have a word among their commonest.
static COMMON: LazyLock<HashMap<&'static str, Languages>> = LazyLock::new(|| {
    let mut common: HashMap<&str, Languages> = HashMap::new();
    for (number, (_, words)) in WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *common.entry(word).or_default() |= 1 << number;
        }
    }
    common
});

/// The language of an article with these words, which names (or does not name) one: BCP 47.
///
/// Where the text plainly is in another language than it is said to be (templates say `en` of everything, and people take
/// `br` for Brazil's), the text is believed.
pub fn language_of(text: &Text, named: Option<&str>) -> Option<String> {
    let named = named.and_then(tag);
    match (tell(text), named) {
        (Some(told), Some(named)) if is_close(told, &named) => Some(named),
        (Some(told), _) => Some(told.to_owned()),
        (None, named) => named,
    }
}

/// The language a text plainly is in.
fn tell(text: &Text) -> Option<&'static str> {
    let places = places(text);
    let mut letters = Letters::default();
    for place in &places {
        place.chars().filter(|c| c.is_alphabetic()).for_each(|c| letters.add(c));
    }
    let (script, count) = letters.main()?;
    if count < FEWEST_OF_SCRIPT {
        return None;
    }
    if script == EAST {
        return letters.eastern();
    }
    let by_words = if count < FEWEST_LETTERS { None } else { by_words(&places, script, &mut letters) };
    by_words.or(SCRIPTS.get(script)?.language)
}

/// What is looked at: running text, but no program text, from places all over it.
fn places(text: &Text) -> Vec<&str> {
    let prose = text.blocks().iter().filter(|block| !matches!(block.kind, BlockKind::Code { .. }));
    let prose: Vec<&str> = prose.map(|block| text.slice(block.range)).collect();
    let length: usize = prose.iter().map(|words| words.len()).sum();
    if length <= LOOKED_AT {
        return prose;
    }
    let mut places = Vec::new();
    let mut start = 0;
    for words in prose {
        let end = start + words.len();
        for place in 0..PLACES {
            let from = (length - LOOKED_AT / PLACES) / (PLACES - 1) * place;
            let to = from + LOOKED_AT / PLACES;
            if from < end && to > start {
                let range = boundary(words, from.saturating_sub(start))..boundary(words, to.min(end) - start);
                places.extend(words.get(range));
            }
        }
        start = end;
    }
    places
}

/// The next place from `at` on where a character begins.
fn boundary(words: &str, at: usize) -> usize {
    (at..words.len()).find(|at| words.is_char_boundary(*at)).unwrap_or(words.len())
}

/// The language whose commonest words these are, and that is far ahead of any other.
fn by_words(places: &[&str], script: usize, letters: &mut Letters) -> Option<&'static str> {
    let (all, found) = common_words(places, script, letters);
    // How many different words of those there are, and how often they stand there.
    let count = |is_meant: &dyn Fn(Languages) -> bool| {
        let meant = found.values().filter(|(languages, _)| is_meant(*languages));
        meant.fold((0, 0), |(words, times), (_, often)| (words + 1, times + often))
    };
    let has = |number: usize| move |languages: Languages| languages >> number & 1 == 1;
    let counts = (0..WORDS.len()).map(|number| count(&has(number)));
    let (best, (words, times)) = counts.enumerate().max_by_key(|(_, (_, times))| *times)?;
    if times * ONE_OF < all || words * words * 2 < all {
        return None;
    }
    let (told, _) = WORDS.get(best)?;
    let is_ahead_of = |number: usize, tag: &str| {
        let (own_words, own) = count(&|languages| has(best)(languages) && !has(number)(languages));
        let (_, others) = count(&|languages| has(number)(languages) && !has(best)(languages));
        if is_close(told, tag) { own > others } else { own_words >= FEWEST_OWN && own >= others * TIMES }
    };
    let mut others = WORDS.iter().enumerate().filter(|(number, _)| *number != best);
    others.all(|(number, (tag, _))| is_ahead_of(number, tag)).then_some(*told)
}

/// How many words of the script there are, and which of the commonest words are among them: of which languages, and how
/// often.
fn common_words(
    places: &[&str],
    script: usize,
    letters: &mut Letters,
) -> (usize, HashMap<&'static str, (Languages, usize)>) {
    let (mut all, mut found, mut folded) = (0, HashMap::new(), String::new());
    for word in places.iter().flat_map(|place| place.split(|c| !is_in_word(c))) {
        if word.chars().next().and_then(|c| letters.script(c)) != Some(script) {
            continue;
        }
        all += 1;
        if word.len() > LONGEST {
            continue;
        }
        fold(word, &mut folded);
        if let Some((word, languages)) = COMMON.get_key_value(folded.as_str()) {
            found.entry(*word).or_insert((*languages, 0)).1 += 1;
        }
    }
    (all, found)
}

/// Puts a word as the list has it into `folded`.
fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
    } else if word.contains(has_other_forms) {
        folded.extend(word.nfc().filter(|c| !is_point(*c)).flat_map(char::to_lowercase));
    } else {
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
}

/// Whether it is a part of a word: a letter, or a sign upon one that is none itself.
fn is_in_word(c: char) -> bool {
    c.is_alphabetic()
        || is_point(c)
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}')
}

/// Whether some write it as two characters and some as one.
fn has_other_forms(c: char) -> bool {
    is_point(c)
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{958}'..='\u{95f}' | '\u{9bc}' | '\u{9dc}'..='\u{9df}')
        || matches!(c, '\u{fb1d}'..='\u{fb4f}')
}

/// Whether it is one of the points of Hebrew and Yiddish, which some write and some do not.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}')
}

#[cfg(test)]
mod tests;
