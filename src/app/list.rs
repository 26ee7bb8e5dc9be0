//! What is asked of the list of articles when a key depends on the answer: the next article, those that are unread,
//! whether one is known. Only one such question is open at a time, and keys wait for its answer.

use crate::article::{RowId, SourceId};
use crate::command::{Command, Effect, ListAnswer, ListJob, Notice};
use crate::mark::MarkChange;
use crate::panes::marks::describe;
use crate::panes::reader::Open;
use crate::panes::{Change, Goal, MarkEdit, PaneId};
use crate::query::ArticleQuery;
use crate::text::plural::count;

use super::{State, regions};

/// What the list was asked.
#[derive(Clone, Debug)]
pub(super) enum Question {
    /// Which article comes next, or before.
    Neighbour {
        forward: bool,
        unread: bool,
        /// Whether the list keeps the focus.
        reads_on: bool,
    },
    /// Which articles are unread: all, or those from the top of the list to the cursor.
    Unread { is_all: bool },
    /// Whether an article is known to which a bookmark of somebody else leads.
    Known { id: SourceId, goal: Goal },
}

impl State {
    pub(super) fn receive_list(&mut self, answer: ListAnswer, effects: &mut Vec<Effect>) {
        match answer {
            ListAnswer::Start(start) => self.begin(*start, effects),
            ListAnswer::Window(rows) => self.articles.receive(rows),
            ListAnswer::Excerpts(found) => self.articles.receive_excerpts(found),
            ListAnswer::CountedEach(counts) => self.articles.receive_search_counts(counts),
            ListAnswer::FeedCounts(counts) => self.articles.receive_feed_counts(counts),
            ListAnswer::Counts(counts) => self.articles.receive_counts(counts),
            ListAnswer::Neighbour(reply) => {
                if let Some(entry) = self.requests.neighbour.accept(reply)
                    && let Some(Question::Neighbour { forward, unread, reads_on }) = self.question.take()
                {
                    match entry {
                        Some(entry) => {
                            self.at_row = Some(entry.row);
                            if reads_on {
                                self.read_on = Some(entry.id.clone());
                                self.bring(entry.id, self.articles.goal(), effects);
                            } else {
                                self.open_known(entry.id, self.articles.goal(), effects);
                            }
                        }
                        None => self.tell_of_end(forward, unread),
                    }
                }
            }
            ListAnswer::Unread(reply) => {
                if let Some(rows) = self.requests.unread.accept(reply)
                    && let Some(Question::Unread { is_all }) = self.question.take()
                {
                    if rows.is_empty() {
                        let which = if is_all { "Every listed article" } else { "Every article up to here" };
                        return self.tell(Notice::hint(format!("{which} is read.")));
                    }
                    let change = MarkChange::Read(true);
                    let told = describe(&change, &count(rows.len(), "article"));
                    self.make(Change::Marks(vec![MarkEdit { rows, change }]), told, effects);
                }
            }
            ListAnswer::Known(reply) => {
                if let Some(is_known) = self.requests.known.accept(reply)
                    && let Some(Question::Known { id, goal }) = self.question.take()
                {
                    if is_known {
                        self.open_known(id, goal, effects);
                    } else {
                        self.show_path(id);
                    }
                }
            }
            ListAnswer::Tags(tags) => {
                if let Some(prompt) = self.prompt.as_mut().filter(|prompt| prompt.takes_article_tags()) {
                    prompt.known = tags;
                }
            }
            ListAnswer::Failed(why) => {
                self.drop_questions();
                self.tell(Notice::error(why));
            }
        }
    }

    /// Nobody waits for an answer any more.
    pub(super) fn drop_questions(&mut self) {
        self.question = None;
        self.articles.give_up();
    }

    /// Whether the list can be asked; it is said if not.
    fn can_ask(&mut self) -> bool {
        if self.shared.awaits_list {
            self.tell(Notice::hint("The library is still being opened."));
        }
        !self.shared.awaits_list
    }

