//! Cuts a page down to what a parser and an extractor can take, and writes it anew.
//!
//! Browsers read everything, and so does `html5ever`: a hundred thousand elements inside each other cost it minutes, and
//! extractors that call themselves for each element overflow the stack. Here the page is taken apart into tags and text,
//! the open elements are followed as far as it takes to know how deep they stand, and what is beyond the limits is left
//! out. What is written is plain enough that no parser reads it otherwise. Everything is linear in the page.

mod open;
mod scanner;

use super::elements::{in_lower_case, is_formatting, is_void};
use crate::text::unprintable::is_active;
use open::{Ending, OpenElements};
use scanner::{Scanner, StartTag, Token};

/// Elements that may stand inside each other. The deepest of 1,265 pages of newspapers and blogs stays far below.
const MAX_DEPTH: usize = 200;
/// Elements that are written; those a parser will add by itself are counted, too.
const MAX_ELEMENTS: usize = 100_000;
/// Bytes of text, with character references decoded.
const MAX_TEXT: usize = 4 << 20;
/// What a character reference counts for in bytes of text: a parser works on it as long as on so many.
const REFERENCE: usize = 16;
/// Characters in one text that a serializer writes as references. `html5ever` 0.40 looks through the rest of the text for
/// each of them; a text with more is parted by an empty comment, which loses nothing.
const MAX_ESCAPES: usize = 1_024;
/// Bytes of one attribute's value.
const MAX_VALUE: usize = 4 << 10;
/// Bytes of a tag's or an attribute's name.
const MAX_NAME: usize = 64;
/// Columns or rows one cell of a table may span.
const MAX_SPAN: usize = 100;

/// Elements whose content is no markup for a parser (HTML Standard §13.2.6.4), and what becomes of it.
const RAW: [(&str, Raw); 9] = [
    ("iframe", Raw::Empty),
    ("noembed", Raw::Gone),
    ("noframes", Raw::Gone),
    ("plaintext", Raw::Text),
    ("script", Raw::Script),
    ("style", Raw::Gone),
    ("textarea", Raw::Gone),
    ("title", Raw::Title),
    ("xmp", Raw::Text),
];

#[derive(Clone, Copy)]
enum Raw {
    /// The element goes with its content.
    Gone,
    /// The element stays without its content.
    Empty,
    /// The content is text with line breaks.
    Text,
    /// The content is one text with character references.
    Title,
    /// The content goes, unless it is linked data.
    Script,
}

/// The page within the limits.
pub(super) fn cap(html: &str) -> String {
    let mut writer = Writer { scanner: Scanner::new(html), ..Writer::new(html.len()) };
    while !writer.is_full() {
        match writer.scanner.next() {
            Some(token) => writer.token(token),
            None => break,
        }
    }
    writer.out
}

struct Writer<'a> {
    scanner: Scanner<'a>,
    out: String,
    open: OpenElements,
    /// The drawing whose content is skipped, and how many more of its kind are open in it.
    drawing: Option<Drawing>,
    /// Open `math` elements: in these an element can close itself.
    formulas: usize,
    has_html: bool,
    has_body: bool,
    elements: usize,
    /// Bytes of text.
    text: usize,
    /// Characters since the last tag or comment that are written as references.
    escapes: usize,
}

/// An `svg` that is skipped.
#[derive(Default)]
struct Drawing {
    /// How many more stand inside.
    nested: usize,
    /// How many parts with ordinary HTML in them are open.
    foreign: usize,
}

