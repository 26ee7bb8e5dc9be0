//! Reads articles from files, folders and pipes, any of which may take for ever. So each job has a thread of its own, or
//! one that is replaced when it hangs; they share what this session knows of sources. What they read goes on to the
//! library worker, which adds what is known of it and answers.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::iter::Peekable;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::article::{Arrival, SourceId, SourceKind};
use crate::command::{Answer, CompletionResult, LibraryJob, Notice, SourceAnswer, SourceJob};
use crate::intake::{Hints, TextEncoding};
use crate::io::completion::complete;
use crate::io::sources::{self, Resolved, SourceError, SourceRef};
use crate::io::{clock, paths};
use crate::library::{LibraryError, LibraryReader};
use crate::net::Network;
use crate::text::plural::grouped;
use crate::text::sanitize::one_line;

use super::adding::{arrival, before, sift};
use super::finding;
use super::library_task::{LibraryTask, ListedAs, Prepared};
use super::loading::{Access, LoadError, Reading, load_safely};
use super::refused::Refused;
use super::with_hint;

/// At most so many articles go to the library together, …
const MOST: usize = 200;
/// … with at most so many bytes of words, …
const MOST_BYTES: usize = 8 << 20;
/// … unless reading them took longer than this. The list is drawn anew with each batch, so they are few a second.
const BATCH_TIME: Duration = Duration::from_millis(300);

/// How often it is said how far a folder is read.
const NOTE_TIME: Duration = Duration::from_secs(1);

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
    network: Network,
    /// The encoding of what was named on the command line, if it was named there, too.
    encoding: Option<TextEncoding>,
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
    /// Files that a person said the encoding of.
    encodings: HashMap<SourceId, TextEncoding>,
}

impl SourceReader {
    /// Reads sources, some of them over this network, and what was named on the command line in this encoding.
    pub(crate) fn new(network: Network, encoding: Option<TextEncoding>) -> Self {
        Self { network, encoding, ..Self::default() }
    }

