//! Files with bookmarks for other programs.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::{self, Draft, folder_of};
use super::replace::replace;
use super::sources::{self, SourceError, SourceRef};
use crate::bookmark::Bookmark;
use crate::bookmark::export::{Format, markdown, update};

/// Why nothing was written.
#[derive(Debug)]
pub enum ExportError {
    /// Something else is there.
    Exists(PathBuf),
    /// The document that is there is not UTF-8.
    NotUtf8(PathBuf),
    /// The document that is there cannot be read.
    Source(SourceError),
    /// The file cannot be written.
    Write(PathBuf, io::Error),
}

impl ExportError {
    /// What the user can do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Exists(_) => Some("take another name; only Markdown is brought up to date".to_owned()),
            Self::Source(error) => error.hint(),
            Self::NotUtf8(_) | Self::Write(..) => None,
        }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(file) => write!(f, "{} is there already", name(file)),
            Self::NotUtf8(file) => write!(f, "{} is there already and is not UTF-8", name(file)),
            Self::Source(error) => error.fmt(f),
            Self::Write(file, error) => write!(f, "cannot write {}: {error}", file.display()),
        }
    }
}

/// Short enough for a narrow screen; where it lies whoever typed it knows.
fn name(file: &Path) -> impl fmt::Display {
    file.file_name().unwrap_or(file.as_os_str()).display()
}

/// That a file is being exported, noted in the data directory until it is dropped.
#[derive(Debug)]
pub struct Noted {
    _note: Draft,
}

impl Noted {
    /// Notes it, so that what a killed export leaves is cleared at the next start. None where it cannot be noted.
    pub fn new(data_dir: &Path, file: &Path) -> Option<Self> {
        let file = std::fs::canonicalize(file).or_else(|_| std::path::absolute(file)).ok()?;
        Some(Self { _note: draft::note(data_dir, folder_of(&file)).ok()? })
    }
}

/// Writes bookmarks to a file. A Markdown document that is there is brought up to date: passages are replaced, the words
/// around them stay. Anything else that is there stays too, and is an error. Says whether anything had to be written.
///
/// # Errors
/// [`ExportError`]; then everything is as it was.
pub fn export<'a>(
    file: &Path,
    format: Format,
    bookmarks: impl IntoIterator<Item = &'a Bookmark>,
) -> Result<bool, ExportError> {
    let text = if format == Format::Markdown {
        let old = match sources::read(&SourceRef::Found(file.to_owned())) {
            Ok(read) => String::from_utf8(read.bytes).map_err(|_| ExportError::NotUtf8(file.to_owned()))?,
            Err(SourceError::NotFound { .. }) => String::new(),
            Err(error) => return Err(ExportError::Source(error)),
        };
        let new = update(&old, &markdown(bookmarks));
        if new == old {
            return Ok(false);
        }
        new
    } else if file.symlink_metadata().is_ok() {
        return Err(ExportError::Exists(file.to_owned()));
    } else {
        format.write(bookmarks)
    };
    replace(file, &text).map_err(|error| ExportError::Write(file.to_owned(), error))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "looks at what was written")]

    use std::fs;

    use super::*;

    #[test]
    fn nothing_that_is_there_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let [table, notes] = ["a.csv", "a.md"].map(|name| folder.path().join(name));
        assert!(export(&table, Format::Csv, []).unwrap());
        fs::write(&table, "mine").unwrap();
        let error = export(&table, Format::Csv, []).unwrap_err();
        assert!(matches!(error, ExportError::Exists(_)) && error.hint().is_some(), "{error}");
        fs::write(&notes, "mine\n").unwrap();
        assert!(!export(&notes, Format::Markdown, []).unwrap());
        fs::write(&notes, b"\xff").unwrap();
        assert!(matches!(export(&notes, Format::Markdown, []).unwrap_err(), ExportError::NotUtf8(_)));
        let nowhere = folder.path().join("no").join("a.csv");
        assert!(matches!(export(&nowhere, Format::Csv, []).unwrap_err(), ExportError::Write(..)));
        assert_eq!((fs::read(&table).unwrap(), fs::read(&notes).unwrap()), (b"mine".to_vec(), b"\xff".to_vec()));
    }
}
