//! What was done on this device, read back from its log, so that it can be undone after a restart.
//!
//! The log holds every state there was. A change that brings back what the last change had changed is that change
//! undone, and one that makes it once more is it redone. That needs no mark in the log, and who makes a change and takes
//! it back by hand finds both ways open too.

/// A change that can be made backwards.
pub trait Reversible {
    /// How many changes can be taken back.
    const DEPTH: usize;

    /// Whether this change takes `earlier` back.
    fn reverses(&self, earlier: &Self) -> bool;

    /// Whether this change does what `earlier` did.
    fn repeats(&self, earlier: &Self) -> bool;
}

/// Changes that were made and can be taken back, and those that were taken back and can be made again; the next one to
/// be taken back or made again is the last of its list.
#[derive(Clone, Debug)]
pub struct History<S> {
    /// Changes that can be taken back.
    pub done: Vec<S>,
    /// Changes that can be made again.
    pub undone: Vec<S>,
}

impl<S> Default for History<S> {
    fn default() -> Self {
        Self { done: Vec::new(), undone: Vec::new() }
    }
}

impl<S: Reversible> History<S> {
    /// Takes in the next change.
    pub fn push(&mut self, step: S) {
        if self.done.last().is_some_and(|last| step.reverses(last)) {
            self.undone.extend(self.done.pop());
        } else if self.undone.last().is_some_and(|last| step.repeats(last)) {
            self.done.extend(self.undone.pop());
        } else {
            self.undone.clear();
            self.done.push(step);
        }
        if self.done.len() > S::DEPTH {
            self.done.remove(0);
        }
    }
}
