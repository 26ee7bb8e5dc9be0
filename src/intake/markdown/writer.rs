//! Parser events become draft blocks.
//!
//! Blocks are not nested in a text, so the innermost of quote and list decides what a paragraph is. HTML is read as far as
//! it marks words up, breaks lines and parts paragraphs.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{callout, highlight};
use crate::article::{BlockKind, InlineKind};
use crate::intake::draft::{Draft, Words};
use crate::intake::link;
use crate::text::html::{self, Piece};

/// The blocks of a document.
pub(super) fn write<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Draft> {
    let mut writer = Writer::default();
    for event in events {
        writer.event(event);
    }
    writer.flush();
    writer.drafts
}

#[derive(Default)]
struct Writer {
    drafts: Vec<Draft>,
    words: Words,
    /// What is open, outermost first.
    containers: Vec<Container>,
    /// Lists among the containers.
    lists: usize,
    /// Quotes among the containers.
    quotes: usize,
    /// What is open in the words at hand, outermost first: the element, if it is one of HTML.
    open: Vec<Option<String>>,
    /// What the words at hand will be, if that is not decided by the containers.
    kind: Option<BlockKind>,
    /// Whether each open link has an address that is kept.
    links: Vec<bool>,
    /// Whether the next cell of a table is the first of its row; the others are parted from it by tabs.
    at_row_start: bool,
    /// HTML of an open block.
    html: Option<String>,
    /// Open pictures; the words inside the outermost are its description.
    pictures: usize,
    picture: Words,
    picture_title: String,
    figures: Vec<Draft>,
}

/// Elements of HTML and marks that are open within one another in a line; more are left out.
const DEEPEST_INLINE: usize = 32;

