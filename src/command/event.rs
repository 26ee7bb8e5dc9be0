//! What comes from the terminal, in the program's own words.

use super::key::Key;

/// Something a person or the terminal did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermEvent {
    /// A key was pressed or repeats.
    Key(Key),
    /// The mouse was clicked, dragged or its wheel turned.
    Mouse(Mouse),
    /// Text was pasted; as it came, not sanitised, of any length.
    Paste(String),
    /// The terminal now has this many columns and rows. May come more often than the size changes.
    Resize(u16, u16),
    /// The terminal window got the focus.
    FocusGained,
    /// The terminal window lost the focus.
    FocusLost,
    /// The terminal cannot be read any more, and why; nothing follows.
    Lost(String),
}

/// One act of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub kind: MouseKind,
    /// Where, counted from 0 at the left.
    pub column: u16,
    /// Where, counted from 0 at the top.
    pub row: u16,
}

/// What a mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// A button went down.
    Press(Button),
    /// The mouse moved with a button down.
    Drag(Button),
    /// A button came up.
    Release(Button),
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// The buttons of a mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The one that selects.
    Left,
    /// The wheel, pressed.
    Middle,
    /// The one for menus.
    Right,
}
