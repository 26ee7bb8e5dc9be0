//! Long Markdown is parsed in pieces, because the parser's tree takes a hundred times the memory of the shortest marks.
//!
//! What a text defines for all of it (addresses of links, footnotes) holds within its piece only.

use pulldown_cmark::{Options, Parser};

use super::writer;
use crate::article::BlockKind;
use crate::intake::draft::Draft;

/// Bytes of the longest text that is parsed as a whole (1 MiB: a long novel), and of the pieces of a longer one.
const WHOLE: usize = 1 << 20;
const PIECE: usize = 512 << 10;

/// Blocks and inlines after which the rest of a text is kept as it stands, without its marks being read.
const MOST_PARTS: usize = 250_000;

/// The blocks of a document.
pub(super) fn write(text: &str) -> Vec<Draft> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let parsed = |text| writer::write(Parser::new_ext(text, options));
    if text.len() <= WHOLE {
        return parsed(text);
    }
    let (mut drafts, mut parts, mut rest) = (Vec::new(), 0, text);
    while let Some((piece, after)) = rest.split_at_checked(cut(rest)).filter(|(piece, _)| !piece.is_empty()) {
        if parts > MOST_PARTS {
            drafts.push(Draft::new(BlockKind::CODE, rest.trim_matches('\n')));
            break;
        }
        let written = parsed(piece);
        parts += written.iter().map(|draft| 1 + draft.inlines.len()).sum::<usize>();
        drafts.extend(written);
        rest = after;
    }
    drafts
}

/// Where the first piece of `text` ends: behind a blank line, before a line that goes on with nothing above it and is not
/// inside a fence; failing that, at the end of a line, or anywhere.
fn cut(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let (mut at, mut good, mut blank) = (0, 0, false);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        if at + line.len() > PIECE {
            break;
        }
        if blank && fence.is_none() && line.starts_with(|c: char| !c.is_whitespace()) {
            good = at;
        }
        let bare = line.trim();
        let mark = bare.get(..3).filter(|mark| matches!(*mark, "```" | "~~~"));
        match fence {
            None => fence = mark,
            Some(open) if mark == Some(open) && bare.chars().all(|c| open.starts_with(c)) => fence = None,
            Some(_) => {}
        }
        blank = bare.is_empty();
        at += line.len();
    }
    let anywhere = (0..=PIECE).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    [good, at].into_iter().find(|&end| end > 0).unwrap_or(anywhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_paragraphs_and_not_inside_code() {
        let paragraph = "Some *words* of a paragraph that is one of many.\n\n";
        let code = format!("```\n{}```\n\n", "let x = 1;\n\nlet y = 2;\n".repeat(2_000));
        let text = format!("{}{code}", paragraph.repeat(1_000)).repeat(14);
        assert!(text.len() > WHOLE);
        let drafts = write(&text);
        assert_eq!(drafts.len(), 14 * 1_001);
        assert!(drafts.iter().filter(|draft| draft.kind == BlockKind::Paragraph).all(|draft| draft.inlines.len() == 1));
        let code = drafts.iter().filter(|draft| draft.kind == BlockKind::CODE);
        assert!(code.clone().count() == 14 && code.clone().all(|draft| draft.words.lines().count() == 6_000));
    }

    #[test]
    fn a_text_of_countless_parts_keeps_all_its_words() {
        let text = "*a*\n\n".repeat(300_000);
        let drafts = write(&text);
        assert!(drafts.len() < 250_000);
        assert_eq!(drafts.iter().map(|draft| draft.words.matches('a').count()).sum::<usize>(), 300_000);
    }

    #[test]
    fn a_piece_ends_between_characters_where_there_are_no_lines() {
        let text = "é".repeat(WHOLE);
        assert_eq!(write(&text).iter().map(|draft| draft.words.len()).sum::<usize>(), text.len());
    }
}
