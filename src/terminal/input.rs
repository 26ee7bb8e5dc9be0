//! The thread that reads the terminal.
//!
//! It blocks until the terminal has something to say: an idle program is not woken at all. To make it let go of the
//! terminal while an editor owns it, [`Input::pause`] raises SIGWINCH in this very process; the blocked read answers
//! with a resize, which is dropped, and the thread sees that it should wait. (A true resize in that moment is dropped
//! too: who pauses asks for the size afterwards.)

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

/// How long to wait for the reader to let go before the wake-up is repeated: it is lost if the reader has not yet
/// begun to listen for SIGWINCH.
const PATIENCE: Duration = Duration::from_millis(20);

/// After so many wake-ups the reader is stuck inside half an escape sequence, and we go on without it.
const WAKE_UPS: usize = 10;

/// The running thread. It ends with the program, or when nobody wants its events.
pub(super) struct Input {
    gate: Arc<Gate>,
}

impl Input {
    /// Starts reading; every event goes to `send`, until that returns false. After [`TermEvent::Lost`] none comes.
    ///
    /// Window managers like to resize a window just after it opened, before anybody listens: if the terminal is no
    /// longer of this `size` (columns, rows) when reading begins, the first event says so.
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

    /// Waits until the thread has let go of the terminal, a fifth of a second at most.
    pub(super) fn pause(&self) {
        if !self.gate.close(|| raise(SIGWINCH)) {
            log::warn!("the input thread did not let go of the terminal in time");
        }
    }

    /// Lets the thread read again.
    pub(super) fn resume(&self) {
        self.gate.open();
    }
}

/// Where the reader stops between two events while the terminal is not ours.
#[derive(Default)]
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Default)]
struct GateState {
    closed: bool,
    /// The reader stands before the gate, or has gone for good.
    away: bool,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the gate and waits for the reader to reach it, waking it with `wake`. Whether it did.
    fn close(&self, wake: impl Fn() -> io::Result<()>) -> bool {
        self.lock().closed = true;
        for _ in 0..WAKE_UPS {
            if self.lock().away {
                return true;
            }
            if let Err(error) = wake() {
                log::warn!("the input thread cannot be woken: {error}");
            }
            let waiting = self.changed.wait_timeout_while(self.lock(), PATIENCE, |state| !state.away);
            drop(waiting.unwrap_or_else(PoisonError::into_inner));
        }
        self.lock().away
    }

    fn open(&self) {
        self.lock().closed = false;
        self.changed.notify_all();
    }

    /// The reader comes by, and waits if the gate is closed.
    fn pass(&self) {
        let mut state = self.lock();
        if state.closed {
            state.away = true;
            self.changed.notify_all();
            state = self.changed.wait_while(state, |state| state.closed).unwrap_or_else(PoisonError::into_inner);
            state.away = false;
        }
    }

    fn leave_for_good(&self) {
        self.lock().away = true;
        self.changed.notify_all();
    }
}

fn read_events(gate: &Gate, mut read: impl FnMut() -> io::Result<Event>, send: impl Fn(TermEvent) -> bool) {
    loop {
        gate.pass();
        // A terminal can send anything; a parser that trips over it must not leave the program deaf and silent.
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
    gate.leave_for_good();
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn resize(columns: u16) -> Event {
        Event::Resize(columns, 24)
    }

    #[test]
    fn a_terminal_that_cannot_be_read_is_said_once_and_last() {
        let (gate, (tx, rx)) = (Gate::default(), mpsc::channel());
        let mut events = vec![Err(io::Error::other("gone")), Err(io::ErrorKind::Interrupted.into()), Ok(resize(80))];
        read_events(&gate, || events.pop().unwrap(), move |event| tx.send(event).is_ok());
        assert_eq!(rx.iter().collect::<Vec<_>>(), [TermEvent::Resize(80, 24), TermEvent::Lost("gone".into())]);
        assert!(gate.close(|| Ok(())), "nobody waits for a reader that has gone");
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
    fn a_paused_reader_reads_nothing_until_it_is_let_go_on() {
        let gate = Arc::new(Gate::default());
        let (terminal, typed) = mpsc::channel();
        let (tx, rx) = mpsc::channel();
        let shared = Arc::clone(&gate);
        let reader = thread::Builder::new().spawn(move || {
            read_events(&shared, || typed.recv().map_err(io::Error::other), move |event| tx.send(event).is_ok());
        });
        while !gate.close(|| terminal.send(resize(1)).map_err(io::Error::other)) {}
        // However often the reader was woken before it stood at the gate, it does not touch what comes now.
        terminal.send(resize(2)).unwrap();
        assert!(rx.try_recv().is_err());
        gate.open();
        assert_eq!(rx.iter().find(|event| *event != TermEvent::Resize(1, 24)), Some(TermEvent::Resize(2, 24)));
        drop(terminal);
        reader.unwrap().join().unwrap();
    }
}
