//! `dateline bookmarks export`: prints bookmarks for other programs.

use super::super::args::{ExportArgs, ExportFormat};
use super::super::error::{CliError, Exit};
use super::{Context, found, shelf};
use crate::bookmark::export::{self, Cells};

/// Prints the bookmarks that fit, in the format that was asked for.
pub(super) fn run(context: &mut Context, args: &ExportArgs) -> Result<Exit, CliError> {
    let (shelf, complete) = shelf(context)?;
    let (hits, exit) = found(context, &shelf, &args.query, complete);
    let places = hits.iter().filter(|bookmark| bookmark.quote().is_none()).count();
    if places > 0 && matches!(args.format, ExportFormat::Csv | ExportFormat::Spreadsheet) {
        let which =
            if places == 1 { "1 bookmark of a place has" } else { &format!("{places} bookmarks of places have") };
        context.note(&format!("{which} no words and cannot be in a table of highlights"));
    }
    let text = match args.format {
        ExportFormat::Markdown => {
            let pages: Vec<String> = export::markdown(hits).into_iter().map(|page| page.text).collect();
            pages.join("\n")
        }
        ExportFormat::Json => format!("{:#}\n", export::json(hits)),
        ExportFormat::Csv => export::csv(hits, Cells::Exact),
        ExportFormat::Spreadsheet => export::csv(hits, Cells::Spreadsheet),
        ExportFormat::Org => export::org(hits),
        ExportFormat::Html => export::html(hits),
        ExportFormat::Csl => format!("{:#}\n", export::csl(hits)),
    };
    context.out.text(&text)?;
    Ok(exit)
}
