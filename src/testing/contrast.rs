//! Checks that every word on every screen has enough contrast, at every colour depth and on both backgrounds, computed
//! from the cells as drawn, including overlapping layers.

use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use crate::bookmark::Color;
use crate::command::Notice;
use crate::config::{Background, ColorDepth};
use crate::ui::theme::tests::{LINES, WORDS, own};
use crate::ui::theme::xterm::{XTERM, contrast, rgb};
use crate::ui::{Meaning, Theme};

use super::Harness;

/// Characters that draw lines rather than text.
const DRAWN: &str = "│─┼┃━┌┐└┘▌▎";

const WALL: &str = "# The wall\n\nBy Ann Reed\n\nThe council of Vardby met on Tuesday and agreed on 118 metres. It agreed on a wall \
                    that is four metres high. Nobody had asked the fishermen of the town. Ann Reed of the Vardby Post \
                    was there all night. She wrote that the mayor smiled at the reporters. The wall will cost nine \
                    million crowns next year.\n\n> In Oslo they [had heard](https://example.com) of it.\n\n- One `item`\n";

/// The page with a passage in each of the six colours, the first of them changed since.
pub(super) fn highlights(width: u16, height: u16) -> Harness {
    let mut before = Harness::reading(width, height, "wall.md", WALL);
    for (key, moves) in (1..=6).zip(0..) {
        before.keys(&format!("v {} {key}", "j ".repeat(moves)));
    }
    let new = WALL.replace("agreed on 118 metres", "agreed on 121 metres");
    let mut harness = before.again(width, height, ColorDepth::TrueColor, vec![("wall.md", &new)]);
    harness.deliver_all();
    harness
}

/// Keys that lead to screens that together show everything.
const SCENES: [&str; 14] = [
    "",
    "/ i n n Enter",
    "/ t h e Enter n",
    "v J J",
    "m",
    "M",
    "l",
    "l j Space j Space j Enter",
    "l c",
    "g b j",
    "h",
    "?",
    ":",
    "g",
];

fn check(cell: &Cell, background: Background) -> Option<f64> {
    let symbol = cell.symbol();
    if symbol.trim().is_empty() {
        return None;
    }
    let ink = rgb(cell.fg, &XTERM).unwrap_or(if background == Background::Dark { (229, 229, 229) } else { (0, 0, 0) });
    let paper = rgb(cell.bg, &XTERM).unwrap_or(own(background));
    assert!(!cell.modifier.contains(Modifier::REVERSED), "colours need no reversing");
    Some(contrast(ink, paper) / if DRAWN.contains(symbol) { LINES } else { WORDS })
}

#[test]
fn every_word_of_every_screen_can_be_read() {
    for keys in SCENES {
        let mut harness = highlights(120, 40);
        if !keys.is_empty() {
            harness.keys(keys);
        }
        harness.state.notices.push(Notice::error("Something went wrong."));
        for depth in [ColorDepth::TrueColor, ColorDepth::Ansi256, ColorDepth::Ansi16] {
            for background in [Background::Dark, Background::Light] {
                harness.state.shared.theme = Theme::new(depth, background);
                let buffer = harness.buffer();
                for at in buffer.area.positions() {
                    let cell = &buffer[at];
                    let read = check(cell, background).is_none_or(|part| part >= 1.0);
                    assert!(read, "{keys:?}, {depth:?}, {background:?} at {at}: {cell:?}\n{}", harness.screen());
                }
            }
        }
    }
}

#[test]
fn six_highlights_are_six_colours_at_every_depth() {
    let mut harness = highlights(120, 60);
    for depth in [ColorDepth::TrueColor, ColorDepth::Ansi256, ColorDepth::Ansi16] {
        for background in [Background::Dark, Background::Light] {
            harness.state.shared.theme = Theme::new(depth, background);
            // The one that has changed is dashed; its colour is that of its mark.
            for color in [Color::Green, Color::Blue, Color::Pink, Color::Orange, Color::Purple] {
                let words = harness.words_in(Meaning::Passage(&color));
                assert!(words.len() > 20, "{color:?} at {depth:?}, {background:?}: {words:?}");
            }
        }
    }
}
