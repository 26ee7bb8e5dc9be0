//! `dateline bookmarks locate`: where the passages of an article are after it was edited.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::program::{Home, Outcome};

const OLD: &str = "Rents slide again\n\nFigures were published on Friday by the state office. Rents fell for a third month, \
    the longest slide since 2019. Analysts had expected a pause after the summer.\n\nTenants in the old town waited for \
    lower bills. Nobody could say when they would come, and the council did not ask.\n\nThe harbour was closed all week.\n";

fn edited() -> String {
    OLD.replace("Figures were", "Updated at noon. Figures were")
        .replace("third month", "fourth month")
        .replace("The harbour was closed all week.", "Trains ran on time.")
}

/// A home with four passages of `story.txt`, which then is edited.
fn home() -> Home {
    let home = Home::new();
    home.write("story.txt", OLD);
    let quotes = [
        "Analysts had expected a pause after the summer.",
        "Rents fell for a third month, the longest slide since 2019.",
        "The harbour was closed all week.",
        "tenants in the old town",
    ];
    let quotes = quotes.iter().flat_map(|quote| ["--quote", quote]);
    let added = home.run(["bookmarks", "add", "story.txt"].into_iter().chain(quotes)).printed();
    assert_eq!(added.lines().count(), 4);
    home
}

fn rows(ran: &Outcome) -> Vec<Value> {
    ran.json()["bookmarks"].as_array().unwrap().clone()
}

fn states(ran: &Outcome) -> Vec<String> {
    rows(ran).iter().map(|row| row["state"].as_str().unwrap().to_owned()).collect()
}

/// Without ids, which differ in every run.
fn settled(mut text: String, home: &Home) -> String {
    for row in rows(&home.run(["bookmarks", "list", "--json"])) {
        let uuid = row["id"].as_str().unwrap().strip_prefix("urn:uuid:").unwrap();
        text = text.replace(uuid, "ID").replace(uuid.split('-').next_back().unwrap(), "SHORT");
    }
    text
}

#[test]
fn passages_of_an_edited_file_are_anchored_approximate_or_orphans() {
    let home = home();
    home.write("story.txt", edited());
    let ran = home.run(["bookmarks", "locate", "story.txt", "--json"]);
    let json = Value::Array(rows(&ran));
    assert_snapshot!("locate-json", settled(serde_json::to_string_pretty(&json).unwrap(), &home));
    assert_snapshot!("locate", settled(home.run(["bookmarks", "locate", "story.txt"]).printed(), &home));
    for row in rows(&ran) {
        let (Some(start), Some(end)) = (row["start"].as_u64(), row["end"].as_u64()) else { continue };
        let words: String = edited().trim().chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(row["text"], words);
    }
    assert_eq!(ran.stdout.lines().count(), 1);
}

#[test]
fn in_the_same_text_everything_is_where_it_was() {
    let home = home();
    let ran = home.run(["bookmarks", "locate", "story.txt", "--json"]);
    assert_eq!(states(&ran), ["anchored"; 4]);
    assert!(rows(&ran).iter().all(|row| row["quote"] == row["text"] && row["score"] == 1.0));
}

#[test]
fn neither_the_library_nor_the_kept_text_is_needed_and_nothing_is_made() {
    let home = home();
    home.write("story.txt", edited());
    let with = states(&home.run(["bookmarks", "locate", "story.txt", "--json"]));
    fs::remove_dir_all(home.data().join("texts")).unwrap();
    let before = Home::names(&home.data());
    assert_eq!(states(&home.run(["bookmarks", "locate", "story.txt", "--json"])), with);
    assert_eq!(Home::names(&home.data()), before);
    let empty = Home::new();
    empty.write("story.txt", OLD);
    assert_eq!(empty.run(["bookmarks", "locate", "story.txt", "--json"]).printed(), "{\"bookmarks\":[]}\n");
    assert_eq!(empty.run(["bookmarks", "locate", "story.txt"]).printed(), "");
    assert!(Home::names(&empty.data()).is_empty());
}

