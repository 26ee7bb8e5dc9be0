//! What others can put into the folder that is synced: links, pipes, endless files. None of it leads the store astray.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use super::*;
use crate::io::clock;
use crate::testing::make_pipe;

/// Everything in a folder and the folders inside, with its content.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(contents(&entry.path()));
        } else if kind.is_file() {
            found.push((entry.path(), fs::read(entry.path()).unwrap()));
        }
    }
    found
}

#[test]
fn a_link_among_the_logs_is_named_and_never_read() {
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("id_key");
    fs::write(&private, "BEGIN PRIVATE KEY\n").unwrap();
    let (mut store, _) = open(&folder);
    let logs = folder.path().join("bookmarks");
    let planted = ["laptop.jsonl".to_owned(), format!("{}.k7f2q9ab.jsonl", store.device())].map(|name| logs.join(name));
    for link in &planted {
        symlink(&private, link).unwrap();
    }
    store.append(&[bookmark(1, store.device())]).unwrap();
    let (mut store, loaded) = open(&folder);
    assert_eq!((loaded.shelf.len(), loaded.problems.len()), (1, 2), "{:?}", loaded.problems);
    for (problem, link) in told(&loaded.problems).iter().zip(&planted) {
        let name = link.file_name().unwrap().to_str().unwrap();
        assert!(problem.contains("it is a link") && problem.contains("put the file itself"), "{name}: {problem}");
    }
    store.compact(clock::now()).unwrap();
    assert_eq!(fs::read_to_string(&private).unwrap(), "BEGIN PRIVATE KEY\n");
    fs::remove_file(&private).unwrap();
    let copied = contents(folder.path()).into_iter().find(|(_, bytes)| bytes.windows(7).any(|part| part == b"PRIVATE"));
    assert_eq!(copied, None);
}

#[test]
fn copies_of_unreadable_lines_lie_outside_the_synced_folder_and_follow_no_link() {
    let folder = tempfile::tempdir().unwrap();
    let victim = folder.path().join("bashrc");
    fs::write(&victim, "mine\n").unwrap();
    let at = |name: &str| folder.path().join(name);
    for quarantine in ["bookmarks/quarantine", "quarantine"] {
        fs::create_dir_all(at(quarantine)).unwrap();
        symlink(&victim, at(quarantine).join("laptop.jsonl.txt")).unwrap();
    }
    fs::write(at("bookmarks/laptop.jsonl"), "alias ls='rm -r'\n").unwrap();
    fs::write(at("bookmarks/tablet.jsonl"), "torn\n").unwrap();
    let (_, loaded) = open(&folder);
    assert_eq!(loaded.problems.len(), 2);
    assert!(told(&loaded.problems)[0].ends_with("left where it is"));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine\n");
    assert!(fs::read_to_string(at("quarantine/tablet.jsonl.txt")).unwrap().contains("torn"));
    assert_eq!(fs::read_dir(at("bookmarks/quarantine")).unwrap().count(), 1, "nothing is copied there any more");
}

#[test]
fn nothing_but_a_plain_file_is_read_as_a_log_and_nothing_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let at = |name: &str| folder.path().join("bookmarks").join(name);
    make_pipe(&at("a.jsonl"));
    symlink("/dev/zero", at("b.jsonl")).unwrap();
    fs::create_dir(at("c.jsonl")).unwrap();
    let _socket = UnixListener::bind(at("d.jsonl")).unwrap();
    fs::write(at("e.jsonl"), bookmark(5, store.device()).to_line() + "\n").unwrap();
    fs::write(at("._e.jsonl"), b"\0\x05\x16\x07\0\x02\0\0Mac OS X").unwrap();
    symlink("e.jsonl", at(".stfolder.jsonl")).unwrap();
    let (mut store, loaded) = open(&folder);
    assert_eq!(loaded.shelf.len(), 1);
    let problems = told(&loaded.problems);
    let said = ["a pipe", "a link", "a folder", "a device or socket"];
    assert_eq!(problems.len(), said.len(), "{problems:?}");
    for (problem, said) in problems.iter().zip(said) {
        assert!(problem.contains(said), "{problem}");
    }
    assert!(store.refresh().unwrap().problems.is_empty(), "it is told once");
}

