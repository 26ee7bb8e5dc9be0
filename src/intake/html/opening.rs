//! What stands on the page between the headline and the first words Readability took for the article: the standfirst or
//! lead, the by-line, the date.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

use super::super::draft::Draft;
use super::super::{Facts, byline, dateline};
use super::page_title::folded;
use super::{junk, walk};
use crate::article::{BlockKind, InlineKind};

/// Elements that are no words of the article, wherever they stand.
const ASIDE: &str =
    "nav, form, button, footer, figure, script, style, noscript, dialog, select, ul, ol, table, iframe, [role='note']";

/// Boxes beside the article that lead elsewhere; others may hold its lead.
const PROMOTION: &str = "a, button, form, h1, h2, h3, h4, h5, h6";

/// Paragraphs that may stand above the body as Readability saw it.
const LEADS: usize = 3;

/// Words of the longest by-line or date line.
const LINE_WORDS: usize = 25;

/// Words of the shortest lead.
const LEAD_WORDS: usize = 8;

/// Drafts at the top of the body that may be by-line or date.
const REACH: usize = 6;

/// The drafts above the article, the headline first. `page` is the whole page as it was, `article` what Readability left
/// of it; the nodes of both have the same numbers. The page is used up.
pub(super) fn drafts(
    page: &Document,
    article: &NodeRef<'_>,
    facts: &Facts,
    description: Option<&str>,
    base: Option<&str>,
) -> Vec<Draft> {
    let title = facts.title.as_deref().unwrap_or_default();
    let mut found = vec![Draft::new(BlockKind::Headline, title)];
    let kept: HashSet<_> = article.descendants_it().filter(NodeRef::is_nonempty_text).map(|node| node.id).collect();
    let nodes: Vec<NodeRef<'_>> = page.root().descendants_it().collect();
    let Some(start) = nodes.iter().position(|node| node.is_text() && kept.contains(&node.id)) else { return found };
    let wanted = folded(title);
    let is_headline = |node: &NodeRef<'_>| {
        ["h1", "h2", "h3"].iter().any(|name| node.has_name(name)) && folded(&node.text()) == wanted
    };
    let before = nodes.get(..start).unwrap_or_default();
    let headline = before.iter().rposition(is_headline);
    let times: Vec<String> =
        before.iter().filter(|node| node.has_name("time")).map(|time| folded(&time.text())).collect();
    if let Some(node) = headline.and_then(|at| nodes.get(at)) {
        // The page's own form, with its emphasis.
        if let Some(mut draft) = walk::drafts(node, base).into_iter().next() {
            draft.kind = BlockKind::Headline;
            found = vec![draft];
        }
    }
    cut(page, &nodes, headline, start);
    let Some(body) = page.body() else { return found };
    let mut leads: Vec<(usize, bool)> = Vec::new();
    for mut draft in walk::drafts(&body, base) {
        if folded(&draft.words) == wanted {
            continue;
        }
        if let Some(kind) = line_kind(&draft, facts, &times) {
            draft.kind = kind;
        } else if headline.is_some() && leads.len() < LEADS && is_lead(&draft, description) {
            leads.push((found.len(), draft.kind != BlockKind::Paragraph || is_described(&draft, description)));
            draft.kind = BlockKind::Paragraph;
        } else {
            continue;
        }
        found.push(draft);
    }
    // One that the page describes itself with, that is set as a heading, or that stands above the by-line sums up the
    // article; any other begins it.
    if let [(at, is_summary)] = leads.as_slice() {
        let above_line = found.get(at + 1).is_some();
        if let Some(lead) = found.get_mut(*at).filter(|_| *is_summary || above_line) {
            lead.kind = BlockKind::Standfirst;
        }
    }
    found
}

/// Leaves nothing on the page but what stands between the headline and the article.
fn cut(page: &Document, nodes: &[NodeRef<'_>], headline: Option<usize>, start: usize) {
    nodes.iter().skip(start).for_each(NodeRef::remove_from_parent);
    if let Some(headline) = headline.and_then(|at| nodes.get(at).map(|node| (at, node))) {
        let around: HashSet<_> = headline.1.ancestors_it(None).map(|node| node.id).collect();
        for node in nodes.iter().take(headline.0) {
            if !around.contains(&node.id) {
                node.remove_from_parent();
            }
        }
        headline.1.remove_from_parent();
    }
    page.select(ASIDE).remove();
    for aside in page.select("aside").iter().filter(|aside| aside.select(PROMOTION).exists()) {
        aside.remove();
    }
}

/// Marks by-line and date among the first drafts of the body, where pages have them too.
pub(super) fn mark_lines(drafts: &mut [Draft], facts: &Facts) {
    for draft in drafts.iter_mut().take(REACH).filter(|draft| draft.kind == BlockKind::Paragraph) {
        if let Some(kind) = line_kind(draft, facts, &[]) {
            draft.kind = kind;
        }
    }
}

/// Whether it is by-line or date, and nothing else.
fn line_kind(draft: &Draft, facts: &Facts, times: &[String]) -> Option<BlockKind> {
    let words = draft.words.as_str();
    let count = words.split_whitespace().count();
    if count > LINE_WORDS || words.len() > 400 {
        return None;
    }
    let names = |name: &String| {
        let (line, name) = (folded(words), folded(name));
        // Nothing but the name and what belongs to it: "By", a role, the date.
        !name.is_empty() && line.contains(&name) && !words.trim_end().ends_with(['.', '!', '?', '”'])
    };
    if byline::of_line(words).is_some() || facts.byline.as_ref().is_some_and(names) {
        return Some(BlockKind::Byline);
    }
    let line = folded(words);
    let is_time =
        times.iter().any(|time| !time.is_empty() && line.contains(time.as_str()) && line.len() <= time.len() + 40);
    (is_time || dateline::of_line(words).is_some()).then_some(BlockKind::Dateline)
}

/// Whether it is running text that leads into the article, or what the page says it is about.
fn is_lead(draft: &Draft, description: Option<&str>) -> bool {
    let words = draft.words.trim();
    let linked: usize = draft
        .inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Link(_)))
        .map(|inline| inline.range.end - inline.range.start)
        .sum();
    let is_text = matches!(draft.kind, BlockKind::Paragraph | BlockKind::Heading(2..=6)) && linked * 3 < words.len();
    if !is_text || junk::is_furniture(words) {
        return false;
    }
    let stops =
        words.trim_end_matches(['"', '”', '’', ')', '\'', '»']).ends_with(['.', '!', '?', '…', '。', '！', '？']);
    is_described(draft, description) || stops && words.split_whitespace().count() >= LEAD_WORDS
}

/// Whether the page describes itself with these words.
fn is_described(draft: &Draft, description: Option<&str>) -> bool {
    description.is_some_and(|description| {
        let (line, description) = (folded(&draft.words), folded(description));
        line.len() >= 20 && (line == description || description.len() >= 60 && line.starts_with(&description))
    })
}
