//! Which logs belong to this device, which of them it writes, and whether anybody else has written to it.
//!
//! A device's log is `<device>.jsonl`, and when that is full `<device>.<random>.jsonl`. Nobody else writes them. If
//! somebody does, the device's id was copied to another machine: a file syncer then brings the other's lines, or sets a
//! conflict copy aside. So a note (`device-log` for bookmarks), beside `device-id` and outside the folder that is synced,
//! says how long the log was left; a log of another length was not left by this machine, and a new id is made for it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::io::draft::{Draft, Readers, folder_of};
use crate::io::files::{self, Links};
use crate::journal::{DeviceId, Line, MAX_LINE, Record, read_line};

use super::tail::MAX_LOG;
use super::{StoreError, device};

/// Maximum size of the note, in bytes.
const MAX_NOTE_BYTES: u64 = 4096;

/// The name of a device's first log.
pub(super) fn first_log(device: DeviceId) -> OsString {
    OsString::from(format!("{device}.jsonl"))
}

/// The name of a further log of a device, which nobody else has.
pub(super) fn further_log(device: DeviceId) -> OsString {
    OsString::from(format!("{device}.{}.jsonl", device::new_id()))
}

/// Whether a log, which need not exist, can grow by `length` bytes. An empty one always can.
pub(super) fn has_room(folder: &Path, name: &OsStr, length: u64) -> bool {
    let taken = fs::metadata(folder.join(name)).map_or(0, |metadata| metadata.len());
    taken == 0 || taken + length <= MAX_LOG
}

/// The first log of this device that has room, its first log before all others.
pub(super) fn log_with_room(folder: &Path, device: DeviceId, names: &[OsString], length: u64) -> Option<OsString> {
    let logs = names.iter().filter(|name| is_own(device, name) && has_room(folder, name, length));
    logs.min_by_key(|name| (name.len(), *name)).cloned()
}

/// Whether a log is one of this device's own.
pub(super) fn is_own(device: DeviceId, name: &OsStr) -> bool {
    device_suffix(device, name).is_some_and(|rest| rest.is_empty() || is_further(rest))
}

/// Whether a log may be a link: only this device's first one, because its owner may want that. Under any other name,
/// another machine that syncs the folder could plant a link to a private file; if it replaces the first log with one,
/// the contents of the target give that away ([`is_as_left`]).
pub(super) fn links(device: DeviceId, name: &OsStr) -> Links {
    if *name == first_log(device) { Links::Follow } else { Links::Refuse }
}

/// Whether a log is a conflict copy that a syncer made of one of this device's own logs, which nobody else should have
/// written: then the device's id was copied to another machine, and a new one is needed.
pub(super) fn is_conflict_copy(device: DeviceId, name: &OsStr) -> bool {
    device_suffix(device, name).is_some_and(|rest| rest.starts_with(['.', ' ', '(']) && !is_further(rest))
}

fn device_suffix(device: DeviceId, name: &OsStr) -> Option<&str> {
    name.to_str()?.strip_suffix(".jsonl")?.strip_prefix(device.as_str())
}

/// Names of new devices have eight letters; no syncer names a copy like that.
fn is_further(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|random| random.len() == 8 && DeviceId::new(random).is_some())
}

/// Notes in the file `path` that the log `name` will be `low` to `high` bytes long, whether or not the coming write
/// succeeds.
///
/// The note is not synced: if a power cut takes it, the log is believed, or a new id is made, which does no harm.
///
/// # Errors
/// What the file system says; then the log must not be written.
pub(super) fn note(path: &Path, name: &OsStr, low: u64, high: u64) -> Result<(), StoreError> {
    let write = || {
        // Replaced by renaming, so that nothing is written through a link that may be there.
        let draft = Draft::new(folder_of(path), Readers::User)?;
        writeln!(draft.file(), "{} {low} {high}", name.to_string_lossy())?;
        draft.place(path)
    };
    write().map_err(StoreError::file("write", path))
}

/// Whether the log `name` is as this machine left it, as far as that is known.
pub(super) fn is_as_left<R: Record>(data_dir: &Path, folder: &Path, name: &OsStr) -> bool {
    let Ok(note) = files::read_text(&data_dir.join(R::FILES.note), MAX_NOTE_BYTES, Links::Follow) else { return true };
    let [noted, low, high] = note.split_whitespace().collect::<Vec<_>>()[..] else { return true };
    let (Ok(low), Ok(high)) = (low.parse::<u64>(), high.parse::<u64>()) else { return true };
    if OsStr::new(noted) != name {
        return true;
    }
    let path = folder.join(name);
    if path.is_symlink() && !ends_with_a_record::<R>(&path).is_ok_and(|is_log| is_log) {
        return false;
    }
    match fs::metadata(path) {
        Ok(metadata) => (low..=high).contains(&metadata.len()),
        // Whoever deleted the log has not written to it.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Whether the target of a link is a log at all: another file may happen to have a matching length.
fn ends_with_a_record<R: Record>(path: &Path) -> io::Result<bool> {
    let mut file = files::open(path, Links::Follow)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(MAX_LINE as u64)))?;
    let mut end = Vec::new();
    file.take(MAX_LINE as u64).read_to_end(&mut end)?;
    let end = end.strip_suffix(b"\n").unwrap_or(&end);
    let last = memchr::memrchr(b'\n', end).map_or(0, |before| before + 1);
    Ok(matches!(read_line::<R>(end.get(last..).unwrap_or_default()), Line::Record(_)))
}
