//! Where a line of text may end: the rules of Unicode Standard Annex #14, hyphens, soft hyphens and hyphenation.

use std::borrow::Cow;

use textwrap::WordSeparator;

use super::hyphenation;

/// Invisible, except as a hyphen where a line ends at it.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// The byte the next line would begin with.
    pub at: usize,
    /// Whether a hyphen has to be drawn before it.
    pub hyphen: bool,
}

/// The places inside `line` where it may be broken, in order, each `offset` bytes further on.
///
/// They are not necessarily on grapheme boundaries. White space stays on the line it ends.
pub(super) fn breaks(line: &str, offset: usize, hyphenate: bool) -> Vec<Break> {
    let mut found: Vec<Break> = Vec::with_capacity(line.len() / 5);
    let mut at = offset;
    let mut spaced = true;
    let mut opening = false;
    for word in WordSeparator::UnicodeBreakProperties.find_words(&spelt(line)) {
        // The annex lets a line end on either side of a dash. In print a dash hangs on the word before it, and one with
        // a space only before it opens an insertion and goes with what follows. Typewritten dashes are hyphens.
        let dash = matches!(word.word, "–" | "—" | "-");
        let ends_spaced = !word.whitespace.is_empty();
        let opens = dash && spaced && !ends_spaced;
        if (dash && !opens) || opening {
            found.pop_if(|last| last.at == at);
        }
        inside(word.word, at, hyphenate, &mut found);
        at += word.word.len() + word.whitespace.len();
        found.push(Break { at, hyphen: false });
        (spaced, opening) = (ends_spaced, opens);
    }
    found.pop();
    found
}

/// `line` with letters in place of those characters whose breaks take a dictionary of their language, byte for byte.
///
/// This is what the annex wants where there is none (rule LB1). The segmenter behind textwrap knows it too, but in debug
/// builds it complains on standard error, across the screen, and it breaks before such characters whatever precedes.
fn spelt(line: &str) -> Cow<'_, str> {
    let complex = |c: char| {
        // Thai and Lao, Burmese with its extensions, Khmer: all of three bytes.
        matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}')
    };
    if line.contains(complex) { Cow::Owned(line.replace(complex, "\u{10D0}")) } else { Cow::Borrowed(line) }
}

/// Adds the places inside a word: behind a hyphen between letters, behind a soft hyphen, and, if asked for, at its
/// divisions.
fn inside(word: &str, offset: usize, hyphenate: bool, found: &mut Vec<Break>) {
    let mut soft = false;
    for (at, c) in word.match_indices(['-', SOFT_HYPHEN]) {
        let end = at + c.len();
        let before = word.get(..at).and_then(|before| before.chars().next_back());
        let after = word.get(end..).and_then(|after| after.chars().next());
        let hyphen = c != "-";
        soft |= hyphen;
        let fits = if hyphen {
            before.is_some() && after.is_some_and(|after| after != SOFT_HYPHEN)
        } else {
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphabetic)
        };
        if fits {
            found.push(Break { at: offset + end, hyphen });
        }
    }
    if hyphenate && !soft {
        found.extend(hyphenation::divisions(word).map(|at| Break { at: offset + at, hyphen: true }));
    }
}

/// Whether `grapheme` is white space at which words part and which is not drawn at the end of a line.
pub(super) fn is_space(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    let space = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}');
    chars.next().is_some_and(space) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line with `|` where it may be broken and `~` where that takes a hyphen.
    fn shown(line: &str, hyphenate: bool) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for place in breaks(line, 0, hyphenate) {
            shown.push_str(line.get(from..place.at).unwrap());
            shown.push(if place.hyphen { '~' } else { '|' });
            from = place.at;
        }
        shown + line.get(from..).unwrap()
    }

    #[test]
    fn lines_end_behind_spaces_and_hyphens_but_not_at_a_no_break_space() {
        assert_eq!(shown("the US-Iran talks", false), "the |US-|Iran |talks");
        assert_eq!(shown("10\u{A0}km COVID-19 -5", false), "10\u{A0}km |COVID-19 |-5");
        assert_eq!(shown("日本語。", false), "日|本|語。");
    }

    #[test]
    fn scripts_without_spaces_or_a_dictionary_are_broken_at_the_spaces_they_have() {
        assert_eq!(shown("ข่าว (วันนี้) ພາສາ", false), "ข่าว |(วันนี้) |ພາສາ");
    }

    #[test]
    fn a_dash_hangs_on_the_word_before_it_unless_it_opens_an_insertion() {
        assert_eq!(shown("talks — again", false), "talks — |again");
        assert_eq!(shown("talks - again", false), "talks - |again");
        assert_eq!(shown("talks—again", false), "talks—|again");
        assert_eq!(shown("era —dijo— tarde", false), "era |—dijo— |tarde");
    }

    #[test]
    fn soft_hyphens_are_taken_and_divisions_only_when_asked_for() {
        assert_eq!(shown("co\u{AD}op", false), "co\u{AD}~op");
        assert_eq!(shown("\u{AD}a\u{AD}\u{AD}b\u{AD} c", false), "\u{AD}a\u{AD}\u{AD}~b\u{AD} |c");
        assert_eq!(shown("a hyphenation", true), "a |hy~phen~a~tion");
        assert_eq!(shown("hyphena\u{AD}tion", true), "hyphena\u{AD}~tion");
    }
}
