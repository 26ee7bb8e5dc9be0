//! The forms in which bookmarks leave, by name and by the ending of a file.

use std::path::Path;

use super::{Cells, csl, csv, html, json, markdown, org, update};
use crate::bookmark::Bookmark;

/// A form for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page an article, for Obsidian and the like.
    Markdown,
    /// A W3C annotation collection.
    Json,
    /// A table as Readwise imports it.
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

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Markdown, Self::Json, Self::Csv, Self::Spreadsheet, Self::Org, Self::Html, Self::Csl];

    /// The endings that [`Self::of_file`] knows, to tell them.
    pub const ENDINGS: &str = ".md .json .csv .org .html";

    /// The form that the ending of a file's name stands for.
    pub fn of_file(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "org" => Some(Self::Org),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// How many of these bookmarks have no place in this form: those of places, in a table of highlights.
    pub fn left_out<'a>(self, bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> usize {
        let is_table = matches!(self, Self::Csv | Self::Spreadsheet);
        bookmarks.into_iter().filter(|bookmark| is_table && bookmark.quote().is_none()).count()
    }

    /// The bookmarks in this form.
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
        let left_out = Format::ALL.map(|format| format.left_out(&all));
        assert_eq!(left_out, [0, 0, 1, 1, 0, 0, 0]);
        assert_eq!(Format::Csv.write(&all).lines().count(), 2);
    }

    #[test]
    fn the_ending_of_a_file_says_its_form() {
        for ending in Format::ENDINGS.split(' ') {
            assert!(Format::of_file(Path::new(&format!("notes{ending}"))).is_some(), "{ending}");
        }
        assert_eq!(Format::of_file(Path::new("/tmp/Notes.MD")), Some(Format::Markdown));
        assert_eq!(Format::of_file(Path::new("notes.txt")), None);
        assert_eq!(Format::of_file(Path::new(".md")), None);
    }
}
