//! Translates key bindings of the settings into overrides of the keymap.

use crate::command::{Command, Override, Scope};
use crate::config::KeyBinding;

/// The binding as an override of the keymap; none if its scope or command is unknown, which is reported when the settings
/// are read.
pub(super) fn override_of(binding: &KeyBinding) -> Option<Override> {
    let command = match &binding.command {
        Some(id) => Some(Command::from_id(id)?),
        None => None,
    };
    Some(Override { scope: Scope::from_id(&binding.scope)?, keys: binding.keys.clone(), command })
}
