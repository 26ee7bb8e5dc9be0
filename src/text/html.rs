//! Scraps of HTML, in Markdown or in an annotation: tags go, words stay.

/// Elements whose content is no text.
const HIDDEN: [&str; 5] = ["script", "style", "template", "svg", "noscript"];

/// Elements within a line; every other tag parts paragraphs.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// The paragraphs in a block of HTML. Every byte is looked at once: a tag, comment or hidden element that does not end
/// goes to the end of the block.
pub fn paragraphs(html: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = after(comment, "-->");
            continue;
        }
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            words.push('<');
            rest = tag;
            continue;
        }
        let name = name_of(tag);
        rest = after(tag, ">");
        if HIDDEN.contains(&name.as_str()) {
            rest = after_end_tag(rest, &name);
        }
        if !INLINE.contains(&name.as_str()) {
            done.push(std::mem::take(&mut words));
        }
    }
    words.push_str(rest);
    done.push(words);
    let fold = |words: String| unescape(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    done.into_iter().map(fold).filter(|words| !words.is_empty()).collect()
}

/// Whether an inline tag breaks the line.
pub fn is_break(tag: &str) -> bool {
    tag.strip_prefix('<').is_some_and(|tag| name_of(tag) == "br")
}

/// The element's name in lower case, for opening and closing tags alike.
fn name_of(tag: &str) -> String {
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

/// The character references people write by hand.
fn unescape(text: &str) -> String {
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
        assert_eq!(paragraphs(html), ["One bold word & more", "Two", "Three", "end 1 < 2"]);
    }

    #[test]
    fn what_never_ends_goes_to_the_end() {
        assert_eq!(paragraphs("a<!-- b"), ["a"]);
        assert_eq!(paragraphs("a<b c"), ["a"]);
        assert_eq!(paragraphs("a<style>b"), ["a"]);
        assert_eq!(paragraphs("AT&T &bogus; &#x41;&#65;"), ["AT&T &bogus; AA"]);
    }

    #[test]
    fn many_open_tags_are_read_in_linear_time() {
        assert!(paragraphs(&"<script>".repeat(200_000)).is_empty());
        assert_eq!(paragraphs(&"<".repeat(200_000)).len(), 1);
    }
}
