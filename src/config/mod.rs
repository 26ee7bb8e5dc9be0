//! Settings, from text.
//!
//! A setting comes from one of three layers: the default, the configuration file, a flag of the command line; the later
//! wins, and [`Settings::layer`] tells which did. [`Settings::from_toml`] never fails as a whole: every mistake becomes
//! a [`ConfigProblem`] that names its line, says what is wrong and what was probably meant, and the program starts.
//!
//! The default file, `assets/config.toml`, documents every setting. To add one: a field and its default in
//! `settings.rs`, its row in `read.rs`, its line in `Settings::to_toml`, and its paragraph in that file; tests tell
//! which was forgotten.

mod problem;
mod read;
mod screen;
mod settings;
#[cfg(test)]
mod tests;
mod view_choices;

pub use problem::ConfigProblem;
pub use read::KnownNames;
pub use screen::{Background, ColorDepth};
pub use settings::{ColorChoice, KeyBinding, Layer, MEASURE, Settings, ThemeChoice};
pub use view_choices::{ArticleOrder, RememberedChoices, ViewChoices};

/// The documented default configuration, as `dateline config default` prints it.
pub const DEFAULT_TOML: &str = include_str!("../../assets/config.toml");
