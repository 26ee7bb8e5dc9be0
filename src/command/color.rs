//! The colours that commands stand for.

use crate::bookmark::Color;

use super::Command;

impl Command {
    /// The colour a saving or colouring command stands for.
    pub fn color(self) -> Option<Color> {
        Some(match self {
            Self::SaveYellow | Self::ColorYellow => Color::Yellow,
            Self::SaveGreen | Self::ColorGreen => Color::Green,
            Self::SaveBlue | Self::ColorBlue => Color::Blue,
            Self::SavePink | Self::ColorPink => Color::Pink,
            Self::SaveOrange | Self::ColorOrange => Color::Orange,
            Self::SavePurple | Self::ColorPurple => Color::Purple,
            _ => return None,
        })
    }
}
