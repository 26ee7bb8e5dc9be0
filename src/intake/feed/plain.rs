//! The words of what is marked up, without the markup.

use std::borrow::Cow;

use memchr::memmem;

use super::Markup;
use crate::intake::html::elements;
use crate::intake::xml::{TokenKind, Tokens, decode_entities};
use crate::text::html::is_inline;
use crate::text::mend::mend;
use crate::text::sanitize::{is_blank, one_line, sanitize};

/// Whether words are HTML: a tag or a reference stands in them.
pub(super) fn looks_like_html(words: &str) -> bool {
    let tag = |at: usize| words.get(at + 1..).is_some_and(|tag| tag.starts_with("!--") || is_known(tag));
    memchr::memchr_iter(b'<', words.as_bytes()).any(tag) || has_reference(words)
}

fn has_reference(words: &str) -> bool {
    memchr::memchr_iter(b'&', words.as_bytes()).any(|at| {
        let end = words.as_bytes().iter().skip(at).take(12).position(|byte| *byte == b';');
        let reference = end.and_then(|end| words.get(at..=at + end));
        reference.is_some_and(|reference| decode_entities(reference) != reference)
    })
}

/// Whether the tag behind a `<` is one of HTML.
fn is_known(tag: &str) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric());
    let name = end.and_then(|end| tag.get(..end)).unwrap_or_default();
    let after = end.and_then(|end| tag.as_bytes().get(end));
    !name.is_empty() && is_element(name) && after.is_some_and(|byte| b"> /\t\r\n".contains(byte))
}

fn is_element(name: &str) -> bool {
    elements::is_element(&elements::in_lower_case(name))
}

/// Elements whose content is no text.
const HIDDEN: [&str; 5] = ["script", "style", "template", "svg", "noscript"];

/// A piece of HTML.
enum Piece<'a> {
    /// Words as they are written, with references.
    Words(&'a str),
    /// The name of a tag.
    Tag(&'a str),
    /// Words in angle brackets that are no element of HTML.
    Unknown(&'a str),
}

/// Takes HTML whose [comments are closed](with_comments_closed) apart, without what is hidden. A tag that was never
/// finished is words.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut hidden: Option<&str> = None;
    Tokens::new(html).filter_map(move |token| {
        let source = html.get(token.range).unwrap_or_default();
        match token.kind {
            TokenKind::End { name } if hidden.is_some_and(|hidden| hidden.eq_ignore_ascii_case(name)) => {
                hidden = None;
                None
            }
            _ if hidden.is_some() => None,
            TokenKind::Start { name, is_empty, .. } if HIDDEN.iter().any(|known| known.eq_ignore_ascii_case(name)) => {
                hidden = (!is_empty).then_some(name);
                Some(Piece::Tag(name))
            }
            TokenKind::Start { name, .. } | TokenKind::End { name } if is_element(name) => Some(Piece::Tag(name)),
            TokenKind::Comment(_) => None,
            TokenKind::Other(declaration) if declaration.starts_with("<!") || declaration.starts_with("<?") => None,
            TokenKind::Start { .. } | TokenKind::End { .. } => Some(Piece::Unknown(source)),
            TokenKind::Text(_) | TokenKind::Other(_) => Some(Piece::Words(source)),
            TokenKind::CData(words) => Some(Piece::Words(words)),
        }
    })
}

/// A comment that is never closed ends at the first sign that may end it.
fn with_comments_closed(html: &str) -> Cow<'_, str> {
    if memmem::find(html.as_bytes(), b"<!--").is_none() {
        return Cow::Borrowed(html);
    }
    let (closed, open) = html.split_at(memmem::rfind(html.as_bytes(), b"-->").unwrap_or(0));
    if open.contains("<!--") {
        Cow::Owned(format!("{closed}{}", open.replace("<!--", "<!")))
    } else {
        Cow::Borrowed(html)
    }
}

