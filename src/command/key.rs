//! A key press as the program knows it, and its spelling in the configuration, in help and in the documentation.
//!
//! The spelling is short and the same everywhere: `j`, `G`, `C-d` (control), `M-x` (alt), `S-Tab` (shift), `Space`,
//! `PgDn`, `F5`. A sequence is keys with blanks between them: `g g`, `] a`. Reading is more generous than writing:
//! `ctrl-d`, `Ctrl+D`, `<C-d>`, `Return` and `PageDown` are understood too.
//!
//! There is one value for one key: shift disappears into the letter it makes (`S-g` is `G`), and control forgets it
//! (`C-G` is `C-g`), because a terminal sends the same byte for both.

use std::{fmt, str::FromStr};

use crate::text::alike::nearest;

/// One key press with its modifiers, in normal form when made by [`Key::new`] or by reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key itself.
    pub code: KeyCode,
    /// Control was held.
    pub ctrl: bool,
    /// Alt (Meta, Option) was held.
    pub alt: bool,
    /// Shift was held, and the key does not say so itself: never set for letters.
    pub shift: bool,
}

/// A key without its modifiers. Shift and Tab together (what terminals call back-tab) are [`KeyCode::Tab`] with shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A key that types something; the space bar is `Char(' ')`.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Start of the line or list.
    Home,
    /// End of the line or list.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// A function key, 1 to 24.
    F(u8),
}

/// Named keys: a spelling that is read, in lower case, and the one that is written.
const NAMES: [(&str, &str, KeyCode); 32] = [
    ("space", "Space", KeyCode::Char(' ')),
    ("spc", "Space", KeyCode::Char(' ')),
    ("enter", "Enter", KeyCode::Enter),
    ("return", "Enter", KeyCode::Enter),
    ("ret", "Enter", KeyCode::Enter),
    ("cr", "Enter", KeyCode::Enter),
    ("esc", "Esc", KeyCode::Esc),
    ("escape", "Esc", KeyCode::Esc),
    ("tab", "Tab", KeyCode::Tab),
    ("backspace", "Backspace", KeyCode::Backspace),
    ("bs", "Backspace", KeyCode::Backspace),
    ("delete", "Delete", KeyCode::Delete),
    ("del", "Delete", KeyCode::Delete),
    ("insert", "Insert", KeyCode::Insert),
    ("ins", "Insert", KeyCode::Insert),
    ("home", "Home", KeyCode::Home),
    ("end", "End", KeyCode::End),
    ("pgup", "PgUp", KeyCode::PageUp),
    ("pageup", "PgUp", KeyCode::PageUp),
    ("prior", "PgUp", KeyCode::PageUp),
    ("pgdn", "PgDn", KeyCode::PageDown),
    ("pagedown", "PgDn", KeyCode::PageDown),
    ("pgdown", "PgDn", KeyCode::PageDown),
    ("next", "PgDn", KeyCode::PageDown),
    ("up", "Up", KeyCode::Up),
    ("down", "Down", KeyCode::Down),
    ("left", "Left", KeyCode::Left),
    ("right", "Right", KeyCode::Right),
    ("lt", "<", KeyCode::Char('<')),
    ("gt", ">", KeyCode::Char('>')),
    ("minus", "-", KeyCode::Char('-')),
    ("plus", "+", KeyCode::Char('+')),
];

/// Longer tokens are no key in any spelling; they are refused before anything costly looks at them.
const LONGEST_TOKEN: usize = 40;

impl Key {
    /// The key in normal form: `shift` with a letter is the upper-case letter, control makes a letter lower case, and
    /// shift with any other character that can be typed (but the space bar) says nothing.
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        match code {
            KeyCode::Char(' ') => Self { code, ctrl, alt, shift },
            KeyCode::Char(c) if ctrl => Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, alt, shift: false },
            KeyCode::Char(c) => {
                let code = KeyCode::Char(if shift { upper_case(c) } else { c });
                Self { code, ctrl, alt, shift: false }
            }
            _ => Self { code, ctrl, alt, shift },
        }
    }

    /// A key without modifiers.
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, false, false, false)
    }

    /// The key that types `c`.
    pub fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The character this key types into a text field; none for keys that do something instead.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The one upper-case character of `c`, or `c` where there is none ('1') or it takes several ('ß').
