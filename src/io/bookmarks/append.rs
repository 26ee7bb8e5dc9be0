//! Adding lines to this device's log.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};

use crate::bookmark::{Bookmark, MAX_LINE};
use crate::io::paths::make_private;
use crate::io::sync::sync_folder;

use super::tail::identity;
use super::{BookmarkStore, StoreError, device, lock};

/// Lock, make sure the last line is complete, write everything at once, sync, unlock.
pub(super) fn append(store: &mut BookmarkStore, bookmarks: &[Bookmark]) -> Result<(), StoreError> {
    if bookmarks.is_empty() {
        return Ok(());
    }
    let lines = lines(bookmarks)?;
    make_private(&store.folder).map_err(StoreError::file("make the folder", &store.folder))?;
    let held = lock::lock(&store.folder.join(format!("{}.lock", store.device)))?;
    if held.is_none() && !store.tails.get(&store.own).is_some_and(|tail| tail.is_private) {
        // Without locks two instances must not share a file: this one gets a log of its own for as long as it lives.
        store.own = OsString::from(format!("{}.jsonl", device::new_id()));
        store.tails.entry(store.own.clone()).or_default().is_private = true;
    }

    let path = store.folder.join(&store.own);
    let is_new = !path.exists();
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .read(true)
        .open(&path)
        .map_err(StoreError::file("write", &path))?;
    let (before, is_torn) = end_of(&mut file).map_err(StoreError::file("read", &path))?;
    let bytes = if is_torn { [b"\n", lines.as_slice()].concat() } else { lines };
    if let Err(error) = file.write_all(&bytes) {
        // Half a line may stand there; under the lock nobody has written after it. If it cannot be cut off, it is a
        // torn line, which the next append and every reader know how to treat.
        file.set_len(before).unwrap_or_default();
        return Err(StoreError::file("write", &path)(error));
    }
    file.sync_data().map_err(StoreError::file("sync", &path))?;
    if is_new {
        // The names have to last too: that of the log, and that of its folder, which may be as new.
        for folder in [Some(store.folder.as_path()), store.folder.parent()].into_iter().flatten() {
            sync_folder(folder).map_err(StoreError::file("sync the folder", folder))?;
        }
    }
    if !is_torn && let Ok(metadata) = file.metadata() {
        let tail = store.tails.entry(store.own.clone()).or_default();
        tail.wrote(identity(&metadata), before, bytes.len() as u64, bookmarks.len());
    }
    drop(held);
    Ok(())
}

fn lines(bookmarks: &[Bookmark]) -> Result<Vec<u8>, StoreError> {
    let mut lines = Vec::new();
    for bookmark in bookmarks {
        let line = bookmark.to_line();
        if line.len() > MAX_LINE {
            return Err(StoreError::TooLong { id: bookmark.id(), bytes: line.len() });
        }
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
    }
    Ok(lines)
}

/// The length of a log in bytes, and whether its last line was never finished.
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
