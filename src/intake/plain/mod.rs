//! Plain text, as newspapers' archives, e-mail and text files have it.
//!
//! Paragraphs are single lines, or lines between blank lines that are joined again where a machine broke them
//! ([`wrap`]). Lines whose breaks were meant (verse, addresses) become a paragraph each, because a paragraph is one line
//! of running text and nothing in it would keep the break.

mod blocks;
mod lines;
mod signs;
mod top;
mod wrap;

use super::draft::Draft;

/// Reads sanitised text.
pub(super) fn read(text: &str) -> Vec<Draft> {
    let lines = lines::split(text);
    let wrap = wrap::Wrap::of(&lines);
    let mut drafts = Vec::new();
    let taken = top::read(&lines, &wrap, &mut drafts);
    blocks::read(lines.get(taken..).unwrap_or_default(), &wrap, &mut drafts);
    drafts
}

#[cfg(test)]
mod tests;
