//! Opening the library and the logs of marks, for every verb that looks into it or changes it.

use super::Context;
use super::error::{CliError, Exit};
use super::messages;
use crate::io::paths::Paths;
use crate::library::{Library, LibraryError, Opened};
use crate::runtime::catalogue::Catalogue;

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
    if Library::exists(&context.setup.paths()?.data_dir) { open(context).map(Some) } else { Ok(None) }
}

/// Opens the library to look into it; none where nothing was ever added. What keeps it from learning what was marked
/// elsewhere is told, and costs nothing else.
pub(super) fn look_into(context: &Context) -> Result<Option<Catalogue>, CliError> {
    let paths = context.setup.paths()?;
    if !Library::exists(&paths.data_dir) {
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
    Ok(Some(catalogue))
}

fn open_library(paths: &Paths) -> Result<Library, CliError> {
    let (library, opened) = Library::open(&paths.data_dir)?;
    if let Opened::SetAside(name) = opened {
        let message = format!("the library could not be read; it is now {}, and a new one is begun", name.display());
        messages::error(&CliError::new(Exit::Io, message).hint("add your folders again: marks and bookmarks are safe"));
    }
    Ok(library)
}

/// So many articles, in words.
pub(super) fn articles(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}
