//! The line below the writer of an article that came from a feed.

use crate::article::{Article, BlockKind};
use crate::feed::{FromFeed, described};

/// What stands below the writer of an article that came from a feed: the day it came out, if its words do not say it, and what is not seen of
/// them.
pub(super) fn note(article: &Article, from_feed: &FromFeed, play: &str) -> Option<String> {
    let has_date = article.body.blocks().iter().any(|block| matches!(block.kind, BlockKind::Dateline));
    let day = article.published.filter(|_| !has_date).map(|published| published.day.strftime("%-d %B %Y").to_string());
    let changed = from_feed.is_changed.then(|| "changed since it came".to_owned());
    let also = (from_feed.feeds > 1).then(|| format!("in {} feeds", from_feed.feeds));
    let heard = from_feed.playable().map(|file| format!("♪ {} · {play} plays it", described(file)));
    let parts: Vec<String> = [day, changed, also, heard].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Published, SourceId, Text};
    use crate::feed::FeedText;
    use crate::intake::feed::Enclosure;

    #[test]
    fn what_is_not_seen_of_an_article_from_a_feed_is_told_in_one_line() {
        let mut article = Article {
            id: SourceId::of_web("https://example.org/a"),
            title: "Rain".into(),
            byline: None,
            published: None,
            source: None,
            url: None,
            language: None,
            body: Text::new(String::new(), vec![], vec![]),
        };
        let mut from_feed =
            FromFeed { text: FeedText::All, is_changed: false, feeds: 1, comments: None, enclosures: Vec::new() };
        assert_eq!(note(&article, &from_feed, "P"), None);
        (from_feed.is_changed, from_feed.feeds) = (true, 3);
        assert_eq!(note(&article, &from_feed, "P").as_deref(), Some("changed since it came · in 3 feeds"));
        let sound =
            Enclosure { url: "https://example.org/a".into(), media_type: Some("audio/mpeg".into()), length: None };
        from_feed.enclosures.push(sound);
        assert_eq!(
            note(&article, &from_feed, "P").as_deref(),
            Some("changed since it came · in 3 feeds · ♪ sound · P plays it")
        );
        article.published = Published::parse("2026-11-20T18:00:00Z");
        from_feed = FromFeed { is_changed: false, feeds: 1, ..from_feed };
        assert_eq!(note(&article, &from_feed, "P").as_deref(), Some("20 November 2026 · ♪ sound · P plays it"));
    }
}
