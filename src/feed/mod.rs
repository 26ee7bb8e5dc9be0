//! Subscriptions: which feeds are read, when each is due, and what becomes of what they bring.
//!
//! Decisions only: `net` fetches, `library` keeps, `io` reads and writes `feeds.opml`.

mod arrival;
mod identity;
mod state;
mod subscription;

pub use arrival::{EntryArrival, FeedArrivals, FeedNews};
pub use identity::{EntryKeys, Recognition, recognise};
pub use state::FeedState;
pub use subscription::{Subscription, SubscriptionEdit, Subscriptions};
