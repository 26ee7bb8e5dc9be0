//! Decides which of several candidates is the passage, and how certain that is.

use super::context::{ContextFit, neighbourhood_share};
use super::enclosing_marks::trim_enclosing_marks;
use super::exact::TokenSpan;
use super::meaning::{changes_meaning, is_about_something_else};
use super::passage_query::{PassageQuery, begins_paragraph, ends_paragraph};
use super::token_index::TokenIndex;

/// A stretch of the text that could be the passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its tokens.
    pub(super) run: TokenSpan,
    /// How similar it is to the passage, from 0 to 1.
    pub(super) similarity: f32,
    /// Whether it has exactly the words of the passage.
    pub(super) exact: bool,
    /// How well the words around it fit.
    pub(super) context: ContextFit,
}

/// How certain a decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confidence {
    Anchored,
    Approximate,
}

/// The stretch that was chosen for the passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) run: TokenSpan,
    pub(super) state: Confidence,
    /// How well it fits, from 0 to 1.
    pub(super) score: f32,
}

/// The shares of passage and context in a score; from the 2026-11 trial, without its two hundredths for the position,
/// which never decided correctly.
const PASSAGE_SHARE: f32 = 0.6;
const CONTEXT_SHARE: f32 = 0.4;

/// A passage of this weight, about four plain words, needs no context if it occurs only once; from the trial.
const WEIGHT_ALONE: f32 = 4.0;
/// A whole paragraph that is one again may be lighter: enough for a heading, not for a lone word.
const WEIGHT_WHOLE: f32 = 0.4;
/// Context that is meaningful; from the trial.
pub(super) const CONTEXT_MIN: f32 = 0.35;
/// Context that suffices for a light passage; measured on phrases whose sentence was deleted.
const CONTEXT_GOOD: f32 = 0.5;
/// The minimum score, higher for light passages than for heavy ones; from the trial.
const SCORE_MIN: f32 = 0.62;
const SCORE_LIGHT: f32 = 0.22;
const LIGHT: f32 = 4.0;
/// The lead the best candidate needs over the next; from the trial.
const MARGIN: f32 = 0.07;
/// The lead of an exact copy over another, where only the context differs.
const EXACT_MARGIN: f32 = 0.04;
/// For an approximate decision: score, lead and the better side of the context; from the trial, the last two lowered
/// after measuring on the first half of the real revisions.
const DOUBTFUL_SCORE: f32 = 0.53;
const DOUBTFUL_MARGIN: f32 = 0.15;
const DOUBTFUL_SIDE: f32 = 0.5;
/// The score may be lower if both sides of the context are present; measured likewise: it finds a tenth of the heavily
/// rewritten sentences and misplaces nothing more.
const DOUBTFUL_BOTH: f32 = 0.45;
const DOUBTFUL_WORSE: f32 = 0.35;
/// The context an edited passage needs on one side to be certain.
const SURE_SIDE: f32 = 0.6;
/// The share of its neighbours that must be near an edited passage if they are not next to it: measured on real
/// revisions, where sentences change places within a paragraph, against look-alikes, which have a third.
const NEAR_SHARE: f32 = 0.55;
/// Where nearly all of them are near, less of the passage has to survive.
const REORDERED_NEAR: f32 = 0.85;
const REORDERED_SIMILARITY: f32 = 0.7;
/// How much of an edited passage must survive if only one neighbour does.
const MOVED_SIMILARITY: f32 = 0.8;

impl Candidate {
    /// How well it fits, from 0 to 1.
    pub(super) fn score(&self) -> f32 {
        (PASSAGE_SHARE * self.similarity + CONTEXT_SHARE * self.context.both()).clamp(0.0, 1.0)
    }
}

/// How far a passage may be widened to whole sentences, as a share of its length. Measured on edits of three words in
/// ten, a tenth of which lost their first or last words; a larger value would take in whole neighbours.
const SNAP: f32 = 0.34;

/// Decides between the candidates; none if no candidate is convincing.
pub(super) fn decide(query: &PassageQuery, words: &TokenIndex<'_>, mut candidates: Vec<Candidate>) -> Option<Decision> {
    candidates.sort_by(|one, other| other.score().total_cmp(&one.score()).then(one.run.from.cmp(&other.run.from)));
    let best = *candidates.first()?;
    let next = candidates.iter().skip(1).map(Candidate::score).next();
    let margin = best.score() - next.unwrap_or(0.0);
    let copies = candidates.iter().filter(|candidate| candidate.exact).count();
    let state = if best.exact {
        judge_exact(query, words, &best, margin, copies)
    } else {
        judge_edited(query, words, &best, margin)
    }?;
    Some(decision_for(query, words, &best, state))
}

/// The decision for the chosen candidate: different numbers, names or negations make it approximate.
pub(super) fn decision_for(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    best: &Candidate,
    state: Confidence,
) -> Decision {
    let run =
        if best.exact { best.run } else { trim_enclosing_marks(query, words, whole_sentences(query, words, best.run)) };
    let changed = changes_meaning(query, words, run.from, run.to);
    let state = if changed { Confidence::Approximate } else { state };
    Decision { run, state, score: best.score() }
}

