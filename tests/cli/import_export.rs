//! Bookmarks that go to other programs and come from them, and the check of their files.

use std::fs;

use insta::assert_snapshot;

use crate::program::{Home, Outcome};

const CLIPPINGS: &str = "Rents fall (Reed, Ana)\r\n- Your Highlight on page 12 | Location 100-105 | Added on Monday, November 23, 2026 09:15:04 AM\r\n\r\nRents fell for a third month\r\n==========\r\n\
    Rents fall (Reed, Ana)\r\n- Your Note on page 12 | Location 105 | Added on Monday, November 23, 2026 09:16:00 AM\r\n\r\n=Compare\r\n==========\r\n\
    Rents fall (Reed, Ana)\r\n- Your Bookmark on page 13 | Location 110 | Added on Monday, November 23, 2026 09:17:00 AM\r\n\r\n\r\n==========\r\n\
    broken\r\n==========\r\n";

/// A home into which clippings were imported.
fn imported() -> (Home, Outcome) {
    let home = Home::new();
    home.write("clip.txt", CLIPPINGS);
    let ran = home.run(["bookmarks", "import", "clip.txt"]);
    (home, ran)
}

#[test]
fn an_import_tells_what_it_did_and_a_dry_run_what_it_would_do() {
    let home = Home::new();
    home.write("clip.txt", CLIPPINGS);
    let dry = home.run(["bookmarks", "import", "--dry-run", "clip.txt"]);
    assert_snapshot!("import-dry-run", dry.transcript());
    assert!(Home::names(&home.data()).is_empty(), "a dry run makes nothing");
    let real = home.run(["bookmarks", "import", "clip.txt"]);
    assert_eq!(real.stdout, dry.stdout);
    assert_snapshot!("import-again", home.run(["bookmarks", "import", "-q", "clip.txt"]).transcript());
    assert_snapshot!("import-listed", home.run(["bookmarks", "list"]).printed());
}

#[test]
fn a_longer_file_updates_what_a_shorter_one_brought_and_leaves_what_was_done_here() {
    let home = Home::new();
    home.write("clip.txt", CLIPPINGS);
    assert_eq!(home.run(["bookmarks", "import", "-q", "clip.txt"]).status, Some(1), "an entry is broken");
    let more = "Rents fall (Reed, Ana)\r\n- Your Note on page 12 | Location 105 | Added on some day\r\n\r\n=Compare with May\r\n==========\r\n";
    home.write("clip.txt", CLIPPINGS.replace("broken\r\n==========\r\n", more));
    let ran = home.run(["bookmarks", "import", "-q", "clip.txt"]);
    assert_eq!(ran.status, Some(1), "a time that cannot be read is told");
    assert!(ran.stderr.contains("line 16: its time is unknown: “Added on some day”"), "{ran:?}");
    assert!(ran.stdout.contains("1 updated"), "{ran:?}");
    let listed = home.run(["bookmarks", "list"]).printed();
    assert!(listed.contains("note: =Compare with May\n"), "{listed}");
    let id = listed.split(' ').next().unwrap();
    assert_eq!(home.run(["bookmarks", "remove", "-q", id]).status, Some(0));
    assert!(home.run(["bookmarks", "import", "clip.txt"]).stdout.contains("1 deleted here"));
    home.write("undated.csv", "Highlight,Date\nRents rose,whenever\n");
    assert_eq!(home.run(["bookmarks", "import", "-q", "undated.csv"]).status, Some(1));
    assert!(home.run(["bookmarks", "list", "--json"]).printed().contains("\"created\":null"));
    assert!(home.run(["bookmarks", "list"]).printed().contains("  no date     "));
}

#[test]
fn every_format_prints_what_was_imported_the_same_way_each_time() {
    let (home, _) = imported();
    let mut all = String::new();
    for format in ["markdown", "json", "csv", "spreadsheet", "org", "html", "csl"] {
        let printed = home.run(["bookmarks", "export", "--format", format]).printed();
        assert_eq!(home.run(["bookmarks", "export", "--format", format]).printed(), printed, "{format}");
        all.extend(["=== ", format, "\n", printed.as_str()]);
    }
    assert_snapshot!("exports", all);
}

#[test]
fn an_export_imported_elsewhere_is_the_same_export() {
    let (home, _) = imported();
    let export = home.run(["bookmarks", "export", "--format", "json"]).printed();
    let other = Home::new();
    let ran = other.run_with_input(&["bookmarks", "import", "-"], &export);
    assert_eq!(ran.printed(), "read as W3C annotations (JSON)\n      1 new\n      0 updated\n      0 already there\n");
    assert_eq!(other.run(["bookmarks", "export", "--format", "json"]).printed(), export);
}

