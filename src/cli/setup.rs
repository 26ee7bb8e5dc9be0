//! Paths, settings and log: what the arguments and the environment say, found before any verb runs.
#![expect(clippy::disallowed_methods, reason = "reads the environment once, at the edge")]

use std::io::{IsTerminal, stdout};
use std::path::Path;

use super::args::Globals;
use super::bindings::override_of;
use crate::command::key::show_keys;
use crate::command::{Keymap, Scope, TABLE};
use crate::config::{ColorChoice, ColorDepth, ConfigProblem, KnownNames, Settings};
use crate::entity::Kind;
use crate::io::log_file;
use crate::io::paths::{DATA_DIR, NoHome, Paths};
use crate::io::sources::{self, SourceError, SourceRef};
use crate::terminal::capabilities::{Env, color_depth};

/// The variable that says how much is logged.
const LOG: &str = "DATELINE_LOG";

/// What was found.
pub(super) struct Setup {
    /// Where things are; not every verb needs it.
    pub paths: Result<Paths, NoHome>,
    /// The settings in effect.
    pub settings: Settings,
    /// What is wrong with configuration and environment, a line each.
    pub problems: Vec<String>,
    /// What the environment says about the terminal.
    pub env: Env,
}

impl Setup {
    /// Finds it all and starts the log. Nothing here can fail: what is wrong with the configuration is told, and the
    /// program goes on with the defaults.
    pub(super) fn new(globals: &Globals) -> Self {
        let paths = Paths::find(globals.data_dir.as_deref(), globals.config.as_deref());
        let (mut settings, mut problems) = match &paths {
            Ok(paths) => settings_of(&paths.config_file, globals.config.is_some()),
            Err(NoHome) => (Settings::default(), Vec::new()),
        };
        if let Some(color) = globals.color {
            settings.set_color_by_flag(color);
        }
        if let Ok(paths) = &paths {
            let level = log_file::level(globals.quiet, globals.verbose, std::env::var(LOG).ok().as_deref());
            // Only a second start fails, and there is none.
            log_file::start(paths.log_file.clone(), level).unwrap_or_default();
        }
        let env = Env::read();
        problems.extend(wrong_variables(globals, paths.as_ref().ok(), &env));
        Self { paths, settings, problems, env }
    }

    /// The paths, for verbs that cannot do without.
    pub(super) fn paths(&self) -> Result<&Paths, NoHome> {
        self.paths.as_ref().map_err(|error| *error)
    }

    /// Whether results are printed with styles: on a terminal that shows them, or if they are asked for.
    pub(super) fn styles_output(&self) -> bool {
        let choice = self.settings.color;
        (choice == ColorChoice::Always || stdout().is_terminal()) && color_depth(choice, &self.env) != ColorDepth::Mono
    }
}

/// Variables of the environment that are set and mean nothing, a line each. What a flag overrules is not looked at.
fn wrong_variables(globals: &Globals, paths: Option<&Paths>, env: &Env) -> Vec<String> {
    let value = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let mut wrong = Vec::new();
    if let (Some(paths), None, Some("")) = (paths, &globals.data_dir, value(DATA_DIR).as_deref()) {
        wrong.push(format!("{DATA_DIR} is empty; everything is kept in {}", paths.data_dir.display()));
    }
    let level = value(LOG).filter(|level| !level.trim().is_empty() && !globals.quiet && globals.verbose == 0);
    if let Some(level) = level.filter(|level| !log_file::LEVELS.contains(&level.trim().to_lowercase().as_str())) {
        wrong.push(format!("{LOG} is “{level}”, not one of {}; it is ignored", log_file::LEVELS.join(", ")));
    }
    // By the XDG Base Directory Specification a relative path has no meaning.
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        let folder = value(name).filter(|folder| !folder.is_empty() && Path::new(folder).is_relative());
        if let Some(folder) = folder.filter(|_| cfg!(target_os = "linux")) {
            wrong.push(format!("{name} is “{folder}”, which is not an absolute path; it is ignored"));
        }
    }
    if let Some(colors) = env.wrong_background() {
        wrong.push(format!("COLORFGBG is “{colors}”, not two colours as in 15;0; it is ignored"));
    }
    wrong
}

/// The settings of `file`, and what is wrong with it. That there is none is only worth telling if it was `named`.
fn settings_of(file: &Path, named: bool) -> (Settings, Vec<String>) {
    let defaults = |problem: String| (Settings::default(), vec![format!("{problem}; the defaults are used")]);
    // Only what a person named may be a pipe.
    let source = if named { SourceRef::File(file.to_owned()) } else { SourceRef::Found(file.to_owned()) };
    let bytes = match sources::read(&source) {
        Ok(read) => read.bytes,
        Err(SourceError::NotFound { .. }) if !named => return (Settings::default(), Vec::new()),
        Err(error) => return defaults(format!("the configuration is not read: {error}")),
    };
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let Ok(text) = String::from_utf8(bytes) else { return defaults(format!("{name} is not UTF-8")) };
    let commands: Vec<&str> = TABLE.iter().map(|row| row.id).collect();
    let known = KnownNames {
        file: &name,
        scopes: &Scope::ALL.map(Scope::id),
        commands: &commands,
        kinds: &Kind::ALL.map(Kind::as_str),
    };
    let (settings, problems) = Settings::from_toml(&text, &known);
    let mut problems: Vec<String> = problems.iter().map(ConfigProblem::to_string).collect();
    problems.extend(hidden_keys(&settings, &name));
    (settings, problems)
}

/// The reader's own bindings that make others unreachable, a line each.
fn hidden_keys(settings: &Settings, file: &str) -> Vec<String> {
    let (bindings, overrides): (Vec<_>, Vec<_>) =
        settings.keys.iter().filter_map(|binding| Some((binding, override_of(binding)?))).unzip();
    let hidden = Keymap::hidden_by(&overrides);
    let told = bindings.iter().enumerate().filter_map(|(number, binding)| {
        let lost: Vec<String> = hidden
            .iter()
            .filter(|hidden| hidden.by == number)
            .map(|hidden| format!("\"{}\" ({})", hidden.keys, hidden.command.row().id))
            .collect();
        let keys = show_keys(&binding.keys);
        (!lost.is_empty()).then(|| format!("{file} line {}: \"{keys}\" hides {}", binding.line, lost.join(", ")))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_that_is_not_there_is_told_only_if_it_was_named() {
        let file = Path::new("/nowhere/config.toml");
        assert!(settings_of(file, false).1.is_empty());
        assert!(settings_of(file, true).1[0].contains("no such file"));
    }

    #[test]
    fn a_configuration_that_is_no_text_leaves_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, b"measure = 80 # \xff").unwrap();
        let (settings, problems) = settings_of(&file, false);
        assert_eq!(settings.measure, 66);
        assert!(problems[0].contains("UTF-8"));
        let (_, problems) = settings_of(folder.path(), false);
        assert!(problems[0].contains("is a folder"));
    }
}
