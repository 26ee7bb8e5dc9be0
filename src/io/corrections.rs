//! The reader's corrections of names, in `entities.tsv` in the data directory, which can also be edited by hand.
//!
//! To change it, the file is read again under a lock, edited, and replaced atomically: no program loses the lines of
//! another, and the file is always complete. Readers need no lock.

use std::io::{self, Read};
use std::path::Path;

use crate::entity::corrections::{Corrections, Edit, Fault};
use crate::io::file_version::FileVersion;
use crate::io::files::{self, Links};
use crate::io::journal::{StoreError, lock};
use crate::io::paths::make_private;
use crate::io::replace::replace_private;

/// The name of the file.
pub const FILE: &str = "entities.tsv";

/// Longest file that is used, in bytes: some twenty thousand corrections, more than anybody makes.
const MAX_BYTES: u64 = 1024 * 1024;

/// From this percentage on a warning says how full the file is; there is room for two thousand more.
const NEARLY_FULL: u64 = 90;

/// The corrections as they are on the disk.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The valid corrections.
    pub corrections: Corrections,
    /// The invalid lines.
    pub faults: Vec<Fault>,
    /// Why the file cannot be rewritten without losing part of it.
    unwritable: Option<String>,
    /// Size of the file in bytes.
    size: u64,
}

impl Loaded {
    /// Messages about the file: which parts are not used, and how full it is.
    pub fn problems(&self) -> impl Iterator<Item = String> {
        const MOST: usize = 5;
        let more = self.faults.len().saturating_sub(MOST);
        let more = (more > 0).then(|| format!("{FILE}: {more} more lines are wrong"));
        let lines = self.faults.iter().take(MOST).map(|fault| format!("{FILE} {fault}; it is left out")).chain(more);
        self.too_long().map(str::to_owned).into_iter().chain(self.nearly_full()).chain(lines)
    }

    /// Which part of the file is not used because it is too long.
    pub fn too_long(&self) -> Option<&str> {
        self.unwritable.as_deref().filter(|_| self.size > MAX_BYTES)
    }

    /// How full the file is, if it is nearly full.
    pub fn nearly_full(&self) -> Option<String> {
        let percent = self.size * 100 / MAX_BYTES;
        (NEARLY_FULL..=100)
            .contains(&percent)
            .then(|| format!("{FILE} is {percent} % full; remove lines you no longer need"))
    }
}

/// The outcome of saving edits.
#[derive(Clone, Debug)]
pub struct SaveOutcome {
    /// The corrections as they are on the disk now.
    pub loaded: Loaded,
    /// For each edit, why it was refused; none if it was made.
    pub refused: Vec<Option<String>>,
}

/// The current version of the file.
pub fn version(data_dir: &Path) -> FileVersion {
    FileVersion::of(&data_dir.join(FILE))
}

/// Reads the corrections; none if there is no file.
///
/// # Errors
/// [`StoreError::File`] if there is one that cannot be read. One that is too long, or has lines that are not UTF-8, is
/// used as far as possible.
pub fn load(data_dir: &Path) -> Result<Loaded, StoreError> {
    let path = data_dir.join(FILE);
    read(&path).map_err(StoreError::file("read", &path))
}

fn read(path: &Path) -> io::Result<Loaded> {
    let file = match files::open(path, Links::Follow) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::default()),
        file => file?,
    };
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(parse(bytes, size))
}

/// Parses the lines within the limit, without those that are not UTF-8.
fn parse(mut bytes: Vec<u8>, size: u64) -> Loaded {
    let mut unwritable = None;
    let size = size.max(bytes.len() as u64);
    if bytes.len() as u64 > MAX_BYTES {
        let fits = bytes.iter().take(MAX_BYTES as usize).rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        bytes.truncate(fits);
        let line = bytes.split(|byte| *byte == b'\n').count();
        unwritable =
            Some(format!("{FILE} is longer than 1 MiB: from line {line} on it is not used; take lines out of it"));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut not_utf8 = Vec::new();
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
        } else {
            text.push_str("#\n");
            not_utf8.push(Fault { line: number, reason: "it is not UTF-8".to_owned() });
        }
    }
    if let Some(fault) = not_utf8.first() {
        unwritable.get_or_insert_with(|| format!("{FILE} {fault}; mend or delete it first"));
    }
    let (corrections, mut faults) = Corrections::from_tsv(text.trim_start_matches('\u{feff}'));
    faults.extend(not_utf8);
    faults.sort_by_key(|fault| fault.line);
    Loaded { corrections, faults, unwritable, size }
}

