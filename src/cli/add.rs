//! `dateline add`: puts articles into the library, and notes folders that are looked at again at each start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::Context;
use super::args::AddSourcesArgs;
use super::error::{CliError, Exit};
use super::library::{articles, open};
use super::progress::Progress;
use super::sources::{Tally, refuse_keyboard};
use crate::article::{Arrived, RowId, SourceId};
use crate::intake::Hints;
use crate::io::clock;
use crate::io::sources::{SourceRef, named, resolve};
use crate::mark::MarkChange;
use crate::net::Network;
use crate::runtime::adding::{Batch, Sifted, before, read_ahead, sift};
use crate::runtime::catalogue::Catalogue;
use crate::runtime::refused::Refused;
use crate::terminal::signals::note_interrupts;
use crate::text::shell::word;

/// Names that are told of what is left out.
const MAX_NAMED: usize = 3;
/// How soon an interrupt is seen while something is read that may take for ever.
const GLANCE: Duration = Duration::from_millis(100);

/// Adds every source; what cannot be read is told, and the rest goes on. An interrupt ends it after what is being written.
pub(super) fn run(context: &mut Context, args: &AddSourcesArgs) -> Result<Exit, CliError> {
    refuse_keyboard(&args.sources, "add -")?;
    let mut tally = Tally::default();
    let (folders, sources) = find(&args.sources, &mut tally);
    if folders.is_empty() && sources.is_empty() {
        return Ok(tally.exit());
    }
    let interrupted = interrupts()?;
    let mut adding = Adding {
        catalogue: open(context)?,
        tally,
        interrupted,
        network: context.setup.network.clone(),
        hints: Hints::in_encoding(args.encoding),
    };
    if !sources.is_empty() {
        let progress = Progress::begin(context, "Adding", sources.len());
        let added = adding.add(sources, ComesBack::Always, progress)?;
        context.say(&added.told(""))?;
    }
    for folder in folders {
        if adding.is_interrupted() {
            break;
        }
        adding.add_folder(context, folder)?;
    }
    if adding.is_interrupted() {
        let names: Vec<String> = args.sources.iter().map(|name| word(name.as_encoded_bytes())).collect();
        context.note(&format!("interrupted; `dateline add {}` goes on from here", names.join(" ")));
        return Ok(Exit::Interrupted);
    }
    Ok(adding.tally.exit())
}

fn interrupts() -> Result<Arc<AtomicBool>, CliError> {
    note_interrupts(Exit::Interrupted.code())
        .map_err(|error| CliError::new(Exit::Io, format!("cannot watch for interrupts: {error}")))
}

/// A folder that was named, and the texts in it.
struct Folder {
    name: String,
    /// Absolute, without symbolic links.
    path: PathBuf,
    sources: Vec<SourceRef>,
    /// What is left out, which was told.
    left_out: LeftOut,
}

/// The folders and the other sources that the names stand for; what is not there is told.
fn find(names: &[OsString], tally: &mut Tally) -> (Vec<Folder>, Vec<SourceRef>) {
    let (mut folders, mut sources) = (Vec::new(), Vec::new());
    for name in names {
        let resolved = match resolve(name) {
            Ok(resolved) => resolved,
            Err(error) => {
                tally.failed(&error.into());
                continue;
            }
        };
        let Some(path) = named::folder(name) else {
            sources.extend(resolved.sources);
            continue;
        };
        let mut left_out = LeftOut::default();
        for error in resolved.left_out {
            // Of a folder with too many texts the rest has no names.
            if let Some(inside) = error.path().filter(|inside| **inside != path) {
                left_out.push(inside);
            }
            tally.failed(&error.into());
        }
        let sources = resolved.sources.into_iter().map(|source| really(source, name.as_ref(), &path)).collect();
        folders.push(Folder { name: name.to_string_lossy().into_owned(), path, sources, left_out });
    }
    (folders, sources)
}

