//! Fetches a feed: whatever its server calls it.

use super::{FeedRequest, FeedResponse, FetchError, Network, Progress, fetch};

/// Fetches a feed. `watch` hears how far it has come, and says whether to go on.
///
/// # Errors
/// Those of [`fetch`].
pub fn fetch_feed(
    request: &FeedRequest,
    network: &Network,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<FeedResponse, FetchError> {
    let fetched = fetch(&request.address, network, watch)?;
    Ok(FeedResponse {
        body: Some(fetched.bytes),
        address: fetched.address,
        charset: fetched.charset,
        ..FeedResponse::default()
    })
}
