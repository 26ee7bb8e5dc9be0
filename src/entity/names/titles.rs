//! Titles and offices before names.

use std::ops::Range;

use super::offices::Office;
use crate::article::TextRange;
use crate::entity::lexicon::{Gender, class};
use crate::entity::words::{Reading, Sentence, Word};

/// Words of the longest row of titles.
const LONGEST: usize = 20;

/// Words of the longest name inside a title: "former European Commission President".
const LONGEST_NAME: usize = 4;

/// What stands before a title and belongs to it.
const PREFIXES: [&str; 25] = [
    "acting",
    "assistant",
    "associate",
    "caretaker",
    "chief",
    "co",
    "deputy",
    "ex",
    "executive",
    "former",
    "founding",
    "honorary",
    "incoming",
    "interim",
    "joint",
    "junior",
    "managing",
    "outgoing",
    "principal",
    "retired",
    "senior",
    "shadow",
    "then",
    "veteran",
    "vice",
];

/// Words of honour behind *His* and *Her*.
const HONOURS: [&str; 5] = ["excellency", "highness", "honour", "majesty", "eminence"];

/// Where titles are looked for.
pub(super) struct Titles<'a> {
    pub(super) reading: &'a Reading<'a>,
    /// The offices of the article, in order.
    pub(super) offices: &'a [Office],
}

/// A title before some word.
struct Step {
    start: usize,
    gender: Gender,
    /// Whether it ends in what the office is for: "director of the fund".
    has_tail: bool,
    /// Whether that is a name or a common noun, which may have a title of its own behind it.
    is_far: bool,
}

impl Titles<'_> {
    /// The title before the name that begins with word `first`, and the gender it tells: "former Prime Minister",
    /// "director,". `previous` is the name before that one, if it is nobody's.
    pub(super) fn before(
        &self,
        sentence: &Sentence,
        first: usize,
        previous: Option<Range<usize>>,
    ) -> Option<(TextRange, Gender)> {
        let word = |at: usize| self.reading.word(at);
        let previous = previous.unwrap_or_default();
        // "the director, Ana Reed"
        let comma = first > sentence.first + 1 && word(first - 1).is(",");
        let end = first - usize::from(comma);
        let (mut start, mut gender) = (end, Gender::Either);
        while let Some(step) = self.step(sentence, start, &previous) {
            let apart = comma && start == end && !step.has_tail && !word(end - 1).is_lower();
            // "spokesman for the Peruvian President Ana Reed" is somebody else, "director of the fund Dr Ana Reed" is not.
            let of_another = start < end && step.is_far && !is_rank(word(start));
            if apart || of_another || first - step.start > LONGEST {
                break;
            }
            start = step.start;
            if gender == Gender::Either {
                gender = step.gender;
            }
        }
        if start == end {
            return None;
        }
        // "deputy Democrat leader", "then-European Commission President"
        if previous.end == start
            && (1..=LONGEST_NAME).contains(&previous.len())
            && let Some(prefix) = self.prefix_before(sentence, previous.start)
        {
            start = prefix;
        }
        while let Some(prefix) = self.prefix_before(sentence, start) {
            start = prefix;
        }
        Some((self.reading.range(start, end), gender))
    }

    /// Where the prefix before word `at` begins: "acting", "ex-".
    fn prefix_before(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        let word = |at: usize| self.reading.word(at);
        let hyphen = usize::from(
            at > sentence.first + 1
                && matches!(word(at - 1).text, "-" | "‐" | "‑" | "–")
                && word(at - 2).range.end == word(at - 1).range.start,
        );
        let prefix = (at - hyphen).checked_sub(1).filter(|prefix| *prefix >= sentence.first)?;
        PREFIXES.contains(&&*word(prefix).lower).then_some(prefix)
    }

    /// The title that ends before word `end`.
    fn step(&self, sentence: &Sentence, end: usize, previous: &Range<usize>) -> Option<Step> {
        let office = self.offices.get(self.offices.partition_point(|office| office.words.end < end));
        if let Some(office) = office.filter(|office| office.words.end == end && office.words.start >= sentence.first) {
            return Some(Step {
                start: office.words.start,
                gender: Gender::Either,
                has_tail: office.has_tail,
                is_far: false,
            });
        }
        if let Some((length, gender, has_tail)) = title_ending_at(self.reading, sentence.first, end) {
            return Some(Step { start: end - length, gender, has_tail, is_far: false });
        }
        let of = if self.ends_in_name(previous, end) && previous.start > sentence.first {
            previous.start
        } else {
            self.common_noun_before(sentence, end)?
        };
        let the = usize::from(of > sentence.first + 1 && self.reading.word(of - 1).is("the"));
        let link = (of - the).checked_sub(1).filter(|link| *link > sentence.first)?;
        if !matches!(&*self.reading.word(link).lower, "of" | "for") {
            return None;
        }
        let (length, gender, _) = title_ending_at(self.reading, sentence.first, link)?;
        Some(Step { start: link - length, gender, has_tail: true, is_far: true })
    }

    /// Whether the name `previous` ends before word `end`, if only with *State* or *Province* behind it.
    fn ends_in_name(&self, previous: &Range<usize>, end: usize) -> bool {
        !previous.is_empty()
            && (previous.end == end
                || previous.end + 1 == end
                    && self.reading.lexicon.is(&self.reading.word(previous.end).lower, class::AFTER_PLACE))
    }

    /// Where the common noun behind *the* begins that ends before word `end`: "chairman of the board".
    fn common_noun_before(&self, sentence: &Sentence, end: usize) -> Option<usize> {
        let mut start = end;
        while start > sentence.first + 2 && end - start < LONGEST_NAME {
            let bits = self.reading.lexicon.classes(&self.reading.word(start - 1).lower);
            if bits & (class::COMMON | class::ORGANISATION) == 0 || bits & class::FUNCTION != 0 {
                break;
            }
            start -= 1;
        }
        (start < end && self.reading.word(start - 1).is("the")).then_some(start)
    }
}

