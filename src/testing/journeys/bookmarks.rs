//! The bookmarks pane: filtering, editing, undoing, and opening at the passage.

use crate::app::Msg;
use crate::bookmark::export::ExportFormat;
use crate::bookmark::{Bookmark, Color, Line, read_line};
use crate::command::event::TermEvent;
use crate::command::{Answer, BookmarkAnswer, DeskJob, Effect, TerminalAnswer, TerminalJob};
use crate::config::ColorDepth;
use crate::panes::PaneId;
use crate::testing::Harness;
use crate::ui::Meaning;

const RENTS: &str = "Rents slide\n\nRents fell in May. Nobody knows why. The minister smiled.\n";
const FERRY: &str = "The ferry\n\nThe ferry sailed late. The gulls did not mind.\n";

/// Two articles, a bookmark in each; the page shows the second.
fn kept() -> Harness {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    harness.start(vec![("rents.txt", RENTS), ("ferry.txt", FERRY)]);
    harness.deliver_all();
    harness.keys("v Enter ] a v Enter");
    harness.effects();
    harness
}

fn shelf(harness: &Harness) -> Vec<&Bookmark> {
    harness.state.shared.shelf.iter().collect()
}

#[test]
fn this_articles_bookmarks_and_those_of_all() {
    let mut harness = kept();
    harness.keys("g b");
    assert_eq!(harness.state.focus, PaneId::Bookmarks);
    harness.shows("Bookmarks 1");
    harness.keys("g B");
    harness.shows("All bookmarks 2");
    harness.shows("Rents fell in May.");
    harness.keys("q");
    assert_eq!(harness.state.focus, PaneId::Reader);
}

#[test]
fn a_bookmark_opens_its_article_at_the_passage() {
    let mut harness = kept();
    assert_eq!(harness.on_page(), "The ferry");
    harness.keys("g B");
    // The newest comes first.
    harness.keys("j Enter");
    assert_eq!(harness.on_page(), "Rents slide");
    assert_eq!(harness.state.focus, PaneId::Reader);
    harness.keys("v");
    assert!(harness.footer().starts_with(" 1 sentence · 4 words"), "{}", harness.footer());
}

#[test]
fn enter_in_the_page_shows_the_bookmark_in_view_and_brackets_walk_them() {
    let mut harness = Harness::reading(120, 12, "walk.txt", &super::long_text());
    harness.keys("v Enter G v Enter g g");
    assert_eq!(shelf(&harness).len(), 2);
    harness.keys("] b");
    assert_eq!(super::top(&harness), 0, "the first bookmark is in the first line");
    harness.keys("] b");
    assert!(super::top(&harness) > 100);
    harness.keys("[ b");
    assert_eq!(super::top(&harness), 0);
    harness.keys("Enter");
    assert_eq!(harness.state.focus, PaneId::Bookmarks);
    harness.shows("The long walk");
    harness.keys("h Space Space Enter");
    assert!(harness.footer().contains("No bookmark is in view"), "{}", harness.footer());
}

#[test]
fn filters_take_words_tags_and_colours() {
    let mut harness = kept();
    harness.keys("g B t");
    harness.type_text("sea #boats");
    harness.keys("Enter 3");
    for (filter, ferry, rents) in [
        ("sailed", true, false),
        ("#boa", true, false),
        ("color:blue", true, false),
        ("color:yellow", false, true),
        ("RENTS", false, true),
        ("zzz", false, false),
    ] {
        harness.keys("/");
        harness.type_text(filter);
        let pane: String =
            harness.screen().lines().map(|row| row.chars().skip(90).collect::<String>() + "\n").collect();
        assert_eq!(pane.contains("The ferry sailed"), ferry, "{filter}: {pane}");
        assert_eq!(pane.contains("Rents fell"), rents, "{filter}: {pane}");
        harness.keys("Esc");
    }
    harness.shows("All bookmarks 2");
}

