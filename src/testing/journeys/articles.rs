//! The list of articles: opening, marking, searching, and moving through it from the page.

use super::long_text;
use crate::command::{Answer, Effect, LibraryJob, ListAnswer, ListJob, SourceJob};
use crate::config::ColorDepth;
use crate::mark::MarkChange;
use crate::panes::Pane as _;
use crate::panes::PaneId;
use crate::query::Window;
use crate::testing::Harness;
use crate::ui::Meaning;

/// Three short files and a long one; the first is on the page.
fn list() -> Harness {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    let long = long_text();
    harness.start(vec![
        ("walk.txt", &long),
        ("alpha.txt", "Alpha rises\n\nBy Ann Reed\n\nThe alpha came. It went."),
        ("beta.txt", "Beta falls\n\nThe beta came. It went."),
        ("gamma.txt", "Gamma stays\n\nThe gamma came. It went."),
    ]);
    harness.deliver_all();
    harness.effects();
    harness
}

/// The same, where Alpha can neither be read again nor has the library its words.
fn unreadable() -> Harness {
    let mut harness = list();
    harness.delete("alpha.txt");
    harness.lose_words("alpha.txt");
    harness
}

fn is_read(harness: &Harness, file: &str) -> bool {
    harness.listed_file(file).unwrap().is_read()
}

#[test]
fn enter_opens_what_is_under_the_cursor() {
    let mut harness = list();
    assert_eq!(harness.on_page(), "The long walk");
    harness.keys("h j j Enter");
    assert_eq!(harness.on_page(), "Beta falls");
    assert_eq!(harness.state.focus, PaneId::Reader);
    harness.keys("q");
    assert_eq!(harness.state.focus, PaneId::Articles, "back to the list it was opened from");
    harness.keys("q");
    assert!(harness.state.quitting);
}

#[test]
fn the_list_has_the_keys_of_a_list() {
    let mut harness = Harness::edition(120, 24);
    let rows = harness.state.articles.title(80);
    assert!(rows.starts_with("Articles"));
    harness.keys("h");
    for (keys, title) in [
        ("G", "last"),
        ("g g", "first"),
        ("End", "last"),
        ("Home", "first"),
        ("C-d C-u", "first"),
        ("PgDn PgUp", "first"),
        ("G j", "last"),
        ("k G", "last"),
    ] {
        harness.keys(keys);
        harness.keys("Enter");
        let listed = harness.listed();
        let wanted = if title == "last" { listed.last() } else { listed.first() };
        assert_eq!(harness.on_page(), wanted.unwrap().title, "{keys}");
        harness.keys("h");
    }
}

#[test]
fn an_article_is_read_when_its_end_was_seen_and_not_before() {
    let mut harness = list();
    assert!(!is_read(&harness, "walk.txt"));
    harness.keys("Space Space");
    assert!(!is_read(&harness, "walk.txt"));
    harness.keys("G");
    assert!(is_read(&harness, "walk.txt"));
    let marks = harness
        .effects()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Library(LibraryJob::Mark { change: MarkChange::Read(true), .. })))
        .count();
    assert_eq!(marks, 1);
    // Marked unread on purpose it stays so, as long as it is on the page.
    harness.keys("r k G");
    assert!(!is_read(&harness, "walk.txt"));
}

#[test]
fn moving_the_cursor_over_an_article_does_not_read_it() {
    let mut harness = list();
    harness.keys("h j j k j");
    assert!(["alpha.txt", "beta.txt", "gamma.txt"].iter().all(|file| !is_read(&harness, file)));
}

#[test]
fn marks_are_made_and_taken_back() {
    let mut harness = list();
    harness.keys("h j r");
    assert!(is_read(&harness, "alpha.txt"));
    assert!(harness.footer().contains("✓ Marked “Alpha rises” as read. (undo: u)"), "{}", harness.footer());
    harness.keys("u");
    assert!(!is_read(&harness, "alpha.txt"));
    assert!(harness.footer().contains("(redo: C-r)"), "{}", harness.footer());
    harness.keys("C-r");
    assert!(is_read(&harness, "alpha.txt"));
    harness.keys("s");
    harness.shows("★");
    harness.keys("u");
    harness.hides("★");
    harness.keys("A");
    assert!(["walk.txt", "alpha.txt", "beta.txt", "gamma.txt"].iter().all(|file| is_read(&harness, file)));
    harness.keys("u");
    assert!(is_read(&harness, "alpha.txt"), "it was read before");
    assert!(!is_read(&harness, "beta.txt"));
    harness.keys("C-r A");
    assert!(harness.footer().contains("Every listed article is read."), "{}", harness.footer());
    assert!(harness.listed().iter().all(crate::article::Entry::is_read), "those of the edition, too");
}

#[test]
fn read_and_starred_marks_are_there_again_when_the_article_is_opened_again() {
    let mut harness = list();
    harness.keys("G s ] a [ a");
    assert!(is_read(&harness, "walk.txt"));
    harness.shows("★");
}

