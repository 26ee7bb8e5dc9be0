//! Plain text, as newspapers' archives, e-mail and text files have it.
//!
//! Paragraphs are single lines, or lines between blank lines that are joined again where a machine broke them
//! ([`wrap`]), and words that it divided closed up ([`division`]). Verse, addresses and signatures keep their lines, as one
//! block.

mod blocks;
mod division;
mod emphasis;
mod lines;
mod signs;
mod top;
mod wrap;

use super::draft::Draft;
use crate::article::BlockKind;

/// Lines that are looked at one by one: 32 MiB at 66 columns. What follows so many is kept as it stands, for a block has
/// fifty times the size of the shortest line.
const MOST_LINES: usize = 500_000;

/// Reads sanitised text.
pub(super) fn read(text: &str) -> Vec<Draft> {
    let end = text.match_indices('\n').nth(MOST_LINES - 1).map_or(text.len(), |(at, _)| at);
    let (text, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let lines = lines::split(text);
    let wrap = wrap::Wrap::of(&lines);
    let mut drafts = Vec::new();
    let taken = top::read(&lines, &wrap, &mut drafts);
    blocks::read(lines.get(taken..).unwrap_or_default(), &wrap, &mut drafts);
    emphasis::read(&mut drafts);
    if !rest.is_empty() {
        drafts.push(Draft::new(BlockKind::CODE, rest.trim_matches('\n')));
    }
    drafts
}

#[cfg(test)]
mod tests;