impl Writer<'_> {
    fn new(size: usize) -> Self {
        Self {
            scanner: Scanner::new(""),
            out: String::with_capacity(size.min(MAX_TEXT)),
            open: OpenElements::default(),
            drawing: None,
            formulas: 0,
            has_html: false,
            has_body: false,
            elements: 0,
            text: 0,
            escapes: 0,
        }
    }

    fn is_full(&self) -> bool {
        self.elements >= MAX_ELEMENTS || self.text >= MAX_TEXT
    }

    fn token(&mut self, token: Token<'_>) {
        if self.drawing.is_some() && !self.leaves_drawing(&token) {
            return;
        }
        match token {
            Token::Text(text) => {
                self.elements += self.open.reopen();
                self.write_parted(text);
            }
            Token::Start(tag) => self.start(&tag),
            Token::End(name) => self.end(&in_lower_case(name)),
            Token::Doctype(inside) => {
                let inside: String =
                    inside.chars().take(MAX_NAME * 4).filter(|c| !is_active(*c) && *c != '<').collect();
                self.out.extend(["<!", &inside, ">"]);
            }
            Token::Nothing => {}
        }
    }

    /// Whether what comes stands behind the drawing: elements of HTML end one that was never closed.
    fn leaves_drawing(&mut self, token: &Token<'_>) -> bool {
        let Some(drawing) = &mut self.drawing else { return true };
        let (name, is_start) = match token {
            Token::Start(tag) => (tag.name.to_ascii_lowercase(), !tag.is_self_closing),
            Token::End(name) => (name.to_ascii_lowercase(), false),
            _ => return false,
        };
        let is_end = matches!(token, Token::End(_));
        match name.as_str() {
            "svg" if is_start => drawing.nested += 1,
            "svg" if is_end && drawing.nested == 0 => self.drawing = None,
            "svg" if is_end => drawing.nested -= 1,
            "foreignobject" | "desc" | "title" if is_start => drawing.foreign += 1,
            "foreignobject" | "desc" | "title" if is_end => drawing.foreign = drawing.foreign.saturating_sub(1),
            _ => {
                let is_html = super::elements::ends_paragraph(&name)
                    || matches!(name.as_str(), "body" | "br" | "em" | "span" | "strong" | "b" | "i" | "img");
                if is_html && drawing.foreign == 0 && is_start {
                    self.drawing = None;
                    return true;
                }
            }
        }
        false
    }

    fn start(&mut self, tag: &StartTag<'_>) {
        let name = &*in_lower_case(tag.name);
        if name.len() > MAX_NAME || !is_name(name) {
            return;
        }
        if let Some((name, raw)) = RAW.iter().find(|(raw, _)| *raw == name) {
            self.raw(name, *raw, tag);
            return;
        }
        match name {
            "svg" => {
                self.drawing = (!tag.is_self_closing).then(Drawing::default);
                return;
            }
            "template" => {
                self.scanner.skip_template();
                return;
            }
            "frame" | "frameset" => return,
            "html" if std::mem::replace(&mut self.has_html, true) => return,
            "body" if std::mem::replace(&mut self.has_body, true) => return,
            "html" | "head" | "body" => {
                self.write_tag(name, tag, false);
                return;
            }
            "math" => self.formulas += 1,
            _ => {}
        }
        self.open.imply_ends(name);
        self.elements += self.open.reopen();
        let closes_itself = tag.is_self_closing && self.formulas > 0 && !is_formatting(name);
        if is_void(name) || closes_itself {
            self.write_tag(name, tag, closes_itself);
            if name == "math" {
                self.formulas -= 1;
            }
        } else if self.open.push(name, MAX_DEPTH) {
            self.write_tag(name, tag, false);
        } else if !is_formatting(name) && !self.out.ends_with(' ') {
            // What stands on its own in an element that is left out does not stick to its neighbours.
            self.out.push(' ');
        }
    }

    fn end(&mut self, name: &str) {
        if name.len() > MAX_NAME || !is_name(name) {
            return;
        }
        match name {
            "html" | "head" | "body" => {}
            "br" => {
                self.elements += 1;
                self.out.push_str("<br>");
                return;
            }
            _ if is_void(name) || RAW.iter().any(|(raw, _)| *raw == name) => return,
            "svg" | "template" | "frameset" => return,
            _ => match self.open.end(name) {
                Ending::Written => {}
                Ending::Costly => self.elements += 8,
                Ending::LeftOut => return,
            },
        }
        if name == "math" {
            self.formulas = self.formulas.saturating_sub(1);
        }
        self.out.extend(["</", name, ">"]);
    }

    /// An element whose content is no markup. One that never ends would swallow the rest of the page: it is left out.
    fn raw(&mut self, name: &'static str, raw: Raw, tag: &StartTag<'_>) {
        let content = if name == "plaintext" { Some(self.scanner.remainder()) } else { self.scanner.raw_content(name) };
        let Some(content) = content else { return };
        match raw {
            Raw::Gone => {}
            Raw::Empty => {
                self.write_tag(name, tag, false);
                self.out.extend(["</", name, ">"]);
            }
            Raw::Title => {
                self.write_tag(name, tag, false);
                self.write_text(content);
                self.out.push_str("</title>");
            }
            Raw::Text => {
                self.open.imply_ends("pre");
                self.elements += 1;
                self.escapes = 0;
                self.out.push_str("<pre>");
                self.write_parted(&content.replace('&', "&amp;"));
                self.out.push_str("</pre>");
            }
            Raw::Script => {
                let is_data = tag.attributes.iter().any(|(name, value)| {
                    name.eq_ignore_ascii_case("type")
                        && value.trim().get(..19).is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
                });
                if is_data && content.len() <= MAX_TEXT.saturating_sub(self.text) {
                    self.text += content.len();
                    self.write_tag(name, tag, false);
                    // A comment could hide the end of the script; in JSON it stands only within strings.
                    self.out.extend([&content.replace("<!--", "\\u003c!--"), "</script>"]);
                }
            }
        }
    }

    fn write_tag(&mut self, name: &str, tag: &StartTag<'_>, closes_itself: bool) {
        self.elements += 1;
        self.escapes = 0;
        self.out.extend(["<", name]);
        for (attribute, value) in &tag.attributes {
            let attribute = in_lower_case(attribute);
            if attribute.len() > MAX_NAME || value.len() > MAX_VALUE || !is_name(&attribute) {
                continue;
            }
            let span;
            let value = if matches!(&*attribute, "colspan" | "rowspan") {
                let Some(clamped) = clamp_span(value) else { continue };
                span = clamped.to_string();
                &span
            } else {
                *value
            };
            self.out.extend([" ", &attribute, "=\""]);
            let mut rest = value;
            loop {
                let (plain, careful) = rest.split_at(plain_length(rest));
                self.out.push_str(plain);
                let mut signs = careful.chars();
                match signs.next() {
                    None => break,
                    Some('"') => self.out.push_str("&quot;"),
                    Some(c) if is_active(c) => {}
                    Some(c) => self.out.push(c),
                }
                rest = signs.as_str();
            }
            self.out.push('"');
        }
        self.out.push_str(if closes_itself { "/>" } else { ">" });
    }

    /// Writes a text where a comment may stand.
    fn write_parted(&mut self, text: &str) {
        let mut from = 0;
        // All from U+0080 to U+00BF begin with the byte of the no-break space.
        for at in memchr::memchr2_iter(b'&', 0xc2, text.as_bytes()) {
            if self.escapes == MAX_ESCAPES && !self.is_full() {
                self.write_text(text.get(from..at).unwrap_or_default());
                self.out.push_str("<!---->");
                (from, self.escapes) = (at, 0);
            }
            self.escapes += 1;
        }
        self.write_text(text.get(from..).unwrap_or_default());
    }

    fn write_text(&mut self, text: &str) {
        let room = MAX_TEXT.saturating_sub(self.text);
        let (mut size, mut reference, mut at) = (0, None, 0);
        while let Some(rest) = text.get(at..) {
            if reference.is_none() {
                let within = room.saturating_sub(size);
                let end = plain_length(rest).min(within);
                let plain = (0..=end).rev().find_map(|end| rest.get(..end)).unwrap_or_default();
                self.out.push_str(plain);
                size += plain.len();
                at += plain.len();
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            // A reference is never cut.
            let is_within = |from: usize| at - from < 12 && (c == '#' || c == ';' || c.is_ascii_alphanumeric());
            if c == '&' {
                reference = Some(at);
                size += REFERENCE;
            } else if c == '<' {
                reference = None;
                size += REFERENCE;
            } else if reference.is_some_and(is_within) {
                reference = reference.filter(|_| c != ';');
            } else {
                reference = None;
                size += c.len_utf8();
            }
            if size > room {
                break;
            }
            match c {
                '<' => self.out.push_str("&lt;"),
                '\u{c}' => self.out.push(' '),
                c if is_active(c) && c != '\r' => {}
                c => self.out.push(c),
            }
            at += c.len_utf8();
        }
        self.text += size;
    }
}

