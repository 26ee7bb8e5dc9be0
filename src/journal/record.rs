//! What a log needs to know about the records it holds.

use std::fmt;
use std::hash::Hash;

use jiff::Timestamp;

use super::Line;

/// One revision of something the reader made, which is one line of a log.
pub trait Record: Clone + Send {
    /// The id, which all revisions of one record share.
    type Id: Clone + Eq + Hash + Send + fmt::Display;

    /// The names of the files.
    const FILES: FileNames;

    /// The id that all revisions of this record share.
    fn id(&self) -> Self::Id;

    /// Reads a line that has been checked for length, encoding and depth.
    fn read(line: &str) -> Line<Self>;

    /// The record as one line, without its line break.
    fn to_line(&self) -> String;

    /// Takes over the later values of `other`, a revision of the same record. Returns whether anything changed.
    ///
    /// Commutative, associative and idempotent, so that all machines that have seen the same lines agree.
    fn merge(&mut self, other: Self) -> bool;

    /// Whether a newer version of the program wrote it, so that its line is never replaced by one of ours.
    fn is_newer(&self) -> bool;

    /// The lines that stand for `lines`, the older part of one log, wherever they are merged.
    fn compacted(lines: Vec<Self>, now: Timestamp) -> Vec<Self>;
}

/// The names of the files of one kind of record, in the data directory.
#[derive(Clone, Copy, Debug)]
pub struct FileNames {
    /// The record in a message: "bookmark".
    pub noun: &'static str,
    /// The folder of the logs, the only one that is synced.
    pub logs: &'static str,
    /// The note of the length of this device's log.
    pub note: &'static str,
    /// The folder with copies of lines that could not be read.
    pub quarantine: &'static str,
    /// The folder with copies of logs from before they were compacted.
    pub copies: &'static str,
}
