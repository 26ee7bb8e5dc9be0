//! Turning pages, keeping the place, and showing progress.

use proptest::prelude::*;

use super::{MARKED_UP, long, long_text, top};
use crate::article::SourceId;
use crate::command::{DeskJob, Effect, LibraryJob, SourceJob};
use crate::testing::Harness;

#[test]
fn keys_move_the_page_by_what_they_say() {
    let mut harness = long();
    let rows = harness.state.reader.open().unwrap().rows();
    for (keys, lines) in [
        ("j", 1),
        ("Down", 1),
        ("k", -1),
        ("Up", -1),
        ("Space", rows as isize - 2),
        ("PgDn", rows as isize - 2),
        ("C-f", rows as isize - 2),
        ("PgUp", 2 - rows as isize),
        ("C-b", 2 - rows as isize),
        ("C-d", (rows / 2) as isize),
        ("C-u", -((rows / 2) as isize)),
    ] {
        let before = top(&harness);
        harness.keys(keys);
        assert_eq!(top(&harness) as isize - before as isize, lines, "{keys}");
    }
    for (keys, at_end) in [("G", true), ("g g", false), ("End", true), ("Home", false)] {
        harness.keys(keys);
        assert_eq!(harness.state.reader.open().unwrap().at_end(), at_end, "{keys}");
        assert_eq!(top(&harness) == 0, !at_end, "{keys}");
    }
}

#[test]
fn the_end_shows_exactly_the_last_line_at_the_bottom() {
    let mut harness = long();
    harness.hides("The very last line.");
    harness.keys("End");
    // The row above the footer.
    assert_eq!(harness.row_of("The very last line."), Some(32), "{}", harness.screen());
    let there = harness.screen();
    harness.keys("j Space C-d }");
    assert_eq!(harness.screen(), there, "there is nothing after the end");
    harness.keys("Home k { PgUp");
    assert_eq!(top(&harness), 0);
    harness.shows("The long walk");
}

#[test]
fn every_line_can_be_the_first_even_a_blank_one() {
    let mut harness = long();
    let lines = harness.state.reader.open().unwrap().page().lines.len();
    for line in 1..40 {
        harness.keys("j");
        assert_eq!(top(&harness), line);
    }
    for line in (0..39).rev() {
        harness.keys("k");
        assert_eq!(top(&harness), line);
    }
    assert!(lines > 100);
}

#[test]
fn notes_of_links_at_the_end_are_reached_however_many() {
    let links: Vec<String> =
        (1..=80).map(|number| format!("[link{number}](https://example.com/{number}) and words.")).collect();
    let links = links.join(" ");
    let mut harness = Harness::reading(100, 20, "links.md", &format!("# Links\n\n{links}\n"));
    harness.keys("G");
    harness.shows("https://example.com/80");
    let end = top(&harness);
    harness.keys("k k j");
    assert_eq!(top(&harness), end - 1);
    harness.resize(60, 12);
    harness.keys("G");
    harness.shows("https://example.com/80");
}

