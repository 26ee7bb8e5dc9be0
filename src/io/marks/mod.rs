//! The logs of marks: what the reader did to articles, in `marks/<device>.jsonl`.
//!
//! [`journal`] keeps the logs. There may be a hundred thousand marks, of which few are needed at the start, so the caller
//! stores them where it can look one up, together with how far each log was read ([`LogPosition`]), and gets only what is
//! new. `docs/marks.md` describes the files and the format.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::RandomState;
use jiff::Timestamp;

use crate::article::SourceId;
use crate::io::journal::{self, Journal, Opened};
use crate::journal::{DeviceId, LogPosition};
use crate::mark::{HistoryReader, Mark, MarkHistory};

pub use journal::{Compacted, Problem, Refreshed, StoreError};

/// The marks of one data directory, for reading what others wrote and adding one's own.
#[derive(Debug)]
pub struct MarkStore {
    journal: Journal<Mark>,
}

impl MarkStore {
    /// Reads what was added to the logs of `data_dir` since the `known` positions; all of a log that has none, or has been
    /// replaced or rewritten since. The folder is created if it does not exist.
    ///
    /// A read-only folder is not an error here but a [`Problem`]; saving will fail.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder exists and cannot be listed.
    pub fn open(data_dir: &Path, known: &[LogPosition]) -> Result<(Self, Refreshed<Mark>), StoreError> {
        let Opened { mut journal, others, own, mut problems } = Journal::open(data_dir, known)?;
        let mut records: Vec<Mark> = Vec::new();
        journal.read_new(others, true, &mut problems, |mark, _| records.push(mark));
        // What lies before the part that is read may have any of its marks too.
        let is_whole = journal.own_length() == 0;
        let mut live: HashMap<SourceId, u64, RandomState> = HashMap::default();
        let mut superfluous = 0;
        journal.read_new(own, true, &mut problems, |mark, bytes| {
            let length = bytes.end - bytes.start;
            let earlier = live.insert(mark.id().clone(), length);
            superfluous += earlier.unwrap_or(if is_whole { 0 } else { length });
            records.push(mark);
        });
        journal.add_superfluous(superfluous);
        Ok((Self { journal }, Refreshed { records, problems }))
    }

    /// The name of this installation, for the stamps of edits. It may be another after an [`append`](Self::append).
    pub fn device(&self) -> DeviceId {
        self.journal.device()
    }

    /// Saves `marks`, however many, in one write. When this returns without an error they are on the disk, and only
    /// then.
    ///
    /// Waits up to five seconds for another instance that is writing.
    ///
    /// # Errors
    /// Any [`StoreError`]; then none of them counts as saved.
    pub fn append(&mut self, marks: &[Mark]) -> Result<(), StoreError> {
        self.journal.append(marks)
    }

    /// Reads what other instances and devices have added since the last look.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder cannot be listed.
    pub fn refresh(&mut self) -> Result<Refreshed<Mark>, StoreError> {
        self.journal.refresh()
    }

    /// How far each log was read or written, to be stored in one transaction with the marks that were read and saved: a
    /// position without its marks would hide them.
    pub fn positions(&self) -> Vec<LogPosition> {
        self.journal.positions()
    }

    /// Compacts this device's log if enough of it is superfluous. It may take some seconds; nothing should wait for it.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub fn compact_if_due(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        self.journal.compact_if_due(now)
    }

    /// Compacts it unconditionally. None if others cannot be prevented from writing meanwhile.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub fn compact(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        self.journal.compact(now)
    }

    /// The latest changes of this device that can be undone, read back from the last MiB of its log; from more if that
    /// would divide articles that were changed together.
    ///
    /// # Errors
    /// [`StoreError::File`] if the log cannot be read.
    pub fn history(&self) -> Result<MarkHistory, StoreError> {
        let from = self.journal.undo_start();
        let read = || {
            let mut reader = HistoryReader::new(self.device(), from == 0);
            self.journal.read_own(from, u64::MAX, |mark| reader.push(mark))?;
            if reader.is_truncated() {
                self.journal.read_own(0, from, |mark| reader.push_earlier(&mark))?;
            }
            Ok(reader.into_history())
        };
        read().map_err(StoreError::file("read the end of the log in", self.journal.folder()))
    }
}

/// Whether this data directory has a folder of marks, or something else of its name.
pub fn exist(data_dir: &Path) -> bool {
    journal::exist::<Mark>(data_dir)
}
