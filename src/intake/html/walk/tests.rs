//! What the walk makes of pages, written as one line for each block.

mod blocks;
mod inlines;
mod properties;
mod tables;

use crate::article::{BlockKind, InlineKind, Text};
use crate::intake::draft;
use crate::intake::html::caps;

const PAGE: &str = "https://gazette.example/2026/harbour.html";

fn text(html: &str) -> Text {
    draft::assemble(super::drafts(&dom_query::Document::from(caps::cap(html)).root(), Some(PAGE)))
}

/// The blocks of a page: what each is, a colon, and its words with `/` for line breaks and `>` for tabs.
fn shown(html: &str) -> Vec<String> {
    let text = text(html);
    let show = |block: &crate::article::Block| {
        let kind = match &block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Quote(depth) => format!("quote {depth}"),
            BlockKind::ListItem { depth, marker } => format!("item {depth} {marker}").trim_end().to_owned(),
            BlockKind::Code { language, depth } => {
                format!("code {depth} {}", language.as_deref().unwrap_or_default()).trim_end().to_owned()
            }
            BlockKind::Paragraph => "p".to_owned(),
            kind => kind.as_str().to_owned(),
        };
        format!("{kind}: {}", text.slice(block.range).replace('\n', "/").replace('\t', ">")).trim_end().to_owned()
    };
    text.blocks().iter().map(show).collect()
}

/// The inlines of a page: what each is, or where it leads, a colon, and its words.
fn inlines(html: &str) -> Vec<String> {
    let text = text(html);
    let show = |inline: &crate::article::Inline| {
        let kind = match &inline.kind {
            InlineKind::Link(target) => target.as_str(),
            kind => kind.as_str(),
        };
        format!("{kind}: {}", text.slice(inline.range))
    };
    text.inlines().iter().map(show).collect()
}