#[test]
fn braces_go_from_paragraph_to_paragraph() {
    let mut harness = long();
    harness.keys("} }");
    assert!(harness.screen().lines().nth(2).unwrap().contains("Paragraph 2 begins"), "{}", harness.screen());
    harness.keys("}");
    assert!(harness.screen().lines().nth(2).unwrap().contains("Paragraph 3 begins"));
    harness.keys("{");
    assert!(harness.screen().lines().nth(2).unwrap().contains("Paragraph 2 begins"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_storm_of_sizes_and_back_loses_no_line(
        moves in prop::collection::vec(prop::sample::select(vec!["Space", "j", "}", "C-d", "k"]), 0..20),
        sizes in prop::collection::vec((0u16..200, 0u16..60), 1..30),
    ) {
        let mut harness = long();
        // The end is seen first: a tall window may show it later, and mark the article as read.
        harness.keys("G g g");
        for keys in moves {
            harness.keys(keys);
        }
        let (place, pin) = (harness.screen(), harness.state.reader.open().unwrap().pin());
        harness.effects();
        for (width, height) in sizes {
            harness.resize(width, height);
            let open = harness.state.reader.open().unwrap();
            prop_assert_eq!(open.pin(), pin);
            // What is pinned is in view at every size that shows a page.
            if width >= 20 && height >= 8 && pin.byte > 0 {
                let view = open.in_view();
                prop_assert!(view.contains(pin.byte), "{:?} not in {:?}", pin, view);
            }
        }
        harness.resize(120, 34);
        prop_assert_eq!(harness.screen(), place);
        let moved = harness.effects().iter().any(|effect| matches!(effect, Effect::Library(LibraryJob::SetPosition { .. })));
        prop_assert!(!moved);
    }
}

#[test]
fn the_place_is_kept_for_each_article() {
    let mut harness = Harness::bare(120, 34, crate::config::ColorDepth::TrueColor);
    harness.start(vec![("walk.txt", &long_text()), ("other.txt", &long_text().replace("long", "short"))]);
    harness.deliver_all();
    harness.keys("Space Space");
    let first = harness.state.reader.open().unwrap().pin().byte;
    harness.keys("] a G");
    assert_eq!(harness.on_page(), "The short walk");
    harness.keys("[ a");
    assert_eq!(harness.state.reader.open().unwrap().pin().byte, first);
    harness.keys("] a");
    assert!(harness.state.reader.open().unwrap().at_end());
    let kept = harness.effects().into_iter().filter_map(|effect| match effect {
        Effect::Library(LibraryJob::SetPosition { id, .. }) => Some(id),
        _ => None,
    });
    let walked: Vec<SourceId> = kept.collect();
    assert_eq!(walked.len(), 3, "one for every move of the reader, none for opening: {walked:?}");
}

#[test]
fn the_measure_narrows_and_widens_within_its_bounds() {
    let mut harness = long();
    harness.keys("z <");
    harness.shows("The page is 62 columns wide");
    assert_eq!(harness.state.reader.open().unwrap().page().measure, 62);
    for _ in 0..60 {
        harness.keys("<");
    }
    harness.shows("The page is 20 columns wide");
    for _ in 0..90 {
        harness.keys(">");
    }
    harness.shows("The page is 200 columns wide");
    assert_eq!(harness.state.reader.open().unwrap().page().measure, 116, "as wide as there is room");
}

#[test]
fn the_outline_leads_to_headings() {
    let mut harness = Harness::reading(100, 12, "bridges.md", MARKED_UP);
    harness.keys("g o");
    harness.shows("Outline");
    harness.shows("Steel");
    harness.type_text("woo");
    harness.hides("Steel is heavy");
    harness.keys("Enter");
    harness.hides("Outline");
    harness.shows("Wood floats.");
    // Nothing to list is said, not shown.
    let mut plain =
        Harness::reading(100, 30, "plain.txt", "only words, and no headline at all, just a line that goes on.");
    plain.keys("g o");
    assert!(plain.footer().contains("no headings") || plain.screen().contains("Outline"));
}

#[test]
fn a_label_follows_a_link() {
    let mut harness = Harness::reading(100, 30, "bridges.md", MARKED_UP);
    harness.keys("f");
    harness.effects();
    assert!(harness.footer().contains("Type a letter"), "{}", harness.footer());
    harness.keys_only("s");
    let effects = harness.effects();
    let opens = |effect: &Effect| matches!(effect, Effect::Sources(SourceJob::Open { id, .. }) if id.as_str() == "https://example.com/map");
    assert!(effects.iter().any(opens), "{effects:?}");
    harness.lose_waiting();
    harness.keys("f Esc");
    assert!(!harness.footer().contains("Type a letter"));
    let mut plain = long();
    plain.keys("f");
    assert!(plain.footer().contains("There is no link in view."));
}

#[test]
fn zen_shows_the_page_alone_and_q_brings_the_panes_back() {
    let mut harness = long();
    harness.shows("Articles");
    harness.keys("z");
    harness.hides("Articles");
    harness.hides("Entities");
    harness.keys("q");
    harness.shows("Articles");
    assert!(!harness.state.quitting);
    harness.keys("z z");
    harness.shows("Entities");
    // Going to another pane ends it too, or the focus would be out of sight.
    harness.keys("z Tab");
    harness.shows("Entities");
}

#[test]
fn the_title_tells_how_far_the_reader_is() {
    let mut harness = long();
    let title = |harness: &Harness| harness.screen().lines().next().unwrap().to_owned();
    assert!(title(&harness).contains(" % · "), "{}", title(&harness));
    assert!(title(&harness).contains("min left"));
    harness.keys("G");
    assert!(title(&harness).contains("100 % · end"), "{}", title(&harness));
    harness.keys("g g");
    assert!(!title(&harness).contains("end"));
}

#[test]
fn the_percentage_is_what_was_read() {
    let percent = |harness: &Harness| {
        let screen = harness.screen();
        let words: Vec<&str> = screen.lines().next().unwrap().split_whitespace().collect();
        let at = words.iter().position(|word| *word == "%").unwrap();
        words[at - 1].parse::<u32>().unwrap()
    };
    for (width, height) in [(120, 34), (160, 60), (60, 20)] {
        let mut harness = long();
        harness.resize(width, height);
        assert_eq!(percent(&harness), 0, "nothing was read at the top of {width}×{height}");
        harness.shows("min left");
        let (mut before, mut last) = (0, 0);
        while !harness.state.reader.open().unwrap().at_end() {
            harness.keys("j");
            let now = percent(&harness);
            assert!(now >= before, "it never falls");
            (last, before) = (before, now);
        }
        assert_eq!(percent(&harness), 100);
        assert!(last < 100, "the end was not seen yet");
    }
    let short = Harness::reading(120, 34, "short.txt", "Short\n\nAll of it is in view.\n");
    assert_eq!(percent(&short), 100);
    short.shows("100 % · end");
}

#[test]
fn the_reference_is_copied_and_a_page_without_address_says_so() {
    let mut harness = long();
    harness.keys("y");
    let copied = format!("The long walk\n{}", harness.path("walk.txt").display());
    assert_eq!(harness.copied(), Some(copied.as_str()));
    harness.keys("o");
    assert!(harness.footer().contains("This article has no web address."));
    let mut web =
        Harness::reading(100, 30, "a.md", "---\ntitle: Rain\nurl: https://example.com/rain\n---\n\nIt rained.\n");
    web.effects();
    web.keys("o");
    let effects = web.effects();
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Desk(DeskJob::OpenUrl(url)) if url == "https://example.com/rain"))
    );
}

