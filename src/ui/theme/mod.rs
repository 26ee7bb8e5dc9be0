//! Meaning to style. Nothing else in the program names a colour.
//!
//! Every depth has colours of its own, picked by hand for a dark and for a light background: `palette.rs` for terminals
//! with many colours, `sixteen.rs` for those with few. No two meanings look the same, and words reach a contrast of 4.5:1
//! (WCAG 2.1, level AA) on whatever is behind them; the tests compute both. A style that sets a background (a *paper*)
//! also sets the colour of the words (the *ink*), so that it can be read whatever the terminal's own background is.
//!
//! The monochrome theme uses modifiers only, and no meaning rests on colour alone: entities, bookmarks and marks also
//! differ by underline or glyph.

mod palette;
mod sixteen;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) mod xterm;

use ratatui::style::{Color as Ink, Modifier, Style};

use crate::bookmark::Color;
use crate::config::{Background, ColorDepth};
use crate::entity::Kind;

/// Ink, paper and modifiers of a meaning; the terminal's own ink or paper where there is none.
type Look = (Option<Ink>, Option<Ink>, Modifier);

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
    /// Somebody else's words.
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

    /// The style of a meaning.
    pub fn style(self, meaning: Meaning<'_>) -> Style {
        let many = |palette: &palette::Palette| {
            let (ink, paper) = palette.colours(meaning);
            (ink, paper, modifiers(meaning))
        };
        let (ink, paper, modifier) = match (self.depth, self.background) {
            (ColorDepth::Mono, _) => (None, None, monochrome(meaning)),
            (ColorDepth::Ansi16, background) => sixteen::look(meaning, background),
            (ColorDepth::Ansi256, Background::Dark) => many(&palette::DARK_256),
            (ColorDepth::Ansi256, Background::Light) => many(&palette::LIGHT_256),
            (ColorDepth::TrueColor, Background::Dark) => many(&palette::DARK),
            (ColorDepth::TrueColor, Background::Light) => many(&palette::LIGHT),
        };
        let mut style = Style::new().add_modifier(modifier);
        let has_colour = ink.is_some() && !modifier.contains(Modifier::DIM);
        if has_colour || matches!(meaning, Meaning::Cursor | Meaning::CursorIdle) {
            // A colour, or a bar, is laid over words that may be dim: they would fade in it.
            style = style.remove_modifier(Modifier::DIM);
        }
        (style.fg, style.bg) = (ink, paper);
        style
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
    const BOLD: Modifier = Modifier::BOLD;
    const ITALIC: Modifier = Modifier::ITALIC;
    const UNDERLINED: Modifier = Modifier::UNDERLINED;
    const REVERSED: Modifier = Modifier::REVERSED;
    match meaning {
        Meaning::Text | Meaning::Quote | Meaning::Code | Meaning::Star | Meaning::Bookmark(_) | Meaning::Kind(_) => {
            Modifier::empty()
        }
        Meaning::Muted | Meaning::Faint => Modifier::DIM,
        Meaning::Headline | Meaning::Heading | Meaning::Unread | Meaning::Key | Meaning::Done => BOLD,
        Meaning::Standfirst => ITALIC,
        Meaning::CursorIdle => UNDERLINED.union(Modifier::DIM),
        // What may lie over the words of the page differs each from each.
        Meaning::Passage(_) => UNDERLINED,
        Meaning::Link => ITALIC.union(UNDERLINED),
        Meaning::Mention(_) => BOLD.union(UNDERLINED),
        Meaning::Hit => BOLD.union(ITALIC).union(UNDERLINED),
        Meaning::Selection | Meaning::Cursor => REVERSED,
        Meaning::SelectionEnd => REVERSED.union(BOLD).union(UNDERLINED),
        Meaning::MentionCurrent => REVERSED.union(UNDERLINED),
        Meaning::HitCurrent => REVERSED.union(BOLD).union(ITALIC),
        Meaning::Focus | Meaning::Label | Meaning::Error => REVERSED.union(BOLD),
    }
}