/// The words of HTML in one line. What stands in angle brackets and is no element of HTML is words.
pub(super) fn line_of_html(html: &str) -> Option<String> {
    let mut words = String::new();
    for piece in pieces(&with_comments_closed(html)) {
        match piece {
            Piece::Words(more) | Piece::Unknown(more) => words.push_str(&decode_entities(more)),
            Piece::Tag(name) if !is_inline(name) => words.push(' '),
            Piece::Tag(_) => {}
        }
    }
    line(&words)
}

/// How often a line may have been escaped without need.
const ESCAPES: usize = 2;

/// A line without the references that still stand in it, as `&amp;` does in what was escaped too often. Where brackets are
/// escaped somebody writes about HTML, and means what is there.
pub(super) fn unescaped(mut words: String) -> String {
    for _ in 0..ESCAPES {
        let is_about_html = words.contains("&lt;") || words.contains("&gt;");
        match decode_entities(&words) {
            Cow::Owned(read) if !is_about_html && read != words => words = line(&read).unwrap_or(words),
            _ => break,
        }
    }
    words
}

/// Characters of the longest title, name or category: no person wrote a longer one.
const LONGEST_LINE: usize = 4000;

/// Words as one clean line; none if nothing is left of them.
pub(super) fn line(words: &str) -> Option<String> {
    let end = words.char_indices().nth(LONGEST_LINE).map_or(words.len(), |(end, _)| end);
    let words = words.get(..end).unwrap_or(words);
    Some(one_line(&mend(words))).filter(|line| !is_blank(line))
}

/// The words of a summary or content, with an empty line between paragraphs; none if there are none.
pub fn text(markup: &Markup) -> Option<String> {
    let words = if markup.is_html { paragraphs(&markup.source) } else { lines(&markup.source) };
    let words = sanitize(&mend(&words)).trim().to_owned();
    Some(words).filter(|words| !is_blank(words))
}

/// How many characters the words of a summary or content have, of white space only a break between lines or paragraphs; of
/// more than `enough` that there are so many. Of the same words those that are parted say more.
pub(super) fn size(markup: &Markup, enough: usize) -> usize {
    let letters = |words: &str| words.chars().filter(|c| !c.is_whitespace()).count();
    if !markup.is_html {
        let breaks = markup.source.lines().filter(|line| !line.trim().is_empty()).skip(1).count();
        return (letters(&markup.source) + breaks).min(enough);
    }
    let (mut size, mut is_behind_break) = (0, false);
    for piece in pieces(&with_comments_closed(&markup.source)) {
        match piece {
            Piece::Words(words) => {
                let more = letters(&decode_entities(words));
                if more > 0 {
                    size += more + usize::from(is_behind_break && size > 0);
                    is_behind_break = false;
                }
            }
            Piece::Tag(name) => is_behind_break |= name.eq_ignore_ascii_case("br") || !is_inline(name),
            Piece::Unknown(_) => {}
        }
        if size >= enough {
            return enough;
        }
    }
    size
}

/// What was written without markup keeps its empty lines.
fn lines(words: &str) -> String {
    let paragraphs = words.replace("\r\n", "\n").replace('\r', "\n");
    let lines = paragraphs.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut out = String::with_capacity(words.len());
    let mut gap = 0;
    for line in lines {
        if line.is_empty() {
            gap += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap > 0 { "\n\n" } else { "\n" });
        }
        gap = 0;
        out.push_str(&line);
    }
    out
}

fn paragraphs(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut breaks, mut blank) = (0, false);
    for piece in pieces(&with_comments_closed(html)) {
        match piece {
            Piece::Words(words) => {
                for (number, word) in decode_entities(words).split([' ', '\n', '\r', '\t']).enumerate() {
                    blank |= number > 0;
                    if word.is_empty() {
                        continue;
                    }
                    if !out.is_empty() {
                        match breaks {
                            0 if blank => out.push(' '),
                            0 => {}
                            1 => out.push('\n'),
                            _ => out.push_str("\n\n"),
                        }
                    }
                    (breaks, blank) = (0, false);
                    out.push_str(word);
                }
            }
            Piece::Tag(name) if name.eq_ignore_ascii_case("br") => breaks += 1,
            Piece::Tag(name) if !is_inline(name) => breaks = 2,
            Piece::Tag(_) | Piece::Unknown(_) => {}
        }
    }
    out
}

