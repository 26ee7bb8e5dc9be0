//! What the reader knows better about names, on its way to the disk and back: a part of the bookmark thread, which is
//! waited for at the end.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::command::{BookmarkAnswer, Notice, Request};
use crate::entity::corrections::{Corrections, Edit};
use crate::io::corrections::{self, Loaded, SaveOutcome};
use crate::io::file_version::FileVersion;

/// Reads and writes `entities.tsv`.
pub(super) struct CorrectionWriter {
    data_dir: PathBuf,
    /// The file that was read or written last.
    version: FileVersion,
    /// Lines that were told to be wrong: each is told once.
    told: Vec<String>,
    /// Edits that are not on the disk, in the order they were made.
    unsaved: Vec<Edit>,
}

impl CorrectionWriter {
    /// Reads the corrections, and says what is wrong with them.
    pub(super) fn open(data_dir: PathBuf) -> (Self, BookmarkAnswer) {
        let mut writer = Self { data_dir, version: FileVersion::default(), told: Vec::new(), unsaved: Vec::new() };
        let answer = writer.changed();
        (writer, answer)
    }

    fn changed(&mut self) -> BookmarkAnswer {
        let (corrections, notices) = self.read();
        BookmarkAnswer::CorrectionsChanged { corrections, notices }
    }

    /// Reads them again if somebody else changed the file.
    pub(super) fn refresh(&mut self) -> Option<BookmarkAnswer> {
        // What is not written yet would be gone from the screen.
        let is_news = self.unsaved.is_empty() && corrections::version(&self.data_dir) != self.version;
        is_news.then(|| self.changed())
    }

    fn read(&mut self) -> (Option<Corrections>, Vec<Notice>) {
        self.version = corrections::version(&self.data_dir);
        match corrections::load(&self.data_dir) {
            Ok(loaded) => {
                let notices = self.news(&loaded);
                (Some(loaded.corrections), notices)
            }
            Err(error) => (None, vec![Notice::error(format!("Your corrections of names are not used: {error}."))]),
        }
    }

    /// The wrong lines that were not told before.
    fn news(&mut self, loaded: &Loaded) -> Vec<Notice> {
        let problems: Vec<String> = loaded.problems().collect();
        let told: HashSet<&String> = self.told.iter().collect();
        let new = problems.iter().filter(|problem| !told.contains(problem));
        let notices = new.map(|problem| Notice::error(format!("{problem}."))).collect();
        self.told = problems;
        notices
    }

    /// Writes an edit, and those that could not be written before.
    pub(super) fn save(&mut self, request: Request<Corrections>, edit: Edit, done: String) -> BookmarkAnswer {
        self.unsaved.push(edit);
        let (loaded, refused) = match self.write() {
            Ok(saved) => saved,
            Err(error) => return BookmarkAnswer::CorrectionsSaved(Err(error)),
        };
        let done = match loaded.nearly_full() {
            Some(told) => format!("{done} {told}."),
            None => done,
        };
        let Some(reason) = refused else {
            return BookmarkAnswer::CorrectionsSaved(Ok((request.reply(loaded.corrections), done)));
        };
        // It is shown already: what holds is what is on the disk.
        let notices = vec![Notice::error(format!("The correction was not saved: {reason}."))];
        BookmarkAnswer::CorrectionsChanged { corrections: Some(loaded.corrections), notices }
    }

    /// Writes what is not written; with the reason why some of it is refused, which will not be tried again.
    fn write(&mut self) -> Result<(Loaded, Option<String>), String> {
        let SaveOutcome { loaded, refused } =
            corrections::save(&self.data_dir, &self.unsaved).map_err(|error| format!("{error}."))?;
        self.unsaved.clear();
        self.version = corrections::version(&self.data_dir);
        Ok((loaded, refused.into_iter().flatten().next()))
    }

