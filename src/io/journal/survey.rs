//! What is in the folders of the logs, for diagnosis.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::io::files::{self, Links};
use crate::journal::Record;

use super::tail::{MAX_LOG, next_line};
use super::{device, log_names, own_logs};

/// The files of a data directory that belong to one kind of record.
#[derive(Debug)]
pub struct Survey {
    /// The logs, by name.
    pub logs: Vec<Log>,
    /// The copies of lines that could not be read, with their sizes in bytes.
    pub quarantine: Vec<(PathBuf, u64)>,
}

/// One log.
#[derive(Debug)]
pub struct Log {
    /// Where it is.
    pub path: PathBuf,
    /// Lines that are not blank: revisions of records, readable or not. None if the log cannot be read.
    pub lines: Option<usize>,
    /// Whether a file syncer made it because two machines wrote to one file. It is read like every other.
    pub is_conflict_copy: bool,
}

/// Lists the files of `data_dir`; missing folders count as empty.
///
/// # Errors
/// If a folder cannot be listed.
pub(in crate::io) fn survey<R: Record>(data_dir: &Path) -> io::Result<Survey> {
    let folder = data_dir.join(R::FILES.logs);
    let names = log_names(&folder)?;
    let device = device::read(data_dir);
    let log = |name: &OsString| {
        let path = folder.join(name);
        let lines = lines(&path, device.map_or(Links::Refuse, |device| own_logs::links(device, name))).ok();
        Log { path, lines, is_conflict_copy: is_conflict_copy(name, &names) }
    };
    let logs = names.iter().map(log).collect();
    Ok(Survey { logs, quarantine: files_in(&data_dir.join(R::FILES.quarantine))? })
}

/// Syncthing adds `.sync-conflict-…` to a name, Dropbox ` (… conflicted copy …)`, others a number in brackets.
fn is_conflict_copy(name: &OsString, names: &[OsString]) -> bool {
    let stem = |name: &OsString| Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let Some(own) = stem(name) else { return false };
    let marks = ["sync-conflict", "conflicted copy"];
    // A device that needs another log of its own gives it eight letters or digits of its own choice.
    let is_further = |rest: &str| {
        let random = rest.strip_prefix('.').unwrap_or_default();
        random.len() == 8 && random.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_beside = |other: String| {
        own.strip_prefix(&other).is_some_and(|rest| rest.starts_with(['.', ' ', '(']) && !is_further(rest))
    };
    marks.iter().any(|mark| own.contains(mark)) || names.iter().filter_map(stem).any(is_beside)
}

/// The number of lines that are not blank; of a log that is too long, only those at its beginning.
fn lines(path: &Path, links: Links) -> io::Result<usize> {
    let (mut lines, mut line) = (0, Vec::new());
    let mut reader = BufReader::new(files::open(path, links)?.take(2 * MAX_LOG));
    while next_line(&mut reader, &mut line)?.is_some() {
        lines += usize::from(line.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0));
        line.clear();
    }
    Ok(lines)
}

/// The plain files in a folder with their sizes in bytes, by name.
pub(in crate::io) fn files_in(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() {
            files.push((entry.path(), metadata.len()));
        }
    }
    files.sort_unstable();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflict_copies_are_told_from_the_logs_of_other_devices() {
        let names = [
            "a.jsonl",
            "a.sync-conflict-20261123-091504-ABC.jsonl",
            "ab.jsonl",
            "b (1).jsonl",
            "b.jsonl",
            "b.k7f2q9ab.jsonl",
        ];
        let names = names.map(OsString::from);
        let copies: Vec<bool> = names.iter().map(|name| is_conflict_copy(name, &names)).collect();
        assert_eq!(copies, [false, true, false, true, false, false]);
    }
}