#[test]
fn brackets_go_through_the_list_from_the_page() {
    let mut harness = list();
    harness.keys("] a");
    assert_eq!(harness.on_page(), "Alpha rises");
    harness.keys("] a");
    assert_eq!(harness.on_page(), "Beta falls");
    harness.keys("[ a");
    assert_eq!(harness.on_page(), "Alpha rises");
    // Alpha and Beta are short: their ends were seen, so they are read.
    harness.keys("] u");
    assert_eq!(harness.on_page(), "Gamma stays");
    harness.keys("[ u");
    assert_eq!(harness.on_page(), "The long walk");
    harness.keys("[ a");
    assert!(harness.footer().contains("There is no article above this one in the list."), "{}", harness.footer());
    harness.keys("[ u");
    assert!(harness.footer().contains("There is no unread article above"));
}

#[test]
fn the_history_goes_back_and_forward() {
    let mut harness = list();
    harness.keys("] a ] a C-o");
    assert_eq!(harness.on_page(), "Alpha rises");
    harness.keys("C-o");
    assert_eq!(harness.on_page(), "The long walk");
    harness.keys("C-o");
    assert!(harness.footer().contains("The reading history ends here."));
    harness.keys("L L");
    assert_eq!(harness.on_page(), "Beta falls");
}

#[test]
fn titles_writers_and_sources_are_found() {
    let mut harness = list();
    harness.keys("h /");
    harness.type_text("beta fa");
    harness.shows("Beta falls");
    harness.hides("Gamma stays");
    harness.type_text("lls");
    harness.keys("Enter");
    harness.shows("1 of 15 · beta falls");
    harness.keys("Esc");
    harness.shows("Gamma stays");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Beta falls", "what was found is still under the cursor");
    harness.keys("h /");
    harness.type_text("ann reed");
    harness.shows("Alpha rises");
    harness.keys("Esc");
    harness.shows("Gamma stays");
    harness.keys("/");
    harness.type_text("nothing like zyxwv");
    harness.shows("No article fits");
    harness.shows("is:starred, #tag");
}

#[test]
fn a_file_is_added_opened_and_taken_off_again() {
    let mut harness = list();
    harness.put("delta.txt", "Delta spreads\n\nIt does.");
    harness.keys("h j a");
    harness.type_path("delta.txt");
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Delta spreads");
    harness.keys("h D");
    assert!(harness.footer().contains("Removed “Delta spreads” from the list. (undo: u)"), "{}", harness.footer());
    assert!(harness.listed_file("delta.txt").is_none(), "at once, not at the end");
    harness.keys("a");
    harness.type_path("none.txt");
    harness.keys("Enter");
    assert!(harness.footer().contains("! no such file or folder: "), "{}", harness.footer());
}

#[test]
fn an_article_taken_off_comes_back_to_its_place() {
    let mut harness = list();
    harness.keys("h j s");
    let before = harness.screen();
    harness.keys("D");
    assert!(harness.listed_file("alpha.txt").is_none());
    harness.shows("Articles 14");
    harness.keys("u");
    let rows = |screen: &str| screen.lines().rev().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&harness.screen()), rows(&before));
    assert!(harness.listed_file("alpha.txt").unwrap().is_starred());
}

#[test]
fn an_empty_list_says_how_to_fill_it() {
    let mut harness = Harness::bare(120, 40, ColorDepth::TrueColor);
    harness.keys("h");
    // Until the library answers it is unknown whether it is empty.
    harness.hides("Nothing here");
    harness.hides("Choose one");
    assert_eq!(harness.screen().matches("Waiting for the library…").count(), 2, "{}", harness.screen());
    harness.answer(Answer::List(ListAnswer::Start(Box::default())));
    let request = harness.waiting().iter().find_map(|effect| match effect {
        Effect::List(ListJob::Window { request, .. }) => Some(*request),
        _ => None,
    });
    let Some(request) = request else { panic!("{:?}", harness.waiting()) };
    harness.answer(Answer::List(ListAnswer::Window(request.reply(Window::default()))));
    harness.hides("Waiting for");
    harness.shows("Nothing here. a adds a");
    harness.shows("Choose one of the articles");
}

#[test]
fn an_article_that_a_bookmark_leads_to_is_listed_and_can_be_marked() {
    let mut harness = list();
    harness.keys("] a v Enter ] a h k D l");
    harness.hides("Alpha rises");
    harness.keys("g B Enter");
    assert_eq!(harness.on_page(), "Alpha rises");
    harness.hides("▸");
    harness.keys("r");
    assert!(harness.footer().contains("Marked “Alpha rises” as unread."), "its end was seen: {}", harness.footer());
    harness.keys("] a");
    assert_eq!(harness.on_page(), "Beta falls", "it goes on from where it would stand");
}

#[test]
fn brackets_go_on_past_an_article_that_cannot_be_opened() {
    let mut harness = unreadable();
    harness.keys("] a ] a");
    assert_eq!(harness.on_page(), "Beta falls");
    harness.keys("C-o");
    assert_eq!(harness.on_page(), "The long walk", "what could not be opened was never read");
}

