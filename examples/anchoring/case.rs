//! One test case for the anchorer, and how its answer is judged.

use dateline::internals::article::{Article, Block, BlockKind, SourceId, Text, TextRange};
use dateline::internals::bookmark::{Anchor, Anchoring, Bookmark, Color, DeviceId, NewBookmark};
use jiff::Timestamp;
use uuid::Uuid;

/// A passage of an old text, a new text, and where the passage is in that.
pub(crate) struct Case {
    /// The article both are versions of: intervals are by article.
    pub(crate) article: usize,
    pub(crate) old: String,
    pub(crate) passage: TextRange,
    pub(crate) new: String,
    /// None if it is gone.
    pub(crate) truth: Option<TextRange>,
}

/// The outcome of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// In the right place, or correctly not found.
    Right,
    /// In the right place, marked as approximate.
    Marked,
    /// In a wrong place without a mark.
    Silent,
    /// In a wrong place, marked as approximate.
    Wrong,
    /// Not found.
    None,
}

impl Case {
    pub(crate) fn words(&self) -> &str {
        self.old.get(self.passage.start..self.passage.end).unwrap_or_default()
    }

    pub(crate) fn bookmark(&self) -> Option<Bookmark> {
        bookmark(&article(&self.old), self.passage)
    }

    /// What the anchorer says, with the old text or without.
    pub(crate) fn ask(&self, bookmark: &Bookmark, with_old: bool) -> Anchor {
        let text = text(&self.new);
        let mut anchoring = Anchoring::new(&text);
        if with_old {
            anchoring = anchoring.with_previous(&self.old);
        }
        anchoring.find(bookmark)
    }

    /// How an answer compares with the truth.
    pub(crate) fn judge(&self, anchor: Anchor) -> Outcome {
        let (range, sure) = match anchor {
            Anchor::Orphan if self.truth.is_none() => return Outcome::Right,
            Anchor::Orphan => return Outcome::None,
            Anchor::Anchored(range) => (range, true),
            Anchor::Approximate(range) => (range, false),
        };
        match (self.truth.is_some_and(|truth| overlap(truth, range) >= 0.5), sure) {
            (true, true) => Outcome::Right,
            (true, false) => Outcome::Marked,
            (false, true) => Outcome::Silent,
            (false, false) => Outcome::Wrong,
        }
    }

    /// The answer by offsets alone: the trial's first baseline.
    pub(crate) fn by_position(&self) -> Anchor {
        let fits = self.new.get(self.passage.start..self.passage.end).is_some();
        if fits { Anchor::Anchored(self.passage) } else { Anchor::Orphan }
    }

    /// The answer by exact search alone: the second baseline.
    pub(crate) fn by_words(&self) -> Anchor {
        let start = self.new.find(self.words());
        start.map_or(Anchor::Orphan, |start| Anchor::Anchored(TextRange::new(start, start + self.words().len())))
    }
}

/// The share of bytes in both ranges among those in either.
pub(crate) fn overlap(one: TextRange, other: TextRange) -> f64 {
    let common = one.intersection(other).map_or(0, TextRange::len);
    common as f64 / (one.len() + other.len() - common).max(1) as f64
}

pub(crate) fn bookmark(article: &Article, range: TextRange) -> Option<Bookmark> {
    let device = DeviceId::new("bench")?;
    let id = Uuid::from_u128(range.start as u128 + 1).into();
    let now = Timestamp::from_second(1_795_425_304).ok()?;
    Bookmark::passage(NewBookmark { id, device, now, article, range, color: Color::Yellow }).ok()
}

pub(crate) fn article(words: &str) -> Article {
    Article {
        id: SourceId::from_iri("https://example.com/a"),
        title: "An article".into(),
        byline: None,
        published: None,
        source: None,
        url: None,
        language: None,
        body: text(words),
    }
}

/// A text whose blocks are what blank lines part.
pub(crate) fn text(words: &str) -> Text {
    let mut blocks = Vec::new();
    let mut start = 0;
    for piece in words.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(start, start + piece.len()) });
        start += piece.len() + 2;
    }
    Text::new(words.to_owned(), blocks, Vec::new())
}
