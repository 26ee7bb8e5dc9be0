//! The library and the logs of marks, kept in step.
//!
//! What a reader does to an article is written to the logs, which are the truth, and then to `library.db`, where lists
//! find it. The reader and the command line both mark, tag and remove through here, so that no change is in one place
//! only.
//!
//! * `marking`: what a reader does
//! * `from_logs`: what others did, and this program before
//! * `arrivals`, `feed_arrivals`: articles that come, with what was done to them before, and with tags and filters
//! * `full_text`: the pages of articles of which a feed has only the beginning
//! * `earlier_marks`: what another program knew of articles
//! * `error`: why a change is not kept

mod arrivals;
mod earlier_marks;
mod error;
pub(crate) mod feed_arrivals;
mod from_logs;
mod full_text;
mod marking;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use jiff::Timestamp;

use crate::article::SourceId;
use crate::command::{MarkSteps, RowStep};
use crate::io::marks::MarkStore;
use crate::journal::{DeviceId, LogPosition};
use crate::library::Library;
use crate::mark::{Mark, MarkStep};

pub(crate) use self::earlier_marks::EarlierMarked;
pub(crate) use self::error::CatalogueError;

/// The library, and what the reader did to its articles.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The articles.
    pub(crate) library: Library,
    /// None until the logs were read, and if they cannot be.
    marks: Option<MarkStore>,
    /// Whether the library may lack what was read of the logs, which is then read again.
    is_behind: bool,
    /// Revisions that no log has yet, in the order they were made. Writing one twice does no harm.
    unsaved: Vec<Mark>,
    /// Marks that a library which is only read cannot take. The logs can, and what is changed next begins with them.
    beside: HashMap<SourceId, Mark>,
    /// How many articles of feeds are kept; none to keep all.
    most: Option<usize>,
}

/// Articles that are marked at a time: of a hundred thousand, no more need be in memory.
const MOST_AT_ONCE: usize = if cfg!(test) { 3 } else { 4000 };

impl Catalogue {
    /// A library whose logs are not read yet: its lists can be shown at once.
    pub(crate) fn new(library: Library) -> Self {
        Self { library, marks: None, is_behind: true, unsaved: Vec::new(), beside: HashMap::new(), most: None }
    }

    /// Of how many articles there are changes that no log has.
    pub(crate) fn unsaved(&self) -> usize {
        self.unsaved.iter().map(Mark::id).collect::<HashSet<_>>().len()
    }

    /// Runs a change while no other program writes to the library: what it reads there, merges and writes back must not
    /// overwrite what another has merged in between.
    fn alone<T>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, CatalogueError>) -> Result<T, CatalogueError> {
        let is_held = self.library.hold();
        // Whatever happens others must get their turn.
        let changed = catch_unwind(AssertUnwindSafe(|| change(self)));
        let released = if is_held { self.library.release() } else { Ok(()) };
        let value = changed.unwrap_or_else(|panic| resume_unwind(panic))?;
        released?;
        Ok(value)
    }

    /// What this device calls itself in the logs.
    fn device(&self) -> DeviceId {
        self.marks.as_ref().map_or(DeviceId::NOBODY, MarkStore::device)
    }

    /// What was done on this device lately, as far as its articles are still in the library.
    ///
    /// # Errors
    /// When the log cannot be read, or the library fails.
    pub(crate) fn history(&mut self) -> Result<MarkSteps, CatalogueError> {
        let Some(store) = &self.marks else { return Ok(MarkSteps::default()) };
        let history = store.history().map_err(CatalogueError::Store)?;
        let mut steps = |steps: Vec<MarkStep>| -> Result<Vec<RowStep>, CatalogueError> {
            let mut found = Vec::new();
            for MarkStep { change, articles, at } in steps {
                let mut rows = Vec::new();
                for article in articles {
                    let row = self.library.row(&article.id)?;
                    let moved = match (row, article.text) {
                        (None, Some(text)) => self.library.rows_of_text(text)?.first().copied(),
                        _ => None,
                    };
                    rows.extend(row.or(moved));
                }
                if !rows.is_empty() {
                    found.push(RowStep { change, rows: rows.into(), at });
                }
            }
            Ok(found)
        };
        Ok(MarkSteps { done: steps(history.done)?, undone: steps(history.undone)? })
    }

    /// Compacts this device's log if it has become worth it, which takes up to some seconds.
    ///
    /// # Errors
    /// When the log cannot be written anew; then it is as it was.
    pub(crate) fn compact_if_due(&mut self, now: Timestamp) -> Result<(), CatalogueError> {
        if let Some(store) = &mut self.marks
            && let Some(done) = store.compact_if_due(now).map_err(CatalogueError::Store)?
        {
            log::info!("marks: compacted {} bytes to {}", done.before, done.after);
        }
        Ok(())
    }

    fn positions(&self) -> Vec<LogPosition> {
        self.marks.as_ref().map(MarkStore::positions).unwrap_or_default()
    }
}
