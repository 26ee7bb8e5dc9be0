//! What the terminal can display, decided from the environment and the settings, never by querying the terminal.
//!
//! A query costs a round trip before the first frame and hangs on terminals that do not reply.
#![expect(clippy::disallowed_methods, reason = "reads the environment once, at the edge")]

use crate::config::{Background, ColorChoice, ColorDepth, ThemeChoice};

/// The environment variables that describe the terminal; unset ones are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalEnv {
    /// `NO_COLOR`: any value asks for no colour (<https://no-color.org>).
    pub no_color: String,
    /// `TERM`: the terminal's name in terminfo.
    pub term: String,
    /// `COLORTERM`: `truecolor` or `24bit` where any colour can be shown.
    pub colorterm: String,
    /// `COLORFGBG`: foreground and background as numbers of the palette, `15;0`; rxvt, Konsole and iTerm2 set it.
    pub colorfgbg: String,
}

impl TerminalEnv {
    /// Reads the environment of this process.
    pub fn read() -> Self {
        let read = |name| std::env::var_os(name).unwrap_or_default().to_string_lossy().into_owned();
        Self {
            no_color: read("NO_COLOR"),
            term: read("TERM"),
            colorterm: read("COLORTERM"),
            colorfgbg: read("COLORFGBG"),
        }
    }

    /// Whether the terminal can only print lines: an editor's compile window, a job's log.
    pub fn is_dumb(&self) -> bool {
        self.term.eq_ignore_ascii_case("dumb")
    }

    /// The value of `COLORFGBG`, unless it consists of palette colours or `default`, separated by semicolons.
    pub fn invalid_background(&self) -> Option<&str> {
        let is_color = |part: &str| part == "default" || part.parse::<u8>().is_ok();
        (!self.colorfgbg.is_empty() && !self.colorfgbg.split(';').all(is_color)).then_some(&self.colorfgbg)
    }
}

/// True-colour terminals, by a name that survives `ssh`, unlike `COLORTERM`.
const TRUE_COLOR_TERMS: [&str; 6] = ["alacritty", "contour", "foot", "wezterm", "xterm-ghostty", "xterm-kitty"];

/// Prefixes of the names of terminals with 16 colours; older or unknown ones get none.
const COLOR_TERMS: [&str; 13] =
    ["ansi", "cygwin", "eterm", "gnome", "konsole", "linux", "putty", "rxvt", "screen", "st", "tmux", "vte", "xterm"];

/// The colours to use. `choice` is what the flag says, else the configuration; then `NO_COLOR`, then `TERM=dumb`, then
/// what `COLORTERM` and `TERM` promise.
///
/// [`ColorChoice::Always`] overrules `NO_COLOR` and uses 16 colours where nothing better is promised.
pub fn color_depth(choice: ColorChoice, env: &TerminalEnv) -> ColorDepth {
    match choice {
        ColorChoice::Never => ColorDepth::Mono,
        ColorChoice::Always => promised_depth(env).max(ColorDepth::Ansi16),
        ColorChoice::Auto if !env.no_color.is_empty() => ColorDepth::Mono,
        ColorChoice::Auto => promised_depth(env),
    }
}

fn promised_depth(env: &TerminalEnv) -> ColorDepth {
    let term = env.term.to_ascii_lowercase();
    let is = |name: &str| term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']));
    let any_color = matches!(env.colorterm.to_ascii_lowercase().as_str(), "truecolor" | "24bit");
    if term.is_empty() || env.is_dumb() {
        ColorDepth::Mono
    } else if is("screen") {
        // GNU screen 4 passes COLORTERM on from the outer terminal but garbles true colour.
        if term.contains("256color") || any_color { ColorDepth::Ansi256 } else { ColorDepth::Ansi16 }
    } else if any_color || term.ends_with("-direct") || TRUE_COLOR_TERMS.into_iter().any(is) {
        ColorDepth::TrueColor
    } else if term.contains("256color") {
        ColorDepth::Ansi256
    } else if term.contains("color") || !env.colorterm.is_empty() || COLOR_TERMS.into_iter().any(is) {
        ColorDepth::Ansi16
    } else {
        ColorDepth::Mono
    }
}

