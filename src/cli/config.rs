//! `dateline config`: shows the settings and where they come from.

use super::Context;
use super::args::ConfigPart;
use super::error::{CliError, Exit};
use crate::config::DEFAULT_TOML;

/// Prints the part that was asked for.
pub(super) fn run(context: &mut Context, what: ConfigPart) -> Result<Exit, CliError> {
    let setup = &context.setup;
    match what {
        ConfigPart::Path => context.out.line(&setup.paths()?.config_file.to_string_lossy())?,
        ConfigPart::Show => {
            let file = setup.paths.as_ref().map(|paths| paths.config_file.to_string_lossy().into_owned());
            context.out.text(&setup.settings.to_toml(&file.unwrap_or_default()))?;
        }
        ConfigPart::Default => context.out.text(DEFAULT_TOML)?,
    }
    Ok(Exit::Success)
}
