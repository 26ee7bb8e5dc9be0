//! A title for texts that have none.

use unicode_width::UnicodeWidthStr;

use crate::article::{BlockKind, Text};
use crate::text::sanitize::{is_blank, one_line};

/// Columns a borrowed title may take.
const COLUMNS: usize = 80;

/// The headline; else the first heading, if it comes first; else the first sentence or as much of it as fits; else the
/// file's name without its extension.
pub(super) fn of(body: &Text, name: Option<&str>) -> String {
    let words = |kind: &dyn Fn(&BlockKind) -> bool| {
        body.blocks().iter().find(|block| kind(&block.kind)).map(|block| body.slice(block.range))
    };
    if let Some(headline) = words(&|kind| *kind == BlockKind::Headline) {
        return one_line(headline);
    }
    let has_words = |kind: &BlockKind| {
        !matches!(
            kind,
            BlockKind::Rule | BlockKind::Dateline | BlockKind::Byline | BlockKind::Code { .. } | BlockKind::Table
        )
    };
    words(&has_words)
        .map(first_sentence)
        .or_else(|| name.and_then(stem))
        .or_else(|| words(&|kind| *kind != BlockKind::Rule).map(first_sentence))
        .filter(|title| !is_blank(title))
        .unwrap_or_else(|| "Untitled".to_owned())
}

fn stem(name: &str) -> Option<String> {
    let file = name.rsplit('/').next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Some(one_line(stem)).filter(|stem| !is_blank(stem))
}

/// Cut at the end of a sentence, else at a blank, with an ellipsis.
fn first_sentence(words: &str) -> String {
    // A line of 80 columns has at most some hundred characters; the rest of a megabyte need not be folded.
    let start = words.char_indices().nth(COLUMNS * 4).map_or(words.len(), |(at, _)| at);
    let line = one_line(words.get(..start).unwrap_or(words));
    let mut width = 0;
    let mut sentence = String::new();
    for word in line.split_inclusive(' ') {
        width += word.width();
        if width > COLUMNS + 1 {
            break;
        }
        sentence.push_str(word);
        let bare = word.trim_end_matches([' ', '"', '”', '’', ')']);
        let ends = bare.ends_with(['?', '!', '…', '。', '！', '？']) || bare.ends_with('.') && bare.chars().count() > 4;
        if ends && word.ends_with(' ') && width > 12 {
            return sentence.trim_end_matches(['.', ' ']).to_owned();
        }
    }
    if sentence.len() == line.len() {
        return sentence.trim_end_matches(['.', ' ']).to_owned();
    }
    let mut cut = sentence.trim_end_matches([' ', ',', ';', ':', '-', '–', '—']).to_owned();
    if cut.is_empty() {
        // One word longer than the line.
        let mut width = 0;
        cut = line
            .chars()
            .take_while(|c| {
                width += c.to_string().width();
                width < COLUMNS
            })
            .collect();
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, TextRange};

    fn titled(words: &str, kind: BlockKind, name: Option<&str>) -> String {
        let block = Block { kind, range: TextRange::new(0, words.len()) };
        of(&Text::new(words.to_owned(), vec![block], vec![]), name)
    }

    #[test]
    fn the_first_sentence_stands_in_for_a_headline() {
        let title = titled("The port was closed on Monday. Nobody knew why.", BlockKind::Paragraph, Some("a.txt"));
        assert_eq!(title, "The port was closed on Monday");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_blank() {
        let title = titled(&"seven letters ".repeat(40), BlockKind::Paragraph, None);
        assert!(title.width() <= COLUMNS + 1 && title.ends_with("seven…"), "{title}");
        assert!(titled(&"x".repeat(5_000), BlockKind::Paragraph, None).width() <= COLUMNS);
        assert!(titled(&"日".repeat(5_000), BlockKind::Paragraph, None).width() <= COLUMNS);
    }

    #[test]
    fn a_text_of_code_is_called_after_its_file() {
        assert_eq!(titled("x = 1", BlockKind::CODE, Some("notes/fib.py")), "fib");
        assert_eq!(titled("x = 1", BlockKind::CODE, None), "x = 1");
    }
}
