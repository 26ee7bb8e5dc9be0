//! The permanent name of an article: an IRI.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{TextHash, address};

/// What kind of source an article came from, as its id tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A file of this machine: `file://` and its absolute path.
    File,
    /// A page of the web: `http://…` or `https://…`. [`SourceId::of_web`] makes it of any spelling of the address;
    /// records of others may have another spelling, so such ids are compared by [`SourceId::normal`].
    Web,
    /// An article of the edition inside the program: `edition:SLUG`.
    Edition,
    /// A text that came through standard input: `urn:sha-256:HASH`.
    Text,
    /// A work of which only the title is known, as of an imported passage that came without its article: `urn:uuid:…`.
    Work,
    /// An entry of a feed without a page of its own: `entry:HASH`.
    Entry,
    /// Any other IRI, such as that of a file of another machine.
    Other,
}

impl SourceKind {
    fn of(iri: &str) -> Self {
        if encoded_path(iri).is_some() {
            Self::File
        } else if address::is_web(iri) {
            Self::Web
        } else if iri.starts_with(EDITION) {
            Self::Edition
        } else if iri.starts_with(TEXT) {
            Self::Text
        } else if iri.starts_with(WORK) {
            Self::Work
        } else if iri.starts_with(ENTRY) {
            Self::Entry
        } else {
            Self::Other
        }
    }
}

const EDITION: &str = "edition:";
const TEXT: &str = "urn:sha-256:";
const WORK: &str = "urn:uuid:";
const ENTRY: &str = "entry:";

/// The IRI of an article, and its [`SourceKind`], which is determined once, here. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId {
    iri: Arc<str>,
    kind: SourceKind,
}

impl SourceId {
    /// Takes an IRI as it was stored.
    pub fn from_iri(iri: impl Into<Arc<str>>) -> Self {
        let iri = iri.into();
        let kind = SourceKind::of(&iri);
        Self { iri, kind }
    }

    /// The id of a file; `path` is absolute, with symbolic links resolved (only `io` can know it). It names the file
    /// exactly, whether its name is UTF-8 or not.
    pub fn of_file(path: &(impl AsRef<Path> + ?Sized)) -> Self {
        let mut iri = String::from("file://");
        for &byte in path.as_ref().as_os_str().as_bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => iri.push(byte as char),
                // RFC 3986 §2.1: everything else is written as its bytes.
                _ => {
                    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase();
                    iri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
                }
            }
        }
        Self::from_iri(iri)
    }

    /// The id of an article of the edition inside the program.
    pub fn of_edition(slug: &str) -> Self {
        Self::from_iri(format!("{EDITION}{slug}"))
    }

    /// The id of a text that came through standard input and has no other name.
    pub fn of_text(hash: TextHash) -> Self {
        Self::from_iri(format!("{TEXT}{hash}"))
    }

    /// The id of a page of the web: the [normal form](address::normal_form) of its address, which is compared and never
    /// opened. What has none is taken as it is.
    pub fn of_web(address: &str) -> Self {
        Self::from_iri(address::normal_form(address).unwrap_or_else(|| address.to_owned()))
    }

    /// The id of an entry of a feed that has no page of its own, or shares it with another entry: `key` tells it from
    /// the others of the `feed`, the address of which counts in its normal form.
    pub fn of_entry(feed: &str, key: &str) -> Self {
        let feed = address::normal_form(feed).unwrap_or_else(|| feed.to_owned());
        Self::from_iri(format!("{ENTRY}{}", TextHash::of(&format!("{feed}\n{key}"))))
    }

    /// The id by which it is compared with others: a web address in its normal form, any other as it is.
    #[must_use]
    pub fn normal(&self) -> Self {
        if self.kind == SourceKind::Web { Self::of_web(&self.iri) } else { self.clone() }
    }

    /// What kind of source it names.
    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    /// Whether it only tells one work from another, and names nothing that could be opened.
    pub fn is_unplaced(&self) -> bool {
        self.kind == SourceKind::Work
    }

    /// The IRI.
    pub fn as_str(&self) -> &str {
        &self.iri
    }

    /// The path of a [`SourceKind::File`], percent-decoded; none for any other kind.
    pub fn file_path(&self) -> Option<PathBuf> {
        let path = address::percent_decoded(encoded_path(&self.iri)?);
        Some(OsString::from_vec(path).into())
    }

    /// The slug of a [`SourceKind::Edition`].
    pub fn edition_slug(&self) -> Option<&str> {
        self.iri.strip_prefix(EDITION)
    }
}

/// The path of a file of this machine, as it stands in its address.
fn encoded_path(iri: &str) -> Option<&str> {
    let rest = iri.strip_prefix("file://")?;
    // RFC 8089 §2: no host and `localhost` mean this machine.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    path.starts_with('/').then_some(path)
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_path_survives_the_round_trip() {
        for path in
            [&b"/home/ana/B\xc3\xbcro & Co/100%.txt"[..], b"/a b", b"/caf\xe9.txt", b"/\xff\x01%e9%2", b"/a#b?c"]
        {
            let path = Path::new(std::ffi::OsStr::from_bytes(path));
            let id = SourceId::of_file(path);
            assert!(id.as_str().bytes().all(|byte| byte.is_ascii_graphic() && !b"#?".contains(&byte)), "{id}");
            assert_eq!(id.file_path().as_deref(), Some(path));
        }
        assert_eq!(SourceId::of_file("/Büro 1/a~b.txt").as_str(), "file:///B%C3%BCro%201/a~b.txt");
    }

    #[test]
    fn an_address_that_was_written_elsewhere_is_a_path_of_this_machine_or_none() {
        let path = |iri: &str| SourceId::from_iri(iri).file_path().map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("file://localhost/a%2Fb").as_deref(), Some("/a/b"));
        assert_eq!(path("file:///100%+f%zz%").as_deref(), Some("/100%+f%zz%"));
        for elsewhere in ["file://etc/passwd", "file://server/share/a.txt", "file://", "file:/a"] {
            assert_eq!(path(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_page_of_the_web_has_one_id_however_its_address_is_written() {
        let id = SourceId::of_web("http://www.Example.org:80/x/?utm_source=y#top");
        assert_eq!((id.as_str(), id.kind()), ("https://example.org/x", SourceKind::Web));
        assert_eq!(SourceId::from_iri("http://example.org/x/").normal(), id);
        for other in ["file:///a/", "urn:uuid:00", "https://ana@example.org/x/"] {
            let other = SourceId::from_iri(other);
            assert_eq!(other.normal(), other);
        }
    }

    #[test]
    fn the_kind_is_known_from_the_start() {
        for (iri, kind) in [
            ("file:///a.txt", SourceKind::File),
            ("file://localhost/a.txt", SourceKind::File),
            ("file://server/a.txt", SourceKind::Other),
            ("https://example.org/a", SourceKind::Web),
            ("HTTP://example.org", SourceKind::Web),
            ("https://", SourceKind::Other),
            ("edition:welcome", SourceKind::Edition),
            ("urn:sha-256:00", SourceKind::Text),
            ("urn:uuid:00", SourceKind::Work),
            ("urn:isbn:00", SourceKind::Other),
            ("", SourceKind::Other),
        ] {
            let id = SourceId::from_iri(iri);
            assert_eq!((id.kind(), id.as_str()), (kind, iri));
            assert_eq!(id.file_path().is_some(), kind == SourceKind::File, "{iri}");
            assert_eq!(id.edition_slug().is_some(), kind == SourceKind::Edition, "{iri}");
        }
    }
}
