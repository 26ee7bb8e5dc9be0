//! Putting a new file in the place of an old one, whole or not at all.
#![expect(clippy::disallowed_methods, reason = "the one place that writes files that are not ours to append to")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::sync::sync_folder;

/// Writes `text` under another name, syncs it and renames it. Where a link leads to the file the link stays, and who may
/// read it stays as it was.
///
/// # Errors
/// What the file system says; then the file is as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = folder.join(format!(".dateline.{}.tmp", Uuid::now_v7().simple()));
    let written = File::create(&draft).and_then(|mut file| {
        if let Ok(old) = fs::metadata(&path) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let written = written.and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        // The draft is worthless; that it cannot be removed either is no news.
        fs::remove_file(&draft).unwrap_or_default();
    }
    written?;
    sync_folder(folder)
}

/// Added to the name of a file for the copy that [`keep_aside`] makes.
const KEPT: &str = ".before-dateline";

/// Keeps a file as it was before this program changed it for the first time: a copy beside it, which is never written
/// again. Returns the copy if it was made now.
///
/// # Errors
/// What the file system says; then there is no new copy.
pub fn keep_aside(path: &Path, text: &str) -> io::Result<Option<PathBuf>> {
    let path = fs::canonicalize(path)?;
    let mut copy = path.clone().into_os_string();
    copy.push(KEPT);
    let copy = PathBuf::from(copy);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&copy) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
        file => file?,
    };
    let permissions = fs::metadata(&path).map(|metadata| metadata.permissions());
    let written = permissions.and_then(|permissions| file.set_permissions(permissions)).and_then(|()| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    if let Err(error) = written {
        // Half a copy would pass for a whole one the next time.
        fs::remove_file(&copy).unwrap_or_default();
        return Err(error);
    }
    Ok(Some(copy))
}
