//! Splits blocks into sentences.
//!
//! A full stop ends a sentence when white space and something that can begin one follow, unless it belongs to an
//! abbreviation or an initial. Quotations are no obstacle: newspapers put several sentences into one.
//!
//! A line break that the source means ends one too. What is set in lines is read, cited and selected by the line: verse is,
//! and the lines of an address or a signature, which have no full stops, are not one sentence in any sense; nor does a
//! name reach from the end of a line into the next.

use super::tokens::{abbreviates, announces};
use crate::article::{BlockKind, Text, TextRange};

/// The sentences of an article, in order. None crosses a block; a headline or heading is one sentence, as is each line
/// of code and each row of a table.
pub fn sentences(text: &Text) -> Vec<TextRange> {
    let mut found = Vec::with_capacity(text.len() / 100);
    found.extend(each(text));
    found
}

/// The same, one at a time, for callers that may not want all of them.
pub(crate) fn each(text: &Text) -> impl Iterator<Item = TextRange> {
    text.blocks().iter().flat_map(|block| {
        let at = block.range.start;
        let end = match block.kind {
            BlockKind::Headline | BlockKind::Heading(_) | BlockKind::Byline | BlockKind::Dateline => whole_end,
            BlockKind::Code { .. } | BlockKind::Table => line_end,
            _ => sentence_or_line_end,
        };
        SentenceIter { text: text.slice(block.range), start: 0, end }.map(move |range| range.shifted(at))
    })
}

/// The sentences of one block of running text, white space around them left out.
pub fn split(text: &str) -> Vec<TextRange> {
    SentenceIter { text, start: 0, end: sentence_end }.collect()
}

/// A block cut into pieces without white space around them.
struct SentenceIter<'a> {
    text: &'a str,
    /// Where the next piece begins.
    start: usize,
    /// Where the piece that begins somewhere ends.
    end: fn(&str, usize) -> usize,
}

impl Iterator for SentenceIter<'_> {
    type Item = TextRange;

    fn next(&mut self) -> Option<TextRange> {
        while self.start < self.text.len() {
            let start = self.start;
            self.start = (self.end)(self.text, start).max(start + 1);
            if let Some(range) = trimmed(self.text, start, self.start) {
                return Some(range);
            }
        }
        None
    }
}

fn whole_end(text: &str, _: usize) -> usize {
    text.len()
}

fn line_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |at| start + at + 1)
}

fn sentence_or_line_end(text: &str, start: usize) -> usize {
    let line = line_end(text, start);
    text.get(..line).map_or(line, |line| sentence_end(line, start))
}

