//! The lines of a message: quotations by their depth, flowed paragraphs (RFC 3676), the signature.

use std::collections::BTreeMap;

use crate::article::BlockKind;
use crate::intake::draft::Draft;
use crate::intake::plain;
use crate::text::sanitize::is_blank;

/// Lines of the longest signature; what is longer is taken for text.
const LONGEST_SIGNATURE: usize = 24;

/// How lines were broken for the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// A line that ends in a blank goes on in the next.
    is_flowed: bool,
    /// That blank is no part of the text.
    is_blank_added: bool,
}

impl Flow {
    /// From the parameters of `Content-Type`.
    pub(super) fn of(params: &BTreeMap<String, String>) -> Self {
        let says = |name: &str, value: &str| params.get(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
        Self { is_flowed: says("format", "flowed"), is_blank_added: says("delsp", "yes") }
    }
}

/// A line, or several that flow into one.
struct MailLine {
    depth: usize,
    words: String,
}

/// The blocks of a message's plain text; `escaped` if lines that look like the beginning of a message have a `>` before
/// them, as in mailboxes.
pub(super) fn drafts(text: &str, flow: Flow, escaped: bool) -> Vec<Draft> {
    let lines = joined(text, flow, escaped);
    let mut drafts = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        if first.depth == 0 && first.words.trim_end() == "--" {
            let after = rest.get(1..).unwrap_or_default();
            let length = after.iter().take_while(|line| line.depth == 0).count();
            let (signature, below) = after.split_at_checked(length).unwrap_or_default();
            if length <= LONGEST_SIGNATURE {
                drafts.extend(signed(signature));
                rest = below;
                continue;
            }
        }
        let is_same = |line: &&MailLine| line.depth == first.depth && (line.depth > 0 || line.words.trim_end() != "--");
        let length = rest.iter().skip(1).take_while(is_same).count() + 1;
        let (run, below) = rest.split_at_checked(length).unwrap_or_default();
        let words: String = run.iter().flat_map(|line| [line.words.as_str(), "\n"]).collect();
        if !is_blank(&words) {
            drafts.extend(plain::read(&words).into_iter().map(|draft| at_depth(draft, first.depth)));
        }
        rest = below;
    }
    drafts
}

/// The lines as they were written.
fn joined(text: &str, flow: Flow, escaped: bool) -> Vec<MailLine> {
    let mut lines: Vec<MailLine> = Vec::new();
    let (mut goes_on, mut in_signature) = (false, false);
    for line in text.lines() {
        let (depth, words) = quoted(line, flow.is_flowed, escaped);
        // A signature is set by hand, whatever stands at the ends of its lines.
        in_signature = depth == 0 && (in_signature || words.trim_end() == "--");
        match lines.last_mut().filter(|last| goes_on && last.depth == depth && !in_signature) {
            Some(last) => {
                if flow.is_blank_added {
                    last.words.pop();
                }
                last.words.push_str(words);
            }
            None => lines.push(MailLine { depth, words: words.to_owned() }),
        }
        goes_on = flow.is_flowed && words.ends_with(' ') && !in_signature;
    }
    lines
}

/// How many `>` stand before the words of a line, with blanks between them or without.
fn quoted(line: &str, is_flowed: bool, escaped: bool) -> (usize, &str) {
    if escaped && line.trim_start_matches('>').starts_with("From ") {
        return (0, line.strip_prefix('>').unwrap_or(line));
    }
    let (mut depth, mut rest) = (0, line);
    while let Some(after) = rest.strip_prefix('>').or_else(|| rest.strip_prefix(" >").filter(|_| depth > 0)) {
        (depth, rest) = (depth + 1, after);
    }
    // One blank parts the marks from the words, or protects a line that begins like a mark.
    let words = if depth > 0 || is_flowed { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
    (depth, words)
}

/// What plain text takes for a headline is one line of many here, and whatever is quoted is a quotation.
fn at_depth(mut draft: Draft, depth: usize) -> Draft {
    let around = u8::try_from(depth).unwrap_or(u8::MAX);
    draft.kind = match draft.kind {
        BlockKind::Headline if depth == 0 => BlockKind::Paragraph,
        BlockKind::Headline | BlockKind::Paragraph | BlockKind::Heading(_) if depth > 0 => BlockKind::Quote(around),
        BlockKind::Quote(inside) => BlockKind::Quote(around.saturating_add(inside)),
        kind => kind,
    };
    draft
}

/// The lines of a signature, below a rule; blank lines part its blocks.
fn signed(lines: &[MailLine]) -> Vec<Draft> {
    let blocks = lines.split(|line| is_blank(&line.words)).filter(|block| !block.is_empty());
    let block = |lines: &[MailLine]| {
        let lines: Vec<String> = lines.iter().map(|line| line.words.trim().replace('\t', " ")).collect();
        Draft::new(BlockKind::Paragraph, lines.join("\n"))
    };
    std::iter::once(Draft::rule()).chain(blocks.map(block)).collect()
}
