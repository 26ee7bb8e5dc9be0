//! The terminal, claimed: frames drawn, keys read, everything undone at the end (see `claim`).

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
};

use crossterm::style::force_color_output;
use ratatui::{
    Frame, Terminal,
    layout::{Position, Rect, Size},
};

use crate::command::event::TermEvent;

use super::{
    claim::{Claimed, Lent, claim, give_back_on_panic, own_stdout, restore},
    copy::{CopyError, copy_bytes},
    frame::FrameBuffer,
    input::Input,
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
        let lent = Lent::begin();
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
