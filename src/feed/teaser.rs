//! Whether a feed has all of an article, or only its beginning.

use crate::article::Article;
use crate::intake::feed::FeedEntry;
use crate::text::reading_time::words;

/// With more words than this a description is an article: teasers are a paragraph or two.
const LONG: usize = 200;
/// How a beginning ends, in lower case: what publishing software writes there.
const ENDINGS: [&str; 9] =
    ["…", "...", "[…]", "[...]", "(…)", "read more", "continue reading", "weiterlesen", "lire la suite"];
/// More characters than the longest of them has.
const END: usize = 24;

/// Whether the words of an entry are only the beginning of its article, as far as can be told: they break off, or there is
/// no more than a short description. What has no page has no more words either.
pub fn is_teaser(entry: &FeedEntry, article: &Article) -> bool {
    if entry.url.is_none() {
        return false;
    }
    let is_arrow = |c: char| c.is_whitespace() || "→»›>".contains(c);
    let text = article.body.as_str().trim_end_matches(is_arrow);
    let start = text.char_indices().rev().take(END).last().map_or(0, |(at, _)| at);
    let end = text.get(start..).unwrap_or_default().to_lowercase();
    let breaks_off = ENDINGS.iter().any(|sign| end.ends_with(sign));
    breaks_off || (entry.content.is_none() && words(article.body.as_str()) < LONG)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SourceId, Text};
    use crate::intake::feed::Markup;

    fn is_teaser_of(text: &str, has_content: bool, url: Option<&str>) -> bool {
        let entry = FeedEntry {
            url: url.map(str::to_owned),
            content: has_content.then(Markup::default),
            ..FeedEntry::default()
        };
        let article = Article {
            id: SourceId::of_web("https://example.org/a"),
            title: "A title".to_owned(),
            byline: None,
            published: None,
            source: None,
            url: None,
            language: None,
            body: Text::new(text.to_owned(), Vec::new(), Vec::new()),
        };
        is_teaser(&entry, &article)
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
        ] {
            assert!(is_teaser_of(end, true, url), "{end}");
            assert!(!is_teaser_of(end, true, None), "{end}");
        }
        assert!(is_teaser_of("It rained.", false, url));
        assert!(!is_teaser_of("It rained.", true, url));
        assert!(!is_teaser_of(&"It rained. ".repeat(200), false, url));
        assert!(!is_teaser_of("", true, url));
    }
}
