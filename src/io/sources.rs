//! Reads files, folders and standard input: from a name on the command line to bytes.
//!
//! [`resolve`] turns a name into the sources it stands for (a folder stands for the texts in it), [`read`] reads one,
//! [`named`] knows the names of what need not be read.
//! What the bytes mean is for intake to say.

mod error;
mod folder;
pub mod named;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub use error::{SourceError, fetched};

use super::files::{self, Links};
use crate::article::SourceId;
use crate::article::address::split_scheme;

/// Largest source in bytes (32 MiB): some ten thousand pages, and more than any article.
pub const LARGEST: u64 = crate::intake::MAX_FILE_BYTES as u64;

/// One thing that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceRef {
    /// A file that a person named, or a pipe that has a name.
    File(PathBuf),
    /// A file that nobody named: one of a folder, or where an article is from by what is noted of it. Only a plain file is
    /// opened, since a pipe may keep whoever opens it for ever, and a record can come from anybody.
    Found(PathBuf),
    /// Standard input.
    Stdin,
    /// An article of the edition inside the program, by its slug; the caller has its words.
    Edition(String),
}

/// What a name on the command line stands for.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The sources, in reading order.
    pub sources: Vec<SourceRef>,
    /// What was left out, and why: folders inside that cannot be read, too many files. Worth a notice each.
    pub left_out: Vec<SourceError>,
}

/// A source as it was read.
#[derive(Debug)]
pub struct SourceBytes {
    /// Everything in it.
    pub bytes: Vec<u8>,
    /// What to call it: the file name with its extension, or "standard input". As found, so intake has to sanitise it.
    pub name: String,
    /// Its id; none for standard input and a pipe, which have their text's id.
    pub id: Option<SourceId>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
}

/// What `name` on the command line stands for: a file, all texts in a folder, `-` for standard input, `edition:SLUG`,
/// or a `file://` address. A file with such a name is opened as `./-`.
///
/// # Errors
/// When there is no such thing, it may not be looked at, a folder holds no text, or it is a web address.
pub fn resolve(name: &OsStr) -> Result<Resolved, SourceError> {
    let one = |source| Ok(Resolved { sources: vec![source], left_out: Vec::new() });
    if let Some(text) = name.to_str() {
        if text == "-" {
            return one(SourceRef::Stdin);
        }
        // "www.example.com/story" may be a file, if there is one.
        let is_address = || is_other_address(text) && fs::symlink_metadata(text).is_err();
        if is_written_as_web(text) || is_address() {
            return Err(SourceError::WebAddress(text.to_owned()));
        }
        if let Some(source) = SourceRef::from_id(&SourceId::from_iri(text)) {
            return match source {
                SourceRef::Found(path) => resolve_path(&path),
                source => one(source),
            };
        }
    }
    resolve_path(Path::new(name))
}

fn resolve_path(path: &Path) -> Result<Resolved, SourceError> {
    let metadata = fs::metadata(path).map_err(|error| SourceError::from_io(&error, path))?;
    if metadata.is_dir() {
        return folder::texts(path);
    }
    Ok(Resolved { sources: vec![SourceRef::File(path.to_owned())], left_out: Vec::new() })
}

impl SourceRef {
    /// The source an article came from; none for what has no source on this machine (standard input, the web).
    pub fn from_id(id: &SourceId) -> Option<Self> {
        let edition = id.edition_slug().map(|slug| Self::Edition(slug.to_owned()));
        edition.or_else(|| id.file_path().map(Self::Found))
    }

    /// Whether reading it may wait for somebody to write: standard input, and a pipe that was named.
    pub fn may_block(&self) -> bool {
        use std::os::unix::fs::FileTypeExt;

        match self {
            Self::Stdin => true,
            Self::File(path) => fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo()),
            // Only a plain file is opened there.
            Self::Found(_) | Self::Edition(_) => false,
        }
    }

    /// Whether it is a plain file of at most that many bytes: reading it once more costs next to nothing and changes
    /// nothing.
    pub fn is_file_within(&self, bytes: u64) -> bool {
        let (Self::File(path) | Self::Found(path)) = self else { return false };
        fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= bytes)
    }
}

/// Reads one source to its end. A pipe without a writer is waited for, as every program does.
///
/// # Errors
/// When it is gone, may not be read, is a folder or device, holds more than [`LARGEST`] bytes, or is part of the
/// edition, whose words are not outside.
pub fn read(source: &SourceRef) -> Result<SourceBytes, SourceError> {
    match source {
        SourceRef::File(path) => read_file(path, true),
        SourceRef::Found(path) => read_file(path, false),
        SourceRef::Stdin => {
            let name = "standard input";
            let bytes = read_to_end(io::stdin().lock(), Path::new(name))?;
            Ok(SourceBytes { bytes, name: name.to_owned(), id: None, modified: None })
        }
        SourceRef::Edition(slug) => Err(SourceError::Edition(slug.clone())),
    }
}

fn read_file(path: &Path, is_named: bool) -> Result<SourceBytes, SourceError> {
    use std::os::unix::fs::FileTypeExt;

    let failed = |error: io::Error| SourceError::from_io(&error, path);
    // Looked at before it is opened: opening a device can already do something, and `/dev/zero` has no end.
    let metadata = fs::metadata(path).map_err(failed)?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(SourceError::Folder(path.to_owned()));
    }
    if kind.is_fifo() && !is_named {
        return Err(SourceError::Pipe(path.to_owned()));
    }
    if !kind.is_file() && !kind.is_fifo() {
        return Err(SourceError::Device(path.to_owned()));
    }
    if metadata.len() > LARGEST {
        return Err(SourceError::TooLarge(path.to_owned()));
    }
    let file = if kind.is_fifo() { files::open_pipe(path) } else { files::open(path, Links::Follow) };
    let bytes = read_to_end(file.map_err(failed)?, path)?;
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    if kind.is_fifo() {
        let name = "standard input".to_owned();
        return Ok(SourceBytes { bytes, name, id: None, modified: None });
    }
    let real = fs::canonicalize(path).map_err(failed)?;
    Ok(SourceBytes {
        bytes,
        // The name it was called by: a link often has the better one.
        name: name(path).or_else(|| name(&real)).unwrap_or_default(),
        id: Some(SourceId::of_file(&real)),
        modified: metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
    })
}

fn read_to_end(source: impl Read, path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells "exactly the limit" from "more".
    source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| SourceError::from_io(&error, path))?;
    if bytes.len() as u64 > LARGEST { Err(SourceError::TooLarge(path.to_owned())) } else { Ok(bytes) }
}

/// Whether it looks like the address of something elsewhere: with a scheme (RFC 3986, section 3.1, and two letters at
/// least), or with a host that has a full stop.
fn is_other_address(text: &str) -> bool {
    let has_host = |rest: &str| rest.split('/').next().is_some_and(|host| host.trim_matches('.').contains('.'));
    let has_scheme = split_scheme(text).is_some_and(|(scheme, rest)| {
        let names_more = rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty());
        let is_feed = scheme.eq_ignore_ascii_case("feed") && is_written_as_web(rest);
        scheme.len() > 1 && !scheme.eq_ignore_ascii_case("file") && names_more || is_feed
    });
    has_scheme
        || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
        || text.strip_prefix("//").is_some_and(has_host)
}

/// Whether it begins like an address of the web, complete or not.
fn is_written_as_web(text: &str) -> bool {
    split_scheme(text).is_some_and(|(scheme, rest)| {
        ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) && rest.starts_with("//")
    })
}

#[cfg(test)]
mod tests;
