//! Queries of the command line: what means nothing is refused with its place, and never means everything.

use insta::assert_snapshot;

use crate::program::Home;

/// A home with one bookmark.
fn with_a_bookmark() -> Home {
    let home = Home::new();
    home.write("rents.txt", "Rents fell\n\nRents fell for a third month in Leith.\n");
    home.run(["bookmarks", "add", "rents.txt", "--quote", "for a third month"]).printed();
    home
}

#[test]
fn a_query_that_means_nothing_is_refused_with_its_place_and_a_hint() {
    let home = with_a_bookmark();
    let told: Vec<String> = [
        "state:foo",
        "third before:tomorrow",
        "after:2026-13-40",
        "color:",
        "color:pikn",
        "colr:pink",
        "author:Reed",
        "note: by hand",
        "third \"month",
        "#",
        "\"\"",
        "",
        "   ",
    ]
    .into_iter()
    .map(|query| {
        let ran = home.run(["bookmarks", "list", query]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{query}: {ran:?}");
        for format in ["markdown", "json", "csv", "spreadsheet", "org", "html", "csl"] {
            let exported = home.run(["bookmarks", "export", "--format", format, query]);
            assert_eq!((exported.status, exported.stdout.as_str()), (Some(2), ""), "{query}: {exported:?}");
            assert_eq!(exported.stderr, ran.stderr);
        }
        let file = home.path("work/out.md");
        let written = home.run(["bookmarks", "export", "--format", "markdown", "--into", "out.md", query]);
        assert!(written.status == Some(2) && !file.exists(), "{query}: {written:?}");
        format!("$ dateline bookmarks list {query:?}\n{}", ran.stderr)
    })
    .collect();
    assert_snapshot!("bad-queries", told.join("\n"));
}

#[test]
fn a_bad_query_prints_json_that_says_so() {
    let home = with_a_bookmark();
    let ran = home.run(["bookmarks", "list", "--json", "third", "state:orphn"]);
    assert_eq!(ran.status, Some(2));
    let printed = ran.json();
    assert_eq!(printed["bookmarks"], serde_json::json!([]));
    assert_eq!(printed["error"]["kind"], "usage");
    assert!(printed["error"]["message"].as_str().unwrap().contains("“state:orphn” at character 7"), "{printed}");
    assert!(printed["error"]["hint"].as_str().unwrap().contains("did you mean state:orphan?"), "{printed}");
}

#[test]
fn a_valid_query_finds_what_matches() {
    let home = with_a_bookmark();
    for query in ["third", "state:unchecked", "state:u", "after:2d", "before:2999-12-31", "color:y", "\"third month\""]
    {
        let ran = home.run(["bookmarks", "list", query]);
        assert!(ran.status == Some(0) && ran.stdout.contains("third month"), "{query}: {ran:?}");
    }
    for query in ["fourth", "state:orphan", "before:2001", "color:pink", "http://example.com"] {
        let ran = home.run(["bookmarks", "list", query]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""), "{query}: {ran:?}");
        assert!(ran.stderr.contains("no bookmark matches"), "{query}: {ran:?}");
    }
}

#[test]
fn a_colour_of_another_program_can_be_asked_for() {
    let home = Home::new();
    let line = r#"{"type":"Annotation","id":"urn:uuid:0198d9a2-7c6e-7f00-8f43-1f0f3c2b7a10","created":"2026-01-02T03:04:05Z","stylesheet":"a","target":{"styleClass":"teal","source":"https://example.com/a","selector":{"type":"TextQuoteSelector","exact":"the ferry"}}}"#;
    home.write("teal.json", line);
    assert_eq!(home.run(["bookmarks", "import", "teal.json"]).status, Some(0));
    let listed = home.run(["bookmarks", "list", "--json"]).json();
    assert_eq!(listed["bookmarks"][0]["color"], "teal");
    assert_eq!(home.run(["bookmarks", "list", "color:teal"]).status, Some(0));
    assert_eq!(home.run(["bookmarks", "list", "color:mauve"]).status, Some(2));
}

#[test]
fn what_is_bookmarked_can_be_marked_and_tagged() {
    let home = with_a_bookmark();
    home.write("other.txt", "Another\n\nNobody keeps any of this.\n");
    home.run(["add", "rents.txt", "other.txt"]).printed();
    // Nothing else has told the library of the bookmark.
    assert_eq!(home.run(["mark", "star", "is:bookmarked"]).printed(), "1 article starred\n");
    home.run(["bookmarks", "add", "other.txt", "--quote", "Nobody keeps"]).printed();
    assert_eq!(home.run(["tag", "kept", "is:bookmarked"]).printed(), "2 articles tagged kept\n");
}

#[test]
fn words_are_found_in_scripts_that_have_no_blanks() {
    let home = Home::new();
    home.write("harbour.txt", "港口新闻\n\n昨天的天气很好。渔民们在东京湾发现了一条旧电缆。没有人知道它是谁的。\n");
    home.write("cable.txt", "海底ケーブル\n\n朝の海は静かだった。船は港で海底ケーブルを修理した。夜に出た。\n");
    home.write("thai.txt", "ข่าวท่าเรือ\n\nชาวประมงพบสายเคเบิลเก่าในทะเล\n");
    home.run(["add", "harbour.txt", "cable.txt", "thai.txt"]).printed();
    for (query, sentence) in [
        ("电缆", "渔民们在东京湾发现了一条旧电缆。"),
        ("\"东京湾\"", "渔民们在东京湾发现了一条旧电缆。"),
        ("修理 港", "船は港で海底ケーブルを修理した。"),
        ("สายเคเบิล", "ชาวประมงพบสายเคเบิลเก่าในทะเล"),
    ] {
        let printed = home.run(["search", query]).printed();
        assert!(printed.lines().count() == 2 && printed.contains(sentence), "{query}: {printed}");
    }
    // Characters in another order are other words.
    assert_eq!(home.run(["search", "缆电"]).status, Some(1));
}
