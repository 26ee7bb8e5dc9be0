//! The learner: gradients of the chain's likelihood, followed by FTRL-Proximal (`McMahan` et al., "Ad Click Prediction:
//! a View from the Trenches", 2013), which leaves most weights at zero.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use dateline::internals::entity::tagger::{EDGE, LABELS, Label, OUTSIDE, Scores, SmallWords, Transitions};

use crate::dataset::{Document, Gold};

/// How the learner goes about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Times over all articles.
    pub(crate) epochs: usize,
    /// The learning rate of FTRL (alpha there).
    pub(crate) step: f32,
    /// The L1 penalty (lambda 1 there).
    pub(crate) l1: f32,
    /// Rarer features are dropped.
    pub(crate) min_count: u32,
}

/// Features are hashes already.
#[derive(Default)]
pub(crate) struct IdentityHasher(u64);

impl Hasher for IdentityHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

type Index = HashMap<u64, u32, BuildHasherDefault<IdentityHasher>>;

/// Weights as they were learned, by feature.
pub(crate) struct Weights {
    index: Index,
    rows: Vec<Scores>,
    pub(crate) transitions: Transitions,
}

impl Weights {
    fn add(&self, features: &[u64], scores: &mut Scores) {
        for row in features.iter().filter_map(|feature| self.rows.get(*self.index.get(feature)? as usize)) {
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight);
        }
    }

    /// The labels the first pass gives every word.
    pub(crate) fn labels(&self, document: &Document, small: &SmallWords) -> Vec<Label> {
        let runs = document.prepared.runs(small);
        let mut scores = vec![[0.0; LABELS]; document.words.len()];
        document.prepared.first_pass(&runs, |at, features| self.add(features, &mut scores[at]));
        let mut labels = vec![OUTSIDE; document.words.len()];
        for run in runs {
            let best = self.transitions.best(&scores[run.clone()]);
            labels[run].copy_from_slice(&best);
        }
        labels
    }

    /// The features with weights, the smallest weights dropped so that about `keep` are left.
    pub(crate) fn pruned(&self, keep: usize) -> Vec<(u64, Scores)> {
        let mut sizes: Vec<f32> =
            self.rows.iter().flatten().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
        let cut = if sizes.len() > keep {
            let at = sizes.len() - keep;
            *sizes.select_nth_unstable_by(at, f32::total_cmp).1
        } else {
            0.0
        };
        let mut features: Vec<(u64, Scores)> = self
            .index
            .iter()
            .map(|(feature, row)| {
                (*feature, self.rows[*row as usize].map(|weight| if weight.abs() < cut { 0.0 } else { weight }))
            })
            .filter(|(_, scores)| scores.iter().any(|score| *score != 0.0))
            .collect();
        features.sort_unstable_by_key(|(feature, _)| *feature);
        features
    }
}

/// One run of words to learn from.
struct Example {
    /// Row numbers of the features of each word in the first pass, and of those the second adds.
    first: Vec<Vec<u32>>,
    second: Vec<Vec<u32>>,
    gold: Vec<Gold>,
}

/// What FTRL keeps of a weight.
#[derive(Clone)]
struct Row {
    weights: Scores,
    sums: Scores,
    squares: Scores,
}

/// Learns from `documents`; `labels` are those the first pass would give (by models that never saw the article), none
/// to learn the first pass alone.
pub(crate) fn learn(
    documents: &[&Document],
    small: &SmallWords,
    labels: Option<&[Vec<Label>]>,
    settings: Settings,
) -> Weights {
    let runs: Vec<Vec<Range<usize>>> = documents.iter().map(|document| document.prepared.runs(small)).collect();
    let index = index(documents, &runs, labels, settings.min_count);
    let mut lessons = Vec::new();
    for (number, (document, runs)) in documents.iter().zip(&runs).enumerate() {
        let rows = |features: &[u64]| features.iter().filter_map(|feature| index.get(feature).copied()).collect();
        let mut first: Vec<Vec<u32>> = Vec::new();
        document.prepared.first_pass(runs, |_, features| first.push(rows(features)));
        let mut second = vec![Vec::new(); first.len()];
        if let Some(labels) = labels {
            let mut slots = second.iter_mut();
            document.prepared.second_pass(runs, &labels[number], |_, features| *slots.next().unwrap() = rows(features));
        }
        let (mut first, mut second) = (first.into_iter(), second.into_iter());
        let gold = within(document, runs);
        for run in runs {
            lessons.push(Example {
                first: first.by_ref().take(run.len()).collect(),
                second: second.by_ref().take(run.len()).collect(),
                gold: gold[run.clone()].to_vec(),
            });
        }
    }
    let zero = Row { weights: [0.0; LABELS], sums: [0.0; LABELS], squares: [0.0; LABELS] };
    let mut learner = Learner {
        rows: vec![zero; index.len()],
        transitions: Transitions::default(),
        pair_squares: [[0.0; LABELS + 1]; LABELS + 1],
        settings,
    };
    let mut random = 0x5eed_1234_9abc_def1_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for _ in 0..settings.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (next() % (at as u64 + 1)) as usize);
        }
        for &number in &order {
            // Half the time without what only the second pass knows, so that one set of weights serves both.
            let second = labels.is_some() && next().is_multiple_of(2);
            learner.train_on(&lessons[number], second);
        }
    }
    let rows = learner.rows.into_iter().map(|row| row.weights).collect();
    Weights { index, rows, transitions: learner.transitions }
}

