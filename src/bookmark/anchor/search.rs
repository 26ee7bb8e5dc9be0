//! Looks for a passage by its own words and those around it, without the text it was made in.

use super::align::{self, Hit, LEAST_SIMILARITY, align, bag_similarity, similarity};
use super::context::Context;
use super::decide::{CONTEXT_MIN, Candidate, Decision, State, decide, is_whole, marked};
use super::exact::{MOST_PLACES, Run, places};
use super::grow::grown;
use super::query::{Query, Term};
use super::regions::regions;
use super::words::Words;

/// Exact words in a context as good as this, on both sides together, are the passage; nothing else is looked for.
const PLAIN_CONTEXT: f32 = 0.6;
/// By how much it must beat a copy.
const PLAIN_MARGIN: f32 = 0.2;
/// A passage longer than this, in tokens, is found by its ends, [`END`] tokens each.
const LONG: usize = 320;
const END: usize = 80;
/// How much longer than the passage its edited form may be; from the trial.
pub(super) const STRETCH: f32 = 2.2;
/// Tokens of context that find a gap: the nearest say most.
const BESIDE: usize = 12;
/// How much of those must stand there.
const BESIDE_LEAST: f32 = 0.6;
/// How much of the passage must stand in a gap, and how good the worse side of its context must be; what passes is still
/// decided on like any other candidate.
pub(super) const GAP_LEAST: f32 = 0.15;
const GAP_CONTEXT: f32 = 0.3;
/// So much more like the passage a part of a gap must be for the rest not to belong to it.
const CLEARLY_MORE: f32 = 0.05;
/// More than this is all of the passage, but for rounding.
const EXACT: f32 = 0.999;
/// The same words in another order are not the very words.
const REORDERED_MOST: f32 = 0.99;
/// What a whole paragraph that was moved has at least: enough to be told from what is only like it.
const MOVED: Context = Context { before: Some(CONTEXT_MIN), after: Some(CONTEXT_MIN) };
/// How many beginnings and ends of sentences are tried around a hit.
const MOST_EDGES: usize = 3;
/// A score that nothing else is looked for beside.
pub(super) const CLEAR: f32 = 0.8;

/// The place of the passage, if there is one.
pub(super) fn search(exact: &str, query: &Query, words: &Words<'_>) -> Option<Decision> {
    let copies = copies(exact, query, words)?;
    if let Some(plain) = plain(&copies) {
        return Some(marked(query, words, &plain, State::Anchored));
    }
    decide(query, words, candidates(copies, query, words))
}

/// Every place where the passage stands word for word; none if there are too many to tell apart.
pub(super) fn copies(exact: &str, query: &Query, words: &Words<'_>) -> Option<Vec<Candidate>> {
    if query.terms.is_empty() || words.len() == 0 {
        return None;
    }
    let runs = places(exact, query, words);
    let candidate = |run| {
        let found = candidate(query, words, run, 1.0, true);
        let context = if is_whole(query, words, &run) { found.context.or(MOVED) } else { found.context };
        Candidate { context, ..found }
    };
    (runs.len() <= MOST_PLACES).then(|| runs.into_iter().map(candidate).collect())
}

/// The copies, and every other place where the passage could be.
pub(super) fn candidates(copies: Vec<Candidate>, query: &Query, words: &Words<'_>) -> Vec<Candidate> {
    let exact: Vec<Run> = copies.iter().map(|candidate| candidate.run).collect();
    let is_new = |from: usize, to: usize| exact.iter().all(|run| run.to <= from || to <= run.from);
    let mut candidates = copies;
    let hits = hits(&query.terms, words).into_iter().map(|hit| widened(hit, query, words)).collect();
    for hit in align::best(hits) {
        if is_new(hit.from, hit.to)
            && let Some(run) = Run::of(words, hit.from, hit.to)
        {
            candidates.push(candidate(query, words, run, hit.similarity.clamp(0.0, 1.0), false));
        }
    }
    if candidates.iter().all(|candidate| candidate.score() < CLEAR)
        && let Some(gap) = gap(query, words).filter(|gap| is_new(gap.run.from, gap.run.to))
    {
        candidates = with_better(candidates, gap);
    }
    candidates
}

