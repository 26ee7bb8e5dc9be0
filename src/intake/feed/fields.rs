//! What the elements of feeds mean.

use super::vocabulary::Vocabulary::{self, Atom, Content, Core, Dublin, Feedburner, Itunes, Media, Syndication, Xhtml};

/// What an element says of a feed or an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Its name.
    Title,
    /// An address: that of the page, or another one by its relation.
    Link,
    /// What it calls itself.
    Id,
    /// A writer.
    Author,
    /// When it was published.
    Published,
    /// When it was changed.
    Updated,
    /// A short form of its words.
    Summary,
    /// Its words.
    Content,
    /// A file that belongs to it.
    Enclosure,
    /// What it is filed under.
    Category,
    /// Words it is filed under, between commas.
    Keywords,
    /// Its language.
    Language,
    /// Where readers talk about it.
    Comments,
    /// For how many minutes to leave it alone.
    Ttl,
    /// An hour at which to leave it alone.
    Hour,
    /// How long the period is in which it changes, and how often it does in one.
    Period,
    Frequency,
}

/// The elements, in lower case. Of several that say the same the one with the lowest number counts, of these the first.
const FIELDS: [(Vocabulary, &str, Field, u8); 58] = [
    (Core, "title", Field::Title, 0),
    (Dublin, "title", Field::Title, 1),
    (Itunes, "title", Field::Title, 2),
    (Media, "title", Field::Title, 3),
    // Where a link leads that only counts who follows it.
    (Feedburner, "origlink", Field::Link, 0),
    (Core, "link", Field::Link, 1),
    (Core, "url", Field::Link, 2),
    (Core, "guid", Field::Id, 0),
    (Core, "id", Field::Id, 0),
    (Dublin, "identifier", Field::Id, 1),
    (Core, "author", Field::Author, 1),
    (Core, "managingeditor", Field::Author, 2),
    (Dublin, "creator", Field::Author, 0),
    (Dublin, "author", Field::Author, 0),
    (Itunes, "author", Field::Author, 2),
    (Core, "pubdate", Field::Published, 0),
    (Core, "published", Field::Published, 0),
    (Core, "issued", Field::Published, 0),
    (Core, "date", Field::Published, 1),
    (Core, "created", Field::Published, 2),
    (Dublin, "issued", Field::Published, 0),
    (Dublin, "date", Field::Published, 1),
    (Dublin, "created", Field::Published, 2),
    (Dublin, "available", Field::Published, 3),
    (Core, "updated", Field::Updated, 0),
    (Core, "modified", Field::Updated, 0),
    (Core, "lastbuilddate", Field::Updated, 0),
    (Dublin, "modified", Field::Updated, 1),
    (Core, "description", Field::Summary, 0),
    (Core, "summary", Field::Summary, 0),
    (Core, "abstract", Field::Summary, 0),
    (Dublin, "description", Field::Summary, 1),
    (Dublin, "abstract", Field::Summary, 1),
    (Itunes, "summary", Field::Summary, 2),
    (Media, "description", Field::Summary, 3),
    (Itunes, "subtitle", Field::Summary, 4),
    (Content, "encoded", Field::Content, 0),
    (Core, "content", Field::Content, 1),
    (Core, "fullitem", Field::Content, 1),
    (Core, "encoded", Field::Content, 1),
    (Core, "body", Field::Content, 2),
    (Xhtml, "body", Field::Content, 2),
    (Xhtml, "div", Field::Content, 3),
    (Core, "enclosure", Field::Enclosure, 0),
    (Core, "category", Field::Category, 0),
    (Dublin, "subject", Field::Category, 0),
    (Core, "language", Field::Language, 0),
    (Dublin, "language", Field::Language, 1),
    (Core, "comments", Field::Comments, 0),
    (Core, "ttl", Field::Ttl, 0),
    (Core, "hour", Field::Hour, 0),
    (Syndication, "updateperiod", Field::Period, 0),
    (Syndication, "updatefrequency", Field::Frequency, 0),
    (Media, "category", Field::Category, 0),
    (Itunes, "category", Field::Category, 0),
    (Core, "keywords", Field::Keywords, 0),
    (Itunes, "keywords", Field::Keywords, 0),
    (Media, "keywords", Field::Keywords, 0),
];

/// What an element says, and how much it counts. `name` is in lower case.
pub(super) fn of(vocabulary: Vocabulary, name: &str) -> Option<(Field, u8)> {
    let vocabulary = if vocabulary == Atom { Core } else { vocabulary };
    let found = FIELDS.iter().find(|(known, element, ..)| *known == vocabulary && *element == name);
    found.map(|(_, _, field, rank)| (*field, *rank))
}

impl Field {
    /// Whether its words may be marked up; all others are a line, in which no other field can begin.
    pub(super) fn is_rich(self) -> bool {
        matches!(self, Self::Summary | Self::Content)
    }
}
