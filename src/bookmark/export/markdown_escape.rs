//! Escapes words so that Markdown shows exactly these words, and note-taking programs see no syntax of theirs in them.
//!
//! A backslash before punctuation means that sign itself (`CommonMark` §2.4). Obsidian and its plugins look for `%%`,
//! `key:: value`, `<% … %>` or `{{…}}` in the raw text, whatever precedes it, so there the backslash goes between the
//! two signs. Words are on one line, after `- ` or `# `, so nothing that needs a line of its own (front matter, fences,
//! callouts) can begin in them.

use std::fmt::Write;

use crate::text::sanitize::{one_line, sanitize};

/// Signs that are markup anywhere.
const MARKUP_SIGNS: [char; 13] = ['\\', '`', '*', '_', '[', ']', '<', '#', '|', '~', '$', '&', '^'];

/// Pairs that are markup: highlights, comments, fields and properties (Dataview, Logseq), templates (Templater, the
/// core plugin, Nunjucks), references to blocks (Logseq).
const PAIRS: [(char, char); 13] = [
    (':', ':'),
    ('%', '%'),
    ('<', '%'),
    ('%', '>'),
    ('{', '{'),
    ('}', '}'),
    ('{', '%'),
    ('%', '}'),
    ('{', '#'),
    ('#', '}'),
    ('=', '='),
    ('(', '('),
    (')', ')'),
];

/// Longest address that programs turn into a link, in characters.
const MAX_LINK: usize = 2_000;

/// Escapes words onto one line; line breaks become `<br>`.
pub(super) fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 16);
    for (number, line) in sanitize(words.trim()).lines().enumerate() {
        if number > 0 {
            escaped.push_str("<br>");
        }
        escape_line(&one_line(line), &mut escaped);
    }
    escaped
}

