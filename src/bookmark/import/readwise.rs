//! CSV as Readwise takes it and as Readwise gives it: the columns are told by their names, in any order.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use super::annotation::{Draft, Passage};
use super::when::time;
use super::{At, Entries, ImportError, Why};
use crate::bookmark::readwise::read_note;
use crate::text::sanitize::one_line;

/// The rows; none if this is no table.
///
/// # Errors
/// [`ImportError::NoHighlight`] if it is a table without passages.
pub(super) fn read(text: &str) -> Result<Option<Entries>, ImportError> {
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let Ok(header) = rows.headers() else { return Ok(None) };
    let columns: HashMap<String, usize> =
        header.iter().enumerate().map(|(at, name)| (one_line(name).to_lowercase(), at)).collect();
    if !columns.contains_key("highlight") {
        let names: Vec<String> = header.iter().take(12).map(|name| one_line(name).chars().take(30).collect()).collect();
        return if names.len() > 1 { Err(ImportError::NoHighlight(names.join(", "))) } else { Ok(None) };
    }
    let mut entries = Vec::new();
    let mut row = StringRecord::new();
    // A text is UTF-8 and rows may have any length, so reading it cannot fail.
    while rows.read_record(&mut row).unwrap_or(false) {
        let line = row.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
        let draft =
            if row.iter().all(|cell| cell.trim().is_empty()) { Err(Why::NoWords) } else { Ok(passage(&row, &columns)) };
        entries.push((At::Line(line), draft));
    }
    Ok(Some(entries))
}

fn passage(row: &StringRecord, columns: &HashMap<String, usize>) -> Draft {
    let cell = |names: &[&str]| -> String {
        let at = names.iter().find_map(|name| columns.get(*name));
        at.and_then(|at| row.get(*at)).unwrap_or_default().to_owned()
    };
    let note = cell(&["note"]);
    // Where tags have a column of their own they are not in the note.
    let (tags, note) = if columns.contains_key("tags") {
        let tags = cell(&["tags"]);
        (tags.split(',').map(|tag| tag.trim().to_owned()).collect(), note.trim().to_owned())
    } else {
        let (tags, note) = read_note(&note);
        (tags, note.to_owned())
    };
    Passage {
        quote: cell(&["highlight"]),
        note,
        tags,
        color: cell(&["color"]),
        url: cell(&["url"]),
        title: cell(&["title", "book title"]),
        creators: vec![cell(&["author", "book author"])],
        created: time(&cell(&["date", "highlighted at"])),
        ..Passage::default()
    }
    .into()
}
