//! Writes exports of bookmarks to files.

use std::fmt;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::draft::{self, Draft, folder_of};
use super::replace::{create, keep_aside, replace};
use super::sources::{self, SourceError, SourceRef};
use crate::bookmark::Bookmark;
use crate::bookmark::export::{ExportFormat, Update, markdown, update};

/// Why nothing was written.
#[derive(Debug)]
pub enum ExportError {
    /// Something else exists there.
    Exists(PathBuf),
    /// It is a device, a pipe or a socket; which of them.
    NotAFile(PathBuf, &'static str),
    /// The existing document is not UTF-8.
    NotUtf8(PathBuf),
    /// The existing document cannot be read.
    Source(SourceError),
    /// The copy before the first change cannot be made.
    Keep(PathBuf, io::Error),
    /// The file cannot be written.
    Write(PathBuf, io::Error),
}

/// The outcome of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportOutcome {
    /// The file is up to date.
    UpToDate,
    /// There is nothing to export and no file.
    Nothing,
    /// The file was written.
    Written {
        /// The copy of the original document, if lines in it were replaced for the first time.
        kept: Option<PathBuf>,
    },
}

impl ExportError {
    /// What the user can do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Exists(_) => Some("choose another name; only Markdown files are updated".to_owned()),
            Self::NotAFile(..) | Self::Source(SourceError::TooLarge(_) | SourceError::Folder(_)) => {
                Some("choose another name".to_owned())
            }
            Self::Source(error) => error.hint(),
            Self::NotUtf8(_) | Self::Keep(..) | Self::Write(..) => None,
        }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(file) => write!(f, "{} already exists", file.display()),
            Self::NotAFile(file, what) => write!(f, "{} is a {what}, not a file", file.display()),
            Self::NotUtf8(file) => write!(f, "{} already exists and is not UTF-8", file.display()),
            Self::Source(error) => error.fmt(f),
            Self::Keep(file, error) => {
                write!(f, "cannot keep a copy of {} before it is changed: {error}", file.display())
            }
            Self::Write(file, error) => write!(f, "cannot write {}: {error}", file.display()),
        }
    }
}

/// Records in the data directory, until dropped, that a file is being exported.
#[derive(Debug)]
pub struct ExportNote {
    _note: Draft,
}

impl ExportNote {
    /// Records it, so that leftovers of a killed export are removed at the next start. None if that fails.
    pub fn new(data_dir: &Path, file: &Path) -> Option<Self> {
        let file = std::fs::canonicalize(file).or_else(|_| std::path::absolute(file)).ok()?;
        Some(Self { _note: draft::note(data_dir, folder_of(&file)).ok()? })
    }
}

