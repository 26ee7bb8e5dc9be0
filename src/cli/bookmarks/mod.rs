//! `dateline bookmarks`: dispatch, and what its verbs share.

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
use crate::io::bookmarks::{BookmarkStore, Loaded, StoreError};
use crate::io::clock;
use crate::library::{Library, LibraryError};

/// The last known state of each bookmark.
type AnchorStates = HashMap<BookmarkId, AnchorState>;

/// Runs the verb.
pub(super) fn run(context: &mut Context, verb: BookmarksVerb) -> Result<Exit, CliError> {
    match verb {
        BookmarksVerb::List(args) => {
            list::run(context, &args).inspect_err(|error| print_failure(context, args.json, error))
        }
        BookmarksVerb::Locate(args) => {
            locate::run(context, &args).inspect_err(|error| print_failure(context, args.json, error))
        }
        BookmarksVerb::Add(args) => add::run(context, &args),
        BookmarksVerb::Remove(args) => remove::run(context, &args),
        BookmarksVerb::Export(args) => export::run(context, &args),
        BookmarksVerb::Import(args) => import::run(context, &args),
        BookmarksVerb::Doctor => doctor::run(context),
    }
}

/// Prints JSON for a failed verb too, so that there is always a value to read.
fn print_failure(context: &mut Context, json: bool, error: &CliError) {
    #[derive(Serialize)]
    struct FailedListing {
        bookmarks: [(); 0],
        error: Failure,
    }
    if json {
        // The error itself is printed in any case.
        context.out.json(&FailedListing { bookmarks: [], error: error.failure() }).unwrap_or_default();
    }
}

/// Opens the store for writing and reports what could not be read. The flag says whether everything could.
fn open(context: &Context) -> Result<(BookmarkStore, Shelf, bool), CliError> {
    let paths = context.setup.paths()?;
    // If it cannot be created, the operations in it will report that.
    paths.make_data_dir().unwrap_or_default();
    let (store, Loaded { shelf, problems, .. }) = BookmarkStore::open(&paths.data_dir)?;
    let complete = context.note_problems(&problems);
    Ok((store, shelf, complete))
}

/// Reads the bookmarks without creating anything. The flag says whether everything could be read.
pub(super) fn shelf(context: &Context) -> Result<(Shelf, bool), CliError> {
    let paths = context.setup.paths()?;
    check_data_dir(paths)?;
    if !paths.data_dir.exists() {
        return match paths.unusable().into_iter().next() {
            None => Ok((Shelf::default(), true)),
            Some((path, error)) => Err(StoreError::File { doing: "store anything in", path, error }.into()),
        };
    }
    open(context).map(|(_, shelf, complete)| (shelf, complete))
}

/// How long to wait for another program that uses the library; it is only a cache.
const LIBRARY_TIMEOUT: Duration = Duration::from_secs(1);

/// The states of bookmarks according to the library. Empty if it is missing or unreadable: it is only a cache.
fn anchor_states(context: &Context) -> Result<AnchorStates, CliError> {
    let data_dir = &context.setup.paths()?.data_dir;
    if !data_dir.join("library.db").exists() {
        return Ok(AnchorStates::new());
    }
    let known = Library::open_within(data_dir, LIBRARY_TIMEOUT).and_then(|(mut library, _)| library.anchor_states());
    if let Err(error @ LibraryError::Busy(_)) = &known {
        let hint = error.hint().unwrap_or_default();
        context.note(&format!("{error}; bookmarks are shown as unchecked ({hint})"));
    }
    Ok(known.unwrap_or_default().into_iter().collect())
}

/// The filter for a query.
fn filter(query: &[String], shelf: &Shelf) -> Result<Filter, CliError> {
    let text = query.join(" ");
    if text.trim().is_empty() && !query.is_empty() {
        let error = CliError::new(Exit::Usage, "the query is empty");
        return Err(error.hint("leave it out to get all bookmarks"));
    }
    // The other names of an entity are known only while its article is open.
    let context =
        QueryContext { now: clock::now(), names: &|_| Vec::new(), has_color: &|start| shelf.has_color(start) };
    Filter::read(&text, context)
        .map_err(|bad| CliError::new(Exit::Usage, format!("the query is invalid: {bad}")).hint(bad.hint))
}

/// The bookmarks that match a query, and the exit status: a query without matches is not a success.
fn matching<'a>(
    context: &Context,
    shelf: &'a Shelf,
    states: &AnchorStates,
    query: &[String],
    complete: bool,
) -> Result<(Vec<&'a Bookmark>, Exit), CliError> {
    let filter = filter(query, shelf)?;
    let fits = |bookmark: &&Bookmark| filter.matches(bookmark, states.get(&bookmark.id()).copied());
    let hits: Vec<&Bookmark> = shelf.iter().filter(fits).collect();
    if hits.is_empty() && !filter.is_empty() {
        context.note(&format!("no bookmark matches {}", query.join(" ")));
    }
    let exit = if !complete || hits.is_empty() && !filter.is_empty() { Exit::Partial } else { Exit::Success };
    Ok((hits, exit))
}
