//! `dateline add`, `list`, `remove`, `mark` and `tag`: what is added is listed, and what is done to it stays.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::program::{Home, Outcome};

const RENTS: &str = "---\ntitle: Rents slide again\nauthor: Ana Reed\ndate: 2007-10-15T08:30:00+02:00\n\
    source: The Atlantic Ledger\nurl: https://ledger.example/rents\n---\n\nRents fell for a third month in Leith.\n";
const CABLE: &str =
    "---\ntitle: A cable breaks\ndate: 2007-10-14\n---\n\nNobody is in danger, and nobody is comfortable.\n";
const FOEHN: &str = "---\ntitle: ＷＩＤＥ 風が吹く町 The warm wind that comes down from the mountains and keeps a whole \
    town awake\ndate: 2007-10-13\nsource: A gazette with a name that is longer than its stories\n---\n\nIt is warm.\n";

/// A home with a folder of three articles and an empty file, which were added.
fn with_articles() -> Home {
    let home = Home::new();
    home.write("news/rents.md", RENTS);
    home.write("news/cable.md", CABLE);
    home.write("news/more/foehn.md", FOEHN);
    assert_eq!(done(home.run(["add", "news"])), "Added 3 articles from news\nnews is looked at again at each start\n");
    home
}

fn done(ran: Outcome) -> String {
    ran.printed()
}

fn listed(home: &Home, query: &[&str]) -> Vec<String> {
    let ran = home.run(["list", "--json"].iter().chain(query));
    let title = |article: &Value| article["title"].as_str().unwrap().chars().take(16).collect();
    ran.json()["articles"].as_array().unwrap().iter().map(title).collect()
}

#[test]
fn before_anything_is_added_the_list_is_empty_and_nothing_is_made() {
    let home = Home::new();
    home.write("story.txt", "A title\n\nWords.\n");
    assert_eq!(home.run(["list"]).printed(), "");
    assert_eq!(home.run(["list", "--json"]).printed(), "{\"total\":0,\"articles\":[]}\n");
    assert_eq!(home.run(["list", "title"]).status, Some(1));
    for words in [
        &["list", "--after", "story.txt"][..],
        &["remove", "story.txt"],
        &["mark", "read", "story.txt"],
        &["tag", "river", "story.txt"],
        &["add", "nowhere.txt"],
    ] {
        assert_eq!(home.run(words).status, Some(3), "{words:?}");
    }
    assert!(Home::names(&home.data()).is_empty());
}

#[test]
fn the_list_as_a_table_and_as_json() {
    let home = with_articles();
    done(home.run(["mark", "read", "news/cable.md"]));
    done(home.run(["mark", "star", "news/rents.md", "news/cable.md"]));
    done(home.run(["tag", "Housing", "news/rents.md"]));
    done(home.run(["bookmarks", "add", "news/rents.md", "--quote", "third month"]));
    let table = home.run(["list"]).printed();
    let widest = table.lines().map(unicode_columns).max();
    assert_eq!(widest, Some(80), "{table}");
    assert_snapshot!("list", table);
    let json = home.run(["list", "--json"]).json();
    assert_snapshot!("list-json", serde_json::to_string_pretty(&json).unwrap());
}

/// Columns of a line in which only the wide letters of the test are wide.
fn unicode_columns(line: &str) -> usize {
    line.chars().map(|c| if c >= '\u{3000}' { 2 } else { 1 }).sum()
}

#[test]
fn a_list_is_walked_a_page_at_a_time() {
    let home = with_articles();
    let first = home.run(["list", "--limit", "2"]);
    assert_eq!((first.status, first.stdout.lines().count()), (Some(0), 2));
    assert!(first.stderr.contains("1 more follow; `--limit` prints more, `--after file://"), "{first:?}");
    let page = home.run(["list", "--json", "--limit", "2"]).json();
    assert_eq!(page["total"], 3);
    let last = page["articles"][1]["id"].as_str().unwrap();
    // The home directory is shortened in what the tests see.
    let last = last.replace('~', home.path("").canonicalize().unwrap().to_str().unwrap().trim_end_matches('/'));
    let rest = home.run(["list", "--json", "--after", &last]).json();
    assert_eq!((&rest["total"], rest["articles"].as_array().unwrap().len()), (&Value::from(3), 1));
    assert_eq!(listed(&home, &["--after", "news/more/foehn.md"]), [""; 0]);
    assert_eq!(home.run(["list", "--json", "--limit", "0"]).printed(), "{\"total\":3,\"articles\":[]}\n");
    assert_eq!(listed(&home, &["--limit", "18446744073709551615"]).len(), 3);
    let unknown = home.run(["list", "--json", "--after", "edition:none"]);
    assert_eq!((unknown.status, &unknown.json()["error"]["kind"]), (Some(3), &Value::from("bad-input")));
}

