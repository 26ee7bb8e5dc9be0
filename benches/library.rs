//! What a library of a hundred thousand articles costs: the list in windows, what is found as it is typed, marks, arrivals.
//!
//! divan has no percentiles, and whether a frame is missed is a question of those: so this prints a table of its own,
//! the median and the 95th percentile of each question, for three sizes. `cargo bench --bench library 10000` measures one.
//! `DATELINE_BENCH_DATA=copy/of/a/data/dir cargo bench --bench library` asks a library of real words what is typed into it.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "makes and measures files; a measurement fails by panicking"
)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::internals::article::{
    Arrival, Article, Block, BlockKind, Date, FileStamp, Published, RowId, SourceId, Text, TextRange,
};
use dateline::internals::feed::{EntryArrival, FeedArrivals, FeedState};
use dateline::internals::library::{AbsorbedMark, Library, LibraryReader, MarkState};
use dateline::internals::query::{Around, ArticleQuery, Condition, Order, Scope, Term, TextTerm};
use jiff::Timestamp;

/// Rows of a window: three screens.
const ROWS: usize = 120;

/// How often each question is asked.
const TIMES: usize = 60;

/// Numbers that look random and are the same in every run (the generator of Numerical Recipes, §7.1).
struct Random(u64);

impl Random {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// A word of a vocabulary of 300,000, each as often as its rank is low (Zipf's law): as many different words come
    /// up in a hundred thousand articles as in news.
    fn word(&mut self) -> String {
        let share = self.roll(1 << 24) as f64 / f64::from(1 << 24);
        spelt(VOCABULARY.powf(share) as u64)
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

const VOCABULARY: f64 = 300_000.0;

/// The word of this rank, the most frequent one being 1.
fn spelt(mut rank: u64) -> String {
    const SYLLABLES: [&str; 32] = [
        "ra", "ten", "so", "li", "mar", "ket", "vo", "ting", "pen", "da", "cu", "res", "ol", "est", "in", "by", "wash",
        "gov", "ern", "ment", "pres", "i", "dent", "war", "oil", "bank", "el", "ec", "tion", "min", "is", "ter",
    ];
    let mut word = String::new();
    while rank > 0 {
        word.push_str(SYLLABLES.get((rank % 32) as usize).unwrap());
        rank /= 32;
    }
    word
}

fn now() -> Timestamp {
    Timestamp::from_second(1_795_425_304).unwrap()
}

fn arrival(number: usize, random: &mut Random) -> Arrival {
    let count = 6 + random.roll(5);
    let title = random.words(count);
    // Of 1 to 9 kB, half of them under 3.
    let paragraphs = 2 + random.roll(5) + random.roll(5) * random.roll(2);
    let (mut words, mut blocks) = (format!("{number}"), Vec::new());
    let mut length = 1;
    for _ in 0..paragraphs {
        let (start, count) = (words.len() + 2, 40 + random.roll(70));
        words.extend(["\n\n", &random.words(count)]);
        blocks.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(start, words.len()) });
        length += count;
    }
    let day = Date::constant(2000, 1, 1).saturating_add(jiff::Span::new().days(random.roll(9000) as i64));
    let instant =
        number.is_multiple_of(3).then(|| now() - jiff::SignedDuration::from_secs(random.roll(700_000_000) as i64));
    Arrival {
        article: Arc::new(Article {
            id: SourceId::of_file(&format!("/home/ana/news/{}/story-{number}.txt", number / 400)),
            title,
            byline: Some(format!("{} {}", random.word(), random.word())),
            published: Some(Published { day, instant }),
            source: ["The Example Times", "The Courier", "clippings"]
                .get(random.roll(3) as usize)
                .map(|source| (*source).to_owned()),
            url: None,
            language: Some("en".into()),
            body: Text::new(words, blocks, vec![]),
        }),
        words: length as usize,
        file: Some(FileStamp::new(4000, now())),
    }
}

