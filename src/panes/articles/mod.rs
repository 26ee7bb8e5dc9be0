//! The articles pane: the reading list, everything that was ever listed and not removed.
//!
//! The list itself is in the library, however long it is. The pane holds a window on it, what it is narrowed to and
//! sorted by, and asks for other rows ([`Articles::questions`]) as the cursor moves.
//!
//! * `window`: the rows that are held, and the cursor
//! * `view`: drawing them
//! * `narrowing`: what the list is narrowed to
//! * `drawer`: folders, feeds and saved searches, in place of the list
//! * `from_drawer`: what is asked for from there
//! * `subscribing`: what is done to feeds from there
//! * `excerpts`: the sentences under the rows of a search
//! * `labels`: what tells articles of the same title apart

mod drawer;
mod excerpts;
mod from_drawer;
mod labels;
mod narrowing;
mod subscribing;
mod view;
mod window;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::article::{Entry, RowId, SourceId};
use crate::command::{
    Command, DeskJob, Effect, FetchProgress, Latest, LibraryJob, ListJob, Notice, Reply, Scope, Wish,
};
use crate::config::{ArticleOrder, ViewChoices};
use crate::mark::MarkChange;
use crate::query::{ArticleQuery, AsOf, BadQuery, Counts, Excerpt, Order, Window};
use crate::text::plural::{count, grouped};
use crate::ui::Move;

use drawer::Drawer;
pub use drawer::{edited, saved_as};
use excerpts::Excerpts;
use from_drawer::refresh_all;
use narrowing::{ChosenBy, Input, ListedName, ShownList};
pub use subscribing::{choose, field_edited, folder_moved, known_folders, subscribe};
use window::ListWindow;

use super::mark_target::MarkTarget;
use super::marks;
use super::prompt::{Prompt, Purpose};
use super::{Ask, Context, Goal, Pane, Shared};

/// The list of articles.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    window: ListWindow,
    excerpts: Excerpts,
    /// What stands in front of the list, if it is open.
    drawer: Drawer,
    /// Whether rows have ever come.
    is_known: bool,
    /// Whether the library can be asked.
    is_open: bool,
    /// How many articles there are, whatever the list is narrowed to.
    counts: Counts,
    latest_counts: Latest<Counts>,
    wants_counts: bool,
    /// What the list is narrowed to, as it was typed and as it was understood.
    filter: String,
    query: ArticleQuery,
    /// What it is called, if it was chosen from the drawer and not typed.
    listed: Option<ListedName>,
    /// As of when it is shown: nothing moves because something arrives or is read.
    as_of: AsOf,
    /// How far fetching is, if feeds are fetched.
    fetching: Option<FetchProgress>,
    /// Who chose it.
    chosen_by: ChosenBy,
    /// What is wrong with the words that are being typed, and what would be right.
    problem: Option<BadQuery>,
    input: Input,
    /// What was listed while the last word was only begun, until it turns out whether any article has the whole word.
    begun: Option<ArticleQuery>,
    /// What was listed before they were, and where the cursor was.
    before_filter: Option<Box<ShownList>>,
    order: ArticleOrder,
    /// The order of what was found, if it is not that of the list.
    order_of_found: Option<Order>,
    /// The articles that were selected.
    selected: BTreeMap<RowId, MarkTarget>,
    /// The article on the page.
    current: Option<RowId>,
}

impl Articles {
    /// The library is open: from now on it can be asked.
    pub fn open(&mut self) {
        self.is_open = true;
        self.refresh();
    }

    /// The list may have changed: what is shown of it is asked for again.
    pub fn refresh(&mut self) {
        self.window.refresh();
        self.wants_counts = true;
        self.drawer.recount();
    }

    /// Saved searches or feeds are others.
    pub fn refresh_sources(&mut self, shared: &Shared) {
        self.drawer.refresh(shared);
    }

    /// What arrived since the list was opened comes into it.
    pub fn let_in(&mut self) {
        self.as_of.newest = None;
        self.refresh();
    }

    /// How far fetching is; none when it is over.
    pub fn set_fetching(&mut self, fetching: Option<FetchProgress>) {
        self.fetching = fetching;
    }

    /// How far fetching is, if feeds are fetched.
    pub fn fetching(&self) -> Option<FetchProgress> {
        self.fetching
    }

    /// The articles of the sources and searches were counted.
    pub fn receive_search_counts(&mut self, counted: Reply<Vec<Counts>>) {
        self.drawer.receive(counted);
    }

    /// The articles of the feeds were counted.
    pub fn receive_feed_counts(&mut self, counted: Reply<Vec<(String, Counts)>>) {
        self.drawer.receive_of_feeds(counted);
    }

