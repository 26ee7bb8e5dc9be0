//! Everything the program knows while it runs.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use ratatui::layout::Size;

use crate::article::{Entry, RowId, SourceId};
use crate::bookmark::{AnchorState, BookmarkId, DeviceId, Shelf};
use crate::command::key::Key;
use crate::command::{CompletionResult, Found, Keymap, Latest, Located, Notice, OpenResult, Scope, Severity};
use crate::config::{RememberedChoices, Settings, ViewChoices};
use crate::entity::Entity;
use crate::entity::corrections::Corrections;
use crate::feed::Subscriptions;
use crate::panes::articles::Articles;
use crate::panes::bookmarks::Bookmarks;
use crate::panes::entities::{Entities, with_whole_groups};
use crate::panes::help::Help;
use crate::panes::picker::Picker;
use crate::panes::prompt::Prompt;
use crate::panes::reader::Reader;
use crate::panes::{Column, Context, Goal, Moment, Pane, PaneId, Shared};
use crate::query::SavedSearches;
use crate::ui::Theme;

use super::bookmarking::Unsaved;
use super::feeds::Finding;
use super::history::History;
use super::list::Question;
use super::undo::Undo;

/// Something that stands in front of the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Every command.
    Help(Help),
    /// A list to pick from.
    Picker(Picker),
}

/// What the state begins with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The reader's settings.
    pub settings: Settings,
    /// Keys to commands.
    pub keymap: Keymap,
    /// Meaning to style.
    pub theme: Theme,
    /// Columns and rows of the screen.
    pub size: Size,
    /// How the screen was left; none if nobody can tell, then it is remembered anew.
    pub remembered: Option<RememberedChoices>,
    /// The moment of the start.
    pub moment: Moment,
    /// Mistakes in the configuration and the like.
    pub notices: Vec<Notice>,
}

/// What comes to the page first.
#[derive(Clone, Debug, Default)]
pub(super) struct FirstPage {
    /// Sources were named on the command line, and the first of them has not come.
    pub(super) awaits_named: bool,
    /// What is read if none was named, or nothing that was named is an article: the first of these that can be opened.
    pub(super) candidates: VecDeque<SourceId>,
    /// One of them was asked for.
    pub(super) is_candidate: bool,
    /// A key was pressed: from then on the list is the reader's.
    pub(super) has_key: bool,
}

/// The requests of which only the latest counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    pub(super) open: Latest<OpenResult>,
    pub(super) analyse: Latest<Vec<Entity>>,
    pub(super) locate: Latest<Located>,
    pub(super) complete: Latest<CompletionResult>,
    pub(super) neighbour: Latest<Option<Box<Entry>>>,
    pub(super) unread: Latest<Arc<[RowId]>>,
    pub(super) known: Latest<bool>,
    pub(super) find: Latest<Result<Found, String>>,
    /// Changes to the corrections: what was on the disk before the latest is not what holds.
    pub(super) correct: Latest<Corrections>,
}

/// The state of the program.
#[derive(Clone, Debug)]
pub struct State {
    /// What every pane may look at.
    pub shared: Shared,
    /// The articles pane.
    pub articles: Articles,
    /// The reading pane.
    pub reader: Reader,
    /// The entities pane.
    pub entities: Entities,
    /// The bookmarks pane.
    pub bookmarks: Bookmarks,
    /// The pane that takes the keys.
    pub focus: PaneId,
    /// Which of the two panes that share the right column was looked at last.
    pub side: PaneId,
    /// Where the focus was before it came to the page: which of the outer panes a medium screen shows beside it.
    pub beside: PaneId,
    /// What stands in front.
    pub overlay: Option<Overlay>,
    /// The line being typed.
    pub prompt: Option<Prompt>,
    /// Keys typed that are not a command yet.
    pub pending: Vec<Key>,
    /// Lines for the reader, errors first; the first is shown, each command takes it away.
    pub notices: Vec<Notice>,
    /// Columns and rows of the screen.
    pub size: Size,
    /// The program is about to end.
    pub quitting: bool,
    /// Whether the first page of a first run is shown, and nothing is known of the library yet.
    pub(super) is_preview: bool,
    /// Keys that wait for an answer, and when they were pressed: each keeps its own moment, whose id may become a
    /// bookmark's.
    pub(super) held_keys: VecDeque<(Key, Moment)>,
    /// What the list was asked, if the next key depends on the answer.
    pub(super) question: Option<Question>,
    /// Whether the article on the page was opened from the list: then `q` goes back there.
    pub(super) from_list: bool,
    pub(super) requests: Requests,
    pub(super) first_page: FirstPage,
    /// The article that is read again from where it came: it is said whether it has changed.
    pub(super) read_again: Option<SourceId>,
    /// The article whose page is fetched, while what its feed has is on the page.
    pub(super) awaits_full_text: Option<SourceId>,
    /// What the library knows of bookmarks that are not on the shelf yet.
    pub(super) anchor_states: Vec<(BookmarkId, AnchorState)>,
    /// The article that was asked for last, whether it came or not.
    pub(super) asked: Option<SourceId>,
    /// Its row, or that of the one before as long as nobody knows it: going through the list goes on from there.
    pub(super) at_row: Option<RowId>,
    /// The article that is read on the page while the list keeps the focus.
    pub(super) read_on: Option<SourceId>,
    /// The file that a bookmark of somebody else leads to and whose path was shown: the same key opens it.
    pub(super) shown: Option<SourceId>,
    /// Where to go in the article that is being opened.
    pub(super) goal: Option<Goal>,
    /// Where to go in this article once its bookmarks are found.
    pub(super) waiting_goal: Option<(SourceId, Goal)>,
    pub(super) history: History,
    pub(super) undo: Undo,
    pub(super) unsaved: Unsaved,
    /// What the configuration says of the screen, and what was handed out last to be remembered.
    pub(super) configured: ViewChoices,
    pub(super) remembered: Option<RememberedChoices>,
    /// The place that was handed out to be kept last.
    pub(super) kept_place: Option<(SourceId, usize)>,
    /// The article in which the reader moved since it was opened.
    pub(super) moved_in: Option<SourceId>,
    /// The article whose end was seen, so that it is marked once and not again after it was marked unread.
    pub(super) end_seen: Option<SourceId>,
    /// What is being looked for at an address.
    pub(super) finding: Option<Finding>,
    /// The folder into which a feed comes that is being added.
    pub(super) adds_to: Vec<String>,
    /// When it was looked for last what other programs have written.
    pub(super) looked: jiff::Timestamp,
}

