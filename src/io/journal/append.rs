//! Appends lines to this device's log.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use crate::io::files;
use crate::io::paths::make_private;
use crate::io::sync::sync_folder;
use crate::journal::{MAX_LINE, Record};

use super::tail::identity;
use super::{Journal, StoreError, device, lock, log_names, own_logs};

/// Locks, makes sure the last line is complete, writes everything at once, syncs and unlocks.
pub(super) fn append<R: Record>(store: &mut Journal<R>, records: &[R]) -> Result<(), StoreError> {
    if records.is_empty() {
        return Ok(());
    }
    let lines = lines(records)?;
    make_private(&store.folder).map_err(StoreError::file("make the folder", &store.folder))?;
    let held = claim(store)?;
    if held.is_none() && !store.tails.get(&store.own).is_some_and(|tail| tail.is_private) {
        // Without locks two instances must not share a file: this one gets a log of its own for as long as it lives.
        store.own = own_logs::further_log(store.device);
        store.tails.entry(store.own.clone()).or_default().is_private = true;
    }
    make_room(store, lines.len() as u64)?;

    let path = store.folder.join(&store.own);
    let is_new = !path.exists();
    let links = own_logs::links(store.device, &store.own);
    let mut file = files::append(&path, links).map_err(StoreError::file("write", &path))?;
    let (before, is_torn) = end_of(&mut file).map_err(StoreError::file("read", &path))?;
    let bytes = if is_torn { [b"\n", lines.as_slice()].concat() } else { lines };
    if held.is_some() {
        own_logs::note(&store.data_dir.join(R::FILES.note), &store.own, before, before + bytes.len() as u64)?;
    }
    if let Err(error) = file.write_all(&bytes) {
        // Half a line may have been written; under the lock nobody has written after it. If it cannot be removed, it
        // is a torn line, which the next append and every reader can handle.
        file.set_len(before).unwrap_or_default();
        return Err(StoreError::file("write", &path)(error));
    }
    file.sync_data().map_err(StoreError::file("sync", &path))?;
    if is_new {
        // The directory entries must be durable too: that of the log, and that of its folder, which may also be new.
        for folder in [Some(store.folder.as_path()), store.folder.parent()].into_iter().flatten() {
            sync_folder(folder).map_err(StoreError::file("sync the folder", folder))?;
        }
    }
    if !is_torn && let Ok(metadata) = file.metadata() {
        let tail = store.tails.entry(store.own.clone()).or_default();
        tail.note_append(identity(&metadata), before, &bytes);
    }
    // At most as many bytes as were written have become superfluous.
    store.superfluous += bytes.len() as u64;
    drop(held);
    Ok(())
}

/// Locks this device's logs; none where the file system has no locks.
///
/// If somebody else has written the log, or another instance has found that out, this installation becomes a new device.
/// The stamps of earlier edits in this session keep the old name, which does no harm.
pub(super) fn claim<R: Record>(store: &mut Journal<R>) -> Result<Option<File>, StoreError> {
    // Once for a change by another instance, once for one that this instance detects.
    for _ in 0..2 {
        let held = lock::lock(&store.folder.join(lock::name(store.device)))?;
        if held.is_none() {
            return Ok(None);
        }
        let is_ours = own_logs::is_as_left::<R>(&store.data_dir, &store.folder, &store.own);
        let device = match device::read(&store.data_dir) {
            Some(device) if device != store.device => device,
            _ if is_ours => return Ok(held),
            _ => match device::device_id(&store.data_dir, |_| true) {
                Ok((device, _)) => device,
                Err((path, error)) => {
                    log::warn!(
                        "this device's id is in use elsewhere and {} cannot be written: {error}",
                        path.display()
                    );
                    return Ok(held);
                }
            },
        };
        log::warn!("the log of {} was written by somebody else; this device is {device} now", store.device);
        store.device = device;
        store.own = own_logs::first_log(device);
        store.superfluous = 0;
    }
    lock::lock(&store.folder.join(lock::name(store.device)))
}

/// Switches to a log with room for `length` more bytes if the current one has none: another one of this device, or a new
/// one.
fn make_room<R: Record>(store: &mut Journal<R>, length: u64) -> Result<(), StoreError> {
    let folder = &store.folder;
    if own_logs::has_room(folder, &store.own, length) {
        return Ok(());
    }
    let names = log_names(folder).map_err(StoreError::file("read the folder", folder))?;
    let found = own_logs::log_with_room(folder, store.device, &names, length);
    store.own = found.unwrap_or_else(|| own_logs::further_log(store.device));
    store.superfluous = 0;
    Ok(())
}

fn lines<R: Record>(records: &[R]) -> Result<Vec<u8>, StoreError> {
    let mut lines = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let line = record.to_line();
        if line.len() > MAX_LINE {
            let (noun, id) = (R::FILES.noun, record.id().to_string());
            return Err(StoreError::TooLong { noun, id, index, bytes: line.len() });
        }
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
    }
    Ok(lines)
}

/// The length of a log in bytes, and whether its last line is unfinished.
fn end_of(file: &mut File) -> io::Result<(u64, bool)> {
    let length = file.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Ok((0, false));
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok((length, last != *b"\n"))
}
