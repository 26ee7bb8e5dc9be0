//! Completes a path that is being typed.
#![expect(clippy::disallowed_methods, reason = "looks into the folder that is being typed")]

use std::fs;
use std::path::Path;

use crate::command::Completion;
use crate::io::paths;
use crate::text::fold::fold;
use crate::text::sanitize::one_line;

/// Maximum number of entries of a folder that are examined, and of names that are offered.
const MOST_ENTRIES: usize = 200_000;
const MOST_NAMES: usize = 1_000;

/// Lists the names in the folder of a path that begin as typed; if there are none, those that differ only in case.
/// Hidden files are included only if the dot was typed. May block as long as the disk, or the network behind it, does.
///
/// # Errors
/// Why the folder cannot be read, as one line.
pub fn complete(typed: &str) -> Result<Completion, String> {
    if typed == "~" {
        return Ok(Completion { names: vec!["~/".to_owned()], left_out: 0 });
    }
    let (folder, begun) = match typed.rfind('/') {
        Some(slash) => typed.split_at(slash + 1),
        None => ("./", typed),
    };
    let path = paths::typed(folder);
    let entries =
        fs::read_dir(&path).map_err(|error| format!("{} cannot be read: {}", path.display(), plain(&error)))?;
    let (mut exact, mut alike, mut left_out) = (Vec::new(), Vec::new(), 0);
    let folded = fold(begun);
    for entry in entries.take(MOST_ENTRIES).flatten() {
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        if shown.starts_with('.') && !begun.starts_with('.') {
            continue;
        }
        let is_exact = shown.starts_with(begun);
        if !is_exact && !fold(&shown).starts_with(&folded) {
            continue;
        }
        // A name with bytes or characters that cannot be typed would lead to another file.
        match name.to_str() {
            Some(name) if one_line(name) == name => {
                if is_exact { &mut exact } else { &mut alike }.push(name.to_owned());
            }
            _ => left_out += 1,
        }
    }
    let mut names = if exact.is_empty() { alike } else { exact };
    names.sort_unstable();
    left_out += names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    for name in &mut names {
        if is_folder(&path.join(&*name)) {
            name.push('/');
        }
    }
    Ok(Completion { names, left_out })
}

/// Links are followed.
fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_dir())
}

fn plain(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist",
        std::io::ErrorKind::PermissionDenied => "permission denied",
        std::io::ErrorKind::NotADirectory => "it is not a folder",
        _ => "the system reports an error",
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["river.txt", "river bank.txt", ".river", "Übersicht.md", "tab\there"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::write(folder.path().join(OsStr::from_bytes(b"ri\xffver")), "x").unwrap();
        fs::create_dir_all(folder.path().join("rivers")).unwrap();
        folder
    }

    #[test]
    fn names_that_begin_as_typed_are_found_and_folders_end_in_a_slash() {
        let folder = folder();
        let names = |typed: &str| complete(&format!("{}/{typed}", folder.path().display())).unwrap().names;
        assert_eq!(names("riv"), ["river bank.txt", "river.txt", "rivers/"]);
        assert_eq!(names("RIVERS"), ["rivers/"], "capitals matter only where both are there");
        assert_eq!(names("üBER"), ["Übersicht.md"]);
        assert_eq!(names("."), [".river"]);
        assert_eq!(names("").len(), 4, "no hidden ones unless the dot is typed");
        assert!(names("lake").is_empty());
    }

    #[test]
    fn what_cannot_be_typed_is_left_out_and_counted() {
        let folder = folder();
        let found = |typed: &str| complete(&format!("{}/{typed}", folder.path().display())).unwrap();
        assert_eq!(found("ri").left_out, 1);
        assert_eq!(found("tab").left_out, 1);
        assert!(found("tab").names.is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = folder();
        let error = complete(&format!("{}/nowhere/x", folder.path().display())).unwrap_err();
        assert!(error.contains("nowhere/ cannot be read: it does not exist"), "{error}");
        let error = complete(&format!("{}/river.txt/x", folder.path().display())).unwrap_err();
        assert!(error.contains("it is not a folder"), "{error}");
        assert_eq!(complete("~").unwrap().names, ["~/"]);
    }

    #[test]
    fn of_very_many_names_a_thousand_are_offered() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..1_200 {
            fs::write(folder.path().join(format!("n{number}")), "").unwrap();
        }
        let found = complete(&format!("{}/n", folder.path().display())).unwrap();
        assert_eq!((found.names.len(), found.left_out), (1_000, 200));
    }
}