/// The background to assume: what the configuration says, else what `COLORFGBG` says, else dark.
pub fn background(choice: ThemeChoice, env: &TerminalEnv) -> Background {
    let promised = || match env.colorfgbg.rsplit(';').next() {
        // Palette numbers 7 and 9 to 15 are the bright half but for dark grey (8): the rule of vim's 'background'.
        Some("7" | "9" | "10" | "11" | "12" | "13" | "14" | "15") => Background::Light,
        _ => Background::Dark,
    };
    match choice {
        ThemeChoice::Dark => Background::Dark,
        ThemeChoice::Light => Background::Light,
        ThemeChoice::Auto => promised(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(no_color: &str, term: &str, colorterm: &str) -> TerminalEnv {
        TerminalEnv {
            no_color: no_color.into(),
            term: term.into(),
            colorterm: colorterm.into(),
            colorfgbg: String::new(),
        }
    }

    #[test]
    fn the_choice_overrides_no_color_and_that_overrides_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        use ColorDepth::{Ansi16, Ansi256, Mono, TrueColor};
        for (choice, no_color, term, colorterm, wanted) in [
            (Never, "", "xterm-256color", "truecolor", Mono),
            (Always, "1", "xterm-256color", "truecolor", TrueColor),
            (Always, "1", "dumb", "", Ansi16),
            (Always, "", "", "", Ansi16),
            (Auto, "1", "xterm-256color", "truecolor", Mono),
            (Auto, "0", "xterm-256color", "truecolor", Mono),
            (Auto, "", "dumb", "truecolor", Mono),
            (Auto, "", "", "truecolor", Mono),
            (Auto, "", "xterm-256color", "truecolor", TrueColor),
            (Auto, "", "xterm-256color", "24bit", TrueColor),
            (Auto, "", "xterm-256color", "", Ansi256),
            (Auto, "", "tmux-256color", "", Ansi256),
            (Auto, "", "tmux-256color", "truecolor", TrueColor),
            (Auto, "", "screen.xterm-256color", "truecolor", Ansi256),
            (Auto, "", "screen", "", Ansi16),
            (Auto, "", "xterm-kitty", "", TrueColor),
            (Auto, "", "foot", "", TrueColor),
            (Auto, "", "xterm-direct", "", TrueColor),
            (Auto, "", "xterm", "", Ansi16),
            (Auto, "", "xterm-color", "", Ansi16),
            (Auto, "", "linux", "", Ansi16),
            (Auto, "", "vt220", "", Mono),
            (Auto, "", "vt220", "yes", Ansi16),
            (Auto, "", "stuffed", "", Mono),
        ] {
            assert_eq!(color_depth(choice, &env(no_color, term, colorterm)), wanted, "{choice:?} {no_color} {term}");
        }
    }

    #[test]
    fn the_background_is_dark_unless_something_says_light() {
        let with = |colorfgbg: &str| TerminalEnv { colorfgbg: colorfgbg.into(), ..TerminalEnv::default() };
        assert_eq!(background(ThemeChoice::Auto, &with("")), Background::Dark);
        assert_eq!(background(ThemeChoice::Auto, &with("0;15")), Background::Light);
        assert_eq!(background(ThemeChoice::Auto, &with("15;default;0")), Background::Dark);
        for colors in ["", "0;15", "15;default;0", "7"] {
            assert_eq!(with(colors).invalid_background(), None, "{colors}");
        }
        for colors in ["white", "15;", "0;256", "0,15"] {
            assert_eq!(with(colors).invalid_background(), Some(colors));
        }
        assert_eq!(background(ThemeChoice::Dark, &with("0;15")), Background::Dark);
        assert_eq!(background(ThemeChoice::Light, &with("15;0")), Background::Light);
    }
}
