//! Meaning to style. Nothing else in the program names a colour.
//!
//! A style that sets a background also sets the colour of the words, so that it can be read whatever the terminal's own
//! background is. The monochrome theme uses modifiers only, and no meaning rests on colour alone: entities, bookmarks
//! and marks also differ by underline or glyph.

use ratatui::style::{Color as Ink, Modifier, Style};

use crate::bookmark::Color;
use crate::config::{Background, ColorDepth};
use crate::entity::Kind;

/// What a piece of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// Running text.
    Text,
    /// Of less weight: dates, sources, counts.
    Muted,
    /// Rules, tracks and borders.
    Faint,
    /// The title of a pane that has the focus.
    Focus,
    /// The headline of the article.
    Headline,
    /// The standfirst.
    Standfirst,
    /// A heading inside an article or a list.
    Heading,
    /// Words of somebody else.
    Quote,
    /// Program text.
    Code,
    /// A link.
    Link,
    /// An article that was not read yet, in a list.
    Unread,
    /// A star.
    Star,
    /// The row under the cursor in the pane that has the focus.
    Cursor,
    /// The row under the cursor elsewhere.
    CursorIdle,
    /// A search hit.
    Hit,
    /// The search hit the page is at.
    HitCurrent,
    /// The passage being selected.
    Selection,
    /// The active end of the selection.
    SelectionEnd,
    /// A letter to type.
    Label,
    /// A mention of a lit entity.
    Mention(Kind),
    /// The mention the page is at.
    MentionCurrent,
    /// The sign of a kind of entity.
    Kind(Kind),
    /// A bookmarked passage in the page.
    Passage(&'a Color),
    /// The mark of a bookmark in gutters and lists.
    Bookmark(&'a Color),
    /// A key in footer and help.
    Key,
    /// Something was done.
    Done,
    /// Something went wrong.
    Error,
}

/// The styles of one terminal.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    depth: ColorDepth,
    background: Background,
}

impl Theme {
    /// The theme for a terminal that shows this many colours on such a background.
    pub fn new(depth: ColorDepth, background: Background) -> Self {
        Self { depth, background }
    }

    /// Whether the terminal shows no colours at all.
    pub fn is_monochrome(self) -> bool {
        self.depth == ColorDepth::Mono
    }

    /// The style of a meaning.
    pub fn style(self, meaning: Meaning<'_>) -> Style {
        let (ink, paper, modifier) = if self.is_monochrome() {
            (None, None, monochrome(meaning))
        } else {
            let (ink, paper) = colours(meaning, self.background);
            let on_light = paper.is_none() && self.background == Background::Light;
            (ink.map(|ink| if on_light { ink.darker() } else { ink }), paper, modifiers(meaning))
        };
        let mut style = Style::new().add_modifier(modifier);
        if matches!(meaning, Meaning::Cursor | Meaning::CursorIdle) {
            // A bar is laid over whole rows; what is dim on its own would fade into it.
            style = style.remove_modifier(Modifier::DIM);
        }
        style.fg = ink.map(|shade| self.ink(shade));
        style.bg = paper.map(|shade| self.ink(shade));
        style
    }

    fn ink(self, shade: Shade) -> Ink {
        let Shade { rgb: (red, green, blue), basic } = shade;
        match self.depth {
            ColorDepth::TrueColor => Ink::Rgb(red, green, blue),
            ColorDepth::Ansi256 => Ink::Indexed(indexed(red, green, blue)),
            ColorDepth::Ansi16 | ColorDepth::Mono => basic,
        }
    }
}

/// A colour and what stands for it among the sixteen.
#[derive(Clone, Copy)]
struct Shade {
    rgb: (u8, u8, u8),
    basic: Ink,
}

impl Shade {
    /// The same colour for words on a light background.
    fn darker(self) -> Self {
        let (red, green, blue) = self.rgb;
        Self { rgb: (red / 4 * 3, green / 4 * 3, blue / 4 * 3), ..self }
    }
}

const fn shade(red: u8, green: u8, blue: u8, basic: Ink) -> Shade {
    Shade { rgb: (red, green, blue), basic }
}

// Inks of middling lightness keep a contrast of 3:1 or more on black and on white alike; papers bring their own ink.
const GREY: Shade = shade(134, 138, 145, Ink::DarkGray);
const RULE: Shade = shade(98, 102, 110, Ink::DarkGray);
const BLUE: Shade = shade(76, 141, 214, Ink::Blue);
const TEAL: Shade = shade(38, 150, 144, Ink::Cyan);
const GREEN: Shade = shade(83, 150, 62, Ink::Green);
const AMBER: Shade = shade(184, 128, 28, Ink::Yellow);
const RED: Shade = shade(214, 84, 76, Ink::Red);
const VIOLET: Shade = shade(154, 116, 204, Ink::Magenta);
const PINK: Shade = shade(204, 92, 150, Ink::LightMagenta);
const ORANGE: Shade = shade(208, 112, 48, Ink::LightRed);
const WHITE: Shade = shade(248, 248, 242, Ink::White);
const BLACK: Shade = shade(24, 24, 28, Ink::Black);

