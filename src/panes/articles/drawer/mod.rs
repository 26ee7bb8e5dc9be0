//! The drawer of the articles pane: what can be listed at one key: everything, folders and their feeds, saved searches.
//!
//! * `rows`: what stands in it
//! * `view`: drawing it

mod rows;
mod view;

use std::collections::{BTreeSet, HashMap};

use ratatui::layout::Rect;

use crate::command::{Command, Effect, FeedJob, Latest, ListJob, Notice, Reply};
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::{Ask, Change, Shared};
use crate::query::{ArticleQuery, Counts, SavedSearch, SearchEdit};
use crate::text::fold::fold;
use crate::text::plural::count;
use crate::ui::{ListState, Move};

use super::subscribing;
use rows::{DrawerRow, Source, found, rows};
pub(super) use rows::{STANDING, Standing};

/// How many articles feeds have, by their addresses.
type FeedCounts = Vec<(String, Counts)>;

/// What is said where no row has the words that were typed.
pub(super) const FINDS_NOTHING: &str = "No feed, folder or search here has these words in its name or address.";

/// A list of what can be listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawer {
    /// Whether it stands in front of the list.
    pub(super) is_open: bool,
    rows: Vec<DrawerRow>,
    list: ListState,
    /// The folders that are folded.
    folded: BTreeSet<Vec<String>>,
    /// The words that were typed to find rows; none if all are shown.
    narrowed_to: String,
    latest: Latest<Vec<Counts>>,
    /// The rows that were asked about last, by their number.
    asked: Vec<usize>,
    latest_of_feeds: Latest<FeedCounts>,
    counts_of_feeds: HashMap<String, Counts>,
    wants_counts: bool,
}

/// What is listed from the drawer.
pub(super) struct ListedSource {
    /// What it is called; none for a query that says it itself.
    pub(super) name: Option<String>,
    /// The query as it would be typed.
    pub(super) typed: String,
    /// The query.
    pub(super) query: ArticleQuery,
}

impl Drawer {
    /// What stands in it is other; the cursor stays on its row.
    pub(super) fn refresh(&mut self, shared: &Shared) {
        let under = self.under_cursor().map(|row| row.source.clone());
        let rows = if self.narrowed_to.is_empty() {
            rows(shared, &self.folded)
        } else {
            found(rows(shared, &BTreeSet::new()), &self.narrowed_to)
        };
        let known = std::mem::replace(&mut self.rows, rows);
        for row in &mut self.rows {
            row.counts = known.iter().find(|other| other.source == row.source).and_then(|row| row.counts);
        }
        self.count_feeds();
        let at = under.and_then(|source| {
            let position = |is_it: &dyn Fn(&Source) -> bool| self.rows.iter().position(|row| is_it(&row.source));
            // A feed that was moved or renamed is still the one that is meant.
            position(&|other| *other == source).or_else(|| position(&|other| other.is_same_feed(&source)))
        });
        if let Some(at) = at {
            self.list.select(at);
        }
        self.list.go(Move::By(0), self.rows.len());
        self.wants_counts = true;
    }

    /// Shows only the rows that have these words, and the cursor on the first of them; all rows if there are no words.
    pub(super) fn narrow(&mut self, words: &str, shared: &Shared) {
        words.trim().clone_into(&mut self.narrowed_to);
        self.refresh(shared);
        let words = fold(&self.narrowed_to);
        if let Some(at) = self.rows.iter().position(|row| row.has(&words)).filter(|_| !words.is_empty()) {
            self.list.select(at);
        }
    }

    /// The words its rows have.
    pub(super) fn narrowed_to(&self) -> &str {
        &self.narrowed_to
    }

