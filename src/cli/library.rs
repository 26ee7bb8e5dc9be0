//! Opening the library and the logs of marks, for every verb that looks into it or changes it.

use std::ffi::OsStr;
use std::io;

use super::Context;
use super::error::{CliError, Exit};
use super::messages;
use crate::io::marks::StoreError;
use crate::io::paths::Paths;
use crate::library::{Library, LibraryError, Opened};
use crate::runtime::catalogue::Catalogue;
use crate::text::unprintable::printable;

/// Articles whose words are indexed while somebody waits: half a second.
const FEW: usize = 1000;

/// Opens the library to change it; makes it where there is none.
pub(super) fn open(context: &Context) -> Result<Catalogue, CliError> {
    let paths = context.setup.paths()?;
    let library = open_library(paths)?;
    if library.is_read_only() {
        return Err(LibraryError::ReadOnly.into());
    }
    let mut catalogue = Catalogue::new(library);
    let (_, problems) = catalogue.read_marks(&paths.data_dir)?;
    context.note_problems(&problems);
    Ok(catalogue)
}

/// Opens the library to change what is in it; none where nothing was ever added.
pub(super) fn open_existing(context: &Context) -> Result<Option<Catalogue>, CliError> {
    if is_there(context.setup.paths()?)? { open(context).map(Some) } else { Ok(None) }
}

/// Whether there is a library. Where nothing could be kept, nobody would know.
fn is_there(paths: &Paths) -> Result<bool, CliError> {
    check_data_dir(paths)?;
    // A folder that may not be entered is not an empty one.
    match paths.data_dir.join("library.db").symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(StoreError::File { doing: "look into", path: paths.data_dir.clone(), error }.into())
        }
        _ => Ok(Library::exists(&paths.data_dir)),
    }
}

/// Fails if there is no data directory and none can be made.
pub(super) fn check_data_dir(paths: &Paths) -> Result<(), CliError> {
    let unusable = if paths.data_dir.is_dir() { None } else { paths.unusable().into_iter().next() };
    match unusable {
        Some((path, error)) => Err(StoreError::File { doing: "keep anything in", path, error }.into()),
        None => Ok(()),
    }
}

/// Opens the library to look into it; none where nothing was ever added. What keeps it from learning what was marked
/// elsewhere is told, and costs nothing else.
pub(super) fn look_into(context: &Context) -> Result<Option<Catalogue>, CliError> {
    let paths = context.setup.paths()?;
    if !is_there(paths)? {
        return Ok(None);
    }
    let library = open_library(paths)?;
    let read_only = library.is_read_only();
    let mut catalogue = Catalogue::new(library);
    if !read_only {
        match catalogue.read_marks(&paths.data_dir) {
            Ok((_, problems)) => drop(context.note_problems(&problems)),
            Err(error) => context.note(&format!("what was marked elsewhere is not known: {error}")),
        }
    }
    if !read_only {
        catch_up(context, &mut catalogue.library)?;
    }
    Ok(Some(catalogue))
}

/// Indexes the words of articles that wait for it, if they are few; else says that not everything is found.
fn catch_up(context: &Context, library: &mut Library) -> Result<(), CliError> {
    match library.unindexed()? {
        0 => {}
        1..=FEW => drop(library.index_next(FEW)?),
        waiting => context.note(&format!(
            "the words of {} are not indexed yet: they are found by their headlines alone until dateline has run for a while",
            articles(waiting)
        )),
    }
    Ok(())
}

pub(super) fn open_library(paths: &Paths) -> Result<Library, CliError> {
    let (library, opened) = Library::open(&paths.data_dir)?;
    if let Opened::SetAside(name) = opened {
        let message = format!("the library could not be read; it is now {}, and a new one is begun", name.display());
        messages::error(&CliError::new(Exit::Io, message).hint("add your folders again: marks and bookmarks are safe"));
    }
    Ok(library)
}

/// What is said of a name that is no article of the library.
pub(super) fn not_there(name: &OsStr, was_removed: bool) -> CliError {
    let name = name.to_string_lossy();
    let what = if was_removed { "was removed from the library" } else { "is not in the library" };
    let error = CliError::new(Exit::BadInput, format!("{} {what}", printable(&name)));
    if was_removed {
        error.hint("`dateline add` with its name brings it back")
    } else {
        error.hint("`dateline list` shows what is, `dateline add` puts a file there")
    }
}

/// So many articles, in words.
pub(super) fn articles(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}
