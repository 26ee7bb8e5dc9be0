//! Articles that feeds or pipes brought, under the ids that `list` tells: their words are those of the library.

use std::ffi::OsStr;

use super::Context;
use super::error::CliError;
use super::library::{not_there, open_library};
use crate::article::{Article, SourceId, SourceKind};
use crate::io::sources::named;
use crate::library::Library;

/// The article of a feed or a pipe that has this name; none for what came from elsewhere, whose words are read anew.
///
/// # Errors
/// When the name is of an article that can be nowhere else, and the library does not have it.
pub(super) fn article(context: &Context, name: &OsStr) -> Result<Option<Article>, CliError> {
    let Some(id) =
        named::id_of(name).filter(|id| matches!(id.kind(), SourceKind::Web | SourceKind::Entry | SourceKind::Text))
    else {
        return Ok(None);
    };
    // A page of the web can be read without a library.
    let is_page = id.kind() == SourceKind::Web;
    let has_library = context.setup.paths().is_ok_and(|paths| Library::exists(&paths.data_dir));
    let found = if has_library { find(context, &id) } else { Ok(Found::Unknown) };
    match found {
        Ok(Found::Kept(article)) => Ok(Some(*article)),
        Ok(Found::Removed) if !is_page => Err(not_there(name, true)),
        Ok(Found::Unknown) if !is_page => Err(not_there(name, false)),
        Err(error) if !is_page => Err(error),
        Err(error) => {
            context.note(&format!("whether a feed brought it is not known: {}", error.message));
            Ok(None)
        }
        Ok(Found::Removed | Found::Unknown) => Ok(None),
    }
}

/// What the library has under an id.
enum Found {
    /// An article that a feed or a pipe brought.
    Kept(Box<Article>),
    /// One that was removed.
    Removed,
    /// Nothing, or nothing of these.
    Unknown,
}

fn find(context: &Context, id: &SourceId) -> Result<Found, CliError> {
    let mut library = open_library(context.setup.paths()?)?;
    let entry = match library.entry(id)? {
        None if id.kind() == SourceKind::Web => library.entry_at(id)?,
        entry => entry,
    };
    let Some(entry) = entry else { return Ok(Found::Unknown) };
    if entry.removed.is_some() {
        return Ok(Found::Removed);
    }
    let is_only_here = id.kind() != SourceKind::Web || library.from_feed(entry.row)?.is_some();
    let article = if is_only_here { library.article(&entry.id)? } else { None };
    Ok(article.map_or(Found::Unknown, |article| Found::Kept(Box::new(article))))
}
