//! Titles and offices before names.

use std::ops::Range;

use crate::article::TextRange;
use crate::entity::lexicon::Gender;
use crate::entity::words::{Reading, Sentence};

/// Words of the longest row of titles.
const LONGEST: usize = 8;

/// The title that ends before word `first`, and the gender it tells: "former Prime Minister", "director,".
pub(super) fn before(reading: &Reading<'_>, sentence: &Sentence, first: usize) -> Option<(TextRange, Gender)> {
    let mut start = first;
    let mut end = first;
    let mut gender = Gender::Either;
    if start > sentence.first + 1 && reading.word(start - 1).is(",") && reading.word(start - 2).is_lower() {
        // "the director, Ana Reed"
        start -= 1;
        end -= 1;
    }
    while let Some((length, told)) = title_ending_at(reading, sentence.first, start) {
        if first - (start - length) > LONGEST {
            break;
        }
        start -= length;
        if gender == Gender::Either {
            gender = told;
        }
    }
    (start < end).then(|| (reading.range(start, end), gender))
}

/// The number of words of the longest title that ends before word `end`.
fn title_ending_at(reading: &Reading<'_>, floor: usize, end: usize) -> Option<(usize, Gender)> {
    // "Dr" and its full stop
    let stop = usize::from(end > floor + 1 && reading.word(end - 1).is("."));
    let end = end - stop;
    (1..=(end - floor).min(5)).rev().find_map(|length| {
        let lower = |at: usize| reading.word(at).lower.as_ref();
        if reading.lexicon.longest_title(lower(end - length)) < length {
            return None;
        }
        let form = (end - length..end).map(lower).collect::<Vec<_>>().join(" ");
        let gender = reading.lexicon.title(&form)?;
        (stop == 0 || reading.word(end).range.start == reading.word(end - 1).range.end)
            .then_some((length + stop, gender))
    })
}

/// Where the name proper begins in a row of words that may begin with a title.
pub(super) fn skip(reading: &Reading<'_>, words: &Range<usize>) -> usize {
    let mut start = words.start;
    'titles: while start + 1 < words.end {
        let first = reading.word(start);
        // "Judge" may be a surname, "Major" a given name; a title that is no word of its own here is none.
        for length in (1..=reading.lexicon.longest_title(&first.lower).min(words.end - start - 1)).rev() {
            let form = (start..start + length).map(|at| reading.word(at).lower.as_ref()).collect::<Vec<_>>().join(" ");
            if reading.lexicon.title(&form).is_some() && !reading.lexicon.is_given(first.text) {
                start += length;
                continue 'titles;
            }
        }
        break;
    }
    start
}
