//! The tagger: which words are names, and of what.
//!
//! A linear-chain conditional random field (Lafferty, `McCallum` and Pereira 2001) over the words that may be part of a
//! name. It goes over the article twice with one set of weights: the second time it also knows what the first made of
//! the same words elsewhere. What it looks at is in `form`, `features` and `second_pass`; the weights come from
//! `examples/train`, and `assets/entities/MODEL.md` says from what.

mod candidates;
mod chain;
mod features;
mod form;
mod label;
mod model;
mod second_pass;

use std::ops::Range;
use std::sync::LazyLock;

pub use candidates::SmallWords;
pub use chain::{EDGE, Scores, Transitions};
pub use label::{Class, LABELS, Label, OUTSIDE, class_of, in_class, labels, names};
pub use model::{Model, Parts};

use self::features::{Casings, Sentence, known_code, opening};
use self::form::{Form, forms};
use self::second_pass::Decisions;
use super::gazetteer;
use super::hash;
use super::lexicon::ListedName;
use super::words::Reading;
use crate::article::{Text, TextRange};

/// Words of the longest name the gazetteer is asked for.
const LONGEST_PHRASE: usize = 5;

/// A run longer than this is decoded in pieces, so that rows of capitals without end stay cheap.
const LONGEST_RUN: usize = 128;

/// A name the tagger found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaggedName {
    /// Number of its first word in the article.
    pub first: usize,
    /// Number of the word after its last.
    pub end: usize,
    /// What it is.
    pub class: Class,
    /// How likely it is a name of each class, by [`Class`], from 0 to 1: the least likely of its words.
    pub chances: [f32; CLASSES],
}

/// How many classes there are.
pub const CLASSES: usize = Class::ALL.len();

impl TaggedName {
    /// How sure its class is, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        self.chances.get(self.class as usize).copied().unwrap_or(0.0)
    }
}

static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("../../../assets/entities/tagger.model")).ok());

/// A name of the lists, by its words.
pub(super) type ListMatch = (Range<usize>, ListedName);

/// The names of an article, by the model inside the program; and those the lists know.
pub(super) fn tag(reading: &Reading<'_>) -> (Vec<TaggedName>, Vec<ListMatch>) {
    let (prepared, known) = PreparedArticle::new(reading);
    (MODEL.as_ref().map_or_else(Vec::new, |model| prepared.tag(model)), known)
}

/// An article ready to be tagged: all that its features are made of.
#[derive(Debug)]
pub struct PreparedArticle {
    forms: Vec<Form>,
    known: Vec<u64>,
    phrases: Vec<u64>,
    /// Words of each sentence, and what its capitals are worth.
    sentences: Vec<(Range<usize>, u64)>,
    casings: Casings,
}

impl PreparedArticle {
    /// Prepares an article for the trainer; also gives the bytes of each word.
    pub fn of_text(text: &Text) -> (Self, Vec<TextRange>) {
        let reading = Reading::new(text);
        (Self::new(&reading).0, reading.words.iter().map(|word| word.range).collect())
    }

    fn new(reading: &Reading<'_>) -> (Self, Vec<ListMatch>) {
        let forms = forms(&reading.words, reading.lexicon);
        let mut known = vec![0; forms.len()];
        let mut listed = Vec::new();
        let mut phrases = vec![0; forms.len()];
        let mut sentences = Vec::with_capacity(reading.sentences.len());
        for sentence in &reading.sentences {
            let words = sentence.first..sentence.end;
            let mut at = words.start;
            while at < words.end {
                let Some((end, name)) = reading.known_at(sentence, at) else {
                    at += 1;
                    continue;
                };
                for (place, slot) in known.iter_mut().take(end).skip(at).enumerate() {
                    *slot = known_code(name, place, end - at);
                }
                listed.push((at..end, name));
                at = end;
            }
            mark_phrases(reading, &words, &forms, &mut phrases);
            let slice = forms.get(words.clone()).unwrap_or_default();
            let of = |test: fn(&Form) -> bool| slice.iter().filter(|form| test(form)).count();
            let (letters, capitals) = (of(|form| form.letters), of(|form| form.all_capitals));
            let all = letters >= 2 && capitals * 10 >= letters * 8;
            sentences.push((words, if all { 2 } else { u64::from(sentence.title_case) }));
        }
        let casings = Casings::new(sentences.iter().filter_map(|(words, _)| forms.get(words.clone())));
        (Self { forms, known, phrases, sentences, casings }, listed)
    }

    /// How many words the article has.
    pub fn words(&self) -> usize {
        self.forms.len()
    }

