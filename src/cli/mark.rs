//! `dateline mark`: read, unread, star, unstar.

use super::Context;
use super::args::{MarkArgs, MarkName};
use super::error::{CliError, Exit};
use super::targets::change;
use crate::mark::MarkChange;

/// Marks the articles.
pub(super) fn run(context: &mut Context, args: &MarkArgs) -> Result<Exit, CliError> {
    let (mark, done, already) = match args.mark {
        MarkName::Read => (MarkChange::Read(true), "marked as read", "read already"),
        MarkName::Unread => (MarkChange::Read(false), "marked as unread", "unread already"),
        MarkName::Star => (MarkChange::Starred(true), "starred", "starred already"),
        MarkName::Unstar => (MarkChange::Starred(false), "without a star now", "without a star already"),
    };
    let needs_change = |entry: &crate::article::Entry| match args.mark {
        MarkName::Read => !entry.is_read(),
        MarkName::Unread => entry.is_read(),
        MarkName::Star => !entry.is_starred(),
        MarkName::Unstar => entry.is_starred(),
    };
    change(context, &args.targets, needs_change, |_| mark, (&done, &already))
}
