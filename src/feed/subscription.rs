//! A feed that a reader subscribes to, and changes to it.

use super::address::key;

/// One feed in one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// The address of the feed (`xmlUrl`), or `exec:COMMAND`, as it was typed.
    pub url: String,
    /// What the reader calls it; none to call it what it calls itself.
    pub title: Option<String>,
    /// The folders it lies in, the outermost first.
    pub folder: Vec<String>,
    /// Its tags: what it brings gets them.
    pub tags: Vec<String>,
    /// Whether it is left alone.
    pub is_paused: bool,
    /// Whether the pages of its articles are fetched as they arrive.
    pub fetches_pages: bool,
    /// The page of the web it belongs to (`htmlUrl`).
    pub home: Option<String>,
    /// A command that the feed is piped through (newsboat's `filter:`).
    pub filter: Option<String>,
    /// What else its outline says, kept as it is: names and values.
    pub other: Vec<(String, String)>,
}

impl Subscription {
    /// Whether two stand for the same feed in the same folder.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.folder == other.folder && key(&self.url) == key(&other.url)
    }
}

/// A change to the subscriptions: something is taken away, put in, or replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionEdit {
    /// What is taken away, or replaced.
    pub take: Vec<Subscription>,
    /// What is put in, or replaces it, in the same order.
    pub add: Vec<Subscription>,
}

impl SubscriptionEdit {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { take: self.add.clone(), add: self.take.clone() }
    }
}