    /// What is to be asked of the list now.
    pub fn questions(&mut self, shared: &Shared) -> Vec<Effect> {
        if !self.is_open {
            return Vec::new();
        }
        let (query, order, as_of) = (self.query.clone(), self.order(), self.as_of.clone());
        let window = self.window.question().map(|(request, around, rows)| {
            Effect::List(ListJob::Window { request, query, order, around, rows, as_of })
        });
        let counts = std::mem::take(&mut self.wants_counts)
            .then(|| Effect::List(ListJob::Counts { request: self.latest_counts.request() }));
        let sentences = self.ask_for_excerpts();
        let drawer = if self.drawer.is_open { self.drawer.questions(shared) } else { Vec::new() };
        window.into_iter().chain(counts).chain(sentences).chain(drawer).collect()
    }

    /// Rows of the list have come.
    pub fn receive(&mut self, rows: Reply<Window>) {
        if self.window.receive(rows) {
            if self.as_of.newest.is_none() {
                self.as_of.newest = self.window.newest();
            }
            if std::mem::take(&mut self.chosen_by) == ChosenBy::Start && self.is_empty() {
                // Everything is read: that is nothing to begin with.
                self.narrow("", ArticleQuery::default());
            }
        }
        self.is_known = true;
        self.keep_begun();
        for entry in self.window.entries() {
            if let Some(selected) = self.selected.get_mut(&entry.row) {
                *selected = entry.into();
            }
        }
    }

    /// The sentences of the rows in view are asked for, if words were searched for and no other rows are on their way.
    fn ask_for_excerpts(&mut self) -> Option<Effect> {
        if self.query.terms_in_text().is_empty() || self.window.is_awaited() {
            return None;
        }
        let (request, rows) = self.excerpts.question(self.window.in_view().map(|entry| entry.row))?;
        Some(Effect::List(ListJob::Excerpts { request, query: self.query.clone(), rows }))
    }

    /// Sentences in which something was found have come.
    pub fn receive_excerpts(&mut self, found: Reply<Vec<(RowId, Excerpt)>>) {
        self.excerpts.receive(found);
    }

    /// The articles were counted.
    pub fn receive_counts(&mut self, counts: Reply<Counts>) {
        if let Some(counts) = self.latest_counts.accept(counts) {
            self.counts = counts;
        }
    }

    /// What was asked of the list is not answered.
    pub fn give_up(&mut self) {
        self.window.give_up();
        self.excerpts.give_up();
    }

    /// Whether the cursor is about to be on another row: what is done with "this row" has to wait.
    pub fn is_jumping(&self) -> bool {
        self.is_open && self.window.is_jumping()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.window.total() == 0
    }

    /// The row of an article, if it is near the cursor.
    pub fn row_of(&self, id: &SourceId) -> Option<RowId> {
        self.window.entries().iter().find(|entry| entry.id == *id).map(|entry| entry.row)
    }

    /// Whether a feed sent other words of an article since it was opened, as far as its row is near the cursor.
    pub fn has_changed(&self, id: &SourceId) -> bool {
        self.window.entries().iter().any(|entry| entry.id == *id && entry.changed.is_some())
    }

    /// Changes the row of an article, if it is held.
    pub fn change(&mut self, row: RowId, change: impl FnOnce(&mut Entry)) {
        self.window.change(row, change);
    }

    /// The article on the page is now this one; the cursor follows if it is in the list.
    pub fn set_current(&mut self, row: RowId) {
        self.current = Some(row);
        self.follow(row);
    }

    /// Puts the cursor on an article, if it is in the list.
    pub fn follow(&mut self, row: RowId) {
        // Who asks for one that has just arrived lets it in.
        if self.as_of.newest.is_some_and(|newest| row > newest) {
            self.let_in();
        }
        self.window.follow(row);
    }

    /// Articles were marked, here or on the page: their rows show it at once.
    pub fn mark(&mut self, rows: &Arc<[RowId]>, change: &MarkChange, now: Timestamp) {
        self.window.mark(rows, change, now);
        if *change == MarkChange::Read(true) && self.query.lists_unread() {
            let new = rows.iter().filter(|row| !self.as_of.read.contains(row));
            self.as_of.read = self.as_of.read.iter().chain(new).copied().collect();
        }
        if self.selected.is_empty() {
            return;
        }
        for row in rows.iter() {
            if *change == MarkChange::Removed(true) {
                self.selected.remove(row);
            } else if let Some(selected) = self.selected.get_mut(row) {
                selected.apply(change);
            }
        }
    }

