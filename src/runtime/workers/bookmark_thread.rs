//! The thread that owns bookmarks, corrections and saved searches.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;

use crate::command::{Answer, BookmarkAnswer, BookmarkJob, StoredBookmarks};
use crate::runtime::answers::Answers;
use crate::runtime::bookmark_worker::BookmarkWorker;
use crate::runtime::last_saves::{LastSaves, Saving, last_saves};
use crate::runtime::runner::{self, Inbox, Order, Queue};

/// Starts the thread, with what tells at its end whether everything is saved.
pub(super) fn start(data_dir: PathBuf, answers: &Answers) -> io::Result<(Inbox<BookmarkJob>, LastSaves)> {
    let (inbox, jobs) = runner::queue(Order::AsGiven, answers);
    let (last_bookmarks, saving) = last_saves("the last bookmarks or corrections");
    let to_loop = answers.clone();
    let keep = move || keep_bookmarks(data_dir, jobs, &to_loop, saving);
    thread::Builder::new().name("bookmarks".into()).spawn(keep)?;
    Ok((inbox, last_bookmarks))
}

/// Reads the bookmarks, and saves them and corrections until the end. Then says what is not saved and why; nothing if the
/// bookmarks could not even be read.
fn keep_bookmarks(data_dir: PathBuf, mut jobs: Queue<BookmarkJob>, answers: &Answers, mut saving: Saving) {
    let send = |answer| answers.send(answer);
    let opened = catch_unwind(AssertUnwindSafe(|| BookmarkWorker::open(data_dir, &send)));
    let Ok(mut worker) = opened else {
        let stored = StoredBookmarks::nothing("dateline stumbled over one of the logs");
        answers.send(Answer::Bookmarks(BookmarkAnswer::Loaded(Box::new(stored))));
        loop {
            // Each save is answered for: nobody must believe that it is on the disk.
            let batch = jobs.next_batch();
            if batch.is_empty() {
                return;
            }
            batch.iter().map(BookmarkJob::failure).for_each(send);
        }
    };
    loop {
        let batch = jobs.next_batch();
        if batch.is_empty() {
            saving.end(worker.finish());
            return;
        }
        saving.take(batch.iter().filter(|job| job.is_save()).count());
        let failures: Vec<Answer> = batch.iter().map(BookmarkJob::failure).collect();
        if catch_unwind(AssertUnwindSafe(|| worker.carry_out(batch, &send))).is_err() {
            failures.into_iter().for_each(send);
        } else if !worker.has_unsaved() {
            saving.saved();
        }
    }
}
