//! The table of everything a person can do, the keys that do it, and what the program may ask of the outside world.

mod color;
mod effect;
pub mod event;
pub mod key;
mod keymap;
mod notice;
mod scope;
mod table;

pub use effect::{Completion, Done, Effect, Loaded, Sighting, Started};
pub use keymap::{Hidden, Keymap, Lookup, Override, show_typed};
pub use notice::{Notice, Severity};
pub use scope::Scope;
pub use table::{Command, Row, TABLE};
