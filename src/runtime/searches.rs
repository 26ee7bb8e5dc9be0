//! The searches that were saved, on their way to the disk and back: a part of the bookmark thread, which is waited for at
//! the end.

use std::path::PathBuf;

use crate::command::{BookmarkAnswer, Notice};
use crate::io::clock;
use crate::io::file_version::FileVersion;
use crate::io::searches;
use crate::query::SearchEdit;

/// Reads and writes `searches.tsv`.
pub(super) struct SearchWriter {
    data_dir: PathBuf,
    /// The file that was read or written last.
    version: FileVersion,
    /// What was told to be wrong: each is told once.
    told: Vec<String>,
}

impl SearchWriter {
    /// Reads the searches, and says what is wrong with them.
    pub(super) fn open(data_dir: PathBuf) -> (Self, BookmarkAnswer) {
        let mut writer = Self { data_dir, version: FileVersion::default(), told: Vec::new() };
        let answer = writer.read();
        (writer, answer)
    }

    /// Reads them again if somebody else changed the file.
    pub(super) fn refresh(&mut self) -> Option<BookmarkAnswer> {
        (searches::version(&self.data_dir) != self.version).then(|| self.read())
    }

    fn read(&mut self) -> BookmarkAnswer {
        self.version = searches::version(&self.data_dir);
        let (searches, problems) = match searches::load(&self.data_dir, clock::now()) {
            Ok(loaded) => (Some(loaded.searches), loaded.problems),
            Err(error) => (None, vec![format!("Your searches are not used: {error}")]),
        };
        let new = problems.iter().filter(|problem| !self.told.contains(problem));
        let notices = new.map(|problem| Notice::error(format!("{problem}."))).collect();
        self.told = problems;
        BookmarkAnswer::SearchesChanged { searches, notices }
    }

    /// Writes a change.
    pub(super) fn save(&mut self, edit: &SearchEdit, done: String) -> BookmarkAnswer {
        let saved = searches::save(&self.data_dir, edit, clock::now());
        if saved.is_ok() {
            self.version = searches::version(&self.data_dir);
        }
        BookmarkAnswer::SearchesSaved(saved.map(|searches| (searches, done)).map_err(|error| error.to_string()))
    }
}
