//! Looks what there is at an address: a feed, or a page with feeds.

use crate::command::{Found, FoundFeed};
use crate::intake::feed::{self, FeedHints};
use crate::io::clock;
use crate::net::{FeedRequest, Network, fetch_feed};

use super::with_hint;

/// What there is at an address.
///
/// # Errors
/// Why it does not come, for people.
pub(super) fn find(address: &str, network: &Network) -> Result<Found, String> {
    let now = clock::now();
    let request = FeedRequest { address: address.to_owned(), now, ..FeedRequest::default() };
    let response = fetch_feed(&request, network, &mut |_| true)
        .map_err(|error| format!("{}.", with_hint(&error, error.hint())))?;
    let Some(body) = response.body else { return Ok(Found::Page(Vec::new())) };
    let base = response.content_location.unwrap_or_else(|| response.address.clone());
    let hints = FeedHints { address: Some(base), charset: response.charset };
    if let Ok(feed) = feed::read(&body, &hints, now) {
        // It is asked for where it has moved for good, not where it is today.
        let url = response.moved_to.unwrap_or_else(|| address.to_owned());
        return Ok(Found::Feed(FoundFeed { url, title: feed.title, home: feed.home }));
    }
    let home = response.address;
    let links = feed::found_on(&body, &hints).into_iter();
    let found = links.map(|link| FoundFeed { url: link.url, title: link.title, home: Some(home.clone()) });
    Ok(Found::Page(found.collect()))
}
