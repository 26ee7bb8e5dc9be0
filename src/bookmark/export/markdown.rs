//! One Markdown page per article, in the layout of Readwise's Obsidian export: front matter, metadata, highlights.
//!
//! Each highlight is one list item that ends in a block id, by which a later export can find and replace it.

use std::fmt::Write;

use super::articles::{ArticleBookmarks, by_article};
use super::fragment::at_passage;
use super::markdown_escape::{escape, hashtag, link, wiki, yaml};
use crate::article::SourceId;
use crate::bookmark::Bookmark;

/// The page of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownPage {
    /// The article.
    pub source: SourceId,
    /// The page, ending in a line break.
    pub text: String,
    /// Its passages, in order.
    pub passages: Vec<MarkdownItem>,
}

/// The lines of one bookmark in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownItem {
    /// The block id at the end of the first line, without its `^`.
    pub id: String,
    /// Its words; then note and tags, if it has any. Without line breaks.
    pub lines: Vec<String>,
}

/// The bookmarks as pages, sorted by the articles' headlines and ids; within a page by position.
pub fn markdown<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> Vec<MarkdownPage> {
    let articles = by_article(bookmarks);
    articles.iter().map(page).collect()
}

fn page(article: &ArticleBookmarks<'_>) -> MarkdownPage {
    let (title, byline, url) = (&article.title, article.byline(), article.url());
    let mut page = String::new();
    put(&mut page, format_args!("---\ntitle: {}", yaml(title)));
    if let Some(byline) = &byline {
        put(&mut page, format_args!("author: {}", yaml(byline)));
    }
    if let Some(url) = &url {
        put(&mut page, format_args!("url: {}", yaml(url)));
    }
    if let Some(published) = article.source.published_on() {
        put(&mut page, format_args!("published: {published}"));
    }
    put(&mut page, format_args!("---\n# {}\n\n## Metadata", escape(title)));
    for name in &article.source.creators {
        put(&mut page, format_args!("- Author: [[{}]]", wiki(name)));
    }
    put(&mut page, format_args!("- Full Title: {}\n- Category: #articles", escape(title)));
    if let Some(url) = &url {
        put(&mut page, format_args!("- URL: {}", link(url)));
    }
    put(&mut page, format_args!("\n## Highlights"));
    let passages: Vec<MarkdownItem> =
        article.bookmarks.iter().map(|bookmark| passage(bookmark, url.as_deref())).collect();
    for line in passages.iter().flat_map(|passage| &passage.lines) {
        put(&mut page, format_args!("{line}"));
    }
    MarkdownPage { source: article.source.id.clone(), text: page, passages }
}

fn passage(bookmark: &Bookmark, url: Option<&str>) -> MarkdownItem {
    let id = format!("p-{}", bookmark.id().short());
    let mut item = escape(bookmark.words());
    if bookmark.quote().is_none() {
        item = format!("*Place:* {item}");
    }
    if let Some(url) = url {
        let _ = write!(item, " ([View Highlight]({}))", link(&at_passage(url, bookmark)));
    }
    let mut lines = vec![format!("- {item} ^{id}")];
    if let Some(note) = bookmark.note() {
        lines.push(format!("    - Note: {}", escape(note)));
    }
    if !bookmark.tags().is_empty() {
        let tags: Vec<String> = bookmark.tags().iter().map(|tag| format!("#{}", hashtag(tag))).collect();
        lines.push(format!("    - Tags: {}", tags.join(" ")));
    }
    MarkdownItem { id, lines }
}

/// Writes one line; writing to a string cannot fail.
fn put(page: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = page.write_fmt(line);
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::tests::{DEVICE, article, made, sample, time};

    #[test]
    fn a_page_names_its_article_and_keeps_passages_in_order() {
        let text = "Rents fell for a third month, the longest slide since 2019. 2. Not [a] #list.";
        let article = article("https://example.com/rents", text);
        let late = Bookmark::passage(made(1, &article, TextRange::new(60, text.len()))).unwrap();
        let early = Bookmark::passage(made(2, &article, TextRange::new(0, 59))).unwrap();
        let early = early.with_note("- Compare\nwith Q2", DEVICE, time(9)).unwrap();
        let early = early.with_tags(&["housing"], DEVICE, time(9)).unwrap();
        let pages = markdown([&late, &early]);
        assert_eq!(pages.len(), 1);
        insta::assert_snapshot!(pages[0].text, @r#"
        ---
        title: "Rents \"slide\" again"
        author: "Ana Reed"
        url: "https://example.com/rents"
        published: 2026-11-20
        ---
        # Rents "slide" again

        ## Metadata
        - Author: [[Ana Reed]]
        - Full Title: Rents "slide" again
        - Category: #articles
        - URL: https://example.com/rents

        ## Highlights
        - Rents fell for a third month, the longest slide since 2019. ([View Highlight](https://example.com/rents#:~:text=Rents%20fell%20for%20a%20third,the%20longest%20slide%20since%202019.)) ^p-000000000002
            - Note: \- Compare<br>with Q2
            - Tags: #housing
        - 2\. Not \[a\] \#list. ([View Highlight](https://example.com/rents#:~:text=2.%20Not%20%5Ba%5D%20%23list.)) ^p-000000000001
        "#);
    }

    #[test]
    fn every_article_has_a_page_and_files_have_no_link() {
        let file = article("file:///a.txt", "Some words of a file.");
        let place = Bookmark::place(made(7, &file, TextRange::at(5))).unwrap();
        let pages = markdown([&sample(1), &place]);
        assert_eq!(pages.len(), 2);
        let page = &pages.iter().find(|page| page.source.as_str() == "file:///a.txt").unwrap().text;
        assert!(page.contains("- *Place:* words of a file. ^p-000000000007"), "{page}");
    }
}
