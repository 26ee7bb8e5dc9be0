//! Subscriptions: which feeds are read, when each is due, and what becomes of what they bring.
//!
//! Decisions only: `net` fetches, `library` keeps, `io` reads and writes `feeds.opml`.

mod arrival;
mod from_feed;
mod full_text;
mod state;
mod subscription;

pub use arrival::{EntryArrival, FeedArrivals, FeedNews};
pub use from_feed::{FeedText, FromFeed, described};
pub use full_text::{NoFullText, full_text};
pub use state::FeedState;
pub use subscription::{Subscription, SubscriptionEdit, Subscriptions};
