//! `dateline bookmarks export`: prints bookmarks for other programs, or writes them to a file.

use super::super::args::ExportArgs;
use super::super::error::{CliError, Exit};
use super::{Context, anchor_states, matching, shelf};
use crate::io::exports::{ExportNote, ExportOutcome, export};

/// Exports the matching bookmarks in the requested format.
pub(super) fn run(context: &mut Context, args: &ExportArgs) -> Result<Exit, CliError> {
    let (shelf, complete) = shelf(context)?;
    let (hits, exit) = matching(context, &shelf, &anchor_states(context)?, &args.query, complete)?;
    let places = args.format.left_out(hits.iter().copied());
    if places > 0 {
        let which =
            if places == 1 { "1 bookmark of a place has" } else { &format!("{places} bookmarks of places have") };
        context.note(&format!("{which} no words and cannot be in a table of highlights"));
    }
    match &args.into {
        Some(file) => {
            let _note = ExportNote::new(&context.setup.paths()?.data_dir, file);
            let exported = export(file, args.format, hits)?;
            if let ExportOutcome::Written { kept: Some(kept) } = &exported {
                context.note(&format!("a copy of the original document is in {}", kept.display()));
            }
            let file = file.display();
            context.note(&match exported {
                ExportOutcome::UpToDate => format!("{file} is up to date"),
                ExportOutcome::Nothing => format!("no bookmarks, so {file} was not written"),
                ExportOutcome::Written { .. } => format!("{file} was written"),
            });
        }
        None => context.out.text(&args.format.write(hits))?,
    }
    Ok(exit)
}
