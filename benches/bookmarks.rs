//! Measures a hundred thousand bookmarks: reading them at the start, listing, adding, filtering while typing.

#![expect(clippy::disallowed_methods, reason = "makes and measures files")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::{fs, iter};

use dateline::internals::article::{Article, SourceId, Text, TextRange};
use dateline::internals::bookmark::{
    Bookmark, BookmarkId, Color, DeviceId, Filter, NewBookmark, QueryContext, Shelf, read_line,
};
use dateline::internals::io::bookmarks::BookmarkStore;
use divan::Bencher;
use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

/// Ten passages a day for 27 years.
const BOOKMARKS: u64 = 100_000;
/// Bookmarks per article.
const PER_ARTICLE: u64 = 20;

fn main() {
    divan::main();
    // What is static is never dropped, and this is large.
    if let Some(folder) = FULL.get() {
        drop(folder.lock().ok().and_then(|mut folder| folder.take()));
    }
}

/// Numbers that look random and are the same in every run (the generator of Numerical Recipes, §7.1).
struct Random(u64);

impl Random {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// A sentence or two of made-up words, with the typography of newspapers.
    fn sentence(&mut self, words: u64) -> String {
        const SYLLABLES: [&str; 16] =
            ["ra", "ten", "so", "li", "mar", "ket", "vo", "ting", "pen", "da", "cu", "res", "ol", "est", "in", "by"];
        let mut text = String::new();
        for number in 0..words {
            if number > 0 {
                text.push_str(if number % 9 == 4 { " — " } else { " " });
            }
            for _ in 0..=self.below(3) {
                text.push_str(SYLLABLES.get(self.below(16) as usize).copied().unwrap_or_default());
            }
            if number % 7 == 3 {
                text.push_str("’s");
            }
        }
        text.push('.');
        text
    }
}

fn bookmark(number: u64, device: DeviceId, random: &mut Random) -> Bookmark {
    let article = number / PER_ARTICLE;
    let words = format!("{} {} {}", random.sentence(25), random.sentence(25), random.sentence(25));
    let start = words.find(' ').map_or(0, |at| at + 60);
    let range = TextRange::new(start, words.char_indices().nth(start + 150).map_or(words.len(), |(at, _)| at));
    let article = Article {
        id: SourceId::from_iri(format!("https://example.com/news/2026/11/article-{article}")),
        title: random.sentence(8),
        byline: Some("Ana Reed".into()),
        published: None,
        source: Some("The Example Times".into()),
        url: None,
        language: Some("en".into()),
        body: Text::new(words, vec![], vec![]),
    };
    let now = Timestamp::from_second(1_795_425_304 + number as i64 * 60).unwrap_or_default();
    let id = BookmarkId::from(Uuid::from_u128(u128::from(number) << 64 | u128::from(random.below(1 << 31))));
    let range = if article.body.slice(range).is_empty() { TextRange::new(0, 10) } else { range };
    let new = NewBookmark { id, device, now, article: &article, range, color: Color::Yellow };
    let Ok(made) = Bookmark::passage(new) else { unreachable!("the range has words") };
    let made = if number.is_multiple_of(3) { made.with_note(&random.sentence(12), device, now) } else { Ok(made) };
    let made = made.and_then(|made| made.with_tags(&[random.sentence(1), random.sentence(1)], device, now));
    let Ok(made) = made else { unreachable!("the note is short") };
    made
}

/// A data directory that holds them all.
static FULL: OnceLock<Mutex<Option<TempDir>>> = OnceLock::new();

fn full() -> PathBuf {
    let folder = FULL.get_or_init(|| Mutex::new(Some(fill())));
    let Ok(folder) = folder.lock() else { unreachable!("nobody panics with it") };
    folder.as_ref().map(|folder| folder.path().to_owned()).unwrap_or_default()
}

