//! What can wake the event loop.

use crate::command::Answer;
use crate::command::event::TermEvent;
use crate::terminal::signals::Signal;

/// A message to the event loop.
pub(super) enum Message {
    /// Something happened in the terminal.
    Event(TermEvent),
    /// A worker has finished a job, or part of it.
    Answer(Answer),
    /// A signal was caught.
    Signal(Signal),
}
