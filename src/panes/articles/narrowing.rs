//! What the list is narrowed to: by words that are typed, from the drawer, or by the program when it begins.

use jiff::Timestamp;

use crate::article::RowId;
use crate::command::Notice;
use crate::config::ArticleOrder;
use crate::panes::{Ask, Goal};
use crate::query::{ArticleQuery, AsOf, Order, Term};

use super::Articles;

/// Whether the words of a search are being typed, and the last of them is only begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Input {
    #[default]
    Accepted,
    Typed,
}

/// Who chose what is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ChosenBy {
    #[default]
    Reader,
    /// The program, when it began.
    Start,
}

/// What the list is called, and the feeds it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListedName {
    pub(super) name: String,
    pub(super) feeds: Vec<String>,
}

/// A list, and the row of the cursor in it.
#[derive(Clone, Debug)]
pub(super) struct ShownList {
    filter: String,
    query: ArticleQuery,
    listed: Option<ListedName>,
    as_of: AsOf,
    row: Option<RowId>,
}

impl Articles {
    /// The program begins with feeds: what is unread is listed first, if nobody has chosen anything else.
    pub fn begin_with_unread(&mut self) {
        if self.filter.is_empty() && self.listed.is_none() && self.input == Input::Accepted {
            self.narrow("is:unread", ArticleQuery::default().with(Term::Read(false)));
            self.chosen_by = ChosenBy::Start;
        }
    }

    /// What the list is narrowed to.
    pub fn query(&self) -> &ArticleQuery {
        &self.query
    }

    /// What is shown of that: what has arrived since is none of it.
    pub fn shown_query(&self) -> ArticleQuery {
        self.query.as_of(&self.as_of)
    }

    /// What the list is narrowed to, in words; nothing for the whole list.
    pub(super) fn caption(&self) -> &str {
        self.listed.as_ref().map_or(&self.filter, |listed| &listed.name)
    }

    /// What it is sorted by.
    pub fn order(&self) -> Order {
        if let Some(order) = self.order_of_found.filter(|_| self.goal() == Goal::Found) {
            return order;
        }
        match self.order {
            ArticleOrder::Date => Order::Newest,
            ArticleOrder::Name => Order::Name,
        }
    }

    /// Where to go in an article that is opened from the list.
    pub fn goal(&self) -> Goal {
        if self.query.terms_in_text().is_empty() { Goal::Kept } else { Goal::Found }
    }

    /// Sorts what was found by relevance, or as it was.
    pub(super) fn rank(&mut self) -> Ask {
        if self.goal() != Goal::Found {
            return Ask::Tell(Notice::hint("Only what was found by its words can be sorted by relevance."));
        }
        self.order_of_found = if self.order_of_found.is_some() { None } else { Some(Order::Relevance) };
        self.window.show(None);
        let order = if self.order_of_found.is_some() { "best first" } else { "as it was before" };
        Ask::Tell(Notice::hint(format!("What was found is sorted {order}.")))
    }

    /// What was found by a begun word does not vanish with `Enter`: if no article has the whole word, a star is put behind it.
    pub(super) fn keep_begun(&mut self) {
        if self.window.is_awaited() {
            return;
        }
        if let Some(begun) = self.begun.take().filter(|_| self.is_empty()) {
            let filter = format!("{}*", self.filter);
            self.narrow(&filter, begun);
        }
    }

    /// Narrows the list to what answers a query, which is what `filter` means.
    pub(super) fn narrow(&mut self, filter: &str, query: ArticleQuery) {
        let row = self.under_cursor().map(|entry| entry.row);
        filter.clone_into(&mut self.filter);
        self.query = query;
        self.begun = None;
        self.listed = None;
        self.as_of = AsOf::default();
        self.chosen_by = ChosenBy::Reader;
        self.excerpts.clear();
        // What was found stays under the cursor when the whole list is back.
        self.window.show(row.filter(|_| filter.is_empty()));
    }

    /// Narrows the list to what answers the query. One that cannot be understood leaves the list as it is.
    pub(super) fn search(&mut self, filter: &str, now: Timestamp) {
        let read = if self.input == Input::Typed {
            ArticleQuery::read_typed(filter, now)
        } else {
            ArticleQuery::read(filter, now).map(Some)
        };
        match read {
            // What is typed means nothing yet: the list stays as it is.
            Ok(None) => self.problem = None,
            Ok(Some(query)) => {
                self.problem = None;
                if query == self.query && self.listed.is_none() {
                    filter.trim().clone_into(&mut self.filter);
                } else {
                    self.narrow(filter.trim(), query);
                }
            }
            Err(bad) => self.problem = Some(bad),
        }
    }

    /// Words to search for are about to be typed.
    pub(super) fn begin_search(&mut self) {
        self.problem = None;
        self.input = Input::Typed;
        self.before_filter = Some(Box::new(ShownList {
            filter: self.filter.clone(),
            query: self.query.clone(),
            listed: self.listed.clone(),
            as_of: self.as_of.clone(),
            row: self.under_cursor().map(|entry| entry.row),
        }));
    }

    /// The words that were typed stand. Returns what is wrong with them, if they cannot.
    pub(super) fn end_search(&mut self, filter: &str, now: Timestamp) -> Option<Notice> {
        self.input = Input::Accepted;
        let had_articles = !self.is_empty();
        let typed = self.query.clone();
        self.search(filter, now);
        let is_begun = |typed: &ArticleQuery| {
            *typed != self.query && ArticleQuery::read_typed(filter, now) == Ok(Some(typed.clone()))
        };
        self.begun = Some(typed).filter(|typed| had_articles && is_begun(typed));
        self.before_filter.take_if(|_| self.problem.is_none());
        self.problem.take().map(|bad| Notice::error(format!("{bad}; {}.", bad.hint)))
    }

    /// They were given up: what was listed before is listed again.
    pub(super) fn cancel_search(&mut self) {
        self.input = Input::Accepted;
        self.problem = None;
        if let Some(before) = self.before_filter.take() {
            let ShownList { filter, query, listed, as_of, row } = *before;
            self.narrow(&filter, query);
            (self.listed, self.as_of) = (listed, as_of);
            if row.is_some() {
                self.window.show(row);
            }
        }
    }
}
