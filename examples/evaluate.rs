//! Measures sentences and entities on annotated articles: `cargo run --release --example evaluate [FILE.jsonl] [GENRE]`.
//!
//! One JSON object a line: `text` (blocks joined by blank lines), `sentences` (`[start, end]` in code points),
//! `mentions` (`start`, `end`, `type`, `name`, `nested`) and `dates` (`start`, `end`, `value`). Prints precision, recall and F in
//! percent; `-v` as the last argument lists the errors.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a developer's command, not part of the program")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken file may stop it")]

use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::time::{Duration, Instant};

use dateline::article::{Block, BlockKind, CodePoints, Text, TextRange, parse_date};
use dateline::entity::{Context, Entity, Kind, analyse};
use dateline::text::sentences::sentences;
use serde_json::Value;

#[derive(Default)]
struct Score {
    hits: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, found: &HashSet<(usize, usize)>, gold: &HashSet<(usize, usize)>) {
        self.hits += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    fn print(&self, name: &str) {
        let (hits, found, gold) = (self.hits as f64, self.found.max(1) as f64, self.gold.max(1) as f64);
        let (precision, recall) = (100.0 * hits / found, 100.0 * hits / gold);
        let f = 2.0 * precision * recall / (precision + recall).max(1e-9);
        println!("{name:14} P {precision:5.1}  R {recall:5.1}  F {f:5.1}   ({} gold, {} found)", self.gold, self.found);
    }
}

type Span = (usize, usize);

/// What was measured so far.
#[derive(Default)]
struct Totals {
    scores: BTreeMap<&'static str, Score>,
    dates_right: usize,
    dates_valued: usize,
    bytes: usize,
    spent: Duration,
    verbose: bool,
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.pop_if(|last| last == "-v").is_some();
    let mut input = String::new();
    match arguments.first().filter(|name| *name != "-") {
        Some(path) => input = std::fs::read_to_string(path).unwrap(),
        None => drop(std::io::stdin().read_to_string(&mut input).unwrap()),
    }
    let genre = arguments.get(1);
    let mut totals = Totals { verbose, ..Totals::default() };
    for line in input.lines() {
        let document: Value = serde_json::from_str(line).unwrap();
        if genre.is_none_or(|genre| document["genre"].as_str() == Some(genre)) {
            totals.measure(&document);
        }
    }
    for (name, score) in &totals.scores {
        score.print(name);
    }
    let speed = totals.spent.as_secs_f64() * 1e3 / (totals.bytes.max(1) as f64 / 4096.0);
    println!("date values right: {} of {}; {speed:.2} ms per 4 KB", totals.dates_right, totals.dates_valued);
}

impl Totals {
    fn measure(&mut self, document: &Value) {
        let text = as_text(document["text"].as_str().unwrap());
        let points = CodePoints::new(text.as_str());
        self.sentences(document, &text, &points);
        let published = document["date"].as_str().and_then(parse_date);
        let start = Instant::now();
        let entities = analyse(&text, &Context { published, guessed_date: None });
        self.spent += start.elapsed();
        self.bytes += text.len();
        self.names(document, &text, &points, &entities);
        self.dates(document, &text, &points, &entities);
    }

    /// Boundaries inside paragraphs only: the ends of paragraphs are given.
    fn sentences(&mut self, document: &Value, text: &Text, points: &CodePoints<'_>) {
        let given: HashSet<usize> = text.blocks().iter().map(|block| points.of_byte(block.range.end)).collect();
        let inner = |end: usize| (!given.contains(&end)).then_some((end, end));
        let found = sentences(text).into_iter().filter_map(|range| inner(points.of_byte(range.end))).collect();
        let gold = list(document, "sentences").iter().filter_map(|pair| inner(number(&pair[1]))).collect();
        self.add("sentences", text, points, &found, &gold);
    }