/// A passage that began or ended with a sentence still does if a sentence begins or ends nearby: words at its edges may
/// have been replaced, and an alignment leaves those out.
fn whole_sentences(query: &PassageQuery, words: &TokenIndex<'_>, run: TokenSpan) -> TokenSpan {
    let most = ((run.to - run.from) as f32 * SNAP) as usize + 1;
    let (mut from, mut to) = (run.from, run.to);
    if query.begins {
        let mut near = (run.from.saturating_sub(most)..=run.from).rev();
        from = near.find(|at| words.sentence_begins(*at)).unwrap_or(run.from);
    }
    if query.ends {
        let mut near = run.to..=(run.to + most).min(words.len());
        to = near.find(|at| words.sentence_begins(*at)).unwrap_or(run.to);
    }
    TokenSpan::of(words, from, to).unwrap_or(run)
}

fn judge_exact(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    best: &Candidate,
    margin: f32,
    copies: usize,
) -> Option<Confidence> {
    let better = best.context.better();
    if copies > 1 {
        return (better >= CONTEXT_MIN && margin >= EXACT_MARGIN).then_some(Confidence::Anchored);
    }
    // A whole paragraph may have been moved; any other passage should have some of its context left.
    let whole = is_whole(query, words, &best.run);
    if better >= CONTEXT_GOOD || whole {
        return Some(if margin >= MARGIN { Confidence::Anchored } else { Confidence::Approximate });
    }
    (query.weight >= WEIGHT_ALONE || better >= CONTEXT_MIN).then_some(Confidence::Approximate)
}

fn judge_edited(query: &PassageQuery, words: &TokenIndex<'_>, best: &Candidate, margin: f32) -> Option<Confidence> {
    judge_in_context(query, best, margin).or_else(|| {
        // It may have changed places with its neighbours.
        let near = neighbourhood_share(query, words, best.run.from, best.run.to);
        let moved = best.similarity >= MOVED_SIMILARITY && near >= NEAR_SHARE
            || best.similarity >= REORDERED_SIMILARITY
                && near >= REORDERED_NEAR
                && !is_about_something_else(query, words, best.run.from, best.run.to);
        let clear = query.weight >= WEIGHT_ALONE && margin >= DOUBTFUL_MARGIN;
        (clear && moved).then_some(Confidence::Approximate)
    })
}

fn judge_in_context(query: &PassageQuery, best: &Candidate, margin: f32) -> Option<Confidence> {
    let (score, context) = (best.score(), best.context);
    if context.better() < CONTEXT_MIN {
        return None;
    }
    let least = SCORE_MIN + SCORE_LIGHT * (-query.weight / LIGHT).exp();
    let sure = context.worse() >= CONTEXT_MIN || context.better() >= SURE_SIDE && best.similarity >= MOVED_SIMILARITY;
    if score >= least && margin >= MARGIN {
        return Some(if sure { Confidence::Anchored } else { Confidence::Approximate });
    }
    let one = score >= DOUBTFUL_SCORE && context.better() >= DOUBTFUL_SIDE;
    let both = score >= DOUBTFUL_BOTH && context.worse() >= DOUBTFUL_WORSE;
    ((one || both) && margin >= DOUBTFUL_MARGIN).then_some(Confidence::Approximate)
}

/// Whether a passage of whole paragraphs is one again at `run`: it may have been moved and needs no context.
pub(super) fn is_whole(query: &PassageQuery, words: &TokenIndex<'_>, run: &TokenSpan) -> bool {
    if !query.paragraph || query.weight < WEIGHT_WHOLE {
        return false;
    }
    let before = words.text().get(..run.range.start).unwrap_or_default();
    let after = words.text().get(run.range.end..).unwrap_or_default();
    begins_paragraph(before) && ends_paragraph(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    /// The decision between stretches of "Ana saw the harbour at noon and Bob saw the harbour at night".
    fn decided(candidates: &[(usize, usize, f32, bool, f32)]) -> Option<(usize, Confidence)> {
        let words = TokenIndex::new("Ana saw the harbour at noon and Bob saw the harbour at night");
        let quote = Quote { exact: "saw the harbour at".into(), prefix: "then Ana ".into(), suffix: " noon".into() };
        let query = PassageQuery::new(&quote, &words);
        let candidate = |(from, to, similarity, exact, context): &(usize, usize, f32, bool, f32)| {
            let run = TokenSpan::of(&words, *from, *to).unwrap();
            let context = ContextFit { before: Some(*context), after: Some(*context) };
            Candidate { run, similarity: *similarity, exact: *exact, context }
        };
        let decision = decide(&query, &words, candidates.iter().map(candidate).collect())?;
        Some((decision.run.from, decision.state))
    }

    #[test]
    fn the_context_decides_between_copies_or_nothing_does() {
        assert_eq!(decided(&[(1, 5, 1.0, true, 0.9), (8, 12, 1.0, true, 0.2)]), Some((1, Confidence::Anchored)));
        assert_eq!(decided(&[(1, 5, 1.0, true, 0.5), (8, 12, 1.0, true, 0.5)]), None);
        assert_eq!(decided(&[]), None);
    }

    #[test]
    fn a_light_passage_without_context_is_not_placed() {
        assert_eq!(decided(&[(8, 12, 1.0, true, 0.1)]), None);
        assert_eq!(decided(&[(8, 12, 0.9, false, 0.1)]), None);
    }

    #[test]
    fn an_added_name_makes_it_approximate() {
        assert_eq!(decided(&[(1, 5, 1.0, true, 0.9)]), Some((1, Confidence::Anchored)));
        assert_eq!(decided(&[(7, 12, 0.9, false, 0.9)]), Some((7, Confidence::Approximate)));
    }
}