    /// Whether an edit is not on the disk.
    pub(super) fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Tries a last time to write what is not written.
    ///
    /// # Errors
    /// What is not saved and why, on one line.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        if self.unsaved.is_empty() {
            return Ok(());
        }
        let refused = self.write().map_or_else(Some, |(_, refused)| refused);
        let not_saved =
            |reason: String| Err(format!("corrections of names are NOT saved: {}", reason.trim_end_matches('.')));
        refused.map_or(Ok(()), not_saved)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "plays the other program")]

    use std::fs;

    use super::*;
    use crate::command::Latest;
    use crate::entity::Kind;
    use crate::entity::corrections::{Correction, Named};

    fn open(data_dir: PathBuf) -> (CorrectionWriter, Corrections, Vec<Notice>) {
        match CorrectionWriter::open(data_dir) {
            (writer, BookmarkAnswer::CorrectionsChanged { corrections, notices }) => {
                (writer, corrections.unwrap_or_default(), notices)
            }
            (_, other) => panic!("{other:?}"),
        }
    }

    /// The first request of a session.
    fn request() -> Request<Corrections> {
        Latest::default().request()
    }

    fn accepted(answer: BookmarkAnswer) -> Option<(Corrections, String)> {
        let mut latest = Latest::default();
        latest.request();
        match answer {
            BookmarkAnswer::CorrectionsSaved(Ok((reply, told))) => Some((latest.accept(reply)?, told)),
            _ => None,
        }
    }

    fn follow(name: &str) -> Edit {
        Edit { take: vec![], add: vec![Correction::Follow(Named::new(Kind::Person, name).unwrap())] }
    }

    #[test]
    fn what_others_wrote_is_seen_once_and_each_wrong_line_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("entities.tsv");
        fs::write(&file, "nonsense\n").unwrap();
        let (mut writer, corrections, notices) = open(folder.path().to_owned());
        assert!(corrections.is_empty());
        assert!(notices[0].text.starts_with("entities.tsv line 1: “nonsense” is no verb"), "{notices:?}");
        assert!(writer.refresh().is_none());
        fs::write(&file, "nonsense\nignore\tperson\tRice\n").unwrap();
        let Some(BookmarkAnswer::CorrectionsChanged { corrections: Some(corrections), notices }) = writer.refresh()
        else {
            panic!()
        };
        assert_eq!((corrections.len(), notices), (1, vec![]));
        assert!(writer.refresh().is_none());
        writer.save(request(), follow("Ann"), String::new());
        assert!(writer.refresh().is_none(), "its own writing is no news");
    }

    #[test]
    fn what_could_not_be_written_is_written_with_the_next_or_told_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("entities.tsv");
        let (mut writer, ..) = open(folder.path().to_owned());
        fs::create_dir(&file).unwrap();
        let failed = writer.save(request(), follow("Ann"), String::new());
        assert!(matches!(failed, BookmarkAnswer::CorrectionsSaved(Err(_))), "{failed:?}");
        assert!(writer.has_unsaved());
        assert!(writer.finish().unwrap_err().contains("NOT saved: cannot"));
        fs::remove_dir(&file).unwrap();
        let saved = writer.save(request(), follow("Bo"), "Saved".to_owned());
        let Some((corrections, told)) = accepted(saved) else { panic!() };
        assert_eq!((corrections.len(), told.as_str()), (2, "Saved"));
        assert_eq!(writer.finish(), Ok(()));
    }

    #[test]
    fn a_correction_that_does_not_fit_is_refused_alone_and_not_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("entities.tsv");
        fs::write(&file, format!("#{}\nfollow\tperson\tAnn\n", "x".repeat(1_040_000))).unwrap();
        let (mut writer, corrections, notices) = open(folder.path().to_owned());
        assert_eq!((corrections.len(), notices.len()), (1, 1));
        assert!(notices[0].text.contains("is 99 % full"), "{notices:?}");
        let refused = writer.save(request(), follow(&"Bo".repeat(10_000)), String::new());
        let BookmarkAnswer::CorrectionsChanged { corrections: Some(corrections), notices } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((corrections.len(), writer.has_unsaved()), (1, false));
        assert!(
            notices[0].text.starts_with("The correction was not saved: entities.tsv would be longer"),
            "{notices:?}"
        );
        let saved = writer.save(request(), follow("Cy"), "Saved.".to_owned());
        let Some((corrections, told)) = accepted(saved) else { panic!() };
        assert_eq!(corrections.len(), 2);
        assert!(told.starts_with("Saved. entities.tsv is 99 % full"), "{told}");
        assert_eq!(writer.finish(), Ok(()));
    }
}