fn colours(meaning: Meaning<'_>, background: Background) -> (Option<Shade>, Option<Shade>) {
    if background == Background::Light
        && let Some(paper) = light_bar(meaning)
    {
        return (Some(if meaning == Meaning::SelectionEnd { WHITE } else { BLACK }), Some(paper));
    }
    match meaning {
        Meaning::Text | Meaning::Headline | Meaning::Standfirst | Meaning::Unread => (None, None),
        Meaning::Muted | Meaning::Quote => (Some(GREY), None),
        Meaning::Faint => (Some(RULE), None),
        Meaning::Focus | Meaning::Key | Meaning::Link => (Some(BLUE), None),
        Meaning::Heading | Meaning::Code => (Some(TEAL), None),
        Meaning::Star => (Some(AMBER), None),
        Meaning::Cursor => (Some(WHITE), Some(shade(44, 82, 130, Ink::Blue))),
        Meaning::CursorIdle => (Some(WHITE), Some(shade(72, 76, 84, Ink::DarkGray))),
        Meaning::Selection => (Some(WHITE), Some(shade(52, 96, 156, Ink::Blue))),
        Meaning::SelectionEnd => (Some(BLACK), Some(shade(160, 200, 250, Ink::Cyan))),
        Meaning::Hit => (Some(BLACK), Some(shade(222, 196, 112, Ink::Yellow))),
        Meaning::HitCurrent => (Some(BLACK), Some(shade(250, 160, 60, Ink::LightYellow))),
        Meaning::Label => (Some(BLACK), Some(shade(250, 210, 90, Ink::LightYellow))),
        Meaning::Mention(kind) | Meaning::Kind(kind) => (Some(of_kind(kind)), None),
        Meaning::MentionCurrent => (Some(BLACK), Some(shade(150, 205, 230, Ink::Cyan))),
        Meaning::Passage(color) => match background {
            Background::Dark => (Some(WHITE), Some(dark_paper_of(color))),
            Background::Light => (Some(BLACK), Some(light_paper_of(color))),
        },
        Meaning::Bookmark(color) => (Some(of_color(color)), None),
        Meaning::Done => (Some(GREEN), None),
        Meaning::Error => (Some(RED), None),
    }
}

/// Bars and selections on a light background: pale, under dark words.
fn light_bar(meaning: Meaning<'_>) -> Option<Shade> {
    match meaning {
        Meaning::Cursor => Some(shade(198, 220, 246, Ink::Cyan)),
        Meaning::CursorIdle => Some(shade(226, 228, 232, Ink::Gray)),
        Meaning::Selection => Some(shade(172, 206, 248, Ink::Cyan)),
        Meaning::SelectionEnd => Some(shade(44, 82, 130, Ink::Blue)),
        _ => None,
    }
}

fn of_kind(kind: Kind) -> Shade {
    match kind {
        Kind::Person => AMBER,
        Kind::Place => GREEN,
        Kind::Organisation => BLUE,
        Kind::Group => VIOLET,
        Kind::Event => RED,
        Kind::Work => PINK,
        Kind::Date | Kind::Money | Kind::Percent | Kind::Quantity => TEAL,
    }
}

fn of_color(color: &Color) -> Shade {
    match color {
        Color::Yellow => AMBER,
        Color::Green => GREEN,
        Color::Blue => BLUE,
        Color::Pink => PINK,
        Color::Orange => ORANGE,
        Color::Purple => VIOLET,
        Color::Other(_) => GREY,
    }
}

fn dark_paper_of(color: &Color) -> Shade {
    match color {
        Color::Yellow => shade(82, 70, 26, Ink::Yellow),
        Color::Green => shade(38, 74, 42, Ink::Green),
        Color::Blue => shade(34, 64, 98, Ink::Blue),
        Color::Pink => shade(94, 44, 70, Ink::Magenta),
        Color::Orange => shade(102, 58, 28, Ink::Red),
        Color::Purple => shade(70, 54, 102, Ink::Magenta),
        Color::Other(_) => shade(66, 68, 74, Ink::DarkGray),
    }
}

fn light_paper_of(color: &Color) -> Shade {
    match color {
        Color::Yellow => shade(252, 240, 170, Ink::Yellow),
        Color::Green => shade(206, 238, 200, Ink::Green),
        Color::Blue => shade(204, 228, 250, Ink::Cyan),
        Color::Pink => shade(250, 212, 230, Ink::LightMagenta),
        Color::Orange => shade(254, 222, 190, Ink::LightRed),
        Color::Purple => shade(226, 214, 248, Ink::Magenta),
        Color::Other(_) => shade(226, 228, 232, Ink::Gray),
    }
}

