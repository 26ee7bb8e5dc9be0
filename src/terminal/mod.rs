//! The one place that talks to the terminal.
//!
//! * [`Session`] claims the terminal (raw mode, alternate screen, paste, focus, mouse), draws on it, and gives it back
//!   as it was, whatever happens: end, panic, signal, suspension, a start that fails half-way.
//! * [`TermEvent`](crate::command::event::TermEvent) is what comes in, read by a thread that sleeps until something does.
//! * [`signals`] turns SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT into messages.
//! * [`capabilities`] decides colours from the environment.
//!
//! The order of a run: a channel, then [`signals::watch`] (a signal before the terminal is claimed must not kill the
//! program after it), then [`Session::start`], the first frame, and only then [`Session::listen`].
//!
//! Nothing here asks the terminal a question. An answer takes a round trip before the first frame, never comes from
//! some terminals, and races the thread that reads. So the kitty keyboard protocol, which must be asked for before it
//! is used, is not: every key of the program works without it.

pub mod capabilities;
mod claim;
mod copy;
mod frame;
mod input;
mod modes;
mod painter;
mod session;
pub mod signals;
mod translate;

pub use copy::CopyError;
/// Columns and rows of the terminal, for whoever prints to it without claiming it.
pub use crossterm::terminal::size;
pub use session::{Options, Session};
