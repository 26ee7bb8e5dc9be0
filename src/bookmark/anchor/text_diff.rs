//! Carries a passage over from the text it was made in, using a diff of the tokens.
//!
//! This is more reliable than any search because it knows what else was in the old text: a sentence that was already
//! there is not the passage, however similar.

use imara_diff::{Algorithm, Diff, Token as Symbol};

use super::align::{self, Hit, align, bag_similarity};
use super::decide::{CONTEXT_MIN, Candidate, Confidence, Decision, decide, decision_for};
use super::exact::{TokenSpan, exact_matches};
use super::expand::expand;
use super::passage_query::PassageQuery;
use super::search::{
    CLEAR, GAP_MIN, STRETCH, add_candidate, candidate, candidate_in_gap, candidates, exact_candidates, is_exact,
    most_tokens, widen_to_sentences,
};
use super::token_index::{TokenIndex, WordId};
use crate::article::TextRange;

/// The share of common words below which two texts are not versions of one article; from the 2026-11 trial, where diffs
/// of unrelated articles placed 7 in 100 phrases.
const SAME_ARTICLE: f32 = 0.30;
/// Images farther than this (or half the passage) from the previous one belong to something else; from the trial.
const STRAGGLING: usize = 6;
/// Tokens on each side whose images locate the passage.
const NEIGHBOURS: usize = 40;
/// Neighbours this near show that the passage is between them.
const BESIDE: usize = 8;
/// Passages longer than this, in tokens, are not aligned; the diff alone locates them.
const LONG: usize = 320;
/// How much must survive for it to be the passage; from the trial, where it was the share of tokens.
const SURVIVES: f32 = 0.5;
/// How much for it to be approximately the passage.
const PARTLY: f32 = 0.35;
/// How much where both neighbours are still next to it.
const BETWEEN: f32 = 0.2;
/// A stretch belongs to another part of the old text if more than this share of its tokens come from there.
const TAKEN: f32 = 0.5;

/// How many more words than were removed may replace the first or last ones.
const ROOM: usize = 2;

const NOWHERE: u32 = u32::MAX;

/// An old text, and where its tokens are in the new one.
#[derive(Debug)]
pub(super) struct TextDiff<'a> {
    old: TokenIndex<'a>,
    /// By token of the old text, the token of the new one.
    images: Vec<u32>,
    /// By token of the new text, the token of the old one.
    origins: Vec<u32>,
}

impl<'a> TextDiff<'a> {
    /// Compares the texts; none if they are not versions of one article.
    pub(super) fn new(old: &'a str, new: &TokenIndex<'_>) -> Option<Self> {
        let old = TokenIndex::new(old);
        let translated: Vec<WordId> = (0..old.vocabulary() as WordId)
            .map(|word| new.id_of(old.spelling(word)).unwrap_or(new.vocabulary() as WordId + word))
            .collect();
        let common = translated.iter().filter(|word| (**word as usize) < new.vocabulary()).count();
        let all = old.vocabulary() + new.vocabulary() - common;
        if (common as f32) < SAME_ARTICLE * all as f32 {
            return None;
        }
        let before: Vec<Symbol> =
            old.ids().iter().map(|word| Symbol(translated.get(*word as usize).copied().unwrap_or(NOWHERE))).collect();
        let after: Vec<Symbol> = new.ids().iter().map(|word| Symbol(*word)).collect();
        let mut diff = Diff::default();
        let symbols = (old.vocabulary() + new.vocabulary()) as u32;
        diff.compute_with(Algorithm::Histogram, &before, &after, symbols);
        let (mut images, mut origins) = (vec![NOWHERE; before.len()], vec![NOWHERE; after.len()]);
        let (mut from, mut to) = (0, 0);
        let ends = std::iter::once((before.len() as u32..before.len() as u32, after.len() as u32..after.len() as u32));
        for (removed, added) in diff.hunks().map(|hunk| (hunk.before, hunk.after)).chain(ends) {
            for (one, other) in (from..removed.start).zip(to..added.start) {
                if let (Some(image), Some(origin)) = (images.get_mut(one as usize), origins.get_mut(other as usize)) {
                    (*image, *origin) = (other, one);
                }
            }
            (from, to) = (removed.end, added.end);
        }
        Some(Self { old, images, origins })
    }

