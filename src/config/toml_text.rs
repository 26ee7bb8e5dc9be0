//! Text as it is written in TOML.

use std::fmt::Write as _;

use crate::text::unprintable::is_unsafe_in_line;

/// A TOML basic string.
pub(super) fn toml_string(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_unsafe_in_line(c) => {
                write!(quoted, "\\U{:08X}", u32::from(c)).ok();
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
