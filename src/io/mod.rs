//! Files, folders, the clock, and other programs.

pub mod bookmarks;
pub mod clock;
pub mod completion;
pub mod corrections;
mod draft;
pub mod exports;
pub mod feed_command;
pub mod feed_files;
pub mod file_version;
mod files;
pub mod journal;
pub mod log_file;
pub mod marks;
pub mod opener;
pub mod paths;
pub mod priority;
pub mod programs;
pub mod replace;
pub mod searches;
pub mod sources;
pub mod subscriptions;
mod sync;
pub mod texts;
pub mod view_choices;