#[test]
fn notes_tags_and_colours_are_edited_and_taken_back() {
    let mut harness = kept();
    harness.keys("g b e");
    harness.type_text("ask the captain");
    harness.keys("Enter");
    harness.shows("— ask the captain");
    assert!(harness.footer().contains("✓ Saved the note. (undo: u)"), "{}", harness.footer());
    harness.keys("t");
    harness.type_text("sea,#boats");
    harness.keys("Enter");
    harness.shows("#boats #sea");
    harness.keys("5");
    assert_eq!(harness.last_saved().color(), &Color::Orange);
    harness.keys("u");
    assert_eq!(harness.last_saved().color(), &Color::Yellow);
    harness.keys("u u");
    harness.hides("ask the captain");
    harness.hides("#sea");
    harness.keys("C-r");
    harness.shows("— ask the captain");
    for (key, color) in [
        ("1", Color::Yellow),
        ("2", Color::Green),
        ("3", Color::Blue),
        ("4", Color::Pink),
        ("5", Color::Orange),
        ("6", Color::Purple),
    ] {
        harness.keys(key);
        assert_eq!(harness.last_saved().color(), &color);
    }
}

#[test]
fn leaving_the_note_as_it_was_writes_nothing() {
    let mut harness = kept();
    let before = harness.saved.len();
    harness.keys("g b e Enter e Esc t Enter");
    assert_eq!(harness.saved.len(), before);
}

#[test]
fn the_note_can_be_written_in_an_editor() {
    let mut harness = kept();
    harness.keys("g b E");
    let effects = harness.effects();
    let Some(Effect::Terminal(TerminalJob::EditNote { id, .. })) =
        effects.iter().find(|effect| matches!(effect, Effect::Terminal(TerminalJob::EditNote { .. })))
    else {
        panic!("{effects:?}");
    };
    harness
        .send(Msg::Answer(Answer::Terminal(TerminalAnswer::NoteEdited { id: *id, note: "from\nthe editor\n".into() })));
    harness.deliver_all();
    assert_eq!(harness.last_saved().note(), Some("from\nthe editor"));
}

#[test]
fn deleting_is_undone_and_done_again() {
    let mut harness = kept();
    harness.keys("g b d");
    harness.shows("No bookmarks in this");
    assert!(harness.footer().contains("✓ Deleted the bookmark. (undo: u)"), "{}", harness.footer());
    assert_eq!(harness.words_in(Meaning::Passage(&Color::Yellow)), "");
    harness.keys("u");
    harness.shows("Bookmarks 1");
    assert!(harness.words_in(Meaning::Passage(&Color::Yellow)).contains("The ferry sailed late."));
    harness.keys("C-r");
    assert_eq!(shelf(&harness).len(), 1);
}

/// The program restarted on the log that another run wrote.
fn restarted(before: &Harness) -> Harness {
    let mut harness = before.again(120, 40, ColorDepth::TrueColor, vec![("ferry.txt", FERRY)]);
    harness.deliver_all();
    harness
}

#[test]
fn what_was_done_before_a_restart_is_undone_and_done_again_after_it() {
    let mut harness = kept();
    harness.keys("g b 3 d");
    let mut harness = restarted(&harness);
    harness.keys("u");
    assert!(harness.footer().contains("✓ Undone: deleted the bookmark"), "{}", harness.footer());
    let color = |harness: &Harness| shelf(harness).last().map(|bookmark| bookmark.color().clone());
    assert_eq!(color(&harness), Some(Color::ALL[2].clone()));
    harness.keys("u");
    assert!(harness.footer().contains("✓ Undone: changed the colour"), "{}", harness.footer());
    assert_eq!(color(&harness), Some(Color::Yellow));
    harness.keys("C-r");
    assert_eq!(color(&harness), Some(Color::ALL[2].clone()));
    harness.keys("u u u");
    assert!(shelf(&harness).is_empty());
    harness.keys("u");
    assert!(harness.footer().contains("Nothing to undo."), "{}", harness.footer());
}

