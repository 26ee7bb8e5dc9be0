//! `dateline bookmarks export`: prints bookmarks for other programs.

use super::super::args::{ExportArgs, ExportFormat};
use super::super::error::{CliError, Exit};
use super::{Context, found, shelf};
use crate::bookmark::export;

/// Prints the bookmarks that fit, in the format that was asked for.
pub(super) fn run(context: &mut Context, args: &ExportArgs) -> Result<Exit, CliError> {
    let (shelf, complete) = shelf(context)?;
    let (hits, exit) = found(context, &shelf, &args.query, complete);
    match args.format {
        ExportFormat::Json => context.out.line(&format!("{:#}", export::json(hits)))?,
        ExportFormat::Markdown => {
            for (number, page) in export::markdown(hits).iter().enumerate() {
                if number > 0 {
                    context.out.line("")?;
                }
                context.out.text(&page.text)?;
            }
        }
    }
    Ok(exit)
}
