//! `dateline feeds export`: prints the subscriptions as OPML.

use super::super::args::ExportFeedsArgs;
use super::super::error::{CliError, Exit};
use super::super::messages;
use super::{Context, load_file};
use crate::io::subscriptions;

/// Prints the file as it is, with everything others wrote there.
pub(super) fn run(context: &mut Context, args: &ExportFeedsArgs) -> Result<Exit, CliError> {
    let loaded = load_file(context)?;
    for problem in &loaded.problems {
        messages::error(&CliError::new(Exit::Partial, problem));
    }
    let text = loaded.subscriptions.to_opml();
    match &args.into {
        Some(path) => {
            subscriptions::export(path, text)
                .map_err(|error| CliError::new(Exit::Io, error.to_string()).hint("name a new file"))?;
        }
        None => context.out.exact(text)?,
    }
    Ok(if loaded.problems.is_empty() { Exit::Success } else { Exit::Partial })
}
