//! The event loop: messages in, state changed, effects out, one frame for each burst.

use std::collections::HashMap;
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{fmt, io};

use crate::app::{Msg, Setup, State, update, view};
use crate::article::{Position, SourceId};
use crate::bookmark::{BookmarkId, MAX_NOTE};
use crate::command::event::TermEvent;
use crate::command::key::{Key, KeyCode};
use crate::command::{Done, Effect, Keymap, Notice};
use crate::config::Settings;
use crate::io::paths::Paths;
use crate::io::{clock, opener, view_choices};
use crate::library::Library;
use crate::panes::{Moment, PaneId};
use crate::terminal::signals::{self, Signal};
use crate::terminal::{Options, Session};
use crate::text::sanitize::sanitize;
use crate::ui::Theme;

use super::edition;
use super::hands::Hands;
use super::interrupt::Interrupt;

/// What the program starts with.
#[derive(Debug)]
pub struct Start {
    /// Where things are kept.
    pub paths: Paths,
    /// The reader's settings.
    pub settings: Settings,
    /// Keys to commands.
    pub keymap: Keymap,
    /// Meaning to style.
    pub theme: Theme,
    /// Files, folders and `-` from the command line.
    pub sources: Vec<OsString>,
    /// What the reader should know, such as mistakes in the configuration.
    pub notices: Vec<Notice>,
    /// Says something after the screen was given back.
    pub say: fn(&str),
}

/// Why the program could not run.
#[derive(Debug)]
pub enum RunError {
    /// The terminal cannot be used.
    Terminal(io::Error),
    /// It ran, and left bookmarks that are not on the disk: which and why, on one line.
    NotSaved(String),
}

