//! Words between low lines, as mail and digitised books have them: `_Finis._` is set in italics.

use crate::article::{BlockKind, Inline, InlineKind, TextRange};
use crate::intake::draft::Draft;

/// Bytes of the longest passage.
const LONGEST: usize = 500;

/// Takes the low lines off; names such as `snake_case` and `__init__` keep theirs. No draft has inlines yet.
pub(super) fn read(drafts: &mut [Draft]) {
    for draft in drafts {
        if draft.words.contains('_') && !matches!(draft.kind, BlockKind::Code { .. } | BlockKind::Table) {
            (draft.words, draft.inlines) = read_words(&draft.words);
        }
    }
}

fn read_words(words: &str) -> (String, Vec<Inline>) {
    let mut out = String::with_capacity(words.len());
    let mut inlines = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('_') {
        out.push_str(before);
        let passage = after.split_once('_').filter(|(passage, behind)| {
            opens_after(out.chars().next_back()) && is_passage(passage) && !behind.starts_with(is_of_name)
        });
        if let Some((passage, behind)) = passage {
            let start = out.len();
            out.push_str(passage);
            inlines.push(Inline { kind: InlineKind::Emphasis, range: TextRange::new(start, out.len()) });
            rest = behind;
        } else {
            out.push('_');
            rest = after;
        }
    }
    out.push_str(rest);
    (out, inlines)
}

fn opens_after(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '“' | '‘' | '«' | '„' | '—' | '–' | '-')
    })
}

fn is_passage(passage: &str) -> bool {
    passage.len() <= LONGEST
        && passage.contains(char::is_alphabetic)
        && !passage.starts_with(char::is_whitespace)
        && !passage.ends_with(char::is_whitespace)
        && !passage.contains("://")
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_between_low_lines_are_emphasised() {
        for (words, shown, passages) in [
            ("_Finis._", "Finis.", vec!["Finis."]),
            ("the _Gazette_, and (_ibid._) twice", "the Gazette, and (ibid.) twice", vec!["Gazette", "ibid."]),
            ("“_No!_” she said—_never_.", "“No!” she said—never.", vec!["No!", "never"]),
        ] {
            let (read, inlines) = read_words(words);
            let found: Vec<&str> = inlines.iter().filter_map(|one| read.get(one.range.start..one.range.end)).collect();
            assert_eq!((read.as_str(), found), (shown, passages));
        }
    }

    #[test]
    fn low_lines_of_names_and_addresses_stay() {
        for words in [
            "snake_case_name and __init__ here",
            "_ alone _ and _1_",
            "https://example.com/_a_/b_c_",
            "_open without end",
            "call _f_(x)",
        ] {
            assert_eq!(read_words(words), (words.to_owned(), Vec::new()));
        }
    }
}