fn escape_line(line: &str, escaped: &mut String) {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let mut before = None;
    for (at, c) in line.char_indices() {
        let marks_a_list =
            at == 0 && matches!(c, '-' | '+' | '>' | '=' | ':') || at == digits && at > 0 && matches!(c, '.' | ')');
        let is_pair = before.is_some_and(|before| PAIRS.contains(&(before, c)));
        let rest = line.get(at..).unwrap_or_default();
        if marks_a_list || is_pair || MARKUP_SIGNS.contains(&c) || breaks_link(before, rest) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
}

/// Whether `rest` continues an address that programs turn into a link by themselves and that has signs to be escaped:
/// in such a link the backslashes would show.
fn breaks_link(before: Option<char>, rest: &str) -> bool {
    let begins = rest.starts_with("://") || rest.starts_with('.') && matches!(before, Some('w' | 'W'));
    let mut pair = (' ', ' ');
    let is_escaped = |c: char| {
        pair = (pair.1, c);
        MARKUP_SIGNS.contains(&c) || PAIRS.contains(&pair)
    };
    begins && rest.chars().take(MAX_LINK).take_while(|c| !c.is_whitespace()).any(is_escaped)
}

/// A YAML double-quoted scalar, with the pairs above broken up too.
pub(super) fn yaml(words: &str) -> String {
    let mut scalar = String::from("\"");
    let mut before = ' ';
    for c in words.chars() {
        match c {
            '\\' | '"' => scalar.extend(['\\', c]),
            // Writing to a string cannot fail.
            c if PAIRS.contains(&(before, c)) => write!(scalar, "\\x{:02X}", u32::from(c)).unwrap_or_default(),
            c => scalar.push(c),
        }
        before = c;
    }
    scalar.push('"');
    scalar
}

/// An address that cannot end a Markdown link early or begin other markup.
pub(super) fn link(url: &str) -> String {
    let mut link = String::with_capacity(url.len());
    let mut before = ' ';
    for c in url.chars() {
        let is_sign = matches!(c, ' ' | '"' | '(' | ')' | '<' | '>' | '\\' | '{' | '}' | '[' | ']' | '|' | '^' | '`');
        if is_sign || PAIRS.contains(&(before, c)) {
            write!(link, "%{:02X}", u32::from(c)).unwrap_or_default();
        } else {
            link.push(c);
        }
        before = c;
    }
    link
}

/// A name as the target of a wiki link, without the signs that are not allowed in one.
pub(super) fn wiki(name: &str) -> String {
    let mut target = String::with_capacity(name.len());
    for c in one_line(name).chars() {
        let is_sign = matches!(c, '[' | ']' | '|' | '#' | '^' | '<' | '>' | '{' | '}' | '%' | '`' | '\\');
        if !(is_sign || c == ':' && target.ends_with(':')) {
            target.push(c);
        }
    }
    target
}

/// A tag as Obsidian reads one: letters, digits, `_`, `-` and `/`.
pub(super) fn hashtag(tag: &str) -> String {
    tag.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-' | '/') { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Removes backslashes as `CommonMark` does.
    fn shown(escaped: &str) -> String {
        let mut shown = String::new();
        let mut signs = escaped.chars().peekable();
        while let Some(c) = signs.next() {
            let is_escape = c == '\\' && signs.peek().is_some_and(char::is_ascii_punctuation);
            shown.push(if is_escape { signs.next().unwrap() } else { c });
        }
        shown
    }

    #[test]
    fn syntax_of_other_programs_is_broken_up() {
        for (words, wanted) in [
            ("due:: today", "due:\\: today"),
            ("so [due:: today] (due:: now)", "so \\[due:\\: today\\] (due:\\: now)"),
            ("<% tp.file.title %>", "\\<\\% tp.file.title %\\>"),
            ("{{title}} and {% raw %}", "{\\{title}\\} and {\\% raw %\\}"),
            ("%%gone%%", "%\\%gone%\\%"),
            ("a ==mark== of 5%", "a =\\=mark=\\= of 5%"),
            ("![[secret]] #tag ^id", "!\\[\\[secret\\]\\] \\#tag \\^id"),
            ("> [!note] x", "\\> \\[!note\\] x"),
            ("```dataviewjs", "\\`\\`\\`dataviewjs"),
            ("((64a1-ref))", "(\\(64a1-ref)\\)"),
            (
                "see https://example.com/a and https://example.com/a_b",
                "see https://example.com/a and https\\://example.com/a\\_b",
            ),
            ("at 10:30, R&D", "at 10:30, R\\&D"),
        ] {
            assert_eq!(escape(words), wanted);
            assert_eq!(shown(wanted), words);
        }
        assert_eq!(escape(" one\n---\ntwo "), "one<br>\\---<br>two");
    }

    #[test]
    fn front_matter_addresses_and_names_are_escaped() {
        assert_eq!(yaml("a\"b\\ 5% <% x %>"), r#""a\"b\\ 5% <\x25 x %\x3E""#);
        assert_eq!(one_line("a\n---\nb"), "a --- b");
        assert_eq!(link("https://a.example/?q={{x}}&k::v%%"), "https://a.example/?q=%7B%7Bx%7D%7D&k:%3Av%%25");
        assert_eq!(link("https://a.example/(x) [y]"), "https://a.example/%28x%29%20%5By%5D");
        assert_eq!(wiki("Ana [Reed]|x:: {{y}}"), "Ana Reedx: y");
    }

    proptest! {
        #[test]
        fn escaped_words_read_the_same_and_hold_no_pair(words in "[-a:%<>{}#=()\\[\\]!^`*_~$&|/.w\\\\ 1\\n]{0,40}") {
            let escaped = escape(&words);
            let wanted: Vec<String> = words.trim().lines().map(one_line).collect();
            prop_assert_eq!(shown(&escaped), wanted.join("<br>"));
            let signs: Vec<char> = escaped.replace("<br>", " ").chars().collect();
            prop_assert!(!signs.windows(2).any(|pair| PAIRS.contains(&(pair[0], pair[1]))), "{}", escaped);
            let value = yaml(&one_line(&words));
            let signs: Vec<char> = value.chars().collect();
            prop_assert!(!signs.windows(2).any(|pair| PAIRS.contains(&(pair[0], pair[1]))), "{}", value);
        }
    }
}
