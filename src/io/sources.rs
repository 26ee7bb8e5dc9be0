//! Reads files, folders and standard input: from a name on the command line to bytes.
//!
//! [`resolve`] turns a name into sources (a folder becomes the texts in it), [`read`] reads one, [`named`] knows the names
//! of what need not be read. Interpreting the bytes is the job of intake.

mod error;
mod folder;
pub mod named;

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub use error::{SourceError, fetched, is_like_host};

use super::files::{self, Links};
use crate::article::address::{WebAddress, split_scheme};
use crate::article::{FileStamp, SourceId, SourceKind};

/// Largest source in bytes (32 MiB): some ten thousand pages, and more than any article.
pub const LARGEST: u64 = crate::intake::MAX_FILE_BYTES as u64;

/// One thing that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceRef {
    /// A file or a named pipe that the user named.
    File(PathBuf),
    /// A file that the user did not name: one in a folder, or the recorded source of an article. Only plain files are
    /// opened, since opening a pipe may block for ever, and records may come from others.
    Found(PathBuf),
    /// Standard input.
    Stdin,
    /// An article of the built-in edition, by its slug; the caller has its text.
    Edition(String),
    /// A page of the web, by its address as it was given; the caller fetches it.
    Web(String),
    /// An article without a source that could be read again, by its id: an entry of a feed, or a text that came through a
    /// pipe. The caller has it in the library, or nobody has.
    Kept(SourceId),
}

/// What a name on the command line stands for.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The folder it is, absolute and without symbolic links, as it is remembered; none for anything else.
    pub folder: Option<PathBuf>,
    /// The sources, in reading order.
    pub sources: Vec<SourceRef>,
    /// What was left out, and why: unreadable subfolders, too many files. Each deserves a notice.
    pub left_out: Vec<SourceError>,
}

/// A source as it was read.
#[derive(Debug)]
pub struct SourceBytes {
    /// Everything in it.
    pub bytes: Vec<u8>,
    /// The file name with its extension, or "standard input". Not sanitised; that is up to intake.
    pub name: String,
    /// Its id; none for standard input and a pipe, which have their text's id.
    pub id: Option<SourceId>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// The state of the file it was read from, if it was one.
    pub file: Option<FileStamp>,
}

/// What is known of a file without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    /// The id of its article.
    pub id: SourceId,
    /// Its state at present.
    pub file: FileStamp,
}

