//! The thread that looks into folders for paths being typed: a folder may lie on a network that does not answer, and
//! nothing else waits for it.

use std::panic::catch_unwind;
use std::sync::mpsc::{Receiver, Sender};

use crate::command::{Done, Effect};
use crate::io::completion::complete;

use super::event_loop::Incoming;

/// Completes paths until nobody asks any more.
pub(super) fn complete_all(requests: &Receiver<Effect>, answers: &Sender<Incoming>) {
    while let Ok(first) = requests.recv() {
        // Only the latest counts.
        let latest = requests.try_iter().last().unwrap_or(first);
        let Effect::Complete { request, typed } = latest else { continue };
        let found = catch_unwind(|| complete(&typed));
        let found = found.unwrap_or_else(|_| Err("dateline stumbled over this folder".to_owned()));
        if answers.send(Incoming::Done(Done::Completed { request, typed, found })).is_err() {
            return;
        }
    }
}
