//! Which of several names was probably meant.

/// Names with more bytes than this are no slip of the finger.
const LONGEST: usize = 64;

/// The candidate nearest to `name`, if any is near: a third of its letters may be wrong (Damerau-Levenshtein), and letter
/// case does not matter. Candidates are in small letters.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let plain = name.to_lowercase().replace('_', "-");
    let (distance, nearest) = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&plain, candidate), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= (plain.chars().count() / 3).max(1)).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        let names = ["measure", "mouse", "hidden-kinds"];
        assert_eq!(nearest("mesure", names), Some("measure"));
        assert_eq!(nearest("Hidden_Kinds", names), Some("hidden-kinds"));
        assert_eq!(nearest("colour-scheme", names), None);
        assert_eq!(nearest(&"m".repeat(1_000_000), names), None);
        assert_eq!(nearest("mouse", []), None);
    }
}