/// Fills a library, and says how many bytes of text are in it and how long that took.
fn fill(library: &mut Library, count: usize) -> (usize, Duration) {
    let mut random = Random(1);
    let (mut bytes, mut time) = (0, Duration::ZERO);
    for start in (0..count).step_by(1000) {
        let some: Vec<Arrival> =
            (start..(start + 1000).min(count)).map(|number| arrival(number, &mut random)).collect();
        bytes += some.iter().map(|arrival| arrival.article.body.as_str().len()).sum::<usize>();
        let start = Instant::now();
        library.arrive(&some, now()).unwrap();
        time += start.elapsed();
    }
    // A library that is in use: half is read, some have a star or a tag.
    let mut reader = library.reader().unwrap();
    let rows: Vec<RowId> = (1..=count as i64).map(RowId).filter(|row| row.0 % 2 == 0).collect();
    let marks: Vec<AbsorbedMark> = marks(&mut reader, &rows, |number| MarkState {
        read_at: Some(now()),
        starred_at: (number % 40 == 0).then(now),
        tags: if number % 100 == 0 { vec!["oil".into()] } else { Vec::new() },
        ..MarkState::default()
    });
    library.absorb_marks(&marks, &[]).unwrap();
    (bytes, time)
}

fn marks(reader: &mut LibraryReader, rows: &[RowId], state: impl Fn(usize) -> MarkState) -> Vec<AbsorbedMark> {
    let line = r#"{"v":1,"id":"…","text":"…","title":"A headline of the usual length, as newspapers have","read":{"at":"2026-11-28T10:00:00Z","by":"0123456789abcdef"}}"#;
    let entries = reader.entries(rows).unwrap();
    let mark = |(number, entry): (usize, dateline::internals::article::Entry)| AbsorbedMark {
        sets_place: true,
        id: entry.id,
        text: Some(entry.text),
        line: Some(line.to_owned()),
        state: state(number),
    };
    entries.into_iter().enumerate().map(mark).collect()
}

/// Median, 95th percentile and worst, in milliseconds.
fn row(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        let time = times.get(((times.len() - 1) as f64 * share).round() as usize).copied().unwrap_or_default();
        time.as_secs_f64() * 1e3
    };
    println!("| {name} | {:.2} | {:.2} | {:.2} |", at(0.5), at(0.95), at(1.0));
}

fn measure<T>(name: &str, times: usize, mut ask: impl FnMut(usize) -> T) {
    let once = |number| {
        let start = Instant::now();
        black_box(ask(number));
        start.elapsed()
    };
    row(name, (0..times).map(once).collect());
}

/// Whole words side by side.
fn wording(scope: Scope, words: &[&str]) -> Condition {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    Term::Text(TextTerm { scope, words, is_begun: false }).into()
}

fn query(conditions: Vec<Condition>) -> ArticleQuery {
    ArticleQuery { condition: Condition::All(conditions) }
}

/// Resident memory in MB, where the system tells it.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes: f64 =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// What would be remembered is forgotten with each change: one mark before every question.
fn disturb(library: &mut Library, number: usize) {
    let id = SourceId::of_file("/elsewhere");
    let line = Some(number.to_string());
    let mark = AbsorbedMark { sets_place: true, id, text: None, line, state: MarkState::default() };
    library.absorb_marks(&[mark], &[]).unwrap();
}

/// What is looked for by words: as it is typed, whole, by relevance, and the sentences found.
fn searches(library: &mut Library) {
    let mut reader = library.reader().unwrap();
    let asked_anew = |library: &mut Library, reader: &mut LibraryReader, asked: &ArticleQuery, order: Order| {
        let mut total = 0;
        let ask = |number| {
            disturb(library, number);
            let start = Instant::now();
            total = reader.window(asked, order, Around::Top, ROWS).unwrap().total;
            start.elapsed()
        };
        let times: Vec<Duration> = (0..TIMES / 2).map(ask).collect();
        (total, times)
    };
    let (common, rare) = (spelt(40), spelt(20_000));
    for (kind, text) in [("common", &common), ("rare", &rare)] {
        for first in ["", common.as_str()] {
            for letters in 1..=text.len().min(5) {
                let typed: String = text.chars().take(letters).collect();
                let mut words = vec![Condition::words(Scope::Everywhere, &typed)];
                words.extend((!first.is_empty()).then(|| wording(Scope::Everywhere, &[first])));
                let (total, times) = asked_anew(library, &mut reader, &query(words), Order::Newest);
                row(&format!("as typed `{first} {typed}` ({kind}, {total})"), times);
            }
        }
    }
    let next = spelt(2);
    for (name, asked, order) in [
        ("the most frequent word", wording(Scope::Everywhere, &[&spelt(1)]), Order::Newest),
        ("a word", wording(Scope::Everywhere, &[&common]), Order::Newest),
        ("a phrase", wording(Scope::Everywhere, &[&common, &next]), Order::Newest),
        ("a rare word", wording(Scope::Everywhere, &[&rare]), Order::Newest),
        ("a word of the headline", wording(Scope::Title, &[&common]), Order::Newest),
        ("a phrase of the headline", wording(Scope::Title, &[&common, &next]), Order::Newest),
        (
            "one of two words",
            Condition::Any(vec![wording(Scope::Everywhere, &[&common]), wording(Scope::Everywhere, &[&rare])]),
            Order::Newest,
        ),
        ("the most frequent word, by relevance", wording(Scope::Everywhere, &[&spelt(1)]), Order::Relevance),
        ("a word, by relevance", wording(Scope::Everywhere, &[&common]), Order::Relevance),
    ] {
        let (total, times) = asked_anew(library, &mut reader, &query(vec![asked]), order);
        row(&format!("{name} ({total})"), times);
    }
    let asked = query(vec![wording(Scope::Everywhere, &[&common])]);
    let shown: Vec<RowId> = reader.rows_matching(&asked).unwrap().into_iter().take(40).collect();
    measure("the sentences found of 40 articles", TIMES, |_| reader.excerpts(&asked, &shown).unwrap());
}

