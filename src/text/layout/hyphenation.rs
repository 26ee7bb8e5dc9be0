//! Where an English word may be divided.

use std::sync::OnceLock;

use hyphenation::{Hyphenator, Language, Load, Standard};

/// Shorter words stay whole.
const SHORTEST: usize = 6;

/// The bytes inside `word` before which a hyphen may be put, by Liang's patterns for American English ("Word
/// Hy-phen-a-tion by Com-put-er", 1983).
///
/// Punctuation around the word is passed over. Words with a capital (they may be names), a hyphen or anything else that
/// is not a small ASCII letter stay whole.
pub fn divisions(word: &str) -> impl Iterator<Item = usize> {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let fit = core.len() >= SHORTEST && core.bytes().all(|byte| byte.is_ascii_lowercase());
    let found = fit.then(dictionary).flatten().map(|dictionary| dictionary.opportunities(core)).unwrap_or_default();
    let before = core.as_ptr().addr() - word.as_ptr().addr();
    found.into_iter().map(move |at| before + at)
}

/// Read out of the program on first use, once.
fn dictionary() -> Option<&'static Standard> {
    static DICTIONARY: OnceLock<Option<Standard>> = OnceLock::new();
    DICTIONARY.get_or_init(|| Standard::from_embedded(Language::EnglishUS).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str) -> Vec<usize> {
        divisions(word).collect()
    }

    #[test]
    fn a_long_word_is_divided_inside_its_punctuation() {
        assert_eq!(divided("hyphenation"), [2, 6, 7]);
        assert_eq!(divided("“hyphenation,”"), [5, 9, 10]);
    }

    #[test]
    fn names_short_words_and_compounds_stay_whole() {
        for word in ["Washington", "only", "well-intentioned", "naïveté", "e2e-testing", "", "—"] {
            assert_eq!(divided(word), Vec::<usize>::new(), "{word}");
        }
    }
}
