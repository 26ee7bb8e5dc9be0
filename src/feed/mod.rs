//! Subscriptions: which feeds are read, when each is due, and what becomes of what they bring.
//!
//! Decisions only: `net` fetches, `library` keeps, `io` reads and writes `feeds.opml`.

mod arrival;
mod http_date;
mod identity;
mod schedule;
mod state;
mod subscription;
mod teaser;

pub use arrival::{EntryArrival, FeedArrivals, FeedNews};
pub use http_date::http_date;
pub use identity::{EntryKeys, Recognition, recognise};
pub use schedule::{Outcome, Validity, retry_at};
pub use state::FeedState;
pub use subscription::{Subscription, SubscriptionEdit, Subscriptions};
pub use teaser::is_teaser;
