//! `==marked==` words, as note takers have them: the marks go, the words stay.

use crate::article::{InlineKind, TextRange};
use crate::intake::draft::Draft;

const MARK: &str = "==";

/// Takes the marks of a block away. A mark hugs its words, stands outside of code, and has its fellow in the same line or
/// cell: `a == b` and `a==b` are none.
pub(super) fn unmark(draft: &mut Draft) {
    if !draft.words.contains(MARK) {
        return;
    }
    let mut code = draft.inlines.iter().filter(|inline| inline.kind == InlineKind::Code).peekable();
    let mut cuts: Vec<TextRange> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in draft.words.match_indices(MARK) {
        let range = TextRange::new(at, at + MARK.len());
        while code.next_if(|code| code.range.end <= at).is_some() {}
        let before = draft.words.get(..at).and_then(|before| before.chars().next_back());
        let after = draft.words.get(range.end..).and_then(|after| after.chars().next());
        let is_longer = before == Some('=') || after == Some('=');
        if is_longer || code.peek().is_some_and(|code| code.range.overlaps(range)) {
            continue;
        }
        let between = open.and_then(|open| draft.words.get(open + MARK.len()..at));
        match (open, between) {
            (Some(start), Some(words))
                if !words.is_empty() && !words.contains(['\n', '\t']) && !words.ends_with(char::is_whitespace) =>
            {
                cuts.extend([TextRange::new(start, start + MARK.len()), range]);
                open = None;
            }
            _ => {
                let begins = !before.is_some_and(char::is_alphanumeric) && after.is_some_and(|c| !c.is_whitespace());
                open = begins.then_some(at);
            }
        }
    }
    draft.cut(&cuts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockKind, Inline};

    #[test]
    fn marks_go_where_they_are_marks() {
        for (words, wanted) in [
            ("a ==mark== b", "a mark b"),
            ("==one== and ==two words==.", "one and two words."),
            ("(==in brackets==)", "(in brackets)"),
            ("a == b == c", "a == b == c"),
            ("a==b==c", "a==b==c"),
            ("==open", "==open"),
            ("==a\tb==", "==a\tb=="),
            ("==a\n==b==", "==a\nb"),
            ("===x===", "===x==="),
            ("====", "===="),
            ("日==本語==", "日==本語=="),
        ] {
            let mut draft = Draft::new(BlockKind::Paragraph, words);
            unmark(&mut draft);
            assert_eq!(draft.words, wanted);
        }
    }

    #[test]
    fn code_keeps_its_signs() {
        let mut draft = Draft::new(BlockKind::Paragraph, "if ==x== then ==y==");
        draft.inlines.push(Inline { kind: InlineKind::Code, range: TextRange::new(3, 8) });
        unmark(&mut draft);
        assert_eq!(draft.words, "if ==x== then y");
    }
}