fn upper_case(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [(self.ctrl, "C-"), (self.alt, "M-"), (self.shift, "S-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        match self.code {
            KeyCode::F(number) => write!(f, "F{number}"),
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            code => {
                f.write_str(NAMES.iter().find(|(_, _, named)| *named == code).map_or("", |(_, written, _)| written))
            }
        }
    }
}

/// Writes a sequence the way [`parse_keys`] reads it: `g g`.
pub fn show_keys(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

/// Reads a sequence of keys separated by white space: `g g`, `] a`, `C-x C-s`.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, KeyError> {
    let keys: Vec<Key> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(token: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::Unknown(token.chars().take(LONGEST_TOKEN).collect());
        if token.len() > LONGEST_TOKEN {
            return Err(unknown());
        }
        let mut rest = match token.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
            Some(inner) if !inner.is_empty() => inner,
            _ => token,
        };
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        while let Some((modifier, key)) = split_modifier(rest) {
            match modifier {
                'c' => ctrl = true,
                'm' => alt = true,
                _ => shift = true,
            }
            rest = key;
        }
        let (code, back) = parse_code(rest).ok_or_else(unknown)?;
        match code {
            KeyCode::Char(c) if shift && !ctrl && c != ' ' && upper_case(c) == c && !c.is_uppercase() => {
                Err(KeyError::Shift(c))
            }
            _ => Ok(Self::new(code, ctrl, alt, shift || back)),
        }
    }
}

/// Splits `C-`, `ctrl+` and their like off the front, as long as a key is left behind them.
fn split_modifier(text: &str) -> Option<(char, &str)> {
    let (word, key) = text.split_once(['-', '+']).filter(|(_, key)| !key.is_empty())?;
    match word.to_ascii_lowercase().as_str() {
        "c" | "ctrl" | "control" => Some(('c', key)),
        "m" | "a" | "alt" | "meta" => Some(('m', key)),
        "s" | "shift" => Some(('s', key)),
        _ => None,
    }
}

/// The code a name stands for, and whether the name includes shift (back-tab).
fn parse_code(text: &str) -> Option<(KeyCode, bool)> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some((KeyCode::Char(c), false));
    }
    let name: String = text.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect();
    if name == "backtab" {
        return Some((KeyCode::Tab, true));
    }
    let function = || {
        let number = name.strip_prefix('f')?.parse().ok()?;
        (1..=24).contains(&number).then_some(KeyCode::F(number))
    };
    let named = NAMES.iter().find(|(spelling, ..)| *spelling == name).map(|(.., code)| *code);
    named.or_else(function).map(|code| (code, false))
}