/// Writes bookmarks to a file. An existing Markdown document is updated: lines written by an earlier export are
/// replaced, everything else stays, and before the first line is replaced a copy of the document is made beside it. Any
/// other existing file is left alone, and is an error.
///
/// # Errors
/// [`ExportError`]; nothing was changed then.
pub fn export<'a>(
    file: &Path,
    format: ExportFormat,
    bookmarks: impl IntoIterator<Item = &'a Bookmark>,
) -> Result<ExportOutcome, ExportError> {
    // Opening a device can have effects, and it cannot be replaced.
    let kind = std::fs::metadata(file).ok().map(|found| found.file_type());
    if let Some(kind) = kind.filter(|kind| !kind.is_file() && !kind.is_dir()) {
        let what = if kind.is_fifo() {
            "pipe"
        } else if kind.is_socket() {
            "socket"
        } else {
            "device"
        };
        return Err(ExportError::NotAFile(file.to_owned(), what));
    }
    let mut kept = None;
    let text = if format == ExportFormat::Markdown {
        let old = match sources::read(&SourceRef::Found(file.to_owned())) {
            Ok(read) => String::from_utf8(read.bytes).map_err(|_| ExportError::NotUtf8(file.to_owned()))?,
            Err(SourceError::NotFound { .. } | SourceError::DeadLink(_)) => String::new(),
            Err(error) => return Err(ExportError::Source(error)),
        };
        let Update { text, is_first_change } = update(&old, &markdown(bookmarks));
        if text == old {
            let is_there = file.symlink_metadata().is_ok();
            return Ok(if is_there { ExportOutcome::UpToDate } else { ExportOutcome::Nothing });
        }
        if is_first_change {
            kept = Some(keep_aside(file, &old).map_err(|error| ExportError::Keep(file.to_owned(), error))?);
        }
        text
    } else {
        return match create(file, &format.write(bookmarks)) {
            Ok(()) => Ok(ExportOutcome::Written { kept }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(ExportError::Exists(file.to_owned())),
            Err(error) => Err(ExportError::Write(file.to_owned(), error)),
        };
    };
    replace(file, &text).map_err(|error| ExportError::Write(file.to_owned(), error))?;
    Ok(ExportOutcome::Written { kept })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "looks at what was written")]

    use std::fs;

    use super::*;
    use crate::bookmark::tests::{DEVICE, sample, time};

    fn noted(note: &str) -> Bookmark {
        sample(1).with_note(note, DEVICE, time(1)).unwrap()
    }

    #[test]
    fn existing_files_are_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let [table, notes] = ["a.csv", "a.md"].map(|name| folder.path().join(name));
        assert_eq!(export(&table, ExportFormat::Csv, []).unwrap(), ExportOutcome::Written { kept: None });
        fs::write(&table, "mine").unwrap();
        let error = export(&table, ExportFormat::Csv, []).unwrap_err();
        assert!(matches!(error, ExportError::Exists(_)) && error.hint().is_some(), "{error}");
        assert_eq!(export(&notes, ExportFormat::Markdown, []).unwrap(), ExportOutcome::Nothing);
        fs::write(&notes, "mine\n").unwrap();
        assert_eq!(export(&notes, ExportFormat::Markdown, []).unwrap(), ExportOutcome::UpToDate);
        fs::write(&notes, b"\xff").unwrap();
        assert!(matches!(export(&notes, ExportFormat::Markdown, []).unwrap_err(), ExportError::NotUtf8(_)));
        let nowhere = folder.path().join("no").join("a.csv");
        assert!(matches!(export(&nowhere, ExportFormat::Csv, []).unwrap_err(), ExportError::Write(..)));
        assert_eq!((fs::read(&table).unwrap(), fs::read(&notes).unwrap()), (b"mine".to_vec(), b"\xff".to_vec()));
    }

    #[test]
    fn a_document_is_copied_before_its_first_line_is_replaced() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("notes.md");
        let export = |note| export(&document, ExportFormat::Markdown, [&noted(note)]).unwrap();
        assert_eq!(export("one"), ExportOutcome::Written { kept: None }, "a new document");
        let old = format!("{}\nMine.\n", fs::read_to_string(&document).unwrap());
        fs::write(&document, &old).unwrap();
        fs::set_permissions(&document, fs::Permissions::from_mode(0o600)).unwrap();
        let ExportOutcome::Written { kept: Some(kept) } = export("two") else { panic!() };
        assert!(kept.ends_with("notes.md.before-dateline"), "{}", kept.display());
        assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(export("three"), ExportOutcome::Written { kept: None }, "it is kept once");
        assert_eq!(fs::read_to_string(&kept).unwrap(), old);
        assert!(fs::read_to_string(&document).unwrap().contains("- Note: three\n"));
    }

    #[test]
    fn an_existing_file_with_the_name_of_the_copy_stays() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way: [fn(&Path); 3] = [
            |name| fs::create_dir(name).unwrap(),
            |name| std::os::unix::fs::symlink("nowhere", name).unwrap(),
            |name| fs::write(name, "mine").unwrap(),
        ];
        for (number, put) in in_the_way.into_iter().enumerate() {
            let document = folder.path().join(format!("{number}.md"));
            let copy = folder.path().join(format!("{number}.md.before-dateline"));
            put(&copy);
            let before = copy.symlink_metadata().unwrap();
            let export = |note| export(&document, ExportFormat::Markdown, [&noted(note)]).unwrap();
            export("one");
            let old = fs::read_to_string(&document).unwrap();
            let ExportOutcome::Written { kept: Some(kept) } = export("two") else { panic!("{number}") };
            assert!(kept.to_string_lossy().ends_with(".before-dateline-2"), "{}", kept.display());
            assert_eq!(fs::read_to_string(&kept).unwrap(), old);
            let after = copy.symlink_metadata().unwrap();
            assert_eq!((before.file_type(), before.len()), (after.file_type(), after.len()));
            assert_eq!(export("three"), ExportOutcome::Written { kept: None }, "it is kept once");
        }
    }
}
