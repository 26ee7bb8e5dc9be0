//! Searches for a passage by its words and context, without the text it was made in.

use super::align::{self, Hit, MIN_SIMILARITY, align, bag_similarity, similarity};
use super::context::ContextFit;
use super::decide::{CONTEXT_MIN, Candidate, Confidence, Decision, decide, decision_for, is_whole};
use super::exact::{MAX_MATCHES, TokenSpan, exact_matches};
use super::expand::expand;
use super::passage_query::{PassageQuery, Term};
use super::regions::regions;
use super::token_index::TokenIndex;

/// An exact match with a context this good, both sides together, is the passage; the search ends there.
const PLAIN_CONTEXT: f32 = 0.6;
/// The lead it needs over another copy.
const PLAIN_MARGIN: f32 = 0.2;
/// A passage longer than this, in tokens, is found by its two ends of [`END`] tokens.
const LONG: usize = 320;
const END: usize = 80;
/// How much longer than the passage its edited form may be; from the trial.
pub(super) const STRETCH: f32 = 2.2;
/// Tokens of context by which a gap is found; the nearest are the most telling.
const BESIDE: usize = 12;
/// The similarity they must have.
const BESIDE_MIN: f32 = 0.6;
/// The similarity a gap must have to the passage, and the minimum for the worse side of its context; what passes is
/// still one candidate among others.
pub(super) const GAP_MIN: f32 = 0.15;
const GAP_CONTEXT: f32 = 0.3;
/// How much more similar a part of a gap must be for the rest to be left out.
const CLEARLY_MORE: f32 = 0.05;
/// Above this the similarity is 1 but for rounding.
const EXACT: f32 = 0.999;
/// The same words in another order are not an exact match.
const REORDERED_MAX: f32 = 0.99;
/// The minimum context of a whole paragraph that was moved: enough to win over mere look-alikes.
const MOVED: ContextFit = ContextFit { before: Some(CONTEXT_MIN), after: Some(CONTEXT_MIN) };
/// How many starts and ends of sentences are tried around a hit.
const MAX_EDGES: usize = 3;
/// A score at which no further candidates are looked for.
pub(super) const CLEAR: f32 = 0.8;

/// Finds the passage, if it is there.
pub(super) fn search(exact: &str, query: &PassageQuery, words: &TokenIndex<'_>) -> Option<Decision> {
    let copies = exact_candidates(exact, query, words)?;
    if let Some(plain) = unambiguous_copy(&copies) {
        return Some(decision_for(query, words, &plain, Confidence::Anchored));
    }
    decide(query, words, candidates(copies, query, words))
}

/// Every exact match of the passage; none if there are too many to tell apart.
pub(super) fn exact_candidates(exact: &str, query: &PassageQuery, words: &TokenIndex<'_>) -> Option<Vec<Candidate>> {
    if query.terms.is_empty() || words.len() == 0 {
        return None;
    }
    let runs = exact_matches(exact, query, words);
    let candidate = |run| {
        let found = candidate(query, words, run, 1.0, true);
        let context = if is_whole(query, words, &run) { found.context.or(MOVED) } else { found.context };
        Candidate { context, ..found }
    };
    (runs.len() <= MAX_MATCHES).then(|| runs.into_iter().map(candidate).collect())
}

/// The exact matches, and every other stretch that could be the passage.
pub(super) fn candidates(copies: Vec<Candidate>, query: &PassageQuery, words: &TokenIndex<'_>) -> Vec<Candidate> {
    let exact: Vec<TokenSpan> = copies.iter().map(|candidate| candidate.run).collect();
    let is_new = |from: usize, to: usize| exact.iter().all(|run| run.to <= from || to <= run.from);
    let mut candidates = copies;
    let hits = hits(&query.terms, words).into_iter().map(|hit| widen_to_sentences(hit, query, words)).collect();
    for hit in align::best(hits) {
        if is_new(hit.from, hit.to)
            && let Some(run) = TokenSpan::of(words, hit.from, hit.to)
        {
            candidates.push(candidate(query, words, run, hit.similarity.clamp(0.0, 1.0), false));
        }
    }
    if candidates.iter().all(|candidate| candidate.score() < CLEAR)
        && let Some(gap) = best_gap_candidate(query, words).filter(|gap| is_new(gap.run.from, gap.run.to))
    {
        candidates = add_candidate(candidates, gap);
    }
    candidates
}

