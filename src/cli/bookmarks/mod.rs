//! `dateline bookmarks`: what every one of its verbs needs.

mod add;
mod doctor;
mod export;
mod import;
mod list;
mod locate;
mod remove;

use super::Context;
use super::args::BookmarksVerb;
use super::error::{CliError, Exit};
use super::messages;
use crate::bookmark::{Bookmark, Color, Filter, Shelf};
use crate::io::bookmarks::{BookmarkStore, Loaded, Problem};

/// Runs the verb.
pub(super) fn run(context: &mut Context, verb: BookmarksVerb) -> Result<Exit, CliError> {
    match verb {
        BookmarksVerb::List(args) => list::run(context, &args),
        BookmarksVerb::Locate(args) => locate::run(context, &args),
        BookmarksVerb::Add(args) => add::run(context, &args),
        BookmarksVerb::Remove(args) => remove::run(context, &args),
        BookmarksVerb::Export(args) => export::run(context, &args),
        BookmarksVerb::Import(args) => import::run(context, &args),
        BookmarksVerb::Doctor => doctor::run(context),
    }
}

/// Opens the store to write to it; tells what could not be read. Says whether all of it could be.
fn open(context: &Context) -> Result<(BookmarkStore, Shelf, bool), CliError> {
    let paths = context.setup.paths()?;
    // That it cannot be made is told by what is done in it.
    paths.make_data_dir().unwrap_or_default();
    let (store, Loaded { shelf, problems, .. }) = BookmarkStore::open(&paths.data_dir)?;
    let mut complete = true;
    for problem in problems {
        match &problem {
            // It was told when it was found; it stays in the log for ever.
            Problem::Line { known: true, .. } => {}
            Problem::Line { .. } | Problem::Lines { .. } => context.note(&problem.to_string()),
            Problem::File { .. } => {
                complete = false;
                messages::error(&CliError::new(Exit::Io, problem.to_string()));
            }
        }
    }
    Ok((store, shelf, complete))
}

/// Reads the bookmarks without making anything where nothing was ever kept. Says whether all could be read.
fn shelf(context: &Context) -> Result<(Shelf, bool), CliError> {
    if !context.setup.paths()?.data_dir.exists() {
        return Ok((Shelf::default(), true));
    }
    open(context).map(|(_, shelf, complete)| (shelf, complete))
}

/// The bookmarks that fit the words of a query, and the exit status they lead to: a query without hits is not done.
fn found<'a>(context: &Context, shelf: &'a Shelf, query: &[String], complete: bool) -> (Vec<&'a Bookmark>, Exit) {
    let filter = Filter::parse(&query.join(" "));
    let hits: Vec<&Bookmark> = shelf.iter().filter(|bookmark| filter.matches(bookmark)).collect();
    if hits.is_empty() && !filter.is_empty() {
        let colors = Color::ALL.map(|color| color.name().to_owned()).join(", ");
        let hint = if query.iter().any(|word| word.contains("color:")) {
            format!(" (the colours are {colors})")
        } else {
            String::new()
        };
        context.note(&format!("no bookmark fits {}{hint}", query.join(" ")));
    }
    let exit = if !complete || hits.is_empty() && !filter.is_empty() { Exit::Partly } else { Exit::Done };
    (hits, exit)
}
