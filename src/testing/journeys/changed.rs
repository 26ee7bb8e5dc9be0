//! Articles that were edited after passages in them were bookmarked: accepting the new words, reattaching bookmarks,
//! and their state afterwards.

use ratatui::style::Modifier;

use crate::bookmark::{AnchorState, Bookmark};
use crate::command::{Answer, BookmarkAnswer, DeskJob, Effect, PageJob};
use crate::config::ColorDepth;
use crate::panes::PaneId;
use crate::testing::Harness;

const OLD: &str = "Rates\n\nThe bank met on Monday in the old hall. Inflation fell for the third month in a row, the bank said. \
                   Nobody expected the vote to be close. The governor smiled at the reporters.\n";

/// Edits the article and opens it in a new run of the program; the keys `keep` save passages.
fn edited(keep: &str, edit: (&str, &str), depth: ColorDepth) -> Harness {
    let mut before = Harness::reading(120, 40, "rates.txt", OLD);
    before.keys(keep);
    before.again(120, 40, depth, vec![("rates.txt", &OLD.replace(edit.0, edit.1))])
}

const THIRD: (&str, &str) = ("third month", "fourth month");
const GONE: (&str, &str) = ("Inflation fell for the third month in a row, the bank said. ", "");

fn changed() -> Harness {
    let mut harness = edited("v j Enter", THIRD, ColorDepth::TrueColor);
    harness.deliver_all();
    harness
}

fn orphaned() -> Harness {
    let mut harness = edited("v j Enter g b e n o t e Enter t t a g Enter", GONE, ColorDepth::TrueColor);
    harness.deliver_all();
    harness
}

fn only(harness: &Harness) -> &Bookmark {
    harness.state.shared.shelf.iter().next().unwrap()
}

fn state(harness: &Harness) -> Option<AnchorState> {
    let id = only(harness).id();
    assert_eq!(harness.anchor_state(id), harness.state.shared.shelf.state(id), "it is kept");
    harness.state.shared.shelf.state(id)
}

#[test]
fn bookmarks_of_another_text_are_looked_for_elsewhere_and_once() {
    let mut harness = edited("v j Enter", THIRD, ColorDepth::TrueColor);
    while !harness.waiting().iter().any(|effect| matches!(effect, Effect::Page(PageJob::Locate { .. }))) {
        harness.deliver(0);
    }
    assert!(harness.state.reader.open().unwrap().marks.is_empty(), "the page does not wait");
    harness.keys_only("g b");
    harness.shows("looking for it");
    harness.deliver_all();
    harness.shows("now: Inflation");
    harness.effects();
    // Its words are known from now on, whatever else happens to it.
    harness.keys("3 ] a [ a g b");
    let again =
        harness.effects().into_iter().filter(|effect| matches!(effect, Effect::Page(PageJob::Locate { .. }))).count();
    assert_eq!(again, 0);
}

