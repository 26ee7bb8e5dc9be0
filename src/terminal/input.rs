//! The thread that reads the terminal.
//!
//! It blocks until there is input, so an idle program is never woken. To make it release the terminal while an editor
//! owns it, [`Input::pause`] raises SIGWINCH in this process; the blocked read returns a resize, which is dropped, and
//! the thread sees that it should wait. (A real resize at that moment is dropped too: the caller queries the size
//! afterwards.)

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use crossterm::event::Event;
use signal_hook::{consts::SIGWINCH, low_level::raise};

use super::translate::from_crossterm;
use crate::command::event::TermEvent;

/// How long to wait for the reader before repeating the wake-up, which is lost if the reader does not listen for
/// SIGWINCH yet.
const WAKE_INTERVAL: Duration = Duration::from_millis(20);

/// After this many wake-ups the reader must be stuck in half an escape sequence, and we go on without it.
const MAX_WAKE_UPS: usize = 10;

/// The input thread. It ends with the program, or when its events are no longer wanted.
pub(super) struct Input {
    gate: Arc<Gate>,
}

impl Input {
    /// Starts reading; every event goes to `send`, until that returns false. [`TermEvent::Lost`] is the last one.
    ///
    /// Window managers often resize a window just after it opens, before anything listens: if the terminal no longer
    /// has this `size` (columns, rows) when reading begins, the first event says so.
    pub(super) fn start(size: (u16, u16), send: impl Fn(TermEvent) -> bool + Send + 'static) -> io::Result<Self> {
        let gate = Arc::new(Gate::default());
        let shared = Arc::clone(&gate);
        let reader = move || {
            // The first poll registers for SIGWINCH; if it fails, so will the read below, which reports it.
            let listening = crossterm::event::poll(Duration::ZERO).is_ok();
            let missed = crossterm::terminal::size().ok().filter(|now| listening && *now != size);
            if missed.is_none_or(|(columns, rows)| send(TermEvent::Resize(columns, rows))) {
                read_events(&shared, crossterm::event::read, send);
            }
        };
        thread::Builder::new().name("input".into()).spawn(reader)?;
        Ok(Self { gate })
    }

    /// Waits until the thread has released the terminal, for a fifth of a second at most.
    pub(super) fn pause(&self) {
        if !self.gate.close(|| raise(SIGWINCH)) {
            log::warn!("the input thread did not release the terminal in time");
        }
    }

    /// Lets the thread read again.
    pub(super) fn resume(&self) {
        self.gate.open();
    }
}

/// Stops the reader between two events while the terminal is not ours.
#[derive(Default)]
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Default)]
struct GateState {
    closed: bool,
    /// The reader waits at the gate, or has ended.
    is_parked: bool,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the gate and waits for the reader to reach it, waking it with `wake`. Returns whether it did.
    fn close(&self, wake: impl Fn() -> io::Result<()>) -> bool {
        self.lock().closed = true;
        for _ in 0..MAX_WAKE_UPS {
            if self.lock().is_parked {
                return true;
            }
            if let Err(error) = wake() {
                log::warn!("the input thread cannot be woken: {error}");
            }
            let waiting = self.changed.wait_timeout_while(self.lock(), WAKE_INTERVAL, |state| !state.is_parked);
            drop(waiting.unwrap_or_else(PoisonError::into_inner));
        }
        self.lock().is_parked
    }

    fn open(&self) {
        self.lock().closed = false;
        self.changed.notify_all();
    }

    /// Called by the reader, which waits here while the gate is closed.
    fn pass(&self) {
        let mut state = self.lock();
        if state.closed {
            state.is_parked = true;
            self.changed.notify_all();
            state = self.changed.wait_while(state, |state| state.closed).unwrap_or_else(PoisonError::into_inner);
            state.is_parked = false;
        }
    }

    fn leave(&self) {
        self.lock().is_parked = true;
        self.changed.notify_all();
    }
}

fn read_events(gate: &Gate, mut read: impl FnMut() -> io::Result<Event>, send: impl Fn(TermEvent) -> bool) {
    loop {
        gate.pass();
        // A terminal can send anything; if the parser panics, the program must not be left without input and without a
        // message.
        let event = match catch_unwind(AssertUnwindSafe(&mut read)) {
            Ok(Ok(Event::Resize(..))) if gate.lock().closed => None,
            Ok(Ok(event)) => from_crossterm(event),
            Ok(Err(error)) if error.kind() == io::ErrorKind::Interrupted => None,
            Ok(Err(error)) => Some(TermEvent::Lost(error.to_string())),
            Err(_) => Some(TermEvent::Lost("what the terminal sent cannot be understood".into())),
        };
        let lost = matches!(event, Some(TermEvent::Lost(_)));
        if event.is_some_and(|event| !send(event)) || lost {
            break;
        }
    }
    gate.leave();
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn resize(columns: u16) -> Event {
        Event::Resize(columns, 24)
    }

    #[test]
    fn a_terminal_that_cannot_be_read_is_reported_once_and_last() {
        let (gate, (tx, rx)) = (Gate::default(), mpsc::channel());
        let mut events = vec![Err(io::Error::other("gone")), Err(io::ErrorKind::Interrupted.into()), Ok(resize(80))];
        read_events(&gate, || events.pop().unwrap(), move |event| tx.send(event).is_ok());
        assert_eq!(rx.iter().collect::<Vec<_>>(), [TermEvent::Resize(80, 24), TermEvent::Lost("gone".into())]);
        assert!(gate.close(|| Ok(())), "nobody waits for a reader that has ended");
    }

    #[test]
    fn reading_ends_when_nobody_wants_the_events() {
        let mut reads = 0;
        let read = || {
            reads += 1;
            Ok(resize(reads))
        };
        read_events(&Gate::default(), read, |event| event != TermEvent::Resize(3, 24));
        assert_eq!(reads, 3);
    }

    #[test]
    fn a_paused_reader_reads_nothing_until_it_is_resumed() {
        let gate = Arc::new(Gate::default());
        let (terminal, typed) = mpsc::channel();
        let (tx, rx) = mpsc::channel();
        let shared = Arc::clone(&gate);
        let reader = thread::Builder::new().spawn(move || {
            read_events(&shared, || typed.recv().map_err(io::Error::other), move |event| tx.send(event).is_ok());
        });
        while !gate.close(|| terminal.send(resize(1)).map_err(io::Error::other)) {}
        // However often the reader was woken before it reached the gate, it does not read what comes now.
        terminal.send(resize(2)).unwrap();
        assert!(rx.try_recv().is_err());
        gate.open();
        assert_eq!(rx.iter().find(|event| *event != TermEvent::Resize(1, 24)), Some(TermEvent::Resize(2, 24)));
        drop(terminal);
        reader.unwrap().join().unwrap();
    }
}
