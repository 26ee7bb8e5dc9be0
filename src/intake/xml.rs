//! A forgiving tokenizer for XML that need not be well-formed, as feeds and OPML outlines often are not.
//!
//! Nothing is refused: a `<` that begins no tag and a `&` that begins no reference are words, a tag that is never closed ends
//! where the next one begins. Every byte is looked at a fixed number of times, whatever stands in it; nothing outside the text
//! is ever asked for, and entities that a document defines itself stay as they are written.

use std::borrow::Cow;
use std::ops::Range;

use markup5ever::data::NAMED_ENTITIES;
use memchr::{memchr, memmem};

/// Attributes of one tag that are kept; what follows them is skipped.
const MAX_ATTRIBUTES: usize = 64;

/// Bytes of the longest reference: `&CounterClockwiseContourIntegral;`.
const MAX_REFERENCE: usize = 40;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands, in bytes of the source. Tokens follow each other without a gap.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind<'a>,
}

/// What a piece of a document is. Names are as they are written, with their prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind<'a> {
    /// `<name key="value">`.
    Start {
        /// The element's name.
        name: &'a str,
        /// Names and decoded values, in their order; one that is repeated is there twice.
        attributes: Vec<(&'a str, Cow<'a, str>)>,
        /// Whether it ends in `/>`.
        is_empty: bool,
    },
    /// `</name>`.
    End {
        /// The element's name.
        name: &'a str,
    },
    /// Words as they are written: see [`decode_entities`].
    Text(&'a str),
    /// The words of `<![CDATA[…]]>`, which hold no references.
    CData(&'a str),
    /// The words of `<!--…-->`.
    Comment(&'a str),
    /// A declaration, a document type, an instruction, or a tag that was cut off by the end of the text.
    Other(&'a str),
}

/// The pieces of a document.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    source: &'a str,
    at: usize,
    /// Whether a document type with definitions in brackets was met: there is one at most.
    has_doctype: bool,
    /// Whether each quotation mark, `"` and `'`, is known not to occur any more.
    no_double: bool,
    no_single: bool,
}

impl<'a> Tokens<'a> {
    /// The pieces of `source`.
    pub fn new(source: &'a str) -> Self {
        Self { source, at: 0, has_doctype: false, no_double: false, no_single: false }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Moves behind `length` bytes and gives them.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or(self.rest());
        self.at += taken.len();
        taken
    }

    /// Moves behind `end`, or to the end of the text, and gives what stands before it.
    fn take_to(&mut self, end: &str) -> &'a str {
        match memmem::find(self.rest().as_bytes(), end.as_bytes()) {
            Some(length) => {
                let taken = self.take(length);
                self.at += end.len();
                taken
            }
            None => self.take(self.rest().len()),
        }
    }

    fn skip_blank(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    }

    fn markup(&mut self) -> TokenKind<'a> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.at += 4;
            return TokenKind::Comment(self.take_to("-->"));
        }
        if begins(rest, CDATA) {
            self.at += CDATA.len();
            return TokenKind::CData(self.take_to("]]>"));
        }
        if begins(rest, "<!doctype") && !self.has_doctype {
            let start = self.at;
            self.doctype();
            return TokenKind::Other(self.source.get(start..self.at).unwrap_or_default());
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            let length = memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
            return TokenKind::Other(self.take(length));
        }
        if rest.starts_with("</") {
            self.at += 2;
            let name = self.name();
            // Whatever else stands in it means nothing.
            let length = self.rest().find(['>', '<']).unwrap_or(self.rest().len());
            self.at += length;
            self.at += usize::from(self.rest().starts_with('>'));
            return TokenKind::End { name };
        }
        self.at += 1;
        self.start()
    }

    /// A document type, with its definitions in brackets if it has some.
    fn doctype(&mut self) {
        let rest = self.rest();
        let Some(end) = rest.find(['>', '[']) else {
            self.at = self.source.len();
            return;
        };
        self.at += end + 1;
        if rest.get(end..).is_some_and(|rest| rest.starts_with('[')) {
            self.has_doctype = true;
            let closes = |(at, _): &(usize, &str)| {
                self.rest().get(at + 1..).is_some_and(|after| after.trim_start().starts_with('>'))
            };
            match self.rest().match_indices(']').find(closes) {
                Some((at, _)) => {
                    self.at += at;
                    self.take_to(">");
                }
                // It is never closed: only what it begins with is its own.
                None => {
                    self.take_to(">");
                }
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<' | '=' | '"' | '\'');
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        self.take(length)
    }

    fn start(&mut self) -> TokenKind<'a> {
        let start = self.at;
        let name = self.name();
        let mut attributes = Vec::new();
        loop {
            self.skip_blank();
            let mut signs = self.rest().chars();
            match signs.next() {
                None => return TokenKind::Other(self.source.get(start - 1..).unwrap_or_default()),
                Some('>') => {
                    self.at += 1;
                    return TokenKind::Start { name, attributes, is_empty: false };
                }
                // It was never closed.
                Some('<') => return TokenKind::Start { name, attributes, is_empty: false },
                Some('/') if signs.next() == Some('>') => {
                    self.at += 2;
                    return TokenKind::Start { name, attributes, is_empty: true };
                }
                Some('/' | '"' | '\'' | '=') => self.at += 1,
                Some(_) => {
                    let name = self.name();
                    self.skip_blank();
                    let value = if self.rest().starts_with('=') {
                        self.at += 1;
                        self.skip_blank();
                        self.value()
                    } else {
                        ""
                    };
                    if attributes.len() < MAX_ATTRIBUTES {
                        attributes.push((name, decode_entities(value)));
                    }
                }
            }
        }
    }

    fn value(&mut self) -> &'a str {
        let rest = self.rest();
        let (quote, gone) = match rest.chars().next() {
            Some(quote @ '"') => (quote, self.no_double),
            Some(quote @ '\'') => (quote, self.no_single),
            _ => {
                let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '<'));
                return self.take(length.unwrap_or(rest.len()));
            }
        };
        let inside = rest.get(1..).unwrap_or_default();
        let end = if gone { None } else { memchr(quote as u8, inside.as_bytes()) };
        if let Some(length) = end {
            self.at += length + 2;
            return inside.get(..length).unwrap_or_default();
        }
        if quote == '"' {
            self.no_double = true;
        } else {
            self.no_single = true;
        }
        self.at += 1;
        let length = inside.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '<'));
        self.take(length.unwrap_or(inside.len()))
    }
}

