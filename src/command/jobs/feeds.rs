//! Jobs of the family *feeds*: subscriptions, and fetching what they bring.

use crate::command::Notice;
use crate::feed::{FeedState, SubscriptionEdit, Subscriptions};

use super::{Answer, FAILED, Reply, Request, failure_notice};

/// Something to be done about subscriptions.
#[derive(Clone, Debug)]
pub enum FeedJob {
    /// Fetch feeds; answered by [`FeedAnswer::Fetching`] and at last by [`FeedAnswer::Fetched`].
    Fetch {
        /// The addresses of the feeds; none for all.
        feeds: Option<Vec<String>>,
        /// Whether a person asked, and not the clock.
        is_asked_for: bool,
    },
    /// Stop fetching; what came is kept.
    CancelFetch,
    /// Change `feeds.opml`; answered by [`FeedAnswer::Saved`].
    Edit {
        /// The change.
        edit: SubscriptionEdit,
        /// What to tell the reader when it is done.
        done: String,
    },
    /// See whether `feeds.opml` was changed by others; answered by [`FeedAnswer::Subscriptions`] if it was.
    Refresh,
    /// Look what feeds there are at an address; answered by [`FeedAnswer::Found`].
    Find {
        /// Only the answer to the latest counts.
        request: Request<Result<Found, String>>,
        /// What was typed.
        address: String,
    },
}

/// What there is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A feed.
    Feed(FoundFeed),
    /// A page, or something else, with the feeds that it names; it may name none.
    Page(Vec<FoundFeed>),
}

/// A feed that was found at an address, or on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFeed {
    /// Its address.
    pub url: String,
    /// Its name.
    pub title: Option<String>,
    /// The page it belongs to.
    pub home: Option<String>,
}

impl FeedJob {
    /// What is answered if it cannot be carried out.
    pub fn failure(&self) -> Answer {
        match self {
            Self::Edit { .. } => Answer::Feeds(FeedAnswer::Saved(Err(FAILED.to_owned()))),
            Self::Fetch { .. } => Answer::Feeds(FeedAnswer::Fetched(FetchSummary::default())),
            Self::Find { request, .. } => Answer::Feeds(FeedAnswer::Found(request.reply(Err(FAILED.to_owned())))),
            Self::Refresh | Self::CancelFetch => failure_notice(),
        }
    }
}

/// What is known of subscriptions.
#[derive(Debug)]
pub enum FeedAnswer {
    /// The subscriptions were read at the start, or somebody else changed them.
    Subscriptions {
        /// All of them; none if they cannot be read, and those that are known stay.
        subscriptions: Option<Subscriptions>,
        /// What is wrong with the file.
        notices: Vec<Notice>,
    },
    /// A change was written: all subscriptions, and what to tell the reader; or what went wrong.
    Saved(Result<(Subscriptions, String), String>),
    /// What is remembered of each feed, by its address.
    States(Vec<(String, FeedState)>),
    /// How far fetching is: told a few times a second.
    Fetching(FetchProgress),
    /// Fetching has ended.
    Fetched(FetchSummary),
    /// Feeds that were found at an address; or what went wrong.
    Found(Reply<Result<Found, String>>),
}

/// How far fetching is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FetchProgress {
    /// Feeds that are done.
    pub done: usize,
    /// Feeds in all.
    pub total: usize,
    /// New articles so far.
    pub new: usize,
    /// Whether a person asked for it.
    pub is_asked_for: bool,
}

/// What came of fetching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchSummary {
    /// Feeds that were asked.
    pub feeds: usize,
    /// New articles.
    pub new: usize,
    /// The headlines of the first few of them, for the notify command.
    pub titles: Vec<String>,
    /// Articles with other words.
    pub updated: usize,
    /// What failed: the name of the feed, and why.
    pub failed: Vec<(String, String)>,
    /// How many feeds were not fetched since nothing can be kept, and why.
    pub stopped: Option<(usize, String)>,
    /// Whether a person asked for it.
    pub is_asked_for: bool,
}
