//! Annotated articles as the trainer needs them: words with their labels.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::Path;

use dateline::internals::article::TextRange;
use dateline::internals::entity::tagger::{
    Class, LABELS, Label, OUTSIDE, PreparedArticle, SmallWords, class_of, in_class, labels,
};

use crate::annotated::{self, AnnotatedArticle};

/// What is known of a word's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gold {
    /// The label itself.
    Label(Label),
    /// Outside of all names that the annotation knows: persons, places, organisations.
    OutsideOrUnmarked,
    /// This label of an event, a work or another name: the annotation does not tell which.
    AnyOther(Label),
    /// Nothing: a part of a hyphenated word whose whole was marked.
    Unknown,
}

impl Gold {
    /// Which labels it allows.
    pub(crate) fn allows(self) -> [bool; LABELS] {
        let mut allowed = [false; LABELS];
        for (label, slot) in allowed.iter_mut().enumerate() {
            *slot = match self {
                Self::Label(gold) => usize::from(gold) == label,
                Self::OutsideOrUnmarked => {
                    let class = class_of(label as Label);
                    class.is_none_or(|class| class == Class::Group || MISC.contains(&class))
                }
                Self::AnyOther(gold) => MISC.iter().any(|class| usize::from(in_class(gold, *class)) == label),
                Self::Unknown => true,
            };
        }
        allowed
    }
}

/// An article.
pub(crate) struct Document {
    pub(crate) prepared: PreparedArticle,
    /// What is known of each word.
    pub(crate) gold: Vec<Gold>,
    /// Its words in lower case.
    pub(crate) words: Vec<String>,
    /// Which words have a capital.
    pub(crate) capitals: Vec<bool>,
    /// The names that are annotated.
    pub(crate) names: Vec<(Range<usize>, Class)>,
}

/// What of an annotation is to be believed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trust {
    /// Groups and other names are not marked in it.
    pub(crate) partial: bool,
    /// Words joined by hyphens are one word there, and marked as a whole or not at all.
    pub(crate) joined: bool,
    /// Events, works and other names have one mark.
    pub(crate) misc: bool,
}

/// The classes that some annotations mark alike.
pub(crate) const MISC: [Class; 3] = [Class::Event, Class::Work, Class::Other];

/// The class a label of the annotation is trained as.
pub(crate) fn class(label: annotated::Label) -> Class {
    match label {
        annotated::Label::Person => Class::Person,
        annotated::Label::Place => Class::Place,
        annotated::Label::Organisation => Class::Organisation,
        annotated::Label::Group => Class::Group,
        annotated::Label::Event => Class::Event,
        annotated::Label::Work => Class::Work,
        annotated::Label::Other => Class::Other,
    }
}

/// The articles of a file.
pub(crate) fn read(path: &Path, trust: Trust) -> io::Result<Vec<Document>> {
    Ok(annotated::read(path)?.iter().map(|article| document(article, trust)).collect())
}

/// An article in words.
pub(crate) fn document(article: &AnnotatedArticle, trust: Trust) -> Document {
    let (prepared, ranges) = PreparedArticle::of_text(&article.text);
    let text = |range: &TextRange| article.text.slice(*range);
    let outside = if trust.partial { Gold::OutsideOrUnmarked } else { Gold::Label(OUTSIDE) };
    let mut gold = vec![outside; ranges.len()];
    let joint = |at: usize| {
        at > 0
            && at + 1 < ranges.len()
            && matches!(text(&ranges[at]), "-" | "‐" | "‑" | "–")
            && ranges[at - 1].end == ranges[at].start
            && ranges[at].end == ranges[at + 1].start
    };
    if trust.joined {
        for at in (0..ranges.len()).filter(|&at| joint(at)) {
            gold[at - 1] = Gold::Unknown;
            gold[at + 1] = Gold::Unknown;
        }
    }
    let mut names = Vec::new();
    for (range, label) in &article.names {
        let first = ranges.partition_point(|word| word.start < range.start);
        let end = ranges.partition_point(|word| word.end <= range.end);
        let exact = first < end && ranges[first].start == range.start && ranges[end - 1].end == range.end;
        if !exact {
            continue;
        }
        let class = class(*label);
        let mut piece = first..end;
        let mut second = None;
        if trust.joined && end - first == 3 && joint(first + 1) {
            // "Israeli-Palestinian"
            piece.end = first + 1;
            second = Some(first + 2..end);
            gold[first + 1] = outside;
        }
        for piece in std::iter::once(piece).chain(second) {
            for (slot, label) in gold[piece.clone()].iter_mut().zip(labels(class, piece.len())) {
                *slot = if trust.misc && class == Class::Other { Gold::AnyOther(label) } else { Gold::Label(label) };
            }
            names.push((piece, class));
        }
    }
    let words = ranges.iter().map(|range| text(range).replace('’', "'").to_lowercase()).collect();
    let capitals = ranges.iter().map(|range| text(range).chars().any(char::is_uppercase)).collect();
    Document { prepared, gold, words, capitals, names }
}

/// Words without a capital that the names of `documents` hold often enough: openers, and joints.
pub(crate) fn small_words(documents: &[Document]) -> (Vec<String>, Vec<String>) {
    #[derive(Default)]
    struct Count {
        all: u32,
        opens: u32,
        joins: u32,
    }
    let mut counts: HashMap<&str, Count> = HashMap::new();
    for document in documents {
        for (word, _) in document.words.iter().zip(&document.capitals).filter(|(_, capital)| !**capital) {
            counts.entry(word).or_default().all += 1;
        }
        for (name, _) in &document.names {
            for at in name.clone().filter(|&at| !document.capitals[at]) {
                let count = counts.entry(&document.words[at]).or_default();
                let inside = at > name.start && document.capitals[name.start];
                if inside { count.joins += 1 } else { count.opens += 1 }
            }
        }
    }
    let mut lists = (Vec::new(), Vec::new());
    for (word, count) in counts {
        // One in ten of an opener's occurrences begin a name; else it costs more time and errors than it finds.
        if count.opens >= 3 && count.opens * 10 >= count.all {
            lists.0.push(word.to_owned());
        }
        if count.joins >= 3 && count.joins * 1000 >= count.all {
            lists.1.push(word.to_owned());
        }
    }
    lists.0.sort();
    lists.1.sort();
    lists
}

/// The lists as the tagger uses them.
pub(crate) fn as_small_words(lists: &(Vec<String>, Vec<String>)) -> SmallWords {
    SmallWords::new(lists.0.iter().map(String::as_str), lists.1.iter().map(String::as_str))
}
