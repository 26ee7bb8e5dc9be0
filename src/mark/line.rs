//! A mark as a line of a log: what `journal` requires of its records.

use jiff::Timestamp;

use crate::article::SourceId;
use crate::journal::{FileNames, Line, Record, merge_lines, read_line};

use super::record::VERSION;
use super::{Mark, json};

impl Mark {
    /// Reads a line of a log or a cache; none if it is not a mark.
    pub fn read_line(line: &str) -> Option<Self> {
        match read_line(line.as_bytes()) {
            Line::Record(mark) => Some(*mark),
            Line::Blank | Line::Newer | Line::Fault(_) => None,
        }
    }

    /// The mark as one line of a log, without its line break; equal marks are equal bytes.
    pub fn to_line(&self) -> String {
        json::write(self)
    }
}

impl Record for Mark {
    type Id = SourceId;

    const FILES: FileNames = FileNames {
        noun: "mark",
        logs: "marks",
        note: "device-marks",
        quarantine: "quarantine/marks",
        copies: "mark-copies",
    };

    fn id(&self) -> SourceId {
        self.id.clone()
    }

    fn read(line: &str) -> Line<Self> {
        json::read(line)
    }

    fn to_line(&self) -> String {
        json::write(self)
    }

    fn merge(&mut self, other: Self) -> bool {
        self.merge(other)
    }

    fn is_newer(&self) -> bool {
        self.version > VERSION
    }

    fn compacted(lines: Vec<Self>, _: Timestamp) -> Vec<Self> {
        merge_lines(lines, |_, _| {})
    }
}
