//! The searches that were saved, in `searches.tsv` in the data directory, which can also be edited by hand.
//!
//! To change it, the file is read again under a lock, edited, and replaced atomically: no program loses the lines of
//! another, and the file is always complete. Readers need no lock.

use std::io::{self, Read};
use std::path::Path;

use jiff::Timestamp;

use crate::io::file_version::FileVersion;
use crate::io::files::{self, Links};
use crate::io::journal::{StoreError, lock};
use crate::io::paths::make_private;
use crate::io::replace::replace_private;
use crate::query::{SavedSearch, SavedSearches, SearchEdit};

/// The name of the file.
pub const FILE: &str = "searches.tsv";

/// Longest file that is used, in bytes: some thousand searches.
const MAX_BYTES: u64 = 256 * 1024;

/// The searches as they are on the disk.
#[derive(Clone, Debug, Default)]
pub struct LoadedSearches {
    /// The valid ones.
    pub searches: SavedSearches,
    /// What is wrong with the file, a line each.
    pub problems: Vec<String>,
}

/// The current version of the file.
pub fn version(data_dir: &Path) -> FileVersion {
    FileVersion::of(&data_dir.join(FILE))
}

/// Reads the searches; none if there is no file.
///
/// # Errors
/// [`StoreError::File`] if there is one that cannot be read, is too long, or is not UTF-8.
pub fn load(data_dir: &Path, now: Timestamp) -> Result<LoadedSearches, StoreError> {
    const MOST: usize = 5;
    let path = data_dir.join(FILE);
    let text = read(&path).map_err(StoreError::file("read", &path))?;
    let (searches, faults) = SavedSearches::from_tsv(text.trim_start_matches('\u{feff}'), now);
    let more = faults.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("{FILE}: {more} more lines are wrong"));
    let lines = faults.iter().take(MOST).map(|fault| format!("{FILE} {fault} – it is left out"));
    Ok(LoadedSearches { searches, problems: lines.chain(more).collect() })
}

fn read(path: &Path) -> io::Result<String> {
    let file = match files::open(path, Links::Follow) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    if bytes.len() as u64 > MAX_BYTES {
        return Err(wrong("it is longer than 256 KiB; take lines out of it"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        wrong(&format!("line {line} is not UTF-8; mend or delete it"))
    })
}

/// Makes a change in the file. When this succeeds it is on the disk; the searches as they are now are returned.
///
/// Waits up to five seconds for another instance that is writing.
///
/// # Errors
/// Any [`StoreError`]; then the file is as it was.
pub fn save(data_dir: &Path, edit: &SearchEdit, now: Timestamp) -> Result<SavedSearches, StoreError> {
    change(data_dir, now, |searches| searches.edit(edit))
}

/// Adds searches; what was saved here under the name of one stays.
///
/// # Errors
/// Those of [`save`].
pub fn add_new(data_dir: &Path, new: &[SavedSearch], now: Timestamp) -> Result<SavedSearches, StoreError> {
    change(data_dir, now, |searches| {
        for search in new {
            if searches.named(&search.name).is_none() {
                searches.edit(&SearchEdit { take: None, add: Some(search.clone()) });
            }
        }
    })
}

fn change(
    data_dir: &Path,
    now: Timestamp,
    change: impl FnOnce(&mut SavedSearches),
) -> Result<SavedSearches, StoreError> {
    make_private(data_dir).map_err(StoreError::file("make the folder", data_dir))?;
    let held = lock(&data_dir.join("searches.lock"))?;
    let mut searches = load(data_dir, now)?.searches;
    change(&mut searches);
    let (path, text) = (data_dir.join(FILE), searches.to_tsv());
    let fits = if text.len() as u64 > MAX_BYTES {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it would be longer than 256 KiB; remove searches"))
    } else {
        Ok(())
    };
    fits.and_then(|()| replace_private(&path, &text)).map_err(StoreError::file("write", &path))?;
    drop(held);
    Ok(searches)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at the files")]

    use super::*;
    use std::fs;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn adding(name: &str) -> SearchEdit {
        SearchEdit { take: None, add: SavedSearch::new(name, "rain or hail", None) }
    }

    #[test]
    fn what_others_and_the_reader_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        assert_eq!(load(&data_dir, NOW).unwrap().searches.all().count(), 0);
        save(&data_dir, &adding("Rain"), NOW).unwrap();
        let path = data_dir.join(FILE);
        let text = format!("{}nonsense\nsearch\tMine\t-snow\n", fs::read_to_string(&path).unwrap());
        fs::write(&path, &text).unwrap();
        let before = version(&data_dir);
        assert_eq!(save(&data_dir, &adding("Hail"), NOW).unwrap().all().count(), 3);
        assert_ne!(version(&data_dir), before);
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{text}search\tHail\train or hail\n"));
        let problems = load(&data_dir, NOW).unwrap().problems;
        assert!(problems.len() == 1 && problems[0].starts_with("searches.tsv line 5: “nonsense”"), "{problems:?}");
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for (bytes, told) in [(b"# a\n\xff\n".to_vec(), "line 2 is not UTF-8"), (vec![b'#'; 300_000], "256 KiB")] {
            fs::write(&path, &bytes).unwrap();
            let error = save(folder.path(), &adding("Rain"), NOW).unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }
}
