//! Finds what stands in quotation marks: curly or straight, double or single, continued over paragraphs.

use crate::entity::verbs::{Verb, verb};
use crate::entity::words::{Part, Reading};
use crate::text::tokens::TokenKind;

/// Words below which marks are most often there for a term or for irony.
const FEWEST: usize = 4;

/// Words in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::entity) struct Quotation {
    /// The opening mark by its word.
    pub(super) open: usize,
    /// The closing mark, or the end of the paragraph where the next one goes on.
    pub(super) close: usize,
    /// Whether the next paragraph goes on with it.
    pub(super) goes_on: bool,
    /// Whether it goes on from the paragraph before.
    pub(super) went_on: bool,
    /// Whether it is so short that only a verb right beside it makes it something said.
    pub(super) short: bool,
}

/// A paragraph by its sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::entity) struct Paragraph {
    pub(super) first: usize,
    pub(super) end: usize,
}

/// The paragraphs of the running text and the quotations in them, in order.
pub(in crate::entity) struct Marks {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) quotations: Vec<Quotation>,
    /// For each word whether it stands inside a quotation, marks included.
    pub(in crate::entity) quoted: Vec<bool>,
}

/// A pair of marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Low,
    Angle,
    Single,
}

impl Marks {
    pub(in crate::entity) fn new(reading: &Reading<'_>) -> Self {
        let paragraphs = paragraphs(reading);
        let mut quotations: Vec<Quotation> = Vec::new();
        let mut went_on = false;
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let words = words_of(reading, paragraph);
            let next = paragraphs.get(number + 1).map(|next| words_of(reading, next).start);
            went_on = Finder { reading, end: words.end }.find(words.start, next, went_on, &mut quotations);
        }
        let mut quoted = vec![false; reading.words.len()];
        for quotation in &quotations {
            for slot in quoted.iter_mut().take(quotation.close + 1).skip(quotation.open) {
                *slot = true;
            }
        }
        Self { paragraphs, quotations, quoted }
    }

    /// The end of the quotation that word number `at` is in, if it is in one.
    pub(super) fn end_of(&self, at: usize) -> Option<usize> {
        let number = self.quotations.partition_point(|quotation| quotation.close < at);
        self.quotations.get(number).filter(|quotation| quotation.open <= at).map(|quotation| quotation.close + 1)
    }

    /// Whether word number `at` is quoted.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }
}

fn words_of(reading: &Reading<'_>, paragraph: &Paragraph) -> std::ops::Range<usize> {
    let first = reading.sentences.get(paragraph.first).map_or(0, |sentence| sentence.first);
    let last = paragraph.end.checked_sub(1).and_then(|last| reading.sentences.get(last));
    first..last.map_or(first, |sentence| sentence.end)
}

fn paragraphs(reading: &Reading<'_>) -> Vec<Paragraph> {
    let blocks = reading.text.blocks();
    let mut found: Vec<Paragraph> = Vec::new();
    let (mut block, mut last) = (0, None);
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let start = reading.word(sentence.first).range.start;
        while blocks.get(block).is_some_and(|block| block.range.end <= start) {
            block += 1;
        }
        if sentence.part != Part::Body {
            last = None;
            continue;
        }
        match found.last_mut() {
            Some(paragraph) if last == Some(block) => paragraph.end = number + 1,
            _ => found.push(Paragraph { first: number, end: number + 1 }),
        }
        last = Some(block);
    }
    found
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    /// The end of the paragraph.
    end: usize,
}

