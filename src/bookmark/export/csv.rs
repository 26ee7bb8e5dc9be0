//! CSV in the form Readwise imports (<https://readwise.io/import_bulk>): its exact header, and one row per passage.

use csv::{QuoteStyle, WriterBuilder};
use unicode_normalization::UnicodeNormalization;

use super::articles::by_article;
use crate::bookmark::Bookmark;
use crate::bookmark::readwise::{self, HEADER};
use crate::text::fold::{fold, is_invisible};
use crate::text::sanitize::sanitize;

/// How cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// The words as they are.
    Exact,
    /// With a `'` before words that a spreadsheet would take for a formula.
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
    // Readwise wants the header without quotes. Writing into memory cannot fail.
    let rows = written.ok().and_then(|()| rows.into_inner().ok()).and_then(|bytes| String::from_utf8(bytes).ok());
    format!("{}\n{}", HEADER.join(","), rows.unwrap_or_default())
}

/// The words as a cell.
fn cell(words: &str, cells: Cells) -> String {
    if cells == Cells::Spreadsheet && may_be_formula(words) { format!("'{words}") } else { words.to_owned() }
}

/// Whether a spreadsheet may take these words for a formula: they begin with one of the signs listed by OWASP ("CSV
/// Injection") in any form (Unicode's compatibility forms, the minus sign), after anything that an import may strip:
/// blanks, quotation marks, invisible characters.
fn may_be_formula(words: &str) -> bool {
    let is_stripped = |c: &char| {
        let is_quote = matches!(fold(c.encode_utf8(&mut [0; 4])).as_str(), "'" | "\"");
        c.is_whitespace() || is_invisible(*c) || is_quote
    };
    let begins = words.chars().find(|c| !is_stripped(c));
    words.starts_with(['\t', '\r', '\n'])
        || begins.is_some_and(|c| std::iter::once(c).nfkc().any(|c| matches!(c, '=' | '+' | '-' | '@' | '\u{2212}')))
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
        for sign in ["＝", "＋", "－", "＠", "﹢", "﹣", "﹫", "⁼", "−"] {
            for before in ["", " ", "\u{a0}\u{3000}", "\"", "' ", "“", "\u{200b}\u{ad}", "＂"] {
                let words = format!("{before}{sign}1+cmd|' /C x'!A0");
                assert_eq!(cell(&words, Cells::Spreadsheet), format!("'{words}"));
            }
        }
        for words in ["a=1", "“So it is,” he said", "— Reuters", "", "1-2", "«Oui»"] {
            assert_eq!(cell(words, Cells::Spreadsheet), words);
        }
        let bookmark = sample(1).with_note("=HYPERLINK(\"x\")", DEVICE, time(1)).unwrap();
        assert!(csv([&bookmark], Cells::Exact).contains(",\"=HYPERLINK(\"\"x\"\")\","));
        assert!(csv([&bookmark], Cells::Spreadsheet).contains(",\"'=HYPERLINK(\"\"x\"\")\","));
    }

    #[test]
    fn no_bookmarks_give_the_header_alone() {
        assert_eq!(csv([], Cells::Exact), "Highlight,Title,Author,URL,Note,Location,Date\n");
    }
}
