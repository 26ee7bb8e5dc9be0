//! Claims the terminal: sets modes, draws frames, and undoes everything at the end.
//!
//! What has to be undone is recorded in one process-wide place, because several parties may have to do it: the session
//! when it is dropped, the panic hook, and the signal thread if the program hangs. All of them call [`restore`], which
//! acts only once.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::AsFd,
    panic,
    sync::{
        Mutex, MutexGuard, Once, PoisonError, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
};

use crossterm::{
    style::force_color_output,
    terminal::{disable_raw_mode, enable_raw_mode},
};
use ratatui::{
    Frame, Terminal,
    layout::{Position, Rect, Size},
};

use crate::command::event::TermEvent;

use super::{
    clipboard::{CopyError, copy_bytes},
    frame::FrameBuffer,
    input::Input,
    modes::{Mode, Modes},
    painter::{Painter, UncertainRows},
    signals,
};

/// What a session may be started with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Take clicks, drags and the wheel, which keeps the terminal's own selection behind a modifier key.
    pub mouse: bool,
}

/// The claimed terminal. Dropping it restores the terminal.
pub struct Session {
    screen: Terminal<Painter<FrameBuffer>>,
    uncertain: UncertainRows,
    frame: FrameBuffer,
    output: File,
    input: Option<Input>,
    mouse: bool,
    /// The terminal may not show the last frame, so the next one must repaint every cell.
    stale: bool,
    _claimed: ClaimGuard,
}

impl Session {
    /// Claims the terminal. If anything fails, everything is undone.
    ///
    /// Standard output must be a terminal; standard input need not be, keys then come from `/dev/tty`.
    pub fn start(options: Options) -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "standard output is not a terminal; to print an article use `dateline read SOURCE`",
            ));
        }
        // The theme alone decides about colour: with NO_COLOR, crossterm would write resets that wipe bold and reverse.
        force_color_output(true);
        restore_on_panic();
        claim(options.mouse)?;
        let claimed = ClaimGuard;
        let (frame, uncertain) = (FrameBuffer::default(), UncertainRows::default());
        let screen = Terminal::new(Painter::new(frame.clone(), uncertain.clone()))?;
        let output = own_stdout()?;
        Ok(Self { screen, uncertain, frame, output, input: None, mouse: options.mouse, stale: true, _claimed: claimed })
    }

    /// Columns and rows of the terminal.
    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Starts the thread that reads keys, mouse, paste, focus and size; each event goes to `send`, on that thread,
    /// until it returns false. Call once, after the first frame.
    ///
    /// `size` is the size the caller knows; if it has changed, the first event says so.
    pub fn listen(&mut self, size: Size, send: impl Fn(TermEvent) -> bool + Send + 'static) -> io::Result<()> {
        self.input = Some(Input::start((size.width, size.height), send)?);
        Ok(())
    }

    /// Draws one frame: what changed since the last, as one synchronised update in one write.
    ///
    /// A frame that fails or panics half-way writes nothing at all.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let stale = std::mem::replace(&mut self.stale, true);
        self.frame.begin();
        if stale {
            // `Terminal::clear` would query the cursor position, and wait for a reply that may never come.
            let size = self.screen.size()?;
            self.screen.resize(Rect::from((Position::ORIGIN, size)))?;
        }
        let drawn = self.screen.draw(render)?;
        self.uncertain.paint(drawn.buffer, self.frame.clone())?;
        self.frame.finish(&mut self.output)?;
        self.stale = false;
        Ok(())
    }

    /// Makes the next frame paint every cell.
    pub fn repaint(&mut self) {
        self.stale = true;
    }

    /// Restores the terminal while `run` runs (an editor, say), then claims it again and repaints everything.
    ///
    /// Ask for [`size`](Self::size) afterwards: the window may have changed meanwhile.
    pub fn suspended<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        if let Some(input) = &self.input {
            input.pause();
        }
        self.stale = true;
        LENT.store(true, Ordering::SeqCst);
        let lent = LoanGuard;
        restore()?;
        let result = run();
        drop(lent);
        claim(self.mouse)?;
        if let Some(input) = &self.input {
            input.resume();
        }
        Ok(result)
    }

    /// Gives the terminal to the shell and stops the program (`C-z`) until it is continued.
    ///
    /// It stops this process only, not its group: the shell that started it sees a stopped job.
    pub fn stop(&mut self) -> io::Result<()> {
        self.suspended(signals::stop_here)?
    }

    /// Sets every mode again, after another process stopped and continued the program.
    pub fn reclaim(&mut self) -> io::Result<()> {
        self.suspended(|| ())
    }

    /// Puts `text` on the clipboard of the terminal (OSC 52), which also works through `ssh`. The caller sanitises.
    ///
    /// Whether the terminal allows it cannot be known.
    pub fn copy(&mut self, text: &str) -> Result<(), CopyError> {
        let bytes = copy_bytes(text)?;
        self.output.write_all(&bytes).map_err(CopyError::Terminal)
    }
}

/// Restores the terminal when dropped: with the session, or earlier if its start fails.
struct ClaimGuard;

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

/// Ends the loan of the terminal when dropped.
struct LoanGuard;

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
fn claim(mouse: bool) -> io::Result<()> {
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
fn restore_on_panic() {
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

/// Standard output without the lock and the line buffer of [`io::Stdout`]: the signal thread must be able to write
/// while the drawing thread hangs in a write.
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
}
