//! Where a bookmark lies in a text as it is now.
//!
//! In the text it was made in, its offsets say so. In any other text there are three ways, the most reliable first: a
//! diff with the old text, where that is kept ([`text_diff`]); a search for the exact words ([`exact`]); or the most
//! similar stretch, by weighted words and context ([`align`], [`context`]). One decision is made between all candidates
//! ([`decide`]), and it may be that none of them is the passage: a wrong place is worse than none. A passage in which a
//! number, a name or a "not" changed is found, but never without a mark ([`meaning`]).

mod align;
mod context;
mod decide;
mod enclosing_marks;
mod exact;
mod expand;
mod meaning;
mod passage_query;
mod place;
mod regions;
mod search;
mod text_diff;
mod token_index;
mod tokens;

use std::cell::OnceCell;

use self::decide::{Confidence, Decision};
use self::passage_query::PassageQuery;
use self::text_diff::TextDiff;
use self::token_index::TokenIndex;
use super::{Bookmark, Quote};
use crate::article::{CodePoints, Text, TextHash, TextRange};
use crate::text::fold::whole_graphemes;

/// Where a bookmark lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// These are its words.
    Anchored(TextRange),
    /// It is probably here, or it is here but says something else now.
    Approximate(TextRange),
    /// Its words are not in this text, or their place is ambiguous.
    Orphan,
}

impl Anchor {
    /// Where it lies, if anywhere; an empty range for a bookmark of a place.
    pub fn range(self) -> Option<TextRange> {
        match self {
            Self::Anchored(range) | Self::Approximate(range) => Some(range),
            Self::Orphan => None,
        }
    }
}

/// Where a bookmark lies, and how well it fits there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Where.
    pub anchor: Anchor,
    /// How much of the passage and its context is there: from 0 to 1, 0 for an orphan.
    pub score: f64,
}

impl Located {
    const ORPHAN: Self = Self { anchor: Anchor::Orphan, score: 0.0 };
}

/// A text in which bookmarks are looked for. Anything that takes a pass over the whole text is computed once for all of
/// them, and only if needed.
#[derive(Debug)]
pub struct Anchoring<'a> {
    text: &'a Text,
    points: OnceCell<CodePoints<'a>>,
    words: OnceCell<TokenIndex<'a>>,
    previous: Vec<PreviousText<'a>>,
}

/// An older version of the text.
#[derive(Debug)]
struct PreviousText<'a> {
    text: &'a str,
    hash: TextHash,
    points: OnceCell<CodePoints<'a>>,
    /// None if it turned out to be another article.
    diff: OnceCell<Option<TextDiff<'a>>>,
}

impl<'a> Anchoring<'a> {
    /// Prepares to search `text`; nothing is computed yet.
    pub fn new(text: &'a Text) -> Self {
        Self { text, points: OnceCell::new(), words: OnceCell::new(), previous: Vec::new() }
    }

    /// Adds a text that bookmarks were made in, so that they can be carried over from it. May be called for several
    /// texts: a bookmark is carried over from the one whose hash it has, else from one that has its words.
    #[must_use]
    pub fn with_previous(mut self, old: &'a str) -> Self {
        let hash = TextHash::of(old);
        self.previous.push(PreviousText { text: old, hash, points: OnceCell::new(), diff: OnceCell::new() });
        self
    }

    /// The hash of the kept text that would help to find `bookmark`; none if its offsets suffice.
    pub fn wants(&self, bookmark: &Bookmark) -> Option<TextHash> {
        let hash = bookmark.text_hash().filter(|hash| *hash != self.text.hash())?;
        bookmark.quote().map(|_| hash)
    }

    /// Finds `bookmark`.
    pub fn find(&self, bookmark: &Bookmark) -> Anchor {
        self.locate(bookmark).anchor
    }

    /// Finds `bookmark`, and says how well it fits.
    pub fn locate(&self, bookmark: &Bookmark) -> Located {
        if let Some(range) = self.by_offsets(bookmark) {
            return Located { anchor: Anchor::Anchored(range), score: 1.0 };
        }
        let words = self.words();
        let Some(quote) = bookmark.quote() else {
            let (anchor, score) = place::find_place(&bookmark.target.words, words);
            return Located { anchor: self.on_graphemes(anchor), score: f64::from(score) };
        };
        let query = PassageQuery::new(quote, words);
        let decision = match self.origin(bookmark, quote) {
            Some((diff, place)) => diff.find(place, &quote.exact, &query, words),
            None => search::search(&quote.exact, &query, words),
        };
        self.located(decision)
    }

    /// The old text to carry `bookmark` over from, and where it is in that text.
    fn origin(&self, bookmark: &Bookmark, quote: &Quote) -> Option<(&TextDiff<'a>, TextRange)> {
        let own = |previous: &&PreviousText<'a>| Some(previous.hash) == bookmark.text_hash();
        let (own, others): (Vec<_>, Vec<_>) = self.previous.iter().partition(own);
        own.into_iter().chain(others).find_map(|previous| {
            let diff = previous.diff.get_or_init(|| TextDiff::new(previous.text, self.words())).as_ref()?;
            let place = previous.by_offsets(bookmark, quote).or_else(|| {
                let query = PassageQuery::new(quote, diff.old());
                let found = search::search(&quote.exact, &query, diff.old())?;
                (found.state == Confidence::Anchored).then_some(found.run.range)
            })?;
            Some((diff, place))
        })
    }

    fn located(&self, decision: Option<Decision>) -> Located {
        let Some(Decision { run, state, score }) = decision else { return Located::ORPHAN };
        let anchor = match state {
            Confidence::Anchored => Anchor::Anchored(run.range),
            Confidence::Approximate => Anchor::Approximate(run.range),
        };
        Located { anchor: self.on_graphemes(anchor), score: f64::from(score) }
    }

    fn on_graphemes(&self, anchor: Anchor) -> Anchor {
        let whole = |range| whole_graphemes(self.text.as_str(), range);
        match anchor {
            Anchor::Anchored(range) => Anchor::Anchored(whole(range)),
            Anchor::Approximate(range) => Anchor::Approximate(whole(range)),
            Anchor::Orphan => Anchor::Orphan,
        }
    }

    /// The range its offsets give, if they refer to this text and the words are there.
    fn by_offsets(&self, bookmark: &Bookmark) -> Option<TextRange> {
        let (start, end) = bookmark.position().filter(|_| bookmark.text_hash() == Some(self.text.hash()))?;
        let points = self.points.get_or_init(|| CodePoints::new(self.text.as_str()));
        let range = points.to_range(start, end);
        let stands = match bookmark.quote() {
            Some(quote) => self.text.slice(range) == quote.exact,
            None => start == end && end <= points.total(),
        };
        stands.then_some(range)
    }

    fn words(&self) -> &TokenIndex<'a> {
        self.words.get_or_init(|| TokenIndex::new(self.text.as_str()))
    }
}

impl PreviousText<'_> {
    /// The range its offsets give, if it was made in this text.
    fn by_offsets(&self, bookmark: &Bookmark, quote: &Quote) -> Option<TextRange> {
        let (start, end) = bookmark.position().filter(|_| bookmark.text_hash() == Some(self.hash))?;
        let range = self.points.get_or_init(|| CodePoints::new(self.text)).to_range(start, end);
        (self.text.get(range.start..range.end) == Some(&quote.exact)).then_some(range)
    }
}

#[cfg(test)]
mod tests;
