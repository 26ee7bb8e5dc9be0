//! What lies in the folders of the bookmarks, for whoever wants to know whether all is well with them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::article::TextHash;
use crate::bookmark::Bookmark;
use crate::io::journal::{self, Log, files_in};
use crate::journal::Record;

/// The files of a data directory that belong to its bookmarks.
#[derive(Debug)]
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

/// Looks at the files of `data_dir`; what is not there is empty.
///
/// # Errors
/// What the file system says about a folder.
pub fn survey(data_dir: &Path) -> io::Result<Survey> {
    let journal::Survey { logs, quarantine } = journal::survey::<Bookmark>(data_dir)?;
    let files = Bookmark::FILES;
    let old = data_dir.join(files.logs).join(files.quarantine);
    let old_quarantine = Some(old).filter(|old| fs::symlink_metadata(old).is_ok());
    let texts = files_in(&data_dir.join("texts"))?.into_iter();
    let texts = texts.filter_map(|(path, _)| TextHash::from_hex(path.file_name()?.to_str()?)).collect();
    Ok(Survey { logs, quarantine, old_quarantine, texts })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make the files")]

    use super::*;

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
