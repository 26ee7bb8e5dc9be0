//! `dateline bookmarks list`: prints bookmarks, oldest first.

use serde::Serialize;

use super::super::args::ListArgs;
use super::super::error::{CliError, Exit};
use super::super::output::Style;
use super::{AnchorStates, Context, anchor_states, matching, shelf};
use crate::bookmark::Bookmark;
use crate::io::clock;
use crate::text::sanitize::one_line;

/// The documented JSON form; the `quote` of a place, a missing note and an unknown time are null.
#[derive(Serialize)]
struct Listing<'a> {
    bookmarks: Vec<BookmarkRow<'a>>,
}

#[derive(Serialize)]
struct BookmarkRow<'a> {
    id: String,
    quote: Option<&'a str>,
    note: Option<&'a str>,
    tags: &'a [String],
    color: &'a str,
    source: &'a str,
    title: &'a str,
    created: Option<String>,
    state: &'static str,
}

impl<'a> BookmarkRow<'a> {
    fn of(bookmark: &'a Bookmark, states: &AnchorStates) -> Self {
        Self {
            id: bookmark.id().to_string(),
            quote: bookmark.quote().map(|quote| quote.exact.as_str()),
            note: bookmark.note(),
            tags: bookmark.tags(),
            color: bookmark.color().name(),
            source: bookmark.source_id().as_str(),
            title: &bookmark.source().title,
            created: bookmark.made().map(|made| made.to_string()),
            // The state when its article was last read: no article is opened here.
            state: states.get(&bookmark.id()).map_or("unchecked", |state| state.name()),
        }
    }
}

/// Prints the matching bookmarks.
pub(super) fn run(context: &mut Context, args: &ListArgs) -> Result<Exit, CliError> {
    let (shelf, complete) = shelf(context)?;
    let states = anchor_states(context)?;
    let (hits, exit) = matching(context, &shelf, &states, &args.query, complete)?;
    if args.json {
        let bookmarks = hits.into_iter().map(|bookmark| BookmarkRow::of(bookmark, &states)).collect();
        context.out.json(&Listing { bookmarks })?;
        return Ok(exit);
    }
    for bookmark in hits {
        if context.out.is_closed() {
            break;
        }
        print(context, bookmark)?;
    }
    Ok(exit)
}

/// Prints the id, the day and the article, and below them words, note and tags if there are any.
fn print(context: &mut Context, bookmark: &Bookmark) -> std::io::Result<()> {
    let out = &mut context.out;
    let id = bookmark.id().short();
    let indent = " ".repeat(id.len() + 2);
    let source = bookmark.source();
    let title = if source.title.is_empty() { source.id.as_str() } else { &source.title };
    let day = bookmark.made().map_or_else(|| "no date   ".to_owned(), |made| clock::day_of(made).to_string());
    out.styled(&format!("{id}  {day}  "), Style::Dim)?;
    out.styled(&one_line(title), Style::Bold)?;
    out.line("")?;
    let words = one_line(bookmark.words());
    let words = if bookmark.quote().is_some() { format!("“{words}”") } else { format!("at: {words}") };
    // A note on a whole page has no words.
    if !bookmark.words().is_empty() {
        out.line(&format!("{indent}{words}"))?;
    }
    if let Some(note) = bookmark.note() {
        out.line(&format!("{indent}note: {}", one_line(note)))?;
    }
    if !bookmark.tags().is_empty() {
        let tags: Vec<String> = bookmark.tags().iter().map(|tag| format!("#{}", one_line(tag))).collect();
        out.line(&format!("{indent}{}", tags.join(" ")))?;
    }
    Ok(())
}
