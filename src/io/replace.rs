//! Putting a new file in the place of an old one, whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::{Draft, Readers, folder_of};

/// Writes `text` under another name, syncs it and renames it. Where a link leads to the file the link stays, and so do the
/// permissions; a new file gets those the umask leaves, since it is the user's.
///
/// # Errors
/// What the file system says; then the file is as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    replace_for(path, text, Readers::Umask)
}

/// The same for a file of ours: a new one is for the user alone.
///
/// # Errors
/// Those of [`replace`].
pub(in crate::io) fn replace_private(path: &Path, text: &str) -> io::Result<()> {
    replace_for(path, text, Readers::User)
}

fn replace_for(path: &Path, text: &str, readers: Readers) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder_of(&path);
    let old = fs::metadata(&path).ok();
    // What others could not read before they cannot read in the draft either.
    let draft = Draft::new(folder, if old.is_some() { Readers::User } else { readers })?;
    if let Some(old) = old {
        draft.file().set_permissions(old.permissions())?;
    }
    draft.publish(&path, text.as_bytes())
}

/// Added to the name of a file for the copy that [`keep_aside`] makes.
const KEPT: &str = ".before-dateline";

/// Copies of one file at most; more are no accident.
const MOST_COPIES: u64 = 1000;

/// Keeps a file as it is in a copy beside it, which is never written again, and returns the copy. Whatever has its name
/// already stays, and the copy gets a number: `.before-dateline-2`.
///
/// # Errors
/// What the file system says; then there is no copy.
pub fn keep_aside(path: &Path, text: &str) -> io::Result<PathBuf> {
    let path = fs::canonicalize(path)?;
    let named = |number: u64| {
        let mut copy = path.clone().into_os_string();
        copy.push(KEPT);
        if number > 1 {
            copy.push(format!("-{number}"));
        }
        PathBuf::from(copy)
    };
    let is_free = |copy: &PathBuf| copy.symlink_metadata().is_err();
    let copy = (1..=MOST_COPIES).map(named).find(is_free).ok_or(io::ErrorKind::AlreadyExists)?;
    let draft = Draft::new(folder_of(&path), Readers::User)?;
    draft.file().set_permissions(fs::metadata(&path)?.permissions())?;
    draft.publish(&copy, text.as_bytes())?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at the files")]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_keeps_its_permissions_and_a_new_one_of_ours_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let [old, ours] = ["notes.md", "entities.tsv"].map(|name| folder.path().join(name));
        fs::write(&old, "before").unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o664)).unwrap();
        replace(&old, "after").unwrap();
        replace_private(&ours, "words").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&old), mode(&ours)), (0o664, 0o600));
        assert_eq!(fs::read_to_string(&old).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no draft is left");
    }
}
