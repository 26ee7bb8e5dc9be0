//! The settings, their defaults, and where each value came from.

use std::{collections::BTreeMap, fmt::Write as _, ops::RangeInclusive};

use jiff::SignedDuration;

use super::feed_access::FeedAccess;
use super::programs::Opener;
use super::toml_text::toml_string;
use crate::command::key::{Key, show_keys};
use crate::text::unprintable::is_unsafe_in_line;

/// The allowed measures (columns of text): narrower ones break words, wider ones tire the eye.
pub const MEASURE: RangeInclusive<u16> = 20..=200;

/// The allowed minutes between two times that feeds are fetched by themselves: up to a week.
pub const FETCH_INTERVAL: RangeInclusive<u16> = 0..=10_080;
/// How many articles of feeds can be kept.
pub const KEEP: RangeInclusive<u32> = 1000..=10_000_000;

/// Everything a reader can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether to use colour.
    pub color: ColorChoice,
    /// Whether the screen is dark or light.
    pub theme: ThemeChoice,
    /// Width of the text in columns, within [`MEASURE`].
    pub measure: u16,
    /// Make all lines equally long.
    pub justify: bool,
    /// Break long words at the end of a line.
    pub hyphenate: bool,
    /// Take the mouse.
    pub mouse: bool,
    /// A file with certificates of servers to trust besides those the system trusts; none if empty.
    pub ca_file: String,
    /// How many articles of feeds the library keeps, within [`KEEP`].
    pub keep: u32,
    /// Kinds of entities that are hidden at first.
    pub hidden_kinds: Vec<String>,
    /// The command that plays what belongs to an article, as the sound of a podcast; the usual one if empty.
    pub player: String,
    /// The shell command that is offered to pipe articles to; none if empty.
    pub pipe: String,
    /// The command that is run when feeds have brought new articles; none if empty.
    pub notify_command: String,
    /// What opens which addresses, in the order of the file: the first that fits counts.
    pub openers: Vec<Opener>,
    /// Minutes between two times that feeds are fetched by themselves, within [`FETCH_INTERVAL`]; 0 for never.
    pub fetch_interval: u16,
    /// What is told to the servers of some feeds.
    pub feeds: Vec<FeedAccess>,
    /// Changes to the keys, in the order of the file; no sequence twice in a scope.
    pub keys: Vec<KeyBinding>,
    /// Where values came from, by name; those missing are defaults.
    pub(super) layers: BTreeMap<&'static str, Layer>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// If the terminal supports it and the environment does not object.
    #[default]
    Auto,
    /// Also where the environment objects.
    Always,
    /// Bold, underline and reverse only.
    Never,
}

/// The background of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// What the environment says, else dark.
    #[default]
    Auto,
    /// A dark screen.
    Dark,
    /// A light screen.
    Light,
}

/// A sequence of keys bound or unbound in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyBinding {
    /// The scope, as the command table calls it.
    pub scope: String,
    /// The keys, at least one.
    pub keys: Vec<Key>,
    /// The id of the command they run; none unbinds the keys.
    pub command: Option<String>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// Where a value came from; a later layer wins over an earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Built in.
    Default,
    /// This line, from 1, of the configuration file.
    File(usize),
    /// The command line.
    Flag,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            color: ColorChoice::Auto,
            theme: ThemeChoice::Auto,
            measure: 66,
            justify: false,
            hyphenate: false,
            mouse: true,
            ca_file: String::new(),
            keep: 100_000,
            hidden_kinds: Vec::new(),
            player: String::new(),
            pipe: String::new(),
            notify_command: String::new(),
            openers: Vec::new(),
            fetch_interval: 30,
            feeds: Vec::new(),
            keys: Vec::new(),
            layers: BTreeMap::new(),
        }
    }
}

