//! Bookmarks outlive their writers: processes are killed while they save, and nothing they reported saved is lost.
#![expect(clippy::disallowed_methods, reason = "this test starts processes and tells them what to do")]
#![expect(clippy::unwrap_used, reason = "what goes wrong here shall fail the test")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use dateline::article::{Article, SourceId, Text, TextRange};
use dateline::bookmark::{Bookmark, Color, NewBookmark};
use dateline::io::bookmarks::{BookmarkStore, StoreError};
use jiff::Timestamp;
use uuid::Uuid;

/// Where the children write; without it the child's test does nothing.
const FOLDER: &str = "DATELINE_TEST_FOLDER";

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
    // A long note gives the killer time to strike in the middle of a line.
    Bookmark::passage(new).unwrap().with_note(&"note ".repeat(2_400), device, now).unwrap()
}

/// Run by the tests below in processes of their own: saves until it is killed, and says what was saved.
#[test]
fn child_saves_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let (mut store, _) = BookmarkStore::open(Path::new(&folder)).unwrap();
    // An end, in case nobody comes to kill it.
    for _ in 0..300 {
        let id = Uuid::now_v7();
        let made = bookmark(&store, id);
        eprintln!("saving {}", made.id());
        match store.append(std::slice::from_ref(&made)) {
            Ok(()) => eprintln!("saved {}", made.id()),
            Err(StoreError::Busy { .. }) => {}
            Err(error) => panic!("{error}"),
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

#[test]
fn what_was_reported_saved_survives_kill_9_in_the_middle_of_saving() {
    let folder = tempfile::tempdir().unwrap();
    let mut saved = BTreeSet::new();
    let mut begun = 0;
    for round in 0..6 {
        // Two at a time, which share one log; each is killed after another number of bookmarks.
        let mut children = [child(folder.path()), child(folder.path())];
        for (number, child) in children.iter_mut().enumerate() {
            let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
            let mut own = 0;
            let mut hear = |line: &str| {
                begun += usize::from(line.starts_with("saving "));
                saved.extend(line.strip_prefix("saved ").map(str::to_owned));
            };
            while own < round + number {
                let Some(line) = lines.next() else { break };
                own += usize::from(line.starts_with("saving "));
                hear(&line);
            }
            child.kill().unwrap();
            child.wait().unwrap();
            // What it said before it died may still be in the pipe.
            lines.for_each(|line| hear(&line));
        }
    }
    let (_, loaded) = BookmarkStore::open(folder.path()).unwrap();
    let kept: BTreeSet<String> = loaded.shelf.iter().map(|bookmark| bookmark.id().to_string()).collect();
    assert!(saved.len() >= 15, "the children did save");
    assert!(saved.is_subset(&kept), "{} of {} are lost", saved.difference(&kept).count(), saved.len());
    assert!(kept.len() <= begun, "nothing is there that nobody began");
    for problem in &loaded.problems {
        assert!(problem.to_string().contains("1 entry could not be read"), "{problem}");
    }
    let logs = fs::read_dir(folder.path().join("bookmarks")).unwrap();
    let logs = logs.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|kind| kind == "jsonl"));
    assert_eq!(logs.count(), 1, "all of them agreed on one device id");
}