fn bench(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    let (bytes, time) = fill(&mut library, count);
    let size = ["library.db", "library.db-wal"].map(|name| std::fs::metadata(folder.path().join(name)).unwrap().len());
    println!(
        "\n{count} articles: {:.0} a second taken in and indexed; {:.0} MB of text, library.db {:.2} times as much\n",
        count as f64 / time.as_secs_f64(),
        bytes as f64 / 1e6,
        size.iter().sum::<u64>() as f64 / bytes as f64,
    );
    println!("| question | p50 ms | p95 | worst |\n|---|--:|--:|--:|");

    measure("open the file, first window, last read", 20, |_| {
        let (library, _) = Library::open(folder.path()).unwrap();
        let mut reader = library.reader().unwrap();
        (reader.window(&query(vec![]), Order::Newest, Around::Top, ROWS).unwrap(), reader.last_read().unwrap())
    });
    let mut reader = library.reader().unwrap();
    let mut random = Random(9);
    let mut any_row = || RowId(random.roll(count as u64) as i64 + 1);
    for (name, order) in [("newest", Order::Newest), ("name", Order::Name)] {
        for (place, around) in [("top", Around::Top), ("end (G)", Around::End)] {
            let mut times = Vec::new();
            for number in 0..TIMES {
                disturb(&mut library, number);
                let start = Instant::now();
                black_box(reader.window(&query(vec![]), order, around, ROWS).unwrap());
                times.push(start.elapsed());
            }
            row(&format!("window by {name}, {place}, first time"), times);
        }
        measure(&format!("window by {name}, anywhere"), TIMES, |_| {
            reader.window(&query(vec![]), order, Around::Row(any_row()), ROWS).unwrap()
        });
        measure(&format!("neighbour by {name}, unread"), TIMES, |_| {
            reader.neighbour(&query(vec![]), order, Some(any_row()), true, true).unwrap()
        });
    }
    searches(&mut library);
    let times = query(vec![Condition::words(Scope::Everywhere, "times")]);
    for (name, asked) in [
        ("`times`", times.clone()),
        ("`times is:unread`", times.with(Term::Read(false))),
        ("`-times`", query(vec![Condition::Not(Box::new(Condition::words(Scope::Everywhere, "times")))])),
        ("`is:unread`", query(vec![Term::Read(false).into()])),
        ("`is:starred`", query(vec![Term::Starred(true).into()])),
        ("`tag:oil`", query(vec![Term::Tag("oil".into()).into()])),
    ] {
        for (place, around) in [("end", Around::End), ("middle", Around::Row(RowId(count as i64 / 2)))] {
            let mut times = Vec::new();
            for number in 0..TIMES / 2 {
                disturb(&mut library, number);
                let start = Instant::now();
                black_box(reader.window(&asked, Order::Newest, around, ROWS).unwrap());
                times.push(start.elapsed());
            }
            row(&format!("window {name}, {place}, first time"), times);
        }
        measure(&format!("window {name}, middle, again"), TIMES, |_| {
            reader.window(&asked, Order::Newest, Around::Row(RowId(count as i64 / 2)), ROWS).unwrap()
        });
    }
    measure("counts of everything", TIMES, |_| {
        // Counted once until something changes; this asks anew.
        library.reader().unwrap().counts(&query(vec![])).unwrap()
    });
    measure("first unread, last read", TIMES, |_| {
        (reader.first_unread(&query(vec![]), Order::Newest).unwrap(), reader.last_read().unwrap())
    });
    measure("rows that match everything", 10, |_| reader.rows_matching(&query(vec![])).unwrap());
    if let Some(resident) = resident() {
        println!("\nresident {resident:.0} MB\n\n| change | ms | p95 | worst |\n|---|--:|--:|--:|");
    }
    let new: Vec<Vec<Arrival>> = (0..5)
        .map(|batch| (0..400).map(|number| arrival(count + batch * 400 + number, &mut Random(number as u64))).collect())
        .collect();
    measure("400 articles arrive", 5, |batch| library.arrive(new.get(batch).unwrap(), now()).unwrap());
    let rows = reader.rows_matching(&query(vec![])).unwrap();
    let all = marks(&mut reader, &rows, |_| MarkState { read_at: Some(now()), ..MarkState::default() });
    measure("mark one", TIMES, |number| library.absorb_marks(all.get(number..=number).unwrap(), &[]).unwrap());
    measure(&format!("mark all {} read", all.len()), 1, |_| library.absorb_marks(&all, &[]).unwrap());
}