/// The number of words of the longest title that ends before word `end`, its gender, and whether it has an *of* in it.
fn title_ending_at(reading: &Reading<'_>, floor: usize, end: usize) -> Option<(usize, Gender, bool)> {
    // "Dr" and its full stop
    let stop = usize::from(end > floor + 1 && reading.word(end - 1).is("."));
    let end = end - stop;
    (1..=end.saturating_sub(floor).min(5)).rev().find_map(|length| {
        let lower = |at: usize| reading.word(at).lower.as_ref();
        if length > 1 && reading.lexicon.longest_title(lower(end - length)) < length {
            return None;
        }
        let form = (end - length..end).map(lower).collect::<Vec<_>>().join(" ");
        // "Co-chair"
        let bare = form.split_once('-').filter(|(prefix, _)| PREFIXES.contains(prefix)).map(|(_, title)| title);
        let gender = reading.lexicon.title(&form).or_else(|| reading.lexicon.title(bare?))?;
        (stop == 0 || reading.word(end).range.start == reading.word(end - 1).range.end)
            .then(|| (length + stop, gender, form.contains(" of ")))
    })
}

/// Where the name proper begins in a row of words that may begin with a title.
pub(super) fn skip(reading: &Reading<'_>, words: &Range<usize>) -> usize {
    let mut start = words.start;
    let mut honour = false;
    'titles: while start + 1 < words.end {
        let first = reading.word(start);
        // "Majesty King Abdullah", of which *His* is no name.
        honour |= HONOURS.contains(&&*first.lower);
        if HONOURS.contains(&&*first.lower) || honour && first.is("the") {
            start += 1;
            continue;
        }
        // "Judge" may be a surname, "Major" a given name; a title that is no word of its own here is none.
        for length in (1..=reading.lexicon.longest_title(&first.lower).min(words.end - start - 1)).rev() {
            let form = (start..start + length).map(|at| reading.word(at).lower.as_ref()).collect::<Vec<_>>().join(" ");
            // "Amir Sheikh Nawaf": a given name before a title is one.
            let next = reading.word(start + length);
            let before_title = start + length + 1 < words.end
                && reading.lexicon.title(&next.lower).is_some()
                && !reading.lexicon.is_given(next.text);
            let is_title = honour || before_title || !reading.lexicon.is_given(first.text);
            if is_title && reading.lexicon.title(&form).is_some() {
                start += length;
                continue 'titles;
            }
        }
        break;
    }
    start
}

/// What remains of a title when it is repeated: "minister" of "Environment Minister" and of "Minister for Women and
/// Equalities".
pub(in crate::entity) fn rank(title: &str) -> String {
    let title = title.to_lowercase();
    let head = [" of ", " for ", " on "].iter().filter_map(|link| title.find(link)).min();
    let head = head.and_then(|end| title.get(..end)).unwrap_or(&title);
    head.rsplit(' ').next().unwrap_or(head).to_owned()
}

/// Whether a word is short enough to be a rank or an honorific: *Dr*, *Gen.*, *Sir*.
fn is_rank(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase) && word.text.trim_end_matches('.').chars().count() <= 4
}

/// Whether a word (lower case) stands before nothing but a person's name.
pub(super) fn is_honorific(lower: &str) -> bool {
    matches!(lower, "mr" | "mrs" | "ms" | "mx" | "mr." | "mrs." | "ms." | "mx.")
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn a_rank_is_what_is_repeated() {
        for (title, repeated) in [
            ("Environment Minister", "minister"),
            ("Minister for Gender, Labour and Social Development", "minister"),
            ("Deputy Prime Minister", "minister"),
            ("Governor of the Bank of Corvo", "governor"),
            ("Dr", "dr"),
        ] {
            assert_eq!(rank(title), repeated);
        }
    }
}
