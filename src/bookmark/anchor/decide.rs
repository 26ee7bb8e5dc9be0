//! Which of several candidates is the passage, and how sure that is.

use super::changed::is_changed;
use super::context::Context;
use super::exact::Run;
use super::query::Query;
use super::words::Words;

/// A stretch of the text that could be the passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Where.
    pub(super) run: Run,
    /// How much of the passage stands there, from 0 to 1.
    pub(super) similarity: f32,
    /// Whether all its words do, and no others.
    pub(super) exact: bool,
    /// How well the words around fit.
    pub(super) context: Context,
}

/// How sure a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Anchored,
    Approximate,
}

/// A place for the passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) run: Run,
    pub(super) state: State,
    /// From 0 to 1.
    pub(super) score: f32,
}

/// The shares of passage and context in a score; from the trial in 2026-11, whose two hundredths for the position are
/// left out: they never decided rightly.
const PASSAGE_SHARE: f32 = 0.6;
const CONTEXT_SHARE: f32 = 0.4;

/// A passage this heavy, about four plain words, needs no context if it stands only once; from the trial.
const WEIGHT_ALONE: f32 = 4.0;
/// A whole sentence or paragraph that is a whole one again may be lighter.
const WEIGHT_WHOLE: f32 = 1.5;
/// Context that says something; from the trial.
const CONTEXT_MIN: f32 = 0.35;
/// What a score must have: light passages more than heavy ones; from the trial.
const SCORE_LEAST: f32 = 0.62;
const SCORE_LIGHT: f32 = 0.22;
const LIGHT: f32 = 4.0;
/// By how much the best must beat the next; from the trial.
const MARGIN: f32 = 0.07;
/// An exact copy beside another needs less of one, for all that differs is the context.
const EXACT_MARGIN: f32 = 0.04;
/// For an approximate place: score, margin and the better side of the context; from the trial.
const DOUBTFUL_SCORE: f32 = 0.53;
const DOUBTFUL_MARGIN: f32 = 0.15;
const DOUBTFUL_SIDE: f32 = 0.6;
/// An edited passage that was moved away from its neighbours: so much of it must be left.
const MOVED_SIMILARITY: f32 = 0.75;
/// Less context than this is none: common words fit anywhere.
const NO_CONTEXT: f32 = 0.15;

impl Candidate {
    /// From 0 to 1.
    pub(super) fn score(&self) -> f32 {
        (PASSAGE_SHARE * self.similarity + CONTEXT_SHARE * self.context.both()).clamp(0.0, 1.0)
    }
}

/// Decides between the candidates; none if no place is believed.
pub(super) fn decide(query: &Query, words: &Words<'_>, mut candidates: Vec<Candidate>) -> Option<Decision> {
    candidates.sort_by(|one, other| {
        other.score().total_cmp(&one.score()).then(one.run.from.cmp(&other.run.from))
    });
    let best = *candidates.first()?;
    let next = candidates.iter().skip(1).map(Candidate::score).next();
    let margin = best.score() - next.unwrap_or(0.0);
    let copies = candidates.iter().filter(|candidate| candidate.exact).count();
    let state = if best.exact { of_exact(query, words, &best, margin, copies) } else { of_edited(query, &best, margin) }?;
    Some(marked(query, words, &best, state))
}

/// The decision for a candidate that is believed: other numbers, names or negations make it approximate.
pub(super) fn marked(query: &Query, words: &Words<'_>, best: &Candidate, state: State) -> Decision {
    let changed = is_changed(query, words, best.run.from, best.run.to);
    let state = if changed { State::Approximate } else { state };
    Decision { run: best.run, state, score: best.score() }
}

fn of_exact(query: &Query, words: &Words<'_>, best: &Candidate, margin: f32, copies: usize) -> Option<State> {
    let known = best.context.better() >= CONTEXT_MIN;
    if copies == 1 {
        let whole = query.begins && query.ends && is_whole(words, &best.run) && query.weight >= WEIGHT_WHOLE;
        if known || query.weight >= WEIGHT_ALONE || whole {
            return Some(if margin >= MARGIN { State::Anchored } else { State::Approximate });
        }
        return (best.context.better() > NO_CONTEXT && query.weight >= 1.0).then_some(State::Approximate);
    }
    (known && margin >= EXACT_MARGIN).then_some(State::Anchored)
}

fn of_edited(query: &Query, best: &Candidate, margin: f32) -> Option<State> {
    let score = best.score();
    let least = SCORE_LEAST + SCORE_LIGHT * (-query.weight / LIGHT).exp();
    if score >= least && margin >= MARGIN && best.context.better() > CONTEXT_MIN {
        return Some(State::Anchored);
    }
    if score >= DOUBTFUL_SCORE && margin >= DOUBTFUL_MARGIN && best.context.better() >= DOUBTFUL_SIDE {
        return Some(State::Approximate);
    }
    let moved = best.similarity >= MOVED_SIMILARITY && query.weight >= WEIGHT_ALONE && best.context.better() > NO_CONTEXT;
    (moved && margin >= DOUBTFUL_MARGIN).then_some(State::Approximate)
}

/// Whether a stretch begins and ends with a sentence or paragraph.
fn is_whole(words: &Words<'_>, run: &Run) -> bool {
    let text = words.text();
    let before = text.get(..run.range.start).unwrap_or_default();
    let inside = text.get(run.range.start..run.range.end).unwrap_or_default();
    let after = text.get(run.range.end..).unwrap_or_default();
    super::query::begins(before) && super::query::ends(inside, after)
}
