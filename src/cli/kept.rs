//! Articles that feeds brought, under the ids that `list` tells: their words are in the library, as the reader shows them.

use std::ffi::OsStr;

use super::Context;
use super::error::CliError;
use super::library::look_into;
use super::targets::not_there;
use crate::article::{Article, SourceKind};
use crate::io::sources::named;
use crate::library::Library;

/// The article of a feed that has this name; none for what was not brought by a feed, whose words are read anew.
///
/// # Errors
/// When the name is of an article that only a feed can have brought, and the library does not have it.
pub(super) fn article(context: &Context, name: &OsStr) -> Result<Option<Article>, CliError> {
    let Some(id) = named::id_of(name).filter(|id| matches!(id.kind(), SourceKind::Web | SourceKind::Entry)) else {
        return Ok(None);
    };
    // A page of the web can be read without a library.
    let is_page = id.kind() == SourceKind::Web;
    let has_library = context.setup.paths().is_ok_and(|paths| Library::exists(&paths.data_dir));
    let found = if has_library { look_into(context)? } else { None };
    let mut was_removed = false;
    if let Some(mut catalogue) = found {
        let library = &mut catalogue.library;
        let entry = match library.entry(&id)? {
            None if is_page => library.entry_at(&id)?,
            entry => entry,
        };
        if let Some(entry) = entry {
            was_removed = entry.removed.is_some();
            if !was_removed && library.from_feed(entry.row)?.is_some() {
                return Ok(library.article(&entry.id)?);
            }
        }
    }
    if is_page { Ok(None) } else { Err(not_there(name, was_removed)) }
}
