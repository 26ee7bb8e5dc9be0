//! Bytes from anywhere become articles.
//!
//! [`read`] is the one entrance: bytes are decoded (those of a mail part by part), mojibake is mended, control characters are removed, the format's
//! reader turns the result into draft blocks, the header step finds headline, standfirst, by-line and date among the first of them,
//! and the drafts become one canonical text (see [`crate::article::Text`]) in which blocks are joined by a blank line and
//! nothing else stands outside blocks.

mod bare_links;
mod binary;
mod byline;
mod dateline;
mod declared;
mod decode;
mod document;
mod draft;
mod encoding;
pub mod feed;
mod foreign;
mod fragment;
mod front_matter;
mod guess;
mod header;
mod html;
mod link;
mod mail;
mod markdown;
mod markup;
mod overstrike;
mod plain;
mod printed_pages;
mod title;
pub(crate) mod xml;

use std::borrow::Cow;
use std::fmt;

pub use decode::decode;
pub use document::{Document, PageKind};
pub use encoding::TextEncoding;
pub use foreign::{Foreign, fetch_command};

use self::draft::Draft;
use self::markup::Markup;
use crate::article::{Article, Published, SourceId, Text};
use crate::text::language;
use crate::text::mend::mend;
use crate::text::sanitize::{is_blank, one_line, sanitize};
use crate::text::shell;

/// Files above this many bytes are refused (32 MiB: some ten times the longest novel).
pub const MAX_FILE_BYTES: usize = 32 << 20;

/// What is known about the bytes before they are read, and what is wanted of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The article's id; none for standard input, which is called by the hash of its text.
    pub id: Option<SourceId>,
    /// File name, which tells the format and is the last resort for a title.
    pub name: Option<String>,
    /// The publication, folder or site, for people; what the article itself says comes first.
    pub source: Option<String>,
    /// Where it can be opened in a browser; what the article itself says comes first.
    pub url: Option<String>,
    /// The format, if it is known for certain.
    pub format: Option<Format>,
    /// Whether all of a web page is wanted, not the article on it.
    pub whole: bool,
    /// The encoding the server declares, by the label it has there.
    pub charset: Option<String>,
    /// The encoding the reader names, which is above everything the bytes say.
    pub encoding: Option<TextEncoding>,
}

impl Hints {
    /// Nothing is known but, if a person named one, the encoding.
    pub fn in_encoding(encoding: Option<TextEncoding>) -> Self {
        Self { encoding, ..Self::default() }
    }
}

/// How the words are marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As newspapers' archives and e-mail have it: no markup but blank lines, `>` and the like.
    Plain,
    /// `CommonMark` with tables, footnotes, task lists and front matter.
    Markdown,
    /// A web page, or a part of one.
    Html,
}

/// Why bytes are no article. Each displays as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntakeError {
    /// Nothing, or nothing but white space and control characters.
    Empty,
    /// Not text, and of no known format.
    Binary,
    /// Something else that is known.
    Foreign(Foreign),
    /// More bytes than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl IntakeError {
    /// The kind of failure in one word, for JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::Foreign(foreign) => foreign.kind,
            Self::TooLarge { .. } => "too-large",
        }
    }

    /// What to do about the file of that name, or, without one, about what came through a pipe.
    pub fn hint(&self, file: Option<&[u8]>) -> Option<String> {
        let word = file.map(shell::word);
        match (self, word) {
            (Self::Foreign(foreign), _) => foreign.command(file),
            (Self::Empty, Some(word)) => {
                Some(format!("`wc -c {word}` tells its size: if that is not 0, it is blank, and was perhaps cut off"))
            }
            (Self::Empty, None) => Some("run what stands before the `|` alone to see what it prints".to_owned()),
            (Self::Binary, Some(word)) => Some(format!(
                "`file {word}` says what it may be, `strings {word} | dateline -` shows what words are in it"
            )),
            (Self::Binary, None) => Some("`COMMAND | file -` says what it may be".to_owned()),
            (Self::TooLarge { .. }, Some(word)) => Some(format!(
                "cut it with `mkdir parts && split -b 8m {word} parts/` and open the folder: `dateline parts`"
            )),
            (Self::TooLarge { .. }, None) => {
                Some("cut it: `mkdir parts && COMMAND | split -b 8m - parts/ && dateline parts`".to_owned())
            }
        }
    }
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no words in it"),
            Self::Binary => f.write_str("this is binary data, not text"),
            Self::Foreign(foreign) => write!(f, "this is {}, not plain text", foreign.name),
            Self::TooLarge { limit } => write!(f, "too large: the limit is {} MiB", limit >> 20),
        }
    }
}

