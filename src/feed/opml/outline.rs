//! What an OPML file says, and where: <http://opml.org/spec2.opml>, read as forgivingly as a feed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use super::super::Subscription;
use super::super::address::{BadAddress, feed_address, key};
use crate::intake::xml::{TokenKind, Tokens};
use crate::text::sanitize::one_line;

/// Folders in folders that are followed.
pub(in crate::feed) const MAX_DEPTH: usize = 32;
/// Feeds of one file.
pub const MAX_FEEDS: usize = 20_000;
/// Characters of a name that are kept.
const MAX_NAME: usize = 200;
/// Tags of one feed that are kept.
const MAX_TAGS: usize = 32;

/// What our own attributes begin with: the namespace is declared under this prefix.
pub(super) const PREFIX: &str = "dl";
/// Whether the feed is left alone.
pub(super) const PAUSED: &str = "dl:paused";
/// Whether the pages of its articles are fetched.
pub(super) const FETCH_PAGES: &str = "dl:fetch-pages";
/// A command that it is piped through.
pub(super) const FILTER: &str = "dl:filter";

/// Something wrong in an OPML file: what it says there is left out, and stays in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpmlFault {
    /// The line, from 1.
    pub line: usize,
    /// What it is about, for people.
    pub name: String,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for OpmlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name.is_empty() { String::new() } else { format!(" ({})", self.name) };
        write!(f, "line {}{name}: {}", self.line, self.reason)
    }
}

/// Why a text is not used as OPML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoOpml {
    /// It has neither `opml` nor `outline`.
    NotOpml,
    /// Its elements lie too deep in each other.
    TooDeep,
    /// It has more feeds than can be read.
    TooMany,
}

impl fmt::Display for NoOpml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpml => f.write_str("it is not OPML"),
            Self::TooDeep => write!(f, "its folders lie more than {MAX_DEPTH} deep in each other"),
            Self::TooMany => write!(f, "it has more than {MAX_FEEDS} feeds"),
        }
    }
}

impl std::error::Error for NoOpml {}

/// An `outline`, or what holds the outermost ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::feed) struct Outline {
    /// The one it lies in, by its number; the first lies in itself.
    pub(in crate::feed) parent: usize,
    /// Its name as a folder; empty for the outermost.
    pub(in crate::feed) name: String,
    /// Its tag.
    pub(in crate::feed) tag: Range<usize>,
    /// Its closing tag; empty where it has none.
    pub(in crate::feed) end: Range<usize>,
    /// Whether its tag ends in `/>`.
    pub(in crate::feed) is_empty_tag: bool,
    /// Whether it names no address: then it is a folder, though there may be nothing in it.
    pub(in crate::feed) is_folder: bool,
    /// The last outline in it.
    pub(in crate::feed) last_child: Option<usize>,
}

impl Outline {
    /// From its tag to the end of its closing tag.
    pub(in crate::feed) fn whole(&self) -> Range<usize> {
        self.tag.start..self.tag.end.max(self.end.end)
    }
}

/// What an OPML file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::feed) struct Outlines {
    /// All of them, in their order; the first is `body`, or what holds the outermost outlines without one.
    pub(in crate::feed) all: Vec<Outline>,
    /// The feeds.
    pub(in crate::feed) feeds: Vec<Subscription>,
    /// The outline of each feed.
    pub(in crate::feed) places: Vec<usize>,
    /// The tag of `opml`.
    pub(in crate::feed) root: Option<Range<usize>>,
    /// What must stand behind how much of the text to make it whole, if it was cut off.
    pub(in crate::feed) cut: Option<(usize, String)>,
    /// Outlines that should not be handed on: to go, or with this address instead of theirs.
    pub(in crate::feed) unfit: Vec<(usize, Option<String>)>,
    /// What is wrong.
    pub(in crate::feed) faults: Vec<OpmlFault>,
}

/// An element that is not closed yet.
struct Open<'a> {
    name: &'a str,
    outline: Option<usize>,
}

impl Outlines {
    /// Reads a file.
    ///
    /// # Errors
    /// [`NoOpml`], if nothing of it can be used.
    pub(in crate::feed) fn read(text: &str) -> Result<Self, NoOpml> {
        let mut reader = Reader::new(text);
        let mut is_opml = false;
        let mut end = text.len();
        for token in Tokens::new(text) {
            match token.kind {
                TokenKind::Start { name, attributes, is_empty } => {
                    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
                    is_opml |= ["opml", "outline"].iter().any(|known| local.eq_ignore_ascii_case(known));
                    reader.start(local, &attributes, token.range, is_empty)?;
                }
                TokenKind::End { name } => {
                    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
                    reader.close(local, &token.range);
                }
                TokenKind::Other(cut) if cut.starts_with('<') && !cut.starts_with("<!") && !cut.starts_with("<?") => {
                    end = token.range.start;
                }
                _ => {}
            }
        }
        if is_opml { Ok(reader.finish(end)) } else { Err(NoOpml::NotOpml) }
    }

