//! `dateline list` and `dateline search`: print the articles of the library, newest first, as a table or as JSON; `search`
//! with the sentence in which the words were found under each.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{self, IsTerminal, stdout};

use serde::Serialize;

use super::Context;
use super::args::ListPage;
use super::bookmarks;
use super::error::{CliError, Exit, Failure};
use super::library::{look_into, not_there};
use super::output::{Output, Style};
use super::targets::{know_bookmarks, query};
use crate::article::{Entry, RowId, SourceId, SourceKind};
use crate::bookmark::Shelf;
use crate::io::clock;
use crate::io::sources::named;
use crate::query::{Around, ArticleQuery, Excerpt, Order, Window};
use crate::runtime::catalogue::Catalogue;
use crate::text::sanitize::one_line;
use crate::text::shell::word;
use crate::text::width::{truncate, width};

/// The widest line in columns where no terminal says otherwise.
const WIDTH: usize = 80;
/// The widest source: with a day and a headline in half a line it fits a terminal of usual size.
const MAX_SOURCE: usize = 24;
/// In narrower lines the headline needs all there is.
const MIN_WITH_SOURCE: usize = 50;

/// The documented form of the list; what is not known is null.
#[derive(Serialize)]
struct Listing<'a> {
    total: usize,
    articles: Vec<ArticleRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    id: &'a str,
    title: &'a str,
    byline: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<String>,
    url: Option<&'a str>,
    words: usize,
    read: bool,
    starred: bool,
    tags: &'a [String],
    bookmarks: usize,
}

impl<'a> ArticleRow<'a> {
    fn of(entry: &'a Entry, shelf: &Shelf) -> Self {
        Self {
            id: entry.id.as_str(),
            title: &entry.title,
            byline: entry.byline.as_deref(),
            source: entry.source.as_deref(),
            published: entry.published.map(|published| published.to_string()),
            url: entry.url.as_deref(),
            words: entry.words,
            read: entry.is_read(),
            starred: entry.is_starred(),
            tags: &entry.tags,
            bookmarks: shelf.count_of(&entry.id),
        }
    }
}

/// Whether the sentences are printed in which something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excerpts {
    Shown,
    Hidden,
}

/// Prints the articles that answer the query.
pub(super) fn run(
    context: &mut Context,
    words: &[String],
    page: &ListPage,
    excerpts: Excerpts,
) -> Result<Exit, CliError> {
    list(context, words, page, excerpts).inspect_err(|error| {
        if page.json {
            let listing = Listing { total: 0, articles: Vec::new(), error: Some(error.failure()) };
            // Why it failed is told in any case.
            context.out.json(&listing).unwrap_or_default();
        }
    })
}

fn list(context: &mut Context, words: &[String], page: &ListPage, excerpts: Excerpts) -> Result<Exit, CliError> {
    let query = query(words)?;
    let (window, sentences) = match (look_into(context)?, &page.after) {
        (Some(mut catalogue), after) => {
            know_bookmarks(context, &mut catalogue, &query)?;
            let window = window(&mut catalogue, &query, page.limit, after.as_deref())?;
            let are_shown = excerpts == Excerpts::Shown && !page.json;
            let rows: Vec<RowId> = window.entries.iter().map(|entry| entry.row).filter(|_| are_shown).collect();
            let sentences = catalogue.library.reader()?.excerpts(&query, &rows)?;
            (window, sentences.into_iter().collect())
        }
        (None, Some(after)) => return Err(not_there(after, false)),
        (None, None) => (Window::default(), HashMap::new()),
    };
    let Window { entries, total, .. } = &window;
    if page.json {
        let (shelf, _) = bookmarks::shelf(context)?;
        let articles = entries.iter().map(|entry| ArticleRow::of(entry, &shelf)).collect();
        context.out.json(&Listing { total: *total, articles, error: None })?;
    } else {
        print(&mut context.out, entries, &sentences, columns())?;
    }
    if *total == 0 && !query.is_empty() {
        context.note(&format!("no article fits {}", words.join(" ")));
        return Ok(Exit::Partial);
    }
    if let (false, Some(last)) = (page.json, entries.last()) {
        let left = total.saturating_sub(window.before + entries.len());
        if left > 0 {
            context.note(&format!(
                "{left} more follow; `--limit` prints more, `--after {}` those behind",
                word(last.id.as_str().as_bytes())
            ));
        }
    }
    Ok(Exit::Success)
}

fn window(
    catalogue: &mut Catalogue,
    query: &ArticleQuery,
    limit: usize,
    after: Option<&OsStr>,
) -> Result<Window, CliError> {
    let around = match after {
        Some(after) => Around::After(row_of(catalogue, after)?),
        None => Around::Top,
    };
    Ok(catalogue.library.reader()?.window(query, Order::Newest, around, limit)?)
}

/// The row of an article by its id or its file; one that was removed still has its place in the order.
fn row_of(catalogue: &mut Catalogue, name: &OsStr) -> Result<RowId, CliError> {
    for id in name.to_str().map(SourceId::from_iri).into_iter().chain(named::id_of(name)) {
        if let Some(row) = catalogue.library.row(&id)? {
            return Ok(row);
        }
        if let (SourceKind::Web, Some(entry)) = (id.kind(), catalogue.library.entry_at(&id)?) {
            return Ok(entry.row);
        }
    }
    Err(not_there(name, false))
}

