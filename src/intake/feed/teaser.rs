//! Tells entries that hold only the beginning of an article.

use super::{FeedEntry, Markup, plain};

/// Words of the longest teaser that says so at its end.
const LONGEST: usize = 400;

/// Words of the longest summary that cannot be a whole article.
const SHORT: usize = 120;

/// How a text ends that goes on elsewhere, in lower case, without arrows and brackets around it.
const GOES_ON: [&str; 22] = [
    "…",
    "...",
    "read more",
    "read on",
    "read the full article",
    "read full article",
    "read the full story",
    "read the rest of this entry",
    "read the original article",
    "continue reading",
    "keep reading",
    "more",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "seguir leyendo",
    "leggi tutto",
    "continua a leggere",
    "lees verder",
    "leia mais",
];

/// Whether the feed has only the beginning of the article, as far as can be told: its words end as a text does that goes
/// on elsewhere, or there is a short summary and nothing else. What has no page, or is to be heard, is whole.
pub fn is_teaser(entry: &FeedEntry) -> bool {
    let is_heard = entry.enclosures.iter().any(|file| {
        file.media_type.as_deref().is_some_and(|kind| kind.starts_with("audio/") || kind.starts_with("video/"))
    });
    if entry.url.is_none() || is_heard {
        return false;
    }
    let words = |markup: &Option<Markup>| markup.as_ref().and_then(plain::text).unwrap_or_default();
    let (content, summary) = (words(&entry.content), words(&entry.summary));
    let body = if content.len() >= summary.len() { &content } else { &summary };
    let (body, is_announced) = without_footer(body);
    let count = body.split_whitespace().count();
    if count == 0 {
        return true;
    }
    let is_short = count < SHORT;
    goes_on(body) && count <= LONGEST || is_short && (is_announced || content.is_empty())
}

/// The text without the line with which `WordPress` ends what it sends to readers.
fn without_footer(body: &str) -> (&str, bool) {
    let (before, last) = body.rsplit_once("\n\n").unwrap_or(("", body));
    if is_footer(last) { (before, true) } else { (body, false) }
}

/// Whether a paragraph is that line: "The post … appeared first on …".
pub(super) fn is_footer(paragraph: &str) -> bool {
    let lower = paragraph.trim().to_lowercase();
    let has = |start: &str, middle: &str| lower.starts_with(start) && lower.contains(middle);
    paragraph.len() < 500
        && (has("the post ", " appeared first on ")
            || has("the post ", " first appeared on ")
            || has("der beitrag ", " erschien zuerst auf ")
            || has("l’article ", " est apparu en premier sur ")
            || has("l'article ", " est apparu en premier sur ")
            || has("la entrada ", " se publicó primero en ")
            || has("l'articolo ", " proviene da "))
}

fn goes_on(body: &str) -> bool {
    let around =
        |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '→' | '»' | '›' | '>' | '&' | '\u{a0}');
    let end: String = body.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let end = end.to_lowercase();
    let end = end.trim_end_matches(around);
    GOES_ON.iter().any(|sign| {
        end.strip_suffix(sign).is_some_and(|before| {
            // "more" alone is a link only where it stands alone.
            !sign.starts_with(char::is_alphabetic)
                || before.ends_with(['\n', '.', '…', '[', '(', '!', '?'])
                || before.trim_end().ends_with(['.', '…', '!', '?', '[', '('])
                || before.trim().is_empty()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str, content: &str) -> FeedEntry {
        let markup = |words: &str| {
            let markup = Markup { source: words.to_owned(), is_html: true, base: None };
            Some(markup).filter(|markup| !markup.source.is_empty())
        };
        FeedEntry {
            url: Some("https://a.example/".to_owned()),
            summary: markup(summary),
            content: markup(content),
            ..FeedEntry::default()
        }
    }

    #[test]
    fn a_text_that_goes_on_elsewhere_is_a_teaser() {
        let long = "The harbour was closed on Monday. ".repeat(40);
        for (summary, content) in [
            ("A short summary.", ""),
            ("", ""),
            ("", "<p>The harbour was closed […]</p>"),
            ("", "<p>The harbour was closed.</p><p><a href='x'>Read more »</a></p>"),
            ("", "<p>It rains. <a href='x'>Weiterlesen</a></p>"),
            ("", "<p>It rains.</p><p>The post <a>Rain</a> appeared first on <a>Gazette</a>.</p>"),
            (&format!("{long} Read more"), ""),
        ] {
            assert!(is_teaser(&entry(summary, content)), "{summary} {content}");
        }
        for (summary, content) in [
            ("", "<p>It rains.</p>"),
            ("Short.", &*long),
            (&*long, ""),
            ("", "<p>We want more</p>"),
            ("", &*format!("{long}<p>The post <a>Rain</a> appeared first on <a>Gazette</a>.</p>")),
        ] {
            assert!(!is_teaser(&entry(summary, content)), "{summary} {content}");
        }
        let linkless = FeedEntry { url: None, ..entry("Short.", "") };
        assert!(!is_teaser(&linkless));
    }
}
