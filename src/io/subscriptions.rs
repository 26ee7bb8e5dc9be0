//! The subscriptions, in `feeds.opml` in the data directory, which can also be edited by hand.
//!
//! To change it, the file is read again under a lock, edited, and replaced atomically: no program loses what another wrote,
//! and the file is always complete. Readers need no lock. A file that cannot be used is never written to, and one that was
//! cut off is copied before it is made whole.

use std::io;
use std::path::{Path, PathBuf};

use crate::feed::{EditError, SubscriptionEdit, Subscriptions};
use crate::intake;
use crate::io::file_version::FileVersion;
use crate::io::files::{self, Links};
use crate::io::journal::{StoreError, lock};
use crate::io::paths::make_private;
use crate::io::replace::{create, create_under, replace_private};
use crate::text::plural::count_are;

/// The name of the file.
pub const FILE: &str = "feeds.opml";

/// Longest file that is used, in bytes: twenty thousand feeds with all they may say.
pub const MAX_BYTES: u64 = 8 << 20;
/// What is wrong with it is told of so many places.
const MOST_PROBLEMS: usize = 5;
/// Copies of broken files that are kept.
const MOST_COPIES: usize = 1000;

/// The subscriptions as they are on the disk.
#[derive(Clone, Debug, Default)]
pub struct LoadedSubscriptions {
    /// The valid ones.
    pub subscriptions: Subscriptions,
    /// What is wrong with the file, a line each.
    pub problems: Vec<String>,
}

/// The current version of the file.
pub fn version(data_dir: &Path) -> FileVersion {
    FileVersion::of(&data_dir.join(FILE))
}

/// Reads the subscriptions; none if there is no file.
///
/// # Errors
/// [`StoreError::File`] if there is one that cannot be read, is too long, or is not OPML.
pub fn load(data_dir: &Path) -> Result<LoadedSubscriptions, StoreError> {
    read(&data_dir.join(FILE)).map(|(loaded, _)| loaded)
}

/// The file, and its bytes if not all of it will survive a change.
fn read(path: &Path) -> Result<(LoadedSubscriptions, Option<Vec<u8>>), StoreError> {
    let bytes = match files::read(path, MAX_BYTES, Links::Follow) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((LoadedSubscriptions::default(), None)),
        bytes => bytes.map_err(StoreError::file("read", path))?,
    };
    let unusable = |why: String| {
        let why = format!("{why}; mend it or move it away, nothing is written to it");
        StoreError::file("use", path)(io::Error::new(io::ErrorKind::InvalidData, why))
    };
    // What is UTF-8 stays as it is to the last byte.
    let (text, is_damaged) = if let Ok(text) = std::str::from_utf8(&bytes) {
        (text.to_owned(), false)
    } else {
        let text = intake::decode(&bytes).map_err(|error| unusable(error.to_string()))?;
        let is_damaged = text.contains(char::REPLACEMENT_CHARACTER);
        (text, is_damaged)
    };
    let (subscriptions, faults) = Subscriptions::from_opml(&text).map_err(|error| unusable(error.to_string()))?;
    let more = faults.len().saturating_sub(MOST_PROBLEMS);
    let more = (more > 0).then(|| format!("{FILE}: {} wrong", count_are(more, "more place")));
    let problems = faults.iter().take(MOST_PROBLEMS).map(|fault| format!("{FILE} {fault}")).chain(more).collect();
    let needs_copy = is_damaged || subscriptions.is_cut();
    Ok((LoadedSubscriptions { subscriptions, problems }, needs_copy.then_some(bytes)))
}

/// Makes a change in the file. When this succeeds it is on the disk; the subscriptions as they are now are returned.
///
/// Waits up to five seconds for another instance that is writing.
///
/// # Errors
/// Any [`StoreError`]; then the file is as it was.
pub fn save(data_dir: &Path, edit: &SubscriptionEdit) -> Result<Subscriptions, StoreError> {
    change(data_dir, |subscriptions| subscriptions.apply(edit)).map(|(subscriptions, ())| subscriptions)
}

/// The same for a change of any kind, with what it says.
///
/// # Errors
/// Those of [`save`].
pub fn change<T>(
    data_dir: &Path,
    change: impl FnOnce(&mut Subscriptions) -> Result<T, EditError>,
) -> Result<(Subscriptions, T), StoreError> {
    make_private(data_dir).map_err(StoreError::file("make the folder", data_dir))?;
    let held = lock(&data_dir.join("feeds.lock"))?;
    let path = data_dir.join(FILE);
    let (LoadedSubscriptions { mut subscriptions, .. }, broken) = read(&path)?;
    let before = subscriptions.clone();
    let refused = |error: EditError| StoreError::file("change", &path)(io::Error::other(error.to_string()));
    let said = change(&mut subscriptions).map_err(refused)?;
    if subscriptions != before {
        let text = subscriptions.to_opml();
        if text.len() as u64 > MAX_BYTES {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "it would be longer than 8 MiB; remove feeds");
            return Err(StoreError::file("write", &path)(error));
        }
        if let Some(bytes) = broken {
            keep_broken(&path, &bytes).map_err(StoreError::file("copy", &path))?;
        }
        replace_private(&path, text).map_err(StoreError::file("write", &path))?;
    }
    drop(held);
    Ok((subscriptions, said))
}

