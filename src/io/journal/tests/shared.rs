//! What the store promises when somebody else is there: other machines, syncers, clones, and logs that are too long.

use proptest::prelude::*;

use super::*;

#[test]
fn a_log_that_somebody_else_wrote_makes_this_device_another() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    let (mut other, _) = open(&folder);
    let before = store.device();
    store.append(&[bookmark(1, before)]).unwrap();
    other.append(&[bookmark(2, before)]).unwrap();
    store.append(&[bookmark(3, before)]).unwrap();
    assert_eq!(store.device(), before, "two programs on one machine are one device");
    // The syncer brings what the clone wrote.
    let log = own_log(&folder, &store);
    let theirs = fs::read_to_string(&log).unwrap() + &bookmark(4, before).to_line() + "\n";
    fs::write(&log, &theirs).unwrap();
    store.append(&[bookmark(5, before)]).unwrap();
    assert_ne!(store.device(), before);
    other.append(&[bookmark(6, before)]).unwrap();
    assert_eq!(other.device(), store.device(), "it hears of it");
    assert_eq!(fs::read_to_string(&log).unwrap(), theirs, "the old log is the clone's now");
    let (again, loaded) = open(&folder);
    assert_eq!((again.device(), loaded.shelf.len()), (store.device(), 6));
}

#[test]
fn a_full_log_is_followed_by_another_of_the_same_device() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&folder);
    store.append(&[bookmark(1, store.device())]).unwrap();
    let log = own_log(&folder, &store);
    let length = tail::MAX_LOG - 10;
    fs::OpenOptions::new().write(true).open(&log).unwrap().set_len(length).unwrap();
    own_logs::note(&folder.path().join("device-log"), &store.journal.own, length, length).unwrap();
    let device = store.device();
    store.append(&[bookmark(2, device)]).unwrap();
    store.append(&[bookmark(3, device)]).unwrap();
    assert_eq!((store.device(), fs::metadata(&log).unwrap().len()), (device, length), "nothing was added");
    let names = log_names(&folder.path().join("bookmarks")).unwrap();
    assert!(names.len() == 2 && names.iter().all(|name| own_logs::is_own(device, name)), "{names:?}");
    let (mut again, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), loaded.problems.len(), again.device()), (3, 0, device), "and it is no clone's");
    again.append(&[bookmark(4, device)]).unwrap();
    assert_eq!(log_names(&folder.path().join("bookmarks")).unwrap(), names, "the second has room");
}

#[test]
fn of_a_huge_foreign_log_the_beginning_is_read_and_ones_own_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let line = |id| bookmark(id, store.device()).to_line() + "\n";
    let huge = |name: &str, id| {
        let path = folder.path().join("bookmarks").join(name);
        fs::write(&path, line(id)).unwrap();
        let file = fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.set_len(tail::MAX_LOG + 5).unwrap();
        fs::write(folder.path().join("end"), "").unwrap();
        std::io::Write::write_all(&mut &file, format!("\n{}", line(id + 1)).as_bytes()).unwrap();
    };
    huge("laptop.jsonl", 1);
    huge(store.journal.own.to_str().unwrap(), 10);
    let (mut store, loaded) = open(&folder);
    let ids: Vec<BookmarkId> = loaded.shelf.iter().map(Bookmark::id).collect();
    assert_eq!(ids, [1, 10, 11].map(|id| BookmarkId::from(Uuid::from_u128(id))));
    let [told] = &told(&loaded.problems)[..] else { panic!("{:?}", told(&loaded.problems)) };
    assert!(told.starts_with("cannot read all of ") && told.ends_with("more than 64 MiB"), "{told}");
    assert!(store.refresh().unwrap().problems.is_empty(), "told once");
    store.append(&[bookmark(20, store.device())]).unwrap();
    assert_eq!(open(&folder).1.shelf.len(), 4, "nobody is locked out");
}

/// What a machine does with its bookmarks.
#[derive(Clone, Debug)]
enum Deed {
    Make,
    Note(u8),
    Color,
    Delete,
    Restart,
    Compact,
    /// Files go from one machine to the other, whole or cut, as a syncer has them while it copies.
    Sync {
        cut: Option<prop::sample::Index>,
    },
}

fn deeds() -> impl Strategy<Value = Vec<(bool, Deed, prop::sample::Index)>> {
    let deed = prop_oneof![
        3 => Just(Deed::Make),
        3 => any::<u8>().prop_map(Deed::Note),
        1 => Just(Deed::Color),
        2 => Just(Deed::Delete),
        1 => Just(Deed::Restart),
        2 => Just(Deed::Compact),
        3 => proptest::option::weighted(0.3, any::<prop::sample::Index>()).prop_map(|cut| Deed::Sync { cut }),
    ];
    prop::collection::vec((any::<bool>(), deed, any::<prop::sample::Index>()), 1..25)
}

