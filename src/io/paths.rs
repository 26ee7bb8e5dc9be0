//! Where files are stored on this machine.
#![expect(clippy::disallowed_methods, reason = "the one place that finds and makes the data directory")]

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::draft::{Draft, Readers};

/// The variable that moves the data directory.
pub const DATA_DIR: &str = "DATELINE_DATA_DIR";

/// The files and folders of one user, all absolute. Nothing is created until something is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Everything but the configuration: library, bookmarks, texts, log.
    pub data_dir: PathBuf,
    /// `config.toml`, which need not exist.
    pub config_file: PathBuf,
    /// Where log lines go.
    pub log_file: PathBuf,
}

/// Expands `~` in a path that was typed inside the program, where no shell does it.
pub fn typed(path: &str) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    path.strip_prefix("~/").and_then(|rest| Some(home()?.join(rest))).unwrap_or_else(|| path.into())
}

/// There is no home directory, and no data directory was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHome;

impl Paths {
    /// Where things are: `data_dir` (`--data-dir`), else `DATELINE_DATA_DIR`, else the place the system has for it
    /// (`$XDG_DATA_HOME/dateline`, `~/Library/Application Support/dateline`); `config_file` (`--config`), else
    /// `config.toml` in the place for configurations. An empty name counts as none.
    ///
    /// # Errors
    /// [`NoHome`] if a place is needed from the system and the user has no home directory.
    pub fn find(data_dir: Option<&Path>, config_file: Option<&Path>) -> Result<Self, NoHome> {
        let home = ProjectDirs::from("", "", "dateline");
        Self::choose(data_dir, std::env::var_os(DATA_DIR), config_file, home.as_ref())
    }

    fn choose(
        data_dir: Option<&Path>,
        variable: Option<OsString>,
        config_file: Option<&Path>,
        home: Option<&ProjectDirs>,
    ) -> Result<Self, NoHome> {
        let named = |path: &Path| (!path.as_os_str().is_empty()).then(|| absolute(path));
        let data_dir = data_dir
            .and_then(named)
            .or_else(|| variable.and_then(|path| named(Path::new(&path))))
            .or_else(|| home.map(|home| home.data_dir().to_owned()))
            .ok_or(NoHome)?;
        let config_file = config_file
            .and_then(named)
            .or_else(|| home.map(|home| home.config_dir().join("config.toml")))
            // Without a home the data directory was named, and a configuration may lie in it.
            .unwrap_or_else(|| data_dir.join("config.toml"));
        Ok(Self { log_file: data_dir.join("dateline.log"), data_dir, config_file })
    }

    /// Creates the data directory, private to the user; an existing one is left alone.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn make_data_dir(&self) -> io::Result<()> {
        make_private(&self.data_dir)
    }

    /// The folders that cannot be written to, each with the obstacle and the error. This is tested by creating a
    /// temporary file in the folder, or in the nearest existing parent.
    pub fn unusable(&self) -> Vec<(PathBuf, io::Error)> {
        let folders = ["bookmarks", "bookmark-copies", "quarantine", "texts"].map(|name| self.data_dir.join(name));
        let is_there = |folder: &&PathBuf| fs::symlink_metadata(folder).is_ok();
        let folders = [&self.data_dir].into_iter().chain(folders.iter().filter(is_there));
        let mut unusable: Vec<_> = folders.filter_map(|folder| check_usable(folder).err()).collect();
        unusable.dedup_by(|one, other| one.0 == other.0);
        unusable
    }
}

/// Creates a folder and its missing parents, private to the user whatever the umask.
pub(in crate::io) fn make_private(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_private(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => fs::set_permissions(folder, Permissions::from_mode(0o700)),
        // Another program was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory) => {
            Err(in_the_way(folder))
        }
        Err(error) => Err(error),
    }
}

/// The error for a file in place of a folder or of one of its parents.
pub(in crate::io) fn in_the_way(folder: &Path) -> io::Error {
    let part = folder.ancestors().find(|part| fs::symlink_metadata(part).is_ok()).unwrap_or(folder);
    io::Error::new(io::ErrorKind::NotADirectory, format!("{} is in the way and is not a folder", part.display()))
}

/// # Errors
/// The folder in question, and the error.
fn check_usable(folder: &Path) -> Result<(), (PathBuf, io::Error)> {
    for folder in folder.ancestors() {
        let tried = match fs::symlink_metadata(folder) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => continue,
            Err(error) => Err(error),
            Ok(_) if !folder.is_dir() => Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder")),
            Ok(_) => Draft::new(folder, Readers::User).map(drop),
        };
        return tried.map_err(|error| (folder.to_owned(), error));
    }
    Ok(())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

impl fmt::Display for NoHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no home directory to keep the library in; name a folder with --data-dir or {DATA_DIR}")
    }
}

impl std::error::Error for NoHome {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_wins_over_the_variable_and_the_variable_over_the_system() {
        let home = ProjectDirs::from_path("dateline".into()).unwrap();
        let find = |argument: Option<&str>, variable: Option<&str>| {
            Paths::choose(argument.map(Path::new), variable.map(OsString::from), None, Some(&home)).unwrap()
        };
        assert_eq!(find(Some("/a"), Some("/b")).data_dir, Path::new("/a"));
        assert_eq!(find(Some(""), Some("/b")).data_dir, Path::new("/b"));
        assert_eq!(find(None, Some("/b")).log_file, Path::new("/b/dateline.log"));
        assert_eq!(find(None, Some("")).data_dir, home.data_dir());
        assert_eq!(find(Some("/a"), None).config_file, home.config_dir().join("config.toml"));
    }

    #[test]
    fn relative_names_become_absolute() {
        let paths = Paths::choose(Some(Path::new("data")), None, Some(Path::new("./my.toml")), None).unwrap();
        assert!(paths.data_dir.is_absolute() && paths.data_dir.ends_with("data"));
        assert!(paths.config_file.is_absolute() && paths.config_file.ends_with("my.toml"));
    }

    #[test]
    fn without_a_home_a_named_folder_is_enough_and_none_is_an_error() {
        let paths = Paths::choose(Some(Path::new("/a")), None, None, None).unwrap();
        assert_eq!(paths.config_file, Path::new("/a/config.toml"));
        let error = Paths::choose(None, None, None, None).unwrap_err();
        assert!(error.to_string().contains("--data-dir"));
    }

    #[test]
    fn a_folder_that_cannot_be_created_is_reported_with_the_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let paths = |name: &str| Paths::choose(Some(&folder.path().join(name)), None, None, None).unwrap();
        assert!(paths("new/data").unusable().is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let file = folder.path().join("file");
        fs::write(&file, "in the way").unwrap();
        for name in ["file", "file/data", "file/data/inside"] {
            let unusable = paths(name).unusable();
            assert_eq!(unusable.iter().map(|(path, _)| path).collect::<Vec<_>>(), [&file], "{name}");
        }
        std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
        assert_eq!(paths("link").unusable().len(), 1);
    }

    #[test]
    fn the_data_directory_is_private_and_created_only_on_request() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::choose(Some(&folder.path().join("a/b")), None, None, None).unwrap();
        assert!(!paths.data_dir.exists());
        for _ in 0..2 {
            paths.make_data_dir().unwrap();
        }
        let mode = std::fs::metadata(&paths.data_dir).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