fn sentence_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(stop) = text.get(at..).and_then(|rest| rest.find(['.', '!', '?', '…', '。', '！', '？'])) {
        let stop = at + stop;
        let rest = text.get(stop..).unwrap_or_default();
        let marks = rest.find(|c| !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')).unwrap_or(rest.len());
        let end = stop + marks + closers(rest.get(marks..).unwrap_or_default());
        if ends(text, start, stop, stop + marks, end) {
            return end;
        }
        at = end;
    }
    text.len()
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<TextRange> {
    let piece = text.get(start..end)?;
    let words = piece.trim();
    let start = start + (piece.len() - piece.trim_start().len());
    (!words.is_empty()).then(|| TextRange::new(start, start + words.len()))
}

/// Bytes of closing quotation marks, brackets and note numbers (`[3]`) at the start of `rest`.
fn closers(rest: &str) -> usize {
    let mut length = 0;
    loop {
        let tail = rest.get(length..).unwrap_or_default();
        let note = tail.strip_prefix('[').and_then(|inner| {
            let digits = inner.find(|c: char| !c.is_ascii_digit())?;
            (digits > 0 && digits < 4 && inner.get(digits..)?.starts_with(']')).then_some(digits + 2)
        });
        match (note, tail.chars().next()) {
            (Some(note), _) => length += note,
            (None, Some(c @ '“'))
                if tail.get(c.len_utf8()..).is_some_and(|after| after.starts_with(char::is_whitespace)) =>
            {
                length += c.len_utf8();
            }
            (None, Some(c)) if matches!(c, '"' | '”' | '\'' | '’' | ')' | ']' | '»' | '}') => {
                length += c.len_utf8();
            }
            _ => return length,
        }
    }
}

/// Whether the marks at `stop..after`, with the closers up to `end`, end the sentence that began at `start`.
fn ends(text: &str, start: usize, stop: usize, after: usize, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let marks = text.get(stop..after).unwrap_or_default();
    if marks.starts_with(['。', '！', '？']) {
        return true;
    }
    let spaced = rest.starts_with(char::is_whitespace);
    let next = rest.trim_start().trim_start_matches(['"', '“', '\'', '‘', '(', '[', '«', '¿', '¡', '-', '–', '—', ' ']);
    let Some(first) = next.chars().next() else {
        return true;
    };
    if !spaced {
        // A missing blank: "the end.The next", but not "Yahoo!Inc" or "U.S.A".
        return marks == "." && end == after && glued(text.get(start..stop).unwrap_or_default(), rest);
    }
    if end > after && rest.trim_start().starts_with(['-', '–', '—']) {
        // "It is late." - Ana Reed
        return false;
    }
    if first.is_lowercase() {
        return false;
    }
    if marks != "." {
        // An ellipsis or an exclamation inside a sentence goes on in lower case.
        return true;
    }
    if end > after {
        // "(U.S.) Army" closes a bracket, not a sentence; "etc.)" before a capital does both.
        return !text.get(after..end).is_some_and(|closing| closing == ")" && initials(last_word(text, start, stop)));
    }
    let word = last_word(text, start, stop);
    if announces(word) {
        // "No." announces a number, and is an answer before anything else.
        let small = matches!(word, "no" | "No" | "nos" | "art" | "fig" | "sec" | "p" | "pp" | "op" | "v" | "ed" | "ft");
        return small && !first.is_numeric();
    }
    if abbreviates(word) {
        return starts_a_sentence(next) && !first.is_numeric();
    }
    if initials(word) {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters == 1 {
            // "J. Smith" and "Samuel L. Jackson" against "vitamin C. The": an initial stands before a name.
            return matches!(word, "I") || starts_a_sentence(next);
        }
        return starts_a_sentence(next);
    }
    if word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() {
        // "3. The third point" numbers a sentence.
        let before = text.get(start..stop).unwrap_or_default().trim();
        return before.len() > word.len() || word.len() > 2;
    }
    true
}

/// The word before the full stop at `stop`, dots and hyphens inside included.
fn last_word(text: &str, start: usize, stop: usize) -> &str {
    let before = text.get(start..stop).unwrap_or_default();
    // Abbreviations are short: do not walk back through a megabyte without blanks.
    let near = before.char_indices().rev().take(24).last().map_or(0, |(at, _)| at);
    let near = before.get(near..).unwrap_or_default();
    let from = near
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '[' | '/' | '—' | '–' | '\''))
        .and_then(|at| near.get(at..)?.chars().next().map(|c| at + c.len_utf8()))
        .unwrap_or(0);
    near.get(from..).unwrap_or_default()
}

/// Whether `word` (without its last full stop) is a row of single letters: `U.S`, `J`, `a.m`, `Ph.D`.
fn initials(word: &str) -> bool {
    matches!(word, "Ph.D" | "M.Sc" | "B.Sc")
        || !word.is_empty()
            && word.split('.').all(|part| {
                let mut letters = part.chars();
                letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
            })
}

