//! The chain: the best row of labels for the scores of its words, and how sure each of them is.

use super::label::{LABELS, Label, may_follow};

/// Scores of one word, by label.
pub type Scores = [f32; LABELS];

/// Scores of one label after another. The last row and column are the edge of a run.
#[derive(Clone, Debug)]
pub struct Transitions {
    scores: [[f32; LABELS + 1]; LABELS + 1],
    /// The exponentials of the scores.
    exps: [[f32; LABELS + 1]; LABELS + 1],
}

/// The number of the edge among [`Transitions`].
pub const EDGE: usize = LABELS;

/// The score of what may not be; small enough, and never infinite, so that sums stay numbers.
const NEVER: f32 = -1e9;

fn side(label: usize) -> Option<Label> {
    (label < EDGE).then_some(label as Label)
}

impl Default for Transitions {
    /// All that may be, none better than another.
    fn default() -> Self {
        let mut scores = [[NEVER; LABELS + 1]; LABELS + 1];
        for (left, row) in scores.iter_mut().enumerate() {
            for (right, score) in row.iter_mut().enumerate() {
                if may_follow(side(left), side(right)) {
                    *score = 0.0;
                }
            }
        }
        let exps = scores.map(|row| row.map(f32::exp));
        Self { scores, exps }
    }
}

impl Transitions {
    /// The score of `right` after `left`; [`EDGE`] stands for the edge.
    pub fn score(&self, left: usize, right: usize) -> f32 {
        self.scores.get(left).and_then(|row| row.get(right)).copied().unwrap_or(NEVER)
    }

    /// Sets a score; what may not be stays so.
    pub fn set(&mut self, left: usize, right: usize, score: f32) {
        if let Some(slot) = self.scores.get_mut(left).and_then(|row| row.get_mut(right))
            && *slot > NEVER
        {
            *slot = score;
            if let Some(slot) = self.exps.get_mut(left).and_then(|row| row.get_mut(right)) {
                *slot = score.exp();
            }
        }
    }

    fn row(&self, left: usize) -> &[f32; LABELS + 1] {
        self.scores.get(left).unwrap_or(&[NEVER; LABELS + 1])
    }

    /// The best row of labels (Viterbi's algorithm).
    pub fn best(&self, words: &[Scores]) -> Vec<Label> {
        let mut steps: Vec<[Label; LABELS]> = Vec::with_capacity(words.len());
        let mut before = [NEVER; LABELS];
        for (at, word) in words.iter().enumerate() {
            let mut now = [NEVER; LABELS];
            let mut step = [0; LABELS];
            if at == 0 {
                for (score, from) in now.iter_mut().zip(self.row(EDGE)) {
                    *score = *from;
                }
            } else {
                for (left, &score) in before.iter().enumerate().filter(|(_, score)| **score > NEVER / 2.0) {
                    for ((best, from), edge) in now.iter_mut().zip(&mut step).zip(self.row(left)) {
                        if score + edge > *best {
                            *best = score + edge;
                            *from = left as Label;
                        }
                    }
                }
            }
            for (score, own) in now.iter_mut().zip(word) {
                *score += own;
            }
            steps.push(step);
            before = now;
        }
        let mut last = 0;
        let mut most = f32::MIN;
        for (label, score) in before.iter().enumerate() {
            if score + self.score(label, EDGE) > most {
                most = score + self.score(label, EDGE);
                last = label as Label;
            }
        }
        let mut labels = vec![last; words.len()];
        for at in (1..words.len()).rev() {
            last = steps.get(at).and_then(|step| step.get(usize::from(last))).copied().unwrap_or(0);
            if let Some(slot) = labels.get_mut(at - 1) {
                *slot = last;
            }
        }
        labels
    }