impl std::error::Error for IntakeError {}

/// What a format's reader found out besides the blocks.
#[derive(Debug, Default, PartialEq, Eq)]
struct Facts {
    title: Option<String>,
    byline: Option<String>,
    published: Option<Published>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

/// Reads one article.
///
/// # Errors
/// See [`IntakeError`]; any bytes give an article or one of these.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Article, IntakeError> {
    read_document(bytes, hints).map(|document| document.article)
}

/// Reads one article, and says what kind of page it was on.
///
/// # Errors
/// See [`IntakeError`]; any bytes give an article or one of these.
pub fn read_document(bytes: &[u8], hints: &Hints) -> Result<Document, IntakeError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(IntakeError::TooLarge { limit: MAX_FILE_BYTES });
    }
    let message = if hints.format.is_none() { mail::read(bytes, hints.name.as_deref()) } else { None };
    let message = message.map(|(drafts, facts)| (drafts, facts, PageKind::Article));
    let (mut drafts, facts, page) = message.map_or_else(|| read_text(bytes, hints), Ok)?;
    bare_links::add(&mut drafts);
    let body = draft::assemble(drafts);
    if is_blank(body.as_str()) {
        return Err(IntakeError::Empty);
    }
    Ok(Document { article: article(body, &facts, hints), page })
}

/// The blocks of a text, what it says about itself, and what kind of page it is.
fn read_text(bytes: &[u8], hints: &Hints) -> Result<(Vec<Draft>, Facts, PageKind), IntakeError> {
    let words = clean(decode::decode_with(bytes, hints)?);
    if is_blank(&words) {
        return Err(IntakeError::Empty);
    }
    let format = match (hints.format, markup::recognise(&words, hints.name.as_deref())) {
        (Some(format), _) => format,
        (None, Some(Markup::Page)) => Format::Html,
        (None, Some(Markup::Foreign(foreign))) => return Err(IntakeError::Foreign(foreign)),
        (None, None) => format_of(hints.name.as_deref(), &words),
    };
    let (mut drafts, mut facts, page) = match format {
        Format::Plain => (plain::read(&words), Facts::default(), PageKind::Article),
        Format::Markdown => {
            let (drafts, facts) = markdown::read(&words);
            (drafts, facts, PageKind::Article)
        }
        Format::Html => html::read(&words, hints),
    };
    header::recognise(&mut drafts, &mut facts);
    // Markup without words (a Markdown file of link definitions) is shown as it stands; a page without words is empty.
    if format != Format::Html && drafts.iter().all(|draft| is_blank(&sanitize(&draft.words))) {
        drafts = plain::read(&words);
    }
    Ok((drafts, facts, page))
}

/// Words struck twice, pages, ligatures and mojibake mended, and sanitised, without a copy if there is nothing to do.
fn clean(decoded: String) -> String {
    let text = printed_pages::join(overstrike::undo(decoded));
    [printed_pages::part_ligatures, mend, sanitize].into_iter().fold(text, |text, step| match step(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(changed) => changed,
    })
}

fn article(body: Text, facts: &Facts, hints: &Hints) -> Article {
    let line = |words: &Option<String>| words.as_deref().map(one_line).filter(|line| !is_blank(line));
    Article {
        id: hints.id.clone().unwrap_or_else(|| SourceId::of_text(body.hash())),
        title: line(&facts.title).unwrap_or_else(|| title::of(&body, hints.name.as_deref())),
        byline: line(&facts.byline),
        published: facts.published,
        source: line(&facts.source).or_else(|| line(&hints.source)),
        url: line(&facts.url).or_else(|| line(&hints.url)),
        language: language::language_of(&body, facts.language.as_deref()),
        body,
    }
}

/// By the name's extension, else by a first line that only Markdown has.
fn format_of(name: Option<&str>, words: &str) -> Format {
    name.and_then(extension).as_deref().and_then(format_by_ending).unwrap_or_else(|| {
        let first = words.trim_start().lines().next().unwrap_or_default();
        let hashes = first.len() - first.trim_start_matches('#').len();
        let heading = (1..=6).contains(&hashes) && first.get(hashes..).is_some_and(|rest| rest.starts_with(' '));
        if heading || front_matter::split(words).is_some() { Format::Markdown } else { Format::Plain }
    })
}

fn format_by_ending(ending: &str) -> Option<Format> {
    match ending {
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdwn" | "qmd" | "rmd" => Some(Format::Markdown),
        "txt" | "text" | "asc" | "log" => Some(Format::Plain),
        _ => None,
    }
}

/// What stands behind the last full stop of a file's name, in lower case.
fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
