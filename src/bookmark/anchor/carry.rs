//! Carries a passage over from the text it was made in: a diff of the tokens says what became of each.
//!
//! Surer than any search, since it knows what else was in the old text: a sentence that was there before is not the
//! passage, however alike it is.

use imara_diff::{Algorithm, Diff, Token as Symbol};

use super::align::{self, Hit, align, bag_similarity};
use super::decide::{CONTEXT_MIN, Candidate, Decision, State, decide, marked};
use super::exact::{Run, places};
use super::grow::grown;
use super::query::Query;
use super::search::{
    CLEAR, GAP_LEAST, STRETCH, candidate, candidates, copies, in_gap, is_exact, most_tokens, widened, with_better,
};
use super::words::{Word, Words};
use crate::article::TextRange;

/// Two texts with fewer of their words in common are no versions of one article; from the trial in 2026-11, where the
/// diff of unrelated articles placed 7 in 100 phrases.
const SAME_ARTICLE: f32 = 0.30;
/// Images farther off than this from those before, or half the passage, belong to something else; from the trial.
const STRAGGLING: usize = 6;
/// Tokens beside the passage that are asked where its neighbours went.
const NEIGHBOURS: usize = 40;
/// So near they say that the passage is between them.
const BESIDE: usize = 8;
/// Passages longer than this, in tokens, are not aligned; the diff alone says where they are.
const LONG: usize = 320;
/// So much of the passage must be there for it to be the passage: from the trial, where it was the share of tokens.
const SURVIVES: f32 = 0.5;
/// So much for it to be approximately that.
const PARTLY: f32 = 0.35;
/// So much where both neighbours stayed beside it.
const BETWEEN: f32 = 0.2;
/// A stretch belongs to something else that was in the old text if more than this of its tokens come from there.
const TAKEN: f32 = 0.5;

/// Words more than were taken away that may stand in place of the first or last ones.
const ROOM: usize = 2;

const NOWHERE: u32 = u32::MAX;

/// An old text, and what became of its tokens in the new one.
#[derive(Debug)]
pub(super) struct Carry<'a> {
    old: Words<'a>,
    /// By token of the old text, the token of the new one.
    images: Vec<u32>,
    /// By token of the new text, the token of the old one.
    origins: Vec<u32>,
}

