//! Whether lines were broken by a machine at the edge of the page, or on purpose.
//!
//! A machine breaks a line where the next word does not fit. So the break after a line is *free*, and meant, if the first
//! word of the next line would have fitted. The width of the page is taken from the text: nine of ten lines that another
//! line follows are not longer.

use super::division::{Division, Joint, divided_word};
use super::lines::SourceLine;
use super::signs;

/// No machine wraps lines that are longer than this.
const WIDEST_PAGE: usize = 120;

/// Nor lines shorter than this: a text of shorter lines is verse or a list of some kind.
const NARROWEST_PAGE: usize = 45;

/// Columns of the longest line of verse or of an address.
const LONGEST_VERSE: usize = 72;

/// Columns of a line that is short for sure, where a text has one paragraph a line.
const SHORT_LINE: usize = 60;

/// How the lines of one text were broken.
#[derive(Debug)]
pub(super) struct Wrap<'a> {
    /// The page's width in columns; none if every line is a paragraph.
    page: Option<usize>,
    division: Division<'a>,
    /// Whether long lines stand apart, so that short ones which do not belong together.
    stands_apart: bool,
    /// Whether all of it is verse or a list, for no page is so narrow and so ragged.
    is_verse: bool,
}

impl<'a> Wrap<'a> {
    pub(super) fn of(lines: &[SourceLine<'a>]) -> Self {
        let total: usize = lines.iter().map(|line| line.width).sum();
        let long: usize = lines.iter().map(|line| line.width).filter(|&width| width > WIDEST_PAGE).sum();
        if long * 2 > total {
            return Self {
                page: None,
                division: Division::default(),
                stands_apart: stand_apart(lines),
                is_verse: false,
            };
        }
        let pairs = lines.iter().zip(lines.iter().skip(1));
        let mut widths: Vec<usize> = pairs.filter(|(_, next)| !next.is_blank()).map(|(line, _)| line.width).collect();
        widths.retain(|&width| width > 0);
        widths.sort_unstable();
        Self {
            page: Some(widths.get(widths.len() * 9 / 10).map_or(NARROWEST_PAGE, |&width| width.max(NARROWEST_PAGE))),
            division: Division::of(lines),
            stands_apart: false,
            is_verse: is_ragged(lines),
        }
    }

    /// Columns of the page; none if every line of the text is a paragraph of its own.
    pub(super) fn page(&self) -> Option<usize> {
        self.page
    }

    /// Whether a line may be one of verse or of an address in a text that has one paragraph a line.
    pub(super) fn is_short(&self, line: &SourceLine<'_>) -> bool {
        self.stands_apart && line.width <= SHORT_LINE
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

    /// The paragraphs that lines without a blank line between them make. Verse and addresses keep their lines, as one
    /// block. If most breaks were meant otherwise (one paragraph a line) every line is one, else lines are joined up to a
    /// break that ends a sentence short of the edge or comes before an indented line.
    pub(super) fn paragraphs(&self, lines: &[SourceLine<'a>]) -> Vec<String> {
        let breaks = lines.len().saturating_sub(1);
        let free = lines.iter().zip(lines.iter().skip(1)).filter(|(line, next)| self.is_free(line, next)).count();
        if self.keeps_lines(lines, free) {
            let words: Vec<&str> = lines.iter().map(|line| line.words).collect();
            return vec![words.join("\n")];
        }
        let margin = lines.iter().map(|line| line.indent).min().unwrap_or(0);
        let mut paragraphs: Vec<String> = Vec::new();
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
                Some(words) => self.join(words, line.words),
                None => paragraphs.push(line.words.to_owned()),
            }
            last = Some(line);
        }
        paragraphs
    }

    /// Whether lines are verse, an address or the like, `free` of whose breaks were meant.
    ///
    /// No machine wraps short of the widest line: a break after which a word would have fitted even there was meant,
    /// whatever the next line begins with. Lines that nearly all begin with a capital need fewer such breaks, or none if
    /// half of them end in a pause.
    fn keeps_lines(&self, lines: &[SourceLine<'_>], free: usize) -> bool {
        let breaks = lines.len().saturating_sub(1);
        let widest = lines.iter().map(|line| line.width).max().unwrap_or(0);
        if breaks == 0 || widest > LONGEST_VERSE {
            return false;
        }
        if self.page.is_none() {
            return lines.iter().all(|line| self.is_short(line));
        }
        // Short paragraphs, or what people say in turn.
        let are_sentences = lines.iter().all(|line| ends_sentence(line.words))
            && (widest > NARROWEST_PAGE
                || lines.iter().all(|line| line.words.starts_with(['"', '“', '„', '«', '—', '–', '‘'])));
        if are_sentences || lines.iter().any(|line| divided_word(line.words).is_some()) && free * 2 <= breaks {
            return false;
        }
        let (ragged, _) = ragged_breaks(lines, widest);
        let pauses = lines.iter().filter(|line| line.words.ends_with([',', ';', ':', '.', '!', '?', '—'])).count();
        let capitals = lines.iter().filter(|line| begins_with_capital(line.words)).count();
        free * 2 > breaks
            || self.is_verse
            || breaks > 1 && widest <= SHORT_LINE && ragged * 2 > breaks
            || breaks > 1
                && capitals * 10 >= lines.len() * 9
                && (free.max(ragged) * 4 >= breaks || pauses * 2 >= lines.len())
    }

    /// Appends the next line of a paragraph.
    pub(super) fn join(&self, words: &mut String, next: &str) {
        let wide = |c: Option<char>| {
            c.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'))
        };
        if words.ends_with('\u{ad}') || wide(words.chars().next_back()) && wide(next.chars().next()) {
            words.push_str(next);
            return;
        }
        match self.division.joint(words, next) {
            Joint::Blank => words.push(' '),
            Joint::Hyphen => {}
            Joint::Whole => {
                words.pop();
            }
        }
        words.push_str(next);
    }
}

/// Whether nine of ten long lines have blank lines around them.
fn stand_apart(lines: &[SourceLine<'_>]) -> bool {
    let is_long = |line: &SourceLine<'_>| line.width > WIDEST_PAGE;
    let long = lines.iter().filter(|line| is_long(line)).count();
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let crowded = pairs.filter(|(line, next)| is_long(line) && !next.is_blank()).count();
    crowded * 10 <= long
}

/// How many lines end although the next word would have fitted into so many columns, and how many lines go on at all.
fn ragged_breaks(lines: &[SourceLine<'_>], columns: usize) -> (usize, usize) {
    let pairs = lines.iter().zip(lines.iter().skip(1)).filter(|(line, next)| !line.is_blank() && !next.is_blank());
    pairs.fold((0, 0), |(ragged, all), (line, next)| {
        (ragged + usize::from(line.width + 1 + next.first_word() <= columns), all + 1)
    })
}

/// Whether all lines of a text are short, and two of five end short of the widest. Where a machine wraps none does.
fn is_ragged(lines: &[SourceLine<'_>]) -> bool {
    let widest = lines.iter().map(|line| line.width).max().unwrap_or(0);
    let (ragged, all) = ragged_breaks(lines, widest);
    let is_verse = widest <= SHORT_LINE && all > 2 && ragged * 5 >= all * 2;
    is_verse && !lines.iter().any(|line| signs::quoted(line).is_some() || signs::list_item(line).is_some())
}

fn begins_with_capital(words: &str) -> bool {
    words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '…', ':', '。'])
}