    /// Where the passage at the bytes `place` of the old text is now, if anywhere.
    pub(super) fn find(
        &self,
        place: TextRange,
        exact: &str,
        query: &PassageQuery,
        new: &TokenIndex<'_>,
    ) -> Option<Decision> {
        let (from, to) = self.old.tokens_in(place);
        if from >= to || query.terms.is_empty() {
            return None;
        }
        let window = self.window(from, to, new.len());
        // The edges of a passage that begins or ends within a word lie within tokens.
        let cuts_words = if query.cuts_words == (false, false) { Vec::new() } else { exact_matches(exact, query, new) };
        let own = |run: TokenSpan| {
            cuts_words.iter().find(|place| (place.from, place.to) == (run.from, run.to)).copied().unwrap_or(run)
        };
        let mut here = Vec::new();
        for hit in self.hits(from, to, window, query, new).into_iter().map(|hit| widen_to_sentences(hit, query, new)) {
            let exact = is_exact(&hit);
            let run = TokenSpan::of(new, hit.from, hit.to)
                .map(|run| if exact { run } else { self.include_replaced_edges(run, (from, to), query, new) });
            if let Some(run) = run {
                here.push(candidate(query, new, own(run), hit.similarity.clamp(0.0, 1.0), exact));
            }
        }
        let tight = window.0 < window.1 && window.1 - window.0 <= most_tokens(query) && query.terms.len() <= LONG;
        if let Some(gap) = tight.then(|| candidate_in_gap(query, new, window.0, window.1)).flatten() {
            here = add_candidate(here, Candidate { run: own(gap.run), ..gap });
        }
        here.retain(|candidate| candidate.similarity >= GAP_MIN && !self.is_taken(candidate, (from, to)));
        if let Some(clear) = best(&here).filter(|best| best.score() >= CLEAR) {
            return Some(decision_for(query, new, clear, Confidence::Anchored));
        }
        // It may have been moved, or the diff matched something similar.
        let mut all = candidates(exact_candidates(exact, query, new).unwrap_or_default(), query, new);
        all.retain(|candidate| !self.is_taken(candidate, (from, to)));
        for candidate in here {
            all = add_candidate(all, candidate);
        }
        if let Some(decision) = decide(query, new, all.clone()) {
            return Some(decision);
        }
        let best = best(&all)?;
        let state = self.state(best, (from, to), window)?;
        Some(decision_for(query, new, best, state))
    }

    /// Includes the words that replaced the first and last words of the passage, up to the next unchanged words: an
    /// alignment leaves replacements out.
    fn include_replaced_edges(
        &self,
        run: TokenSpan,
        (from, to): (usize, usize),
        query: &PassageQuery,
        new: &TokenIndex<'_>,
    ) -> TokenSpan {
        let here = |at: &usize| self.image(*at).is_some_and(|image| (run.from..run.to).contains(&image));
        let is_new = |at: usize| self.origins.get(at).is_none_or(|origin| *origin == NOWHERE);
        let (mut start, mut end) = (run.from, run.to);
        let (Some(first), Some(last)) = ((from..to).find(here), (from..to).rev().find(here)) else { return run };
        let before = from.checked_sub(1).and_then(|at| self.image(at)).map(|image| image + 1);
        if let Some(before) =
            before.filter(|before| first > from && (1..=first - from + ROOM).contains(&start.saturating_sub(*before)))
            && (before..start).all(is_new)
        {
            start = before;
        }
        let after = self.image(to);
        if let Some(after) =
            after.filter(|after| last + 1 < to && (1..to - last + ROOM).contains(&after.saturating_sub(end)))
            && (end..after).all(is_new)
        {
            end = after;
        }
        let (start, end) = expand(query, new, (run.from, run.to), (start, end));
        TokenSpan::of(new, start, end).unwrap_or(run)
    }

