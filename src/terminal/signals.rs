//! Signals, as messages.
//!
//! The handlers only record that a signal came; a dedicated thread decides what to do and notifies the event loop.
//! While an editor owns the terminal the rules differ: interrupts are meant for the editor, and a stop takes effect at
//! once, because the shell waits until the whole process group has stopped.

use std::{
    io,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP},
    flag,
    iterator::{Handle, Signals},
    low_level::{emulate_default_handler, raise},
};

use super::claim::{self, Holder};

/// What the event loop should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Save and quit (SIGTERM, SIGHUP, SIGINT). A second SIGTERM or SIGINT ends the program at once.
    Quit,
    /// Give the terminal back and stop (SIGTSTP): call [`Session::stop`](super::Session::stop).
    Stop,
    /// Another process stopped and continued the program (SIGCONT): call [`Session::reclaim`](super::Session::reclaim).
    Continue,
}

/// Signals are watched until this is dropped.
pub struct Watch {
    handle: Handle,
    quitting: Arc<AtomicBool>,
}

impl Watch {
    /// The program is shutting down: from now on SIGINT and SIGTERM end it at once.
    pub fn leave(&self) {
        self.quitting.store(true, Ordering::SeqCst);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
    }
}

/// Sends signals to `send` from now on, until that returns false. Call before
/// [`Session::start`](super::Session::start).
pub fn watch(send: impl Fn(Signal) -> bool + Send + 'static) -> io::Result<Watch> {
    for (signal, request) in [(SIGTSTP, STOP), (SIGCONT, CONTINUE)] {
        flag::register_usize(signal, Arc::clone(&REQUEST), request)?;
    }
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let handle = signals.handle();
    let quitting = Arc::new(AtomicBool::new(false));
    let leaving = Arc::clone(&quitting);
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let stopped_ourselves = signal == SIGCONT && STOPPED_OURSELVES.swap(false, Ordering::SeqCst);
            let wanted = match decide(signal, leaving.load(Ordering::SeqCst), claim::holder(), stopped_ourselves) {
                Action::Ignore => true,
                Action::StopNow => stop_if_requested().is_ok(),
                Action::Die => {
                    die(signal);
                    false
                }
                Action::Send(message) => {
                    leaving.fetch_or(message == Signal::Quit, Ordering::SeqCst);
                    send(message)
                }
            };
            if !wanted {
                break;
            }
        }
    })?;
    Ok(Watch { handle, quitting })
}

/// Set before the program stops itself, so that the SIGCONT that follows is ignored.
static STOPPED_OURSELVES: AtomicBool = AtomicBool::new(false);

/// Notes interrupts (SIGINT) from now on, for work that can be left between two steps. A second one ends the program at
/// once with this `status`.
pub fn note_interrupts(status: u8) -> io::Result<Arc<AtomicBool>> {
    let interrupted = Arc::new(AtomicBool::new(false));
    // In this order: handlers run as they were registered, and the first interrupt must not find what it sets.
    flag::register_conditional_shutdown(SIGINT, i32::from(status), Arc::clone(&interrupted))?;
    flag::register(SIGINT, Arc::clone(&interrupted))?;
    Ok(interrupted)
}

/// The latest request. Recorded by the handlers themselves, because [`Signals`] reports which signals came but not in
/// which order, and a stop followed by a continue must be ignored: nothing would wake the program.
static REQUEST: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

/// No request is pending.
const NOTHING: usize = 0;
const STOP: usize = 1;
const CONTINUE: usize = 2;

/// Requests a stop as SIGTSTP does, before [`Session::stop`](super::Session::stop).
pub fn ask_to_stop() {
    REQUEST.store(STOP, Ordering::SeqCst);
}

/// Stops this process until it is continued, unless it has been continued already.
pub(super) fn stop_here() -> io::Result<()> {
    STOPPED_OURSELVES.store(REQUEST.load(Ordering::SeqCst) == STOP, Ordering::SeqCst);
    stop_if_requested()
}