impl<'a> Carry<'a> {
    /// Compares the texts; none if they are no versions of one article.
    pub(super) fn new(old: &'a str, new: &Words<'_>) -> Option<Self> {
        let old = Words::new(old);
        let translated: Vec<Word> = (0..old.vocabulary() as Word)
            .map(|word| new.word(old.spelling(word)).unwrap_or(new.vocabulary() as Word + word))
            .collect();
        let common = translated.iter().filter(|word| (**word as usize) < new.vocabulary()).count();
        let all = old.vocabulary() + new.vocabulary() - common;
        if (common as f32) < SAME_ARTICLE * all as f32 {
            return None;
        }
        let before: Vec<Symbol> =
            old.words().iter().map(|word| Symbol(translated.get(*word as usize).copied().unwrap_or(NOWHERE))).collect();
        let after: Vec<Symbol> = new.words().iter().map(|word| Symbol(*word)).collect();
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
    pub(super) fn find(&self, place: TextRange, exact: &str, query: &Query, new: &Words<'_>) -> Option<Decision> {
        let (from, to) = self.old.tokens_in(place);
        if from >= to || query.terms.is_empty() {
            return None;
        }
        let window = self.window(from, to, new.len());
        // Of a passage that was cut out of words the edges lie inside of tokens.
        let torn = if query.torn == (false, false) { Vec::new() } else { places(exact, query, new) };
        let own =
            |run: Run| torn.iter().find(|place| (place.from, place.to) == (run.from, run.to)).copied().unwrap_or(run);
        let mut here = Vec::new();
        for hit in self.hits(from, to, window, query, new).into_iter().map(|hit| widened(hit, query, new)) {
            let exact = is_exact(&hit);
            let run = Run::of(new, hit.from, hit.to)
                .map(|run| if exact { run } else { self.with_edges(run, (from, to), query, new) });
            if let Some(run) = run {
                here.push(candidate(query, new, own(run), hit.similarity.clamp(0.0, 1.0), exact));
            }
        }
        let tight = window.0 < window.1 && window.1 - window.0 <= most_tokens(query) && query.terms.len() <= LONG;
        if let Some(gap) = tight.then(|| in_gap(query, new, window.0, window.1)).flatten() {
            here = with_better(here, Candidate { run: own(gap.run), ..gap });
        }
        here.retain(|candidate| candidate.similarity >= GAP_LEAST && !self.is_taken(candidate, (from, to)));
        if let Some(clear) = best(&here).filter(|best| best.score() >= CLEAR) {
            return Some(marked(query, new, clear, State::Anchored));
        }
        // It may have been moved, or the diff took something like it for it.
        let mut all = candidates(copies(exact, query, new).unwrap_or_default(), query, new);
        all.retain(|candidate| !self.is_taken(candidate, (from, to)));
        for candidate in here {
            all = with_better(all, candidate);
        }
        if let Some(decision) = decide(query, new, all.clone()) {
            return Some(decision);
        }
        let best = best(&all)?;
        let state = self.state(best, (from, to), window)?;
        Some(marked(query, new, best, state))
    }

    /// With what stands where the first and last words of the passage stood, up to the next words that stayed: an alignment
    /// leaves out what was put in their place.
    fn with_edges(&self, run: Run, (from, to): (usize, usize), query: &Query, new: &Words<'_>) -> Run {
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
        let (start, end) = grown(query, new, (run.from, run.to), (start, end));
        Run::of(new, start, end).unwrap_or(run)
    }

    /// How sure a place is that only the diff speaks for.
    fn state(&self, best: &Candidate, (from, to): (usize, usize), (start, end): (usize, usize)) -> Option<State> {
        if best.run.from < start || end < best.run.to {
            return None;
        }
        let survives = self.survival((from, to), best.run);
        // Between the images of neighbours on both sides, and about as long as it was.
        let (length, room) = ((to - from) as f32, (end - start) as f32);
        let fits = self.pairs(from, to, BESIDE) && room <= length * STRETCH + BESIDE as f32 && room * STRETCH >= length;
        let known = best.context.better() >= CONTEXT_MIN;
        if best.similarity >= SURVIVES && survives >= SURVIVES {
            return if known { Some(State::Anchored) } else { fits.then_some(State::Approximate) };
        }
        let least = if fits { BETWEEN } else { PARTLY };
        (best.similarity >= least && survives >= least && (fits || known)).then_some(State::Approximate)
    }

    /// Whether two neighbours that stayed together are near on both sides of the old tokens `from..to`.
    fn pairs(&self, from: usize, to: usize, near: usize) -> bool {
        self.before(from, near).is_some() && self.after(to, near).is_some()
    }

    /// The image of the nearest of two neighbours before `from` that stayed together, at most `near` tokens off.
    fn before(&self, from: usize, near: usize) -> Option<usize> {
        (from.saturating_sub(near)..from.saturating_sub(1)).rev().find_map(|at| self.pair(at)).map(|(_, image)| image)
    }

    /// The same after.
    fn after(&self, to: usize, near: usize) -> Option<usize> {
        (to..(to + near).min(self.images.len())).find_map(|at| self.pair(at)).map(|(image, _)| image)
    }

    /// The images of two tokens that stayed together: one token alone may have its image anywhere.
    fn pair(&self, at: usize) -> Option<(usize, usize)> {
        let (one, other) = (self.image(at)?, self.image(at + 1)?);
        (one + 1 == other).then_some((one, other))
    }

    fn image(&self, at: usize) -> Option<usize> {
        self.images.get(at).filter(|image| **image != NOWHERE).map(|image| *image as usize)
    }

    /// The share of the weight of the old tokens `from..to` whose images lie in `run`.
    fn survival(&self, (from, to): (usize, usize), run: Run) -> f32 {
        let (mut all, mut found) = (0.0, 0.0);
        for (at, weight) in (from..to).zip(self.old.weights().get(from..to).unwrap_or_default()) {
            all += weight;
            if self.image(at).is_some_and(|image| (run.from..run.to).contains(&image)) {
                found += weight;
            }
        }
        found / f32::max(all, f32::MIN_POSITIVE)
    }

    /// The tokens of the new text between what became of the neighbours of the old tokens `from..to`.
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

    /// From the first to the last image of the old tokens `from..to`, without those that straggle.
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
    fn hits(&self, from: usize, to: usize, (start, end): (usize, usize), query: &Query, new: &Words<'_>) -> Vec<Hit> {
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

    /// Whether a stretch is what became of something else in the old text.
    fn is_taken(&self, candidate: &Candidate, (from, to): (usize, usize)) -> bool {
        let inside = self.origins.get(candidate.run.from..candidate.run.to).unwrap_or_default();
        let elsewhere =
            inside.iter().filter(|origin| **origin != NOWHERE && !(from..to).contains(&(**origin as usize))).count();
        elsewhere as f32 > TAKEN * inside.len() as f32
    }

    /// The old text.
    pub(super) fn old(&self) -> &Words<'a> {
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

    fn carried(passage: &str, new: &str) -> Option<(String, State)> {
        let new_words = Words::new(new);
        let carry = Carry::new(OLD, &new_words).unwrap();
        let start = OLD.find(passage).unwrap();
        let place = TextRange::new(start, start + passage.len());
        let query = Query::new(&Quote::of(OLD, place).unwrap(), &new_words);
        let decision = carry.find(place, passage, &query, &new_words)?;
        Some((new[decision.run.range.start..decision.run.range.end].to_owned(), decision.state))
    }

    #[test]
    fn an_edited_passage_is_where_its_tokens_went() {
        let new = OLD.replace("Rents fell for a third month", "Rents slid badly for a third month running");
        let (words, state) = carried("Rents fell for a third month.", &new).unwrap();
        assert_eq!((words.as_str(), state), ("Rents slid badly for a third month running.", State::Anchored));
        assert_eq!(carried("on time", &format!("New. {OLD}")).unwrap().0, "on time");
    }

    #[test]
    fn words_at_the_edges_that_were_replaced_belong_to_it() {
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
    fn other_articles_are_not_compared() {
        let new = Words::new("Whales were seen off the cape, where gulls are loud and nobody lives.");
        assert!(Carry::new(OLD, &new).is_none());
    }

    #[test]
    fn images_that_straggle_are_left_out() {
        let filler = "one more of these many new words stands here ".repeat(4);
        let new = OLD.replace("third month. Trains", &format!("third month. {filler} Trains"));
        let (words, _) = carried("Rents fell for a third month.", &new).unwrap();
        assert_eq!(words, "Rents fell for a third month.");
    }
}
