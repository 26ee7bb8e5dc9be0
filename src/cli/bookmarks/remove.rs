//! `dateline bookmarks remove`: removes one bookmark, given by its id or the beginning or end of it.

use super::super::args::RemoveArgs;
use super::super::error::{CliError, Exit};
use super::add::shown;
use super::{Context, open, shelf};
use crate::bookmark::{Bookmark, Shelf};
use crate::io::clock;

/// Minimum number of digits of an id: a typo must not remove anything.
const MIN_DIGITS: usize = 4;

/// Removes it; the log keeps a tombstone.
pub(super) fn run(context: &Context, args: &RemoveArgs) -> Result<Exit, CliError> {
    // Looking first avoids creating the data directory.
    let (before, _) = shelf(context)?;
    find(&before, &args.id)?;
    let (mut store, shelf, complete) = open(context)?;
    let bookmark = find(&shelf, &args.id)?;
    let not_removed =
        |error| CliError::new(Exit::BadInput, format!("the bookmark {} was not removed: {error}", args.id));
    let deleted = bookmark.deleted(store.device(), clock::now()).map_err(not_removed)?;
    store.append(&[deleted])?;
    context.note(&format!("removed {}, {}", shown(bookmark.words()), bookmark.source().title));
    Ok(if complete { Exit::Success } else { Exit::Partial })
}

/// The one bookmark whose id is `wanted`, or begins or ends with it.
fn find<'a>(shelf: &'a Shelf, wanted: &str) -> Result<&'a Bookmark, CliError> {
    let digits = digits(wanted);
    let fits = |bookmark: &&Bookmark| {
        let id = self::digits(&bookmark.id().to_string());
        // A list shows only the last digits, so the beginning of those is accepted too.
        let short = bookmark.id().short();
        id.starts_with(&digits) || id.ends_with(&digits) || short.starts_with(&digits)
    };
    let bad = |message: String| CliError::new(Exit::BadInput, message);
    if digits.len() < MIN_DIGITS {
        return Err(bad(format!("“{wanted}” is too short for an id")).hint(format!("give {MIN_DIGITS} digits or more")));
    }
    let hits: Vec<&Bookmark> = shelf.iter().filter(fits).collect();
    match hits.as_slice() {
        [one] => Ok(one),
        [] => Err(bad(format!("no bookmark has the id {wanted}")).hint("`dateline bookmarks list` shows the ids")),
        several => {
            let ids: Vec<String> = several.iter().take(5).map(|bookmark| bookmark.id().to_string()).collect();
            Err(bad(format!("{} bookmarks have an id like {wanted}", several.len())).hint(ids.join(", ")))
        }
    }
}

/// An id normalised for comparison: lower case, without `urn:uuid:` and dashes.
fn digits(id: &str) -> String {
    let id = id.trim().to_ascii_lowercase();
    id.strip_prefix("urn:uuid:").unwrap_or(&id).replace('-', "")
}
