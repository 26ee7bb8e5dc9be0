//! `dateline bookmarks import`: takes in the passages of another program, or tells what that would change.

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

/// Most records that are told one by one.
const MOST: usize = 20;
/// Records that are written in one go: many, since each go waits for the disk, and not all, since a log has a largest
/// size. If one fails, what was written before it is kept, and the next import goes on from there.
const AT_ONCE: usize = 4_000;

/// Reads the file, decides, writes unless it is a dry run, and prints the counts.
pub(super) fn run(context: &mut Context, args: &ImportArgs) -> Result<Exit, CliError> {
    let (name, text) = read(args)?;
    let batch = import::read(&text).map_err(|error| refused(&name, &error))?;
    drop(text);
    let (plan, complete) = if args.dry_run {
        // Looking leaves a data directory alone that is not there.
        let (before, complete) = shelf(context)?;
        (decide(&before, &batch), complete)
    } else {
        let (mut store, shelf, complete) = open(context)?;
        let plan = decide(&shelf, &batch);
        for some in plan.write.chunks(AT_ONCE) {
            store.append(some)?;
        }
        (plan, complete)
    };
    tell(context, &batch, &plan, args.dry_run)?;
    let lost = batch.skipped.iter().any(|(_, why)| why.is_loss());
    let lost = lost || batch.remarks.iter().any(|(_, remark)| remark.is_loss());
    Ok(if lost || !complete { Exit::Partly } else { Exit::Done })
}

/// What the file is called, and its text.
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

/// What is said of an article that cannot be read helps nobody who has bookmarks.
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

fn refused(name: &str, error: &ImportError) -> CliError {
    CliError::new(Exit::BadInput, format!("{name}: {error}")).hint(error.hint())
}

fn decide(shelf: &Shelf, batch: &Batch) -> Plan {
    let mut plan = import::plan(shelf, batch);
    // What two records make together may be longer than a line of a log, and would keep all others from being written.
    let fits = |bookmark: &Bookmark| bookmark.to_line().len() <= MAX_LINE;
    for bookmark in plan.write.iter().filter(|bookmark| !fits(bookmark)) {
        let message = format!("not taken, {}: it is longer than a record can be", shown(bookmark.words()));
        messages::error(&CliError::new(Exit::Partly, message));
    }
    plan.write.retain(fits);
    plan
}

/// The counts are the result; what happened to single records is told beside it.
fn tell(context: &mut Context, batch: &Batch, plan: &Plan, dry: bool) -> Result<(), CliError> {
    for (at, why) in batch.skipped.iter().filter(|(_, why)| why.is_loss()).take(MOST) {
        messages::error(&CliError::new(Exit::Partly, format!("{at} is skipped: {why}")));
    }
    let lost = batch.skipped.iter().filter(|(_, why)| why.is_loss()).count();
    if lost > MOST {
        context.note(&format!("{} more records are skipped", lost - MOST));
    }
    for (at, why) in batch.skipped.iter().filter(|(_, why)| !why.is_loss()).take(MOST) {
        context.note(&format!("{at} is left out: {why}"));
    }
    for (at, remark) in batch.remarks.iter().take(MOST) {
        if remark.is_loss() {
            messages::error(&CliError::new(Exit::Partly, format!("{at}: {remark}")));
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
        let verb = if dry { "would be updated" } else { "is updated" };
        context.note(&format!("{} {words} {verb}: {}", change.id.short(), change.what.join(", ")));
    }
    context.out.line(&format!("read as {}", batch.format.name()))?;
    let counts = [
        (plan.new, "new"),
        (plan.changed.len(), "updated"),
        (plan.same, "already there"),
        (plan.older, "changed here, or older than what is there"),
        (plan.deleted, "deleted here, and not brought back"),
        (plan.replaced, "from an earlier file, now part of others"),
        (batch.skipped.len() - lost, "left out"),
        (lost, "skipped"),
    ];
    for (count, what) in
        counts.into_iter().enumerate().filter(|(row, (count, _))| *row < 3 || *count > 0).map(|(_, row)| row)
    {
        context.out.line(&format!("{count:>7} {what}"))?;
    }
    if dry {
        context.note("this was a dry run: nothing is written");
    }
    Ok(())
}
