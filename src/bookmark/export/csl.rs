//! The articles as CSL-JSON (<https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>), for reference
//! managers: one item per article, however many bookmarks it has.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use super::articles::{ArticleBookmarks, by_article};
use crate::bookmark::Bookmark;
use crate::text::sanitize::one_line;

/// Words left out of a citation key.
const STOP_WORDS: [&str; 20] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "how", "in", "is", "of", "on", "the", "to", "was",
    "what", "why", "with",
];
/// Last words of bylines that do not name people.
const ORGANISATION_WORDS: [&str; 22] = [
    "agencies",
    "agency",
    "board",
    "correspondent",
    "correspondents",
    "desk",
    "editorial",
    "editors",
    "magazine",
    "news",
    "newsroom",
    "post",
    "press",
    "reporter",
    "reporters",
    "reuters",
    "service",
    "staff",
    "team",
    "times",
    "wire",
    "writers",
];
/// Most words of a name.
const MAX_NAME_WORDS: usize = 4;
/// Longest part of a citation key, in characters.
const MAX_KEY_PART: usize = 24;

/// An array of items, sorted by the articles' headlines.
pub fn csl<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> Value {
    let mut taken = HashSet::new();
    by_article(bookmarks).iter().map(|article| item(article, &mut taken)).collect()
}

fn item(article: &ArticleBookmarks<'_>, taken: &mut HashSet<String>) -> Value {
    let source = article.source;
    let authors: Vec<Value> = source.creators.iter().flat_map(|byline| authors(&one_line(byline))).collect();
    let publisher = source.publisher.as_deref().map(one_line).filter(|publisher| !publisher.is_empty());
    let published = source.published.as_deref().map(one_line).filter(|published| !published.is_empty());
    // Without a publication or a web address it may be anything.
    let is_news = publisher.is_some() || source.web_address().is_some();
    let mut item = Map::new();
    let mut put = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    put("type", if is_news { "article-newspaper" } else { "document" }.into());
    put("title", article.title.clone().into());
    put("id", key(article, &authors, taken).into());
    put("author", authors.into());
    if let Some(publisher) = publisher {
        put("container-title", publisher.into());
    }
    match (source.published_on(), published) {
        (Some(day), _) => put("issued", json!({ "date-parts": [[day.year(), day.month(), day.day()]] })),
        (None, Some(published)) => put("issued", json!({ "raw": published })),
        (None, None) => {}
    }
    if let Some(first) = article.bookmarks.iter().filter_map(|bookmark| bookmark.made()).min() {
        // In UTC, so that it is the same on every machine.
        let parts: Vec<i64> =
            first.strftime("%Y-%-m-%-d").to_string().split('-').filter_map(|part| part.parse().ok()).collect();
        put("accessed", json!({ "date-parts": [parts] }));
    }
    if let Some(url) = article.url() {
        put("URL", url.into());
    }
    if let Some(language) = &source.language {
        put("language", one_line(language).into());
    }
    Value::Object(item)
}

/// The people in a byline; one that cannot be split into given and family names stays whole.
fn authors(byline: &str) -> Vec<Value> {
    let byline = byline.strip_prefix("By ").or_else(|| byline.strip_prefix("by ")).unwrap_or(byline);
    let names = byline.replace(" and ", ",").replace(" & ", ",");
    let names: Vec<&str> = names.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let split: Option<Vec<Value>> = names.iter().map(|name| person(name)).collect();
    match split {
        Some(people) => people,
        None if byline.trim().is_empty() => Vec::new(),
        None => vec![json!({ "literal": byline })],
    }
}

fn person(name: &str) -> Option<Value> {
    let words: Vec<&str> = name.split(' ').collect();
    let is_name = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
    let is_capitalised = |word: &str| word.starts_with(char::is_uppercase);
    let (first, last) = (words.first()?, words.last()?);
    let is_organisation = ORGANISATION_WORDS.contains(&last.to_lowercase().as_str());
    if !(2..=MAX_NAME_WORDS).contains(&words.len()) || is_organisation || !words.iter().all(|word| is_name(word)) {
        return None;
    }
    if !is_capitalised(first) || !is_capitalised(last) {
        return None;
    }
    // Lower-case words before the last name belong to it: Vincent van Gogh.
    let family = words.iter().skip(1).position(|word| !is_capitalised(word)).map_or(words.len() - 1, |at| at + 1);
    let (given, family) = words.split_at_checked(family)?;
    Some(json!({ "family": family.join(" "), "given": given.join(" ") }))
}

/// Author, year and first word, as in `reed2026rents`, with a number if that key is taken.
fn key(article: &ArticleBookmarks<'_>, authors: &[Value], taken: &mut HashSet<String>) -> String {
    let first = authors.first();
    let named = first.and_then(|author| author.get("family").or_else(|| author.get("literal"))?.as_str());
    let author = ascii_key(named.or(article.source.publisher.as_deref()).unwrap_or_default());
    let year = article.source.published_on().map(|day| day.year().to_string()).unwrap_or_default();
    let words = article.title.split(' ').map(ascii_key).filter(|word| !word.is_empty());
    let word = words.clone().find(|word| !STOP_WORDS.contains(&word.as_str())).or_else(|| words.clone().next());
    let key = format!("{author}{year}{}", word.unwrap_or_default());
    let key = if key.is_empty() { "article".to_owned() } else { key };
    let mut unique = key.clone();
    let mut number = 2_usize;
    while !taken.insert(unique.clone()) {
        unique = format!("{key}-{number}");
        number += 1;
    }
    unique
}

/// The lower-case ASCII letters and digits of `words`, without accents, at most [`MAX_KEY_PART`].
fn ascii_key(words: &str) -> String {
    words.nfkd().filter(char::is_ascii_alphanumeric).take(MAX_KEY_PART).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_split_into_people_or_stay_whole() {
        for (byline, wanted) in [
            ("Ana Reed", json!([{"family": "Reed", "given": "Ana"}])),
            (
                "By Ana M. Reed and Jan van der Berg",
                json!([
                    {"family": "Reed", "given": "Ana M."}, {"family": "van der Berg", "given": "Jan"}
                ]),
            ),
            ("Example Wire", json!([{"literal": "Example Wire"}])),
            ("Ana Reed, Example Wire", json!([{"literal": "Ana Reed, Example Wire"}])),
            ("Madonna", json!([{"literal": "Madonna"}])),
            ("ana@example.com x", json!([{"literal": "ana@example.com x"}])),
            ("", json!([])),
        ] {
            assert_eq!(Value::from(authors(byline)), wanted, "{byline}");
        }
    }
}
