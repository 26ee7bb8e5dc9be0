//! From a source to an article: reading the bytes outside, then intake.

use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::panic::catch_unwind;
use std::path::PathBuf;

use crate::article::{Article, Date, FileStamp};
use crate::intake::{self, Document, Hints, IntakeError, PageKind};
use crate::io::clock;
use crate::io::sources::{self, SourceError, SourceRef};
use crate::text::sanitize::one_line;

use super::edition;

/// An article just read from its source.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// The day its file was changed: what relative dates count from if the article has no date of its own.
    pub guessed_date: Option<Date>,
    /// The state of the file it was read from, if it was one.
    pub file: Option<FileStamp>,
    /// What kind of page it was on.
    pub page: PageKind,
}

/// Why a source gave no article.
#[derive(Debug)]
pub enum LoadError {
    /// It could not be read.
    Source(SourceError),
    /// It was read, and is no article.
    Intake {
        /// What it is called.
        name: String,
        /// Where it lies; none for what came through a pipe.
        path: Option<PathBuf>,
        /// Why it is none.
        error: IntakeError,
    },
    /// The program panicked over it.
    Panicked {
        /// What it is called.
        name: String,
    },
}

impl LoadError {
    /// What to do about it, if that can be said.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.hint(),
            Self::Intake { error, path, .. } => error.hint(path.as_deref().map(|path| path.as_os_str().as_bytes())),
            Self::Panicked { .. } => Some("the log file says where (see `dateline doctor`)".to_owned()),
        }
    }

    /// What is wrong, without the name: what many sources may have in common.
    pub fn reason(&self) -> String {
        match self {
            Self::Source(error) => error.reason(),
            Self::Intake { error, .. } => error.to_string(),
            Self::Panicked { .. } => "dateline stumbled over it".to_owned(),
        }
    }

    /// What went wrong and what to do about it, on one line.
    pub fn told(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}: {hint}"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Intake { name, error, .. } => write!(f, "{}: {error}", one_line(name)),
            Self::Panicked { name } => write!(f, "dateline stumbled over {}", one_line(name)),
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads a source, in the encoding a person names or else in the one it seems to be in.
///
/// # Errors
/// When it cannot be read, or is no article.
pub fn load(source: &SourceRef, hints: Hints) -> Result<Reading, LoadError> {
    if let SourceRef::Edition(slug) = source {
        let article = edition::article(slug).ok_or_else(|| LoadError::Source(SourceError::Edition(slug.clone())))?;
        return Ok(Reading { article, guessed_date: None, file: None, page: PageKind::Article });
    }
    let read = sources::read(source).map_err(LoadError::Source)?;
    let hints = Hints { id: read.id, name: Some(read.name.clone()), ..hints };
    let Document { article, page } = intake::read_document(&read.bytes, &hints).map_err(|error| {
        // Only a file knows when it was changed: a pipe with a name cannot be read once more.
        let path = match source {
            SourceRef::File(path) | SourceRef::Found(path) if read.modified.is_some() => Some(path.clone()),
            _ => None,
        };
        LoadError::Intake { name: read.name, path, error }
    })?;
    Ok(Reading { article, guessed_date: read.modified.map(clock::day_of), file: read.file, page })
}

/// Reads one of many sources: a text over which the program panics costs that text only.
///
/// # Errors
/// Those of [`load`], and [`LoadError::Panicked`].
pub fn load_safely(source: &SourceRef, hints: Hints) -> Result<Reading, LoadError> {
    catch_unwind(|| load(source, hints)).unwrap_or_else(|_| Err(LoadError::Panicked { name: source.shown() }))
}
