//! What is known of words before any article is read: cities, given names and surnames, and which words are used alike.
//!
//! One table, `assets/entities/gazetteer.table`, from hashes of words in lower case (names of several words joined by
//! blanks) to a number: facts in the low bits, a word class above. It is read where it lies in the program, so nothing has
//! to be loaded. The words themselves are not in it: one unknown word in twenty thousand is taken for a known one.
//! `assets/entities/GAZETTEER.md` says where its facts are from and how it is made again.
//!
//! The file, integers little-endian: for each value of a hash's first 16 bits where its entries begin, and the end (65,537
//! numbers of 4 bytes); then the entries in order, the hash's next 16 bits and the number, 2 bytes each.

use super::hash;

/// What is known of a word or name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(u16);

impl Entry {
    /// A city or town.
    pub const CITY: u16 = 1;
    /// A province, state or county.
    pub const PROVINCE: u16 = 1 << 1;
    /// A given name.
    pub const GIVEN: u16 = 1 << 2;
    /// A surname.
    pub const SURNAME: u16 = 1 << 3;
    /// Longer names begin with this word.
    pub const BEGINS: u16 = 1 << 4;
    /// How far the word class is shifted.
    const CLASS: u32 = 5;

    /// An entry of facts and a word class, counted from 1; 0 is no class.
    pub fn new(facts: u16, class: u16) -> Self {
        Self(facts | class << Self::CLASS)
    }

    /// Which of the facts hold.
    pub fn facts(self) -> u16 {
        self.0 & (Self::CITY | Self::PROVINCE | Self::GIVEN | Self::SURNAME)
    }

    /// Whether names of several words begin with this one.
    pub fn begins(self) -> bool {
        self.0 & Self::BEGINS != 0
    }

    /// The class of words used alike, counted from 1; none for rare words.
    pub fn class(self) -> Option<u16> {
        Some(self.0 >> Self::CLASS).filter(|class| *class > 0)
    }
}

/// How many values the first bits of a hash have.
const PARTS: usize = 1 << 16;

static TABLE: &[u8] = include_bytes!("../../assets/entities/gazetteer.table");

/// The first 16 bits of a word's hash, and the next.
fn split(word: u64) -> (usize, u16) {
    ((word >> 48) as usize, (word >> 32) as u16)
}

/// What is known of the words with this hash: lower case, joined by single blanks.
pub(crate) fn entry(word: u64) -> Entry {
    let (part, rest) = split(word);
    let (starts, entries) = TABLE.as_chunks::<4>().0.split_at_checked(PARTS + 1).unwrap_or_default();
    let Some(&[start, end]) = starts.get(part..part + 2) else { return Entry::default() };
    let own = entries.get(u32::from_le_bytes(start) as usize..u32::from_le_bytes(end) as usize);
    let mut pairs = own.unwrap_or_default().iter().map(|&[a, b, c, d]| (u16::from_le_bytes([a, b]), [c, d]));
    pairs.find(|(hash, _)| *hash == rest).map_or_else(Entry::default, |(_, number)| Entry(u16::from_le_bytes(number)))
}

/// The bytes of the table of `entries`. Of two words with one hash the first is kept.
pub fn table<'a>(entries: impl Iterator<Item = (&'a str, Entry)>) -> Vec<u8> {
    let mut sorted: Vec<(usize, u16, Entry)> = entries
        .map(|(word, entry)| {
            let (part, rest) = split(hash::of(word.bytes()));
            (part, rest, entry)
        })
        .collect();
    sorted.sort_by_key(|(part, rest, _)| (*part, *rest));
    sorted.dedup_by_key(|(part, rest, _)| (*part, *rest));
    let start = |part: usize| sorted.partition_point(|(other, _, _)| *other < part) as u32;
    let mut out: Vec<u8> = (0..=PARTS).flat_map(|part| start(part).to_le_bytes()).collect();
    for (_, rest, entry) in &sorted {
        out.extend(rest.to_le_bytes());
        out.extend(entry.0.to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(words: &str) -> Entry {
        super::entry(hash::of(words.bytes()))
    }

    #[test]
    fn a_table_holds_each_word_once_in_order() {
        let bytes = table([("lisbon", Entry::new(Entry::CITY, 7)), ("ana", Entry::new(Entry::GIVEN, 0))].into_iter());
        assert_eq!(bytes.len(), 4 * (PARTS + 1) + 4 * 2);
        let again = table([("ana", Entry::new(Entry::GIVEN, 0)), ("lisbon", Entry::new(Entry::CITY, 7))].into_iter());
        assert_eq!(bytes, again);
        let (part, rest) = split(hash::of(*b"lisbon"));
        let number = |at: usize| u32::from_le_bytes(bytes[4 * at..4 * at + 4].try_into().unwrap());
        assert_eq!(number(part + 1) - number(part), 1);
        let own = &bytes[4 * (PARTS + 1 + number(part) as usize)..][..4];
        assert_eq!(own, [rest.to_le_bytes(), Entry::new(Entry::CITY, 7).0.to_le_bytes()].concat());
    }

    #[test]
    fn the_file_in_the_program_is_whole() {
        assert_eq!(TABLE.len() % 4, 0);
        assert_eq!(entry("lisbon").facts() & Entry::CITY, Entry::CITY);
        assert_eq!(entry("new york city").facts() & Entry::CITY, Entry::CITY);
        assert!(entry("new").begins() && entry("maria").facts() & Entry::GIVEN != 0);
        assert!(entry("tuesday").class().is_some());
        assert_eq!(entry("qqqqzz"), Entry::default());
    }
}
