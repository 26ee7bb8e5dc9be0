//! Reads articles from files, folders and pipes, any of which may take for ever. So each job has a thread of its own, or
//! one that is replaced when it hangs; they share what this session knows of sources. What they read goes on to the
//! library worker, which adds what is known of it and answers.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::article::{Arrival, SourceId};
use crate::command::{Answer, CompletionResult, LibraryAnswer, Notice, SourceAnswer, SourceJob};
use crate::io::completion::complete;
use crate::io::sources::{self, SourceRef};
use crate::io::{clock, paths};
use crate::text::sanitize::one_line;

use super::library_worker::{LibraryTask, ListedAs, Prepared, arrival};
use super::loading::{Reading, load};
use super::with_hint;

/// How many named sources are read at once before the screen hears of them.
const BATCH: usize = 40;

/// What comes of a source.
pub(crate) enum SourceOutput {
    /// This is the answer.
    Answer(Answer),
    /// The library worker has to add what is known, and answers.
    Library(LibraryTask),
}

impl SourceOutput {
    fn notice(notice: Notice) -> Self {
        Self::Answer(Answer::Notice(notice))
    }
}

/// Reads sources. Its copies share what they know.
#[derive(Clone, Default)]
pub(crate) struct SourceReader {
    known: Arc<Mutex<Known>>,
}

/// What this session knows of sources. The lock is never held while something is read.
#[derive(Default)]
struct Known {
    /// Where articles come from.
    sources: HashMap<SourceId, SourceRef>,
    /// Articles that cannot be read a second time: standard input and pipes.
    held: HashMap<SourceId, Reading>,
    /// The article that is about to be opened, because it was named first: it is not read twice.
    first: Option<Reading>,
}

/// The moment at which the article behind so many others is taken to have come.
fn before(at: Timestamp, articles: usize) -> Timestamp {
    let earlier = SignedDuration::from_millis(i64::try_from(articles).unwrap_or(i64::MAX));
    at.checked_sub(earlier).unwrap_or(at)
}

impl SourceReader {
    fn lock(&self) -> MutexGuard<'_, Known> {
        // Nothing panics while the lock is held.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries out a job, and hands out what comes of it as it comes.
    pub(crate) fn carry_out(&self, job: SourceJob, give: &mut dyn FnMut(SourceOutput)) {
        match job {
            SourceJob::Open { request, id } => {
                let text = self.read(&id).map(Prepared::new);
                give(SourceOutput::Library(LibraryTask::Open { request, id, text }));
            }
            SourceJob::Add { source } => self.add(&source, give),
            SourceJob::LookAgain => give(SourceOutput::Answer(Answer::Library(LibraryAnswer::Changed))),
            SourceJob::Complete { request, typed } => {
                let found = complete(&typed);
                let answer = SourceAnswer::Completed(request.reply(CompletionResult { typed, found }));
                give(SourceOutput::Answer(Answer::Sources(answer)));
            }
        }
    }

    fn read(&self, id: &SourceId) -> Result<Reading, String> {
        let source = {
            let mut known = self.lock();
            if let Some(first) = known.first.take_if(|first| first.article.id == *id) {
                return Ok(first);
            }
            if let Some(reading) = known.held.get(id) {
                return Ok(reading.clone());
            }
            known.sources.get(id).cloned()
        };
        match source.or_else(|| SourceRef::from_id(id)) {
            Some(source) => try_load(&source),
            None if id.is_unplaced() => {
                Err("This passage came without its article. Open one with its title, and it is looked for there."
                    .to_owned())
            }
            None => Err(format!("There is no way to read {id} again.")),
        }
    }

    /// Looks at what a person typed. Articles are listed as they are read; what is answered counts all of them.
    fn add(&self, typed: &str, give: &mut dyn FnMut(SourceOutput)) {
        let mut notices = Vec::new();
        let path = paths::typed(typed);
        let mut found = resolve(path.as_os_str(), &mut notices);
        if found.contains(&SourceRef::Stdin) {
            // The keys come from the same place.
            found.clear();
            notices.push(Notice::error("Standard input is read only at the start: `command | dateline -`."));
        }
        let is_folder = found.iter().any(|source| matches!(source, SourceRef::Found(_)));
        let folder = is_folder.then(|| one_line(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()));
        let mut found = found.into_iter();
        let at = clock::now();
        let first = self.read_batch(&mut found, 1, &mut notices);
        if folder.is_some() {
            // Only a file is opened at once.
            self.lock().first = None;
        }
        if first.is_empty() {
            let told = notices.pop().map_or_else(|| "There is nothing to read in it.".to_owned(), |notice| notice.text);
            give(SourceOutput::Answer(Answer::Sources(SourceAnswer::Added(Err(told)))));
        } else {
            let count = 1 + self.list(found, before(at, 1), &mut notices, give);
            let listed_as = ListedAs::Added { count, folder };
            give(SourceOutput::Library(LibraryTask::List { arrivals: first, listed_as, at }));
        }
        notices.into_iter().map(SourceOutput::notice).for_each(give);
    }

