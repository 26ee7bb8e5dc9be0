//! Runs the program: the event loop, the workers that carry out effects, and what they share with the command line.

pub(crate) mod anchors;
mod completing;
mod corrections;
pub mod edition;
mod event_loop;
mod exporting;
mod hands;
mod interrupt;
mod keeper;
pub mod loading;
mod worker;

use std::fmt::Display;

pub use event_loop::{RunError, Start, run};

/// What went wrong and, in brackets, what to do about it.
fn with_hint(error: &impl Display, hint: Option<impl Display>) -> String {
    match hint {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}