/// Feeds that are read.
const FEEDS: usize = 200;

/// One fetch of a feed with so many articles, the `edited` first of which have a word more.
fn fetched(feed: usize, articles: usize, edited: usize) -> FeedArrivals {
    let mut random = Random(feed as u64);
    let entry = |number: usize| {
        let Arrival { article, words, .. } = arrival(feed * articles + number, &mut random);
        let url = format!("https://site{feed}.example/2026/story-{number}");
        let mut article = Arc::unwrap_or_clone(article);
        if number < edited {
            let more = format!("{} edited", article.body.as_str());
            let mut blocks = article.body.blocks().to_vec();
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                range: TextRange::new(more.len() - "edited".len(), more.len()),
            });
            article.body = Text::new(more, blocks, vec![]);
        }
        let (id, source) = (SourceId::of_web(&url), Some(format!("Feed {feed}")));
        let guid = Some(format!("tag:{feed}:{number}"));
        let article = Arc::new(Article { id, source, url: Some(url), ..article });
        EntryArrival { article, words, guid, comments: None, enclosures: Vec::new(), is_teaser: false }
    };
    let state = FeedState { fetched_at: Some(now()), ..FeedState::default() };
    FeedArrivals {
        feed: format!("https://site{feed}.example/feed"),
        state,
        entries: (0..articles).map(entry).collect(),
        tags: Vec::new(),
    }
}

/// What so many articles of feeds cost: to come, to come again, and to be counted.
fn feeds(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (mut library, _) = Library::open(folder.path()).unwrap();
    let articles = count.div_ceil(FEEDS);
    let mut arrive = |name: &str, edited: usize| {
        let mut times = Vec::new();
        for feed in 0..FEEDS {
            let arrivals = fetched(feed, articles, edited);
            let start = Instant::now();
            black_box(library.arrive_from_feed(&arrivals, now()).unwrap());
            times.push(start.elapsed());
        }
        let all: Duration = times.iter().sum();
        row(&format!("a feed of {articles} {name} ({:.1} s for {FEEDS})", all.as_secs_f64()), times);
    };
    println!("\n| {FEEDS} feeds | p50 ms | p95 | worst |\n|---|--:|--:|--:|");
    arrive("comes", 0);
    arrive("comes as it was", 0);
    arrive("comes with 3 edited", 3);
    let size = std::fs::metadata(folder.path().join("library.db")).unwrap().len();
    let text: usize =
        (0..FEEDS).flat_map(|feed| fetched(feed, articles, 0).entries).map(|entry| entry.article.body.len()).sum();
    let mut reader = library.reader().unwrap();
    measure("counts of all feeds", TIMES, |_| reader.feed_counts().unwrap());
    for (name, feeds) in [("one feed", 1), ("half of the feeds", FEEDS / 2)] {
        let wanted = (0..feeds).map(|feed| format!("https://site{feed}.example/feed")).collect();
        let asked = query(vec![Term::Feed(wanted).into()]);
        let mut times = Vec::new();
        for number in 0..TIMES / 2 {
            disturb(&mut library, number);
            let start = Instant::now();
            black_box(reader.window(&asked, Order::Newest, Around::Top, ROWS).unwrap());
            times.push(start.elapsed());
        }
        row(&format!("window of {name}, first time"), times);
    }
    let mut pruned = 0;
    measure("500 articles go", 4, |_| pruned += library.prune(count - 2000.min(count), 500).unwrap());
    println!("\nlibrary.db {:.2} times as much as the text", size as f64 / text as f64);
}

