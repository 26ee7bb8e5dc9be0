//! What `bookmarks export --format markdown` makes of words that mean something to a program that reads notes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::program::Home;

/// Notes and passages that must be nothing but words.
const WORDS: [&str; 22] = [
    "due:: tomorrow, as they say",
    "so [due:: today] and (due:: now) and a::b::c",
    "<% tp.file.create_new('x') %> and <%* await x %>",
    "{{date}} {{{ raw }}} {% include x %} {# note #}",
    "a %% comment %% of 5 % or 100%%",
    "see [[Home]] and ![[secret.png]] or [x](javascript:alert(1)) ![y](z)",
    "#tag and a#tag, ## two",
    "ends with a block ^abc123",
    "> [!note] a callout",
    "```dataviewjs dv.pages() ``` and `= this.x`",
    "<script>alert(1)</script> <!-- gone --> <b>&amp;</b>",
    "==marked== ~~struck~~ **bold** __bold__ $x^2$ ~sub~ ^sup^",
    "((64a1f0c2-11aa)) and {{query (todo)}}",
    "---",
    "- [ ] a task",
    "1. a list, 2) too",
    ": a definition",
    "|a|b|\\ \\- \\\\",
    "https://example.com/a_b*c and www.example_x.org/~y::z and http://plain.example/a?b=c",
    "[^1] and [^note]: x",
    "+++ toml +++",
    "+ plus = equals === and 10:30 a.m. (so) it's 5 > 4 & 3 < 4",
];

/// The words of list items as a reader of Markdown shows them, with every extension but the one that sets other quotes.
fn shown(page: &str) -> Vec<String> {
    let (mut items, mut open): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    for event in Parser::new_ext(page, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        let words = match event {
            Event::Start(Tag::Item) => {
                open.push(items.len());
                items.push(String::new());
                continue;
            }
            Event::End(TagEnd::Item) => {
                open.pop();
                continue;
            }
            Event::Start(Tag::Link { .. } | Tag::Paragraph | Tag::List(_)) | Event::End(_) => continue,
            Event::Text(words) => words.into_string(),
            other => format!("{other:?}"),
        };
        if let Some(at) = open.last() {
            items[*at].push_str(&words);
        }
    }
    items
}

#[test]
fn words_are_shown_as_they_are_and_nothing_runs() {
    let home = Home::new();
    let rows = WORDS.iter().enumerate().map(|(number, words)| {
        serde_json::json!({"id": format!("r{number}"), "uri": "https://example.org/a", "text": words, "tags": [],
            "created": "2026-01-01T00:00:00Z", "document": {"title": [format!("{{{{x}}}} <% {} %>", WORDS[number])]},
            "target": [{"selector": [{"type": "TextQuoteSelector", "exact": format!("{words}")}]}]})
    });
    home.write("rows.json", serde_json::json!({"rows": rows.collect::<Vec<_>>()}).to_string());
    let read = home.run(["bookmarks", "import", "rows.json"]);
    assert_eq!(read.status, Some(0), "{read:?}");
    let page = home.run(["bookmarks", "export", "--format", "markdown"]).printed();
    let items = shown(&page);
    for words in WORDS {
        assert!(items.iter().any(|item| item.trim_end() == format!("Note: {words}")), "{words}\n{items:#?}");
        assert!(items.iter().any(|item| item.starts_with(&format!("{words} ("))), "{words}\n{items:#?}");
    }
    let bare = page.split_once("<!-- dateline").unwrap().0;
    for live in ["::", "%%", "<%", "%>", "{{", "}}", "{%", "[[", "((", "=="] {
        assert!(!bare.contains(live), "{live}\n{bare}");
    }
    assert!(bare.lines().all(|line| !line.starts_with("+++") && !line.trim_start().starts_with('>')), "{bare}");
}
