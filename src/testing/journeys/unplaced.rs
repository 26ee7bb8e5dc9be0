//! Passages that were imported without their article.

use crate::app::Msg;
use crate::bookmark::{Color, import};
use crate::command::{Done, Effect};
use crate::config::ColorDepth;
use crate::testing::Harness;
use crate::ui::Meaning;

const RENTS: &str = "Rents slide\n\nRents fell in May. Nobody knows why. The minister smiled.\n";
const OTHER: &str = "The ferry\n\nThe ferry sailed late. The gulls did not mind.\n";
const CLIPPING: &str = "Rents Slide (Ana Reed)\n- Your Highlight on page 3 | Location 12-13 | Added on Monday, November \
                        23, 2026 09:15:04 AM\n\nNobody knows why. The minister smiled.\n==========\n";

#[test]
fn a_passage_is_found_in_an_article_with_its_title_and_opens_there() {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    harness.start(vec![("rents.txt", RENTS), ("ferry.txt", OTHER)]);
    harness.deliver_all();
    let batch = import::read(CLIPPING).unwrap();
    harness.send(Msg::Done(Done::ShelfChanged { records: batch.bookmarks, notices: vec![] }));
    harness.deliver_all();
    assert_eq!(harness.on_page(), "Rents slide");
    let passage = Meaning::Passage(&Color::Yellow);
    assert!(harness.words_in(passage).contains("The minister smiled."));
    harness.keys("g b");
    harness.shows("Bookmarks 1");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Rents slide");
    assert!(harness.effects().iter().all(|effect| !matches!(effect, Effect::Open { id, .. } if id.is_unplaced())));

    // An article with another title is not its article.
    harness.keys("] a");
    assert_eq!(harness.on_page(), "The ferry");
    assert_eq!(harness.words_in(passage), "");
    harness.keys("g b");
    harness.shows("Bookmarks 0");
}
