//! Whose names the elements of a feed are: by the address their prefix stands for, else by the prefix that is usual.

use std::borrow::Cow;

/// A set of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// Those of RSS and CDF, which are in no namespace, or in one of many.
    Core,
    /// Atom's, which mean the same as [`Core`](Self::Core) but say how words are marked up.
    Atom,
    /// Dublin Core.
    Dublin,
    /// `content:encoded`.
    Content,
    /// Media RSS.
    Media,
    /// Podcasts.
    Itunes,
    /// Of a service that counts readers.
    Feedburner,
    /// How often a feed changes.
    Syndication,
    /// XHTML.
    Xhtml,
    /// None that is known.
    Unknown,
}

use Vocabulary::{Atom, Content, Core, Dublin, Feedburner, Itunes, Media, Syndication, Unknown, Xhtml};

/// Addresses in lower case, without scheme, `www.`, and signs at the end.
const ADDRESSES: [(&str, Vocabulary); 28] = [
    ("w3.org/2005/atom", Atom),
    ("purl.org/atom/ns", Atom),
    ("purl.org/echo", Atom),
    ("purl.org/pie", Atom),
    ("purl.org/rss/1.0", Core),
    ("purl.org/rss/1.0/modules/rss091", Core),
    ("purl.org/net/rss1.1", Core),
    ("my.netscape.com/rdf/simple/0.9", Core),
    ("channel.netscape.com/rdf/simple/0.9", Core),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Core),
    ("backend.userland.com/rss", Core),
    ("backend.userland.com/rss2", Core),
    ("backend.userland.com/rss091", Core),
    ("backend.userland.com/rss092", Core),
    ("blogs.law.harvard.edu/tech/rss", Core),
    ("cyber.law.harvard.edu/rss", Core),
    ("purl.org/dc/elements/1.0", Dublin),
    ("purl.org/dc/elements/1.1", Dublin),
    ("purl.org/dc/terms", Dublin),
    ("purl.org/rss/1.0/modules/content", Content),
    ("search.yahoo.com/mrss", Media),
    ("search.yahoo.com/rss", Media),
    ("video.search.yahoo.com/mrss", Media),
    ("rssnamespace.org/feedburner/ext/1.0", Feedburner),
    ("itunes.com/dtds/podcast-1.0.dtd", Itunes),
    ("example.com/dtds/podcast-1.0.dtd", Itunes),
    ("purl.org/rss/1.0/modules/syndication", Syndication),
    ("w3.org/1999/xhtml", Xhtml),
];

/// Prefixes that are used without being declared, or for an address nobody knows.
const PREFIXES: [(&str, Vocabulary); 13] = [
    ("atom", Atom),
    ("atom10", Atom),
    ("atom03", Atom),
    ("rss", Core),
    ("dc", Dublin),
    ("dcterms", Dublin),
    ("content", Content),
    ("media", Media),
    ("itunes", Itunes),
    ("feedburner", Feedburner),
    ("sy", Syndication),
    ("xhtml", Xhtml),
    ("html", Xhtml),
];

/// Prefixes that are remembered at once; a feed has some ten.
const MAX_BINDINGS: usize = 256;

fn of_address(address: &str) -> Option<Vocabulary> {
    let address = address.trim().to_ascii_lowercase();
    let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let address = address.trim_start_matches("www.").trim_end_matches(['/', '#']);
    ADDRESSES.iter().find(|(known, _)| *known == address).map(|(_, vocabulary)| *vocabulary)
}

fn of_prefix(prefix: &str) -> Vocabulary {
    PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix)).map_or(Unknown, |(_, vocabulary)| *vocabulary)
}

/// What prefixes mean at some place of a document.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    /// With the depth of the element that declares them.
    bindings: Vec<(usize, &'a str, Vocabulary)>,
}

impl<'a> Scope<'a> {
    /// An element begins that is called `element` and stands in `depth` others.
    pub(super) fn enter(&mut self, depth: usize, element: &str, attributes: &[(&'a str, Cow<'a, str>)]) {
        self.leave(depth);
        let own = element.split_once(':').map_or("", |(prefix, _)| prefix);
        for (name, address) in attributes {
            let prefix = if *name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix.filter(|_| self.bindings.len() < MAX_BINDINGS) {
                let usual = match prefix {
                    // The root is what it calls itself, whatever its namespace.
                    prefix if depth == 0 && prefix == own => Core,
                    "" if address.is_empty() => Core,
                    prefix => of_prefix(prefix),
                };
                self.bindings.push((depth, prefix, of_address(address).unwrap_or(usual)));
            }
        }
    }

    /// Forgets what elements declared that stand in `depth` others or more.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|(declared, ..)| *declared >= depth) {
            self.bindings.pop();
        }
    }

    /// The vocabulary of a name, and the name without its prefix.
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Vocabulary, &'n str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let bound = self.bindings.iter().rev().find(|(_, known, _)| *known == prefix);
        let usual = || if prefix.is_empty() { Core } else { of_prefix(prefix) };
        (bound.map_or_else(usual, |(.., vocabulary)| *vocabulary), local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_means_what_is_declared_where_it_stands_and_else_what_it_usually_does() {
        let mut scope = Scope::default();
        assert_eq!(scope.resolve("dc:date"), (Dublin, "date"));
        assert_eq!(scope.resolve("title"), (Core, "title"));
        assert_eq!(scope.resolve("geo:title"), (Unknown, "title"));
        scope.enter(
            0,
            "feed",
            &[("xmlns", "http://www.w3.org/2005/Atom".into()), ("xmlns:d", "http://purl.org/dc/terms/".into())],
        );
        assert_eq!((scope.resolve("title").0, scope.resolve("d:date").0), (Atom, Dublin));
        scope.enter(1, "x", &[("xmlns", "urn:other".into())]);
        assert_eq!(scope.resolve("title").0, Unknown);
        scope.leave(1);
        assert_eq!(scope.resolve("title").0, Atom);
        scope.enter(0, "feed", &[("xmlns", "urn:never-heard-of".into())]);
        assert_eq!(scope.resolve("title").0, Core);
        scope.enter(0, "a:feed", &[("xmlns:a", "urn:never-heard-of".into())]);
        assert_eq!(scope.resolve("a:title").0, Core);
    }
}
