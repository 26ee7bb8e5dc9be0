//! Looks what there is at an address: a feed, or a page with feeds.

use crate::command::Found;
use crate::net::Network;

/// What there is at an address.
///
/// # Errors
/// Why it does not come, for people.
pub(super) fn find(_address: &str, _network: &Network) -> Result<Found, String> {
    Ok(Found::Page(Vec::new()))
}
