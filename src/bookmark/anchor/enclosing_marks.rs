//! Trims the quotation marks, brackets and footnote signs that enclose an edited passage without being part of it.
//!
//! A sentence is found with everything up to the next one, which would include a closing quotation mark. Other
//! punctuation stays: a full stop that became a question mark belongs to the sentence.

use super::exact::{TokenSpan, with_punctuation};
use super::passage_query::{PassageQuery, Term};
use super::token_index::TokenIndex;
use super::tokens::Token;

/// Enclosing signs with an opening and a closing form, in their folded spelling. Most quotation marks fold to one sign,
/// since which form opens and which closes depends on the language.
const BRACKETS: [(&str, &str); 12] = [
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("<", ">"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
    ("〈", "〉"),
    ("《", "》"),
    ("〔", "〕"),
    ("〖", "〗"),
    ("〝", "〞"),
];
const QUOTES: [&str; 2] = ["\"", "'"];
/// Signs of footnotes.
const NOTES: [&str; 6] = ["*", "†", "‡", "§", "¶", "⁂"];

/// Maximum number of signs at the edges; longer runs enclose nothing.
const MAX_SIGNS: usize = 16;

/// `run` without enclosing signs at its edges that are not the passage's own, and with those that are.
pub(super) fn trim_enclosing_marks(query: &PassageQuery, words: &TokenIndex<'_>, run: TokenSpan) -> TokenSpan {
    let is_content = |at: &usize| words.tokens().get(*at).is_some_and(Token::is_content);
    let content = (run.from..run.to).find(is_content).zip((run.from..run.to).rev().find(is_content));
    let Some((first, last)) = content else { return run };
    if first - run.from + run.to - last > MAX_SIGNS {
        return run;
    }
    let own = with_punctuation(query, words, first, last + 1);
    let spelling = |at: usize| words.ids().get(at).map_or("", |word| words.spelling(*word));
    let begins_with = |sign: &str| has(query.terms.iter(), sign);
    let ends_with = |sign: &str| has(query.terms.iter().rev(), sign);
    // Signs that were left out beside the original passage are left out again.
    let stood_before = |sign: &str| has(query.before.iter(), sign);
    let stood_after = |sign: &str| has(query.after.iter(), sign);
    let begin = |from: usize, to: usize| {
        let edge = own.0.min(first);
        let is_not_own = |at: &usize| {
            let sign = spelling(*at);
            !begins_with(sign)
                && is_enclosing(sign)
                && (stood_before(sign) || is_alone(sign, (at + 1..to).map(spelling), true))
        };
        (from..edge).find(|at| !is_not_own(at)).unwrap_or(edge)
    };
    let end = |from: usize, to: usize| {
        let edge = own.1.max(last + 1);
        let is_not_own = |at: &usize| {
            let sign = spelling(*at);
            !ends_with(sign)
                && is_enclosing(sign)
                && (stood_after(sign) || is_alone(sign, (from..*at).map(spelling), false))
        };
        (edge..to).rev().find(|at| !is_not_own(at)).map_or(edge, |at| at + 1)
    };
    let to = end(run.from, run.to);
    let mut from = begin(run.from, to);
    // Removing a sign at the front may have left its partner unmatched at the end.
    let mut to = end(from, to);
    // A pair put around the whole passage is not part of it.
    while from < own.0.min(first)
        && to > own.1.max(last + 1)
        && are_pair(spelling(from), spelling(to - 1))
        && !(from + 1..to - 1).any(|at| is_enclosing(spelling(at)) && are_pair(spelling(from), spelling(at)))
    {
        (from, to) = (from + 1, to - 1);
    }
    TokenSpan::of(words, from.min(own.0), to.max(own.1)).unwrap_or(run)
}

/// Whether a sign comes before the first word.
fn has<'t>(terms: impl Iterator<Item = &'t Term>, sign: &str) -> bool {
    terms.take_while(|term| !term.token.is_content()).any(|term| *term.spelling == *sign)
}