    /// How certain a candidate is that is supported by the diff alone.
    fn state(&self, best: &Candidate, (from, to): (usize, usize), (start, end): (usize, usize)) -> Option<Confidence> {
        if best.run.from < start || end < best.run.to {
            return None;
        }
        let survives = self.survival((from, to), best.run);
        // Between the images of neighbours on both sides, and about as long as it was.
        let (length, room) = ((to - from) as f32, (end - start) as f32);
        let fits = self.pairs(from, to, BESIDE) && room <= length * STRETCH + BESIDE as f32 && room * STRETCH >= length;
        let known = best.context.better() >= CONTEXT_MIN;
        if best.similarity >= SURVIVES && survives >= SURVIVES {
            return if known { Some(Confidence::Anchored) } else { fits.then_some(Confidence::Approximate) };
        }
        let least = if fits { BETWEEN } else { PARTLY };
        (best.similarity >= least && survives >= least && (fits || known)).then_some(Confidence::Approximate)
    }

    /// Whether on both sides of the old tokens `from..to` two neighbours that stayed together are near.
    fn pairs(&self, from: usize, to: usize, near: usize) -> bool {
        self.before(from, near).is_some() && self.after(to, near).is_some()
    }

    /// The image of the nearest of two neighbours before `from` that stayed together, at most `near` tokens off.
    fn before(&self, from: usize, near: usize) -> Option<usize> {
        (from.saturating_sub(near)..from.saturating_sub(1)).rev().find_map(|at| self.pair(at)).map(|(_, image)| image)
    }

    /// The same for neighbours after `to`.
    fn after(&self, to: usize, near: usize) -> Option<usize> {
        (to..(to + near).min(self.images.len())).find_map(|at| self.pair(at)).map(|(image, _)| image)
    }

    /// The images of two tokens that stayed together: a single token may have its image anywhere.
    fn pair(&self, at: usize) -> Option<(usize, usize)> {
        let (one, other) = (self.image(at)?, self.image(at + 1)?);
        (one + 1 == other).then_some((one, other))
    }

    fn image(&self, at: usize) -> Option<usize> {
        self.images.get(at).filter(|image| **image != NOWHERE).map(|image| *image as usize)
    }

    /// The share of the weight of the old tokens `from..to` whose images lie in `run`.
    fn survival(&self, (from, to): (usize, usize), run: TokenSpan) -> f32 {
        let (mut all, mut found) = (0.0, 0.0);
        for (at, weight) in (from..to).zip(self.old.weights().get(from..to).unwrap_or_default()) {
            all += weight;
            if self.image(at).is_some_and(|image| (run.from..run.to).contains(&image)) {
                found += weight;
            }
        }
        found / f32::max(all, f32::MIN_POSITIVE)
    }

    /// The tokens of the new text between the images of the neighbours of the old tokens `from..to`.
    fn window(&self, from: usize, to: usize, length: usize) -> (usize, usize) {
        let (before, after) = (self.before(from, NEIGHBOURS), self.after(to, NEIGHBOURS));
        let (first, last) = self.cluster(from, to).unwrap_or((usize::MAX, 0));
        let room = (to - from) * 2 + NEIGHBOURS;
        let start = before.map_or_else(|| first.min(length).saturating_sub(room), |image| image + 1);
        let end = after.unwrap_or_else(|| (last + room).min(length));
        match (before, after) {
            (Some(_), None) => (start, (start + room).min(length).max(start)),
            (None, Some(_)) => (end.saturating_sub(room), end),
            _ => (start, end.max(start)),
        }
    }

    /// From the first to the last image of the old tokens `from..to`, without stragglers.
    fn cluster(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let far = ((to - from) / 2).max(STRAGGLING);
        let mut best: Option<(f32, usize, usize)> = None;
        let mut current: Option<(f32, usize, usize, usize)> = None;
        for (at, weight) in (from..to).zip(self.old.weights().get(from..to).unwrap_or_default()) {
            let Some(image) = self.image(at) else { continue };
            current = Some(match current {
                Some((sum, first, last, before)) if image - last <= at - before + far => {
                    (sum + weight, first, image, at)
                }
                _ => (*weight, image, image, at),
            });
            if let Some((sum, first, last, _)) = current
                && best.is_none_or(|(most, ..)| sum > most)
            {
                best = Some((sum, first, last + 1));
            }
        }
        best.map(|(_, first, last)| (first, last))
    }

