//! What the logs of marks promise beside what all logs do: little is read at a start, nothing is missed, two data
//! directories with a copier agree, and what was done last can be undone.
#![expect(clippy::disallowed_methods, reason = "tests look at the files")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::article::{Position, Text};
use crate::bookmark::Bookmark;
use crate::io::bookmarks::BookmarkStore;
use crate::mark::tests::{blank, time};
use crate::mark::{MarkChange, MarkStep};

/// Marks as a caller keeps them: merged, with how far the logs were read.
#[derive(Default)]
struct Kept {
    marks: BTreeMap<SourceId, Mark>,
    positions: Vec<LogPosition>,
}

impl Kept {
    fn take(&mut self, marks: Vec<Mark>) {
        for mark in marks {
            match self.marks.get_mut(mark.id()) {
                Some(known) => drop(known.merge(mark)),
                None => drop(self.marks.insert(mark.id().clone(), mark)),
            }
        }
    }

    fn lines(&self) -> Vec<String> {
        self.marks.values().map(Mark::to_line).collect()
    }
}

fn open(folder: &TempDir) -> (MarkStore, Vec<Mark>) {
    open_at(folder, &[])
}

fn open_at(folder: &TempDir, known: &[LogPosition]) -> (MarkStore, Vec<Mark>) {
    let (store, found) = MarkStore::open(folder.path(), known).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    (store, found.records)
}

fn read(id: &str, device: DeviceId, second: i64) -> Mark {
    blank(id).with_read(Some(time(second)), device, time(second)).unwrap()
}

fn removed(id: &str, device: DeviceId, second: i64) -> Mark {
    blank(id).with_removed(Some(time(second)), device, time(second)).unwrap()
}

fn own_log(folder: &TempDir, store: &MarkStore) -> std::path::PathBuf {
    folder.path().join(format!("marks/{}.jsonl", store.device()))
}

fn laptop() -> DeviceId {
    DeviceId::new("laptop").unwrap()
}

#[test]
fn only_what_was_added_is_read_and_without_positions_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, found) = open(&folder);
    assert!(found.is_empty() && store.positions().is_empty());
    store.append(&[read("a", store.device(), 1), read("b", store.device(), 1)]).unwrap();
    let theirs = folder.path().join("marks/laptop.jsonl");
    let line = |id: &str| read(id, laptop(), 1).to_line() + "\n";
    fs::write(&theirs, line("c")).unwrap();
    assert_eq!(store.refresh().unwrap().records, [read("c", laptop(), 1)]);
    let known = store.positions();
    assert_eq!(known.len(), 2);
    assert!(open_at(&folder, &known).1.is_empty(), "what was read or written is not read again");

    fs::write(&theirs, line("c") + &line("d")).unwrap();
    store.append(&[read("e", store.device(), 2)]).unwrap();
    let (again, found) = open_at(&folder, &known);
    assert_eq!(found, [read("d", laptop(), 1), read("e", store.device(), 2)]);
    assert_eq!((again.device(), again.positions().len()), (store.device(), 2));
    assert_eq!(open(&folder).1.len(), 5, "a caller who lost everything gets everything");
}

#[test]
fn a_log_that_was_replaced_or_written_anew_is_read_from_its_start() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let theirs = folder.path().join("marks/laptop.jsonl");
    let lines = |ids: &[&str]| ids.iter().map(|id| read(id, laptop(), 1).to_line() + "\n").collect::<String>();
    fs::write(&theirs, lines(&["a", "b"])).unwrap();
    store.refresh().unwrap();
    let known = store.positions();
    let found = |lines: String, in_place: bool| {
        if in_place {
            fs::write(&theirs, lines).unwrap();
        } else {
            let draft = folder.path().join("draft");
            fs::write(&draft, lines).unwrap();
            fs::rename(draft, &theirs).unwrap();
        }
        MarkStore::open(folder.path(), &known).unwrap().1.records.len()
    };
    assert_eq!(found(lines(&["a"]), true), 1, "shorter");
    assert_eq!(found(lines(&["a", "c"]), true), 2, "as long");
    assert_eq!(found(lines(&["a", "c", "b"]), true), 3, "longer");
    assert_eq!(found(lines(&["a", "long"]) + "{\"v\":1}", true), 2, "with another line over the place");
    assert_eq!(found(lines(&["a", "b", "c"]), false), 3, "another file");
    fs::remove_file(&theirs).unwrap();
    symlink("/dev/zero", &theirs).unwrap();
    let (_, found) = MarkStore::open(folder.path(), &known).unwrap();
    assert!(found.records.is_empty() && found.problems.len() == 1, "{:?}", found.problems);
}

