//! `dateline bookmarks`: what is added is listed, exported and removed, and nothing is lost on the way.

use std::collections::BTreeSet;
use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::program::{Home, Outcome};

const CABLE: &str = "edition:02-azores-cable";

fn add(home: &Home, quotes: &[&str]) -> Outcome {
    let quotes = quotes.iter().flat_map(|quote| ["--quote", quote]);
    home.run(["bookmarks", "add", CABLE].into_iter().chain(quotes))
}

fn listed(home: &Home) -> Vec<Value> {
    let ran = home.run(["bookmarks", "list", "--json"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran.json()["bookmarks"].as_array().unwrap().clone()
}

/// Without ids and times, which differ in every run.
fn settled(mut text: String, home: &Home) -> String {
    for bookmark in listed(home) {
        let (id, created) = (bookmark["id"].as_str().unwrap(), bookmark["created"].as_str().unwrap());
        let uuid = id.strip_prefix("urn:uuid:").unwrap();
        let short = uuid.split('-').next_back().unwrap();
        text = text.replace(uuid, "ID").replace(short, "SHORT").replace(created, "TIME");
    }
    // Only now the days: two bookmarks of one day may have been made in different milliseconds.
    for bookmark in listed(home) {
        text = text.replace(bookmark["created"].as_str().unwrap().split('T').next().unwrap(), "DAY");
    }
    // The collection's own ids are made from the content, ids included; so are the hashes of lines.
    let is_made = |line: &&str| {
        let is_id = line.trim_start().starts_with("\"id\": \"urn:uuid:") && !line.contains(":ID");
        !is_id && !line.starts_with("p-SHORT ")
    };
    text.split_inclusive('\n').filter(is_made).collect()
}

#[test]
fn before_anything_is_saved_the_list_is_empty_and_nothing_is_created() {
    let home = Home::new();
    assert_eq!(home.run(["bookmarks", "list"]).printed(), "");
    assert_eq!(home.run(["bookmarks", "list", "--json"]).printed(), "{\"bookmarks\":[]}\n");
    assert_eq!(home.run(["bookmarks", "export", "--format", "markdown"]).printed(), "");
    assert_eq!(home.run(["bookmarks", "remove", "abcdef"]).status, Some(3));
    assert!(Home::names(&home.data()).is_empty());
}

#[test]
fn a_library_locked_by_another_program_is_waited_for_and_reported() {
    let home = Home::new();
    assert_eq!(add(&home, &["41 million euros"]).status, Some(0));
    let other = rusqlite::Connection::open(home.data().join("library.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let ran = home.run(["bookmarks", "list"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let said = &ran.stderr;
    assert!(said.contains("another program is using the library") && said.contains("1 s"), "{said}");
    assert!(said.contains("close it, then start dateline again"), "{said}");
}

#[test]
fn a_passage_goes_all_the_way_from_add_to_remove() {
    let home = Home::new();
    let added = add(&home, &["Nobody is in danger and nobody is comfortable,", "41 million euros"]).printed();
    assert_eq!(added.lines().count(), 2);
    let rows = listed(&home);
    assert_eq!(
        rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(),
        added.lines().collect::<Vec<_>>()
    );
    let json = Value::Array(rows.clone());
    assert_snapshot!("bookmarks-list-json", settled(serde_json::to_string_pretty(&json).unwrap(), &home));
    assert_snapshot!("bookmarks-list", settled(home.run(["bookmarks", "list"]).printed(), &home));
    for format in ["json", "markdown"] {
        let exported = home.run(["bookmarks", "export", "--format", format]).printed();
        assert_snapshot!(format!("bookmarks-export-{format}"), settled(exported, &home));
    }

    let (first, second) = (rows[0]["id"].as_str().unwrap(), rows[1]["id"].as_str().unwrap());
    let removed = home.run(["bookmarks", "remove", first]);
    assert_snapshot!(removed.transcript(), @"
    exit 0
    --- stdout
    --- stderr
    note: removed “Nobody is in danger and nobody is comfortable,”, Broken cable leaves western Azores on a satellite thread
    ");
    let again = home.run(["bookmarks", "remove", first]);
    assert_eq!(again.status, Some(3));
    assert_eq!(home.run(["bookmarks", "remove", "-q", &second[second.len() - 12..]]).printed(), "");
    assert!(listed(&home).is_empty());
}

#[test]
fn passages_that_are_found_are_saved_even_if_others_are_not() {
    let home = Home::new();
    let ran = add(&home, &["a clinic and a tuna fleet", "no such words", "“NOBODY  is in  danger"]);
    assert_eq!((ran.status, ran.stdout.lines().count()), (Some(1), 2));
    assert_snapshot!(ran.stderr, @"
    error: the article does not have the words “no such words”
    hint: `dateline read SOURCE` shows its words; letter case, white space, quotes and dashes do not matter
    ");
    let quotes: Vec<Value> = listed(&home).iter().map(|row| row["quote"].clone()).collect();
    assert_eq!(quotes, ["a clinic and a tuna fleet", "\"Nobody is in danger"]);
    assert_eq!(add(&home, &["no such words"]).status, Some(1));
    assert_eq!(listed(&home).len(), 2);
}

#[test]
fn words_that_occur_often_are_bookmarked_at_the_first_place() {
    let home = Home::new();
    home.write("story.txt", "The ferry sails at noon. The ferry waits for nobody.");
    let ran = home.run(["bookmarks", "add", "story.txt", "--quote", "the ferry"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), "note: “the ferry” occurs 2 times; the first is used\n"));
    let export = home.run(["bookmarks", "export", "--format", "json"]).json();
    let selectors = &export["first"]["items"][0]["target"]["selector"];
    assert!(selectors.to_string().contains("\"start\":0"), "{selectors}");
}

#[test]
fn a_query_without_matches_fails_and_still_prints_json() {
    let home = Home::new();
    add(&home, &["41 million euros"]).printed();
    assert_eq!(home.run(["bookmarks", "list", "million", "broken"]).status, Some(0));
    let ran = home.run(["bookmarks", "list", "--json", "zeppelin"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), "{\"bookmarks\":[]}\n"));
    let ran = home.run(["bookmarks", "export", "--format", "json", "zeppelin"]);
    assert_eq!((ran.status, &ran.json()["total"]), (Some(1), &0.into()));
}

#[test]
fn an_id_must_be_long_enough_and_the_only_one() {
    let home = Home::new();
    add(&home, &["41 million euros", "2.4 million euros"]).printed();
    let id = listed(&home)[0]["id"].as_str().unwrap().to_owned();
    let start = &id["urn:uuid:".len()..][..8];
    let ran = home.run(["bookmarks", "remove", start]);
    assert_eq!(ran.status, Some(3));
    assert!(ran.stderr.starts_with("error: 2 bookmarks have an id like "), "{ran:?}");
    assert_eq!(home.run(["bookmarks", "remove", &id[id.len() - 3..]]).status, Some(3));
    assert_eq!(listed(&home).len(), 2);
}

#[test]
fn a_corrupted_line_costs_only_itself_and_is_reported_once() {
    let home = Home::new();
    add(&home, &["41 million euros"]).printed();
    let folder = home.data().join("bookmarks");
    fs::write(folder.join("other.jsonl"), "{\"id\": \u{1b}[31m torn\n").unwrap();
    let ran = home.run(["bookmarks", "list", "--json"]);
    assert_eq!((ran.status, ran.json()["bookmarks"].as_array().unwrap().len()), (Some(0), 1));
    assert!(ran.stderr.starts_with("note: 1 entry could not be read: ~/data/bookmarks/other.jsonl line 1"), "{ran:?}");
    assert!(!ran.stderr.contains('\u{1b}'));
    assert_eq!(home.run(["bookmarks", "list"]).stderr, "");
    let doctor = home.run(["doctor"]);
    assert_eq!(doctor.status, Some(1));
    assert!(doctor.stdout.contains("other.jsonl line 1"));
}

#[test]
fn a_data_directory_that_is_a_file_is_an_error_of_the_system() {
    let home = Home::new();
    fs::write(home.data(), "in the way").unwrap();
    let ran = add(&home, &["41 million euros"]);
    assert_snapshot!(ran.transcript(), @"
    exit 4
    --- stdout
    --- stderr
    error: cannot read the folder ~/data/bookmarks: ~/data is in the way and is not a folder
    hint: choose another folder with --data-dir
    ");
    let ran = home.run(["bookmarks", "list", "--json"]);
    assert_eq!((ran.status, &ran.json()["bookmarks"]), (Some(4), &Value::Array(vec![])));
    assert_eq!(ran.json()["error"]["kind"], "io");
}

#[test]
fn two_programs_adding_at_once_lose_nothing() {
    let home = Home::new();
    let quotes = ["41 million euros", "2.4 million euros", "35 percent", "384 inhabitants"];
    let children: Vec<_> = quotes
        .iter()
        .map(|quote| home.command(["bookmarks", "add", CABLE, "--quote", quote]).spawn().unwrap())
        .collect();
    let ids: BTreeSet<String> = children
        .into_iter()
        .map(|child| home.outcome(child.wait_with_output().unwrap()).printed().trim().to_owned())
        .collect();
    let kept: BTreeSet<String> = listed(&home).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!((kept.len(), &kept), (quotes.len(), &ids));
    let names = Home::names(&home.data().join("bookmarks"));
    assert_eq!(names.iter().filter(|name| name.contains(".jsonl")).count(), 1, "one device has one log: {names:?}");
}

/// A limit on the size of files stops a write in its middle, as a full disk does, and needs no disk of its own.
#[test]
fn a_log_that_cannot_grow_is_reported_and_keeps_only_whole_lines() {
    let home = Home::new();
    let article = home.write("article.txt", "Rents fell\n\nRents fell in May. Nobody knows why. The mayor smiled.\n");
    let article = article.to_str().unwrap();
    let saved = home.run(["bookmarks", "add", article, "--quote", "Nobody knows why."]).printed();
    let log = home.data().join("bookmarks").join(&Home::names(&home.data().join("bookmarks"))[0]);
    let before = fs::read(&log).unwrap();
    for blocks in 0..=before.len() * 3 / 2 / 512 {
        let ran = home.run_script(&format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" bookmarks add '{article}' --quote 'The mayor'"
        ));
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(4), ""), "{blocks}: {ran:?}");
        assert!(ran.stderr.contains("cannot write") && ran.stderr.contains("hint: "), "{ran:?}");
    }
    let added = home.run(["bookmarks", "add", article, "--quote", "The mayor"]).printed();
    let ids: Vec<String> = listed(&home).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, [saved.trim(), added.trim()]);
    assert!(fs::read(&log).unwrap().starts_with(&before));
}
