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

pub use event_loop::{RunError, Start, run};