impl RunError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Terminal(_) => "run it in a terminal; `dateline read SOURCE` prints an article anywhere".to_owned(),
            Self::NotSaved(_) => "`dateline doctor` says what is wrong with the folder".to_owned(),
        })
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Terminal(error) => write!(f, "the terminal cannot be used: {error}"),
            Self::NotSaved(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for RunError {}

/// How long a changed place may wait to be written: a key held down is one write, a crash loses no more than this.
const PLACE_DELAY: Duration = Duration::from_secs(1);

/// The key that says more strongly than `q` that somebody wants to leave.
const INTERRUPT: Key = Key { code: KeyCode::Char('c'), ctrl: true, alt: false, shift: false };

/// Everything that can wake the loop.
pub(super) enum Incoming {
    Event(TermEvent),
    Done(Done),
    Signal(Signal),
}

/// Runs the reader until it is left. The terminal is as before when this returns, or panics.
///
/// # Errors
/// [`RunError::Terminal`] when there is no terminal, or it goes away; [`RunError::NotSaved`] when bookmarks could not be
/// written before the end.
pub fn run(start: Start) -> Result<(), RunError> {
    let Start { paths, settings, keymap, theme, sources, notices, say } = start;
    let (sender, incoming) = mpsc::channel();
    let reads_at_once = !sources.is_empty();
    let is_first_run = !reads_at_once && !Library::exists(&paths.data_dir);
    let remembered = view_choices::read(&paths.data_dir);
    // Looking around needs no screen and the first frame needs nothing found: they go side by side.
    let worker = Hands::start(paths.data_dir, sources, &sender).map_err(RunError::Terminal)?;
    let to_loop = sender.clone();
    let watch =
        signals::watch(move |signal| to_loop.send(Incoming::Signal(signal)).is_ok()).map_err(RunError::Terminal)?;
    let mut session = Session::start(Options { mouse: settings.mouse }).map_err(RunError::Terminal)?;
    let size = session.size().map_err(RunError::Terminal)?;
    let setup = Setup { settings, keymap, theme, size, remembered, moment: moment(), notices };
    let mut state = State::new(setup);
    if reads_at_once {
        state.set_focus(PaneId::Reader);
    } else if let Some(page) = edition::first_page().filter(|_| is_first_run) {
        // What a first run opens on is known, and costs less than finding out that it is one.
        state.preview(page);
    }
    let interrupt = Arc::new(Interrupt::default());
    let waiting = Arc::clone(&interrupt);
    let mut event_loop =
        EventLoop { state, incoming, worker, places: HashMap::new(), view: None, write_at: None, interrupt };
    session.draw(|frame| view(&event_loop.state, frame)).map_err(RunError::Terminal)?;
    let listener = move |event| {
        if event == TermEvent::Key(INTERRUPT) && waiting.pressed(clock::monotonic()) {
            signals::end();
        }
        sender.send(Incoming::Event(event)).is_ok()
    };
    session.listen(size, listener).map_err(RunError::Terminal)?;
    // A size that changed and changed back before anybody listened was seen by nobody; it may have cut off cells.
    session.repaint();
    let result = event_loop.run(&mut session).map_err(RunError::Terminal);
    // The screen is given back at once; what is still to be written is written before the program ends.
    drop(session);
    watch.leave();
    event_loop.write_places();
    // Lost bookmarks matter more than why the terminal went.
    event_loop.worker.finish(say).map_err(RunError::NotSaved).and(result)
}

fn moment() -> Moment {
    Moment { now: clock::now(), today: clock::today(), id: BookmarkId::from(clock::new_id()) }
}

struct EventLoop {
    state: State,
    incoming: Receiver<Incoming>,
    worker: Hands,
    /// Places in articles that are not written yet.
    places: HashMap<SourceId, Position>,
    /// How the screen is to be left, if that is not written yet.
    view: Option<String>,
    /// When both will be.
    write_at: Option<Instant>,
    interrupt: Arc<Interrupt>,
}

impl EventLoop {
    fn run(&mut self, session: &mut Session) -> io::Result<()> {
        while !self.state.quitting {
            let Some(first) = self.wait() else { return Ok(()) };
            let burst: Vec<Incoming> = std::iter::once(first).chain(self.incoming.try_iter()).collect();
            for (number, incoming) in burst.iter().enumerate() {
                // Of a storm of sizes only the last is laid out for.
                let is_resize = |incoming: &Incoming| matches!(incoming, Incoming::Event(TermEvent::Resize(..)));
                if is_resize(incoming) && burst.iter().skip(number + 1).any(is_resize) {
                    continue;
                }
                self.take(incoming, session)?;
                if self.state.quitting {
                    return Ok(());
                }
            }
            session.draw(|frame| view(&self.state, frame))?;
            self.interrupt.heard();
        }
        Ok(())
    }

    /// Waits for something to happen. While no place has to be written there is no deadline, and nothing wakes the
    /// program.
    fn wait(&mut self) -> Option<Incoming> {
        loop {
            let Some(at) = self.write_at else { return self.incoming.recv().ok() };
            match self.incoming.recv_timeout(at.saturating_duration_since(clock::monotonic())) {
                Ok(incoming) => return Some(incoming),
                Err(RecvTimeoutError::Timeout) => self.write_places(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn take(&mut self, incoming: &Incoming, session: &mut Session) -> io::Result<()> {
        match incoming {
            Incoming::Event(event) => {
                if matches!(event, TermEvent::Resize(..)) {
                    // A window that shrank and grew back between two frames has lost cells, though its size is the same.
                    session.repaint();
                }
                self.update(Msg::Event(event.clone()), session)
            }
            Incoming::Done(done) => self.update(Msg::Done(done.clone()), session),
            Incoming::Signal(Signal::Quit) => self.update(Msg::Terminate, session),
            Incoming::Signal(Signal::Stop) => self.stop(session),
            Incoming::Signal(Signal::Continue) => {
                session.reclaim()?;
                self.size_again(session)
            }
        }
    }

    fn update(&mut self, msg: Msg, session: &mut Session) -> io::Result<()> {
        for effect in update(&mut self.state, msg, moment()) {
            self.start(effect, session)?;
        }
        Ok(())
    }

    /// Has an effect carried out: what needs the terminal here, the rest by the workers.
    fn start(&mut self, effect: Effect, session: &mut Session) -> io::Result<()> {
        match effect {
            Effect::Suspend => {
                signals::ask_to_stop();
                self.stop(session)
            }
            Effect::Redraw => {
                session.repaint();
                Ok(())
            }
            Effect::Copy { text, done } => {
                let told = match session.copy(&sanitize(&text)) {
                    Ok(()) => Notice::done(done),
                    Err(error) => Notice::error(format!("Not copied: {error}.")),
                };
                self.update(Msg::Done(Done::Told(told)), session)
            }
            Effect::EditNote { id, note } => {
                let edited = session.suspended(|| opener::edit(&note, "md", MAX_NOTE))?;
                self.size_again(session)?;
                let done = match edited {
                    Ok(note) => Done::NoteEdited { id, note },
                    Err(error) => Done::Told(Notice::error(format!("The note is as it was: {error}."))),
                };
                self.update(Msg::Done(done), session)
            }
            Effect::SetPosition { id, position } => {
                self.places.insert(id, position);
                self.write_at.get_or_insert_with(|| clock::monotonic() + PLACE_DELAY);
                Ok(())
            }
            Effect::KeepView(text) => {
                self.view = Some(text);
                self.write_at.get_or_insert_with(|| clock::monotonic() + PLACE_DELAY);
                Ok(())
            }
            effect => {
                if matches!(effect, Effect::Open { .. }) {
                    // Who comes back to an article within the delay finds the place too.
                    self.write_places();
                }
                self.worker.give(effect);
                Ok(())
            }
        }
    }

    fn stop(&mut self, session: &mut Session) -> io::Result<()> {
        self.write_places();
        session.stop()?;
        self.size_again(session)
    }

    /// The window may have another size after somebody else had the terminal.
    fn size_again(&mut self, session: &mut Session) -> io::Result<()> {
        let size = session.size()?;
        self.update(Msg::Event(TermEvent::Resize(size.width, size.height)), session)
    }

    fn write_places(&mut self) {
        self.write_at = None;
        for (id, position) in self.places.drain() {
            self.worker.give(Effect::SetPosition { id, position });
        }
        if let Some(text) = self.view.take() {
            self.worker.give(Effect::KeepView(text));
        }
    }
}
