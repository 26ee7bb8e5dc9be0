//! The rows of the list that are held, out of a list of any length, and the cursor in it.
//!
//! Cursor and top are positions in the whole list. While the cursor stays away from the edges of the window a move is
//! immediate; near one the rows around it are asked for, and a move that leaves the window waits for its rows. Changes to
//! marks show at once: until the library has carried them out, each window it answers with is changed the same way.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use crate::article::{Entry, RowId};
use crate::command::{Latest, Reply, Request};
use crate::mark::MarkChange;
use crate::panes::mark_target::mark_entry;
use crate::query::{Around, Window};
use crate::ui::{ListState, Move};

/// How near the cursor comes to an edge of the window before the next one is asked for.
const EDGE: usize = 60;

/// Some rows of a list, and the cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct ListWindow {
    rows: Window,
    list: ListState,
    jump: Option<Jump>,
    /// The rows have to be asked for.
    is_wanted: bool,
    /// They were, and have not come.
    is_asked: bool,
    latest: Latest<Window>,
    /// Changes that the library has not carried out, in the order in which they were made.
    unconfirmed: VecDeque<Unconfirmed>,
    /// Rows of the screen.
    height: u16,
}

/// A change to marks that is on its way to the library.
#[derive(Clone, Debug)]
struct Unconfirmed {
    rows: Arc<[RowId]>,
    change: MarkChange,
    now: Timestamp,
}

/// A move out of the window: it is made when the rows are there.
#[derive(Clone, Copy, Debug)]
struct Jump {
    to: Around,
    /// Only if the row is in the list.
    is_follower: bool,
    /// Only when what was changed is carried out: the row is not in the list before.
    after_changes: bool,
}

impl ListWindow {
    /// How many rows wait to be let in.
    pub(super) fn later(&self) -> usize {
        self.rows.later
    }

    /// The newest row of the library, as of the last answer.
    pub(super) fn newest(&self) -> Option<RowId> {
        self.rows.newest
    }

    /// Rows of the list.
    pub(super) fn total(&self) -> usize {
        self.rows.total
    }

    /// Where the cursor and the top of the screen are.
    pub(super) fn list(&self) -> ListState {
        self.list
    }

    /// The row at a position of the whole list, if it is held.
    pub(super) fn entry(&self, at: usize) -> Option<&Entry> {
        self.rows.entries.get(at.checked_sub(self.rows.before)?)
    }

    /// The row under the cursor.
    pub(super) fn under_cursor(&self) -> Option<&Entry> {
        self.entry(self.list.cursor)
    }