    fn tell_of_end(&mut self, forward: bool, unread: bool) {
        let (side, what) = (if forward { "below" } else { "above" }, if unread { "unread " } else { "" });
        self.tell(Notice::hint(format!("There is no {what}article {side} this one in the list.")));
    }

    /// Opens the next article of the list, or the previous one.
    pub(super) fn ask_for_neighbour(&mut self, forward: bool, unread: bool, effects: &mut Vec<Effect>) {
        self.ask_next_to(self.at_row, Question::Neighbour { forward, unread, reads_on: false }, effects);
    }

    fn ask_next_to(&mut self, from: Option<RowId>, question: Question, effects: &mut Vec<Effect>) {
        let Question::Neighbour { forward, unread: unread_only, .. } = question else { return };
        if self.can_ask() {
            let request = self.requests.neighbour.request();
            let (query, order) = (self.articles.shown_query(), self.articles.order());
            effects.push(Effect::List(ListJob::Neighbour { request, query, order, from, forward, unread_only }));
            self.question = Some(question);
        }
    }

    /// Marks the unread articles of the list as read, from the first through this one or all of them.
    pub(super) fn ask_for_unread(&mut self, through: Option<RowId>, effects: &mut Vec<Effect>) {
        self.ask_for_unread_of(self.articles.shown_query(), through, effects);
    }

    /// Marks everything that answers a query as read, listed or not.
    pub(super) fn ask_for_answers_unread(&mut self, query: ArticleQuery, effects: &mut Vec<Effect>) {
        self.ask_for_unread_of(query, None, effects);
    }

    fn ask_for_unread_of(&mut self, query: ArticleQuery, through: Option<RowId>, effects: &mut Vec<Effect>) {
        if self.can_ask() {
            let (request, order) = (self.requests.unread.request(), self.articles.order());
            effects.push(Effect::List(ListJob::Unread { request, query, order, through }));
            self.question = Some(Question::Unread { is_all: through.is_none() });
        }
    }

    /// Opens an article to which a bookmark of somebody else leads, if it is known here. Else its path is shown first.
    pub(super) fn ask_whether_known(&mut self, id: SourceId, goal: Goal, effects: &mut Vec<Effect>) {
        if self.shared.awaits_list {
            return self.show_path(id);
        }
        let request = self.requests.known.request();
        effects.push(Effect::List(ListJob::Known { request, id: id.clone() }));
        self.question = Some(Question::Known { id, goal });
    }

    /// Shows an article of the list on the page without leaving the list; if it is there, turns its page; at its end,
    /// shows the next unread one.
    pub(super) fn read_on(&mut self, id: SourceId, row: RowId, effects: &mut Vec<Effect>) {
        if regions(self.size, self).pane(PaneId::Reader).is_none() {
            return self.open_known(id, self.articles.goal(), effects);
        }
        let is_asked = self.asked.as_ref() == Some(&id);
        let open = self.reader.open().filter(|open| open.article.id == id);
        match open.map(Open::at_end) {
            // It is on its way.
            None if is_asked && self.reader.is_awaiting() => {}
            None => {
                self.read_on = Some(id.clone());
                self.bring(id, self.articles.goal(), effects);
            }
            // Another article is on its way; this one is wanted after all.
            Some(_) if !is_asked => {
                self.read_on = Some(id.clone());
                self.bring(id, self.articles.goal(), effects);
            }
            Some(false) => {
                self.read_on = Some(id);
                let (pane, context) = self.pane_mut(PaneId::Reader);
                let asks = pane.update(Command::PageDown, &context).unwrap_or_default();
                self.answer(asks, effects);
            }
            Some(true) => {
                self.read_on = Some(id);
                let question = Question::Neighbour { forward: true, unread: true, reads_on: true };
                self.ask_next_to(Some(row), question, effects);
            }
        }
    }
}
