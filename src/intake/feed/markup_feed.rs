//! Reads RSS, RDF, Atom and CDF: follows the elements of a feed and notes what each says (see [`fields`]).
//!
//! Nothing has to be well-formed. An element that is never closed ends where one begins that cannot stand in it; an
//! entry that was cut off has what stands before the cut.

use std::borrow::Cow;
use std::rc::Rc;

use jiff::Timestamp;

use super::content::{Captured, Form};
use super::draft::{Bases, Draft, Written};
use super::fields::{self, Field};
use super::plain::{line, line_of_html, unescaped};
use super::vocabulary::{Scope, Vocabulary};
use super::{Feed, FeedHints, Markup, dates, people};
use crate::article::address::{WebAddress, is_web};
use crate::intake::xml::{Token, TokenKind, Tokens, decode_entities};
use crate::text::language::tag;

/// Entries of one feed, at most: the rest is left out.
const MAX_ENTRIES: usize = 20_000;

/// Elements that are followed inside each other; deeper ones say nothing.
const MAX_DEPTH: usize = 200;

/// Elements of their own that say nothing of the feed or the entry they stand in.
const APART: [&str; 8] = ["image", "textinput", "textimage", "cloud", "source", "skipdays", "contributor", "generator"];

/// Elements of HTML that are written without an end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

type Attributes<'a> = Vec<(&'a str, Cow<'a, str>)>;

/// Reads the feed in `source`, whose root was found to be one.
pub(super) fn read(source: &str, hints: &FeedHints, now: Timestamp) -> Feed {
    let mut reader = Reader {
        tokens: Tokens::new(source),
        source,
        now,
        address: hints.address.as_deref(),
        scope: Scope::default(),
        is_atom: false,
        open: Vec::new(),
        skipped: 0,
        feed: Draft::default(),
        ttl: None,
        period: None,
        frequency: None,
        hours: Vec::new(),
        entry: None,
        entries: Vec::new(),
    };
    while let Some(token) = reader.tokens.next() {
        reader.take(token);
    }
    reader.finish(hints)
}

/// An element that is open.
#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    /// Whether nothing in it counts.
    is_apart: bool,
    is_entry: bool,
    base: Option<Rc<str>>,
}

