//! The drawer of the articles pane: what can be listed at one key, the searches that were saved among it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Effect, Latest, ListJob, Notice, Reply};
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::{Ask, Change, Shared};
use crate::query::{ArticleQuery, Counts, SavedSearch, SearchEdit};
use crate::text::plural::grouped;
use crate::text::width::width;
use crate::ui::{ListState, Meaning, Move, pen};

/// What is always there, by its query.
const STANDING: [(&str, &str); 3] = [("All articles", ""), ("Unread", "is:unread"), ("Starred", "is:starred")];

/// A list of what can be listed.
#[derive(Clone, Debug)]
pub(super) struct Drawer {
    rows: Vec<DrawerRow>,
    list: ListState,
    latest: Latest<Vec<Counts>>,
    wants_counts: bool,
}

#[derive(Clone, Debug)]
struct DrawerRow {
    name: String,
    query: String,
    /// None for what is always there.
    search: Option<SavedSearch>,
    counts: Option<Counts>,
}

impl Drawer {
    pub(super) fn new(shared: &Shared) -> Self {
        let mut drawer =
            Self { rows: Vec::new(), list: ListState::default(), latest: Latest::default(), wants_counts: true };
        drawer.refresh(shared);
        drawer
    }

    /// The saved searches are others; the cursor stays on its row.
    pub(super) fn refresh(&mut self, shared: &Shared) {
        let standing = STANDING.map(|(name, query)| (name.to_owned(), query.to_owned(), None));
        let saved = shared.searches.all().filter(|search| search.is_wanted(shared.moment.today));
        let saved = saved.map(|search| (search.name.clone(), search.query.clone(), Some(search.clone())));
        let known = std::mem::take(&mut self.rows);
        let counts = |query: &str| known.iter().find(|row| row.query == query).and_then(|row| row.counts);
        let row = |(name, query, search): (_, String, _)| DrawerRow { name, counts: counts(&query), query, search };
        self.rows = standing.into_iter().chain(saved).map(row).collect();
        self.wants_counts = true;
    }

    /// The articles may be others.
    pub(super) fn recount(&mut self) {
        self.wants_counts = true;
    }

    /// What is to be asked: how many articles each row has.
    pub(super) fn question(&mut self, now: jiff::Timestamp) -> Option<Effect> {
        if !std::mem::take(&mut self.wants_counts) {
            return None;
        }
        // What cannot be understood was told when the file was read, and is not among them.
        let queries = self.rows.iter().map(|row| ArticleQuery::read(&row.query, now).unwrap_or_default()).collect();
        Some(Effect::List(ListJob::CountEach { request: self.latest.request(), queries }))
    }

    pub(super) fn receive(&mut self, counted: Reply<Vec<Counts>>) {
        for (row, counts) in self.rows.iter_mut().zip(self.latest.accept(counted).unwrap_or_default()) {
            row.counts = Some(counts);
        }
    }

    pub(super) fn go(&mut self, to: Move) {
        self.list.go(to, self.rows.len());
    }

    pub(super) fn settle(&mut self, area: Rect) {
        self.list.settle(self.rows.len(), area.height, |_| 1);
    }

    /// Puts the cursor on the row at `y`; whether it was there already.
    pub(super) fn click(&mut self, y: u16) -> bool {
        let row = self.list.row_at(y, self.rows.len(), |_| 1);
        let was_there = row == Some(self.list.cursor);
        if let Some(row) = row {
            self.list.select(row);
        }
        was_there
    }

    fn under_cursor(&self) -> Option<&DrawerRow> {
        self.rows.get(self.list.cursor)
    }

    /// The query of the row under the cursor.
    pub(super) fn query(&self) -> Option<&str> {
        self.under_cursor().map(|row| row.query.as_str())
    }

    /// The saved search under the cursor.
    pub(super) fn search(&self) -> Option<&SavedSearch> {
        self.under_cursor()?.search.as_ref()
    }

    /// Edits the saved search under the cursor, or removes it.
    pub(super) fn change(&self, command: Command) -> Ask {
        let Some(search) = self.search() else {
            return Ask::Tell(Notice::hint("This is always here; only saved searches can be edited or removed."));
        };
        if command == Command::EditSearch {
            return Ask::Type(Prompt::new(Purpose::SearchQuery(search.clone()), search.query.clone()));
        }
        let edit = SearchEdit { take: Some(search.clone()), add: None };
        Ask::Make(Change::Search(edit), format!("Removed the search “{}”", search.name))
    }

    pub(super) fn draw(&self, shared: &Shared, focused: bool, area: Rect, buf: &mut Buffer) {
        let theme = shared.theme;
        let rows = self.rows.iter().enumerate().skip(self.list.top).take(usize::from(area.height));
        for (y, (at, row)) in (0..).zip(rows) {
            let counts = row.counts.map(|counts| format!("{}/{} ", grouped(counts.unread), grouped(counts.total)));
            let counts = counts.unwrap_or_default();
            let line = Rect { width: area.width.saturating_sub(width(&counts) as u16 + 1), ..area };
            let x = pen::put(buf, line, (1, y), &row.name, theme.style(Meaning::Text));
            let x = match &row.search {
                Some(search) if search.name != search.query => {
                    pen::put(buf, line, (x + 2, y), &search.query, theme.style(Meaning::Muted))
                }
                _ => x,
            };
            pen::put_right(buf, area, (x.min(line.width), y), &counts, theme.style(Meaning::Key));
            if at == self.list.cursor {
                let cursor = if focused { Meaning::Cursor } else { Meaning::CursorIdle };
                pen::fill(buf, area, y..y + 1, theme.style(cursor));
            }
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
