//! Measures what the program reads off web pages: `cargo run --release --example pages -- [OPTIONS] FOLDER`.
//!
//! The folder, or folders inside it, hold a `source.html` each, an `expected.html` (the article as Readability.js extracts
//! it) and an `expected-metadata.json`, as Mozilla's collection of test pages has them. A page is read by
//! [`dateline::internals::intake::read_document`], as the program does; what is compared are the bags of words of its
//! blocks and of the expected article.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a developer's command, not part of the program")]

mod case;
#[path = "../shared/outcome.rs"]
mod outcome;
mod score;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use dateline::internals::intake::{Format, Hints, PageKind, read_document};

use score::{Score, all_words, body_words, same_line, tag_free_words};

/// Below this a page is listed.
const GOOD: f64 = 0.98;

/// Where Mozilla's tests say a page was.
const BASE: &str = "http://fakehost/test/page.html";

/// Measures what the program reads off web pages.
#[derive(Parser)]
struct Options {
    /// A folder of test pages
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Read each page so many times, for the times
    #[arg(long, default_value_t = 1, value_name = "N")]
    repeat: usize,
    /// Show which words are too many and which are missing on the pages that are listed
    #[arg(short, long)]
    verbose: bool,
}

fn main() -> ExitCode {
    outcome::of(run(&Options::parse()))
}

fn run(options: &Options) -> io::Result<()> {
    let cases = case::read(&options.folder)?;
    let (mut body, mut whole, mut low) = (Vec::new(), Vec::new(), 0);
    let (mut titles, mut bylines, mut kinds, mut dates) =
        (Misses::default(), Misses::default(), Misses::default(), Misses::default());
    let mut times = Vec::new();
    for case in &cases {
        let hints = Hints { url: Some(BASE.to_owned()), format: Some(Format::Html), ..Hints::default() };
        let mut fastest = Duration::MAX;
        let mut read = None;
        for _ in 0..options.repeat.max(1) {
            let start = Instant::now();
            read = read_document(case.source.as_bytes(), &hints).ok();
            fastest = fastest.min(start.elapsed());
        }
        times.push(fastest);
        let Some(read) = read else {
            println!("{}: nothing was read", case.name);
            body.push(0.0);
            whole.push(0.0);
            continue;
        };
        let wanted = tag_free_words(&case.expected);
        let score = Score::of(&body_words(&read.article.body, &wanted), &wanted);
        whole.push(Score::of(&all_words(&read.article.body), &wanted).f1);
        if score.f1 < GOOD {
            low += 1;
        }
        if score.f1 < GOOD || options.verbose && score.f1 < 0.9999 {
            println!(
                "{:.4} {} ({:?}, P {:.4}, R {:.4})",
                score.f1, case.name, read.page, score.precision, score.recall
            );
            if options.verbose {
                println!("  too many: {}\n  missing: {}", score.extra.join(" "), score.missing.join(" "));
            }
        }
        body.push(score.f1);
        let article = &read.article;
        titles.check(&case.name, case.title.as_deref(), Some(&article.title));
        bylines.check(&case.name, case.byline.as_deref(), article.byline.as_deref());
        let day = |text: &str| text.get(..10).unwrap_or(text).to_owned();
        let published = article.published.map(|published| published.day.to_string());
        if let Some(wanted) = &case.published {
            dates.check(&case.name, Some(&day(wanted)), published.as_deref());
        }
        let readable = (read.page == PageKind::Article).to_string();
        kinds.check(&case.name, Some(&case.readable.to_string()), Some(&readable));
    }
    println!("\n{} pages", cases.len());
    println!("token F1 of the body {:.4}, {low} below {GOOD}; of all words {:.4}", mean(&body), mean(&whole));
    titles.print("title");
    bylines.print("by-line");
    dates.print("date");
    kinds.print("readable");
    print_times(&mut times);
    Ok(())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn print_times(times: &mut [Duration]) {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    let all: f64 = times.iter().map(Duration::as_secs_f64).sum();
    println!("p50 {:.1} ms, p95 {:.1} ms, {:.0} pages/s", at(50), at(95), times.len() as f64 / all.max(f64::EPSILON));
}

/// How often a value was right, and where it was not.
#[derive(Default)]
struct Misses {
    all: usize,
    exact: usize,
    lines: Vec<String>,
}

impl Misses {
    fn check(&mut self, page: &str, wanted: Option<&str>, found: Option<&str>) {
        self.all += 1;
        if same_line(wanted, found) {
            self.exact += 1;
        } else {
            self.lines.push(format!("{page}: {} instead of {}", found.unwrap_or("none"), wanted.unwrap_or("none")));
        }
    }

    fn print(&self, what: &str) {
        println!("{what}: {} of {} right", self.exact, self.all);
        self.lines.iter().for_each(|line| println!("  {line}"));
    }
}
