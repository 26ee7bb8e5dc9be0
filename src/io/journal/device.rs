//! The name of this installation: a file in the data directory that is created once.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Problem;
use crate::io::clock;
use crate::io::draft::{Draft, Readers};
use crate::io::files::{self, Links};
use crate::journal::DeviceId;

/// The name of the file.
pub(super) const NAME: &str = "device-id";
/// Maximum size of a valid file, in bytes.
const MAX_BYTES: u64 = 1024;

/// The id in `device-id`; a new one is created if there is none, if it cannot be read, or if it `is_cloned`. Also returns
/// the problem if an invalid file was replaced.
///
/// Two concurrent processes agree: the complete file appears under its name only once.
///
/// # Errors
/// The file and the error of the file system, if there is no id and none can be written.
pub(super) fn device_id(
    data_dir: &Path,
    is_cloned: impl Fn(DeviceId) -> bool,
) -> Result<(DeviceId, Option<Problem>), (PathBuf, io::Error)> {
    let old = read(data_dir);
    match old {
        Some(id) if !is_cloned(id) => return Ok((id, None)),
        _ => {}
    }
    let path = data_dir.join(NAME);
    // Why the file cannot be read says more than that it could not be replaced.
    let fault = files::read(&path, MAX_BYTES, Links::Follow).err();
    let fault = fault.filter(|error| error.kind() != io::ErrorKind::NotFound);
    match make(data_dir, old.is_none()) {
        Ok((id, replaced_invalid)) => {
            let problem = replaced_invalid.then_some(Problem::Device { path, id });
            if let Some(problem) = &problem {
                log::warn!("{problem}");
            }
            Ok((id, problem))
        }
        Err(error) => Err((path, fault.unwrap_or(error))),
    }
}

/// A new id under the name of the file, unless another program was faster and this is the `first` id here: then theirs.
/// Also returns whether an invalid file was replaced.
fn make(data_dir: &Path, first: bool) -> io::Result<(DeviceId, bool)> {
    let (path, new) = (data_dir.join(NAME), new_id());
    let draft = Draft::new(data_dir, Readers::User)?;
    writeln!(draft.file(), "{new}")?;
    draft.file().sync_all()?;
    // Only creating the file tells whether it exists: two programs may start at once, and both must end up with the
    // same id. An invalid file is replaced below.
    if first {
        match fs::hard_link(draft.path(), &path) {
            Ok(()) => return Ok((new, false)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if let Some(theirs) = read(data_dir) {
                    return Ok((theirs, false));
                }
            }
            // File systems without hard links.
            Err(_) => {}
        }
    }
    // In this order: a file that another program creates in between appears complete.
    let replaces_invalid = path.symlink_metadata().is_ok() && read(data_dir).is_none();
    draft.place(&path)?;
    Ok((read(data_dir).unwrap_or(new), replaces_invalid))
}

/// The stored id; none if there is no readable one.
pub(super) fn read(data_dir: &Path) -> Option<DeviceId> {
    DeviceId::new(files::read_text(&data_dir.join(NAME), MAX_BYTES, Links::Follow).ok()?.trim())
}

/// A new id.
pub(super) fn new_id() -> DeviceId {
    // The low bits of a version 7 UUID are random.
    DeviceId::from_random(clock::new_id().as_u128() as u64)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the file")]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_program_that_was_faster_is_taken_and_not_called_invalid() {
        let folder = tempfile::tempdir().unwrap();
        // What a program finds that saw no file a moment ago.
        fs::write(folder.path().join(NAME), "abcdefgh\n").unwrap();
        let theirs = read(folder.path()).unwrap();
        assert_eq!(make(folder.path(), true).unwrap(), (theirs, false));
        fs::write(folder.path().join(NAME), "?\n").unwrap();
        let (new, replaced_invalid) = make(folder.path(), true).unwrap();
        assert!(replaced_invalid && read(folder.path()) == Some(new), "{new:?}");
    }
}
