//! `dateline read --json`: an article and the structure that lies over its text, in the documented form.

use serde::Serialize;

use crate::article::{Article, Block, BlockKind, CodePoints, Inline, InlineKind};
use crate::intake::PageKind;
use crate::text::reading_time;

/// What is printed; `docs/json.md` describes it. What is not known is null, places are code points of `text`.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    article: ArticleReport<'a>,
}

#[derive(Serialize)]
struct ArticleReport<'a> {
    title: &'a str,
    byline: Option<&'a str>,
    published: Option<String>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    words: usize,
    /// Whether it is an article rather than a page of menus; what is no web page always is one.
    readable: bool,
    text: &'a str,
    blocks: Vec<BlockRow<'a>>,
    inlines: Vec<InlineRow<'a>>,
}

/// A block, with what its kind has besides.
#[derive(Serialize)]
struct BlockRow<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct InlineRow<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    /// Only links have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
}

impl<'a> Report<'a> {
    pub(super) fn of(article: &'a Article, page: PageKind) -> Self {
        let body = &article.body;
        let points = CodePoints::new(body.as_str());
        Self {
            article: ArticleReport {
                title: &article.title,
                byline: article.byline.as_deref(),
                published: article.published.map(|published| published.to_string()),
                source: article.source.as_deref(),
                url: article.url.as_deref(),
                language: article.language.as_deref(),
                words: reading_time::words(body.as_str()),
                readable: page.is_readable(),
                text: body.as_str(),
                blocks: body.blocks().iter().map(|block| BlockRow::of(block, &points)).collect(),
                inlines: body.inlines().iter().map(|inline| InlineRow::of(inline, &points)).collect(),
            },
        }
    }
}

impl<'a> BlockRow<'a> {
    fn of(block: &'a Block, points: &CodePoints<'_>) -> Self {
        let (start, end) = points.of_range(block.range);
        let mut row =
            Self { kind: block.kind.as_str(), start, end, level: None, depth: None, marker: None, language: None };
        match &block.kind {
            BlockKind::Heading(level) => row.level = Some(*level),
            BlockKind::ListItem { depth, marker } => {
                row.depth = Some(*depth);
                // A further paragraph of the same item has none.
                row.marker = (!marker.is_empty()).then_some(marker);
            }
            BlockKind::Quote(depth) => row.depth = Some(*depth),
            BlockKind::Code { language, depth } => {
                row.language = language.as_deref();
                row.depth = Some(*depth).filter(|&depth| depth > 0);
            }
            BlockKind::Headline
            | BlockKind::Standfirst
            | BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Paragraph
            | BlockKind::Table
            | BlockKind::Figure
            | BlockKind::Rule => {}
        }
        row
    }
}

impl<'a> InlineRow<'a> {
    fn of(inline: &'a Inline, points: &CodePoints<'_>) -> Self {
        let (start, end) = points.of_range(inline.range);
        let target = match &inline.kind {
            InlineKind::Link(target) => Some(target.as_str()),
            InlineKind::Emphasis | InlineKind::Strong | InlineKind::Strikethrough | InlineKind::Code => None,
        };
        Self { kind: inline.kind.as_str(), start, end, target }
    }
}
