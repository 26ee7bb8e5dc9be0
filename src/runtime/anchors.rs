//! The thread that looks for bookmarks in an article that is not the text they were made in: that takes longer than a
//! frame may, and the kept old texts are on the disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};

use crate::article::{Article, TextHash};
use crate::bookmark::{Anchoring, Bookmark};
use crate::command::{Done, Effect, Sighting};
use crate::io::texts;

use super::event_loop::Incoming;

/// Looks for bookmarks until nobody asks any more.
pub(super) fn locate_all(data_dir: &Path, requests: &Receiver<Effect>, answers: &Sender<Incoming>) {
    let kept = |hash| {
        texts::load(data_dir, hash).unwrap_or_else(|error| {
            // Without the old text they are found less surely, but found.
            log::warn!("{error}");
            None
        })
    };
    while let Ok(first) = requests.recv() {
        // Only the latest counts: it asks for all that is still to be found in the article on the page.
        let latest = requests.try_iter().last().unwrap_or(first);
        let Effect::Locate { request, article, bookmarks } = latest else { continue };
        let found = catch_unwind(AssertUnwindSafe(|| locate(&article, &bookmarks, kept)));
        let found = found.unwrap_or_else(|_| bookmarks.iter().map(unknown).collect());
        if answers.send(Incoming::Done(Done::Located { request, text: article.body.hash(), found })).is_err() {
            return;
        }
    }
}

/// Looks for `bookmarks` in the article, with the help of the texts they were made in as far as `kept` has them.
pub(crate) fn locate(
    article: &Article,
    bookmarks: &[Bookmark],
    kept: impl Fn(TextHash) -> Option<String>,
) -> Vec<Sighting> {
    let anchoring = Anchoring::new(&article.body);
    let mut wanted: Vec<TextHash> = bookmarks.iter().filter_map(|bookmark| anchoring.wants(bookmark)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let olds: Vec<String> = wanted.into_iter().filter_map(kept).collect();
    let anchoring = olds.iter().map(String::as_str).fold(anchoring, Anchoring::with_previous);
    let sighting = |bookmark: &Bookmark| Sighting { anchor: Some(anchoring.find(bookmark)), ..unknown(bookmark) };
    bookmarks.iter().map(sighting).collect()
}

/// What is answered for a bookmark when looking for it failed.
pub(super) fn unknown(bookmark: &Bookmark) -> Sighting {
    Sighting { id: bookmark.id(), attached: bookmark.attached(), anchor: None }
}
