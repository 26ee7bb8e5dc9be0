//! What is done while the bookmark logs are still being read: the screen waits for nothing, and nothing is lost.

use std::collections::HashSet;

use crate::bookmark::{Bookmark, BookmarkId};
use crate::config::ColorDepth;
use crate::testing::Harness;

const RENTS: &str = "Rents slide\n\nRents fell in May. Nobody knows why. The minister smiled.\n";

/// Started with the article on the page, before the bookmarks were read.
fn early() -> Harness {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    harness.start_before_bookmarks(vec![("rents.txt", RENTS)]);
    harness.deliver_all();
    harness
}

fn shelf(harness: &Harness) -> Vec<&Bookmark> {
    harness.state.shared.shelf.iter().collect()
}

#[test]
fn an_article_is_read_before_the_bookmarks_are() {
    let mut harness = early();
    assert_eq!(harness.on_page(), "Rents slide");
    harness.keys("g B");
    harness.shows("Reading the bookmarks…");
    harness.keys("u");
    assert!(harness.footer().contains("The bookmarks are still being read."), "{}", harness.footer());
    harness.read_bookmarks();
    harness.hides("Reading the bookmarks…");
}

#[test]
fn what_is_bookmarked_early_is_saved_once_and_in_the_name_of_this_device() {
    let mut harness = early();
    harness.keys("v Enter v j 3");
    assert_eq!((shelf(&harness).len(), harness.saved.len()), (2, 0));
    harness.read_bookmarks();
    harness.deliver_all();
    assert_eq!((shelf(&harness).len(), harness.saved.len()), (2, 2));
    let device = harness.state.shared.device;
    for bookmark in &harness.saved {
        assert_eq!(bookmark.attached().device, device);
        assert_eq!(harness.state.shared.shelf.get(bookmark.id()), Some(bookmark), "screen and disk agree");
    }
    assert!(harness.footer().contains("✓ "), "{}", harness.footer());
    harness.keys("C-c");
    assert!(harness.state.quitting, "nothing is unsaved");
}

#[test]
fn early_changes_are_taken_back_and_then_those_of_the_last_run() {
    let mut before = Harness::reading(120, 40, "rents.txt", RENTS);
    before.keys("v Enter");
    let mut harness = before.again_before_bookmarks(120, 40, vec![("rents.txt", RENTS)]);
    harness.deliver_all();
    harness.keys("v j Enter");
    harness.read_bookmarks();
    assert_eq!(shelf(&harness).len(), 2);
    harness.keys("u");
    assert_eq!(shelf(&harness).len(), 1);
    harness.keys("u");
    assert!(shelf(&harness).is_empty());
    harness.keys("C-r C-r");
    assert_eq!(shelf(&harness).len(), 2);
}

#[test]
fn a_passage_that_was_bookmarked_in_an_earlier_run_is_not_bookmarked_twice() {
    let mut before = Harness::reading(120, 40, "rents.txt", RENTS);
    before.keys("v Enter");
    let first: HashSet<BookmarkId> = shelf(&before).iter().map(|bookmark| bookmark.id()).collect();
    let mut harness = before.again_before_bookmarks(120, 40, vec![("rents.txt", RENTS)]);
    harness.deliver_all();
    harness.keys("v Enter");
    harness.read_bookmarks();
    harness.deliver_all();
    assert!(shelf(&harness).iter().all(|bookmark| first.contains(&bookmark.id())), "the first one stays");
    assert_eq!(shelf(&harness).len(), 1);
    // Nor in the run after that.
    let mut next = harness.again(120, 40, ColorDepth::TrueColor, vec![("rents.txt", RENTS)]);
    next.deliver_all();
    assert_eq!(shelf(&next).len(), 1);
}

#[test]
fn an_early_bookmark_with_a_note_stays_beside_one_of_the_same_words() {
    let mut before = Harness::reading(120, 40, "rents.txt", RENTS);
    before.keys("v Enter");
    let mut harness = before.again_before_bookmarks(120, 40, vec![("rents.txt", RENTS)]);
    harness.deliver_all();
    harness.keys("v n h e y Enter");
    harness.read_bookmarks();
    harness.deliver_all();
    assert_eq!(shelf(&harness).len(), 2);
}

#[test]
fn the_first_article_that_was_named_comes_whatever_comes_first() {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    harness.start_before_bookmarks(vec![("b.txt", "Bees\n\nThey hum."), ("a.txt", "Ants\n\nThey march.")]);
    harness.deliver_all();
    assert_eq!(harness.on_page(), "Bees");
    harness.keys("] a");
    assert_eq!(harness.on_page(), "Ants");
}
