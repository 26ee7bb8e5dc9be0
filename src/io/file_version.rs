//! Tells whether a file that others may change is the one that was read.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Identifies a version of a file: it differs if the file was replaced or changed. The default is that of a file that is
/// not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileVersion(Option<(u64, Option<SystemTime>)>);

impl FileVersion {
    /// The current version of the file at `path`.
    pub fn of(path: &Path) -> Self {
        let metadata = fs::metadata(path).ok();
        Self(metadata.map(|metadata| (metadata.len(), metadata.modified().ok())))
    }
}
