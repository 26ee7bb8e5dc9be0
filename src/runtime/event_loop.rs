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
use crate::command::{
    Answer, BookmarkJob, Effect, FeedJob, Keymap, LibraryJob, Notice, SourceJob, TerminalAnswer, TerminalJob,
};
use crate::config::Settings;
use crate::intake::TextEncoding;
use crate::io::paths::Paths;
use crate::io::programs::{self, Programs};
use crate::io::{clock, opener, view_choices};
use crate::library::Library;
use crate::net::Network;
use crate::panes::Moment;
use crate::terminal::signals::{self, Signal};
use crate::terminal::{Options, Session};
use crate::text::sanitize::sanitize;
use crate::text::unprintable::printable;
use crate::ui::Theme;

use super::answers::{Answers, Message};
use super::edition;
use super::interrupt::Interrupt;
use super::workers::{WorkerSetup, Workers};

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
    /// How the web is reached.
    pub network: Network,
    /// Files, folders, addresses and `-` from the command line.
    pub sources: Vec<OsString>,
    /// The encoding they are read in, if one was named.
    pub encoding: Option<TextEncoding>,
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
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Terminal(_) => "run it in a terminal; `dateline read SOURCE` prints an article anywhere",
            Self::NotSaved(_) => "`dateline doctor` says what is wrong with the folder",
        }
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

/// How long after the start feeds are fetched: the first page and the first keys go before.
const FIRST_FETCH: Duration = Duration::from_secs(3);
/// Longest time between two looks whether feeds are due: some are sooner than others.
const FETCH_PAUSE: Duration = Duration::from_secs(10 * 60);

/// Time between two looks whether feeds are due; none if that is left to the reader.
fn fetch_pause(settings: &Settings) -> Option<Duration> {
    let interval = settings.fetch_interval()?;
    Some(FETCH_PAUSE.min(Duration::try_from(interval).unwrap_or(FETCH_PAUSE)))
}

/// The key that says more strongly than `q` that somebody wants to leave.
const INTERRUPT: Key = Key { code: KeyCode::Char('c'), ctrl: true, alt: false, shift: false };