#[test]
fn back_goes_to_the_list_from_which_a_file_was_added() {
    let mut harness = list();
    harness.put("delta.txt", "Delta spreads\n\nIt does.");
    harness.keys("h a");
    harness.type_path("delta.txt");
    harness.keys("Enter q");
    assert!(!harness.state.quitting);
    assert_eq!(harness.state.focus, PaneId::Articles);
}

#[test]
fn what_comes_late_takes_neither_focus_nor_selection() {
    let mut harness = list();
    harness.put("delta.txt", "Delta spreads\n\nIt does.");
    harness.keys("h a");
    harness.type_path("delta.txt");
    harness.keys_only("Enter l h l h a");
    harness.type_text("/ne");
    assert!(harness.footer().starts_with("File, folder or address: /ne"), "{}", harness.footer());
    assert_eq!((harness.on_page(), harness.state.focus), ("The long walk", PaneId::Articles));
    harness.shows("Delta spreads");
    harness.keys("Esc g g l");
    harness.keys_only("] a v");
    harness.deliver_all();
    assert_eq!((harness.on_page(), harness.state.scope()), ("The long walk", crate::command::Scope::Selecting));
    assert!(harness.footer().contains("is not opened"), "{}", harness.footer());
}

#[test]
fn words_to_find_are_not_typed_into_another_article() {
    let mut harness = list();
    harness.keys_only("] a /");
    harness.deliver_all();
    assert_eq!((harness.on_page(), harness.state.scope()), ("Alpha rises", crate::command::Scope::Reader));
}

#[test]
fn the_cursor_stays_on_its_article_when_more_come_and_goes_to_a_folder_once_it_is_added() {
    let mut harness = list();
    harness.keys("h G");
    let before = harness.words_in(Meaning::Cursor);
    harness.put("more/delta.txt", "Delta spreads\n\nIt does.");
    harness.put("more/epsilon.txt", "Epsilon\n\nIt is small.");
    harness.keys("a");
    harness.type_path("more");
    harness.keys_only("Enter");
    harness.deliver(0);
    harness.deliver(0);
    assert_eq!(harness.words_in(Meaning::Cursor), before);
    harness.deliver_all();
    assert!(harness.footer().contains("✓ Added 2 articles from more."), "{}", harness.footer());
    assert!(harness.words_in(Meaning::Cursor).contains("Delta spreads"), "the first of them");
    assert_eq!(harness.on_page(), "The long walk", "of a folder none is opened");
}

#[test]
fn only_the_article_asked_for_last_comes_to_the_page() {
    let mut harness = list();
    harness.keys_only("h j Enter h j Enter");
    let opens: Vec<usize> = (0..harness.waiting().len())
        .filter(|&at| matches!(harness.waiting()[at], Effect::Sources(SourceJob::Open { .. })))
        .collect();
    assert_eq!(opens.len(), 2);
    // The later answer comes first.
    harness.deliver(opens[1]);
    harness.deliver(opens[0]);
    harness.deliver_all();
    assert_eq!(harness.on_page(), "Beta falls");
}

#[test]
fn coming_back_to_the_open_article_calls_off_what_was_asked_for() {
    let mut harness = list();
    harness.keys_only("h j Enter h k Enter");
    harness.deliver_all();
    assert_eq!(harness.on_page(), "The long walk");
}

#[test]
fn an_article_that_is_gone_is_said_and_the_page_stays() {
    let mut harness = unreadable();
    harness.keys("] a");
    assert_eq!(harness.on_page(), "The long walk");
    assert!(harness.footer().contains("! no such file or folder: "), "{}", harness.footer());
}

#[test]
fn an_article_whose_file_is_gone_has_the_words_of_last_time() {
    let mut harness = list();
    harness.delete("alpha.txt");
    harness.keys("] a");
    assert_eq!(harness.on_page(), "Alpha rises");
}

#[test]
fn a_click_chooses_and_a_second_one_opens() {
    let mut harness = list();
    let row = harness.row_of("Beta falls").unwrap();
    harness.click(6, row);
    assert_eq!(harness.state.focus, PaneId::Articles);
    assert_eq!(harness.on_page(), "The long walk");
    harness.click(6, row);
    assert_eq!(harness.on_page(), "Beta falls");
}

#[test]
fn articles_of_the_same_title_are_told_apart_in_their_rows() {
    let mut harness = Harness::bare(160, 40, ColorDepth::TrueColor);
    let report = "Report\n\nSome words.";
    harness.start(vec![("may/report.txt", report), ("june/report.txt", report), ("rain.txt", "Rain\n\nIt rained.")]);
    harness.deliver_all();
    harness.shows("may/report.txt · 1 min");
    harness.shows("june/report.txt · 1 min");
    harness.hides("rain.txt");
    // Only what is seen together is compared, and nobody needs a label for what is there once.
    harness.keys("h D");
    harness.hides("june/report.txt");
}
