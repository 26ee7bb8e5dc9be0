//! `dateline bookmarks remove`: removes one bookmark, named by its id or an end of it.

use super::super::args::RemoveArgs;
use super::super::error::{CliError, Exit};
use super::add::shown;
use super::{Context, open, shelf};
use crate::bookmark::{Bookmark, Shelf};
use crate::io::clock;

/// Fewest digits of an id that are believed: a slip of the finger must not remove anything.
const FEWEST: usize = 4;

/// Removes it; the log keeps a tombstone.
pub(super) fn run(context: &Context, args: &RemoveArgs) -> Result<Exit, CliError> {
    // Looking first leaves a data directory alone that is not there.
    let (before, _) = shelf(context)?;
    find(&before, &args.id)?;
    let (mut store, shelf, complete) = open(context)?;
    let bookmark = find(&shelf, &args.id)?;
    let refused = |error| CliError::new(Exit::BadInput, format!("the bookmark {} stays: {error}", args.id));
    let deleted = bookmark.deleted(store.device(), clock::now()).map_err(refused)?;
    store.append(&[deleted])?;
    context.note(&format!("removed {}, {}", shown(bookmark.words()), bookmark.source().title));
    Ok(if complete { Exit::Done } else { Exit::Partly })
}

/// The one bookmark whose id is `wanted`, or begins or ends with it.
fn find<'a>(shelf: &'a Shelf, wanted: &str) -> Result<&'a Bookmark, CliError> {
    let digits = digits(wanted);
    let fits = |bookmark: &&Bookmark| {
        let id = self::digits(&bookmark.id().to_string());
        // A listing shows only the last digits; their beginning is an end too, for whoever reads them there.
        let short = bookmark.id().short();
        id.starts_with(&digits) || id.ends_with(&digits) || short.starts_with(&digits)
    };
    let bad = |message: String| CliError::new(Exit::BadInput, message);
    if digits.len() < FEWEST {
        return Err(bad(format!("“{wanted}” is too short for an id")).hint(format!("give {FEWEST} digits or more")));
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

/// An id as it is compared: without `urn:uuid:` and dashes, in small letters.
fn digits(id: &str) -> String {
    let id = id.trim().to_ascii_lowercase();
    id.strip_prefix("urn:uuid:").unwrap_or(&id).replace('-', "")
}
