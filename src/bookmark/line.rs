//! A bookmark as a line of a log: what `journal` requires of its records.

use jiff::Timestamp;

use crate::journal::{FileNames, Line, Record};

use super::compact::compact;
use super::{Bookmark, BookmarkId, json};

impl Record for Bookmark {
    type Id = BookmarkId;

    const FILES: FileNames = FileNames {
        noun: "bookmark",
        logs: "bookmarks",
        note: "device-log",
        quarantine: "quarantine",
        copies: "bookmark-copies",
    };

    fn id(&self) -> BookmarkId {
        self.id
    }

    fn read(line: &str) -> Line<Self> {
        json::read(line).map_or_else(Line::Fault, |bookmark| Line::Record(Box::new(bookmark)))
    }

    fn to_line(&self) -> String {
        json::to_line(self)
    }

    fn merge(&mut self, other: Self) -> bool {
        self.merge_with(other)
    }

    fn is_newer(&self) -> bool {
        self.is_read_only()
    }

    fn compacted(lines: Vec<Self>, now: Timestamp) -> Vec<Self> {
        compact(lines, now)
    }
}