/// What begins words without references.
const CDATA: &str = "<![CDATA[";

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let kind = if is_markup(rest) {
            self.markup()
        } else {
            let mut length = 1;
            loop {
                let Some(at) = rest.as_bytes().get(length..).and_then(|more| memchr(b'<', more)) else {
                    length = rest.len();
                    break;
                };
                length += at;
                if rest.get(length..).is_some_and(is_markup) {
                    break;
                }
                length += 1;
            }
            TokenKind::Text(self.take(length))
        };
        Some(Token { range: start..self.at, kind })
    }
}

/// Whether a tag, a comment or a declaration begins here.
fn is_markup(rest: &str) -> bool {
    let mut signs = rest.chars();
    let begins_name = |c: char| c.is_alphabetic() || c == '_';
    signs.next() == Some('<')
        && match signs.next() {
            Some('!' | '?') => true,
            Some('/') => signs.next().is_some_and(|c| begins_name(c) || c == '>'),
            Some(c) => begins_name(c),
            None => false,
        }
}

fn begins(text: &str, sign: &str) -> bool {
    text.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign))
}

/// Words with their references replaced: those of XML, all names of HTML, and numbers, of which 128 to 159 mean what
/// windows-1252 has there (HTML Standard §13.2.5.80). What is no reference stays as it is.
pub fn decode_entities(words: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', words.as_bytes()) else { return Cow::Borrowed(words) };
    let mut decoded = String::with_capacity(words.len());
    let (before, mut rest) = words.split_at(first);
    decoded.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        rest = after;
        if let Some((meaning, length)) = reference(after) {
            decoded.extend(meaning.into_iter().flatten());
            rest = after.get(length..).unwrap_or_default();
        } else {
            decoded.push('&');
        }
        let (words, next) = rest.split_at(memchr(b'&', rest.as_bytes()).unwrap_or(rest.len()));
        decoded.push_str(words);
        rest = next;
    }
    Cow::Owned(decoded)
}

/// What the reference behind a `&` means, and how many bytes it has.
fn reference(after: &str) -> Option<([Option<char>; 2], usize)> {
    if let Some(number) = after.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let length = digits.bytes().take(MAX_REFERENCE).take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let value = u32::from_str_radix(digits.get(..length)?, radix);
        let is_too_large = length > 0;
        let value = value.ok().or(is_too_large.then_some(u32::MAX))?;
        let closed = usize::from(digits.get(length..).is_some_and(|rest| rest.starts_with(';')));
        return Some(([Some(numbered(value)), None], after.len() - digits.len() + length + closed));
    }
    let end = after.bytes().take(MAX_REFERENCE).position(|byte| !byte.is_ascii_alphanumeric())?;
    let name = after.get(..=end).filter(|name| name.ends_with(';'))?;
    let &(first, second) = NAMED_ENTITIES.get(name)?;
    let letter = |code: u32| char::from_u32(code).filter(|c| *c != '\0');
    letter(first).map(|first| ([Some(first), letter(second)], name.len()))
}

