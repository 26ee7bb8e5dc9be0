//! The elements of a page become draft blocks.
//!
//! The walk is no recursion: what is still to do stands on a stack of its own. Blocks are not nested in a text, so
//! the innermost of quote and list decides what a paragraph is, as in Markdown. A block-level element ends the words
//! before it, whatever it stands in; words directly in a `div` are a paragraph like any other.

mod code;
mod figure;
mod list;
mod math;
mod scripts;
mod table;
mod visible;

use dom_query::{LocalName, NodeData, NodeRef};

use self::list::Numbering;
use super::elements::{is_block, is_heading};
use crate::article::address;
use crate::article::{BlockKind, InlineKind};
use crate::intake::draft::{Draft, Words};
use crate::text::sanitize::is_blank;

/// Blocks of one page, at most.
const MAX_DRAFTS: usize = 100_000;
/// Inlines of one page, at most; the words of further ones stay.
const MAX_INLINES: usize = 100_000;
/// Bytes of all link targets, which a long base makes longer than the page.
const MAX_TARGETS: usize = 8 << 20;

/// The blocks of an element and of everything in it. `base` is the address relative links start from.
pub(in crate::intake) fn drafts(root: &NodeRef<'_>, base: Option<&str>) -> Vec<Draft> {
    let mut walk = Walk { base, ..Walk::default() };
    // The root was chosen by somebody who knows the page: it is walked even if it is hidden.
    let mut steps = walk.open(root);
    steps.reverse();
    while let Some(step) = steps.pop() {
        let from = steps.len();
        match step {
            Step::Node(node) => steps.extend(walk.node(&node)),
            Step::Leave(exit) => walk.leave(exit),
            Step::Cell { tabs } => walk.begin_cell(tabs),
            Step::Row => walk.begin_line(),
        }
        // Steps are given in order, and the next is taken from the end.
        if let Some(added) = steps.get_mut(from..) {
            added.reverse();
        }
        if walk.drafts.len() >= MAX_DRAFTS {
            break;
        }
    }
    walk.flush();
    walk.drafts
}

/// Whether a link only leads from a note back to its mark.
fn is_way_back(link: &NodeRef<'_>) -> bool {
    link.attr("href").is_some_and(|href| href.contains('#'))
        && short_text(link, 12)
            .is_some_and(|words| matches!(words.trim().trim_end_matches('\u{fe0e}'), "↩" | "↑" | "^" | "⤴" | "⏎"))
}

/// What is to be done next.
enum Step<'t> {
    Node(NodeRef<'t>),
    Leave(Exit),
    /// A cell of a table that stands so many columns behind the one before.
    Cell {
        tabs: usize,
    },
    /// A row of a table or a line of code.
    Row,
}

/// What is to be done where an element ends.
#[derive(Debug)]
enum Exit {
    /// The words are a block.
    Block,
    /// The words are parted from what follows in the same line.
    Gap,
    Inline,
    /// An inline that is a block: the term of a definition.
    Term,
    /// Words that stand behind the element.
    Words(&'static str),
    /// A quote, a list or an item.
    Container,
    /// A block of this kind that is set in its own way.
    Set(BlockKind),
    /// The words are the caption of a picture; if there are none, the title of the film is.
    Caption(Option<String>),
    Verse,
}

enum Container {
    Quote,
    List(Numbering),
    /// The marker, until a block has taken it.
    Item(String),
}

/// How words are set.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    /// Blocks follow each other.
    #[default]
    Flow,
    /// Everything belongs to one line: a heading, a caption, a cell.
    Line,
    /// Words keep their white space.
    Code,
    /// Words keep their line breaks.
    Verse,
}

#[derive(Default)]
struct Walk<'a> {
    base: Option<&'a str>,
    drafts: Vec<Draft>,
    words: Words,
    /// What is open, outermost first.
    containers: Vec<Container>,
    /// How many of the containers are quotes and lists.
    quotes: u8,
    lists: u8,
    mode: Mode,
    /// The modes of the elements around.
    modes: Vec<Mode>,
    /// Films that follow the words at hand.
    films: Vec<Draft>,
    inlines: usize,
    /// Bytes of link targets.
    targets: usize,
    /// Empty cells that spans brought in.
    filled: usize,
}

