//! Passages that were imported without their article.

use crate::app::Msg;
use crate::bookmark::{Color, import};
use crate::command::{Answer, BookmarkAnswer, Effect, SourceJob};
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
    harness.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Changed { records: batch.bookmarks, notices: vec![] })));
    harness.deliver_all();
    assert_eq!(harness.on_page(), "Rents slide");
    let passage = Meaning::Passage(&Color::Yellow);
    assert!(harness.words_in(passage).contains("The minister smiled."));
    harness.keys("g b");
    harness.shows("Bookmarks 1");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Rents slide");
    assert!(
        harness
            .effects()
            .iter()
            .all(|effect| !matches!(effect, Effect::Sources(SourceJob::Open { id, .. }) if id.is_unplaced()))
    );

    // An article with another title is not its article.
    harness.keys("] a");
    assert_eq!(harness.on_page(), "The ferry");
    assert_eq!(harness.words_in(passage), "");
    harness.keys("g b");
    harness.shows("Bookmarks 0");
}

/// An article with an address, and passages of a table that names the address and no headline.
fn imported(text: &str, table: &str) -> Harness {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    let page = format!("---\ntitle: The ferry\nurl: https://example.org/ferry\n---\n{text}\n");
    harness.start(vec![("ferry.md", &page)]);
    harness.deliver_all();
    let batch = import::read(table).unwrap();
    harness.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Changed { records: batch.bookmarks, notices: vec![] })));
    harness.deliver_all();
    harness.keys("g b");
    harness
}

#[test]
fn a_passage_whose_words_are_gone_from_its_article_is_an_orphan_there_and_can_be_attached() {
    let table = "Highlight,URL\nEverybody had left the island by then.,https://example.org/ferry\n";
    let mut harness = imported("The ferry sailed late. The gulls did not mind.", table);
    harness.shows("Bookmarks 1");
    harness.shows("Everybody had left the");
    harness.shows("? not found in the text");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "The ferry");
    harness.shows("The passage is not in the text as it is now");
    harness.keys("g b r j j Enter");
    assert_eq!(harness.last_saved().words(), "The gulls did not mind.");
    assert!(harness.words_in(Meaning::Passage(&Color::Yellow)).contains("The gulls did not mind."));
    harness.keys("g b");
    harness.shows("Bookmarks 1");
    assert!(!harness.screen().contains("not found in the text"), "{}", harness.screen());
    // It is this article's own now, also for another run of the program.
    assert_eq!(harness.last_saved().source_id().file_path().as_deref(), Some(harness.path("ferry.md").as_path()));
}

#[test]
fn a_passage_that_has_changed_in_its_article_can_be_accepted() {
    let row = r#"{"rows": [{"id": "x1", "uri": "https://example.org/ferry", "created": "2026-01-01T00:00:00Z", "text": "",
        "target": [{"selector": [{"type": "TextQuoteSelector", "prefix": "Nobody came. ", "suffix": " The gulls did not mind.",
        "exact": "The ferry sailed two hours late because of the storm."}]}]}]}"#;
    let text = "Nobody came. The ferry sailed five hours late because of the storm. The gulls did not mind.";
    let mut harness = imported(text, row);
    harness.shows("Bookmarks 1");
    harness.shows("changed; a accepts it");
    harness.keys("a");
    assert_eq!(harness.last_saved().words(), "The ferry sailed five hours late because of the storm.");
    harness.shows("Bookmarks 1");
}