#[test]
fn a_log_is_read_again_too_if_it_is_written_anew_while_the_program_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let theirs = folder.path().join("marks/laptop.jsonl");
    let lines = |ids: &[&str]| ids.iter().map(|id| read(id, laptop(), 1).to_line() + "\n").collect::<String>();
    fs::write(&theirs, lines(&["a", "b"])).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 2);
    fs::write(&theirs, lines(&["c", "d", "e"])).unwrap();
    assert_eq!(store.refresh().unwrap().records.len(), 3);
}

#[test]
fn a_hostile_line_costs_itself_only() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let good = |id: &str| read(id, laptop(), 1).to_line();
    let huge = format!(r#"{{"v":1,"id":"x","tags":["{}"]}}"#, "x".repeat(300_000));
    let bad = [
        r#"{"v":1,"id":"x","read":NaN}"#,
        r#"{"v":1,"id":"x","title":"\ud800"}"#,
        huge.as_str(),
        r#"{"v":1,"id":"x","read":"yesterday"}"#,
        r#"{"v":1,"id":"\u0007"}"#,
        r#"{"type":"Annotation"}"#,
        "<<<<<<< HEAD",
        "\u{0}\u{0}{",
    ];
    let twice = r#"{"v":1,"id":"twice","id":"b","title":"\u001b[2J\r\n"}"#;
    let newer = r#"{"v":9,"id":["what"]}"#;
    let lines = [&[good("a").as_str()], &bad[..], &[twice, newer, &good("c")]].concat().join("\n");
    fs::write(folder.path().join("marks/laptop.jsonl"), lines + "\n{\"v\":1,\"id\"").unwrap();
    let (_, found) = MarkStore::open(folder.path(), &[]).unwrap();
    let ids: Vec<&str> = found.records.iter().map(|mark| mark.id().as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(found.records[1].title(), "[2J  ");
    assert_eq!(found.problems.len(), bad.len() + 1, "{:?}", found.problems);
    for problem in &found.problems {
        let problem = problem.to_string();
        assert!(
            problem.contains("1 entry could not be read") && problem.contains("quarantine/marks/laptop"),
            "{problem}"
        );
    }
    assert!(!folder.path().join("quarantine/laptop.jsonl.txt").exists(), "those of bookmarks lie apart");
    drop(store);
}

#[test]
fn who_is_killed_in_the_middle_of_a_line_loses_that_line_only() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&[read("a", store.device(), 1), read("b", store.device(), 2)]).unwrap();
    let (log, known) = (own_log(&folder, &store), store.positions());
    let whole = fs::read(&log).unwrap();
    for cut in (1..60).chain([whole.len() / 2 - 1]) {
        fs::write(&log, &whole[..whole.len() - cut]).unwrap();
        let (mut again, found) = MarkStore::open(folder.path(), &known).unwrap();
        let complete = cut == 1;
        let there = found.records.iter().filter(|mark| ["a", "b"].contains(&mark.id().as_str())).count();
        assert_eq!(there, if complete { 2 } else { 1 }, "cut {cut}: the place is gone, all is read");
        again.append(&[read("c", again.device(), 3)]).unwrap();
        let ids: Vec<SourceId> =
            MarkStore::open(folder.path(), &[]).unwrap().1.records.into_iter().map(|mark| mark.id().clone()).collect();
        assert!(ids.contains(blank("a").id()) && ids.contains(blank("c").id()), "cut {cut}: {ids:?}");
    }
}

