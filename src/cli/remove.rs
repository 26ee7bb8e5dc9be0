//! `dateline remove`: takes articles out of the list, and folders out of those that are looked at again.

use super::Context;
use super::args::RemoveSourcesArgs;
use super::error::{CliError, Exit};
use super::library::{articles, not_there, open_existing};
use super::sources::Tally;
use super::targets::Target;
use crate::article::RowId;
use crate::io::clock;
use crate::mark::MarkChange;

/// Removes what is named. Files stay where they are, and so do bookmarks.
pub(super) fn run(context: &mut Context, args: &RemoveSourcesArgs) -> Result<Exit, CliError> {
    let mut tally = Tally::default();
    let Some(mut catalogue) = open_existing(context)? else {
        args.sources.iter().for_each(|name| tally.failed(&not_there(name, false)));
        return Ok(tally.exit());
    };
    let (mut rows, mut said): (Vec<RowId>, Vec<String>) = (Vec::new(), Vec::new());
    for name in &args.sources {
        match Target::of(&mut catalogue.library, name)? {
            Target::Article(row) => rows.push(row),
            Target::Folder(path, inside) => {
                if catalogue.library.remove_folder(&path)? {
                    said.push(format!("{} is no longer looked at", path.display()));
                }
                rows.extend(inside);
            }
            Target::Removed => {
                tally.failed(&not_there(name, true));
                continue;
            }
            Target::Unknown | Target::Words => {
                tally.failed(&not_there(name, false));
                continue;
            }
        }
        tally.done();
    }
    rows.sort_unstable();
    rows.dedup();
    if !rows.is_empty() {
        catalogue.mark(&rows, &MarkChange::Removed(true), clock::now())?;
        said.insert(0, format!("{} removed", articles(rows.len())));
    }
    said.iter().try_for_each(|said| context.say(said))?;
    Ok(tally.exit())
}
