//! What a hundred thousand marks cost: at a start that knows how far it has read, at one that knows nothing, and when all
//! are marked at once.

use std::path::Path;

use dateline::internals::article::{SourceId, TextHash};
use dateline::internals::io::marks::MarkStore;
use dateline::internals::journal::DeviceId;
use dateline::internals::journal::LogPosition;
use dateline::internals::mark::Mark;
use divan::Bencher;
use jiff::Timestamp;
use tempfile::TempDir;

const MANY: u64 = 100_000;

fn main() {
    divan::main();
}

fn mark(number: u64, device: DeviceId) -> Mark {
    let now = Timestamp::from_second(1_795_425_304 + number as i64).unwrap_or_default();
    let id = SourceId::from_iri(format!("https://example.com/news/2026/11/article-{number}"));
    let title = format!("Rents slide again, {number} tenants say");
    let known = Mark::new(id).with_article(TextHash::of(&title), &title, device, now);
    let read = known.and_then(|mark| mark.with_read(Some(now), device, now));
    let Some(read) = read else { unreachable!("it was not read before") };
    read
}

fn open(folder: &Path, known: &[LogPosition]) -> (MarkStore, Vec<Mark>) {
    let Ok((store, found)) = MarkStore::open(folder, known) else { unreachable!("the folder can be read") };
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    (store, found.records)
}

/// A data directory that holds them all, and how far its log was read.
fn full() -> (TempDir, Vec<LogPosition>) {
    let Ok(folder) = tempfile::tempdir() else { unreachable!("there is room for temporary files") };
    let (mut store, _) = open(folder.path(), &[]);
    let all: Vec<Mark> = (0..MANY).map(|number| mark(number, store.device())).collect();
    let Ok(()) = store.append(&all) else { unreachable!("there is room for the marks") };
    let known = store.positions();
    (folder, known)
}

/// What a start costs whose cache holds all marks.
#[divan::bench]
fn start(bencher: Bencher) {
    let (folder, known) = full();
    bencher.bench_local(|| {
        let (store, found) = open(folder.path(), &known);
        assert!(found.is_empty());
        store
    });
}

/// What a start costs whose cache was deleted.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn start_without_cache(bencher: Bencher) {
    let (folder, _) = full();
    bencher.bench_local(|| {
        let (store, found) = open(folder.path(), &[]);
        assert_eq!(found.len() as u64, MANY);
        (store, found)
    });
}

/// What was done last, read back to be undone: one deed of which 100,000 articles are a part is read whole.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn history(bencher: Bencher) {
    let (folder, known) = full();
    let (store, _) = open(folder.path(), &known);
    bencher.bench_local(|| store.history().map(|history| history.done.len()).ok());
}

/// All marked as read at once, until it is safe on the disk.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn append_all(bencher: Bencher) {
    let all: Vec<Mark> = (0..MANY).map(|number| mark(number, DeviceId::NOBODY)).collect();
    bencher
        .with_inputs(|| {
            let Ok(folder) = tempfile::tempdir() else { unreachable!("there is room for temporary files") };
            let (store, _) = open(folder.path(), &[]);
            (folder, store)
        })
        .bench_local_values(|(folder, mut store)| {
            let Ok(()) = store.append(&all) else { unreachable!("there is room for the marks") };
            (folder, store)
        });
}