    /// The rows that are held.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.rows.entries
    }

    /// The rows that may be on the screen.
    pub(super) fn in_view(&self) -> impl Iterator<Item = &Entry> {
        let most = usize::from(self.height / LEAST_HEIGHT) + 1;
        (self.list.top..).map_while(|at| self.entry(at)).take(most)
    }

    /// Whether other rows are to come.
    pub(super) fn is_awaited(&self) -> bool {
        self.is_wanted || self.is_asked
    }

    /// Whether the cursor is about to be somewhere else.
    pub(super) fn is_jumping(&self) -> bool {
        self.jump.is_some()
    }

    /// Changes the row of an article, if it is held.
    pub(super) fn change(&mut self, row: RowId, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.rows.entries.iter_mut().find(|entry| entry.row == row) {
            change(entry);
        }
    }

    /// The list may be another: its rows are asked for anew.
    pub(super) fn refresh(&mut self) {
        self.is_wanted = true;
    }

    /// Puts the cursor on a row once it is known where that is; it stays if the row is not in the list.
    pub(super) fn follow(&mut self, row: RowId) {
        match self.position(row) {
            Some(at) => {
                self.jump = None;
                self.select(at);
            }
            None => self.jump(Jump { to: Around::Row(row), is_follower: true, after_changes: false }),
        }
    }

    /// Shows another list, with the cursor on `row`, on the row where that would stand, or on the first.
    pub(super) fn show(&mut self, row: Option<RowId>) {
        let to = row.map_or(Around::Top, Around::Row);
        self.jump(Jump { to, is_follower: false, after_changes: false });
    }

    fn jump(&mut self, jump: Jump) {
        self.jump = Some(jump);
        self.is_wanted = true;
    }

    /// Puts the cursor on a row that is held.
    pub(super) fn select(&mut self, at: usize) {
        self.list.select(at);
        self.clamp();
        self.ask_near_an_edge();
    }

    /// Moves the cursor. A move to an end of the list that is not held is made when it is.
    pub(super) fn go(&mut self, to: Move) {
        let end = |to| Jump { to, is_follower: false, after_changes: false };
        match to {
            Move::Top if self.rows.before > 0 => self.jump(end(Around::Top)),
            Move::End if self.end() < self.rows.total => self.jump(end(Around::End)),
            _ if self.is_jumping() => {}
            to => {
                self.list.go(to, self.rows.total);
                self.clamp();
                self.ask_near_an_edge();
            }
        }
    }

    /// What is to be asked of the list, if anything is: which rows, and how many.
    pub(super) fn question(&mut self) -> Option<(Request<Window>, Around, usize)> {
        if !self.is_wanted || self.waits_for_changes() {
            return None;
        }
        (self.is_wanted, self.is_asked) = (false, true);
        let here = || self.under_cursor().map_or(Around::Top, |entry| Around::Row(entry.row));
        let around = self.jump.map_or_else(here, |jump| jump.to);
        Some((self.latest.request(), around, 4 * self.edge()))
    }

    /// Rows have come; whether they are those that are wanted.
    pub(super) fn receive(&mut self, reply: Reply<Window>) -> bool {
        let Some(window) = self.latest.accept(reply) else { return false };
        self.is_asked = false;
        let jump = if self.waits_for_changes() { None } else { self.jump.take() };
        if let Some(Jump { to: Around::Row(row), is_follower: true, .. }) = jump
            && !window.entries.iter().any(|entry| entry.row == row)
        {
            // It is not in this list; these rows are not around the cursor.
            self.is_wanted = true;
            return false;
        }
        self.replace(window);
        for at in 0..self.unconfirmed.len() {
            if let Some(change) = self.unconfirmed.get(at).cloned() {
                self.apply(&change);
            }
        }
        match jump.map(|jump| jump.to) {
            Some(Around::Top) => self.list = ListState::default(),
            Some(Around::End) => self.list.select(self.rows.total.saturating_sub(1)),
            Some(Around::Row(row)) => {
                if let Some(at) = self.position(row) {
                    self.list.select(at);
                }
            }
            Some(Around::After(_) | Around::Before(_)) | None => {}
        }
        self.clamp();
        self.ask_near_an_edge();
        true
    }

    /// What was asked for does not come.
    pub(super) fn give_up(&mut self) {
        self.latest.cancel();
        self.jump = None;
        self.is_asked = false;
    }

    /// Marks were changed: the rows show it, and go on to until the library has it.
    pub(super) fn mark(&mut self, rows: &Arc<[RowId]>, change: &MarkChange, now: Timestamp) {
        let change = Unconfirmed { rows: Arc::clone(rows), change: change.clone(), now };
        self.apply(&change);
        // A row that comes back has the cursor again.
        if change.change == MarkChange::Removed(false)
            && let Some(row) = change.rows.first()
        {
            self.jump(Jump { to: Around::Row(*row), is_follower: true, after_changes: true });
        }
        self.unconfirmed.push_back(change);
    }

    /// The library has carried out the change that was made first, or could not.
    pub(super) fn confirm_change(&mut self) {
        self.unconfirmed.pop_front();
        self.is_wanted = true;
    }

    fn waits_for_changes(&self) -> bool {
        self.jump.is_some_and(|jump| jump.after_changes) && !self.unconfirmed.is_empty()
    }

    fn apply(&mut self, change: &Unconfirmed) {
        let Unconfirmed { rows, change, now } = change;
        let places = places(&self.rows.entries);
        for place in rows.iter().filter_map(|row| places.get(row)) {
            if let Some(entry) = self.rows.entries.get_mut(*place) {
                mark_entry(entry, change, *now);
            }
        }
        if self.rows.entries.iter().any(|entry| entry.removed.is_some()) {
            let before = self.rows.entries.len();
            let entries: Vec<Entry> =
                self.rows.entries.iter().filter(|entry| entry.removed.is_none()).cloned().collect();
            let total = self.rows.total.saturating_sub(before - entries.len());
            self.replace(Window { entries, total, ..self.rows.clone() });
        }
    }

    /// Puts other rows in the place of those that are held. The cursor stays on its article; if that is gone, it goes to
    /// the nearest one that is still there. What is on the screen moves as little as it can.
    fn replace(&mut self, rows: Window) {
        let old = std::mem::replace(&mut self.rows, rows);
        let places = places(&self.rows.entries);
        let at = self.list.cursor.saturating_sub(old.before);
        let (above, below) = old.entries.split_at(at.min(old.entries.len()));
        let found = below.iter().chain(above.iter().rev()).find_map(|entry| places.get(&entry.row));
        if let Some(place) = found {
            let cursor = self.rows.before + place;
            // Who looks at the top of the list sees what comes in there.
            let is_at_top = self.list.top == 0;
            let top = if is_at_top { 0 } else { (self.list.top + cursor).saturating_sub(self.list.cursor) };
            self.list = ListState { cursor, top };
        }
        self.clamp();
    }

    /// The position after the last row that is held.
    fn end(&self) -> usize {
        self.rows.before + self.rows.entries.len()
    }

    fn position(&self, row: RowId) -> Option<usize> {
        let place = self.rows.entries.iter().position(|entry| entry.row == row)?;
        Some(self.rows.before + place)
    }

    fn clamp(&mut self) {
        let first = self.rows.before;
        self.list.cursor = self.list.cursor.clamp(first, self.end().saturating_sub(1).max(first));
        self.list.top = self.list.top.clamp(first, self.list.cursor);
    }

    /// So near an edge that rows beyond it may have to be drawn, or soon will.
    fn edge(&self) -> usize {
        EDGE.max(usize::from(self.height))
    }

    fn ask_near_an_edge(&mut self) {
        let (cursor, edge) = (self.list.cursor, self.edge());
        let above = self.rows.before > 0 && cursor < self.rows.before + edge;
        let below = self.end() < self.rows.total && cursor + edge >= self.end();
        self.is_wanted |= (above || below) && !self.is_asked;
    }

    /// Brings the cursor into a screen of `height` rows; `row_height` is that of a row of the list.
    pub(super) fn settle(&mut self, height: u16, row_height: impl Fn(&Entry) -> u16) {
        // While the pane is not on the screen nothing tells how much it will have to show.
        if height > 0 {
            self.height = height;
        }
        let mut list = self.list;
        // Rows that have not come are not drawn: the last that is held stands at the bottom.
        list.settle(self.end(), height, |at| self.entry(at).map_or(LEAST_HEIGHT, &row_height));
        self.list = list;
        self.clamp();
    }

    /// The position of the row that is drawn `y` rows below the top of the screen.
    pub(super) fn row_at(&self, y: u16, row_height: impl Fn(&Entry) -> u16) -> Option<usize> {
        let at = self.list.row_at(y, self.end(), |at| self.entry(at).map_or(LEAST_HEIGHT, &row_height))?;
        self.entry(at).map(|_| at)
    }
}

