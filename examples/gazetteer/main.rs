//! Makes `assets/entities/gazetteer.table`; `assets/entities/GAZETTEER.md` says from what.
//!
//! `cargo run --release --example gazetteer -- FOLDER OUT [WORDS] [CLASSES]`. The folder holds lists of names, one a
//! line: `cities.txt`, `provinces.txt`, `given.txt`, `surnames.txt`; and `vectors.txt`, a word and its numbers on each
//! line, the most frequent word first. The first WORDS of them are sorted into CLASSES classes of words used alike.

#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a developer's command, not part of the program")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken file may stop it")]

mod classes;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

use dateline::internals::entity::gazetteer::{Entry, table};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const LISTS: [(&str, u16); 4] = [
    ("cities.txt", Entry::CITY),
    ("provinces.txt", Entry::PROVINCE),
    ("given.txt", Entry::GIVEN),
    ("surnames.txt", Entry::SURNAME),
];

/// Names of more words are not looked for.
const LONGEST: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default| arguments.get(at).map_or(default, |text| text.parse().unwrap());
    let (folder, out) = (Path::new(&arguments[0]), &arguments[1]);
    let mut entries: BTreeMap<String, (u16, u16)> = BTreeMap::new();
    for (file, fact) in LISTS {
        for name in std::fs::read_to_string(folder.join(file)).unwrap().lines() {
            let lower = name.trim().to_lowercase().replace('’', "'");
            let plain: String = lower.nfd().filter(|&c| !is_combining_mark(c)).collect();
            for form in [lower, plain] {
                if (1..=LONGEST).contains(&form.split(' ').count()) && form.chars().any(char::is_alphabetic) {
                    entries.entry(form).or_default().0 |= fact;
                }
            }
        }
    }
    let begins: Vec<String> = entries.keys().filter_map(|name| Some(name.split_once(' ')?.0.to_owned())).collect();
    for first in begins {
        entries.entry(first).or_default().0 |= Entry::BEGINS;
    }
    let (words, vectors) = read_vectors(&folder.join("vectors.txt"), number(2, 100_000));
    for (word, class) in words.into_iter().zip(classes::classes(&vectors, number(3, 1024))) {
        entries.entry(word).or_default().1 = u16::try_from(class + 1).unwrap();
    }
    let table = table(entries.iter().map(|(word, (facts, class))| (word.as_str(), Entry::new(*facts, *class))));
    std::fs::write(out, &table).unwrap();
    eprintln!("{} entries, {} bytes", entries.len(), table.len());
}

/// The first `most` words that may be in an article, with their vectors.
fn read_vectors(file: &Path, most: usize) -> (Vec<String>, Vec<Vec<f32>>) {
    let (mut words, mut vectors) = (Vec::new(), Vec::new());
    for line in BufReader::new(std::fs::File::open(file).unwrap()).lines().map(Result::unwrap) {
        let mut fields = line.split(' ');
        let word = fields.next().unwrap();
        if words.len() == most {
            break;
        }
        if word.chars().any(char::is_alphabetic) {
            words.push(word.to_owned());
            vectors.push(fields.map(|field| field.parse().unwrap()).collect());
        }
    }
    (words, vectors)
}
