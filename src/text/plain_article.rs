//! An article as plain text, for other programs.

use super::sanitize::{one_line, sanitize};
use crate::article::{Article, BlockKind};

/// Headline, writer, source and day, and address, each in a line of its own; then its blocks, with a blank line between
/// them and the signs of lists and quotes before them.
pub fn plain_article(article: &Article) -> String {
    let day = article.published.map(|published| published.day.to_string());
    let credit: Vec<String> = [article.byline.clone(), article.source.clone(), day].into_iter().flatten().collect();
    let address = article.url.clone().unwrap_or_else(|| article.id.to_string());
    let front = [article.title.clone(), credit.join(" · "), address];
    let mut plain: String =
        front.iter().filter(|line| !line.is_empty()).flat_map(|line| [one_line(line), "\n".to_owned()]).collect();
    let is_front = |kind: &BlockKind| matches!(kind, BlockKind::Headline | BlockKind::Byline | BlockKind::Dateline);
    let mut is_in_list = false;
    for block in article.body.blocks().iter().filter(|block| !is_front(&block.kind)) {
        let words = article.body.slice(block.range);
        let (first, further) = match &block.kind {
            BlockKind::ListItem { depth, marker } => {
                let indent = "  ".repeat(usize::from(depth.saturating_sub(1)));
                let marker = if marker.is_empty() { "-" } else { marker };
                (format!("{indent}{marker} "), format!("{indent}  "))
            }
            BlockKind::Quote(depth) => ("> ".repeat(usize::from(*depth)), "> ".repeat(usize::from(*depth))),
            BlockKind::Rule => ("* * *".to_owned(), String::new()),
            _ => (String::new(), String::new()),
        };
        let is_item = matches!(block.kind, BlockKind::ListItem { .. });
        if !(is_in_list && is_item) {
            plain.push('\n');
        }
        is_in_list = is_item;
        for (number, line) in words.split('\n').enumerate() {
            plain.push_str(if number == 0 { &first } else { &further });
            plain.push_str(line);
            plain.push('\n');
        }
    }
    sanitize(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::SourceId;
    use crate::intake::{Hints, read};

    #[test]
    fn the_front_stands_once_and_lists_and_quotes_have_their_signs() {
        let source = "---\ntitle: Rain\nauthor: Ana Rey\ndate: 2026-11-20\nsource: The Paper\nurl: https://example.org/a\n\
                      ---\n\nIt *rained*.\n\n- one\n- two\n\n> Said.\n\n## After\n\nDry.\n";
        let hints = Hints { id: Some(SourceId::of_file("/a.md")), name: Some("a.md".into()), ..Hints::default() };
        let article = read(source.as_bytes(), &hints).unwrap();
        let plain = plain_article(&article);
        assert_eq!(
            plain,
            "Rain\nAna Rey · The Paper · 2026-11-20\nhttps://example.org/a\n\nIt rained.\n\n\
             • one\n• two\n\n> Said.\n\nAfter\n\nDry.\n"
        );
    }
}
