//! Holds the quality of the entities: the articles of the project's own corpus on which the tagger was not trained must
//! be read at least this well.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "reads the corpus; a test fails by panicking")]

#[path = "../examples/shared/annotated.rs"]
mod annotated;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use annotated::{AnnotatedArticle, Label};
use dateline::internals::article::TextRange;
use dateline::internals::entity::{Context, Kind, analyse};

/// Every so-many-th article of a file is held out; `examples/train` has the same number.
const HELD_OUT: usize = 10;

/// F1 in per cent of exact spans with their kinds, below which something was broken: about one point under what was
/// measured when the model was made. Doubtful names count, for they are shown. The last row counts spans whatever their
/// kind.
const FLOORS: [(&str, f64); 6] = [
    ("person", 78.5),
    ("place", 81.0),
    ("organisation", 75.0),
    ("group", 82.0),
    ("event or work", 55.5),
    ("any", 88.0),
];

#[derive(Default)]
struct Score {
    hits: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, found: &HashSet<TextRange>, gold: &HashSet<TextRange>) {
        self.hits += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    fn f1(&self) -> f64 {
        200.0 * self.hits as f64 / (self.found + self.gold).max(1) as f64
    }
}

fn column(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Organisation => "organisation",
        Kind::Group => "group",
        Kind::Event | Kind::Work | Kind::Other => "event or work",
        _ => return None,
    })
}

fn column_of(label: Label) -> &'static str {
    match label {
        Label::Person => "person",
        Label::Place => "place",
        Label::Organisation => "organisation",
        Label::Group => "group",
        Label::Event | Label::Work | Label::Other => "event or work",
    }
}

fn held_out() -> Vec<AnnotatedArticle> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/entities/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let articles =
        |path: &std::path::PathBuf| annotated::read(path).unwrap().into_iter().skip(HELD_OUT - 1).step_by(HELD_OUT);
    files.iter().flat_map(articles).collect()
}

#[test]
fn held_out_articles_are_read_as_well_as_before() {
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let articles = held_out();
    assert!(articles.len() >= 40, "{} articles", articles.len());
    for article in &articles {
        let mut found: BTreeMap<&str, HashSet<TextRange>> = BTreeMap::new();
        let mut gold: BTreeMap<&str, HashSet<TextRange>> = BTreeMap::new();
        for entity in analyse(&article.text, &Context::default()) {
            let Some(column) = column(entity.kind) else { continue };
            for name in [column, "any"] {
                found.entry(name).or_default().extend(entity.mentions.iter().map(|mention| mention.range));
            }
        }
        for (range, label) in &article.names {
            for name in [column_of(*label), "any"] {
                gold.entry(name).or_default().insert(*range);
            }
        }
        for (name, _) in FLOORS {
            let none = HashSet::new();
            scores.entry(name).or_default().add(found.get(name).unwrap_or(&none), gold.get(name).unwrap_or(&none));
        }
    }
    let figures: Vec<String> = scores.iter().map(|(name, score)| format!("{name} {:.1}", score.f1())).collect();
    println!("{}", figures.join(", "));
    for (name, floor) in FLOORS {
        assert!(scores[name].f1() >= floor, "{name} fell below {floor}; now {figures:?}");
    }
}

/// Shares in per cent, about one point under what was measured when the model was made: cards that are right, of those
/// shown without doubt; wrong cards that are doubtful; doubtful cards that are wrong.
const CARD_FLOORS: [(&str, f64); 3] =
    [("cards right", 86.0), ("wrong cards in doubt", 42.0), ("doubt that is right", 56.0)];

/// A card is right if one of its places is a marked name of its kind.
#[test]
fn held_out_articles_have_cards_as_right_as_before() {
    let (mut sure, mut right, mut wrong, mut doubtful, mut both) = (0, 0, 0, 0, 0);
    for article in held_out() {
        let gold: HashSet<(TextRange, &str)> =
            article.names.iter().map(|(range, label)| (*range, column_of(*label))).collect();
        for entity in analyse(&article.text, &Context::default()) {
            let Some(column) = column(entity.kind) else { continue };
            let is_right = entity.mentions.iter().any(|mention| gold.contains(&(mention.range, column)));
            sure += usize::from(!entity.doubtful);
            right += usize::from(!entity.doubtful && is_right);
            wrong += usize::from(!is_right);
            doubtful += usize::from(entity.doubtful);
            both += usize::from(entity.doubtful && !is_right);
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let figures = [share(right, sure), share(both, wrong), share(both, doubtful)];
    println!("{figures:.1?} of {sure} sure and {doubtful} doubtful cards");
    for ((name, floor), figure) in CARD_FLOORS.into_iter().zip(figures) {
        assert!(figure >= floor, "{name} fell below {floor}; now {figures:.1?}");
    }
}
