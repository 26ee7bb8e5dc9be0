//! Append-only logs, one a device, that keep what the reader made: bookmarks, marks.
//!
//! `FOLDER/<device>.jsonl` in the data directory holds one revision of one [`Record`] a line; its lines are only ever
//! added, and only by this device. Every `*.jsonl` in the folder is read, whoever wrote it, so a file syncer may carry
//! the folder between machines and has nothing to conflict on. A line that cannot be read costs that line only: it is
//! copied to a quarantine, which is not synced, and reported, and stays where it is.
//!
//! A writer holds `FOLDER/<device>.lock` for the length of one append; readers need no lock. `docs/bookmark-store.md`
//! describes all files.
#![expect(clippy::disallowed_methods, reason = "this room is one of those that touch the disk")]

mod append;
mod compact;
mod device;
mod fingerprint;
mod lock;
mod own;
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

/// Most bad lines of one log that are told one by one.
const MOST_PROBLEMS: usize = 100;
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
    /// Bytes of that log that compacting may drop: never fewer than it would.
    dead: u64,
    record: PhantomData<fn() -> R>,
}

/// What has come since the last look.
#[derive(Debug)]
pub struct Refreshed<R> {
    /// Revisions to absorb; some may be known already.
    pub records: Vec<R>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// A journal none of whose new lines was read yet.
pub(in crate::io) struct Opened<R> {
    pub(in crate::io) journal: Journal<R>,
    /// The logs that are only read.
    pub(in crate::io) others: Vec<OsString>,
    /// The log that is written, if it is there. It is to be read last: what this device did is seen on top of what was
    /// there.
    pub(in crate::io) own: Vec<OsString>,
    pub(in crate::io) problems: Vec<Problem>,
}

impl<R: Record> Journal<R> {
    /// Looks what logs are in `data_dir`, which is made if it is not there. Of those that are at a `known` position what
    /// lies before it will not be read.
    ///
    /// A folder that can only be read is no error here but a [`Problem`]; saving will say so again.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder is there and cannot be listed.
    pub(in crate::io) fn open(data_dir: &Path, known: &[LogPosition]) -> Result<Opened<R>, StoreError> {
        let folder = data_dir.join(R::FILES.logs);
        let mut problems = Vec::new();
        if let Err(error) = make_private(&folder) {
            problems.push(Problem::File { doing: "make the folder", path: folder.clone(), error });
        }
        draft::clear(data_dir);
        let names = log_names(&folder).map_err(StoreError::file("read the folder", &folder))?;
        let is_cloned = |id| names.iter().any(|name| own::is_conflict_copy(id, name));
        let (device, spoilt) = device::device_id(data_dir, is_cloned)
            .unwrap_or_else(|(path, error)| (device::new_id(), Some(Problem::File { doing: "write", path, error })));
        problems.extend(spoilt);
        // What saving will stumble over is told now, and to whoever asks whether all is well.
        for path in [data_dir.join(R::FILES.note), folder.join(lock::name(device))] {
            if let Err(error) = files::open(&path, Links::Refuse)
                && error.kind() == io::ErrorKind::IsADirectory
            {
                problems.push(Problem::File { doing: "write", path, error });
            }
        }
        let own =
            own::log_with_room(&folder, device, &names, MAX_LINE as u64).unwrap_or_else(|| own::first_log(device));
        let mut journal = Self {
            data_dir: data_dir.to_owned(),
            folder,
            device,
            own: own.clone(),
            tails: HashMap::new(),
            dead: 0,
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

    /// The first byte of the part of the log that is written that is read back as changes that can be undone.
    pub(in crate::io) fn undone_from(&self) -> u64 {
        let path = self.folder.join(&self.own);
        fs::metadata(path).map_or(0, |metadata| metadata.len().saturating_sub(UNDO_BYTES))
    }

    /// Notes that so many more bytes of the log that is written are superfluous, or may be.
    pub(in crate::io) fn add_dead(&mut self, bytes: u64) {
        self.dead += bytes;
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

    /// Compacts this device's log if it has become worth it. It takes up to some seconds; nobody should wait for it.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub(in crate::io) fn compact_if_due(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        let length = self.own_length();
        if length <= compact::WORTH_IT || self.dead * 2 <= length {
            return Ok(None);
        }
        compact::compact(self, now, false)
    }

    /// The same whether it is worth it or not. None if others cannot be kept from writing meanwhile.
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
    /// What cannot be read is passed over: that was told when it was read first.
    ///
    /// # Errors
    /// What the file system says; that there is no log yet is none.
    pub(in crate::io) fn read_own(&self, from: u64, to: u64, mut take: impl FnMut(R)) -> io::Result<()> {
        let path = self.folder.join(&self.own);
        let mut file = match files::open(&path, own::links(self.device, &self.own)) {
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
    /// What the file system says, also if a log of somebody else is too long to be read to its end.
    pub(in crate::io) fn read_all(&self, mut take: impl FnMut(R)) -> io::Result<()> {
        for name in log_names(&self.folder)? {
            let is_own = own::is_own(self.device, &name);
            let at = (self.folder.join(&name), own::links(self.device, &name));
            Tail::default().read((&at.0, at.1), true, is_own, |record, _| take(record), |_, _, _| {})?;
        }
        Ok(())
    }

    /// Reads what is new in these logs; `take` is told which bytes of its log each record was.
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
            let is_own = own::is_own(self.device, &name);
            let links = own::links(self.device, &name);
            let tail = self.tails.entry(name).or_default();
            let mut faults = 0_usize;
            let read = tail.read((&path, links), is_opening, is_own, &mut take, |line, fault, bytes| {
                let (kept, known) = quarantine.keep(line, &fault, bytes);
                faults += 1;
                if faults <= MOST_PROBLEMS {
                    problems.push(Problem::Line { file: path.clone(), line, fault, kept, known });
                }
            });
            if faults > MOST_PROBLEMS {
                problems.push(Problem::Lines { file: path.clone(), count: faults - MOST_PROBLEMS });
            }
            match read {
                Ok(()) => tail.is_failing = false,
                // Taken away since the folder was listed, or one's own that has its place and is yet to be made.
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

/// Whether the folder of the logs of these records is there, or something else has taken its place.
pub(in crate::io) fn exist<R: Record>(data_dir: &Path) -> bool {
    fs::symlink_metadata(data_dir.join(R::FILES.logs)).is_ok()
}

/// Whether this installation has a name, or something else has taken its place.
pub(in crate::io) fn has_device_id(data_dir: &Path) -> bool {
    fs::symlink_metadata(data_dir.join(device::NAME)).is_ok()
}

/// The names of the logs in `folder`, sorted; none if there is no folder. Hidden files are nobody's log: syncers and
/// other systems keep their own notes under such names (`._laptop.jsonl`).
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
