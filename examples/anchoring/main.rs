//! Measures how passages survive edits: `cargo run --release --example anchoring -- [OPTIONS] FILE`.
//!
//! FILE has articles with their versions, one a line: `{"post": NAME, "versions": [TEXT, …]}`. Every sentence of a
//! version is looked for in the next (`revisions.rs` tells how the truth is known), and made edits are measured on the
//! first version of each (`synthetic.rs`). `docs/anchoring.md` has the tables.

#![expect(clippy::print_stdout, reason = "a developer's command, not part of the program")]

mod case;
mod editable_article;
mod edits;
#[path = "../shared/outcome.rs"]
mod outcome;
#[path = "../shared/random.rs"]
mod random;
mod report;
mod revisions;
mod speed;
mod synthetic;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use dateline::internals::bookmark::Anchor;

use case::{Case, Outcome};
use random::Random;
use report::Row;
use revisions::{Fate, Post};
use synthetic::{CaseGenerator, Track};

/// Measures how passages survive edits.
#[derive(Parser)]
struct Options {
    /// Articles with their versions, JSON lines
    file: PathBuf,
    /// Every other article only: one half to tune on, one to check with
    #[arg(long, value_enum)]
    half: Option<Half>,
    /// Of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Passages an article and made track
    #[arg(long, default_value_t = 5)]
    passages: usize,
    /// Only rows with this in their name
    #[arg(long)]
    only: Option<String>,
    /// List what went wrong
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Half {
    Dev,
    Check,
}

fn main() -> ExitCode {
    outcome::of(run(&Options::parse()))
}

fn run(options: &Options) -> io::Result<()> {
    let mut posts = revisions::posts(&options.file)?;
    if let Some(half) = options.half {
        let mut number = 0;
        posts.retain(|_| {
            number += 1;
            (number % 2 == 1) == (half == Half::Dev)
        });
    }
    println!("{} articles, {} pairs of versions, seed {}", posts.len(), pairs(&posts).count(), options.seed);
    report::header();
    let wanted = |name: &str| options.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    real(options, &posts, wanted);
    let articles: Vec<String> = posts.iter().filter_map(|post| post.versions.first().cloned()).collect();
    let maker = CaseGenerator::new(&articles);
    for track in Track::ALL.into_iter().filter(|track| wanted(track.name())) {
        let mut row = Row::default();
        let mut unmarked = 0;
        for article in 0..articles.len() {
            let mut random = Random::new(options.seed * 1_000_003 + article as u64 * 101 + track as u64);
            for _ in 0..options.passages {
                if let Some(case) = maker.case(track, article, &mut random) {
                    unmarked += ask(options, track.name(), &case, &mut row);
                }
            }
        }
        row.print(track.name());
        if track.must_be_marked() {
            println!("{:43} {unmarked:6} without a mark in either column", "");
        }
    }
    if options.only.is_none() {
        speed::measure(&articles, &maker.vocabulary);
    }
    Ok(())
}

fn pairs(posts: &[Post]) -> impl Iterator<Item = (usize, &String, &String)> {
    posts.iter().enumerate().flat_map(|(number, post)| {
        post.versions.iter().zip(post.versions.iter().skip(1)).map(move |(old, new)| (number, old, new))
    })
}

fn real(options: &Options, posts: &[Post], wanted: impl Fn(&str) -> bool) {
    let names = [
        (Fate::Untouched, "real: untouched"),
        (Fate::Edited, "real: edited, >= 80 % of words survive"),
        (Fate::Rewritten, "real: edited, 50-80 % survive"),
        (Fate::Gone, "real: gone"),
    ];
    if !names.iter().any(|(_, name)| wanted(name)) {
        return;
    }
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let mut left_out = 0;
    for (article, old, new) in pairs(posts) {
        let (cases, out) = revisions::cases(article, old, new);
        left_out += out;
        for (fate, case) in cases {
            let name = names.iter().find(|(other, _)| *other == fate).map_or("", |(_, name)| name);
            if wanted(name) {
                ask(options, name, &case, rows.entry(fate as usize).or_default());
            }
        }
    }
    for (fate, name) in names {
        if let Some(row) = rows.get(&(fate as usize)) {
            row.print(name);
        }
    }
    println!("{:43} {left_out:6} sentences left out: the truth is not clear", "");
}

/// Asks in every way; how many answers are in the right place without a mark.
fn ask(options: &Options, name: &str, case: &Case, row: &mut Row) -> usize {
    let Some(bookmark) = case.bookmark() else { return 0 };
    let mut unmarked = 0;
    for (with_old, column) in [(false, &mut row.quote), (true, &mut row.old)] {
        let anchor = case.ask(&bookmark, with_old);
        let outcome = case.judge(anchor);
        column.add(case.article, outcome);
        unmarked += usize::from(outcome == Outcome::Right);
        if options.verbose && !matches!(outcome, Outcome::Right | Outcome::Marked) {
            tell(name, case, anchor, outcome, with_old);
        }
    }
    row.position.add(case.article, case.judge(case.by_position()));
    row.words.add(case.article, case.judge(case.by_words()));
    unmarked
}

fn tell(name: &str, case: &Case, anchor: Anchor, outcome: Outcome, with_old: bool) {
    let shown = |words: &str| words.replace('\n', " / ");
    println!("  {outcome:?}, {name}, {}, article {}", if with_old { "old text" } else { "quote" }, case.article);
    println!("    sought: {}", shown(case.words()));
    if let Some(truth) = case.truth {
        println!("    truth:  {}", shown(case.new.get(truth.start..truth.end).unwrap_or_default()));
    }
    if let Some(range) = anchor.range() {
        println!("    found:  {}", shown(case.new.get(range.start..range.end).unwrap_or_default()));
    }
}
