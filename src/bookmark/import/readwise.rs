//! CSV in the forms Readwise imports and exports. Columns are recognised by name in any order; the header also shows
//! which separator is used.

use std::collections::HashMap;

use super::annotation::{Draft, FileTime, Identity, ImportedPassage};
use super::datetime::DateOrder;
use super::delimited::{header_row, rows};
use super::{Entries, ImportError, Location, SkipReason};
use crate::bookmark::readwise::read_note;
use crate::text::sanitize::one_line;

/// Column separators: comma, semicolon (where numbers have a decimal comma), tab (as spreadsheets copy).
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The rows; none if the text is not a table.
///
/// # Errors
/// [`ImportError::NoHighlight`] if the table has no column for passages.
pub(super) fn read(text: &str) -> Result<Option<Entries>, ImportError> {
    // Some spreadsheets name the separator in a line above the header.
    let table = text.get(..4).filter(|sep| sep.eq_ignore_ascii_case("sep=")).and_then(|_| text.split_once('\n'));
    let (above, table) = table.map_or((0, text), |(_, table)| (1, table));
    let header = |separator: &u8| {
        let header = header_row(table, *separator).unwrap_or_default();
        header.iter().map(|name| one_line(name)).collect::<Vec<_>>()
    };
    let has_highlight = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case("highlight"));
    let headers = SEPARATORS.iter().map(|separator| (*separator, header(separator)));
    // Of the separators that give a usable header, the one that gives the most columns.
    let best = headers.max_by_key(|(separator, names)| (has_highlight(names), names.len(), *separator == b','));
    let Some((separator, names)) = best else { return Ok(None) };
    if !has_highlight(&names) {
        let shown: Vec<String> = names.iter().take(12).map(|name| name.chars().take(30).collect()).collect();
        return if names.len() > 1 { Err(ImportError::NoHighlight(shown.join(", "))) } else { Ok(None) };
    }
    let columns = Columns(names.iter().enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect());
    let rows: Vec<_> = rows(table, separator).into_iter().skip(1).collect();
    let date_order = DateOrder::of(rows.iter().filter_map(|(_, row)| Some(columns.cell(row.as_ref().ok()?, &DATE))));
    let entry = |row: Result<Vec<String>, _>| {
        let row = row.map_err(|_| SkipReason::OpenQuote)?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Err(SkipReason::NoWords);
        }
        // An unquoted separator within words shifts every cell after it into the wrong column.
        let is_over = row.iter().skip(names.len()).any(|cell| !cell.trim().is_empty());
        if is_over {
            Err(SkipReason::Cells { row: row.len(), header: names.len() })
        } else {
            Ok(passage(&row, &columns, date_order))
        }
    };
    Ok(Some(rows.into_iter().map(|(line, row)| (Location::Line(line + above), entry(row))).collect()))
}

/// The names of the time column.
const DATE: [&str; 2] = ["date", "highlighted at"];

/// The positions of columns by their lower-case names.
struct Columns(HashMap<String, usize>);

impl Columns {
    /// The cell in the first of these columns that the table has.
    fn cell<'a>(&self, row: &'a [String], names: &[&str]) -> &'a str {
        let at = names.iter().find_map(|name| self.0.get(*name));
        at.and_then(|at| row.get(*at)).map_or("", String::as_str)
    }
}

fn passage(row: &[String], columns: &Columns, date_order: DateOrder) -> Draft {
    let cell = |names: &[&str]| columns.cell(row, names).to_owned();
    let note = cell(&["note"]);
    // If there is a column for tags, the note holds none.
    let (tags, note) = if columns.0.contains_key("tags") {
        let tags = cell(&["tags"]);
        (tags.split(',').map(|tag| tag.trim().to_owned()).collect(), note.trim().to_owned())
    } else {
        let (tags, note) = read_note(&note);
        (tags, note.to_owned())
    };
    let id = cell(&["highlight id", "highlight_id", "readwise id", "readwise_id", "id"]);
    ImportedPassage {
        quote: cell(&["highlight"]),
        note,
        tags,
        color: cell(&["color"]),
        url: cell(&["url"]),
        title: cell(&["title", "book title"]),
        creators: vec![cell(&["author", "book author"])],
        created: FileTime::read(&cell(&DATE), date_order),
        modified: FileTime::read(&cell(&["updated", "updated at"]), date_order),
        identity: if id.trim().is_empty() {
            Identity::Words
        } else {
            Identity::WithinWork(format!("readwise {}", id.trim()))
        },
        ..ImportedPassage::default()
    }
    .into()
}
