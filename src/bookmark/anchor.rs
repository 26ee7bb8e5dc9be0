//! Where a bookmark lies in a text as it is now.
//!
//! In the text it was made in, its offsets say so. In any other text it is looked for by its words: as they are, then
//! whatever the typography, each time weighed by the words around them; and where only the passage itself was edited,
//! by the words on both sides. Several places that fit equally well are no place: a wrong place is worse than none.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::article::{CodePoints, Text, TextRange};
use crate::text::fold::{Folded, fold};

use super::passage::{Quote, after, before};
use super::{Bookmark, Quote as Passage};

/// Where a bookmark lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// These are its words.
    Anchored(TextRange),
    /// Here it was, but its words have changed.
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

/// How much of the context must be there for a place to be believed, of 1.
const CONTEXT_MIN: f64 = 0.35;
/// By how much the context of the best place must beat the next.
const CONTEXT_MARGIN: f64 = 0.15;
/// A passage this heavy needs no context if it occurs once; see [`weight`]. About four plain words.
const WEIGHT_ALONE: f64 = 4.0;
/// More places than this are not weighed one by one: such a passage has no place of its own.
const MOST_PLACES: usize = 1_000;
/// How many words beside an edited passage must have stayed.
const BESIDE: usize = 6;
/// How much longer or shorter an edited passage may have become.
const STRETCH: f64 = 2.2;
/// How many of its words must have stayed.
const STAYED: f64 = 0.5;

/// A text in which bookmarks are looked for. What takes a pass over the whole text is made once for all of them, and
/// only if one of them needs it.
#[derive(Debug)]
pub struct Anchoring<'a> {
    text: &'a Text,
    points: OnceCell<CodePoints<'a>>,
    folded: OnceCell<Folded<'a>>,
}

impl<'a> Anchoring<'a> {
    /// Makes ready to look in `text`; costs nothing yet.
    pub fn new(text: &'a Text) -> Self {
        Self { text, points: OnceCell::new(), folded: OnceCell::new() }
    }

    /// Finds `bookmark`.
    pub fn find(&self, bookmark: &Bookmark) -> Anchor {
        if let Some(range) = self.by_offsets(bookmark) {
            return Anchor::Anchored(range);
        }
        let text = self.text.as_str();
        let Some(quote) = bookmark.quote() else { return place(&bookmark.target.words, text, self.folded()) };
        let exact = text.match_indices(quote.exact.as_str());
        let exact = exact.map(|(start, words)| TextRange::new(start, start + words.len()));
        match choose(quote, text, exact) {
            Choice::One(range) => return Anchor::Anchored(range),
            Choice::Several => return Anchor::Orphan,
            Choice::None => {}
        }
        match choose(quote, text, self.folded().find(&quote.exact)) {
            Choice::One(range) => Anchor::Anchored(range),
            Choice::Several => Anchor::Orphan,
            Choice::None => between(quote, text, self.folded()),
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

    fn folded(&self) -> &Folded<'a> {
        self.folded.get_or_init(|| Folded::new(self.text.as_str()))
    }
}

enum Choice {
    None,
    One(TextRange),
    Several,
}

/// The one place among those with the right words that the context speaks for.
fn choose(quote: &Passage, text: &str, places: impl Iterator<Item = TextRange>) -> Choice {
    let places: Vec<TextRange> = places.take(MOST_PLACES + 1).collect();
    if places.len() > MOST_PLACES {
        return Choice::Several;
    }
    let context = Context::of(quote);
    let mut scored: Vec<(f64, TextRange)> = places.iter().map(|place| (context.score(text, *place), *place)).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    match scored.as_slice() {
        [] => Choice::None,
        [(score, range)] if *score >= CONTEXT_MIN || weight(&quote.exact) >= WEIGHT_ALONE => Choice::One(*range),
        [(score, range), (next, _), ..] if *score >= CONTEXT_MIN && score - next >= CONTEXT_MARGIN => {
            Choice::One(*range)
        }
        _ => Choice::Several,
    }
}

/// How much a passage says by itself: short words are light, numbers heavy.
fn weight(words: &str) -> f64 {
    let weigh = |word: &str| match word.chars().filter(|c| c.is_alphanumeric()).count() {
        0 => 0.0,
        _ if word.contains(char::is_numeric) => 2.0,
        1..=3 => 0.5,
        // In scripts without blanks a "word" is a sentence.
        length => (length as f64 / 8.0).max(1.0),
    };
    words.split_whitespace().map(weigh).sum()
}

/// The words around a passage, nearest first, ready to be compared.
struct Context {
    before: Vec<String>,
    after: Vec<String>,
}

impl Context {
    fn of(quote: &Quote) -> Self {
        Self { before: outwards(&quote.prefix, true), after: outwards(&quote.suffix, false) }
    }

