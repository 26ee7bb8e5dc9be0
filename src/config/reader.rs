//! Reads [`Settings`] from TOML, reporting every mistake.

mod feeds;

use std::collections::HashMap;
use std::fmt::Display;
use std::ops::RangeInclusive;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    problem::{ConfigProblem, Problems, did_you_mean, quoted},
    settings::{ColorChoice, FETCH_INTERVAL, KEEP, KeyBinding, Layer, MEASURE, Settings, ThemeChoice},
};
use crate::command::key::{Key, parse_keys};
use crate::text::unprintable::is_unsafe_in_line;

/// Every setting of the file, in its order.
pub(super) const NAMES: [&str; 16] = [
    "color",
    "theme",
    "measure",
    "justify",
    "hyphenate",
    "mouse",
    "ca-file",
    "keep",
    "hidden-kinds",
    "player",
    "pipe",
    "notify-command",
    "fetch-interval",
    "openers",
    "feeds",
    "keys",
];

/// Names from other rooms that the configuration may refer to.
#[derive(Clone, Copy, Debug)]
pub struct KnownNames<'a> {
    /// The name of the file in messages.
    pub file: &'a str,
    /// Scopes of the command table.
    pub scopes: &'a [&'a str],
    /// Ids of the command table.
    pub commands: &'a [&'a str],
    /// Kinds of entities.
    pub kinds: &'a [&'a str],
}

impl Settings {
    /// Reads the configuration file on top of the defaults. An invalid value leaves the default; a file that is not
    /// valid TOML leaves all of them, because what its author meant would be a guess.
    pub fn from_toml(text: &str, known: &KnownNames<'_>) -> (Self, Vec<ConfigProblem>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut problems = Problems::new(known.file, text);
        let mut settings = Self::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            SettingsReader { settings: &mut settings, problems: &mut problems, known }.read(table.get_ref());
        }
        for (number, error) in errors.iter().enumerate() {
            let what: String = error.message().chars().map(|c| if is_unsafe_in_line(c) { ' ' } else { c }).collect();
            problems.add(error.span().map_or(0, |span| span.start), what, || {
                (number == 0).then(|| "nothing in this file is used until it is valid TOML".to_owned())
            });
        }
        (settings, problems.finish())
    }
}

/// A name and its value, with their places.
pub(super) type TableEntry<'a, 't> = (&'a str, usize, &'a Spanned<DeValue<'t>>);

/// The entries of a table in the order of the file.
pub(super) fn entries<'a, 't>(table: &'a DeTable<'t>) -> Vec<TableEntry<'a, 't>> {
    let mut entries: Vec<_> =
        table.iter().map(|(name, value)| (name.get_ref().as_ref(), name.span().start, value)).collect();
    entries.sort_by_key(|(_, at, _)| *at);
    entries
}

/// Reads a table of settings.
pub(super) struct SettingsReader<'a, 'p, 'k> {
    settings: &'a mut Settings,
    pub(super) problems: &'a mut Problems<'p>,
    known: &'a KnownNames<'k>,
}

