//! One Org outline: a heading per article, and below it one per passage with its words as a quote block.
//!
//! Tags may hold only letters, digits and `_ @ # %` (Org manual, "Tag syntax"). A line that Org would read as a heading
//! or a keyword gets a comma, as inside its blocks. Links, macros, comments, drawers and code are broken up with a zero
//! width space, as its manual advises ("Escape Character").

use std::fmt::Write;

use super::articles::{ArticleBookmarks, by_article};
use crate::bookmark::Bookmark;
use crate::text::sanitize::{one_line, sanitize};
use crate::text::width::{truncate, width};

/// The column in which tags end (Org's `org-tags-column` is -77).
const TAGS_END: usize = 77;
/// Words of a passage that its heading shows, and how many columns of them.
const HEADING_WORDS: usize = 6;
const HEADING_COLUMNS: usize = 60;
/// Goes between two characters that would be markup together.
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// Org markup that does more than format: links (which may run Lisp or a shell), macros, targets, inline code, export
/// snippets, footnotes and citations.
const ACTIVE_MARKUP: [&str; 12] =
    ["[[", "{{{", "<<", "%%(", "src_", "call_", "elisp:", "shell:", "file+", "@@", "[fn:", "[cite"];

/// The bookmarks as an outline, by article.
pub fn org<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> String {
    let mut outline = String::new();
    for article in by_article(bookmarks) {
        // Writing to a string cannot fail.
        heading(&mut outline, &article).unwrap_or_default();
        for bookmark in &article.bookmarks {
            passage(&mut outline, bookmark).unwrap_or_default();
        }
    }
    outline
}

fn heading(outline: &mut String, article: &ArticleBookmarks<'_>) -> std::fmt::Result {
    writeln!(outline, "* {}", headline(&article.title))?;
    let known = [("URL", article.url()), ("AUTHOR", article.byline())];
    let known: Vec<_> = known.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    if !known.is_empty() {
        writeln!(outline, ":PROPERTIES:")?;
        known.iter().try_for_each(|(name, value)| writeln!(outline, ":{name}: {}", deactivate(value)))?;
        writeln!(outline, ":END:")?;
    }
    Ok(())
}

fn passage(outline: &mut String, bookmark: &Bookmark) -> std::fmt::Result {
    let words = one_line(bookmark.words());
    let start = words.split(' ').take(HEADING_WORDS).collect::<Vec<_>>().join(" ");
    let start = truncate(&start, HEADING_COLUMNS);
    let start = start.trim_end_matches([',', ';', ':', '.']);
    let place = if bookmark.quote().is_some() { "" } else { "Place: " };
    let title = format!("** {}", headline(&format!("{place}{start}")));
    if bookmark.tags().is_empty() {
        writeln!(outline, "{}", title.trim_end())?;
    } else {
        let tags: Vec<String> = bookmark.tags().iter().map(|tag| org_tag(tag)).collect();
        let tags = format!(":{}:", tags.join(":"));
        let gap = TAGS_END.saturating_sub(width(&title) + width(&tags)).max(1);
        writeln!(outline, "{title}{}{tags}", " ".repeat(gap))?;
    }
    let id = bookmark.id().to_string();
    let id = id.strip_prefix("urn:uuid:").unwrap_or(&id);
    let color = one_line(bookmark.color().name());
    writeln!(outline, ":PROPERTIES:\n:ID: {id}")?;
    if let Some(made) = bookmark.made() {
        writeln!(outline, ":CREATED: [{}]", made.strftime("%Y-%m-%d %a %H:%M"))?;
    }
    writeln!(outline, ":COLOR: {color}\n:END:")?;
    if bookmark.quote().is_some() {
        writeln!(outline, "#+begin_quote\n{}\n#+end_quote", quoted(bookmark.words()))?;
    }
    if let Some(note) = bookmark.note() {
        writeln!(outline, "{}", quoted(note))?;
    }
    Ok(())
}

