//! Looks again into the folders that a person added, one after the other. One on a disk that does not answer has a thread
//! to itself after a moment, and keeps nothing waiting.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use crate::text::unprintable::printable;

use super::source_worker::LookError;

/// How long a folder is waited for before the next is begun beside it.
const PATIENCE: Duration = Duration::from_millis(500);

/// Which folders are being looked into. Its copies share that.
#[derive(Clone, Default)]
pub(super) struct Rescan {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Those being looked into now, and whether they are to be looked into once more: what came after the look began may
    /// have been missed.
    running: HashMap<PathBuf, bool>,
    /// Those that could not be looked into the last time: it is logged once.
    failed: HashSet<PathBuf>,
}

impl Rescan {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks into folders, and returns when the last was waited for.
    pub(super) fn run(
        &self,
        folders: Vec<PathBuf>,
        look: impl Fn(&Path) -> Result<(), LookError> + Clone + Send + 'static,
    ) {
        for folder in folders {
            match self.lock().running.entry(folder.clone()) {
                Entry::Vacant(slot) => drop(slot.insert(false)),
                Entry::Occupied(mut once_more) => {
                    once_more.insert(true);
                    continue;
                }
            }
            let (done, finished) = mpsc::channel::<()>();
            let (this, look, path) = (self.clone(), look.clone(), folder.clone());
            let work = move || {
                loop {
                    let outcome = catch_unwind(AssertUnwindSafe(|| look(&path)));
                    if this.finish(&path, outcome.unwrap_or(Ok(()))) {
                        break;
                    }
                }
                drop(done);
            };
            match thread::Builder::new().name("folder".into()).spawn(work) {
                // The end of the channel is what is waited for.
                Ok(_) => drop(finished.recv_timeout(PATIENCE)),
                Err(error) => {
                    log::error!("no thread to look into {}: {error}", shown(&folder));
                    self.lock().running.remove(&folder);
                }
            }
        }
    }

    /// Notes how a look ended. Says whether it was the last.
    fn finish(&self, folder: &Path, outcome: Result<(), LookError>) -> bool {
        let mut state = self.lock();
        let is_last = match state.running.get_mut(folder) {
            Some(once_more) if *once_more => {
                *once_more = false;
                false
            }
            _ => {
                state.running.remove(folder);
                true
            }
        };
        match outcome {
            Ok(()) => drop(state.failed.remove(folder)),
            Err(error) => {
                if state.failed.insert(folder.to_owned()) {
                    log::warn!("nothing new is read in {}, its articles stay: {error}", shown(folder));
                }
            }
        }
        is_last
    }
}

fn shown(folder: &Path) -> String {
    printable(&folder.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::sources::SourceError;

    #[test]
    fn a_folder_that_hangs_keeps_no_other_waiting_and_is_looked_into_once_more_if_asked() {
        let (release, hold) = mpsc::channel::<()>();
        let hold = Arc::new(Mutex::new(hold));
        let (looked, seen) = mpsc::channel();
        let look = move |path: &Path| {
            looked.send(path.to_owned()).unwrap();
            if path.ends_with("hangs") {
                hold.lock().unwrap().recv().ok();
            }
            Ok(())
        };
        let [hangs, fine] = ["/hangs", "/fine"].map(PathBuf::from);
        let rescan = Rescan::default();
        rescan.run(vec![hangs.clone(), fine.clone()], look.clone());
        assert_eq!([seen.recv().unwrap(), seen.recv().unwrap()], [hangs.clone(), fine.clone()]);
        rescan.run(vec![hangs.clone(), fine.clone()], look.clone());
        assert_eq!(seen.recv().unwrap(), fine);
        rescan.run(vec![hangs.clone()], look.clone());
        assert_eq!(rescan.lock().running, HashMap::from([(hangs.clone(), true)]));
        drop(release);
        drop(look);
        // However often it was asked for. Once the last look has ended nobody can send any more.
        assert_eq!((seen.recv().ok(), seen.recv().ok()), (Some(hangs), None));
        while !rescan.lock().running.is_empty() {
            thread::yield_now();
        }
    }

    #[test]
    fn a_look_that_panics_or_fails_is_over_and_failure_is_known_until_it_succeeds() {
        let rescan = Rescan::default();
        let folder = PathBuf::from("/news");
        let finished = |rescan: &Rescan| {
            while !rescan.lock().running.is_empty() {
                thread::yield_now();
            }
            rescan.lock().failed.len()
        };
        let gone = |path: &Path| Err(LookError::Source(SourceError::NotFound { path: path.into(), similar: None }));
        rescan.run(vec![folder.clone()], gone);
        assert_eq!(finished(&rescan), 1);
        rescan.run(vec![folder], |_| panic!("made to panic"));
        assert_eq!(finished(&rescan), 0);
    }
}
