//! The bookmark logs, and the texts that bookmarks were made in.
//!
//! How logs are kept is the business of [`journal`]; here their lines become one [`Shelf`], and the
//! texts that no line needs any more go. `docs/bookmark-store.md` describes all files and the format.

mod gather;
mod survey;

use std::collections::HashSet;
use std::path::Path;

use jiff::Timestamp;

use crate::article::TextHash;
use crate::bookmark::{Bookmark, History, Shelf};
use crate::io::journal::{self, Journal, Opened};
use crate::io::{clock, texts};
use crate::journal::DeviceId;

use gather::{Gathered, gather};
pub use journal::{Problem, Refreshed, StoreError};
pub use survey::{Survey, survey};

/// The bookmarks of one data directory, for reading what others wrote and adding one's own.
#[derive(Debug)]
pub struct BookmarkStore {
    pub(in crate::io) journal: Journal<Bookmark>,
}

/// What was found when the store was opened.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All bookmarks, merged.
    pub shelf: Shelf,
    /// What was done on this device and can be undone.
    pub history: History,
    /// What could not be read or made.
    pub problems: Vec<Problem>,
}

/// What compacting did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Bytes in this device's logs before.
    pub before: u64,
    /// Bytes in them now.
    pub after: u64,
    /// Kept texts that were removed, since no bookmark refers to them any more.
    pub texts: usize,
}

impl BookmarkStore {
    /// Reads every log of `data_dir`, which is made if it is not there.
    ///
    /// A folder that can only be read is no error here but a [`Problem`]; saving will say so again.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder is there and cannot be listed.
    pub fn open(data_dir: &Path) -> Result<(Self, Loaded), StoreError> {
        let Opened { mut journal, others, own, mut problems } = Journal::open(data_dir, &[])?;
        let Gathered { shelf, history, superfluous } = gather(journal.undo_start(), |lines| {
            journal.read_new(others, true, &mut problems, |bookmark, _| lines.add(bookmark, None));
            journal.read_new(own, true, &mut problems, |bookmark, bytes| lines.add(bookmark, Some(bytes)));
        });
        journal.add_superfluous(superfluous);
        Ok((Self { journal }, Loaded { shelf, history, problems }))
    }

    /// The name of this installation, for the stamps of edits.
    pub fn device(&self) -> DeviceId {
        self.journal.device()
    }

    /// Saves `bookmarks`. When this returns without an error they are on the disk, and only then.
    ///
    /// Waits up to five seconds for another instance that is writing.
    ///
    /// # Errors
    /// Any [`StoreError`]; then none of them counts as saved.
    pub fn append(&mut self, bookmarks: &[Bookmark]) -> Result<(), StoreError> {
        self.journal.append(bookmarks)
    }

    /// Compacts this device's log if it has become worth it, and removes kept texts that nothing refers to any more. It
    /// takes up to some seconds; nobody should wait for it.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub fn compact_if_due(&mut self, now: Timestamp) -> Result<Option<Compacted>, StoreError> {
        Ok(self.journal.compact_if_due(now)?.map(|done| self.without_unneeded_texts(done, now)))
    }

    /// The same whether it is worth it or not.
    ///
    /// # Errors
    /// Any [`StoreError`]; then the log is as it was.
    pub fn compact(&mut self, now: Timestamp) -> Result<Compacted, StoreError> {
        let done = self.journal.compact(now)?;
        Ok(done.map(|done| self.without_unneeded_texts(done, now)).unwrap_or_default())
    }

    /// The text that bookmarks were made in; none if it is not kept, or damaged.
    pub fn text(&self, hash: TextHash) -> Option<String> {
        texts::load(self.journal.data_dir(), hash).unwrap_or_else(|error| {
            log::warn!("{error}");
            None
        })
    }

    /// Reads what other instances and devices have added since the last look.
    ///
    /// # Errors
    /// [`StoreError::File`] if the folder cannot be listed.
    pub fn refresh(&mut self) -> Result<Refreshed<Bookmark>, StoreError> {
        self.journal.refresh()
    }

    fn without_unneeded_texts(&self, done: journal::Compacted, now: Timestamp) -> Compacted {
        let texts = self.remove_texts(now).unwrap_or_else(|error| {
            log::warn!("kept texts: {error}");
            0
        });
        Compacted { before: done.before, after: done.after, texts }
    }

    /// Removes kept texts that no line of any log refers to. If a log cannot be read none is removed.
    fn remove_texts(&self, now: Timestamp) -> std::io::Result<usize> {
        let mut needed = HashSet::new();
        self.journal.read_all(|bookmark| needed.extend(bookmark.text_hash()))?;
        texts::remove_unneeded(self.journal.data_dir(), &needed, clock::of_files(now))
    }
}

/// Whether anything of bookmarks was ever kept in this data directory, or something else has taken its place.
pub fn exist(data_dir: &Path) -> bool {
    journal::exist::<Bookmark>(data_dir) || journal::has_device_id(data_dir)
}
