//! The claimed terminal: draws frames, reads keys, and undoes everything at the end (see `claim`).

use std::io::{self, IsTerminal, Write};

use crossterm::style::force_color_output;
use ratatui::{
    Frame, Terminal,
    layout::{Position, Rect, Size},
};

use crate::command::event::TermEvent;

use super::{
    claim::{self, ClaimGuard, LoanGuard, claim, restore, restore_on_panic},
    clipboard::{CopyError, copy_bytes},
    frame::FrameBuffer,
    input::Input,
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
        Ok(Self { screen, uncertain, frame, input: None, mouse: options.mouse, stale: true, _claimed: claimed })
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
        claim::write(|output| self.frame.finish(output))?;
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
        let lent = LoanGuard::begin();
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
        claim::write(|output| output.write_all(&bytes)).map_err(CopyError::Terminal)
    }
}
