//! Sources that are to be listed: what a person adds or names, and what is new in folders that were added before. Articles
//! are handed out some at a time, as they are read.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::iter::Peekable;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::article::{Arrival, SourceId};
use crate::command::{Answer, Notice, SourceAnswer};
use crate::io::sources::{self, Resolved, SourceError, SourceRef};
use crate::io::{clock, paths};
use crate::library::{LibraryError, LibraryReader};
use crate::runtime::adding::{MAX_BYTES, MAX_SOURCES, before, sift};
use crate::runtime::finding;
use crate::runtime::library_task::{LibraryTask, ListedAs};
use crate::runtime::with_hint;
use crate::text::sanitize::one_line;

use super::told::{Progress, Told};
use super::{SourceOutput, SourceReader};

/// Articles wait no longer than this for others to go to the library with them. The list is drawn anew with each batch, so
/// they are few a second.
const BATCH_TIME: Duration = Duration::from_millis(300);

impl SourceReader {
    /// Looks at what a person typed. Articles are listed as they are read; what is answered counts all of them.
    pub(super) fn add(&self, typed: &str, give: &mut dyn FnMut(SourceOutput)) {
        let mut told = Told::default();
        let path = paths::typed(typed);
        let Resolved { mut sources, folder, .. } = resolve(path.as_os_str(), &mut told.notices);
        if sources.is_empty() && sources::is_like_host(&path) && !path.exists() {
            let address = finding::in_full(typed);
            return give(SourceOutput::Answer(Answer::Sources(SourceAnswer::Address(address))));
        }
        if let [SourceRef::Web(address)] = sources.as_slice() {
            return give(SourceOutput::Answer(Answer::Sources(SourceAnswer::Address(address.clone()))));
        }
        if let [SourceRef::Kept(id)] = sources.as_slice() {
            return give(to_be_opened(id.clone()));
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
        let (pages, mut found): (Vec<_>, Vec<_>) = match found.split_first() {
            // It is opened like any page that a link leads to: from the library, if it is there.
            Some((SourceRef::Web(address), rest)) => (vec![SourceId::from_iri(address.as_str())], rest.to_vec()),
            Some((SourceRef::Kept(id), rest)) => (vec![id.clone()], rest.to_vec()),
            _ => (Vec::new(), found),
        };
        // What is only in the library is in the list.
        found.retain(|source| !matches!(source, SourceRef::Kept(_)));
        pages.iter().cloned().map(to_be_opened).for_each(&mut *give);
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
            let batch = self.read_batch(&mut sources, MAX_SOURCES, told);
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
        while batch.arrivals.len() < wanted && bytes < MAX_BYTES {
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

/// A page of the web was named, or an article that is only in the library.
fn to_be_opened(id: SourceId) -> SourceOutput {
    SourceOutput::Answer(Answer::Sources(SourceAnswer::Page(id)))
}