/// How many bytes a text begins with that are written as they are, in words and in values.
fn plain_length(text: &str) -> usize {
    // Behind the last two stand the C1 controls and what reverses words, among others.
    let is_careful = |byte: &u8| matches!(byte, b'&' | b'<' | b'"' | 0..=8 | 0xb..=0x1f | 0x7f | 0xc2 | 0xe2);
    // Many bytes are looked at together: a processor does that at once.
    let is_plain = |part: &&[u8]| !part.iter().fold(false, |is_any, byte| is_any | is_careful(byte));
    let plain: usize = text.as_bytes().chunks(32).take_while(is_plain).map(<[u8]>::len).sum();
    text.bytes().skip(plain).position(|byte| is_careful(&byte)).map_or(text.len(), |more| plain + more)
}

/// Whether a name needs no care wherever it is written.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@'))
}

/// A span within the limit; nothing if it is no number from 1 (HTML Standard §2.3.4.2: what follows the digits counts for
/// nothing).
fn clamp_span(value: &str) -> Option<usize> {
    let digits = value.trim_start().trim_start_matches('+');
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let digits = digits.get(..end).filter(|digits| !digits.is_empty())?;
    let span = digits.parse().unwrap_or(MAX_SPAN).min(MAX_SPAN);
    (span > 0).then_some(span)
}

#[cfg(test)]
mod tests;