/// What `name` on the command line stands for: a file, all texts in a folder, `-` for standard input, `edition:SLUG`, the
/// id of an article of a feed or of a text that came through a pipe, a `file://` address, or an address of the web, whose `https://` may be left out before `www.`. A file with such a name
/// is opened as `./-`.
///
/// # Errors
/// When there is no such thing, it may not be looked at, a folder holds no text, or it is an address of
/// something that is not fetched.
pub fn resolve(name: &OsStr) -> Result<Resolved, SourceError> {
    let one = |source| Ok(Resolved { sources: vec![source], ..Resolved::default() });
    if let Some(text) = name.to_str() {
        if text == "-" {
            return one(SourceRef::Stdin);
        }
        // "www.example.com/story" may be a file, if there is one.
        let is_address = || is_other_address(text) && fs::symlink_metadata(text).is_err();
        if is_written_as_web(text) || is_address() {
            return match web_address(text) {
                Some(address) => one(SourceRef::Web(address)),
                None => Err(SourceError::WebAddress(text.to_owned())),
            };
        }
        let id = SourceId::from_iri(text);
        if matches!(id.kind(), SourceKind::Entry | SourceKind::Text) {
            return one(SourceRef::Kept(id));
        }
        if let Some(source) = SourceRef::from_id(&id) {
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
        return Ok(Resolved { folder: fs::canonicalize(path).ok(), ..folder::texts(path)? });
    }
    Ok(Resolved { sources: vec![SourceRef::File(path.to_owned())], ..Resolved::default() })
}

/// Gives the texts in a folder as it is now, by their real paths, a folder at a time. It takes as long as the disk does, which may be for ever.
///
/// # Errors
/// When the folder is gone, may not be looked into, or holds no text.
pub fn look_into(folder: &Path, give: &mut dyn FnMut(Vec<SourceRef>)) -> Result<(), SourceError> {
    // What was a folder may be a link by now.
    let real = fs::canonicalize(folder).map_err(|error| SourceError::from_io(&error, folder))?;
    folder::each(&real, give)?.iter().for_each(|error| log::info!("{error}"));
    Ok(())
}

/// What is known of a file without reading it; none if it is gone, or no file. The folder it lies in is given by its real
/// path, which is not asked for a hundred thousand times.
pub fn state_of(source: &SourceRef) -> Option<FileState> {
    let (SourceRef::Found(path) | SourceRef::File(path)) = source else { return None };
    let mut metadata = fs::symlink_metadata(path).ok()?;
    let id = if metadata.is_symlink() {
        metadata = fs::metadata(path).ok()?;
        SourceId::of_file(&fs::canonicalize(path).ok()?)
    } else {
        SourceId::of_file(path)
    };
    Some(FileState { file: stamp(&metadata)?, id })
}

fn stamp(metadata: &Metadata) -> Option<FileStamp> {
    Some(FileStamp::new(metadata.len(), modified(metadata)?))
}

fn modified(metadata: &Metadata) -> Option<Timestamp> {
    Timestamp::try_from(metadata.modified().ok()?).ok()
}

impl SourceRef {
    /// The source an article came from; none for what has no source on this machine (standard input, the web).
    pub fn from_id(id: &SourceId) -> Option<Self> {
        let edition = id.edition_slug().map(|slug| Self::Edition(slug.to_owned()));
        edition.or_else(|| id.file_path().map(Self::Found))
    }

    /// What it is called, for people. Not sanitised.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) | Self::Found(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "standard input".to_owned(),
            Self::Edition(slug) => format!("edition:{slug}"),
            Self::Web(address) => address.clone(),
            Self::Kept(id) => id.to_string(),
        }
    }

    /// Whether a person named it, as opposed to the folder it lies in.
    pub fn is_named(&self) -> bool {
        !matches!(self, Self::Found(_))
    }

    /// Whether reading it may wait for somebody else: standard input, a pipe that was named, a page of the web, an article
    /// that the library has.
    pub fn may_block(&self) -> bool {
        use std::os::unix::fs::FileTypeExt;

        match self {
            Self::Stdin | Self::Web(_) | Self::Kept(_) => true,
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
/// edition, the web or the library, whose words are not in a file.
pub fn read(source: &SourceRef) -> Result<SourceBytes, SourceError> {
    match source {
        SourceRef::File(path) => read_file(path, true),
        SourceRef::Found(path) => read_file(path, false),
        SourceRef::Stdin => {
            let name = "standard input";
            let bytes = read_to_end(io::stdin().lock(), Path::new(name))?;
            Ok(SourceBytes { bytes, name: name.to_owned(), id: None, modified: None, file: None })
        }
        SourceRef::Edition(slug) => Err(SourceError::Edition(slug.clone())),
        SourceRef::Web(address) => Err(SourceError::WebAddress(address.clone())),
        SourceRef::Kept(id) => Err(SourceError::Kept(id.clone())),
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
        return Ok(SourceBytes { bytes, name, id: None, modified: None, file: None });
    }
    let real = fs::canonicalize(path).map_err(failed)?;
    Ok(SourceBytes {
        bytes,
        // The name it was called by: a link often has the better one.
        name: name(path).or_else(|| name(&real)).unwrap_or_default(),
        id: Some(SourceId::of_file(&real)),
        modified: modified(&metadata),
        // As it was before it was read: what is written meanwhile is found to be another state.
        file: stamp(&metadata),
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

/// The address of a page of the web that is meant, if it is one.
fn web_address(text: &str) -> Option<String> {
    let is_host = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let address = if is_host { format!("https://{text}") } else { text.to_owned() };
    WebAddress::parse(&address).map(|_| address)
}

/// Whether it begins like an address of the web, complete or not.
fn is_written_as_web(text: &str) -> bool {
    split_scheme(text).is_some_and(|(scheme, rest)| {
        ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) && rest.starts_with("//")
    })
}

#[cfg(test)]
mod tests;