fn is_enclosing(sign: &str) -> bool {
    let is_bracket = BRACKETS.iter().any(|(opens, closes)| sign == *opens || sign == *closes);
    is_bracket || QUOTES.contains(&sign) || NOTES.contains(&sign)
}

fn are_pair(opens: &str, closes: &str) -> bool {
    QUOTES.contains(&opens) && opens == closes || BRACKETS.contains(&(opens, closes))
}

/// Whether a sign at an edge has no partner among the others.
fn is_alone<'w>(sign: &str, others: impl Iterator<Item = &'w str>, at_start: bool) -> bool {
    if QUOTES.contains(&sign) {
        return others.filter(|other| *other == sign).count() % 2 == 0;
    }
    let Some((opens, closes)) = BRACKETS.iter().find(|(opens, closes)| sign == *opens || sign == *closes) else {
        return !at_start && NOTES.contains(&sign);
    };
    if (sign == *opens) != at_start {
        return true;
    }
    let partner = if at_start { closes } else { opens };
    let (mut same, mut partners) = (0_usize, 0_usize);
    for other in others {
        same += usize::from(other == sign);
        partners += usize::from(other == *partner);
    }
    partners <= same
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    /// What is left of `⟦…⟧` in `text` for a passage.
    fn edges(exact: &str, text: &str) -> String {
        let (start, end) = (text.find('⟦').unwrap(), text.find('⟧').unwrap() - '⟦'.len_utf8());
        let text = text.replace(['⟦', '⟧'], "");
        let words = TokenIndex::new(&text);
        let query = PassageQuery::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        let (from, to) = words.tokens_in(crate::article::TextRange::new(start, end));
        let range = trim_enclosing_marks(&query, &words, TokenSpan::of(&words, from, to).unwrap()).range;
        text[range.start..range.end].to_owned()
    }

    #[test]
    fn signs_around_a_passage_are_trimmed() {
        for (exact, text, wanted) in [
            ("Rents fell.", "“⟦Rents rose.”⟧ So", "Rents rose."),
            ("Rents fell.", "«⟦Rents rose.»⟧ So", "Rents rose."),
            ("Rents fell.", "„⟦Rents rose.“⟧ So", "Rents rose."),
            ("Rents fell", "『⟦Rents rose』⟧", "Rents rose"),
            ("Rents fell.", "(⟦Rents rose.)⟧ So", "Rents rose."),
            ("Rents fell.", "⟦Rents rose.*⟧ So", "Rents rose."),
            ("Rents fell.", "⟦Rents rose.[⟧3] So", "Rents rose."),
            ("Rents fell.", "⟦Rents rose.[3]⟧ So", "Rents rose.[3]"),
            ("Rents fell.", "⟦Rents rose!’”⟧ So", "Rents rose!"),
            ("Rents fell.", "(“⟦Rents rose.”)⟧ So", "Rents rose."),
        ] {
            assert_eq!(edges(exact, text), wanted, "{text}");
        }
    }

    #[test]
    fn its_own_signs_and_pairs_within_it_stay() {
        for (exact, text, wanted) in [
            ("“Rents fell.”", "⟦“Rents rose.”⟧ So", "“Rents rose.”"),
            ("“Rents fell.”", "“⟦Rents rose.⟧” So", "“Rents rose.”"),
            ("Rents fell.", "⟦Rents “rose.”⟧ So", "Rents “rose.”"),
            ("Rents fell.", "⟦Rents (or some) rose (a bit)⟧ So", "Rents (or some) rose (a bit)"),
            ("Rents fell.", "⟦Rents rose!⟧ So", "Rents rose!"),
            ("$5 was paid", "⟦$6 was paid⟧", "$6 was paid"),
            ("Is it so”", "“⟦Was it so?”⟧ So", "Was it so?”"),
        ] {
            assert_eq!(edges(exact, text), wanted, "{text}");
        }
    }
}
