//! What is known of words before any article is read: cities, given names and surnames, and which words are used alike.
//!
//! One automaton, `assets/entities/gazetteer.fst.zst`, from words in lower case (names of several words joined by blanks) to
//! a number: facts in the low bits, a word class above. It is unpacked on first use.
//! `assets/entities/GAZETTEER.md` says where its facts are from and how it is made again.

use std::sync::LazyLock;

use fst::Map;

/// What is known of a word or name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(u32);

impl Entry {
    /// A city or town.
    pub const CITY: u32 = 1;
    /// A province, state or county.
    pub const PROVINCE: u32 = 1 << 1;
    /// A given name.
    pub const GIVEN: u32 = 1 << 2;
    /// A surname.
    pub const SURNAME: u32 = 1 << 3;
    /// Longer names begin with this word.
    pub const BEGINS: u32 = 1 << 4;
    /// How far the word class is shifted.
    const CLASS: u32 = 5;

    /// An entry of facts and a word class, counted from 1; 0 is no class.
    pub fn new(facts: u32, class: u32) -> Self {
        Self(facts | class << Self::CLASS)
    }

    /// The number it is kept as.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Which of the facts hold.
    pub fn facts(self) -> u32 {
        self.0 & (Self::CITY | Self::PROVINCE | Self::GIVEN | Self::SURNAME)
    }

    /// Whether names of several words begin with this one.
    pub fn begins(self) -> bool {
        self.0 & Self::BEGINS != 0
    }

    /// The class of words used alike, counted from 1; none for rare words.
    pub fn class(self) -> Option<u32> {
        Some(self.0 >> Self::CLASS).filter(|class| *class > 0)
    }
}

static GAZETTEER: LazyLock<Option<Map<Vec<u8>>>> = LazyLock::new(|| {
    let packed = include_bytes!("../../assets/entities/gazetteer.fst.zst");
    Map::new(zstd::decode_all(&packed[..]).ok()?).ok()
});

/// What is known of `words`: lower case, joined by single blanks.
pub(crate) fn entry(words: &str) -> Entry {
    let number = GAZETTEER.as_ref().and_then(|map| map.get(words)).unwrap_or(0);
    Entry(u32::try_from(number).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_in_the_program_is_whole() {
        assert_eq!(entry("lisbon").facts() & Entry::CITY, Entry::CITY);
        assert_eq!(entry("new york city").facts() & Entry::CITY, Entry::CITY);
        assert!(entry("new").begins() && entry("maria").facts() & Entry::GIVEN != 0);
        assert!(entry("tuesday").class().is_some());
        assert_eq!(entry("qqqqzz"), Entry::default());
    }
}