#[test]
fn the_passage_is_copied_with_and_without_its_source() {
    let mut harness = kept();
    harness.keys("g b y");
    assert_eq!(harness.copied(), Some("The ferry sailed late."));
    harness.keys("Y");
    assert_eq!(harness.copied(), Some("“The ferry sailed late.” — The ferry"));
    harness.keys("o");
    assert!(harness.footer().contains("This article has no web address."));
}

#[test]
fn what_is_listed_is_exported_to_the_file_that_is_typed() {
    let mut harness = kept();
    let exported = |harness: &mut Harness| {
        harness.effects().into_iter().find_map(|effect| match effect {
            Effect::Desk(DeskJob::Export { file, bookmarks }) => Some((file, bookmarks.len())),
            _ => None,
        })
    };
    harness.keys("g b x");
    harness.shows(&format!("Export these to ({}): ~/bookmarks.md", ExportFormat::EXTENSIONS));
    harness.keys("Enter");
    assert_eq!(exported(&mut harness), Some(("~/bookmarks.md".to_owned(), 1)));
    harness.keys("g B x C-u");
    harness.type_text("/tmp/all.json");
    harness.keys("Enter");
    assert_eq!(exported(&mut harness), Some(("/tmp/all.json".to_owned(), 2)));
    harness.keys("x C-u Enter x Esc");
    assert_eq!(exported(&mut harness), None);
}

#[test]
fn a_narrow_prompt_says_in_a_word_what_is_asked() {
    for (columns, asked) in [(80, "Export to: ~/bookmarks.md"), (60, "Export to: "), (40, "Export to: ")] {
        let mut harness = kept();
        harness.send(Msg::Event(TermEvent::Resize(columns, 24)));
        harness.keys("g b x");
        assert!(harness.footer().contains(asked), "{columns}: {}", harness.footer());
    }
}

#[test]
fn the_same_passage_again_is_no_second_bookmark() {
    let mut harness = kept();
    let lines = harness.saved.len();
    harness.keys("g v Enter");
    assert!(harness.footer().contains("This passage is bookmarked already."), "{}", harness.footer());
    assert_eq!(harness.saved.len(), lines);
    harness.keys("g v 4");
    assert_eq!((shelf(&harness).len(), harness.last_saved().color()), (2, &Color::Pink));
    harness.keys("g v n");
    assert!(harness.footer().starts_with("Note:"));
}

#[test]
fn a_place_is_kept_without_words() {
    let mut harness = kept();
    harness.keys("b");
    harness.shows("◆");
    harness.keys("g b");
    harness.shows("at: The ferry");
    let number = shelf(&harness).len();
    harness.keys("h b");
    assert!(harness.footer().contains("This place is bookmarked already."), "{}", harness.footer());
    assert_eq!(shelf(&harness).len(), number);
}

#[test]
fn the_cursor_stays_on_its_bookmark_when_the_filter_goes() {
    let mut harness = kept();
    harness.keys("g B j /");
    harness.type_text("rents");
    harness.keys("Enter Esc");
    harness.shows("All bookmarks 2");
    assert!(harness.words_in(Meaning::Cursor).contains("Rents fell"), "{}", harness.screen());
}

#[test]
fn this_articles_bookmarks_begin_at_the_one_in_view() {
    let mut harness = Harness::reading(120, 34, "walk.txt", &super::long_text());
    harness.keys("v Enter G v Enter g b");
    assert!(harness.words_in(Meaning::Cursor).contains("The mark is") || shelf(&harness).len() == 2);
    let last = harness.words_in(Meaning::Cursor);
    harness.keys("h g g g b");
    assert_ne!(harness.words_in(Meaning::Cursor), last);
    assert!(harness.words_in(Meaning::Cursor).contains("Paragraph 1 begins"), "{}", harness.screen());
}

