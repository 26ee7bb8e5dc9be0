//! Measures what the program reads in feeds: `cargo run --release --example feeds -- [OPTIONS] FOLDER`.
//!
//! Feeds with an `Expect:` comment, as feedparser's tests have it, are compared with that, tags, references and white space
//! aside; of all files it is said how many are feeds, and how many of their entries have a title, a link, a date, words, a
//! writer and a file. Each file is also read cut in the middle, and
//! its entries are made articles: nothing may panic.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a developer's command, not part of the program")]

mod expectation;
#[path = "../shared/outcome.rs"]
mod outcome;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use dateline::internals::intake::feed::{self, Feed, FeedEntry, FeedHints, Markup};
use jiff::Timestamp;

use expectation::{Expectation, Field};

/// Where feedparser's tests say a feed was.
const BASE: &str = "http://127.0.0.1:8097/feed";

/// Measures what the program reads in feeds.
#[derive(Parser)]
struct Options {
    /// A folder of feeds
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// List what is no feed, too
    #[arg(short, long)]
    verbose: bool,
}

fn main() -> ExitCode {
    outcome::of(run(&Options::parse()))
}

/// What was counted.
#[derive(Default)]
struct Tally {
    /// Right and all, by field.
    fields: BTreeMap<Field, (usize, usize)>,
    misses: Vec<String>,
    feeds: usize,
    /// Entries; those with a title, a link, a date, words, a writer, a file.
    entries: [usize; 7],
    time: Duration,
}

fn run(options: &Options) -> io::Result<()> {
    let files = files(&options.folder)?;
    let mut tally = Tally::default();
    for path in &files {
        let bytes = fs::read(path)?;
        let source = text_of(&bytes);
        let hints = FeedHints { address: Some(base_of(&source)), charset: charset_of(&source) };
        let start = Instant::now();
        let read = feed::read(&bytes, &hints, Timestamp::MAX);
        tally.time += start.elapsed();
        drop(feed::read(bytes.get(..bytes.len() / 2).unwrap_or_default(), &hints, Timestamp::MAX));
        let name = path.strip_prefix(&options.folder).unwrap_or(path).display().to_string();
        match &read {
            Ok(feed) => tally.count(feed),
            Err(feed::NoFeed(what)) if options.verbose => println!("{name}: {what}"),
            Err(_) => {}
        }
        let feed = read.unwrap_or_default();
        for expectation in expectation::of(&source) {
            tally.check(&name, &feed, &expectation);
        }
    }
    tally.print(files.len());
    Ok(())
}

/// All files in a folder and in those inside it, sorted.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The comment of a file, which may be in UTF-16.
fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "")
}

/// Where the test says the feed was: its Content-Location, relative to where it was fetched.
fn base_of(source: &str) -> String {
    let location = source.split_once("Content-Location:").and_then(|(_, rest)| rest.split_whitespace().next());
    match location {
        Some(location) if location.starts_with('/') => format!("http://127.0.0.1:8097{location}"),
        Some(location) if location.contains("://") => location.to_owned(),
        _ => BASE.to_owned(),
    }
}

/// The encoding the test's server declares.
fn charset_of(source: &str) -> Option<String> {
    let (_, rest) = source.split_once("Content-type:")?;
    let (_, charset) = rest.lines().next()?.split_once("charset=")?;
    Some(charset.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';')).to_owned())
}

impl Tally {
    fn count(&mut self, feed: &Feed) {
        self.feeds += 1;
        for entry in &feed.entries {
            let has_words =
                [&entry.content, &entry.summary].into_iter().flatten().any(|words| feed::text(words).is_some());
            let has = [
                true,
                entry.title.is_some(),
                entry.url.is_some(),
                entry.published.or(entry.updated).is_some(),
                has_words,
                !entry.authors.is_empty(),
                !entry.enclosures.is_empty(),
            ];
            self.entries.iter_mut().zip(has).for_each(|(count, has)| *count += usize::from(has));
            drop(feed::article(entry, BASE, "Feed"));
        }
    }

