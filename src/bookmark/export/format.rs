//! The export formats, by name and by file extension.

use std::path::Path;

use super::{Cells, csl, csv, html, json, markdown, org, update};
use crate::bookmark::Bookmark;

/// A format for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One page per article, for Obsidian and the like.
    Markdown,
    /// A W3C annotation collection.
    Json,
    /// CSV as Readwise imports it.
    Csv,
    /// The same for a spreadsheet.
    Spreadsheet,
    /// An Org outline.
    Org,
    /// A web page.
    Html,
    /// The articles as CSL-JSON.
    Csl,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Markdown, Self::Json, Self::Csv, Self::Spreadsheet, Self::Org, Self::Html, Self::Csl];

    /// The extensions that [`Self::of_file`] knows, for messages.
    pub const EXTENSIONS: &str = ".md .json .csv .org .html";

    /// The format that a file's extension stands for.
    pub fn of_file(file: &Path) -> Option<Self> {
        let extension = file.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "org" => Some(Self::Org),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// How many of these bookmarks this format leaves out: bookmarks of places, in a table of highlights.
    pub fn left_out<'a>(self, bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> usize {
        let is_table = matches!(self, Self::Csv | Self::Spreadsheet);
        bookmarks.into_iter().filter(|bookmark| is_table && bookmark.quote().is_none()).count()
    }

    /// The bookmarks in this format.
    pub fn write<'a>(self, bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> String {
        match self {
            Self::Markdown => update("", &markdown(bookmarks)).text,
            Self::Json => format!("{:#}\n", json(bookmarks)),
            Self::Csv => csv(bookmarks, Cells::Exact),
            Self::Spreadsheet => csv(bookmarks, Cells::Spreadsheet),
            Self::Org => org(bookmarks),
            Self::Html => html(bookmarks),
            Self::Csl => format!("{:#}\n", csl(bookmarks)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::tests::{article, made};

    #[test]
    fn a_table_of_highlights_leaves_out_places() {
        let article = article("https://example.com/a", "Rents fell in May.");
        let passage = Bookmark::passage(made(1, &article, TextRange::new(0, 5))).unwrap();
        let place = Bookmark::place(made(2, &article, TextRange::at(6))).unwrap();
        let all = [passage, place];
        let left_out = ExportFormat::ALL.map(|format| format.left_out(&all));
        assert_eq!(left_out, [0, 0, 1, 1, 0, 0, 0]);
        assert_eq!(ExportFormat::Csv.write(&all).lines().count(), 2);
    }

    #[test]
    fn the_extension_of_a_file_gives_its_format() {
        for extension in ExportFormat::EXTENSIONS.split(' ') {
            assert!(ExportFormat::of_file(Path::new(&format!("notes{extension}"))).is_some(), "{extension}");
        }
        assert_eq!(ExportFormat::of_file(Path::new("/tmp/Notes.MD")), Some(ExportFormat::Markdown));
        assert_eq!(ExportFormat::of_file(Path::new("notes.txt")), None);
        assert_eq!(ExportFormat::of_file(Path::new(".md")), None);
    }
}