#[test]
fn words_that_have_changed_are_shown_beside_those_that_were_kept() {
    let old = "Rates\n\nThe bank met on Monday in the old hall. Inflation fell for the third month in a row, the bank said. \
               Nobody expected the vote to be close.\n";
    let mut harness = Harness::reading(120, 40, "rates.txt", old);
    harness.keys("v j Enter");
    assert!(harness.last_saved().words().starts_with("Inflation fell"), "{}", harness.last_saved().words());
    harness.put("other.txt", "Other\n\nWords.");
    harness.put("rates.txt", &old.replace("third month", "fourth month"));
    harness.keys("h a");
    harness.type_path("other.txt");
    harness.keys("Enter g B Enter g b");
    harness.shows("now: Inflation");
    assert!(harness.screen().matches('≈').count() >= 3, "{}", harness.screen());
}

#[test]
fn a_note_of_several_lines_stays_so() {
    let mut harness = kept();
    harness.keys("g b");
    let id = harness.last_saved().id();
    harness.send(Msg::Answer(Answer::Terminal(TerminalAnswer::NoteEdited { id, note: "first\nsecond".into() })));
    harness.deliver_all();
    harness.shows("first ⏎ second");
    let before = harness.saved.len();
    harness.keys("e");
    assert!(harness.footer().contains("first⏎second"), "{}", harness.footer());
    harness.keys("Enter");
    assert_eq!(harness.saved.len(), before);
    harness.keys("e x Enter");
    assert_eq!(harness.last_saved().note(), Some("first\nsecondx"));
}

#[test]
fn a_tag_is_added_to_those_there_are() {
    let mut harness = kept();
    for tag in ["sea", "boats"] {
        harness.keys("g b t");
        harness.type_text(tag);
        harness.keys("Enter");
    }
    assert_eq!(harness.last_saved().tags().len(), 2);
}

#[test]
fn words_that_are_gone_stay_on_the_shelf() {
    let mut harness = kept();
    harness.put("rents.txt", "Rents slide\n\nEverything was written anew.\n");
    harness.keys("g B G Enter");
    assert!(harness.footer().contains("The passage is not in the text as it is now"), "{}", harness.footer());
    harness.keys("g b");
    harness.shows("Rents fell in May.");
    harness.shows("not found in the text");
}

#[test]
fn a_failed_save_keeps_the_passage_for_now_and_says_so() {
    let mut harness = kept();
    harness.fail_next_save = true;
    harness.keys("g b d");
    assert!(harness.footer().contains("! The bookmark is NOT saved: cannot"), "{}", harness.footer());
}

#[test]
fn what_a_newer_version_wrote_is_shown_and_cannot_be_changed() {
    let mut harness = kept();
    let newer = harness.last_saved().to_line().replace(r#""v":1"#, r#""v":9"#);
    let Line::Record(newer) = read_line::<Bookmark>(newer.as_bytes()) else { panic!("{newer}") };
    assert!(newer.is_read_only());
    harness.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Changed { records: vec![*newer], notices: vec![] })));
    harness.keys("g b");
    harness.shows("written by a newer");
    let before = harness.saved.len();
    for key in ["d", "3"] {
        harness.keys(key);
        assert!(harness.footer().contains("! Not changed"), "{key}: {}", harness.footer());
    }
    harness.keys("e x Enter");
    assert_eq!(harness.saved.len(), before);
    // New bookmarks are saved all the same.
    harness.keys("h G v Enter g b");
    assert!(harness.saved.len() > before || harness.state.shared.shelf.len() == 2);
}

#[test]
fn bookmarks_of_other_programs_appear() {
    let harness = kept();
    let other = harness.saved[0].clone();
    let mut fresh = Harness::bare(120, 40, ColorDepth::TrueColor);
    fresh.start(vec![("rents.txt", RENTS)]);
    fresh.deliver_all();
    fresh.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Changed {
        records: vec![other],
        notices: vec![crate::command::Notice::error("One line is torn.")],
    })));
    assert!(fresh.words_in(Meaning::Passage(&Color::Yellow)).contains("Rents fell in May."));
    assert!(fresh.footer().contains("! One line is torn."));
}

#[test]
fn the_list_shows_how_many_an_article_has() {
    let harness = kept();
    let row = harness.row_of("Rents slide").map(usize::from).unwrap();
    let facts: String = harness.screen().lines().skip(row).take(2).collect();
    assert!(facts.contains("▌1"), "{facts}");
}
