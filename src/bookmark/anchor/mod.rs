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
mod exact;
mod place;
mod query;
mod regions;
mod search;
mod tokens;
mod words;

use std::cell::OnceCell;

use self::carry::{Carried, Carry};
use self::decide::{Candidate, Decision, State};
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
            Some((carry, place)) => carried(carry, place, quote, &query, words),
            None => search::search(&quote.exact, &query, words, |_| true),
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
                let found = search::search(&quote.exact, &query, carry.old(), |candidate| candidate.exact)?;
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

impl<'a> Previous<'a> {
    /// Where the offsets of a bookmark that was made in this text say.
    fn by_offsets(&self, bookmark: &Bookmark, quote: &Quote) -> Option<TextRange> {
        let (start, end) = bookmark.position().filter(|_| bookmark.text_hash() == Some(self.hash))?;
        let range = self.points.get_or_init(|| CodePoints::new(self.text)).to_range(start, end);
        (self.text.get(range.start..range.end) == Some(&quote.exact)).then_some(range)
    }
}

/// Carries a passage over; what is not where it was may have been moved as it is.
fn carried(carry: &Carry<'_>, place: TextRange, quote: &Quote, query: &Query, words: &Words<'_>) -> Option<Decision> {
    match carry.find(place, query, words) {
        Carried::Found(decision) => Some(decision),
        Carried::Lost => {
            let tokens = carry.tokens_in(place);
            let free = |candidate: &Candidate| {
                (candidate.exact || candidate.similarity >= MOVED_SIMILARITY) && !carry.is_taken(candidate, tokens)
            };
            search::search(&quote.exact, query, words, free)
        }
    }
}

/// With the old text at hand, what was both moved and edited must be as alike as this to be the passage.
const MOVED_SIMILARITY: f32 = 0.8;

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::article::{Article, SourceId};
    use crate::bookmark::tests::{article, made};

    const OLD: &str = "Figures were published on Friday by the state office. Rents fell for a third month, the longest \
        slide since 2019. Analysts had expected a pause after the summer.\n\nMore follows here today.";
    const PASSAGE: &str = "Rents fell for a third month, the longest slide since 2019.";

    fn range_of(article: &Article, words: &str) -> TextRange {
        let start = article.body.as_str().find(words).unwrap();
        TextRange::new(start, start + words.len())
    }

    /// What becomes of `words`, marked in `old`, in `new`.
    fn carried(old: &str, words: &str, new: &str) -> (Anchor, String) {
        let old = article("https://example.com/a", old);
        let bookmark = Bookmark::passage(made(1, &old, range_of(&old, words))).unwrap();
        found(&bookmark, new)
    }

    fn found(bookmark: &Bookmark, new: &str) -> (Anchor, String) {
        let new = article("https://example.com/a", new).body;
        let anchor = Anchoring::new(&new).find(bookmark);
        (anchor, anchor.range().map(|range| new.slice(range).to_owned()).unwrap_or_default())
    }

    #[test]
    fn in_the_same_text_even_a_word_that_occurs_often_is_itself() {
        let text = "no no no no";
        let old = article("https://example.com/a", text);
        let bookmark = Bookmark::passage(made(1, &old, TextRange::new(6, 8))).unwrap();
        assert_eq!(found(&bookmark, text).0, Anchor::Anchored(TextRange::new(6, 8)));
        assert_eq!(found(&bookmark, "no no no no no").0, Anchor::Orphan);
    }

    #[test]
    fn a_passage_is_found_behind_a_new_lead_and_in_other_typography() {
        let new = format!("Updated at noon. {OLD}");
        assert_eq!(
            carried(OLD, PASSAGE, &new),
            (Anchor::Anchored(range_of(&article("x:", &new), PASSAGE)), PASSAGE.into())
        );
        let (anchor, words) = carried(
            "He said “it’s over” — twice in all.",
            "“it’s over” — twice",
            "He said \"it's  over\" - twice in all.",
        );
        assert!(matches!(anchor, Anchor::Anchored(_)));
        assert_eq!(words, "\"it's  over\" - twice");
    }

    #[test]
    fn a_passage_that_is_gone_is_an_orphan() {
        assert_eq!(carried(OLD, PASSAGE, &OLD.replace(PASSAGE, "")).0, Anchor::Orphan);
        assert_eq!(carried(OLD, PASSAGE, "").0, Anchor::Orphan);
        assert_eq!(carried(OLD, "summer", "A wholly other article about summer.").0, Anchor::Orphan);
    }

    #[test]
    fn an_edited_passage_between_its_old_neighbours_is_approximate() {
        let new = OLD.replace("third month", "fourth month");
        let (anchor, words) = carried(OLD, PASSAGE, &new);
        assert!(matches!(anchor, Anchor::Approximate(_)));
        assert_eq!(words, PASSAGE.replace("third", "fourth"));
        assert_eq!(
            carried(OLD, PASSAGE, &OLD.replace(PASSAGE, "A wholly different sentence took this very place here.")).0,
            Anchor::Orphan
        );
    }

    #[test]
    fn of_two_copies_the_context_decides_and_without_context_nobody() {
        let pull_quote = format!("{PASSAGE}\n\n{OLD}");
        let (anchor, _) = carried(OLD, PASSAGE, &pull_quote);
        assert_eq!(anchor.range().unwrap().start, pull_quote.rfind(PASSAGE).unwrap());
        assert_eq!(carried(OLD, PASSAGE, &format!("{OLD}\n\n{OLD}")).0, Anchor::Orphan);
    }

    #[test]
    fn a_place_is_found_by_the_words_around_it() {
        let old = article("https://example.com/a", OLD);
        let at = OLD.find("Analysts").unwrap();
        let bookmark = Bookmark::place(made(1, &old, TextRange::at(at))).unwrap();
        assert_eq!(bookmark.words(), "Analysts had expected a pause after the summer.\n\nMore follows here today.");
        assert_eq!(found(&bookmark, OLD).0, Anchor::Anchored(TextRange::at(at)));
        let new = format!("New. {OLD}");
        assert_eq!(found(&bookmark, &new).0, Anchor::Anchored(TextRange::at(at + 5)));
        let cut = format!("All else was rewritten. {}", &OLD[at..]);
        assert_eq!(found(&bookmark, &cut).0, Anchor::Approximate(TextRange::at(24)));
        assert_eq!(found(&bookmark, "Something else.").0, Anchor::Orphan);
        assert_eq!(bookmark.source_id(), &SourceId::from_iri("https://example.com/a"));
    }

    #[test]
    fn offsets_that_lie_are_not_believed() {
        let old = article("https://example.com/a", OLD);
        let line = Bookmark::passage(made(1, &old, range_of(&old, PASSAGE))).unwrap().to_line();
        let line = line.replace("\"start\":54", "\"start\":7").replace("\"end\":113", "\"end\":99999");
        assert!(line.contains("99999"));
        let bookmark = super::super::json::read(&line).unwrap();
        assert_eq!(found(&bookmark, OLD).1, PASSAGE);
    }

    #[test]
    fn a_hostile_text_of_one_word_costs_little() {
        let text = "a ".repeat(500_000);
        assert_eq!(carried("a b c d e f g h", "a", &text).0, Anchor::Orphan);
    }
}
