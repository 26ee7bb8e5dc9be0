//! How workers are run, whatever they do: in which order they take their tasks, what is answered for a task that panics
//! or comes too late, and how they end.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::command::{Answer, BookmarkJob, DeskJob, FeedJob, NetJob, PageJob, SourceJob};

use super::answers::Answers;

/// Something for a worker to do.
pub(super) trait Task: Send + 'static {
    /// What is answered if it cannot be carried out: its worker panicked or is gone.
    fn failure(&self) -> Answer;

    /// Whether nobody wants to know the answer to `earlier`, which waits, once this is asked.
    fn replaces(&self, _earlier: &Self) -> bool {
        false
    }

    /// Whether the screen waits for it. Only [`Order::UrgentFirst`] asks.
    fn is_urgent(&self) -> bool {
        true
    }
}

/// Jobs of the screen, which say themselves what is answered.
macro_rules! jobs {
    ($($job:ty),*) => {
        $(impl Task for $job {
            fn failure(&self) -> Answer {
                self.failure()
            }
        })*
    };
}

jobs!(BookmarkJob, PageJob, SourceJob, NetJob, FeedJob, DeskJob);

/// Which of the tasks that wait is the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The first.
    AsGiven,
    /// The last; the others are dropped, because their answers would be.
    LatestOnly,
    /// The first of those the screen waits for, else the first.
    UrgentFirst,
}

/// What lies in an inbox.
enum Item<T> {
    Task(T),
    /// Nothing comes after this that has to be done.
    End,
}

/// Where tasks are handed in.
pub(super) struct Inbox<T> {
    items: Sender<Item<T>>,
    answers: Answers,
}

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), answers: self.answers.clone() }
    }
}

impl<T: Task> Inbox<T> {
    /// Hands in a task. A worker that is gone answers with its failure.
    pub(super) fn give(&self, task: T) {
        if let Err(mpsc::SendError(Item::Task(task))) = self.items.send(Item::Task(task)) {
            log::error!("a worker is given something to do after its end");
            self.answers.send(task.failure());
        }
    }

    /// Lets the worker end once it has done what was handed in before.
    pub(super) fn end(&self) {
        self.items.send(Item::End).ok();
    }
}

/// Where a worker takes its tasks from. It ends when it was told to, or when nobody can hand in any more.
pub(super) struct Queue<T> {
    items: Receiver<Item<T>>,
    waiting: VecDeque<T>,
    order: Order,
    ended: bool,
}

/// An inbox, and the queue at its other side.
pub(super) fn queue<T: Task>(order: Order, answers: &Answers) -> (Inbox<T>, Queue<T>) {
    let (items, receiver) = mpsc::channel();
    let inbox = Inbox { items, answers: answers.clone() };
    (inbox, Queue { items: receiver, waiting: VecDeque::new(), order, ended: false })
}

impl<T: Task> Queue<T> {
    /// Waits until there is something to do. None at the end.
    fn next(&mut self) -> Option<T> {
        self.wait();
        match self.order {
            Order::AsGiven => self.waiting.pop_front(),
            Order::LatestOnly => self.waiting.drain(..).next_back(),
            Order::UrgentFirst => {
                let urgent = self.waiting.iter().position(T::is_urgent);
                self.waiting.remove(urgent.unwrap_or_default())
            }
        }
    }

    /// Waits until there is something to do, and takes all of it, in order. Nothing at the end.
    pub(super) fn next_batch(&mut self) -> Vec<T> {
        self.wait();
        self.waiting.drain(..).collect()
    }

    fn wait(&mut self) {
        if self.waiting.is_empty() && !self.ended {
            match self.items.recv() {
                Ok(item) => self.take_in(item),
                Err(mpsc::RecvError) => self.ended = true,
            }
        }
        while let Ok(item) = self.items.try_recv() {
            self.take_in(item);
        }
    }

    fn take_in(&mut self, item: Item<T>) {
        match item {
            Item::Task(_) if self.ended => {}
            Item::Task(task) => {
                self.waiting.retain(|earlier| !task.replaces(earlier));
                self.waiting.push_back(task);
            }
            Item::End => self.ended = true,
        }
    }

    /// Carries out one task after the other until the end.
    pub(super) fn run(mut self, answers: &Answers, mut carry_out: impl FnMut(T)) {
        while let Some(task) = self.next() {
            attempt(task, answers, &mut carry_out);
        }
    }
}

/// Carries out a task. A panic, whose report is in the log file, gives the answer of the task and none to the caller.
pub(super) fn attempt<T: Task, O>(task: T, answers: &Answers, carry_out: impl FnOnce(T) -> O) -> Option<O> {
    let failure = task.failure();
    let outcome = catch_unwind(AssertUnwindSafe(|| carry_out(task)));
    if outcome.is_err() {
        answers.send(failure);
    }
    outcome.ok()
}

