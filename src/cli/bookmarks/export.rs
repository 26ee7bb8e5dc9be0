//! `dateline bookmarks export`: prints bookmarks for other programs, or brings a Markdown document up to date.

use std::path::Path;

use super::super::args::{ExportArgs, ExportFormat};
use super::super::error::{CliError, Exit};
use super::{Context, found, shelf, states};
use crate::bookmark::Bookmark;
use crate::bookmark::export::{self, Cells};
use crate::io::replace::replace;
use crate::io::sources::{self, SourceError, SourceRef};

/// Prints the bookmarks that fit, in the format that was asked for.
pub(super) fn run(context: &mut Context, args: &ExportArgs) -> Result<Exit, CliError> {
    let (shelf, complete) = shelf(context)?;
    let (hits, exit) = found(context, &shelf, &states(context)?, &args.query, complete);
    if let Some(file) = &args.into {
        return into(context, args.format, file, &hits).map(|()| exit);
    }
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

/// Writes the passages into a document; one that is not there is made.
fn into(context: &Context, format: ExportFormat, file: &Path, hits: &[&Bookmark]) -> Result<(), CliError> {
    if !matches!(format, ExportFormat::Markdown) {
        let error =
            CliError::new(Exit::Usage, "--into is for Markdown only, where passages can be told from your words");
        return Err(error.hint("--format markdown"));
    }
    let old = match sources::read(&SourceRef::File(file.to_owned())) {
        Ok(read) => String::from_utf8(read.bytes).map_err(|_| {
            CliError::new(Exit::BadInput, format!("{} is not UTF-8; it is left as it is", file.display()))
        })?,
        Err(SourceError::NotFound { .. }) => String::new(),
        Err(error) => return Err(error.into()),
    };
    let new = export::update(&old, &export::markdown(hits.iter().copied()));
    if new != old {
        replace(file, &new)
            .map_err(|error| CliError::new(Exit::Io, format!("cannot write {}: {error}", file.display())))?;
    }
    let what = if new == old { "is up to date" } else { "is written" };
    context.note(&format!("{} {what}", file.display()));
    Ok(())
}
