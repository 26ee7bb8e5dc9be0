//! Standard error: what a person should know besides the result.

use std::io::{self, Write};

use super::error::{CliError, Exit};
use crate::text::sanitize::{one_line, sanitize};

/// Tells something to know that is no failure.
pub(super) fn note(text: &str) {
    lines(&format!("note: {}\n", one_line(text)));
}

/// Tells an error and what to do about it; gives the exit status it leads to.
pub(super) fn error(error: &CliError) -> Exit {
    let hint = error.hint.as_ref().map(|hint| format!("hint: {}\n", one_line(hint))).unwrap_or_default();
    lines(&format!("error: {}\n{hint}", one_line(&error.message)));
    error.kind
}

/// Tells lines as they are, in one write, so that those of several processes do not mix.
pub(super) fn lines(text: &str) {
    // If nobody listens there is nobody to tell.
    io::stderr().write_all(sanitize(text).as_bytes()).unwrap_or_default();
}
