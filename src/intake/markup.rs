//! Tells pages, feeds and outlines from articles, by their first element.
//!
//! An article about markup may begin with a tag or a comment, and Markdown may have HTML in it. So the first element
//! has to be one that stands for a whole document, and has to go on as a document does: with more markup, or to its end.

use super::foreign::Foreign;
use super::fragment;
use crate::article::address;

/// What a document is by its markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// A web page.
    Page,
    /// Nothing that is read here.
    Foreign(Foreign),
}

/// What `words` are, if they are no text with a tag in it. `name` is the file's, if it has one.
pub(super) fn recognise(words: &str, name: Option<&str>) -> Option<Markup> {
    if let Some(object) = words.trim_start().strip_prefix('{') {
        return is_json_feed(object).then_some(Markup::Foreign(Foreign::JSON_FEED));
    }
    let ending = name.and_then(super::extension).unwrap_or_default();
    if is_markdown(&ending) && ["\t", "    "].iter().any(|blank| words.trim_start_matches('\n').starts_with(blank)) {
        // What is set in shows code.
        return None;
    }
    if is_mhtml(words) {
        return Some(Markup::Foreign(Foreign::MHTML));
    }
    // A page by its name may be a part of one, which begins with any element or none.
    let is_part = || ending.contains("htm") && has_tag(words);
    Start::of(words).and_then(|start| start.meaning(words)).or_else(|| is_part().then_some(Markup::Page))
}

fn is_markdown(ending: &str) -> bool {
    super::format_by_ending(ending) == Some(super::Format::Markdown)
}

/// Whether the version of the object is that of a JSON Feed (<https://www.jsonfeed.org/version/1.1/>); some writers
/// escape slashes.
fn is_json_feed(object: &str) -> bool {
    object.match_indices("\"version\"").any(|(at, key)| {
        let rest = object.get(at + key.len()..).unwrap_or_default().trim_start();
        let value = rest.strip_prefix(':').unwrap_or_default().trim_start().strip_prefix('"').unwrap_or_default();
        let value: String = value.chars().take(40).filter(|c| *c != '\\').collect();
        let address = address::without_scheme(&value).trim_start_matches("www.");
        address.starts_with("jsonfeed.org/version/")
    })
}

/// Whether it begins with the header of a page that was saved with its pictures (RFC 2557).
fn is_mhtml(words: &str) -> bool {
    let header = words.trim_start().split("\n\n").next().unwrap_or_default();
    let has = |name: &str, value: &str| {
        header
            .lines()
            .any(|line| begins(line, name) && begins(line.get(name.len()..).unwrap_or_default().trim(), value))
    };
    has("mime-version:", "1.0") && has("content-type:", "multipart/related")
}

