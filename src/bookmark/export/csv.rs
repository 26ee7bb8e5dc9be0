//! Rows for Readwise's import (<https://readwise.io/import_bulk>): one a passage, with exactly its header.

use csv::{QuoteStyle, WriterBuilder};

use super::articles::by_article;
use crate::bookmark::Bookmark;
use crate::bookmark::readwise::{self, HEADER};
use crate::text::sanitize::sanitize;

/// What may stand in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// The words as they are.
    Exact,
    /// Words that a spreadsheet would take for a formula get a `'` before them, which shows that they are words.
    Spreadsheet,
}

/// The passages as CSV (RFC 4180, lines end in `\n`), by article. Places have no words and are left out.
pub fn csv<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>, cells: Cells) -> String {
    let mut rows = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    let mut written = Ok(());
    for article in by_article(bookmarks) {
        let (byline, url) = (article.byline().unwrap_or_default(), article.url().unwrap_or_default());
        let title = if article.source.title.is_empty() { "" } else { &article.title };
        for bookmark in &article.bookmarks {
            let Some(quote) = bookmark.quote() else { continue };
            let note = readwise::note(bookmark.note().unwrap_or_default(), bookmark.tags());
            let location = bookmark.position().map(|(start, _)| start.to_string()).unwrap_or_default();
            let date = bookmark.made().map(|made| made.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default();
            let row = [quote.exact.trim(), title, &byline, &url, &note, &location, &date];
            let row = row.map(|words| cell(&sanitize(words), cells));
            written = written.and_then(|()| rows.write_record(&row));
        }
    }
    // The header is wanted without quotes, and nothing that is written into memory fails.
    let rows = written.ok().and_then(|()| rows.into_inner().ok()).and_then(|bytes| String::from_utf8(bytes).ok());
    format!("{}\n{}", HEADER.join(","), rows.unwrap_or_default())
}

/// The signs with which a formula begins, as OWASP lists them ("CSV Injection").
fn cell(words: &str, cells: Cells) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if cells == Cells::Spreadsheet && is_formula { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::tests::{DEVICE, sample, time};

    #[test]
    fn formulas_are_disarmed_for_spreadsheets_only() {
        for words in ["=1+2", "+1", "-1", "@SUM(A1)", "\tx"] {
            assert_eq!(cell(words, Cells::Exact), words);
            assert_eq!(cell(words, Cells::Spreadsheet), format!("'{words}"));
        }
        assert_eq!(cell("a=1", Cells::Spreadsheet), "a=1");
        let bookmark = sample(1).with_note("=HYPERLINK(\"x\")", DEVICE, time(1)).unwrap();
        assert!(csv([&bookmark], Cells::Exact).contains(",\"=HYPERLINK(\"\"x\"\")\","));
        assert!(csv([&bookmark], Cells::Spreadsheet).contains(",\"'=HYPERLINK(\"\"x\"\")\","));
    }

    #[test]
    fn nothing_is_the_header_alone() {
        assert_eq!(csv([], Cells::Exact), "Highlight,Title,Author,URL,Note,Location,Date\n");
    }
}
