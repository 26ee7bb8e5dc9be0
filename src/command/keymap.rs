//! Keys to commands: the table's defaults, changed by the reader's own bindings.

use super::key::{Key, parse_keys};
use super::{Command, Scope, TABLE};

/// What the keys typed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// They are a command.
    Run(Command),
    /// More keys have to follow.
    Pending,
    /// They mean nothing here.
    Miss,
}

/// One sequence of keys in one scope, as the reader's configuration sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Where it works.
    pub scope: Scope,
    /// The keys.
    pub keys: Vec<Key>,
    /// The command; none takes the keys' meaning away.
    pub command: Option<Command>,
}

/// A binding that can no longer be typed because the reader bound the beginning, or the continuation, of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The number, among the overrides, of the one that hides it.
    pub by: usize,
    /// The hidden keys, as they are shown.
    pub keys: String,
    /// What they did.
    pub command: Command,
}

#[derive(Clone, Debug)]
struct Binding {
    scope: Scope,
    keys: Vec<Key>,
    command: Command,
}

/// Every binding in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = TABLE
            .iter()
            .flat_map(|row| row.keys.iter().map(move |keys| (row, keys)))
            // A key that cannot be read would be a mistake in the table; a test reads them all.
            .filter_map(|(row, keys)| {
                Some(Binding { scope: row.scope, keys: parse_keys(keys).ok()?, command: row.command })
            })
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// The defaults with the reader's bindings on top: each takes the place of what the same keys meant in its scope,
    /// and of longer or shorter sequences that could no longer be typed.
    pub fn with_overrides(overrides: &[Override]) -> Self {
        let mut keymap = Self::default();
        for new in overrides {
            keymap.bindings.retain(|old| {
                old.scope != new.scope || !(old.keys.starts_with(&new.keys) || new.keys.starts_with(&old.keys))
            });
            if let Some(command) = new.command {
                keymap.bindings.insert(0, Binding { scope: new.scope, keys: new.keys.clone(), command });
            }
        }
        keymap
    }

    /// What the overrides hide without meaning to: longer sequences behind a key that is now a command of its own, and
    /// keys that are now only the beginning of a sequence.
    pub fn hidden_by(overrides: &[Override]) -> Vec<Hidden> {
        let mut hidden: Vec<Hidden> = Vec::new();
        for (by, new) in overrides.iter().enumerate().filter(|(_, new)| new.command.is_some()) {
            let before = Self::with_overrides(overrides.get(..by).unwrap_or_default());
            // The scope itself, and those looked into after it: a nearer key hides what a further sequence begins with.
            let after = |chain: &'static [Scope]| chain.iter().skip_while(|scope| **scope != new.scope);
            let further =
                |scope: Scope| Scope::ALL.iter().any(|focus| after(focus.chain()).any(|other| *other == scope));
            for old in before.bindings.iter().filter(|old| old.keys != new.keys && further(old.scope)) {
                let behind = old.keys.starts_with(&new.keys);
                let beginning = old.scope == new.scope && new.keys.starts_with(&old.keys);
                if behind || beginning {
                    hidden.push(Hidden { by, keys: show_typed(&old.keys), command: old.command });
                }
            }
        }
        hidden
    }

    /// What `keys` mean where `chain` has the focus.
    pub fn lookup(&self, chain: &[Scope], keys: &[Key]) -> Lookup {
        let mut pending = false;
        for scope in chain {
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                if binding.keys == keys {
                    return Lookup::Run(binding.command);
                }
                pending |= binding.keys.starts_with(keys);
            }
            // A sequence begun in a nearer scope hides what the same first key means further out.
            if pending {
                return Lookup::Pending;
            }
        }
        Lookup::Miss
    }

    /// The keys that may follow `keys`, with the command each leads to: the which-key box.
    pub fn continuations(&self, chain: &[Scope], keys: &[Key]) -> Vec<(String, Command)> {
        let mut found = Vec::new();
        for scope in chain {
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                if let Some(rest) = binding.keys.strip_prefix(keys)
                    && !rest.is_empty()
                {
                    found.push((show_typed(rest), binding.command));
                }
            }
        }
        found
    }

    /// All keys of a command, the preferred one first.
    pub fn keys_of(&self, command: Command) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|binding| binding.command == command)
            .map(|binding| show_typed(&binding.keys))
            .collect()
    }

    /// The preferred key of a command.
    pub fn first_key(&self, command: Command) -> Option<String> {
        self.bindings.iter().find(|binding| binding.command == command).map(|binding| show_typed(&binding.keys))
    }

    /// The preferred key of a command for a sentence that names it; of one without a key, its name in the palette.
    pub fn named(&self, command: Command) -> String {
        self.first_key(command).unwrap_or_else(|| format!("the command “{}”", command.row().id.replace('-', " ")))
    }
}

