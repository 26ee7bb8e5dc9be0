//! dateline: a news reader for the terminal.
//!
//! It opens an article, sets it as a comfortable page, shows who and what it is about, and keeps the passages a reader
//! bookmarks. `ARCHITECTURE.md` tells how a key press travels; this page tells what the rooms are.
//!
//! Rooms (modules) stand on floors. A room uses the rooms before it on its own floor and everything on the floors
//! below; `tests/rooms.rs` holds that true.
//!
//! * **data**, pure values and functions: [`article`], [`text`], [`query`], [`journal`],
//!   [`entity`], [`bookmark`], [`mark`], [`intake`]
//! * **screen**, pure too (state in, cells out): [`command`], [`config`], [`ui`], [`panes`], [`app`]
//! * **machine**, everything that touches the world: [`terminal`], [`library`], [`io`]
//! * **top**: [`runtime`] runs the program, [`cli`] reads its command line

pub mod app;
pub mod article;
pub mod bookmark;
pub mod cli;
pub mod command;
pub mod config;
pub mod entity;
pub mod intake;
pub mod io;
pub mod journal;
pub mod library;
pub mod mark;
pub mod panes;
pub mod query;
pub mod runtime;
pub mod terminal;
#[cfg(test)]
mod testing;
pub mod text;
pub mod ui;
