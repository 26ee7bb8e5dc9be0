//! Fetches pages of the web, under limits: time, bytes, redirects, and where those may lead.
//!
//! * `page_fetch`: one request after the other, until there is a page
//! * `feed_fetch`, `feed_request`: the same for a feed, which may not have changed, or have moved
//! * `client`: one request, and the connections that are kept for the next; `failure`: what the client reports
//! * `guard`: that nothing of the public internet leads into a private network
//! * `network`: how the web is reached from here
//! * `credentials`: what the reader is known by to the servers of feeds
//! * `freshness`: for how long an answer may be used without asking again
//! * `own_certificates`: secure connections to hosts that the reader's own certificates vouch for
//! * `redirects`: where a page leads on, and whether that is followed
//! * `reach`: which addresses of the network belong to the public internet
//! * `plain_proxy`: how a proxy is asked for a page that needs no secrecy
//! * `proxies`: what the environment says of proxies
//! * `content`: what a server says a page is
//! * `error`: what goes wrong, in words for people

mod client;
mod content;
mod credentials;
mod error;
mod failure;
mod feed_fetch;
mod feed_request;
#[cfg(test)]
mod feed_tests;
mod freshness;
mod guard;
mod network;
mod own_certificates;
mod page_fetch;
mod plain_proxy;
mod proxies;
mod reach;
mod redirects;
#[cfg(test)]
pub(crate) mod server;
#[cfg(test)]
mod tests;

pub use client::{Client, Progress};
pub use credentials::Credentials;
pub use error::FetchError;
pub use feed_fetch::fetch_feed;
pub use feed_request::FeedRequest;
pub use network::{Network, Roots};
pub use page_fetch::fetch;
pub use proxies::Proxies;
