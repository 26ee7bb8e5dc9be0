//! Parser events become draft blocks.
//!
//! Blocks are not nested in a text, so the innermost of quote and list decides what a paragraph is. A hard line break
//! ends the block and the next line begins another of the same kind, as verse does in plain text.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::article::{BlockKind, InlineKind};
use crate::intake::draft::{Draft, Words};
use crate::intake::link;
use crate::text::html;

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

enum Container {
    Quote,
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
            Event::InlineHtml(tag) if html::is_break(&tag) => self.line_break(),
            Event::InlineHtml(_) => {}
            Event::FootnoteReference(label) => self.text(&format!("[{label}]")),
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
            Tag::Emphasis => self.words.open(InlineKind::Emphasis),
            Tag::Strong => self.words.open(InlineKind::Strong),
            Tag::Link { link_type, dest_url, .. } => {
                let address =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let address = link::safe(&address).filter(|_| self.pictures == 0);
                self.links.push(address.is_some());
                if let Some(address) = address {
                    self.words.open(InlineKind::Link(address));
                }
            }
            Tag::Image { title, .. } => {
                if self.pictures == 0 {
                    self.picture_title = title.to_string();
                }
                self.pictures += 1;
            }
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
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
            Tag::BlockQuote(_) => self.containers.push(Container::Quote),
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
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',', '{']).next().map(crate::text::sanitize::one_line)
                    }
                    CodeBlockKind::Indented => None,
                };
                let language = language.filter(|language| !language.is_empty());
                self.kind = Some(BlockKind::Code { language, depth: 0 });
            }
            Tag::Table(_) => self.kind = Some(BlockKind::Table),
            Tag::HtmlBlock => self.html = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.words.close(),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.words.close();
                }
            }
            TagEnd::Image => self.end_picture(),
            TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell => {}
            TagEnd::HtmlBlock => {
                for words in html::paragraphs(&self.html.take().unwrap_or_default()) {
                    self.words.push(&words);
                    self.flush();
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
                self.containers.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
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

    fn line_break(&mut self) {
        if self.pictures > 0 || self.kind.is_some() {
            self.text(" ");
        } else {
            self.write();
        }
    }

    /// Ends the words at hand; pictures that stood among them follow.
    fn flush(&mut self) {
        self.write();
        self.kind = None;
        self.drafts.append(&mut self.figures);
    }

    fn write(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let kind = self.kind.clone().unwrap_or_else(|| self.kind_here());
        let mut draft = self.words.take(kind);
        if matches!(draft.kind, BlockKind::Code { .. }) {
            draft.words.truncate(draft.words.trim_end_matches('\n').len());
            let blank = draft.words.len() - draft.words.trim_start_matches('\n').len();
            draft.words.drain(..blank);
        }
        if draft.words.trim().is_empty() {
            return;
        }
        self.drafts.push(draft);
    }

    fn kind_here(&mut self) -> BlockKind {
        let depth = u8::try_from(self.lists.saturating_sub(1)).unwrap_or(u8::MAX);
        match self.containers.last_mut() {
            Some(Container::Item(marker)) => BlockKind::ListItem { depth, marker: marker.take().unwrap_or_default() },
            Some(Container::Quote) => BlockKind::Quote(1),
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
