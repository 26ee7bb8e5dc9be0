//! Whether a feed has all of an article, or only its beginning.

use super::from_feed::is_recording;
use crate::article::Article;
use crate::intake::feed::FeedEntry;
use crate::text::reading_time::words;

/// With more words than this a description is an article: teasers are a paragraph or two.
const LONG: usize = 200;
/// With more words than this a text is whole, however it ends.
const LONGEST: usize = 400;
/// Characters at the end of a text that are looked at: more than the longest sign has, with what stands around it.
const END: usize = 60;

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

/// Whether the words of an entry are only the beginning of its article, as far as can be told: they end as a text does that
/// goes on elsewhere, or there is no more than a short description. What has no page has no more words either, and what is
/// to be heard is described, not begun.
pub fn is_teaser(entry: &FeedEntry, article: &Article) -> bool {
    if entry.url.is_none() || entry.enclosures.iter().any(is_recording) {
        return false;
    }
    let text = article.body.as_str();
    let count = words(text);
    (count <= LONGEST && goes_on(text)) || (entry.content.is_none() && count < LONG)
}

/// Whether a text ends as one does that goes on elsewhere.
fn goes_on(text: &str) -> bool {
    let around =
        |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '→' | '»' | '›' | '>' | '&' | '\u{a0}');
    let start = text.char_indices().rev().take(END).last().map_or(0, |(at, _)| at);
    let end = text.get(start..).unwrap_or_default().to_lowercase();
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
    use crate::article::{SourceId, Text};
    use crate::intake::feed::{Enclosure, Markup};

    fn entry(has_content: bool, url: Option<&str>) -> FeedEntry {
        let content = has_content.then(Markup::default);
        FeedEntry { url: url.map(str::to_owned), content, ..FeedEntry::default() }
    }

    fn article(text: &str) -> Article {
        Article {
            id: SourceId::of_web("https://example.org/a"),
            title: "A title".to_owned(),
            byline: None,
            published: None,
            source: None,
            url: None,
            language: None,
            body: Text::new(text.to_owned(), Vec::new(), Vec::new()),
        }
    }

    fn is_teaser_of(text: &str, has_content: bool, url: Option<&str>) -> bool {
        is_teaser(&entry(has_content, url), &article(text))
    }

    #[test]
    fn what_breaks_off_or_is_a_short_description_is_a_beginning() {
        let url = Some("https://example.org/a");
        for end in [
            "It rained…",
            "It rained ...",
            "It rained [...]",
            "Rain. Read more",
            "Rain. Continue reading →",
            "Rain. Weiterlesen »",
            "The harbour is closed […]",
            "It rained.\nRead the full story >>",
            "It rained (more…)",
            "Rain! More",
        ] {
            assert!(is_teaser_of(end, true, url), "{end}");
            assert!(!is_teaser_of(end, true, None), "{end}");
        }
        assert!(is_teaser_of("It rained.", false, url));
        assert!(!is_teaser_of("It rained.", true, url));
        assert!(!is_teaser_of(&"It rained. ".repeat(200), false, url));
        assert!(!is_teaser_of("", true, url));
        assert!(!is_teaser_of("We want more", true, url));
        assert!(!is_teaser_of(&format!("{} What then…", "It rained. ".repeat(200)), true, url));
    }

    #[test]
    fn what_is_to_be_heard_is_described_and_not_begun() {
        let with_file = |media_type: &str| {
            let file = Enclosure { media_type: Some(media_type.to_owned()), ..Enclosure::default() };
            FeedEntry { enclosures: vec![file], ..entry(false, Some("https://example.org/a")) }
        };
        assert!(!is_teaser(&with_file("Audio/MPEG"), &article("We talk of rain.")));
        assert!(is_teaser(&with_file("image/png"), &article("We talk of rain.")));
    }
}
