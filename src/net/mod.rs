//! Fetches pages of the web, under limits: time, bytes, redirects, and where those may lead.
//!
//! * `agent`: one request after the other, until there is a page
//! * `feed_fetch`: the same for a feed, whatever its server calls it
//! * `feed_request`: what is asked of a feed's server, and what it answers
//! * `own_certificates`: secure connections to hosts that the reader's own certificates vouch for
//! * `redirects`: where a page leads on, and whether that is followed
//! * `reach`: which addresses of the network belong to the public internet
//! * `plain_proxy`: how a proxy is asked for a page that needs no secrecy
//! * `proxies`: what the environment says of proxies
//! * `content`: what a server says a page is
//! * `error`: what goes wrong, in words for people

mod agent;
mod content;
mod error;
mod feed_fetch;
mod feed_request;
mod own_certificates;
mod plain_proxy;
mod proxies;
mod reach;
mod redirects;
#[cfg(test)]
pub(crate) mod server;
#[cfg(test)]
mod tests;

pub use agent::{Network, Progress, Roots, fetch};
pub use error::FetchError;
pub use feed_fetch::fetch_feed;
pub use feed_request::{FeedRequest, FeedResponse};
pub use proxies::Proxies;
