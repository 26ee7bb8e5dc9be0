//! Standard error: messages for people, apart from the result.

use std::io::{self, Write};

use super::error::{CliError, Exit};
use crate::text::sanitize::{one_line, sanitize};
use crate::text::unprintable::printable;

/// Prints a note, which is not a failure.
pub(super) fn note(text: &str) {
    lines(&format!("note: {}\n", one_line(text)));
}

/// Prints an error and its hint, and returns the exit status.
pub(super) fn error(error: &CliError) -> Exit {
    let hint = error.hint.as_ref().map(|hint| format!("hint: {}\n", one_line(hint))).unwrap_or_default();
    lines(&format!("error: {}\n{hint}", one_line(&error.message)));
    error.kind
}

/// Prints what several sources have in common that could not be read, with the names of some.
pub(super) fn errors(message: &str, names: &[String], unnamed: usize, hint: Option<&str>) {
    let mut told = format!("error: {}\n", one_line(message));
    told.extend(names.iter().map(|name| format!("  {}\n", one_line(&printable(name)))));
    if unnamed > 0 {
        told.extend(["  and ", &unnamed.to_string(), " more\n"]);
    }
    told.extend(hint.map(|hint| format!("hint: {}\n", one_line(hint))));
    lines(&told);
}

/// Prints lines in one write, so that the output of several processes does not mix.
pub(super) fn lines(text: &str) {
    // If standard error is closed, nobody is listening.
    io::stderr().write_all(sanitize(text).as_bytes()).unwrap_or_default();
}
