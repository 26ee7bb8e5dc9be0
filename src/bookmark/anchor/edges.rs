//! The signs at the edges of an edited passage: quotation marks, brackets and footnote signs that stand around it are not
//! its own.
//!
//! A sentence is found with everything up to the next one, so the mark that closes a quotation would come along. Other
//! punctuation may: a full stop that became a question mark belongs to the sentence.

use super::exact::{Run, with_marks};
use super::query::{Query, Term};
use super::tokens::Token;
use super::words::Words;

/// Signs that enclose words, in their folded spelling: those that have an opening and a closing form. Quotation marks of
/// most languages are one sign after folding, whose forms differ from language to language.
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

/// Signs at both edges that are looked at; more of them enclose nothing.
const MOST_SIGNS: usize = 16;

/// The run without signs at its edges that the passage did not have there and that enclose more than the run, and with those
/// it had.
pub(super) fn own_edges(query: &Query, words: &Words<'_>, run: Run) -> Run {
    let is_solid = |at: &usize| words.tokens().get(*at).is_some_and(Token::is_solid);
    let solid = (run.from..run.to).find(is_solid).zip((run.from..run.to).rev().find(is_solid));
    let Some((first, last)) = solid else { return run };
    if first - run.from + run.to - last > MOST_SIGNS {
        return run;
    }
    let own = with_marks(query, words, first, last + 1);
    let spelling = |at: usize| words.words().get(at).map_or("", |word| words.spelling(*word));
    let begins_with = |sign: &str| has(query.terms.iter(), sign);
    let ends_with = |sign: &str| has(query.terms.iter().rev(), sign);
    // What stood beside the passage and was left out is left out again.
    let stood_before = |sign: &str| has(query.before.iter(), sign);
    let stood_after = |sign: &str| has(query.after.iter(), sign);
    let begin = |from: usize, to: usize| {
        let edge = own.0.min(first);
        let is_foreign = |at: &usize| {
            let sign = spelling(*at);
            !begins_with(sign)
                && is_enclosing(sign)
                && (stood_before(sign) || is_alone(sign, (at + 1..to).map(spelling), true))
        };
        (from..edge).find(|at| !is_foreign(at)).unwrap_or(edge)
    };
    let end = |from: usize, to: usize| {
        let edge = own.1.max(last + 1);
        let is_foreign = |at: &usize| {
            let sign = spelling(*at);
            !ends_with(sign)
                && is_enclosing(sign)
                && (stood_after(sign) || is_alone(sign, (from..*at).map(spelling), false))
        };
        (edge..to).rev().find(|at| !is_foreign(at)).map_or(edge, |at| at + 1)
    };
    let to = end(run.from, run.to);
    let mut from = begin(run.from, to);
    // Taking a sign away at the front may have left its partner alone at the end.
    let mut to = end(from, to);
    // Signs that were put around the whole of it are around it still.
    while from < own.0.min(first)
        && to > own.1.max(last + 1)
        && are_pair(spelling(from), spelling(to - 1))
        && !(from + 1..to - 1).any(|at| is_enclosing(spelling(at)) && are_pair(spelling(from), spelling(at)))
    {
        (from, to) = (from + 1, to - 1);
    }
    Run::of(words, from.min(own.0), to.max(own.1)).unwrap_or(run)
}

/// Whether a sign is among those that come before the first word.
fn has<'t>(terms: impl Iterator<Item = &'t Term>, sign: &str) -> bool {
    terms.take_while(|term| !term.token.is_solid()).any(|term| *term.spelling == *sign)
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

    /// What is left of `[…]` in `text` for a passage.
    fn edges(exact: &str, text: &str) -> String {
        let (start, end) = (text.find('⟦').unwrap(), text.find('⟧').unwrap() - '⟦'.len_utf8());
        let text = text.replace(['⟦', '⟧'], "");
        let words = Words::new(&text);
        let query = Query::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        let (from, to) = words.tokens_in(crate::article::TextRange::new(start, end));
        let range = own_edges(&query, &words, Run::of(&words, from, to).unwrap()).range;
        text[range.start..range.end].to_owned()
    }

    #[test]
    fn signs_around_a_passage_are_not_its_own() {
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
    fn signs_of_its_own_and_pairs_within_stay() {
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