#[test]
fn what_was_removed_is_not_brought_back_and_what_was_edited_elsewhere_is_told() {
    let (home, _) = imported();
    let export = home.run(["bookmarks", "export", "--format", "json"]).printed();
    let edited = export.replace("=Compare", "Compared").replace("\"modified\": \"2026-", "\"modified\": \"2126-");
    home.write("edited.json", edited);
    home.write("export.json", export);
    assert_snapshot!("import-updates", home.run(["bookmarks", "import", "--dry-run", "edited.json"]).transcript());
    assert_eq!(home.run(["bookmarks", "remove", "-q", "e4db2c7f1886"]).status, Some(0));
    assert_snapshot!("import-deleted", home.run(["bookmarks", "import", "export.json"]).transcript());
    assert_snapshot!("import-no-longer-deleted", home.run(["bookmarks", "import", "edited.json"]).transcript());
}

#[test]
fn a_markdown_document_is_updated_around_what_the_user_wrote() {
    let (home, _) = imported();
    let into = ["bookmarks", "export", "--format", "markdown", "--into", "notes.md"];
    assert_eq!(home.run(into).stderr, "note: notes.md was written\n");
    let page = home.run(["bookmarks", "export", "--format", "markdown"]).printed();
    let path = home.path("work").join("notes.md");
    assert_eq!(fs::read_to_string(&path).unwrap(), page);
    // What the user wrote or changed is theirs, whatever its format.
    let mine = page
        .replace("fell for", "FELL FOR")
        .replace("    - Note: \\=Compare", "    - Note: mine\n    - Note: \\=Compare");
    let mine = mine.replace("    - Note: \\=Compare", "    - Note: \\=Compare\n    - Tags: #mine") + "    - mine\n";
    assert!(mine.contains("- Note: mine\n    - Note: \\=Compare"), "{mine}");
    fs::write(&path, &mine).unwrap();
    assert_eq!(home.run(into).stderr, "note: notes.md is up to date\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), mine);
    assert_eq!(Home::names(&home.path("work")), ["clip.txt", "notes.md"]);

    // A note that changes here replaces the line that was written for it, and no other.
    let edited = home.run(["bookmarks", "export", "--format", "json"]).printed();
    let edited = edited.replace("=Compare", "Compared").replace("\"modified\": \"2026-", "\"modified\": \"2126-");
    home.write("edited.json", edited);
    assert_eq!(home.run(["bookmarks", "import", "edited.json"]).status, Some(0));
    let told = home.run(into).stderr;
    assert!(
        told.starts_with("note: a copy of the original document is in ")
            && told.ends_with("note: notes.md was written\n"),
        "{told}"
    );
    let lines = |text: &str| text.lines().filter(|line| line.contains(" - ")).map(str::to_owned).collect::<Vec<_>>();
    let new = fs::read_to_string(&path).unwrap();
    assert_eq!(lines(&new), lines(&mine.replace("- Note: \\=Compare", "- Note: Compared")));
    assert_eq!(fs::read_to_string(home.path("work").join("notes.md.before-dateline")).unwrap(), mine);
    // Where nothing is remembered nothing is replaced: neither in another data directory, nor without the list.
    let bare = new.split_once("<!--").unwrap().0.replace("- Note: Compared", "- Note: compared, and more");
    fs::write(&path, &bare).unwrap();
    assert_eq!(home.run(into).status, Some(0));
    assert!(fs::read_to_string(&path).unwrap().contains("- Note: compared, and more\n"));

    let wrong = home.run(["bookmarks", "export", "--format", "org", "--into", "notes.md"]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (Some(3), ""), "what is there is not overwritten");
    let other = home.run(["bookmarks", "export", "--format", "org", "--into", "notes.org"]);
    assert_eq!(other.stderr, "note: notes.org was written\n");
    let outline = home.run(["bookmarks", "export", "--format", "org"]).printed();
    assert_eq!(fs::read_to_string(home.path("work").join("notes.org")).unwrap(), outline);
    fs::write(&path, b"\xff\xfe\xff").unwrap();
    assert_eq!(home.run(into).status, Some(3));
    assert_eq!(fs::read(&path).unwrap(), b"\xff\xfe\xff");
}

#[test]
fn files_that_cannot_be_imported_say_why() {
    let home = Home::new();
    home.write("prose.txt", "Only words.\n");
    home.write("torn.json", "{\"type\": \"Annotation\",");
    home.write("table.csv", "Quote,Title\nx,y\n");
    home.write("book.annotations", b"PK\x03\x04\0\0\0\0");
    home.write("empty", "");
    let names = ["prose.txt", "torn.json", "table.csv", "book.annotations", "empty", "none.csv", "."];
    let told: Vec<String> = names
        .into_iter()
        .map(|name| {
            let ran = home.run(["bookmarks", "import", name]);
            assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{ran:?}");
            format!("$ dateline bookmarks import {name}\n{}", ran.stderr)
        })
        .collect();
    assert_snapshot!("imports-refused", told.join("\n"));
    assert!(Home::names(&home.data()).is_empty());
}

#[test]
fn a_device_id_that_cannot_be_used_is_told_once() {
    for (spoilt, verb) in [("../junk", &["doctor"][..]), ("", &["bookmarks", "doctor"]), ("a\nb\n", &["doctor"])] {
        let home = Home::new();
        fs::create_dir_all(home.data()).unwrap();
        fs::write(home.data().join("device-id"), spoilt).unwrap();
        let ran = home.run(verb);
        assert!(ran.status == Some(1) && ran.stdout.contains("held no usable device id"), "{ran:?}");
        assert_eq!(home.run(verb).status, Some(0), "it is replaced");
    }
}

#[test]
fn no_name_of_a_file_makes_a_line_of_its_own_in_a_report() {
    let home = Home::new();
    let folder = home.data().join("bookmarks");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("x\nall is well\n\u{1b}[2J.jsonl"), "{\"torn\n").unwrap();
    for verb in [&["doctor"][..], &["bookmarks", "doctor"]] {
        let ran = home.run(verb);
        assert_eq!(ran.status, Some(1));
        assert!(ran.stdout.lines().all(|line| line.trim() != "all is well"), "{ran:?}");
        assert!(ran.stdout.contains(r"x\nall is well\n\u{1b}[2J.jsonl"), "{ran:?}");
    }
}

