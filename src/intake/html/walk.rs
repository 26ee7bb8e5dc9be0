//! From the elements of a page to drafts: paragraphs, headings, lists, quotes, figures.

use dom_query::NodeRef;

use super::super::draft::{Draft, Words};
use crate::article::{BlockKind, InlineKind, address};

/// Elements that are never seen.
const UNSEEN: [&str; 14] = [
    "script", "style", "template", "svg", "noscript", "head", "iframe", "object", "audio", "video", "select", "button",
    "input", "textarea",
];

/// Elements within a line.
const INLINE: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

enum Step<'a> {
    Enter(NodeRef<'a>),
    /// A block ends.
    Leave,
    /// An inline ends.
    Close,
}

/// The drafts of an element and what is in it.
pub(super) fn drafts(root: &NodeRef<'_>, base: Option<&str>) -> Vec<Draft> {
    let (mut drafts, mut words, mut kinds) = (Vec::new(), Words::default(), vec![BlockKind::Paragraph]);
    let mut steps = vec![Step::Enter(*root)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave => {
                flush(&mut drafts, &mut words, kinds.last());
                kinds.pop();
                continue;
            }
            Step::Close => {
                words.close();
                continue;
            }
        };
        if node.is_text() {
            if matches!(kinds.last(), Some(BlockKind::Code { .. })) {
                words.push_exactly(&node.text());
            } else {
                words.push(&node.text());
            }
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        let name: &str = &name;
        if UNSEEN.contains(&name) {
            continue;
        }
        match name {
            "br" => words.line_break(),
            "td" | "th" => words.push(" "),
            "hr" => {
                flush(&mut drafts, &mut words, kinds.last());
                drafts.push(Draft::rule());
            }
            _ if INLINE.contains(&name) => {
                if let Some(kind) = inline(name, &node, base) {
                    words.open(kind);
                    steps.push(Step::Close);
                }
            }
            _ => {
                flush(&mut drafts, &mut words, kinds.last());
                kinds.push(block(name, kinds.last()));
                steps.push(Step::Leave);
            }
        }
        steps.extend(node.children_it(true).map(Step::Enter));
    }
    flush(&mut drafts, &mut words, kinds.last());
    drafts
}

fn flush(drafts: &mut Vec<Draft>, words: &mut Words, kind: Option<&BlockKind>) {
    if !words.is_empty() {
        drafts.push(words.take(kind.cloned().unwrap_or(BlockKind::Paragraph)));
    }
}

fn inline(name: &str, node: &NodeRef<'_>, base: Option<&str>) -> Option<InlineKind> {
    match name {
        "a" => address::resolve(&node.attr("href")?, base).map(InlineKind::Link),
        "em" | "i" | "cite" => Some(InlineKind::Emphasis),
        "b" | "strong" => Some(InlineKind::Strong),
        "code" | "kbd" => Some(InlineKind::Code),
        "s" | "del" => Some(InlineKind::Strikethrough),
        _ => None,
    }
}

fn block(name: &str, around: Option<&BlockKind>) -> BlockKind {
    match (name, around) {
        ("h1", _) => BlockKind::Heading(1),
        ("h2", _) => BlockKind::Heading(2),
        ("h3", _) => BlockKind::Heading(3),
        ("h4", _) => BlockKind::Heading(4),
        ("h5", _) => BlockKind::Heading(5),
        ("h6", _) => BlockKind::Heading(6),
        ("figure" | "figcaption", _) => BlockKind::Figure,
        ("pre", _) => BlockKind::CODE,
        ("blockquote", Some(BlockKind::Quote(depth))) => BlockKind::Quote(depth.saturating_add(1)),
        ("blockquote", _) => BlockKind::Quote(1),
        ("li", Some(BlockKind::ListItem { depth, .. })) => {
            BlockKind::ListItem { depth: depth.saturating_add(1), marker: "•".to_owned() }
        }
        ("li", _) => BlockKind::ListItem { depth: 0, marker: "•".to_owned() },
        (_, around) => around.cloned().unwrap_or(BlockKind::Paragraph),
    }
}