    /// The probability of each label of each word (the forward-backward algorithm), and the logarithm of the sum over
    /// all rows. `allowed` may rule labels out; `pairs` gets the expected number of each pair of labels added.
    pub fn marginals(
        &self,
        words: &[Scores],
        allowed: Option<&[[bool; LABELS]]>,
        mut pairs: Option<&mut [[f32; LABELS + 1]; LABELS + 1]>,
    ) -> (Vec<Scores>, f32) {
        let row = |left: usize| self.exps.get(left).unwrap_or(&[0.0; LABELS + 1]);
        let edge = |label: usize| row(label).get(EDGE).copied().unwrap_or(0.0);
        let mut log_sum = 0.0;
        let mut own: Vec<Scores> = Vec::with_capacity(words.len());
        let mut forward: Vec<Scores> = Vec::with_capacity(words.len());
        let mut scales: Vec<f32> = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let most = word.iter().copied().fold(f32::MIN, f32::max);
            log_sum += most;
            let mut weights = word.map(|score| (score - most).exp());
            if let Some(allowed) = allowed.and_then(|allowed| allowed.get(at)) {
                for (weight, allowed) in weights.iter_mut().zip(allowed) {
                    *weight *= f32::from(u8::from(*allowed));
                }
            }
            let mut now = [0.0; LABELS];
            match forward.last() {
                None => now.iter_mut().zip(row(EDGE)).for_each(|(now, edge)| *now = *edge),
                Some(before) => {
                    for (left, &weight) in before.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
                        now.iter_mut().zip(row(left)).for_each(|(now, edge)| *now += weight * edge);
                    }
                }
            }
            now.iter_mut().zip(&weights).for_each(|(now, weight)| *now *= weight);
            let scale = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            for weight in &mut now {
                *weight /= scale;
            }
            log_sum += scale.ln();
            own.push(weights);
            forward.push(now);
            scales.push(scale);
        }
        let Some(last) = forward.last() else { return (Vec::new(), 0.0) };
        let end =
            last.iter().enumerate().map(|(label, weight)| weight * edge(label)).sum::<f32>().max(f32::MIN_POSITIVE);
        log_sum += end.ln();
        let mut backward = [0.0; LABELS];
        backward.iter_mut().enumerate().for_each(|(label, weight)| *weight = edge(label) / end);
        let mut marginals = forward.clone();
        let mut add = |left: usize, right: usize, count: f32| {
            if let Some(pairs) = pairs.as_deref_mut()
                && let Some(slot) = pairs.get_mut(left).and_then(|row| row.get_mut(right))
            {
                *slot += count;
            }
        };
        for at in (0..words.len()).rev() {
            let (Some(now), Some(out)) = (forward.get(at), marginals.get_mut(at)) else { continue };
            for ((out, now), back) in out.iter_mut().zip(now).zip(&backward) {
                *out = now * back;
            }
            if at + 1 == words.len() {
                for (label, count) in out.iter().enumerate() {
                    add(label, EDGE, *count);
                }
            }
            if at == 0 {
                for (label, count) in out.iter().enumerate() {
                    add(EDGE, label, *count);
                }
                break;
            }
            let (Some(weights), Some(before), Some(&scale)) = (own.get(at), forward.get(at - 1), scales.get(at)) else {
                break;
            };
            let mut through = [0.0; LABELS];
            for ((through, weight), back) in through.iter_mut().zip(weights).zip(&backward) {
                *through = weight * back / scale;
            }
            let mut next = [0.0; LABELS];
            for (left, (next, &weight)) in next.iter_mut().zip(before).enumerate() {
                for (right, (edge, through)) in row(left).iter().zip(&through).enumerate() {
                    let product = edge * through;
                    if product > 0.0 {
                        *next += product;
                        add(left, right, weight * product);
                    }
                }
            }
            backward = next;
        }
        (marginals, log_sum)
    }
}

#[cfg(test)]
mod tests {
    use super::super::label::{Class, OUTSIDE, labels, names};
    use super::*;

    fn words(seed: u32, length: usize) -> Vec<Scores> {
        let mut state = seed;
        (0..length)
            .map(|_| {
                [0.0; LABELS].map(|_: f32| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 16_384.0 - 2.0
                })
            })
            .collect()
    }

    /// Every row of labels that may be, with its score.
    fn all(transitions: &Transitions, words: &[Scores]) -> Vec<(Vec<Label>, f32)> {
        let mut rows = vec![(vec![], 0.0)];
        for word in words {
            rows = rows
                .into_iter()
                .flat_map(|(row, score): (Vec<Label>, f32)| {
                    let left = row.last().map_or(EDGE, |label| usize::from(*label));
                    (0..LABELS)
                        .map(move |label| {
                            let mut row = row.clone();
                            row.push(label as Label);
                            (row, score + transitions.score(left, label) + word[label])
                        })
                        .filter(|(_, score)| *score > NEVER / 2.0)
                })
                .collect();
        }
        rows.into_iter()
            .map(|(row, score)| {
                let last = usize::from(*row.last().unwrap());
                (row, score + transitions.score(last, EDGE))
            })
            .filter(|(_, score)| *score > NEVER / 2.0)
            .collect()
    }

    #[test]
    fn the_best_row_and_the_sums_are_those_of_all_rows() {
        let mut transitions = Transitions::default();
        transitions.set(usize::from(OUTSIDE), usize::from(OUTSIDE), 0.7);
        transitions.set(EDGE, 4, -0.3);
        for seed in 0..20 {
            let words = words(seed, 3);
            let rows = all(&transitions, &words);
            let best = rows.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert_eq!(transitions.best(&words), best.0);
            let sum: f32 = rows.iter().map(|(_, score)| score.exp()).sum();
            let mut pairs = [[0.0; LABELS + 1]; LABELS + 1];
            let (marginals, log_sum) = transitions.marginals(&words, None, Some(&mut pairs));
            assert!((log_sum - sum.ln()).abs() < 1e-3);
            for (at, marginals) in marginals.iter().enumerate() {
                for (label, marginal) in marginals.iter().enumerate() {
                    let with: f32 = rows
                        .iter()
                        .filter(|(row, _)| usize::from(row[at]) == label)
                        .map(|(_, score)| score.exp())
                        .sum();
                    assert!((marginal - with / sum).abs() < 1e-3);
                }
            }
            let counted: f32 = pairs.iter().flatten().sum();
            assert!((counted - 4.0).abs() < 1e-3);
        }
    }

    #[test]
    fn a_name_is_never_cut() {
        let transitions = Transitions::default();
        let mut scores = [[0.0; LABELS]; 2];
        let begin = labels(Class::Person, 2).next().unwrap();
        scores[1][usize::from(begin)] = 9.0;
        let row = transitions.best(&scores);
        assert!(names(&row).iter().all(|(first, end, _)| first < end));
        assert_ne!(row[1], begin);
    }

    #[test]
    fn no_words_have_no_labels() {
        assert!(Transitions::default().best(&[]).is_empty());
        assert!(Transitions::default().marginals(&[], None, None).0.is_empty());
    }
}