impl ColorChoice {
    /// All of them, by the names the file and the command line use.
    pub const NAMED: [(&'static str, Self); 3] =
        [("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

impl ThemeChoice {
    /// All of them, by the names the file uses.
    pub const NAMED: [(&'static str, Self); 3] = [("auto", Self::Auto), ("dark", Self::Dark), ("light", Self::Light)];
}

/// The name of `value` in a `NAMED` table.
fn name_of<T: PartialEq>(named: &[(&'static str, T)], value: &T) -> &'static str {
    named.iter().find(|(_, candidate)| candidate == value).map_or("", |(name, _)| name)
}

impl Settings {
    /// Overrides the colour with the value of the flag `--color`.
    pub fn set_color_by_flag(&mut self, color: ColorChoice) {
        self.color = color;
        self.layers.insert("color", Layer::Flag);
    }

    /// The time between two times that feeds are fetched by themselves; none if that is not wanted.
    pub fn fetch_interval(&self) -> Option<SignedDuration> {
        (self.fetch_interval > 0).then(|| SignedDuration::from_mins(i64::from(self.fetch_interval)))
    }

    /// Whether there is something in them that others must not read.
    pub fn has_secrets(&self) -> bool {
        self.feeds.iter().any(|access| access.password.is_some() || !access.headers.is_empty())
    }

    /// Where the value of the setting `name` came from.
    pub fn layer(&self, name: &str) -> Layer {
        self.layers.get(name).copied().unwrap_or(Layer::Default)
    }

    /// The settings in effect as a configuration file, each line saying where its value came from; `file` is what the
    /// configuration file is called, for people. Reads back as the same settings, but for passwords and headers: what is
    /// printed is looked at by others.
    pub fn to_toml(&self, file: &str) -> String {
        let file: String = file.chars().map(|c| if is_unsafe_in_line(c) { '?' } else { c }).collect();
        let kinds: Vec<String> = self.hidden_kinds.iter().map(|kind| toml_string(kind)).collect();
        let values = [
            ("color", toml_string(name_of(&ColorChoice::NAMED, &self.color))),
            ("theme", toml_string(name_of(&ThemeChoice::NAMED, &self.theme))),
            ("measure", self.measure.to_string()),
            ("justify", self.justify.to_string()),
            ("hyphenate", self.hyphenate.to_string()),
            ("mouse", self.mouse.to_string()),
            ("ca-file", toml_string(&self.ca_file)),
            ("keep", self.keep.to_string()),
            ("hidden-kinds", format!("[{}]", kinds.join(", "))),
            ("player", toml_string(&self.player)),
            ("pipe", toml_string(&self.pipe)),
            ("notify-command", toml_string(&self.notify_command)),
            ("fetch-interval", self.fetch_interval.to_string()),
        ];
        let origin = |layer| match layer {
            Layer::Default => "default".to_owned(),
            Layer::File(line) => format!("{file} line {line}"),
            Layer::Flag => "command line".to_owned(),
        };
        let mut toml = String::new();
        let mut line = |name: &str, value: &str, layer| {
            // Writing to a string cannot fail.
            writeln!(toml, "{:<40} # {}", format!("{name} = {value}"), origin(layer)).ok();
        };
        for (name, value) in &values {
            line(name, value, self.layer(name));
        }
        if !self.openers.is_empty() {
            toml.push_str("\n[openers]\n");
        }
        for Opener { pattern, command } in &self.openers {
            let opener = format!("{} = {}", toml_string(pattern), toml_string(command));
            writeln!(toml, "{opener:<40} # {}", origin(self.layer("openers"))).ok();
        }
        for access in &self.feeds {
            toml.push_str(&access.to_toml(&origin(Layer::File(access.line))));
        }
        let mut scopes: BTreeMap<&str, Vec<&KeyBinding>> = BTreeMap::new();
        for binding in &self.keys {
            scopes.entry(&binding.scope).or_default().push(binding);
        }
        for (scope, bindings) in scopes {
            writeln!(toml, "\n[keys.{}]", toml_string(scope)).ok();
            for binding in bindings {
                let name = toml_string(&show_keys(&binding.keys));
                let value = toml_string(binding.command.as_deref().unwrap_or_default());
                writeln!(toml, "{:<40} # {}", format!("{name} = {value}"), origin(Layer::File(binding.line))).ok();
            }
        }
        toml
    }
}