#[test]
fn an_answer_to_an_older_request_is_dropped() {
    let mut harness = edited("v j Enter", THIRD, ColorDepth::TrueColor);
    let locates = |harness: &Harness| {
        let numbers = harness.waiting().iter().enumerate();
        numbers
            .filter(|(_, effect)| matches!(effect, Effect::Page(PageJob::Locate { .. })))
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    while locates(&harness).is_empty() {
        harness.deliver(0);
    }
    // Something else happens to the shelf meanwhile: all that is missing is asked for again.
    harness.keys_only("v Enter");
    assert_eq!(locates(&harness).len(), 2);
    harness.deliver(locates(&harness)[0]);
    assert_eq!(harness.state.reader.open().unwrap().marks.len(), 1, "only the new one");
    harness.deliver(locates(&harness)[0]);
    assert_eq!(harness.state.reader.open().unwrap().marks.len(), 2);
}

#[test]
fn an_approximate_passage_is_dashed_without_colours_too() {
    for depth in [ColorDepth::TrueColor, ColorDepth::Mono] {
        let mut harness = edited("v j Enter", THIRD, depth);
        harness.deliver_all();
        let row = harness.row_of("Inflation fell").unwrap();
        let buffer = harness.buffer();
        let gutter = (0..120).find(|x| buffer[(*x, row)].symbol() == "≈");
        assert!(gutter.is_some(), "{}", harness.screen());
        let mut runs: Vec<(bool, usize)> = Vec::new();
        let line = harness.screen().lines().nth(usize::from(row)).unwrap().to_owned();
        let start = line.chars().take_while(|c| *c != 'I').count() as u16;
        for x in start..start + 20 {
            let underlined = buffer[(x, row)].modifier.contains(Modifier::UNDERLINED);
            match runs.last_mut() {
                Some((is, length)) if *is == underlined => *length += 1,
                _ => runs.push((underlined, 1)),
            }
        }
        assert!(runs.len() > 8 && runs.iter().all(|(_, length)| *length <= 2), "{runs:?}");
    }
}

#[test]
fn the_words_as_they_are_now_are_accepted_in_the_pane_and_taken_back() {
    let mut harness = changed();
    assert_eq!(state(&harness), Some(AnchorState::Approximate));
    harness.keys("g b");
    for words in ["was: Inflation fell", "[third]", "now: Inflation fell", "[fourth]", "≈ changed; a accepts"] {
        harness.shows(words);
    }
    harness.keys("a");
    assert!(harness.footer().contains("✓ Accepted the words as they are now. (undo: u)"), "{}", harness.footer());
    assert!(only(&harness).words().contains("fourth month"));
    let hash = harness.state.reader.open().unwrap().article.body.hash();
    assert_eq!(only(&harness).text_hash(), Some(hash));
    assert_eq!(state(&harness), Some(AnchorState::Anchored));
    harness.hides("was:");
    harness.keys("a");
    assert!(harness.footer().contains("This passage has not changed."), "{}", harness.footer());
    harness.keys("u");
    assert!(only(&harness).words().contains("third month"));
    assert_eq!(state(&harness), Some(AnchorState::Approximate));
    harness.shows("was:");
}

#[test]
fn enter_in_the_page_shows_a_card_and_enter_on_it_accepts() {
    let mut harness = changed();
    harness.keys("Enter");
    harness.shows("≈ This passage has changed");
    harness.shows("was: Inflation fell for the [third] month");
    harness.shows("now: Inflation fell for the [fourth] month");
    let mut other = harness.clone();
    harness.keys("Enter");
    assert!(only(&harness).words().contains("fourth month"));
    assert_eq!(harness.state.focus, PaneId::Reader);
    other.keys("Down Down Enter");
    assert_eq!(other.state.focus, PaneId::Bookmarks);
    assert!(only(&other).words().contains("third month"));
}

#[test]
fn the_card_closes_its_brackets_where_there_is_no_room_for_all_that_changed() {
    let old = "Ferries\n\nIn the north 28 of the old ferries were laid up for the winter, the harbour office said, and the \
        captains, who had kept them running for all of the years since the bridge was closed, went home to their \
        families on the islands, to the coast or to the capital, where some of them had not been for a decade or more, \
        as one of them told us in March.\n";
    let mut before = Harness::reading(60, 20, "ferries.txt", old);
    before.keys("v j Enter");
    let new = old.replace("28 of", "30 of").replace("March", "April");
    let mut harness = before.again(60, 20, ColorDepth::TrueColor, vec![("ferries.txt", &new)]);
    harness.deliver_all();
    harness.keys("Enter");
    for words in ["was: In the north [28 of", "March.]", "now: In the north [30 of", "April.]", "accept"] {
        harness.shows(words);
    }
}

#[test]
fn the_card_can_be_clicked_and_leads_to_other_words() {
    let mut harness = changed();
    harness.keys("Enter");
    let row = harness.row_of("select the words it belongs to").unwrap();
    harness.click(60, row);
    assert!(harness.footer().contains("Enter attaches it"), "{}", harness.footer());
    harness.keys("Esc");
    assert!(only(&harness).words().contains("third month"));
}

#[test]
fn an_orphan_keeps_its_words_and_is_attached_to_others() {
    let mut harness = orphaned();
    assert_eq!(state(&harness), Some(AnchorState::Orphan));
    let id = only(&harness).id();
    harness.keys("g B");
    harness.shows("? not found in the text");
    harness.shows("Inflation fell");
    harness.keys("r");
    assert_eq!(harness.state.focus, PaneId::Reader);
    assert!(harness.footer().contains("Enter attaches it, Esc leaves it as it was."), "{}", harness.footer());
    harness.keys("K");
    assert!(harness.footer().contains("Enter attach"), "{}", harness.footer());
    harness.hides("n note");
    harness.keys("3");
    assert!(harness.footer().contains("These words are for an existing bookmark"), "{}", harness.footer());
    harness.keys("Enter");
    assert!(harness.footer().contains("✓ Attached the bookmark to these words. (undo: u)"), "{}", harness.footer());
    let bookmark = only(&harness);
    assert!(OLD.contains(bookmark.words()) && !bookmark.words().contains("Inflation"), "{}", bookmark.words());
    assert_eq!((bookmark.id(), bookmark.note(), bookmark.tags().len()), (id, Some("note"), 1));
    assert_eq!(harness.state.shared.shelf.len(), 1);
    assert_eq!(state(&harness), Some(AnchorState::Anchored));
    harness.keys("u");
    assert!(only(&harness).words().starts_with("Inflation fell"));
    assert_eq!(state(&harness), Some(AnchorState::Orphan));
}

#[test]
fn leaving_attaches_nothing_and_the_next_selection_is_a_new_bookmark() {
    let mut harness = orphaned();
    harness.keys("g b r Esc");
    assert!(only(&harness).words().starts_with("Inflation fell"));
    harness.keys("g v Enter");
    assert_eq!(harness.state.shared.shelf.len(), 2);
}

#[test]
fn a_bookmark_of_an_article_that_is_not_open_is_attached_there() {
    let mut harness = orphaned();
    harness.put("other.txt", "Other\n\nWords.");
    harness.keys("h a");
    harness.type_path("other.txt");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Other");
    harness.keys("g B a");
    assert!(harness.footer().contains("Its words are not on the page"), "{}", harness.footer());
    harness.keys("r");
    assert_eq!(harness.on_page(), "Rates");
    harness.keys("Enter");
    assert_eq!(state(&harness), Some(AnchorState::Anchored));
}

#[test]
fn what_is_known_is_there_after_a_restart_before_any_article_is_read() {
    let before = orphaned();
    let mut harness = before.again(120, 40, ColorDepth::TrueColor, vec![("other.txt", "Other\n\nWords.")]);
    harness.deliver_all();
    harness.keys("g B");
    harness.shows("? not found in the text");
    assert_eq!(state(&harness), Some(AnchorState::Orphan));
}

#[test]
fn bookmarks_are_found_by_what_is_known_of_them_and_mistakes_get_a_hint() {
    let mut harness = changed();
    harness.keys("g B");
    for (filter, fits) in [
        ("state:≈", true),
        ("state:anchored", false),
        ("title:rates after:1d", true),
        ("before:2020", false),
        ("entity:inflation", true),
        ("entity:nobody", false),
    ] {
        harness.keys("/");
        harness.type_text(filter);
        assert_eq!(harness.screen().contains("All bookmarks 1"), fits, "{filter}: {}", harness.screen());
        harness.keys("Esc");
    }
    harness.keys("/");
    harness.type_text("after:soon x");
    harness.shows("“after:soon” at");
    harness.shows("All bookmarks 0");
    harness.hides("No bookmark matches");
    harness.keys("Enter x");
    assert!(harness.state.prompt.is_none(), "what is listed by a filter that means nothing is not exported");
    harness.keys("/ C-u Enter");
    harness.shows("All bookmarks 1");
}

#[test]
fn the_other_version_of_a_note_is_taken_and_given_back() {
    let mut harness = Harness::reading(120, 40, "rates.txt", OLD);
    harness.keys("v Enter g b e");
    let theirs = only(&harness)
        .with_note("their words", crate::bookmark::DeviceId::new("other").unwrap(), harness.state.shared.moment.now)
        .unwrap();
    harness.keys("v");
    assert!(harness.footer().starts_with("Note:"), "typed, not a command: {}", harness.footer());
    harness.keys("Backspace");
    harness.type_text("my words");
    harness.keys("Enter v");
    assert!(harness.footer().contains("Its note has no other version."), "{}", harness.footer());
    harness.send(crate::app::Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Changed {
        records: vec![theirs],
        notices: vec![],
    })));
    harness.shows("other version from");
    harness.keys("v");
    assert_eq!(only(&harness).note(), Some("their words"));
    harness.keys("u");
    assert_eq!(only(&harness).note(), Some("my words"));
}