/// Runs the reader until it is left. The terminal is as before when this returns, or panics.
///
/// # Errors
/// [`RunError::Terminal`] when there is no terminal, or it goes away; [`RunError::NotSaved`] when bookmarks could not be
/// written before the end.
pub fn run(start: Start) -> Result<(), RunError> {
    let Start { paths, settings, keymap, theme, network, sources, encoding, notices, say } = start;
    let (sender, incoming) = mpsc::channel();
    let reads_at_once = !sources.is_empty();
    let is_first_run = !reads_at_once && !Library::exists(&paths.data_dir);
    let remembered = view_choices::read(&paths.data_dir);
    // Looking around needs no screen and the first frame needs nothing found: they go side by side.
    let setup = WorkerSetup {
        data_dir: paths.data_dir,
        named: sources,
        encoding,
        network,
        programs: Programs::of(&settings),
        fetch_interval: settings.fetch_interval(),
        most: usize::try_from(settings.keep).unwrap_or(usize::MAX),
    };
    let workers = Workers::start(setup, &Answers::new(sender.clone())).map_err(RunError::Terminal)?;
    let to_loop = sender.clone();
    let watch =
        signals::watch(move |signal| to_loop.send(Message::Signal(signal)).is_ok()).map_err(RunError::Terminal)?;
    let mut session = Session::start(Options { mouse: settings.mouse }).map_err(RunError::Terminal)?;
    let size = session.size().map_err(RunError::Terminal)?;
    let setup = Setup { settings, keymap, theme, size, remembered, moment: moment(), notices };
    let mut state = State::new(setup);
    if reads_at_once {
        state.await_named();
    } else if let Some(page) = edition::first_page().filter(|_| is_first_run) {
        // What a first run opens on is known, and costs less than finding out that it is one.
        state.preview(page);
    }
    let interrupt = Arc::new(Interrupt::default());
    let waiting = Arc::clone(&interrupt);
    let mut event_loop = EventLoop {
        state,
        incoming,
        workers,
        places: HashMap::new(),
        view: None,
        write_at: None,
        fetch_at: None,
        interrupt,
    };
    session.draw(|frame| view(&event_loop.state, frame)).map_err(RunError::Terminal)?;
    let listener = move |event| {
        if event == TermEvent::Key(INTERRUPT) && waiting.pressed(clock::monotonic()) {
            signals::end();
        }
        sender.send(Message::Event(event)).is_ok()
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
    event_loop.workers.finish(say).map_err(RunError::NotSaved).and(result)
}

fn moment() -> Moment {
    let now = clock::now();
    Moment { now, today: clock::day_of(now), zone: clock::zone(), id: BookmarkId::from(clock::new_id()) }
}

struct EventLoop {
    state: State,
    incoming: Receiver<Message>,
    workers: Workers,
    /// Places in articles that are not written yet.
    places: HashMap<SourceId, Position>,
    /// How the screen is to be left, if that is not written yet.
    view: Option<String>,
    /// When both will be.
    write_at: Option<Instant>,
    /// When feeds are to be fetched without anybody asking.
    fetch_at: Option<Instant>,
    interrupt: Arc<Interrupt>,
}

impl EventLoop {
    fn run(&mut self, session: &mut Session) -> io::Result<()> {
        while !self.state.quitting {
            let Some(first) = self.wait() else { return Ok(()) };
            let burst: Vec<Message> = std::iter::once(first).chain(self.incoming.try_iter()).collect();
            let is_resize = |message: &Message| matches!(message, Message::Event(TermEvent::Resize(..)));
            let last_resize = burst.iter().rposition(is_resize);
            for (number, message) in burst.into_iter().enumerate() {
                // Of a storm of sizes only the last is laid out for.
                if is_resize(&message) && Some(number) != last_resize {
                    continue;
                }
                self.take(message, session)?;
                if self.state.quitting {
                    return Ok(());
                }
            }
            session.draw(|frame| view(&self.state, frame))?;
            self.interrupt.heard();
        }
        Ok(())
    }

    /// Waits for something to happen. While no place has to be written and nobody subscribes to a feed there is no
    /// deadline, and nothing wakes the program.
    fn wait(&mut self) -> Option<Message> {
        loop {
            self.plan_to_fetch();
            let next = [self.write_at, self.fetch_at].into_iter().flatten().min();
            let Some(at) = next else { return self.incoming.recv().ok() };
            match self.incoming.recv_timeout(at.saturating_duration_since(clock::monotonic())) {
                Ok(message) => return Some(message),
                Err(RecvTimeoutError::Timeout) => self.keep_deadlines(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Feeds are fetched soon after the start, and again whenever some may be due.
    fn plan_to_fetch(&mut self) {
        let interval = fetch_pause(&self.state.shared.settings);
        let has_feeds = self.state.shared.subscriptions.all().any(|feed| !feed.is_paused);
        match (interval, has_feeds, self.fetch_at) {
            (None, ..) | (_, false, _) => self.fetch_at = None,
            (Some(_), true, None) => self.fetch_at = Some(clock::monotonic() + FIRST_FETCH),
            (Some(_), true, Some(_)) => {}
        }
    }

    fn keep_deadlines(&mut self) {
        let now = clock::monotonic();
        if self.write_at.is_some_and(|at| at <= now) {
            self.write_places();
        }
        if self.fetch_at.is_some_and(|at| at <= now) {
            self.workers.feeds(FeedJob::Fetch { feeds: None, is_asked_for: false });
            self.fetch_at = fetch_pause(&self.state.shared.settings).map(|interval| now + interval);
        }
    }

    fn take(&mut self, message: Message, session: &mut Session) -> io::Result<()> {
        match message {
            Message::Event(event) => {
                if matches!(event, TermEvent::Resize(..)) {
                    // A window that shrank and grew back between two frames has lost cells, though its size is the same.
                    session.repaint();
                }
                self.update(Msg::Event(event), session)
            }
            Message::Answer(answer) => self.update(Msg::Answer(answer), session),
            Message::Signal(Signal::Quit) => self.update(Msg::Terminate, session),
            Message::Signal(Signal::Stop) => self.stop(session),
            Message::Signal(Signal::Continue) => {
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
            Effect::Terminal(job) => return self.with_terminal(job, session),
            Effect::Library(LibraryJob::SetPosition { id, position }) => {
                self.places.insert(id, position);
                self.write_at.get_or_insert_with(|| clock::monotonic() + PLACE_DELAY);
            }
            Effect::Bookmarks(BookmarkJob::KeepView(text)) => {
                self.view = Some(text);
                self.write_at.get_or_insert_with(|| clock::monotonic() + PLACE_DELAY);
            }
            Effect::Library(job) => self.workers.library(job),
            Effect::List(job) => self.workers.list(job),
            Effect::Bookmarks(job) => self.workers.bookmarks(job),
            Effect::Page(job) => self.workers.page(job),
            Effect::Sources(job) => {
                if matches!(job, SourceJob::Open { .. } | SourceJob::OpenFeedText { .. }) {
                    // Who comes back to an article within the delay finds the place too.
                    self.write_places();
                }
                self.workers.sources(job);
            }
            Effect::Net(job) => {
                // A page that is fetched again keeps its place.
                self.write_places();
                self.workers.net(job);
            }
            Effect::Feeds(job) => self.workers.feeds(job),
            Effect::Desk(job) => self.workers.desk(job),
        }
        Ok(())
    }

    /// Carries out what needs the terminal.
    fn with_terminal(&mut self, job: TerminalJob, session: &mut Session) -> io::Result<()> {
        match job {
            TerminalJob::Suspend => {
                signals::ask_to_stop();
                self.stop(session)
            }
            TerminalJob::Redraw => {
                session.repaint();
                Ok(())
            }
            TerminalJob::Copy { text, done } => {
                let told = match session.copy(&sanitize(&text)) {
                    Ok(()) => Notice::done(done),
                    Err(error) => Notice::error(format!("Not copied: {error}.")),
                };
                self.update(Msg::Answer(Answer::Notice(told)), session)
            }
            TerminalJob::Pipe { command, text } => {
                let piped = session.suspended(|| programs::pipe(&command, &text))?;
                self.size_again(session)?;
                match piped {
                    Ok(()) => Ok(()),
                    Err(error) => {
                        let told = Notice::error(format!("Not piped to {}: {error}.", printable(&command)));
                        self.update(Msg::Answer(Answer::Notice(told)), session)
                    }
                }
            }
            TerminalJob::EditNote { id, note } => {
                let edited = session.suspended(|| opener::edit(&note, "md", MAX_NOTE))?;
                self.size_again(session)?;
                let answer = match edited {
                    Ok(note) => Answer::Terminal(TerminalAnswer::NoteEdited { id, note }),
                    Err(error) => Answer::Notice(Notice::error(format!("The note is as it was: {error}."))),
                };
                self.update(Msg::Answer(answer), session)
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
            self.workers.library(LibraryJob::SetPosition { id, position });
        }
        if let Some(text) = self.view.take() {
            self.workers.bookmarks(BookmarkJob::KeepView(text));
        }
    }
}
