//! The copy of an older library that is kept before its schema is changed.
#![expect(clippy::disallowed_methods, reason = "the library opens and renames its own files")]

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::Connection;

use super::files::with_suffix;
use super::migrations;

/// Keeps the database at `path` as `library.db.before-N`, N being the version it is about to become: one copy a
/// version. What is in the write-ahead log is in the copy. The copy has its name only once it is whole.
///
/// # Errors
/// When there is no room for it; then nothing was changed.
pub(super) fn keep(connection: &Connection, path: &Path) -> rusqlite::Result<()> {
    let copy = with_suffix(path, &format!(".before-{}", migrations::newest()));
    let part = with_suffix(&copy, ".part");
    let written = write(connection, &part).and_then(|()| fs::rename(&part, &copy).map_err(|error| failed(&error)));
    if written.is_err() {
        // Half a copy helps nobody, and on a full disk it is in the way.
        fs::remove_file(&part).ok();
    }
    written
}

fn write(connection: &Connection, part: &Path) -> rusqlite::Result<()> {
    match fs::remove_file(part) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(&error)),
        _ => {}
    }
    // SQLite fills an empty file that is there: it is for the user alone from the start.
    let file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(part).map_err(|error| failed(&error))?;
    // A name need not be UTF-8; the cast takes the bytes as they are.
    connection.execute("VACUUM INTO CAST(?1 AS TEXT)", [part.as_os_str().as_bytes()])?;
    File::sync_all(&file).map_err(|error| failed(&error))
}

/// A fault of the file system as SQLite would tell it, so that it ends where those do.
fn failed(error: &std::io::Error) -> rusqlite::Error {
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => rusqlite::ffi::SQLITE_FULL,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => rusqlite::ffi::SQLITE_CANTOPEN,
        _ => rusqlite::ffi::SQLITE_IOERR,
    };
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some(error.to_string()))
}
