//! Runs the program: the event loop, the workers that carry out effects, and what they share with the command line.
//!
//! * `event_loop`: messages in, frames and effects out; `answers`: the way to it; `interrupt`: `C-c` that nobody hears
//! * `workers`: the threads, and who gets what; `runner`, `replaceable`: how a worker is run; `last_saves`: how it ends
//! * one worker a family of jobs: `library_worker` (its tasks: `library_task`), `list_worker`, `bookmark_worker` (with
//!   `corrections` and `searches`), `page_worker`, `source_worker` (with `rescan`), `net_worker`, `feed_worker`,
//!   `desk_worker`
//! * `catalogue`: the library and the logs of marks, kept in step
//! * `loading`: from a source to an article; `adding`: many of them; `refused`: what could not be read
//! * `fetching`: many feeds at once; `finding`: what there is at an address; `importing`: lists of other readers;
//!   `pages_ahead`: pages that are fetched before they are opened
//! * `edition`: the articles inside the program

pub(crate) mod adding;
mod answers;
pub(crate) mod bookmark_worker;
pub(crate) mod catalogue;
mod corrections;
pub(crate) mod desk_worker;
pub mod edition;
mod event_loop;
pub(crate) mod feed_worker;
pub(crate) mod fetching;
pub(crate) mod finding;
pub(crate) mod importing;
mod interrupt;
mod last_saves;
pub(crate) mod library_task;
pub(crate) mod library_worker;
pub(crate) mod list_worker;
pub mod loading;
pub(crate) mod net_worker;
pub(crate) mod page_worker;
pub(crate) mod pages_ahead;
pub(crate) mod refused;
mod replaceable;
mod rescan;
mod runner;
mod searches;
pub(crate) mod source_worker;
mod workers;

use std::fmt::Display;

pub use event_loop::{Start, run};

/// What went wrong and, in brackets, what to do about it.
pub(crate) fn with_hint(error: &impl Display, hint: Option<impl Display>) -> String {
    match hint {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}