#[test]
fn a_query_narrows_the_list_and_a_bad_one_is_refused() {
    let home = with_articles();
    for (query, found) in [
        (&["rents"][..], 1),
        (&["source:gazette"], 1),
        (&["is:unread", "slide"], 1),
        (&["--", "-rents"], 2),
        (&["after:2007-10-14"], 2),
        (&["file:foehn"], 1),
    ] {
        assert_eq!(listed(&home, query).len(), found, "{query:?}");
    }
    let none = home.run(["list", "--json", "zeppelin"]);
    assert_eq!((none.status, none.stdout.as_str()), (Some(1), "{\"total\":0,\"articles\":[]}\n"));
    let bad = [
        "is:unred",
        "sorce:ledger",
        "\"rents",
        " ",
        "(rents",
        "rents or",
        "a - b",
        "()",
        "entity:\"Ann Reed\"",
        "after:soon",
    ];
    let told: Vec<String> = bad
        .into_iter()
        .map(|query| {
            let ran = home.run(["list", query]);
            assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{query}");
            let marked = home.run(["mark", "read", query]);
            assert_eq!((marked.status, &marked.stderr), (ran.status, &ran.stderr), "{query}");
            assert_eq!(home.run(["list", "--json", query]).json()["error"]["kind"], "usage");
            format!("$ dateline list {query:?}\n{}", ran.stderr)
        })
        .collect();
    assert_snapshot!("list-bad-queries", told.join("\n"));
    assert_eq!(home.run(["list", "is:read"]).status, Some(1), "nothing was marked by what means nothing");
}

#[test]
fn a_search_prints_the_sentences_and_its_json_is_that_of_the_list() {
    let home = with_articles();
    let found = home.run(["search", "rents -zeppelin"]);
    assert_eq!(found.status, Some(0), "{found:?}");
    let lines: Vec<&str> = found.stdout.lines().collect();
    assert!(lines.len() > 1 && lines[1].starts_with("               "), "{found:?}");
    assert!(lines[1].to_lowercase().contains("rents"), "{found:?}");
    assert!(lines.iter().all(|line| unicode_columns(line) <= 80), "{found:?}");
    let [searched, listed] = ["search", "list"].map(|verb| home.run([verb, "--json", "rents"]).printed());
    assert_eq!(searched, listed);
    assert_eq!(home.run(["search", "--", "-rents"]).stdout.lines().count(), 2, "there is no sentence to show");
    for (query, status) in [("zeppelin", 1), ("is:unred", 2), ("\"", 2), (" ", 2)] {
        let ran = home.run(["search", query]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(status), ""), "{query}: {ran:?}");
    }
    assert_eq!(home.run(["search"]).status, Some(2));
    assert_eq!(home.run(["search", "--after", "edition:none", "rents"]).status, Some(3));
}

#[test]
fn what_is_added_twice_is_there_once_and_each_failure_is_named() {
    let home = with_articles();
    assert_eq!(done(home.run(["add", "news"])), "Added nothing from news; 3 articles are there already\n");
    home.write("news/empty.txt", "");
    home.write("feed.xml", "<rss version='2.0'><channel></channel></rss>");
    let ran = home.run(["add", "nowhere.txt", "news", "feed.xml", "edition:02-azores-cable", "ftp://a.example/b"]);
    assert_snapshot!("add-failures", ran.transcript());
    assert_eq!(home.run_with_input(&["add", "-"], "From a pipe\n\nThese words came.\n").printed(), "Added 1 article\n");
    assert_eq!(home.run_with_input(&["add", "-"], "").status, Some(3));
    assert_eq!(listed(&home, &[]).len(), 5);
    assert_eq!(home.run(["add", "-q", "news/rents.md"]).printed(), "");
}

#[test]
fn what_was_removed_comes_back_by_name_and_only_then() {
    let home = with_articles();
    assert_eq!(done(home.run(["remove", "news/rents.md"])), "1 article removed\n");
    assert_eq!(listed(&home, &[]).len(), 2);
    assert_eq!(
        done(home.run(["add", "news"])),
        "Added nothing from news; 2 articles are there already; 1 article stays removed until added by name\n"
    );
    for words in [&["remove", "news/rents.md"][..], &["mark", "star", "news/rents.md"], &["remove", "nowhere", "./x"]] {
        let ran = home.run(words);
        assert_eq!(ran.status, Some(3), "{ran:?}");
        assert!(ran.stderr.contains("dateline add"), "{ran:?}");
    }
    assert_eq!(done(home.run(["add", "news/rents.md"])), "Brought back 1 article\n");
    assert_eq!(listed(&home, &["rents"]).len(), 1);
}

#[test]
fn a_removed_folder_takes_its_articles_along_and_brings_them_back() {
    let home = with_articles();
    home.write("other.txt", "Another\n\nOther words.\n");
    done(home.run(["add", "other.txt"]));
    done(home.run(["bookmarks", "add", "news/rents.md", "--quote", "third month"]));
    // One of its files is gone, and its words are not.
    fs::remove_file(home.path("work/news/cable.md")).unwrap();
    assert_eq!(done(home.run(["remove", "news"])), "3 articles removed\n~/work/news is no longer looked at\n");
    assert_eq!(listed(&home, &[]), ["Another"]);
    assert_eq!(home.run(["bookmarks", "list"]).printed().lines().count(), 2);
    assert_eq!(home.run(["remove", "news"]).status, Some(3));
    assert_eq!(
        done(home.run(["add", "news"])),
        "Brought back 2 articles from news\nnews is looked at again at each start\n"
    );
    assert_eq!(done(home.run(["remove", "news/more"])), "1 article removed\n");
    fs::remove_dir_all(home.path("work/news")).unwrap();
    assert_eq!(done(home.run(["remove", "news"])), "1 article removed\n~/work/news is no longer looked at\n");
}