enum Container {
    /// Whether nothing is in it yet.
    Quote(bool),
    /// The number of the next item, if items are numbered.
    List(Option<u64>),
    /// The marker, until a block has taken it.
    Item(Option<String>),
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                if self.pictures > 0 {
                    self.picture.push(&text);
                } else {
                    self.words.code(&text);
                }
            }
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.text(&text),
            },
            Event::InlineHtml(tag) => self.inline_tag(tag.trim_matches(['<', '>'])),
            Event::FootnoteReference(label) => self.text(&format!("[{label}]")),
            Event::SoftBreak if self.is_callout_title() => self.write(),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.flush();
                self.drafts.push(Draft::rule());
            }
            Event::TaskListMarker(done) => {
                if let Some(Container::Item(marker)) = self.containers.last_mut() {
                    *marker = Some(if done { "☑" } else { "☐" }.to_owned());
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.open(InlineKind::Emphasis, None),
            Tag::Strong => self.open(InlineKind::Strong, None),
            Tag::Strikethrough => self.open(InlineKind::Strikethrough, None),
            Tag::Link { link_type, dest_url, .. } => {
                let address =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let address = link::safe(&address).filter(|_| self.pictures == 0);
                self.links.push(address.is_some());
                if let Some(address) = address {
                    self.open(InlineKind::Link(address), None);
                }
            }
            Tag::Image { title, .. } => {
                if self.pictures == 0 {
                    self.picture_title = title.to_string();
                }
                self.pictures += 1;
            }
            Tag::Superscript | Tag::Subscript => {}
            Tag::TableHead => self.at_row_start = true,
            Tag::TableRow => {
                self.words.push_exactly("\n");
                self.at_row_start = true;
            }
            Tag::TableCell => {
                if !std::mem::take(&mut self.at_row_start) {
                    self.words.push_exactly("\t");
                }
            }
            _ => {
                self.flush();
                self.block(tag);
            }
        }
    }

    fn block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.kind = Some(BlockKind::Heading(level_of(level))),
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                self.containers.push(Container::Quote(true));
            }
            Tag::List(first) => {
                self.lists += 1;
                self.containers.push(Container::List(first));
            }
            Tag::Item => {
                let marker = match self.containers.last_mut() {
                    Some(Container::List(Some(number))) => {
                        let marker = format!("{number}.");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "•".to_owned(),
                };
                self.containers.push(Container::Item(Some(marker)));
            }
            Tag::FootnoteDefinition(label) => {
                let marker = crate::text::sanitize::one_line(&format!("[{label}]"));
                self.containers.push(Container::Item(Some(marker)));
            }
            Tag::DefinitionListTitle => self.open(InlineKind::Strong, None),
            Tag::DefinitionListDefinition => self.containers.push(Container::Item(Some("•".to_owned()))),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',', '{']).next().map(crate::text::sanitize::one_line)
                    }
                    CodeBlockKind::Indented => None,
                };
                let language = language.filter(|language| !language.is_empty());
                self.kind = Some(BlockKind::Code { language, depth: level(self.lists) });
            }
            Tag::Table(_) => self.kind = Some(BlockKind::Table),
            Tag::HtmlBlock => self.html = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.close(),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.close();
                }
            }
            TagEnd::Image => self.end_picture(),
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {}
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                html::pieces(&html, |piece| match piece {
                    Piece::Words(words) => self.words.push(&html::unescape(words)),
                    Piece::Tag(tag) => self.tag(tag),
                });
                self.flush();
            }
            TagEnd::DefinitionListTitle => {
                self.close();
                self.flush();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
                self.containers.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
                self.containers.pop();
            }
            TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => {
                self.flush();
                self.containers.pop();
            }
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str) {
        if self.pictures > 0 {
            self.picture.push(text);
        } else if let Some(html) = &mut self.html {
            html.push_str(text);
        } else if matches!(self.kind, Some(BlockKind::Code { .. })) {
            self.words.push_exactly(text);
        } else {
            self.words.push(text);
        }
    }

    /// In a table a line is a row, so that a break is a blank there.
    fn line_break(&mut self) {
        if self.pictures > 0 || self.kind == Some(BlockKind::Table) {
            self.text(" ");
        } else if self.is_callout_title() {
            self.write();
        } else {
            self.words.line_break();
        }
    }

    fn is_callout_title(&self) -> bool {
        matches!(self.containers.last(), Some(Container::Quote(true)))
            && self.kind.is_none()
            && callout::begins(self.words.as_str())
    }

    /// An inline begins, by its element if it is one of HTML.
    fn open(&mut self, kind: InlineKind, element: Option<String>) {
        self.words.open(kind);
        self.open.push(element);
    }

    /// The last mark of Markdown ends, and what HTML opened inside it.
    fn close(&mut self) {
        while let Some(element) = self.open.pop() {
            self.words.close();
            if element.is_none() {
                break;
            }
        }
    }

    /// Ends what HTML opened since the last mark of Markdown: down to `element`, or all of it.
    fn close_html(&mut self, element: Option<&str>) {
        let mut of_html = self.open.iter().rev().map_while(Option::as_deref);
        let ended = match element {
            Some(name) => of_html.position(|open| open == name).map_or(0, |inside| inside + 1),
            None => of_html.count(),
        };
        for _ in 0..ended {
            self.open.pop();
            self.words.close();
        }
    }

    /// A tag within a line, from behind its `<`.
    fn inline_tag(&mut self, tag: &str) {
        let name = html::name_of(tag);
        if name == "br" {
            return self.line_break();
        }
        if tag.starts_with('/') {
            return self.close_html(Some(&name));
        }
        let kind = match name.as_str() {
            "b" | "strong" => InlineKind::Strong,
            "i" | "em" | "cite" | "dfn" | "var" => InlineKind::Emphasis,
            "s" | "del" | "strike" => InlineKind::Strikethrough,
            "code" | "kbd" | "samp" | "tt" => InlineKind::Code,
            "a" => match html::attribute(tag, "href").and_then(|address| link::safe(&address)) {
                Some(address) => InlineKind::Link(address),
                None => return,
            },
            _ => return,
        };
        if self.pictures == 0 && self.open.len() < DEEPEST_INLINE {
            self.open(kind, Some(name));
        }
    }

    /// A tag in a block of HTML.
    fn tag(&mut self, tag: &str) {
        let name = html::name_of(tag);
        if name == "br" || html::is_inline(tag) {
            return self.inline_tag(tag);
        }
        self.flush();
        let level = name.strip_prefix('h').and_then(|level| level.parse().ok()).filter(|level| (1..=6).contains(level));
        self.kind = level.filter(|_| !tag.starts_with('/')).map(BlockKind::Heading);
        if name == "summary" && !tag.starts_with('/') {
            self.open(InlineKind::Strong, Some(name));
        }
    }

    /// Ends the words at hand; pictures that stood among them follow.
    fn flush(&mut self) {
        self.write();
        self.kind = None;
        self.drafts.append(&mut self.figures);
    }

    fn write(&mut self) {
        self.close_html(None);
        if self.words.is_empty() {
            return;
        }
        let is_callout = self.is_callout_title();
        let kind = self.kind.clone().unwrap_or_else(|| self.kind_here());
        if let Some(Container::Quote(is_fresh)) = self.containers.last_mut() {
            *is_fresh = false;
        }
        let mut draft = self.words.take(kind);
        if is_callout {
            callout::head(&mut draft);
        }
        if matches!(draft.kind, BlockKind::Code { .. }) {
            draft.words.truncate(draft.words.trim_end_matches('\n').len());
            let blank = draft.words.len() - draft.words.trim_start_matches('\n').len();
            draft.words.drain(..blank);
        } else {
            highlight::unmark(&mut draft);
        }
        if draft.words.trim().is_empty() {
            return;
        }
        self.drafts.push(draft);
    }

    fn kind_here(&mut self) -> BlockKind {
        let depth = level(self.lists.saturating_sub(1));
        match self.containers.last_mut() {
            Some(Container::Item(marker)) => BlockKind::ListItem { depth, marker: marker.take().unwrap_or_default() },
            Some(Container::Quote(_)) => BlockKind::Quote(level(self.quotes)),
            Some(Container::List(_)) | None => BlockKind::Paragraph,
        }
    }

    /// A picture is shown by its words: the description, and the title if that says something else.
    fn end_picture(&mut self) {
        self.pictures = self.pictures.saturating_sub(1);
        if self.pictures > 0 {
            return;
        }
        let title = std::mem::take(&mut self.picture_title);
        let mut draft = self.picture.take(BlockKind::Figure);
        let title = title.trim();
        if draft.words.is_empty() {
            draft.words = crate::text::sanitize::one_line(title);
        } else if !title.is_empty() && title != draft.words {
            draft.words = format!("{} ({})", draft.words, crate::text::sanitize::one_line(title));
        }
        if !draft.words.is_empty() {
            self.figures.push(draft);
        }
    }
}

fn level(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
