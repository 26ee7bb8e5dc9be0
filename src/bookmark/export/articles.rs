//! Groups bookmarks by article, in an order that depends on nothing else.

use std::collections::BTreeMap;

use crate::article::SourceId;
use crate::bookmark::{Bookmark, SourceMetadata};
use crate::text::sanitize::one_line;

/// An article and its bookmarks.
pub(super) struct ArticleBookmarks<'a> {
    /// What is known of it.
    pub(super) source: &'a SourceMetadata,
    /// Its headline on one line, or its IRI if it has none.
    pub(super) title: String,
    /// In the order of their positions; never empty.
    pub(super) bookmarks: Vec<&'a Bookmark>,
}

impl ArticleBookmarks<'_> {
    /// Who wrote it, on one line.
    pub(super) fn byline(&self) -> Option<String> {
        self.source.byline().map(|byline| one_line(&byline)).filter(|byline| !byline.is_empty())
    }

    /// Its web address.
    pub(super) fn url(&self) -> Option<String> {
        self.source.web_address().map(one_line)
    }
}

/// The articles, sorted by headline and IRI.
pub(super) fn by_article<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> Vec<ArticleBookmarks<'a>> {
    let mut articles: BTreeMap<&SourceId, Vec<&Bookmark>> = BTreeMap::new();
    for bookmark in bookmarks {
        articles.entry(bookmark.source_id()).or_default().push(bookmark);
    }
    let mut marked: Vec<ArticleBookmarks<'_>> = articles
        .into_values()
        .filter_map(|mut bookmarks| {
            bookmarks.sort_by_key(|bookmark| (bookmark.position(), bookmark.created(), bookmark.id()));
            // The latest revision knows the article best.
            let source = bookmarks.iter().max_by_key(|bookmark| (bookmark.modified(), bookmark.id()))?.source();
            let title = Some(one_line(&source.title)).filter(|title| !title.is_empty());
            let title = title.unwrap_or_else(|| one_line(source.id.as_str()));
            Some(ArticleBookmarks { source, title, bookmarks })
        })
        .collect();
    marked.sort_by(|one, other| (&one.title, &one.source.id).cmp(&(&other.title, &other.source.id)));
    marked
}
