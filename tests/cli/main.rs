//! The command line as scripts and people see it: every verb's output, messages and exit status, on the real program.
#![expect(clippy::disallowed_methods, reason = "these tests start the program and look at its files")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what goes wrong here shall fail the test")]
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "what is missing shall fail the test")]

mod addresses;
mod bad_input;
mod bookmarks;
#[path = "../shared/corrupted.rs"]
mod corrupted;
mod corrupted_files;
mod entities;

#[path = "../shared/feed_server.rs"]
mod feed_server;
mod feeds;
mod feeds_show;
mod fetch;
mod help;
mod hostile;
mod import_export;
mod json;
mod library;
mod locate;
mod markdown;
mod program;
mod queries;
mod read;
mod settings;