/// A sequence of keys as it is shown: `g g` as `gg` while every key is a single character.
pub fn show_typed(keys: &[Key]) -> String {
    let words: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let short = words.iter().all(|word| word.chars().count() == 1);
    words.join(if short { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        parse_keys(text).unwrap()
    }

    #[test]
    fn every_key_of_the_table_can_be_read() {
        let rows: usize = TABLE.iter().map(|row| row.keys.len()).sum();
        assert_eq!(Keymap::default().bindings.len(), rows);
    }

    #[test]
    fn no_key_is_bound_twice_or_hides_a_longer_sequence_where_both_could_be_typed() {
        let keymap = Keymap::default();
        for scope in Scope::ALL {
            let reachable: Vec<&Binding> =
                keymap.bindings.iter().filter(|binding| scope.chain().contains(&binding.scope)).collect();
            for (number, one) in reachable.iter().enumerate() {
                for other in &reachable[number + 1..] {
                    // A row of a nearer scope may take a key over on purpose; within one scope never.
                    let same = one.keys == other.keys && one.scope == other.scope;
                    let hides = one.keys != other.keys
                        && (one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys));
                    assert!(
                        !same && !hides,
                        "{} and {} in {}",
                        one.command.row().id,
                        other.command.row().id,
                        scope.id()
                    );
                }
            }
        }
    }

    #[test]
    fn a_sequence_is_pending_until_its_last_key() {
        let keymap = Keymap::default();
        let chain = Scope::Reader.chain();
        assert_eq!(keymap.lookup(chain, &keys("g")), Lookup::Pending);
        assert_eq!(keymap.lookup(chain, &keys("g g")), Lookup::Run(Command::ArticleTop));
        assert_eq!(keymap.lookup(chain, &keys("g x")), Lookup::Miss);
    }

    #[test]
    fn the_which_key_box_lists_what_may_follow() {
        let next = Keymap::default().continuations(Scope::Reader.chain(), &keys("g"));
        assert!(next.contains(&("g".into(), Command::ArticleTop)));
        assert!(next.contains(&("B".into(), Command::AllBookmarks)));
    }

    #[test]
    fn keys_that_can_no_longer_be_typed_are_named() {
        let bound = |scope, text: &str, command| Override { scope, keys: keys(text), command: Some(command) };
        let hidden = Keymap::hidden_by(&[
            bound(Scope::Reader, "g", Command::Zen),
            bound(Scope::Reader, "x", Command::PageDown),
            bound(Scope::Reader, "x y", Command::PageUp),
        ]);
        let told: Vec<(usize, &str)> = hidden.iter().map(|hidden| (hidden.by, hidden.keys.as_str())).collect();
        assert!(told.contains(&(0, "gg")) && told.contains(&(0, "gB")), "{told:?}");
        assert!(told.contains(&(2, "x")), "{told:?}");
        assert_eq!(Keymap::hidden_by(&[bound(Scope::Reader, "x", Command::PageDown)]), []);
    }

    #[test]
    fn a_binding_of_the_reader_takes_the_place_of_the_default() {
        let bound = |text: &str, command| Override { scope: Scope::Reader, keys: keys(text), command };
        let keymap = Keymap::with_overrides(&[bound("x", Some(Command::PageDown)), bound("Space", None)]);
        let chain = Scope::Reader.chain();
        assert_eq!(keymap.lookup(chain, &keys("x")), Lookup::Run(Command::PageDown));
        assert_eq!(keymap.lookup(chain, &keys("Space")), Lookup::Miss);
        assert_eq!(keymap.first_key(Command::PageDown).as_deref(), Some("x"));
    }
}
