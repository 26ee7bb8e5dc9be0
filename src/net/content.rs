//! What a server says a page is: its `Content-Type` (RFC 9110 §8.3).

/// What is in a page, as far as the server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Something that may have words: a page, a text, or anything unknown, which its bytes tell.
    Words,
    /// Plain text, whatever it looks like.
    Plain,
    /// Markdown.
    Markdown,
    /// Something without words, or whose words another program gets out.
    Other {
        /// With its article: "a picture".
        name: &'static str,
        /// The program that makes a text of it, as it stands in a pipe.
        through: Option<&'static str>,
    },
}

/// What a `Content-Type` says: the content, and the encoding of its words.
pub(super) fn parse(header: Option<&str>) -> (Content, Option<String>) {
    let header = header.unwrap_or_default();
    let (kind, parameters) = header.split_once(';').unwrap_or((header, ""));
    let kind = kind.trim().to_ascii_lowercase();
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (content(&kind), charset)
}

fn content(kind: &str) -> Content {
    let other = |name, through| Content::Other { name, through };
    match kind {
        "text/plain" => Content::Plain,
        "text/markdown" | "text/x-markdown" => Content::Markdown,
        "application/pdf" | "application/x-pdf" => other("a PDF document", Some("pdftotext -layout - -")),
        // Made of words, unlike other pictures.
        "image/svg+xml" => Content::Words,
        "application/zip" | "application/x-tar" | "application/x-7z-compressed" => other("an archive", None),
        "application/epub+zip" => other("an EPUB book", None),
        _ if kind.starts_with("image/") => other("a picture", Some("tesseract - -")),
        _ if kind.starts_with("audio/") => other("a recording", None),
        _ if kind.starts_with("video/") => other("a film", None),
        _ if kind.starts_with("font/") => other("a font", None),
        _ => Content::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_however_it_is_written() {
        for (header, charset) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;Charset=\"ISO-8859-1\"; x=y", Some("ISO-8859-1")),
            ("text/html; boundary=a; charset = windows-1252 ", Some("windows-1252")),
            ("text/html; charset=", None),
            ("text/html", None),
            (";;=;", None),
        ] {
            assert_eq!(parse(Some(header)).1.as_deref(), charset, "{header}");
        }
    }

    #[test]
    fn what_has_no_words_is_known_by_its_kind() {
        for (header, wanted) in [
            (Some("text/html"), "Words"),
            (Some("TEXT/PLAIN; charset=x"), "Plain"),
            (Some("text/markdown"), "Markdown"),
            (Some("application/rss+xml"), "Words"),
            (Some("application/octet-stream"), "Words"),
            (None, "Words"),
            (Some("image/png"), "Other"),
            (Some("video/mp4"), "Other"),
            (Some("application/pdf"), "Other"),
        ] {
            let found = format!("{:?}", parse(header).0);
            assert!(found.starts_with(wanted), "{header:?}: {found}");
        }
    }
}