    /// Exact spans with their kinds; doubtful names do not count.
    fn names(&mut self, document: &Value, text: &Text, points: &CodePoints<'_>, entities: &[Entity]) {
        let ignored: Vec<Span> =
            list(document, "ignore").iter().map(|pair| (number(&pair[0]), number(&pair[1]))).collect();
        for kind in [Kind::Person, Kind::Place, Kind::Organisation, Kind::Group] {
            let name = kind.as_str();
            if !list(document, "types").iter().any(|scored| scored == name) {
                continue;
            }
            let mentions = || list(document, "mentions").iter();
            let gold: HashSet<Span> = mentions()
                .filter(|mention| mention["type"] == name && mention["name"] == true && mention["nested"] != true)
                .map(span)
                .collect();
            let also: HashSet<Span> = mentions().filter(|mention| mention["also"] == name).map(span).collect();
            let unscored = |found: &Span| also.contains(found) || ignored.iter().any(|other| overlap(found, other));
            let found = entities
                .iter()
                .filter(|entity| entity.kind == kind && !entity.doubtful)
                .flat_map(|entity| entity.mentions.iter().map(|mention| points.of_range(mention.range)))
                .filter(|found| gold.contains(found) || !unscored(found))
                .collect();
            self.add(name, text, points, &found, &gold);
            self.scores.entry("names").or_default().add(&found, &gold);
        }
    }

    /// A date counts as found when it shares a word with the marked one.
    fn dates(&mut self, document: &Value, text: &Text, points: &CodePoints<'_>, entities: &[Entity]) {
        let gold: BTreeMap<Span, &str> = list(document, "dates")
            .iter()
            .filter(|date| date["element"] == "date")
            .map(|date| (span(date), date["value"].as_str().unwrap_or_default()))
            .collect();
        if gold.is_empty() {
            return;
        }
        let score = self.scores.entry("dates").or_default();
        score.gold += gold.len();
        let mut hit = HashSet::new();
        for entity in entities.iter().filter(|entity| entity.kind == Kind::Date) {
            for found in entity.mentions.iter().map(|mention| points.of_range(mention.range)) {
                score.found += 1;
                let Some((marked, wanted)) = gold.iter().find(|(marked, _)| overlap(&found, marked)) else {
                    if self.verbose {
                        println!("date wrong    {}", context_of(text, points, found));
                    }
                    continue;
                };
                hit.insert(*marked);
                if let Some(value) = &entity.value {
                    self.dates_valued += 1;
                    self.dates_right += usize::from(value == wanted);
                    if self.verbose && value != wanted {
                        println!("date value    {value} for {wanted}: {}", context_of(text, points, *marked));
                    }
                }
            }
        }
        score.hits += hit.len();
        if self.verbose {
            for marked in gold.keys().filter(|marked| !hit.contains(*marked)) {
                println!("date missed   {}", context_of(text, points, *marked));
            }
        }
    }

    fn add(
        &mut self,
        name: &'static str,
        text: &Text,
        points: &CodePoints<'_>,
        found: &HashSet<Span>,
        gold: &HashSet<Span>,
    ) {
        self.scores.entry(name).or_default().add(found, gold);
        if self.verbose {
            for span in gold.difference(found) {
                println!("{name} missed  {}", context_of(text, points, *span));
            }
            for span in found.difference(gold) {
                println!("{name} wrong   {}", context_of(text, points, *span));
            }
        }
    }
}

fn list<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    document[name].as_array().map_or(&[], Vec::as_slice)
}

fn span(value: &Value) -> Span {
    (number(&value["start"]), number(&value["end"]))
}

fn overlap(one: &Span, other: &Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn as_text(words: &str) -> Text {
    let mut at = 0;
    let mut blocks = Vec::new();
    for block in words.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(at, at + block.len()) });
        at += block.len() + 2;
    }
    Text::new(words.to_owned(), blocks, vec![])
}

fn context_of(text: &Text, points: &CodePoints<'_>, span: (usize, usize)) -> String {
    let before = text.slice(points.to_range(span.0.saturating_sub(30), span.0)).replace('\n', " ");
    let after = text.slice(points.to_range(span.1, span.1 + 30)).replace('\n', " ");
    format!("{before}[[{}]]{after}", text.slice(points.to_range(span.0, span.1)))
}
