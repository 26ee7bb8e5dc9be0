//! The sentences under the rows of a search: which are known, and which are asked for.

use std::collections::HashMap;

use crate::article::RowId;
use crate::command::{Latest, Reply, Request};
use crate::query::Excerpt;

/// The sentences that were found.
type Found = Vec<(RowId, Excerpt)>;

/// What was found of the rows of one search.
#[derive(Clone, Debug, Default)]
pub(super) struct Excerpts {
    /// None for a row that has no sentence to show.
    known: HashMap<RowId, Option<Excerpt>>,
    /// Those that were asked for and have not come.
    asked: Vec<RowId>,
    latest: Latest<Found>,
}

/// Sentences that are remembered at most: the window has no more rows.
const MOST: usize = 1_000;

impl Excerpts {
    /// Another search begins.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.asked.clear();
        self.latest.cancel();
    }

    /// What is to be asked for these rows, which are in view.
    pub(super) fn question(&mut self, rows: impl Iterator<Item = RowId>) -> Option<(Request<Found>, Vec<RowId>)> {
        if !self.asked.is_empty() {
            return None;
        }
        self.asked = rows.filter(|row| !self.known.contains_key(row)).collect();
        (!self.asked.is_empty()).then(|| (self.latest.request(), self.asked.clone()))
    }

    /// Sentences have come.
    pub(super) fn receive(&mut self, reply: Reply<Found>) {
        if let Some(found) = self.latest.accept(reply) {
            self.settle();
            self.known.extend(found.into_iter().map(|(row, excerpt)| (row, Some(excerpt))));
        }
    }

    /// What was asked for does not come.
    pub(super) fn give_up(&mut self) {
        self.latest.cancel();
        self.settle();
    }

    fn settle(&mut self) {
        if self.known.len() > MOST {
            self.known.clear();
        }
        self.known.extend(self.asked.drain(..).map(|row| (row, None)));
    }

    /// The sentence of a row.
    pub(super) fn of(&self, row: RowId) -> Option<&Excerpt> {
        self.known.get(&row)?.as_ref()
    }
}
