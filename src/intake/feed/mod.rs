//! Feeds: what RSS, RDF, Atom, CDF and JSON Feed say, whatever their version and however they are broken.
//!
//! [`read`] decodes the bytes, [`root`] tells what they are, and [`markup_feed`] or [`json`] notes what each element says, by
//! the table of [`fields`]. [`ids`] gives every entry a name of our own, [`article`](mod@article) makes an article of it.

mod article;
mod content;
mod date_units;
mod dates;
mod draft;
mod ending;
mod fields;
mod footer;
mod found;
mod ids;
mod json;
mod markup_feed;
mod months;
mod people;
mod plain;
mod root;
mod vocabulary;
mod zones;

use jiff::Timestamp;

pub use article::{article, id_without_page};
pub use found::FoundLink;
pub use plain::text;

use self::root::Root;
use super::{Hints, IntakeError, MAX_FILE_BYTES, decode};

/// What a feed says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name.
    pub title: Option<String>,
    /// The address it calls its own.
    pub url: Option<String>,
    /// The page of the web it belongs to.
    pub home: Option<String>,
    /// The tag of the language that it names.
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
    /// The tag of the language that it or the feed names.
    pub language: Option<String>,
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

impl FeedEntry {
    /// Whether there is something to read, to see, to hear, or to go to.
    pub fn says_something(&self) -> bool {
        let has_words = self.title.is_some() || self.content.is_some() || self.summary.is_some();
        has_words || self.url.is_some() || !self.enclosures.is_empty()
    }
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

/// The bytes are no feed: what they are instead, for people, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFeed(pub String);

/// Reads a feed. What claims to be later than `now` is taken to be of now.
///
/// The kind is told by the content alone, whatever the server calls it. A feed that was cut off has the entries before the
/// cut.
///
/// # Errors
/// [`NoFeed`] for a web page, for OPML, and for what is none of these.
pub fn read(bytes: &[u8], hints: &FeedHints, now: Timestamp) -> Result<Feed, NoFeed> {
    let words = words(bytes, hints).map_err(|error| match error {
        IntakeError::Foreign(foreign) => NoFeed(format!("this is {}, not a feed", foreign.name)),
        other => NoFeed(other.to_string()),
    })?;
    let mut feed = match root::of(&words) {
        Root::Feed => markup_feed::read(&words, hints, now),
        Root::Json => json::read(&words, hints, now).map_err(NoFeed)?,
        Root::Other(what) => return Err(NoFeed(what.to_owned())),
        Root::Page => return Err(NoFeed(root::describe_page(&found::found_in(&words, hints)))),
    };
    feed.entries = ids::identify(std::mem::take(&mut feed.entries));
    Ok(feed)
}

/// The feeds a web page names, the likeliest first, no more than a person can choose from.
pub fn found_on(page: &[u8], hints: &FeedHints) -> Vec<FoundLink> {
    words(page, hints).map(|words| found::found_in(&words, hints)).unwrap_or_default()
}

fn words(bytes: &[u8], hints: &FeedHints) -> Result<String, IntakeError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(IntakeError::TooLarge { limit: MAX_FILE_BYTES });
    }
    let hints = Hints { charset: hints.charset.clone(), url: hints.address.clone(), ..Hints::default() };
    decode::decode_with(bytes, &hints)
}

#[cfg(test)]
mod tests;
