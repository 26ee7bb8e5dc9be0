//! What the words of an element are: plain, HTML in references or as elements, or Base64.

use std::borrow::Cow;

use super::Markup;
use super::plain;
use super::vocabulary::Vocabulary;

/// What stands in an element.
#[derive(Clone, Debug, Default)]
pub(super) struct Captured {
    /// Its words, with references read, without tags.
    pub(super) words: String,
    /// Its words and tags, as HTML.
    pub(super) markup: String,
    /// Whether there are tags in it.
    pub(super) has_tags: bool,
    /// What addresses are relative to by the element around all of it (`<div xml:base="…">`).
    pub(super) base: Option<String>,
}

/// How an element says its words are written (RFC 4287 §3.1 and §4.1.3; Atom 0.3 §3.1).
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    is_atom: bool,
    mode: Option<&'a str>,
    media_type: Option<&'a str>,
}

impl<'a> Form<'a> {
    /// By the attributes.
    pub(super) fn of(vocabulary: Vocabulary, attributes: &'a [(&str, Cow<'_, str>)]) -> Self {
        let get = |wanted: &str| {
            attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
        };
        Self { is_atom: vocabulary == Vocabulary::Atom, mode: get("mode"), media_type: get("type") }
    }

    fn is(&self, types: &[&str]) -> bool {
        self.media_type.is_some_and(|own| types.iter().any(|known| own.eq_ignore_ascii_case(known)))
    }

    fn has_mode(&self, mode: &str) -> bool {
        self.mode.is_some_and(|own| own.eq_ignore_ascii_case(mode))
    }

    /// Whether it is anything but text.
    fn is_encoded(&self) -> bool {
        let lower = self.media_type.unwrap_or_default().to_ascii_lowercase();
        let is_text = lower.starts_with("text/") || lower.ends_with("+xml") || lower.ends_with("/xml");
        self.has_mode("base64") || self.is_atom && self.mode.is_none() && lower.contains('/') && !is_text
    }

    /// What stands in the element.
    pub(super) fn read(&self, captured: Captured, base: Option<String>) -> Markup {
        let Captured { words, markup, has_tags, .. } = captured;
        if let Some(source) = Some(&words).filter(|_| self.is_encoded()).and_then(|words| decode_base64(words)) {
            let is_html = plain::looks_like_html(&source);
            return Markup { source, is_html, base };
        }
        let is_xml = self.is(&["xhtml", "application/xhtml+xml", "application/xml", "text/xml"]);
        let (source, is_html) = if has_tags || is_xml && !self.has_mode("escaped") {
            (markup, true)
        } else if self.is_atom {
            let is_html = is_xml || self.is(&["html", "text/html"]);
            // Who leaves the type away often does not know that it means plain text.
            let is_said = self.media_type.is_some() || self.mode.is_some();
            let is_html = is_html || !is_said && plain::looks_like_html(&words);
            (words, is_html)
        } else {
            let is_html = !self.is(&["text/plain", "text"]) && plain::looks_like_html(&words);
            (words, is_html)
        };
        Markup { source: source.trim().to_owned(), is_html, base }
    }
}

/// The words that Base64 stands for (RFC 4648 §4), white space left out; none if it is no Base64, or no text.
fn decode_base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    let mut digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).peekable();
    digits.peek()?;
    for digit in digits.by_ref() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    digits.all(|digit| digit == b'=').then_some(())?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vocabulary: Vocabulary, attributes: &[(&str, &str)], words: &str, markup: &str) -> (String, bool) {
        let attributes: Vec<(&str, Cow<'_, str>)> =
            attributes.iter().map(|(name, value)| (*name, (*value).into())).collect();
        let captured =
            Captured { words: words.to_owned(), markup: markup.to_owned(), has_tags: markup.contains('<'), base: None };
        let markup = Form::of(vocabulary, &attributes).read(captured, None);
        (markup.source, markup.is_html)
    }

    #[test]
    fn words_are_what_the_type_says_and_else_what_they_look_like() {
        use Vocabulary::{Atom, Core};
        for (vocabulary, attributes, words, markup, wanted) in [
            (Core, &[][..], "<p>a</p>", "&lt;p>a&lt;/p>", ("<p>a</p>", true)),
            (Core, &[], "5 < 7", "5 &lt; 7", ("5 < 7", false)),
            (Core, &[], "a & b", "<p>a &amp; b</p>", ("<p>a &amp; b</p>", true)),
            (Atom, &[("type", "text")], "<p>a</p>", "&lt;p>", ("<p>a</p>", false)),
            (Atom, &[("type", "html")], "a &amp; b", "", ("a &amp; b", true)),
            (Atom, &[("type", "xhtml")], "a & b", "a &amp; b", ("a &amp; b", true)),
            (Atom, &[("type", "text/html"), ("mode", "escaped")], "<b>a</b>", "", ("<b>a</b>", true)),
            (Atom, &[("mode", "base64")], "PGI+YTwvYj4=", "", ("<b>a</b>", true)),
            (Atom, &[("type", "application/octet-stream")], " PGI+\nYTwvYj4= ", "", ("<b>a</b>", true)),
            (Atom, &[("type", "application/octet-stream")], "words!", "", ("words!", false)),
        ] {
            assert_eq!(read(vocabulary, attributes, words, markup), (wanted.0.to_owned(), wanted.1), "{words}");
        }
    }
}
