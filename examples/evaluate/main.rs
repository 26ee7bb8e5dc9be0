//! Measures what the program finds in annotated articles: `cargo run --release --example evaluate -- [OPTIONS] FILE…`.
//!
//! A file is in one of three forms. JSON lines (`*.jsonl`; `gold.rs` tells the fields), two columns (a word and its BIO
//! tag a line), and the project's own corpus (`assets/entities/corpus/GUIDELINE.md`). Several files are measured as
//! one. What is measured is the result of [`dateline::internals::entity::analyse`], as the program shows it; doubtful names do not
//! count.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a developer's command, not part of the program")]

mod alias;
#[path = "../shared/annotated.rs"]
mod annotated;
mod cards;
mod date_values;
mod errors;
mod gold;
mod names;
#[path = "../shared/outcome.rs"]
mod outcome;
mod patterns;
mod report;
mod salience;
mod seen_names;
mod speed;
mod tally;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use dateline::internals::entity::{Context, analyse};

use errors::Errors;
use gold::{Class, Gold};
use report::{Report, Row};
use seen_names::SeenNames;
use speed::Speed;

/// Measures what the program finds in annotated articles.
#[derive(Parser)]
struct Options {
    /// Annotated articles: JSON lines, two columns, or the own form
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only articles of these genres
    #[arg(long, value_delimiter = ',', value_name = "G")]
    genre: Vec<String>,
    /// A file whose names count as seen, in two columns or the own form; may be given several times
    #[arg(long, value_name = "FILE")]
    seen: Vec<PathBuf>,
    /// Only the tenth article of every ten in a file, which is kept from training; names of the other nine count as
    /// seen
    #[arg(long)]
    held_out: bool,
    /// List the errors by class, the most frequent first
    #[arg(short, long)]
    verbose: bool,
}

fn main() -> ExitCode {
    outcome::of(run(&Options::parse()))
}

fn run(options: &Options) -> io::Result<()> {
    let mut articles = Vec::new();
    for path in &options.files {
        let read = gold::read(path)?.into_iter().enumerate();
        let kept = read.filter(|(number, article)| {
            let genre = article.genre.as_ref();
            (options.genre.is_empty() || genre.is_some_and(|genre| options.genre.contains(genre)))
                && (!options.held_out || is_held_out(*number))
        });
        articles.extend(kept.map(|(_, article)| article));
    }
    let seen = SeenNames::read(&options.seen, options.held_out)?;
    let (mut report, mut errors, mut speed) = (Report::default(), Errors::default(), Speed::default());
    if let Some(first) = articles.first() {
        speed.loading(first);
    }
    for article in &articles {
        report.begin_document();
        measure(article, &seen, &mut report, &mut errors, &mut speed);
    }
    header(&articles);
    report.print();
    speed.print();
    if options.verbose {
        errors.print();
    }
    Ok(())
}

/// The articles no tagger is taught with.
fn is_held_out(number: usize) -> bool {
    number % 10 == 9
}

fn measure(article: &Gold, seen: &SeenNames, report: &mut Report, errors: &mut Errors, speed: &mut Speed) {
    let context = Context { published: article.published, guessed_date: None };
    let entities = speed.measured(&article.text, || analyse(&article.text, &context));
    let found = names::found(article, &entities);
    for class in &article.types {
        report.add(Row::Kind(*class), names::typed(article, &found, |_, other| other == *class));
    }
    report.add(Row::Names, names::typed(article, &found, |_, _| true));
    report.add(Row::SpanOnly, names::spans(article, &found));
    if !seen.is_empty() {
        let is_seen = |range| seen.contains(article.text.slice(range));
        report.add(Row::SeenNames, names::typed(article, &found, |range, _| is_seen(range)));
        report.add(Row::Unseen, names::typed(article, &found, |range, _| !is_seen(range)));
    }
    errors.names(article, &found);
    let cards = cards::score(article, &entities, errors);
    for (kind, right) in cards.right {
        report.add(Row::Cards, right);
        report.add(Row::CardsOf(kind), right);
    }
    for (row, tally) in [
        (Row::Doubt, cards.doubt),
        (Row::WrongOnTop, cards.wrong_on_top),
        (Row::TwoKinds, cards.two_kinds),
        (Row::InitialsApart, cards.initials_apart),
        (Row::PartApart, cards.part_apart),
        (Row::YearCut, cards.year_cut),
    ] {
        report.add(row, tally);
    }
    if let Some((pairs, b_cubed)) = alias::score(article, &entities, errors) {
        report.add(Row::Pairs, pairs);
        report.add(Row::BCubed, b_cubed);
    }
    if let Some(ranking) = salience::score(article, &entities) {
        report.add(Row::Ndcg, tally::Tally::ratio(ranking.ndcg, 1.0));
        report.add(Row::Map, tally::Tally::ratio(ranking.average_precision, 1.0));
        report.add(Row::First, tally::Tally::ratio(ranking.first, 1.0));
    }
    if !article.sentences.is_empty() {
        report.add(Row::Sentences, patterns::sentence_ends(article, errors));
    }
    if !article.dates.is_empty() {
        let (spans, values) = patterns::dates(article, &entities, errors);
        report.add(Row::Dates, spans);
        report.add(Row::DateValues, values);
    }
}

/// Says what is counted.
fn header(articles: &[Gold]) {
    let types: BTreeSet<Class> = articles.iter().flat_map(|article| article.types.iter().copied()).collect();
    let words: Vec<&str> = types.iter().map(|class| class.as_str()).collect();
    println!("{} articles; names of {} types: {}", articles.len(), types.len(), words.join(", "));
    if types.contains(&Class::Misc) {
        let mut held = vec!["event", "work"];
        if !types.contains(&Class::Group) {
            held.insert(0, "group");
        }
        println!("misc is compared with what the program calls {}", held.join(" or "));
    }
    println!("doubtful names do not count; names of other types cost nothing unless called one of these types");
    println!("in brackets where 95 of 100 such collections would lie, by drawing articles anew\n");
}
