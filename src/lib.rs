//! dateline: a news reader for the terminal.
//!
//! It opens an article, sets it as a comfortable page, shows who and what it is about, and keeps the passages a reader
//! bookmarks. `ARCHITECTURE.md` tells how a key press travels; this page tells what the rooms are.
//!
//! Rooms (modules) stand on floors. A room uses the rooms before it on its own floor and everything on the floors
//! below; `tests/rooms.rs` holds that true. They are private to the crate: `internals` is the one door for benches,
//! examples and tests.
//!
//! * **data**, pure values and functions: `article`, `text`, `query`, `journal`,
//!   `entity`, `bookmark`, `mark`, `intake`, `feed`
//! * **screen**, pure too (state in, cells out): `command`, `config`, `ui`, `panes`, `app`
//! * **machine**, everything that touches the world: `terminal`, `library`, `io`, `net`
//! * **top**: `runtime` runs the program, `cli` reads its command line

#![allow(rustdoc::private_intra_doc_links, reason = "the rooms are private, and read with their private items")]

pub(crate) mod app;
pub(crate) mod article;
pub(crate) mod bookmark;
pub mod cli;
pub(crate) mod command;
pub(crate) mod config;
pub(crate) mod entity;
pub(crate) mod feed;
pub(crate) mod intake;
pub mod internals;
pub(crate) mod io;
pub(crate) mod journal;
pub(crate) mod library;
pub(crate) mod mark;
pub(crate) mod net;
pub(crate) mod panes;
pub(crate) mod query;
pub(crate) mod runtime;
pub(crate) mod terminal;
#[cfg(test)]
mod testing;
pub(crate) mod text;
pub(crate) mod ui;
