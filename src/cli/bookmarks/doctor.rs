//! `dateline bookmarks doctor`: what lies in the bookmark files, and whether all is well with them.

use std::collections::HashSet;

use super::super::error::{CliError, Exit};
use super::super::output::Style;
use super::Context;
use crate::article::TextHash;
use crate::bookmark::Bookmark;
use crate::io::bookmarks::{self, BookmarkStore, Loaded};

/// Prints the report; status 1 if something is wrong. Nothing is made where nothing was ever kept.
pub(super) fn run(context: &mut Context) -> Result<Exit, CliError> {
    let data_dir = context.setup.paths()?.data_dir.clone();
    let out = &mut context.out;
    if !data_dir.join("bookmarks").exists() {
        out.line("no bookmarks yet")?;
        return Ok(Exit::Done);
    }
    let (store, Loaded { shelf, problems, .. }) = BookmarkStore::open(&data_dir)?;
    // After the store has looked, which copies what it cannot read.
    let survey = bookmarks::survey(&data_dir).map_err(|error| {
        CliError::new(Exit::Io, format!("cannot read {}: {error}", data_dir.join("bookmarks").display()))
    })?;

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
        out.line(&format!("  {name}: {}{whose}", counted(log.lines, "line")))?;
    }
    for (path, bytes) in &survey.quarantine {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        out.line(&format!("  quarantine/{name}: {}", counted(*bytes, "byte")))?;
    }
    out.styled("bookmarks", Style::Bold)?;
    out.line("")?;
    out.line(&format!("  kept       {} in {}", shelf.len(), counted(shelf.articles(), "article")))?;
    let unplaced = shelf.iter().filter(|bookmark| bookmark.text_hash().is_none()).count();
    if unplaced > 0 {
        out.line(&format!("  unplaced   {unplaced}, which came without their articles"))?;
    }
    out.styled("texts", Style::Bold)?;
    out.line("")?;
    let needed: HashSet<TextHash> = shelf.iter().filter_map(Bookmark::text_hash).collect();
    let kept: HashSet<TextHash> = survey.texts.into_iter().collect();
    out.line(&format!("  kept       {}", kept.len()))?;
    out.line(&format!("  unneeded   {}, to which no bookmark refers", kept.difference(&needed).count()))?;
    out.line(&format!(
        "  missing    {}, without which their bookmarks are found less surely",
        needed.difference(&kept).count()
    ))?;

    let copies = survey.logs.iter().filter(|log| log.is_conflict_copy).count();
    if copies > 0 {
        context.note(&format!(
            "{} read like any other file and may stay",
            if copies == 1 { "the conflict copy is" } else { "the conflict copies are" }
        ));
    }
    match problems.len() {
        0 => context.out.styled("all is well", Style::Bold)?,
        1 => context.out.styled("1 thing is wrong", Style::Bold)?,
        count => context.out.styled(&format!("{count} things are wrong"), Style::Bold)?,
    }
    context.out.line("")?;
    for problem in &problems {
        context.out.line(&format!("  {problem}"))?;
    }
    Ok(if problems.is_empty() { Exit::Done } else { Exit::Partly })
}

fn counted(count: impl TryInto<u64>, what: &str) -> String {
    match count.try_into().unwrap_or_default() {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