/// The words between tags of XML, with references read.
pub(super) fn words_of_xml(xml: &str) -> String {
    let mut words = String::new();
    for token in Tokens::new(xml) {
        match token.kind {
            TokenKind::Text(more) => words.push_str(&decode_entities(more)),
            TokenKind::CData(more) => words.push_str(more),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_shows_itself_by_its_tags_and_references() {
        for html in ["<p>a", "a<br/>b", "a &amp; b", "&#8217;", "a</b>", "<IMG src=x>", "<!-- a -->"] {
            assert!(looks_like_html(html), "{html}");
        }
        for words in ["5 < 7", "AT&T; &co", "List<T>", "<T>", "a <unknown> b", "&", "<"] {
            assert!(!looks_like_html(words), "{words}");
        }
    }

    #[test]
    fn a_title_loses_its_tags_but_no_words() {
        for (html, line) in [
            ("Q&amp;A: <em>why</em> 5 &lt; 7", "Q&A: why 5 < 7"),
            ("Tom & Ana&#8217;s <b>boat</b>", "Tom & Ana’s boat"),
            ("a<br>b", "a b"),
            ("safe<script>alert(1)</script> words", "safe words"),
            ("What Vec<T> is", "What Vec<T> is"),
            ("5 < 7", "5 < 7"),
            ("a<!-- b > c", "a c"),
            ("begins with <a href=", "begins with <a href="),
            ("<img alt=\"a<br>b\">c", "c"),
            ("\u{1b}[31mred\u{202e}", "red"),
        ] {
            assert_eq!(line_of_html(html).as_deref(), Some(line), "{html}");
        }
        assert_eq!(line_of_html("<p></p>"), None);
        assert_eq!(line(&"é".repeat(1 << 20)).map(|line| line.chars().count()), Some(LONGEST_LINE));
    }

    #[test]
    fn a_line_that_was_escaped_too_often_is_read_again() {
        for (words, wanted) in [
            ("Q&amp;A", "Q&A"),
            ("Ana&amp;#8217;s &amp;amp; Tom", "Ana’s & Tom"),
            ("AT&T &co", "AT&T &co"),
            ("How to write &amp;lt; in HTML", "How to write &lt; in HTML"),
            ("&amp; or &lt;", "&amp; or &lt;"),
        ] {
            assert_eq!(unescaped(words.to_owned()), wanted, "{words}");
        }
    }

    #[test]
    fn a_size_is_that_of_the_words_and_counted_no_further_than_needed() {
        let markup = |source: &str, is_html| Markup { source: source.to_owned(), is_html, base: None };
        let html = markup("<p>a &amp; b<script>c</script></p> <p title='long'>déf</p>", true);
        assert_eq!((size(&html, usize::MAX), size(&html, 4), size(&html, 7)), (7, 4, 7));
        assert_eq!((size(&markup("a <b> c\n", false), 10), size(&markup("a <b> c", false), 2)), (5, 2));
        // The same words in paragraphs say more than in one line.
        assert_eq!(size(&markup("<p>a</p><p>b</p>", true), 9), size(&markup("a\n\nb", false), 9));
        assert!(size(&markup("a<br>b", true), 9) > size(&markup("<i>a</i> b", true), 9));
    }

    #[test]
    fn paragraphs_are_parted_and_line_breaks_kept() {
        let markup = |source: &str, is_html| Markup { source: source.to_owned(), is_html, base: None };
        let html = markup(
            "<p>One <b>t</b>wo&nbsp;three</p>\n<p>Four<br>five<br><br>six</p><ul><li>a</li><li>b</li></ul>",
            true,
        );
        assert_eq!(text(&html).as_deref(), Some("One two\u{a0}three\n\nFour\nfive\n\nsix\n\na\n\nb"));
        assert_eq!(text(&markup("a  b\nc\n\n\nd &amp; <e>", false)).as_deref(), Some("a b\nc\n\nd &amp; <e>"));
        assert_eq!(text(&markup("<img src=x>", true)), None);
    }
}
