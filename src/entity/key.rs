//! The normal form of a name, under which spellings are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::particles::may_be_particle;

/// Lower case without accents, possessive, leading article, dots in initials; other marks but `-` and `&` are blanks.
pub(super) fn normal(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            '’' | '‘' | 'ʼ' | '\'' | '.' => {}
            c if c.is_alphanumeric() || matches!(c, '-' | '&') => folded.push(c),
            _ => folded.push(' '),
        }
    }
    let mut words = folded.split_whitespace().peekable();
    let first = words.next().unwrap_or_default();
    let article = matches!(first, "the" | "a" | "an") && words.peek().is_some();
    let mut normal = String::with_capacity(folded.len());
    for word in (!article).then_some(first).into_iter().chain(words) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}

/// A person's name in its parts, all normal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName {
    /// The first of several words.
    pub(super) first: Option<String>,
    /// The last word, without its particle: `sadr` for `al-Sadr`.
    pub(super) surname: String,
    /// `jr` and the like.
    pub(super) suffix: Option<String>,
    /// Words between.
    pub(super) middle: Vec<String>,
}

impl PersonName {
    /// Takes the normal form of a name apart. Particles are no parts: `de la cruz` is a surname alone.
    pub(super) fn new(normal: &str) -> Self {
        let mut words: Vec<&str> = normal.split(' ').collect();
        while words.len() > 2 && words.last().is_some_and(|last| is_honour(last)) {
            words.pop();
        }
        let suffix = words.pop_if(|last| matches!(*last, "jr" | "sr" | "ii" | "iii" | "iv")).map(str::to_owned);
        let surname = bare(words.pop().unwrap_or_default());
        words.retain(|word| !may_be_particle(word));
        let mut words = words.into_iter().map(|word| bare(word).to_owned());
        Self { first: words.next(), surname: surname.to_owned(), suffix, middle: words.collect() }
    }

    /// All parts in order, without the suffix.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.first.iter().chain(&self.middle).map(String::as_str).chain([&*self.surname])
    }
}

/// `sadr` for `al-sadr`.
fn bare(word: &str) -> &str {
    match word.split_once('-') {
        Some((particle, rest)) if may_be_particle(particle) && !rest.is_empty() => rest,
        _ => word,
    }
}

/// Letters after a name that distinguish nobody.
fn is_honour(word: &str) -> bool {
    matches!(word, "frs" | "kbe" | "cbe" | "obe" | "mbe" | "mp" | "mep" | "qc" | "kc" | "sc" | "md" | "phd")
}

/// Whether a letter is of the Latin script, or of none.
pub(super) fn is_latin(c: char) -> bool {
    c < '\u{370}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

/// Whether `short` stands for `long`: `MoRA` for `Ministry of Rural Affairs`. Its letters stand there in their order, most
/// of its capitals among the first letters of the words.
pub(super) fn is_abbreviation(short: &str, long: &str) -> bool {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let letters = || short.chars().filter(|c| c.is_alphabetic());
    let initials =
        || long.split([' ', '-', '/']).filter_map(|word| word.chars().find(|c| c.is_alphabetic())).map(lower);
    let first = initials().any(|initial| letters().next().is_some_and(|letter| lower(letter) == initial));
    let mut rest = initials();
    let among = letters().filter(|c| c.is_uppercase()).filter(|letter| rest.any(|c| c == lower(*letter))).count();
    let mut all = long.chars().map(lower);
    let in_order = letters().all(|letter| all.any(|c| c == lower(letter)));
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    first && in_order && among * 3 >= capitals * 2
}

/// Words of which an acronym may have no letter, in the languages that names are left in.
fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "for" | "in" | "on" | "to" | "&")
        || matches!(
            word,
            "de" | "del" | "la" | "las" | "los" | "da" | "do" | "dos" | "di" | "du" | "des" | "der" | "et" | "y" | "e"
        )
}

/// The initials of a name of several words, with and without its small words: what an acronym may be made of.
pub(super) fn initials(normal: &str) -> [String; 2] {
    let of = |small: bool| -> String {
        normal
            .split([' ', '-'])
            .filter(|word| small || !is_small(word))
            .filter_map(|word| word.chars().next())
            .collect()
    };
    [of(false), of(true)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_normal_form() {
        for (one, other) in [
            ("U.S.", "US"),
            ("Al Qa'eda", "al Qaeda"),
            ("The Observer", "observer"),
            ("José  Muñoz", "Jose Munoz"),
            ("O’Neill", "O'Neill"),
        ] {
            assert_eq!(normal(one), normal(other));
        }
        assert_eq!(normal("The"), "the");
    }

    #[test]
    fn a_surname_has_no_particle() {
        assert_eq!(PersonName::new("muqtada al-sadr").surname, "sadr");
        assert_eq!(PersonName::new("ludwig van doren").surname, "doren");
        assert_eq!(PersonName::new("ana maria reed jr").first.as_deref(), Some("ana"));
        assert_eq!(PersonName::new("cheney").first, None);
    }

    #[test]
    fn abbreviations_are_spelled_by_their_long_form() {
        for (short, long) in [("MoRA", "Ministry of Rural Affairs"), ("UHW", "Union of Harbour Workers")] {
            assert!(is_abbreviation(short, long), "{short}");
        }
        assert!(!is_abbreviation("PNC", "Harbour Board") && !is_abbreviation("BH", "Harbour Board"));
    }

    #[test]
    fn initials_skip_small_words() {
        assert_eq!(initials("union of harbour workers"), ["uhw", "uohw"]);
    }
}
