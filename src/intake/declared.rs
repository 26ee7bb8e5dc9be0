//! The encoding that a web page or an XML document says it is in.

use super::encoding::TextEncoding;

/// Bytes of a page in which its encoding may be declared (HTML Standard §13.2.3.2, "prescan a byte stream").
const PRESCAN: usize = 1024;

/// The encoding that is declared in the first kilobyte, if this is markup.
pub(super) fn encoding_of(bytes: &[u8]) -> Option<TextEncoding> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.get(..PRESCAN).unwrap_or(bytes).trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    // Declarations are written in ASCII, whatever the rest is.
    let head: String = head.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '\u{fffd}' }).collect();
    of_xml(&head).or_else(|| of_meta(&head))
}

/// `<?xml version="1.0" encoding="…"?>`.
fn of_xml(head: &str) -> Option<TextEncoding> {
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    attributes(declaration).find(|(name, _)| name == "encoding").and_then(|(_, label)| TextEncoding::declared(label))
}

/// The first `<meta>` that names an encoding that exists, outside comments.
fn of_meta(head: &str) -> Option<TextEncoding> {
    let mut rest = head;
    while let Some((_, tag)) = rest.split_once('<') {
        if let Some(comment) = tag.strip_prefix("!--") {
            // "<!-->" is a whole comment.
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            rest = if comment.starts_with('>') { comment } else { rest };
            continue;
        }
        rest = tag;
        let is_meta = tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("meta"))
            && tag.get(4..).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_whitespace() || c == '/'));
        if !is_meta {
            continue;
        }
        let found = of_attributes(tag.get(4..).unwrap_or_default());
        if found.is_some() {
            return found;
        }
    }
    None
}

fn of_attributes(tag: &str) -> Option<TextEncoding> {
    let (mut charset, mut content, mut is_pragma) = (None, None, false);
    for (name, value) in attributes(tag) {
        match name.as_str() {
            "charset" => charset = charset.or(Some(value)),
            "content" => content = content.or(Some(value)),
            "http-equiv" => is_pragma = value.eq_ignore_ascii_case("content-type"),
            _ => {}
        }
    }
    let label = charset.or_else(|| content.filter(|_| is_pragma).and_then(charset_in))?;
    TextEncoding::declared(label)
}

/// The encoding in the value of a `Content-Type`: `text/html; charset=koi8-r`.
fn charset_in(content: &str) -> Option<&str> {
    let lower = content.to_ascii_lowercase();
    lower.match_indices("charset").find_map(|(at, word)| {
        let value = content.get(at + word.len()..)?.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) => value.get(1..)?.split_once(quote).map(|(label, _)| label),
            None => value.split([' ', '\t', '\n', '\r', ';']).next().filter(|label| !label.is_empty()),
        }
    })
}

/// The attributes of a tag from behind its name to its end; names in lower case.
fn attributes(tag: &str) -> impl Iterator<Item = (String, &str)> {
    let blank = |c: char| c.is_ascii_whitespace() || c == '/';
    let mut rest = tag;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(blank);
        let length = rest.find(|c: char| blank(c) || matches!(c, '=' | '>'))?;
        if length == 0 && rest.starts_with('>') {
            return None;
        }
        let (name, after) = rest.split_at_checked(length)?;
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            rest = after;
            return Some((name.to_ascii_lowercase(), ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value.get(1..)?.split_once(quote)?,
            None => value.split_at_checked(value.find(|c: char| c.is_ascii_whitespace() || c == '>')?)?,
        };
        rest = after;
        Some((name.to_ascii_lowercase(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(page: &str) -> Option<&'static str> {
        encoding_of(page.as_bytes()).map(TextEncoding::name)
    }

    #[test]
    fn pages_and_documents_declare_their_encoding() {
        for (page, declared) in [
            ("<!doctype html><meta charset=koi8-r>", "KOI8-R"),
            ("<html><head><META CharSet = 'Shift_JIS' >", "Shift_JIS"),
            ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
            ("<meta content=\"text/html;charset = 'big5' \" http-equiv=\"content-type\"/>", "Big5"),
            ("<?xml version='1.0' encoding='iso-8859-2'?><rss/>", "ISO-8859-2"),
            ("\n <!-- <meta charset=gbk> --><meta name=x><meta charset=euc-kr>", "EUC-KR"),
            ("<meta charset=klingon><meta charset=latin1>", "windows-1252"),
            ("<meta charset=utf-16>", "UTF-8"),
        ] {
            assert_eq!(name(page), Some(declared), "{page}");
        }
    }

    #[test]
    fn what_only_looks_like_a_declaration_is_none() {
        let late = format!("<p>{}<meta charset=gbk>", "x".repeat(PRESCAN));
        for page in [
            "The tag <meta charset=koi8-r> tells it.",
            "<metadata charset=koi8-r>",
            "<meta name=x content='text/html; charset=koi8-r'>",
            "<meta charset=klingon>",
            "<meta charset='koi8-r",
            "<meta charset",
            "<meta =",
            "<!-- <meta charset=koi8-r>",
            "<",
            "",
            &late,
        ] {
            assert_eq!(name(page), None, "{page}");
        }
    }
}