/// Whether the next word is one that begins sentences but never names.
fn starts_a_sentence(next: &str) -> bool {
    const STARTERS: [&str; 84] = [
        "The",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "He",
        "She",
        "It",
        "They",
        "We",
        "You",
        "I",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
        "My",
        "Your",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "With",
        "After",
        "Before",
        "But",
        "And",
        "Or",
        "So",
        "Yet",
        "If",
        "When",
        "While",
        "As",
        "Although",
        "Though",
        "However",
        "Meanwhile",
        "Since",
        "Because",
        "There",
        "Here",
        "What",
        "Who",
        "Why",
        "How",
        "Where",
        "Which",
        "Some",
        "Many",
        "Most",
        "Several",
        "Both",
        "All",
        "No",
        "Not",
        "Nor",
        "One",
        "Two",
        "Another",
        "Other",
        "Earlier",
        "Later",
        "Last",
        "Also",
        "Despite",
        "During",
        "Until",
        "Under",
        "Over",
        "To",
        "Of",
        "Then",
        "Now",
        "Once",
        "According",
        "Among",
        "Officials",
        "Following",
    ];
    let word = next.get(..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())).unwrap_or_default();
    STARTERS.contains(&word)
}

/// Whether a full stop without a blank after it ends a sentence: lower-case words on the left, a capitalised one on the right.
fn glued(before: &str, rest: &str) -> bool {
    let mut next = rest.chars();
    let left = before.chars().rev().take(3).all(char::is_lowercase) && before.len() > 3;
    left && next.next().is_some_and(char::is_uppercase)
        && next.next().is_some_and(|c| c.is_lowercase() || c == ' ')
        && starts_a_sentence(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<&str> {
        split(text).iter().map(|range| text.get(range.start..range.end).unwrap()).collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        for one in [
            "Mr. Tan met Gen. Ruiz and Dr. Ode.",
            "It lies in the U.S. Navy yard.",
            "J. K. Adeyemi wrote to Samuel L. Okoro about it.",
            "Item No. 5 cost 3.5 million.",
            "He works for Lamp Inc. Ltd. somewhere.",
            "\"Why?\" she asked.",
            "He paused … and went on.",
        ] {
            assert_eq!(pieces(one), [one]);
        }
    }

    #[test]
    fn closing_quotes_and_brackets_belong_to_the_sentence() {
        assert_eq!(
            pieces("\"It is late.\" \"We go.\" (They went.) He left the U.S. The end."),
            ["\"It is late.\"", "\"We go.\"", "(They went.)", "He left the U.S.", "The end."]
        );
        assert_eq!(
            pieces("She said it.[12] He did not.”  Who? Me!"),
            ["She said it.[12]", "He did not.”", "Who?", "Me!"]
        );
    }

    #[test]
    fn a_heading_is_one_sentence_and_code_goes_by_lines() {
        let words = "Stop. Look.\n\nlet a = 1;\nlet b = 2;\n\nOne. Two.";
        let block = |kind, start, end| Block { kind, range: TextRange::new(start, end) };
        let blocks = vec![
            block(BlockKind::Headline, 0, 11),
            block(BlockKind::CODE, 13, 34),
            block(BlockKind::Paragraph, 36, 45),
        ];
        let text = Text::new(words.into(), blocks, vec![]);
        let found: Vec<&str> = sentences(&text).into_iter().map(|range| text.slice(range)).collect();
        assert_eq!(found, ["Stop. Look.", "let a = 1;", "let b = 2;", "One.", "Two."]);
    }

    #[test]
    fn a_line_of_verse_ends_a_sentence_and_may_hold_several() {
        let words = "The sea was low,\nthe boats were slow. The men\nwould row.";
        let block = Block { kind: BlockKind::Quote(1), range: TextRange::new(0, words.len()) };
        let text = Text::new(words.into(), vec![block], vec![]);
        let found: Vec<&str> = sentences(&text).into_iter().map(|range| text.slice(range)).collect();
        assert_eq!(found, ["The sea was low,", "the boats were slow.", "The men", "would row."]);
    }

    proptest! {
        #[test]
        fn sentences_hold_every_word_once_and_in_order(text in "\\PC{0,300}|[A-Za-z.?!\"') ]{0,120}") {
            let mut at = 0;
            for range in split(&text) {
                prop_assert!(text.get(at..range.start).unwrap().trim().is_empty());
                prop_assert!(!text.get(range.start..range.end).unwrap().trim().is_empty());
                at = range.end;
            }
            prop_assert!(text.get(at..).unwrap().trim().is_empty());
        }
    }
}
