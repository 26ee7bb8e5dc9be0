//! Syncs folders, so that new names in them survive a crash.
#![expect(clippy::disallowed_methods, reason = "opens folders, to sync them")]

use std::fs::File;
use std::io;
use std::path::Path;

/// Syncs a folder to the disk. Some file systems (network, user space) cannot do that and say so; there is nothing more
/// to be done then.
///
/// # Errors
/// Any other error of the file system.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if is_impossible(&error) => Ok(()),
        result => result,
    }
}

fn is_impossible(error: &io::Error) -> bool {
    // EINVAL, and ENOSYS, ENOTSUP or EOPNOTSUPP.
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_synced_is_no_error_and_a_failing_disk_is_one() {
        const EIO: i32 = 5;
        const EINVAL: i32 = 22;
        const ENOTSUP: i32 = if cfg!(target_os = "linux") { 95 } else { 45 };
        for (number, impossible) in [(EINVAL, true), (ENOTSUP, true), (EIO, false)] {
            let error = io::Error::from_raw_os_error(number);
            assert_eq!(is_impossible(&error), impossible, "{error}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(sync_folder(folder.path()).is_ok());
        assert!(sync_folder(&folder.path().join("missing")).is_err());
    }
}
