//! What was read, flagged and deleted in newsboat, as marks.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::error::{CliError, Exit};
use super::super::library::{articles, open};
use super::Context;
use crate::article::SourceId;
use crate::article::address::is_web;
use crate::io::clock;
use crate::library::newsboat_items;
use crate::mark::EarlierMarks;

/// Takes over what `cache.db` says of articles, of those that arrive later, too.
pub(super) fn import(context: &mut Context, file: &Path, is_dry_run: bool) -> Result<Exit, CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::new(Exit::BadInput, format!("{}: {error}", file.display()));
    let items = newsboat_items(file, &std::env::temp_dir()).map_err(|error| {
        let hint =
            "close newsboat, and name its cache.db, usually ~/.local/share/newsboat/cache.db or ~/.newsboat/cache.db";
        failed(&error).hint(hint)
    })?;
    let Some(items) = items else {
        return Err(failed(&"it is no cache of newsboat").hint("import OPML, or newsboat's urls or cache.db"));
    };
    let mut marks: BTreeMap<SourceId, EarlierMarks> = BTreeMap::new();
    let mut without_address = 0;
    for item in items {
        if !is_web(&item.url) {
            without_address += 1;
            continue;
        }
        let known = marks.entry(SourceId::of_web(&item.url)).or_default();
        known.is_read |= item.is_read;
        known.is_starred |= item.is_flagged;
        known.is_removed |= item.is_deleted;
    }
    let marks: Vec<(SourceId, EarlierMarks)> = marks.into_iter().collect();
    let number = |is_so: fn(&EarlierMarks) -> bool| marks.iter().filter(|(_, known)| is_so(known)).count();
    let counts = [
        (number(|known| known.is_read), "read"),
        (number(|known| known.is_starred), "with flags, starred here"),
        (number(|known| known.is_removed), "deleted, kept out of the list here"),
        (without_address, "without an address, left out"),
    ];
    let changed =
        if is_dry_run || marks.is_empty() { None } else { Some(open(context)?.mark_earlier(&marks, clock::now())?) };
    context.out.line("read as newsboat’s cache.db")?;
    for (row, (number, what)) in counts.into_iter().enumerate() {
        if row < 2 || number > 0 {
            context.out.line(&format!("{number:>7} {what}"))?;
        }
    }
    match changed {
        Some(changed) => context.note(&format!(
            "{} marked; those that are not here yet are marked as they arrive, and what was done here stays",
            articles(changed)
        )),
        None if is_dry_run => context.note("this was a dry run: nothing was written"),
        None => {}
    }
    Ok(Exit::Success)
}
