//! Cuts HTML into tags and text without building a tree: the tokenizer of the HTML Standard (§13.2.5), as far as it
//! decides where a tag ends.
//!
//! `html5ever`'s own tokenizer compares every attribute of a tag with all before it, so a tag of 200,000 attributes takes
//! minutes. Here attributes beyond a number are passed over unread. Character references stay as they are.

use memchr::{memchr, memmem};

/// Attributes of a tag beyond these are dropped.
const MAX_ATTRIBUTES: usize = 64;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words, with their character references.
    Text(&'a str),
    Start(StartTag<'a>),
    /// The name in an end tag.
    End(&'a str),
    /// The inside of a document type declaration, which decides between two ways to read tables.
    Doctype(&'a str),
    /// A comment, a processing instruction, or what only looks like a tag.
    Nothing,
}

/// A start tag; names are as they were written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    /// Names and values.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    pub(super) is_self_closing: bool,
}

pub(super) struct Scanner<'a> {
    html: &'a str,
    at: usize,
    /// Names of which no end tag follows any more, so that nobody looks for one again and again.
    unclosed: Vec<&'static str>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, unclosed: Vec::new() }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.html.get(from..to).unwrap_or_default()
    }

    /// The content of an element that has no markup in it: everything before its end tag, which comes next. Nothing if
    /// there is no such tag.
    pub(super) fn raw_content(&mut self, name: &'static str) -> Option<&'a str> {
        if self.unclosed.contains(&name) {
            return None;
        }
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
            at += found;
            let after = at + 2 + name.len();
            let is_name = bytes.get(at + 2..after).is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes()));
            if is_name && self.byte(after).is_none_or(ends_name) {
                let content = self.slice(self.at, at);
                self.at = at;
                return Some(content);
            }
            at += 2;
        }
        self.unclosed.push(name);
        None
    }

    /// Skips the content of a template with the templates in it. One that never ends has no content.
    pub(super) fn skip_template(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            let Some(content) = self.raw_content("template") else { return };
            let bytes = content.as_bytes();
            let starts = memmem::find_iter(bytes, b"<template").count();
            open = open + starts - 1;
            self.next();
        }
    }

    /// Everything that is left.
    pub(super) fn remainder(&mut self) -> &'a str {
        let rest = self.rest();
        self.at = self.html.len();
        rest
    }

    /// Text up to the next markup. An angle bracket before anything else is text as well.
    fn text(&mut self) -> Token<'a> {
        let from = self.at;
        let begins_markup =
            |next: Option<u8>| next.is_some_and(|next| b"/!?".contains(&next) || next.is_ascii_alphabetic());
        let bytes = self.rest().as_bytes();
        let end = memchr::memchr_iter(b'<', bytes).find(|at| begins_markup(bytes.get(at + 1).copied()));
        self.at = end.map_or(self.html.len(), |end| from + end);
        Token::Text(self.slice(from, self.at))
    }

    /// Skips to behind the next `>`.
    fn skip_bogus(&mut self) -> &'a str {
        let from = self.at;
        let to = memchr(b'>', self.rest().as_bytes()).map_or(self.html.len(), |to| from + to);
        self.at = to + 1;
        self.slice(from, to)
    }

    fn skip_comment(&mut self) {
        self.at += 4;
        let rest = self.rest().as_bytes();
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            self.skip_bogus();
            return;
        }
        let ends = memchr::memchr_iter(b'>', rest)
            .find(|end| rest.get(..*end).is_some_and(|comment| comment.ends_with(b"--") || comment.ends_with(b"--!")));
        self.at = ends.map_or(self.html.len(), |end| self.at + end + 1);
    }

    fn declaration(&mut self) -> Token<'a> {
        if self.rest().starts_with("<!--") {
            self.skip_comment();
            return Token::Nothing;
        }
        let inside = self.skip_bogus().trim_start_matches("<!");
        match inside.get(..7) {
            Some(word) if word.eq_ignore_ascii_case("doctype") => Token::Doctype(inside),
            _ => Token::Nothing,
        }
    }

    fn skip_while(&mut self, of: impl Fn(u8) -> bool) -> &'a str {
        let from = self.at;
        let rest = self.rest().as_bytes();
        self.at += rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len());
        self.slice(from, self.at)
    }

    /// A tag without its angle brackets; nothing if the page ends within it.
    fn tag(&mut self) -> Option<StartTag<'a>> {
        let name = self.skip_while(|byte| !ends_name(byte));
        let (mut attributes, mut is_self_closing) = (Vec::new(), false);
        loop {
            let gap = self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
            if self.byte(self.at)? == b'>' {
                is_self_closing |= gap.ends_with('/');
                self.at += 1;
                return Some(StartTag { name, attributes, is_self_closing });
            }
            let attribute = self.attribute()?;
            if attributes.len() < MAX_ATTRIBUTES {
                attributes.push(attribute);
            }
        }
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let from = self.at;
        // A name may begin with an equals sign.
        self.at += 1;
        while self.byte(self.at).is_some_and(|byte| !ends_name(byte) && byte != b'=') {
            self.at += 1;
        }
        let name = self.slice(from, self.at);
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.byte(self.at)? != b'=' {
            return Some((name, ""));
        }
        self.at += 1;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        let value = match self.byte(self.at)? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let value = self.skip_while(|byte| byte != quote);
                self.byte(self.at)?;
                self.at += 1;
                value
            }
            _ => self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        Some((name, value))
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let first = self.byte(self.at)?;
        if first != b'<' {
            return Some(self.text());
        }
        Some(match (self.byte(self.at + 1), self.byte(self.at + 2)) {
            (Some(b'!'), _) => self.declaration(),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                self.at += 2;
                let Some(tag) = self.tag() else { return self.end() };
                Token::End(tag.name)
            }
            (Some(b'/' | b'?'), _) => {
                self.skip_bogus();
                Token::Nothing
            }
            (Some(letter), _) if letter.is_ascii_alphabetic() => {
                self.at += 1;
                let Some(tag) = self.tag() else { return self.end() };
                Token::Start(tag)
            }
            _ => self.text(),
        })
    }
}

