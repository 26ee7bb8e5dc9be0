//! Hands things to other programs: addresses to the browser, bookmarks to a file that was named in the bookmarks pane.

use std::path::Path;

use crate::bookmark::Bookmark;
use crate::bookmark::export::ExportFormat;
use crate::command::{Answer, DeskAnswer, DeskJob, ImportedFeeds, Notice};
use crate::io::exports::{ExportNote, ExportOutcome, export};
use crate::io::programs::Programs;
use crate::io::{feed_files, paths};
use crate::text::plural::count;
use crate::text::sanitize::one_line;
use crate::text::unprintable::printable;

use super::importing::{ImportReport, import_feeds};
use super::with_hint;

/// Carries out a job, which may take for ever; there may be nothing to say.
pub(crate) fn carry_out(job: DeskJob, data_dir: &Path, programs: &Programs) -> Option<Answer> {
    Some(Answer::Notice(match job {
        DeskJob::OpenUrl(url) => match programs.open(&url) {
            Ok(()) => Notice::done(format!("Opened {url}.")),
            Err(error) => Notice::error(format!("{error}.")),
        },
        DeskJob::Play(url) => match programs.play(&url) {
            Ok(player) => Notice::done(format!("{} plays {}.", printable(&player), printable(&url))),
            Err(error) => Notice::error(format!("Not played: {error}.")),
        },
        DeskJob::Notify { count, titles } => {
            Notice::error(format!("What is new is told of nowhere else: {}.", programs.notify(count, &titles).err()?))
        }
        DeskJob::FindFeedFiles { is_asked_for } => {
            let is_wanted = is_asked_for || !data_dir.join("feeds.opml").exists();
            let found = if is_wanted { feed_files::find() } else { Vec::new() };
            return Some(Answer::Desk(DeskAnswer::FeedFiles { found, is_asked_for }));
        }
        DeskJob::ImportFeeds(file) => {
            let imported = import_feeds(&file, data_dir).map(|report| {
                let told = told(&report, &file);
                ImportedFeeds { new: report.added, told }
            });
            return Some(Answer::Desk(DeskAnswer::Imported(imported)));
        }
        DeskJob::Export { file, bookmarks } => export_to(data_dir, &file, &bookmarks),
    }))
}

/// What an import did, in a sentence.
fn told(report: &ImportReport, file: &Path) -> String {
    let ImportReport { added, known, problems } = report;
    let there = match known {
        0 => String::new(),
        1 => "; 1 was there already".to_owned(),
        known => format!("; {known} were there already"),
    };
    let left = match problems.as_slice() {
        [] => String::new(),
        [problem] => format!("; not taken over: {}", one_line(problem)),
        [problem, others @ ..] => format!("; not taken over: {}, and {} more", one_line(problem), others.len()),
    };
    format!("Added {} from {}{there}{left}.", count(added.len(), "feed"), printable(&file.to_string_lossy()))
}

/// Writes bookmarks to a file that was typed.
fn export_to(data_dir: &Path, typed: &str, bookmarks: &[Bookmark]) -> Notice {
    let file = paths::typed(typed);
    let Some(format) = ExportFormat::of_file(&file) else {
        return Notice::error(format!("Not exported: the name has to end in one of {}.", ExportFormat::EXTENSIONS));
    };
    let (all, left_out) = (bookmarks.len(), format.left_out(bookmarks));
    let count = match (all, left_out) {
        (1, 0) => "1 bookmark".to_owned(),
        (_, 0) => format!("{all} bookmarks"),
        _ => format!("{} of {all} bookmarks (places have no words)", all - left_out),
    };
    let _note = ExportNote::new(data_dir, &file);
    match export(&file, format, bookmarks) {
        Ok(ExportOutcome::Written { kept: None }) => Notice::done(format!("Wrote {count} to {}.", file.display())),
        Ok(ExportOutcome::Written { kept: Some(kept) }) => {
            let kept = kept.file_name().unwrap_or(kept.as_os_str());
            Notice::done(format!("Wrote {count}; the old document is {}.", kept.display()))
        }
        Ok(ExportOutcome::Nothing) => Notice::done(format!("No bookmarks, so {} is not written.", file.display())),
        Ok(ExportOutcome::UpToDate) => Notice::done(format!("{} is up to date.", file.display())),
        Err(error) => Notice::error(format!("Not exported: {}.", with_hint(&error, error.hint()))),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "looks at what was written")]

    use super::*;
    use crate::bookmark::tests::{DEVICE, sample, time};

    #[test]
    fn an_import_tells_what_it_added_what_was_there_and_what_it_left() {
        let told = |added, known, problems: &[&str]| {
            let added = vec![String::new(); added];
            let problems = problems.iter().map(|problem| (*problem).to_owned()).collect();
            told(&ImportReport { added, known, problems }, Path::new("/a/urls"))
        };
        assert_eq!(told(1, 0, &[]), "Added 1 feed from /a/urls.");
        assert_eq!(told(42, 1, &[]), "Added 42 feeds from /a/urls; 1 was there already.");
        assert_eq!(
            told(2, 3, &["line 3: no address", "x"]),
            "Added 2 feeds from /a/urls; 3 were there already; not taken over: line 3: no address, and 1 more."
        );
    }

    #[test]
    fn the_ending_says_the_form_and_what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let to = |name: &str| export_to(folder.path(), folder.path().join(name).to_str().unwrap(), &[]).text;
        assert!(to("a.csv").starts_with("Wrote 0 bookmarks to "));
        assert!(to("a.csv").contains("already exists"));
        assert!(to("a.txt").contains(".md .json"));
        let header = std::fs::read_to_string(folder.path().join("a.csv")).unwrap();
        assert!(header.contains("Highlight"), "{header}");
    }

    #[test]
    fn what_somebody_wrote_stays_and_the_old_document_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.md");
        let noted = |note| sample(1).with_note(note, DEVICE, time(1)).unwrap();
        let to = |note| export_to(folder.path(), file.to_str().unwrap(), &[noted(note)]).text;
        to("one");
        let old =
            std::fs::read_to_string(&file).unwrap().replace("    - Note: one", "    - Note: mine\n    - Note: one");
        std::fs::write(&file, &old).unwrap();
        assert_eq!(to("two"), "Wrote 1 bookmark; the old document is notes.md.before-dateline.");
        let new = std::fs::read_to_string(&file).unwrap();
        assert!(new.contains("    - Note: mine\n    - Note: two\n") && !new.contains("Note: one"), "{new}");
        assert_eq!(std::fs::read_to_string(folder.path().join("notes.md.before-dateline")).unwrap(), old);
    }
}