impl SettingsReader<'_, '_, '_> {
    fn read(&mut self, table: &DeTable<'_>) {
        for (name, at, value) in entries(table) {
            let Some(setting) = NAMES.into_iter().find(|setting| *setting == name) else {
                let names =
                    || did_you_mean(name, NAMES).or_else(|| Some(format!("the settings are {}", NAMES.join(", "))));
                self.problems.add(at, format!("unknown setting {}", quoted(name)), names);
                continue;
            };
            let value_at = value.span().start;
            let value = value.get_ref();
            let set = match setting {
                "color" => {
                    self.choice(name, value, value_at, &ColorChoice::NAMED).map(|color| self.settings.color = color)
                }
                "theme" => {
                    self.choice(name, value, value_at, &ThemeChoice::NAMED).map(|theme| self.settings.theme = theme)
                }
                "measure" => self
                    .number(name, value, value_at, &MEASURE, self.settings.measure)
                    .map(|measure| self.settings.measure = measure),
                "fetch-interval" => self
                    .number(name, value, value_at, &FETCH_INTERVAL, self.settings.fetch_interval)
                    .map(|minutes| self.settings.fetch_interval = minutes),
                "feeds" => self.feeds(value, value_at),
                "justify" => self.switch(name, value, value_at).map(|on| self.settings.justify = on),
                "hyphenate" => self.switch(name, value, value_at).map(|on| self.settings.hyphenate = on),
                "mouse" => self.switch(name, value, value_at).map(|on| self.settings.mouse = on),
                "ca-file" => self.file(name, value, value_at).map(|file| self.settings.ca_file = file),
                "keep" => self
                    .number(name, value, value_at, &KEEP, self.settings.keep)
                    .map(|articles| self.settings.keep = articles),
                "hidden-kinds" => self.kinds(value, value_at).map(|kinds| self.settings.hidden_kinds = kinds),
                "player" => self
                    .program(name, value, value_at, "mpv --force-window %u")
                    .map(|player| self.settings.player = player),
                "pipe" => self.shell_command(name, value, value_at).map(|pipe| self.settings.pipe = pipe),
                "notify-command" => self
                    .program(name, value, value_at, "notify-send '%n new' %t")
                    .map(|command| self.settings.notify_command = command),
                "openers" => self.openers(value, value_at).map(|openers| self.settings.openers = openers),
                _ => self.keys(value, value_at),
            };
            if set.is_some() {
                self.settings.layers.insert(setting, Layer::File(self.problems.line(at)));
            }
        }
    }

    fn choice<T: Copy>(&mut self, name: &str, value: &DeValue<'_>, at: usize, named: &[(&str, T)]) -> Option<T> {
        let choice = named.iter().find(|(choice, _)| value.as_str() == Some(choice)).map(|(_, choice)| *choice);
        if choice.is_none() {
            let choices: Vec<String> = named.iter().map(|(choice, _)| format!("{choice:?}")).collect();
            let what = format!("{name} must be {}, not {}", choices.join(" or "), shown(value));
            self.problems.add(at, what, || did_you_mean(value.as_str()?, named.iter().map(|(choice, _)| *choice)));
        }
        choice
    }

    fn switch(&mut self, name: &str, value: &DeValue<'_>, at: usize) -> Option<bool> {
        let switch = value.as_bool();
        if switch.is_none() {
            self.problems.add(at, format!("{name} must be true or false, not {}", shown(value)), || None);
        }
        switch
    }

    fn file(&mut self, name: &str, value: &DeValue<'_>, at: usize) -> Option<String> {
        let file = value.as_str().map(str::to_owned);
        if file.is_none() {
            let example = || Some(format!("for example {name} = \"~/certificates.pem\""));
            self.problems.add(at, format!("{name} must be the name of a file, not {}", shown(value)), example);
        }
        file
    }

    /// A whole number within bounds; without one, what is set stays `used`.
    fn number<N: TryFrom<i64> + PartialOrd + Display + Copy>(
        &mut self,
        name: &str,
        value: &DeValue<'_>,
        at: usize,
        bounds: &RangeInclusive<N>,
        used: N,
    ) -> Option<N> {
        let number = value
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .and_then(|number| N::try_from(number).ok())
            .filter(|number| bounds.contains(number));
        if number.is_none() {
            let (least, most) = (bounds.start(), bounds.end());
            let what = format!("{name} must be a whole number from {least} to {most}, not {}", shown(value));
            self.problems.add(at, what, || Some(format!("{used} is used")));
        }
        number
    }

    fn kinds(&mut self, value: &DeValue<'_>, at: usize) -> Option<Vec<String>> {
        let Some(list) = value.as_array() else {
            let what = format!("hidden-kinds must be a list of kinds, not {}", shown(value));
            self.problems.add(at, what, || Some("for example hidden-kinds = [\"date\"]".to_owned()));
            return None;
        };
        let mut kinds: Vec<String> = Vec::new();
        for item in list {
            let kind = item.get_ref();
            match kind.as_str().filter(|kind| self.known.kinds.contains(kind)) {
                Some(kind) if kinds.iter().any(|known| known == kind) => {}
                Some(kind) => kinds.push(kind.to_owned()),
                None => {
                    let hint = || {
                        did_you_mean(kind.as_str()?, self.known.kinds.iter().copied())
                            .or_else(|| Some(format!("the kinds are {}", self.known.kinds.join(", "))))
                    };
                    self.problems.add(item.span().start, format!("unknown kind of entity {}", shown(kind)), hint);
                }
            }
        }
        Some(kinds)
    }

    fn keys(&mut self, value: &DeValue<'_>, at: usize) -> Option<()> {
        let example = || Some("write them under their scope, as in [keys.reader]".to_owned());
        let Some(scopes) = value.as_table() else {
            self.problems.add(at, format!("keys must be a table, not {}", shown(value)), example);
            return None;
        };
        for (scope, scope_at, value) in entries(scopes) {
            if let Some(bindings) = value.get_ref().as_table() {
                if self.known.scopes.contains(&scope) {
                    self.bindings(scope, bindings);
                } else {
                    let hint = || {
                        did_you_mean(scope, self.known.scopes.iter().copied())
                            .or_else(|| Some(format!("the scopes are {}", self.known.scopes.join(", "))))
                    };
                    self.problems.add(scope_at, format!("unknown scope {}", quoted(scope)), hint);
                }
            } else {
                self.problems.add(scope_at, format!("the keys {} are not in a scope", quoted(scope)), example);
            }
        }
        Some(())
    }

    fn bindings(&mut self, scope: &str, bindings: &DeTable<'_>) {
        let mut seen: HashMap<Vec<Key>, usize> = HashMap::new();
        for (name, at, value) in entries(bindings) {
            let keys = match parse_keys(name) {
                Ok(keys) => keys,
                Err(error) => {
                    self.problems.add(at, format!("[keys.{scope}] {error}"), || None);
                    continue;
                }
            };
            let line = self.problems.line(at);
            let Some(command) = self.command(value.get_ref(), value.span().start) else { continue };
            if let Some(first) = seen.get(&keys) {
                let what = format!("[keys.{scope}] {} is already bound on line {first}", quoted(name));
                self.problems.add(at, what, || Some("the first binding is used".to_owned()));
                continue;
            }
            seen.insert(keys.clone(), line);
            self.settings.keys.push(KeyBinding { scope: scope.to_owned(), keys, command, line });
        }
    }

    /// The command a value names; `Some(None)` unbinds the keys.
    #[expect(clippy::option_option, reason = "the outer one says whether the value makes sense")]
    fn command(&mut self, value: &DeValue<'_>, at: usize) -> Option<Option<String>> {
        match value {
            DeValue::Boolean(false) => Some(None),
            DeValue::String(id) if id.is_empty() => Some(None),
            DeValue::String(id) if self.known.commands.contains(&id.as_ref()) => Some(Some(id.to_string())),
            DeValue::String(id) => {
                let hint = || did_you_mean(id, self.known.commands.iter().copied());
                self.problems.add(at, format!("unknown command {}", quoted(id)), hint);
                None
            }
            other => {
                let hint = || Some("\"\" unbinds the keys".to_owned());
                self.problems.add(at, format!("keys must name a command, not {}", shown(other)), hint);
                None
            }
        }
    }
}

/// A value as it is shown to a person.
pub(super) fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => quoted(&number.to_string()).trim_matches('"').to_owned(),
        DeValue::Float(number) => quoted(number.as_str()).trim_matches('"').to_owned(),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
