//! How the screen was left, in `view.toml` of the data directory. Nothing is lost with it but a few keys to press again.

use std::io;
use std::path::Path;

use crate::config::RememberedChoices;
use crate::io::files::{self, Links};
use crate::io::paths::make_private;
use crate::io::replace::replace_private;

/// The name of the file.
pub const FILE: &str = "view.toml";

/// Longest file that is read, in bytes: many times what is written.
const MAX_FILE: u64 = 16 * 1024;

/// What is remembered. None if the file cannot be understood, which is told in the log: then it is to be written anew.
pub fn read(data_dir: &Path) -> Option<RememberedChoices> {
    let text = match files::read_text(&data_dir.join(FILE), MAX_FILE, Links::Follow) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(RememberedChoices::default()),
        Err(error) => {
            log::warn!("{FILE} is not used: {error}");
            return None;
        }
    };
    RememberedChoices::from_toml(&text).inspect_err(|error| log::warn!("{FILE} is not used: {error}")).ok()
}

/// Writes what is to be remembered, in one step. What another copy of the program wrote before is lost: the last wins.
///
/// # Errors
/// What the file system says; then the file is as it was.
pub fn write(data_dir: &Path, text: &str) -> io::Result<()> {
    make_private(data_dir)?;
    replace_private(&data_dir.join(FILE), text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files")]

    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::config::{Settings, ViewChoices};

    #[test]
    fn what_was_written_is_read_and_is_for_the_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("new");
        assert_eq!(read(&data_dir), Some(RememberedChoices::default()), "there is no file yet");
        let configured = ViewChoices::configured(&Settings::default());
        let wide = RememberedChoices::of(&ViewChoices { measure: 90, zen: true, ..configured.clone() }, &configured);
        write(&data_dir, &wide.to_toml()).unwrap();
        assert_eq!(read(&data_dir), Some(wide));
        assert_eq!(fs::metadata(data_dir.join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_broken_file_counts_for_nothing_and_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let long = vec![b'#'; 20_000];
        for broken in [&b"measure = { chosen = 7 }"[..], b"\xff", &long, b"zen = true\n["] {
            fs::write(&file, broken).unwrap();
            assert_eq!(read(folder.path()), None, "{:?}", broken.get(..20));
        }
        write(folder.path(), "zen = true\n").unwrap();
        assert!(read(folder.path()).is_some());
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(read(folder.path()), None, "a folder");
        assert!(write(folder.path(), "zen = true\n").is_err());
    }
}
