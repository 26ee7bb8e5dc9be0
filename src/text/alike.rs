//! Which of several names was probably meant: every "did you mean …?" comes from here.

use std::ffi::OsStr;

/// Names with more bytes than this are no slip of the finger.
const LONGEST: usize = 64;

/// How alike two file names have to be (Jaro-Winkler, 0 to 1) for one to be meant by the other. At 0.88 one or two slips
/// of the finger pass in a name of eight letters, and different words of that length do not.
const ALIKE: f64 = 0.88;

/// The candidate nearest to `name`, if any is near: a third of its letters may be wrong (Damerau-Levenshtein), and letter
/// case does not matter. Candidates are in lower case.
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

/// The file name most like `name`, if any is alike. Unlike [`nearest`] it trusts the beginning of a name more than its end,
/// which is often the same in all files of a folder; letter case does not matter.
pub fn nearest_file<T: AsRef<OsStr>>(name: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    let wanted = name.to_lowercase();
    let alike = |name: &OsStr| strsim::jaro_winkler(&wanted, &name.to_string_lossy().to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (alike(candidate.as_ref()), candidate))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
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

    #[test]
    fn files_are_told_apart_by_how_they_begin() {
        let files = ["Rents.txt", "ferry.txt", "a-long-story.txt"];
        assert_eq!(nearest_file("rent.txt", files), Some("Rents.txt"));
        assert_eq!(nearest_file("a-lnog-story.txt", files), Some("a-long-story.txt"));
        assert_eq!(nearest_file("cable.txt", files), None);
        assert_eq!(nearest_file("x", [""; 0]), None);
    }
}
