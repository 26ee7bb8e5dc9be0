//! Holds the quality of names on the tenth of the corpus that no tagger is taught with, so that a change cannot quietly
//! make it worse: the tenth of every ten articles in a file. `cargo run --release --example evaluate -- --held-out
//! assets/entities/corpus/*.txt -v` tells what is wrong where.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "reads the corpus; a test fails by panicking")]

#[path = "../examples/shared/annotated.rs"]
mod annotated;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use annotated::{Annotated, Label};
use dateline::article::TextRange;
use dateline::entity::{Context, Kind, analyse};

/// A kind as it is marked and as it is found.
type Same = (Label, Kind);

/// The least F, in percent: exact span and kind; in the last row the span alone, whatever the kind. A point or so below
/// what was reached last, since the corpus is still growing. Raise a floor when the program has become better.
const FLOORS: [(&str, Option<Same>, f64); 7] = [
    ("person", Some((Label::Person, Kind::Person)), 0.0),
    ("place", Some((Label::Place, Kind::Place)), 0.0),
    ("organisation", Some((Label::Organisation, Kind::Organisation)), 0.0),
    ("group", Some((Label::Group, Kind::Group)), 0.0),
    ("event", Some((Label::Event, Kind::Event)), 0.0),
    ("work", Some((Label::Work, Kind::Work)), 0.0),
    ("span only", None, 0.0),
];

/// A name in a numbered article.
type Name = (usize, TextRange);

#[test]
fn names_of_the_held_out_articles_are_found_as_well_as_ever() {
    let articles = held_out();
    assert!(articles.len() > 20, "{} articles: is the corpus there?", articles.len());
    let (mut marked, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (number, article) in articles.iter().enumerate() {
        marked.extend(article.names.iter().map(|(range, label)| ((number, *range), *label)));
        let entities = analyse(&article.text, &Context::default());
        for entity in entities.iter().filter(|entity| entity.kind.is_name() && !entity.doubtful) {
            found.extend(entity.mentions.iter().map(|mention| ((number, mention.range), entity.kind)));
        }
    }
    // What the program has no kind for costs nothing and earns nothing.
    let other: BTreeSet<Name> = spans(&marked, |label| label == Label::Other);
    let (mut report, mut below) = (String::new(), false);
    writeln!(report, "{} articles", articles.len()).unwrap();
    for (what, kinds, floor) in FLOORS {
        let (marked, found) = match kinds {
            Some((label, kind)) => (spans(&marked, |other| other == label), spans(&found, |other| other == kind)),
            None => (
                spans(&marked, |label| label != Label::Other),
                spans(&found, |_| true).difference(&other).copied().collect(),
            ),
        };
        let f = f_score(&marked, &found);
        below |= f < floor;
        writeln!(report, "{what:13} F {f:5.1}, floor {floor:5.1}; {} marked, {} found", marked.len(), found.len())
            .unwrap();
    }
    println!("{report}");
    assert!(!below, "\n{report}");
}

#[test]
fn f_is_twice_the_hits_of_both() {
    let names = |starts: &[usize]| starts.iter().map(|start| (0, TextRange::at(*start))).collect::<BTreeSet<Name>>();
    // Two of four marked, two of three found: ½ and ⅔.
    assert!((f_score(&names(&[1, 2, 3, 4]), &names(&[1, 2, 9])) - 400.0 / 7.0).abs() < 1e-9);
    assert!(f_score(&names(&[]), &names(&[])).abs() < 1e-9);
}

fn spans<K: Copy>(names: &BTreeSet<(Name, K)>, wanted: impl Fn(K) -> bool) -> BTreeSet<Name> {
    names.iter().filter(|(_, kind)| wanted(*kind)).map(|(name, _)| *name).collect()
}

fn f_score(marked: &BTreeSet<Name>, found: &BTreeSet<Name>) -> f64 {
    let hits = marked.intersection(found).count();
    200.0 * hits as f64 / (marked.len() + found.len()).max(1) as f64
}

fn held_out() -> Vec<Annotated> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/entities/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let articles = files.iter().flat_map(|path| annotated::read(path).unwrap().into_iter().enumerate());
    articles.filter(|(number, _)| number % 10 == 9).map(|(_, article)| article).collect()
}
