//! Counts words and estimates how long reading them takes.

/// Words a minute adults read silently in English non-fiction: Brysbaert, "How many words do we read per minute?",
/// Journal of Memory and Language 109 (2019).
const WORDS_PER_MINUTE: usize = 238;

/// Counts in [`words`] are kept in fortieths of a word, so that characters of unspaced scripts can count as fractions.
const WORD: usize = 40;

/// Chinese and Japanese write no spaces. Readers of Chinese take 255 characters for 158 words (Trauzettel-Klosinski and
/// Dietz, Investigative Ophthalmology & Visual Science 53, 2012), which is 1.6 characters a word.
const IDEOGRAPH: usize = WORD * 5 / 8;

/// Thai, Lao, Khmer and Burmese are alphabets without spaces between words: five letters a word, as in English.
const LETTER: usize = WORD / 5;

/// The number of words in `text`.
///
/// A word is a run without white space or dashes that has a letter or digit in it: "US-Iran" is one, "word—word" two.
/// In scripts that do not part words, characters are counted and turned into the words they amount to on average.
pub fn words(text: &str) -> usize {
    let mut total = 0;
    let mut inside = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            inside = true;
        } else if c.is_whitespace() || matches!(c, '–' | '—') {
            total += usize::from(inside) * WORD;
            inside = false;
        } else if !c.is_ascii() && c.is_alphanumeric() {
            match unspaced(c) {
                Some(share) => total += share,
                None => inside = true,
            }
        }
    }
    total += usize::from(inside) * WORD;
    total.div_ceil(WORD)
}

/// The minutes `words` words take, to the nearest minute, but never none where there is something to read.
pub fn minutes(words: usize) -> usize {
    ((words + WORDS_PER_MINUTE / 2) / WORDS_PER_MINUTE).max(words.min(1))
}

/// Whether `c` belongs to a script that does not part words by spaces.
pub(crate) fn is_unspaced(c: char) -> bool {
    unspaced(c).is_some()
}

/// What a character of a script without spaces counts, in fortieths of a word; none for all other scripts.
fn unspaced(c: char) -> Option<usize> {
    match c {
        // Hiragana, katakana, bopomofo, the ideograph blocks and planes. Hangul is written with spaces.
        '\u{3040}'..='\u{312F}'
        | '\u{31A0}'..='\u{31FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Some(IDEOGRAPH),
        // Thai and Lao, Burmese, Khmer.
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => Some(LETTER),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_person_would() {
        for (text, count) in [
            ("", 0),
            ("  \n ", 0),
            ("Iran's answer, at last", 4),
            ("US-Iran talks — again", 3),
            ("word—word", 2),
            ("* * *", 0),
            ("über 3,5 Mio. €", 3),
            ("한국어 문장", 2),
        ] {
            assert_eq!(words(text), count, "{text:?}");
        }
    }

    #[test]
    fn a_text_without_spaces_is_not_one_word() {
        assert_eq!(words(&"新聞".repeat(80)), 100);
        assert_eq!(words("GPT模型"), 3);
        let thai = words("ข่าววันนี้มีเรื่องสำคัญ");
        assert!((3..=6).contains(&thai), "{thai}");
    }

    #[test]
    fn minutes_round_to_the_nearest_and_start_at_one() {
        assert_eq!(minutes(0), 0);
        assert_eq!(minutes(1), 1);
        assert_eq!(minutes(238 * 4 + 100), 4);
        assert_eq!(minutes(238 * 4 + 130), 5);
    }
}
