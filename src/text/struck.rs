//! Struck words where nothing can be struck: between `~~`, as Markdown has them.

use std::borrow::Cow;

use crate::article::{Block, Inline, InlineKind, Text, TextRange};

const MARK: &str = "~~";

/// The text with the marks in it, for a page without styles.
pub fn marked(text: &Text) -> Cow<'_, Text> {
    let struck = struck(text, TextRange::new(0, text.len()));
    if struck.is_empty() {
        return Cow::Borrowed(text);
    }
    let places: Vec<usize> = struck.iter().flat_map(|range| [range.start, range.end]).collect();
    // A range takes in the marks at both of its ends.
    let moved = |range: TextRange| {
        let start = places.partition_point(|place| *place < range.start);
        let end = places.partition_point(|place| *place <= range.end);
        TextRange::new(range.start + start * MARK.len(), range.end + end * MARK.len())
    };
    let blocks = text.blocks().iter().map(|block| Block {
        kind: block.kind.clone(),
        range: if block.range.is_empty() { moved(TextRange::at(block.range.start)) } else { moved(block.range) },
    });
    let inlines = text.inlines().iter().map(|inline| Inline { kind: inline.kind.clone(), range: moved(inline.range) });
    let words = with_marks(text.as_str(), 0, &struck);
    Cow::Owned(Text::new(words, blocks.collect(), inlines.collect()))
}

/// The words of `range` with the marks in them, for a copy.
pub fn words(text: &Text, range: TextRange) -> String {
    with_marks(text.slice(range), range.start, &struck(text, range))
}

/// What is struck in `range`, in order and apart from each other.
fn struck(text: &Text, range: TextRange) -> Vec<TextRange> {
    let mut found: Vec<TextRange> = Vec::new();
    for inline in text.inlines().iter().filter(|inline| inline.kind == InlineKind::Strikethrough) {
        let Some(inside) = inline.range.intersection(range).filter(|inside| !inside.is_empty()) else { continue };
        match found.last_mut() {
            Some(last) if inside.start <= last.end => last.end = last.end.max(inside.end),
            _ => found.push(inside),
        }
    }
    found
}

/// `words`, which begin at byte `offset` of the text, with marks around what is struck.
fn with_marks(words: &str, offset: usize, struck: &[TextRange]) -> String {
    let mut out = String::with_capacity(words.len() + struck.len() * 2 * MARK.len());
    let mut at = 0;
    for place in struck.iter().flat_map(|range| [range.start - offset, range.end - offset]) {
        out.push_str(words.get(at..place).unwrap_or_default());
        out.push_str(MARK);
        at = place;
    }
    out.push_str(words.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    fn text() -> Text {
        let words = "old price new price\n\ngone\n\nleft";
        let block = |start, end| Block { kind: BlockKind::Paragraph, range: TextRange::new(start, end) };
        let inline = |kind, start, end| Inline { kind, range: TextRange::new(start, end) };
        let inlines = vec![
            inline(InlineKind::Strikethrough, 0, 9),
            inline(InlineKind::Strikethrough, 4, 9),
            inline(InlineKind::Strong, 10, 13),
            inline(InlineKind::Strikethrough, 21, 25),
        ];
        Text::new(words.into(), vec![block(0, 19), block(21, 25), block(27, 31)], inlines)
    }

    #[test]
    fn a_marked_text_has_its_blocks_and_inlines_on_their_words() {
        let text = text();
        let marked = marked(&text);
        assert_eq!(marked.as_str(), "~~old price~~ new price\n\n~~gone~~\n\nleft");
        let blocks: Vec<&str> = marked.blocks().iter().map(|block| marked.slice(block.range)).collect();
        assert_eq!(blocks, ["~~old price~~ new price", "~~gone~~", "left"]);
        let strong = marked.inlines().iter().find(|inline| inline.kind == InlineKind::Strong);
        assert_eq!(strong.map(|inline| marked.slice(inline.range)), Some("new"));
    }

    #[test]
    fn a_copy_has_the_marks_that_belong_to_its_words() {
        let text = text();
        assert_eq!(words(&text, TextRange::new(4, 13)), "~~price~~ new");
        assert_eq!(words(&text, TextRange::new(9, 25)), " new price\n\n~~gone~~");
        assert_eq!(words(&text, TextRange::new(10, 19)), "new price");
    }
}
