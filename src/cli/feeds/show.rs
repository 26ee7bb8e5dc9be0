//! `dateline feeds show`: prints what a feed says, without subscribing to it.

use std::io;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::Context;
use crate::cli::args::ShowFeedArgs;
use crate::cli::error::{CliError, Exit};
use crate::cli::fetching;
use crate::cli::output::{Output, Style};
use crate::cli::sources::{FailedSource, refuse_keyboard};
use crate::intake::feed::{self, Enclosure, Feed, FeedEntry, FeedHints, Markup};
use crate::io::clock;
use crate::io::sources::{SourceError, SourceRef, resolve};
use crate::net::{self, FeedRequest, Network};
use crate::runtime::loading::LoadError;
use crate::text::width::width;

/// Columns of the first words of an entry, and how many lines of them are shown.
const COLUMNS: usize = 78;
const LINES: usize = 2;

/// Prints what the feed says, for people or as JSON.
pub(in crate::cli) fn run(context: &mut Context, args: &ShowFeedArgs) -> Result<Exit, CliError> {
    let feed = read(&context.setup.network, args);
    if args.json {
        return match feed {
            Ok(feed) => {
                context.out.json(&Report::of(&feed))?;
                Ok(Exit::Success)
            }
            Err(error) => {
                context.out.json(&FailedSource::of(&args.source.to_string_lossy(), &error))?;
                Err(error)
            }
        };
    }
    print(&mut context.out, &feed?)?;
    Ok(Exit::Success)
}

fn read(network: &Network, args: &ShowFeedArgs) -> Result<Feed, CliError> {
    let name = &args.source;
    refuse_keyboard(std::slice::from_ref(name), "feeds show -")?;
    let found = resolve(name)?.sources;
    let [source] = found.as_slice() else {
        return Err(CliError::from(SourceError::Folder(name.into())).hint("name one of the files in it"));
    };
    let (bytes, hints) = match source {
        SourceRef::Web(address) => fetch(network, address)?,
        SourceRef::Edition(_) => {
            return Err(CliError::new(Exit::BadInput, format!("{}: this is an article, not a feed", source.shown())));
        }
        file => (crate::io::sources::read(file)?.bytes, FeedHints::default()),
    };
    let hints = FeedHints { address: args.url.clone().or(hints.address), ..hints };
    feed::read(&bytes, &hints, clock::now()).map_err(|feed::NoFeed(what)| {
        let error = CliError::new(Exit::BadInput, format!("{}: {what}", source.shown()));
        CliError { name: "no-feed", ..error }.hint_or_none(hint(&bytes, &hints))
    })
}

/// What to type for the first feed of a page.
fn hint(bytes: &[u8], hints: &FeedHints) -> Option<String> {
    let first = feed::found_on(bytes, hints).into_iter().next()?;
    Some(format!("`dateline feeds show {}`", crate::text::shell::word(first.url.as_bytes())))
}

fn fetch(network: &Network, address: &str) -> Result<(Vec<u8>, FeedHints), CliError> {
    let request = FeedRequest { address: address.to_owned(), ..FeedRequest::default() };
    let response =
        fetching::told(network, |access| net::fetch_feed(&request, network, &mut |progress| (access.watch)(progress)));
    let response = response.map_err(|error| LoadError::Fetch { address: address.to_owned(), error })?;
    let hints = FeedHints { address: response.content_location.or(Some(response.address)), charset: response.charset };
    Ok((response.body.unwrap_or_default(), hints))
}

fn print(out: &mut Output, feed: &Feed) -> io::Result<()> {
    out.styled(feed.title.as_deref().unwrap_or("(no title)"), Style::Bold)?;
    out.line("")?;
    for line in [&feed.home, &feed.url].into_iter().flatten() {
        out.line(line)?;
    }
    for entry in &feed.entries {
        out.line("")?;
        out.styled(entry.title.as_deref().unwrap_or("(no title)"), Style::Bold)?;
        out.line("")?;
        let date = entry.published.or(entry.updated).map(|date| clock::day_of(date).to_string());
        let authors = Some(entry.authors.join(", ")).filter(|names| !names.is_empty());
        let told: Vec<String> = date.into_iter().chain(authors).collect();
        if !told.is_empty() {
            out.line(&told.join(" · "))?;
        }
        let files = entry.enclosures.iter().map(|file| &file.url);
        for address in entry.url.iter().chain(files) {
            out.styled(address, Style::Dim)?;
            out.line("")?;
        }
        let words = words(entry).unwrap_or_default();
        for line in first_lines(&words) {
            out.line(&line)?;
        }
    }
    Ok(())
}

/// The words of whichever says more.
fn words(entry: &FeedEntry) -> Option<String> {
    let [summary, content] = [&entry.summary, &entry.content].map(|markup| markup.as_ref().and_then(feed::text));
    match (summary, content) {
        (Some(summary), Some(content)) if summary.len() > content.len() => Some(summary),
        (summary, content) => content.or(summary),
    }
}

/// As many words as fit into a few lines.
fn first_lines(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let is_full = lines.len() == LINES;
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= COLUMNS => line.extend([" ", word]),
            Some(line) if is_full => {
                line.push_str(" …");
                break;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// What is printed as JSON; `docs/json.md` describes it. What is not known is null.
#[derive(Serialize)]
struct Report<'a> {
    feed: FeedReport<'a>,
    entries: Vec<EntryReport<'a>>,
}

#[derive(Serialize)]
struct FeedReport<'a> {
    title: Option<&'a str>,
    url: Option<&'a str>,
    home: Option<&'a str>,
    language: Option<&'a str>,
    updated: Option<Timestamp>,
}

#[derive(Serialize)]
struct EntryReport<'a> {
    id: &'a str,
    title: Option<&'a str>,
    url: Option<&'a str>,
    authors: &'a [String],
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    summary: Option<String>,
    text: Option<String>,
    enclosures: Vec<EnclosureReport<'a>>,
}

#[derive(Serialize)]
struct EnclosureReport<'a> {
    url: &'a str,
    r#type: Option<&'a str>,
    length: Option<u64>,
}

impl<'a> Report<'a> {
    fn of(feed: &'a Feed) -> Self {
        Self {
            feed: FeedReport {
                title: feed.title.as_deref(),
                url: feed.url.as_deref(),
                home: feed.home.as_deref(),
                language: feed.language.as_deref(),
                updated: feed.updated,
            },
            entries: feed.entries.iter().map(EntryReport::of).collect(),
        }
    }
}

impl<'a> EntryReport<'a> {
    fn of(entry: &'a FeedEntry) -> Self {
        let file = |Enclosure { url, media_type, length }: &'a Enclosure| EnclosureReport {
            url,
            r#type: media_type.as_deref(),
            length: *length,
        };
        let text = |markup: &Option<Markup>| markup.as_ref().and_then(feed::text);
        Self {
            id: &entry.id,
            title: entry.title.as_deref(),
            url: entry.url.as_deref(),
            authors: &entry.authors,
            published: entry.published,
            updated: entry.updated,
            summary: text(&entry.summary),
            text: words(entry),
            enclosures: entry.enclosures.iter().map(file).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_fill_two_lines_and_end_in_an_ellipsis() {
        assert_eq!(first_lines(" It\n rained. "), ["It rained."]);
        let lines = first_lines(&"words ".repeat(100));
        assert_eq!(lines.len(), LINES);
        assert!(lines.iter().all(|line| width(line) <= COLUMNS + 2) && lines[1].ends_with(" …"));
    }
}