#[test]
fn bookmarks_and_marks_share_a_device_and_neither_takes_the_other_for_a_clone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut bookmarks, _) = BookmarkStore::open(folder.path()).unwrap();
    let (mut marks, _) = open(&folder);
    assert_eq!(bookmarks.device(), marks.device());
    for round in 0..3 {
        let article = crate::bookmark::tests::article("a", "One sentence is enough for this.");
        let range = crate::article::TextRange::new(4, 12);
        let new = crate::bookmark::tests::made(round, &article, range);
        bookmarks.append(&[Bookmark::passage(new).unwrap()]).unwrap();
        marks.append(&[read("a", marks.device(), 1)]).unwrap();
    }
    assert_eq!(bookmarks.device(), marks.device());
    assert_eq!(fs::read_dir(folder.path().join("marks")).unwrap().count(), 2, "the log and its lock");
}

#[test]
fn a_cloned_device_takes_another_name_and_the_bookmarks_follow() {
    let folder = tempfile::tempdir().unwrap();
    let (mut bookmarks, _) = BookmarkStore::open(folder.path()).unwrap();
    let (mut marks, _) = open(&folder);
    let before = marks.device();
    marks.append(&[read("a", before, 1)]).unwrap();
    let (log, known) = (own_log(&folder, &marks), marks.positions());
    let theirs = fs::read_to_string(&log).unwrap() + &read("b", before, 2).to_line() + "\n";
    fs::write(&log, &theirs).unwrap();
    marks.append(&[read("c", before, 3)]).unwrap();
    assert_ne!(marks.device(), before);
    assert_eq!(fs::read_to_string(&log).unwrap(), theirs, "the old log is the clone's now");
    let article = crate::bookmark::tests::article("a", "One sentence is enough for this.");
    let new = crate::bookmark::tests::made(1, &article, crate::article::TextRange::new(4, 12));
    bookmarks.append(&[Bookmark::passage(new).unwrap()]).unwrap();
    assert_eq!(bookmarks.device(), marks.device());
    let (again, found) = open_at(&folder, &known);
    assert_eq!((again.device(), found.len()), (marks.device(), 2), "b is news, and c lies in another log");

    let conflict = format!("marks/{}.sync-conflict-20261123-091504-ABCDEFG.jsonl", again.device());
    fs::write(folder.path().join(conflict), read("d", again.device(), 4).to_line()).unwrap();
    let (third, found) = open_at(&folder, &known);
    assert!(third.device() != again.device() && found.len() == 3);
}

fn changes(steps: &[MarkStep]) -> Vec<(MarkChange, usize)> {
    steps.iter().map(|step| (step.change.clone(), step.articles.len())).collect()
}

#[test]
fn two_hundred_and_fifty_removed_one_by_one_can_be_put_back_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    for number in 0..250 {
        store.append(&[removed(&format!("https://example.com/{number}"), store.device(), number)]).unwrap();
    }
    drop(store);
    let (mut store, marks) = open(&folder);
    let history = store.history().unwrap();
    assert_eq!(changes(&history.done), vec![(MarkChange::Removed(true), 1); 250]);
    let last = history.done.last().unwrap();
    assert_eq!((last.articles[0].id.as_str(), last.at), ("https://example.com/249", time(249)));
    let gone = marks.iter().find(|mark| *mark.id() == last.articles[0].id).unwrap();
    store.append(&[gone.with_removed(None, store.device(), time(300)).unwrap()]).unwrap();
    let (store, marks) = open(&folder);
    let mut kept = Kept::default();
    kept.take(marks);
    assert_eq!(kept.marks.values().filter(|mark| mark.removed().is_some()).count(), 249);
    let history = store.history().unwrap();
    assert_eq!((history.done.len(), changes(&history.undone)), (249, vec![(MarkChange::Removed(true), 1)]));
}

