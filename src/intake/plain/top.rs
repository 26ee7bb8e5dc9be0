//! The lines above a plain article: date, headline, by-line. The rest of the header is recognised from its blocks.

use super::lines::SourceLine;
use super::wrap::Wrap;
use super::{Draft, signs};
use crate::article::BlockKind;
use crate::intake::{byline, dateline};

/// Lines that are looked at.
const REACH: usize = 8;

/// Columns and words of the longest headline.
const COLUMNS: usize = 140;
const WORDS: usize = 22;

/// Columns of a line that must be running text.
const PROSE: usize = 50;

/// Adds the header's lines as drafts and tells how many lines were taken.
pub(super) fn read(lines: &[SourceLine<'_>], wrap: &Wrap<'_>, drafts: &mut Vec<Draft>) -> usize {
    let mut at = 0;
    let mut headline = false;
    for _ in 0..REACH {
        let start = at + lines.iter().skip(at).take_while(|line| line.is_blank()).count();
        let Some(line) = lines.get(start) else { break };
        let after = lines.get(start + 1);
        let alone = after.is_none_or(|next| next.is_blank() || wrap.is_free(line, next));
        if alone && (is_furniture(line, headline) || headline && is_bare_name(line, after)) {
            drafts.push(Draft::new(BlockKind::Paragraph, fold(line.words)));
            at = start + 1;
        } else if let Some(taken) = (!headline).then(|| headline_lines(lines, start, wrap)).flatten() {
            drafts.push(Draft::new(BlockKind::Headline, fold(line.words)));
            headline = true;
            at = start + taken;
        } else {
            break;
        }
    }
    at
}

fn is_date(line: &SourceLine<'_>) -> bool {
    dateline::of_line(line.words).is_some()
}

/// Whether a line is a date or by-line; "By Design" is one only under a headline.
fn is_furniture(line: &SourceLine<'_>, headline: bool) -> bool {
    is_date(line) || byline::of_line(line.words).is_some_and(|name| headline || name.contains(' '))
}

fn is_bare_name(line: &SourceLine<'_>, after: Option<&SourceLine<'_>>) -> bool {
    byline::of_bare_line(line.words).is_some() && (byline::has_role(line.words) || after.is_some_and(is_date))
}

/// How many lines the headline that begins at `at` takes, its underline included.
fn headline_lines(lines: &[SourceLine<'_>], at: usize, wrap: &Wrap<'_>) -> Option<usize> {
    let line = lines.get(at)?;
    let words = line.words;
    let sentence = words.ends_with(['.', ',', ';', ':']) && !words.ends_with("...") && !ends_in_abbreviation(words);
    let other = signs::quoted(line).is_some()
        || signs::fence(line).is_some()
        || signs::list_item(line).is_some()
        || signs::is_rule(line)
        || words.contains(['|', '\t'])
        || words.contains("   ");
    let too_long = line.width > COLUMNS || words.split_whitespace().count() > WORDS;
    if sentence || other || too_long || words.starts_with(char::is_lowercase) || !words.contains(char::is_alphabetic) {
        return None;
    }
    let next = lines.get(at + 1)?;
    let body_follows = |from: usize| lines.iter().skip(from).any(|line| !line.is_blank() && !is_furniture(line, true));
    if signs::underline(next, line).is_some() {
        return body_follows(at + 2).then_some(2);
    }
    if next.is_blank() {
        return body_follows(at + 1).then_some(1);
    }
    let furniture = is_furniture(next, true);
    // A deck in the next line, then by-line or date.
    let deck = lines.get(at + 2).is_some_and(SourceLine::is_blank)
        && wrap.is_free(line, next)
        && lines.iter().skip(at + 2).find(|line| !line.is_blank()).is_some_and(|line| is_furniture(line, true));
    let prose = wrap.is_free(line, next) && next.width >= PROSE.max(line.width * 3 / 2);
    // The first line of verse is followed by more short lines; a headline by a long one.
    ((furniture || deck) && body_follows(at + 2) || prose).then_some(1)
}

/// "… talks in the U.S."
fn ends_in_abbreviation(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    last.trim_end_matches('.').contains('.') && last.chars().all(|c| c == '.' || c.is_uppercase())
}

fn fold(words: &str) -> String {
    crate::text::sanitize::one_line(words)
}
