//! What compacting promises: fewer bytes, the same bookmarks, and whatever happens a whole log.

use super::*;
use crate::io::clock;

fn logs(folder: &TempDir, name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join(name)).into_iter().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Changes one bookmark again and again, until its revisions are longer than `bytes`.
fn scribble(store: &mut BookmarkStore, id: u128, bytes: usize) -> Bookmark {
    let (mut last, mut written) = (bookmark(id, store.device()), 0);
    let note = "long ".repeat(10_000);
    for round in 0.. {
        last = last.with_note(&format!("{note}{round}"), store.device(), last.modified()).unwrap();
        written += last.to_line().len();
        store.append(std::slice::from_ref(&last)).unwrap();
        if written > bytes {
            break;
        }
    }
    last
}

#[test]
fn a_log_of_dead_lines_becomes_short_and_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&bookmarks(1..50, store.device())).unwrap();
    let gone = bookmark(7, store.device()).deleted(store.device(), clock::now()).unwrap();
    store.append(&[gone]).unwrap();
    // The notes are of long ago: those of the last 90 days stay.
    let last = scribble(&mut store, 1, 5 << 20);
    let (_, before) = open(&folder);
    let soon = store.compact_if_due(last.modified()).unwrap().unwrap();
    assert_eq!(soon.before, soon.after, "the notes may still be offered");
    assert_eq!(store.compact_if_due(last.modified()).unwrap(), None, "it knows that now");
    let later = last.modified() + std::time::Duration::from_secs(91 * 86_400);
    (store, _) = open(&folder);
    let done = store.compact_if_due(later).unwrap().unwrap();
    assert!(done.before > 5 << 20 && done.after < 2 << 20, "{done:?}");
    assert!(store.refresh().unwrap().records.is_empty(), "one's own log is not news");
    let (mut again, after) = open(&folder);
    assert!(after.problems.is_empty(), "{:?}", told(&after.problems));
    assert!(before.shelf.iter().eq(after.shelf.iter()));
    assert_eq!(after.history.done.len(), before.history.done.len());
    again.append(&[bookmark(99, again.device())]).unwrap();
    assert_eq!((again.device(), open(&folder).1.shelf.len()), (store.device(), 49));
    assert_eq!(logs(&folder, "bookmarks").iter().filter(|name| name.ends_with("jsonl")).count(), 1);
    assert_eq!(again.compact_if_due(later).unwrap(), None, "once is enough");
}

#[test]
fn what_is_short_or_alive_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&bookmarks(0..6000, store.device())).unwrap();
    let before = fs::read(own_log(&folder, &store)).unwrap();
    assert!(before.len() as u64 > compact::MIN_LOG_BYTES);
    assert!(store.compact_if_due(clock::now()).unwrap().is_some_and(|done| done.after == done.before), "it looked");
    assert_eq!(store.compact_if_due(clock::now()).unwrap(), None, "and knows now");
    assert_eq!(fs::read(own_log(&folder, &store)).unwrap(), before);
    assert!(logs(&folder, "bookmark-copies").is_empty());
}

#[test]
fn who_asks_gets_it_and_three_logs_as_they_were_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let now = clock::now();
    for round in 0..5 {
        let last = scribble(&mut store, round, 2 << 20);
        let day = std::time::Duration::from_secs((100 + round as u64) * 86_400);
        let log = fs::read(own_log(&folder, &store)).unwrap();
        let done = store.compact(now.max(last.modified()) + day).unwrap();
        assert!(done.after < done.before, "{done:?}");
        let copies = logs(&folder, "bookmark-copies");
        assert_eq!(copies.len(), 3.min(round as usize + 1));
        let copy = folder.path().join("bookmark-copies").join(copies.last().unwrap());
        assert_eq!(fs::read(copy).unwrap(), log);
    }
    assert_eq!(open(&folder).1.shelf.len(), 5);
}

