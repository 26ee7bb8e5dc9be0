//! `dateline bookmarks import`: imports passages from another program, or reports what that would change.

use super::super::args::ImportArgs;
use super::super::error::{CliError, Exit};
use super::super::messages;
use super::add::shown;
use super::{Context, open, shelf};
use crate::bookmark::import::{self, Batch, ImportError, Plan};
use crate::bookmark::{Bookmark, MAX_LINE, Shelf};
use crate::intake::{self, IntakeError};
use crate::io::sources::{self, SourceError, SourceRef};
use crate::text::shell;

/// How many records of each kind are reported one by one.
const MOST: usize = 20;
/// How many records are written at a time: many, since each write waits for the disk, but not all, since a log has a
/// maximum size. If a write fails, earlier ones are kept, and the next import continues from there.
const CHUNK: usize = 4_000;

/// Reads the file, makes the plan, writes it unless this is a dry run, and prints the counts.
pub(super) fn run(context: &mut Context, args: &ImportArgs) -> Result<Exit, CliError> {
    let (name, text) = read(args)?;
    let batch = import::read(&text).map_err(|error| not_imported(&name, &error))?;
    drop(text);
    let (plan, complete) = if args.dry_run {
        // A dry run does not create the data directory.
        let (before, complete) = shelf(context)?;
        (make_plan(&before, &batch), complete)
    } else {
        let (mut store, shelf, complete) = open(context)?;
        let plan = make_plan(&shelf, &batch);
        for some in plan.write.chunks(CHUNK) {
            store.append(some)?;
        }
        (plan, complete)
    };
    report(context, &batch, &plan, args.dry_run)?;
    let lost = batch.skipped.iter().any(|(_, why)| why.is_loss());
    let lost = lost || batch.remarks.iter().any(|(_, remark)| remark.is_loss());
    Ok(if lost || !complete { Exit::Partial } else { Exit::Success })
}

/// The name of the file, and its text.
fn read(args: &ImportArgs) -> Result<(String, String), CliError> {
    let found = sources::resolve(&args.file).map_err(not_read)?.sources;
    let [source] = found.as_slice() else {
        return Err(CliError::from(SourceError::Folder((&args.file).into())).hint("name one of the files in it"));
    };
    let read = sources::read(source).map_err(not_read)?;
    let name = if *source == SourceRef::Stdin { read.name } else { args.file.to_string_lossy().into_owned() };
    let text = intake::decode(&read.bytes).map_err(|error| {
        let is_archive = matches!(&error, IntakeError::Foreign(foreign) if foreign.is_archive());
        let hint = if is_archive { "unpack it, and import what is inside" } else { "export it once more, as text" };
        CliError::new(Exit::BadInput, format!("{name}: {error}")).hint(hint)
    })?;
    Ok((name, text))
}

/// Replaces hints about articles that do not help with an import.
fn not_read(error: SourceError) -> CliError {
    let hint = match &error {
        SourceError::WebAddress(url) => {
            let url = sources::fetched(url).unwrap_or_else(|| url.clone());
            let url = shell::word(url.as_bytes());
            Some(format!(
                "download it and import the file: `curl -sLo FILE {url}` and `dateline bookmarks import FILE`"
            ))
        }
        SourceError::Device(_) => {
            Some("name a file, or pipe one in: `COMMAND | dateline bookmarks import -`".to_owned())
        }
        SourceError::TooLarge(_) => {
            Some("export fewer passages at once, and import one file after the other".to_owned())
        }
        SourceError::Folder(_) | SourceError::EmptyFolder { .. } => Some("name one of the files in it".to_owned()),
        _ => error.hint(),
    };
    CliError::from(error).hint_or_none(hint)
}

fn not_imported(name: &str, error: &ImportError) -> CliError {
    CliError::new(Exit::BadInput, format!("{name}: {error}")).hint(error.hint())
}

fn make_plan(shelf: &Shelf, batch: &Batch) -> Plan {
    let mut plan = import::plan(shelf, batch);
    // Two merged records may exceed the length of a log line, which would prevent all others from being written.
    let fits = |bookmark: &Bookmark| bookmark.to_line().len() <= MAX_LINE;
    for bookmark in plan.write.iter().filter(|bookmark| !fits(bookmark)) {
        let message = format!("not imported, {}: it is longer than a record can be", shown(bookmark.words()));
        messages::error(&CliError::new(Exit::Partial, message));
    }
    plan.write.retain(fits);
    plan
}

/// Prints the counts as the result; single records are reported on standard error.
fn report(context: &mut Context, batch: &Batch, plan: &Plan, dry: bool) -> Result<(), CliError> {
    for (at, why) in batch.skipped.iter().filter(|(_, why)| why.is_loss()).take(MOST) {
        messages::error(&CliError::new(Exit::Partial, format!("{at} was skipped: {why}")));
    }
    let lost = batch.skipped.iter().filter(|(_, why)| why.is_loss()).count();
    if lost > MOST {
        context.note(&format!("{} more records were skipped", lost - MOST));
    }
    for (at, why) in batch.skipped.iter().filter(|(_, why)| !why.is_loss()).take(MOST) {
        context.note(&format!("{at} was left out: {why}"));
    }
    for (at, remark) in batch.remarks.iter().take(MOST) {
        if remark.is_loss() {
            messages::error(&CliError::new(Exit::Partial, format!("{at}: {remark}")));
        } else {
            context.note(&format!("{at}: {remark}"));
        }
    }
    if batch.remarks.len() > MOST {
        context.note(&format!("{} more records are not kept exactly as the file has them", batch.remarks.len() - MOST));
    }
    let written = |id| plan.write.iter().find(|bookmark| bookmark.id() == id);
    for change in plan.changed.iter().take(MOST) {
        let words = written(change.id).map(|bookmark| shown(bookmark.words())).unwrap_or_default();
        let verb = if dry { "would be updated" } else { "was updated" };
        context.note(&format!("{} {words} {verb}: {}", change.id.short(), change.what.join(", ")));
    }
    context.out.line(&format!("read as {}", batch.format.name()))?;
    let counts = [
        (plan.new, "new"),
        (plan.changed.len(), "updated"),
        (plan.same, "already there"),
        (plan.older, "edited here, or older than the bookmark here"),
        (plan.deleted, "deleted here, and not restored"),
        (plan.replaced, "from an earlier file, now merged into others"),
        (batch.skipped.len() - lost, "left out"),
        (lost, "skipped"),
    ];
    for (count, what) in
        counts.into_iter().enumerate().filter(|(row, (count, _))| *row < 3 || *count > 0).map(|(_, row)| row)
    {
        context.out.line(&format!("{count:>7} {what}"))?;
    }
    if dry {
        context.note("this was a dry run: nothing was written");
    }
    Ok(())
}
