//! How far the items of a list, and the code in them, are moved in, and whether they stand close together.

use crate::article::{Block, BlockKind};
use crate::text::width::width;

/// Deeper levels are set like this one: by then there is no page left, and a hostile list must not cost a level a word.
const DEEPEST: usize = 12;

/// The place of one list item, or of code in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Indent {
    /// Which list it belongs to; items of nested lists belong to the outermost.
    pub list: usize,
    /// Whether the list has no item of several paragraphs, so that it needs no air between items.
    pub tight: bool,
    /// Columns before the markers of its level.
    pub outer: usize,
    /// Columns of the widest marker of its level.
    pub marker: usize,
}

impl Indent {
    /// Columns before the words of its level.
    pub(super) fn text(&self) -> usize {
        self.outer + if self.marker > 0 { self.marker + 1 } else { 0 }
    }
}

/// For every block its indent, none if it is no list item nor in one.
///
/// All items of one level share the width of the widest marker, so that their texts stand in one line; a nested list
/// begins where the text of the level above does.
pub(super) fn indents(blocks: &[Block]) -> Vec<Option<Indent>> {
    // The level (an index into `widest`) of each item, and the levels it is nested in.
    let mut levels: Vec<Level> = Vec::new();
    let mut tight: Vec<bool> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut places: Vec<Option<(usize, usize)>> = Vec::with_capacity(blocks.len());
    for block in blocks {
        // Code is moved in as far as the words of the item it lies in, which begins no new list.
        let (depth, marker) = match &block.kind {
            BlockKind::ListItem { depth, marker } => (*depth, Some(marker.as_str())),
            BlockKind::Code { depth: depth @ 1.., .. } => (depth - 1, None),
            _ => {
                open.clear();
                places.push(None);
                continue;
            }
        };
        if open.is_empty() {
            tight.push(true);
        }
        let depth = usize::from(depth).min(DEEPEST);
        open.truncate(depth + 1);
        while open.len() <= depth {
            levels.push(Level { above: open.last().copied(), marker: 0, outer: 0 });
            open.push(levels.len() - 1);
        }
        let list = tight.len() - 1;
        if let Some(level) = open.last().and_then(|&level| levels.get_mut(level)) {
            level.marker = level.marker.max(marker.map_or(1, width));
        }
        if let Some(tight) = tight.last_mut() {
            *tight &= marker.is_none_or(|marker| !marker.is_empty());
        }
        places.push(open.last().map(|&level| (list, level)));
    }
    // A level is always later than the one above it, whose marker is known by now.
    for number in 0..levels.len() {
        let above = levels.get(number).and_then(|level| level.above).and_then(|above| levels.get(above));
        let outer = above.map_or(0, |above| above.outer + above.marker.max(1) + 1);
        if let Some(level) = levels.get_mut(number) {
            level.outer = outer;
        }
    }
    let indent = |(list, level): (usize, usize)| {
        let level = levels.get(level)?;
        Some(Indent { list, tight: tight.get(list).copied()?, outer: level.outer, marker: level.marker })
    };
    places.into_iter().map(|place| place.and_then(indent)).collect()
}

/// Items of the same depth with none of a lesser depth between them.
struct Level {
    above: Option<usize>,
    marker: usize,
    outer: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextRange;

    fn item(depth: u8, marker: &str) -> Block {
        Block { kind: BlockKind::ListItem { depth, marker: marker.into() }, range: TextRange::at(0) }
    }

    #[test]
    fn a_level_shares_its_widest_marker_and_nested_items_begin_under_the_text_above() {
        let blocks = [item(0, "9."), item(1, "•"), item(0, "10."), item(1, "a)")];
        let found: Vec<_> =
            indents(&blocks).into_iter().flatten().map(|indent| (indent.outer, indent.marker)).collect();
        assert_eq!(found, [(0, 3), (4, 1), (0, 3), (4, 2)]);
    }

    #[test]
    fn code_in_an_item_stands_under_its_words_and_goes_on_with_the_list() {
        let code = |depth| Block { kind: BlockKind::Code { language: None, depth }, range: TextRange::at(0) };
        let blocks = [item(0, "9."), code(1), item(1, "•"), code(2), item(0, "10."), code(0), code(3)];
        let found: Vec<_> =
            indents(&blocks).into_iter().map(|indent| indent.map(|indent| (indent.list, indent.text()))).collect();
        let first = |columns| Some((0, columns));
        assert_eq!(found, [first(4), first(4), first(6), first(6), first(4), None, Some((1, 6))]);
    }

    #[test]
    fn a_list_is_tight_until_an_item_has_a_second_paragraph() {
        let paragraph = Block { kind: BlockKind::Paragraph, range: TextRange::at(0) };
        let blocks = [item(0, "•"), item(0, "•"), paragraph, item(0, "1."), item(0, ""), item(2, "•")];
        let found: Vec<_> =
            indents(&blocks).into_iter().map(|indent| indent.map(|indent| (indent.list, indent.tight))).collect();
        let (tight, loose) = (Some((0, true)), Some((1, false)));
        assert_eq!(found, [tight, tight, None, loose, loose, loose]);
    }
}
