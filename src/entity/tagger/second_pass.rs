//! The features of the second pass: what the first one made of the same words elsewhere in the article.

use foldhash::{HashMap, HashMapExt};

use super::form::Form;
use super::label::{Class, LABELS, Label, OUTSIDE, class_of, names};
use crate::entity::hash::{mix, mix2, mix3};

const CLASSES: usize = Class::ALL.len();

/// How often each class, and in the last place no name.
type Counts = [u16; CLASSES + 1];

#[derive(Clone, Default)]
struct Votes {
    labels: [u16; LABELS],
    /// Of longer names that end with the word, and that begin with it.
    last: [u16; CLASSES],
    first: [u16; CLASSES],
}

/// The decisions of the first pass, by word.
pub(super) struct Decisions(HashMap<u64, Votes>);

/// The most frequent of `counts` with its number; the first of equals, none if all are 0.
fn most(counts: &[u16]) -> Option<(u64, u16)> {
    let mut best = None;
    for (number, &count) in counts.iter().enumerate() {
        if count > best.map_or(0, |(_, most)| most) {
            best = Some((number as u64, count));
        }
    }
    best
}

impl Decisions {
    /// Counts `labels`, the first pass's decision for every word of every sentence.
    pub(super) fn new<'a>(sentences: impl Iterator<Item = (&'a [Form], &'a [Label])>) -> Self {
        let mut seen: HashMap<u64, Votes> = HashMap::new();
        for (forms, labels) in sentences {
            for (form, &label) in forms.iter().zip(labels) {
                if form.letters
                    && (form.capital || label != OUTSIDE)
                    && let Some(count) = seen.entry(form.lower).or_default().labels.get_mut(usize::from(label))
                {
                    *count = count.saturating_add(1);
                }
            }
            for (first, end, class) in names(labels).into_iter().filter(|(first, end, _)| end - first > 1) {
                let mut count = |at: usize, side: fn(&mut Votes) -> &mut [u16; CLASSES]| {
                    if let Some(form) = forms.get(at)
                        && let Some(count) = side(seen.entry(form.lower).or_default()).get_mut(class as usize)
                    {
                        *count = count.saturating_add(1);
                    }
                };
                count(end - 1, |seen| &mut seen.last);
                count(first, |seen| &mut seen.first);
            }
        }
        Self(seen)
    }

    /// Appends the features of word `at`, whose own label in the first pass does not count.
    pub(super) fn features(&self, forms: &[Form], labels: &[Label], at: usize, out: &mut Vec<u64>) {
        let Some(form) = forms.get(at).filter(|form| form.letters) else { return };
        let own = labels.get(at).copied().unwrap_or(OUTSIDE);
        if let Some(seen) = self.0.get(&form.lower) {
            Self::same_word(seen, form, own, at, out);
            let near = |offset: isize| {
                let other = at.checked_add_signed(offset).and_then(|at| forms.get(at));
                other.map_or(2, |form| u64::from(form.capital))
            };
            for (template, counts, edge) in [(95, &seen.last, 2), (97, &seen.first, 0)] {
                let mut counts = *counts;
                if let Some(class) = class_of(own)
                    && (own - 1) % 4 == edge
                    && let Some(count) = counts.get_mut(class as usize)
                {
                    *count = count.saturating_sub(1);
                }
                if let Some((class, _)) = most(&counts) {
                    out.extend([mix2(template, class, form.brief), mix3(template + 1, class, near(1), near(-1))]);
                }
            }
        }
        for (template, offset) in [(100, 1), (101, -1)] {
            let seen = at.checked_add_signed(offset).and_then(|at| self.0.get(&forms.get(at)?.lower));
            if let Some((label, _)) = seen.and_then(|seen| most(&seen.labels)) {
                out.push(mix2(template + 100, label, form.brief));
            }
        }
    }

    fn same_word(seen: &Votes, form: &Form, own: Label, at: usize, out: &mut Vec<u64>) {
        let mut labels = seen.labels;
        if (form.capital || own != OUTSIDE)
            && let Some(count) = labels.get_mut(usize::from(own))
        {
            *count = count.saturating_sub(1);
        }
        let mut classes: Counts = [0; CLASSES + 1];
        for (label, &count) in labels.iter().enumerate() {
            let class = class_of(label as Label).map_or(CLASSES, |class| class as usize);
            if let Some(sum) = classes.get_mut(class) {
                *sum = sum.saturating_add(count);
            }
        }
        let all: u32 = classes.iter().map(|&count| u32::from(count)).sum();
        let (Some((class, count)), Some((label, _))) = (most(&classes), most(&labels)) else {
            out.push(mix2(90, 99, u64::from(form.capital)));
            return;
        };
        let share = u64::from(u32::from(count) * 4 / all.max(1));
        let set = classes.iter().enumerate().fold(0, |set, (class, &count)| set | u64::from(count > 0) << class);
        out.extend([
            mix3(90, class, share, u64::from(all.min(3))),
            mix3(91, class, share, form.brief),
            mix2(92, class, u64::from(at == 0)),
            mix2(93, label, share),
            mix2(94, label, u64::from(at == 0)),
            mix(99, set),
        ]);
    }
}