/// A candidate at `run`, with its context.
pub(super) fn candidate(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    run: TokenSpan,
    similarity: f32,
    exact: bool,
) -> Candidate {
    Candidate { run, similarity, exact, context: ContextFit::of(query, words, run.from, run.to) }
}

/// The copy whose context leaves no doubt, if there is one.
fn unambiguous_copy(copies: &[Candidate]) -> Option<Candidate> {
    let best = copies.iter().max_by(|one, other| one.context.both().total_cmp(&other.context.both()))?;
    let context = best.context.both();
    let beaten = |other: &Candidate| other.run == best.run || context - other.context.both() >= PLAIN_MARGIN;
    (context >= PLAIN_CONTEXT && copies.iter().all(beaten)).then_some(*best)
}

/// The stretches that are similar to the passage.
fn hits(terms: &[Term], words: &TokenIndex<'_>) -> Vec<Hit> {
    if terms.len() > LONG {
        return long_hits(terms, words);
    }
    let regions = regions(terms, words);
    align::best(regions.into_iter().flat_map(|(from, to)| align(terms, words, from, to)).collect())
}

/// How many tokens the passage may have grown to.
pub(super) fn most_tokens(query: &PassageQuery) -> usize {
    (query.terms.len() as f32 * STRETCH) as usize + 4
}

/// Widens a hit within a sentence to whole sentences, if the passage is whole sentences and the rest, in any order,
/// makes it more similar.
pub(super) fn widen_to_sentences(hit: Hit, query: &PassageQuery, words: &TokenIndex<'_>) -> Hit {
    let most = most_tokens(query);
    if !query.begins || !query.ends || query.terms.len() > LONG {
        return hit;
    }
    // An alignment may begin in the sentence before or end in the next one.
    let begins = |at: &usize| words.sentence_begins(*at);
    let first = (hit.to.saturating_sub(most)..=hit.from).rev().find(begins);
    let starts = first.into_iter().chain((hit.from + 1..hit.to).filter(begins)).take(MAX_EDGES);
    let last = (hit.to..=(hit.from + most).min(words.len())).find(begins);
    let ends: Vec<usize> =
        last.into_iter().chain((hit.from + 1..hit.to).rev().filter(begins)).take(MAX_EDGES).collect();
    let sentences = starts.flat_map(|from| ends.iter().map(move |to| (from, *to)));
    let hits = sentences.filter(|(from, to)| from < to && to - from <= most).map(|(from, to)| {
        let similarity = align::unordered_similarity(&query.terms, words, from, to).min(REORDERED_MAX);
        Hit { from, to, similarity }
    });
    hits.fold(hit, |best, hit| if hit.similarity > best.similarity { hit } else { best })
}

/// Stretches between the beginning and the end of a long passage.
fn long_hits(terms: &[Term], words: &TokenIndex<'_>) -> Vec<Hit> {
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
    found.retain(|hit| hit.similarity >= MIN_SIMILARITY);
    align::best(found)
}

