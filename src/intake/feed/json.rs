//! JSON Feed (versions 1.0 and 1.1, <https://www.jsonfeed.org/version/1.1/>), and what is close to it.
//!
//! Nothing is required but that it is an object with items: a number that should be a text is one, and what is of another
//! kind than it should be is left out.

use jiff::Timestamp;
use serde_json::Value;

use super::draft::{Bases, Draft, Written};
use super::plain::{line, line_of_html, looks_like_html, unescaped};
use super::{Feed, FeedHints, Markup, dates};
use crate::text::language::tag;

/// Entries of one feed, at most.
const MAX_ENTRIES: usize = 20_000;

/// Reads a feed.
///
/// # Errors
/// What it is instead, as a sentence.
pub(super) fn read(words: &str, hints: &FeedHints, now: Timestamp) -> Result<Feed, String> {
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let parsed = serde_json::from_str(words).or_else(|error: serde_json::Error| {
        // It was cut off: what stands before the cut is closed.
        let whole = if error.is_eof() { mended(words) } else { None };
        whole.and_then(|whole| serde_json::from_str(&whole).ok()).ok_or(error)
    });
    let feed: Value = parsed.map_err(|error| format!("this begins as JSON, but is not: {error}"))?;
    let items = feed.get("items").and_then(Value::as_array);
    let is_named = text(&feed, "version").is_some_and(|version| version.contains("jsonfeed.org"));
    let Some(items) = items.map(Vec::as_slice).or_else(|| is_named.then_some(&[][..])) else {
        return Err("this is JSON, but no JSON Feed".to_owned());
    };
    let address = hints.address.as_deref();
    let home = written(&feed, "home_page_url").and_then(|home| Bases { address, ..Bases::default() }.resolve(&home));
    let bases = Bases { address, home: home.as_deref(), is_atom: false };
    let language = text(&feed, "language").as_deref().and_then(tag);
    let authors = authors(&feed);
    let entries = items.iter().filter(|item| item.is_object()).take(MAX_ENTRIES);
    let entries = entries.map(|item| {
        let mut entry = draft(item, now);
        entry.add_authors(1, authors.clone());
        entry.language.offer(1, language.clone());
        entry.into_entry(bases)
    });
    Ok(Feed {
        title: text(&feed, "title").as_deref().and_then(line),
        url: written(&feed, "feed_url").and_then(|url| bases.resolve(&url)),
        language: language.clone(),
        entries: entries.collect(),
        home,
        ..Feed::default()
    })
}

fn draft(item: &Value, now: Timestamp) -> Draft {
    let mut entry = Draft::default();
    let date = |key: &str| text(item, key).and_then(|date| dates::read(&date, now));
    let title = text(item, "title").filter(|title| !title.is_empty());
    // Titles are text; many writers do not know it.
    entry.title.offer(
        0,
        title
            .and_then(|title| if looks_like_html(&title) { line_of_html(&title).map(unescaped) } else { line(&title) }),
    );
    entry.link.offer(0, written(item, "url"));
    entry.link.offer(1, written(item, "external_url"));
    entry.id.offer(0, text(item, "id").filter(|id| !id.trim().is_empty()));
    entry.published.offer(0, date("date_published"));
    entry.updated.offer(0, date("date_modified"));
    entry.language.offer(0, text(item, "language").as_deref().and_then(tag));
    let markup = |key: &str, is_html| {
        let source = text(item, key).filter(|words| !words.trim().is_empty())?;
        Some(Markup { source, is_html, base: None })
    };
    // Summaries are text, too.
    let summary = markup("summary", false);
    entry.summary.offer(0, summary.map(|words| Markup { is_html: looks_like_html(&words.source), ..words }));
    entry.content.offer(0, markup("content_html", true));
    entry.content.offer(1, markup("content_text", false));
    entry.add_authors(0, authors(item));
    for tag in list(item, "tags") {
        entry.add_category(tag.as_str().and_then(line).unwrap_or_default());
    }
    for file in list(item, "attachments") {
        let length = text(file, "size_in_bytes");
        if let Some(place) = written(file, "url") {
            entry.add_enclosure(place, text(file, "mime_type").as_deref(), length.as_deref());
        }
    }
    entry
}

/// The names of `authors`, or of `author` as in version 1.0.
fn authors(value: &Value) -> Vec<String> {
    let one = value.get("author").into_iter();
    let name = |author: &Value| {
        let name = text(author, "name").or_else(|| author.as_str().map(str::to_owned));
        name.as_deref().and_then(line)
    };
    let names: Vec<String> = list(value, "authors").filter_map(name).collect();
    if names.is_empty() { one.filter_map(name).collect() } else { names }
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn written(value: &Value, key: &str) -> Option<Written> {
    let address = text(value, key).filter(|address| !address.trim().is_empty())?;
    Some(Written { address, base: None })
}

/// A document that was cut off, without what was not finished: up to the last object in a list of the outermost object, and
/// closed.
fn mended(words: &str) -> Option<String> {
    let (mut depth, mut is_text, mut is_escaped, mut end) = (0_usize, false, false, None);
    for (at, byte) in words.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if byte == b'}' && depth == 2 {
                    end = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    Some(format!("{}]}}", words.get(..end?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(words: &str) -> Result<Feed, String> {
        let hints = FeedHints { address: Some("https://gazette.example/feed.json".to_owned()), charset: None };
        read(words, &hints, "2026-11-28T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn both_versions_are_read() {
        let feed = feed(
            r#"{"version": "https://jsonfeed.org/version/1", "title": "Gazette", "home_page_url": "/", "language": "en",
            "author": {"name": "Ana"}, "items": [
            {"id": 7, "url": "a.html", "title": "A &amp; B", "content_html": "<p>Words</p>", "summary": "Short",
             "date_published": "2026-03-02T08:00:00Z", "authors": [{"name": "Tom"}, {"name": "Li"}], "tags": ["sea", 1],
             "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}]},
            {"id": "8", "content_text": "a < b", "external_url": "https://b.example/"}, 5]}"#,
        )
        .unwrap();
        assert_eq!((feed.title.as_deref(), feed.home.as_deref()), (Some("Gazette"), Some("https://gazette.example/")));
        let [a, b] = feed.entries.as_slice() else { panic!("two entries: {feed:?}") };
        assert_eq!((a.guid.as_deref(), a.title.as_deref()), (Some("7"), Some("A & B")));
        assert_eq!(a.url.as_deref(), Some("https://gazette.example/a.html"));
        assert_eq!(
            (a.authors.as_slice(), a.categories.as_slice()),
            (&["Tom".to_owned(), "Li".to_owned()][..], &["sea".to_owned()][..])
        );
        assert_eq!(
            a.enclosures.first().map(|file| (file.url.as_str(), file.length)),
            Some(("https://gazette.example/a.mp3", Some(9)))
        );
        assert_eq!(
            (b.authors.first().map(String::as_str), b.url.as_deref()),
            (Some("Ana"), Some("https://b.example/"))
        );
        assert!(b.content.as_ref().is_some_and(|content| !content.is_html && content.source == "a < b"));
    }

    #[test]
    fn a_feed_that_was_cut_off_keeps_its_whole_items() {
        let whole = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "}", "tags": ["a"]}, {"id": "2", "title": "b"}, {"id": "3", "ti"#;
        assert_eq!(feed(whole).unwrap().entries.len(), 2);
    }

    #[test]
    fn other_json_is_no_feed() {
        for words in ["{}", "[1]", "{\"items\": 5}", "{", "{\"a\": nope}"] {
            assert!(feed(words).is_err(), "{words}");
        }
    }
}