/// Words on a heading line, without acting as a state, a priority or tags.
fn headline(words: &str) -> String {
    let mut line = deactivate(&one_line(words));
    let is_state = ["TODO", "DONE", "COMMENT", "[#", "*"].iter().any(|start| line.starts_with(start));
    if is_state {
        line.insert(0, ZERO_WIDTH_SPACE);
    }
    if line.ends_with(':') {
        line.push(ZERO_WIDTH_SPACE);
    }
    line
}

/// Words on lines of their own.
fn quoted(words: &str) -> String {
    let words = sanitize(words.trim());
    let lines = words.lines().map(|line| {
        let content = line.trim_start();
        let bare = content.trim_start_matches(',');
        // An existing comma needs another one, or it would be taken for ours.
        let means_something = bare.starts_with('*') || bare.starts_with("#+");
        let (indent, content) = line.split_at_checked(line.len() - content.len()).unwrap_or(("", line));
        let sign = if means_something { "," } else { "" };
        let line = format!("{indent}{sign}{content}");
        if is_hidden(content) {
            format!("{indent}{ZERO_WIDTH_SPACE}{}", deactivate(content))
        } else {
            deactivate(&line)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether Org would hide a line as a comment or a drawer.
fn is_hidden(line: &str) -> bool {
    let line = line.trim_end();
    line == "#" || line.starts_with("# ") || line.len() > 1 && line.starts_with(':') && line.ends_with(':')
}

fn deactivate(words: &str) -> String {
    let mut words = words.to_owned();
    for active in ACTIVE_MARKUP {
        // Repeatedly, since three brackets are two pairs.
        while words.contains(active) {
            let (head, last) = active.split_at_checked(active.len() - 1).unwrap_or((active, ""));
            words = words.replace(active, &format!("{head}{ZERO_WIDTH_SPACE}{last}"));
        }
    }
    without_timestamps(&words)
}

/// A date in angle brackets would be an appointment in the agenda.
fn without_timestamps(words: &str) -> String {
    let mut inert = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        inert.push(c);
        let rest = words.get(at + c.len_utf8()..).unwrap_or_default();
        if c == '<' && rest.starts_with(|c: char| c.is_ascii_digit() || c == '%') {
            inert.push(ZERO_WIDTH_SPACE);
        }
    }
    inert
}

fn org_tag(tag: &str) -> String {
    tag.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '%') { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn org_markup_is_deactivated() {
        assert_eq!(
            quoted("* not a heading\n  #+end_quote\n,* two\nplain #+x"),
            ",* not a heading\n  ,#+end_quote\n,,* two\nplain #+x"
        );
        assert_eq!(quoted("[[elisp:(kill-emacs)][x]]"), "[\u{200b}[elisp\u{200b}:(kill-emacs)][x]]");
        assert_eq!(
            quoted("# gone\n#\n:PROPERTIES:\n:ID: x\n  :END:\n#1"),
            "\u{200b}# gone\n\u{200b}#\n\u{200b}:PROPERTIES:\n:ID: x\n  \u{200b}:END:\n#1"
        );
        assert_eq!(
            quoted("at <2026-11-20 Fri>, a < 5, <%%(x)>"),
            "at <\u{200b}2026-11-20 Fri>, a < 5, <\u{200b}%%\u{200b}(x)>"
        );
        assert_eq!(
            quoted("@@html:<b>@@ [fn:: x] src_sh{x}"),
            "@\u{200b}@html:<b>@\u{200b}@ [fn\u{200b}:: x] src\u{200b}_sh{x}"
        );
        for words in ["[[[[x]]", "<<<x>>>", "{{{{{x(y)}}}", "@@@@"] {
            assert!(ACTIVE_MARKUP.iter().all(|active| !quoted(words).contains(active)), "{words}");
        }
        assert_eq!(headline("TODO this :x:"), "\u{200b}TODO this :x:\u{200b}");
    }

    #[test]
    fn a_tag_has_only_what_org_allows() {
        assert_eq!(org_tag("foreign-policy.2"), "foreign_policy_2");
    }
}