/// Rows of the screen that a row of the list takes at least.
const LEAST_HEIGHT: u16 = 2;

fn places(entries: &[Entry]) -> HashMap<RowId, usize> {
    entries.iter().enumerate().map(|(place, entry)| (entry.row, place)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::entry;

    /// A list in the library: the rows in their order.
    fn answer(window: &mut ListWindow, list: &[i64]) {
        while let Some((request, around, limit)) = window.question() {
            let place = |row: RowId| list.iter().position(|other| *other == row.0);
            let before = match around {
                Around::Top => 0,
                Around::End => list.len().saturating_sub(limit),
                Around::Row(row) | Around::After(row) | Around::Before(row) => {
                    place(row).unwrap_or(0).saturating_sub(limit / 2).min(list.len().saturating_sub(limit))
                }
            };
            let entries = list.iter().skip(before).take(limit).map(|row| entry(*row, "A title")).collect();
            window.receive(request.reply(Window { entries, before, total: list.len(), ..Window::default() }));
        }
    }

    fn opened(list: &[i64]) -> ListWindow {
        let mut window = ListWindow::default();
        window.refresh();
        answer(&mut window, list);
        window
    }

    fn cursor(window: &ListWindow) -> Option<i64> {
        window.under_cursor().map(|entry| entry.row.0)
    }

    fn remove(window: &mut ListWindow, row: i64) {
        window.mark(&Arc::from([RowId(row)]), &MarkChange::Removed(true), Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn the_last_row_is_there_once_it_was_asked_for_and_no_pane_holds_all() {
        let list: Vec<i64> = (1..=100_000).collect();
        let mut window = opened(&list);
        window.go(Move::End);
        assert_eq!(cursor(&window), Some(1), "nothing is drawn that is not there");
        answer(&mut window, &list);
        assert_eq!(cursor(&window), Some(100_000));
        assert!(window.entries().len() <= 4 * EDGE);
        window.go(Move::Top);
        answer(&mut window, &list);
        assert_eq!(cursor(&window), Some(1));
    }

    #[test]
    fn the_cursor_stays_on_its_article_when_rows_arrive_and_vanish() {
        let list: Vec<i64> = (1..=50).collect();
        let mut window = opened(&list);
        window.go(Move::By(20));
        let more: Vec<i64> = (100..130).chain(1..=50).collect();
        window.refresh();
        answer(&mut window, &more);
        assert_eq!((cursor(&window), window.list().cursor), (Some(21), 50));
        let fewer: Vec<i64> = (1..=20).chain(23..=50).collect();
        window.refresh();
        answer(&mut window, &fewer);
        assert_eq!(cursor(&window), Some(23), "the next one that is still there");
        window.refresh();
        answer(&mut window, &[3, 4]);
        assert_eq!(cursor(&window), Some(4), "the nearest above");
    }

    #[test]
    fn a_removed_row_does_not_come_back_with_rows_that_were_read_before() {
        let list: Vec<i64> = (1..=5).collect();
        let mut window = opened(&list);
        remove(&mut window, 1);
        window.refresh();
        answer(&mut window, &list);
        assert_eq!((cursor(&window), window.total()), (Some(2), 4));
        window.confirm_change();
        answer(&mut window, &list[1..]);
        assert_eq!((cursor(&window), window.total()), (Some(2), 4));
    }

    #[test]
    fn a_row_that_comes_back_has_the_cursor_once_it_is_there() {
        let list: Vec<i64> = (1..=5).collect();
        let mut window = opened(&list);
        remove(&mut window, 1);
        window.confirm_change();
        window.mark(&Arc::from([RowId(1)]), &MarkChange::Removed(false), Timestamp::UNIX_EPOCH);
        answer(&mut window, &list[1..]);
        assert_eq!(cursor(&window), Some(2), "the library has not carried it out");
        window.confirm_change();
        answer(&mut window, &list);
        assert_eq!(cursor(&window), Some(1));
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_on_a_row_that_is_held(
            length in 0usize..900,
            moves in prop::collection::vec((0usize..6, any::<bool>()), 1..60),
        ) {
            let list: Vec<i64> = (1..=length as i64).collect();
            let mut window = opened(&list);
            for (number, answers) in moves {
                let to = [Move::Down, Move::Up, Move::Top, Move::End, Move::By(70), Move::By(-30)][number];
                window.go(to);
                if answers {
                    answer(&mut window, &list);
                }
                window.settle(20, |_| 3);
                prop_assert_eq!(window.under_cursor().is_some(), length > 0);
                let shown = (window.list().top..).take(6).filter(|at| window.entry(*at).is_some()).count();
                prop_assert_eq!(shown, length.min(6), "the screen is full");
            }
        }

        #[test]
        fn moves_with_answers_are_those_of_a_list_that_is_held_whole(
            length in 1usize..900,
            moves in prop::collection::vec(0usize..6, 1..60),
        ) {
            let list: Vec<i64> = (1..=length as i64).collect();
            let (mut window, mut whole) = (opened(&list), ListState::default());
            for number in moves {
                let to = [Move::Down, Move::Up, Move::Top, Move::End, Move::By(27), Move::By(-13)][number];
                window.go(to);
                answer(&mut window, &list);
                whole.go(to, length);
                prop_assert_eq!(window.list().cursor, whole.cursor);
            }
        }
    }
}
