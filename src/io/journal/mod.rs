//! Append-only logs, one per device, of the reader's own work: bookmarks and marks.
//!
//! `FOLDER/<device>.jsonl` in the data directory holds one revision of one [`Record`] per line; lines are only ever
//! appended, and only by this device. Every `*.jsonl` in the folder is read, whoever wrote it, so a file syncer can carry
//! the folder between machines without conflicts. An unreadable line costs only itself: it is copied to a quarantine,
//! which is not synced, and reported, and stays where it is.
//!
//! A writer holds `FOLDER/<device>.lock` during an append; readers need no lock. `docs/bookmark-store.md`
//! describes all files.
#![expect(clippy::disallowed_methods, reason = "this room is one of those that touch the disk")]

mod append;
mod compact;
mod device;
mod fingerprint;
mod lock;
mod own_logs;
mod position;
mod problem;
mod quarantine;
mod survey;
mod tail;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::Timestamp;

use crate::io::draft;
use crate::io::files::{self, Links};
use crate::io::paths::{in_the_way, make_private};
use crate::journal::{DeviceId, Line, LogPosition, MAX_LINE, Record, read_line};

pub use compact::Compacted;
pub(in crate::io) use lock::lock;
pub use problem::{Problem, StoreError};
use quarantine::Quarantine;
pub use survey::{Log, Survey};
pub(in crate::io) use survey::{files_in, survey};
use tail::Tail;

/// Maximum number of unreadable lines of one log that are reported one by one.
const MAX_PROBLEMS: usize = 100;
/// How much of the end of this device's log is read back as changes that can be undone, in bytes, and is left as it is
/// when the log is compacted: some thousand changes.
pub(in crate::io) const UNDO_BYTES: u64 = 1024 * 1024;

/// The logs of one kind of record in one data directory, for reading what others wrote and adding one's own.
#[derive(Debug)]
pub(in crate::io) struct Journal<R> {
    data_dir: PathBuf,
    folder: PathBuf,
    device: DeviceId,
    /// The log this device appends to.
    own: OsString,
    tails: HashMap<OsString, Tail>,
    /// Bytes of that log that compacting may drop: an upper bound.
    superfluous: u64,
    record: PhantomData<fn() -> R>,
}

/// What was added since the last time.
#[derive(Debug)]
pub struct Refreshed<R> {
    /// Revisions to merge; some may be known already.
    pub records: Vec<R>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// A journal of which no new line has been read yet.
pub(in crate::io) struct Opened<R> {
    pub(in crate::io) journal: Journal<R>,
    /// The logs that are only read.
    pub(in crate::io) others: Vec<OsString>,
    /// The log that is written, if it exists. It must be read last, so that the changes of this device apply to what was
    /// there before.
    pub(in crate::io) own: Vec<OsString>,
    pub(in crate::io) problems: Vec<Problem>,
}

impl<R: Record> Journal<R> {
    /// Finds the logs in `data_dir`, which is created if it does not exist. Logs with a `known` position are read from
    /// there.
    ///
    /// A read-only folder is not an error here but a [`Problem`]; saving will fail.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder exists and cannot be listed.
    pub(in crate::io) fn open(data_dir: &Path, known: &[LogPosition]) -> Result<Opened<R>, StoreError> {
        let folder = data_dir.join(R::FILES.logs);
        let mut problems = Vec::new();
        if let Err(error) = make_private(&folder) {
            problems.push(Problem::File { doing: "make the folder", path: folder.clone(), error });
        }
        draft::clear(data_dir);
        let names = log_names(&folder).map_err(StoreError::file("read the folder", &folder))?;
        let is_cloned = |id| names.iter().any(|name| own_logs::is_conflict_copy(id, name));
        let (device, problem) = device::device_id(data_dir, is_cloned)
            .unwrap_or_else(|(path, error)| (device::new_id(), Some(Problem::File { doing: "write", path, error })));
        problems.extend(problem);
        // What will make saving fail is reported now, also to the diagnosis.
        for path in [data_dir.join(R::FILES.note), folder.join(lock::name(device))] {
            if let Err(error) = files::open(&path, Links::Refuse)
                && error.kind() == io::ErrorKind::IsADirectory
            {
                problems.push(Problem::File { doing: "write", path, error });
            }
        }
        let own = own_logs::log_with_room(&folder, device, &names, MAX_LINE as u64)
            .unwrap_or_else(|| own_logs::first_log(device));
        let mut journal = Self {
            data_dir: data_dir.to_owned(),
            folder,
            device,
            own: own.clone(),
            tails: HashMap::new(),
            superfluous: 0,
            record: PhantomData,
        };
        journal.resume(&names, known);
        let others = names.into_iter().filter(|name| *name != own).collect();
        let own = if journal.folder.join(&own).exists() { vec![own] } else { Vec::new() };
        Ok(Opened { journal, others, own, problems })
    }

    /// The name of this installation, for the stamps of edits.
    pub(in crate::io) fn device(&self) -> DeviceId {
        self.device
    }

    /// Where the logs lie.
    pub(in crate::io) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where everything lies.
    pub(in crate::io) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// How many bytes of the log that is written were read or written by this journal.
    pub(in crate::io) fn own_length(&self) -> u64 {
        self.tails.get(&self.own).map_or(0, Tail::length)
    }

    /// The byte from which the log that is written is read back as changes that can be undone.
    pub(in crate::io) fn undo_start(&self) -> u64 {
        let path = self.folder.join(&self.own);
        fs::metadata(path).map_or(0, |metadata| metadata.len().saturating_sub(UNDO_BYTES))
    }

    /// Notes that this many more bytes of the log that is written may be superfluous.
    pub(in crate::io) fn add_superfluous(&mut self, bytes: u64) {
        self.superfluous += bytes;
    }