struct Machine {
    folder: TempDir,
    store: BookmarkStore,
    shelf: Shelf,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, Loaded { shelf, .. }) = open(&folder);
        Self { folder, store, shelf }
    }

    fn look(&mut self) {
        self.shelf.extend(self.store.refresh().unwrap().records);
    }

    fn restart(&mut self) {
        let (store, loaded) = open(&self.folder);
        (self.store, self.shelf) = (store, loaded.shelf);
    }

    /// Hands this machine's own logs to another, as a syncer does: another file under the same name.
    fn send(&self, to: &Self, cut: Option<prop::sample::Index>) {
        let bookmarks = |machine: &Self| machine.folder.path().join("bookmarks");
        for name in log_names(&bookmarks(self)).unwrap() {
            if !own_logs::is_own(self.store.device(), &name) {
                continue;
            }
            let mut bytes = fs::read(bookmarks(self).join(&name)).unwrap();
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len() + 1));
            }
            let draft = to.folder.path().join("draft");
            fs::write(&draft, bytes).unwrap();
            fs::rename(draft, bookmarks(to).join(name)).unwrap();
        }
    }

    fn lines(&self) -> Vec<String> {
        self.shelf.iter().map(Bookmark::to_line).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn two_machines_that_share_a_folder_come_to_agree(deeds in deeds()) {
        let mut machines = [Machine::new(), Machine::new()];
        let mut reported = BTreeSet::new();
        for (number, (which, deed, at)) in deeds.iter().enumerate() {
            let [one, two] = &mut machines;
            let (here, there) = if *which { (one, two) } else { (two, one) };
            let device = here.store.device();
            let second = 1_795_425_304 + number as i64 / 3;
            let now = Timestamp::from_second(second).unwrap();
            let known: Vec<Bookmark> = here.shelf.iter().cloned().collect();
            let chosen = (!known.is_empty()).then(|| at.get(&known));
            let written = match (deed, chosen) {
                (Deed::Make, _) => Some(bookmark(number as u128, device)),
                (Deed::Note(note), Some(chosen)) => chosen.with_note(&format!("note {note}"), device, now).ok(),
                (Deed::Color, Some(chosen)) => chosen.with_color(Color::Pink, device, now).ok(),
                (Deed::Delete, Some(chosen)) => chosen.deleted(device, now).ok(),
                _ => None,
            };
            if let Some(written) = written {
                here.store.append(std::slice::from_ref(&written)).unwrap();
                reported.insert(written.id());
                here.shelf.absorb(written);
            }
            match deed {
                Deed::Restart => here.restart(),
                Deed::Compact => drop(here.store.compact(now + std::time::Duration::from_secs(91 * 86_400)).unwrap()),
                Deed::Sync { cut } => here.send(there, *cut),
                _ => {}
            }
            here.look();
        }
        let [one, two] = &mut machines;
        one.send(two, None);
        two.send(one, None);
        one.look();
        two.look();
        prop_assert_eq!(one.lines(), two.lines());
        let known: BTreeSet<BookmarkId> = reported.iter().copied().filter(|id| one.shelf.get(*id).is_some()).collect();
        prop_assert_eq!(known, reported, "nothing is forgotten, not even what was deleted");
        let seen = one.lines();
        one.restart();
        prop_assert_eq!(one.lines(), seen, "and a restart sees the same");
    }

    #[test]
    fn any_part_of_the_logs_in_any_number_of_copies_says_no_more_and_no_less(
        cuts in prop::collection::vec((0..3_usize, any::<prop::sample::Index>()), 0..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = open(&folder);
        store.append(&bookmarks(0..5, store.device())).unwrap();
        let log = fs::read(own_log(&folder, &store)).unwrap();
        let whole = open(&folder).1.shelf;
        for (number, (kind, cut)) in cuts.iter().enumerate() {
            let at = cut.index(log.len() + 1);
            let copy = match kind {
                0 => log[..at].to_vec(),
                1 => log[at..].to_vec(),
                _ => [&log[at..], &log[..at], &log[..]].concat(),
            };
            fs::write(folder.path().join(format!("bookmarks/copy{number}.jsonl")), copy).unwrap();
        }
        let (_, loaded) = open(&folder);
        prop_assert!(loaded.shelf.iter().eq(whole.iter()));
        // Of the copies alone, only bookmarks that were there, each as it was.
        fs::remove_file(own_log(&folder, &store)).unwrap();
        let (_, loaded) = open(&folder);
        prop_assert!(loaded.shelf.iter().all(|bookmark| whole.get(bookmark.id()) == Some(bookmark)));
    }
}

#[test]
fn without_locks_each_instance_has_a_log_that_is_known_as_this_devices() {
    let device = DeviceId::new("k7f2q9ab").unwrap();
    let further = own_logs::further_log(device);
    assert!(own_logs::is_own(device, &further) && !own_logs::is_conflict_copy(device, &further));
    assert!(own_logs::is_own(device, "k7f2q9ab.jsonl".as_ref()));
    for copy in ["k7f2q9ab.sync-conflict-20261123-091504-ABCDEFG.jsonl", "k7f2q9ab (1).jsonl", "k7f2q9ab.orig.jsonl"] {
        assert!(
            own_logs::is_conflict_copy(device, copy.as_ref()) && !own_logs::is_own(device, copy.as_ref()),
            "{copy}"
        );
    }
    for other in ["k7f2q9abc.jsonl", "other.jsonl"] {
        assert!(
            !own_logs::is_conflict_copy(device, other.as_ref()) && !own_logs::is_own(device, other.as_ref()),
            "{other}"
        );
    }
}
