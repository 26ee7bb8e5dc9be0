//! Callouts: quotes that begin with `[!NOTE]`, as GitHub and note takers write remarks and warnings.

use crate::article::{Inline, InlineKind, TextRange};
use crate::intake::draft::Draft;

/// Letters of the longest name of a kind of callout.
const LONGEST: usize = 30;

/// Whether the first words of a quote begin a callout. What stands in its line is its title.
pub(super) fn begins(words: &str) -> bool {
    marker(words).is_some()
}

/// Makes a line in bold of the first line of a callout: its kind and its title.
pub(super) fn head(draft: &mut Draft) {
    let Some((name, length)) = marker(&draft.words) else { return };
    let title = draft.words.get(length..).unwrap_or_default();
    let label = match title {
        "" => name,
        title if title.to_lowercase().starts_with(&name.to_lowercase()) => String::new(),
        _ => format!("{name}: "),
    };
    let words = format!("{label}{title}");
    let moved = |at: usize| (at + label.len()).saturating_sub(length);
    draft.inlines.retain(|inline| inline.range.start >= length);
    for inline in &mut draft.inlines {
        inline.range = TextRange::new(moved(inline.range.start), moved(inline.range.end));
    }
    draft.inlines.push(Inline { kind: InlineKind::Strong, range: TextRange::new(0, words.len()) });
    draft.words = words;
}

/// The kind of callout as a word, and the bytes of its marker: `[!NOTE]`, `[!tip]-`, `[!info|wide]+ `.
fn marker(words: &str) -> Option<(String, usize)> {
    let (name, rest) = words.strip_prefix("[!")?.split_once(']')?;
    let kind = name.split('|').next()?.trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if kind.is_empty() || kind.chars().count() > LONGEST || !kind.chars().all(is_name) {
        return None;
    }
    let title = rest.strip_prefix(['+', '-']).unwrap_or(rest).trim_start();
    let mut letters = kind.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let shown = first.chain(letters.flat_map(char::to_lowercase)).map(|c| if c == '_' { ' ' } else { c }).collect();
    Some((shown, words.len() - title.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    #[test]
    fn the_kind_and_the_title_make_the_line() {
        for (words, wanted) in [
            ("[!NOTE]", "Note"),
            ("[!warning]- Mind the gap", "Warning: Mind the gap"),
            ("[!info|wide] Info for travellers", "Info for travellers"),
            ("[!my-kind]+", "My-kind"),
            ("[!]", "[!]"),
            ("[!no\u{7}te] x", "[!no\u{7}te] x"),
            ("[1] x", "[1] x"),
        ] {
            let mut draft = Draft::new(BlockKind::Quote(1), words);
            head(&mut draft);
            assert_eq!(draft.words, wanted);
        }
    }

    #[test]
    fn inlines_of_the_title_stay_on_their_words() {
        let mut draft = Draft::new(BlockKind::Quote(1), "[!tip] a b c");
        draft.inlines.push(Inline { kind: InlineKind::Code, range: TextRange::new(9, 10) });
        head(&mut draft);
        assert_eq!((draft.words.as_str(), draft.inlines[0].range), ("Tip: a b c", TextRange::new(7, 8)));
        assert_eq!(draft.inlines[1].range, TextRange::new(0, 10));
    }
}
