//! Stores the texts that bookmarks were made in, compressed, by hash.
//!
//! With the old text a passage can be found in a new version of its article much more reliably than by its quote alone.
//! Losing a text costs that precision, never a bookmark.
#![expect(clippy::disallowed_methods, reason = "this file is one of those that touch the disk")]

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::article::{Text, TextHash};
use crate::io::clock;
use crate::io::draft::{self, Draft, Readers};
use crate::io::files::{self, Links};
use crate::io::paths::make_private;

/// The zstd level: half the size of a fast one, and still under 10 ms for a long article.
const LEVEL: i32 = 9;
/// Longest text that is decompressed, in bytes; anything longer is a decompression bomb, since files above 32 MiB are
/// not opened.
const MAX_TEXT: u64 = 64 * 1024 * 1024;

fn path_of(data_dir: &Path, hash: TextHash) -> PathBuf {
    data_dir.join("texts").join(hash.to_string())
}

/// Stores `text` under its hash. If it is already stored and intact, only its time is renewed, so that it is not
/// removed as unneeded.
///
/// Written under a temporary name, synced and renamed, so that the file is always complete.
///
/// # Errors
/// Any error of the file system: no space, a read-only folder.
pub fn keep(data_dir: &Path, text: &Text) -> io::Result<()> {
    let path = path_of(data_dir, text.hash());
    if matches!(load(data_dir, text.hash()), Ok(Some(_))) {
        return files::open(&path, Links::Refuse)?.set_modified(clock::of_files(clock::now()));
    }
    let folder = data_dir.join("texts");
    make_private(&folder)?;
    let packed = zstd::bulk::compress(text.as_str().as_bytes(), LEVEL)?;
    let _note = draft::note(data_dir, &folder);
    Draft::new(&folder, Readers::User)?.publish(&path, &packed)
}

/// The age at which a text may be removed: its bookmark may not have been saved yet.
const YOUNG: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes the texts that are not `needed` and at least a day old at `now`. Nothing else in the folder is touched.
/// Returns the number of texts removed.
///
/// # Errors
/// Any error of the file system; texts removed before that stay removed.
pub(in crate::io) fn remove_unneeded(
    data_dir: &Path,
    needed: &HashSet<TextHash>,
    now: SystemTime,
) -> io::Result<usize> {
    let entries = match fs::read_dir(data_dir.join("texts")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut removed = 0;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let hash = TextHash::from_hex(name);
        let is_unneeded = hash.is_some_and(|hash| !needed.contains(&hash)) && entry.file_type()?.is_file();
        let is_old = |modified: SystemTime| now.duration_since(modified).is_ok_and(|age| age > YOUNG);
        if is_unneeded && entry.metadata()?.modified().is_ok_and(is_old) {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Loads the text with that hash; none if it is not stored.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] if the file is damaged, else any error of the file system.
pub fn load(data_dir: &Path, hash: TextHash) -> io::Result<Option<String>> {
    let file = match files::open(&path_of(data_dir, hash), Links::Refuse) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io::Error::new(error.kind(), format!("the kept text {hash}: {error}"))),
        Ok(file) => file,
    };
    let damaged = |reason: &dyn std::fmt::Display| {
        io::Error::new(io::ErrorKind::InvalidData, format!("the kept text {hash} is damaged: {reason}"))
    };
    let mut text = String::new();
    zstd::Decoder::new(file.take(MAX_TEXT))?
        .take(MAX_TEXT)
        .read_to_string(&mut text)
        .map_err(|error| damaged(&error))?;
    if TextHash::of(&text) == hash { Ok(Some(text)) } else { Err(damaged(&"it holds another text")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text {
        Text::new(words.into(), vec![], vec![])
    }

    #[test]
    fn a_text_is_kept_once_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let text = text(&"Rents fell for a third month. ".repeat(100));
        keep(folder.path(), &text).unwrap();
        let path = path_of(folder.path(), text.hash());
        let written = fs::metadata(&path).unwrap();
        assert!(written.len() < 200, "it is compressed");
        keep(folder.path(), &text).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), written.len());
        assert_eq!(load(folder.path(), text.hash()).unwrap().as_deref(), Some(text.as_str()));
        assert_eq!(fs::read_dir(folder.path().join("texts")).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn a_text_that_is_not_there_is_none_and_a_damaged_one_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (text("One text."), text("Another text."));
        assert_eq!(load(folder.path(), one.hash()).unwrap(), None);
        keep(folder.path(), &one).unwrap();
        fs::rename(path_of(folder.path(), one.hash()), path_of(folder.path(), other.hash())).unwrap();
        assert_eq!(load(folder.path(), other.hash()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        fs::write(path_of(folder.path(), one.hash()), b"\x28\xb5\x2f\xfdgarbage").unwrap();
        assert_eq!(load(folder.path(), one.hash()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_damaged_text_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let text = text("One text.");
        keep(folder.path(), &text).unwrap();
        fs::write(path_of(folder.path(), text.hash()), b"garbage").unwrap();
        keep(folder.path(), &text).unwrap();
        assert_eq!(load(folder.path(), text.hash()).unwrap().as_deref(), Some("One text."));
    }

    #[test]
    fn only_old_texts_that_nothing_needs_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (needed, not) = (text("Needed."), text("Not needed."));
        let other = folder.path().join("texts/notes.txt");
        keep(folder.path(), &needed).unwrap();
        keep(folder.path(), &not).unwrap();
        fs::write(&other, "something").unwrap();
        let hashes = HashSet::from([needed.hash()]);
        let (now, tomorrow) = (clock::of_files(clock::now()), Duration::from_secs(25 * 60 * 60));
        assert_eq!(remove_unneeded(folder.path(), &hashes, now).unwrap(), 0, "they are young");
        assert_eq!(remove_unneeded(folder.path(), &hashes, now + tomorrow).unwrap(), 1);
        assert!(load(folder.path(), needed.hash()).unwrap().is_some());
        assert_eq!(load(folder.path(), not.hash()).unwrap(), None);
        assert!(other.exists(), "what is not ours stays");
        assert_eq!(remove_unneeded(&folder.path().join("none"), &hashes, now).unwrap(), 0);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("texts"), "a file in the way").unwrap();
        let error = keep(folder.path(), &text("words")).unwrap_err().to_string();
        assert!(error.ends_with("texts is in the way and is not a folder"), "{error}");
    }
}
