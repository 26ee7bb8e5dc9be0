//! A worker that is replaced when it hangs: a file may lie on a disk that does not answer, and whoever asks for another
//! one must not wait for it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{io, thread};

use super::answers::Answers;
use super::runner::{Task, attempt};

/// How long the worker may go on with an earlier task before another thread takes its place. Reading takes milliseconds.
const PATIENCE: Duration = Duration::from_millis(50);

/// Takes only the latest task. While one hangs the next is taken by another thread; the one that hangs is left to itself,
/// and ends without an answer whenever it can.
pub(super) struct Replaceable<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    name: &'static str,
    state: Mutex<State<T>>,
    /// A task was handed in, or taken, or the end has come.
    changed: Condvar,
    answers: Answers,
    carry_out: Box<dyn Fn(T) -> Delivery + Send + Sync>,
}

/// Hands on the outcome of a task, unless the worker was replaced meanwhile.
pub(super) type Delivery = Box<dyn FnOnce()>;

struct State<T> {
    waiting: Option<T>,
    /// The number of the thread that is the worker now.
    worker: u64,
    is_busy: bool,
    /// A thread waits whether the worker takes the task that waits.
    has_standby: bool,
    ended: bool,
}

impl<T: Task> Replaceable<T> {
    pub(super) fn start(
        name: &'static str,
        answers: &Answers,
        carry_out: impl Fn(T) -> Delivery + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let state = State { waiting: None, worker: 0, is_busy: false, has_standby: false, ended: false };
        let shared = Arc::new(Shared {
            name,
            state: Mutex::new(state),
            changed: Condvar::new(),
            answers: answers.clone(),
            carry_out: Box::new(carry_out),
        });
        let first = Arc::clone(&shared);
        thread::Builder::new().name(name.into()).spawn(move || first.work(0))?;
        Ok(Self { shared })
    }

    /// Hands in a task. One that waits is dropped, because its answer would be.
    pub(super) fn give(&self, task: T) {
        let mut state = self.shared.lock();
        state.waiting = Some(task);
        let needs_standby = state.is_busy && !state.has_standby;
        state.has_standby |= needs_standby;
        drop(state);
        self.shared.changed.notify_all();
        if needs_standby {
            let standby = Arc::clone(&self.shared);
            if let Err(error) = thread::Builder::new().name(self.shared.name.into()).spawn(move || standby.stand_by()) {
                // The task is taken when the worker is free.
                log::error!("no second thread for {}: {error}", self.shared.name);
                self.shared.lock().has_standby = false;
            }
        }
    }
}

impl<T> Drop for Replaceable<T> {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.changed.notify_all();
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing panics while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Task> Shared<T> {
    /// Carries out tasks as the worker of this number, until the end or until another takes its place.
    fn work(&self, worker: u64) {
        while let Some(task) = self.next(worker) {
            let outcome = attempt(task, &self.answers, |task| (self.carry_out)(task));
            let mut state = self.lock();
            if state.worker != worker {
                return;
            }
            state.is_busy = false;
            drop(state);
            if let Some(deliver) = outcome {
                deliver();
            }
        }
    }

    fn next(&self, worker: u64) -> Option<T> {
        let is_idle = |state: &mut State<T>| state.waiting.is_none() && state.worker == worker && !state.ended;
        let mut state = self.changed.wait_while(self.lock(), is_idle).unwrap_or_else(PoisonError::into_inner);
        if state.worker != worker || state.ended {
            return None;
        }
        state.is_busy = true;
        let task = state.waiting.take();
        drop(state);
        self.changed.notify_all();
        task
    }

    /// Takes the place of the worker if that does not take the task that waits.
    fn stand_by(&self) {
        let is_waiting = |state: &mut State<T>| state.waiting.is_some() && !state.ended;
        let waited = self.changed.wait_timeout_while(self.lock(), PATIENCE, is_waiting);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.has_standby = false;
        if state.waiting.is_none() || state.ended {
            return;
        }
        state.worker += 1;
        state.is_busy = false;
        let worker = state.worker;
        drop(state);
        self.work(worker);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver, Sender};

    use super::super::runner::tests::{Numbered, answers, failures};
    use super::*;

    /// A worker that hangs in the tasks above 100 until it is released; what it delivers, and when such a task begins.
    fn hanging() -> (Replaceable<Numbered>, Sender<()>, Receiver<u32>, Receiver<u32>) {
        let (release, hold) = mpsc::channel::<()>();
        let (begin, begun) = mpsc::channel();
        let (deliver, delivered) = mpsc::channel();
        let hold = Mutex::new(hold);
        let carry_out = move |task: Numbered| -> Delivery {
            if task.0 > 100 {
                begin.send(task.0).unwrap();
                hold.lock().unwrap().recv().ok();
            }
            let deliver = deliver.clone();
            Box::new(move || deliver.send(task.0).unwrap())
        };
        (Replaceable::start("test", &answers().0, carry_out).unwrap(), release, begun, delivered)
    }

    #[test]
    fn the_next_task_does_not_wait_for_one_that_hangs_whose_outcome_is_dropped() {
        let (worker, release, begun, delivered) = hanging();
        worker.give(Numbered(101));
        assert_eq!(begun.recv(), Ok(101));
        worker.give(Numbered(1));
        assert_eq!(delivered.recv(), Ok(1));
        release.send(()).unwrap();
        worker.give(Numbered(2));
        assert_eq!(delivered.recv(), Ok(2));
        // Once every thread has ended nobody can deliver any more.
        drop(worker);
        assert_eq!(delivered.iter().collect::<Vec<_>>(), [0; 0]);
    }

    #[test]
    fn a_task_that_panics_is_answered_for_and_the_worker_goes_on() {
        let (answers, received) = answers();
        let (deliver, delivered) = mpsc::channel();
        let carry_out = move |task: Numbered| -> Delivery {
            assert_ne!(task.0, 1, "this one is made to panic");
            let deliver = deliver.clone();
            Box::new(move || deliver.send(task.0).unwrap())
        };
        let worker = Replaceable::start("test", &answers, carry_out).unwrap();
        worker.give(Numbered(1));
        while failures(&received) != ["1"] {
            thread::yield_now();
        }
        worker.give(Numbered(2));
        assert_eq!(delivered.recv(), Ok(2));
    }
}
