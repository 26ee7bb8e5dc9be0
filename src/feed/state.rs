//! What is remembered of a feed between two fetches.

use jiff::Timestamp;

/// What is remembered of a feed. It is lost with the library, and then the feed is fetched again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedState {
    /// What the feed calls itself.
    pub title: Option<String>,
    /// The page of the web it belongs to.
    pub home: Option<String>,
    /// Its `ETag`, to be sent back byte for byte.
    pub etag: Option<Vec<u8>>,
    /// Its Last-Modified, to be sent back byte for byte.
    pub last_modified: Option<Vec<u8>>,
    /// The SHA-256 of what it was when it last came: a server without validators sends the same again and again.
    pub body_hash: Option<[u8; 32]>,
    /// For how many minutes it asks to be left alone, as it says itself.
    pub ttl: Option<u32>,
    /// The hours of the day, 0 to 23 in UTC, at which it asks to be left alone, as it says itself.
    pub skip_hours: Vec<u8>,
    /// When it was last asked for, whatever came of it.
    pub checked_at: Option<Timestamp>,
    /// When it last came without an error.
    pub fetched_at: Option<Timestamp>,
    /// Before when it is not asked for by itself.
    pub due_at: Option<Timestamp>,
    /// Until when its server asked to be left alone (Retry-After), which also holds when a person asks.
    pub held_until: Option<Timestamp>,
    /// How often it failed, one after the other.
    pub failures: u32,
    /// What went wrong the last time, for people, with what to do.
    pub problem: Option<String>,
    /// Whether its server says that it is gone for good (410): it is not asked for until somebody says so.
    pub is_gone: bool,
}