/// Why a text names no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// There is nothing in it.
    Empty,
    /// This is no key.
    Unknown(String),
    /// Shift with a character that is its own key, such as `S-1`.
    Shift(char),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no key is named"),
            Self::Shift(c) => write!(f, "shift with {c:?} is no key of its own; write the character it types"),
            Self::Unknown(token) => {
                write!(f, "no key is called {token:?}")?;
                match suggestion(token) {
                    Some(better) => write!(f, "; did you mean {better:?}?"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for KeyError {}

/// `gg` was meant as `g g`; anything longer is a name with a slip in it.
fn suggestion(token: &str) -> Option<String> {
    if token.chars().count() == 2 && !token.ends_with('-') && !token.chars().any(char::is_control) {
        return Some(token.chars().map(String::from).collect::<Vec<_>>().join(" "));
    }
    // One wrong letter of two is half a name.
    if token.chars().count() < 3 {
        return None;
    }
    let near = nearest(token, NAMES.iter().map(|(spelling, ..)| *spelling))?;
    NAMES.iter().find(|(spelling, ..)| *spelling == near).map(|(_, written, _)| (*written).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_written_in_the_short_notation() {
        for (spelling, written) in [
            ("j", "j"),
            ("G", "G"),
            ("S-g", "G"),
            ("C-d", "C-d"),
            ("ctrl-d", "C-d"),
            ("Ctrl+D", "C-d"),
            ("<C-d>", "C-d"),
            ("C-S-d", "C-d"),
            ("M-x", "M-x"),
            ("alt-X", "M-X"),
            ("Meta-C-x", "C-M-x"),
            ("S-Tab", "S-Tab"),
            ("BackTab", "S-Tab"),
            ("<Space>", "Space"),
            ("S-space", "S-Space"),
            ("C-Space", "C-Space"),
            ("Return", "Enter"),
            ("<CR>", "Enter"),
            ("escape", "Esc"),
            ("PageDown", "PgDn"),
            ("page-up", "PgUp"),
            ("PGUP", "PgUp"),
            ("Up", "Up"),
            ("f12", "F12"),
            ("<", "<"),
            (">", ">"),
            ("<>>", ">"),
            ("-", "-"),
            ("+", "+"),
            ("C--", "C--"),
            ("C-+", "C-+"),
            ("lt", "<"),
            ("?", "?"),
            ("é", "é"),
            ("S-é", "É"),
            ("S-G", "G"),
        ] {
            assert_eq!(spelling.parse::<Key>().map(|key| key.to_string()).as_deref(), Ok(written), "{spelling}");
        }
    }

    #[test]
    fn sequences_are_keys_with_blanks_between_them() {
        assert_eq!(parse_keys(" g   g "), Ok(vec![Key::char('g'); 2]));
        assert_eq!(parse_keys("] a").map(|keys| show_keys(&keys)).as_deref(), Ok("] a"));
        assert_eq!(parse_keys("  "), Err(KeyError::Empty));
    }

    #[test]
    fn what_is_no_key_is_refused_with_a_suggestion() {
        for (text, wanted) in [
            ("gg", "no key is called \"gg\"; did you mean \"g g\"?"),
            ("Entre", "no key is called \"Entre\"; did you mean \"Enter\"?"),
            ("PgDwn", "no key is called \"PgDwn\"; did you mean \"PgDn\"?"),
            ("F25", "no key is called \"F25\""),
            ("C-", "no key is called \"C-\""),
            ("C-hyperspace", "no key is called \"C-hyperspace\""),
            ("S-1", "shift with '1' is no key of its own; write the character it types"),
            ("\u{1b}", "no key is called \"\\u{1b}\""),
        ] {
            assert_eq!(parse_keys(text).unwrap_err().to_string(), wanted, "{text}");
        }
        assert!(parse_keys(&"x".repeat(100_000)).is_err());
    }

    #[test]
    fn only_keys_that_type_type() {
        assert_eq!(Key::char('É').typed(), Some('É'));
        assert_eq!(Key::char(' ').typed(), Some(' '));
        assert_eq!(Key::new(KeyCode::Char('d'), true, false, false).typed(), None);
        assert_eq!(Key::plain(KeyCode::Enter).typed(), None);
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>()
                .prop_filter("typed by a key", |c| *c == ' ' || !c.is_control() && !c.is_whitespace())
                .prop_map(KeyCode::Char),
            (1u8..=24).prop_map(KeyCode::F),
            (0..NAMES.len()).prop_map(|at| NAMES[at].2),
        ];
        (code, any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(code, ctrl, alt, shift)| Key::new(code, ctrl, alt, shift))
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(keys in prop::collection::vec(any_key(), 1..5)) {
            prop_assert_eq!(parse_keys(&show_keys(&keys)), Ok(keys));
        }

        #[test]
        fn reading_never_panics_and_its_errors_carry_no_control_character(text in any::<String>()) {
            if let Err(error) = parse_keys(&text) {
                prop_assert!(!error.to_string().chars().any(char::is_control));
            }
        }

        #[test]
        fn normal_form_is_final(key in any_key()) {
            prop_assert_eq!(Key::new(key.code, key.ctrl, key.alt, key.shift), key);
        }
    }
}
