//! CSV as Readwise takes it and as Readwise gives it: the columns are told by their names, in any order, and what stands
//! between them by their header.

use std::collections::HashMap;

use super::annotation::{Draft, Identity, Passage, When};
use super::rows::{first, rows};
use super::when::Clock;
use super::{At, Entries, ImportError, Why};
use crate::bookmark::readwise::read_note;
use crate::text::sanitize::one_line;

/// What may stand between columns: a comma, a semicolon where a comma is in numbers, a tab as spreadsheets copy.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The rows; none if this is no table.
///
/// # Errors
/// [`ImportError::NoHighlight`] if it is a table without passages.
pub(super) fn read(text: &str) -> Result<Option<Entries>, ImportError> {
    // Some spreadsheets tell their separator above the header.
    let table = text.get(..4).filter(|sep| sep.eq_ignore_ascii_case("sep=")).and_then(|_| text.split_once('\n'));
    let (above, table) = table.map_or((0, text), |(_, table)| (1, table));
    let header = |separator: &u8| {
        let header = first(table, *separator).unwrap_or_default();
        header.iter().map(|name| one_line(name)).collect::<Vec<_>>()
    };
    let has_highlight = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case("highlight"));
    let headers = SEPARATORS.iter().map(|separator| (*separator, header(separator)));
    // Of those that make sense the one that makes most columns.
    let best = headers.max_by_key(|(separator, names)| (has_highlight(names), names.len(), *separator == b','));
    let Some((separator, names)) = best else { return Ok(None) };
    if !has_highlight(&names) {
        let shown: Vec<String> = names.iter().take(12).map(|name| name.chars().take(30).collect()).collect();
        return if names.len() > 1 { Err(ImportError::NoHighlight(shown.join(", "))) } else { Ok(None) };
    }
    let columns = Columns(names.iter().enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect());
    let rows: Vec<_> = rows(table, separator).into_iter().skip(1).collect();
    let clock = Clock::of(rows.iter().filter_map(|(_, row)| Some(columns.cell(row.as_ref().ok()?, &DATE))));
    let entry = |row: Result<Vec<String>, _>| {
        let row = row.map_err(|_| Why::OpenQuote)?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Err(Why::NoWords);
        }
        // A separator within words makes cells of them, and every one behind it stands in a wrong column.
        let is_over = row.iter().skip(names.len()).any(|cell| !cell.trim().is_empty());
        if is_over {
            Err(Why::Cells { row: row.len(), header: names.len() })
        } else {
            Ok(passage(&row, &columns, clock))
        }
    };
    Ok(Some(rows.into_iter().map(|(line, row)| (At::Line(line + above), entry(row))).collect()))
}

/// The names of the column of the time.
const DATE: [&str; 2] = ["date", "highlighted at"];

/// The places of the columns by their names in small letters.
struct Columns(HashMap<String, usize>);

impl Columns {
    /// The cell in the first of these columns that the table has.
    fn cell<'a>(&self, row: &'a [String], names: &[&str]) -> &'a str {
        let at = names.iter().find_map(|name| self.0.get(*name));
        at.and_then(|at| row.get(*at)).map_or("", String::as_str)
    }
}

fn passage(row: &[String], columns: &Columns, clock: Clock) -> Draft {
    let cell = |names: &[&str]| columns.cell(row, names).to_owned();
    let note = cell(&["note"]);
    // Where tags have a column of their own they are not in the note.
    let (tags, note) = if columns.0.contains_key("tags") {
        let tags = cell(&["tags"]);
        (tags.split(',').map(|tag| tag.trim().to_owned()).collect(), note.trim().to_owned())
    } else {
        let (tags, note) = read_note(&note);
        (tags, note.to_owned())
    };
    let id = cell(&["highlight id", "highlight_id", "readwise id", "readwise_id", "id"]);
    Passage {
        quote: cell(&["highlight"]),
        note,
        tags,
        color: cell(&["color"]),
        url: cell(&["url"]),
        title: cell(&["title", "book title"]),
        creators: vec![cell(&["author", "book author"])],
        created: When::read(&cell(&DATE), clock),
        modified: When::read(&cell(&["updated", "updated at"]), clock),
        identity: if id.trim().is_empty() {
            Identity::Words
        } else {
            Identity::Name(format!("readwise {}", id.trim()))
        },
        ..Passage::default()
    }
    .into()
}