/// Words that are typed letter by letter, alone and behind another.
const TYPED: [&str; 3] = ["minister", "south", "quokka"];

/// Whole queries.
const ASKED: [&str; 12] = [
    "the",
    "minister",
    "zanzibar",
    "\"prime minister\"",
    "\"amber lighthouse keeper\"",
    "\"in the\"",
    "title:minister",
    "author:smith",
    "source:example",
    "minister or zanzibar",
    "minister -prime",
    "minister is:unread",
];

/// Asks a library that is there, which may have articles of real words: in turns, so that no answer is remembered.
fn ask(data: &Path) {
    let (library, _) = Library::open(data).unwrap();
    let mut reader = library.reader().unwrap();
    let counts = reader.counts(&query(vec![])).unwrap();
    println!("\n{} articles\n\n| question | p50 ms | p95 | worst |\n|---|--:|--:|--:|", counts.total);
    let mut questions: Vec<(String, ArticleQuery, Order)> = Vec::new();
    for before in ["", "minister "] {
        for word in TYPED {
            for letters in 1..=word.len().min(5) {
                let text: String = before.chars().chain(word.chars().take(letters)).collect();
                // What may become the name of a field is not asked.
                let typed = ArticleQuery::read_typed(&text, now()).unwrap();
                questions.extend(typed.map(|typed| (format!("as typed `{text}`"), typed, Order::Newest)));
            }
        }
    }
    for text in ASKED {
        let asked = ArticleQuery::read(text, now()).unwrap();
        questions.push((format!("`{text}`"), asked.clone(), Order::Newest));
        if !text.contains(':') {
            questions.push((format!("`{text}`, by relevance"), asked, Order::Relevance));
        }
    }
    questions.push(("everything".to_owned(), query(vec![]), Order::Newest));
    let mut times = vec![(0, Vec::new(), Vec::new(), Vec::new()); questions.len()];
    for _ in 0..TIMES / 2 {
        for ((_, asked, order), (total, windows, pages, sentences)) in questions.iter().zip(&mut times) {
            let start = Instant::now();
            let window = reader.window(asked, *order, Around::Top, ROWS).unwrap();
            windows.push(start.elapsed());
            *total = window.total;
            let Some(last) = window.entries.last() else { continue };
            let start = Instant::now();
            black_box(reader.window(asked, *order, Around::After(last.row), ROWS).unwrap());
            pages.push(start.elapsed());
            let shown: Vec<RowId> = window.entries.iter().map(|entry| entry.row).take(40).collect();
            let start = Instant::now();
            black_box(reader.excerpts(asked, &shown).unwrap());
            sentences.push(start.elapsed());
        }
    }
    for ((name, ..), (total, windows, pages, sentences)) in questions.iter().zip(times) {
        row(&format!("{name} ({total})"), windows);
        row("– the next page", pages);
        row("– sentences of 40 rows", sentences);
    }
    measure("open the file, first window, last read", 20, |_| {
        let (library, _) = Library::open(data).unwrap();
        let mut reader = library.reader().unwrap();
        (reader.window(&query(vec![]), Order::Newest, Around::Top, ROWS).unwrap(), reader.last_read().unwrap())
    });
    measure("counts of everything", TIMES, |_| library.reader().unwrap().counts(&query(vec![])).unwrap());
    if let Some(resident) = resident() {
        println!("\nresident {resident:.0} MB");
    }
}

fn main() {
    if let Some(data) = std::env::var_os("DATELINE_BENCH_DATA") {
        return ask(Path::new(&data));
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    for size in if sizes.is_empty() { vec![1000, 10_000, 100_000] } else { sizes } {
        bench(size);
        feeds(size);
    }
}
