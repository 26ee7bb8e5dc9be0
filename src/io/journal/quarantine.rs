//! Copies of lines that could not be read, so that repairing or compacting a log can never lose them. They lie outside
//! the folder that is synced: what one machine copies must not travel to others.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::article::TextHash;
use crate::io::files::{self, Links};
use crate::io::paths::make_private;

/// Maximum size of the copies from one log, in bytes; the lines themselves stay in the log anyway.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The copies from one log, in one file: before each a line that names its place and content.
///
/// Nothing is read or created before the first line is to be kept.
pub(super) struct Quarantine {
    path: PathBuf,
    /// The header lines in the file.
    known: Option<HashSet<String>>,
    size: u64,
    /// Whether the file contains a copy of any line passed to [`keep`](Self::keep).
    has_copy: bool,
}

impl Quarantine {
    /// For the log `name`, in `folder`.
    pub(super) fn of(folder: &Path, name: &OsStr) -> Self {
        let mut file = name.to_owned();
        file.push(".txt");
        Self { path: folder.join(file), known: None, size: 0, has_copy: false }
    }

    /// Copies line number `line`, unless a copy is there. Returns where it is, if it could be copied, and whether it
    /// was there before.
    pub(super) fn keep(&mut self, line: usize, fault: &dyn Display, bytes: &[u8]) -> (Option<PathBuf>, bool) {
        let known = self.known.get_or_insert_with(|| {
            let before = match files::read(&self.path, MAX_BYTES, Links::Refuse) {
                Ok(before) => before,
                Err(error) => {
                    self.size = if error.kind() == io::ErrorKind::FileTooLarge { MAX_BYTES } else { 0 };
                    Vec::new()
                }
            };
            self.size += before.len() as u64;
            let headers = before.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"== line "));
            headers.map(|header| String::from_utf8_lossy(header).into_owned()).collect()
        });
        // The same line always gets the same header; a changed line gets another.
        let digest = TextHash::of(&String::from_utf8_lossy(bytes)).to_string();
        let header = format!("== line {line} ({}): {fault}", digest.get(..16).unwrap_or(&digest));
        if known.contains(&header) {
            self.has_copy = true;
            return (Some(self.path.clone()), true);
        }
        let entry = [header.as_bytes(), b"\n", bytes, b"\n"].concat();
        self.size += entry.len() as u64;
        let copied = self.size <= MAX_BYTES && add(&self.path, &entry).is_ok();
        self.has_copy |= copied;
        known.insert(header);
        (copied.then(|| self.path.clone()), false)
    }
}

impl Quarantine {
    /// Flushes the copies to the disk, before the original lines are dropped.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn sync(&self) -> io::Result<()> {
        if self.has_copy { files::open(&self.path, Links::Refuse)?.sync_all() } else { Ok(()) }
    }
}

fn add(path: &Path, entry: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_private(folder)?;
    }
    files::append(path, Links::Refuse)?.write_all(entry)
}