/// Starts a thread whose worker takes tasks from an inbox until the end.
pub(super) fn start<T: Task>(
    name: &str,
    order: Order,
    answers: &Answers,
    carry_out: impl FnMut(T) + Send + 'static,
) -> io::Result<Inbox<T>> {
    let (inbox, queue) = queue(order, answers);
    let to_loop = answers.clone();
    thread::Builder::new().name(name.into()).spawn(move || queue.run(&to_loop, carry_out))?;
    Ok(inbox)
}

/// Carries out one task on a thread of its own, for which nothing else waits. `keep` is dropped when it is done.
pub(super) fn detach<T: Task>(
    name: &str,
    answers: &Answers,
    task: T,
    keep: impl Send + 'static,
    carry_out: impl FnOnce(T) + Send + 'static,
) {
    let (failure, to_loop) = (task.failure(), answers.clone());
    let work = move || {
        attempt(task, &to_loop, carry_out);
        drop(keep);
    };
    if let Err(error) = thread::Builder::new().name(name.into()).spawn(work) {
        log::error!("no thread for {name}: {error}");
        answers.send(failure);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::answers::Message;
    use super::*;
    use crate::command::Notice;

    /// A task with a number, by which its failure is known.
    #[derive(Debug, PartialEq, Eq)]
    pub(in crate::runtime) struct Numbered(pub(in crate::runtime) u32);

    impl Task for Numbered {
        fn failure(&self) -> Answer {
            Answer::Notice(Notice::error(self.0.to_string()))
        }

        fn is_urgent(&self) -> bool {
            self.0 >= 10
        }
    }

    pub(in crate::runtime) fn answers() -> (Answers, Receiver<Message>) {
        let (sender, receiver) = mpsc::channel();
        (Answers::new(sender), receiver)
    }

    pub(in crate::runtime) fn failures(received: &Receiver<Message>) -> Vec<String> {
        let notice = |message| match message {
            Message::Answer(Answer::Notice(notice)) => Some(notice.text),
            _ => None,
        };
        received.try_iter().filter_map(notice).collect()
    }

    fn taken(order: Order, given: &[u32]) -> Vec<u32> {
        let (answers, _received) = answers();
        let (inbox, queue) = queue(order, &answers);
        for number in given {
            inbox.give(Numbered(*number));
        }
        inbox.end();
        let mut taken = Vec::new();
        queue.run(&answers, |task| taken.push(task.0));
        taken
    }

    #[test]
    fn tasks_are_taken_in_their_order_and_all_of_them_before_the_end() {
        assert_eq!(taken(Order::AsGiven, &[1, 20, 3]), [1, 20, 3]);
        assert_eq!(taken(Order::LatestOnly, &[1, 20, 3]), [3]);
        assert_eq!(taken(Order::UrgentFirst, &[1, 2, 20, 3, 10]), [20, 10, 1, 2, 3]);
        assert_eq!(taken(Order::UrgentFirst, &[]), [0; 0]);
    }

    #[test]
    fn what_is_given_after_the_end_is_left_undone() {
        let (answers, _received) = answers();
        let (inbox, queue) = queue(Order::UrgentFirst, &answers);
        let again = inbox.clone();
        inbox.give(Numbered(1));
        inbox.end();
        let mut done = 0;
        queue.run(&answers, |task| {
            done += task.0;
            again.give(Numbered(task.0 + 1));
        });
        assert_eq!(done, 1, "work that makes work for itself comes to an end");
    }

    #[test]
    fn a_task_that_panics_is_answered_for_and_the_next_one_is_carried_out() {
        let (answers, received) = answers();
        let (inbox, queue) = queue(Order::AsGiven, &answers);
        for number in [1, 2] {
            inbox.give(Numbered(number));
        }
        inbox.end();
        let mut done = 0;
        queue.run(&answers, |task| {
            assert_ne!(task.0, 1, "this one is made to panic");
            done += task.0;
        });
        assert_eq!((done, failures(&received)), (2, vec!["1".to_owned()]));
    }

    #[test]
    fn a_worker_that_is_gone_answers() {
        let (answers, received) = answers();
        let (inbox, queue) = queue(Order::AsGiven, &answers);
        drop(queue);
        inbox.give(Numbered(7));
        assert_eq!(failures(&received), ["7"]);
    }

    #[test]
    fn what_is_detached_answers_for_itself() {
        let (answers, received) = answers();
        let (keep, ended) = mpsc::channel::<()>();
        detach("test", &answers, Numbered(5), keep, |_| panic!("made to panic"));
        assert!(ended.recv().is_err(), "it has ended");
        assert_eq!(failures(&received), ["5"]);
    }
}