/// Whether a tag stands anywhere.
fn has_tag(words: &str) -> bool {
    let last_end = words.rfind('>').unwrap_or(0);
    words.get(..last_end).unwrap_or_default().match_indices('<').any(|(at, _)| {
        let rest = words.get(at + 1..).unwrap_or_default();
        rest.strip_prefix('/').unwrap_or(rest).starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// The beginning of a document.
struct Start<'a> {
    /// It is declared to be HTML.
    is_html: bool,
    /// It is declared to be XML.
    is_xml: bool,
    /// The first element without its prefix, in lower case; empty if there is none.
    element: String,
    attributes: &'a str,
    /// What follows the first element, or what was declared.
    rest: &'a str,
}

impl<'a> Start<'a> {
    /// Looks behind comments, instructions and declarations; none if there is no markup at all.
    fn of(words: &'a str) -> Option<Self> {
        let (mut is_html, mut is_xml) = (false, false);
        let mut at = words;
        loop {
            let rest = at.trim_start();
            if rest.starts_with("<!--") {
                at = rest.split_once("-->")?.1;
            } else if let Some(instruction) = rest.strip_prefix("<?") {
                is_xml |= instruction.starts_with("xml");
                at = instruction.split_once("?>")?.1;
            } else if begins(rest, "<!doctype") {
                let (declaration, after) = split_tag(rest.get(2..)?)?;
                let of = declaration.get("doctype".len()..).unwrap_or_default().trim_start();
                is_html |=
                    begins(of, "html") && !of.get(4..).is_some_and(|more| more.starts_with(char::is_alphanumeric));
                at = after;
            } else if let Some((element, attributes, after)) = element(rest) {
                return Some(Self { is_html, is_xml, element, attributes, rest: after });
            } else {
                return (is_html || is_xml).then(|| Self {
                    is_html,
                    is_xml,
                    element: String::new(),
                    attributes: "",
                    rest: at,
                });
            }
        }
    }

    fn meaning(&self, words: &str) -> Option<Markup> {
        if self.element.is_empty() {
            // "<!doctype html>Words." is a page; "<!doctype html> is what a page begins with." is not.
            return (self.is_html && !self.rest.starts_with([' ', '\t'])).then_some(Markup::Page);
        }
        let foreign = match self.element.as_str() {
            "html" | "head" | "body" | "frameset" => Markup::Page,
            "title" if after(self.rest, "title").is_some_and(|rest| rest.trim_start().starts_with('<')) => {
                return Some(Markup::Page);
            }
            "title" | "meta" | "base" if closes(words, "title") => Markup::Page,
            "rss" => Markup::Foreign(Foreign::FEED),
            "rdf" if self.attributes.contains("purl.org/rss") || self.attributes.contains("netscape.com/rdf") => {
                Markup::Foreign(Foreign::FEED)
            }
            "feed" if self.attributes.to_ascii_lowercase().contains("atom") => Markup::Foreign(Foreign::FEED),
            "opml" => Markup::Foreign(Foreign::OPML),
            "svg" => Markup::Foreign(Foreign::SVG),
            "fictionbook" => Markup::Foreign(Foreign::FB2),
            "urlset" | "sitemapindex" if self.is_xml || self.attributes.contains("sitemaps.org") => {
                Markup::Foreign(Foreign::SITEMAP)
            }
            _ if self.is_html => Markup::Page,
            _ if self.is_xml => Markup::Foreign(Foreign::XML),
            element => {
                let is_part = !self.rest.starts_with([' ', '\t', ',', '.', ':', ';', '-']);
                return (is_part && fragment::is_part_of_a_page(element, words)).then_some(Markup::Page);
            }
        };
        (self.is_html || self.is_xml || self.goes_on(words)).then_some(foreign)
    }

    /// Whether what follows the first tag is markup, directly or in a line of its own, and not a sentence about it; or the
    /// element ends where the text does.
    fn goes_on(&self, words: &str) -> bool {
        let line = self.rest.trim_start_matches([' ', '\t']);
        let rest = line.trim_start();
        let next_is_tag = rest.starts_with('<');
        rest.is_empty()
            || self.rest.starts_with('<')
            || next_is_tag && line.starts_with('\n')
            || next_is_tag && closes(words, &self.element)
            || ends(words.trim_end(), &format!("</{}>", self.element))
    }
}

/// Whether an element is closed anywhere.
fn closes(words: &str, element: &str) -> bool {
    let wanted = format!("{element}>");
    words.match_indices("</").any(|(at, _)| words.get(at + 2..).is_some_and(|rest| begins(rest, &wanted)))
}

/// What follows the end of the first element of this name.
fn after<'a>(words: &'a str, element: &str) -> Option<&'a str> {
    let wanted = format!("{element}>");
    let mut places = words.match_indices("</").filter_map(|(at, _)| words.get(at + 2..));
    places.find(|rest| begins(rest, &wanted)).and_then(|rest| rest.get(wanted.len()..))
}

fn ends(text: &str, sign: &str) -> bool {
    let start = text.len().checked_sub(sign.len());
    start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(sign))
}

fn begins(text: &str, sign: &str) -> bool {
    text.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign))
}

/// The first tag of `rest`: its name without prefix in lower case, its attributes, and what follows.
fn element(rest: &str) -> Option<(String, &str, &str)> {
    let (tag, after) = split_tag(rest.strip_prefix('<')?)?;
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(end);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('<');
    let local = name.rsplit(':').next().unwrap_or_default();
    is_name.then(|| (local.to_ascii_lowercase(), attributes, after))
}

