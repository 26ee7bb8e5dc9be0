//! Opens and creates files safely. Everything in this room that opens a file does it here, which `tests/rooms.rs`
//! checks.
//!
//! A path may refer to something unexpected: file syncers and unpacked archives bring links to private files, pipes
//! without a writer, endless devices. So links are followed only where the user may have wanted one, only plain files
//! are opened, opening never blocks, and every read has a limit. New files are private to the user, whatever the umask
//! and the folder.
#![expect(clippy::disallowed_methods, reason = "the one place that opens files")]

use std::fs::{self, File, FileType, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Whether a link in place of a file is followed. Links among its parent folders always are: the user decides where
/// data is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io) enum Links {
    /// The user may have put the link there.
    Follow,
    /// Others can put files there.
    Refuse,
}

/// The permissions of new files: private to the user.
const PRIVATE: u32 = 0o600;

/// Opens a plain file for reading.
///
/// # Errors
/// Any error of the file system, or that it is not a plain file.
pub(in crate::io) fn open(path: &Path, links: Links) -> io::Result<File> {
    open_plain(OpenOptions::new().read(true), path, links)
}

/// Opens a pipe that the user named, and waits for a writer, as every program does.
///
/// # Errors
/// Any error of the file system.
pub(in crate::io) fn open_pipe(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Reads a plain file of at most `most` bytes.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] if it has more, else those of [`open`].
pub(in crate::io) fn read(path: &Path, most: u64, links: Links) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One more byte than allowed distinguishes "exactly the limit" from "more".
    open(path, links)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    let most = if most.is_multiple_of(1 << 20) { format!("{} MiB", most >> 20) } else { format!("{most} bytes") };
    Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {most}")))
}

/// Reads a plain text file.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] if it is not UTF-8, else those of [`read`].
pub(in crate::io) fn read_text(path: &Path, most: u64, links: Links) -> io::Result<String> {
    String::from_utf8(read(path, most, links)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Opens a plain file for reading and appending; creates it if it does not exist.
///
/// # Errors
/// Those of [`open`].
pub(in crate::io) fn append(path: &Path, links: Links) -> io::Result<File> {
    open_or_make(OpenOptions::new().read(true).append(true), path, links)
}

/// Opens a lock file, which is always empty. Nothing else belongs under its name: a link or a pipe there is removed.
///
/// # Errors
/// Those of [`open`].
pub(in crate::io) fn open_lock(path: &Path) -> io::Result<File> {
    let open = || open_or_make(OpenOptions::new().write(true), path, Links::Refuse);
    let is_odd = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    match open() {
        Err(_) if is_odd(path) => {
            fs::remove_file(path)?;
            open()
        }
        result => result,
    }
}

/// Creates a file that must not exist yet.
///
/// # Errors
/// Any error of the file system.
pub(in crate::io) fn make(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(PRIVATE).open(path)?;
    set_private(&file)?;
    Ok(file)
}

/// Creates a file that must not exist yet, with the permissions of the umask: for the user's own files.
///
/// # Errors
/// Any error of the file system.
pub(in crate::io) fn make_shared(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

fn open_or_make(options: &mut OpenOptions, path: &Path, links: Links) -> io::Result<File> {
    match open_plain(options, path, links) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A dangling link leads to the new file, if it may be followed.
            let file = open_plain(options.create(true).mode(PRIVATE), path, links)?;
            set_private(&file)?;
            Ok(file)
        }
        result => result,
    }
}

/// The umask may have taken away what the mode gives.
fn set_private(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(PRIVATE))
}

fn open_plain(options: &mut OpenOptions, path: &Path, links: Links) -> io::Result<File> {
    // Checked before it is opened, since opening a device can have effects, and after, since it may have been replaced
    // in between.
    let found = match links {
        Links::Follow => fs::metadata(path),
        Links::Refuse => fs::symlink_metadata(path),
    };
    match found {
        Ok(found) => check(found.file_type())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let no_links = if links == Links::Refuse { libc::O_NOFOLLOW } else { 0 };
    // A pipe without a writer must not block; plain files are not affected.
    let file = options.custom_flags(libc::O_NONBLOCK | no_links).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            io::Error::new(error.kind(), "permission denied; `ls -l` shows who may read and write it")
        }
        _ => error,
    })?;
    check(file.metadata()?.file_type())?;
    Ok(file)
}

fn check(kind: FileType) -> io::Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    let (of, what) = if kind.is_symlink() {
        (io::ErrorKind::InvalidInput, "it is a link, which is not followed here; put the file itself in its place")
    } else if kind.is_dir() {
        (io::ErrorKind::IsADirectory, "it is a folder; move it away")
    } else if kind.is_fifo() {
        (io::ErrorKind::InvalidInput, "it is a pipe, not a plain file; move it away")
    } else {
        (io::ErrorKind::InvalidInput, "it is a device or socket, not a plain file; move it away")
    };
    Err(io::Error::new(of, what))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;
    use crate::testing::make_pipe;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_plain_files_are_opened_and_nothing_blocks() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        make_pipe(&at("pipe"));
        fs::create_dir(at("folder")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        symlink("/dev/zero", at("endless")).unwrap();
        symlink(at("pipe"), at("to the pipe")).unwrap();
        for (name, said) in [
            ("pipe", "a pipe"),
            ("folder", "a folder"),
            ("socket", "a device or socket"),
            ("endless", "a device"),
            ("to the pipe", "a pipe"),
        ] {
            for result in [open(&at(name), Links::Follow), append(&at(name), Links::Follow)] {
                let error = result.unwrap_err().to_string();
                assert!(error.contains(said) && error.contains("move it away"), "{name}: {error}");
            }
        }
    }

    #[test]
    fn a_link_is_followed_only_where_it_may_be() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("private"), "secret\n").unwrap();
        symlink(at("private"), at("link")).unwrap();
        symlink(at("not yet"), at("dangling")).unwrap();
        assert_eq!(read_text(&at("link"), 100, Links::Follow).unwrap(), "secret\n");
        for name in ["link", "dangling"] {
            for result in [open(&at(name), Links::Refuse), append(&at(name), Links::Refuse), make(&at(name))] {
                assert!(result.is_err(), "{name}");
            }
        }
        assert!(!at("not yet").exists());
        append(&at("dangling"), Links::Follow).unwrap();
        assert_eq!(mode(&at("not yet")), 0o600);
        assert_eq!(fs::read_to_string(at("private")).unwrap(), "secret\n");
    }

    #[test]
    fn a_file_is_read_up_to_its_limit_and_not_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, [b'x'; 10]).unwrap();
        assert_eq!(read(&path, 10, Links::Refuse).unwrap().len(), 10);
        let error = read(&path, 9, Links::Refuse).unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (io::ErrorKind::FileTooLarge, "it has more than 9 bytes".into()));
        fs::write(&path, b"\xff").unwrap();
        assert_eq!(read_text(&path, 10, Links::Refuse).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn anything_but_a_plain_file_in_place_of_a_lock_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("private"), "secret").unwrap();
        symlink(at("private"), at("a.lock")).unwrap();
        make_pipe(&at("b.lock"));
        for name in ["a.lock", "b.lock", "c.lock"] {
            open_lock(&at(name)).unwrap();
            assert!(fs::symlink_metadata(at(name)).unwrap().is_file(), "{name}");
            assert_eq!(mode(&at(name)), 0o600);
        }
        fs::create_dir(at("d.lock")).unwrap();
        assert!(open_lock(&at("d.lock")).is_err());
        assert_eq!(fs::read_to_string(at("private")).unwrap(), "secret");
    }
}
