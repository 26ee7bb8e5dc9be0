//! Articles on their way into the library, with what was done to them before: on another machine, or to a copy.

use jiff::Timestamp;

use super::{Catalogue, CatalogueError};
use crate::article::{Arrival, Arrived, RowId, SourceId, TextHash};
use crate::mark::{Mark, MarkChange};

impl Catalogue {
    /// Takes articles in; those `named` by a person come back if they were removed, others stay removed.
    ///
    /// # Errors
    /// Those of [`mark`](Self::mark).
    pub(crate) fn arrive(
        &mut self,
        arrivals: &[Arrival],
        named: bool,
        now: Timestamp,
    ) -> Result<Vec<Arrived>, CatalogueError> {
        let arrived = self.library.arrive(arrivals, now)?;
        let mut texts: Vec<TextHash> = Vec::new();
        let mut copies = Vec::new();
        for (arrival, arrived) in arrivals.iter().zip(&arrived) {
            if arrived.is_marked_elsewhere {
                texts.push(arrival.article.body.hash());
            } else if let Some(original) = &arrived.copy_of {
                copies.push((arrived.row, original.clone()));
            }
        }
        if !texts.is_empty() || !copies.is_empty() {
            self.alone(|catalogue| {
                catalogue.settle_texts(&texts)?;
                copies.iter().try_for_each(|(row, original)| catalogue.copy_marks(*row, original, now))
            })?;
        }
        let removed: Vec<RowId> = arrived.iter().filter(|one| one.was_removed && named).map(|one| one.row).collect();
        if !removed.is_empty() {
            self.mark(&removed, &MarkChange::Removed(false), now)?;
        }
        Ok(arrived)
    }

    /// A copy begins with what was done to the article it is a copy of, in a mark of its own.
    fn copy_marks(&mut self, row: RowId, original: &SourceId, now: Timestamp) -> Result<(), CatalogueError> {
        let lines = self.library.mark_lines(std::slice::from_ref(original))?;
        let Some(original) = lines.into_iter().flatten().next().as_deref().and_then(Mark::read_line) else {
            return Ok(());
        };
        let device = self.device();
        let mut copied = Vec::new();
        for article in self.library.row_marks(&[row])?.iter().filter(|article| article.line.is_none()) {
            let copy = self.mark_of(article, now)?.effective(std::slice::from_ref(&original));
            copied.push(copy.with_removed(None, device, now).unwrap_or(copy));
        }
        self.keep(copied, true)
    }
}