impl Walk<'_> {
    fn node<'t>(&mut self, node: &NodeRef<'t>) -> Vec<Step<'t>> {
        let is_text = node.query_or(false, |node| {
            let NodeData::Text { contents } = &node.data else { return false };
            self.text(contents);
            true
        });
        if is_text {
            return Vec::new();
        }
        if !node.is_element() || visible::is_out_of_sight(node) || code::is_gutter(node) {
            return Vec::new();
        }
        self.open(node)
    }

    /// Opens an element and says what comes then.
    fn open<'t>(&mut self, node: &NodeRef<'t>) -> Vec<Step<'t>> {
        let name = name_of(node);
        let exit = match &*name {
            "br" => {
                self.line_break();
                return Vec::new();
            }
            "img" => {
                self.picture(node);
                return Vec::new();
            }
            "math" => {
                self.text(&math::text(node));
                return Vec::new();
            }
            "sup" | "sub" => return self.script(node, &name),
            "rt" => {
                self.words.push_exactly("(");
                Some(Exit::Words(")"))
            }
            "q" => {
                self.words.push_exactly("“");
                Some(Exit::Words("”"))
            }
            "a" if is_way_back(node) => return Vec::new(),
            "a" => node.attr("href").and_then(|link| self.link(&link)).map(|()| Exit::Inline),
            _ => match inline_kind(&name) {
                Some(kind) => self.inline(kind).then_some(Exit::Inline),
                None => return self.open_block(node, &name),
            },
        };
        within(node, exit)
    }

    fn open_block<'t>(&mut self, node: &NodeRef<'t>, name: &str) -> Vec<Step<'t>> {
        if self.mode != Mode::Flow {
            let starts_line = is_block(name) || name == "hr";
            if starts_line {
                self.gap(name);
            }
            return within(node, starts_line.then_some(Exit::Gap));
        }
        if !is_block(name) && !matches!(name, "iframe" | "input") {
            return within(node, None);
        }
        if !matches!(name, "iframe" | "input") {
            self.flush();
        }
        let exit = match name {
            "hr" => {
                self.drafts.push(Draft::rule());
                return Vec::new();
            }
            "iframe" => {
                self.films.extend(figure::video(node));
                return Vec::new();
            }
            "input" => {
                self.tick(node);
                return Vec::new();
            }
            "table" => return self.table(node),
            "figure" => return self.figure(node),
            "div" if figure::is_captioned_box(node) => return self.figure(node),
            "pre" | "listing" => return self.preformatted(node),
            "figcaption" => {
                self.enter(Mode::Line);
                Exit::Caption(None)
            }
            "blockquote" => {
                self.contain(Container::Quote);
                Exit::Container
            }
            "ol" | "ul" | "menu" | "dir" => {
                self.contain(Container::List(Numbering::of(node, name)));
                Exit::Container
            }
            "li" => {
                let marker = match self.containers.last_mut() {
                    Some(Container::List(numbering)) => numbering.marker(node),
                    _ => list::BULLET.to_owned(),
                };
                self.contain(Container::Item(marker));
                Exit::Container
            }
            "dd" => {
                self.contain(Container::Item(String::new()));
                Exit::Container
            }
            "dt" | "summary" => {
                if self.inline(InlineKind::Strong) {
                    Exit::Term
                } else {
                    Exit::Block
                }
            }
            _ if is_heading(name) => {
                let level = name.bytes().last().map_or(1, |digit| digit - b'0');
                self.enter(Mode::Line);
                Exit::Set(BlockKind::Heading(level))
            }
            _ => Exit::Block,
        };
        within(node, Some(exit))
    }

    fn leave(&mut self, exit: Exit) {
        match exit {
            Exit::Block => self.flush(),
            Exit::Gap => self.gap(""),
            Exit::Inline => self.words.close(),
            Exit::Term => {
                self.words.close();
                self.flush();
            }
            Exit::Words(words) => {
                self.words.trim_end();
                self.words.push_exactly(words);
            }
            Exit::Container => {
                self.flush();
                match self.containers.pop() {
                    Some(Container::Quote) => self.quotes = self.quotes.saturating_sub(1),
                    Some(Container::List(_)) => self.lists = self.lists.saturating_sub(1),
                    Some(Container::Item(_)) | None => {}
                }
            }
            Exit::Set(kind) => {
                self.mode = self.modes.pop().unwrap_or_default();
                self.write(kind);
                self.drafts.append(&mut self.films);
            }
            Exit::Caption(description) => {
                self.mode = self.modes.pop().unwrap_or_default();
                self.caption(description);
            }
            Exit::Verse => {
                self.mode = self.modes.pop().unwrap_or_default();
                self.flush();
            }
        }
    }

    fn contain(&mut self, container: Container) {
        match container {
            Container::Quote => self.quotes = self.quotes.saturating_add(1),
            Container::List(_) => self.lists = self.lists.saturating_add(1),
            Container::Item(_) => {}
        }
        self.containers.push(container);
    }

    fn enter(&mut self, mode: Mode) {
        self.modes.push(std::mem::replace(&mut self.mode, mode));
    }

    fn text(&mut self, text: &str) {
        // Places where a word may be broken are not part of it.
        let clean: String;
        let mut text = text;
        let hint = |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
        if !text.is_ascii() && text.contains(hint) {
            clean = text.replace(hint, "");
            text = &clean;
        }
        match self.mode {
            Mode::Code => self.words.push_exactly(&text.replace('\r', "")),
            Mode::Verse => {
                for (number, line) in text.split('\n').enumerate() {
                    if number > 0 {
                        self.line_break();
                    }
                    self.push(line);
                }
            }
            Mode::Flow | Mode::Line => self.push(text),
        }
    }

    fn push(&mut self, mut text: &str) {
        // No-break blanks at the beginning of a line were only ever meant to move it.
        if self.words.is_empty() || self.words.as_str().ends_with('\n') {
            text = text.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}']);
        }
        self.words.push(text);
    }

    /// A line break; the second in a row ends the paragraph.
    fn line_break(&mut self) {
        match self.mode {
            Mode::Line => self.words.push(" "),
            Mode::Code => self.words.push_exactly("\n"),
            Mode::Flow | Mode::Verse => {
                if self.words.as_str().trim_end_matches([' ', '\u{a0}']).ends_with('\n') {
                    self.flush();
                } else {
                    self.words.line_break();
                }
            }
        }
    }

    /// Where a block begins or ends in something that is no sequence of blocks.
    fn gap(&mut self, name: &str) {
        match self.mode {
            Mode::Code | Mode::Verse => {
                if !self.words.is_empty() && !self.words.as_str().ends_with('\n') {
                    self.words.push_exactly("\n");
                }
            }
            Mode::Flow | Mode::Line => {
                self.words.trim_end();
                if name == "li" && self.words.as_str().ends_with(char::is_alphanumeric) {
                    self.words.push_exactly(";");
                }
                self.words.push(" ");
            }
        }
    }

    fn inline(&mut self, kind: InlineKind) -> bool {
        let is_open = self.mode != Mode::Code && self.inlines < MAX_INLINES;
        if is_open {
            self.inlines += 1;
            self.words.open(kind);
        }
        is_open
    }

    fn link(&mut self, link: &str) -> Option<()> {
        let target = address::resolve(link, self.base)?;
        if self.targets + target.len() > MAX_TARGETS {
            return None;
        }
        self.targets += target.len();
        self.inline(InlineKind::Link(target)).then_some(())
    }

    /// A box that is ticked or not, at the beginning of an item.
    fn tick(&mut self, node: &NodeRef<'_>) {
        let is_box = node.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        if let Some(Container::Item(marker)) = self.containers.last_mut().filter(|_| is_box && self.words.is_empty()) {
            *marker = String::from(if node.has_attr("checked") { "☑" } else { "☐" });
        }
    }

    /// Ends the words at hand; films that stood among them follow.
    fn flush(&mut self) {
        if !is_blank(self.words.as_str()) {
            let kind = self.kind_here();
            self.write(kind);
        } else if !self.words.is_empty() {
            self.words.take(BlockKind::Paragraph);
        }
        self.drafts.append(&mut self.films);
    }

    fn write(&mut self, kind: BlockKind) {
        let mut draft = self.words.take(kind);
        if matches!(draft.kind, BlockKind::Code { .. }) {
            // Of the inlines around it code takes none; they would have to move with the words.
            draft.inlines.clear();
            draft.words.truncate(draft.words.trim_end().len());
            let blank = draft.words.len() - draft.words.trim_start_matches('\n').len();
            draft.words.drain(..blank);
        }
        if !is_blank(&draft.words) {
            self.drafts.push(draft);
        }
    }

    fn kind_here(&mut self) -> BlockKind {
        let depth = self.lists.saturating_sub(1);
        match self.containers.last_mut() {
            Some(Container::Item(marker)) => BlockKind::ListItem { depth, marker: std::mem::take(marker) },
            Some(Container::Quote) => BlockKind::Quote(self.quotes),
            Some(Container::List(_)) => BlockKind::ListItem { depth, marker: String::new() },
            None => BlockKind::Paragraph,
        }
    }
}

