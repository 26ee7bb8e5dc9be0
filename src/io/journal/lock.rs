//! One writer at a time.

use std::fs::{File, TryLockError};
use std::io;
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
    let file = files::open_lock(path).map_err(StoreError::file("write", path))?;
    let (mut waited, mut pause) = (Duration::ZERO, Duration::from_millis(1));
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if waited < timeout => {
                // Nobody unparks this thread; should it happen, the next try is only earlier.
                thread::park_timeout(pause);
                waited += pause;
                pause = MAX_PAUSE.min(pause * 2);
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(StoreError::file("lock", path)(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_is_in_the_way_and_gets_its_turn_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let first = lock(&path).unwrap();
        let error = lock_within(&path, Duration::from_millis(2)).unwrap_err();
        assert!(matches!(&error, StoreError::Busy { .. }) && error.to_string().contains("a.lock"));
        drop(first);
        assert!(lock_within(&path, Duration::ZERO).unwrap().is_some());
    }
}
