//! Paths, settings and log, set up from the arguments and the environment before any verb runs.
#![expect(clippy::disallowed_methods, reason = "reads the environment once, at the edge")]

use std::io::{IsTerminal, stdout};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::args::Globals;
use super::bindings::override_of;
use crate::command::key::show_keys;
use crate::command::{Keymap, Scope, TABLE};
use crate::config::{ColorChoice, ColorDepth, ConfigProblem, KnownNames, Settings};
use crate::entity::Kind;
use crate::io::paths::{DATA_DIR, NoHome, Paths, typed};
use crate::io::sources::{self, SourceError, SourceRef};
use crate::io::{feed_command, log_file};
use crate::net::{Credentials, Network, Proxies, Roots};
use crate::terminal::capabilities::{TerminalEnv, color_depth};
use crate::text::shell::word;

/// The variable for the log level.
const LOG: &str = "DATELINE_LOG";

/// The paths, the settings and the environment of a run.
pub(super) struct Setup {
    /// Where files are; not every verb needs it.
    pub paths: Result<Paths, NoHome>,
    /// The settings in effect.
    pub settings: Settings,
    /// Problems with the configuration and the environment, one line each.
    pub problems: Vec<String>,
    /// The environment variables about the terminal.
    pub env: TerminalEnv,
    /// How the web is reached.
    pub network: Network,
}

impl Setup {
    /// Finds everything and starts the log. This never fails: problems with the configuration are collected, and the
    /// defaults apply.
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
            // This fails only if the log was started before.
            log_file::start(paths.log_file.clone(), level).unwrap_or_default();
        }
        let env = TerminalEnv::read();
        problems.extend(invalid_variables(globals, paths.as_ref().ok(), &env));
        let roots = roots(&settings, paths.as_ref().ok()).unwrap_or_else(|problem| {
            problems.push(problem);
            Roots::default()
        });
        if let (Ok(paths), true) = (&paths, settings.has_secrets()) {
            problems.extend(read_by_others(&paths.config_file));
        }
        let credentials = Credentials::new(&settings.feeds, feed_command::password);
        let network = Network { roots, proxies: Proxies::read(|name| std::env::var(name).ok()), credentials };
        Self { paths, settings, problems, env, network }
    }

    /// The paths, for verbs that need them.
    pub(super) fn paths(&self) -> Result<&Paths, NoHome> {
        self.paths.as_ref().map_err(|error| *error)
    }

    /// Whether results are styled: on a terminal that supports it, or if the user asks for it.
    pub(super) fn styles_output(&self) -> bool {
        let choice = self.settings.color;
        (choice == ColorChoice::Always || stdout().is_terminal()) && color_depth(choice, &self.env) != ColorDepth::Mono
    }
}

/// Environment variables with invalid values, one line each; those overridden by a flag are ignored.
fn invalid_variables(globals: &Globals, paths: Option<&Paths>, env: &TerminalEnv) -> Vec<String> {
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
    if let Some(colors) = env.invalid_background() {
        wrong.push(format!("COLORFGBG is “{colors}”, not two colours as in 15;0; it is ignored"));
    }
    wrong
}

/// The certificates in the file that the settings name, which is looked for beside the configuration.
fn roots(settings: &Settings, paths: Option<&Paths>) -> Result<Roots, String> {
    if settings.ca_file.is_empty() {
        return Ok(Roots::default());
    }
    let file = typed(&settings.ca_file);
    let folder = paths.and_then(|paths| paths.config_file.parent());
    let file = folder.map_or_else(|| file.clone(), |folder| folder.join(&file));
    let unused = |problem: String| format!("ca-file: {problem}; only what the system trusts is trusted");
    let read = sources::read(&SourceRef::Found(file.clone())).map_err(|error| unused(error.to_string()))?;
    Roots::from_pem(&read.bytes).map_err(|error| unused(format!("{}: {error}", file.display())))
}

/// What is wrong if a file with passwords may be read by other users of this machine.
fn read_by_others(file: &Path) -> Option<String> {
    let mode = file.metadata().ok()?.mode();
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let told = || {
        format!(
            "{name} has a password and may be read by others; `chmod 600 {}` keeps it for you",
            word(file.as_os_str().as_bytes())
        )
    };
    (mode & 0o044 != 0).then(told)
}

/// The settings in `file`, and problems with it. A missing file is a problem only if it was `named`.
fn settings_of(file: &Path, named: bool) -> (Settings, Vec<String>) {
    let defaults = |problem: String| (Settings::default(), vec![format!("{problem}; the defaults are used")]);
    // Only a file named by the user may be a pipe.
    let source = if named { SourceRef::File(file.to_owned()) } else { SourceRef::Found(file.to_owned()) };
    let bytes = match sources::read(&source) {
        Ok(read) => read.bytes,
        Err(SourceError::NotFound { .. } | SourceError::DeadLink(_)) if !named => {
            return (Settings::default(), Vec::new());
        }
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

/// The user's key bindings that make others unreachable, one line each.
fn hidden_keys(settings: &Settings, file: &str) -> Vec<String> {
    let (bindings, overrides): (Vec<_>, Vec<_>) =
        settings.keys.iter().filter_map(|binding| Some((binding, override_of(binding)?))).unzip();
    let hidden = Keymap::hidden_by(&overrides);
    let lines = bindings.iter().enumerate().filter_map(|(number, binding)| {
        let lost: Vec<String> = hidden
            .iter()
            .filter(|hidden| hidden.by == number)
            .map(|hidden| format!("\"{}\" ({})", hidden.keys, hidden.command.row().id))
            .collect();
        let keys = show_keys(&binding.keys);
        (!lost.is_empty()).then(|| format!("{file} line {}: \"{keys}\" hides {}", binding.line, lost.join(", ")))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_configuration_is_a_problem_only_if_it_was_named() {
        let file = Path::new("/nowhere/config.toml");
        assert!(settings_of(file, false).1.is_empty());
        assert!(settings_of(file, true).1[0].contains("no such file"));
    }

    #[test]
    fn a_password_that_others_may_read_is_told() {
        use std::fs::{Permissions, set_permissions, write};
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("my config.toml");
        write(&file, "").unwrap();
        for (mode, is_told) in [(0o600, false), (0o644, true), (0o640, true)] {
            set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            let told = read_by_others(&file);
            assert_eq!(told.is_some(), is_told, "{mode:o}");
            assert!(told.is_none_or(|told| told.contains("chmod 600 '")), "{mode:o}");
        }
        assert_eq!(read_by_others(Path::new("/nowhere/config.toml")), None);
    }

    #[test]
    fn a_file_of_certificates_that_is_none_is_a_problem_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own.pem");
        let settings = |name: &Path| {
            let mut settings = Settings::default();
            settings.ca_file = name.to_str().unwrap().to_owned();
            settings
        };
        let problem = roots(&settings(&file), None).unwrap_err();
        assert!(problem.starts_with("ca-file: no such file") && problem.contains("own.pem"), "{problem}");
        std::fs::write(&file, "hello").unwrap();
        let problem = roots(&settings(&file), None).unwrap_err();
        assert!(problem.contains("own.pem: there is no certificate in it"), "{problem}");
        assert!(roots(&Settings::default(), None).is_ok());
    }

    #[test]
    fn a_configuration_that_is_not_text_leaves_the_defaults() {
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