/// A file in the folder of that name by the folder's real path, which its id has.
fn really(source: SourceRef, name: &Path, path: &Path) -> SourceRef {
    match source {
        SourceRef::Found(file) => {
            SourceRef::Found(file.strip_prefix(name).map(|inside| path.join(inside)).unwrap_or(file))
        }
        source => source,
    }
}

/// Which of the articles that were removed once are wanted again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ComesBack {
    /// They were named one by one.
    Always,
    /// Their folder was added anew: those that this library has, since removing a folder removes them. Marks that come
    /// from elsewhere, or from before the library was deleted, hold.
    IfKnown,
    /// Their folder is looked at again.
    Never,
}

/// What became of sources.
#[derive(Debug, Default)]
struct Added {
    new: usize,
    back: usize,
    known: usize,
    /// Those that stay removed.
    removed: usize,
    left_out: LeftOut,
    /// Those that were not read, since it was interrupted.
    unread: usize,
}

/// What could not be read: how many there are, and the names of some.
#[derive(Debug, Default)]
struct LeftOut {
    count: usize,
    names: Vec<String>,
}

impl LeftOut {
    fn push(&mut self, path: &Path) {
        self.count += 1;
        if self.names.len() < MAX_NAMED {
            self.names.push(path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned());
        }
    }
}

/// What adding needs from one source to the next.
struct Adding {
    catalogue: Catalogue,
    tally: Tally,
    interrupted: Arc<AtomicBool>,
    network: Network,
    hints: Hints,
}

impl Adding {
    fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::SeqCst)
    }

    /// Adds what is new or changed in a folder, and says what was done.
    fn add_folder(&mut self, context: &mut Context, folder: Folder) -> Result<(), CliError> {
        let Folder { name, path, sources, left_out } = folder;
        let is_new = !self.catalogue.library.folders()?.iter().any(|(known, _)| *known == path);
        // Before anything in it is read: should that be cut short, the next start goes on.
        self.catalogue.library.add_folder(&path, clock::now())?;
        let comes_back = if is_new { ComesBack::IfKnown } else { ComesBack::Never };
        let mut reader = self.catalogue.library.reader()?;
        let Sifted { fresh, known, removed } = sift(sources, |ids: &[SourceId]| reader.known_files(ids))?;
        drop(reader);
        let progress = Progress::begin(context, &format!("Adding {name}"), fresh.len());
        let mut added = self.add(fresh, comes_back, progress)?;
        added.known += known;
        if is_new && !removed.is_empty() && !self.is_interrupted() {
            self.catalogue.mark(&removed, &MarkChange::Removed(false), clock::now())?;
            added.back += removed.len();
        } else {
            added.removed += removed.len();
        }
        added.left_out.count += left_out.count;
        added.left_out.names.extend(left_out.names);
        context.say(&added.told(&format!(" from {name}")))?;
        if is_new {
            context.say(&format!("{name} is looked at again at each start"))?;
        }
        self.tally.done();
        Ok(())
    }

    /// Reads sources and takes their articles in, some hundred at a time.
    fn add(
        &mut self,
        sources: Vec<SourceRef>,
        comes_back: ComesBack,
        mut progress: Progress,
    ) -> Result<Added, CliError> {
        let (mut added, mut refused) = (Added { unread: sources.len(), ..Added::default() }, Refused::default());
        let (began, mut taken) = (clock::now(), 0);
        let interrupted = self.interrupted.clone();
        let batches =
            read_ahead(sources, self.network.clone(), self.hints.clone(), move |_| !interrupted.load(Ordering::SeqCst))
                .map_err(|error| CliError::new(Exit::Io, format!("there is no thread to read in: {error}")))?;
        while !self.is_interrupted() {
            let Batch { arrivals, refused: failed } = match batches.recv_timeout(GLANCE) {
                Ok(batch) => batch,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let read = arrivals.len() + failed.len();
            for (source, error) in failed {
                if let SourceRef::Found(path) | SourceRef::File(path) = &source {
                    added.left_out.push(path);
                }
                refused.push(&source, error);
            }
            let arrived = self.catalogue.arrive(&arrivals, false, before(began, taken))?;
            taken += arrivals.len();
            let back: Vec<RowId> = arrived.iter().filter(|one| returns(one, comes_back)).map(|one| one.row).collect();
            if !back.is_empty() {
                self.catalogue.mark(&back, &MarkChange::Removed(false), clock::now())?;
            }
            for one in &arrived {
                added.count(one, comes_back);
                self.tally.done();
            }
            added.unread -= read.min(added.unread);
            progress.advance(read);
        }
        drop(progress);
        self.tally.refused(refused);
        Ok(added)
    }
}

