//! A self-contained web page: no script, no other files, nothing fetched.

use std::fmt::Write;

use super::articles::{ArticleBookmarks, by_article};
use super::fragment::at_passage;
use crate::bookmark::Bookmark;
use crate::text::sanitize::{one_line, sanitize};

/// The policy forbids everything but the inline style, in case an escape is ever forgotten.
const HEAD: &str = r#"<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Passages</title>
<style>
body { max-width: 38em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 serif; }
article { margin: 2em 0; }
blockquote { margin: 0; }
mark { color: #111; background: #ddd; }
mark.yellow { background: #fff3a3; }
mark.green { background: #c5eec0; }
mark.blue { background: #c3e0fb; }
mark.pink { background: #fbcfe0; }
mark.orange { background: #fdd9a8; }
mark.purple { background: #e2d0f7; }
</style>
</head>
<body>
"#;

/// The bookmarks as a page, by article.
pub fn html<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> String {
    let mut page = String::from(HEAD);
    for article in by_article(bookmarks) {
        for bookmark in &article.bookmarks {
            // Writing to a string cannot fail.
            passage(&mut page, &article, bookmark).unwrap_or_default();
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn passage(page: &mut String, article: &ArticleBookmarks<'_>, bookmark: &Bookmark) -> std::fmt::Result {
    let url = article.url();
    write!(page, "<article id=\"p-{}\">", bookmark.id().short())?;
    let cite = url.as_deref().map(|url| format!(" cite=\"{}\"", escape(url))).unwrap_or_default();
    if bookmark.quote().is_some() {
        let color = if bookmark.color().is_known() { bookmark.color().name() } else { "grey" };
        let words = lines(bookmark.words());
        writeln!(page, "<blockquote{cite}><mark class=\"{color}\">{words}</mark></blockquote>")?;
    } else {
        writeln!(page, "<blockquote{cite}>at: {}</blockquote>", lines(bookmark.words()))?;
    }
    if let Some(note) = bookmark.note() {
        write!(page, "<p>{}</p>", lines(note))?;
    }
    if !bookmark.tags().is_empty() {
        let tags: Vec<String> = bookmark.tags().iter().map(|tag| format!("#{}", escape(&one_line(tag)))).collect();
        write!(page, "<p>{}</p>", tags.join(" "))?;
    }
    let title = escape(&article.title);
    let title = match url {
        Some(url) => format!("<a href=\"{}\">{title}</a>", escape(&at_passage(&url, bookmark))),
        None => title,
    };
    let day = article
        .source
        .published_on()
        .map(|day| format!("<time datetime=\"{day}\">{}</time>", day.strftime("%-d %b %Y")));
    let known = [
        Some(title),
        article.byline().map(|byline| escape(&byline)),
        article.source.publisher.as_deref().map(|publisher| escape(&one_line(publisher))),
        day,
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    writeln!(page, "<p>{}</p></article>", known.join(", "))
}

/// Escapes words for use in an element or an attribute.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 16);
    for c in sanitize(words).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The same with line breaks kept.
fn lines(words: &str) -> String {
    escape(words.trim()).replace('\n', "<br>")
}
