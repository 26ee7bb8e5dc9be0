//! Preformatted text: program text with its language, or verse.

use dom_query::NodeRef;

use super::{Exit, Mode, Step, Walk, classes, name_of, short_text, within};
use crate::article::BlockKind;
use crate::text::sanitize::one_line;

/// Classes that highlighters give to the numbers of lines.
const GUTTERS: [&str; 16] = [
    "blob-num",
    "code-line-number",
    "crayon-nums",
    "gutter",
    "hljs-ln-numbers",
    "line-no",
    "line-number",
    "line-numbers",
    "line-numbers-rows",
    "lineno",
    "linenodiv",
    "linenos",
    "linenumber",
    "ln",
    "lnt",
    "rouge-gutter",
];

/// Bytes of the longest gutter: the numbers of 20,000 lines.
const MAX_GUTTER: usize = 128 << 10;

/// Bytes of the longest verse that is told from program text by its words.
const MAX_VERSE: usize = 64 << 10;

/// Bytes of the longest name of a language.
const MAX_LANGUAGE: usize = 30;

impl Walk<'_> {
    pub(super) fn preformatted<'t>(&mut self, node: &NodeRef<'t>) -> Vec<Step<'t>> {
        if is_verse(node) {
            self.enter(Mode::Verse);
            return within(node, Some(Exit::Verse));
        }
        let kind = self.code(language(node));
        within(node, Some(Exit::Set(kind)))
    }

    /// Begins a block of program text.
    pub(super) fn code(&mut self, language: Option<String>) -> BlockKind {
        self.enter(Mode::Code);
        BlockKind::Code { language, depth: self.lists }
    }

    /// Begins the next row or line.
    pub(super) fn begin_line(&mut self) {
        if !self.words.is_empty() {
            self.words.trim_end();
            self.words.push_exactly("\n");
        }
    }
}

/// Whether an element only numbers the lines of the code beside it.
pub(super) fn is_gutter(node: &NodeRef<'_>) -> bool {
    classes(node).iter().any(|class| GUTTERS.contains(&class.as_str()))
        && short_text(node, MAX_GUTTER)
            .is_some_and(|words| words.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()))
}

/// The language of a block of code: from the block, the code in it, or the box around it.
pub(super) fn language(node: &NodeRef<'_>) -> Option<String> {
    let inside = node.descendants_it().filter(NodeRef::is_element).take(8);
    let around = node.ancestors_it(Some(3)).filter(NodeRef::is_element);
    inside.filter(|node| node.has_name("code")).chain([*node]).chain(around).find_map(|node| named(&node))
}

/// The language an element names.
fn named(node: &NodeRef<'_>) -> Option<String> {
    let classes = classes(node);
    let in_class = || {
        classes.iter().find_map(|class| {
            ["language-", "lang-", "highlight-source-", "brush:", "sourcecode-", "code-"]
                .iter()
                .find_map(|prefix| class.strip_prefix(prefix))
                .map(|rest| rest.trim_end_matches(';'))
        })
    };
    let given = ["data-lang", "data-language", "data-code-language"].iter().find_map(|name| node.attr(name));
    let language = given.as_deref().or_else(in_class).map(one_line)?;
    let names_none = matches!(language.as_str(), "" | "none" | "plaintext" | "text" | "plain" | "txt" | "nohighlight");
    (!names_none && language.len() <= MAX_LANGUAGE && !language.contains(' ')).then_some(language)
}

/// Whether preformatted text is verse, a letter or a list of names: words in lines, nothing that is set in columns.
fn is_verse(node: &NodeRef<'_>) -> bool {
    let has_code = node
        .descendants_it()
        .filter(NodeRef::is_element)
        .any(|node| matches!(&*name_of(&node), "code" | "kbd" | "samp" | "tt" | "table") || named(&node).is_some());
    if has_code
        || language(node).is_some()
        || classes(node).iter().any(|class| class.contains("code") || class.contains("highlight"))
    {
        return false;
    }
    let Some(words) = short_text(node, MAX_VERSE) else { return false };
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let others = words.chars().filter(|c| !c.is_whitespace() && !c.is_alphanumeric()).count();
    let odd = words.contains(|c: char| {
        matches!(c, '{' | '}' | '=' | '<' | '>' | '|' | '\\' | '$' | '#' | '`' | '_' | '~' | '+' | '^')
    });
    let is_word = |line: &&str| line.split_whitespace().count() > 1 && line.chars().count() <= 90;
    !lines.is_empty()
        && !odd
        && letters > 6 * others
        && lines.iter().all(|line| !line.contains("   ") && !line.contains('\t'))
        && lines.iter().filter(|line| is_word(line)).count() * 3 >= lines.len() * 2
}