fn returns(arrived: &Arrived, comes_back: ComesBack) -> bool {
    arrived.was_removed
        && match comes_back {
            ComesBack::Always => true,
            ComesBack::IfKnown => !arrived.is_new,
            ComesBack::Never => false,
        }
}

impl Added {
    fn count(&mut self, arrived: &Arrived, comes_back: ComesBack) {
        match (arrived.was_removed, arrived.is_new) {
            (true, _) if returns(arrived, comes_back) => self.back += 1,
            (true, _) => self.removed += 1,
            (false, true) => self.new += 1,
            (false, false) => self.known += 1,
        }
    }

    /// What was added, `from` somewhere, in one sentence.
    fn told(&self, from: &str) -> String {
        let Self { new, back, known, removed, left_out, unread } = self;
        let mut parts = vec![match (new, back) {
            (0, 0) => format!("Added nothing{from}"),
            (0, back) => format!("Brought back {}{from}", articles(*back)),
            (new, 0) => format!("Added {}{from}", articles(*new)),
            (new, back) => format!("Added {}{from} and brought back {back}", articles(*new)),
        }];
        if *known > 0 {
            parts.push(format!("{} {} there already", articles(*known), if *known == 1 { "is" } else { "are" }));
        }
        if *removed > 0 {
            let stay = if *removed == 1 { "stays" } else { "stay" };
            parts.push(format!("{} {stay} removed until added by name", articles(*removed)));
        }
        if *unread > 0 {
            parts.push(format!("{unread} {} not read", if *unread == 1 { "file was" } else { "files were" }));
        }
        let told = parts.join("; ");
        if left_out.count == 0 {
            return told;
        }
        let mut names: Vec<String> = left_out.names.iter().take(MAX_NAMED).cloned().collect();
        if left_out.count > names.len() {
            names.push(format!("{} more", left_out.count - names.len()));
        }
        format!("{told} ({} left out: {})", left_out.count, names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_one_sentence() {
        let mut left_out = LeftOut::default();
        for name in ["/x/a", "/x/b", "/x/c", "/x/d", "/x/e"] {
            left_out.push(Path::new(name));
        }
        for (added, told) in [
            (Added { new: 400, ..Added::default() }, "Added 400 articles from stories"),
            (Added::default(), "Added nothing from stories"),
            (Added { back: 1, ..Added::default() }, "Brought back 1 article from stories"),
            (Added { known: 400, ..Added::default() }, "Added nothing from stories; 400 articles are there already"),
            (
                Added { new: 2, back: 1, known: 1, removed: 3, ..Added::default() },
                "Added 2 articles from stories and brought back 1; 1 article is there already; \
                 3 articles stay removed until added by name",
            ),
            (Added { new: 2, unread: 7, ..Added::default() }, "Added 2 articles from stories; 7 files were not read"),
            (
                Added { new: 2, left_out, ..Added::default() },
                "Added 2 articles from stories (5 left out: a, b, c, 2 more)",
            ),
        ] {
            assert_eq!(added.told(" from stories"), told);
        }
    }
}