/// A candidate at `run`, with its context.
pub(super) fn candidate(query: &Query, words: &Words<'_>, run: Run, similarity: f32, exact: bool) -> Candidate {
    Candidate { run, similarity, exact, context: Context::of(query, words, run.from, run.to) }
}

/// The one among exact copies whose context leaves no doubt.
fn plain(copies: &[Candidate]) -> Option<Candidate> {
    let best = copies.iter().max_by(|one, other| one.context.both().total_cmp(&other.context.both()))?;
    let context = best.context.both();
    let beaten = |other: &Candidate| other.run == best.run || context - other.context.both() >= PLAIN_MARGIN;
    (context >= PLAIN_CONTEXT && copies.iter().all(beaten)).then_some(*best)
}

/// The stretches that are like the passage.
fn hits(terms: &[Term], words: &Words<'_>) -> Vec<Hit> {
    if terms.len() > LONG {
        return long_hits(terms, words);
    }
    let regions = regions(terms, words);
    align::best(regions.into_iter().flat_map(|(from, to)| align(terms, words, from, to)).collect())
}

/// How many tokens the passage may have become.
pub(super) fn most_tokens(query: &Query) -> usize {
    (query.terms.len() as f32 * STRETCH) as usize + 4
}

/// A stretch that is part of a sentence, where whole sentences are looked for: all of it, if more of the passage stands in the
/// rest than was put in, in whatever order.
pub(super) fn widened(hit: Hit, query: &Query, words: &Words<'_>) -> Hit {
    let most = most_tokens(query);
    if !query.begins || !query.ends || query.terms.len() > LONG {
        return hit;
    }
    // An alignment may begin with words of the sentence before, or end with some of the next.
    let begins = |at: &usize| words.sentence_begins(*at);
    let first = (hit.to.saturating_sub(most)..=hit.from).rev().find(begins);
    let starts = first.into_iter().chain((hit.from + 1..hit.to).filter(begins)).take(MOST_EDGES);
    let last = (hit.to..=(hit.from + most).min(words.len())).find(begins);
    let ends: Vec<usize> =
        last.into_iter().chain((hit.from + 1..hit.to).rev().filter(begins)).take(MOST_EDGES).collect();
    let sentences = starts.flat_map(|from| ends.iter().map(move |to| (from, *to)));
    let hits = sentences.filter(|(from, to)| from < to && to - from <= most).map(|(from, to)| {
        let similarity = align::unordered_similarity(&query.terms, words, from, to).min(REORDERED_MOST);
        Hit { from, to, similarity }
    });
    hits.fold(hit, |best, hit| if hit.similarity > best.similarity { hit } else { best })
}

/// Stretches between the beginning and the end of a long passage.
fn long_hits(terms: &[Term], words: &Words<'_>) -> Vec<Hit> {
    let heads = hits(terms.get(..END).unwrap_or_default(), words);
    let tails = hits(terms.get(terms.len() - END..).unwrap_or_default(), words);
    let most = (terms.len() as f32 * STRETCH) as usize;
    let mut found = Vec::new();
    for head in heads.iter().take(4) {
        for tail in tails.iter().take(4) {
            let length = tail.to.saturating_sub(head.from);
            if head.from < tail.from && length <= most {
                let similarity = bag_similarity(terms, words, head.from, tail.to);
                found.push(Hit { from: head.from, to: tail.to, similarity });
            }
        }
    }
    found.retain(|hit| hit.similarity >= LEAST_SIMILARITY);
    align::best(found)
}

