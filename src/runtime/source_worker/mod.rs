//! Reads articles from files, folders and pipes, any of which may take for ever. So each job has a thread of its own, or
//! one that is replaced when it hangs; they share what this session knows of sources. What they read goes on to the
//! library worker, which adds what is known of it and answers.
//!
//! * `listing`: what is to be listed; `told`: what is told of it meanwhile

mod listing;
#[cfg(test)]
mod tests;
mod told;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::article::{Arrival, SourceId, SourceKind};
use crate::command::{Answer, CompletionResult, LibraryJob, Notice, SourceAnswer, SourceJob};
use crate::intake::{Hints, TextEncoding};
use crate::io::completion::complete;
use crate::io::sources::SourceRef;
use crate::net::Network;

use super::adding::arrival;
use super::library_task::{LibraryTask, Prepared};
use super::loading::{Access, LoadError, Reading, load_safely};

pub(crate) use listing::LookError;

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
