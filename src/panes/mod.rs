//! What is on the screen: one module a pane, each with its state, its update and its view.
//!
//! A pane is a plain struct. `update` takes a command and returns what it asks of the program around it ([`Ask`]);
//! `view` takes any rectangle and changes nothing. Panes never see each other's insides and never touch the world.

pub mod articles;
pub mod bookmarks;
pub mod entities;
pub mod help;
pub mod picker;
pub mod prompt;
pub mod reader;
mod wording;

use jiff::Timestamp;

use crate::article::{Date, SourceId};
use crate::bookmark::{Bookmark, BookmarkId, DeviceId, Shelf};
use crate::command::{Effect, Keymap, Notice};
use crate::config::Settings;
use crate::entity::corrections::{Correction, Corrections, Edit};
use crate::ui::Theme;

use articles::Row;
use prompt::Prompt;

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

impl PaneId {
    /// The panes in the order `Tab` visits them.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Reader, Self::Entities, Self::Bookmarks];
}

/// The moment at which a message is handled, and an id nobody has used: the panes may not ask for them.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The time.
    pub now: Timestamp,
    /// The day, in the reader's time zone.
    pub today: Date,
    /// A new `urn:uuid:`.
    pub id: BookmarkId,
}

/// What every pane may look at.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The reader's settings.
    pub settings: Settings,
    /// Keys to commands.
    pub keymap: Keymap,
    /// Meaning to style.
    pub theme: Theme,
    /// What is in the library is not known yet.
    pub awaits_list: bool,
    /// The bookmark logs are still being read: there are more bookmarks than these.
    pub awaits_shelf: bool,
    /// All bookmarks.
    pub shelf: Shelf,
    /// This machine's name in the bookmark logs.
    pub device: DeviceId,
    /// What the reader knows better about names.
    pub corrections: Corrections,
    /// When the message at hand is handled.
    pub moment: Moment,
}

/// Stands in panes whose contents are not known yet.
const AWAITED: &str = "Waiting for the library…";

/// Where to go in an article once it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To where the reader stopped last time.
    Kept,
    /// To a bookmark.
    Bookmark(BookmarkId),
    /// To where a bookmark may belong, to select the words it is to be attached to.
    Attach(BookmarkId),
}

/// A change that can be taken back.
#[derive(Clone, Debug)]
pub enum Change {
    /// Bookmarks as they were (none: they did not exist) and as they are now.
    Bookmarks(Vec<(Option<Bookmark>, Bookmark)>),
    /// Articles that were marked read (or unread).
    Read {
        /// The articles whose mark changed.
        ids: Vec<SourceId>,
        /// What they are marked as now.
        read: bool,
    },
    /// An article that got, or lost, its star.
    Starred {
        /// The article.
        id: SourceId,
        /// What it has now.
        starred: bool,
    },
    /// An article that was taken off the list.
    Removed(Box<Row>),
    /// What the reader knows better about names.
    Corrections(Edit),
}

/// What a pane asks of the program around it.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Open an article and give the page the focus.
    Open(SourceId, Goal),
    /// Make a change that can be undone, and tell the reader about it.
    Make(Change, String),
    /// Have this hold from now on, in every article.
    Correct(Correction),
    /// Have something done outside.
    Do(Effect),
    /// Tell the reader something.
    Tell(Notice),
    /// Give a pane the focus.
    Focus(PaneId),
    /// Give the page the focus if it is not on the screen: something happens there.
    ShowPage,
    /// Ask the reader to type something.
    Type(Prompt),
    /// Show a list to pick from.
    Pick(picker::Picker),
    /// Show a bookmark in the bookmarks pane.
    ShowBookmark(BookmarkId),
    /// Set the measure of the page, in columns.
    SetMeasure(u16),
}
