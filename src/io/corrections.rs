//! What the reader knows better about names, in `entities.tsv` of the data directory: a file for editors too.
//!
//! To change it is to read it again under a lock, change that, and put the new file in the place of the old in one step:
//! no program loses the lines of another, and whoever finds the file finds all of it. Readers need no lock.

use std::fs;
use std::io;
use std::path::Path;

use crate::entity::corrections::{Corrections, Edit, Fault};
use crate::io::bookmarks::{StoreError, lock};
use crate::io::files::{self, Links};
use crate::io::paths::make_private;
use crate::io::replace::replace_private;

/// The name of the file.
pub const FILE: &str = "entities.tsv";

/// Longest file that is read, in bytes: some twenty thousand corrections, more than anybody makes.
const MAX_FILE: u64 = 1024 * 1024;

/// The corrections as they are on the disk.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Those that hold.
    pub corrections: Corrections,
    /// Lines that are wrong.
    pub faults: Vec<Fault>,
}

impl Loaded {
    /// What is to be told about wrong lines: each of the first, and how many more.
    pub fn problems(&self) -> impl Iterator<Item = String> {
        const MOST: usize = 5;
        let more = self.faults.len().saturating_sub(MOST);
        let more = (more > 0).then(|| format!("{FILE}: {more} more lines are wrong"));
        self.faults.iter().take(MOST).map(|fault| format!("{FILE} {fault}; it is left out")).chain(more)
    }
}

/// Which file was read: another one, or one that was changed since, differs in this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Option<(u64, Option<std::time::SystemTime>)>);

/// What tells whether the file was changed.
pub fn stamp(data_dir: &Path) -> Stamp {
    let metadata = fs::metadata(data_dir.join(FILE)).ok();
    Stamp(metadata.map(|metadata| (metadata.len(), metadata.modified().ok())))
}

/// Reads the corrections; none if there is no file.
///
/// # Errors
/// [`StoreError::File`] if there is one that cannot be read, or is too long, or is no text.
pub fn load(data_dir: &Path) -> Result<Loaded, StoreError> {
    let path = data_dir.join(FILE);
    read(&path).map_err(StoreError::file("read", &path))
}

fn read(path: &Path) -> io::Result<Loaded> {
    let text = match files::read_text(path, MAX_FILE, Links::Follow) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::default()),
        text => text?,
    };
    let (corrections, faults) = Corrections::from_tsv(text.trim_start_matches('\u{feff}'));
    Ok(Loaded { corrections, faults })
}

/// Makes these edits in the file, one after the other. When this returns without an error they are on the disk.
///
/// Waits up to five seconds for another instance that is writing.
///
/// # Errors
/// Any [`StoreError`]; then the file is as it was.
pub fn save(data_dir: &Path, edits: &[Edit]) -> Result<Loaded, StoreError> {
    make_private(data_dir).map_err(StoreError::file("make the folder", data_dir))?;
    let held = lock(&data_dir.join("entities.lock"))?;
    let mut loaded = load(data_dir)?;
    for edit in edits {
        loaded.corrections.edit(edit);
    }
    let text = loaded.corrections.to_tsv();
    let path = data_dir.join(FILE);
    replace_private(&path, &text).map_err(StoreError::file("write", &path))?;
    drop(held);
    let (corrections, faults) = Corrections::from_tsv(&text);
    Ok(Loaded { corrections, faults })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at the files")]

    use super::*;
    use crate::entity::Kind;
    use crate::entity::corrections::{Correction, Named};

    fn follow(name: &str) -> Edit {
        Edit { take: vec![], add: vec![Correction::Follow(Named::new(Kind::Person, name).unwrap())] }
    }

    #[test]
    fn no_file_is_no_correction_and_the_first_makes_one() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        assert!(load(&data_dir).unwrap().corrections.is_empty());
        let before = stamp(&data_dir);
        save(&data_dir, &[follow("Ann Reed")]).unwrap();
        assert_ne!(stamp(&data_dir), before);
        let text = fs::read_to_string(data_dir.join(FILE)).unwrap();
        assert!(text.starts_with("# ") && text.ends_with("\nfollow\tperson\tAnn Reed\n"), "{text}");
        save(&data_dir, &[follow("Ann Reed").reversed()]).unwrap();
        assert!(load(&data_dir).unwrap().corrections.is_empty());
        let names = fs::read_dir(&data_dir).unwrap().count();
        assert_eq!(names, 2, "the file and its lock; no draft is left");
    }

    #[test]
    fn what_others_and_the_reader_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "# mine\r\nnonsense\nignore\tperson\tRice\n").unwrap();
        let loaded = save(folder.path(), &[follow("A"), follow("B")]).unwrap();
        assert_eq!(loaded.corrections.len(), 3);
        assert_eq!(loaded.problems().count(), 1);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# mine\nnonsense\nignore\tperson\tRice\nfollow\tperson\tA\nfollow\tperson\tB\n");
    }

    #[test]
    fn several_programs_at_once_lose_no_line() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for program in 0..4 {
                let data_dir = folder.path();
                scope.spawn(move || {
                    for number in 0..10 {
                        save(data_dir, &[follow(&format!("Name {program} {number}"))]).unwrap();
                    }
                });
            }
        });
        assert_eq!(load(folder.path()).unwrap().corrections.len(), 40);
    }

    #[test]
    fn a_file_that_is_no_text_is_neither_used_nor_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, b"ignore\tperson\tR\xff\n").unwrap();
        assert!(load(folder.path()).unwrap_err().to_string().contains("not UTF-8"));
        assert!(save(folder.path(), &[follow("A")]).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"ignore\tperson\tR\xff\n");
        fs::write(&path, "x".repeat(1 << 21)).unwrap();
        assert!(load(folder.path()).is_err());
    }

    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.tsv");
        fs::write(&real, "").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        let data_dir = folder.path().join("data");
        fs::create_dir(&data_dir).unwrap();
        std::os::unix::fs::symlink(&real, data_dir.join(FILE)).unwrap();
        save(&data_dir, &[follow("A")]).unwrap();
        assert!(fs::symlink_metadata(data_dir.join(FILE)).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::read_to_string(&real).unwrap().contains("follow"));
    }
}
