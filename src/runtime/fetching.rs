//! Fetches feeds: many at once, few from one host, each of them kept before the next is told of.

use jiff::Timestamp;

use crate::feed::{FeedArrivals, FeedNews, FeedState, Subscription};
use crate::net::Network;

/// What became of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FetchStatus {
    /// It came.
    Ok,
    /// It came, and is as it was.
    Unchanged,
    /// Its server asked to be left alone until later, so it was not asked.
    Held,
    /// It is paused, by the reader or by its server.
    Paused,
    /// It did not come.
    Error,
}

/// What became of a feed, told once for each.
#[derive(Clone, Debug)]
pub(crate) struct FetchReport {
    /// Its address, as it is subscribed to.
    pub(crate) url: String,
    /// Its name.
    pub(crate) title: Option<String>,
    /// What became of it.
    pub(crate) status: FetchStatus,
    /// What it brought.
    pub(crate) news: FeedNews,
    /// What went wrong, for people.
    pub(crate) error: Option<String>,
    /// What to do about it.
    pub(crate) hint: Option<String>,
    /// Where it has moved for good: `feeds.opml` is to follow.
    pub(crate) moved_to: Option<String>,
}

/// How feeds are fetched.
pub(crate) struct FetchPlan {
    /// The feeds, each with what is remembered of it.
    pub(crate) feeds: Vec<(Subscription, FeedState)>,
    /// Whether a person asked for them: then they are fetched whether they are due or not.
    pub(crate) is_asked_for: bool,
    /// How the web is reached.
    pub(crate) network: Network,
    /// When this began.
    pub(crate) now: Timestamp,
}

/// Fetches feeds, in threads. `keep` is called for each that came, here, and `report` for each when all is kept; the
/// answer of `report` says whether to go on. It returns when the last is told.
pub(crate) fn fetch(
    _plan: FetchPlan,
    _keep: &mut dyn FnMut(FeedArrivals) -> Result<FeedNews, String>,
    _report: &mut dyn FnMut(FetchReport) -> bool,
) {
}
