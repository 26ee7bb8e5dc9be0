//! What logs promise, shown with those of bookmarks: nothing that was reported saved is lost, and one bad line costs one
//! line.

mod compacting;
mod hostile;
mod shared;

use std::collections::BTreeSet;
use std::thread;

use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::article::{Text, TextRange};
use crate::bookmark::tests::{article, made};
use crate::bookmark::{Bookmark, BookmarkId, Color, History, NewBookmark, Shelf};
use crate::io::bookmarks::{BookmarkStore, Loaded, survey};
use crate::io::texts;

fn bookmark(id: u128, device: DeviceId) -> Bookmark {
    let article = article("https://example.com/a", "One sentence is enough for this.");
    Bookmark::passage(NewBookmark { device, ..made(id, &article, TextRange::new(4, 12)) }).unwrap()
}

fn bookmarks(ids: std::ops::Range<u128>, device: DeviceId) -> Vec<Bookmark> {
    ids.map(|id| bookmark(id, device)).collect()
}

fn open(folder: &TempDir) -> (BookmarkStore, Loaded) {
    BookmarkStore::open(folder.path()).unwrap()
}

fn own_log(folder: &TempDir, store: &BookmarkStore) -> PathBuf {
    folder.path().join("bookmarks").join(&store.journal.own)
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_saved_is_there_tomorrow() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, loaded) = open(&folder);
    assert!(loaded.shelf.is_empty() && loaded.problems.is_empty());
    store.append(&bookmarks(0..3, store.device())).unwrap();
    store.append(&bookmarks(3..4, store.device())).unwrap();
    let (again, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), again.device()), (4, store.device()));
    assert!(loaded.problems.is_empty());
    assert!(folder.path().join("device-id").is_file());
}

#[test]
fn two_instances_on_one_folder_see_each_other_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut one, _) = open(&folder);
    let (mut two, _) = open(&folder);
    assert_eq!(one.device(), two.device());
    for round in 0..10 {
        one.append(&[bookmark(round * 2, one.device())]).unwrap();
        two.append(&[bookmark(round * 2 + 1, two.device())]).unwrap();
        let seen: Vec<BookmarkId> = one.refresh().unwrap().records.iter().map(Bookmark::id).collect();
        assert!(seen.contains(&Uuid::from_u128(round * 2 + 1).into()));
    }
    assert_eq!(open(&folder).1.shelf.len(), 20);
    assert!(one.refresh().unwrap().records.is_empty(), "nothing is read twice");
    one.append(&[bookmark(99, one.device())]).unwrap();
    assert!(one.refresh().unwrap().records.is_empty(), "one's own is not news");
}

#[test]
fn threads_that_append_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for writer in 0..4_u128 {
            let path = folder.path();
            scope.spawn(move || {
                let (mut store, _) = BookmarkStore::open(path).unwrap();
                for number in 0..25 {
                    store.append(&[bookmark(writer * 100 + number, store.device())]).unwrap();
                }
            });
        }
    });
    let (store, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), loaded.problems.len()), (100, 0));
    let logs = log_names(&folder.path().join("bookmarks")).unwrap();
    assert_eq!(logs, [store.journal.own], "all of them agreed on one device id");
}

#[test]
fn another_devices_log_is_read_when_it_comes_and_when_it_grows_or_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let theirs = folder.path().join("bookmarks/laptop.jsonl");
    let device = DeviceId::new("laptop").unwrap();
    let line = |id| bookmark(id, device).to_line() + "\n";
    fs::write(&theirs, line(1)).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 1);
    fs::write(&theirs, line(1) + &line(2)).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 1, "only what was added");
    let draft = folder.path().join("draft");
    fs::write(&draft, line(3) + &line(4) + &line(5)).unwrap();
    fs::rename(&draft, &theirs).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 3, "another file under the same name");
}

#[test]
fn a_bad_line_anywhere_costs_that_line_and_is_told_and_kept_once() {
    let endless = "x".repeat(300_000);
    let bad: [&[u8]; 7] = [
        b"{\"type\":\"Annotation\"",
        b"\xff\xfe\x00binary",
        b"<<<<<<< HEAD",
        b"{}",
        b"null",
        &[b'['; 5000],
        endless.as_bytes(),
    ];
    for (number, bytes) in bad.iter().enumerate() {
        for at in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            let (mut store, _) = open(&folder);
            store.append(&bookmarks(0..3, store.device())).unwrap();
            let log = own_log(&folder, &store);
            let text = fs::read(&log).unwrap();
            let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
            lines[at] = bytes;
            fs::write(&log, lines.join(&b'\n')).unwrap();

            let (mut store, loaded) = open(&folder);
            assert_eq!(loaded.shelf.len(), 2, "case {number} at {at}");
            let [Problem::Line { line, kept: Some(kept), known: false, .. }] = &loaded.problems[..] else {
                panic!("case {number} at {at}: {:?}", told(&loaded.problems))
            };
            assert_eq!(*line, at + 1);
            let copy = fs::read(kept).unwrap();
            assert!(copy.windows(20.min(bytes.len())).any(|window| bytes.starts_with(window)));
            assert!(told(&loaded.problems)[0].starts_with("1 entry could not be read: "));

            store.append(&[bookmark(9, store.device())]).unwrap();
            let (_, loaded) = open(&folder);
            assert_eq!(loaded.shelf.len(), 3);
            assert_eq!((loaded.problems.len(), loaded.problems[0].is_news()), (1, false), "told before");
            assert_eq!(fs::read(kept).unwrap(), copy, "copied once");
        }
    }
}