    /// The same, for what was not named on the command line.
    fn unnamed(&self) -> Self {
        Self { encoding: None, ..self.clone() }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        // Nothing panics while the lock is held.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries out a job, and hands out what comes of it as it comes.
    pub(crate) fn carry_out(&self, job: SourceJob, give: &mut dyn FnMut(SourceOutput)) {
        match job {
            // Both are in the library, if anywhere.
            SourceJob::Open { request, id, .. } if matches!(id.kind(), SourceKind::Web | SourceKind::Entry) => {
                give(SourceOutput::Library(LibraryTask::OpenPage { request, id }));
            }
            SourceJob::Open { request, id, encoding, whole } => {
                if let Some(encoding) = encoding {
                    let mut known = self.lock();
                    known.encodings.insert(id.clone(), encoding);
                    known.first = None;
                }
                let text = self.read(&id, whole).map(Prepared::new);
                give(SourceOutput::Library(LibraryTask::Open { request, id, text }));
            }
            SourceJob::OpenFeedText { request, id } => {
                give(SourceOutput::Library(LibraryTask::OpenFeedText { request, id }));
            }
            SourceJob::Add { source } => self.unnamed().add(&source, give),
            SourceJob::LookAgain { is_told } => {
                give(SourceOutput::Library(LibraryTask::Job(LibraryJob::Refresh)));
                give(SourceOutput::Library(LibraryTask::LookAgain { is_asked_for: is_told }));
            }
            SourceJob::Complete { request, typed } => {
                let found = complete(&typed);
                let answer = SourceAnswer::Completed(request.reply(CompletionResult { typed, found }));
                give(SourceOutput::Answer(Answer::Sources(answer)));
            }
        }
    }

    fn read(&self, id: &SourceId, whole: bool) -> Result<Reading, String> {
        let (source, encoding) = {
            let mut known = self.lock();
            if !whole && let Some(first) = known.first.take_if(|first| first.article.id == *id) {
                return Ok(first);
            }
            if let Some(reading) = known.held.get(id) {
                return Ok(reading.clone());
            }
            (known.sources.get(id).cloned(), known.encodings.get(id).copied())
        };
        match source.or_else(|| SourceRef::from_id(id)) {
            Some(source) => {
                let hints = Hints { whole, ..Hints::in_encoding(encoding) };
                self.load_with(&source, hints).map_err(|error| format!("{}.", error.told()))
            }
            None if id.is_unplaced() => {
                Err("This passage came without its article. Open one with its title, and it is looked for there."
                    .to_owned())
            }
            None => Err(format!("There is no way to read {id} again.")),
        }
    }

    /// Looks at what a person typed. Articles are listed as they are read; what is answered counts all of them.
    fn add(&self, typed: &str, give: &mut dyn FnMut(SourceOutput)) {
        let mut told = Told::default();
        let path = paths::typed(typed);
        if sources::is_like_host(&path) && !path.exists() {
            let address = finding::in_full(typed);
            return give(SourceOutput::Answer(Answer::Sources(SourceAnswer::Address(address))));
        }
        let Resolved { mut sources, folder, .. } = resolve(path.as_os_str(), &mut told.notices);
        if let [SourceRef::Web(address)] = sources.as_slice() {
            return give(SourceOutput::Answer(Answer::Sources(SourceAnswer::Address(address.clone()))));
        }
        if sources.contains(&SourceRef::Stdin) {
            // The keys come from the same place.
            sources.clear();
            told.notices.push(Notice::error("Standard input is read only at the start: `command | dateline -`."));
        }
        let name = folder.as_ref().map(|_| one_line(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()));
        if let Some(folder) = folder.filter(|_| !sources.is_empty()) {
            // Before anything in it is read: should that be interrupted, the next start goes on.
            give(SourceOutput::Library(LibraryTask::AddFolder(folder)));
        }
        told.progress = name.as_ref().map(|name| Progress::new(name, sources.len()));
        let (mut sources, at) = (sources.into_iter().peekable(), clock::now());
        let first = self.read_batch(&mut sources, 1, &mut told);
        if name.is_some() {
            // Only a file is opened at once.
            self.lock().first = None;
        }
        if first.arrivals.is_empty() {
            let mut notices = told.into_notices();
            let last = notices.pop().map_or_else(|| "There is nothing to read in it.".to_owned(), |notice| notice.text);
            give(SourceOutput::Answer(Answer::Sources(SourceAnswer::Added(Err(last)))));
            notices.into_iter().map(SourceOutput::notice).for_each(give);
        } else {
            let count = 1 + self.list(sources, &ListedAs::More, before(at, 1), &mut told, give);
            give(first.listed_as(ListedAs::Added { count, folder: name }, at));
            told.into_notices().into_iter().map(SourceOutput::notice).for_each(give);
        }
    }

    /// Looks into a folder that was added before, and reads what is new in it or was changed. What is gone stays in the
    /// library, with its words; what cannot be read is logged, since nobody asked for it.
    ///
    /// # Errors
    /// When the folder is gone or cannot be looked into.
    pub(crate) fn look_again(
        &self,
        folder: &Path,
        library: &Mutex<LibraryReader>,
        give: &mut dyn FnMut(SourceOutput),
    ) -> Result<(), LookError> {
        // Nothing that may hang is done while the lock is held.
        let ask = |ids: &[SourceId]| library.lock().unwrap_or_else(PoisonError::into_inner).known_files(ids);
        let (mut fresh, mut failed) = (Vec::new(), None);
        let looked = sources::look_into(folder, &mut |texts| match sift(texts, ask) {
            Ok(mut sifted) => fresh.append(&mut sifted.fresh),
            Err(error) => failed = Some(error),
        });
        match (looked, failed) {
            // An empty one may have texts again.
            (Ok(()) | Err(SourceError::EmptyFolder { .. }), None) => {}
            (Err(error), _) => return Err(LookError::Source(error)),
            (_, Some(error)) => return Err(LookError::Library(error)),
        }
        let sources = fresh.into_iter().peekable();
        let mut told = Told::default();
        self.list(sources, &ListedAs::FoundAgain, clock::now(), &mut told, give);
        for notice in told.into_notices() {
            log::info!("{}", notice.text);
        }
        Ok(())
    }

    /// Reads what was named on the command line: the first article is to be opened, the others are listed. A source that
    /// may take for ever is handed to `aside`, so that the others do not wait for it.
    pub(crate) fn read_named(
        &self,
        named: &[OsString],
        aside: &dyn Fn(SourceRef, ListedAs),
        give: &mut dyn FnMut(SourceOutput),
    ) {
        let mut told = Told::default();
        let found: Vec<SourceRef> = named.iter().flat_map(|name| resolve(name, &mut told.notices).sources).collect();
        let first_blocks = found.first().is_some_and(SourceRef::may_block);
        let (pages, found): (Vec<_>, Vec<_>) = match found.split_first() {
            // It is opened like any page that a link leads to: from the library, if it is there.
            Some((SourceRef::Web(address), rest)) => (vec![address.clone()], rest.to_vec()),
            _ => (Vec::new(), found),
        };
        pages.iter().map(|address| to_be_opened(address)).for_each(&mut *give);
        let (slow, quick): (Vec<_>, Vec<_>) = found.into_iter().partition(SourceRef::may_block);
        for (number, source) in slow.into_iter().enumerate() {
            let is_first = first_blocks && pages.is_empty() && number == 0;
            aside(source, if is_first { ListedAs::Named } else { ListedAs::More });
        }
        let (mut quick, at) = (quick.into_iter().peekable(), clock::now());
        if !first_blocks {
            give(self.read_batch(&mut quick, 1, &mut told).listed_as(ListedAs::Named, at));
        }
        std::mem::take(&mut told).into_notices().into_iter().map(SourceOutput::notice).for_each(&mut *give);
        self.list(quick, &ListedAs::More, before(at, 1), &mut told, give);
        give(SourceOutput::Library(LibraryTask::EndNamed));
        told.into_notices().into_iter().map(SourceOutput::notice).for_each(give);
    }

    /// Reads one source that was named on the command line.
    pub(crate) fn read_one(&self, source: SourceRef, listed_as: ListedAs, give: &mut dyn FnMut(SourceOutput)) {
        let mut told = Told::default();
        let mut source = vec![source].into_iter().peekable();
        give(self.read_batch(&mut source, 1, &mut told).listed_as(listed_as, clock::now()));
        told.into_notices().into_iter().map(SourceOutput::notice).for_each(give);
    }

    /// Lists all of these, some at a time, the first as if it had come at `at`. Returns how many articles there are.
    fn list(
        &self,
        mut sources: Peekable<impl Iterator<Item = SourceRef>>,
        listed_as: &ListedAs,
        at: Timestamp,
        told: &mut Told,
        give: &mut dyn FnMut(SourceOutput),
    ) -> usize {
        let mut listed = 0;
        while sources.peek().is_some() {
            let batch = self.read_batch(&mut sources, MOST, told);
            let count = batch.arrivals.len();
            if count > 0 {
                give(batch.listed_as(listed_as.clone(), before(at, listed)));
            }
            listed += count;
            let done = 1 + listed + told.refused.count();
            if let Some(notice) = told.progress.as_mut().and_then(|progress| progress.note(done)) {
                give(SourceOutput::notice(notice));
            }
        }
        listed
    }

    /// Reads sources until `wanted` articles were found, time or memory for a batch is over, or none is left. All of a
    /// batch were named, or none was. There is no empty batch while there is an article.
    fn read_batch(
        &self,
        sources: &mut Peekable<impl Iterator<Item = SourceRef>>,
        wanted: usize,
        told: &mut Told,
    ) -> Batch {
        let mut batch = Batch { arrivals: Vec::new(), named: sources.peek().is_some_and(SourceRef::is_named) };
        let (began, mut bytes) = (clock::monotonic(), 0);
        while batch.arrivals.len() < wanted && bytes < MOST_BYTES {
            let is_late = || clock::monotonic().duration_since(began) > BATCH_TIME;
            if !batch.arrivals.is_empty() && is_late() {
                break;
            }
            let fits = |source: &SourceRef| source.is_named() == batch.named || batch.arrivals.is_empty();
            let Some(source) = sources.next_if(fits) else { break };
            batch.named = source.is_named();
            match self.load(&source) {
                Ok(reading) => {
                    bytes += reading.article.body.as_str().len();
                    batch.arrivals.push(self.remember(source, reading, wanted == 1));
                }
                Err(error) => told.refused.push(&source, error),
            }
        }
        batch
    }

    fn load_with(&self, source: &SourceRef, hints: Hints) -> Result<Reading, LoadError> {
        load_safely(source, &Access::quiet(&self.network).wanting(hints))
    }

    /// Reads a source in the encoding that was named for all, or for it.
    fn load(&self, source: &SourceRef) -> Result<Reading, LoadError> {
        let reading = self.load_with(source, Hints::in_encoding(self.encoding))?;
        let mut known = self.lock();
        if let Some(encoding) = self.encoding {
            known.encodings.insert(reading.article.id.clone(), encoding);
            return Ok(reading);
        }
        let before = known.encodings.get(&reading.article.id).copied();
        drop(known);
        // What came through a pipe cannot be read twice.
        match before.filter(|_| reading.article.id.file_path().is_some()) {
            Some(encoding) => self.load_with(source, Hints::in_encoding(Some(encoding))),
            None => Ok(reading),
        }
    }

    /// Remembers where an article comes from.
    fn remember(&self, source: SourceRef, reading: Reading, is_first: bool) -> Arrival {
        let id = reading.article.id.clone();
        let is_held = !matches!(id.kind(), SourceKind::File | SourceKind::Edition | SourceKind::Web);
        let again = (is_held || is_first).then(|| reading.clone());
        let arrival = arrival(reading);
        let mut known = self.lock();
        if is_held {
            known.held.extend(again.map(|reading| (id, reading)));
        } else {
            if SourceRef::from_id(&id).as_ref() != Some(&source) {
                known.sources.insert(id, source);
            }
            if is_first {
                known.first = again;
            }
        }
        arrival
    }
}

/// What is to be told of sources.
#[derive(Default)]
struct Told {
    notices: Vec<Notice>,
    /// What could not be read.
    refused: Refused,
    /// How far a folder is that a person added.
    progress: Option<Progress>,
}

impl Told {
    fn into_notices(self) -> Vec<Notice> {
        let refused = self.refused.into_groups();
        self.notices.into_iter().chain(refused.iter().map(|group| Notice::error(group.told()))).collect()
    }
}

/// How far a folder is read that takes a while.
struct Progress {
    folder: String,
    total: usize,
    last: Instant,
}

impl Progress {
    fn new(folder: &str, total: usize) -> Self {
        Self { folder: folder.to_owned(), total, last: clock::monotonic() }
    }