#[test]
fn an_article_too_long_for_one_line_is_reached_to_its_end_at_the_smallest_size() {
    let mut harness = long();
    harness.resize(20, 5);
    harness.keys("G");
    harness.shows("line.");
    harness.keys("g g");
    harness.shows("The long walk");
    harness.resize(19, 5);
    assert_eq!(harness.screen().trim(), "dateline needs 20×5");
}

#[test]
fn the_first_page_of_a_first_run_stays_as_it_is_when_the_library_has_looked() {
    let mut harness = Harness::bare(100, 30, crate::config::ColorDepth::TrueColor);
    harness.state.preview(crate::runtime::edition::first_page().unwrap());
    harness.shows("Ilse Verhagen");
    // A key that comes before the shelf does is not lost, and finds everything there.
    harness.state.set_focus(crate::panes::PaneId::Reader);
    harness.keys("Space");
    assert_eq!(super::top(&harness), 0);
    harness.start(Vec::new());
    harness.deliver_opening();
    assert!(super::top(&harness) > 0);
    let top = super::top(&harness);
    harness.deliver_all();
    assert_eq!(super::top(&harness), top);
    // Its names are found all the same.
    assert!(harness.state.reader.open().unwrap().analysed);
}

#[test]
fn marks_made_on_the_first_page_before_the_library_has_looked_are_kept() {
    let mut harness = Harness::bare(100, 30, crate::config::ColorDepth::TrueColor);
    harness.state.preview(crate::runtime::edition::first_page().unwrap());
    harness.keys_only("s G");
    harness.start(Vec::new());
    harness.deliver_all();
    let first = harness.listed().swap_remove(0);
    assert!(first.is_starred() && first.is_read(), "{first:?}");
}

#[test]
fn passages_kept_by_keys_that_came_before_the_shelf_are_bookmarks_of_their_own() {
    let mut harness = Harness::bare(100, 30, crate::config::ColorDepth::TrueColor);
    harness.state.preview(crate::runtime::edition::first_page().unwrap());
    harness.state.set_focus(crate::panes::PaneId::Reader);
    harness.keys_only("v j Enter v j j Enter b");
    harness.start(Vec::new());
    harness.deliver_all();
    let shelf = &harness.state.shared.shelf;
    let mut words: Vec<&str> = shelf.iter().map(crate::bookmark::Bookmark::words).collect();
    assert_eq!((words.len(), harness.saved.len()), (3, 3), "{words:?}");
    words.dedup();
    assert_eq!(words.len(), 3);
    harness.keys("u");
    assert_eq!(harness.state.shared.shelf.len(), 2);
}

#[test]
fn a_first_run_can_be_left_before_the_library_has_looked() {
    for (keys, leaves) in [("C-c", true), ("q", true), ("j j C-c", true), ("? q", false), ("j", false)] {
        let mut harness = Harness::bare(100, 30, crate::config::ColorDepth::TrueColor);
        harness.state.preview(crate::runtime::edition::first_page().unwrap());
        harness.keys(keys);
        assert_eq!(harness.state.quitting, leaves, "{keys}");
        harness.start(Vec::new());
        assert_eq!(harness.state.quitting, leaves, "{keys}");
    }
}

#[test]
fn a_file_is_read_again_in_an_encoding_that_was_chosen() {
    let mut harness = Harness::reading(100, 20, "old.txt", "The harbour\n\nAn old t├╝r, said the mayor of the town.\n");
    harness.put("other.txt", "Another one\n\nIt has a few words, too, and they are plain ones.\n");
    let length = harness.body_of("old.txt").len();
    harness.keys("g e");
    harness.shows("Read in another encoding");
    harness.shows("Western Europe, old DOS");
    harness.type_text("later dos");
    harness.keys("Enter");
    harness.hides("Read in another encoding");
    harness.hides("t├╝r");
    let words = harness.state.reader.open().unwrap().article.body.as_str().to_owned();
    assert!(words.len() > length && words.starts_with("The harbour"), "{words}");
    // It holds while the program runs, and in the library.
    harness.keys("h a");
    harness.type_path("other.txt");
    harness.keys("Enter");
    harness.shows("Another one");
    harness.keys("C-o");
    assert_eq!(harness.state.reader.open().unwrap().article.body.as_str(), words);
    harness.keys("g e");
    harness.type_text("utf-8");
    harness.keys("Enter");
    harness.shows("t├╝r");
}

#[test]
fn what_is_no_file_cannot_be_read_in_another_encoding() {
    let mut harness = Harness::edition(100, 20);
    harness.keys("g e");
    harness.shows("Only a file can be read again");
}
