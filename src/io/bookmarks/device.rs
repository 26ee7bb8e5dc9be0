//! The name of this installation: a file in the data directory that is made once.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::bookmark::DeviceId;

/// The name of the file.
const NAME: &str = "device-id";

/// The id in `device-id`, made if there is none, if it cannot be read, or if `is_cloned`.
///
/// Two processes at once agree: the file appears complete, under its name, once.
///
/// # Errors
/// The file and what the file system said, if there is no id and none can be written.
pub(super) fn device_id(
    data_dir: &Path,
    is_cloned: impl Fn(DeviceId) -> bool,
) -> Result<DeviceId, (PathBuf, io::Error)> {
    let path = data_dir.join(NAME);
    let old = read(data_dir);
    match old {
        Some(id) if !is_cloned(id) => return Ok(id),
        _ => {}
    }
    let draft = data_dir.join(format!(".device-id.{}.tmp", Uuid::now_v7().simple()));
    let made = make(data_dir, &draft, old.is_none());
    // Gone already where it was renamed.
    fs::remove_file(&draft).unwrap_or_default();
    made.map_err(|error| (path, error))
}

fn make(data_dir: &Path, draft: &Path, first: bool) -> io::Result<DeviceId> {
    let (path, new) = (data_dir.join(NAME), new_id());
    let mut file = OpenOptions::new().write(true).create_new(true).open(draft)?;
    writeln!(file, "{new}")?;
    file.sync_all()?;
    // Whether the file is there is only known by making it: two programs may start at once, and both must end up with
    // one id. One that is spoilt is replaced below.
    if first {
        match fs::hard_link(draft, &path) {
            Ok(()) => return Ok(new),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if let Some(theirs) = read(data_dir) {
                    return Ok(theirs);
                }
            }
            // File systems without hard links.
            Err(_) => {}
        }
    }
    fs::rename(draft, path)?;
    Ok(read(data_dir).unwrap_or(new))
}

/// The id that is written down; none if there is none that can be read.
pub(super) fn read(data_dir: &Path) -> Option<DeviceId> {
    DeviceId::new(fs::read_to_string(data_dir.join(NAME)).ok()?.trim())
}

/// A new id.
pub(super) fn new_id() -> DeviceId {
    // The low bits of a version 7 UUID are random.
    DeviceId::from_random(Uuid::now_v7().as_u128() as u64)
}
