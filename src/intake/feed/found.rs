//! The feeds a web page names.

use super::FeedHints;
use super::plain::line;
use crate::article::address::{WebAddress, absolute};
use crate::intake::xml::{TokenKind, Tokens, decode_entities};

/// Feeds of one page, at most.
const MOST: usize = 30;

/// Characters of the longest title.
const LONGEST_TITLE: usize = 200;

/// A feed a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLink {
    /// Its address.
    pub url: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// Types of feeds.
const TYPES: [&str; 10] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/rss",
    "application/atom",
    "application/x.atom+xml",
    "application/x-rss+xml",
    "text/rss+xml",
    "text/rss",
];

/// How the path of a feed ends, in lower case.
const ENDINGS: [&str; 18] = [
    "/feed",
    "/rss",
    "/atom",
    ".rss",
    ".atom",
    ".rdf",
    "/rss.xml",
    "/atom.xml",
    "/feed.xml",
    "/feed.json",
    "/feeds",
    "/index.xml",
    "/rss2",
    "/feed.rss",
    ".atom.xml",
    ".rss.xml",
    "/feed.php",
    "/rss.php",
];

/// What a link is, the likelier the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// The page says it is its feed.
    Declared,
    /// It looks like one.
    Linked,
}

/// The feeds the page in `words` names: first those it declares, of these those of its own site; feeds of comments last.
pub(super) fn found_in(words: &str, hints: &FeedHints) -> Vec<FoundLink> {
    let mut search = Search { base: hints.address.clone(), found: Vec::new() };
    let mut hidden: Option<&str> = None;
    // The link whose words are being read, by its place in what was found.
    let mut open: Option<usize> = None;
    for token in Tokens::new(words) {
        match token.kind {
            TokenKind::End { name } if hidden.is_some_and(|hidden| hidden.eq_ignore_ascii_case(name)) => hidden = None,
            _ if hidden.is_some() => {}
            TokenKind::Start { name, attributes, is_empty } => {
                let get = |wanted: &str| {
                    let found = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
                    found.map(|(_, value)| value.trim())
                };
                match name.to_ascii_lowercase().as_str() {
                    "script" | "style" | "template" if !is_empty => hidden = Some(name),
                    "base" => {
                        let base = get("href").and_then(|base| absolute(base, search.base.as_deref()));
                        search.base = base.or(search.base);
                    }
                    "link" => search.declared(get("rel"), get("type"), get("href"), get("title")),
                    "a" => open = search.linked(get("href"), get("type"), get("title")),
                    _ => {}
                }
            }
            TokenKind::Text(more) => search.name(open, &decode_entities(more)),
            TokenKind::End { name } if name.eq_ignore_ascii_case("a") => open = None,
            _ => {}
        }
    }
    search.finish(hints.address.as_deref())
}

struct Search {
    base: Option<String>,
    found: Vec<(Likelihood, FoundLink)>,
}

impl Search {
    /// `<link rel="alternate" type="application/rss+xml" href="…">`.
    fn declared(&mut self, rel: Option<&str>, kind: Option<&str>, target: Option<&str>, title: Option<&str>) {
        let rel = rel.unwrap_or_default().to_ascii_lowercase();
        let is = |wanted: &str| rel.split_ascii_whitespace().any(|word| word == wanted);
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let target = target.unwrap_or_default();
        // Types that say less than the address.
        let is_vague = matches!(kind, "application/xml" | "text/xml" | "application/json");
        let is_feed = TYPES.contains(&kind) || is_vague && looks_like_feed(target);
        if is("feed") || is("alternate") && is_feed {
            self.add(Likelihood::Declared, target, title);
        }
    }

    /// A link that people see.
    fn linked(&mut self, target: Option<&str>, kind: Option<&str>, title: Option<&str>) -> Option<usize> {
        let target = target?;
        let is_typed = kind.is_some_and(|kind| TYPES.contains(&kind.to_ascii_lowercase().as_str()));
        let is_feed = is_typed || target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("feed:"));
        (is_feed || looks_like_feed(target)).then(|| self.add(Likelihood::Linked, target, title)).flatten()
    }

    /// Gives the place of a link that was not there yet.
    fn add(&mut self, likelihood: Likelihood, target: &str, title: Option<&str>) -> Option<usize> {
        let url = absolute(&without_feed_scheme(target), self.base.as_deref())?;
        let title = title.and_then(line).map(|title| title.chars().take(LONGEST_TITLE).collect());
        let is_known = self.found.iter().any(|(_, known)| known.url == url);
        if is_known || self.found.len() >= MOST {
            return None;
        }
        self.found.push((likelihood, FoundLink { url, title }));
        Some(self.found.len() - 1)
    }

    /// A link without a title is called by its words.
    fn name(&mut self, at: Option<usize>, words: &str) {
        if let Some((_, link)) = at.and_then(|at| self.found.get_mut(at))
            && link.title.as_ref().is_none_or(|title| title.chars().count() < LONGEST_TITLE)
        {
            let so_far = link.title.take().unwrap_or_default();
            link.title = line(&format!("{so_far} {words}")).map(|title| title.chars().take(LONGEST_TITLE).collect());
        }
    }

    fn finish(mut self, address: Option<&str>) -> Vec<FoundLink> {
        let site = address.and_then(site_of);
        let is_elsewhere = |url: &str| site.is_some() && site_of(url) != site;
        self.found.sort_by_key(|(likelihood, link)| (*likelihood, is_of_comments(link), is_elsewhere(&link.url)));
        self.found.into_iter().map(|(_, link)| link).collect()
    }
}

