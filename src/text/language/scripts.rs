//! Scripts, by their letters, and the languages that have one to themselves.

use std::ops::RangeInclusive;

/// A script.
pub(super) struct Script {
    /// Its letters. Where lesser languages have letters of their own in the same script, those are left out.
    letters: &'static [RangeInclusive<char>],
    /// The language that is meant where the words do not speak for another one.
    pub(super) language: Option<&'static str>,
    /// How many letters of an alphabet say as much as one of these.
    weight: usize,
}

const fn of(letters: &'static [RangeInclusive<char>], language: &'static str) -> Script {
    Script { letters, language: Some(language), weight: 1 }
}

const fn shared(letters: &'static [RangeInclusive<char>]) -> Script {
    Script { letters, language: None, weight: 1 }
}

/// The place of Chinese and Japanese letters in [`SCRIPTS`].
pub(super) const EAST: usize = 5;

/// The scripts, those of most articles first (Unicode 17, `Blocks.txt`).
pub(super) const SCRIPTS: [Script; 24] = [
    shared(&['a'..='z', 'A'..='Z', '\u{c0}'..='\u{2af}', '\u{1e00}'..='\u{1eff}']),
    shared(&['\u{400}'..='\u{52f}']),
    shared(&['\u{620}'..='\u{6ff}', '\u{750}'..='\u{77f}']),
    of(&['\u{370}'..='\u{3ff}', '\u{1f00}'..='\u{1fff}'], "el"),
    of(&['\u{5d0}'..='\u{5f2}', '\u{fb1d}'..='\u{fb4f}'], "he"),
    Script {
        letters: &['\u{3041}'..='\u{30ff}', '\u{3400}'..='\u{9fff}', '\u{20000}'..='\u{3134f}'],
        language: None,
        weight: 2,
    },
    Script { letters: &['\u{ac00}'..='\u{d7a3}', '\u{1100}'..='\u{11ff}'], language: Some("ko"), weight: 2 },
    shared(&['\u{900}'..='\u{963}']),
    of(&['\u{985}'..='\u{9e3}'], "bn"),
    of(&['\u{e01}'..='\u{e4e}'], "th"),
    of(&['\u{531}'..='\u{587}'], "hy"),
    of(&['\u{10d0}'..='\u{10f0}', '\u{1c90}'..='\u{1cb0}'], "ka"),
    of(&['\u{b85}'..='\u{bd7}'], "ta"),
    of(&['\u{c05}'..='\u{c63}'], "te"),
    of(&['\u{c85}'..='\u{ce3}'], "kn"),
    of(&['\u{d05}'..='\u{d63}', '\u{d7a}'..='\u{d7f}'], "ml"),
    of(&['\u{a85}'..='\u{ae3}'], "gu"),
    of(&['\u{a05}'..='\u{a5e}', '\u{a70}'..='\u{a75}'], "pa"),
    of(&['\u{b05}'..='\u{b63}'], "or"),
    of(&['\u{d85}'..='\u{ddf}'], "si"),
    of(&['\u{1780}'..='\u{17d3}'], "km"),
    of(&['\u{e81}'..='\u{edf}'], "lo"),
    of(&['\u{1000}'..='\u{103f}'], "my"),
    shared(&['\u{1200}'..='\u{137f}']),
];

/// Counts the letters of a text by their script.
#[derive(Default)]
pub(super) struct Letters {
    counts: [usize; SCRIPTS.len()],
    /// Those that only Japanese has.
    kana: usize,
    /// Those of no script of the list.
    other: usize,
    /// The script of the letter before.
    last: usize,
}

impl Letters {
    /// Adds a letter.
    pub(super) fn add(&mut self, c: char) {
        match self.script(c) {
            Some(script) => {
                let weight = SCRIPTS.get(script).map_or(1, |script| script.weight);
                self.counts.get_mut(script).into_iter().for_each(|count| *count += weight);
                self.kana += if ('\u{3041}'..='\u{30fa}').contains(&c) { weight } else { 0 };
            }
            None => self.other += 1,
        }
    }

    /// The script of a letter, by its place in [`SCRIPTS`]; that of the letter before it is likeliest.
    pub(super) fn script(&mut self, c: char) -> Option<usize> {
        let is_in = |script: &Script| script.letters.iter().any(|letters| letters.contains(&c));
        if !SCRIPTS.get(self.last).is_some_and(is_in) {
            self.last = SCRIPTS.iter().position(is_in)?;
        }
        Some(self.last)
    }

    /// The script that has at least two letters of three, by its place in [`SCRIPTS`], and how many letters it has.
    pub(super) fn main(&self) -> Option<(usize, usize)> {
        let all = self.counts.iter().sum::<usize>() + self.other;
        let (script, count) = self.counts.iter().copied().enumerate().max_by_key(|(_, count)| *count)?;
        (count * 3 >= all * 2 && count > 0).then_some((script, count))
    }

    /// Which of the two that have Chinese letters. Japanese never goes long without letters of its own, of which a Chinese
    /// text quotes a few.
    pub(super) fn eastern(&self) -> Option<&'static str> {
        let all = self.counts.get(EAST).copied().unwrap_or_default();
        if self.kana * 10 >= all {
            Some("ja")
        } else if self.kana * 50 <= all && all >= FEWEST_CHINESE {
            Some("zh")
        } else {
            None
        }
    }
}

/// Letters (by weight) without any of Japanese that are more than a Japanese headline has.
const FEWEST_CHINESE: usize = 80;
