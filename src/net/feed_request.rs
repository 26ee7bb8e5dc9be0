//! What is asked of a feed's server, and what it answers.

use jiff::Timestamp;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct FeedRequest {
    /// The address of the feed.
    pub address: String,
    /// The ETag it had the last time.
    pub etag: Option<Vec<u8>>,
    /// The Last-Modified it had the last time.
    pub last_modified: Option<Vec<u8>>,
    /// The time, from which it is counted how long the answer may be used.
    pub now: Timestamp,
}

/// What is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedResponse {
    /// The feed, decompressed; none if it has not changed.
    pub body: Option<Vec<u8>>,
    /// Where it was at last.
    pub address: String,
    /// Where it has moved for good: as far as no temporary redirect came before.
    pub moved_to: Option<String>,
    /// The encoding its server declares.
    pub charset: Option<String>,
    /// What its addresses are relative to, if the server says so (Content-Location).
    pub content_location: Option<String>,
    /// Its ETag.
    pub etag: Option<Vec<u8>>,
    /// Its Last-Modified.
    pub last_modified: Option<Vec<u8>>,
    /// Until when it may be used without asking again (Cache-Control, Expires).
    pub fresh_until: Option<Timestamp>,
}