#[test]
fn marks_and_tags_say_how_many_and_name_what_is_not_there() {
    let home = with_articles();
    let id = home.run(["list", "--json", "rents"]).json()["articles"][0]["id"].as_str().unwrap().to_owned();
    let id = id.replace('~', home.path("").canonicalize().unwrap().to_str().unwrap().trim_end_matches('/'));
    let told: Vec<String> = [
        &["mark", "star", "news/rents.md", "news/rents.md"][..],
        &["mark", "star", "is:unread"],
        &["mark", "unstar", "cable", "breaks"],
        &["mark", "read", "news/more/"],
        &["mark", "read", "news/cable.md", "news/none.md", "edition:01-welcome"],
        &["mark", "unread", "zeppelin"],
        &["mark", "unread", "./news/none.md"],
        &["tag", "#Old News", "is:read"],
        &["tag", "old-news", "news/rents.md", "news/cable.md"],
        &["tag", "-OLD-NEWS", "tag:old"],
        &["tag", "-old-news", "news/rents.md"],
        &["tag", "#", "news/rents.md"],
    ]
    .into_iter()
    .map(|words| format!("$ dateline {}\n{}", words.join(" "), home.run(words).transcript()))
    .collect();
    assert_snapshot!("marks", told.join("\n"));
    assert_eq!(done(home.run(["mark", "read", &id])), "1 article marked as read\n");
    assert_eq!(listed(&home, &["is:starred"]).len(), 2);
    assert_eq!(listed(&home, &["is:read"]).len(), 3);
}

#[test]
fn a_name_that_is_a_file_is_no_query_and_words_are_no_folder() {
    let home = with_articles();
    // A file of that name is here, and an article has the word: the file is meant, and is not in the library.
    home.write("rents", "Other words\n\nMore of them.\n");
    assert_eq!(home.run(["mark", "read", "rents"]).status, Some(3));
    // A folder of that name is here, and is not meant: no article has the word.
    assert_eq!(home.run(["mark", "read", "more"]).status, Some(1));
    assert_eq!(listed(&home, &["is:unread"]).len(), 3);
}

#[test]
fn a_library_that_is_deleted_gets_everything_back_from_the_logs() {
    let home = with_articles();
    done(home.run(["mark", "star", "rents"]));
    done(home.run(["mark", "read", "cable"]));
    done(home.run(["tag", "wind", "news/more/foehn.md"]));
    done(home.run(["remove", "news/cable.md"]));
    for name in Home::names(&home.data()).iter().filter(|name| name.starts_with("library.db")) {
        fs::remove_file(home.data().join(name)).unwrap();
    }
    let added = done(home.run(["add", "news"]));
    assert!(added.starts_with("Added 2 articles from news; 1 article stays removed"), "{added}");
    assert_eq!(listed(&home, &["is:starred"]), ["Rents slide agai"]);
    assert_eq!(listed(&home, &["tag:wind"]).len(), 1);
    done(home.run(["add", "news/cable.md"]));
    assert_eq!(listed(&home, &["is:read"]), ["A cable breaks"]);
}

#[test]
fn a_library_of_a_newer_version_is_read_and_not_changed() {
    let home = with_articles();
    let database = rusqlite::Connection::open(home.data().join("library.db")).unwrap();
    database.pragma_update(None, "user_version", 1_000_000).unwrap();
    drop(database);
    assert_eq!(home.run(["list"]).printed().lines().count(), 3);
    for words in [["add", "news"], ["remove", "news"]] {
        let ran = home.run(words);
        assert_eq!(ran.status, Some(4), "{ran:?}");
        assert!(ran.stderr.contains("newer version") && ran.stderr.contains("update dateline"), "{ran:?}");
    }
}

#[test]
fn several_programs_at_once_lose_nothing_of_each_other() {
    let home = with_articles();
    let start = |words: &[&str]| home.command(words).spawn().unwrap();
    let running = [
        start(&["mark", "star", "is:unread"]),
        start(&["tag", "river", "is:unread"]),
        start(&["tag", "bridge", "is:unread"]),
        start(&["mark", "read", "news/rents.md"]),
    ];
    for program in running {
        let ran = home.outcome(program.wait_with_output().unwrap());
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    }
    // The last may have come before the others, and its article was then not unread.
    for query in ["is:starred", "tag:river", "tag:bridge"] {
        assert!(listed(&home, &["is:unread", query]).len() == 2, "{query}");
    }
    assert_eq!(listed(&home, &["is:read"]), ["Rents slide agai"]);
}
