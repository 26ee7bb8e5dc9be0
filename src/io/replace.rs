//! Replaces a file atomically.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::{Draft, Readers, folder_of};

/// Writes `text` under a temporary name, syncs it and renames it. Links to the file and its permissions are preserved;
/// a new file gets the permissions of the umask, since it is the user's own.
///
/// # Errors
/// Any error of the file system; the file is then unchanged.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    replace_for(path, text, Readers::Umask)
}

/// The same for one of our own files: a new one is private.
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
    // If others could not read the file, they must not be able to read the draft.
    let draft = Draft::new(folder, if old.is_some() { Readers::User } else { readers })?;
    if let Some(old) = old {
        draft.file().set_permissions(old.permissions())?;
    }
    draft.publish(&path, text.as_bytes())
}

/// Writes a new file of the user's own.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if there is one, else any error of the file system; then there is none.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    Draft::new(folder_of(path), Readers::Umask)?.publish_new(path, text.as_bytes())
}

/// Writes a private file under the first of these names that is free, and says which.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if none is free, else any error of the file system.
pub(in crate::io) fn create_under(
    names: impl Iterator<Item = PathBuf>,
    bytes: &[u8],
    permissions: Option<&fs::Permissions>,
) -> io::Result<PathBuf> {
    for name in names.filter(|name| name.symlink_metadata().is_err()) {
        let draft = Draft::new(folder_of(&name), Readers::User)?;
        if let Some(permissions) = permissions {
            draft.file().set_permissions(permissions.clone())?;
        }
        match draft.publish_new(&name, bytes) {
            // Another program has just taken it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => return written.map(|()| name),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The suffix of the copy that [`keep_aside`] makes.
const KEPT: &str = ".before-dateline";

/// Maximum number of copies of one file.
const MOST_COPIES: u64 = 1000;

/// Makes a copy beside a file, which is never written again, and returns its path. If its name is taken, the copy gets
/// a number: `.before-dateline-2`.
///
/// # Errors
/// Any error of the file system; there is no copy then.
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
    create_under((1..=MOST_COPIES).map(named), text.as_bytes(), Some(&fs::metadata(&path)?.permissions()))
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
