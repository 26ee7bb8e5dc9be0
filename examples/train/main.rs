//! Trains the tagger: `cargo run --release --example train -- OUT FILE[:P][:J][:M]… [--test FILE[:J][:M]]… [--keep WEIGHTS]`.
//!
//! Files are articles of the project's own corpus or of two columns (see `examples/shared/annotated.rs`). `:P` marks
//! files whose annotation knows neither groups nor other names, `:J` files that leave words joined by hyphens whole,
//! `:M` files that have one mark for events, works and other names.
//! Every tenth article of the own corpus is held out, for the test that guards the model. The same input gives the same
//! model.

#![expect(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "a developer's command")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken file may stop it")]

#[path = "../shared/annotated.rs"]
mod annotated;
mod dataset;
mod learner;

use std::collections::HashSet;
use std::path::Path;

use dateline::internals::entity::tagger::{Class, Label, Model, Parts};

use dataset::{Document, Trust};
use learner::{Settings, Weights, learn};

/// The final fit. Step and penalty were chosen on a development set; the result changes little around them.
const FINAL: Settings = Settings { epochs: 5, step: 0.3, l1: 0.2, min_count: 1 };
/// The two models that show what the first pass does with articles it has not seen.
const JACKKNIFE: Settings = Settings { epochs: 3, min_count: 2, ..FINAL };

/// Every so-many-th article of the own corpus is never trained on.
const HELD_OUT: usize = 10;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().unwrap();
    let (mut training, mut tests, mut keep) = (Vec::new(), Vec::new(), 450_000);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--test" => tests.push(arguments.next().unwrap()),
            "--keep" => keep = arguments.next().unwrap().parse().unwrap(),
            _ => training.push(argument),
        }
    }
    let mut documents = Vec::new();
    for file in &training {
        let (path, trust) = trust(file);
        let own = std::fs::read_to_string(path).unwrap().starts_with("= ");
        let read = dataset::read(Path::new(path), trust).unwrap();
        let kept = read.into_iter().enumerate().filter(|(number, _)| !own || number % HELD_OUT != HELD_OUT - 1);
        documents.extend(kept.map(|(_, document)| document));
    }
    let lists = dataset::small_words(&documents);
    let small = dataset::as_small_words(&lists);
    let words: usize = documents.iter().map(|document| document.words.len()).sum();
    let names: usize = documents.iter().map(|document| document.names.len()).sum();
    eprintln!(
        "{} articles, {words} words, {names} names; {} openers, {} joints",
        documents.len(),
        lists.0.len(),
        lists.1.len()
    );
    let all: Vec<&Document> = documents.iter().collect();
    let labels = first_pass(&all, &small);
    let weights = learn(&all, &small, Some(&labels), FINAL);
    let features = weights.pruned(keep);
    eprintln!("{} features", features.len());
    let parts = Parts { openers: lists.0, joints: lists.1, transitions: &weights.transitions, features };
    let file = parts.write();
    std::fs::write(&out, &file).unwrap();
    eprintln!("{} bytes", file.len());
    let model = Model::read(&file).unwrap();
    for test in &tests {
        report(test, &model);
    }
}

fn trust(file: &str) -> (&str, Trust) {
    let mut trust = Trust::default();
    let mut path = file;
    while let Some((front, mark)) = path.rsplit_once(':') {
        match mark {
            "P" => trust.partial = true,
            "J" => trust.joined = true,
            "M" => trust.misc = true,
            _ => break,
        }
        path = front;
    }
    (path, trust)
}

/// The labels of the first pass on every article, by the half of a pair of models that has not seen it.
fn first_pass(documents: &[&Document], small: &dateline::internals::entity::tagger::SmallWords) -> Vec<Vec<Label>> {
    // Neighbouring articles of a file are alike and go together.
    let side = |number: usize| number / 4 % 2;
    let fold = |fold: usize| -> Weights {
        let others: Vec<&Document> = documents
            .iter()
            .enumerate()
            .filter(|(number, _)| side(*number) != fold)
            .map(|(_, document)| *document)
            .collect();
        learn(&others, small, None, JACKKNIFE)
    };
    let models = std::thread::scope(|scope| {
        let one = scope.spawn(|| fold(1));
        [fold(0), one.join().unwrap()]
    });
    documents.iter().enumerate().map(|(number, document)| models[side(number)].labels(document, small)).collect()
}

/// Precision, recall and F1 of exact spans with their classes.
fn report(file: &str, model: &Model) {
    let (path, trust) = trust(file);
    let mut counts = [[0_usize; 3]; Class::ALL.len()];
    let (mut spent, mut words) = (std::time::Duration::ZERO, 0);
    for document in dataset::read(Path::new(path), trust).unwrap() {
        let told = |class: Class| if trust.misc && dataset::MISC.contains(&class) { Class::Other } else { class };
        let gold: HashSet<_> = document.names.iter().map(|(words, class)| (words.start, words.end, *class)).collect();
        let start = std::time::Instant::now();
        let found = document.prepared.tag(model);
        spent += start.elapsed();
        words += document.words.len();
        for name in found {
            let class = told(name.class);
            counts[class as usize][1] += 1;
            counts[class as usize][0] += usize::from(gold.contains(&(name.first, name.end, class)));
        }
        for (_, _, class) in gold {
            counts[class as usize][2] += 1;
        }
    }
    let f1 = |[hits, found, gold]: [usize; 3]| {
        let (p, r) = (hits as f64 / found.max(1) as f64, hits as f64 / gold.max(1) as f64);
        format!("{:5.1} (P {:5.1} R {:5.1})", 200.0 * p * r / (p + r).max(1e-9), 100.0 * p, 100.0 * r)
    };
    let all = counts.iter().fold([0; 3], |sum, row| [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]]);
    println!("{path}: F1 {}, {:.0} words a second", f1(all), words as f64 / spent.as_secs_f64());
    for (class, row) in Class::ALL.iter().zip(counts) {
        println!("    {class:?} {}", f1(row));
    }
}
