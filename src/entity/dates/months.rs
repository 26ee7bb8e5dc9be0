//! The names of months among the words of a text.

use super::calendar::weekday;
use crate::article::month_from_name;
use crate::entity::words::Word;

/// The month a capitalised word names.
pub(super) fn month_name(word: &str) -> Option<i8> {
    word.starts_with(['J', 'F', 'M', 'A', 'S', 'O', 'N', 'D']).then(|| month_from_name(word)).flatten()
}

/// Whether a month's name is something else as well: a given name, a surname, a verb.
pub(super) fn is_ambiguous(word: &str) -> bool {
    matches!(word, "May" | "March" | "Mar" | "Jun" | "Jan" | "Dec" | "Sep" | "Apr" | "August" | "April" | "June")
}

/// Whether a word after a month makes it a given name: "June Okafor", but not "June Friday".
pub(super) fn is_rest_of_name(word: &Word<'_>) -> bool {
    word.is_name_like() && !word.is_all_capitals() && weekday(&word.lower).is_none() && month_name(word.text).is_none()
}
