//! Raised and lowered signs: footnote marks, units, formulas.

use dom_query::NodeRef;

use super::{Exit, Mode, Step, Walk, short_text, within};

/// Bytes of the longest words that can be a mark.
const MAX_MARK: usize = 24;

impl Walk<'_> {
    /// Footnote marks stand in brackets, so that the word before is found whole; what Unicode has raised or lowered signs
    /// for is written with these; the rest is left as words.
    pub(super) fn script<'t>(&mut self, node: &NodeRef<'t>, name: &str) -> Vec<Step<'t>> {
        let text = short_text(node, MAX_MARK).filter(|_| self.mode != Mode::Code);
        let Some(mark) = text.as_deref().map(str::trim).filter(|mark| !mark.is_empty()) else {
            return within(node, None);
        };
        let is_raised = name == "sup";
        if is_raised && self.is_footnote_mark(node, mark) {
            let has_brackets = mark.starts_with(['[', '(']) || !mark.starts_with(char::is_alphanumeric);
            if has_brackets {
                return within(node, None);
            }
            self.words.push_exactly("[");
            return within(node, Some(Exit::Words("]")));
        }
        if let Some(signs) = if is_raised { raised(mark) } else { lowered(mark) } {
            self.words.push(&signs);
            return Vec::new();
        }
        if is_raised && !mark.chars().all(char::is_alphabetic) && self.ends_with(char::is_alphanumeric) {
            self.words.push_exactly("^");
        }
        within(node, None)
    }

    /// A mark leads somewhere, or is a number behind a word (units and variables are shorter).
    fn is_footnote_mark(&self, node: &NodeRef<'_>, mark: &str) -> bool {
        let is_link = |node: &NodeRef<'_>| node.has_name("a") && node.has_attr("href");
        let leads =
            node.descendants_it().any(|node| is_link(&node)) || node.parent().is_some_and(|node| is_link(&node));
        let letters = self.words.as_str().chars().rev().take(4).take_while(|c| c.is_alphabetic()).count();
        let is_number = mark.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '–' | '-'));
        let has_brackets = mark.starts_with('[') && mark.ends_with(']');
        leads
            || has_brackets
            || is_number && (letters > 3 || self.ends_with(|c| matches!(c, '.' | ',' | '”' | '"' | ';' | ':')))
    }

    fn ends_with(&self, is: impl Fn(char) -> bool) -> bool {
        self.words.as_str().chars().next_back().is_some_and(is)
    }
}

/// As superscripts, if every sign has one.
pub(super) fn raised(text: &str) -> Option<String> {
    text.chars()
        .map(|c| {
            Some(match c {
                '0' => '⁰',
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                '4'..='9' => char::from_u32('⁴' as u32 + (c as u32 - '4' as u32))?,
                '+' => '⁺',
                '-' | '−' | '–' => '⁻',
                '=' => '⁼',
                '(' => '⁽',
                ')' => '⁾',
                'n' => 'ⁿ',
                'i' => 'ⁱ',
                _ => return None,
            })
        })
        .collect()
}

/// As subscripts, if every sign has one. A letter has to be alone: words are not readable so.
pub(super) fn lowered(text: &str) -> Option<String> {
    if text.contains(char::is_alphabetic) && text.chars().nth(1).is_some() {
        return None;
    }
    text.chars()
        .map(|c| {
            Some(match c {
                '0'..='9' => char::from_u32('₀' as u32 + (c as u32 - '0' as u32))?,
                '+' => '₊',
                '-' | '−' | '–' => '₋',
                '=' => '₌',
                '(' => '₍',
                ')' => '₎',
                'a' => 'ₐ',
                'e' => 'ₑ',
                'i' => 'ᵢ',
                'o' => 'ₒ',
                'x' => 'ₓ',
                'k' => 'ₖ',
                'm' => 'ₘ',
                'n' => 'ₙ',
                _ => return None,
            })
        })
        .collect()
}
