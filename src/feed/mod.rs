//! Subscriptions: which feeds are read, when each is due, and what becomes of what they bring.
//!
//! Decisions only: `net` fetches, `library` keeps, `io` reads and writes `feeds.opml`.
//!
//! * `address`: what may stand where the address of a feed is wanted
//! * `subscription`, `subscriptions`: a feed, all of them, and how they change
//! * `opml`: the file they are in
//! * `newsboat`: the `urls` file of newsboat; `feed_list`: either, as another reader wrote it
//! * `schedule`, `state`: when a feed is asked for, and what is remembered of it; `http_date`: instants of servers
//! * `arrival`: what a feed brings; `identity`: which of it came before
//! * `teaser`: whether a feed has only the beginning of an article; `full_text`: whether its page is worth taking
//! * `from_feed`: what is known of an article that came from a feed

mod address;
mod arrival;
mod feed_list;
mod from_feed;
mod full_text;
mod http_date;
mod identity;
mod newsboat;
mod opml;
mod schedule;
mod state;
mod subscription;
mod subscriptions;
mod teaser;

pub use address::{BadAddress, feed_address, file_of, is_command, is_local};
pub use arrival::{EntryArrival, FeedArrivals, FeedNews};
pub use feed_list::{FeedList, NoFeedList};
pub use from_feed::{FeedText, FromFeed, described};
pub use full_text::{NoFullText, full_text};
pub use http_date::http_date;
pub use identity::{EntryKeys, Recognition, is_beginning, recognise};
pub use newsboat::NewsboatUrls;
pub use opml::NoOpml;
pub use schedule::{Outcome, Validity, retry_at};
pub use state::FeedState;
pub use subscription::{Subscription, SubscriptionEdit};
pub use subscriptions::{EditError, Subscriptions};
pub use teaser::is_teaser;
