//! The looks of terminals with sixteen colours.
//!
//! What those colours are is the reader's choice, so only pairs are used that can be read in the palettes people have:
//! black on the light ones, white on red, blue and magenta. There are fewer colours than meanings: modifiers tell apart
//! what shares one. The mark of a bookmark is a piece of its passage, for few of the sixteen can be read as ink on both
//! backgrounds.

use ratatui::style::{Color as Ink, Modifier};

use super::palette::{of_color, of_kind};
use super::{Look, Meaning};
use crate::config::Background;

const PLAIN: Modifier = Modifier::empty();
const BOLD: Modifier = Modifier::BOLD;
const ITALIC: Modifier = Modifier::ITALIC;
const UNDERLINED: Modifier = Modifier::UNDERLINED;

/// The look of a meaning.
pub(super) fn look(meaning: Meaning<'_>, background: Background) -> Look {
    let dark = background == Background::Dark;
    let ink = |on_dark: Ink, on_light: Ink, modifier| (Some(if dark { on_dark } else { on_light }), None, modifier);
    let paper = |paper: Ink, modifier| (Some(ink_on(paper)), Some(paper), modifier);
    match meaning {
        Meaning::Text => (None, None, PLAIN),
        // Every grey of the sixteen fades into the background of some palette.
        Meaning::Muted => (Some(Ink::Reset), None, Modifier::DIM),
        Meaning::Unread => (None, None, BOLD),
        Meaning::Standfirst => (None, None, ITALIC),
        Meaning::Faint => ink(Ink::DarkGray, Ink::DarkGray, PLAIN),
        Meaning::Headline => ink(Ink::White, Ink::Black, BOLD),
        Meaning::Quote => ink(Ink::White, Ink::Black, ITALIC),
        Meaning::Focus => ink(Ink::LightCyan, Ink::Blue, BOLD.union(UNDERLINED)),
        Meaning::Heading => ink(Ink::LightCyan, Ink::Blue, BOLD),
        Meaning::Link => ink(Ink::LightCyan, Ink::Blue, BOLD.union(ITALIC).union(UNDERLINED)),
        Meaning::Key => ink(Ink::Cyan, Ink::Magenta, BOLD),
        Meaning::Code => ink(Ink::Green, Ink::LightBlue, BOLD),
        Meaning::Star => ink(Ink::LightYellow, Ink::Red, BOLD),
        Meaning::Done => ink(Ink::LightGreen, Ink::Blue, BOLD.union(ITALIC)),
        Meaning::Error => paper(Ink::Red, PLAIN),
        Meaning::Kind(kind) | Meaning::Mention(kind) => {
            let (ink, modifier) = of_kind(if dark { &KINDS_ON_DARK } else { &KINDS_ON_LIGHT }, kind).unzip();
            let line = if matches!(meaning, Meaning::Mention(_)) { UNDERLINED } else { PLAIN };
            (ink, None, modifier.unwrap_or_default().union(line))
        }
        Meaning::Passage(color) | Meaning::Bookmark(color) => {
            let (of, modifier) = of_color(if dark { &PASSAGES_ON_DARK } else { &PASSAGES_ON_LIGHT }, color).unzip();
            let bold = if matches!(meaning, Meaning::Bookmark(_)) { BOLD } else { PLAIN };
            (of.map(ink_on), of, modifier.unwrap_or_default().union(bold))
        }
        Meaning::Cursor => paper(Ink::Cyan, PLAIN),
        Meaning::CursorIdle => paper(Ink::Gray, PLAIN),
        Meaning::Hit => paper(Ink::Yellow, PLAIN),
        Meaning::HitCurrent => paper(if dark { Ink::White } else { Ink::Black }, BOLD),
        Meaning::MentionCurrent => paper(Ink::Cyan, BOLD),
        Meaning::Selection => paper(if dark { Ink::LightCyan } else { Ink::Blue }, PLAIN),
        Meaning::SelectionEnd => paper(Ink::Green, BOLD),
        Meaning::Label => paper(Ink::Red, BOLD),
    }
}

/// What can be read on a paper.
fn ink_on(paper: Ink) -> Ink {
    if matches!(paper, Ink::Black | Ink::Red | Ink::Blue | Ink::Magenta) { Ink::White } else { Ink::Black }
}

const KINDS_ON_DARK: [(Ink, Modifier); 9] = [
    (Ink::LightYellow, PLAIN),
    (Ink::LightGreen, PLAIN),
    (Ink::LightCyan, PLAIN),
    (Ink::LightMagenta, PLAIN),
    (Ink::LightRed, PLAIN),
    (Ink::Yellow, PLAIN),
    (Ink::LightYellow, ITALIC),
    (Ink::Cyan, PLAIN),
    (Ink::Green, PLAIN),
];

/// Five of the sixteen can be read on white: black, red, blue, magenta and light blue.
const KINDS_ON_LIGHT: [(Ink, Modifier); 9] = [
    (Ink::Red, PLAIN),
    (Ink::Blue, PLAIN),
    (Ink::Magenta, PLAIN),
    (Ink::LightBlue, PLAIN),
    (Ink::Red, ITALIC),
    (Ink::Magenta, ITALIC),
    (Ink::Black, PLAIN),
    (Ink::Blue, ITALIC),
    (Ink::LightBlue, ITALIC),
];

const PASSAGES_ON_DARK: [(Ink, Modifier); 7] = [
    (Ink::LightYellow, PLAIN),
    (Ink::LightGreen, PLAIN),
    (Ink::Blue, PLAIN),
    (Ink::LightMagenta, PLAIN),
    (Ink::LightRed, PLAIN),
    (Ink::Magenta, PLAIN),
    (Ink::Gray, UNDERLINED),
];

const PASSAGES_ON_LIGHT: [(Ink, Modifier); 7] = [
    (Ink::LightYellow, PLAIN),
    (Ink::LightGreen, PLAIN),
    (Ink::LightCyan, PLAIN),
    (Ink::LightMagenta, PLAIN),
    (Ink::LightRed, PLAIN),
    (Ink::Magenta, PLAIN),
    (Ink::Gray, UNDERLINED),
];
