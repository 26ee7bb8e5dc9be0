//! What a reader does to articles, on its way to the log and the library.

use std::collections::hash_map::Entry as Slot;

use jiff::Timestamp;

use super::{Catalogue, CatalogueError, MOST_AT_ONCE};
use crate::article::{Position, RowId, SourceId};
use crate::journal::{BadTag, DeviceId};
use crate::library::{AbsorbedMark, MarkState, RowMark};
use crate::mark::{Mark, MarkChange};

impl Catalogue {
    /// Changes articles. When this returns without an error it is on the disk.
    ///
    /// # Errors
    /// Any [`CatalogueError`]. After [`CatalogueError::Store`] the change holds in the library and is written to the logs
    /// with the next.
    pub(crate) fn mark(&mut self, rows: &[RowId], change: &MarkChange, now: Timestamp) -> Result<(), CatalogueError> {
        self.change(rows, change, self.device(), now)
    }

    pub(super) fn change(
        &mut self,
        rows: &[RowId],
        change: &MarkChange,
        device: DeviceId,
        now: Timestamp,
    ) -> Result<(), CatalogueError> {
        self.alone(|catalogue| {
            let mut saved = Ok(());
            for rows in rows.chunks(MOST_AT_ONCE) {
                let mut changed = Vec::new();
                for article in catalogue.library.row_marks(rows)? {
                    let mark = catalogue.mark_of(&article, now)?;
                    changed.extend(apply(&mark, change, device, now).map_err(CatalogueError::Tag)?);
                }
                // A log that took nothing would make the reader wait for each part.
                saved = match saved {
                    Ok(()) => catalogue.keep(changed, false),
                    Err(error) => catalogue.put_off(changed).and(Err(error)),
                };
            }
            saved
        })
    }

    /// Keeps where the reader left an article. One that is not in the library stays out of it.
    ///
    /// # Errors
    /// Those of [`mark`](Self::mark).
    pub(crate) fn leave_at(&mut self, id: &SourceId, place: &Position, now: Timestamp) -> Result<(), CatalogueError> {
        self.alone(|catalogue| {
            let Some(row) = catalogue.library.row(id)? else { return Ok(()) };
            let device = catalogue.device();
            let mut changed = Vec::new();
            for article in catalogue.library.row_marks(&[row])? {
                changed.extend(catalogue.mark_of(&article, now)?.with_place(Some(place.clone()), device, now));
            }
            catalogue.keep(changed, true)
        })
    }

    /// The mark of an article, with all that counts for it, ready to be edited.
    pub(super) fn mark_of(&mut self, article: &RowMark, now: Timestamp) -> Result<Mark, CatalogueError> {
        let mut own =
            article.line.as_deref().and_then(Mark::read_line).unwrap_or_else(|| Mark::new(article.id.clone()));
        if let Some(beside) = self.beside.get(&article.id) {
            own.merge(beside.clone());
        }
        let own = own.with_article(article.text, &article.title, self.device(), now).unwrap_or(own);
        let elsewhere = self.library.marks_of_text(article.text)?;
        let elsewhere: Vec<Mark> = elsewhere.iter().filter_map(|line| Mark::read_line(line)).collect();
        Ok(own.effective(&elsewhere))
    }

    /// Writes revisions to the log, and to the library whatever becomes of that.
    pub(super) fn keep(&mut self, changed: Vec<Mark>, sets_place: bool) -> Result<(), CatalogueError> {
        if changed.is_empty() && self.unsaved.is_empty() {
            return Ok(());
        }
        let absorbed: Vec<AbsorbedMark> = changed.iter().map(|mark| absorbed(mark, sets_place)).collect();
        self.unsaved.extend(changed.iter().cloned());
        let saved = self.save();
        if self.library.is_read_only() {
            self.put_beside(changed);
            return saved;
        }
        self.library.absorb_marks(&absorbed, &self.positions())?;
        saved
    }

    /// Takes revisions into the library that are to be written to the logs later.
    fn put_off(&mut self, changed: Vec<Mark>) -> Result<(), CatalogueError> {
        let absorbed: Vec<AbsorbedMark> = changed.iter().map(|mark| absorbed(mark, false)).collect();
        self.unsaved.extend(changed.iter().cloned());
        if self.library.is_read_only() {
            self.put_beside(changed);
        } else {
            self.library.absorb_marks(&absorbed, &[])?;
        }
        Ok(())
    }

    /// Tries to write what is not in the logs.
    ///
    /// # Errors
    /// When the logs cannot be written.
    pub(crate) fn save(&mut self) -> Result<(), CatalogueError> {
        if self.unsaved.is_empty() {
            return Ok(());
        }
        let store = self.marks.as_mut().ok_or(CatalogueError::NoLogs)?;
        store.append(&self.unsaved).map_err(CatalogueError::Store)?;
        self.unsaved.clear();
        Ok(())
    }

    pub(super) fn put_beside(&mut self, marks: Vec<Mark>) {
        for mark in marks {
            match self.beside.entry(mark.id().clone()) {
                Slot::Occupied(mut known) => drop(known.get_mut().merge(mark)),
                Slot::Vacant(slot) => drop(slot.insert(mark)),
            }
        }
    }
}

/// The revision of a mark that a change makes; none if it is so already.
fn apply(mark: &Mark, change: &MarkChange, device: DeviceId, now: Timestamp) -> Result<Option<Mark>, BadTag> {
    Ok(match change {
        MarkChange::Read(on) => mark.with_read(on.then_some(now), device, now),
        MarkChange::Starred(on) => mark.with_starred(on.then_some(now), device, now),
        MarkChange::Removed(on) => mark.with_removed(on.then_some(now), device, now),
        MarkChange::Tagged { added, taken } => {
            let stay = mark.tags().iter().filter(|tag| !taken.contains(tag));
            let tags: Vec<&String> = stay.chain(added).collect();
            mark.with_tags(&tags, device, now)?
        }
    })
}

/// A mark as the library takes it in.
pub(super) fn absorbed(mark: &Mark, sets_place: bool) -> AbsorbedMark {
    let state = MarkState {
        read_at: mark.read(),
        starred_at: mark.starred(),
        removed: mark.removed(),
        tags: mark.tags().to_vec(),
        position: mark.place().cloned(),
    };
    AbsorbedMark { id: mark.id().clone(), text: mark.text(), line: Some(mark.to_line()), state, sets_place }
}