#[test]
fn a_data_directory_that_cannot_be_is_told_whether_it_is_there_or_not() {
    let home = Home::new();
    home.write("file", "words");
    for folder in ["file", "file/sub", "/dev/null/x"] {
        for verb in [&["bookmarks", "list"][..], &["bookmarks", "export", "--format", "json"]] {
            let ran = home.run([&["--data-dir", folder][..], verb].concat());
            assert!(
                ran.status == Some(4) && ran.stderr.contains("hint: ") && !ran.stderr.contains("os error 20"),
                "{folder}: {ran:?}"
            );
        }
    }
}

#[test]
fn failed_imports_and_exports_are_reported_with_a_hint() {
    let home = Home::new();
    fs::File::create(home.write("big.json", "")).unwrap().set_len(40 << 20).unwrap();
    for (file, hint) in [
        ("https://e.org/x?a&b", "`curl -sLo FILE 'https://e.org/x?a&b'` and `dateline bookmarks import FILE`"),
        ("/dev/zero", "`COMMAND | dateline bookmarks import -`"),
        ("big.json", "export fewer passages"),
    ] {
        let ran = home.run(["bookmarks", "import", file]);
        assert!(ran.status == Some(3) && ran.stderr.contains(hint), "{file}: {ran:?}");
    }
    for (format, file) in [("markdown", "/dev/null"), ("csv", "/dev/null")] {
        let ran = home.run(["bookmarks", "export", "--format", format, "--into", file]);
        assert!(ran.status == Some(3) && ran.stderr.contains("/dev/null is a device, not a file"), "{ran:?}");
        assert!(ran.stderr.contains("without --into"), "{ran:?}");
    }
    let ran = home.run(["bookmarks", "export", "--format", "markdown", "--into", "new.md"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), "note: no bookmarks, so new.md was not written\n"));
    let ran = home.run(["bookmarks", "export", "--format", "csv", "--into", "sub/new.csv"]);
    assert!(ran.stderr.contains("sub/new.csv"), "{ran:?}");
    home.write("sub/new.csv", "mine");
    let ran = home.run(["bookmarks", "export", "--format", "csv", "--into", "sub/new.csv"]);
    assert!(ran.stderr.contains("error: sub/new.csv already exists"), "{ran:?}");
}

#[test]
fn bookmarks_doctor_counts_and_reports_problems() {
    let home = Home::new();
    assert_eq!(home.run(["bookmarks", "doctor"]).printed(), "no bookmarks yet\n");
    assert!(Home::names(&home.data()).is_empty());
    home.write("clip.txt", CLIPPINGS);
    assert_eq!(home.run(["bookmarks", "import", "clip.txt"]).status, Some(1));
    let story = home.write("story.txt", "The ferry\n\nThe ferry sails at noon.\n");
    drop(home.run(["bookmarks", "add", story.to_str().unwrap(), "--quote", "sails at noon"]).printed());
    let device = fs::read_to_string(home.data().join("device-id")).unwrap();
    let settled = |ran: Outcome| ran.transcript().replace(device.trim(), "DEVICE");
    assert_snapshot!("bookmarks-doctor", settled(home.run(["bookmarks", "doctor"])));

    // A name before those of all devices, so that the order is the same in every run.
    let folder = home.data().join("bookmarks");
    fs::write(folder.join("1-laptop.jsonl"), "{\"torn\n").unwrap();
    fs::write(folder.join("1-laptop.sync-conflict-20261123-091504-ABCDEFG.jsonl"), "").unwrap();
    for text in Home::names(&home.data().join("texts")) {
        let path = home.data().join("texts").join(text);
        fs::rename(&path, path.with_file_name("0".repeat(64))).unwrap();
    }
    assert_snapshot!("bookmarks-doctor-wrong", settled(home.run(["bookmarks", "doctor"])));
}
