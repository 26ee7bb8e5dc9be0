//! From the beginning of an article, which a feed has, to all of it, which its page has: whether the page is worth taking.

use std::collections::HashSet;
use std::fmt;

use crate::article::Article;
use crate::intake::PageKind;
use crate::text::index_words::index_words;
use crate::text::reading_time::words;

/// Why the page of an article is not taken in place of what the feed has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFullText {
    /// The site asks whether a human reads.
    Challenge,
    /// The site asks for an account.
    LogIn,
    /// There is no article on it.
    NoArticle,
    /// It is about something else: the site leads elsewhere.
    AnotherArticle,
    /// It has no more words than the feed.
    NoLonger,
}

impl NoFullText {
    /// Whether asking again later may help: the site is in the way, and not what it has.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Challenge | Self::LogIn)
    }
}

impl fmt::Display for NoFullText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Challenge => "the site blocks readers",
            Self::LogIn => "the site asks for an account",
            Self::NoArticle => "there is no article on its page",
            Self::AnotherArticle => "its page is about something else",
            Self::NoLonger => "its page has no more of it",
        })
    }
}

/// The part of the words of a headline and a beginning that at least stands on the right page. Feeds have headlines and
/// summaries of their own, but what an article is about has the same names everywhere.
const SHARED: f64 = 0.3;

/// Words from which on they say anything about what an article is about.
const TELLING: usize = 4;

/// The whole article: the words of its page, under the name, headline, writer and day that the feed gives it, so that it
/// stays the same article in the list.
///
/// # Errors
/// Why the feed's text is the better one.
pub fn full_text(feed: &Article, page: &Article, kind: PageKind) -> Result<Article, NoFullText> {
    match kind {
        PageKind::Challenge => return Err(NoFullText::Challenge),
        PageKind::LogIn => return Err(NoFullText::LogIn),
        PageKind::Index | PageKind::SearchResults | PageKind::Other => return Err(NoFullText::NoArticle),
        PageKind::Article => {}
    }
    if words(page.body.as_str()) <= words(feed.body.as_str()) {
        return Err(NoFullText::NoLonger);
    }
    let wanted: HashSet<String> =
        index_words(&format!("{}\n{}", feed.title, feed.body.as_str())).into_iter().map(|word| word.folded).collect();
    let found: HashSet<String> =
        index_words(&format!("{}\n{}", page.title, page.body.as_str())).into_iter().map(|word| word.folded).collect();
    let shared = wanted.intersection(&found).count();
    if wanted.len() >= TELLING && (shared as f64) < wanted.len() as f64 * SHARED {
        return Err(NoFullText::AnotherArticle);
    }
    Ok(Article {
        id: feed.id.clone(),
        title: feed.title.clone(),
        byline: feed.byline.clone().or_else(|| page.byline.clone()),
        published: feed.published.or(page.published),
        source: feed.source.clone().or_else(|| page.source.clone()),
        url: feed.url.clone().or_else(|| page.url.clone()),
        language: page.language.clone().or_else(|| feed.language.clone()),
        body: page.body.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::SourceId;
    use crate::intake::{Hints, read};

    fn article(text: &str, source: &str) -> Article {
        let hints = Hints {
            id: Some(SourceId::from_iri(format!("https://example.org/{source}"))),
            name: Some("a.md".to_owned()),
            source: Some(source.to_owned()),
            ..Hints::default()
        };
        read(text.as_bytes(), &hints).unwrap()
    }

    #[test]
    fn the_page_gives_the_words_and_the_feed_the_name() {
        let feed = article("# Rain in Ghent\n\nIt rained in Ghent on Monday, the mayor said…\n", "feed");
        let page =
            article("# It rained all day\n\nIt rained in Ghent on Monday, the mayor said. Nobody minded.\n", "site");
        let full = full_text(&feed, &page, PageKind::Article).unwrap();
        assert_eq!((&full.id, &full.title, &full.source), (&feed.id, &feed.title, &feed.source));
        assert_eq!(full.body, page.body);
    }

    #[test]
    fn a_page_that_has_less_or_something_else_is_not_taken() {
        let feed = article("# Rain in Ghent\n\nIt rained in Ghent on Monday, the mayor said.\n", "feed");
        let shorter = article("# Rain in Ghent\n\nIt rained.\n", "site");
        assert_eq!(full_text(&feed, &shorter, PageKind::Article), Err(NoFullText::NoLonger));
        let other = article(
            "# Subscribe today\n\nOur newsletter brings you recipes, puzzles and offers from our partners every week, \
             for less than you would think possible.\n",
            "site",
        );
        assert_eq!(full_text(&feed, &other, PageKind::Article), Err(NoFullText::AnotherArticle));
        for (kind, why) in [
            (PageKind::Challenge, NoFullText::Challenge),
            (PageKind::LogIn, NoFullText::LogIn),
            (PageKind::Index, NoFullText::NoArticle),
            (PageKind::Other, NoFullText::NoArticle),
        ] {
            assert_eq!(full_text(&feed, &other, kind), Err(why));
        }
    }

    #[test]
    fn a_headline_alone_is_found_on_its_page() {
        let feed = article("# 雨\n", "feed");
        let page = article("# 雨が降った\n\n月曜日に雨が降った。\n", "site");
        assert!(full_text(&feed, &page, PageKind::Article).is_ok());
    }
}
