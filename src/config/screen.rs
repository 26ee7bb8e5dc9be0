//! What a screen can display.

/// How many colours the page may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorDepth {
    /// None: bold, underline, reverse only.
    Mono,
    /// The 16 of the terminal's own palette.
    Ansi16,
    /// The 256 of xterm.
    Ansi256,
    /// Any.
    TrueColor,
}

/// Whether the screen is dark or light behind the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Background {
    /// Light words on a dark screen.
    Dark,
    /// Dark words on a light screen.
    Light,
}