#[test]
fn a_torn_last_line_costs_nothing_else_and_the_next_one_starts_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&bookmarks(0..2, store.device())).unwrap();
    let log = own_log(&folder, &store);
    let whole = fs::read(&log).unwrap();
    let second = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for cut in second + 1..whole.len() {
        fs::write(&log, &whole[..cut]).unwrap();
        let (mut store, loaded) = open(&folder);
        let complete = cut == whole.len() - 1;
        assert_eq!(loaded.shelf.len(), if complete { 2 } else { 1 }, "cut at {cut}");
        assert_eq!(loaded.problems.len(), usize::from(!complete), "cut at {cut}");
        if cut % 50 == 0 || complete {
            store.append(&[bookmark(7, store.device())]).unwrap();
            let ids: BTreeSet<BookmarkId> = open(&folder).1.shelf.iter().map(Bookmark::id).collect();
            assert!(ids.contains(&Uuid::from_u128(7).into()) && ids.contains(&Uuid::from_u128(0).into()));
        }
    }
}

#[test]
fn the_zero_bytes_of_a_power_cut_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&[bookmark(1, store.device())]).unwrap();
    let log = own_log(&folder, &store);
    let mut bytes = fs::read(&log).unwrap();
    bytes.extend([0; 4096]);
    fs::write(&log, bytes).unwrap();
    let (mut store, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), loaded.problems.len()), (1, 0));
    store.append(&[bookmark(2, store.device())]).unwrap();
    let (_, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), loaded.problems.len()), (2, 0));
}

#[test]
fn a_line_that_another_writer_is_at_is_not_complained_about() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let theirs = folder.path().join("bookmarks/laptop.jsonl");
    let line = bookmark(1, store.device()).to_line();
    fs::write(&theirs, line.split_at(80).0).unwrap();
    assert!(store.refresh().unwrap().problems.is_empty());
    fs::write(&theirs, format!("{line}\n")).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 1);
    fs::write(&theirs, format!("{line}\n{}", line.split_at(80).0)).unwrap();
    let refreshed = store.refresh().unwrap();
    assert!(refreshed.records.is_empty() && refreshed.problems.is_empty());
    fs::write(&theirs, format!("{line}\n{line}\n")).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 1);
}

#[test]
fn a_file_of_rubbish_is_told_in_few_words() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("bookmarks")).unwrap();
    fs::write(folder.path().join("bookmarks/rubbish.jsonl"), "rubbish\n".repeat(5000)).unwrap();
    let (_, loaded) = open(&folder);
    assert_eq!(loaded.problems.len(), MAX_PROBLEMS + 1);
    assert!(told(&loaded.problems).last().unwrap().starts_with("4900 more entries could not be read"));
}

#[test]
fn what_cannot_be_saved_says_so_and_nothing_counts_as_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    fs::create_dir_all(own_log(&folder, &store)).unwrap();
    let error = store.append(&[bookmark(1, store.device())]).unwrap_err();
    assert!(error.to_string().starts_with("cannot write ") && error.to_string().contains(".jsonl"), "{error}");
    assert!(store.refresh().unwrap().records.is_empty());
}

#[test]
fn a_data_folder_that_cannot_be_made_is_told_on_opening_and_on_saving() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "in the way").unwrap();
    let opened = BookmarkStore::open(&path.join("data"));
    match opened {
        Ok((mut store, loaded)) => {
            assert!(!loaded.problems.is_empty());
            let error = store.append(&[bookmark(1, store.device())]).unwrap_err();
            assert!(error.to_string().starts_with("cannot make the folder"), "{error}");
        }
        Err(error) => assert!(error.to_string().starts_with("cannot read the folder"), "{error}"),
    }
}

#[test]
fn a_copied_device_id_is_noticed_by_the_syncers_conflict_copy_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&[bookmark(1, store.device())]).unwrap();
    let conflict = format!("bookmarks/{}.sync-conflict-20261123-091504-ABCDEFG.jsonl", store.device());
    fs::write(folder.path().join(conflict), bookmark(2, store.device()).to_line()).unwrap();
    let (again, loaded) = open(&folder);
    assert_eq!(loaded.shelf.len(), 2, "the copy is read like any other log");
    assert_ne!(again.device(), store.device());
    assert_eq!(open(&folder).0.device(), again.device(), "once is enough");
}

#[test]
fn an_invalid_device_id_is_replaced_and_reported() {
    for invalid in ["../../etc/passwd\n", "", "0123456789abcdef\n0123456789abcdee\n", &"x".repeat(4 << 20)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("device-id"), invalid).unwrap();
        let (store, loaded) = open(&folder);
        assert!(matches!(loaded.problems.as_slice(), [Problem::Device { id, .. }] if *id == store.device()));
        assert_eq!(fs::read_to_string(folder.path().join("device-id")).unwrap(), format!("{}\n", store.device()));
        assert!(open(&folder).1.problems.is_empty(), "it is replaced");
    }
}

#[test]
fn a_newer_record_does_not_stop_saving() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let newer = bookmark(1, store.device()).to_line().replace(r#""v":1"#, r#""v":9"#);
    fs::write(folder.path().join("bookmarks/future.jsonl"), newer + "\n").unwrap();
    store.append(&[bookmark(2, store.device())]).unwrap();
    let (_, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), loaded.problems.len()), (2, 0));
    assert_eq!(loaded.shelf.iter().filter(|bookmark| bookmark.is_read_only()).count(), 1);
}

#[test]
fn ten_thousand_bookmarks_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&bookmarks(0..10_000, store.device())).unwrap();
    assert_eq!(open(&folder).1.shelf.len(), 10_000);
}
