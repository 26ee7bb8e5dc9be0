//! What stands behind the last words of an article: its tags, and who wrote it.

use super::super::draft::Draft;
use super::page_title::folded;
use crate::article::{BlockKind, InlineKind};

/// Blocks that may stand there.
const REACH: usize = 6;

/// Paragraphs of the shortest article that has such an end.
const FEWEST: usize = 3;

/// Words of the longest tag, and of the longest lines about the writer.
const TAG_WORDS: usize = 3;
const PORTRAIT_WORDS: usize = 70;

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

/// What is said of writers right behind their name, in lower case.
const SAID: [&str; 15] = [
    "is a ",
    "is an ",
    "is the ",
    "is our ",
    "was a ",
    "covers ",
    "writes ",
    "reports ",
    "reported from ",
    "joined ",
    "ist ",
    "est ",
    "es ",
    "@",
    "follow ",
];

/// Takes it off.
pub(super) fn trim(drafts: &mut Vec<Draft>, byline: Option<&str>) {
    let names: Vec<&str> =
        byline.unwrap_or_default().split([',', '&']).flat_map(|names| names.split(" and ")).collect();
    let names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| name.contains(' ')).collect();
    for _ in 0..REACH {
        let paragraphs = drafts.iter().rev().filter(|draft| draft.kind == BlockKind::Paragraph).take(FEWEST + 1);
        let is_end = |last: &mut Draft| is_tag(last) || is_line_of_links(last) || is_portrait(last, &names);
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

/// The writer's name alone, or with what is said of writers.
fn is_portrait(draft: &Draft, names: &[&str]) -> bool {
    if !matches!(draft.kind, BlockKind::Paragraph | BlockKind::Heading(2..=6))
        || draft.words.split_whitespace().count() > PORTRAIT_WORDS
    {
        return false;
    }
    let words = draft.words.trim();
    let whole = folded(words);
    names.iter().any(|name| {
        let name_alone = folded(name);
        let about = words.strip_prefix(name).map(|rest| rest.trim_start_matches([',', ':', ' ']).to_lowercase());
        whole == name_alone
            || whole == format!("by{name_alone}")
            || about.is_some_and(|about| SAID.iter().any(|said| about.starts_with(said)))
    })
}
