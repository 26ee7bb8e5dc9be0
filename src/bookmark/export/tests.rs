//! What every format promises: its layout, and that hostile words stay words.

use super::*;
use crate::article::TextRange;
use crate::bookmark::tests::{DEVICE, article, made, sample, time};
use crate::bookmark::{Bookmark, Color, Line, read_line};

/// A plain passage with a note and tags, another in the same article, and the place of a file.
fn plain() -> Vec<Bookmark> {
    let text = "Rents fell for a third month, the longest slide since 2019. Analysts had expected a pause.";
    let rents = article("https://example.com/news/2026/11/rents", text);
    let first = Bookmark::passage(made(1, &rents, TextRange::new(0, 59))).unwrap();
    let first = first.with_note("Compare with the Q2 series.", DEVICE, time(9)).unwrap();
    let first = first.with_tags(&["housing", "foreign policy"], DEVICE, time(9)).unwrap();
    let second = Bookmark::passage(made(2, &rents, TextRange::new(60, text.len()))).unwrap();
    let second = second.with_color(Color::Pink, DEVICE, time(9)).unwrap();
    let file = article("file:///notes.txt", "A file without an address.");
    let place = Bookmark::place(made(3, &file, TextRange::at(2))).unwrap();
    vec![second, place, first]
}

/// Words that are markup in one format or another, in every field. Written by another program, so not sanitised yet.
fn hostile() -> Bookmark {
    let words = concat!(
        "</script><script>alert('x')</script>\\n* heading\\n#+end_quote\\n=1+2 \\\"quoted\\\" \\u001b[31mred\\u202egnp.exe ",
        "[[elisp:(x)][y]] <img src=x onerror=y> \\u009b2J\\u2028 🏳️‍🌈 שלום & |pipe| `code` ^p-1"
    );
    let line = format!(
        r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"urn:uuid:00000000-0000-0000-0000-00000000000a",
        "created":"2026-11-23T09:15:04Z","x:{words}":"{words}","body":[{{"type":"TextualBody","purpose":"commenting","value":"{words}"}},
        {{"type":"TextualBody","purpose":"tagging","value":"a\"><b>\n"}}],"target":{{"styleClass":"x\"><script>",
        "source":{{"id":"https://example.com/\"><script>?a=1&b=2 (x)","dc:title":"{words}","dc:creator":["{words}"],"dc:publisher":"{words}","dcterms:issued":"{words}","language":"{words}"}},
        "selector":[{{"type":"TextQuoteSelector","exact":"{words}"}}]}}}}"#
    );
    match read_line(line.replace("\n        ", "").as_bytes()) {
        Line::Record(bookmark) => *bookmark,
        other => panic!("{other:?}"),
    }
}

fn pages(bookmarks: &[Bookmark]) -> String {
    markdown(bookmarks).iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Every format by name.
fn all(bookmarks: &[Bookmark]) -> [(&'static str, String); 7] {
    [
        ("markdown", pages(bookmarks)),
        ("json", format!("{:#}", json(bookmarks))),
        ("csv", csv(bookmarks, Cells::Exact)),
        ("spreadsheet", csv(bookmarks, Cells::Spreadsheet)),
        ("org", org(bookmarks)),
        ("html", html(bookmarks)),
        ("csl", format!("{:#}", csl(bookmarks))),
    ]
}

#[test]
fn every_format_has_its_layout() {
    for (format, text) in all(&plain()) {
        insta::assert_snapshot!(format, text);
    }
}

#[test]
fn hostile_words_stay_words() {
    for (format, text) in all(&[hostile()]) {
        insta::assert_snapshot!(format!("hostile-{format}"), text);
    }
}

#[test]
fn output_is_harmless_to_terminals_and_readers() {
    for (format, text) in all(&[hostile()]) {
        assert_eq!(text, crate::text::sanitize::sanitize(&text), "{format}");
    }
    let page = html(&[hostile()]);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("onerror=y>"), "{page}");
    let outline = org(&[hostile()]);
    assert_eq!(outline.lines().filter(|line| line.starts_with('*')).count(), 2, "{outline}");
    assert_eq!(outline.lines().filter(|line| line.trim_start().starts_with("#+")).count(), 2, "{outline}");
}

#[test]
fn input_order_changes_nothing_but_the_w3c_page() {
    let mut turned = plain();
    turned.reverse();
    for ((format, text), (_, other)) in all(&plain()).into_iter().zip(all(&turned)) {
        assert!(format == "json" || text == other, "{format}");
    }
}

#[test]
fn no_bookmarks_give_an_empty_document() {
    assert_eq!((pages(&[]), org(&[]), csl(&[]).to_string()), (String::new(), String::new(), "[]".to_owned()));
    assert!(html(&[]).ends_with("<body>\n</body>\n</html>\n"));
}

#[test]
fn citation_keys_are_unique() {
    let (one, other) = (sample(1), sample(2));
    let line = other.to_line().replace("https://example.com/a", "https://example.com/b");
    let Line::Record(other) = read_line(line.as_bytes()) else { panic!("{line}") };
    let items = csl([&one, &*other]);
    assert_eq!((items[0]["id"].as_str(), items[1]["id"].as_str()), (Some("reed2026rents"), Some("reed2026rents-2")));
}