/// An element that says something.
struct Element<'e, 'a> {
    vocabulary: Vocabulary,
    attributes: &'e Attributes<'a>,
    captured: Captured,
    /// What addresses in it are relative to.
    base: Option<Rc<str>>,
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    source: &'a str,
    now: Timestamp,
    address: Option<&'a str>,
    scope: Scope<'a>,
    /// Whether the root is Atom's.
    is_atom: bool,
    open: Vec<Open<'a>>,
    /// How many elements are open beyond the deepest that is followed.
    skipped: usize,
    feed: Draft,
    ttl: Option<u32>,
    period: Option<u32>,
    frequency: Option<u32>,
    hours: Vec<u8>,
    entry: Option<Draft>,
    entries: Vec<Draft>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token.kind {
            TokenKind::Start { name, attributes, is_empty } => self.start(name, &attributes, is_empty),
            TokenKind::End { name } => self.end(name),
            _ => {}
        }
    }

    fn start(&mut self, name: &'a str, attributes: &Attributes<'a>, is_empty: bool) {
        self.scope.enter(self.open.len(), name, attributes);
        let (vocabulary, local) = self.resolve(name);
        let local = local.to_ascii_lowercase();
        if self.open.is_empty() && matches!(local.as_str(), "feed" | "entry") {
            self.is_atom = true;
        }
        let base = self.base(attributes);
        if is_entry(vocabulary, &local) {
            self.close_entry();
            self.begin_entry(vocabulary, attributes, base.as_ref());
            self.push(name, false, true, base, is_empty);
            return;
        }
        if self.open.last().is_some_and(|around| around.is_apart) {
            self.push(name, true, false, base, is_empty);
            return;
        }
        if let Some((field, rank)) = fields::of(vocabulary, &local) {
            let captured = if is_empty { Captured::default() } else { self.capture(name, field) };
            let base = self.base_in(base, captured.base.as_deref());
            self.note(field, rank, Element { vocabulary, attributes, captured, base });
            return;
        }
        self.note_attributes(vocabulary, &local, attributes, base.clone());
        let is_core = matches!(vocabulary, Vocabulary::Core | Vocabulary::Atom);
        let is_apart =
            is_core && APART.contains(&local.as_str()) || vocabulary == Vocabulary::Unknown && name.contains(':');
        let is_root = self.open.is_empty();
        self.push(name, is_apart && !is_root, false, base, is_empty);
    }

    fn resolve<'n>(&self, name: &'n str) -> (Vocabulary, &'n str) {
        match self.scope.resolve(name) {
            (Vocabulary::Core, local) if self.is_atom => (Vocabulary::Atom, local),
            resolved => resolved,
        }
    }

    fn push(&mut self, name: &'a str, is_apart: bool, is_entry: bool, base: Option<Rc<str>>, is_empty: bool) {
        if is_empty {
            if is_entry {
                self.finish_entry();
            }
        } else if self.open.len() < MAX_DEPTH {
            self.open.push(Open { name, is_apart, is_entry, base });
        } else {
            self.skipped += 1;
        }
    }

    /// An end tag closes the last element of its name, and whatever is open in that.
    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) {
            self.close(at);
        }
    }

    fn close(&mut self, at: usize) {
        if self.open.iter().skip(at).any(|open| open.is_entry) {
            self.finish_entry();
        }
        self.open.truncate(at);
        self.scope.leave(at);
    }

    /// An entry that was never closed ends where the next begins.
    fn close_entry(&mut self) {
        self.skipped = 0;
        if let Some(at) = self.open.iter().position(|open| open.is_entry) {
            self.close(at);
        }
        self.finish_entry();
    }

    fn begin_entry(&mut self, vocabulary: Vocabulary, attributes: &Attributes<'a>, base: Option<&Rc<str>>) {
        let mut entry = Draft::default();
        for (name, value) in attributes {
            match name.to_ascii_lowercase().as_str() {
                "rdf:about" | "about" => entry.id.offer(1, Some(value.trim().to_owned()).filter(|id| !id.is_empty())),
                // CDF.
                "href" if vocabulary == Vocabulary::Core => entry.link.offer(2, written(value, base.cloned())),
                "lastmod" => entry.updated.offer(1, dates::read(value, self.now)),
                "xml:lang" => entry.language.offer(2, tag(value)),
                _ => {}
            }
        }
        self.entry = Some(entry);
    }

    fn finish_entry(&mut self) {
        if let Some(entry) = self.entry.take()
            && self.entries.len() < MAX_ENTRIES
        {
            self.entries.push(entry);
        }
    }

    /// What elements say that are no field by what they are called.
    fn note_attributes(
        &mut self,
        vocabulary: Vocabulary,
        local: &str,
        attributes: &Attributes<'a>,
        base: Option<Rc<str>>,
    ) {
        let get = |wanted: &str| find(attributes, wanted);
        if let Some(language) = get("xml:lang").filter(|_| self.entry.is_none() && self.open.len() <= 1) {
            self.feed.language.offer(2, tag(language));
        }
        match (vocabulary, local) {
            (Vocabulary::Core, "channel") => {
                self.feed.link.offer(2, get("href").and_then(|link| written(link, base)));
                self.feed.updated.offer(2, get("lastmod").and_then(|date| dates::read(date, self.now)));
            }
            (Vocabulary::Media, "content") => {
                let kind = get("medium").or_else(|| get("type").and_then(|kind| kind.split('/').next()));
                let is_picture = kind.is_some_and(|kind| kind.eq_ignore_ascii_case("image"));
                if let (Some(entry), Some(url), false) = (&mut self.entry, get("url"), is_picture) {
                    let place = Written { address: url.to_owned(), base };
                    entry.add_enclosure(place, get("type"), get("fileSize"));
                }
            }
            _ => {}
        }
    }

    /// What addresses in an element are relative to.
    fn base(&self, attributes: &Attributes<'a>) -> Option<Rc<str>> {
        let around = self.open.last().and_then(|open| open.base.clone());
        self.base_in(around, find(attributes, "xml:base"))
    }

    /// What addresses are relative to that stand in an element with a base of its `own`.
    fn base_in(&self, around: Option<Rc<str>>, own: Option<&str>) -> Option<Rc<str>> {
        let Some(own) = own else { return around };
        let outer = around.as_deref().or(self.address).and_then(WebAddress::parse);
        let joined = match outer {
            Some(outer) => outer.join(own.trim()),
            None => Some(own.trim().to_owned()),
        };
        joined.filter(|base| is_web(base)).map(Rc::from).or(around)
    }

    /// All that stands in the element that has just begun, up to its end or to what cannot stand in it.
    fn capture(&mut self, name: &str, field: Field) -> Captured {
        let mut captured = Captured::default();
        let mut depth = 0_usize;
        loop {
            let before = self.tokens.clone();
            let Some(token) = self.tokens.next() else { break };
            match token.kind {
                TokenKind::Text(words) => {
                    captured.words.push_str(&decode_entities(words));
                    captured.markup.push_str(words);
                }
                TokenKind::CData(words) => {
                    captured.words.push_str(words);
                    // In an element of text, CDATA is the same text; among tags of RSS it is more of them.
                    if self.is_atom {
                        captured.markup.push_str(&words.replace('&', "&amp;").replace('<', "&lt;"));
                    } else {
                        captured.markup.push_str(words);
                    }
                }
                TokenKind::Start { name: inner, is_empty, attributes } => {
                    if self.cannot_hold(inner, field) {
                        self.tokens = before;
                        break;
                    }
                    depth += usize::from(!is_empty && inner.eq_ignore_ascii_case(name));
                    if !captured.has_tags {
                        captured.base = find(&attributes, "xml:base").map(str::to_owned);
                    }
                    captured.has_tags = true;
                    self.copy_tag(&mut captured.markup, &token.range, inner, is_empty);
                }
                TokenKind::End { name: inner } if inner.eq_ignore_ascii_case(name) => {
                    if depth == 0 {
                        break;
                    }
                    depth -= 1;
                    captured.markup.extend(["</", local(inner), ">"]);
                }
                TokenKind::End { name: inner } => {
                    if self.closes_around(inner, name) {
                        self.tokens = before;
                        break;
                    }
                    captured.markup.extend(["</", local(inner), ">"]);
                }
                TokenKind::Comment(_) | TokenKind::Other(_) => {}
            }
        }
        captured
    }

    /// Whether an element cannot stand in one that says `field`: another entry, or another field in a line.
    fn cannot_hold(&self, name: &str, field: Field) -> bool {
        let (vocabulary, local) = self.resolve(name);
        let local = local.to_ascii_lowercase();
        if is_entry(vocabulary, &local) {
            return field != Field::Content;
        }
        let inner = fields::of(vocabulary, &local).map(|(inner, _)| inner);
        let begins_line = matches!(
            inner,
            Some(Field::Id | Field::Published | Field::Updated | Field::Summary | Field::Content | Field::Link)
        );
        !field.is_rich() && field != Field::Author && begins_line && vocabulary != Vocabulary::Xhtml
    }

    /// Whether an end tag ends what stands around the element of that name.
    fn closes_around(&self, end: &str, name: &str) -> bool {
        let local = local(end).to_ascii_lowercase();
        let is_frame = matches!(local.as_str(), "item" | "entry" | "channel" | "rss" | "feed" | "rdf");
        is_frame && end != name && self.open.iter().any(|open| open.name.eq_ignore_ascii_case(end))
    }

    /// A tag as HTML has it: without prefix, and closed if it is empty.
    fn copy_tag(&self, markup: &mut String, range: &std::ops::Range<usize>, name: &str, is_empty: bool) {
        let tag = self.source.get(range.start + 1 + name.len()..range.end).unwrap_or_default();
        let own = local(name);
        markup.extend(["<", own, tag]);
        if !tag.ends_with('>') {
            markup.push('>');
        }
        if is_empty && !VOID.iter().any(|void| own.eq_ignore_ascii_case(void)) {
            // What HTML takes for a beginning.
            let kept = markup.trim_end_matches(['/', '>']).len();
            markup.truncate(kept);
            markup.extend(["></", own, ">"]);
        }
    }

    /// Notes what an element says.
    fn note(&mut self, field: Field, rank: u8, element: Element<'_, 'a>) {
        let Element { vocabulary, attributes, captured, base } = element;
        let get = |wanted: &str| find(attributes, wanted);
        let now = self.now;
        let is_feed = self.entry.is_none();
        let draft = self.entry.as_mut().unwrap_or(&mut self.feed);
        let form = Form::of(vocabulary, attributes);
        match field {
            Field::Title => {
                let is_escaped = !captured.has_tags;
                let markup = form.read(captured, None);
                let title = title_of(&markup);
                draft.title.offer(rank, if markup.is_html && is_escaped { title.map(unescaped) } else { title });
            }
            Field::Link => note_link(draft, rank, attributes, &captured, base, is_feed || self.is_atom),
            Field::Id => {
                let id = captured.words.trim();
                if !id.is_empty() {
                    let says_no = get("isPermaLink").is_some_and(|word| word.trim().eq_ignore_ascii_case("false"));
                    draft.is_mere_id = says_no;
                    draft.id.offer(rank, Some(id.to_owned()));
                }
            }
            Field::Author => {
                let names = people::names(&captured);
                // An address is worth less than any name.
                let is_mail = names.iter().all(|name| name.contains('@'));
                draft.add_authors(if is_mail { rank + 3 } else { rank }, names);
            }
            Field::Published if is_feed => draft.updated.replace(rank + 1, dates::read(&captured.words, now)),
            Field::Published => draft.published.replace(rank, dates::read(&captured.words, now)),
            Field::Updated => draft.updated.replace(rank, dates::read(&captured.words, now)),
            Field::Summary | Field::Content => {
                // The language of the words is that of the article; that of an entry around them may be of all of it.
                if !is_feed {
                    draft.language.offer(if field == Field::Content { 1 } else { 3 }, get("xml:lang").and_then(tag));
                }
                if let Some(place) = get("src").filter(|_| field == Field::Content) {
                    draft.own.offer(1, written(place, base));
                    return;
                }
                let markup = form.read(captured, base.as_deref().map(str::to_owned));
                let markup = Some(markup).filter(|markup| !markup.source.trim().is_empty());
                if field == Field::Content {
                    draft.content.offer(rank, markup);
                } else {
                    draft.add_summary(rank, markup);
                }
            }
            Field::Enclosure => {
                if let Some(url) = get("url").or_else(|| get("href")) {
                    draft.add_enclosure(Written { address: url.to_owned(), base }, get("type"), get("length"));
                }
            }
            Field::Category => {
                let named = get("label").or_else(|| get("term")).or_else(|| get("text"));
                let named = named.and_then(line).or_else(|| line_of_html(&captured.words)).unwrap_or_default();
                draft.add_category(named);
            }
            Field::Keywords => captured.words.split(',').filter_map(line).for_each(|word| draft.add_category(word)),
            Field::Language => draft.language.offer(rank, tag(&captured.words)),
            Field::Comments => draft.comments.offer(rank, written(&captured.words, base)),
            Field::Ttl => self.ttl = self.ttl.or_else(|| captured.words.trim().parse().ok()),
            Field::Hour => {
                let hour = captured.words.trim().parse().ok().filter(|hour| *hour <= 24).map(|hour: u8| hour % 24);
                self.hours.extend(hour.filter(|hour| !self.hours.contains(hour)));
            }
            Field::Period => self.period = self.period.or_else(|| minutes_of(captured.words.trim())),
            Field::Frequency => self.frequency = self.frequency.or_else(|| captured.words.trim().parse().ok()),
        }
    }

    fn finish(mut self, hints: &FeedHints) -> Feed {
        self.finish_entry();
        let address = hints.address.as_deref();
        let authors = self.feed.authors().to_vec();
        let home = self.feed.link.into_value();
        let home = home.and_then(|link| Bases { address, ..Bases::default() }.resolve(&link));
        let bases = Bases { address, home: home.as_deref(), is_atom: self.is_atom };
        let mut entries: Vec<_> = self.entries.into_iter().map(|entry| entry.into_entry(bases)).collect();
        if self.is_atom {
            // RFC 4287 §4.2.1: who wrote the feed wrote the entries that do not say otherwise.
            entries
                .iter_mut()
                .filter(|entry| entry.authors.is_empty())
                .for_each(|entry| entry.authors.clone_from(&authors));
        }
        let language = self.feed.language.into_value();
        entries
            .iter_mut()
            .filter(|entry| entry.language.is_none())
            .for_each(|entry| entry.language.clone_from(&language));
        let often = self.period.map(|minutes| minutes / self.frequency.unwrap_or(1).max(1));
        Feed {
            title: self.feed.title.into_value(),
            url: self.feed.own.into_value().and_then(|own| bases.resolve(&own)),
            language,
            updated: self.feed.updated.into_value(),
            ttl: self.ttl.or(often).filter(|minutes| *minutes > 0),
            skip_hours: self.hours,
            home,
            entries,
        }
    }
}

