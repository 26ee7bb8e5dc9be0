//! What lies in the folders of the bookmarks, for whoever wants to know whether all is well with them.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::article::TextHash;

use super::quarantine::FOLDER;
use super::tail::{MAX_LOG, next_line};
use super::{device, log_names, own};
use crate::io::files::{self, Links};

/// The files of a data directory that belong to its bookmarks.
#[derive(Debug, Default)]
pub struct Survey {
    /// The logs, by name.
    pub logs: Vec<Log>,
    /// The copies of lines that could not be read, with their sizes in bytes.
    pub quarantine: Vec<(PathBuf, u64)>,
    /// The folder for them that earlier versions had among the logs, if it is there.
    pub old_quarantine: Option<PathBuf>,
    /// The texts that are kept.
    pub texts: Vec<TextHash>,
}

/// One log.
#[derive(Debug)]
pub struct Log {
    /// Where it is.
    pub path: PathBuf,
    /// Lines with anything on them: revisions of bookmarks, readable or not. None if it cannot be read.
    pub lines: Option<usize>,
    /// Whether a file syncer made it because two machines wrote to one file. It is read like every other.
    pub is_conflict_copy: bool,
}

/// Looks at the files of `data_dir`; what is not there is empty.
///
/// # Errors
/// What the file system says about a folder.
pub fn survey(data_dir: &Path) -> io::Result<Survey> {
    let folder = data_dir.join("bookmarks");
    let names = log_names(&folder)?;
    let mut survey = Survey::default();
    let device = device::read(data_dir);
    for name in &names {
        let path = folder.join(name);
        let lines = lines(&path, device.map_or(Links::Refuse, |device| own::links(device, name))).ok();
        survey.logs.push(Log { path, lines, is_conflict_copy: is_conflict_copy(name, &names) });
    }
    survey.quarantine = files(&data_dir.join(FOLDER))?;
    survey.old_quarantine = Some(folder.join(FOLDER)).filter(|old| fs::symlink_metadata(old).is_ok());
    let texts = files(&data_dir.join("texts"))?.into_iter();
    survey.texts = texts.filter_map(|(path, _)| TextHash::from_hex(path.file_name()?.to_str()?)).collect();
    Ok(survey)
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

/// Of a log that is longer than any should be, those of its beginning.
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
fn files(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
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

    #[test]
    fn nothing_is_nothing_and_what_is_there_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        assert!(survey(folder.path()).unwrap().logs.is_empty());
        let logs = folder.path().join("bookmarks");
        fs::create_dir_all(logs.join("quarantine")).unwrap();
        fs::create_dir(folder.path().join("quarantine")).unwrap();
        fs::create_dir(folder.path().join("texts")).unwrap();
        fs::write(logs.join("a.jsonl"), "{}\n\n\0\0\n{}").unwrap();
        fs::write(folder.path().join("quarantine/a.jsonl.txt"), "torn").unwrap();
        fs::create_dir(logs.join("b.jsonl")).unwrap();
        let hash = TextHash::of("words");
        fs::write(folder.path().join("texts").join(hash.to_string()), "").unwrap();
        fs::write(folder.path().join("texts/notes.txt"), "").unwrap();
        let survey = survey(folder.path()).unwrap();
        assert_eq!(survey.logs.iter().map(|log| log.lines).collect::<Vec<_>>(), [Some(2), None]);
        assert_eq!((survey.quarantine[0].1, survey.texts), (4, vec![hash]));
        assert!(survey.old_quarantine.is_some());
    }
}