    /// How alike the words around `place` are, from 0 to 1.
    fn score(&self, text: &str, place: TextRange) -> f64 {
        let before = alike(&self.before, &outwards(before(text, place.start), true));
        let after = alike(&self.after, &outwards(after(text, place.end), false));
        f64::midpoint(before, after)
    }
}

fn outwards(context: &str, backwards: bool) -> Vec<String> {
    let mut words: Vec<String> = fold(context).split_whitespace().map(str::to_owned).collect();
    if backwards {
        words.reverse();
    }
    words
}

/// The share of the words of `old` that `new` has in the same order, nearer words counting more. Nothing beside the
/// passage speaks for a place only at the edge of the text.
fn alike(old: &[String], new: &[String]) -> f64 {
    if old.is_empty() {
        return if new.is_empty() { 1.0 } else { 0.0 };
    }
    let nearness = |index: usize| 1.0 / (1.0 + index as f64 / 4.0);
    // The heaviest common subsequence, one row at a time.
    let mut row = vec![0.0_f64; new.len() + 1];
    for (index, word) in old.iter().enumerate() {
        let (mut diagonal, mut left) = (0.0, 0.0_f64);
        for (cell, other) in row.iter_mut().skip(1).zip(new) {
            let up = *cell;
            left = if word == other { f64::max(diagonal + nearness(index), up.max(left)) } else { up.max(left) };
            *cell = left;
            diagonal = up;
        }
    }
    row.last().copied().unwrap_or_default() / (0..old.len()).map(nearness).sum::<f64>()
}

/// The edited form of a passage whose neighbours stayed: what now lies between the words before and after it.
fn between(quote: &Quote, text: &str, folded: &Folded<'_>) -> Anchor {
    let (Some(left), Some(right)) = (beside(&quote.prefix, true), beside(&quote.suffix, false)) else {
        return Anchor::Orphan;
    };
    let (Some(left), Some(right)) = (only(folded.find(&left)), only(folded.find(&right))) else {
        return Anchor::Orphan;
    };
    let range = TextRange::new(left.end, right.start);
    let words = text.get(range.start..range.end).unwrap_or_default();
    let trimmed = words.trim();
    let start = range.start + (words.len() - words.trim_start().len());
    let stretch = trimmed.len() as f64 / quote.exact.len() as f64;
    if right.start < left.end || !(1.0 / STRETCH..=STRETCH).contains(&stretch) || stayed(&quote.exact, trimmed) < STAYED
    {
        return Anchor::Orphan;
    }
    Anchor::Approximate(TextRange::new(start, start + trimmed.len()))
}

/// The words of a context that touch the passage.
fn beside(context: &str, backwards: bool) -> Option<String> {
    let mut words: Vec<&str> = context.split_whitespace().collect();
    if words.len() < BESIDE {
        return None;
    }
    if backwards {
        words.drain(..words.len() - BESIDE);
    }
    words.truncate(BESIDE);
    Some(words.join(" "))
}

/// The only place, if it is the only one.
fn only(mut places: impl Iterator<Item = TextRange>) -> Option<TextRange> {
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// The share of the words of `old` that are also in `new`, in any order.
fn stayed(old: &str, new: &str) -> f64 {
    let (old, new) = (fold(old), fold(new));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in new.split_whitespace() {
        *left.entry(word).or_default() += 1;
    }
    let (mut all, mut found) = (0_usize, 0_usize);
    for word in old.split_whitespace() {
        all += 1;
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            found += 1;
        }
    }
    found as f64 / all.max(1) as f64
}

/// A place is where the words before it meet the words after it; where only one side is left, it is beside that.
fn place(words: &Quote, text: &str, folded: &Folded<'_>) -> Anchor {
    let joined = format!("{}{}", words.prefix, words.suffix);
    if weight(&joined) < WEIGHT_ALONE {
        return Anchor::Orphan;
    }
    let skip = fold(&words.prefix).trim_start().len();
    let places = folded.find(&joined).filter_map(|whole| {
        // The same bytes, folded, lie before the place as in the record.
        let inside = Folded::new(text.get(whole.start..whole.end)?);
        let at = whole.start + inside.source_range(TextRange::at(skip)).start;
        let blank = text.get(at..whole.end)?.len() - text.get(at..whole.end)?.trim_start().len();
        Some(TextRange::at(at + blank))
    });
    if let Some(place) = only(places) {
        return Anchor::Anchored(place);
    }
    let side = |context: &str| (weight(context) >= WEIGHT_ALONE).then(|| only(folded.find(context))).flatten();
    if let Some(after) = side(&words.suffix) {
        return Anchor::Approximate(TextRange::at(after.start));
    }
    side(&words.prefix).map_or(Anchor::Orphan, |before| Anchor::Approximate(TextRange::at(before.end)))
}

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