/// Most lines that wait to be read; nobody reads more, and a fault that repeats itself must not fill the memory.
const MOST_NOTICES: usize = 50;

impl State {
    /// The state before anything was read.
    pub fn new(setup: Setup) -> Self {
        let Setup { settings, keymap, theme, size, remembered, moment, notices } = setup;
        let configured = with_whole_groups(&ViewChoices::configured(&settings));
        let view = remembered.as_ref().map_or_else(|| configured.clone(), |choices| choices.over(configured.clone()));
        let looked = moment.now;
        let shared = Shared {
            pipe: settings.pipe.clone(),
            settings,
            view: with_whole_groups(&view),
            keymap,
            theme,
            awaits_list: true,
            awaits_shelf: true,
            shelf: Shelf::default(),
            device: DeviceId::UNSIGNED,
            corrections: Corrections::default(),
            searches: SavedSearches::default(),
            subscriptions: Subscriptions::default(),
            feed_states: HashMap::new(),
            moment,
        };
        Self {
            shared,
            articles: Articles::default(),
            reader: Reader::default(),
            entities: Entities::default(),
            bookmarks: Bookmarks::default(),
            focus: PaneId::Reader,
            side: PaneId::Entities,
            beside: PaneId::Articles,
            overlay: None,
            prompt: None,
            pending: Vec::new(),
            notices,
            size,
            quitting: false,
            is_preview: false,
            held_keys: VecDeque::new(),
            question: None,
            from_list: false,
            requests: Requests::default(),
            first_page: FirstPage::default(),
            read_again: None,
            awaits_full_text: None,
            anchor_states: Vec::new(),
            asked: None,
            at_row: None,
            read_on: None,
            shown: None,
            goal: None,
            waiting_goal: None,
            history: History::default(),
            undo: Undo::default(),
            unsaved: Unsaved::default(),
            configured,
            remembered,
            kept_place: None,
            moved_in: None,
            end_seen: None,
            finding: None,
            adds_to: Vec::new(),
            looked,
        }
    }

    /// The scope whose keys work now.
    pub fn scope(&self) -> Scope {
        match (&self.prompt, &self.overlay) {
            (Some(_), _) => Scope::Prompt,
            (None, Some(Overlay::Help(_))) => Scope::Help,
            (None, Some(Overlay::Picker(_))) => Scope::Picker,
            (None, None) => self.pane(self.focus).0.scope(),
        }
    }

    /// A pane, and what it may look at.
    pub(crate) fn pane(&self, pane: PaneId) -> (&dyn Pane, Context<'_>) {
        let (shared, page) = (&self.shared, Some(&self.reader));
        match pane {
            PaneId::Articles => (&self.articles, Context { shared, page }),
            PaneId::Reader => (&self.reader, Context { shared, page: None }),
            PaneId::Entities => (&self.entities, Context { shared, page }),
            PaneId::Bookmarks => (&self.bookmarks, Context { shared, page }),
        }
    }

    /// The same, to be changed.
    pub(crate) fn pane_mut(&mut self, pane: PaneId) -> (&mut dyn Pane, Context<'_>) {
        let shared = &self.shared;
        match pane {
            PaneId::Articles => (&mut self.articles, Context { shared, page: Some(&self.reader) }),
            PaneId::Reader => (&mut self.reader, Context { shared, page: None }),
            PaneId::Entities => (&mut self.entities, Context { shared, page: Some(&self.reader) }),
            PaneId::Bookmarks => (&mut self.bookmarks, Context { shared, page: Some(&self.reader) }),
        }
    }

    /// Tells the reader something. Errors wait in a queue until they are read; of the rest only the latest is left, and
    /// it comes after them.
    pub(super) fn tell(&mut self, notice: Notice) {
        self.drop_hints();
        self.notices.retain(|waiting| *waiting != notice);
        if self.notices.len() >= MOST_NOTICES {
            self.notices.remove(0);
        }
        self.notices.push(notice);
    }

    /// What was waited for is there: only what went wrong is still told.
    pub(super) fn drop_hints(&mut self) {
        self.notices.retain(|waiting| waiting.severity == Severity::Error);
    }

    /// Gives a pane the focus.
    pub fn set_focus(&mut self, pane: PaneId) {
        self.focus = pane;
        if pane.column() == Column::Right {
            self.side = pane;
        }
        if pane != PaneId::Reader {
            self.beside = pane;
            self.shared.view.zen = false;
            // Labels take every key: without the focus they would take those of another pane.
            self.drop_labels();
        }
    }

    /// Takes the labels in the page away, and keys that were begun.
    pub(super) fn drop_labels(&mut self) {
        self.reader.drop_labels();
        self.pending.clear();
    }
}