fn columns() -> usize {
    let terminal = if stdout().is_terminal() { crate::terminal::size().ok() } else { None };
    terminal.map_or(WIDTH, |(columns, _)| usize::from(columns))
}

/// Prints one line an article, and the sentence under it if there is one.
fn print(out: &mut Output, entries: &[Entry], sentences: &HashMap<RowId, Excerpt>, columns: usize) -> io::Result<()> {
    let sources: Vec<String> = entries.iter().map(source).collect();
    let widest = sources.iter().map(|source| width(source)).max().unwrap_or(0).min(MAX_SOURCE);
    let widest = if columns < MIN_WITH_SOURCE { 0 } else { widest };
    for (entry, source) in entries.iter().zip(&sources) {
        if out.is_closed() {
            break;
        }
        let [day, title, source] = cells(entry, source, columns, widest);
        out.styled(&day, Style::Dim)?;
        out.text(if source.is_empty() { title.trim_end() } else { &title })?;
        out.styled(&source, Style::Dim)?;
        out.line("")?;
        if let Some(sentence) = sentences.get(&entry.row) {
            print_excerpt(out, sentence, columns)?;
        }
    }
    Ok(())
}

/// Columns before a sentence: it stands under the headline.
const INDENT: usize = 15;
/// Lines a sentence has.
const EXCERPT_LINES: usize = 2;

fn print_excerpt(out: &mut Output, excerpt: &Excerpt, columns: usize) -> io::Result<()> {
    let indent = if columns < MIN_WITH_SOURCE { 2 } else { INDENT };
    for line in excerpt.lines(columns.saturating_sub(indent), EXCERPT_LINES) {
        out.text(&" ".repeat(indent))?;
        let mut at = 0;
        for hit in &line.hits {
            out.styled(line.text.get(at..hit.start).unwrap_or_default(), Style::Dim)?;
            out.styled(line.text.get(hit.start..hit.end).unwrap_or_default(), Style::Bold)?;
            at = hit.end;
        }
        out.styled(line.text.get(at..).unwrap_or_default(), Style::Dim)?;
        out.line("")?;
    }
    Ok(())
}

/// The cells of one line: the day, whether it is unread and starred with the headline, and the source, which gets up to
/// `for_source` columns.
fn cells(entry: &Entry, source: &str, columns: usize, for_source: usize) -> [String; 3] {
    let gap = if for_source == 0 { "" } else { "  " };
    let day = entry.published.map_or_else(|| clock::day_of(entry.listed_at), |published| published.day);
    let day = format!("{day}  ");
    let unread = if entry.is_read() { ' ' } else { '●' };
    let star = if entry.is_starred() { '★' } else { ' ' };
    let marks = format!("{unread}{star} ");
    let for_title = columns.saturating_sub(width(&day) + width(&marks) + gap.len() + for_source);
    let title = one_line(&entry.title);
    let title = truncate(&title, for_title);
    let blanks = " ".repeat(for_title.saturating_sub(width(&title)));
    [day, format!("{marks}{title}{blanks}{gap}"), truncate(source, for_source).into_owned()]
}

/// Where it is from, on one line: the publication, else the name of its file, else its id.
fn source(entry: &Entry) -> String {
    let file = || {
        let path = entry.id.file_path()?;
        Some(path.file_name()?.to_string_lossy().into_owned())
    };
    one_line(&entry.source.clone().or_else(file).unwrap_or_else(|| entry.id.to_string()))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Article, Text};

    fn entry(title: &str, source: Option<&str>) -> Entry {
        let article = Article {
            id: SourceId::of_file("/news/rents.txt"),
            title: title.to_owned(),
            byline: None,
            published: None,
            source: source.map(str::to_owned),
            url: None,
            language: None,
            body: Text::new(String::new(), vec![], vec![]),
        };
        Entry::of(&article, 0, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn an_article_without_a_publication_is_told_by_its_file() {
        assert_eq!(source(&entry("", Some("The\nGazette"))), "The Gazette");
        assert_eq!(source(&entry("", None)), "rents.txt");
        let id = SourceId::of_edition("welcome");
        assert_eq!(source(&Entry { id, ..entry("", None) }), "edition:welcome");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            title in "\\PC{0,90}",
            from in "\\PC{0,40}",
            columns in 15_usize..120,
            for_source in 0_usize..MAX_SOURCE,
        ) {
            let for_source = if columns < MIN_WITH_SOURCE { 0 } else { for_source };
            let entry = entry(&title, Some(&from));
            let line = cells(&entry, &source(&entry), columns, for_source);
            let widths = line.each_ref().map(|cell| width(cell));
            prop_assert!(widths.iter().sum::<usize>() <= columns, "{line:?}");
            // Sources stand below one another.
            prop_assert_eq!(widths[0] + widths[1], columns - for_source);
        }
    }
}
