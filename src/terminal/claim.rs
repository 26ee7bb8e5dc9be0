//! The claim on the terminal: what has to be undone, and who owns the terminal now.
//!
//! It is recorded in one process-wide place, because several parties may have to restore the terminal: the session when
//! it is dropped, the panic hook, and the signal thread if the program hangs. All of them call [`restore`], which acts
//! only once.

use std::{
    fs::File,
    io,
    os::fd::AsFd,
    panic,
    sync::{
        Mutex, MutexGuard, Once, PoisonError, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::modes::{Mode, Modes};

/// Restores the terminal when dropped: with the session, or earlier if its start fails.
pub(super) struct ClaimGuard;

impl Drop for ClaimGuard {
    fn drop(&mut self) {
        if let Err(error) = restore() {
            log::warn!("the terminal could not be restored: {error}");
        }
    }
}

/// What has to be undone.
struct Claim {
    output: File,
    modes: Modes,
    /// The thread that draws: only its panics end the program.
    owner: ThreadId,
}

static CLAIM: Mutex<Option<Claim>> = Mutex::new(None);

fn claim_slot() -> MutexGuard<'static, Option<Claim>> {
    CLAIM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who owns the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Whoever started the program: it is starting or exiting.
    Nobody,
    /// The session.
    Us,
    /// A program started by the session, or the shell while we are stopped.
    Borrower,
}

static LENT: AtomicBool = AtomicBool::new(false);

/// Lends the terminal to another program until it is dropped.
pub(super) struct LoanGuard;

impl LoanGuard {
    pub(super) fn begin() -> Self {
        LENT.store(true, Ordering::SeqCst);
        Self
    }
}

impl Drop for LoanGuard {
    fn drop(&mut self) {
        LENT.store(false, Ordering::SeqCst);
    }
}

/// Who owns the terminal now; never blocks.
pub(super) fn holder() -> Holder {
    let claimed = match CLAIM.try_lock() {
        Ok(slot) => slot.is_some(),
        Err(TryLockError::Poisoned(slot)) => slot.into_inner().is_some(),
        Err(TryLockError::WouldBlock) => true,
    };
    match (LENT.load(Ordering::SeqCst), claimed) {
        (true, _) => Holder::Borrower,
        (false, true) => Holder::Us,
        (false, false) => Holder::Nobody,
    }
}

/// Raw mode first, then the other modes, beginning with the alternate screen.
pub(super) fn claim(mouse: bool) -> io::Result<()> {
    let output = own_stdout()?;
    let mut slot = claim_slot();
    let Claim { output, modes, .. } =
        slot.insert(Claim { output, modes: Modes::default(), owner: thread::current().id() });
    let wanted = [Mode::AlternateScreen, Mode::NoWrapping, Mode::HiddenCursor, Mode::BracketedPaste, Mode::FocusEvents];
    let wanted = wanted.into_iter().chain(mouse.then_some(Mode::Mouse));
    let raw = enable_raw_mode().map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("there is no terminal to read keys from ({error}); to print an article use `dateline read SOURCE`"),
        )
    });
    let entered = raw.and_then(|()| wanted.into_iter().try_for_each(|mode| modes.enter(mode, output)));
    drop(slot);
    entered.inspect_err(|_| {
        restore().ok();
    })
}

/// Writes to the terminal if it is still ours. When the signal thread has given it back, the drawing thread may be in
/// the middle of a frame: nothing of it may reach the shell's screen.
pub(super) fn write(write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    match claim_slot().as_mut() {
        Some(claim) => write(&mut claim.output),
        None => Ok(()),
    }
}

/// Undoes everything that is on, in reverse order, once; concurrent callers wait until it is done.
pub(super) fn restore() -> io::Result<()> {
    let mut slot = claim_slot();
    match slot.take() {
        None => Ok(()),
        Some(Claim { mut output, mut modes, .. }) => {
            let left = modes.leave_all(&mut output);
            disable_raw_mode().and(left)
        }
    }
}

/// Makes a panic of the drawing thread restore the terminal before it is reported. Panics of other threads are caught
/// where they run; they are logged rather than printed over the screen.
pub(super) fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |report| {
            log::error!("{report}");
            let owner = claim_slot().as_ref().map(|claim| claim.owner);
            if owner.is_some_and(|owner| owner != thread::current().id()) {
                return;
            }
            if let Err(error) = restore() {
                log::warn!("the terminal could not be restored: {error}");
            }
            previous(report);
        }));
    });
}

/// Standard output without the line buffer of [`io::Stdout`]: a frame is one write.
fn own_stdout() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restoring_an_unclaimed_terminal_does_nothing() {
        assert_eq!(holder(), Holder::Nobody);
        assert!(restore().is_ok());
    }

    #[test]
    fn nothing_is_written_to_an_unclaimed_terminal() {
        assert!(write(|_| panic!("the terminal is somebody else's")).is_ok());
    }
}
