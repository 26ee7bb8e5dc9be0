//! What an article is called for ever: an IRI.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use super::TextHash;

/// The IRI of an article.
///
/// A web article has its canonical URL, a file `file://` and its absolute path, an article of the edition inside the
/// program `edition:SLUG`, and standard input `urn:sha-256:HASH` of its text. Where only the title of a work is known
/// it is a `urn:uuid:…`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(String);

impl SourceId {
    /// Takes an IRI as it was stored.
    pub fn from_iri(iri: impl Into<String>) -> Self {
        Self(iri.into())
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
        Self(iri)
    }

    /// The id of an article of the edition inside the program.
    pub fn of_edition(slug: &str) -> Self {
        Self(format!("edition:{slug}"))
    }

    /// The id of a text that came through standard input and has no other name.
    pub fn of_text(hash: TextHash) -> Self {
        Self(format!("urn:sha-256:{hash}"))
    }

    /// Whether it only tells works apart: that of an imported passage that came without its article (`urn:uuid:…`).
    pub fn is_unplaced(&self) -> bool {
        self.0.starts_with("urn:uuid:")
    }

    /// The IRI.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of a `file://` id, percent-decoded; none for any other kind, and for a file of another machine.
    pub fn file_path(&self) -> Option<PathBuf> {
        let rest = self.0.strip_prefix("file://")?;
        // RFC 8089 §2: no host and `localhost` mean this machine.
        let encoded = rest.strip_prefix("localhost").unwrap_or(rest).as_bytes();
        if encoded.first() != Some(&b'/') {
            return None;
        }
        let half = |at: usize| encoded.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        let mut path = Vec::with_capacity(encoded.len());
        let mut at = 0;
        while let Some(&byte) = encoded.get(at) {
            let code = if byte == b'%' { half(at + 1).zip(half(at + 2)) } else { None };
            path.push(code.map_or(byte, |(high, low)| (high * 16 + low) as u8));
            at += if code.is_some() { 3 } else { 1 };
        }
        Some(OsString::from_vec(path).into())
    }

    /// The slug of an article of the edition.
    pub fn edition_slug(&self) -> Option<&str> {
        self.0.strip_prefix("edition:")
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
    fn only_files_have_a_path() {
        assert_eq!(SourceId::from_iri("https://example.org/a").file_path(), None);
        assert_eq!(SourceId::of_edition("welcome").edition_slug(), Some("welcome"));
    }
}
