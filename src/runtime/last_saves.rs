//! What a thread was given to save and has not saved yet, and how the end of the program waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::io::clock;

/// How long the end of the program waits for a thread that has something to save: a write on its way, one for all that
/// came meanwhile and a last try, each of which may wait five seconds for the lock of the log.
const LAST_SAVES: Duration = Duration::from_secs(18);
/// What is said when saving takes longer than a moment.
const STILL_SAVING: &str = "still saving what you did; C-c leaves without it";

/// The side that hands in what is to be saved.
pub(super) struct LastSaves {
    /// What is saved, as in "the last bookmarks".
    what: &'static str,
    pending: Arc<AtomicUsize>,
    ended: Receiver<Result<(), String>>,
}

/// The side that saves.
pub(super) struct Saving {
    pending: Arc<AtomicUsize>,
    /// How many of those that are pending were taken up.
    taken: usize,
    ended: Sender<Result<(), String>>,
}

/// Both sides.
pub(super) fn last_saves(what: &'static str) -> (LastSaves, Saving) {
    let (sender, ended) = mpsc::channel();
    let pending = Arc::new(AtomicUsize::new(0));
    (LastSaves { what, pending: Arc::clone(&pending), ended }, Saving { pending, taken: 0, ended: sender })
}

impl LastSaves {
    /// Something to be saved is about to be handed in.
    pub(super) fn given(&self) {
        self.pending.fetch_add(1, Ordering::Relaxed);
    }

    fn is_pending(&self) -> bool {
        self.pending.load(Ordering::Relaxed) > 0
    }

    /// Waits until everything is saved, and no longer than until `moment` if nothing is to be. Says so with `say` if it
    /// takes longer.
    ///
    /// # Errors
    /// What is not saved and why, on one line.
    pub(super) fn wait(&self, moment: Instant, say: &mut dyn FnMut(&str)) -> Result<(), String> {
        let mut ended = self.ended.recv_timeout(moment.saturating_duration_since(clock::monotonic()));
        if ended == Err(RecvTimeoutError::Timeout) && self.is_pending() {
            say(STILL_SAVING);
            ended = self.ended.recv_timeout(LAST_SAVES);
        }
        let reason = match ended {
            Ok(saved) => return saved,
            Err(_) if !self.is_pending() => return Ok(()),
            Err(RecvTimeoutError::Timeout) => "the disk does not answer",
            Err(RecvTimeoutError::Disconnected) => "dateline stumbled; the log file says where",
        };
        Err(format!("{} are NOT saved: {reason}", self.what))
    }
}

impl Saving {
    /// So much of what was handed in is taken up.
    pub(super) fn take(&mut self, number: usize) {
        self.taken += number;
    }

    /// All that was taken up is saved.
    pub(super) fn saved(&mut self) {
        self.pending.fetch_sub(std::mem::take(&mut self.taken), Ordering::Relaxed);
    }

    /// The last try was made.
    pub(super) fn end(self, saved: Result<(), String>) {
        self.ended.send(saved).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the end says, and whether it was said that saving takes long.
    fn wait(saves: &LastSaves) -> (Result<(), String>, bool) {
        let mut said = false;
        let result = saves.wait(clock::monotonic() + LAST_SAVES, &mut |_| said = true);
        (result, said)
    }

    #[test]
    fn what_could_not_be_saved_is_told() {
        let (saves, mut saving) = last_saves("the last marks");
        saves.given();
        saving.take(1);
        saving.end(Err("why".to_owned()));
        assert_eq!(wait(&saves), (Err("why".to_owned()), false));
    }

    #[test]
    fn a_thread_that_died_with_something_to_save_is_told_and_one_without_is_not() {
        let (saves, mut saving) = last_saves("the last marks");
        saves.given();
        saving.take(1);
        saving.saved();
        drop(saving);
        assert_eq!(wait(&saves), (Ok(()), false));
        let (saves, saving) = last_saves("the last marks");
        saves.given();
        drop(saving);
        let (told, _) = wait(&saves);
        assert!(told.unwrap_err().starts_with("the last marks are NOT saved: "));
    }
}