/// What is known of each word, without the names that no run holds whole: they cannot be learned, and nothing is known
/// of what is left of them.
fn within(document: &Document, runs: &[Range<usize>]) -> Vec<Gold> {
    let mut gold = document.gold.clone();
    for (name, _) in &document.names {
        let run = runs.get(runs.partition_point(|run| run.end < name.end));
        if run.is_none_or(|run| name.start < run.start) {
            gold[name.clone()].fill(Gold::Unknown);
        }
    }
    gold
}

fn index(documents: &[&Document], runs: &[Vec<Range<usize>>], labels: Option<&[Vec<Label>]>, least: u32) -> Index {
    let mut counts = Index::default();
    let mut order = Vec::new();
    for (number, (document, runs)) in documents.iter().zip(runs).enumerate() {
        let mut count = |features: &[u64]| {
            for feature in features {
                let slot = counts.entry(*feature).or_insert_with(|| {
                    order.push(*feature);
                    0
                });
                *slot = slot.saturating_add(1);
            }
        };
        document.prepared.first_pass(runs, |_, features| count(features));
        if let Some(labels) = labels {
            document.prepared.second_pass(runs, &labels[number], |_, features| count(features));
        }
    }
    order.retain(|feature| counts[feature] >= least);
    order.into_iter().zip(0..).collect()
}

struct Learner {
    rows: Vec<Row>,
    transitions: Transitions,
    pair_squares: [[f32; LABELS + 1]; LABELS + 1],
    settings: Settings,
}

impl Learner {
    fn train_on(&mut self, example: &Example, second: bool) {
        let features = |at: usize| {
            let more: &[u32] = if second { &example.second[at] } else { &[] };
            example.first[at].iter().chain(more)
        };
        let mut scores = vec![[0.0; LABELS]; example.gold.len()];
        for (at, scores) in scores.iter_mut().enumerate() {
            for &row in features(at) {
                scores.iter_mut().zip(&self.rows[row as usize].weights).for_each(|(score, weight)| *score += weight);
            }
        }
        let mut pairs = [[0.0; LABELS + 1]; LABELS + 1];
        let (mut slopes, _) = self.transitions.marginals(&scores, None, Some(&mut pairs));
        let allowed: Vec<[bool; LABELS]> = example.gold.iter().map(|gold| gold.allows()).collect();
        let mut wanted = [[0.0; LABELS + 1]; LABELS + 1];
        let (gold, _) = self.transitions.marginals(&scores, Some(&allowed), Some(&mut wanted));
        for (slopes, gold) in slopes.iter_mut().zip(&gold) {
            slopes.iter_mut().zip(gold).for_each(|(slope, gold)| *slope -= gold);
        }
        for (at, slopes) in slopes.iter().enumerate() {
            // Words the model is sure of teach it nothing.
            if slopes.iter().any(|slope| slope.abs() > 5e-3) {
                for &row in features(at) {
                    self.rows[row as usize].step(slopes, self.settings);
                }
            }
        }
        for left in 0..=EDGE {
            for right in 0..=EDGE {
                let slope = pairs[left][right] - wanted[left][right];
                if slope != 0.0 {
                    let square = &mut self.pair_squares[left][right];
                    *square += slope * slope;
                    let score = self.transitions.score(left, right) - 0.1 * slope / (1.0 + *square).sqrt();
                    self.transitions.set(left, right, score);
                }
            }
        }
    }
}

impl Row {
    fn step(&mut self, slopes: &Scores, settings: Settings) {
        for (label, slope) in slopes.iter().enumerate() {
            let square = self.squares[label] + slope * slope;
            let sigma = (square.sqrt() - self.squares[label].sqrt()) / settings.step;
            self.sums[label] += slope - sigma * self.weights[label];
            self.squares[label] = square;
            let rest = (self.sums[label].abs() - settings.l1).max(0.0);
            self.weights[label] = -rest.copysign(self.sums[label]) * settings.step / (1.0 + square.sqrt());
        }
    }
}