#[test]
fn forty_thousand_marked_at_once_are_one_step_and_are_not_read_again() {
    const MANY: usize = 40_000;
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&[removed("before", store.device(), 1)]).unwrap();
    let all: Vec<Mark> =
        (0..MANY).map(|number| read(&format!("https://example.com/{number}"), store.device(), 2)).collect();
    store.append(&all).unwrap();
    let known = store.positions();
    let (mut again, found) = open_at(&folder, &known);
    assert!(found.is_empty());
    assert_eq!(changes(&again.history().unwrap().done), [(MarkChange::Read(true), MANY)]);

    // All of it may be superfluous, as far as that is known; who looks finds that it is not, and knows that then.
    assert!(again.compact_if_due(time(3)).unwrap().is_some_and(|done| done.before == done.after));
    assert_eq!(again.compact_if_due(time(3)).unwrap(), None);
    let (mut third, _) = open_at(&folder, &again.positions());
    assert_eq!(third.compact_if_due(time(3)).unwrap(), None, "also at the next start");

    let unread: Vec<Mark> = all.iter().map(|mark| mark.with_read(None, third.device(), time(4)).unwrap()).collect();
    third.append(&unread).unwrap();
    let starred: Vec<Mark> =
        unread.iter().map(|mark| mark.with_starred(Some(time(5)), third.device(), time(5)).unwrap()).collect();
    third.append(&starred).unwrap();
    let (mut fourth, found) = open_at(&folder, &third.positions());
    assert!(found.is_empty());
    let done = fourth.compact_if_due(time(6)).unwrap().unwrap();
    assert!(done.after < done.before, "{done:?}");
    let (fifth, found) = open_at(&folder, &fourth.positions());
    assert!(found.is_empty(), "one's own compaction is no news");
    let history = fifth.history().unwrap();
    assert_eq!(
        changes(&history.done).last(),
        Some(&(MarkChange::Starred(true), MANY)),
        "undo reaches as far as before"
    );
    let mut kept = Kept::default();
    kept.take(open(&folder).1);
    assert_eq!(kept.marks.len(), MANY + 1);
    assert!(kept.marks.values().all(|mark| mark.read().is_none()));
}

#[test]
fn compacting_leaves_one_line_a_mark_and_newer_lines_as_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let newer = r#"{"id":"n","v":9,"what":[1,  2.50]}"#;
    let strange = r#"{"id":"n","v":9,"tags":{}}"#;
    fs::write(own_log(&folder, &store), format!("{newer}\n{strange}\n{newer}\nrubbish\n")).unwrap();
    for round in 0..3 {
        let some: Vec<Mark> = (0..4000).map(|number| read(&number.to_string(), store.device(), round)).collect();
        store.append(&some).unwrap();
    }
    let before: Vec<String> = {
        let mut kept = Kept::default();
        kept.take(MarkStore::open(folder.path(), &[]).unwrap().1.records);
        kept.lines()
    };
    let done = store.compact(time(9)).unwrap().unwrap();
    assert!(done.after < done.before, "{done:?}");
    let text = fs::read_to_string(own_log(&folder, &store)).unwrap();
    assert_eq!((text.matches(newer).count(), text.matches(strange).count()), (1, 1));
    assert!(!text.contains("rubbish"));
    let quarantine = folder.path().join(format!("quarantine/marks/{}.jsonl.txt", store.device()));
    assert!(fs::read_to_string(quarantine).unwrap().contains("rubbish"));
    assert_eq!(fs::read_dir(folder.path().join("mark-copies")).unwrap().count(), 1);
    let mut kept = Kept::default();
    kept.take(open(&folder).1);
    assert_eq!(kept.lines(), before);
}

/// What a machine does with its marks.
#[derive(Clone, Debug)]
enum Deed {
    Read,
    Star,
    Remove,
    Tag(u8),
    Leave(u8),
    Restart {
        /// Whether what was kept is lost, as when `library.db` is deleted.
        forgets: bool,
    },
    Compact,
    /// Files go from one machine to the other, whole or cut, as a syncer has them while it copies.
    Sync {
        cut: Option<prop::sample::Index>,
        in_place: bool,
    },
}