    /// Whether only some of its rows are shown.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.narrowed_to.is_empty()
    }

    /// Whether no row has the words that were typed.
    pub(super) fn finds_nothing(&self) -> bool {
        self.rows.is_empty()
    }

    /// The list is shown again. Next time all rows are there.
    pub(super) fn close(&mut self) {
        self.is_open = false;
        self.narrowed_to.clear();
    }

    /// The articles may be others.
    pub(super) fn recount(&mut self) {
        self.wants_counts = true;
    }

    /// What is to be asked: how many articles each row has.
    pub(super) fn questions(&mut self, shared: &Shared) -> Vec<Effect> {
        if !std::mem::take(&mut self.wants_counts) {
            return Vec::new();
        }
        let now = shared.moment.now;
        let (mut asked, mut queries) = (Vec::new(), Vec::new());
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| !matches!(row.source, Source::Feed(_))) {
            if let Some(query) = row.query(shared, now) {
                asked.push(at);
                queries.push(query);
            }
        }
        self.asked = asked;
        let mut questions = vec![Effect::List(ListJob::CountEach { request: self.latest.request(), queries })];
        if self.rows.iter().any(|row| matches!(row.source, Source::Feed(_) | Source::Folder(_))) {
            questions.push(Effect::List(ListJob::FeedCounts { request: self.latest_of_feeds.request() }));
        }
        questions
    }

    pub(super) fn receive(&mut self, counted: Reply<Vec<Counts>>) {
        for (at, counts) in self.asked.iter().zip(self.latest.accept(counted).unwrap_or_default()) {
            if let Some(row) = self.rows.get_mut(*at) {
                row.counts = Some(counts);
            }
        }
    }

    pub(super) fn receive_of_feeds(&mut self, counted: Reply<FeedCounts>) {
        if let Some(counts) = self.latest_of_feeds.accept(counted) {
            self.counts_of_feeds = counts.into_iter().collect();
            self.count_feeds();
        }
    }

    fn count_feeds(&mut self) {
        for row in &mut self.rows {
            if let Source::Feed(feed) = &row.source {
                row.counts = Some(self.counts_of_feeds.get(&feed.url).copied().unwrap_or_default());
            }
        }
    }

    pub(super) fn go(&mut self, to: Move) {
        self.list.go(to, self.rows.len());
    }

    pub(super) fn settle(&mut self, area: Rect) {
        let Self { rows, list, .. } = self;
        let height = |at: usize| rows.get(at).map_or(1, |row| view::height(row, area));
        list.settle(rows.len(), view::list_area(area).height, height);
    }

    /// Puts the cursor on the row at `y`; whether it was there already.
    pub(super) fn click(&mut self, y: u16, area: Rect) -> bool {
        let height = |at: usize| self.rows.get(at).map_or(1, |row| view::height(row, area));
        let inside = y < view::list_area(area).height;
        let row = self.list.row_at(y, self.rows.len(), height).filter(|_| inside);
        let was_there = row == Some(self.list.cursor);
        if let Some(row) = row {
            self.list.select(row);
        }
        was_there
    }

    fn under_cursor(&self) -> Option<&DrawerRow> {
        self.rows.get(self.list.cursor)
    }

    /// The folder the cursor is in, or on: what is added goes there.
    pub(super) fn folder(&self) -> Vec<String> {
        match self.under_cursor().map(|row| &row.source) {
            Some(Source::Folder(path)) => path.clone(),
            Some(Source::Feed(feed)) => feed.folder.clone(),
            Some(Source::Standing(_) | Source::Search(_)) | None => Vec::new(),
        }
    }

    /// The addresses of the feeds that the row under the cursor stands for.
    pub(super) fn addresses(&self, shared: &Shared) -> Vec<String> {
        let feeds = self.under_cursor().map(|row| row.feeds(shared)).unwrap_or_default();
        feeds.into_iter().map(|feed| feed.url.clone()).collect()
    }

    /// What the row under the cursor lists.
    pub(super) fn listed(&self, shared: &Shared) -> Option<ListedSource> {
        let row = self.under_cursor()?;
        let (name, typed) = match &row.source {
            Source::Standing(query) => (None, (*query).to_owned()),
            Source::Search(search) => (None, search.query.clone()),
            Source::Folder(_) | Source::Feed(_) => (Some(row.name.clone()), String::new()),
        };
        Some(ListedSource { name, typed, query: row.query(shared, shared.moment.now)? })
    }

    /// Whether a command of the drawer can do something with the row under the cursor.
    pub(super) fn available(&self, command: Command) -> bool {
        let source = self.under_cursor().map(|row| &row.source);
        match command {
            Command::EditSource | Command::RemoveSource => !matches!(source, Some(Source::Standing(_)) | None),
            Command::PauseSource => matches!(source, Some(Source::Feed(_) | Source::Folder(_))),
            Command::FoldSource => matches!(source, Some(Source::Folder(_))),
            _ => true,
        }
    }

    /// Folds the folder under the cursor, or the one the feed under it lies in; unfolds it if it is folded.
    pub(super) fn fold(&mut self, shared: &Shared) -> Option<Ask> {
        let path = self.folder();
        if self.is_narrowed() {
            return Some(Ask::Tell(Notice::hint("All folders are open while a row is looked for.")));
        }
        if path.is_empty() {
            return Some(Ask::Tell(Notice::hint("Only folders are folded; this row lies in none.")));
        }
        if !self.folded.remove(&path) {
            self.folded.insert(path.clone());
        }
        self.refresh(shared);
        if let Some(at) = self.rows.iter().position(|row| row.source == Source::Folder(path.clone())) {
            self.list.select(at);
        }
        None
    }

    /// Edits, removes or pauses what is under the cursor.
    pub(super) fn change(&self, command: Command, shared: &Shared) -> Ask {
        let Some(row) = self.under_cursor() else { return Ask::Tell(Notice::hint("There is nothing here.")) };
        match (&row.source, command) {
            (Source::Feed(feed), Command::EditSource) => subscribing::edit(feed, shared),
            (Source::Feed(_) | Source::Folder(_), Command::RemoveSource) => {
                subscribing::remove(&row.feeds(shared), &row.name, matches!(row.source, Source::Folder(_)))
            }
            (Source::Feed(_) | Source::Folder(_), Command::PauseSource) => {
                subscribing::pause(&row.feeds(shared), &row.name)
            }
            (Source::Folder(path), Command::EditSource) => {
                Ask::Type(Prompt::new(Purpose::Folder(path.clone()), subscribing::shown_folder(path)))
            }
            (Source::Search(search), Command::EditSource) => {
                Ask::Type(Prompt::new(Purpose::SearchQuery(search.clone()), search.query.clone()))
            }
            (Source::Search(search), Command::RemoveSource) => {
                let edit = SearchEdit { take: Some(search.clone()), add: None };
                Ask::Make(Change::Search(edit), format!("Removed the search “{}”", search.name))
            }
            (Source::Standing(_), Command::EditSource | Command::RemoveSource) => {
                Ask::Tell(Notice::hint("This is always here; only feeds, folders and saved searches are changed."))
            }
            _ => Ask::Tell(Notice::hint("Only feeds and folders of feeds are paused.")),
        }
    }

    /// Fetches the feeds under the cursor; none if no feed is meant.
    pub(super) fn fetch(&self, shared: &Shared) -> Option<Ask> {
        let feeds = self.under_cursor()?.feeds(shared);
        let active: Vec<String> = feeds.iter().filter(|feed| !feed.is_paused).map(|feed| feed.url.clone()).collect();
        match (feeds.len(), active.is_empty()) {
            (0, _) => None,
            (1, true) => {
                let key = shared.keymap.named(Command::PauseSource);
                Some(Ask::Tell(Notice::hint(format!("This feed is paused; {key} resumes it."))))
            }
            (all, true) => Some(Ask::Tell(Notice::hint(format!("{} here are paused.", count(all, "feed"))))),
            (_, false) => Some(Ask::Do(Effect::Feeds(FeedJob::Fetch { feeds: Some(active), is_asked_for: true }))),
        }
    }
}

