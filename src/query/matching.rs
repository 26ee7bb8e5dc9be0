//! Whether one article answers a query, told without an index: for filters, which look at articles as they arrive. The
//! answer is the one that the library would give.

use super::{ArticleQuery, Scope, Term, TextTerm};
use crate::article::{Entry, Text};
use crate::text::fold::fold;
use crate::text::index_words::{IndexWord, index_words};

/// Letters from which on the beginning of a word is looked for in the text, too: shorter ones begin too many words.
const LETTERS: usize = 4;

/// An article that a query is asked of.
#[derive(Debug)]
pub struct Candidate<'a> {
    entry: &'a Entry,
    /// The addresses of the feeds it came from, each with its name.
    feeds: &'a [(String, String)],
    is_bookmarked: bool,
    /// The words of headline, writer, source and file name.
    fields: [Vec<IndexWord>; 4],
    /// The words of each block of the text.
    blocks: Vec<Vec<IndexWord>>,
}

impl<'a> Candidate<'a> {
    /// An article, with its words and what a row of the library does not say.
    pub fn new(entry: &'a Entry, body: &Text, feeds: &'a [(String, String)], is_bookmarked: bool) -> Self {
        let path = entry.id.file_path();
        let file_name = path.as_deref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
        let fields =
            [Some(entry.title.as_str()), entry.byline.as_deref(), entry.source.as_deref(), file_name.as_deref()];
        Self {
            entry,
            feeds,
            is_bookmarked,
            fields: fields.map(|field| index_words(field.unwrap_or_default())),
            blocks: body.blocks().iter().map(|block| index_words(body.slice(block.range))).collect(),
        }
    }

    fn has(&self, term: &Term) -> bool {
        let entry = self.entry;
        match term {
            Term::Text(term) => self.has_words(term),
            Term::Tag(tag) => entry.tags.iter().any(|own| fold(own).starts_with(tag)),
            Term::Read(read) => entry.is_read() == *read,
            Term::Starred(starred) => entry.is_starred() == *starred,
            Term::Bookmarked(bookmarked) => self.is_bookmarked == *bookmarked,
            Term::Changed(changed) => entry.changed.is_some() == *changed,
            Term::Teaser(teaser) => entry.is_teaser == *teaser,
            Term::After(time) => entry.listed_at >= *time,
            Term::Before(time) => entry.listed_at < *time,
            Term::UpTo(newest) => entry.row <= *newest,
            Term::OneOf(rows) => rows.contains(&entry.row),
            Term::Feed(wanted) => self.feeds.iter().any(|(address, name)| is_feed(wanted, address, Some(name))),
        }
    }

    fn has_words(&self, term: &TextTerm) -> bool {
        if term.words.is_empty() {
            return false;
        }
        let [title, byline, source, file] = &self.fields;
        let stands_in = |words: &Vec<IndexWord>| term.places(words).next().is_some();
        match term.scope {
            Scope::Title => stands_in(title),
            Scope::Author => stands_in(byline),
            Scope::Source => stands_in(source),
            Scope::File => stands_in(file),
            Scope::Everywhere => {
                self.fields.iter().any(stands_in) || !term.is_short() && self.blocks.iter().any(stands_in)
            }
        }
    }
}

impl TextTerm {
    /// Whether it ends with so few letters of a word that it is looked for in headlines, writers, sources and file names
    /// alone.
    pub fn is_short(&self) -> bool {
        self.is_begun && self.words.last().is_some_and(|last| last.chars().nth(LETTERS - 1).is_none())
    }
}

impl ArticleQuery {
    /// Whether an article answers it.
    pub fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.condition.holds(&|term| candidate.has(term))
    }
}

/// Whether a feed is meant by one of these: its address, or a part of its name, folded.
pub fn is_feed(wanted: &[String], address: &str, name: Option<&str>) -> bool {
    let name = name.map(fold);
    wanted.iter().any(|wanted| {
        // An address is no part of a name, even of a feed that has no other name.
        wanted == address || !wanted.contains("://") && name.as_ref().is_some_and(|name| name.contains(wanted))
    })
}