/// The best candidate between the words that preceded the passage and those that followed it.
fn best_gap_candidate(query: &PassageQuery, words: &TokenIndex<'_>) -> Option<Candidate> {
    if query.terms.len() > LONG {
        return None;
    }
    let mut before: Vec<Term> = query.before.iter().take(BESIDE).cloned().collect();
    before.reverse();
    let after: Vec<Term> = query.after.iter().take(BESIDE).cloned().collect();
    let likely = |terms: &[Term]| {
        let mut hits = hits(terms, words);
        hits.retain(|hit| hit.similarity >= BESIDE_MIN);
        hits.truncate(4);
        hits
    };
    let (befores, afters) = (likely(&before), likely(&after));
    let most = most_tokens(query);
    let pairs = befores.iter().flat_map(|before| afters.iter().map(move |after| (before.to, after.from)));
    let gaps = pairs.filter(|(from, to)| from < to && to - from <= most);
    let candidates = gaps.filter_map(|(from, to)| {
        let found = candidate_in_gap(query, words, from, to)?;
        (found.similarity >= GAP_MIN && found.context.worse() >= GAP_CONTEXT).then_some(found)
    });
    candidates.max_by(|one, other| one.score().total_cmp(&other.score()))
}

/// The part of a gap that can belong to the passage, or a clearly more similar part of that.
pub(super) fn candidate_in_gap(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    from: usize,
    to: usize,
) -> Option<Candidate> {
    let context = ContextFit::of(query, words, from, to);
    let inside = align(&query.terms, words, from, to).into_iter().next();
    let (start, end) = inside.map_or_else(|| shared_span(query, words, from, to), |hit| (hit.from, hit.to));
    let (start, end) = expand(query, words, (start, end), (from, to));
    let all = similarity(&query.terms, words, start, end);
    let all = Hit { from: start, to: end, similarity: all };
    let hit = inside.filter(|hit| hit.similarity > all.similarity + CLEARLY_MORE).unwrap_or(all);
    let found = candidate(
        query,
        words,
        TokenSpan::of(words, hit.from, hit.to)?,
        hit.similarity.clamp(0.0, 1.0),
        is_exact(&hit),
    );
    Some(Candidate { context: found.context.or(context), ..found })
}

/// From the first to the last word of the passage in `from..to`; all of it if there is none.
fn shared_span(query: &PassageQuery, words: &TokenIndex<'_>, from: usize, to: usize) -> (usize, usize) {
    let content = query.content_words();
    let is_its = |at: &usize| words.ids().get(*at).is_some_and(|word| content.contains(word));
    let (first, last) = ((from..to).find(is_its), (from..to).rev().find(is_its));
    first.zip(last).map_or((from, to), |(first, last)| (first, last + 1))
}

/// Whether a hit has exactly the words of the passage.
pub(super) fn is_exact(hit: &Hit) -> bool {
    hit.similarity > EXACT
}

/// Adds a candidate, replacing those it overlaps unless one of them is as good.
pub(super) fn add_candidate(mut candidates: Vec<Candidate>, one: Candidate) -> Vec<Candidate> {
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

    fn found(prefix: &str, exact: &str, suffix: &str, text: &str) -> Option<(String, Confidence)> {
        let words = TokenIndex::new(text);
        let quote = Quote { prefix: prefix.into(), exact: exact.into(), suffix: suffix.into() };
        let decision = search(exact, &PassageQuery::new(&quote, &words), &words)?;
        Some((text[decision.run.range.start..decision.run.range.end].to_owned(), decision.state))
    }

    #[test]
    fn a_mostly_replaced_passage_is_found_in_the_gap() {
        let (before, after) =
            ("The state office published its figures on Friday. ", " Analysts had expected a longer pause.");
        let text = format!("{before}Housing costs slid for a month.{after}");
        let (words, state) = found(before, "Rents fell for a third month.", after, &text).unwrap();
        assert_eq!((words.as_str(), state), ("Housing costs slid for a month.", Confidence::Approximate));
    }

    #[test]
    fn copies_that_cannot_be_told_apart_are_not_found() {
        let text = "We hold on. ".repeat(9);
        assert!(found("We hold on. ", "We hold on.", " We hold on.", &text).is_none());
        assert!(found("", "a", "", &"a ".repeat(MAX_MATCHES + 2)).is_none());
        assert!(found("", "", "", "words").is_none());
    }
}