#[test]
fn a_damaged_stored_text_is_reported_and_not_needed() {
    let home = home();
    home.write("story.txt", edited());
    let texts = home.data().join("texts");
    for name in Home::names(&texts) {
        fs::write(texts.join(name), "no text").unwrap();
    }
    let ran = home.run(["bookmarks", "locate", "story.txt", "--json"]);
    assert_eq!((ran.status, rows(&ran).len()), (Some(0), 4));
    assert!(ran.stderr.starts_with("note: an older text could not be used: "), "{ran:?}");
}

#[test]
fn an_old_copy_stands_in_for_the_kept_text_and_for_another_name() {
    let home = home();
    home.write("old.txt", OLD);
    home.write("renamed.txt", edited());
    assert!(rows(&home.run(["bookmarks", "locate", "renamed.txt", "--json"])).is_empty());
    let ran = home.run(["bookmarks", "locate", "renamed.txt", "--previous", "old.txt", "--json"]);
    assert_eq!(states(&ran), ["anchored", "approximate", "orphan", "anchored"]);
    // The very text is enough of a name.
    assert_eq!(states(&home.run(["bookmarks", "locate", "old.txt", "--json"])), ["anchored"; 4]);
}

#[test]
fn what_cannot_be_read_is_an_error_and_still_prints_its_json() {
    let home = home();
    for arguments in [&["nowhere.txt"][..], &["story.txt", "--previous", "nowhere.txt"]] {
        let ran = home.run(["bookmarks", "locate", "--json"].iter().chain(arguments));
        assert_eq!((ran.status, &ran.json()["bookmarks"]), (Some(3), &serde_json::json!([])), "{ran:?}");
        assert_eq!(ran.json()["error"]["kind"], "not-found");
        assert!(ran.stderr.contains("nowhere.txt"));
    }
}

#[test]
fn passages_that_came_without_their_article_are_told_of_too() {
    let home = Home::new();
    let page = |text: &str| format!("---\ntitle: The ferry\nurl: https://example.org/ferry\n---\n{text}\n");
    home.write(
        "ferry.md",
        page("Nobody came. The ferry sailed five hours late because of the storm. The gulls slept."),
    );
    let row = |number: u8, prefix: &str, exact: &str, suffix: &str| {
        format!(
            r#"{{"id": "x{number}", "uri": "https://example.org/ferry", "created": "2026-01-0{number}T00:00:00Z", "text": "",
            "document": {{"title": ["The ferry"]}}, "target": [{{"selector": [{{"type": "TextQuoteSelector",
            "exact": "{exact}", "prefix": "{prefix}", "suffix": "{suffix}"}}]}}]}}"#
        )
    };
    let elsewhere = |row: String| row.replace("org/ferry", "org/tickets");
    let rows = [
        row(1, "Nobody came. ", "The ferry sailed two hours late because of the storm.", " The gulls slept."),
        row(2, "", "Everybody had left the island by then.", ""),
        row(3, "because of the storm. ", "The gulls slept.", ""),
        // Of another page with the same headline: not from here unless it is found here.
        elsewhere(row(4, "", "Tickets were sold out for weeks.", "")),
        elsewhere(row(5, "", "Nobody came.", " The ferry sailed")),
    ];
    home.write("rows.json", format!("{{\"rows\": [{}]}}", rows.join(",")));
    assert_eq!(home.run(["bookmarks", "import", "rows.json"]).status, Some(0));
    let ran = home.run(["bookmarks", "locate", "ferry.md", "--json"]);
    assert_eq!(states(&ran), ["approximate", "orphan", "anchored", "anchored"]);
    let texts: Vec<Option<String>> = rows_text(&ran);
    assert_eq!(texts[0].as_deref(), Some("The ferry sailed five hours late because of the storm."));
    assert_eq!(texts[1], None);
}

fn rows_text(ran: &Outcome) -> Vec<Option<String>> {
    rows(ran).iter().map(|row| row["text"].as_str().map(str::to_owned)).collect()
}