fn fill() -> TempDir {
    let Ok(folder) = tempfile::tempdir() else { unreachable!("there is room for temporary files") };
    let Ok((mut store, _)) = BookmarkStore::open(folder.path()) else { unreachable!("the folder is new") };
    let mut random = Random(1);
    let device = store.device();
    let all: Vec<Bookmark> = (0..BOOKMARKS).map(|number| bookmark(number, device, &mut random)).collect();
    for some in all.chunks(10_000) {
        let Ok(()) = store.append(some) else { unreachable!("there is room for the bookmarks") };
    }
    folder
}

fn open(folder: &Path) -> (BookmarkStore, Shelf) {
    let Ok((store, loaded)) = BookmarkStore::open(folder) else { unreachable!("they were just written") };
    assert_eq!(loaded.shelf.len() as u64, BOOKMARKS, "{:?}", loaded.problems.first());
    (store, loaded.shelf)
}

/// One line read.
#[divan::bench]
fn line(bencher: Bencher) {
    let line = bookmark(1, DeviceId::NOBODY, &mut Random(1)).to_line();
    bencher.bench_local(|| read_line::<Bookmark>(black_box(line.as_bytes())));
}

/// What has to happen between the start of the program and the list of bookmarks.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn load_and_list(bencher: Bencher) {
    let folder = full();
    bencher.bench_local(|| {
        let (store, shelf) = open(&folder);
        let listed = shelf.iter().map(Bookmark::id).collect::<Vec<_>>();
        (store, shelf, listed)
    });
}

/// One more, until it is safely on the disk, with 100,000 there already.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn add_one(bencher: Bencher) {
    let Ok(folder) = tempfile::tempdir() else { unreachable!("there is room for temporary files") };
    copy(&full(), folder.path());
    let (mut store, mut shelf) = open(folder.path());
    let mut random = Random(2);
    let mut number = BOOKMARKS;
    bencher
        .with_inputs(|| {
            number += 1;
            bookmark(number, DeviceId::NOBODY, &mut random)
        })
        .bench_local_values(|made| {
            let Ok(()) = store.append(std::slice::from_ref(&made)) else { unreachable!("there is room") };
            shelf.absorb(made)
        });
}

fn copy(from: &Path, to: &Path) {
    for name in ["", "bookmarks"] {
        let (Ok(entries), Ok(())) = (fs::read_dir(from.join(name)), fs::create_dir_all(to.join(name))) else { return };
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            let file = path.file_name().unwrap_or_default();
            let Ok(_) = fs::copy(&path, to.join(name).join(file)) else { return };
        }
    }
}

fn read(typed: &str) -> Filter {
    let context = QueryContext { now: Timestamp::UNIX_EPOCH, names: &|_| Vec::new(), has_color: &|_| false };
    Filter::read(typed, context).unwrap_or_default()
}

/// Each letter of a word as it is typed, and words that are nowhere.
#[divan::bench(args = ["m", "ma", "mar", "market", "zzz", "market rates", "#mar", "color:blue"])]
fn filter(bencher: Bencher, typed: &str) {
    let (_, shelf) = open(&full());
    // The first filter builds what later ones use.
    black_box(shelf.filter(&read("e")).count());
    bencher.bench_local(|| shelf.filter(&read(black_box(typed))).collect::<Vec<_>>());
}

/// The very first letter.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn first_filter(bencher: Bencher) {
    let (_, shelf) = open(&full());
    bencher.with_inputs(|| shelf.clone()).bench_local_refs(|shelf| shelf.filter(&read("m")).collect::<Vec<_>>());
}

/// The bookmarks of one article among all.
#[divan::bench]
fn of_one_article(bencher: Bencher) {
    let (_, shelf) = open(&full());
    let Some(one) = shelf.iter().nth(5_000) else { return };
    let (source, hash) = (one.source_id().clone(), one.text_hash());
    bencher.bench_local(|| {
        let hash = hash.iter().copied().chain(iter::repeat(dateline::internals::article::TextHash::of(""))).next();
        hash.map(|hash| shelf.all_of(&source, hash).count())
    });
}
