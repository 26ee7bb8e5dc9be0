//! Folders and files that others have tampered with: whatever is there, the program ends soon, says what is wrong, and
//! gives nothing away.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::program::Home;

/// How long a run may take on the slowest machine; a run that waits for a pipe takes for ever.
const PATIENCE: Duration = Duration::from_secs(60);

const STORY: &str = "The ferry\n\nThe ferry sails at noon. The gulls did not mind.\n";

/// Runs the program; it must end by itself, without a panic. Gives its status and all it said.
fn ends(command: &mut Command, about: &str) -> (i32, String) {
    let mut child = command.spawn().unwrap();
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (sender, said) = channel();
    let reader = thread::Builder::new().spawn(move || {
        let mut told = String::new();
        stdout.read_to_string(&mut told).unwrap();
        stderr.read_to_string(&mut told).unwrap();
        sender.send(told).ok();
    });
    let Ok(told) = said.recv_timeout(PATIENCE) else {
        child.kill().unwrap();
        panic!("{about}: it hangs");
    };
    reader.unwrap().join().unwrap();
    let status = child.wait().unwrap().code();
    assert!(!told.contains("panicked"), "{about}: {told}");
    assert!(told.len() < 1 << 20, "{about}: it said {} bytes", told.len());
    (status.unwrap_or_else(|| panic!("{about}: it was killed")), told)
}

/// What can lie under a name instead of a file, and how to put it there.
type Plant = (&'static str, fn(&Path));

fn take_away(path: &Path) {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path).unwrap(),
        Ok(_) => fs::remove_file(path).unwrap(),
        Err(_) => {}
    }
}

#[test]
fn whatever_lies_in_the_data_directory_the_program_ends_and_its_doctors_agree() {
    let home = Home::new();
    home.write("story.txt", STORY);
    let add = ["bookmarks", "add", "story.txt", "--quote", "sails at noon"];
    assert_eq!(home.run(add).status, Some(0));
    fs::create_dir(home.data().join("marks")).unwrap();
    let device = fs::read_to_string(home.data().join("device-id")).unwrap();
    let text = format!("texts/{}", Home::names(&home.data().join("texts"))[0]);
    let [log, lock] = ["jsonl", "lock"].map(|ending| format!("bookmarks/{}.{ending}", device.trim()));
    let places = [
        "library.db",
        "library.db-wal",
        "library.db-journal",
        "device-id",
        "device-log",
        "device-marks",
        "entities.tsv",
        "dateline.log",
        "bookmarks/laptop.jsonl",
        "marks",
        "marks/laptop.jsonl",
        "quarantine",
        &log,
        &lock,
        &text,
    ];
    let kinds: [Plant; 3] = [
        ("pipe", Home::make_pipe),
        ("endless", |path| symlink("/dev/zero", path).unwrap()),
        ("folder", |path| fs::create_dir(path).unwrap()),
    ];
    let aside = home.path("aside");
    for place in places {
        for (kind, plant) in kinds {
            let path = home.data().join(place);
            let was_there = fs::rename(&path, &aside).is_ok();
            plant(&path);
            let about = format!("{place} is a {kind}");
            let run = |words: &[&str]| ends(&mut home.command(words), &format!("{about}, {}", words.join(" ")));
            let (all, told) = run(&["doctor"]);
            let (bookmarks, _) = run(&["bookmarks", "doctor"]);
            let (listed, _) = run(&["bookmarks", "list"]);
            let (located, _) = run(&["bookmarks", "locate", "story.txt"]);
            let (added, said) = run(&add);
            for words in
                [&["add", "story.txt"][..], &["list"], &["mark", "read", "story.txt"], &["remove", "story.txt"]]
            {
                let (status, told) = run(words);
                assert!(matches!(status, 0 | 1 | 3 | 4), "{about}, {}: {status} {told}", words.join(" "));
            }
            assert!(all <= 1 && bookmarks <= all, "{about}: the doctors say {all} and {bookmarks}");
            assert!(all == 1 || listed == 0 && located == 0 && added == 0, "{about}: {told}{said}");
            if all == 1 {
                let name = path.file_name().unwrap().to_str().unwrap();
                assert!(told.contains(name), "{about}: {told}");
            }
            take_away(&path);
            if was_there {
                fs::rename(&aside, &path).unwrap();
            }
        }
    }
    assert_eq!(home.run(["bookmarks", "doctor"]).status, Some(0), "and all is well when it is gone");
}

