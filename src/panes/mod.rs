//! What is on the screen: one module a pane, each with its state, its update and its view.
//!
//! A pane is a plain struct behind the trait [`Pane`]. `update` takes a command and returns what it asks of the program
//! around it ([`Ask`]); `view` takes any rectangle and changes nothing. Panes never see each other's insides and never
//! touch the world.

pub mod articles;
pub mod bookmarks;
mod change;
pub mod entities;
pub mod help;
pub mod mark_target;
pub mod marks;
mod pane;
pub mod picker;
pub mod prompt;
pub mod reader;
mod wording;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::article::{Date, RowId, SourceId, TextRange};
use crate::bookmark::{BookmarkId, DeviceId, Shelf};
use crate::command::{Effect, Keymap, Notice};
use crate::config::{Settings, ViewChoices};
use crate::entity::corrections::{Correction, Corrections};
use crate::feed::{FeedState, Subscriptions};
use crate::intake::TextEncoding;
use crate::query::{ArticleQuery, SavedSearches};
use crate::ui::Theme;

pub use change::{Change, MarkEdit, changed};
pub use pane::{Column, Context, Pane, PaneId};
use prompt::Prompt;

/// The moment at which a message is handled, and an id nobody has used: the panes may not ask for them.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The time.
    pub now: Timestamp,
    /// The day, in the reader's time zone.
    pub today: Date,
    /// That time zone.
    pub zone: TimeZone,
    /// A new `urn:uuid:`.
    pub id: BookmarkId,
}

/// What every pane may look at.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The reader's settings.
    pub settings: Settings,
    /// What was chosen for the screen.
    pub view: ViewChoices,
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
    /// The searches that were saved.
    pub searches: SavedSearches,
    /// The shell command that an article was piped to last, or that the configuration names.
    pub pipe: String,
    /// The feeds that are subscribed to.
    pub subscriptions: Subscriptions,
    /// What is remembered of each feed, by its address.
    pub feed_states: HashMap<String, FeedState>,
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
    /// To the first of the words that the list was searched for.
    Found,
    /// To a bookmark.
    Bookmark(BookmarkId),
    /// To where a bookmark may belong, to select the words it is to be attached to.
    Attach(BookmarkId),
}

/// What a pane asks of the program around it.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Open an article and give the page the focus.
    Open(SourceId, Goal),
    /// Read the open article again, in this encoding.
    ReadIn(TextEncoding),
    /// Read the open article again from where it came, or fetch it: the article, or all of its page.
    Reload {
        /// All of the page.
        whole: bool,
    },
    /// Show the other text of the open article, which came from a feed.
    SwitchText,
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
    /// Go to these words on the page and mark them.
    ShowWords(TextRange),
    /// Go to the next (or previous) mention of an entity of the open article, by its number there.
    WalkMentions {
        /// The entity.
        entity: usize,
        /// To the next.
        forward: bool,
    },
    /// Keep an entity of the open article lit, or let it go out.
    KeepLit(usize),
    /// Read on in an article of the list, or from it, without leaving the list.
    ReadOn(SourceId, RowId),
    /// Mark the unread articles of the list as read, from the first through this one or all of them.
    MarkRead {
        /// The last one.
        through: Option<RowId>,
    },
    /// Mark everything that answers a query as read.
    MarkAnswersRead(ArticleQuery),
    /// Ask the reader to type something.
    Type(Prompt),
    /// Show a list to pick from.
    Pick(picker::Picker),
    /// Show a bookmark in the bookmarks pane.
    ShowBookmark(BookmarkId),
    /// Show the screen in another way from now on.
    SetView(ViewChoices),
}