impl Scanner<'_> {
    fn end<T>(&mut self) -> Option<T> {
        self.at = self.html.len();
        None
    }
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/' || byte == b'>'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> Vec<Token<'_>> {
        Scanner::new(html).collect()
    }

    fn start<'a>(name: &'a str, attributes: &[(&'a str, &'a str)]) -> Token<'a> {
        Token::Start(StartTag { name, attributes: attributes.to_vec(), is_self_closing: false })
    }

    #[test]
    fn attributes_are_quoted_in_three_ways_or_stand_alone() {
        assert_eq!(
            all("<a href=x/y title='a > b' class = \"c d\" hidden>t</A >"),
            [
                start("a", &[("href", "x/y"), ("title", "a > b"), ("class", "c d"), ("hidden", "")]),
                Token::Text("t"),
                Token::End("A"),
            ]
        );
        assert_eq!(all("<p a=>x"), [start("p", &[("a", "")]), Token::Text("x")]);
        assert_eq!(all("<p =a=b/c>"), [start("p", &[("=a", "b/c")])]);
    }

    #[test]
    fn what_only_looks_like_markup_is_text_or_nothing() {
        assert_eq!(
            all("1 < 2 <3 </> </3> <?php ?> <![CDATA[x]]>"),
            [
                Token::Text("1 < 2 <3 "),
                Token::Nothing,
                Token::Text(" "),
                Token::Nothing,
                Token::Text(" "),
                Token::Nothing,
                Token::Text(" "),
                Token::Nothing,
            ]
        );
        assert_eq!(all("a<b c=\"d"), [Token::Text("a")]);
        assert_eq!(all("a<"), [Token::Text("a<")]);
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        for comment in ["<!-->", "<!--->", "<!-- a > -- b -->", "<!-- a --!>", "<!---->", "<!>", "<!x>"] {
            let html = format!("{comment}x");
            assert_eq!(all(&html), [Token::Nothing, Token::Text("x")], "{comment}");
        }
        assert_eq!(all("<!-- <p>x</p>"), [Token::Nothing]);
        assert_eq!(all("<!DocType html>"), [Token::Doctype("DocType html")]);
    }

    #[test]
    fn raw_content_ends_at_its_own_end_tag_only() {
        let mut scanner = Scanner::new("a</b></scripts>b</SCRIPT >c");
        assert_eq!(scanner.raw_content("script"), Some("a</b></scripts>b"));
        assert_eq!(scanner.next(), Some(Token::End("SCRIPT")));
        assert_eq!(scanner.raw_content("script"), None);
        assert_eq!(scanner.remainder(), "c");
    }
}