    fn check(&mut self, name: &str, feed: &Feed, expectation: &Expectation) {
        let entry = expectation.entry.map(|number| feed.entries.get(number).cloned().unwrap_or_default());
        let found = found(feed, entry.as_ref(), expectation.field);
        let is_right = found.iter().any(|found| is_same(expectation.field, found, &expectation.wanted));
        let (right, all) = self.fields.entry(expectation.field).or_default();
        *right += usize::from(is_right);
        *all += 1;
        if !is_right {
            self.misses.push(format!("{name}: {:?} {found:?} instead of {:?}", expectation.field, expectation.wanted));
        }
    }

    fn print(&self, files: usize) {
        self.misses.iter().for_each(|line| println!("{line}"));
        println!("\n{:<10} {:>6} {:>6} {:>8}", "", "right", "of", "");
        let share = |right: usize, all: usize| right as f64 * 100.0 / all.max(1) as f64;
        for (field, (right, all)) in &self.fields {
            println!("{:<10} {right:>6} {all:>6} {:>7.1}%", format!("{field:?}").to_lowercase(), share(*right, *all));
        }
        let (right, all) = self.fields.values().fold((0, 0), |sum, (right, all)| (sum.0 + right, sum.1 + all));
        println!("{:<10} {right:>6} {all:>6} {:>7.1}%", "all", share(right, all));
        let [entries, titles, links, dates, words, authors, with_files] = self.entries;
        println!(
            "\n{} of {files} files are feeds, with {entries} entries: {titles} have a title, {links} a link,",
            self.feeds
        );
        println!(
            "{dates} a date, {words} words, {authors} a writer, {with_files} a file; read in {:.2} s",
            self.time.as_secs_f64()
        );
    }
}

/// What the program reads in that place; words may be a summary or the content.
fn found(feed: &Feed, entry: Option<&FeedEntry>, field: Field) -> Vec<String> {
    let text = |markup: &Option<Markup>| markup.as_ref().and_then(feed::text);
    let date = |date: Option<Timestamp>| date.map(|date| date.to_string());
    let found = match (field, entry) {
        (Field::Count, _) => vec![Some(feed.entries.len().to_string())],
        (Field::Title, None) => vec![feed.title.clone()],
        (Field::Title, Some(entry)) => vec![entry.title.clone()],
        (Field::Link, None) => vec![feed.home.clone()],
        (Field::Link, Some(entry)) => vec![entry.url.clone()],
        (Field::Date, None) => vec![date(feed.updated)],
        (Field::Date, Some(entry)) => vec![date(entry.published), date(entry.updated)],
        (Field::Language, _) => vec![feed.language.clone()],
        (Field::Body, Some(entry)) => vec![text(&entry.content), text(&entry.summary)],
        (Field::Enclosure, Some(entry)) => entry.enclosures.iter().map(|file| Some(file.url.clone())).collect(),
        (Field::Author, Some(entry)) => vec![Some(entry.authors.join(", "))],
        (Field::Body | Field::Enclosure | Field::Author, None) => Vec::new(),
    };
    if found.iter().all(Option::is_none) { vec![String::new()] } else { found.into_iter().flatten().collect() }
}

fn is_same(field: Field, found: &str, wanted: &str) -> bool {
    match field {
        // What feeds write is HTML; what is compared are its letters.
        Field::Title | Field::Body => {
            let markup = Markup { source: wanted.to_owned(), is_html: true, base: None };
            let wanted = feed::text(&markup).unwrap_or_default();
            let plain = Markup { source: found.to_owned(), ..markup };
            letters(found) == letters(&wanted) || letters(&feed::text(&plain).unwrap_or_default()) == letters(&wanted)
        }
        Field::Date => found.starts_with(wanted),
        Field::Author => found == wanted || !found.is_empty() && wanted.contains(found),
        Field::Link | Field::Enclosure => {
            found.trim_end_matches('/').eq_ignore_ascii_case(wanted.trim_end_matches('/'))
        }
        Field::Language | Field::Count => found == wanted,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
