//! Reads the settings that name other programs.

use toml::de::DeValue;

use super::programs::{Opener, command_words};
use super::reader::{SettingsReader, entries, shown};
use super::toml_text::toml_string;

impl SettingsReader<'_, '_, '_> {
    /// A command; "" is none.
    pub(super) fn program(&mut self, name: &str, value: &DeValue<'_>, at: usize, example: &str) -> Option<String> {
        let example = || Some(format!("for example {name} = {}", toml_string(example)));
        let Some(command) = value.as_str() else {
            self.problems.add(at, format!("{name} must be a command, not {}", shown(value)), example);
            return None;
        };
        if let Err(wrong) = command_words(command)
            && !command.trim().is_empty()
        {
            self.problems.add(at, format!("{name} is no command: {wrong}"), example);
            return None;
        }
        Some(command.trim().to_owned())
    }

    /// A command for the shell; "" is none.
    pub(super) fn shell_command(&mut self, name: &str, value: &DeValue<'_>, at: usize) -> Option<String> {
        let command = value.as_str().map(|command| command.trim().to_owned());
        if command.is_none() {
            let example = || Some(format!("for example {name} = \"lp\""));
            self.problems.add(at, format!("{name} must be a command, not {}", shown(value)), example);
        }
        command
    }

    /// Patterns of addresses and their commands, in the order of the file.
    pub(super) fn openers(&mut self, value: &DeValue<'_>, at: usize) -> Option<Vec<Opener>> {
        let example = || Some("for example \"youtube.com\" = \"mpv %u\" under [openers]".to_owned());
        let Some(table) = value.as_table() else {
            self.problems.add(at, format!("openers must be a table, not {}", shown(value)), example);
            return None;
        };
        let mut openers = Vec::new();
        for (pattern, at, command) in entries(table) {
            let command_at = command.span().start;
            let wrong = match command.get_ref().as_str().map(|command| (command, command_words(command))) {
                _ if pattern.trim().is_empty() => {
                    self.problems.add(at, "[openers] an empty pattern opens nothing".to_owned(), example);
                    continue;
                }
                Some((command, Ok(_))) => {
                    openers.push(Opener { pattern: pattern.trim().to_owned(), command: command.trim().to_owned() });
                    continue;
                }
                Some((_, Err(wrong))) => wrong.to_owned(),
                None => format!("it is {}", shown(command.get_ref())),
            };
            let what = format!("[openers] what opens {} is no command: {wrong}", toml_string(pattern));
            self.problems.add(command_at, what, example);
        }
        Some(openers)
    }
}
