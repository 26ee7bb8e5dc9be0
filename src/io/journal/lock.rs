//! One writer at a time.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::StoreError;
use crate::io::files;
use crate::journal::DeviceId;

/// How long to wait for another writer, which needs milliseconds unless its disk hangs.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Longest pause between two tries.
const MAX_PAUSE: Duration = Duration::from_millis(10);

/// The name of the lock of a device's logs, beside them.
pub(super) fn name(device: DeviceId) -> String {
    format!("{device}.lock")
}

/// Locks the file at `path` until the returned handle is dropped; none where the file system has no locks.
///
/// The lock is on a file of its own, since the log's may be replaced by another under the same name. It ends with the
/// process, however that ends.
pub(in crate::io) fn lock(path: &Path) -> Result<Option<File>, StoreError> {
    lock_within(path, TIMEOUT)
}

fn lock_within(path: &Path, timeout: Duration) -> Result<Option<File>, StoreError> {
    let open = || files::open_lock(path).map_err(StoreError::file("write", path));
    let mut file = open()?;
    let (mut waited, mut pause) = (Duration::ZERO, Duration::from_millis(1));
    loop {
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => return Ok(Some(file)),
            // Whoever found something odd under its name has removed it: the lock is another file now.
            Ok(()) if waited < timeout => {
                waited += pause;
                file = open()?;
            }
            Err(TryLockError::WouldBlock) if waited < timeout => {
                // Nobody unparks this thread; should it happen, the next try is only earlier.
                thread::park_timeout(pause);
                waited += pause;
                pause = MAX_PAUSE.min(pause * 2);
            }
            Ok(()) | Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(StoreError::file("lock", path)(error)),
        }
    }
}

/// Whether this file is the one with this name.
fn is_at(file: &File, path: &Path) -> bool {
    let identity = |found: Metadata| (found.dev(), found.ino());
    let here = fs::symlink_metadata(path).ok().map(identity);
    here.is_some() && here == file.metadata().ok().map(identity)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "takes a lock away")]
mod tests {
    use super::*;

    #[test]
    fn a_lock_whose_file_was_taken_away_holds_nobody_off_and_is_not_given() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let gone = lock(&path).unwrap().unwrap();
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&gone, &path));
        let held = lock(&path).unwrap().unwrap();
        assert!(is_at(&held, &path) && !is_at(&gone, &path));
        assert!(matches!(lock_within(&path, Duration::ZERO), Err(StoreError::Busy { .. })));
    }

    #[test]
    fn a_second_writer_is_told_who_is_in_the_way_and_gets_its_turn_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let first = lock(&path).unwrap();
        let error = lock_within(&path, Duration::from_millis(2)).unwrap_err();
        assert!(matches!(&error, StoreError::Busy { .. }) && error.to_string().contains("a.lock"));
        // Not by closing it: a program that another thread is just starting has it open, too.
        first.unwrap().unlock().unwrap();
        assert!(lock_within(&path, Duration::ZERO).unwrap().is_some());
    }
}