    /// The folders an outline lies in, with its own name if it is a folder itself.
    pub(in crate::feed) fn path(&self, outline: usize) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = outline;
        // The outermost is the only one that lies in itself.
        while let Some(one) = self.all.get(at).filter(|_| at != 0) {
            names.push(one.name.clone());
            at = one.parent;
        }
        names.reverse();
        names
    }
}

struct Reader<'a> {
    text: &'a str,
    outlines: Outlines,
    open: Vec<Open<'a>>,
    /// Folder and feed of each that was met.
    known: HashSet<String>,
    /// How far lines are counted, and how many there are before.
    counted: (usize, usize),
    has_body: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let outermost = Outline {
            parent: 0,
            name: String::new(),
            tag: 0..0,
            end: text.len()..text.len(),
            is_empty_tag: false,
            is_folder: true,
            last_child: None,
        };
        let outlines = Outlines { all: vec![outermost], ..Outlines::default() };
        Self { text, outlines, open: Vec::new(), known: HashSet::new(), counted: (0, 1), has_body: false }
    }

    fn line_at(&mut self, at: usize) -> usize {
        let (from, line) = self.counted;
        let lines = self.text.get(from..at).map_or(0, |passed| passed.matches('\n').count());
        self.counted = (at.max(from), line + lines);
        line + lines
    }

    fn start(
        &mut self,
        name: &'a str,
        attributes: &[(&str, Cow<'_, str>)],
        tag: Range<usize>,
        is_empty: bool,
    ) -> Result<(), NoOpml> {
        let outline = if name.eq_ignore_ascii_case("outline") {
            Some(self.outline(attributes, tag, is_empty)?)
        } else {
            let is_root = name.eq_ignore_ascii_case("opml") && self.outlines.root.is_none();
            let is_body = name.eq_ignore_ascii_case("body") && !self.has_body;
            if is_root {
                self.outlines.root = Some(tag.clone());
            }
            self.has_body |= is_body;
            // Without a body, what is closed by `opml` holds the outermost outlines.
            let holds = is_body || is_root;
            if holds && let Some(outermost) = self.outlines.all.first_mut() {
                (outermost.tag, outermost.is_empty_tag) = (tag.clone(), is_empty);
                outermost.end = if is_empty { tag.end..tag.end } else { self.text.len()..self.text.len() };
            }
            holds.then_some(0)
        };
        if !is_empty {
            // `opml` and `body` are not folders.
            if self.open.len() > MAX_DEPTH + 2 {
                return Err(NoOpml::TooDeep);
            }
            self.open.push(Open { name, outline });
        }
        Ok(())
    }

    fn close(&mut self, name: &str, end: &Range<usize>) {
        let Some(place) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else { return };
        for (closed, number) in self.open.drain(place..).zip(place..) {
            let Some(number_of) = closed.outline else { continue };
            let is_root_with_body = number_of == 0 && self.has_body && closed.name.eq_ignore_ascii_case("opml");
            if is_root_with_body {
                continue;
            }
            if let Some(outline) = self.outlines.all.get_mut(number_of) {
                outline.end = if number == place { end.clone() } else { end.start..end.start };
            }
        }
    }

    fn outline(
        &mut self,
        attributes: &[(&str, Cow<'_, str>)],
        tag: Range<usize>,
        is_empty: bool,
    ) -> Result<usize, NoOpml> {
        let parent = self.open.iter().rev().find_map(|open| open.outline).unwrap_or(0);
        let number = self.outlines.all.len();
        let value = |wanted: &str| {
            attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_ref())
        };
        let name = [value("title"), value("text")].into_iter().flatten().map(short_line).find(|name| !name.is_empty());
        let name = name.unwrap_or_default();
        let kind = value("type").unwrap_or_default().trim().to_ascii_lowercase();
        let is_feed_kind = matches!(kind.as_str(), "rss" | "atom" | "feed");
        let address = value("xmlUrl").or_else(|| value("url").filter(|_| is_feed_kind));
        let line = self.line_at(tag.start);
        let outline = Outline {
            parent,
            name: name.clone(),
            end: tag.end..tag.end,
            tag,
            is_empty_tag: is_empty,
            is_folder: address.is_none() && value("url").is_none(),
            last_child: None,
        };
        self.outlines.all.push(outline);
        if let Some(parent) = self.outlines.all.get_mut(parent) {
            parent.last_child = Some(number);
        }
        let fault = |reason: String| OpmlFault { line, name: name.clone(), reason };
        let address = match (address, is_feed_kind) {
            (Some(address), _) => address,
            (None, true) if is_empty => {
                self.outlines.faults.push(fault(BadAddress::Empty.to_string()));
                self.outlines.unfit.push((number, None));
                return Ok(number);
            }
            (None, _) => return Ok(number),
        };
        let url = match feed_address(address) {
            Ok(url) => url,
            Err(bad) => {
                self.outlines.faults.push(fault(bad.to_string()));
                match bad {
                    BadAddress::Credentials(url) => {
                        self.outlines.unfit.push((number, Some(url.clone())));
                        url
                    }
                    BadAddress::Empty | BadAddress::NotWeb(_) => {
                        self.outlines.unfit.push((number, None));
                        return Ok(number);
                    }
                }
            }
        };
        let folder = self.outlines.path(parent);
        // Two folders with the same name are one.
        if !self.known.insert(format!("{}\u{1f}{}", folder.join("\u{1f}"), key(&url))) {
            self.outlines.unfit.push((number, None));
            return Ok(number);
        }
        if self.outlines.feeds.len() == MAX_FEEDS {
            return Err(NoOpml::TooMany);
        }
        self.outlines.feeds.push(subscription(url, &name, attributes, folder));
        self.outlines.places.push(number);
        Ok(number)
    }

    fn finish(mut self, end: usize) -> Outlines {
        if !self.open.is_empty() || end < self.text.len() {
            let line = self.line_at(end);
            let closing: String = self.open.iter().rev().flat_map(|open| ["</", open.name, ">"]).collect();
            let is_cut =
                end < self.text.len() || self.open.iter().any(|open| open.name.eq_ignore_ascii_case("outline"));
            // A file without `</opml>` alone says everything it has to say.
            if is_cut {
                let reason = "the file ends in the middle; what is before is used".to_owned();
                self.outlines.faults.push(OpmlFault { line, name: String::new(), reason });
            }
            self.outlines.cut = Some((end, closing));
        }
        self.outlines
    }
}

fn short_line(words: &str) -> String {
    one_line(words).chars().take(MAX_NAME).collect::<String>().trim_end().to_owned()
}

/// Attributes that [`Subscription`] has fields for.
const KNOWN: [&str; 9] = ["text", "title", "type", "xmlUrl", "htmlUrl", "category", PAUSED, FETCH_PAGES, FILTER];

fn subscription(url: String, name: &str, attributes: &[(&str, Cow<'_, str>)], folder: Vec<String>) -> Subscription {
    let value = |wanted: &str| {
        attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    };
    let is_yes =
        |name: &str| value(name).is_some_and(|said| matches!(said.to_ascii_lowercase().as_str(), "yes" | "true" | "1"));
    let (paths, tags) = categories(value("category").unwrap_or_default());
    let is_other = |name: &&str| !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name));
    let other = attributes.iter().filter(|(name, _)| is_other(name));
    let mut other: Vec<(String, String)> =
        other.map(|(name, value)| ((*name).to_owned(), value.clone().into_owned())).collect();
    if !paths.is_empty() {
        other.push(("category".to_owned(), paths.join(",")));
    }
    Subscription {
        title: Some(name.to_owned()).filter(|name| !name.is_empty() && *name != url),
        folder,
        tags,
        is_paused: is_yes(PAUSED),
        fetches_pages: is_yes(FETCH_PAGES),
        home: value("htmlUrl").map(one_line).filter(|home| !home.is_empty()),
        filter: value(FILTER).map(one_line).filter(|command| !command.is_empty()),
        other,
        url,
    }
}

/// The parts of `category` that are paths (`/News/World`), and those that are tags (OPML 2.0, "category").
pub(super) fn categories(written: &str) -> (Vec<String>, Vec<String>) {
    let parts = written.split(',').map(short_line).filter(|part| !part.is_empty());
    let (paths, mut tags): (Vec<String>, Vec<String>) = parts.take(MAX_TAGS).partition(|part| part.starts_with('/'));
    let mut met = HashSet::new();
    tags.retain(|tag| met.insert(tag.clone()));
    (paths, tags)
}