/// A search is saved under the name that was typed.
pub fn saved_as(name: &str, query: &str, shared: &Shared) -> Ask {
    let Some(search) = SavedSearch::new(name, query, None) else {
        return Ask::Tell(Notice::hint("A name needs a letter or a digit; the search is not saved."));
    };
    let take = shared.searches.named(&search.name).cloned();
    let verb = if take.is_some() { "Changed" } else { "Saved" };
    let told = format!("{verb} the search “{}”", search.name);
    Ask::Make(Change::Search(SearchEdit { take, add: Some(search) }), told)
}

/// A saved search has another query. One that makes no sense can be typed anew.
pub fn edited(search: &SavedSearch, query: &str, shared: &Shared) -> Vec<Ask> {
    let query = query.trim();
    match ArticleQuery::read(query, shared.moment.now) {
        Err(bad) => vec![
            Ask::Tell(Notice::error(format!("{bad}; {}.", bad.hint))),
            Ask::Type(Prompt::new(Purpose::SearchQuery(search.clone()), query)),
        ],
        Ok(_) if query == search.query => vec![Ask::Tell(Notice::hint("The search stays as it was."))],
        Ok(_) => {
            let add = SavedSearch { query: query.to_owned(), ..search.clone() };
            let edit = SearchEdit { take: Some(search.clone()), add: Some(add) };
            vec![Ask::Make(Change::Search(edit), format!("Changed the search “{}”", search.name))]
        }
    }
}
