//! Signals, as messages.
//!
//! The handlers only note that a signal came; a thread of its own, asleep until then, decides and tells the event
//! loop. While an editor owns the terminal the rules differ: its interrupts are not meant for us, and a stop stops us
//! at once, because the shell waits until the whole group has stopped.

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
    /// Save and leave (SIGTERM, SIGHUP, SIGINT). A second SIGTERM or SIGINT ends the program without asking.
    Quit,
    /// Give the terminal back and stop (SIGTSTP): call [`Session::stop`](super::Session::stop).
    Stop,
    /// Somebody else stopped and continued the program (SIGCONT): call [`Session::reclaim`](super::Session::reclaim).
    Continue,
}

/// Listening lasts as long as this lives.
pub struct Watch {
    handle: Handle,
    quitting: Arc<AtomicBool>,
}

impl Watch {
    /// The program is on its way out: from now on SIGINT and SIGTERM end it at once.
    pub fn leave(&self) {
        self.quitting.store(true, Ordering::SeqCst);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
    }
}

/// Sends signals to `send` from now on, until that returns false. Call before [`Session::start`](super::Session::start).
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
                Act::Nothing => true,
                Act::StopNow => stop_if_asked().is_ok(),
                Act::Die => {
                    die(signal);
                    false
                }
                Act::Tell(message) => {
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

/// Set before the program stops itself: the SIGCONT that follows is no news.
static STOPPED_OURSELVES: AtomicBool = AtomicBool::new(false);

/// What was asked for last. Kept by the handlers themselves, because [`Signals`] tells which signals came and not in
/// which order, and a stop that was followed by a continue must not be obeyed any more: nobody would wake the program.
static REQUEST: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

/// Nothing is asked for that has not been done.
const NOTHING: usize = 0;
const STOP: usize = 1;
const CONTINUE: usize = 2;

/// Asks for what SIGTSTP asks for, before [`Session::stop`](super::Session::stop).
pub fn ask_to_stop() {
    REQUEST.store(STOP, Ordering::SeqCst);
}

/// Stops this process until somebody continues it, unless that has happened already. The SIGCONT is no news then.
pub(super) fn stop_here() -> io::Result<()> {
    STOPPED_OURSELVES.store(REQUEST.load(Ordering::SeqCst) == STOP, Ordering::SeqCst);
    stop_if_asked()
}

/// Stops once for each time it is asked for: a second stop that arrives while the first is obeyed is the same one.
fn stop_if_asked() -> io::Result<()> {
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
enum Act {
    Nothing,
    Tell(Signal),
    StopNow,
    Die,
}

fn decide(signal: i32, quitting: bool, holder: Holder, stopped_ourselves: bool) -> Act {
    match signal {
        SIGQUIT => Act::Die,
        SIGINT if holder == Holder::Borrower => Act::Nothing,
        // A closing terminal sends SIGHUP more than once (kernel and shell): only the others show impatience.
        SIGTERM | SIGINT if quitting => Act::Die,
        SIGTERM | SIGINT | SIGHUP if !quitting => Act::Tell(Signal::Quit),
        SIGTSTP if holder == Holder::Us => Act::Tell(Signal::Stop),
        SIGTSTP => Act::StopNow,
        SIGCONT if holder == Holder::Us && !stopped_ourselves => Act::Tell(Signal::Continue),
        _ => Act::Nothing,
    }
}

/// Gives the terminal back and dies of `signal`, so that the shell sees why. A terminal that takes no more bytes (a
/// dead connection) does not hold it up for longer than half a second.
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
        log::error!("signal {signal} could not be obeyed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_asks_and_the_second_insists() {
        for holder in [Holder::Us, Holder::Nobody] {
            for signal in [SIGTERM, SIGINT, SIGHUP] {
                assert_eq!(decide(signal, false, holder, false), Act::Tell(Signal::Quit));
            }
            assert_eq!(decide(SIGTERM, true, holder, false), Act::Die);
            assert_eq!(decide(SIGINT, true, holder, false), Act::Die);
            assert_eq!(decide(SIGHUP, true, holder, false), Act::Nothing);
            assert_eq!(decide(SIGQUIT, false, holder, false), Act::Die);
        }
    }

    #[test]
    fn an_editors_interrupts_are_not_ours_and_stops_are_obeyed_at_once() {
        assert_eq!(decide(SIGINT, false, Holder::Borrower, false), Act::Nothing);
        assert_eq!(decide(SIGINT, true, Holder::Borrower, false), Act::Nothing);
        assert_eq!(decide(SIGTSTP, false, Holder::Borrower, false), Act::StopNow);
        assert_eq!(decide(SIGCONT, false, Holder::Borrower, false), Act::Nothing);
        assert_eq!(decide(SIGTERM, false, Holder::Borrower, false), Act::Tell(Signal::Quit));
    }

    #[test]
    fn continuing_is_news_only_if_somebody_else_stopped_us() {
        assert_eq!(decide(SIGTSTP, false, Holder::Us, false), Act::Tell(Signal::Stop));
        assert_eq!(decide(SIGTSTP, false, Holder::Nobody, false), Act::StopNow);
        assert_eq!(decide(SIGCONT, false, Holder::Us, true), Act::Nothing);
        assert_eq!(decide(SIGCONT, false, Holder::Us, false), Act::Tell(Signal::Continue));
    }
}
