//! What every pane can do, and what it is given for it.
//!
//! A pane changes only itself. Of the rest it sees what its [`Context`] shows, and whatever else is to happen it asks for
//! with an [`Ask`]. The program reaches "the pane in question" through [`Pane`] and never asks which one it is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, Notice, Scope};
use crate::ui::Move;

use super::reader::{Open, Reader};
use super::{Ask, Shared};

/// One of the panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaneId {
    /// The list of articles.
    Articles,
    /// The page.
    Reader,
    /// Who and what the article is about.
    Entities,
    /// The passages that were kept.
    Bookmarks,
}

/// Where a pane stands on a wide screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Left of the page.
    Left,
    /// In the middle.
    Page,
    /// Right of the page: panes that stand here take turns.
    Right,
}

impl PaneId {
    /// The panes in the order `Tab` visits them.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Reader, Self::Entities, Self::Bookmarks];

    /// The pane whose commands stand in a scope; none for those of no single pane.
    pub fn of(scope: Scope) -> Option<Self> {
        match scope {
            Scope::Articles | Scope::Sources => Some(Self::Articles),
            Scope::Reader | Scope::Selecting => Some(Self::Reader),
            Scope::Entities => Some(Self::Entities),
            Scope::Bookmarks => Some(Self::Bookmarks),
            Scope::List
            | Scope::Help
            | Scope::Picker
            | Scope::Prompt
            | Scope::Global
            | Scope::Always
            | Scope::Terminal => None,
        }
    }

    /// The scope whose keys work in it while nothing special goes on there.
    pub fn scope(self) -> Scope {
        match self {
            Self::Articles => Scope::Articles,
            Self::Reader => Scope::Reader,
            Self::Entities => Scope::Entities,
            Self::Bookmarks => Scope::Bookmarks,
        }
    }

    /// Where it stands.
    pub fn column(self) -> Column {
        match self {
            Self::Articles => Column::Left,
            Self::Reader => Column::Page,
            Self::Entities | Self::Bookmarks => Column::Right,
        }
    }

    /// What it is called where there is little room.
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Reader => "Page",
            Self::Entities => "Entities",
            Self::Bookmarks => "Bookmarks",
        }
    }

    /// What it is called in a sentence.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Articles => "the articles",
            Self::Reader => "the page",
            Self::Entities => "the entities",
            Self::Bookmarks => "the bookmarks",
        }
    }
}

/// What a pane may look at besides itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What all panes share.
    pub shared: &'a Shared,
    /// The reading pane, as the other panes see it. The reading pane itself, which has it, is given none.
    pub page: Option<&'a Reader>,
}

impl<'a> Context<'a> {
    /// The article on the page, as the other panes see it.
    pub fn open(&self) -> Option<&'a Open> {
        self.page.and_then(Reader::open)
    }
}

/// A part of the screen with keys of its own.
pub trait Pane {
    /// The scope whose keys work now while the pane has the focus.
    fn scope(&self) -> Scope;

    /// What stands in its row of the header, in about so many columns; cut if it is longer.
    fn title(&self, columns: u16) -> String;

    /// Whether a command of its scopes can do something now. Footer and palette follow it.
    fn available(&self, command: Command, context: &Context<'_>) -> bool;

    /// Carries out a command of its scopes; one that can do nothing now says why. None if the command is not its own: a
    /// command must never do what another one is for.
    fn update(&mut self, command: Command, context: &Context<'_>) -> Option<Vec<Ask>>;

    /// Moves the cursor, if there is one.
    fn go(&mut self, to: Move);

    /// The wheel was turned by so many notches, down or (negative) up.
    fn wheel(&mut self, notches: isize) {
        self.go(Move::By(notches));
    }

    /// Fits it to its window, which is empty while the pane is not on the screen. Called after every message.
    fn settle(&mut self, area: Rect, context: &Context<'_>);

    /// The mouse was pressed at this place of the screen, which lies in `area`.
    fn click(&mut self, at: Position, area: Rect, context: &Context<'_>) -> Vec<Ask>;

    /// The mouse was dragged to this place of the screen.
    fn drag(&mut self, _at: Position, _area: Rect) {}

    /// Draws it into any rectangle, an empty one included.
    fn view(&self, context: &Context<'_>, focused: bool, area: Rect, buf: &mut Buffer);

    /// The words that narrow it, or are looked for in it.
    fn filter(&self) -> &str;

    /// Narrows it to what has these words, or looks for them.
    fn set_filter(&mut self, filter: &str, context: &Context<'_>);

    /// Words to filter by are about to be typed.
    fn begin_filter(&mut self) {}

    /// The words that were typed stand. Returns what is wrong with them, if they cannot.
    fn end_filter(&mut self, filter: &str, context: &Context<'_>) -> Option<Notice> {
        self.set_filter(filter, context);
        None
    }

    /// How what is being typed to narrow it stands, for the end of the line.
    fn filter_status(&self) -> Option<String> {
        None
    }

    /// They were given up: everything is as it was `before` them.
    fn cancel_filter(&mut self, before: &str, context: &Context<'_>) {
        self.set_filter(before, context);
    }

    /// Takes away what narrows it or lies over it.
    fn clear(&mut self, context: &Context<'_>) {
        if !self.filter().is_empty() {
            self.set_filter("", context);
        }
    }

    /// How something that goes on in it stands, for the footer.
    fn status(&self) -> Option<String> {
        None
    }

    /// The last row of `area` on which stands what a list to pick from would be about.
    fn asked_about(&self, _area: Rect, _context: &Context<'_>) -> Option<u16> {
        None
    }
}