    /// Reads what was named on the command line: the first article is to be opened, the others are listed. A source that
    /// may take for ever is handed to `aside`, so that the others do not wait for it.
    pub(crate) fn read_named(
        &self,
        named: &[OsString],
        aside: &dyn Fn(SourceRef, ListedAs),
        give: &mut dyn FnMut(SourceOutput),
    ) {
        let mut notices = Vec::new();
        let found: Vec<SourceRef> = named.iter().flat_map(|name| resolve(name, &mut notices)).collect();
        let first_blocks = found.first().is_some_and(SourceRef::may_block);
        let (slow, quick): (Vec<_>, Vec<_>) = found.into_iter().partition(SourceRef::may_block);
        for (number, source) in slow.into_iter().enumerate() {
            let is_first = first_blocks && number == 0;
            aside(source, if is_first { ListedAs::Named } else { ListedAs::More });
        }
        let (mut quick, at) = (quick.into_iter(), clock::now());
        if !first_blocks {
            let arrivals = self.read_batch(&mut quick, 1, &mut notices);
            give(SourceOutput::Library(LibraryTask::List { arrivals, listed_as: ListedAs::Named, at }));
        }
        notices.drain(..).map(SourceOutput::notice).for_each(&mut *give);
        self.list(quick, before(at, 1), &mut notices, give);
        notices.into_iter().map(SourceOutput::notice).for_each(give);
    }

    /// Reads one source that was named on the command line.
    pub(crate) fn read_one(&self, source: SourceRef, listed_as: ListedAs, give: &mut dyn FnMut(SourceOutput)) {
        let mut notices = Vec::new();
        let arrivals = self.read_batch(&mut std::iter::once(source), 1, &mut notices);
        give(SourceOutput::Library(LibraryTask::List { arrivals, listed_as, at: clock::now() }));
        notices.into_iter().map(SourceOutput::notice).for_each(give);
    }

    /// Lists all of these, some at a time, the first as if it had come at `at`. Returns how many articles there are.
    fn list(
        &self,
        mut sources: impl Iterator<Item = SourceRef>,
        at: Timestamp,
        notices: &mut Vec<Notice>,
        give: &mut dyn FnMut(SourceOutput),
    ) -> usize {
        let mut listed = 0;
        loop {
            let arrivals = self.read_batch(&mut sources, BATCH, notices);
            if arrivals.is_empty() {
                return listed;
            }
            let at = before(at, listed);
            listed += arrivals.len();
            give(SourceOutput::Library(LibraryTask::List { arrivals, listed_as: ListedAs::More, at }));
        }
    }

    /// Reads sources until `wanted` articles were found or none is left.
    fn read_batch(
        &self,
        sources: &mut dyn Iterator<Item = SourceRef>,
        wanted: usize,
        notices: &mut Vec<Notice>,
    ) -> Vec<Arrival> {
        let mut arrivals = Vec::new();
        while arrivals.len() < wanted {
            let Some(source) = sources.next() else { break };
            match try_load(&source) {
                Ok(reading) => arrivals.push(self.remember(source, reading, wanted == 1)),
                Err(error) => notices.push(Notice::error(error)),
            }
        }
        arrivals
    }

    /// Remembers where an article comes from.
    fn remember(&self, source: SourceRef, reading: Reading, is_first: bool) -> Arrival {
        let (id, arrival) = (reading.article.id.clone(), arrival(reading.article.clone()));
        let mut known = self.lock();
        if id.file_path().is_none() && id.edition_slug().is_none() {
            known.held.insert(id, reading);
        } else {
            known.sources.insert(id, source);
            if is_first {
                known.first = Some(reading);
            }
        }
        arrival
    }
}

/// The sources a name stands for.
fn resolve(name: &OsStr, notices: &mut Vec<Notice>) -> Vec<SourceRef> {
    match sources::resolve(name) {
        Ok(resolved) => {
            notices.extend(resolved.left_out.iter().map(|error| Notice::error(format!("{error}."))));
            resolved.sources
        }
        Err(error) => {
            notices.push(Notice::error(format!("{}.", with_hint(&error, error.hint()))));
            Vec::new()
        }
    }
}