    /// The library has carried out the change that was made first, or could not.
    pub fn confirm_change(&mut self) {
        self.window.confirm_change();
        self.wants_counts = true;
    }

    fn under_cursor(&self) -> Option<&Entry> {
        self.window.under_cursor()
    }

    /// What is done with the article under the cursor.
    fn on_row(&self, act: impl FnOnce(&Entry) -> Ask) -> Vec<Ask> {
        vec![self.under_cursor().map_or_else(|| Ask::Tell(Notice::hint("There is no article here.")), act)]
    }

    /// The articles that marks are for: those that were selected, or else the one under the cursor.
    fn targets(&self) -> Vec<MarkTarget> {
        if self.selected.is_empty() {
            return self.under_cursor().map(MarkTarget::from).into_iter().collect();
        }
        self.selected.values().cloned().collect()
    }

    /// Selects the article under the cursor, or lets it go, and moves on.
    fn select(&mut self) -> Vec<Ask> {
        let Some(entry) = self.under_cursor() else { return self.on_row(|_| Ask::ShowPage) };
        let target = MarkTarget::from(entry);
        if self.selected.remove(&target.row).is_none() {
            self.selected.insert(target.row, target);
        }
        self.window.go(Move::Down);
        Vec::new()
    }

    /// What has arrived comes into the list, and the cursor goes to its top.
    fn show_new(&mut self) {
        self.let_in();
        self.window.show(None);
    }
}

impl Pane for Articles {
    fn scope(&self) -> Scope {
        if self.drawer.is_open { Scope::Sources } else { Scope::Articles }
    }

    fn title(&self, columns: u16) -> String {
        if self.drawer.is_open {
            return self.drawer_title(columns);
        }
        self.title_within(columns)
    }

    fn available(&self, command: Command, _context: &Context<'_>) -> bool {
        match command {
            command if command.row().scope == Scope::Sources => self.drawer.is_open && self.drawer.available(command),
            Command::ShowNew => self.window.later() > 0,
            Command::SaveSearch => !self.filter.is_empty(),
            Command::RankResults => self.goal() == Goal::Found,
            Command::AddSource
            | Command::ImportFeeds
            | Command::RefreshList
            | Command::SortArticles
            | Command::ShowSources => true,
            _ => !self.is_empty(),
        }
    }

    fn update(&mut self, command: Command, context: &Context<'_>) -> Option<Vec<Ask>> {
        if command.row().scope == Scope::Sources {
            return Some(self.update_drawer(command, context));
        }
        Some(match command {
            Command::ShowSources => {
                self.drawer.refresh(context.shared);
                self.drawer.is_open = true;
                Vec::new()
            }
            Command::ShowNew if self.window.later() == 0 => {
                vec![Ask::Tell(Notice::hint("Nothing has arrived since the list was opened."))]
            }
            Command::ShowNew => {
                self.show_new();
                Vec::new()
            }
            Command::SaveSearch if self.filter.is_empty() => {
                let find = context.shared.keymap.named(Command::Find);
                vec![Ask::Tell(Notice::hint(format!("Nothing is searched for; {find} begins a search.")))]
            }
            Command::SaveSearch => {
                let name = self.filter.clone();
                vec![Ask::Type(Prompt::new(Purpose::SearchName(self.filter.clone()), name))]
            }
            Command::RankResults => vec![self.rank()],
            Command::OpenArticle => self.on_row(|entry| Ask::Open(entry.id.clone(), self.goal())),
            Command::ReadOn => self.on_row(|entry| Ask::ReadOn(entry.id.clone(), entry.row)),
            Command::ToggleRead => vec![marks::toggle_read(&self.targets())],
            Command::ToggleStar => vec![marks::toggle_star(&self.targets())],
            Command::TagArticle => vec![marks::ask_for_tags(self.targets())],
            Command::RemoveArticle => vec![marks::remove(&self.targets())],
            Command::ImportFeeds => vec![Ask::Do(Effect::Desk(DeskJob::FindFeedFiles { is_asked_for: true }))],
            Command::PlayListed => {
                self.on_row(|entry| Ask::Do(Effect::Library(LibraryJob::Look { row: entry.row, wish: Wish::Play })))
            }
            Command::PipeListed => {
                let command = context.shared.pipe.clone();
                self.on_row(|entry| Ask::Type(Prompt::new(Purpose::Pipe(Some(entry.row)), command)))
            }
            Command::SelectArticle => self.select(),
            Command::MarkAllRead => self.on_row(|_| Ask::MarkRead { through: None }),
            Command::MarkReadUpToHere => self.on_row(|entry| Ask::MarkRead { through: Some(entry.row) }),
            Command::SortArticles => {
                let view = &context.shared.view;
                vec![Ask::SetView(ViewChoices { article_order: view.article_order.next(), ..view.clone() })]
            }
            Command::RefreshList => {
                let feeds = self.listed.as_ref().map(|listed| listed.feeds.clone());
                refresh_all(context.shared, feeds)
            }
            Command::AddSource => vec![Ask::Type(Prompt::new(Purpose::Source(Vec::new()), ""))],
            _ => return None,
        })
    }

