//! Why a source cannot be read, in words for people, with hints.
#![expect(clippy::disallowed_methods, reason = "looks beside a missing file for one with a similar name")]

use std::fmt;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::article::SourceId;
use crate::article::address::split_scheme;
use crate::intake::fetch_command;
use crate::text::alike::nearest_file;
use crate::text::shell;
use crate::text::unprintable::printable;

/// Maximum number of names compared with that of a missing file.
const NEIGHBOURS: usize = 5000;

/// Why a source cannot be read. Names are shown with control characters escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// Nothing has this name.
    NotFound {
        /// The name.
        path: PathBuf,
        /// A similar name in the same folder.
        similar: Option<PathBuf>,
    },
    /// A link to what is not there.
    DeadLink(PathBuf),
    /// The user may not read it.
    Denied(PathBuf),
    /// A device or socket: no text, and possibly without end.
    Device(PathBuf),
    /// A pipe that the user did not name: it may never end.
    Pipe(PathBuf),
    /// A folder, where one file was asked for.
    Folder(PathBuf),
    /// Larger than [`LARGEST`](super::LARGEST).
    TooLarge(PathBuf),
    /// A folder without a text in it.
    EmptyFolder {
        /// The folder.
        path: PathBuf,
        /// The first of the other files in it.
        other: Option<PathBuf>,
    },
    /// A folder with more texts than are opened at once; the first so many are.
    TooMany {
        /// The folder.
        path: PathBuf,
        /// How many are opened.
        opened: usize,
    },
    /// An address of something that is not fetched, or not read from there.
    WebAddress(String),
    /// An article of the edition, which has no bytes outside the program.
    Edition(String),
    /// An article of the library, which was read from nothing that is still there.
    Kept(SourceId),
    /// Something else the system reports.
    Io {
        /// The source.
        path: PathBuf,
        /// What was reported.
        reason: String,
    },
}

impl SourceError {
    /// The kind of failure in one word, for JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotFound { .. } | Self::DeadLink(_) | Self::Edition(_) | Self::Kept(_) => "not-found",
            Self::Denied(_) => "denied",
            Self::Device(_) => "device",
            Self::Pipe(_) => "pipe",
            Self::Folder(_) => "folder",
            Self::TooLarge(_) => "too-large",
            Self::EmptyFolder { .. } => "empty-folder",
            Self::TooMany { .. } => "too-many",
            Self::WebAddress(_) => "web-address",
            Self::Io { .. } => "io",
        }
    }

    /// What is wrong, without the name: what many sources may have in common.
    pub fn reason(&self) -> String {
        match self {
            Self::NotFound { .. } => "no such file or folder".to_owned(),
            Self::DeadLink(_) => "a link to what is not there".to_owned(),
            Self::Denied(_) => "not allowed to read".to_owned(),
            Self::Device(_) => "a device, not a file".to_owned(),
            Self::Pipe(_) => "a pipe, not a file".to_owned(),
            Self::Folder(_) => "a folder".to_owned(),
            Self::TooLarge(_) => format!("larger than {} MiB, the largest that is opened", super::LARGEST >> 20),
            Self::EmptyFolder { .. } => "no text to read in the folder".to_owned(),
            Self::TooMany { opened, .. } => format!("very many files; {opened} of them are taken"),
            Self::WebAddress(_) => "web addresses are not opened".to_owned(),
            Self::Edition(_) => "part of the program, not a file".to_owned(),
            Self::Kept(_) => "no source to be read from".to_owned(),
            Self::Io { reason, .. } => format!("cannot read: {reason}"),
        }
    }

    /// What it is about, where that is a file or folder.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NotFound { path, .. }
            | Self::EmptyFolder { path, .. }
            | Self::TooMany { path, .. }
            | Self::Io { path, .. }
            | Self::DeadLink(path)
            | Self::Denied(path)
            | Self::Device(path)
            | Self::Pipe(path)
            | Self::Folder(path)
            | Self::TooLarge(path) => Some(path),
            Self::WebAddress(_) | Self::Edition(_) | Self::Kept(_) => None,
        }
    }

    /// What the user can do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotFound { similar: Some(similar), .. } => format!("did you mean {}?", shown(similar)),
            Self::NotFound { path, .. } if is_like_host(path) => {
                "an address of the web begins with https://".to_owned()
            }
            Self::DeadLink(_) => "`ls -l` shows where it points".to_owned(),
            Self::Denied(_) => "check who may read it with `ls -l`".to_owned(),
            Self::Device(_) => "pipe a text in: `command | dateline -`".to_owned(),
            Self::Pipe(_) => "a pipe is read only where it is named as a source on the command line".to_owned(),
            Self::TooLarge(_) => "cut it with `split -b 8m` and open the folder with the parts".to_owned(),
            Self::EmptyFolder { other, .. } => {
                let by_name = other.as_ref().map(|file| {
                    let file = shell::word(file.as_os_str().as_bytes());
                    format!("; `dateline read {file}` reads that one, or says what makes a text of it")
                });
                let texts = "texts are files ending in .txt, .text, .md, .markdown or .rst, or without an ending";
                format!("{texts}{}", by_name.unwrap_or_default())
            }
            Self::TooMany { .. } => "open or add the folders inside it, or the rest of its files by name".to_owned(),
            Self::WebAddress(url) => match fetched(url) {
                Some(url) => fetch_command(&shell::word(url.as_bytes())),
                None => "get it with a program for such addresses, and pipe it in: `COMMAND | dateline -`".to_owned(),
            },
            Self::Kept(_) => "`dateline list` shows what the library has".to_owned(),
            Self::NotFound { .. } | Self::Folder(_) | Self::Edition(_) | Self::Io { .. } => return None,
        })
    }

    pub(super) fn from_io(error: &io::Error, path: &Path) -> Self {
        match error.kind() {
            // A file in the middle of a path, as in `story.txt/1`, is as good as nothing there.
            io::ErrorKind::NotFound if path.is_symlink() => Self::DeadLink(path.to_owned()),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Self::NotFound { path: path.to_owned(), similar: similar(path) }
            }
            io::ErrorKind::PermissionDenied => Self::Denied(path.to_owned()),
            _ => Self::Io { path: path.to_owned(), reason: error.to_string() },
        }
    }
}