/// What now stands between the words that were before the passage and those that were after it.
fn gap(query: &Query, words: &Words<'_>) -> Option<Candidate> {
    if query.terms.len() > LONG {
        return None;
    }
    let mut before: Vec<Term> = query.before.iter().take(BESIDE).cloned().collect();
    before.reverse();
    let after: Vec<Term> = query.after.iter().take(BESIDE).cloned().collect();
    let likely = |terms: &[Term]| {
        let mut hits = hits(terms, words);
        hits.retain(|hit| hit.similarity >= BESIDE_LEAST);
        hits.truncate(4);
        hits
    };
    let (befores, afters) = (likely(&before), likely(&after));
    let most = most_tokens(query);
    let pairs = befores.iter().flat_map(|before| afters.iter().map(move |after| (before.to, after.from)));
    let gaps = pairs.filter(|(from, to)| from < to && to - from <= most);
    let candidates = gaps.filter_map(|(from, to)| {
        let found = in_gap(query, words, from, to)?;
        (found.similarity >= GAP_LEAST && found.context.worse() >= GAP_CONTEXT).then_some(found)
    });
    candidates.max_by(|one, other| one.score().total_cmp(&other.score()))
}

/// What of a gap can belong to the passage, or what in it is clearly more like it; beside that something was put in.
pub(super) fn in_gap(query: &Query, words: &Words<'_>, from: usize, to: usize) -> Option<Candidate> {
    let context = Context::of(query, words, from, to);
    let inside = align(&query.terms, words, from, to).into_iter().next();
    let (start, end) = inside.map_or_else(|| shared(query, words, from, to), |hit| (hit.from, hit.to));
    let (start, end) = grown(query, words, (start, end), (from, to));
    let all = similarity(&query.terms, words, start, end);
    let all = Hit { from: start, to: end, similarity: all };
    let hit = inside.filter(|hit| hit.similarity > all.similarity + CLEARLY_MORE).unwrap_or(all);
    let found =
        candidate(query, words, Run::of(words, hit.from, hit.to)?, hit.similarity.clamp(0.0, 1.0), is_exact(&hit));
    Some(Candidate { context: found.context.or(context), ..found })
}

/// From the first to the last token in `from..to` that is a word of the passage; all of them if none is.
fn shared(query: &Query, words: &Words<'_>, from: usize, to: usize) -> (usize, usize) {
    let solid = query.solid();
    let is_its = |at: &usize| words.words().get(*at).is_some_and(|word| solid.contains(word));
    let (first, last) = ((from..to).find(is_its), (from..to).rev().find(is_its));
    first.zip(last).map_or((from, to), |(first, last)| (first, last + 1))
}

/// Whether all words of the passage stand there and no others.
pub(super) fn is_exact(hit: &Hit) -> bool {
    hit.similarity > EXACT
}

/// Takes one more candidate in, in the place of what it overlaps, unless that is as good.
pub(super) fn with_better(mut candidates: Vec<Candidate>, one: Candidate) -> Vec<Candidate> {
    let overlaps = |other: &Candidate| other.run.from < one.run.to && one.run.from < other.run.to;
    if candidates.iter().any(|other| overlaps(other) && other.score() >= one.score()) {
        return candidates;
    }
    candidates.retain(|other| !overlaps(other));
    candidates.push(one);
    candidates
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    fn found(prefix: &str, exact: &str, suffix: &str, text: &str) -> Option<(String, State)> {
        let words = Words::new(text);
        let quote = Quote { prefix: prefix.into(), exact: exact.into(), suffix: suffix.into() };
        let decision = search(exact, &Query::new(&quote, &words), &words)?;
        Some((text[decision.run.range.start..decision.run.range.end].to_owned(), decision.state))
    }

    #[test]
    fn what_replaced_most_of_a_passage_is_found_in_the_gap() {
        let (before, after) =
            ("The state office published its figures on Friday. ", " Analysts had expected a longer pause.");
        let text = format!("{before}Housing costs slid for a month.{after}");
        let (words, state) = found(before, "Rents fell for a third month.", after, &text).unwrap();
        assert_eq!((words.as_str(), state), ("Housing costs slid for a month.", State::Approximate));
    }

    #[test]
    fn copies_that_cannot_be_told_apart_are_no_place() {
        let text = "We hold on. ".repeat(9);
        assert!(found("We hold on. ", "We hold on.", " We hold on.", &text).is_none());
        assert!(found("", "a", "", &"a ".repeat(MOST_PLACES + 2)).is_none());
        assert!(found("", "", "", "words").is_none());
    }
}