fn numbered(value: u32) -> char {
    match u8::try_from(value) {
        Ok(0) => char::REPLACEMENT_CHARACTER,
        Ok(byte @ 0x80..=0x9f) => {
            let letter = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
            letter.unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Each piece in a short form.
    fn pieces(source: &str) -> Vec<String> {
        let piece = |token: Token<'_>| match token.kind {
            TokenKind::Start { name, attributes, is_empty } => {
                let attributes: String = attributes.iter().flat_map(|(name, value)| [" ", name, "=", value]).collect();
                format!("<{name}{attributes}{}>", if is_empty { "/" } else { "" })
            }
            TokenKind::End { name } => format!("</{name}>"),
            TokenKind::Text(words) => words.to_owned(),
            TokenKind::CData(words) => format!("[{words}]"),
            TokenKind::Comment(words) => format!("!{words}"),
            TokenKind::Other(words) => format!("?{words}"),
        };
        Tokens::new(source).map(piece).collect()
    }

    #[test]
    fn well_formed_documents_fall_into_their_pieces() {
        assert_eq!(
            pieces(
                "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a \"]b>\">]>\n<rss version = \"2.0\"\n x:y='a &amp; \"b\"'>\
                 <!-- <item> --><a/><b c=\"d\" /><t>5 &lt; 7</t><![CDATA[<p>&amp;]] ]]></rss>"
            ),
            [
                "?<?xml version='1.0'?>",
                "?<!DOCTYPE rss [<!ENTITY a \"]b>\">]>",
                "\n",
                "<rss version=2.0 x:y=a & \"b\">",
                "! <item> ",
                "<a/>",
                "<b c=d/>",
                "<t>",
                "5 &lt; 7",
                "</t>",
                "[<p>&amp;]] ]",
                "</rss>"
            ]
        );
    }

    #[test]
    fn what_is_broken_is_taken_for_what_it_was_meant_to_be() {
        for (source, wanted) in [
            ("5 < 7 <3 & <", vec!["5 < 7 <3 & <"]),
            ("<a href=b c>d</a >e", vec!["<a href=b c=>", "d", "</a>", "e"]),
            ("<a href=\"b>c", vec!["<a href=b>", "c"]),
            ("<a b='c' <d>", vec!["<a b=c>", "<d>"]),
            ("<a></b<c>", vec!["<a>", "</b>", "<c>"]),
            ("a<![cdata[b", vec!["a", "[b"]),
            ("a<!-- b", vec!["a", "! b"]),
            ("<a>b</a><c d=\"e", vec!["<a>", "b", "</a>", "?<c d=\"e"]),
            ("<!DOCTYPE rss [<rss>a", vec!["?<!DOCTYPE rss [<rss>", "a"]),
            ("é<é>ü</é>", vec!["é", "<é>", "ü", "</é>"]),
            ("<a/b=c>", vec!["<a b=c>"]),
            ("<a url=http://a/b/>", vec!["<a url=http://a/b/>"]),
        ] {
            let mut found = pieces(source);
            if let Some(cut) = found.last_mut().filter(|last| last.starts_with('[')) {
                *cut = cut.trim_end_matches(']').to_owned();
            }
            assert_eq!(found, wanted, "{source}");
        }
    }

    #[test]
    fn references_are_those_of_xml_and_html() {
        for (words, wanted) in [
            ("Q&amp;A", "Q&A"),
            ("How&ndash;to&nbsp;&#8217;&#x2019;&#146;", "How–to\u{a0}’’’"),
            ("AT&T & co &unknown; &; &#; &#x; &", "AT&T & co &unknown; &; &#; &#x; &"),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#8217s", "’s"),
            ("&amp;lt;", "&lt;"),
            ("&NotEqualTilde;", "≂\u{338}"),
            ("no reference", "no reference"),
        ] {
            assert_eq!(decode_entities(words), wanted, "{words}");
        }
    }

    #[test]
    /// What grew with the square of the length would take minutes here.
    fn hostile_sources_take_time_in_proportion_to_their_length() {
        let many = |piece: &str| piece.repeat((2 << 20) / piece.len());
        let attributes = " a='b'".repeat(200_000);
        for source in [
            many("<"),
            many("&"),
            many("<!"),
            many("<!DOCTYPE ["),
            many("<?"),
            many("<![CDATA["),
            many("<!--"),
            many("<a b=\""),
            many("<a b='c"),
            many("</"),
            many("]"),
            many("&#"),
            many("<a "),
            format!("<a{attributes}>"),
        ] {
            for token in Tokens::new(&source) {
                if let TokenKind::Text(words) = token.kind {
                    assert!(!decode_entities(words).is_empty());
                }
            }
        }
        let tag = format!("<a{attributes}>");
        let first = Tokens::new(&tag).next().map(|token| token.kind);
        assert!(matches!(first, Some(TokenKind::Start { attributes, .. }) if attributes.len() == MAX_ATTRIBUTES));
    }

    proptest! {
        #[test]
        fn pieces_follow_each_other_without_a_gap(source in "([<>/!?&;\\[\\]\"'= a-cé😀]|<!\\[CDATA\\[|<!--|-->|]]>|<!DOCTYPE){0,60}") {
            let mut at = 0;
            for token in Tokens::new(&source) {
                prop_assert_eq!(token.range.start, at);
                prop_assert!(token.range.end > at);
                at = token.range.end;
            }
            prop_assert_eq!(at, source.len());
            decode_entities(&source);
        }
    }
}
