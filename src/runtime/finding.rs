//! Looks what there is at an address: a feed, or a page with feeds.

use std::fmt;

use crate::article::SourceId;
use crate::article::address::is_web;
use crate::command::{Found, FoundFeed};
use crate::feed::{feed_address, file_of, is_command};
use crate::intake::feed::{FeedHints, found_on, read};
use crate::io::clock;
use crate::io::sources::{self, SourceError, SourceRef, named};
use crate::net::{FeedRequest, FetchError, Network, fetch_feed};
use crate::text::shell;

/// Feeds of one page that can be chosen from.
const MOST: usize = 30;

/// Why nobody can tell what there is.
#[derive(Debug)]
pub(crate) enum Unseen {
    /// It does not come from the web.
    Fetch(FetchError),
    /// The file cannot be read.
    File(SourceError),
}

impl Unseen {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Fetch(error) => error.hint(),
            Self::File(error) => error.hint(),
        }
    }
}

impl fmt::Display for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unseen {}

/// What there is at an address, for people.
///
/// # Errors
/// Why it does not come, with what to do about it.
pub(crate) fn find(address: &str, network: &Network) -> Result<Found, String> {
    let address = feed_address(&in_full(address)).map_err(|bad| bad.to_string())?;
    look(&address, network).map_err(|error| match error.hint() {
        Some(hint) => format!("{error}; {}", hint.replace("ADDRESS", &shell::word(address.as_bytes()))),
        None => error.to_string(),
    })
}

/// An address as people type it, in full: `example.org/feed` has no scheme, and a file is a path.
pub(crate) fn in_full(typed: &str) -> String {
    let typed = typed.trim();
    if let Some(id) = named::file_id(typed) {
        return id.to_string();
    }
    let is_host = typed
        .split(['/', '?', ':'])
        .next()
        .is_some_and(|host| host.contains('.') && !host.starts_with('.') || host == "localhost");
    if is_host && !typed.contains("://") && !typed.contains(char::is_whitespace) {
        format!("https://{typed}")
    } else {
        typed.to_owned()
    }
}

/// What there is at an address in full. A command is not run before feeds are fetched.
///
/// # Errors
/// [`Unseen`].
pub(crate) fn look(address: &str, network: &Network) -> Result<Found, Unseen> {
    if is_command(address) {
        return Ok(Found::Feed(FoundFeed { url: address.to_owned(), title: None, home: None }));
    }
    if file_of(address).is_some() {
        let path = SourceId::from_iri(address).file_path().unwrap_or_default();
        let file = sources::read(&SourceRef::Found(path)).map_err(Unseen::File)?;
        return Ok(found(&file.bytes, &FeedHints::default(), address.to_owned(), None));
    }
    let request = FeedRequest { address: address.to_owned(), now: clock::now(), ..FeedRequest::default() };
    let response = fetch_feed(&request, network, &mut |_| true).map_err(Unseen::Fetch)?;
    let base = response.content_location.unwrap_or_else(|| response.address.clone());
    let hints = FeedHints { address: Some(base), charset: response.charset };
    // A temporary redirect leads elsewhere tomorrow.
    let url = response.moved_to.unwrap_or_else(|| address.to_owned());
    Ok(found(&response.body.unwrap_or_default(), &hints, url, Some(&response.address)))
}

/// What these bytes are: the feed at `url`, or a page with feeds.
fn found(bytes: &[u8], hints: &FeedHints, url: String, page: Option<&String>) -> Found {
    if let Ok(feed) = read(bytes, hints, clock::now()) {
        return Found::Feed(FoundFeed { url, title: feed.title, home: feed.home });
    }
    let mut found: Vec<FoundFeed> = Vec::new();
    for link in found_on(bytes, hints) {
        let is_new = !found.iter().any(|known| known.url == link.url);
        // No page names a file or a command of this machine.
        if is_web(&link.url) && is_new && found.len() < MOST {
            found.push(FoundFeed { url: link.url, title: link.title, home: page.cloned() });
        }
    }
    Found::Page(found)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out a file")]

    use super::*;

    #[test]
    fn an_address_is_completed_where_it_is_one() {
        for (typed, full) in [
            (" example.org/feed ", "https://example.org/feed"),
            ("localhost:8000/x", "https://localhost:8000/x"),
            ("http://example.org", "http://example.org"),
            ("exec:cat a.xml", "exec:cat a.xml"),
            ("feed:https://example.org", "feed:https://example.org"),
            ("words of mine.", "words of mine."),
            ("word", "word"),
            ("//example.org/feed", "//example.org/feed"),
            ("/nonexistent/a feed.xml", "file:///nonexistent/a%20feed.xml"),
            ("file:///nonexistent/feed.xml", "file:///nonexistent/feed.xml"),
        ] {
            assert_eq!(in_full(typed), full);
        }
        let here = std::path::absolute("Cargo.toml").unwrap();
        for typed in ["Cargo.toml", "./Cargo.toml", "src/../Cargo.toml"] {
            let id = SourceId::from_iri(in_full(typed));
            assert_eq!(id.file_path().unwrap().canonicalize().unwrap(), here.canonicalize().unwrap(), "{typed}");
        }
    }

    #[test]
    fn a_file_is_a_feed_or_a_page_and_leads_to_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let look = |words: &str| {
            let path = folder.path().join("a b.xml");
            std::fs::write(&path, words).unwrap();
            look(&in_full(path.to_str().unwrap()), &Network::default())
        };
        let feed = "<rss><channel><title>Mine</title><item><title>One</title></item></channel></rss>";
        let Ok(Found::Feed(feed)) = look(feed) else { panic!() };
        assert!(feed.title.as_deref() == Some("Mine") && feed.url.ends_with("/a%20b.xml"), "{feed:?}");
        let link = |to: &str| format!("<link rel=alternate type=application/rss+xml href=\"{to}\">");
        let page = ["https://example.org/feed", "file:///etc/passwd", "exec:id", "b.xml"].map(link).concat();
        let Ok(Found::Page(feeds)) = look(&format!("<html><head>{page}</head><body>Words</body></html>")) else {
            panic!()
        };
        assert_eq!(feeds.iter().map(|feed| feed.url.as_str()).collect::<Vec<_>>(), ["https://example.org/feed"]);
        assert!(matches!(super::look("file:///nonexistent/x", &Network::default()), Err(Unseen::File(_))));
    }
}
