//! `docs/json.md` and what is printed name the same fields.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::program::Home;

const DOCUMENT: &str = include_str!("../../docs/json.md");

/// The part of the document under a heading that begins so.
fn section(heading: &str) -> &'static str {
    let start = DOCUMENT.find(&format!("## {heading}")).unwrap();
    let part = &DOCUMENT[start..];
    part.find("\n## ").map_or(part, |end| &part[..end])
}

/// The names of all fields, however deep.
fn fields(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            into.insert(name.clone());
            fields(value, into);
        }),
        Value::Array(list) => list.iter().for_each(|value| fields(value, into)),
        _ => {}
    }
}

/// The fields a section names: those of its examples, and the first column of its tables of fields.
fn documented(section: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut in_table = false;
    for line in section.lines() {
        in_table = line.starts_with("| field |") || in_table && line.starts_with('|');
        let column = line.split('|').nth(1).filter(|_| in_table).unwrap_or_default();
        let paths = column.split('`').skip(1).step_by(2);
        names.extend(paths.filter_map(|path| path.rsplit('.').next()).map(str::to_owned));
        let keys = line.match_indices("\":").filter_map(|(end, _)| line[..end].rsplit('"').next());
        names.extend(keys.map(str::to_owned));
    }
    names
}

fn same(heading: &str, printed: &[Value]) {
    let mut found = BTreeSet::new();
    for value in printed {
        fields(value, &mut found);
    }
    let mut wanted = documented(section(heading));
    wanted.extend(documented(section("Failures")));
    assert_eq!(found, wanted, "{heading}: on the left what is printed, on the right what docs/json.md names");
}

#[test]
fn every_printed_field_is_documented_and_every_documented_field_is_printed() {
    let home = Home::new();
    let json = |words: &[&str]| home.run(words).json();
    fs::create_dir(home.data()).unwrap();
    fs::write(home.data().join("entities.tsv"), "follow\tperson\tHelena Brum\n").unwrap();
    let entities = json(&["entities", "--json", "--text", "edition:02-azores-cable", "nowhere.txt"]);
    same("`dateline entities", &[entities]);

    home.write("page.md", "---\ntitle: Rents\n---\n## May\n\n- [fell](https://a.example)\n\n```sh\nls\n```\n");
    same("`dateline read", &[json(&["read", "--json", "page.md"]), json(&["read", "--json", "nowhere.md"])]);

    home.write(
        "feed.xml",
        "<rss><channel><item><title>Rents</title><enclosure url='https://a.example/a.mp3'/></item></channel></rss>",
    );
    let shown = [json(&["feeds", "show", "--json", "feed.xml"]), json(&["feeds", "show", "--json", "page.md"])];
    same("`dateline feeds show", &shown);

    home.run(["add", "page.md"]).printed();
    let listed = [json(&["list", "--json"]), json(&["list", "--json", "is:none"])];
    same("`dateline list", &listed);

    home.write("story.txt", "Rents fell\n\nRents fell for a third month.\n");
    home.run(["bookmarks", "add", "story.txt", "--quote", "for a third month"]).printed();
    let list = [json(&["bookmarks", "list", "--json"]), json(&["bookmarks", "list", "--json", "color:none"])];
    same("`dateline bookmarks list", &list);
    let locate = ["bookmarks", "locate", "--json"];
    let locate = [json(&[&locate[..], &["story.txt"]].concat()), json(&[&locate[..], &["none.txt"]].concat())];
    same("`dateline bookmarks locate", &locate);
}

#[test]
fn every_kind_of_failure_is_in_the_list() {
    let home = Home::new();
    home.write("empty.txt", "");
    home.write("feed.xml", "<rss version='2.0'><channel></channel></rss>");
    home.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    fs::create_dir(home.path("work/nothing")).unwrap();
    for source in ["nowhere", "empty.txt", "feed.xml", "picture.png", "/dev/null", "ftp://a.example", "edition:99"] {
        let ran = home.run(["entities", "--json", source]);
        let kind = ran.json()["error"]["kind"].as_str().unwrap().to_owned();
        let row = section("Failures").lines().find(|line| {
            let column = line.split('|').nth(1).unwrap_or_default();
            column.split('`').any(|word| word == kind)
        });
        let status = row.unwrap_or_else(|| panic!("{kind} is not in docs/json.md")).split('|').nth(3).unwrap().trim();
        assert_eq!(Some(status), ran.status.map(|status| status.to_string()).as_deref(), "{source}: {kind}");
    }
}
