//! What stands behind the last words of an article: its tags, and links to more of the same. Lines about the writer stay, as
//! Readability has them.

use super::super::draft::Draft;
use crate::article::{BlockKind, InlineKind};

/// Blocks that may stand there.
const REACH: usize = 6;

/// Paragraphs of the shortest article that has such an end.
const FEWEST: usize = 3;

/// Words of the longest tag.
const TAG_WORDS: usize = 3;

/// What lines of links begin with, in lower case.
const LINES: [&str; 12] = [
    "tags:",
    "tags ",
    "topics:",
    "topics ",
    "tagged ",
    "filed under",
    "follow us",
    "more by ",
    "more from ",
    "schlagwörter:",
    "themen:",
    "mots-clés",
];

/// Takes it off.
pub(super) fn trim(drafts: &mut Vec<Draft>) {
    for _ in 0..REACH {
        let paragraphs = drafts.iter().rev().filter(|draft| draft.kind == BlockKind::Paragraph).take(FEWEST + 1);
        let is_end = |last: &mut Draft| is_tag(last) || is_line_of_links(last);
        if paragraphs.count() <= FEWEST || drafts.pop_if(is_end).is_none() {
            break;
        }
    }
}

/// How much of a block is link, in hundredths.
fn linked(draft: &Draft) -> usize {
    let links = draft.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Link(_)));
    let bytes: usize = links.map(|inline| inline.range.end - inline.range.start).sum();
    bytes * 100 / draft.words.len().max(1)
}

fn is_tag(draft: &Draft) -> bool {
    matches!(draft.kind, BlockKind::ListItem { .. })
        && linked(draft) >= 95
        && draft.words.split_whitespace().count() <= TAG_WORDS
}

fn is_line_of_links(draft: &Draft) -> bool {
    let lower = draft.words.trim_start().to_lowercase();
    draft.kind == BlockKind::Paragraph && linked(draft) >= 30 && LINES.iter().any(|line| lower.starts_with(line))
}
