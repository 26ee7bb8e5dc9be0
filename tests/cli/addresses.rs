//! One page, many spellings of its address: passages, articles and names on the command line find one another.

use serde_json::Value;

use crate::program::Home;

/// A passage that a service kept of the page at an address, with the white space of its markup.
fn passage(address: &str) -> String {
    let exact = r"\n   The ferry left at dawn\n      without its captain.\n";
    format!(
        r#"{{"rows":[{{"id":"F1","uri":"{address}","created":"2026-02-03T00:00:00+00:00","updated":"2026-02-03T00:00:00+00:00",
        "text":"","tags":[],"document":{{"title":["Quite another headline | Harbour"]}},"target":[{{"source":"{address}",
        "selector":[{{"type":"TextQuoteSelector","exact":"{exact}","prefix":"Fog lay on the sound. ","suffix":" Nobody"}}]}}]}}]}}"#
    )
}

fn article(address: &str, words: &str) -> String {
    format!("---\ntitle: The ferry\nurl: {address}\n---\nFog lay on the sound. {words} Nobody noticed.\n")
}

/// The state of the passage of one address in the article with another; none if it is not found there at all.
fn located(of_passage: &str, of_article: &str, words: &str) -> Option<String> {
    let home = Home::new();
    home.write("passages.json", passage(of_passage));
    home.write("ferry.md", article(of_article, words));
    assert_eq!(home.run(["bookmarks", "import", "passages.json"]).status, Some(0));
    let found = home.run(["bookmarks", "locate", "ferry.md", "--json"]).json();
    let found = found["bookmarks"].as_array().unwrap().clone();
    assert!(found.len() <= 1, "{found:?}");
    found.first().map(|row| row["state"].as_str().unwrap().to_owned())
}

const WORDS: &str = "The ferry left at dawn without its captain.";

#[test]
fn a_passage_is_found_whichever_way_the_address_of_its_page_is_written() {
    for (of_passage, of_article) in [
        ("https://harbour.example/ferry", "https://harbour.example/ferry"),
        ("https://harbour.example/ferry?utm_source=a&utm_medium=b", "https://harbour.example/ferry"),
        ("https://harbour.example/ferry", "https://harbour.example/ferry?utm_source=rss&fbclid=1#comments"),
        ("https://harbour.example/ferry/", "http://www.harbour.example/ferry"),
        ("http://harbour.example:80/ferry", "https://harbour.example:443/ferry"),
        ("https://Harbour.Example/%66erry", "https://harbour.example/./ferry/"),
        ("https://harbour.example/f?b=2&a=1", "https://harbour.example/f?a=1&gclid=x&b=2"),
        ("https://harbour.example/f%c3%a4hre", "https://harbour.example/fähre"),
    ] {
        assert_eq!(located(of_passage, of_article, WORDS).as_deref(), Some("anchored"), "{of_passage} in {of_article}");
    }
}

#[test]
fn a_passage_of_another_page_is_not_even_if_its_words_are_there() {
    for (of_passage, of_article) in [
        ("https://harbour.example/ferry", "https://harbour.example/Ferry"),
        ("https://harbour.example/ferry", "https://harbour.example/ferry/index.html"),
        ("https://harbour.example/ferry", "https://m.harbour.example/ferry"),
        ("https://harbour.example/ferry?page=1", "https://harbour.example/ferry?page=2"),
        ("https://harbour.example/ferry", "https://harbour.example:8443/ferry"),
        ("https://harbour.example/#/ferry", "https://harbour.example/#/quay"),
    ] {
        assert_eq!(located(of_passage, of_article, WORDS), None, "{of_passage} in {of_article}");
    }
}

#[test]
fn a_passage_whose_words_are_gone_is_an_orphan_of_its_article() {
    let other = "There was no wind. Rain fell in the north.";
    let state = located("http://harbour.example/ferry/", "https://www.harbour.example/ferry?utm_campaign=z", other);
    assert_eq!(state.as_deref(), Some("orphan"));
}

#[test]
fn a_clipping_has_its_address_its_writers_and_its_passages() {
    let home = Home::new();
    home.write(
        "clip.md",
        "---\ntitle: The ferry\nsource: \"https://harbour.example/ferry?utm_source=clipper\"\nauthor:\n  - \"[[Ida Holm]]\"\n  \
         - \"[[people/Per Vik|Per Vik]]\"\npublished: 2026-02-02\n---\nFog lay on the sound. The ferry left at dawn without its \
         captain.\n",
    );
    home.write("passages.json", passage("http://harbour.example/ferry/"));
    assert_eq!(home.run(["bookmarks", "import", "passages.json"]).status, Some(0));
    let read = home.run(["read", "--json", "clip.md"]).json();
    let read = &read["article"];
    assert_eq!((&read["byline"], &read["source"]), (&Value::from("Ida Holm and Per Vik"), &Value::Null));
    assert_eq!(read["url"], "https://harbour.example/ferry?utm_source=clipper", "as it came");
    let found = home.run(["bookmarks", "locate", "clip.md", "--json"]).json();
    assert_eq!(found["bookmarks"][0]["state"], "anchored");
}

#[test]
fn an_article_is_named_by_any_spelling_of_its_address() {
    let home = Home::new();
    home.write("news/ferry.md", article("https://harbour.example/ferry", WORDS));
    home.write("news/quay.md", article("https://harbour.example/quay", "The quay was dry."));
    assert_eq!(home.run(["add", "news"]).status, Some(0));
    let marked = home.run(["mark", "read", "http://www.harbour.example/ferry/?utm_source=mail#top"]);
    assert_eq!(marked.printed(), "1 article marked as read\n");
    let list = home.run(["list", "--json", "is:read"]).json();
    assert_eq!((&list["total"], &list["articles"][0]["url"]), (&1.into(), &"https://harbour.example/ferry".into()));
    let after = home.run(["list", "--json", "--after", "http://harbour.example/ferry?fbclid=1"]).json();
    assert_eq!(after["articles"][0]["url"], "https://harbour.example/quay");
    assert_eq!(home.run(["mark", "read", "https://harbour.example/pier"]).status, Some(3));
    assert_eq!(home.run(["remove", "harbour.example/ferry"]).status, Some(3), "that is a path");
    assert_eq!(home.run(["remove", "https://harbour.example/ferry#x"]).printed(), "1 article removed\n");
    let gone = home.run(["mark", "star", "https://harbour.example/ferry"]);
    assert!(gone.status == Some(3) && gone.stderr.contains("was removed from the library"), "{gone:?}");
}
