//! Markdown: `CommonMark` with tables, footnotes, task lists, definition lists, strike-through, callouts, marked words and
//! front matter.

mod callout;
mod highlight;
mod pieces;
mod writer;

use super::draft::Draft;
use super::{Facts, front_matter};
use crate::article::BlockKind;

/// Reads sanitised text.
pub(super) fn read(text: &str) -> (Vec<Draft>, Facts) {
    let (front, body) = match front_matter::split(text) {
        Some((front, body)) => (Some(front), body),
        None => (None, text),
    };
    let mut drafts = pieces::write(body);
    let Some(front) = front else { return (drafts, Facts::default()) };
    let headline = drafts.first_mut().filter(|draft| {
        draft.kind == BlockKind::Heading(1)
            && front.facts.title.as_deref().is_none_or(|title| same(title, &draft.words))
    });
    let has_headline = headline.is_some();
    if let Some(draft) = headline {
        draft.kind = BlockKind::Headline;
    }
    let (above, below) = front.drafts(has_headline);
    drafts.splice(usize::from(has_headline)..usize::from(has_headline), above.into_iter().chain(below));
    (drafts, front.facts)
}

/// Whether two titles are the same but for case, blanks and punctuation.
fn same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests;