#[test]
fn newer_records_unknown_fields_and_lines_that_cannot_be_read_survive() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let ours = bookmark(1, store.device()).to_line();
    let newer = bookmark(2, store.device()).to_line().replace(r#""v":1"#, r#""v": 9,"what":[1, 2]"#);
    let unknown = bookmark(3, store.device()).to_line().replacen('{', r#"{"future":{"a":1.50},"#, 1);
    let log = own_log(&folder, &store);
    let head = [ours.as_str(), "rubbish", &newer, &ours, &unknown, &unknown, "<<<<<<< HEAD", ""].join("\n");
    // So much that the beginning is not left as it is.
    let filler: String = bookmarks(10..3000, store.device()).iter().map(|line| line.to_line() + "\n").collect();
    assert!(filler.len() as u64 > UNDO_BYTES);
    fs::write(&log, head + &filler).unwrap();
    let before = open(&folder).1.shelf;
    let (mut store, _) = open(&folder);
    assert!(store.compact(clock::now()).unwrap().after > 0);
    let text = fs::read_to_string(&log).unwrap();
    assert!(text.contains(&newer) && text.contains(r#""future":{"a":1.5}"#));
    assert_eq!(text.matches("\"future\"").count(), 1, "one line is enough");
    assert!(!text.contains("rubbish"), "it lies in quarantine");
    let kept = fs::read_to_string(folder.path().join(format!("quarantine/{}.jsonl.txt", store.device())));
    assert!(kept.unwrap().contains("rubbish\n"));
    let (_, loaded) = open(&folder);
    assert!(loaded.problems.is_empty() && before.iter().eq(loaded.shelf.iter()));
}

#[test]
fn a_line_that_cannot_be_read_stays_in_the_log_if_it_cannot_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let log = own_log(&folder, &store);
    let line = bookmark(1, store.device()).to_line();
    let filler: String = bookmarks(10..2000, store.device()).iter().map(|line| line.to_line() + "\n").collect();
    fs::write(&log, format!("{line}\nrubbish\n{line}\n{filler}")).unwrap();
    fs::write(folder.path().join("quarantine"), "in the way").unwrap();
    let (mut store, _) = open(&folder);
    let done = store.compact(clock::now()).unwrap();
    assert!(done.after < done.before && fs::read_to_string(&log).unwrap().starts_with("rubbish\n"));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_log_in_a_synced_folder_stays_a_link() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("bookmarks")).unwrap();
    let (mut store, _) = open(&folder);
    scribble(&mut store, 1, 3 << 20);
    let log = own_log(&folder, &store);
    let real = elsewhere.path().join("real");
    fs::rename(&log, &real).unwrap();
    std::os::unix::fs::symlink(&real, &log).unwrap();
    let later = clock::now() + std::time::Duration::from_secs(91 * 86_400);
    let done = store.compact(later).unwrap();
    assert!(done.after < done.before);
    assert!(log.is_symlink() && fs::metadata(&real).unwrap().len() == done.after);
    assert_eq!(open(&folder).1.shelf.len(), 1);
}

#[test]
fn what_a_killed_compaction_left_is_cleared_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    scribble(&mut store, 1, 2 << 20);
    let draft = |name: &str, process: &str| {
        let name = format!("{name}/.dateline.{}{}.tmp", process.repeat(8), "01".repeat(8));
        folder.path().join(name.trim_start_matches('/'))
    };
    let note = draft("", "0a");
    fs::write(&note, format!("drafts in {}", folder.path().join("bookmarks").display())).unwrap();
    let drafts = [draft("bookmarks", "0a"), draft("bookmarks", "0b"), draft("", "0c")];
    for draft in &drafts {
        fs::write(draft, "half a lo").unwrap();
    }
    assert_eq!(open(&folder).1.problems.len(), 0);
    assert_eq!(drafts.map(|draft| draft.exists()), [false, true, false], "that of another machine stays");
    assert!(!note.exists());
}

#[test]
fn the_texts_of_bookmarks_that_are_gone_go_with_the_compaction() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let text = |words: &str| Text::new(words.into(), vec![], vec![]);
    let (needed, not) = (text("One sentence is enough for this."), text("Nobody needs this."));
    texts::keep(folder.path(), &needed).unwrap();
    texts::keep(folder.path(), &not).unwrap();
    store.append(&bookmarks(0..3, store.device())).unwrap();
    assert_eq!(store.text(needed.hash()).as_deref(), Some(needed.as_str()));
    assert_eq!(store.compact(clock::now()).unwrap().texts, 0, "it is young");
    let tomorrow = clock::now() + std::time::Duration::from_secs(90_000);
    fs::write(folder.path().join("bookmarks/huge.jsonl"), "").unwrap();
    assert_eq!(store.compact(tomorrow).unwrap().texts, 1);
    assert!(store.text(needed.hash()).is_some() && store.text(not.hash()).is_none());
}

#[test]
fn undo_reaches_as_far_after_a_restart_and_a_compaction_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let made = bookmark(1, store.device());
    let noted = made.with_note("a note", store.device(), made.created()).unwrap();
    let back = noted.reverted_to(&made, store.device(), made.created()).unwrap();
    for line in [&made, &noted, &back] {
        store.append(std::slice::from_ref(line)).unwrap();
    }
    let history = |store: &History| (store.done.clone(), store.undone.clone());
    let before = history(&open(&folder).1.history);
    assert_eq!((before.0.len(), before.1.len()), (1, 1));
    assert_eq!(before.1[0].1.note(), Some("a note"));
    store.compact(clock::now()).unwrap();
    assert_eq!(history(&open(&folder).1.history), before);
}