/// `feed:https://…` and `feed://…` as they are meant.
fn without_feed_scheme(target: &str) -> String {
    match target.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("feed") => match rest.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => rest.to_owned(),
        },
        _ => target.to_owned(),
    }
}

fn looks_like_feed(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
    let is_asked_for = target.split_once('?').is_some_and(|(_, query)| {
        let query = query.to_ascii_lowercase();
        ["feed=", "format=rss", "format=atom", "format=feed"].iter().any(|sign| query.contains(sign))
    });
    let path = format!("/{}", path.trim_start_matches('/'));
    // Sites that serve nothing else.
    let has_feed_host = WebAddress::parse(target).is_some_and(|address| address.host().starts_with("feeds."));
    is_asked_for || has_feed_host || ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn is_of_comments(link: &FoundLink) -> bool {
    let is_named = link.title.as_deref().is_some_and(|title| {
        let title = title.to_lowercase();
        ["comment", "kommentar", "commentaire", "comentario", "commenti", "reacties"]
            .iter()
            .any(|word| title.contains(word))
    });
    is_named || link.url.contains("/comments")
}

/// The host without `www.`.
fn site_of(address: &str) -> Option<String> {
    WebAddress::parse(address).map(|address| address.host().trim_start_matches("www.").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<(String, Option<String>)> {
        let hints = FeedHints { address: Some("https://gazette.example/news/".to_owned()), charset: None };
        found_in(page, &hints).into_iter().map(|link| (link.url, link.title)).collect()
    }

    #[test]
    fn declared_feeds_come_first_and_comments_last() {
        let page = r#"<html><head><script>let a = '<link rel="alternate" type="application/rss+xml" href="/no">'</script>
            <link rel="alternate" type="application/rss+xml" title="Gazette &raquo; Comments" href="/comments/feed/">
            <link rel=alternate type=application/atom+xml href=https://other.example/atom>
            <LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="Gazette" HREF="feed/">
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel="alternate" hreflang="de" href="/de/"><link rel=stylesheet href=a.css></head>
            <a href="feed:https://gazette.example/all.xml">All <b>news</b></a> <a href="/rss.xml"></a> <a href="/feed/">Again</a>
            <a href="feed/">Gazette</a><a href="/about">About</a><a href="javascript:rss.rss">no</a>"#;
        let some = |title: &str| Some(title.to_owned());
        assert_eq!(
            found(page),
            [
                ("https://gazette.example/news/feed/".to_owned(), some("Gazette")),
                ("https://other.example/atom".to_owned(), None),
                ("https://gazette.example/comments/feed/".to_owned(), some("Gazette » Comments")),
                ("https://gazette.example/all.xml".to_owned(), some("All news")),
                ("https://gazette.example/rss.xml".to_owned(), None),
                ("https://gazette.example/feed/".to_owned(), some("Again")),
            ]
        );
    }

    #[test]
    fn addresses_that_look_like_feeds_are_found_among_the_links() {
        for target in [
            "/rss",
            "/a/feed/",
            "/feeds/all.atom.xml",
            "/feed.php?lang=en",
            "/?feed=rss2",
            "feed://a.example/x",
            "https://feeds.gazette.example/top",
        ] {
            assert_eq!(found(&format!("<a href='{target}'>a</a>")).len(), 1, "{target}");
        }
        for target in
            ["/", "/feedback", "/rss-explained", "/news.xml", "https://feedsome.example/", "mailto:feed@a.example"]
        {
            assert_eq!(found(&format!("<a href='{target}'>a</a>")), [], "{target}");
        }
    }

    #[test]
    fn a_base_counts_and_nothing_is_found_twice_or_without_end() {
        assert_eq!(
            found("<base href='/a/'><link rel='feed' href='b'><link rel='feed' href='/a/b'>"),
            [("https://gazette.example/a/b".to_owned(), None)]
        );
        let many: String = (0..1000)
            .flat_map(|number| ["<a href='/".to_owned(), number.to_string(), ".rss'>a</a>".to_owned()])
            .collect();
        assert_eq!(found(&many).len(), MOST);
        assert!(found(&"<a href='/a/feed'>".repeat(100_000)).len() == 1);
    }
}