/// Stops once per request: a second stop that arrives meanwhile counts as the same one.
fn stop_if_requested() -> io::Result<()> {
    match REQUEST.compare_exchange(STOP, NOTHING, Ordering::SeqCst, Ordering::SeqCst) {
        Ok(_) => raise(SIGSTOP),
        Err(_) => Ok(()),
    }
}

/// Ends the program at once, as a second SIGINT does.
pub fn end() {
    die(SIGINT);
}

#[derive(Debug, PartialEq, Eq)]
enum Action {
    Ignore,
    Send(Signal),
    StopNow,
    Die,
}

fn decide(signal: i32, quitting: bool, holder: Holder, stopped_ourselves: bool) -> Action {
    match signal {
        SIGQUIT => Action::Die,
        SIGINT if holder == Holder::Borrower => Action::Ignore,
        // A closing terminal sends SIGHUP more than once (kernel and shell), so only the others count as insistence.
        SIGTERM | SIGINT if quitting => Action::Die,
        SIGTERM | SIGINT | SIGHUP if !quitting => Action::Send(Signal::Quit),
        SIGTSTP if holder == Holder::Us => Action::Send(Signal::Stop),
        SIGTSTP => Action::StopNow,
        SIGCONT if holder == Holder::Us && !stopped_ourselves => Action::Send(Signal::Continue),
        _ => Action::Ignore,
    }
}

/// Restores the terminal and dies of `signal`, so that the shell sees the cause. A terminal that accepts no more bytes
/// (a dead connection) delays this by half a second at most.
fn die(signal: i32) {
    let (done, restored) = mpsc::channel();
    let restoring = thread::Builder::new().name("restore".into()).spawn(move || {
        if let Err(error) = claim::restore() {
            log::warn!("the terminal could not be restored: {error}");
        }
        done.send(()).ok();
    });
    if restoring.is_ok() {
        restored.recv_timeout(Duration::from_millis(500)).ok();
    }
    if let Err(error) = emulate_default_handler(signal) {
        log::error!("signal {signal} could not be handled: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_requests_and_the_second_forces() {
        for holder in [Holder::Us, Holder::Nobody] {
            for signal in [SIGTERM, SIGINT, SIGHUP] {
                assert_eq!(decide(signal, false, holder, false), Action::Send(Signal::Quit));
            }
            assert_eq!(decide(SIGTERM, true, holder, false), Action::Die);
            assert_eq!(decide(SIGINT, true, holder, false), Action::Die);
            assert_eq!(decide(SIGHUP, true, holder, false), Action::Ignore);
            assert_eq!(decide(SIGQUIT, false, holder, false), Action::Die);
        }
    }

    #[test]
    fn interrupts_of_an_editor_are_ignored_and_stops_take_effect_at_once() {
        assert_eq!(decide(SIGINT, false, Holder::Borrower, false), Action::Ignore);
        assert_eq!(decide(SIGINT, true, Holder::Borrower, false), Action::Ignore);
        assert_eq!(decide(SIGTSTP, false, Holder::Borrower, false), Action::StopNow);
        assert_eq!(decide(SIGCONT, false, Holder::Borrower, false), Action::Ignore);
        assert_eq!(decide(SIGTERM, false, Holder::Borrower, false), Action::Send(Signal::Quit));
    }

    #[test]
    fn continuing_is_reported_only_if_another_process_stopped_us() {
        assert_eq!(decide(SIGTSTP, false, Holder::Us, false), Action::Send(Signal::Stop));
        assert_eq!(decide(SIGTSTP, false, Holder::Nobody, false), Action::StopNow);
        assert_eq!(decide(SIGCONT, false, Holder::Us, true), Action::Ignore);
        assert_eq!(decide(SIGCONT, false, Holder::Us, false), Action::Send(Signal::Continue));
    }
}