    /// The rows of words that may hold names; everything else is outside.
    pub fn runs(&self, small_words: &SmallWords) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        for (words, _) in &self.sentences {
            for run in small_words.runs(self.forms.get(words.clone()).unwrap_or_default()) {
                let (mut start, end) = (words.start + run.start, words.start + run.end);
                while end - start > LONGEST_RUN {
                    runs.push(start..start + LONGEST_RUN);
                    start += LONGEST_RUN;
                }
                runs.push(start..end);
            }
        }
        runs
    }

    /// Calls `take` with the features of the first pass for every word of `runs`, in order.
    pub fn first_pass(&self, runs: &[Range<usize>], mut take: impl FnMut(usize, &[u64])) {
        let mut out = Vec::with_capacity(160);
        self.each(runs, |sentence, words, at| {
            out.clear();
            sentence.features(at - words.start, &mut out);
            take(at, &out);
        });
    }

    /// Calls `take` with the further features of the second pass, given the labels of the first.
    pub fn second_pass(&self, runs: &[Range<usize>], labels: &[Label], mut take: impl FnMut(usize, &[u64])) {
        let slices = self
            .sentences
            .iter()
            .filter_map(|(words, _)| Some((self.forms.get(words.clone())?, labels.get(words.clone())?)));
        let decisions = Decisions::new(slices);
        let mut out = Vec::with_capacity(16);
        self.each(runs, |sentence, words, at| {
            out.clear();
            let labels = labels.get(words.clone()).unwrap_or_default();
            decisions.features(sentence.forms, labels, at - words.start, &mut out);
            take(at, &out);
        });
    }

    fn each(&self, runs: &[Range<usize>], mut take: impl FnMut(&Sentence<'_>, &Range<usize>, usize)) {
        let mut runs = runs.iter().peekable();
        for (words, capitals) in &self.sentences {
            if runs.peek().is_none_or(|run| run.start >= words.end) {
                continue;
            }
            let forms = self.forms.get(words.clone()).unwrap_or_default();
            let sentence = Sentence {
                forms,
                opening: opening(forms),
                known: self.known.get(words.clone()).unwrap_or_default(),
                phrases: self.phrases.get(words.clone()).unwrap_or_default(),
                capitals: *capitals,
                casings: &self.casings,
            };
            while let Some(run) = runs.next_if(|run| run.start < words.end) {
                for at in run.clone() {
                    take(&sentence, words, at);
                }
            }
        }
    }

    /// The names `model` finds, in order.
    pub fn tag(&self, model: &Model) -> Vec<TaggedName> {
        let runs = self.runs(&model.small_words);
        let mut scores: Vec<Scores> = vec![[0.0; LABELS]; runs.iter().map(ExactSizeIterator::len).sum()];
        let mut slots = scores.iter_mut();
        self.first_pass(&runs, |_, features| {
            if let Some(scores) = slots.next() {
                model.add(features, scores);
            }
        });
        let mut labels = vec![OUTSIDE; self.words()];
        each_run(&runs, &scores, |run, scores| {
            if let Some(slots) = labels.get_mut(run.clone()) {
                slots.copy_from_slice(&model.transitions.best(scores));
            }
        });
        let mut slots = scores.iter_mut();
        self.second_pass(&runs, &labels, |_, features| {
            if let Some(scores) = slots.next() {
                model.add(features, scores);
            }
        });
        let mut found = Vec::new();
        each_run(&runs, &scores, |run, scores| {
            let best = names(&model.transitions.best(scores));
            if best.is_empty() {
                return;
            }
            let (marginals, _) = model.transitions.marginals(scores, None, None);
            for (first, end, class) in best {
                let mut chances = [1.0_f32; CLASSES];
                for word in marginals.get(first..end).unwrap_or_default() {
                    let mut own = [0.0; CLASSES];
                    for (label, p) in word.iter().enumerate() {
                        if let Some(slot) = class_of(label as Label).and_then(|class| own.get_mut(class as usize)) {
                            *slot += p;
                        }
                    }
                    chances.iter_mut().zip(own).for_each(|(chance, own)| *chance = chance.min(own));
                }
                found.push(TaggedName { first: run.start + first, end: run.start + end, class, chances });
            }
        });
        found
    }
}

/// Calls `take` with each run and its scores, which lie one after another in `scores`.
fn each_run(runs: &[Range<usize>], mut scores: &[Scores], mut take: impl FnMut(&Range<usize>, &[Scores])) {
    for run in runs {
        let (own, rest) = scores.split_at_checked(run.len()).unwrap_or_default();
        take(run, own);
        scores = rest;
    }
}

/// Marks names of several words that the gazetteer knows, the longest at each place.
fn mark_phrases(reading: &Reading<'_>, words: &Range<usize>, forms: &[Form], phrases: &mut [u64]) {
    let mut at = words.start;
    let mut phrase = String::new();
    while at < words.end {
        let mut found = None;
        if forms.get(at).is_some_and(|form| form.begins && form.any_capital) {
            phrase.clear();
            phrase.push_str(&reading.word(at).lower);
            for end in at + 1..words.end.min(at + LONGEST_PHRASE) {
                phrase.push(' ');
                phrase.push_str(&reading.word(end).lower);
                let facts = gazetteer::entry(hash::of(phrase.bytes())).facts();
                if facts != 0 {
                    found = Some((end + 1, u64::from(facts)));
                }
            }
        }
        let Some((end, facts)) = found else {
            at += 1;
            continue;
        };
        for (place, slot) in phrases.iter_mut().take(end).skip(at).enumerate() {
            *slot = facts << 1 | u64::from(place == 0);
        }
        at = end;
    }
}
