//! The thread that owns the subscriptions.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use crate::command::{Answer, FeedJob};
use crate::runtime::answers::Answers;
use crate::runtime::feed_worker::{FeedOutput, FeedWork, FeedWorker};
use crate::runtime::library_task::LibraryTask;
use crate::runtime::runner::{self, Inbox, Order};

/// Starts the thread of the subscriptions, which reads them at once. What takes as long as the web does has a thread each
/// time. `keep` is dropped at its end.
pub(super) fn start(
    mut worker: FeedWorker,
    library: &Inbox<LibraryTask>,
    answers: &Answers,
    keep: Sender<()>,
) -> io::Result<Inbox<FeedJob>> {
    let (inbox, jobs) = runner::queue(Order::AsGiven, answers);
    inbox.give(FeedJob::Refresh);
    let (own, library, answers) = (inbox.clone(), library.clone(), answers.clone());
    let run = move || {
        jobs.run(&answers, |job| {
            worker.carry_out(job, &mut |output| match output {
                FeedOutput::Answer(answer) => answers.send(answer),
                FeedOutput::Library(task) => library.give(task),
                FeedOutput::Work(work) => {
                    let (own, library, to_loop) = (own.clone(), library.clone(), answers.clone());
                    let carry_out = move |work: FeedWork| {
                        let send = |answer| to_loop.send(Answer::Feeds(answer));
                        work.carry_out(&|task| library.give(task), &|job| own.give(job), &send);
                    };
                    runner::detach("feeds of the web", &answers, work, (), carry_out);
                }
            });
        });
        drop(keep);
    };
    thread::Builder::new().name("feeds".into()).spawn(run)?;
    Ok(inbox)
}