/// What stands before the `>` that ends a tag or declaration, and behind it. One in quotation marks, or in the brackets of
/// a declaration, does not end it.
fn split_tag(tag: &str) -> Option<(&str, &str)> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 => return Some((tag.get(..at)?, tag.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &str, file: &str) -> Option<&'static str> {
        recognise(words, Some(file)).map(|markup| match markup {
            Markup::Page => "a page",
            Markup::Foreign(foreign) => foreign.name,
        })
    }

    #[test]
    fn documents_are_told_by_their_first_element() {
        let (page, feed) = ("a page", "a feed (RSS or Atom)");
        for (words, wanted) in [
            ("<!DOCTYPE html><p>Words.", page),
            ("<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://a/>b\">\n<HTML>", page),
            ("<!doctype html>\nWords.", page),
            ("<!doctype html>Words.", page),
            ("\n <!-- saved --> <!-- from -->\n<html lang='en'>\n  <head>", page),
            ("<html><body><p>Words.", page),
            ("<html>\nWords.\n</html>\n", page),
            ("<body class=\"a > b\">\n<p>Words.", page),
            ("<meta charset=utf-8><title>Words</title>Words.", page),
            ("<?xml version='1.0'?><html:html xmlns:html='http://www.w3.org/1999/xhtml'><html:head/>", page),
            ("<rss version=\"2.0\"><channel>", feed),
            ("<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a.xsl\"?>\n<rss version=\"2.0\">\n<channel>", feed),
            ("<!DOCTYPE rss [<!ENTITY nbsp \"&#160;\">]>\n<rss version='0.91'>\n <channel>", feed),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>", feed),
            ("<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\"><atom:title>", feed),
            ("<rdf:RDF xmlns:rdf=\"http://a#\" xmlns=\"http://purl.org/rss/1.0/\">\n<channel>", feed),
            ("<title>Tides</title>\n<p>Words.", page),
            ("<br>\n<p>Words.</p>\n<p>More words.</p>", page),
            ("<table>\n<tr><td>Low</td><td>High</td></tr>\n</table>\n", page),
            ("<center><h1>502 Bad Gateway</h1></center>\n<hr><center>proxy</center>", page),
            ("<div class=\"story\"><p>Words of the story.</p></div>", page),
            ("<h1>Tides</h1>\n\n<p>Words.</p>\n\n<p>More words.</p>\n", page),
            (
                "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url>",
                "a sitemap",
            ),
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"a\" \"b\">\n<plist version=\"1.0\"><dict/></plist>",
                "an XML file",
            ),
            (
                "From: <Saved>\nSubject: Tides\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n--x\n",
                "a saved page (MHTML)",
            ),
            ("<opml version=\"2.0\"><head/><body>", "an OPML outline"),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"><path/>", "an SVG picture"),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", "a feed (JSON Feed)"),
            ("{\n\"title\": \"x\", \"version\" : \"https:\\/\\/jsonfeed.org\\/version\\/1\"}", "a feed (JSON Feed)"),
        ] {
            for file in ["a", "a.txt", "a.xml", "a.md"] {
                assert_eq!(name(words, file), Some(wanted), "{words} as {file}");
            }
        }
    }

    #[test]
    fn an_article_may_begin_with_a_tag_or_a_comment() {
        for words in [
            "<!-- A comment -->\n\n# What is HTML?\n\nWords.",
            "<!-- never closed\n\nWords.",
            "<p align=\"center\"><img src=\"a.png\"></p>\n\n# Title",
            "<div>\n\n# Title\n\n</div>",
            "<details><summary>More</summary>Words.</details>",
            "<p align=\"center\"><b>Tides</b></p>\n\nA program that tells when the tide is in, and when it is not.",
            "<h1 align=\"center\">Tides of the northern coast</h1>\n\n## Use\n",
            "<div><img src=\"a.png\"></div>\n\nWords of an article that goes on for a while.\n\n<p>One part.</p>\n\nMore.",
            "<p> and <div> are the tags most pages have.",
            "<table> has <tr> and <td> in it.",
            "<div>-Suppe: zu viele <div> und <span>",
            "<title>Tides</title> is how a page is named, and <h1> how it begins.",
            "<html> is the root of every page.\n\n```html\n<html><head></head></html>\n```\n",
            "<html>, <head> and <body>: the skeleton",
            "<html>-Tags erklärt",
            "<html> <body> <p>: three tags",
            "<body> holds what is seen.",
            "<title> and <meta> belong into the head.",
            "<!doctype html> is what every page begins with.",
            "<rss> is the root of a feed.",
            "<feed> is that of another.",
            "<opml version=\"2.0\"> lists feeds.",
            "<?xml version=\"1.0\"?> is a declaration.",
            "<svg> is a picture in letters.",
            "<3 is a heart.",
            "< p > is no tag",
            "<https://example.com> is an address",
            "{{< figure >}} Words.",
            "{\"title\": \"Front matter\", \"version\": \"1\"}\n\nThe address jsonfeed.org/version/ is no version.",
        ] {
            assert_eq!(name(words, "a.md"), None, "{words}");
            assert_eq!(recognise(words, None), None, "{words}");
        }
        assert_eq!(name("    <!doctype html>\n    <p>\n\nis how a page begins.", "a.md"), None);
    }

    #[test]
    fn a_page_by_its_name_may_be_part_of_one() {
        assert_eq!(name("Words. <br> More words.", "a.html"), Some("a page"));
        assert_eq!(name("<p>Words.", "A.HTM"), Some("a page"));
        assert_eq!(name("Words, and a < b > c.", "a.html"), None);
    }
}
