//! Merging what is read at the start, while it is read: with a hundred thousand bookmarks each takes half a second.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::bookmark::{Bookmark, BookmarkId, History, Shelf};

/// Lines that are handed over at once, and how often that may be ahead: some hundred kilobytes.
const BATCH: usize = 128;
const AHEAD: usize = 4;

/// All lines, merged.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) shelf: Shelf,
    pub(super) history: History,
    /// Bytes of this device's log that a later line has made superfluous.
    pub(super) superfluous: u64,
}

/// A line, and which bytes of this device's log it was if it was there.
type Read = (Bookmark, Option<Range<u64>>);

/// Hands lines over.
pub(super) struct Lines {
    batch: Vec<Read>,
    sender: SyncSender<Vec<Read>>,
}

impl Lines {
    pub(super) fn add(&mut self, line: Bookmark, own: Option<Range<u64>>) {
        self.batch.push((line, own));
        if self.batch.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        // Nobody listens only if the other side has panicked, which is told when it is waited for.
        self.sender.send(std::mem::take(&mut self.batch)).unwrap_or_default();
    }
}

/// Merges all lines that `read` finds; it reads this device's log last, and those of its lines that begin at byte
/// `undone_from` or later are read back as changes.
pub(super) fn gather(undo_start: u64, read: impl FnOnce(&mut Lines)) -> Gathered {
    let (sender, lines) = sync_channel(AHEAD);
    thread::scope(|scope| {
        let merging = scope.spawn(move || merge(&lines, undo_start));
        let mut lines = Lines { batch: Vec::with_capacity(BATCH), sender };
        read(&mut lines);
        lines.flush();
        drop(lines);
        merging.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

fn merge(lines: &Receiver<Vec<Read>>, undo_start: u64) -> Gathered {
    let Gathered { mut shelf, mut history, mut superfluous } = Gathered::default();
    let mut live: HashMap<BookmarkId, u64, foldhash::fast::RandomState> = HashMap::default();
    for (line, own) in lines.iter().flatten() {
        let Some(bytes) = own else {
            shelf.absorb(line);
            continue;
        };
        superfluous += live.insert(line.id(), bytes.end - bytes.start).unwrap_or_default();
        if bytes.start >= undo_start {
            history.absorb(&mut shelf, line);
        } else {
            shelf.absorb(line);
        }
    }
    Gathered { shelf, history, superfluous }
}