/// Reads a source; what went wrong is told on one line. A text that makes us stumble costs that text only.
fn try_load(source: &SourceRef) -> Result<Reading, String> {
    if let Ok(read) = catch_unwind(|| load(source)) {
        return read.map_err(|error| format!("{}.", error.told()));
    }
    let name = match source {
        SourceRef::File(path) | SourceRef::Found(path) => path.to_string_lossy(),
        SourceRef::Stdin => "standard input".into(),
        SourceRef::Edition(slug) => slug.into(),
    };
    Err(format!("dateline stumbled over {name}; the log file says where (see `dateline doctor`)."))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be read")]

    use std::cell::RefCell;
    use std::fs;
    use std::path::Path;

    use super::*;

    fn lay(folder: &Path, name: &str) -> OsString {
        let path = folder.join(name);
        fs::write(&path, format!("The title of {name}\n\nThe words of {name} are few.\n")).unwrap();
        path.into_os_string()
    }

    /// The titles of what comes to be listed, with who asked for it; and what is told.
    fn summary(outputs: Vec<SourceOutput>) -> Vec<String> {
        let line = |output| match output {
            SourceOutput::Library(LibraryTask::List { arrivals, listed_as, .. }) => {
                let titles: Vec<String> = arrivals.iter().map(|arrival| arrival.article.title.clone()).collect();
                format!("{listed_as:?}: {}", titles.join(", "))
            }
            SourceOutput::Answer(Answer::Notice(notice)) => notice.text,
            SourceOutput::Answer(Answer::Sources(SourceAnswer::Added(Err(error)))) => error,
            SourceOutput::Library(_) | SourceOutput::Answer(_) => panic!("not asked for"),
        };
        outputs.into_iter().map(line).collect()
    }

    fn added(source: String) -> Vec<String> {
        let mut outputs = Vec::new();
        SourceReader::default().carry_out(SourceJob::Add { source }, &mut |output| outputs.push(output));
        summary(outputs)
    }

    fn named(reader: &SourceReader, names: &[OsString]) -> (Vec<String>, Vec<(SourceRef, ListedAs)>) {
        let (mut outputs, aside) = (Vec::new(), RefCell::new(Vec::new()));
        reader.read_named(names, &|source, listed_as| aside.borrow_mut().push((source, listed_as)), &mut |output| {
            outputs.push(output);
        });
        (summary(outputs), aside.into_inner())
    }

    #[test]
    fn the_first_article_that_was_named_comes_before_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a.txt", "b.txt", "c.txt"].map(|name| lay(folder.path(), name));
        let none = folder.path().join("none.txt").into_os_string();
        let (outputs, aside) = named(&SourceReader::default(), &[none, a, b, c]);
        assert!(aside.is_empty());
        assert_eq!(outputs.len(), 3, "{outputs:?}");
        assert_eq!(outputs[0], "Named: The title of a.txt");
        assert!(outputs[1].contains("none.txt"), "{outputs:?}");
        assert_eq!(outputs[2], "More: The title of b.txt, The title of c.txt");
    }

    #[test]
    fn what_may_take_for_ever_is_put_aside_and_the_others_do_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        crate::testing::make_pipe(&pipe);
        let a = lay(folder.path(), "a.txt");
        let (outputs, aside) = named(&SourceReader::default(), &[pipe.clone().into_os_string(), a, "-".into()]);
        assert_eq!(outputs, ["More: The title of a.txt"]);
        assert_eq!(aside, [(SourceRef::File(pipe), ListedAs::Named), (SourceRef::Stdin, ListedAs::More)]);
    }

    #[test]
    fn nothing_named_that_is_an_article_is_said_too() {
        let (outputs, _) = named(&SourceReader::default(), &["/there/is/none.txt".into()]);
        assert_eq!(outputs[0], "Named: ");
        assert_eq!(outputs.len(), 2);
    }

    #[test]
    fn a_folder_is_added_in_batches() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=BATCH {
            lay(folder.path(), &format!("{number:02}.txt"));
        }
        let source = folder.path().to_str().unwrap().to_owned();
        let outputs = added(source);
        assert_eq!(outputs.len(), 2, "{outputs:?}");
        assert!(outputs[0].starts_with("More: The title of 01.txt, "), "{outputs:?}");
        assert!(outputs[1].starts_with("Added { count: 41, folder: Some("), "{outputs:?}");
        assert!(outputs[1].ends_with(": The title of 00.txt"), "{outputs:?}");
    }

    #[test]
    fn standard_input_is_not_read_while_keys_are() {
        let outputs = added("-".to_owned());
        assert!(matches!(outputs.as_slice(), [told] if told.contains("only at the start")), "{outputs:?}");
    }

    #[test]
    fn the_article_named_first_is_opened_without_being_read_again_but_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = lay(folder.path(), "a.txt");
        let reader = SourceReader::default();
        named(&reader, std::slice::from_ref(&file));
        let id = SourceId::of_file(&fs::canonicalize(&file).unwrap());
        fs::write(&file, "Another title\n\nOther words.\n").unwrap();
        assert_eq!(reader.read(&id).unwrap().article.title, "The title of a.txt");
        assert_eq!(reader.read(&id).unwrap().article.title, "Another title");
    }
}
