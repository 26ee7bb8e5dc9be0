//! A feed or an entry in the making: what its elements say, before addresses are resolved.

use std::rc::Rc;

use jiff::Timestamp;

use super::plain::line;
use super::{Enclosure, FeedEntry, Markup};
use crate::article::address::{absolute, is_web, split_scheme};

/// Bytes of the longest name a feed gives an entry that is kept.
const LONGEST_ID: usize = 2048;

/// Values of one kind an entry has, at most.
const MAX_VALUES: usize = 50;

/// The last rank of summaries of the whole entry; those below describe its pictures.
const LAST_SUMMARY: u8 = 2;

/// A rank below those of all elements.
const LEAST: u8 = u8::MAX;

/// The best of several values: that of the lowest rank, of these the first.
#[derive(Clone, Debug)]
pub(super) struct Best<T>(Option<(u8, T)>);

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Best<T> {
    pub(super) fn offer(&mut self, rank: u8, value: Option<T>) {
        if let Some(value) = value
            && self.0.as_ref().is_none_or(|(best, _)| rank < *best)
        {
            self.0 = Some((rank, value));
        }
    }

    /// As [`offer`](Self::offer), but of several of the same rank the last counts.
    pub(super) fn replace(&mut self, rank: u8, value: Option<T>) {
        if let Some(value) = value
            && self.0.as_ref().is_none_or(|(best, _)| rank <= *best)
        {
            self.0 = Some((rank, value));
        }
    }

    pub(super) fn into_value(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}

/// An address as it is written, and what it is relative to.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) address: String,
    pub(super) base: Option<Rc<str>>,
}

/// What addresses are relative to where nothing else is said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bases<'a> {
    /// Where the feed is.
    pub(super) address: Option<&'a str>,
    /// The page the feed belongs to.
    pub(super) home: Option<&'a str>,
    /// Whether the words of entries are relative to the feed itself, as those of Atom are (RFC 4287 §2). Elsewhere nothing
    /// is said of it, and they were written for the page of their entry.
    pub(super) is_atom: bool,
}

impl Bases<'_> {
    /// The address in full; none if it does not lead into the web.
    pub(super) fn resolve(self, written: &Written) -> Option<String> {
        // No address has this: it was escaped twice, or inside CDATA.
        let address = written.address.trim().replace("&amp;", "&");
        if address.is_empty() {
            return None;
        }
        let is_bare = address.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www."));
        let named = if is_bare && split_scheme(&address).is_none() { format!("http://{address}") } else { address };
        let bases = [written.base.as_deref(), self.address, self.home];
        let base = bases.into_iter().flatten().find(|base| is_web(base));
        absolute(&named, base)
    }

    /// What the words of an entry with a page at `page` are relative to.
    fn of_words(self, markup: &Markup, page: Option<&str>) -> Option<String> {
        let [first, second, third] =
            if self.is_atom { [self.address, page, self.home] } else { [page, self.home, self.address] };
        let bases = [markup.base.as_deref(), first, second, third];
        bases.into_iter().flatten().find(|base| is_web(base)).map(str::to_owned)
    }
}

/// A feed or an entry in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Best<String>,
    pub(super) link: Best<Written>,
    /// Its own address (`rel="self"`).
    pub(super) own: Best<Written>,
    pub(super) comments: Best<Written>,
    pub(super) id: Best<String>,
    /// Whether the id is no address to open.
    pub(super) is_mere_id: bool,
    pub(super) published: Best<Timestamp>,
    pub(super) updated: Best<Timestamp>,
    pub(super) summary: Best<Markup>,
    pub(super) content: Best<Markup>,
    pub(super) language: Best<String>,
    authors: Vec<String>,
    authors_rank: u8,
    categories: Vec<String>,
    enclosures: Vec<(Written, Option<String>, Option<u64>)>,
}

impl Draft {
    /// Adds writers; those of a better rank replace the others.
    pub(super) fn add_authors(&mut self, rank: u8, names: Vec<String>) {
        if names.is_empty() || !self.authors.is_empty() && rank > self.authors_rank {
            return;
        }
        if rank < self.authors_rank {
            self.authors.clear();
        }
        self.authors_rank = rank;
        for name in names {
            if !self.authors.contains(&name) && self.authors.len() < MAX_VALUES {
                self.authors.push(name);
            }
        }
    }

    /// Adds a summary. Of two the longer one that does not count is kept as the content, if the feed has no other: a
    /// podcast's notes stand in one element, and their first words in another.
    pub(super) fn add_summary(&mut self, rank: u8, summary: Option<Markup>) {
        let Some(summary) = summary else { return };
        let (best, other) = match self.summary.0.take() {
            Some(best) if best.0 <= rank => (best, Some((rank, summary))),
            known => ((rank, summary), known),
        };
        let other = other.filter(|(rank, other)| *rank <= LAST_SUMMARY && other.source.len() > best.1.source.len());
        self.content.offer(LEAST, other.map(|(_, other)| other));
        self.summary = Best(Some(best));
    }

    pub(super) fn add_category(&mut self, name: String) {
        if !name.is_empty() && !self.categories.contains(&name) && self.categories.len() < MAX_VALUES {
            self.categories.push(name);
        }
    }

    pub(super) fn add_enclosure(&mut self, place: Written, media_type: Option<&str>, length: Option<&str>) {
        if self.enclosures.len() < MAX_VALUES && !place.address.trim().is_empty() {
            let length = length.and_then(|length| length.trim().parse().ok()).filter(|length| *length > 0);
            self.enclosures.push((place, media_type.and_then(line), length));
        }
    }

    /// The writers so far.
    pub(super) fn authors(&self) -> &[String] {
        &self.authors
    }

    /// The entry, all but for its own name.
    pub(super) fn into_entry(self, bases: Bases<'_>) -> FeedEntry {
        let id = self.id.into_value();
        let permalink = id.as_deref().filter(|id| !self.is_mere_id && is_web(id.trim()));
        let permalink = permalink.and_then(|id| absolute(id, None));
        let url = self.link.into_value().and_then(|link| bases.resolve(&link)).or(permalink);
        let markup = |markup: Best<Markup>| {
            markup.into_value().map(|markup| Markup { base: bases.of_words(&markup, url.as_deref()), ..markup })
        };
        let (summary, content) = (markup(self.summary), markup(self.content));
        let own = || self.own.into_value().and_then(|own| bases.resolve(&own));
        let mut enclosures: Vec<Enclosure> = Vec::new();
        for (place, media_type, length) in &self.enclosures {
            if let Some(url) = bases.resolve(place).filter(|url| enclosures.iter().all(|known| known.url != *url)) {
                enclosures.push(Enclosure { url, media_type: media_type.clone(), length: *length });
            }
        }
        FeedEntry {
            id: String::new(),
            guid: id.as_deref().and_then(line).map(|id| id.chars().take(LONGEST_ID).collect()),
            title: self.title.into_value(),
            url: url.or_else(own),
            language: self.language.into_value(),
            comments: self.comments.into_value().and_then(|page| bases.resolve(&page)),
            authors: self.authors,
            published: self.published.into_value(),
            updated: self.updated.into_value(),
            summary,
            content,
            categories: self.categories,
            enclosures,
        }
    }
}
