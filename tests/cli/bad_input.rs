//! Sources that are not there or are no articles: a clear outcome each, and nothing raw on the terminal.

use std::time::{Duration, SystemTime};

use insta::assert_snapshot;

use crate::program::Home;

#[test]
fn every_bad_source_is_named_with_a_hint() {
    let home = Home::new();
    home.write("a-long-story.txt", "Words.");
    home.write("empty.txt", "");
    home.write("blank.txt", " \n\u{feff}\n");
    home.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    home.write("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    home.write("page.html", "<!doctype html><p>Words.");
    home.write("clips/one.txt", "Words.");
    home.write("clips/two.txt", "Words.");
    std::fs::create_dir(home.path("work/nothing")).unwrap();
    let told: Vec<String> = [
        "a-lnog-story.txt",
        "a-long-story.txt/1",
        "nowhere/at/all.txt",
        "empty.txt",
        "blank.txt",
        "picture.png",
        "program",
        "page.html",
        "clips",
        "nothing",
        "/dev/null",
        "edition:99-none",
        "https://example.com/story",
    ]
    .into_iter()
    .map(|source| {
        let ran = home.run(["read", source]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{source}: {ran:?}");
        format!("$ dateline read {source:?}\n{}", ran.stderr)
    })
    .collect();
    assert_snapshot!("bad-sources", told.join("\n"));
}

#[test]
fn a_first_word_that_is_neither_command_nor_file() {
    let home = Home::new();
    home.write("doctors.txt", "Words.");
    let told: Vec<String> =
        [&["entites"][..], &["raed", "doctors.txt"], &["doctor.txt"], &["zeppelin"], &["edition:9"]]
            .into_iter()
            .map(|words| format!("$ dateline {}\n{}", words.join(" "), home.run(words).told()))
            .collect();
    assert_snapshot!("first-words", told.join("\n"));
}

#[test]
fn a_file_named_like_a_command_is_opened_with_its_folder() {
    let home = Home::new();
    home.write("read", "Words.");
    assert_eq!(home.run(["read", "./read"]).printed(), "Words.\n");
    let ran = home.run(["./read"]);
    assert!(ran.stderr.contains("needs a terminal"), "{ran:?}");
}

/// The super-user may read everything; then there is nothing to see.
#[test]
fn what_may_not_be_read_is_an_error_of_the_system() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let file = home.write("clips/secret.txt", "Words.");
    let folder = file.parent().unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o000)).unwrap();
    let readable = std::fs::read_dir(folder).is_ok();
    let ran = home.run(["entities", "clips"]);
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    if !readable {
        assert_eq!(ran.status, Some(4));
        assert!(ran.stderr.contains("not allowed to read clips"), "{ran:?}");
    }
}

#[test]
fn one_endless_line_is_an_article_like_any_other() {
    let home = Home::new();
    home.write("endless.txt", "all in one line ".repeat(2 * 1024 * 1024 / 16));
    let page = home.run(["read", "endless.txt"]).printed();
    assert_eq!(page.split_whitespace().count(), 2 * 1024 * 1024 / 16 * 4);
    assert!(page.lines().all(|line| line.len() <= 66));
    home.write("one-word.txt", "x".repeat(2 * 1024 * 1024));
    assert_eq!(home.run(["read", "one-word.txt"]).printed().matches('x').count(), 2 * 1024 * 1024);
}

#[test]
fn no_control_or_bidi_character_of_a_source_reaches_the_terminal() {
    let home = Home::new();
    let nasty: Vec<String> = (0..0x20)
        .chain(0x7f..0xa0)
        .chain(0x202a..0x202f)
        .chain(0x2066..0x206a)
        .filter_map(char::from_u32)
        .map(|c| format!("Helena Brum {c} met Joaquim Serpa in Lisbon.{c}\n\n"))
        .collect();
    let name = "na\u{1b}[2Jsty\u{202e}.txt";
    home.write(name, format!("\u{1b}]0;title\u{7}{}\u{1b}[31m", nasty.concat()));
    let harmless = |words: &str| {
        !words.contains(|c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
    };
    for words in [
        &["read", name][..],
        &["entities", name],
        &["entities", "--json", "--text", name],
        &["bookmarks", "add", name, "--quote", "met Joaquim Serpa"],
        &["bookmarks", "add", name, "--quote", "no\u{1b}[2Jne\u{202e}"],
        &["bookmarks", "list"],
        &["bookmarks", "list", "--json"],
        &["bookmarks", "export", "--format", "json"],
        &["bookmarks", "export", "--format", "markdown"],
        &["read", "na\u{1b}[2Jsty.txt"],
        &["--config", name, "config"],
        &["--data-dir", name, "doctor"],
    ] {
        let ran = home.run(words);
        assert!(harmless(&ran.stdout) && harmless(&ran.stderr), "{words:?}: {ran:?}");
    }
}

#[test]
fn an_old_file_is_read_without_looking_at_the_clock() {
    let home = Home::new();
    let path = home.write("story.txt", "The council met yesterday in Lisbon to hear the mayor.");
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    std::fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    let report = home.run(["entities", "--json", "story.txt"]).json();
    let date = report["entities"].as_array().unwrap().iter().find(|entity| entity["kind"] == "date").cloned();
    // A billion seconds are 9 September 2001; what counts from a guessed day is approximate.
    assert!(date.unwrap()["value"].as_str().unwrap().starts_with("2001-09-08"));
}
