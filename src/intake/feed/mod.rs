//! Feeds: what RSS, RDF, Atom, CDF and JSON Feed say, whatever their version and however they are broken.

use jiff::Timestamp;

use crate::article::Article;

/// What a feed says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name.
    pub title: Option<String>,
    /// The address it calls its own.
    pub url: Option<String>,
    /// The page of the web it belongs to.
    pub home: Option<String>,
    /// Its language, as it writes it.
    pub language: Option<String>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// For how many minutes it asks to be left alone (RSS 2.0 `ttl`, `sy:updatePeriod`).
    pub ttl: Option<u32>,
    /// The hours of the day, 0 to 23 in UTC, at which it asks to be left alone (`skipHours`).
    pub skip_hours: Vec<u8>,
    /// Its entries, in its order.
    pub entries: Vec<FeedEntry>,
}

/// What a feed says of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedEntry {
    /// Our own name for it: unique in the feed, and the same every time the feed is read.
    pub id: String,
    /// What the feed calls it (`guid`, `id`, `rdf:about`), as it is written.
    pub guid: Option<String>,
    /// Its headline, without tags; none if the feed gives none.
    pub title: Option<String>,
    /// Where the article is, absolute.
    pub url: Option<String>,
    /// Where readers talk about it, absolute.
    pub comments: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published; never later than it was read.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// A short form of its words.
    pub summary: Option<Markup>,
    /// Its words.
    pub content: Option<Markup>,
    /// What it is filed under.
    pub categories: Vec<String>,
    /// Files that belong to it, as the sound of a podcast.
    pub enclosures: Vec<Enclosure>,
}

/// Words as a feed has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// The words, with tags if it is HTML.
    pub source: String,
    /// Whether they are HTML.
    pub is_html: bool,
    /// What addresses in them are relative to.
    pub base: Option<String>,
}

/// A file that belongs to an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is, absolute.
    pub url: String,
    /// Its media type, as the feed says.
    pub media_type: Option<String>,
    /// Its length in bytes, as the feed says.
    pub length: Option<u64>,
}

/// What is known of a feed before it is read.
#[derive(Clone, Debug, Default)]
pub struct FeedHints {
    /// Where it is, which its addresses are relative to.
    pub address: Option<String>,
    /// The encoding its server declares.
    pub charset: Option<String>,
}

/// The bytes are no feed: what they are instead, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFeed(pub String);

/// Reads a feed. What claims to be later than `now` is taken to be of now.
///
/// # Errors
/// [`NoFeed`] for a web page, for OPML, and for what is none of these.
pub fn read(_bytes: &[u8], _hints: &FeedHints, _now: Timestamp) -> Result<Feed, NoFeed> {
    Err(NoFeed(String::new()))
}

/// The article of an entry, as the feed has it: its id is that of its page, or one made of its own name and that of the
/// feed, whose address is `feed`; its source is `feed_name`.
pub fn article(_entry: &FeedEntry, _feed: &str, _feed_name: &str) -> Article {
    unimplemented!()
}

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLink {
    /// Its address, absolute.
    pub url: String,
    /// Its name.
    pub title: Option<String>,
}

/// The feeds a page names.
pub fn found_on(_page: &[u8], _hints: &FeedHints) -> Vec<FoundLink> {
    Vec::new()
}
