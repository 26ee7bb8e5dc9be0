//! Where a bookmark lies in a text as it is now.
//!
//! In the text it was made in, its offsets say so. In any other there are three ways, each surer than the next: it is
//! carried over by what became of the old text, where that is kept ([`carry`]); it is found word for word ([`exact`]); or
//! as what is most alike, by weighted words and what is around it ([`align`], [`context`]). One decision is made between
//! everything that could be it ([`decide`]), and its answer may be that nothing is: a wrong place is worse than none. A
//! passage in which a number, a name or a "not" changed is found, but never without a mark ([`changed`]).

mod align;
mod carry;
mod changed;
mod context;
mod decide;
mod edges;
mod exact;
mod grow;
mod place;
mod query;
mod regions;
mod search;
mod tokens;
mod words;

use std::cell::OnceCell;

use self::carry::Carry;
use self::decide::{Decision, State};
use self::query::Query;
use self::words::Words;
use super::{Bookmark, Quote};
use crate::article::{CodePoints, Text, TextHash, TextRange};
use crate::text::fold::whole_graphemes;

/// Where a bookmark lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// These are its words.
    Anchored(TextRange),
    /// Here it is, probably, or here it is but says something else now.
    Approximate(TextRange),
    /// Its words are not in this text, or not in one place.
    Orphan,
}

impl Anchor {
    /// The place, if there is one; empty for the bookmark of a place.
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
    /// How much of the passage and of what was around it is there: from 0 to 1, 0 for an orphan.
    pub score: f64,
}

impl Located {
    const ORPHAN: Self = Self { anchor: Anchor::Orphan, score: 0.0 };
}

/// A text in which bookmarks are looked for. What takes a pass over the whole text is made once for all of them, and
/// only if one of them needs it.
#[derive(Debug)]
pub struct Anchoring<'a> {
    text: &'a Text,
    points: OnceCell<CodePoints<'a>>,
    words: OnceCell<Words<'a>>,
    previous: Vec<Previous<'a>>,
}

/// An older version of the text.
#[derive(Debug)]
struct Previous<'a> {
    text: &'a str,
    hash: TextHash,
    points: OnceCell<CodePoints<'a>>,
    /// None if it turned out to be another article.
    carry: OnceCell<Option<Carry<'a>>>,
}

impl<'a> Anchoring<'a> {
    /// Makes ready to look in `text`; costs nothing yet.
    pub fn new(text: &'a Text) -> Self {
        Self { text, points: OnceCell::new(), words: OnceCell::new(), previous: Vec::new() }
    }

    /// With a text that bookmarks were made in, so that they can be carried over. May be called once for each of several:
    /// a bookmark is carried over from the one whose hash it has, else from one in which its words are found.
    #[must_use]
    pub fn with_previous(mut self, old: &'a str) -> Self {
        let hash = TextHash::of(old);
        self.previous.push(Previous { text: old, hash, points: OnceCell::new(), carry: OnceCell::new() });
        self
    }

    /// The hash of the kept text with which `bookmark` would be found more surely; none if its own offsets will do.
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
            let (anchor, score) = place::place(&bookmark.target.words, words);
            return Located { anchor: self.on_graphemes(anchor), score: f64::from(score) };
        };
        let query = Query::new(quote, words);
        let decision = match self.origin(bookmark, quote) {
            Some((carry, place)) => carry.find(place, &quote.exact, &query, words),
            None => search::search(&quote.exact, &query, words),
        };
        self.located(decision)
    }

    /// The old text to carry `bookmark` over from, and where it is in that.
    fn origin(&self, bookmark: &Bookmark, quote: &Quote) -> Option<(&Carry<'a>, TextRange)> {
        let own = |previous: &&Previous<'a>| Some(previous.hash) == bookmark.text_hash();
        let (own, others): (Vec<_>, Vec<_>) = self.previous.iter().partition(own);
        own.into_iter().chain(others).find_map(|previous| {
            let carry = previous.carry.get_or_init(|| Carry::new(previous.text, self.words())).as_ref()?;
            let place = previous.by_offsets(bookmark, quote).or_else(|| {
                let query = Query::new(quote, carry.old());
                let found = search::search(&quote.exact, &query, carry.old())?;
                (found.state == State::Anchored).then_some(found.run.range)
            })?;
            Some((carry, place))
        })
    }

    fn located(&self, decision: Option<Decision>) -> Located {
        let Some(Decision { run, state, score }) = decision else { return Located::ORPHAN };
        let anchor = match state {
            State::Anchored => Anchor::Anchored(run.range),
            State::Approximate => Anchor::Approximate(run.range),
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

    /// The offsets, if they refer to this text and the words are there.
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

    fn words(&self) -> &Words<'a> {
        self.words.get_or_init(|| Words::new(self.text.as_str()))
    }
}

impl Previous<'_> {
    /// Where the offsets of a bookmark that was made in this text say.
    fn by_offsets(&self, bookmark: &Bookmark, quote: &Quote) -> Option<TextRange> {
        let (start, end) = bookmark.position().filter(|_| bookmark.text_hash() == Some(self.hash))?;
        let range = self.points.get_or_init(|| CodePoints::new(self.text)).to_range(start, end);
        (self.text.get(range.start..range.end) == Some(&quote.exact)).then_some(range)
    }
}

#[cfg(test)]
mod tests;
