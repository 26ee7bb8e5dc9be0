//! What a log needs to know of the records it holds.

use std::fmt;
use std::hash::Hash;

use jiff::Timestamp;

use super::Line;

/// One revision of something the reader made, which is one line of a log.
pub trait Record: Clone + Send {
    /// What all revisions of one record share.
    type Id: Clone + Eq + Hash + Send + fmt::Display;

    /// What the files are called.
    const FILES: Files;

    /// What all revisions of this record share.
    fn id(&self) -> Self::Id;

    /// Reads a line that has been checked for length, encoding and depth.
    fn read(line: &str) -> Line<Self>;

    /// The record as one line, without its line break.
    fn to_line(&self) -> String;

    /// Takes over what `other`, a revision of the same record, has written later. Returns whether anything changed.
    ///
    /// Commutative, associative and idempotent, so that all who have seen the same lines agree.
    fn merge(&mut self, other: Self) -> bool;

    /// Whether a newer version of the program wrote it, so that its line is never replaced by one of ours.
    fn is_newer(&self) -> bool;

    /// The lines that stand for `lines`, the older part of one log, wherever they are merged.
    fn compacted(lines: Vec<Self>, now: Timestamp) -> Vec<Self>;
}

/// What the files of one kind of record are called, in the data directory.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    /// The record in a message: "bookmark".
    pub noun: &'static str,
    /// The folder of the logs, which is the one that is synced.
    pub logs: &'static str,
    /// The note of how long this device left its log.
    pub note: &'static str,
    /// The folder with copies of lines that could not be read.
    pub quarantine: &'static str,
    /// The folder with logs as they were before they were compacted.
    pub copies: &'static str,
}
