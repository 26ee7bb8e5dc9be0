//! `dateline completions`: prints completions for a shell.

use clap_complete::Shell;

use super::error::{CliError, Exit};
use super::{Context, args};

/// Prints the script.
pub(super) fn run(context: &mut Context, shell: Shell) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), env!("CARGO_PKG_NAME"), &mut script);
    context.out.text(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Success)
}