    /// Saves `records`. When this returns without an error they are on the disk, and only then.
    ///
    /// Waits up to five seconds for another instance that is writing.
    ///
    /// # Errors
    /// Any [`StoreError`]; then none of them counts as saved.
    pub(in crate::io) fn append(&mut self, records: &[R]) -> Result<(), StoreError> {
        append::append(self, records)
    }

    /// Compacts this device's log if enough of it is superfluous. It may take some seconds; nothing should wait for it.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub(in crate::io) fn compact_if_due(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        let length = self.own_length();
        if length <= compact::MIN_LOG_BYTES || self.superfluous * 2 <= length {
            return Ok(None);
        }
        compact::compact(self, now, false)
    }

    /// Compacts it unconditionally. None if others cannot be prevented from writing meanwhile.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub(in crate::io) fn compact(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        compact::compact(self, now, true)
    }

    /// Reads what other instances and devices have added since the last look.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder cannot be listed.
    pub(in crate::io) fn refresh(&mut self) -> Result<Refreshed<R>, StoreError> {
        let names = log_names(&self.folder).map_err(StoreError::file("read the folder", &self.folder))?;
        let mut refreshed = Refreshed { records: Vec::new(), problems: Vec::new() };
        self.read_new(names, false, &mut refreshed.problems, |record, _| refreshed.records.push(record));
        Ok(refreshed)
    }

    /// Reads the whole lines of the log that is written that begin at byte `from` or later and before byte `to`.
    /// Unreadable lines are skipped: they were reported when they were read first.
    ///
    /// # Errors
    /// An error of the file system, unless there is no log yet.
    pub(in crate::io) fn read_own(&self, from: u64, to: u64, mut take: impl FnMut(R)) -> io::Result<()> {
        let path = self.folder.join(&self.own);
        let mut file = match files::open(&path, own_logs::links(self.device, &self.own)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            file => file?,
        };
        // From one byte before, so that a line that begins exactly there is known to be whole.
        let mut at = from.saturating_sub(1);
        file.seek(SeekFrom::Start(at))?;
        let rest = file.metadata()?.len().saturating_sub(at);
        let mut reader = BufReader::with_capacity(1 << 18, file.take(rest));
        let mut line = Vec::new();
        if from > 0 {
            at += tail::next_line(&mut reader, &mut line)?.map_or(0, |(length, _)| length);
        }
        while at < to {
            line.clear();
            let Some((length, _)) = tail::next_line(&mut reader, &mut line)? else { break };
            at += length;
            if let Line::Record(record) = read_line::<R>(&line) {
                take(*record);
            }
        }
        Ok(())
    }

    /// Reads all lines of all logs, whatever was read before.
    ///
    /// # Errors
    /// An error of the file system, or a log of another device that is too long to be read to its end.
    pub(in crate::io) fn read_all(&self, mut take: impl FnMut(R)) -> io::Result<()> {
        for name in log_names(&self.folder)? {
            let is_own = own_logs::is_own(self.device, &name);
            let at = (self.folder.join(&name), own_logs::links(self.device, &name));
            Tail::default().read((&at.0, at.1), true, is_own, |record, _| take(record), |_, _, _| {})?;
        }
        Ok(())
    }

    /// Reads what is new in these logs; `take` gets each record with its range of bytes in the log.
    pub(in crate::io) fn read_new(
        &mut self,
        names: Vec<OsString>,
        is_opening: bool,
        problems: &mut Vec<Problem>,
        mut take: impl FnMut(R, Range<u64>),
    ) {
        for name in names {
            let path = self.folder.join(&name);
            let mut quarantine = Quarantine::of(&self.data_dir.join(R::FILES.quarantine), &name);
            let is_own = own_logs::is_own(self.device, &name);
            let links = own_logs::links(self.device, &name);
            let tail = self.tails.entry(name).or_default();
            let mut faults = 0_usize;
            let read = tail.read((&path, links), is_opening, is_own, &mut take, |line, fault, bytes| {
                let (kept, known) = quarantine.keep(line, &fault, bytes);
                faults += 1;
                if faults <= MAX_PROBLEMS {
                    problems.push(Problem::Line { file: path.clone(), line, fault, kept, known });
                }
            });
            if faults > MAX_PROBLEMS {
                problems.push(Problem::Lines { file: path.clone(), count: faults - MAX_PROBLEMS });
            }
            match read {
                Ok(()) => tail.is_failing = false,
                // Deleted since the folder was listed, or the own log, which does not exist yet.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) if tail.is_failing => {}
                Err(error) => {
                    tail.is_failing = true;
                    let is_part = error.kind() == io::ErrorKind::FileTooLarge;
                    let doing = if is_part { "read all of" } else { "read" };
                    problems.push(Problem::File { doing, path, error });
                }
            }
        }
    }
}

/// Whether the folder of the logs of these records exists, or something else of its name.
pub(in crate::io) fn exist<R: Record>(data_dir: &Path) -> bool {
    fs::symlink_metadata(data_dir.join(R::FILES.logs)).is_ok()
}

/// Whether the file with the name of this installation exists, or something else of its name.
pub(in crate::io) fn has_device_id(data_dir: &Path) -> bool {
    fs::symlink_metadata(data_dir.join(device::NAME)).is_ok()
}

/// The names of the logs in `folder`, sorted; none if there is no folder. Hidden files are not logs: syncers and other
/// systems keep their own metadata under such names (`._laptop.jsonl`).
pub(in crate::io) fn log_names(folder: &Path) -> io::Result<Vec<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(in_the_way(folder)),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let is_log = Path::new(&name).extension().is_some_and(|extension| extension == "jsonl");
        if is_log && !name.as_encoded_bytes().starts_with(b".") {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}
