//! Plain data: an [`Article`], its canonical [`Text`], and the identifiers that name it.
//!
//! One text, many layers: an article is one immutable string with blocks and inlines over it. Everything else the
//! program knows about it (sentences, entity mentions, search hits, bookmarks) is a list of [`TextRange`]s into that
//! string. Nothing in this room measures columns, reads files or knows what time it is.

pub mod address;
mod arrival;
mod body;
mod date;
mod id;
mod kept;
mod position;
mod published;
mod range;
mod row;

pub use arrival::{Arrival, Arrived, FileStamp, KnownFile};
pub use body::{Block, BlockKind, Inline, InlineKind, Text, TextHash};
pub use date::{MONTHS, month_from_name, parse_date};
pub use id::{SourceId, SourceKind};
pub use kept::{Entry, Kept};
pub use position::Position;
pub use published::Published;
pub use range::{CodePoints, TextRange};
pub use row::RowId;

pub use jiff::civil::Date;

/// Something to read: the canonical text and what is known about it.
///
/// `title`, `byline` and `published` are copies: the words they come from stay in the text, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The permanent name of this article; bookmarks and reading positions depend on it.
    pub id: SourceId,
    /// The headline, or the best stand-in for one; never empty.
    pub title: String,
    /// The writer's name without "By".
    pub byline: Option<String>,
    /// When it was published, as the article itself says.
    pub published: Option<Published>,
    /// The publication, folder or site it came from, for people.
    pub source: Option<String>,
    /// Where it can be opened in a browser.
    pub url: Option<String>,
    /// BCP 47 tag of its language, where the article names it or its words tell it.
    pub language: Option<String>,
    /// The words.
    pub body: Text,
}
