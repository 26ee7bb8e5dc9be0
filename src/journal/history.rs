//! The undo history of this device, read back from its log, so that changes can be undone after a restart.
//!
//! The log holds every earlier state. A change that restores what the last change had changed is an undo, and one that
//! makes it again is a redo. So neither needs an entry of its own in the log, and a change that was reverted by hand can
//! be undone and redone too.

/// A change that can be reversed.
pub trait Reversible {
    /// How many changes can be undone.
    const DEPTH: usize;

    /// Whether this change undoes `earlier`.
    fn reverses(&self, earlier: &Self) -> bool;

    /// Whether this change does what `earlier` did.
    fn repeats(&self, earlier: &Self) -> bool;
}

/// Changes that can be undone, and undone ones that can be redone; the next one to be undone or redone is the last of
/// its list.
#[derive(Clone, Debug)]
pub struct History<S> {
    /// Changes that can be undone.
    pub done: Vec<S>,
    /// Changes that can be redone.
    pub undone: Vec<S>,
}

impl<S> Default for History<S> {
    fn default() -> Self {
        Self { done: Vec::new(), undone: Vec::new() }
    }
}

impl<S: Reversible> History<S> {
    /// Adds the next change.
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
