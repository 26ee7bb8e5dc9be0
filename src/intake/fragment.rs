//! Tells a fragment of an HTML page from an article with some HTML in it, as Markdown may have.

use super::html::elements::is_block;

/// Whether a part of a page begins with the element: blocks, and what stands before them. An article that begins with an
/// element in a line (`<b>`), with what is folded up or with a drawing of letters is left to Markdown.
fn begins_page(element: &str) -> bool {
    is_block(element) && !matches!(element, "details" | "summary" | "pre")
        || matches!(element, "link" | "br" | "noscript")
}

/// Fewest tags of a part of a page.
const FEWEST: usize = 2;

/// How many times more letters stand in paragraphs that begin with a tag than in others. Whoever writes a part of a page
/// writes all of it that way; a few words may stand outside.
const MORE: usize = 4;

/// Whether words that begin with this element go on as a page does: with more tags, and next to nothing outside of them.
pub(super) fn is_part_of_a_page(element: &str, words: &str) -> bool {
    if !begins_page(element) {
        return false;
    }
    let (mut tags, mut inside, mut outside) = (0, 0, 0);
    for paragraph in words.split("\n\n").map(str::trim_start) {
        // What only Markdown has.
        if paragraph
            .lines()
            .any(|line| ["# ", "## ", "### ", "```", "- ", "* ", "> "].iter().any(|sign| line.starts_with(sign)))
        {
            return false;
        }
        let (letters, found) = letters(paragraph);
        tags += found;
        if paragraph.starts_with('<') { inside += letters } else { outside += letters }
    }
    // A paragraph of nothing but tags and one of words are a picture above an article.
    tags >= FEWEST && inside >= outside * MORE && inside + outside > 0
}

/// How many letters stand outside of tags, and how many tags there are.
fn letters(paragraph: &str) -> (usize, usize) {
    let (mut letters, mut tags) = (0, 0);
    let mut rest = paragraph;
    while let Some((before, after)) = rest.split_once('<') {
        letters += count(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match after.split_once('>').filter(|_| is_tag) {
            Some((_, behind)) => {
                tags += 1;
                rest = behind;
            }
            None => rest = after,
        }
    }
    (letters + count(rest), tags)
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