/// Whether a name begins as a web address does that was typed without its scheme: `example.org/feed`, `localhost:8080`.
pub fn is_like_host(path: &Path) -> bool {
    const FILES: [&str; 18] = [
        "txt", "text", "md", "markdown", "rst", "html", "htm", "xml", "json", "jsonl", "csv", "log", "eml", "pdf",
        "docx", "odt", "opml", "epub",
    ];
    let Some(first) = path.to_str().and_then(|name| name.split('/').next()) else { return false };
    let (host, has_port) = match first.rsplit_once(':') {
        Some((host, port)) => (host, !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())),
        None => (first, false),
    };
    if host.is_empty() || host.starts_with('.') || !host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    {
        return false;
    }
    match host.rsplit_once('.') {
        Some((_, last)) => last.len() >= 2 && !FILES.contains(&last.to_ascii_lowercase().as_str()) || has_port,
        None => has_port,
    }
}

/// The address as curl takes it, if it does: that of a feed, and one without a scheme, are addresses of the web.
pub fn fetched(url: &str) -> Option<String> {
    const KNOWN: [&str; 6] = ["http", "https", "ftp", "ftps", "sftp", "gopher"];
    match split_scheme(url) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("feed") => {
            Some(if rest.starts_with("//") { format!("https:{rest}") } else { rest.to_owned() })
        }
        Some((scheme, rest)) if rest.starts_with("//") => {
            KNOWN.iter().any(|known| scheme.eq_ignore_ascii_case(known)).then(|| url.to_owned())
        }
        _ if url.starts_with("//") => Some(format!("https:{url}")),
        _ => url.get(..4).filter(|start| start.eq_ignore_ascii_case("www.")).map(|_| url.to_owned()),
    }
}

/// The most similar name in the same folder.
fn similar(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_string_lossy();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let neighbours = fs::read_dir(folder).ok()?.flatten().take(NEIGHBOURS).map(|entry| entry.file_name());
    nearest_file(&wanted, neighbours).map(|name| path.with_file_name(name))
}

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { path, .. } => write!(f, "no such file or folder: {}", shown(path)),
            Self::DeadLink(path) => write!(f, "{} is a link to what is not there", shown(path)),
            Self::Denied(path) => write!(f, "not allowed to read {}", shown(path)),
            Self::Device(path) => write!(f, "{} is a device, not a file", shown(path)),
            Self::Pipe(path) => write!(f, "{} is a pipe, not a file", shown(path)),
            Self::Folder(path) => write!(f, "{} is a folder", shown(path)),
            Self::TooLarge(path) => {
                write!(f, "{} is larger than {} MiB, the largest that is opened", shown(path), super::LARGEST >> 20)
            }
            Self::EmptyFolder { path, .. } => write!(f, "no text to read in the folder {}", shown(path)),
            Self::TooMany { path, opened } => {
                write!(f, "{} holds very many files; {opened} of them are taken", shown(path))
            }
            Self::WebAddress(url) => write!(f, "not an address that is opened: {}", printable(url)),
            Self::Edition(slug) => write!(f, "edition:{} is part of the program, not a file", printable(slug)),
            Self::Kept(id) => write!(f, "{} has no source to be read from", printable(id.as_str())),
            Self::Io { path, reason } => write!(f, "cannot read {}: {reason}", shown(path)),
        }
    }
}

impl std::error::Error for SourceError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_host_is_told_how_an_address_begins() {
        for name in
            ["example.org", "example.org/feed.xml", "127.0.0.1:8080", "localhost:8080/rss", "news.example.co.uk/"]
        {
            assert!(is_like_host(Path::new(name)), "{name}");
        }
        for name in
            ["story.txt", "a/b.org", "/example.org", "./example.org", "no such file.org", "notes", "v1.2", "x:y"]
        {
            assert!(!is_like_host(Path::new(name)), "{name}");
        }
    }
}
