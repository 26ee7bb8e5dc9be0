//! `dateline bookmarks`: what every one of its verbs needs.

mod add;
mod doctor;
mod export;
mod import;
mod list;
mod locate;
mod remove;

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;

use super::Context;
use super::args::BookmarksVerb;
use super::error::{CliError, Exit, Failure};
use super::library::check_data_dir;
use crate::bookmark::{AnchorState, Bookmark, BookmarkId, Filter, QueryContext, Shelf};
use crate::io::bookmarks::{BookmarkStore, Loaded};
use crate::io::clock;
use crate::library::{Library, LibraryError};

/// What the reader last knew of where bookmarks lie.
type States = HashMap<BookmarkId, AnchorState>;

/// Runs the verb.
pub(super) fn run(context: &mut Context, verb: BookmarksVerb) -> Result<Exit, CliError> {
    match verb {
        BookmarksVerb::List(args) => list::run(context, &args).inspect_err(|error| failed(context, args.json, error)),
        BookmarksVerb::Locate(args) => {
            locate::run(context, &args).inspect_err(|error| failed(context, args.json, error))
        }
        BookmarksVerb::Add(args) => add::run(context, &args),
        BookmarksVerb::Remove(args) => remove::run(context, &args),
        BookmarksVerb::Export(args) => export::run(context, &args),
        BookmarksVerb::Import(args) => import::run(context, &args),
        BookmarksVerb::Doctor => doctor::run(context),
    }
}

/// Of a verb that failed JSON is printed too: there is a value to read whatever happened.
fn failed(context: &mut Context, json: bool, error: &CliError) {
    #[derive(Serialize)]
    struct FailedListing {
        bookmarks: [(); 0],
        error: Failure,
    }
    if json {
        // Why it failed is told in any case.
        context.out.json(&FailedListing { bookmarks: [], error: error.failure() }).unwrap_or_default();
    }
}

/// Opens the store to write to it; tells what could not be read. Says whether all of it could be.
fn open(context: &Context) -> Result<(BookmarkStore, Shelf, bool), CliError> {
    let paths = context.setup.paths()?;
    // That it cannot be made is told by what is done in it.
    paths.make_data_dir().unwrap_or_default();
    let (store, Loaded { shelf, problems, .. }) = BookmarkStore::open(&paths.data_dir)?;
    let complete = context.note_problems(&problems);
    Ok((store, shelf, complete))
}

/// Reads the bookmarks without making anything where nothing was ever kept. Says whether all could be read.
pub(super) fn shelf(context: &Context) -> Result<(Shelf, bool), CliError> {
    let paths = context.setup.paths()?;
    check_data_dir(paths)?;
    if !paths.data_dir.exists() {
        return Ok((Shelf::default(), true));
    }
    open(context).map(|(_, shelf, complete)| (shelf, complete))
}

/// How long another program is waited for that uses the library, which only knows what can be found out again.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the library knows of where bookmarks lie. Nothing where there is none, or it cannot be read: it is a cache.
fn states(context: &Context) -> Result<States, CliError> {
    let data_dir = &context.setup.paths()?.data_dir;
    if !data_dir.join("library.db").exists() {
        return Ok(States::new());
    }
    let known = Library::open_within(data_dir, PATIENCE).and_then(|(mut library, _)| library.anchor_states());
    if let Err(error @ LibraryError::Busy(_)) = &known {
        let hint = error.hint().unwrap_or_default();
        context.note(&format!("{error}; the places of bookmarks are shown as unchecked ({hint})"));
    }
    Ok(known.unwrap_or_default().into_iter().collect())
}

/// The filter that the words of a query mean.
fn filter(query: &[String], shelf: &Shelf) -> Result<Filter, CliError> {
    let text = query.join(" ");
    if text.trim().is_empty() && !query.is_empty() {
        let error = CliError::new(Exit::Usage, "the query is empty");
        return Err(error.hint("without a query all bookmarks are meant"));
    }
    // Which names an entity has is known where its article is open.
    let context =
        QueryContext { now: clock::now(), names: &|_| Vec::new(), has_color: &|start| shelf.has_color(start) };
    Filter::read(&text, context)
        .map_err(|bad| CliError::new(Exit::Usage, format!("the query makes no sense: {bad}")).hint(bad.hint))
}

/// The bookmarks that fit a query, and the exit status they lead to: a query without hits is not done.
fn found<'a>(
    context: &Context,
    shelf: &'a Shelf,
    states: &States,
    query: &[String],
    complete: bool,
) -> Result<(Vec<&'a Bookmark>, Exit), CliError> {
    let filter = filter(query, shelf)?;
    let fits = |bookmark: &&Bookmark| filter.matches(bookmark, states.get(&bookmark.id()).copied());
    let hits: Vec<&Bookmark> = shelf.iter().filter(fits).collect();
    if hits.is_empty() && !filter.is_empty() {
        context.note(&format!("no bookmark fits {}", query.join(" ")));
    }
    let exit = if !complete || hits.is_empty() && !filter.is_empty() { Exit::Partly } else { Exit::Done };
    Ok((hits, exit))
}
