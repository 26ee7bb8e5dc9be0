//! Finds the name that was probably meant, for every "did you mean …?".

use std::ffi::OsStr;

/// Maximum length of a name, in bytes; longer ones are not typos.
const MAX_NAME_BYTES: usize = 64;

/// The similarity (Jaro-Winkler, 0 to 1) from which a file name is suggested for a missing one. At 0.88 one or two typos
/// in a name of eight letters are tolerated, but different words of that length are not.
const MIN_SIMILARITY: f64 = 0.88;

/// The candidate nearest to `name`, if any is near: a third of its letters may be wrong (Damerau-Levenshtein), ignoring
/// case. Candidates are in lower case.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let plain = name.to_lowercase().replace('_', "-");
    let (distance, nearest) = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&plain, candidate), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= (plain.chars().count() / 3).max(1)).then_some(nearest)
}

/// The file name most similar to `name`, if any is similar. Unlike [`nearest`], it gives the beginning of a name more
/// weight than its end, which is often the same in all files of a folder. Case is ignored.
pub fn nearest_file<T: AsRef<OsStr>>(name: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    let wanted = name.to_lowercase();
    let similarity = |name: &OsStr| strsim::jaro_winkler(&wanted, &name.to_string_lossy().to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (similarity(candidate.as_ref()), candidate))
        .filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
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