    /// What is said of it now, if it is time to.
    fn note(&mut self, done: usize) -> Option<Notice> {
        let now = clock::monotonic();
        let is_due = done < self.total && now.duration_since(self.last) >= NOTE_TIME;
        is_due.then(|| {
            self.last = now;
            Notice::hint(format!("Adding {}: {} of {}", self.folder, grouped(done), grouped(self.total)))
        })
    }
}

/// Articles that go to the library together.
struct Batch {
    arrivals: Vec<Arrival>,
    /// Whether a person named each of them, as opposed to the folder they lie in.
    named: bool,
}

impl Batch {
    fn listed_as(self, listed_as: ListedAs, at: Timestamp) -> SourceOutput {
        let Self { arrivals, named } = self;
        SourceOutput::Library(LibraryTask::List { arrivals, listed_as, named, at })
    }
}

/// Why a folder could not be looked into again.
#[derive(Debug)]
pub(crate) enum LookError {
    /// Something is wrong with the folder.
    Source(SourceError),
    /// Something is wrong with the library.
    Library(LibraryError),
}

impl fmt::Display for LookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Library(error) => error.fmt(f),
        }
    }
}

/// The sources a name stands for.
fn resolve(name: &OsStr, notices: &mut Vec<Notice>) -> Resolved {
    match sources::resolve(name) {
        Ok(resolved) => {
            notices.extend(resolved.left_out.iter().map(|error| Notice::error(format!("{error}."))));
            resolved
        }
        Err(error) => {
            notices.push(Notice::error(format!("{}.", with_hint(&error, error.hint()))));
            Resolved::default()
        }
    }
}

