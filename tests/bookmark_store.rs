//! Kills processes while they save and compact bookmarks, and checks that nothing they reported as saved is lost.
//!
//! `DATELINE_TEST_KILLS=1000 cargo test --release --test bookmark_store` sets the number of kills; by default a few.
#![expect(clippy::disallowed_methods, reason = "this test starts processes and tells them what to do")]
#![expect(clippy::unwrap_used, reason = "what goes wrong here shall fail the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use dateline::internals::article::{Article, SourceId, Text, TextRange};
use dateline::internals::bookmark::{Bookmark, Color, NewBookmark};
use dateline::internals::io::bookmarks::{BookmarkStore, StoreError};
use jiff::Timestamp;
use uuid::Uuid;

/// Where the children write; without it the child's test does nothing.
const FOLDER: &str = "DATELINE_TEST_FOLDER";
/// How many children are killed.
const KILLS: &str = "DATELINE_TEST_KILLS";

fn bookmark(store: &BookmarkStore, id: Uuid) -> Bookmark {
    let article = Article {
        id: SourceId::from_iri("https://example.com/a"),
        title: "A title".into(),
        byline: None,
        published: None,
        source: None,
        url: None,
        language: None,
        body: Text::new("One sentence is enough for this.".into(), vec![], vec![]),
    };
    let (device, now, range) = (store.device(), Timestamp::now(), TextRange::new(4, 12));
    let new = NewBookmark { id: id.into(), device, now, article: &article, range, color: Color::Yellow };
    Bookmark::passage(new).unwrap()
}

/// Reports something in a single write, so that a process killed in the middle has reported nothing.
fn report(what: &str) {
    std::io::stderr().write_all(format!("{what}\n").as_bytes()).unwrap();
}

/// Run by the test below in processes of their own: saves, edits and compacts until it is killed, and reports what was
/// done.
#[test]
fn child_saves_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let (mut store, _) = BookmarkStore::open(Path::new(&folder)).unwrap();
    let mut edited = bookmark(&store, Uuid::now_v7());
    // Notes are kept for 90 days in case they lost to others; what nobody needs any more is what compacting drops.
    let later = Timestamp::now() + Duration::from_secs(91 * 86_400);
    // Long notes give the killer time to strike in the middle of a line, and the compaction something to drop.
    let note = "note ".repeat(2_400);
    let append = |store: &mut BookmarkStore, made: &Bookmark, told: &str| {
        report(&format!("saving {told}"));
        match store.append(std::slice::from_ref(made)) {
            Ok(()) => report(&format!("saved {told}")),
            Err(StoreError::Busy { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    };
    // Ends in case nothing kills it.
    for number in 0..300 {
        let made = bookmark(&store, Uuid::now_v7());
        append(&mut store, &made, &made.id().to_string());
        for part in 0..4 {
            let number = number * 4 + part;
            edited = edited.with_note(&format!("{number} {note}"), store.device(), Timestamp::now()).unwrap();
            append(&mut store, &edited, &format!("{} {number}", edited.id()));
        }
        if number % 5 == 0 {
            report("saving nothing, but compacting");
            match store.compact(later) {
                Ok(done) if done.after < done.before => report("compacted"),
                Ok(_) | Err(StoreError::Busy { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

fn child(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "child_saves_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What the children of one folder reported.
#[derive(Default)]
struct Reports {
    begun: usize,
    compacted: usize,
    saved: BTreeSet<String>,
    /// The last note of each bookmark reported as saved.
    edited: BTreeMap<String, u32>,
}

impl Reports {
    fn read_line(&mut self, line: &str) {
        self.begun += usize::from(line.starts_with("saving "));
        self.compacted += usize::from(line == "compacted");
        let Some(saved) = line.strip_prefix("saved ") else { return };
        let (id, number) = saved.split_once(' ').unwrap_or((saved, ""));
        self.saved.insert(id.to_owned());
        self.edited.extend(number.parse().ok().map(|number| (id.to_owned(), number)));
    }
}

#[test]
fn what_was_reported_saved_survives_kill_9_in_the_middle_of_saving_and_compacting() {
    let kills: u32 = env::var(KILLS).map_or(24, |kills| kills.parse().unwrap());
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let (mut killed, mut saved, mut compacted, mut struck) = (0, 0, 0, 0);
    while killed < kills {
        let folder = tempfile::tempdir().unwrap();
        let mut heard = Reports::default();
        for _ in 0..15.min(kills - killed) {
            // Two at a time, which share one log; each is killed at another moment.
            let mut children = [child(folder.path()), child(folder.path())];
            for child in &mut children {
                let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
                let (mut left, mut last) = (roll(60), String::new());
                while left > 0 {
                    let Some(line) = lines.next() else { break };
                    left -= u64::from(line.starts_with("saving "));
                    heard.read_line(&line);
                    last = line;
                }
                // Nobody unparks this thread; should it happen, the child dies a little earlier.
                thread::park_timeout(Duration::from_micros(roll(4_000)));
                child.kill().unwrap();
                child.wait().unwrap();
                killed += 1;
                // Its last reports may still be in the pipe.
                for line in lines {
                    heard.read_line(&line);
                    last = line;
                }
                struck += u32::from(last.ends_with("compacting"));
            }
        }
        let (_, loaded) = BookmarkStore::open(folder.path()).unwrap();
        let notes: BTreeMap<String, u32> = loaded
            .shelf
            .iter()
            .map(|bookmark| {
                let number = bookmark.note().and_then(|note| note.split(' ').next()?.parse().ok());
                (bookmark.id().to_string(), number.unwrap_or(0))
            })
            .collect();
        let lost: Vec<&String> = heard.saved.iter().filter(|id| !notes.contains_key(*id)).collect();
        assert!(lost.is_empty(), "{lost:?} of {} are lost", heard.saved.len());
        for (id, number) in &heard.edited {
            assert!(notes.get(id) >= Some(number), "the note {number} of {id} is lost");
        }
        assert!(notes.len() <= heard.begun, "nothing is there that nobody began");
        for problem in &loaded.problems {
            assert!(problem.to_string().contains("1 entry could not be read"), "{problem}");
        }
        let logs = fs::read_dir(folder.path().join("bookmarks")).unwrap();
        let logs = logs.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|kind| kind == "jsonl"));
        let logs: Vec<_> = logs.map(|entry| entry.unwrap().file_name()).collect();
        let left = fs::read_to_string(folder.path().join("device-log")).unwrap();
        assert_eq!(logs.len(), 1, "all of them agreed on one device id: {logs:?}, {left}");
        saved += heard.saved.len() + heard.edited.values().map(|last| *last as usize).sum::<usize>();
        compacted += heard.compacted;
    }
    println!("{killed} killed, {struck} of them while compacting; {saved} saved, {compacted} times compacted; 0 lost");
    assert!(saved >= 15 && compacted > 0, "the children did save ({saved}) and compact ({compacted})");
}
