//! How the time grows with the length of texts that were made to take long, and how long a megabyte of each takes.
//!
//! Every shape of `shared/repeated.rs` is measured at two sizes. The exponent is the slope between them in a double
//! logarithmic plot: 1 is linear, 2 quadratic. A stage that needs too long at the smaller size is not asked for the
//! larger. Names on the command line choose shapes: `cargo bench --bench repeated -- '"@ "'`.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "measures the time, and prints what it was")]

#[path = "shared/repeated.rs"]
mod repeated;

use std::hint::black_box;
use std::time::{Duration, Instant};

use dateline::internals::article::{Date, Text};
use dateline::internals::entity::{Context, analyse};
use dateline::internals::intake::{self, Format, Hints};
use dateline::internals::text::find::find;
use dateline::internals::text::layout::{Page, PageStyle};

/// The two sizes, in bytes: both below what is read in pieces or windows, where other rules hold.
const SMALL: usize = 250_000;
const LARGE: usize = 1_000_000;

/// Longer at the smaller size is hopeless at the larger.
const HOPELESS: Duration = Duration::from_secs(8);

/// What grows faster, or takes longer (in seconds), is told at once.
const STEEP: f64 = 1.3;
const LONG: f64 = 4.0;

/// Below this the clock and the caches decide, not the text.
const NOISE: f64 = 0.05;

/// Rows of the worst that are printed for each stage.
const ROWS: usize = 8;

const STAGES: [&str; 7] =
    ["read-plain", "read-markdown", "analyse", "analyse-markdown", "layout", "layout-markdown", "find"];

struct Row {
    shape: String,
    seconds: f64,
    exponent: Option<f64>,
}

/// Time the processor gave to this thread, where the system tells it (Linux): other programs do not count.
fn clock(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split(' ').next()?.parse().ok());
    spent.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let since = Instant::now();
    let start = clock(since);
    let made = black_box(work());
    (made, clock(since).saturating_sub(start))
}

fn read(text: &str, format: Format) -> Option<Text> {
    let hints = Hints { format: Some(format), ..Hints::default() };
    intake::read(text.as_bytes(), &hints).ok().map(|article| article.body)
}

/// What every stage takes for one text.
fn measure(text: &str, unit: &str) -> [Duration; STAGES.len()] {
    let context = Context { published: Some(Date::constant(2026, 10, 15)), guessed_date: None };
    let style = PageStyle { measure: 66, justify: true, hyphenate: true };
    let (plain, read_plain) = timed(|| read(text, Format::Plain));
    let (marked, read_markdown) = timed(|| read(text, Format::Markdown));
    let later = |body: &Option<Text>| {
        let Some(body) = body else { return (Duration::ZERO, Duration::ZERO) };
        let (_, analysed) = timed(|| analyse(body, &context));
        let (_, laid_out) = timed(|| Page::lay_out(body, &style));
        (analysed, laid_out)
    };
    let ((analysed, laid_out), (analysed_marked, laid_out_marked)) = (later(&plain), later(&marked));
    // All of it, so that every place is the beginning of one.
    let needle = format!("{}é", unit.repeat(8));
    let (_, found) = timed(|| find(text, &needle));
    [read_plain, read_markdown, analysed, analysed_marked, laid_out, laid_out_marked, found]
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let mut shapes = repeated::shapes();
    shapes.retain(|shape| wanted.is_empty() || wanted.iter().any(|name| shape.to_string().contains(name.as_str())));
    let mut rows: [Vec<Row>; STAGES.len()] = Default::default();
    for shape in &shapes {
        // The shortest of three, for memory that is asked for the first time takes longer than any of this.
        let best = |bytes: usize| {
            let text = shape.text(bytes);
            let times = [(); 3].map(|()| measure(&text, shape.unit()));
            std::array::from_fn(|stage| {
                times.iter().filter_map(|times| times.get(stage)).min().copied().unwrap_or_default()
            })
        };
        let mut small: [Duration; STAGES.len()] = measure(&shape.text(SMALL), shape.unit());
        let hopeless = small.iter().any(|time| *time > HOPELESS);
        let mut large = if hopeless { small } else { measure(&shape.text(LARGE), shape.unit()) };
        let growth = LARGE as f64 / SMALL as f64;
        let steep = |(small, large): (&Duration, &Duration)| {
            large.as_secs_f64() > NOISE.max(small.as_secs_f64() * growth.powf(STEEP))
        };
        if !hopeless && small.iter().zip(&large).any(steep) {
            (small, large) = (best(SMALL), best(LARGE));
        }
        for (((stage, rows), small), large) in STAGES.iter().zip(&mut rows).zip(small).zip(large) {
            let (small, large) = (small.as_secs_f64(), large.as_secs_f64());
            let slope = (large / small.max(1e-9)).ln() / growth.ln();
            let exponent = if hopeless { Some(f64::INFINITY).filter(|_| small > 1.0) } else { Some(slope) };
            let exponent = exponent.filter(|_| large > NOISE);
            if exponent.is_some_and(|exponent| exponent > STEEP) || large > LONG {
                println!("{stage}: {:.2}  {large:.2} s  {shape}", exponent.unwrap_or(0.0));
            }
            rows.push(Row { shape: shape.to_string(), seconds: large, exponent });
        }
    }
    println!("{} shapes, {} and {} kB", shapes.len(), SMALL / 1000, LARGE / 1000);
    for (stage, rows) in STAGES.iter().zip(&mut rows) {
        let worst = rows.iter().filter_map(|row| row.exponent).fold(0.0, f64::max);
        let longest = rows.iter().map(|row| row.seconds).fold(0.0, f64::max);
        println!("\n{stage}: worst exponent {worst:.2}, worst {longest:.2} s");
        rows.sort_by(|a, b| b.exponent.unwrap_or(0.0).total_cmp(&a.exponent.unwrap_or(0.0)));
        for row in rows.iter().take(ROWS) {
            println!("  {:.2}  {:.2} s  {}", row.exponent.unwrap_or(0.0), row.seconds, row.shape);
        }
        rows.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        println!("  longest:");
        for row in rows.iter().take(ROWS / 2) {
            println!("  {:.2}  {:.2} s  {}", row.exponent.unwrap_or(0.0), row.seconds, row.shape);
        }
    }
}
