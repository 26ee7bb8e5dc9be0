//! The whole state of the program, and how a message changes it.
//!
//! [`update()`] takes a message and returns effects; [`view()`] draws the state and changes nothing. [`regions()`] says where
//! everything is, for both and for the mouse.

mod bookmarking;
mod commands;
mod correcting;
mod elsewhere;
mod feed_files;
mod feeds;
mod footer;
mod full_text;
mod handing_out;
mod held_keys;
mod history;
mod list;
mod mouse;
mod notices;
mod opening;
mod palette;
mod regions;
mod state;
mod typing;
mod undo;
mod update;
mod view;

#[cfg(test)]
pub(crate) use notices::above_footer;
pub use regions::{PaneArea, Regions, regions};
pub use state::{Overlay, Setup, State};
pub use update::{Msg, update};
pub use view::{draw, view};
