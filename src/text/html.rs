//! Scraps of HTML, in Markdown or in an annotation: tags go, words stay.

/// Elements whose content is no text.
const HIDDEN: [&str; 5] = ["script", "style", "template", "svg", "noscript"];

/// Elements within a line; every other tag parts paragraphs.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// A piece of a block of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they are written, with character references.
    Words(&'a str),
    /// A tag from behind its `<`, up to its `>`.
    Tag(&'a str),
}

/// The paragraphs in a block of HTML; `<br>` is one line break in them.
pub fn paragraphs(html: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut words = String::new();
    pieces(html, |piece| match piece {
        Piece::Words(more) => words.extend(more.chars().map(|c| if c == '\n' { ' ' } else { c })),
        Piece::Tag(tag) if name_of(tag) == "br" => words.push('\n'),
        Piece::Tag(tag) if !is_inline(tag) => done.push(std::mem::take(&mut words)),
        Piece::Tag(_) => {}
    });
    done.push(words);
    let fold = |line: &str| unescape(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines = |words: String| words.lines().map(fold).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    done.into_iter().map(lines).filter(|words| !words.is_empty()).collect()
}

/// Takes a block of HTML apart, without comments and what is hidden. Every byte is looked at once: a tag, comment or
/// hidden element that does not end goes to the end of the block.
pub fn pieces<'a>(html: &'a str, mut take: impl FnMut(Piece<'a>)) {
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        take(Piece::Words(before));
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = after(comment, "-->");
            continue;
        }
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            take(Piece::Words("&lt;"));
            rest = tag;
            continue;
        }
        let (tag, after_tag) = tag.split_once('>').unwrap_or((tag, ""));
        rest = after_tag;
        let name = name_of(tag);
        if HIDDEN.contains(&name.as_str()) {
            rest = after_end_tag(rest, &name);
        }
        take(Piece::Tag(tag));
    }
    take(Piece::Words(rest));
}

/// Whether a tag stands within a line, and parts nothing.
pub fn is_inline(tag: &str) -> bool {
    INLINE.contains(&name_of(tag).as_str())
}

/// The value of an attribute of a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag.get(tag.find(char::is_whitespace)?..)?;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (key, after_key) = rest.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
        rest = after_key.trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
        let (value, after_value) = match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            Some(quote) => value.get(1..)?.split_once(quote).unwrap_or((value.get(1..)?, "")),
            None => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len()))?,
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
        rest = after_value;
    }
}

/// The element's name in lower case, for opening and closing tags alike.
pub fn name_of(tag: &str) -> String {
    tag.trim_start_matches('/')
        .chars()
        .take(20)
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

fn after_end_tag<'a>(text: &'a str, name: &str) -> &'a str {
    let ends = |at: usize| text.get(at + 2..).is_some_and(|tag| name_of(tag) == name);
    let end = text.match_indices("</").map(|(at, _)| at).find(|&at| ends(at));
    end.and_then(|at| text.get(at..)).map_or("", |tag| after(tag, ">"))
}

/// Text with the character references people write by hand read.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(10).position(|byte| byte == b';');
        let character = end.and_then(|end| Some((reference(after.get(..end)?)?, after.get(end + 1..)?)));
        let (c, tail) = character.unwrap_or(('&', after));
        out.push(c);
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        return char::from_u32(match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        });
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "copy" => '©',
        "euro" => '€',
        "pound" => '£',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_words_stay() {
        let html = "<div class=\"x\">\n<p>One <b>bold</b> word &amp; more</p><!-- hidden > <p>no</p> -->\n<p>Two<br>Three</p><script>let a = '<p>';</SCRIPT >end 1 < 2</div>";
        assert_eq!(paragraphs(html), ["One bold word & more", "Two\nThree", "end 1 < 2"]);
    }

    #[test]
    fn what_never_ends_goes_to_the_end() {
        assert_eq!(paragraphs("a<!-- b"), ["a"]);
        assert_eq!(paragraphs("a<b c"), ["a"]);
        assert_eq!(paragraphs("a<style>b"), ["a"]);
        assert_eq!(paragraphs("AT&T &bogus; &#x41;&#65;"), ["AT&T &bogus; AA"]);
    }

    #[test]
    fn attributes_with_and_without_quotation_marks() {
        let tag = "a class=x HREF='/b?c=1&amp;d' title = \"e f\" hidden data-g=h";
        for (name, value) in [("href", Some("/b?c=1&d")), ("title", Some("e f")), ("data-g", Some("h")), ("id", None)] {
            assert_eq!(attribute(tag, name).as_deref(), value, "{name}");
        }
        assert_eq!(attribute("a href=\"never closed", "href").as_deref(), Some("never closed"));
        assert_eq!(
            (attribute("a", "href"), attribute("a =", "href"), attribute("a hidden", "hidden")),
            (None, None, None)
        );
    }

    #[test]
    fn many_open_tags_are_read_in_linear_time() {
        assert!(paragraphs(&"<script>".repeat(200_000)).is_empty());
        assert_eq!(paragraphs(&"<".repeat(200_000)).len(), 1);
    }
}
