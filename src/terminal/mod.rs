//! The one place that talks to the terminal.
//!
//! * [`Session`] claims the terminal (raw mode, alternate screen, paste, focus, mouse), draws on it, and restores it
//!   whatever happens: exit, panic, signal, suspension, a failed start.
//! * [`TermEvent`](crate::command::event::TermEvent) is the input, read by a thread that sleeps until there is some.
//! * [`signals`] turns SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT into messages.
//! * [`capabilities`] decides colours from the environment.
//!
//! The order at startup: a channel, then [`signals::watch`] (so that no signal can kill the program once the terminal
//! is claimed), then [`Session::start`], the first frame, and only then [`Session::listen`].
//!
//! Nothing here queries the terminal. A reply takes a round trip before the first frame, never comes from some
//! terminals, and races with the input thread. So the kitty keyboard protocol, which has to be queried first, is not
//! used; every key works without it.

pub mod capabilities;
mod claim;
mod clipboard;
mod frame;
mod input;
mod modes;
mod painter;
mod session;
pub mod signals;
mod translate;

/// Columns and rows of the terminal, for output without claiming it.
pub use crossterm::terminal::size;
pub use session::{Options, Session};
