//! Key bindings of the configuration in the words of the command table.

use crate::command::{Command, Override, Scope};
use crate::config::KeyBinding;

/// The binding as an override of the keymap; none if the table does not know its scope or command, of which the settings
/// have told already.
pub(super) fn override_of(binding: &KeyBinding) -> Option<Override> {
    let command = match &binding.command {
        Some(id) => Some(Command::from_id(id)?),
        None => None,
    };
    Some(Override { scope: Scope::from_id(&binding.scope)?, keys: binding.keys.clone(), command })
}
