//! The terminal, claimed: modes set, frames drawn, everything undone at the end.
//!
//! What has to be undone is kept in one place, process-wide, because anybody may have to do it: the session when it is
//! dropped, the panic hook, the signal thread when the program is stuck. All of them call [`restore`], which does it
//! once.

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
    copy::{CopyError, copy_bytes},
    frame::FrameBuffer,
    input::Input,
    modes::{Mode, Modes},
    painter::{DoubtfulRows, Painter},
    signals,
};

/// What a session may be started with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Take clicks, drags and the wheel, which keeps the terminal's own selection behind a modifier key.
    pub mouse: bool,
}

/// The claimed terminal. Dropping it gives the terminal back.
pub struct Session {
    screen: Terminal<Painter<FrameBuffer>>,
    doubtful: DoubtfulRows,
    frame: FrameBuffer,
    output: File,
    input: Option<Input>,
    mouse: bool,
    /// What the terminal shows is not what was drawn last.
    stale: bool,
    _claimed: Claimed,
}

impl Session {
    /// Claims the terminal. If anything fails, whatever was done is undone.
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
        give_back_on_panic();
        claim(options.mouse)?;
        let claimed = Claimed;
        let (frame, doubtful) = (FrameBuffer::default(), DoubtfulRows::default());
        let screen = Terminal::new(Painter::new(frame.clone(), doubtful.clone()))?;
        let output = own_stdout()?;
        Ok(Self { screen, doubtful, frame, output, input: None, mouse: options.mouse, stale: true, _claimed: claimed })
    }

    /// Columns and rows of the terminal.
    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Starts the thread that reads keys, mouse, paste, focus and size; each event goes to `send`, on that thread, until
    /// it returns false. Call once, after the first frame.
    ///
    /// `size` is what the caller believes; if it is no longer true, the first event says so.
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
            // `Terminal::clear` would ask where the cursor is, and wait for an answer that may never come.
            let size = self.screen.size()?;
            self.screen.resize(Rect::from((Position::ORIGIN, size)))?;
        }
        let drawn = self.screen.draw(render)?;
        self.doubtful.paint(drawn.buffer, self.frame.clone())?;
        self.frame.finish(&mut self.output)?;
        self.stale = false;
        Ok(())
    }

    /// Makes the next frame paint every cell.
    pub fn repaint(&mut self) {
        self.stale = true;
    }

    /// Gives the terminal back while `run` runs (an editor, say), then claims it again and has everything repainted.
    ///
    /// Ask for [`size`](Self::size) afterwards: the window may have changed meanwhile.
    pub fn suspended<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        if let Some(input) = &self.input {
            input.pause();
        }
        self.stale = true;
        LENT.store(true, Ordering::SeqCst);
        let lent = Lent;
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

    /// Sets every mode again, after somebody else stopped and continued the program and used the terminal between.
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

/// Gives the terminal back when dropped: with the session, or earlier if its start fails.
struct Claimed;

impl Drop for Claimed {
    fn drop(&mut self) {
        if let Err(error) = restore() {
            log::warn!("the terminal could not be restored: {error}");
        }
    }
}

/// What is to be undone, by whoever comes first.
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

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Whoever started the program: it is starting or leaving.
    Nobody,
    /// The session.
    Us,
    /// A program started by the session, or the shell while we are stopped.
    Borrower,
}

static LENT: AtomicBool = AtomicBool::new(false);

/// Ends the loan when dropped.
struct Lent;

impl Drop for Lent {
    fn drop(&mut self) {
        LENT.store(false, Ordering::SeqCst);
    }
}

/// Who has the terminal now; never waits.
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

/// Raw mode first, then the modes; the screen before those that belong to it.
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

/// Undoes everything that is on, in reverse, once; whoever else calls meanwhile waits until it is done.
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

/// Makes a panic of the drawing thread give the terminal back before it is reported. Other threads' panics are caught
/// where they run; they are logged and not printed over the screen.
fn give_back_on_panic() {
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
