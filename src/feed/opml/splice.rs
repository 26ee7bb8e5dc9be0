//! Several changes to a text at once.

use std::ops::Range;

/// What stands in place of a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    /// The part, in bytes.
    pub(super) at: Range<usize>,
    /// What takes its place.
    pub(super) with: String,
}

/// Makes the changes. Those at the same place follow each other in their order; one that reaches into what an earlier one
/// replaces is left out.
pub(super) fn splice(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|one| (one.at.start, one.at.end));
    let mut out = String::with_capacity(text.len() + splices.iter().map(|one| one.with.len()).sum::<usize>());
    let mut at = 0;
    for one in splices {
        let Some(before) = text.get(at..one.at.start) else { continue };
        out.push_str(before);
        out.push_str(&one.with);
        at = at.max(one.at.end);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_where_they_belong_whatever_their_order() {
        let change = |at: Range<usize>, with: &str| Splice { at, with: with.to_owned() };
        assert_eq!(
            splice("abcdef", vec![change(6..6, "!"), change(1..2, "B"), change(3..3, "x"), change(3..3, "y")]),
            "aBcxydef!"
        );
        assert_eq!(splice("abcdef", vec![change(1..4, ""), change(2..3, "x")]), "aef");
        assert_eq!(splice("abc", vec![]), "abc");
    }
}