    /// Stretches of the new text that the passage may have become.
    fn hits(
        &self,
        from: usize,
        to: usize,
        (start, end): (usize, usize),
        query: &PassageQuery,
        new: &TokenIndex<'_>,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        if query.terms.len() <= LONG {
            let most_room = query.terms.len() * 4 + 400;
            hits = align(&query.terms, new, start, end.min(start + most_room));
        }
        if let Some((first, last)) = self.cluster(from, to).filter(|(first, last)| last - first <= most_tokens(query)) {
            let similarity = if query.terms.len() <= LONG {
                align::similarity(&query.terms, new, first, last)
            } else {
                bag_similarity(&query.terms, new, first, last)
            };
            hits.push(Hit { from: first, to: last, similarity });
        }
        align::best(hits)
    }

    /// Whether a stretch comes from another part of the old text.
    fn is_taken(&self, candidate: &Candidate, (from, to): (usize, usize)) -> bool {
        let inside = self.origins.get(candidate.run.from..candidate.run.to).unwrap_or_default();
        let elsewhere =
            inside.iter().filter(|origin| **origin != NOWHERE && !(from..to).contains(&(**origin as usize))).count();
        elsewhere as f32 > TAKEN * inside.len() as f32
    }

    /// The old text.
    pub(super) fn old(&self) -> &TokenIndex<'a> {
        &self.old
    }
}

fn best(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates.iter().max_by(|one, other| one.score().total_cmp(&other.score()))
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    const OLD: &str = "It rained in the north. Rents fell for a third month. Trains ran on time, and ships did not.";

    fn carried(passage: &str, new: &str) -> Option<(String, Confidence)> {
        let new_words = TokenIndex::new(new);
        let diff = TextDiff::new(OLD, &new_words).unwrap();
        let start = OLD.find(passage).unwrap();
        let place = TextRange::new(start, start + passage.len());
        let query = PassageQuery::new(&Quote::of(OLD, place).unwrap(), &new_words);
        let decision = diff.find(place, passage, &query, &new_words)?;
        Some((new[decision.run.range.start..decision.run.range.end].to_owned(), decision.state))
    }

    #[test]
    fn an_edited_passage_is_where_its_tokens_are() {
        let new = OLD.replace("Rents fell for a third month", "Rents slid badly for a third month running");
        let (words, state) = carried("Rents fell for a third month.", &new).unwrap();
        assert_eq!((words.as_str(), state), ("Rents slid badly for a third month running.", Confidence::Anchored));
        assert_eq!(carried("on time", &format!("New. {OLD}")).unwrap().0, "on time");
    }

    #[test]
    fn replaced_words_at_the_edges_belong_to_it() {
        let new = OLD.replace("on time", "too late");
        assert_eq!(carried("Trains ran on time", &new).unwrap().0, "Trains ran too late");
        let new = OLD.replace("Trains ran", "Buses ran");
        assert_eq!(carried("Trains ran on time", &new).unwrap().0, "Buses ran on time");
    }

    #[test]
    fn a_passage_that_was_deleted_or_replaced_is_lost() {
        assert!(carried("Rents fell for a third month.", &OLD.replace("Rents fell for a third month.", "")).is_none());
        let new = OLD.replace("Rents fell for a third month.", "A whale was seen off the cape.");
        assert!(carried("Rents fell for a third month.", &new).is_none());
    }

    #[test]
    fn unrelated_articles_are_not_compared() {
        let new = TokenIndex::new("Whales were seen off the cape, where gulls are loud and nobody lives.");
        assert!(TextDiff::new(OLD, &new).is_none());
    }

    #[test]
    fn stragglers_are_left_out() {
        let filler = "one more of these many new words stands here ".repeat(4);
        let new = OLD.replace("third month. Trains", &format!("third month. {filler} Trains"));
        let (words, _) = carried("Rents fell for a third month.", &new).unwrap();
        assert_eq!(words, "Rents fell for a third month.");
    }
}