/// Whether an element is an article of the feed.
fn is_entry(vocabulary: Vocabulary, local: &str) -> bool {
    matches!(vocabulary, Vocabulary::Core | Vocabulary::Atom) && matches!(local, "item" | "entry")
}

/// The line of a title.
pub(super) fn title_of(markup: &Markup) -> Option<String> {
    if markup.is_html { line_of_html(&markup.source) } else { line(&markup.source) }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn find<'v>(attributes: &'v Attributes<'_>, wanted: &str) -> Option<&'v str> {
    attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_ref())
}

fn written(address: &str, base: Option<Rc<str>>) -> Option<Written> {
    let address = address.trim();
    (!address.is_empty()).then(|| Written { address: address.to_owned(), base })
}

/// A link: with its relation as in Atom, or as words as in RSS. Of several the first counts, or the last.
fn note_link(
    draft: &mut Draft,
    rank: u8,
    attributes: &Attributes<'_>,
    captured: &Captured,
    base: Option<Rc<str>>,
    is_first: bool,
) {
    let get = |wanted: &str| find(attributes, wanted);
    let named = get("href").map(str::trim).filter(|target| !target.is_empty());
    // With a relation, but as words: RSS by people who know Atom.
    let Some(target) = named.or_else(|| Some(captured.words.trim()).filter(|target| !target.is_empty())) else {
        return;
    };
    let relation = get("rel").unwrap_or("alternate").trim().to_ascii_lowercase();
    let relation = relation.rsplit('/').next().unwrap_or_default();
    let kind = get("type").unwrap_or_default().to_ascii_lowercase();
    let place = Written { address: target.to_owned(), base };
    match relation {
        "alternate" | "" => {
            // Of several forms the page is what people read; a feed is none.
            let is_page = kind.is_empty() || kind.contains("html");
            let is_other = if kind.contains("atom") || kind.contains("rss") { 4 } else { 2 };
            let rank = if is_page { rank } else { rank + is_other };
            if is_first {
                draft.link.offer(rank, Some(place));
            } else {
                // An entry of RSS has one link; of several other readers take the last.
                draft.link.replace(rank, Some(place));
            }
        }
        "enclosure" => draft.add_enclosure(place, get("type"), get("length")),
        "self" => draft.own.offer(0, Some(place)),
        "replies" if !kind.contains("xml") => draft.comments.offer(1, Some(place)),
        _ => {}
    }
}

/// The minutes of a period (RDF Site Summary 1.0, module Syndication).
fn minutes_of(period: &str) -> Option<u32> {
    let hours = match period.to_ascii_lowercase().as_str() {
        "hourly" => 1,
        "daily" => 24,
        "weekly" => 7 * 24,
        "monthly" => 30 * 24,
        "yearly" => 365 * 24,
        _ => return None,
    };
    Some(hours * 60)
}
