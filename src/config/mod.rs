//! Settings, from text.
//!
//! A setting comes from one of three layers: the default, the configuration file, or a command-line flag. The last one
//! wins, and [`Settings::layer`] tells which it was. [`Settings::from_toml`] never fails as a whole: every mistake
//! becomes a [`ConfigProblem`] with its line, what is wrong and what was probably meant, and the program starts.
//!
//! The default file, `assets/config.toml`, documents every setting. To add one: a field and its default in
//! `settings.rs`, its row in `reader.rs`, its line in `Settings::to_toml`, and its paragraph in that file. Tests catch
//! anything that was forgotten.

mod feed_access;
mod problem;
mod program_reader;
mod programs;
mod reader;
mod screen;
mod settings;
#[cfg(test)]
mod tests;
mod toml_text;
mod view_choices;

pub use feed_access::{FeedAccess, Secret};
pub use problem::ConfigProblem;
pub use programs::{Opener, command_words, fill};
pub use reader::KnownNames;
pub use screen::{Background, ColorDepth};
pub use settings::{ColorChoice, KeyBinding, MEASURE, Settings, ThemeChoice};
pub use view_choices::{ArticleOrder, RememberedChoices, ViewChoices};

/// The documented default configuration, as `dateline config default` prints it.
pub const DEFAULT_TOML: &str = include_str!("../../assets/config.toml");
