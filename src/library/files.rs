//! The names of the files beside `library.db`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The path with `suffix` after the name of its file.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}
