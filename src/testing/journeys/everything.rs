//! Every row of the table of commands: somebody carries it out where it can be done, and nobody carries out what is not
//! their own.

use super::entities::entity;
use crate::app::Msg;
use crate::article::TextRange;
use crate::bookmark::DeviceId;
use crate::command::{Answer, BookmarkAnswer, FeedJob, LibraryAnswer, Scope, TABLE};
use crate::config::ColorDepth;
use crate::entity::{Kind, Quote, QuoteRule};
use crate::feed::{FeedText, FromFeed, Subscription, SubscriptionEdit};
use crate::intake::feed::Enclosure;
use crate::panes::PaneId;
use crate::testing::Harness;

const PAGE: &str = "---\ntitle: Rain\nurl: https://example.com/rain\n---\n\n## Weather\n\nAnn Reed saw [rain](https://example.com/r) in \
                    Oslo for the third month in a row, the office said. It was wet. Vidar slept through all of the long and rainy day.\n";

/// A program in which all there is to do can be done: a passage that has changed and whose note has two versions, a doubtful
/// name, a quotation, a correction, a history to go back and forward in, something to undo and to redo.
pub(super) fn everything() -> Harness {
    let mut before = Harness::reading(160, 50, "a.md", PAGE);
    before.keys("v j Enter");
    let page = PAGE.replace("third month", "fourth month");
    let mut harness = before.again(160, 50, ColorDepth::TrueColor, vec![("a.md", &page), ("b.txt", "Another one.")]);
    let body = harness.body_of("a.md");
    let said = body.find("It was wet").unwrap();
    let mut ann = entity(&body, Kind::Person, "Ann Reed", &[], false);
    ann.quotes = vec![Quote { range: TextRange::new(said, said + 10), direct: false, rule: QuoteRule::Named }];
    let oslo = entity(&body, Kind::Place, "Oslo", &[], false);
    harness.entities = Some(vec![ann, oslo, entity(&body, Kind::Person, "Vidar", &[], true)]);
    harness.deliver_all();
    // Two devices write different notes at the same time.
    let bookmark = harness.state.shared.shelf.iter().next().unwrap().clone();
    let now = harness.state.shared.moment.now;
    let theirs = bookmark.with_note("theirs", DeviceId::new("other").unwrap(), now).unwrap();
    harness.keys("g b e");
    harness.type_text("mine");
    harness.keys("Enter");
    let changed = BookmarkAnswer::Changed { records: vec![theirs], notices: Vec::new() };
    harness.send(Msg::Answer(Answer::Bookmarks(changed)));
    harness.deliver_all();
    harness.keys("S-Tab c");
    harness.type_text("follow");
    harness.keys("Enter h h s s u ] a C-o v Esc / w e t Enter");
    // As if a feed had brought it.
    let sound = Enclosure { url: "https://example.com/rain.mp3".to_owned(), media_type: None, length: None };
    let comments = Some("https://example.com/rain#talk".to_owned());
    harness.state.reader.set_from_feed(Some(FromFeed {
        text: FeedText::All,
        is_changed: false,
        feeds: 1,
        comments,
        enclosures: vec![sound],
    }));
    harness.effects();
    assert_eq!((harness.on_page(), harness.state.focus), ("Rain", PaneId::Reader));
    harness
}

/// The same where the keys of a scope work.
pub(super) fn everything_in(scope: Scope) -> Harness {
    let mut harness = everything();
    match scope {
        Scope::Articles | Scope::List | Scope::Sources => {
            harness.keys("h /");
            harness.type_text("rain");
            harness.keys("Enter");
            // Something arrives that waits.
            harness.arrive(&[("hail", "Hail\n\nIt is not rain.")]);
            harness.answer(Answer::Library(LibraryAnswer::Changed));
            harness.deliver_all();
            if scope == Scope::Sources {
                let folder = vec!["News".to_owned()];
                let feed = Subscription { url: "https://example.org/feed".into(), folder, ..Subscription::default() };
                let edit = SubscriptionEdit { take: Vec::new(), add: vec![feed] };
                harness.carry_out_feeds(FeedJob::Edit { edit, done: "Subscribed".into() });
                harness.keys("F j j j");
            }
        }
        Scope::Reader | Scope::Global | Scope::Always | Scope::Terminal => {}
        Scope::Selecting => harness.keys("v"),
        Scope::Entities => harness.keys("Tab"),
        Scope::Bookmarks => harness.keys("g b"),
        Scope::Help => harness.keys("?"),
        Scope::Picker => harness.keys(":"),
        Scope::Prompt => harness.keys("h a"),
    }
    assert!(harness.state.scope().chain().contains(&scope), "{}", scope.id());
    harness
}

#[test]
fn every_row_of_the_table_is_carried_out_where_it_can_be() {
    for scope in Scope::ALL {
        let start = everything_in(scope);
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let mut harness = start.clone();
            assert!(harness.state.available(row.command), "{} can be done here:\n{}", row.id, harness.screen());
            assert!(harness.state.carry_out(row.command, &mut Vec::new()), "nobody carries out {}", row.id);
        }
    }
}

#[test]
fn no_pane_carries_out_what_is_not_its_own() {
    for scope in [Scope::Articles, Scope::Sources, Scope::Reader, Scope::Selecting, Scope::Entities, Scope::Bookmarks] {
        let mut harness = everything_in(scope);
        let before = harness.screen();
        for pane in PaneId::ALL {
            for row in TABLE.iter().filter(|row| PaneId::of(row.scope) != Some(pane)) {
                let (pane, context) = harness.state.pane_mut(pane);
                assert!(pane.update(row.command, &context).is_none(), "{} in {}", row.id, scope.id());
            }
        }
        assert_eq!(harness.screen(), before, "{}", scope.id());
    }
}

#[test]
fn a_command_of_a_mode_does_nothing_outside_of_it() {
    let modes = [Scope::Help, Scope::Picker, Scope::Prompt, Scope::Selecting];
    for scope in [Scope::Articles, Scope::Reader, Scope::Entities, Scope::Bookmarks] {
        let start = everything_in(scope);
        for row in TABLE.iter().filter(|row| modes.contains(&row.scope)) {
            let mut harness = start.clone();
            let (before, mut effects) = (harness.saved.len(), Vec::new());
            harness.state.carry_out(row.command, &mut effects);
            assert!(effects.is_empty() && harness.saved.len() == before, "{} in {}", row.id, scope.id());
        }
    }
}
