//! What the logs of marks have that the library lacks: what other programs and machines did, or this one before the
//! library was made anew.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;

use super::marking::absorbed;
use super::{Catalogue, CatalogueError};
use crate::article::{SourceId, TextHash};
use crate::io::marks::{MarkStore, Problem};
use crate::library::AbsorbedMark;
use crate::mark::Mark;

impl Catalogue {
    /// Reads what was added to the logs since the library last saw them. Returns whether any mark is new, and what the
    /// reader should know.
    ///
    /// # Errors
    /// When the logs cannot be listed, or the library fails.
    pub(crate) fn read_marks(&mut self, data_dir: &Path) -> Result<(bool, Vec<Problem>), CatalogueError> {
        let known = self.library.log_positions()?;
        let (store, new) = MarkStore::open(data_dir, &known).map_err(CatalogueError::Store)?;
        self.marks = Some(store);
        let is_news = !new.records.is_empty();
        self.absorb(new.records)?;
        self.is_behind = false;
        if known.is_empty() {
            self.log_what_was_marked()?;
        }
        Ok((is_news, new.problems))
    }

    /// Writes to the logs what an older version marked, which kept it in the library alone. Each mark has the time at which
    /// it was made, so that it loses to what was done since.
    fn log_what_was_marked(&mut self) -> Result<(), CatalogueError> {
        let rows = self.library.rows_without_mark()?;
        if rows.is_empty() || self.library.is_read_only() {
            return Ok(());
        }
        self.alone(|catalogue| {
            let device = catalogue.device();
            let mut marks = Vec::new();
            for article in catalogue.library.row_marks(&rows)? {
                let Some(kept) = catalogue.library.kept(&article.id, article.text)? else { continue };
                let first = kept.read_at.into_iter().chain(kept.starred_at).min().unwrap_or_default();
                let mut mark = catalogue.mark_of(&article, first)?;
                mark = mark.with_place(kept.position, device, first).unwrap_or(mark);
                let mut changes = [(kept.read_at, true), (kept.starred_at, false)];
                changes.sort_unstable();
                for (at, is_read) in changes {
                    let Some(at) = at else { continue };
                    let marked = if is_read {
                        mark.with_read(Some(at), device, at)
                    } else {
                        mark.with_starred(Some(at), device, at)
                    };
                    mark = marked.unwrap_or(mark);
                }
                marks.push(mark);
            }
            catalogue.keep(marks, false)
        })
    }

    /// Whether the logs have to be read from where the library knows them to.
    pub(crate) fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// Reads what other programs and machines have marked since.
    ///
    /// # Errors
    /// When the logs cannot be listed, or the library fails.
    pub(crate) fn refresh(&mut self) -> Result<(bool, Vec<Problem>), CatalogueError> {
        let Some(store) = &mut self.marks else { return Ok((false, Vec::new())) };
        let new = store.refresh().map_err(CatalogueError::Store)?;
        let is_news = !new.records.is_empty();
        if is_news {
            self.is_behind = true;
            self.absorb(new.records)?;
            self.is_behind = false;
        }
        Ok((is_news, new.problems))
    }

    /// Takes in lines of logs: merges them with what the library has, and sets what counts for the articles.
    fn absorb(&mut self, records: Vec<Mark>) -> Result<(), CatalogueError> {
        if self.library.is_read_only() {
            self.put_beside(records);
            return Ok(());
        }
        self.alone(|catalogue| catalogue.merge(records))
    }

    fn merge(&mut self, records: Vec<Mark>) -> Result<(), CatalogueError> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut places: HashMap<SourceId, usize> = HashMap::new();
        for record in records {
            if let Some(mark) = places.get(record.id()).and_then(|place| marks.get_mut(*place)) {
                mark.merge(record);
            } else {
                places.insert(record.id().clone(), marks.len());
                marks.push(record);
            }
        }
        let ids: Vec<SourceId> = marks.iter().map(|mark| mark.id().clone()).collect();
        for (mark, line) in marks.iter_mut().zip(self.library.mark_lines(&ids)?) {
            if let Some(stored) = line.as_deref().and_then(Mark::read_line) {
                mark.merge(stored);
            }
        }
        let all: Vec<AbsorbedMark> = marks.iter().map(|mark| absorbed(mark, true)).collect();
        self.library.absorb_marks(&all, &[])?;
        let mut texts: Vec<TextHash> = marks.iter().filter_map(Mark::text).collect();
        texts.sort_unstable();
        texts.dedup();
        self.settle_texts(&texts)?;
        // Only now: what lies before these positions is not read again.
        self.library.absorb_marks(&[], &self.positions())?;
        Ok(())
    }

    /// Sets what counts for the articles with these texts, of marks that were made elsewhere too.
    pub(super) fn settle_texts(&mut self, texts: &[TextHash]) -> Result<(), CatalogueError> {
        let mut settled = Vec::new();
        for text in texts {
            let rows = self.library.rows_of_text(*text)?;
            if rows.is_empty() || self.library.marks_of_text(*text)?.is_empty() {
                continue;
            }
            for article in self.library.row_marks(&rows)? {
                let mark = self.mark_of(&article, Timestamp::UNIX_EPOCH)?;
                settled.push(AbsorbedMark { line: None, ..absorbed(&mark, true) });
            }
        }
        self.library.absorb_marks(&settled, &[])?;
        Ok(())
    }
}
