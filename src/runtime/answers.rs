//! The way from the workers to the event loop.

use std::sync::mpsc::Sender;

use crate::command::event::TermEvent;
use crate::command::{Answer, Notice};
use crate::terminal::signals::Signal;

/// Everything that can wake the event loop.
pub(super) enum Message {
    /// From the terminal.
    Event(TermEvent),
    /// From a worker.
    Answer(Answer),
    /// From the system.
    Signal(Signal),
}

/// Where workers hand in what they have to say.
#[derive(Clone)]
pub(super) struct Answers(Sender<Message>);

impl Answers {
    pub(super) fn new(to: Sender<Message>) -> Self {
        Self(to)
    }

    /// Hands an answer to the event loop. When that has ended nobody wants to know any more.
    pub(super) fn send(&self, answer: Answer) {
        self.0.send(Message::Answer(answer)).ok();
    }

    pub(super) fn tell(&self, notice: Notice) {
        self.send(Answer::Notice(notice));
    }
}