/// What an element does to the words in it.
fn inline_kind(name: &str) -> Option<InlineKind> {
    match name {
        "em" | "i" | "cite" | "dfn" | "var" => Some(InlineKind::Emphasis),
        "strong" | "b" => Some(InlineKind::Strong),
        "s" | "del" | "strike" => Some(InlineKind::Strikethrough),
        "code" | "kbd" | "samp" | "tt" => Some(InlineKind::Code),
        _ => None,
    }
}

/// The children of an element, and what is to be done behind them.
fn within<'t>(node: &NodeRef<'t>, exit: Option<Exit>) -> Vec<Step<'t>> {
    node.children_it(false).map(Step::Node).chain(exit.map(Step::Leave)).collect()
}

/// The name of an element; nothing of what is none.
fn name_of(node: &NodeRef<'_>) -> LocalName {
    node.element_ref().map(|element| element.name.local.clone()).unwrap_or_default()
}

/// The classes of an element, one after another.
fn classes(node: &NodeRef<'_>) -> Vec<String> {
    let class = node.attr("class").unwrap_or_default();
    class.split_ascii_whitespace().map(str::to_ascii_lowercase).collect()
}

/// Nodes that are looked at for the words of one element; elements stand in each other, so this is done again and again.
const MAX_LOOKED_AT: usize = 20_000;

/// The words in an element if they are no more than `limit` bytes in not too many pieces.
fn short_text(node: &NodeRef<'_>, limit: usize) -> Option<String> {
    let mut words = String::new();
    for (number, node) in node.descendants_it().enumerate() {
        if node.is_text() {
            words.push_str(&node.text());
        }
        if words.len() > limit || number > MAX_LOOKED_AT {
            return None;
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests;
