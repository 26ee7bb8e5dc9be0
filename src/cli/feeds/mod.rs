//! `dateline feeds`: dispatch.

mod show;

use super::Context;
use super::args::FeedsVerb;
use super::error::{CliError, Exit};

/// Runs the verb.
pub(super) fn run(context: &mut Context, verb: &FeedsVerb) -> Result<Exit, CliError> {
    match verb {
        FeedsVerb::Show(args) => show::run(context, args),
    }
}