/// Modifiers beside a colour, so that what matters most is not said by colour alone.
fn modifiers(meaning: Meaning<'_>) -> Modifier {
    match meaning {
        Meaning::Focus
        | Meaning::Headline
        | Meaning::Heading
        | Meaning::Unread
        | Meaning::HitCurrent
        | Meaning::MentionCurrent
        | Meaning::Label => Modifier::BOLD,
        Meaning::Standfirst => Modifier::ITALIC,
        Meaning::Link | Meaning::Mention(_) => Modifier::UNDERLINED,
        _ => Modifier::empty(),
    }
}

fn monochrome(meaning: Meaning<'_>) -> Modifier {
    match meaning {
        Meaning::Text | Meaning::Quote | Meaning::Code | Meaning::Star | Meaning::Bookmark(_) | Meaning::Kind(_) => {
            Modifier::empty()
        }
        Meaning::Muted | Meaning::Faint => Modifier::DIM,
        Meaning::Headline | Meaning::Heading | Meaning::Unread | Meaning::Key | Meaning::Done | Meaning::CursorIdle => {
            Modifier::BOLD
        }
        Meaning::Standfirst => Modifier::ITALIC,
        Meaning::Link | Meaning::Passage(_) => Modifier::UNDERLINED,
        Meaning::Mention(_) | Meaning::Hit => Modifier::BOLD.union(Modifier::UNDERLINED),
        Meaning::Cursor | Meaning::Selection | Meaning::MentionCurrent => Modifier::REVERSED,
        Meaning::Focus | Meaning::HitCurrent | Meaning::Label | Meaning::Error | Meaning::SelectionEnd => {
            Modifier::REVERSED.union(Modifier::BOLD)
        }
    }
}

/// The nearest of the 6×6×6 colour cube or the grey ramp of xterm's 256 colours.
fn indexed(red: u8, green: u8, blue: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |a: (u8, u8, u8)| {
        let part = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
        part(a.0, red) + part(a.1, green) + part(a.2, blue)
    };
    let nearest =
        |value: u8| (0..6u8).min_by_key(|&step| STEPS.get(usize::from(step)).map_or(255, |at| at.abs_diff(value)));
    let (r, g, b) = (nearest(red).unwrap_or(0), nearest(green).unwrap_or(0), nearest(blue).unwrap_or(0));
    let at = |step: u8| STEPS.get(usize::from(step)).copied().unwrap_or(0);
    let cube = (16 + 36 * r + 6 * g + b, distance((at(r), at(g), at(b))));
    let grey = (0..24u8).map(|step| (232 + step, distance((8 + 10 * step, 8 + 10 * step, 8 + 10 * step))));
    grey.chain([cube]).min_by_key(|(_, distance)| *distance).map_or(7, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_monochrome_theme_sets_no_colour() {
        let theme = Theme::new(ColorDepth::Mono, Background::Dark);
        for meaning in [Meaning::Cursor, Meaning::Passage(&Color::Blue), Meaning::Mention(Kind::Person), Meaning::Error]
        {
            let style = theme.style(meaning);
            assert_eq!((style.fg, style.bg), (None, None));
            assert!(!style.add_modifier.is_empty(), "{meaning:?} would not be seen");
        }
    }

    #[test]
    fn a_background_always_brings_its_own_ink() {
        for depth in [ColorDepth::TrueColor, ColorDepth::Ansi256, ColorDepth::Ansi16] {
            for meaning in [Meaning::Cursor, Meaning::Hit, Meaning::Passage(&Color::Pink), Meaning::Selection] {
                let style = Theme::new(depth, Background::Light).style(meaning);
                assert!(style.bg.is_some() && style.fg.is_some());
            }
        }
    }

    #[test]
    fn bars_are_pale_on_a_light_background_and_dark_on_a_dark_one() {
        let paper = |background, meaning| match Theme::new(ColorDepth::TrueColor, background).style(meaning).bg {
            Some(Ink::Rgb(red, green, blue)) => u32::from(red) + u32::from(green) + u32::from(blue),
            other => panic!("{other:?}"),
        };
        for meaning in [Meaning::Cursor, Meaning::CursorIdle, Meaning::Selection] {
            assert!(paper(Background::Light, meaning) > 600 && paper(Background::Dark, meaning) < 330, "{meaning:?}");
        }
    }

    #[test]
    fn the_256_colours_are_the_nearest() {
        assert_eq!(indexed(0, 0, 0), 16);
        assert_eq!(indexed(255, 255, 255), 231);
        assert_eq!(indexed(128, 128, 128), 244);
    }
}
