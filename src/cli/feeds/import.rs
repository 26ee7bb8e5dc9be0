//! `dateline feeds import`: takes over what another reader subscribes to.

use std::path::Path;

use super::super::args::ImportFeedsArgs;
use super::super::error::{CliError, Exit};
use super::super::messages;
use super::super::sources::refuse_keyboard;
use super::{Context, load_file, newsboat_marks, not_used};
use crate::feed::{EditError, FeedList, Subscription};
use crate::io::sources::{self, SourceError};
use crate::library::is_database;
use crate::runtime::importing::{self, NotImported, read_list};
use crate::text::plural::count_are;

/// How many places are reported one by one.
const MOST: usize = 20;

/// Reads the file, whatever it is, and takes over what is new. Nothing is asked.
pub(super) fn run(context: &mut Context, args: &ImportFeedsArgs) -> Result<Exit, CliError> {
    if args.file != "-" && is_database(Path::new(&args.file)) {
        return newsboat_marks::import(context, Path::new(&args.file), args.dry_run);
    }
    refuse_keyboard(std::slice::from_ref(&args.file), "feeds import -")?;
    let list = read(args)?;
    let new = take_over(context, &list, args.dry_run)?.len();
    report(context, &list, new, args.dry_run)?;
    Ok(if list.wrong.is_empty() { Exit::Success } else { Exit::Partial })
}

fn read(args: &ImportFeedsArgs) -> Result<FeedList, CliError> {
    let not_read = |error: SourceError| match &error {
        SourceError::WebAddress(_) => {
            CliError::from(error).hint("download it, or subscribe to the feeds of a page with `dateline feeds add`")
        }
        _ => error.into(),
    };
    let found = sources::resolve(&args.file).map_err(not_read)?.sources;
    let [source] = found.as_slice() else {
        return Err(CliError::from(SourceError::Folder((&args.file).into())).hint("name one of the files in it"));
    };
    let bytes = match source {
        sources::SourceRef::Web(address) => return Err(not_read(SourceError::WebAddress(address.clone()))),
        source => sources::read(source).map_err(not_read)?.bytes,
    };
    read_list(&args.file.to_string_lossy(), bytes)
        .map_err(|NotImported { told, hint }| CliError::new(Exit::BadInput, told).hint(hint))
}

/// The feeds of the list that are new.
fn take_over(context: &Context, list: &FeedList, is_dry_run: bool) -> Result<Vec<Subscription>, CliError> {
    if is_dry_run {
        let refused = |error: EditError| CliError::new(Exit::BadInput, error.to_string());
        return load_file(context)?.subscriptions.import(&list.feeds).map_err(refused);
    }
    importing::take_over(list, &context.setup.paths()?.data_dir).map_err(not_used)
}

/// Prints the counts as the result; single places are reported on standard error.
fn report(context: &mut Context, list: &FeedList, new: usize, is_dry_run: bool) -> Result<(), CliError> {
    for wrong in list.wrong.iter().take(MOST) {
        messages::error(&CliError::new(Exit::Partial, wrong));
    }
    let more = list.wrong.len().saturating_sub(MOST);
    if more > 0 {
        messages::error(&CliError::new(Exit::Partial, format!("{} wrong", count_are(more, "more place"))));
    }
    for remark in list.remarks.iter().take(MOST) {
        context.note(remark);
    }
    context.out.line(&format!("read as {}", list.format))?;
    let counts = [
        (new, "new"),
        (list.feeds.all().count() - new, "already there"),
        (
            list.searches.len(),
            if list.searches.len() == 1 { "query saved as a search" } else { "queries saved as searches" },
        ),
        (list.wrong.len(), "wrong, and left out or mended"),
    ];
    for (row, (number, what)) in counts.into_iter().enumerate() {
        if row < 2 || number > 0 {
            context.out.line(&format!("{number:>7} {what}"))?;
        }
    }
    if is_dry_run {
        context.note("this was a dry run: nothing was written");
    }
    Ok(())
}
