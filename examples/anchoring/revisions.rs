//! Real revisions, and the fate of each sentence from one to the next.
//!
//! The ground truth comes from an algorithm the anchorer does not use: sentences are compared with sentences by the
//! pairs of letters they share (Dice's coefficient of character trigrams), and only what is each other's best is a
//! pair. Where that is not clear the case is left out and counted.

#![expect(clippy::disallowed_methods, reason = "reads files for a developer's command")]

use std::collections::HashMap;
use std::io;
use std::path::Path;

use dateline::internals::article::TextRange;
use dateline::internals::intake::{Format, Hints, read};
use dateline::internals::text::sentences::sentences;
use serde::Deserialize;

use crate::case::{Case, text};

/// All versions of one article, as the program reads them.
#[derive(Deserialize)]
pub(crate) struct Post {
    pub(crate) versions: Vec<String>,
}

/// What kind of case a sentence of a revision makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The same letters are there once.
    Untouched,
    /// At least four fifths of its words are.
    Edited,
    /// At least half.
    Rewritten,
    /// Nothing like it is there.
    Gone,
}

/// Sentences with fewer letters are headings, labels and remains of markup, of which the truth is not known.
const MIN_LETTERS: usize = 12;
/// Sentences are the same if at least this similar, and this much more than the next best.
const MIN_SIMILARITY: f64 = 0.6;
const MIN_LEAD: f64 = 0.15;
/// A sentence is gone if nothing is more similar, and no stretch has more of its trigrams.
const MAX_UNRELATED: f64 = 0.3;

/// Reads `{post, versions[]}`, one a line, and takes each version through the program's intake.
pub(crate) fn posts(path: &Path) -> io::Result<Vec<Post>> {
    let lines = std::fs::read_to_string(path)?;
    let mut posts = Vec::new();
    for line in lines.lines() {
        let mut post: Post = serde_json::from_str(line)?;
        let hints = Hints { format: Some(Format::Plain), ..Hints::default() };
        let read = |words: &String| read(words.as_bytes(), &hints).ok().map(|article| article.body.as_str().to_owned());
        post.versions = post.versions.iter().filter_map(read).collect();
        post.versions.dedup();
        posts.push(post);
    }
    Ok(posts)
}

/// The cases of two versions, and how many sentences were left out.
pub(crate) fn cases(article: usize, old: &str, new: &str) -> (Vec<(Fate, Case)>, usize) {
    let (olds, news) = (Sentence::all(old), Sentence::all(new));
    let dice: Vec<Vec<f64>> = olds.iter().map(|one| news.iter().map(|other| one.dice(other)).collect()).collect();
    let whole = Sentence::of(new, TextRange::new(0, new.len()));
    let mut cases = Vec::new();
    let mut left_out = 0;
    for (number, sentence) in olds.iter().enumerate() {
        if sentence.letters.chars().count() < MIN_LETTERS {
            continue;
        }
        let case = |truth| Case { article, old: old.into(), passage: sentence.range, new: new.into(), truth };
        match fate(number, &olds, &news, &dice, &whole) {
            Some((fate, truth)) => cases.push((fate, case(truth))),
            None => left_out += 1,
        }
    }
    (cases, left_out)
}

fn fate(
    number: usize,
    olds: &[Sentence],
    news: &[Sentence],
    dice: &[Vec<f64>],
    whole: &Sentence,
) -> Option<(Fate, Option<TextRange>)> {
    let sentence = olds.get(number)?;
    let same = |all: &[Sentence]| -> Vec<usize> {
        (0..all.len()).filter(|at| all.get(*at).is_some_and(|other| other.letters == sentence.letters)).collect()
    };
    let (here, there) = (same(olds), same(news));
    if !there.is_empty() {
        // Copies keep their order; if their number changed, it is unknown which is which.
        let rank = here.iter().position(|at| *at == number)?;
        let place = news.get(*there.get(rank)?)?;
        return (here.len() == there.len()).then_some((Fate::Untouched, Some(place.range)));
    }
    if whole.letters.contains(&sentence.letters) {
        // Now part of a longer sentence.
        return None;
    }
    let row = dice.get(number)?;
    let (best, next) = two_best(row.iter().copied());
    let (at, most) = best?;
    let place = news.get(at)?;
    if most >= MIN_SIMILARITY {
        let column = dice.iter().filter_map(|row| row.get(at).copied());
        let (back, back_next) = two_best(column);
        let mutual = back.is_some_and(|(back, _)| back == number);
        let clear = most - next >= MIN_LEAD && most - back_next >= MIN_LEAD;
        // A sentence of the old text cannot have become what another is to the letter.
        let is_new = olds.iter().all(|other| other.letters != place.letters);
        let survives = sentence.survives_in(place);
        let fate = if survives >= 0.8 { Fate::Edited } else { Fate::Rewritten };
        return (mutual && clear && is_new && survives >= 0.5).then_some((fate, Some(place.range)));
    }
    let stands = sentence.trigrams_in(whole);
    (most < MAX_UNRELATED && here.len() == 1 && stands < 0.75).then_some((Fate::Gone, None))
}

/// The number and the value of the largest, and the next.
fn two_best(values: impl Iterator<Item = f64>) -> (Option<(usize, f64)>, f64) {
    let mut best = None;
    let mut next = 0.0;
    for (at, value) in values.enumerate() {
        match best {
            Some((_, most)) if value <= most => next = f64::max(next, value),
            _ => {
                next = best.map_or(0.0, |(_, most)| most);
                best = Some((at, value));
            }
        }
    }
    (best, next)
}

/// A sentence in letters.
struct Sentence {
    range: TextRange,
    words: Vec<String>,
    /// Without anything but letters and digits, in lower case.
    letters: String,
    trigrams: HashMap<[char; 3], usize>,
    total: usize,
}

impl Sentence {
    fn all(words: &str) -> Vec<Self> {
        sentences(&text(words)).into_iter().map(|range| Self::of(words, range)).collect()
    }

    fn of(text: &str, range: TextRange) -> Self {
        let slice = text.get(range.start..range.end).unwrap_or_default();
        let lower = slice.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_owned).collect();
        let letters = words.concat();
        let chars: Vec<char> = letters.chars().collect();
        let mut trigrams: HashMap<[char; 3], usize> = HashMap::new();
        for window in chars.windows(3) {
            if let [a, b, c] = *window {
                *trigrams.entry([a, b, c]).or_default() += 1;
            }
        }
        Self { range, words, letters, trigrams, total: chars.len().saturating_sub(2) }
    }

    fn common(&self, other: &Self) -> usize {
        let times = |gram| other.trigrams.get(gram).copied().unwrap_or(0);
        self.trigrams.iter().map(|(gram, count)| (*count).min(times(gram))).sum()
    }

    /// Dice's coefficient.
    fn dice(&self, other: &Self) -> f64 {
        2.0 * self.common(other) as f64 / (self.total + other.total).max(1) as f64
    }

    fn trigrams_in(&self, other: &Self) -> f64 {
        self.common(other) as f64 / self.total.max(1) as f64
    }

    /// The share of its words that `other` has, in any order.
    fn survives_in(&self, other: &Self) -> f64 {
        let mut left: HashMap<&str, usize> = HashMap::new();
        for word in &other.words {
            *left.entry(word).or_default() += 1;
        }
        let mut found = 0;
        for word in &self.words {
            if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
                *count -= 1;
                found += 1;
            }
        }
        f64::from(found) / self.words.len().max(1) as f64
    }
}