fn deeds() -> impl Strategy<Value = Vec<(bool, Deed, u8)>> {
    let deed = prop_oneof![
        3 => Just(Deed::Read),
        2 => Just(Deed::Star),
        2 => Just(Deed::Remove),
        2 => any::<u8>().prop_map(Deed::Tag),
        2 => any::<u8>().prop_map(Deed::Leave),
        2 => any::<bool>().prop_map(|forgets| Deed::Restart { forgets }),
        1 => Just(Deed::Compact),
        4 => (proptest::option::weighted(0.3, any::<prop::sample::Index>()), any::<bool>())
            .prop_map(|(cut, in_place)| Deed::Sync { cut, in_place }),
    ];
    prop::collection::vec((any::<bool>(), deed, 0..4_u8), 1..30)
}

struct Machine {
    folder: TempDir,
    store: MarkStore,
    kept: Kept,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = open(&folder);
        Self { folder, store, kept: Kept::default() }
    }

    fn look(&mut self) {
        self.kept.take(self.store.refresh().unwrap().records);
        self.kept.positions = self.store.positions();
    }

    fn restart(&mut self, forgets: bool) {
        if forgets {
            self.kept = Kept::default();
        }
        let (store, found) = MarkStore::open(self.folder.path(), &self.kept.positions).unwrap();
        self.store = store;
        self.kept.take(found.records);
        self.kept.positions = self.store.positions();
    }

    fn do_to(&mut self, id: &str, now: Timestamp, deed: &Deed) {
        let device = self.store.device();
        let mark = self.kept.marks.get(blank(id).id()).cloned().unwrap_or_else(|| blank(id));
        let on = |was: Option<Timestamp>| was.is_none().then_some(now);
        let next = match deed {
            Deed::Read => mark.with_read(on(mark.read()), device, now),
            Deed::Star => mark.with_starred(on(mark.starred()), device, now),
            Deed::Remove => mark.with_removed(on(mark.removed()), device, now),
            Deed::Tag(tag) => mark.with_tags(&[format!("t{tag}")], device, now).unwrap(),
            Deed::Leave(byte) => {
                let text = Text::new("words ".repeat(50), vec![], vec![]);
                mark.with_place(Some(Position::at(&text, usize::from(*byte))), device, now)
            }
            Deed::Restart { .. } | Deed::Compact | Deed::Sync { .. } => None,
        };
        let Some(next) = next else { return };
        self.store.append(std::slice::from_ref(&next)).unwrap();
        self.kept.take(vec![next]);
        self.kept.positions = self.store.positions();
    }

    /// Hands this machine's own log to another, as a syncer does.
    fn send(&self, to: &Self, cut: Option<prop::sample::Index>, in_place: bool) {
        let Ok(mut bytes) = fs::read(own_log(&self.folder, &self.store)) else { return };
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        let theirs = to.folder.path().join(format!("marks/{}.jsonl", self.store.device()));
        if in_place {
            fs::write(theirs, bytes).unwrap();
        } else {
            let draft = to.folder.path().join("draft");
            fs::write(&draft, bytes).unwrap();
            fs::rename(draft, theirs).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn two_data_directories_with_a_copier_agree_on_every_field(deeds in deeds()) {
        let mut machines = [Machine::new(), Machine::new()];
        for (number, (which, deed, id)) in deeds.iter().enumerate() {
            let [one, two] = &mut machines;
            let (here, there) = if *which { (one, two) } else { (two, one) };
            // Some at the same moment, and by clocks that differ.
            let now = time(number as i64 / 3 + if *which { 5 } else { 0 });
            match deed {
                Deed::Restart { forgets } => here.restart(*forgets),
                Deed::Compact => drop(here.store.compact(now).unwrap()),
                Deed::Sync { cut, in_place } => here.send(there, *cut, *in_place),
                deed => here.do_to(&id.to_string(), now, deed),
            }
            here.look();
        }
        let [one, two] = &mut machines;
        one.send(two, None, false);
        two.send(one, None, true);
        one.look();
        two.look();
        prop_assert_eq!(one.kept.lines(), two.kept.lines());
        let seen = one.kept.lines();
        for forgets in [false, true] {
            one.restart(forgets);
            prop_assert_eq!(&one.kept.lines(), &seen, "and a restart sees the same");
        }
    }
}
