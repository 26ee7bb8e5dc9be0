//! Replaces this device's log by a shorter one when most of it is superfluous.
//!
//! Every line of a log that a later one replaces is dead weight that is read at each start and synced to each machine.
//! The log is rewritten with one line per record ([`Record::compacted`]), except for its last part, which stays as it
//! is, so that undo after a restart reaches as far as before. If this is interrupted, there is always a complete log
//! under the log's name: the old one or the new.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::io::draft::{self, Draft, Readers, folder_of};
use crate::io::files::{self, Links};
use crate::io::paths::make_private;
use crate::io::sync::sync_folder;
use crate::journal::{Line, MAX_LINE, Record, read_line};

use super::quarantine::Quarantine;
use super::tail::{identity, next_line};
use super::{Journal, StoreError, UNDO_BYTES, append, log_names, own_logs};

/// Smallest log that is compacted unless requested, in bytes: smaller ones are read quickly anyway.
pub(super) const MIN_LOG_BYTES: u64 = 4 * 1024 * 1024;
/// How many copies of earlier logs are kept.
const COPIES: usize = 3;

/// What compacting did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Bytes in this device's logs before.
    pub before: u64,
    /// Bytes in them now.
    pub after: u64,
}

/// Compacts this device's logs: each one of which more than half is superfluous, or all of them if requested.
///
/// None if others cannot be prevented from writing meanwhile.
pub(super) fn compact<R: Record>(
    store: &mut Journal<R>,
    now: Timestamp,
    is_requested: bool,
) -> Result<Option<Compacted>, StoreError> {
    let mut done = Compacted::default();
    let Some(held) = append::claim(store)? else { return Ok(None) };
    let (folder, note) = (store.folder.clone(), store.data_dir.join(R::FILES.note));
    let names = log_names(&folder).map_err(StoreError::file("read the folder", &folder))?;
    for name in names.iter().filter(|name| own_logs::is_own(store.device, name)) {
        let path = folder.join(name);
        let links = own_logs::links(store.device, name);
        let file = match files::open(&path, links) {
            // Something else has a name like ours, which was reported when the store was opened.
            Err(_) if links == Links::Refuse => continue,
            file => file.map_err(StoreError::file("read", &path))?,
        };
        // A link is kept, and then points to the new log.
        let path = fs::canonicalize(&path).map_err(StoreError::file("read", &path))?;
        let before = file.metadata().map_err(StoreError::file("read", &path))?.len();
        let bytes = rewritten(store, name, file, before, now).map_err(StoreError::file("read", &path))?;
        let after = bytes.len() as u64;
        done.before += before;
        let is_worth_it = is_requested && after < before || before > MIN_LOG_BYTES && after * 2 < before;
        done.after += if is_worth_it { after } else { before };
        if !is_worth_it {
            if *name == store.own {
                store.superfluous = before.saturating_sub(after);
            }
            continue;
        }
        keep_copy(&store.data_dir.join(R::FILES.copies), name, &path, now).map_err(StoreError::file("copy", &path))?;
        if *name == store.own {
            own_logs::note(&note, name, after, before)?;
        }
        let new = replace(&store.data_dir, &path, &bytes).map_err(StoreError::file("write", &path))?;
        if *name == store.own {
            own_logs::note(&note, name, after, after)?;
            store.superfluous = 0;
        }
        store.tails.entry(name.clone()).or_default().note_replacement(identity(&new), &bytes);
    }
    drop(held);
    Ok(Some(done))
}

/// The log as it will be. Lines that cannot be read are left out once a copy of them is safe.
fn rewritten<R: Record>(
    store: &Journal<R>,
    name: &OsStr,
    file: File,
    length: u64,
    now: Timestamp,
) -> io::Result<Vec<u8>> {
    let mut reader = BufReader::with_capacity(1 << 18, file.take(length));
    let mut quarantine = Quarantine::of(&store.data_dir.join(R::FILES.quarantine), name);
    let undo_start = length.saturating_sub(UNDO_BYTES);
    let (mut head, mut tail, mut verbatim): (Vec<R>, Vec<u8>, Vec<u8>) = Default::default();
    let (mut at, mut number, mut line) = (0, 0, Vec::new());
    // Lines of a newer version stay as they came, each once.
    let mut newer: HashSet<Vec<u8>> = HashSet::new();
    while let Some((bytes, _)) = next_line(&mut reader, &mut line)? {
        (number, at) = (number + 1, at + bytes);
        match read_line::<R>(&line) {
            // Even if it cannot be read, so that the next start reads back only unchanged lines.
            _ if at > undo_start && line.len() <= MAX_LINE => add(&mut tail, &line),
            Line::Blank => {}
            Line::Newer => add_once(&mut verbatim, &mut newer, &line),
            Line::Record(record) if record.is_newer() => add_once(&mut verbatim, &mut newer, &line),
            Line::Record(record) => head.push(*record),
            Line::Fault(fault) => {
                let (kept, _) = quarantine.keep(number, &fault, &line);
                // What is longer than a line may be was not read to its end, and not copied either.
                if kept.is_none() && line.len() <= MAX_LINE {
                    add(&mut verbatim, &line);
                }
            }
        }
        line.clear();
    }
    quarantine.sync()?;
    let mut whole = verbatim;
    for record in R::compacted(head, now) {
        add(&mut whole, record.to_line().as_bytes());
    }
    whole.extend_from_slice(&tail);
    Ok(whole)
}

fn add(lines: &mut Vec<u8>, line: &[u8]) {
    lines.extend_from_slice(line);
    lines.push(b'\n');
}

fn add_once(lines: &mut Vec<u8>, known: &mut HashSet<Vec<u8>>, line: &[u8]) {
    if known.insert(line.to_owned()) {
        add(lines, line);
    }
}

/// Keeps a copy of the log, named after it and the time, and only the last three of these copies.
fn keep_copy(folder: &Path, name: &OsStr, path: &Path, now: Timestamp) -> io::Result<()> {
    make_private(folder)?;
    let stem = Path::new(name).file_stem().unwrap_or(name).to_string_lossy().into_owned();
    let copy = folder.join(format!("{stem}-{}.jsonl", now.strftime("%Y%m%dT%H%M%S%.3fZ")));
    if !copy.exists() && fs::hard_link(path, &copy).is_err() {
        // Another file system, or one without links.
        let mut new = files::make(&copy)?;
        io::copy(&mut files::open(path, Links::Refuse)?, &mut new)?;
        new.sync_all()?;
    }
    sync_folder(folder)?;
    let mut copies: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    let is_of_log = |path: &PathBuf| {
        let rest = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_prefix(&stem));
        rest.is_some_and(|rest| rest.starts_with('-'))
    };
    copies.retain(is_of_log);
    copies.sort_unstable();
    for old in copies.iter().rev().skip(COPIES) {
        fs::remove_file(old)?;
    }
    Ok(())
}

/// Replaces the log by one of these bytes, with the same permissions.
fn replace(data_dir: &Path, path: &Path, bytes: &[u8]) -> io::Result<fs::Metadata> {
    let _note = draft::note(data_dir, folder_of(path));
    let draft = Draft::new(folder_of(path), Readers::User)?;
    draft.file().set_permissions(fs::metadata(path)?.permissions())?;
    draft.publish(path, bytes)?;
    fs::metadata(path)
}
