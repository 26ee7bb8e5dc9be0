//! The texts in a folder, and in the folders inside it.
#![expect(clippy::disallowed_methods, reason = "the one place that lists folders")]

use std::cmp::Ordering;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::files::{self, Links};
use super::{Resolved, SourceError, SourceRef};
use crate::text::natural;

/// Extensions of text files.
const EXTENSIONS: [&str; 9] = ["txt", "text", "md", "markdown", "rst", "html", "htm", "xhtml", "eml"];

/// Maximum number of files taken from one folder: twice what a library keeps unless told otherwise.
pub(super) const MAX_FILES: usize = if cfg!(test) { 500 } else { 200_000 };

/// Maximum number of entries examined, so that opening `/` by accident ends.
const MAX_ENTRIES: usize = 400_000;

/// Maximum depth of subfolders: topic, year, month, day, and one to spare.
const MAX_DEPTH: usize = 5;

/// Bytes examined to tell a text without an extension from a program.
const PEEK: u64 = 512;

/// The texts of a folder by name, numbers in names by their value, its own before those of the folders inside. Hidden things and linked folders (which
/// may lead in a circle) are left out.
pub(super) fn texts(folder: &Path) -> Result<Resolved, SourceError> {
    let mut sources = Vec::new();
    let left_out = each(folder, &mut |mut some| sources.append(&mut some))?;
    Ok(Resolved { folder: None, sources, left_out })
}

/// Gives the texts of a folder, and of each folder inside it, in the same order: the names of a hundred thousand take more
/// room than the rest of the program. Returns what was left out.
pub(super) fn each(folder: &Path, give: &mut dyn FnMut(Vec<SourceRef>)) -> Result<Vec<SourceError>, SourceError> {
    let mut walk = Walk { give, given: 0, left_out: Vec::new(), seen: 0, other: None };
    match walk.visit(folder, 0) {
        Err(error) => return Err(SourceError::from_io(&error, folder)),
        Ok(true) => walk.left_out.push(SourceError::TooMany { path: folder.to_owned(), opened: walk.given }),
        Ok(false) => {}
    }
    if walk.given == 0 && walk.left_out.is_empty() {
        return Err(SourceError::EmptyFolder { path: folder.to_owned(), other: walk.other });
    }
    Ok(walk.left_out)
}

struct Walk<'a> {
    give: &'a mut dyn FnMut(Vec<SourceRef>),
    given: usize,
    left_out: Vec<SourceError>,
    seen: usize,
    /// The first file that was left out.
    other: Option<PathBuf>,
}

impl Walk<'_> {
    /// Visits one folder; returns whether to stop.
    fn visit(&mut self, folder: &Path, depth: usize) -> std::io::Result<bool> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder)? {
            self.seen += 1;
            if self.seen > MAX_ENTRIES {
                break;
            }
            // Entries that vanish while being listed are skipped.
            let Ok(entry) = entry else { continue };
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() || kind.is_symlink() && path.is_file() {
                files.push(path);
            }
        }
        files.sort_by(|one, other| by_name(one, other));
        folders.sort_by(|one, other| by_name(one, other));
        folders.retain(|folder| !is_part_of_a_page(folder, &files));
        let mut texts = Vec::new();
        for path in files {
            if !is_text(&path) {
                self.other.get_or_insert(path);
                continue;
            }
            if self.given == MAX_FILES {
                (self.give)(texts);
                return Ok(true);
            }
            self.given += 1;
            texts.push(SourceRef::Found(path));
        }
        (self.give)(texts);
        if self.seen > MAX_ENTRIES {
            return Ok(true);
        }
        if depth < MAX_DEPTH {
            for inside in folders {
                match self.visit(&inside, depth + 1) {
                    Ok(true) => return Ok(true),
                    Ok(false) => {}
                    Err(error) => self.left_out.push(SourceError::from_io(&error, &inside)),
                }
            }
        }
        Ok(false)
    }
}

/// The order of two paths in one folder.
fn by_name(one: &Path, other: &Path) -> Ordering {
    let [one, other] = [one, other].map(|path| path.file_name().unwrap_or_default().as_encoded_bytes());
    natural::compare(one, other)
}

/// Whether a folder holds the pictures and frames of a page beside it, as browsers save them: `Tides_files` beside
/// `Tides.html`.
fn is_part_of_a_page(folder: &Path, files: &[PathBuf]) -> bool {
    let page = folder.to_string_lossy();
    page.strip_suffix("_files").is_some_and(|page| {
        let is_there = |page: &Path| files.binary_search_by(|file| by_name(file, page)).is_ok();
        ["html", "htm", "xhtml"].iter().any(|ending| is_there(Path::new(&format!("{page}.{ending}"))))
    })
}

/// Whether a name ends like that of a text.
pub(super) fn has_text_ending(path: &Path) -> bool {
    path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Whether a file in a folder is meant to be read: by its ending, or, without one, by its first bytes.
fn is_text(path: &Path) -> bool {
    if path.extension().is_some() {
        return has_text_ending(path);
    }
    let mut start = Vec::new();
    let read = files::open(path, Links::Follow).and_then(|file| file.take(PEEK).read_to_end(&mut start));
    // UTF-16 is full of zeros and says so first; a file that cannot be read is named when it is opened.
    read.is_err() || start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || !start.contains(&0)
}
