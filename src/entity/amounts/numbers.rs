//! Numbers in figures and words, with the words that scale them.

use super::currencies::currency;
use crate::entity::words::{Reading, Sentence};

/// A number as a word tells it, in figures or letters; ranges and dates are none.
pub(in crate::entity) fn number_word(lower: &str) -> Option<f64> {
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        // "1,00,000" and "1,234.5", but "3,5" and "50,000,00" as on the Continent
        return match lower.rsplit_once(',') {
            Some((whole, rest)) if rest.len() < 3 && !rest.is_empty() => {
                format!("{}.{rest}", whole.replace(',', "")).parse().ok()
            }
            _ => lower.replace(',', "").parse().ok(),
        };
    }
    Some(match lower {
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        _ => {
            return lower.split_once('-').filter(|_| lower.len() < 16).and_then(|(tens, ones)| {
                let (tens, ones) = (number_word(tens)?, number_word(ones)?);
                ((20.0..100.0).contains(&tens) && ones < 10.0).then_some(tens + ones)
            });
        }
    })
}

fn scale(lower: &str) -> Option<f64> {
    Some(match lower {
        "hundred" => 1e2,
        "dozen" => 12.0,
        "thousand" | "k" => 1e3,
        "lakh" => 1e5,
        "million" | "mn" | "m" => 1e6,
        "crore" => 1e7,
        "billion" | "bn" | "b" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// A number, or the two ends of a range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// The word after it and its scale.
    pub(super) end: usize,
    low: f64,
    high: Option<f64>,
    /// What the scale words come to.
    factor: f64,
}

impl Number {
    /// A number with its scale words from `at` on; single letters are scales for sums of money only.
    pub(super) fn read(reading: &Reading<'_>, sentence: &Sentence, at: usize, money: bool) -> Option<Self> {
        let word = reading.within(sentence, at);
        let article = matches!(&*word.lower, "a" | "an");
        let (low, high) = match word.text.split_once(['-', '–']).filter(|_| word.is_number()) {
            Some((low, high)) => (number_word(low)?, Some(number_word(high)?)),
            None if article => (1.0, None),
            None => (number_word(&word.lower)?, None),
        };
        let (low, mut end) = if high.is_none() { grouped(reading, sentence, at, low) } else { (low, at + 1) };
        let mut factor = 1.0;
        while let Some(next) = scale(&reading.within(sentence, end).lower).filter(|_| end < at + 4) {
            let is_letter = reading.within(sentence, end).text.len() < 3 && !reading.within(sentence, end).is("bn");
            if is_letter && !money && currency(&reading.within(sentence, end + 1).lower).is_none() {
                break;
            }
            factor *= next;
            end += 1;
        }
        (!article || end > at + 1).then_some(Self { end, low, high, factor })
    }

    /// The range from this number to `other`, which may hold the scale of both: "3 to 5 million".
    pub(super) fn to(self, other: &Self) -> Option<Self> {
        if self.high.is_some() || other.high.is_some() {
            return None;
        }
        let shares = self.factor <= 1.0 && self.low < other.low;
        let low = if shares { self.low } else { self.low * self.factor / other.factor };
        (low < other.low).then_some(Self { end: other.end, low, high: Some(other.low), factor: other.factor })
    }

    /// The number if things are counted by it, of which there are no parts: "1.500 people" are as many as "1,500 people".
    pub(super) fn counting(self, text: &str) -> Self {
        let thousands = text.split_once('.').is_some_and(|(_, rest)| rest.len() == 3) && self.factor <= 1.0;
        if thousands { Self { low: self.low * 1000.0, ..self } } else { self }
    }

    /// Whether it is as large as sums in coins of little worth are: two won is no money.
    pub(super) fn is_large(&self) -> bool {
        self.low * self.factor >= 100.0
    }

    pub(super) fn value(&self) -> String {
        match self.high {
            Some(high) => format!("{}-{}", plain(self.low * self.factor), plain(high * self.factor)),
            None => plain(self.low * self.factor),
        }
    }
}

/// A number whose thousands are parted by blanks, "50 000", and the word after it.
fn grouped(reading: &Reading<'_>, sentence: &Sentence, at: usize, first: f64) -> (f64, usize) {
    let is_figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mut sum, mut end) = (first, at + 1);
    let begins = reading.within(sentence, at).text;
    while begins.len() <= 3 && is_figures(begins) && end < at + 5 {
        let next = reading.within(sentence, end);
        let Some(group) = number_word(next.text).filter(|_| next.text.len() == 3 && is_figures(next.text)) else {
            break;
        };
        sum = sum * 1000.0 + group;
        end += 1;
    }
    (sum, end)
}

/// A number without needless digits.
fn plain(number: f64) -> String {
    let rounded = (number * 1000.0).round() / 1000.0;
    format!("{rounded}")
}
