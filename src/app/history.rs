//! The articles in the order they were read, for going back and forward.

use crate::article::SourceId;

/// The reading history of this session.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    visited: Vec<SourceId>,
    /// Number of the article on the page.
    at: usize,
}

impl History {
    /// An article was opened: it comes after the present one, and what lay ahead is forgotten.
    pub(super) fn visit(&mut self, id: &SourceId) {
        if self.visited.get(self.at) == Some(id) {
            return;
        }
        self.visited.truncate(self.at + 1);
        self.visited.push(id.clone());
        self.at = self.visited.len() - 1;
    }

    /// The article on the page stays, whatever was asked for: going on starts from it.
    pub(super) fn stay(&mut self, id: &SourceId) {
        if let Some(at) = self.visited.iter().rposition(|visited| visited == id) {
            self.at = at;
        }
    }

    /// Goes one article back or forward.
    pub(super) fn step(&mut self, forward: bool) -> Option<SourceId> {
        let to = if forward { self.at + 1 } else { self.at.checked_sub(1)? };
        let id = self.visited.get(to)?.clone();
        self.at = to;
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_and_elsewhere_forgets_what_lay_ahead() {
        let ids: Vec<SourceId> = ["a", "b", "c"].map(SourceId::of_edition).to_vec();
        let mut history = History::default();
        history.visit(&ids[0]);
        history.visit(&ids[1]);
        assert_eq!(history.step(false), Some(ids[0].clone()));
        assert_eq!(history.step(false), None);
        assert_eq!(history.step(true), Some(ids[1].clone()));
        history.step(false);
        history.visit(&ids[2]);
        assert_eq!(history.step(true), None);
        assert_eq!(history.step(false), Some(ids[0].clone()));
    }
}
