//! Marks outlive their writers: processes on two machines are killed while they save and compact, a copier carries the
//! logs both ways, and nothing they reported saved is lost on either.
//!
//! `DATELINE_TEST_KILLS=1000 cargo test --release --test mark_store` kills as many as it says; without it, a few.
#![expect(clippy::disallowed_methods, reason = "this test starts processes and tells them what to do")]
#![expect(clippy::unwrap_used, reason = "what goes wrong here shall fail the test")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use dateline::internals::article::SourceId;
use dateline::internals::io::marks::{MarkStore, StoreError};
use dateline::internals::mark::{Mark, MarkChange};
use jiff::Timestamp;

/// Where the children write; without it the child's test does nothing.
const FOLDER: &str = "DATELINE_TEST_FOLDER";
/// Whose articles a child marks.
const NAME: &str = "DATELINE_TEST_NAME";
/// How many children are killed.
const KILLS: &str = "DATELINE_TEST_KILLS";

/// Says something in one write: who is killed in the middle of a sentence has said nothing.
fn say(what: &str) {
    std::io::stderr().write_all(format!("{what}\n").as_bytes()).unwrap();
}

/// The marks of a data directory, merged, as one finds them who kept nothing.
fn marks(folder: &Path) -> BTreeMap<String, Mark> {
    let mut all: BTreeMap<String, Mark> = BTreeMap::new();
    for mark in MarkStore::open(folder, &[]).unwrap().1.records {
        let id = mark.id().as_str().to_owned();
        match all.get_mut(&id) {
            Some(known) => drop(known.merge(mark)),
            None => drop(all.insert(id, mark)),
        }
    }
    all
}

/// Run by the test below in processes of their own: removes one article after the other until it is killed, and says what
/// was done.
#[test]
fn child_removes_until_it_is_killed() {
    let (Some(folder), Ok(name)) = (env::var_os(FOLDER), env::var(NAME)) else { return };
    let (mut store, _) = MarkStore::open(Path::new(&folder), &[]).unwrap();
    let filler = Mark::new(SourceId::from_iri("filler"));
    // Long lines give the killer time to strike in the middle of one, and the compaction something to drop.
    let tags: Vec<String> = (0..32).map(|number| format!("{number}{}", "x".repeat(60))).collect();
    // An end, in case nobody comes to kill it.
    for number in 0..2000 {
        let now = Timestamp::now();
        let id = format!("https://example.com/{name}/{number}");
        let gone = Mark::new(SourceId::from_iri(id.as_str())).with_removed(Some(now), store.device(), now).unwrap();
        let tagged = (0..6).map(|round| filler.with_tags(&tags[round..], store.device(), now).unwrap().unwrap());
        let written: Vec<Mark> = [gone].into_iter().chain(tagged).collect();
        say("saving");
        match store.append(&written) {
            Ok(()) => say(&format!("saved {id}")),
            Err(StoreError::Busy { .. }) => {}
            Err(error) => panic!("{error}"),
        }
        if number % 40 == 39 {
            say("compacting");
            match store.compact(now) {
                Ok(Some(done)) if done.after < done.before => say("compacted"),
                Ok(_) | Err(StoreError::Busy { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

fn child(folder: &Path, name: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "child_removes_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(NAME, name)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Carries the logs from one machine to the other but for those the other writes, as a file syncer does.
fn copy(from: &Path, to: &Path) {
    let own = fs::read_to_string(to.join("device-id")).unwrap();
    for entry in fs::read_dir(from.join("marks")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let is_log = entry.path().extension().is_some_and(|kind| kind == "jsonl");
        if is_log && !name.starts_with(own.trim()) {
            let draft = to.join("draft");
            fs::copy(entry.path(), &draft).unwrap();
            fs::rename(draft, to.join("marks").join(name)).unwrap();
        }
    }
}

#[test]
fn what_was_reported_saved_is_on_both_machines_after_kill_9_and_a_copier() {
    let kills: usize = env::var(KILLS).map_or(8, |kills| kills.parse().unwrap());
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let machines = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (mut saved, mut compacted) = ([Vec::new(), Vec::new()], 0);
    for round in 0..kills {
        let (number, machine) = (round % 2, machines[round % 2].path());
        let mut child = child(machine, &format!("{number}/{round}"));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut hear = |line: &str| {
            compacted += usize::from(line == "compacted");
            saved[number].extend(line.strip_prefix("saved ").map(str::to_owned));
        };
        let mut left = 50 + roll(100);
        while left > 0 {
            let Some(line) = lines.next() else { break };
            left -= u64::from(line == "saving");
            hear(&line);
        }
        // Nobody unparks this thread; should it happen, the child dies a little earlier.
        thread::park_timeout(Duration::from_micros(roll(4_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said before it died may still be in the pipe.
        lines.for_each(|line| hear(&line));
        if round % 3 == 0 && round > 0 {
            copy(machines[0].path(), machines[1].path());
            copy(machines[1].path(), machines[0].path());
        }
        // The next start sees what was done last, and could take it back.
        let history = MarkStore::open(machine, &[]).unwrap().0.history().unwrap();
        let removed = history.done.iter().filter(|step| step.change == MarkChange::Removed(true));
        let ids: Vec<&str> = removed.flat_map(|step| &step.articles).map(|article| article.id.as_str()).collect();
        let last = saved[number].last().unwrap();
        assert!(ids.contains(&last.as_str()), "{last} is not among {} steps", ids.len());
    }
    for _ in 0..2 {
        copy(machines[0].path(), machines[1].path());
        copy(machines[1].path(), machines[0].path());
    }
    let [one, two] = machines.each_ref().map(|machine| marks(machine.path()));
    let lines = |marks: &BTreeMap<String, Mark>| marks.values().map(Mark::to_line).collect::<Vec<_>>();
    assert_eq!(lines(&one), lines(&two));
    for id in saved.iter().flatten() {
        assert!(one.get(id).is_some_and(|mark| mark.removed().is_some()), "{id} is lost");
    }
    let saved: usize = saved.iter().map(Vec::len).sum();
    println!("{kills} killed, {saved} saved, {compacted} times compacted; 0 lost");
    assert!(saved >= 40 * kills && compacted > 0, "the children did save ({saved}) and compact ({compacted})");
}
