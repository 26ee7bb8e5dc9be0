//! Names of what is in the library already: its file need not be there any more, and is not read.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::folder::has_text_ending;
use crate::article::address::split_scheme;
use crate::article::{SourceId, SourceKind};
use crate::io::paths;

/// The id of the article that a name stands for, whether there is such a file or not: the name is a path, or an id
/// itself. None for standard input.
pub fn id_of(name: &OsStr) -> Option<SourceId> {
    if let Some(text) = name.to_str() {
        if text == "-" {
            return None;
        }
        let id = SourceId::from_iri(text);
        if !matches!(id.kind(), SourceKind::File | SourceKind::Other) {
            return Some(id.normal());
        }
    }
    Some(SourceId::of_file(&real_path(name)))
}

/// The absolute path of a file or folder without symbolic links, as far as it is there. `name` is a path or a `file://`
/// address.
pub fn real_path(name: &OsStr) -> PathBuf {
    let path = name.to_str().and_then(|text| SourceId::from_iri(text).file_path()).unwrap_or_else(|| name.into());
    let absolute = std::path::absolute(&path).unwrap_or(path);
    // What is gone lay in a folder that may be there under another name.
    let real = |ancestor: &Path| {
        let rest = absolute.strip_prefix(ancestor).ok()?;
        let real = fs::canonicalize(ancestor).ok()?;
        Some(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
    };
    absolute.ancestors().find_map(real).unwrap_or_else(|| absolute.clone())
}

/// The real path of a folder that is there; none for anything else.
pub fn folder(name: &OsStr) -> Option<PathBuf> {
    id_of(name)?.file_path().filter(|path| path.is_dir())
}

/// The id of the file that is meant where an address is wanted: one that is written as a path, or the name of a file that
/// is there. It lies in its real folder, and keeps its name, which may be that of a link.
pub fn file_id(typed: &str) -> Option<SourceId> {
    let is_path = ["/", "./", "../", "~/"].iter().any(|start| typed.starts_with(start)) && !typed.starts_with("//");
    let path = paths::typed(typed);
    if !is_path && (split_scheme(typed).is_some() || !path.is_file()) {
        return None;
    }
    let absolute = std::path::absolute(&path).unwrap_or(path);
    let placed =
        absolute.parent().zip(absolute.file_name()).map(|(folder, name)| real_path(folder.as_os_str()).join(name));
    Some(SourceId::of_file(&placed.unwrap_or(absolute)))
}

/// Whether somebody who types this in the place of words means a file or folder, be it there or not.
pub fn is_path(name: &OsStr) -> bool {
    let Some(text) = name.to_str() else { return true };
    let is_written_so = matches!(text, "." | "..")
        || ["/", "./", "../", "file:"].iter().any(|start| text.starts_with(start))
        || text.ends_with('/');
    // `source:a/b` is a field of a query.
    let is_one_word = !text.contains(|c: char| c.is_whitespace() || c == ':');
    is_written_so || is_one_word && (text.contains('/') || has_text_ending(Path::new(name)))
}

/// Whether a pipe or a file is on standard input, as opposed to the keyboard or nothing.
pub fn is_piped(stdin: &io::Stdin) -> bool {
    let kind = stdin.as_fd().try_clone_to_owned().and_then(|fd| File::from(fd).metadata());
    kind.is_ok_and(|found| found.file_type().is_fifo() || found.is_file())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be named")]

    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_file_has_the_same_id_before_and_after_it_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let (folder, link) = (home.path().join("clippings"), home.path().join("link"));
        fs::create_dir(&folder).unwrap();
        symlink(&folder, &link).unwrap();
        let file = folder.join("a b.txt");
        fs::write(&file, "words").unwrap();
        let id = SourceId::of_file(&fs::canonicalize(&file).unwrap());
        let names = [file.clone().into(), link.join("a b.txt").into(), std::ffi::OsString::from(id.as_str())];
        for gone in [false, true] {
            if gone {
                fs::remove_file(&file).unwrap();
            }
            for name in &names {
                assert_eq!(id_of(name).as_ref(), Some(&id), "{name:?}, gone: {gone}");
            }
        }
        assert_eq!(self::folder(link.as_os_str()), Some(fs::canonicalize(&folder).unwrap()));
        assert_eq!(self::folder(file.as_os_str()), None);
    }

    #[test]
    fn a_path_is_told_from_words() {
        for path in [".", "./a", "/a", "../b c", "clippings/", "news/rents", "rents.txt", "file:///a", "a.MD"] {
            assert!(is_path(OsStr::new(path)), "{path}");
        }
        for words in
            ["rents", "is:unread", "10.5", "the u.s. economy", "source:a/b", "tag:a.md", "either/or thing", "#a"]
        {
            assert!(!is_path(OsStr::new(words)), "{words}");
        }
    }

    #[test]
    fn an_id_stands_for_itself() {
        for id in ["edition:01-welcome", "https://example.org/a", "urn:sha-256:00", "urn:uuid:00"] {
            assert_eq!(id_of(id.as_ref()).unwrap().as_str(), id);
        }
        assert_eq!(id_of("http://www.example.org/a/?utm_source=x".as_ref()).unwrap().as_str(), "https://example.org/a");
        assert_eq!(id_of("-".as_ref()), None);
        assert!(id_of("gone/story.txt".as_ref()).unwrap().as_str().ends_with("/gone/story.txt"));
    }
}
