//! What a document is: a feed, or what instead.

use super::FoundLink;
use crate::intake::xml::{TokenKind, Tokens};

/// Pieces of a document that may stand before its root; servers put warnings there.
const REACH: usize = 200;

/// Feeds of a page that are named.
const NAMED: usize = 3;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// RSS, RDF, Atom or CDF.
    Feed,
    /// JSON, probably a feed.
    Json,
    /// A web page.
    Page,
    /// Something else: what, as a sentence.
    Other(&'static str),
}

/// What `words` are, by the first element that decides.
pub(super) fn of(words: &str) -> Root {
    let start = words.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.is_empty() {
        return Root::Other("it is empty");
    }
    if start.starts_with(['{', '[']) {
        return Root::Json;
    }
    let (mut has_tags, mut is_page) = (false, false);
    for token in Tokens::new(words).take(REACH) {
        match token.kind {
            TokenKind::Start { name, .. } => {
                let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
                match local.as_str() {
                    "rss" | "feed" | "channel" | "item" | "entry" => return Root::Feed,
                    "rdf" => return of_rdf(words),
                    "opml" => {
                        return Root::Other("this is an OPML outline: `dateline feeds import` subscribes to its feeds");
                    }
                    "urlset" | "sitemapindex" => return Root::Other("this is a sitemap, not a feed"),
                    "svg" => return Root::Other("this is an SVG picture, not a feed"),
                    "html" | "head" | "body" | "title" | "meta" => return Root::Page,
                    _ => has_tags = true,
                }
            }
            TokenKind::Other(declaration) => is_page |= is_html(declaration),
            _ => {}
        }
    }
    match has_tags {
        _ if is_page => Root::Page,
        true if start.starts_with("<?xml") => Root::Other("this is XML, but no feed"),
        true if start.starts_with('<') => Root::Page,
        _ => Root::Other("this is text, not a feed"),
    }
}

fn is_html(declaration: &str) -> bool {
    declaration.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
}

/// RDF says many things; a feed has a channel or items.
fn of_rdf(words: &str) -> Root {
    let is_feed = Tokens::new(words).any(|token| match token.kind {
        TokenKind::Start { name, .. } => {
            let local = name.rsplit(':').next().unwrap_or(name);
            local.eq_ignore_ascii_case("channel") || local.eq_ignore_ascii_case("item")
        }
        _ => false,
    });
    if is_feed { Root::Feed } else { Root::Other("this is RDF, but no feed") }
}

/// That something is a web page, and which feeds it has.
pub(super) fn describe_page(found: &[FoundLink]) -> String {
    let named: Vec<&str> = found.iter().take(NAMED).map(|link| link.url.as_str()).collect();
    match (named.as_slice(), found.len() - named.len()) {
        ([], _) => "this is a web page, and it names no feeds".to_owned(),
        ([one], _) => format!("this is a web page; its feed is: {one}"),
        (some, 0) => format!("this is a web page; its feeds are: {}", some.join(", ")),
        (some, more) => format!("this is a web page; its feeds are: {} and {more} more", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_by_its_first_element() {
        for (words, root) in [
            ("<rss>", Root::Feed),
            ("\u{feff}\n<?xml version='1.0'?><!-- a --><rdf:RDF><rss:channel>", Root::Feed),
            ("<CHANNEL HREF='a'>", Root::Feed),
            ("<!DOCTYPE html PUBLIC 'a' 'b'><rss>", Root::Feed),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", Root::Feed),
            ("<br />\n<b>Warning</b>: mysql_connect() in <b>/a.php</b><br />\n<?xml version='1.0'?><rss>", Root::Feed),
            ("{}", Root::Json),
            ("<!DOCTYPE html><p>", Root::Page),
            ("<HTML>", Root::Page),
            ("<p>a", Root::Page),
        ] {
            assert_eq!(of(words), root, "{words}");
        }
        for words in ["", " \n", "words", "<?xml version='1.0'?><plist/>", "<opml>", "<rdf:RDF><foaf:Person/>"] {
            assert!(matches!(of(words), Root::Other(_)), "{words}");
        }
    }
}
