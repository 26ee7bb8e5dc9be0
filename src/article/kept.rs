//! What the library keeps about articles, as the rest of the program sees it.

use jiff::Timestamp;

use super::{Article, Position, Published, RowId, SourceId, TextHash};

/// One row of the library: an article without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its row in the library.
    pub row: RowId,
    /// The article.
    pub id: SourceId,
    /// Its headline.
    pub title: String,
    /// Its writer.
    pub byline: Option<String>,
    /// The publication, folder or site it came from.
    pub source: Option<String>,
    /// When it was published, as the article itself says.
    pub published: Option<Published>,
    /// Where a browser finds it.
    pub url: Option<String>,
    /// Number of words, for the minutes it takes to read.
    pub words: usize,
    /// The text it has in the library.
    pub text: TextHash,
    /// When it came into the library.
    pub first_seen: Timestamp,
    /// The time it is listed under: when it was published, or first seen if that is earlier or nothing else is known. What
    /// a feed brings late is listed where it is seen: under the time it came.
    pub listed_at: Timestamp,
    /// When it was last opened, if it ever was.
    pub opened: Option<Timestamp>,
    /// When it was read, if it was.
    pub read_at: Option<Timestamp>,
    /// When it was starred, if it is.
    pub starred_at: Option<Timestamp>,
    /// How far the reader got, in percent of the text (0 to 100).
    pub progress: u8,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// When the reader took it out of the list, if so.
    pub removed: Option<Timestamp>,
    /// When its feed sent other words, if it was not opened since.
    pub changed: Option<Timestamp>,
    /// The names of the feeds it came from, in the order in which they brought it.
    pub feeds: Vec<String>,
    /// Whether only its beginning is here, as its feed sends it.
    pub is_teaser: bool,
    /// How many files belong to it, as the sound of a podcast.
    pub enclosures: usize,
    /// Where readers talk about it.
    pub comments: Option<String>,
}

impl Entry {
    /// The row of an article that the library does not know yet.
    pub fn of(article: &Article, words: usize, at: Timestamp) -> Self {
        Self {
            row: RowId::default(),
            id: article.id.clone(),
            title: article.title.clone(),
            byline: article.byline.clone(),
            source: article.source.clone(),
            published: article.published,
            url: article.url.clone(),
            words,
            text: article.body.hash(),
            first_seen: at,
            listed_at: at,
            opened: None,
            read_at: None,
            starred_at: None,
            progress: 0,
            tags: Vec::new(),
            removed: None,
            changed: None,
            feeds: Vec::new(),
            is_teaser: false,
            enclosures: 0,
            comments: None,
        }
    }

    /// Whether it was read to its end, or marked as read.
    pub fn is_read(&self) -> bool {
        self.read_at.is_some()
    }

    /// Whether it has a star.
    pub fn is_starred(&self) -> bool {
        self.starred_at.is_some()
    }
}

/// What is remembered of an article when it is opened again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Where the reader was.
    pub position: Option<Position>,
    /// When it was read, if it was.
    pub read_at: Option<Timestamp>,
    /// When it was starred, if it is.
    pub starred_at: Option<Timestamp>,
    /// The id under which the same text was known, if that was another: the file moved or is a copy.
    pub known_as: Option<SourceId>,
}