#[test]
fn the_doctors_say_so_when_nothing_can_be_kept_and_adding_fails() {
    let home = Home::new();
    home.write("story.txt", STORY);
    fs::write(home.path("file"), "in the way").unwrap();
    symlink("nowhere", home.path("link")).unwrap();
    for place in ["file", "file/data", "link", "link/data"] {
        let place = home.path(place);
        let place = place.to_str().unwrap();
        for verb in [&["doctor"][..], &["bookmarks", "doctor"]] {
            let ran = home.run([verb, &["--data-dir", place]].concat());
            assert_eq!(ran.status, Some(1), "{place}: {ran:?}");
            assert!(ran.stdout.contains("nothing can be stored in ~/"), "{ran:?}");
        }
        let ran = home.run(["bookmarks", "add", "story.txt", "--quote", "sails", "--data-dir", place]);
        assert_eq!(ran.status, Some(4), "{ran:?}");
        for words in [&["list"][..], &["add", "story.txt"], &["mark", "read", "story.txt"]] {
            let ran = home.run([words, &["--data-dir", place]].concat());
            assert_eq!(ran.status, Some(4), "{ran:?}");
        }
    }
    assert!(!home.path("nowhere").exists());
}

#[test]
fn only_a_person_may_name_a_pipe() {
    let home = Home::new();
    let pipe = home.path("work").join("pipe.md");
    Home::make_pipe(&pipe);
    let config = home.path("config/dateline");
    fs::create_dir_all(&config).unwrap();
    Home::make_pipe(&config.join("config.toml"));
    let (status, told) = ends(&mut home.command(["config"]), "the configuration");
    assert!(status == 0 && told.contains("config.toml is a pipe"), "{told}");
    let export = ["bookmarks", "export", "--format", "markdown", "--into", "pipe.md"];
    let (status, told) = ends(&mut home.command(export), "an export");
    assert!(status == 3 && told.contains("pipe.md is a pipe"), "{status}: {told}");
    // Named, it is waited for.
    let writer = thread::Builder::new().spawn(move || fs::write(pipe, STORY).unwrap()).unwrap();
    let (status, told) = ends(&mut home.command(["read", "pipe.md"]), "reading a pipe");
    writer.join().unwrap();
    assert!(status == 0 && told.contains("sails at noon"), "{told}");
}

#[test]
fn what_is_kept_is_for_the_user_alone_whatever_the_umask_and_an_export_follows_it() {
    for (umask, exported) in [("000", 0o666), ("027", 0o640), ("077", 0o600)] {
        let home = Home::new();
        home.write("story.txt", STORY);
        let run = |words: &[&str]| {
            let program = home.command(words);
            let script = format!("umask {umask}; exec \"$@\"");
            let mut command = Command::new("sh");
            command.args(["-c", &script, "sh"]).arg(program.get_program()).args(words).env_clear();
            command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
            assert_eq!(command.current_dir(home.path("work")).output().unwrap().status.code(), Some(0), "{words:?}");
        };
        run(&["-vv", "bookmarks", "add", "story.txt", "--quote", "sails at noon"]);
        run(&["bookmarks", "export", "--format", "markdown", "--into", "notes.md"]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&home.path("work/notes.md")), exported, "umask {umask}");
        let mut folders = vec![home.data()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            assert_eq!(mode(&folder), 0o700, "umask {umask}: {}", folder.display());
            for path in Home::names(&folder).iter().map(|name| folder.join(name)) {
                seen += 1;
                if path.is_dir() {
                    folders.push(path);
                } else {
                    assert_eq!(mode(&path), 0o600, "umask {umask}: {}", path.display());
                }
            }
        }
        assert!(seen >= 6, "logs, lock, text, device-id, device-log, folders");
    }
}

#[test]
fn passages_of_a_file_whose_name_is_no_text_survive_an_edit() {
    let home = Home::new();
    let name = OsStr::from_bytes(b"caf\xe9 100%.txt");
    let path = home.path("work").join(name);
    if fs::write(&path, STORY).is_err() {
        // Some systems (macOS) have no such names.
        return;
    }
    let words = ["bookmarks", "add", "--quote", "sails at noon"].map(OsStr::new);
    assert_eq!(home.run([&words[..], &[name]].concat()).status, Some(0));
    fs::write(&path, format!("{STORY}\nAnother paragraph.\n")).unwrap();
    let located = home.run([OsStr::new("bookmarks"), OsStr::new("locate"), OsStr::new("--json"), name]).json();
    assert_eq!(located["bookmarks"][0]["state"], "anchored", "{located}");
    let listed = home.run(["bookmarks", "list", "--json"]).json();
    assert!(listed["bookmarks"][0]["source"].as_str().unwrap().ends_with("/caf%E9%20100%25.txt"), "{listed}");
}