#[test]
fn the_live_page_opens_at_the_passage() {
    let mut harness =
        Harness::reading(120, 40, "a.md", "---\nurl: https://example.com/a\n---\n# Rates\n\nThe bank met on Monday.\n");
    harness.keys("v Enter g b o");
    let opened = harness.effects().into_iter().find_map(|effect| match effect {
        Effect::Desk(DeskJob::OpenUrl(url)) => Some(url),
        _ => None,
    });
    assert_eq!(opened.as_deref(), Some("https://example.com/a#:~:text=The%20bank%20met%20on%20Monday."));
}

#[test]
fn tab_completes_tags_that_were_used_before() {
    let mut harness = Harness::reading(120, 40, "rates.txt", OLD);
    harness.keys("v Enter g b t");
    harness.type_text("housing hotels");
    harness.keys("Enter h v j Enter g b G t");
    harness.type_text("Ho");
    assert!(harness.footer().contains("Tab: hotels housing"), "{}", harness.footer());
    harness.keys("Tab");
    harness.type_text("hou");
    harness.keys("Tab Enter");
    assert_eq!(harness.last_saved().tags(), ["hotels", "housing"]);
    harness.keys("/");
    harness.type_text("#hot");
    harness.keys("Tab Tab Enter");
    harness.shows("Bookmarks 2 · #hotels");
}

#[test]
fn what_is_accepted_leaves_out_the_quotation_mark_after_it() {
    const SAID: &str = "Rates\n\nThe bank met on Monday in the old hall. She said: “Inflation fell for the third month in a row.” \
                        Nobody expected the vote to be close.\n";
    let mut before = Harness::reading(120, 40, "rates.txt", SAID);
    before.keys("/ I n f l a t i o n Enter v h");
    // The sentence without its quotation marks.
    before.keys("Enter");
    let words = before.last_saved().words().trim_matches(['“', '”']).to_owned();
    assert_eq!(before.last_saved().words(), words);
    let edited = SAID.replace(THIRD.0, THIRD.1);
    let mut harness = before.again(120, 40, ColorDepth::TrueColor, vec![("rates.txt", &edited)]);
    harness.deliver_all();
    harness.keys("g b a");
    assert_eq!(harness.last_saved().words(), words.replace(THIRD.0, THIRD.1));
}
