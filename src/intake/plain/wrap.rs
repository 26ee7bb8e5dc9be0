//! Whether lines were broken by a machine at the edge of the page, or on purpose.
//!
//! A machine breaks a line where the next word does not fit. So the break after a line is *free*, and meant, if the first
//! word of the next line would have fitted. The width of the page is taken from the text: nine of ten lines that another
//! line follows are not longer.

use std::collections::HashSet;

use super::lines::SourceLine;

/// No machine wraps lines that are longer than this.
const WIDEST_PAGE: usize = 120;

/// Nor lines shorter than this: a text of shorter lines is verse or a list of some kind.
const NARROWEST_PAGE: usize = 45;

/// Characters of the longest word that may be divided. Lines that all end in a hyphen join to one word without end, and
/// walking back through it at every line would take the square of its length.
const LONGEST_WORD: usize = 64;

/// Words that are remembered to tell whether a divided one stands elsewhere as a whole: some five novels.
const VOCABULARY: usize = 500_000;

/// How the lines of one text were broken.
#[derive(Debug)]
pub(super) struct Wrap<'a> {
    /// The page's width in columns; none if every line is a paragraph.
    page: Option<usize>,
    /// Every word of the text, if a word in it is divided at the end of a line.
    vocabulary: HashSet<&'a str>,
}

impl<'a> Wrap<'a> {
    pub(super) fn of(lines: &[SourceLine<'a>]) -> Self {
        let total: usize = lines.iter().map(|line| line.width).sum();
        let long: usize = lines.iter().map(|line| line.width).filter(|&width| width > WIDEST_PAGE).sum();
        if long * 2 > total {
            return Self { page: None, vocabulary: HashSet::new() };
        }
        let pairs = lines.iter().zip(lines.iter().skip(1));
        let mut widths: Vec<usize> = pairs.filter(|(_, next)| !next.is_blank()).map(|(line, _)| line.width).collect();
        widths.retain(|&width| width > 0);
        widths.sort_unstable();
        let divided = lines.iter().any(|line| divided_word(line.words).is_some());
        let words = lines.iter().filter(|_| divided).flat_map(|line| line.words.split_whitespace());
        let vocabulary = words.take(VOCABULARY).map(bare).collect();
        Self {
            page: Some(widths.get(widths.len() * 9 / 10).map_or(NARROWEST_PAGE, |&width| width.max(NARROWEST_PAGE))),
            vocabulary,
        }
    }

    /// Whether every line of the text is a paragraph of its own.
    pub(super) fn is_unwrapped(&self) -> bool {
        self.page.is_none()
    }

    /// Whether the break between two lines was meant. A divided word never is, and a sentence that goes on in lower case
    /// only after less than half a line.
    pub(super) fn is_free(&self, line: &SourceLine<'_>, next: &SourceLine<'_>) -> bool {
        self.page.is_none_or(|page| {
            let goes_on = next.words.starts_with(char::is_lowercase) && line.width * 2 > page;
            line.width + 1 + next.first_word() <= page && !goes_on && divided_word(line.words).is_none()
        })
    }

    /// The paragraphs that lines without a blank line between them make: if most breaks were meant (verse, addresses,
    /// one paragraph a line) every line, else lines joined up to a break that ends a sentence short of the edge or comes
    /// before an indented line.
    pub(super) fn paragraphs(&self, lines: &[SourceLine<'a>]) -> Vec<(String, usize)> {
        let breaks = lines.len().saturating_sub(1);
        let free = lines.iter().zip(lines.iter().skip(1)).filter(|(line, next)| self.is_free(line, next)).count();
        let margin = lines.iter().map(|line| line.indent).min().unwrap_or(0);
        let mut paragraphs: Vec<(String, usize)> = Vec::new();
        let mut last: Option<&SourceLine<'_>> = None;
        for line in lines {
            let parted = last.is_none_or(|before| {
                let meant = self.is_free(before, line);
                let short = self.page.is_none_or(|page| before.width * 4 <= page * 3);
                free * 2 > breaks
                    || line.indent >= margin + 2 && before.indent < margin + 2
                    || meant && short && ends_sentence(before.words) && !line.words.starts_with(char::is_lowercase)
            });
            match paragraphs.last_mut().filter(|_| !parted) {
                Some((words, count)) => {
                    self.join(words, line.words);
                    *count += 1;
                }
                None => paragraphs.push((line.words.to_owned(), 1)),
            }
            last = Some(line);
        }
        paragraphs
    }

    /// Appends the next line of a paragraph.
    ///
    /// A word divided at the end of the line is closed up, without its hyphen only if the text has the whole word
    /// elsewhere and the hyphenated one nowhere: a hyphen too many is read over, a wrong word is not.
    pub(super) fn join(&self, words: &mut String, next: &str) {
        let wide = |c: Option<char>| {
            c.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'))
        };
        if words.ends_with('\u{ad}') || wide(words.chars().next_back()) && wide(next.chars().next()) {
            words.push_str(next);
            return;
        }
        let first = next.split_whitespace().next().unwrap_or_default();
        let suspended = matches!(first, "and" | "or" | "to" | "und" | "oder" | "bis" | "et" | "ou");
        match divided_word(words).filter(|_| next.starts_with(char::is_alphabetic) && !suspended) {
            None => words.push(' '),
            Some(head) => {
                let tail = bare(first);
                let whole = format!("{}{tail}", bare(head));
                let hyphenated = format!("{}-{tail}", bare(head));
                let lower = next.starts_with(char::is_lowercase);
                if lower && self.vocabulary.contains(whole.as_str()) && !self.vocabulary.contains(hyphenated.as_str()) {
                    words.pop();
                }
            }
        }
        words.push_str(next);
    }
}

/// The word a line ends in the middle of, without its hyphen; its end only if it is longer than any word.
fn divided_word(line: &str) -> Option<&str> {
    let head = line.strip_suffix('-')?;
    let near = head.char_indices().rev().take(LONGEST_WORD).last().map_or(0, |(at, _)| at);
    head.ends_with(char::is_alphabetic).then(|| head.get(near..)?.rsplit(char::is_whitespace).next())?
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '…', ':', '。'])
}
