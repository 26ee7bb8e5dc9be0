//! The canonical text of an article: one string, its blocks and its inlines.

use std::fmt;

use sha2::{Digest, Sha256};

use super::TextRange;

/// The words of an article in reading order, with the structure that lies over them.
///
/// The string is sanitised UTF-8, blocks are joined by a blank line (`\n\n`), a single `\n` inside a block is
/// a line break the source means, and it never changes: a new version of an
/// article is a new `Text` with its own [`TextHash`]. Intake makes these; everybody else only reads them.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    words: String,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    hash: TextHash,
}

/// A paragraph-sized piece of a text. Blocks are sorted, do not overlap, and are never nested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is; a [`BlockKind::Rule`] is empty.
    pub range: TextRange,
}

/// What a block is, which decides how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The title above everything.
    Headline,
    /// The summary under the headline that leads into the article.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// The day, and sometimes the place, it was written.
    Dateline,
    /// Running text.
    Paragraph,
    /// A heading inside the article, from 1 (largest) to 6.
    Heading(u8),
    /// Somebody else's words, set apart; how many quotes stand around them, from 1.
    Quote(u8),
    /// One item of a list; text that belongs to the item but starts a new paragraph is a further item without a marker.
    ListItem {
        /// How deep the list is nested; 0 is the outermost.
        depth: u8,
        /// "•", "3." and the like; empty for a further paragraph of the same item. Not part of the text.
        marker: String,
    },
    /// Preformatted text that keeps its line breaks.
    Code {
        /// Its language, if it was named.
        language: Option<String>,
        /// How many lists it lies in; 0 outside of every list.
        depth: u8,
    },
    /// A table: rows are lines, cells are separated by one tab.
    Table,
    /// A picture's description or caption.
    Figure,
    /// A break between two parts, without words.
    Rule,
}

impl BlockKind {
    /// Preformatted text outside of lists, in no language that was named.
    pub const CODE: Self = Self::Code { language: None, depth: 0 };

    /// Its name, as documented formats spell it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Paragraph => "paragraph",
            Self::Heading(_) => "heading",
            Self::Quote(_) => "quote",
            Self::ListItem { .. } => "list-item",
            Self::Code { .. } => "code",
            Self::Table => "table",
            Self::Figure => "figure",
            Self::Rule => "rule",
        }
    }
}

/// Emphasis and the like inside a block. Inlines are sorted by start; they may be nested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it is.
    pub range: TextRange,
}

/// What an inline is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Usually italic.
    Emphasis,
    /// Usually bold.
    Strong,
    /// Struck out.
    Strikethrough,
    /// Program text within a sentence.
    Code,
    /// A link and where it leads.
    Link(String),
}

impl InlineKind {
    /// Its name, as documented formats spell it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Emphasis => "emphasis",
            Self::Strong => "strong",
            Self::Strikethrough => "strikethrough",
            Self::Code => "code",
            Self::Link(_) => "link",
        }
    }
}

impl Text {
    /// Takes the parts as they are and computes the hash (about 2 ms per megabyte).
    ///
    /// Blocks and inlines that do not lie inside `text` on character boundaries are dropped rather than trusted.
    pub fn new(text: String, mut blocks: Vec<Block>, mut inlines: Vec<Inline>) -> Self {
        let fits = |range: TextRange| text.get(range.start..range.end).is_some();
        blocks.retain(|block| fits(block.range));
        inlines.retain(|inline| fits(inline.range) && !inline.range.is_empty());
        blocks.sort_by_key(|block| block.range);
        inlines.sort_by_key(|inline| (inline.range.start, usize::MAX - inline.range.end));
        let hash = TextHash::of(&text);
        Self { words: text, blocks, inlines, hash }
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// The words in `range`; nothing if it does not lie on character boundaries.
    pub fn slice(&self, range: TextRange) -> &str {
        self.words.get(range.start..range.end).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The inlines, by start.
    pub fn inlines(&self) -> &[Inline] {
        &self.inlines
    }

    /// The number of the block that holds byte `at`, or of the last one that starts before it.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        self.blocks.partition_point(|block| block.range.start <= at).checked_sub(1)
    }

    /// Identifies these exact words.
    pub fn hash(&self) -> TextHash {
        self.hash
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("hash", &self.hash)
            .field(
                "blocks",
                &self.blocks.iter().map(|block| (&block.kind, self.slice(block.range))).collect::<Vec<_>>(),
            )
            .field("inlines", &self.inlines)
            .finish_non_exhaustive()
    }
}

/// SHA-256 of a canonical text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash([u8; 32]);

impl TextHash {
    /// Hashes the bytes of `text`.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From 32 bytes, as a database keeps them.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From 64 hexadecimal digits, as [`Display`](fmt::Display) writes them.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (number, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(number * 2..number * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_off_a_character_boundary_yields_nothing_instead_of_a_panic() {
        let text = Text::new("né".into(), vec![], vec![]);
        assert_eq!(text.slice(TextRange::new(0, 2)), "");
        assert_eq!(text.slice(TextRange::new(0, 3)), "né");
    }

    #[test]
    fn blocks_outside_the_text_are_dropped() {
        let block = |start, end| Block { kind: BlockKind::Paragraph, range: TextRange::new(start, end) };
        let text = Text::new("one\n\ntwo".into(), vec![block(5, 8), block(0, 3), block(5, 99)], vec![]);
        assert_eq!(text.blocks().len(), 2);
        assert_eq!(text.block_at(0), Some(0));
        assert_eq!(text.block_at(7), Some(1));
    }

    #[test]
    fn a_hash_reads_back_from_its_hexadecimal_form() {
        let hash = TextHash::of("a passage");
        assert_eq!(TextHash::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(TextHash::from_hex("zz"), None);
    }
}
