//! `dateline bookmarks doctor`: checks the bookmark files and summarises what they hold.

use std::collections::HashSet;

use super::super::doctor::cannot_store;
use super::super::error::{CliError, Exit};
use super::super::output::Style;
use super::Context;
use crate::article::TextHash;
use crate::bookmark::{Bookmark, Shelf};
use crate::io::bookmarks::{self, BookmarkStore, Loaded, Survey};
use crate::text::unprintable::printable;

/// Prints the report; status 1 if there are problems. Nothing is created if there are no bookmarks yet.
pub(super) fn run(context: &mut Context) -> Result<Exit, CliError> {
    let paths = context.setup.paths()?.clone();
    let unusable = paths.unusable().into_iter();
    let mut problems: Vec<String> =
        unusable.map(|(folder, error)| cannot_store(&folder.display().to_string(), &error)).collect();
    let is_kept = bookmarks::exist(&paths.data_dir);
    if is_kept {
        match BookmarkStore::open(&paths.data_dir) {
            Ok((store, Loaded { shelf, problems: unreadable, .. })) => {
                problems.extend(unreadable.iter().map(ToString::to_string));
                // After the store has been opened, since that copies unreadable lines.
                match bookmarks::survey(&paths.data_dir) {
                    Ok(survey) => report(context, &store, &shelf, survey)?,
                    Err(error) => problems.push(format!("cannot read {}: {error}", paths.data_dir.display())),
                }
            }
            Err(error) => problems.push(error.to_string()),
        }
    } else {
        context.out.line("no bookmarks yet")?;
    }
    match problems.len() {
        0 if !is_kept => return Ok(Exit::Success),
        0 => context.out.styled("all is well", Style::Bold)?,
        1 => context.out.styled("1 problem", Style::Bold)?,
        count => context.out.styled(&format!("{count} problems"), Style::Bold)?,
    }
    context.out.line("")?;
    for what in &problems {
        context.out.row(&format!("  {what}"))?;
    }
    Ok(if problems.is_empty() { Exit::Success } else { Exit::Partial })
}

/// Prints what is in the files.
fn report(context: &mut Context, store: &BookmarkStore, shelf: &Shelf, survey: Survey) -> Result<(), CliError> {
    let out = &mut context.out;
    out.styled("files", Style::Bold)?;
    out.line("")?;
    let device = store.device();
    let is_own = |name: &str| name.strip_prefix(device.as_str()).is_some_and(|rest| rest.starts_with('.'));
    for log in &survey.logs {
        let name = log.path.file_name().unwrap_or_default().to_string_lossy();
        let whose = match (log.is_conflict_copy, is_own(&name)) {
            (true, _) => ", a conflict copy of a file syncer",
            (_, true) => ", this device's",
            _ => "",
        };
        let lines = log.lines.map_or_else(|| "cannot be read".to_owned(), |lines| count_of(lines, "line"));
        out.row(&format!("  {name}: {lines}{whose}"))?;
    }
    for (path, bytes) in &survey.quarantine {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        out.row(&format!("  quarantine/{name}: {}", count_of(*bytes, "byte")))?;
    }
    out.styled("bookmarks", Style::Bold)?;
    out.line("")?;
    out.row(&format!("  kept       {} in {}", shelf.len(), count_of(shelf.articles(), "article")))?;
    let unplaced = shelf.iter().filter(|bookmark| bookmark.text_hash().is_none()).count();
    if unplaced > 0 {
        out.row(&format!("  unplaced   {unplaced}, which were imported without their articles"))?;
    }
    out.styled("texts", Style::Bold)?;
    out.line("")?;
    let needed: HashSet<TextHash> = shelf.iter().filter_map(Bookmark::text_hash).collect();
    let kept: HashSet<TextHash> = survey.texts.into_iter().collect();
    out.row(&format!("  kept       {}", kept.len()))?;
    out.row(&format!("  unneeded   {}, to which no bookmark refers", kept.difference(&needed).count()))?;
    out.row(&format!(
        "  missing    {}, without which bookmarks are found less reliably",
        needed.difference(&kept).count()
    ))?;

    let copies = survey.logs.iter().filter(|log| log.is_conflict_copy).count();
    if copies > 0 {
        context.note(&format!(
            "{} read like any other file and can stay",
            if copies == 1 { "the conflict copy is" } else { "the conflict copies are" }
        ));
    }
    if let Some(old) = survey.old_quarantine {
        let message = "is from an earlier version and no longer used; check it, then remove it";
        context.note(&format!("{} {message}", printable(&old.to_string_lossy())));
    }
    Ok(())
}

fn count_of(count: impl TryInto<u64>, what: &str) -> String {
    match count.try_into().unwrap_or_default() {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
