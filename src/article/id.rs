//! What an article is called for ever: an IRI.

use std::fmt;

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

    /// The id of a file; `path` is absolute, with symbolic links resolved (only `io` can know it).
    pub fn of_file(path: &str) -> Self {
        let mut iri = String::from("file://");
        for byte in path.bytes() {
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

    /// The path of a `file://` id, percent-decoded; none for any other kind.
    pub fn file_path(&self) -> Option<String> {
        let encoded = self.0.strip_prefix("file://")?.as_bytes();
        let mut path = Vec::with_capacity(encoded.len());
        let mut at = 0;
        while let Some(&byte) = encoded.get(at) {
            let code = (byte == b'%')
                .then(|| encoded.get(at + 1..at + 3))
                .flatten()
                .and_then(|digits| std::str::from_utf8(digits).ok())
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            path.push(code.unwrap_or(byte));
            at += if code.is_some() { 3 } else { 1 };
        }
        String::from_utf8(path).ok()
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
        for path in ["/home/ana/Büro & Co/100%.txt", "/a b", "/日本.md"] {
            let id = SourceId::of_file(path);
            assert!(id.as_str().is_ascii());
            assert_eq!(id.file_path().as_deref(), Some(path));
        }
    }

    #[test]
    fn only_files_have_a_path() {
        assert_eq!(SourceId::from_iri("https://example.org/a").file_path(), None);
        assert_eq!(SourceId::of_edition("welcome").edition_slug(), Some("welcome"));
    }
}
