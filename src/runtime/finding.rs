//! Looks what there is at an address: a feed, or a page with feeds.

use crate::article::address::is_web;
use crate::command::{Found, FoundFeed};
use crate::feed::feed_address;
use crate::intake::feed::{FeedHints, found_on, read};
use crate::io::clock;
use crate::net::{FeedRequest, FetchError, Network, fetch_feed};
use crate::text::shell;

/// Feeds of one page that can be chosen from.
const MOST: usize = 30;

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

/// An address as people type it, in full: `example.org/feed` has no scheme.
pub(crate) fn in_full(typed: &str) -> String {
    let typed = typed.trim();
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

/// What there is at an address in full.
///
/// # Errors
/// Those of [`fetch_feed`].
pub(crate) fn look(address: &str, network: &Network) -> Result<Found, FetchError> {
    let now = clock::now();
    let request = FeedRequest { address: address.to_owned(), now, ..FeedRequest::default() };
    let response = fetch_feed(&request, network, &mut |_| true)?;
    let base = response.content_location.unwrap_or_else(|| response.address.clone());
    let hints = FeedHints { address: Some(base), charset: response.charset };
    let body = response.body.unwrap_or_default();
    if let Ok(feed) = read(&body, &hints, now) {
        // A temporary redirect leads elsewhere tomorrow.
        let url = response.moved_to.unwrap_or_else(|| address.to_owned());
        return Ok(Found::Feed(FoundFeed { url, title: feed.title, home: feed.home }));
    }
    let mut found: Vec<FoundFeed> = Vec::new();
    for link in found_on(&body, &hints) {
        let is_new = !found.iter().any(|known| known.url == link.url);
        if is_web(&link.url) && is_new && found.len() < MOST {
            found.push(FoundFeed { url: link.url, title: link.title, home: Some(response.address.clone()) });
        }
    }
    Ok(Found::Page(found))
}

#[cfg(test)]
mod tests {
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
            ("./feed.xml", "./feed.xml"),
        ] {
            assert_eq!(in_full(typed), full);
        }
    }
}