#[test]
fn what_lies_under_the_names_of_our_own_files_does_no_harm() {
    for plant in
        [|path: &Path| symlink(path.parent().unwrap().join("bashrc"), path).unwrap(), |path: &Path| make_pipe(path)]
    {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("bashrc");
        fs::create_dir(folder.path().join("bookmarks")).unwrap();
        for victim in [victim.clone(), folder.path().join("bookmarks/bashrc")] {
            fs::write(victim, "mine\n").unwrap();
        }
        plant(&folder.path().join("device-log"));
        let (store, _) = open(&folder);
        plant(&folder.path().join(format!("bookmarks/{}.lock", store.device())));
        let (mut store, _) = open(&folder);
        store.append(&[bookmark(1, store.device())]).unwrap();
        store.append(&[bookmark(2, store.device())]).unwrap();
        let hash = Text::new("One sentence is enough for this.".into(), vec![], vec![]).hash();
        fs::create_dir(folder.path().join("texts")).unwrap();
        plant(&folder.path().join("texts").join(hash.to_string()));
        assert_eq!(store.text(hash), None);
        assert_eq!(open(&folder).1.shelf.len(), 2);
        for victim in [victim, folder.path().join("bookmarks/bashrc")] {
            assert_eq!(fs::read_to_string(victim).unwrap(), "mine\n");
        }
    }
}

#[test]
fn a_link_that_is_put_in_the_place_of_the_own_log_is_not_written_to() {
    // Of the length the log may have, of another, empty, and not there at all.
    for content in [Some("mine\n".repeat(30)), Some("x".repeat(1 << 20)), Some(String::new()), None] {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("bashrc");
        if let Some(content) = &content {
            fs::write(&victim, content).unwrap();
        }
        let (mut store, _) = open(&folder);
        store.append(&[bookmark(1, store.device())]).unwrap();
        let log = own_log(&folder, &store);
        fs::remove_file(&log).unwrap();
        symlink(&victim, &log).unwrap();
        store.append(&[bookmark(2, store.device())]).unwrap();
        assert_eq!(fs::read_to_string(&victim).ok(), content);
        assert_ne!(own_log(&folder, &store), log, "somebody else has written it: this is another device now");
    }
}

#[test]
fn a_device_id_that_cannot_be_used_is_replaced_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device-id");
    make_pipe(&path);
    let (store, loaded) = open(&folder);
    assert!(told(&loaded.problems)[0].contains("held no usable device id"));
    assert_eq!(fs::read_to_string(&path).unwrap().trim(), store.device().as_str());
    fs::remove_file(&path).unwrap();
    symlink("/dev/zero", &path).unwrap();
    let (store, _) = open(&folder);
    assert_eq!(fs::read_to_string(&path).unwrap().trim(), store.device().as_str());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let (mut store, loaded) = open(&folder);
    let problems = told(&loaded.problems);
    assert!(problems.len() == 1 && problems[0].contains("device-id: it is a folder; move it away"), "{problems:?}");
    store.append(&[bookmark(1, store.device())]).unwrap();
}

#[test]
fn of_a_foreign_log_no_more_than_its_limit_is_read_however_it_grows() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let huge = folder.path().join("bookmarks/huge.jsonl");
    fs::write(&huge, bookmark(1, store.device()).to_line() + "\n").unwrap();
    // Sparse: it has no blocks, and would fill the memory all the same.
    fs::File::options().append(true).open(&huge).unwrap().set_len(20 << 30).unwrap();
    let (_, loaded) = open(&folder);
    assert_eq!(loaded.shelf.len(), 1);
    assert!(told(&loaded.problems)[0].contains("more than 64 MiB"));
    assert_eq!(survey(folder.path()).unwrap().logs.len(), 1);
}

#[test]
fn what_is_made_is_for_the_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let data_dir = folder.path().join("data");
    let (mut store, _) = BookmarkStore::open(&data_dir).unwrap();
    texts::keep(&data_dir, &Text::new("Words.".into(), vec![], vec![])).unwrap();
    fs::write(data_dir.join("bookmarks/laptop.jsonl"), "torn\n").unwrap();
    store.refresh().unwrap();
    for _ in 0..300 {
        store.append(&bookmarks(0..20, store.device())).unwrap();
    }
    store.compact(clock::now()).unwrap();
    let mut folders = vec![data_dir];
    while let Some(folder) = folders.pop() {
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                folders.push(entry.path());
            } else if entry.file_name() != "laptop.jsonl" {
                assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{}", entry.path().display());
            }
        }
    }
}