/// Makes these edits in the file, one after the other. When this succeeds, those that were not refused are on the disk.
/// An edit that would make the file too long is refused, and the others are made.
///
/// Waits up to five seconds for another instance that is writing.
///
/// # Errors
/// Any [`StoreError`]; then the file is as it was.
pub fn save(data_dir: &Path, edits: &[Edit]) -> Result<SaveOutcome, StoreError> {
    make_private(data_dir).map_err(StoreError::file("make the folder", data_dir))?;
    let held = lock(&data_dir.join("entities.lock"))?;
    let loaded = load(data_dir)?;
    if let Some(reason) = loaded.unwritable.clone() {
        return Ok(SaveOutcome { loaded, refused: vec![Some(reason); edits.len()] });
    }
    let mut corrections = loaded.corrections;
    let mut text = corrections.to_tsv();
    let mut refused = Vec::with_capacity(edits.len());
    for edit in edits {
        let mut after = corrections.clone();
        after.edit(edit);
        let new = after.to_tsv();
        let fits = new.len() as u64 <= MAX_BYTES || new.len() < text.len();
        refused.push((!fits).then(|| format!("{FILE} would be longer than 1 MiB; remove lines you no longer need")));
        if fits {
            (corrections, text) = (after, new);
        }
    }
    if refused.iter().any(Option::is_none) {
        let path = data_dir.join(FILE);
        replace_private(&path, &text).map_err(StoreError::file("write", &path))?;
    }
    drop(held);
    let size = text.len() as u64;
    Ok(SaveOutcome { loaded: parse(text.into_bytes(), size), refused })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at the files")]

    use super::*;
    use crate::entity::Kind;
    use crate::entity::corrections::{Correction, Named};
    use std::fs;

    fn follow(name: &str) -> Edit {
        Edit { take: vec![], add: vec![Correction::Follow(Named::new(Kind::Person, name).unwrap())] }
    }

    #[test]
    fn no_file_is_no_correction_and_the_first_makes_one() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        assert!(load(&data_dir).unwrap().corrections.is_empty());
        let before = version(&data_dir);
        save(&data_dir, &[follow("Ann Reed")]).unwrap();
        assert_ne!(version(&data_dir), before);
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
        let loaded = save(folder.path(), &[follow("A"), follow("B")]).unwrap().loaded;
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
    fn a_line_that_is_no_text_costs_itself_and_the_file_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let bytes = b"follow\tperson\tAnn\nignore\tperson\tR\xff\nfollow\tperson\tBo\n";
        fs::write(&path, bytes).unwrap();
        let loaded = load(folder.path()).unwrap();
        assert_eq!(loaded.corrections.len(), 2);
        assert_eq!(loaded.problems().collect::<Vec<_>>(), ["entities.tsv line 2: it is not UTF-8; it is left out"]);
        let saved = save(folder.path(), &[follow("A")]).unwrap();
        assert!(saved.refused[0].as_deref().unwrap().contains("line 2"), "{saved:?}");
        assert_eq!((saved.loaded.corrections.len(), fs::read(&path).unwrap()), (2, bytes.to_vec()));
    }

    #[test]
    fn a_file_that_is_too_long_is_used_as_far_as_it_fits_and_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let text = format!("follow\tperson\tAnn\n#{}\nfollow\tperson\tÉve\nfollow\tperson\tBo\n", "é".repeat(524_270));
        fs::write(&path, &text).unwrap();
        let loaded = load(folder.path()).unwrap();
        assert_eq!((loaded.corrections.len(), loaded.faults.len()), (1, 0));
        assert!(loaded.problems().any(|problem| problem.contains("from line 3 on it is not used")), "{loaded:?}");
        assert!(save(folder.path(), &[follow("A")]).unwrap().refused[0].is_some());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn an_edit_that_does_not_fit_is_refused_and_the_others_are_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let long = "x".repeat(900_000);
        fs::write(&path, format!("#{long}\nfollow\tperson\tAnn\n")).unwrap();
        assert!(load(folder.path()).unwrap().nearly_full().is_none());
        let saved = save(folder.path(), &[follow("A"), follow(&long), follow("B")]).unwrap();
        assert_eq!(saved.refused.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!((saved.loaded.corrections.len(), load(folder.path()).unwrap().corrections.len()), (3, 3));
        let shorter = "x".repeat(100_000);
        let saved = save(folder.path(), &[follow(&shorter)]).unwrap();
        let told = "entities.tsv is 95 % full; remove lines you no longer need".to_owned();
        assert_eq!(
            (saved.loaded.nearly_full(), load(folder.path()).unwrap().problems().last()),
            (Some(told.clone()), Some(told))
        );
        // What makes it shorter is always possible.
        assert_eq!(save(folder.path(), &[follow(&shorter).reversed()]).unwrap().refused, [None]);
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