/// Writes subscriptions to a new file of the reader's own.
///
/// # Errors
/// [`StoreError::File`] if there is a file already, or none can be made.
pub fn export(path: &Path, text: &str) -> Result<(), StoreError> {
    create(path, text).map_err(StoreError::file("write", path))
}

/// Keeps the bytes of a broken file beside it, as `feeds.opml.broken-N`.
fn keep_broken(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let named = |number: usize| PathBuf::from(format!("{}.broken-{number}", path.display()));
    create_under((1..=MOST_COPIES).map(named), bytes, None).map(drop)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at the files")]

    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::feed::Subscription;

    fn adding(url: &str) -> SubscriptionEdit {
        let feed = Subscription { url: url.to_owned(), ..Subscription::default() };
        SubscriptionEdit { take: Vec::new(), add: vec![feed] }
    }

    fn urls(subscriptions: &Subscriptions) -> Vec<&str> {
        subscriptions.all().map(|feed| feed.url.as_str()).collect()
    }

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        assert_eq!(load(&data_dir).unwrap().subscriptions.all().count(), 0);
        save(&data_dir, &adding("https://a.example/")).unwrap();
        let path = data_dir.join(FILE);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let text = fs::read_to_string(&path).unwrap().replace("<body>", "<!-- é --><body x='1'>");
        fs::write(&path, &text).unwrap();
        let before = version(&data_dir);
        let all = save(&data_dir, &adding("https://b.example/")).unwrap();
        assert_eq!(urls(&all), ["https://a.example/", "https://b.example/"]);
        assert_ne!(version(&data_dir), before);
        assert_eq!(urls(&load(&data_dir).unwrap().subscriptions).len(), 2);
        assert!(fs::read_to_string(&path).unwrap().contains("<!-- é --><body x='1'>"));
        // What changes nothing writes nothing.
        let before = version(&data_dir);
        save(&data_dir, &adding("https://b.example/")).unwrap();
        assert_eq!(version(&data_dir), before);
    }

    #[test]
    fn a_link_is_followed_and_another_encoding_becomes_utf_8() {
        let folder = tempfile::tempdir().unwrap();
        let (real, path) = (folder.path().join("real.opml"), folder.path().join(FILE));
        fs::write(&real, b"<?xml version='1.0' encoding='iso-8859-1'?><opml><body><outline text='caf\xe9' xmlUrl='https://a.example/'/></body></opml>").unwrap();
        std::os::unix::fs::symlink(&real, &path).unwrap();
        save(folder.path(), &adding("https://b.example/")).unwrap();
        let text = fs::read_to_string(&real).unwrap();
        assert!(text.contains("encoding=\"UTF-8\"") && text.contains("café"), "{text}");
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    }

    #[test]
    fn an_export_takes_no_file_s_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.opml");
        export(&path, "words").unwrap();
        assert!(export(&path, "others").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "words");
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for (bytes, told) in [
            (b"<html>no feeds</html>".to_vec(), "it is not OPML"),
            (vec![b' '; 9 << 20], "8 MiB"),
            (b"\0\x01\x02\0\xff\xfe\0\0\0\x03".to_vec(), "mend it or move it away"),
            ("<outline>".repeat(1000).into_bytes(), "deep"),
        ] {
            fs::write(&path, &bytes).unwrap();
            let error = save(folder.path(), &adding("https://a.example/")).unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_copied_before_it_is_made_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let cut = "<opml><body><outline text='A' xmlUrl='https://a.example/'/><outline text='B' xmlU";
        for number in 1..3 {
            fs::write(&path, cut).unwrap();
            assert!(load(folder.path()).unwrap().problems[0].contains("ends in the middle"));
            let all = save(folder.path(), &adding("https://c.example/")).unwrap();
            assert_eq!(urls(&all), ["https://a.example/", "https://c.example/"]);
            let copy = folder.path().join(format!("{FILE}.broken-{number}"));
            assert_eq!(fs::read_to_string(copy).unwrap(), cut);
            assert!(load(folder.path()).unwrap().problems.is_empty());
        }
    }
}