/// A page of the web was named.
fn to_be_opened(address: &str) -> SourceOutput {
    SourceOutput::Answer(Answer::Sources(SourceAnswer::Page(SourceId::from_iri(address))))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be read")]

    use std::cell::RefCell;
    use std::fs;

    use super::*;
    use crate::library::Library;

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
            SourceOutput::Library(LibraryTask::AddFolder(_)) => "a folder".to_owned(),
            SourceOutput::Library(LibraryTask::EndNamed) => "no more".to_owned(),
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
        assert_eq!(outputs.len(), 4, "{outputs:?}");
        assert_eq!(outputs[0], "Named: The title of a.txt");
        assert!(outputs[1].contains("none.txt"), "{outputs:?}");
        assert_eq!(outputs[2..], ["More: The title of b.txt, The title of c.txt", "no more"]);
    }

    #[test]
    fn what_may_take_for_ever_is_put_aside_and_the_others_do_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        crate::testing::make_pipe(&pipe);
        let a = lay(folder.path(), "a.txt");
        let (outputs, aside) = named(&SourceReader::default(), &[pipe.clone().into_os_string(), a, "-".into()]);
        assert_eq!(outputs, ["More: The title of a.txt", "no more"]);
        assert_eq!(aside, [(SourceRef::File(pipe), ListedAs::Named), (SourceRef::Stdin, ListedAs::More)]);
    }

    #[test]
    fn nothing_named_that_is_an_article_is_said_too() {
        let (outputs, _) = named(&SourceReader::default(), &["/there/is/none.txt".into()]);
        assert_eq!(outputs[0], "Named: ");
        assert_eq!(outputs.len(), 3);
    }

    #[test]
    fn a_folder_is_remembered_and_added_in_batches_without_naming_its_files() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..41 {
            lay(folder.path(), &format!("{number:02}.txt"));
        }
        let mut outputs = Vec::new();
        let source = folder.path().to_str().unwrap().to_owned();
        SourceReader::default().carry_out(SourceJob::Add { source }, &mut |output| outputs.push(output));
        let real = fs::canonicalize(folder.path()).unwrap();
        assert!(matches!(&outputs[0], SourceOutput::Library(LibraryTask::AddFolder(path)) if *path == real));
        let mut lists: Vec<_> = outputs
            .into_iter()
            .filter_map(|output| match output {
                SourceOutput::Library(LibraryTask::List { arrivals, listed_as, named, at }) => {
                    assert!(!named && arrivals.iter().all(|arrival| arrival.file.is_some()));
                    Some((at, arrivals, listed_as))
                }
                _ => None,
            })
            .collect();
        // The first comes last, with the number of all; by their times they are in order.
        assert!(matches!(&lists.last().unwrap().2, ListedAs::Added { count: 41, folder: Some(_) }));
        lists.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        let titles: Vec<String> =
            lists.iter().flat_map(|(_, arrivals, _)| arrivals).map(|arrival| arrival.article.title.clone()).collect();
        let expected: Vec<String> = (0..41).map(|number| format!("The title of {number:02}.txt")).collect();
        assert_eq!(titles, expected);
    }

    #[test]
    fn a_file_that_is_named_and_files_of_a_folder_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        fs::create_dir(&inside).unwrap();
        let [a, c] = ["a.txt", "c.txt"].map(|name| lay(folder.path(), name));
        lay(&inside, "b.txt");
        let mut lists = Vec::new();
        let aside = |source, _| panic!("{source:?} may take for ever");
        SourceReader::default().read_named(&[a, inside.into_os_string(), c], &aside, &mut |output| {
            if let SourceOutput::Library(LibraryTask::List { arrivals, named, .. }) = output {
                lists.push((arrivals.len(), named));
            }
        });
        assert_eq!(lists, [(1, true), (1, false), (1, true)]);
    }

    #[test]
    fn a_folder_that_is_looked_into_again_gives_what_is_new_or_changed() {
        let folder = tempfile::tempdir().unwrap();
        let look = |library: &Mutex<LibraryReader>| {
            let mut outputs = Vec::new();
            SourceReader::default().look_again(folder.path(), library, &mut |output| outputs.push(output)).unwrap();
            outputs
        };
        let mut library = Library::in_memory().unwrap();
        let reader = Mutex::new(library.reader().unwrap());
        assert!(look(&reader).is_empty(), "an empty folder is as good as any");
        let [a, _] = ["a.txt", "b.txt"].map(|name| lay(folder.path(), name));
        // A link in the folder leads to a file elsewhere, whose article has the address of that.
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(lay(elsewhere.path(), "c.txt"), folder.path().join("c.txt")).unwrap();
        for output in look(&reader) {
            let SourceOutput::Library(LibraryTask::List { arrivals, listed_as, named: false, .. }) = output else {
                panic!("not asked for");
            };
            assert_eq!(listed_as, ListedAs::FoundAgain);
            library.arrive(&arrivals, clock::now()).unwrap();
        }
        assert!(look(&reader).is_empty(), "nothing has changed");
        fs::write(a, "Another title\n\nOther words.\n").unwrap();
        assert_eq!(summary(look(&reader)), ["FoundAgain: Another title"]);
        fs::remove_file(folder.path().join("b.txt")).unwrap();
        assert_eq!(summary(look(&reader)), ["FoundAgain: Another title"]);
        let gone = folder.path().join("none");
        let error = SourceReader::default().look_again(&gone, &reader, &mut |_| panic!("nothing to give")).unwrap_err();
        assert!(matches!(error, LookError::Source(SourceError::NotFound { .. })), "{error}");
    }

    #[test]
    fn how_far_a_long_folder_is_is_said_now_and_then_until_it_is_read() {
        let mut progress = Progress::new("news", 10_000);
        assert_eq!(progress.note(200), None, "it has just begun");
        for done in [3_200, 10_000] {
            progress.last = progress.last.checked_sub(NOTE_TIME).unwrap();
            let told = progress.note(done).map(|notice| notice.text);
            assert_eq!(told.as_deref(), (done < 10_000).then_some("Adding news: 3,200 of 10,000"));
            assert_eq!(progress.note(done), None);
        }
    }

    #[test]
    fn what_cannot_be_read_of_a_folder_is_told_by_reason() {
        let folder = tempfile::tempdir().unwrap();
        lay(folder.path(), "a.txt");
        for number in 0..5 {
            fs::write(folder.path().join(format!("{number}.txt")), "").unwrap();
        }
        let told = added(folder.path().to_str().unwrap().to_owned());
        let last = "5 files left out: there are no words in it (0.txt, 1.txt, 2.txt, 2 more).";
        assert_eq!(told.last().map(String::as_str), Some(last), "{told:?}");
        fs::remove_file(folder.path().join("a.txt")).unwrap();
        assert_eq!(added(folder.path().to_str().unwrap().to_owned()).last().map(String::as_str), Some(last));
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
        assert_eq!(reader.read(&id, false).unwrap().article.title, "The title of a.txt");
        assert_eq!(reader.read(&id, false).unwrap().article.title, "Another title");
    }
}