impl Finder<'_> {
    fn text(&self, at: usize) -> &str {
        if at < self.end { self.reading.word(at).text } else { "" }
    }

    /// Whether a blank or nothing stands before word `at`.
    fn spaced_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.reading.word(before).range.end < self.reading.word(at).range.start)
    }

    fn spaced_after(&self, at: usize) -> bool {
        at + 1 >= self.end || self.reading.word(at).range.end < self.reading.word(at + 1).range.start
    }

    /// Whether word `at` may open a quotation, and which marks it takes.
    fn opens(&self, at: usize) -> Option<Family> {
        let family = match self.text(at) {
            // Some write them the wrong way round: ”so“.
            "“" => return (self.spaced_before(at) || !self.spaced_after(at)).then_some(Family::Double),
            "”" => return (self.spaced_before(at) && !self.spaced_after(at)).then_some(Family::Double),
            "„" => return Some(Family::Low),
            "«" => return Some(Family::Angle),
            "\"" => Family::Double,
            "‘" | "'" => Family::Single,
            _ => return None,
        };
        let before = at.checked_sub(1).map_or("", |before| self.reading.word(before).text);
        let free = self.spaced_before(at) || matches!(before, "(" | "[" | "—" | "–" | "-" | "--" | "…" | "\"" | "“");
        if family == Family::Double {
            // Where the blanks do not tell, marks take turns.
            return (free || !self.spaced_after(at)).then_some(family);
        }
        let next = self.text(at + 1);
        // "the '90s", "rock 'n' roll"
        let elided = next.ends_with('s') && next.starts_with(|c: char| c.is_ascii_digit())
            || matches!(next, "n" | "em" | "til" | "tis" | "twas" | "cause");
        (free && !self.spaced_after(at) && !elided).then_some(family)
    }

    /// Whether word `at` closes a quotation of this family.
    fn closes(&self, at: usize, family: Family) -> bool {
        match (family, self.text(at)) {
            (Family::Double, "”") | (Family::Low, "“" | "”") | (Family::Angle, "»") => true,
            (Family::Double, "“") => !self.spaced_before(at) && self.spaced_after(at),
            (Family::Double | Family::Low, "\"") => !self.spaced_before(at) || self.spaced_after(at),
            (Family::Single, "’" | "'") => {
                let next = self.text(at + 1);
                let punctuation = |text: &str| text.starts_with(|c: char| c.is_ascii_punctuation() || c == '…');
                let before = self.reading.word(at.saturating_sub(1));
                let free = self.spaced_after(at) || punctuation(next) || next.starts_with(['—', '–', '”']);
                // "the workers' union" is no end, "the workers', she said" and "… workers' she said" are.
                let possessive = before.kind == TokenKind::Word
                    && before.lower.ends_with('s')
                    && self.spaced_after(at)
                    && at + 1 < self.end
                    && !matches!(self.reading.word(at + 1).lower.as_ref(), "he" | "she" | "said" | "says");
                free && !self.spaced_before(at) && !possessive
            }
            _ => false,
        }
    }

    /// Adds the quotations from word `at` on; whether the last goes on in the paragraph that begins with word `next`.
    fn find(&self, mut at: usize, next: Option<usize>, went_on: bool, found: &mut Vec<Quotation>) -> bool {
        let start = at;
        while at < self.end {
            let Some(family) = self.opens(at) else {
                at += 1;
                continue;
            };
            let mut close = at + 1;
            while close < self.end && !self.closes(close, family) && !self.opens_anew(close, family) {
                close += 1;
            }
            let went_on = went_on && at == start;
            if close >= self.end {
                let goes_on = next.is_some_and(|next| {
                    let mark = self.reading.word(next);
                    let begins = at == start
                        || self.reading.word(at - 1).kind == TokenKind::Punctuation
                        || matches!(&*self.reading.word(at - 1).lower, "that" | "said" | "says");
                    let double = |text: &str| matches!(text, "“" | "\"");
                    let same = mark.text == self.text(at) || double(mark.text) && double(self.text(at));
                    begins && same && mark.range.end == self.reading.word(next + 1).range.start
                });
                if !goes_on && self.is_unclosed(at, start) {
                    found.push(Quotation { open: at, close: self.end - 1, goes_on, went_on, short: false });
                    return false;
                }
                if !goes_on {
                    at += 1;
                    continue;
                }
                found.push(Quotation { open: at, close: self.end - 1, goes_on, went_on, short: false });
                return true;
            }
            if self.closes(close, family) {
                let (words, ended) = self.measure(at + 1, close);
                let title = self.is_title(at + 1, close, ended) && (!ended || self.is_inside(at, close));
                let short = words < FEWEST || title;
                if words > 0 && (!short || ended) && !(title && self.is_named(at)) {
                    found.push(Quotation { open: at, close, goes_on: false, went_on, short });
                }
                at = close + 1;
            } else {
                at = close;
            }
        }
        false
    }

    /// Whether a mark inside says that the one before was never closed.
    fn opens_anew(&self, at: usize, family: Family) -> bool {
        match self.text(at) {
            "“" => family == Family::Double && self.opens(at).is_some(),
            "„" => family == Family::Low,
            "«" => family == Family::Angle,
            "‘" | "'" => self.opens(at) == Some(family),
            "\"" => family == Family::Double && self.spaced_before(at) && !self.spaced_after(at),
            _ => false,
        }
    }

    /// How many words there are (as many as matter), and whether they end with a mark of their own.
    fn measure(&self, first: usize, close: usize) -> (usize, bool) {
        let words = (first..close).filter(|&at| self.reading.word(at).kind != TokenKind::Punctuation);
        let ended = matches!(self.text(close.saturating_sub(1)), "." | "," | "!" | "?" | "…" | "..." | "—");
        (words.take(FEWEST).count(), ended && close > first)
    }

    /// Whether the full stop or comma before the mark `close` may be the sentence's around it: "in a film, “The Long Road,”".
    fn is_inside(&self, open: usize, close: usize) -> bool {
        let before = open.checked_sub(1).map(|before| self.reading.word(before));
        matches!(self.text(close - 1), "." | ",")
            && before.is_some_and(|before| before.kind != TokenKind::Punctuation || before.is(","))
    }

    /// Whether the rest of the paragraph is a quotation whose closing mark was forgotten: it begins a sentence, and nobody is
    /// said to speak in it.
    fn is_unclosed(&self, open: usize, start: usize) -> bool {
        let begins = open == start || self.reading.word(open - 1).kind == TokenKind::Punctuation;
        let speaks = |at: usize| matches!(verb(&self.reading.word(at).lower), Some(Verb::Clause));
        begins
            && matches!(self.text(open), "“" | "\"")
            && self.measure(open + 1, self.end).0 >= FEWEST
            && matches!(self.text(self.end - 1), "." | "!" | "?")
            && !(open..self.end).any(speaks)
    }

    /// Whether the word before the mark `open` says that a name follows: "known as the “King of Trains”".
    fn is_named(&self, open: usize) -> bool {
        let before = open.checked_sub(1).map_or("", |before| &*self.reading.word(before).lower);
        matches!(
            before,
            "the" | "a" | "an" | "his" | "her" | "called" | "titled" | "entitled" | "named" | "as" | "book" | "film"
        )
    }

    /// Whether all longer words have capitals: the name of a book.
    fn is_title(&self, first: usize, close: usize, ended: bool) -> bool {
        let (mut long, mut capitals) = (0, 0);
        for word in (first..close).map(|at| self.reading.word(at)).filter(|word| word.text.len() > 3).take(16) {
            long += 1;
            capitals += usize::from(word.text.starts_with(char::is_uppercase));
        }
        long >= 2 + usize::from(ended) && capitals == long
    }
}