    fn go(&mut self, to: Move) {
        if self.drawer.is_open {
            return self.drawer.go(to);
        }
        let is_up = matches!(to, Move::Up) || matches!(to, Move::By(rows) if rows < 0);
        // Who goes to the top, or on from there, wants to see what is new.
        if self.window.later() > 0 && (to == Move::Top || is_up && self.window.list().cursor == 0) {
            return self.show_new();
        }
        self.window.go(to);
    }

    fn settle(&mut self, area: Rect, context: &Context<'_>) {
        if self.drawer.is_open {
            self.drawer.settle(area);
        }
        if self.order != context.shared.view.article_order {
            self.order = context.shared.view.article_order;
            let row = self.under_cursor().map(|entry| entry.row);
            if row.is_some() {
                self.window.show(row);
            }
        }
        let Self { window, excerpts, .. } = self;
        window.settle(area.height, |entry| view::row_height(entry, excerpts.of(entry.row), area));
    }

    /// Moves the cursor; on the row under the cursor it opens the article.
    fn click(&mut self, at: Position, area: Rect, context: &Context<'_>) -> Vec<Ask> {
        if self.drawer.is_open {
            let is_chosen = self.drawer.click(at.y.saturating_sub(area.y), area);
            return if is_chosen { self.update_drawer(Command::ListSource, context) } else { Vec::new() };
        }
        let row = self
            .window
            .row_at(at.y.saturating_sub(area.y), |entry| view::row_height(entry, self.excerpts.of(entry.row), area));
        let Some(row) = row else { return Vec::new() };
        if row == self.window.list().cursor {
            return self.update(Command::OpenArticle, context).unwrap_or_default();
        }
        self.window.select(row);
        Vec::new()
    }

    fn view(&self, context: &Context<'_>, focused: bool, area: Rect, buf: &mut Buffer) {
        if self.drawer.is_open {
            self.drawer.draw(context.shared, focused, area, buf);
        } else {
            self.draw(context.shared, focused, area, buf);
        }
    }

    fn filter(&self) -> &str {
        if self.drawer.is_open { self.drawer.narrowed_to() } else { self.caption() }
    }

    /// Narrows the drawer, if it is open, or the list.
    fn set_filter(&mut self, filter: &str, context: &Context<'_>) {
        if self.drawer.is_open {
            self.drawer.narrow(filter, context.shared);
        } else {
            self.search(filter, context.shared.moment.now);
        }
    }

    fn begin_filter(&mut self) {
        if !self.drawer.is_open {
            self.begin_search();
        }
    }

    fn end_filter(&mut self, filter: &str, context: &Context<'_>) -> Option<Notice> {
        if self.drawer.is_open {
            self.drawer.narrow(filter, context.shared);
            return self.drawer.finds_nothing().then(|| Notice::hint(drawer::FINDS_NOTHING));
        }
        self.end_search(filter, context.shared.moment.now)
    }

    fn cancel_filter(&mut self, before: &str, context: &Context<'_>) {
        if self.drawer.is_open {
            self.drawer.narrow(before, context.shared);
        } else {
            self.cancel_search();
        }
    }

    fn filter_status(&self) -> Option<String> {
        // The query itself stands beside it.
        self.problem.as_ref().map(|bad| format!("{}; {}", bad.what, bad.hint))
    }

    /// First the drawer shows all its rows again, then what was selected is let go, then the whole list comes back.
    fn clear(&mut self, context: &Context<'_>) {
        if self.drawer.is_open && self.drawer.is_narrowed() {
            self.drawer.narrow("", context.shared);
        } else if !self.selected.is_empty() {
            self.selected.clear();
        } else if !self.caption().is_empty() {
            self.search("", context.shared.moment.now);
        }
    }

    fn status(&self) -> Option<String> {
        let selected = self.selected.len();
        if selected > 0 {
            return Some(format!("{} selected", count(selected, "article")));
        }
        let FetchProgress { done, total, new, .. } = self.fetching.filter(|fetching| fetching.is_asked_for)?;
        let new = if new > 0 { format!(" · {} new", grouped(new)) } else { String::new() };
        Some(format!("Fetching {} of {}{new}", grouped(done), grouped(total)))
    }
}
