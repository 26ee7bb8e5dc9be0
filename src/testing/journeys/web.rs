//! Pages of the web: fetched, followed from one to the other, and kept for when there is no network. The server is on this
//! machine.

use super::top;
use crate::article::SourceId;
use crate::command::{DeskJob, Effect, NetJob, SourceJob};
use crate::config::ColorDepth;
use crate::net::server::{Reply, Server};
use crate::testing::Harness;

/// A server with two pages that lead to each other, and what else links lead to.
fn site() -> Server {
    let server = Server::start();
    let long = "A paragraph that goes on for a while, so that it takes several lines.\n\n".repeat(60);
    let first = format!(
        "# Rain\n\nIt [pours](/second) in [town](first#in-town); [write](mailto:a@example.org) of it.\n\n{long}## In town\n\nHere.\n"
    );
    server.put("/first", Reply::page("text/markdown", &first));
    server.put("/second", Reply::page("text/markdown", "# Sun\n\nIt shines. [Back](first).\n"));
    server.put("/moved", Reply::status(301, "Location: /second\r\n"));
    server
}

/// The program that was started with the first page.
fn reading(server: &Server) -> Harness {
    let mut harness = Harness::bare(110, 30, ColorDepth::TrueColor);
    harness.start_with(&server.url("/first"));
    harness.deliver_all();
    harness
}

/// How often a path was asked for.
fn asked(server: &Server, path: &str) -> usize {
    server.asked().iter().filter(|head| head.starts_with(&format!("GET {path} "))).count()
}

#[test]
fn an_address_on_the_command_line_comes_to_the_page_and_into_the_library() {
    let server = site();
    let harness = reading(&server);
    assert_eq!(harness.on_page(), "Rain");
    let open = harness.state.reader.open().unwrap();
    assert_eq!(open.article.url, Some(server.url("/first")));
    let mut again = harness.again(110, 30, ColorDepth::TrueColor, Vec::new());
    again.deliver_all();
    assert!(
        again.listed().iter().any(|entry| entry.title == "Rain" && entry.id == SourceId::of_web(&server.url("/first")))
    );
}

#[test]
fn a_link_is_followed_and_the_way_back_leads_to_the_place_before() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("f a");
    assert_eq!(harness.on_page(), "Sun");
    // Back to the first, down, and to the second again by the history.
    harness.keys("C-o");
    assert_eq!(harness.on_page(), "Rain");
    harness.keys("} } }");
    let place = top(&harness);
    assert!(place > 2);
    harness.keys("L");
    assert_eq!(harness.on_page(), "Sun");
    harness.keys("C-o");
    assert_eq!((harness.on_page(), top(&harness)), ("Rain", place));
    assert_eq!((asked(&server, "/first"), asked(&server, "/second")), (1, 1), "the way back needs no network");
}

#[test]
fn what_was_read_opens_without_a_network() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("f a C-o");
    drop(server);
    harness.keys("f a");
    assert_eq!(harness.on_page(), "Sun");
    // Fetching it again fails, and what is kept stays.
    harness.keys("R");
    assert_eq!(harness.on_page(), "Sun");
    harness.shows("cannot be reached");
    harness.shows("was read before is shown");
    assert!(!harness.screen().contains("Read again"), "{}", harness.screen());
}

#[test]
fn a_page_that_has_changed_is_fetched_again_under_the_same_name() {
    let server = site();
    let mut harness = reading(&server);
    server.put("/first", Reply::page("text/markdown", "# Snow\n\nIt snows.\n"));
    let before = harness.listed().len();
    harness.keys("R");
    assert_eq!(harness.on_page(), "Snow");
    assert_eq!(harness.listed().len(), before);
    let mut again = harness.again(110, 30, ColorDepth::TrueColor, Vec::new());
    drop(server);
    again.deliver_all();
    assert_eq!(again.on_page(), "Snow");
}

#[test]
fn a_page_that_does_not_exist_leaves_the_one_before_and_says_why() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("Tab Tab Tab Tab h a");
    harness.type_text(&server.url("/nothing"));
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Rain");
    harness.shows("no such page (404)");
}

#[test]
fn an_address_is_added_like_a_file_and_a_redirect_is_followed() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("h a");
    harness.type_text(&server.url("/moved"));
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Sun");
    assert_eq!(harness.state.reader.open().unwrap().article.id, SourceId::of_web(&server.url("/second")));
}

#[test]
fn who_does_not_want_to_wait_is_let_go_at_once() {
    for leave in ["Esc", "C-c"] {
        let server = site();
        let mut harness = reading(&server);
        harness.keys_only("f a");
        harness.deliver_opening();
        // The answer is on its way; the reader hears of the fetching first.
        let mut waiting = reading(&server);
        waiting.keys_only("R");
        let Some(Effect::Net(NetJob::Fetch { request, .. })) = waiting.waiting().last().cloned() else {
            panic!("nothing is fetched: {:?}", waiting.waiting())
        };
        let fetching = crate::command::Fetching { host: "slow.example".to_owned(), bytes: 12_345 };
        waiting.answer(crate::command::Answer::Net(crate::command::NetAnswer::Coming { request, fetching }));
        assert!(waiting.footer().contains("Fetching slow.example… 13 kB; Esc cancels"), "{}", waiting.footer());
        waiting.lose_waiting();
        waiting.keys_only(leave);
        assert!(!waiting.state.quitting && waiting.footer().contains("not fetched"), "{leave}: {}", waiting.footer());
        assert!(matches!(waiting.waiting(), [.., Effect::Net(NetJob::Cancel)]), "{:?}", waiting.waiting());
        assert_eq!(waiting.on_page(), "Rain");
        // The key means what it did before.
        waiting.keys_only("C-c");
        assert!(waiting.state.quitting);
    }
}

#[test]
fn a_first_page_on_its_way_says_so_and_can_be_left() {
    let server = site();
    let mut harness = Harness::bare(100, 30, ColorDepth::TrueColor);
    harness.start_with(&server.url("/first"));
    let Some(Effect::Sources(SourceJob::Open { request, .. })) =
        harness.waiting().iter().find(|effect| matches!(effect, Effect::Sources(SourceJob::Open { .. }))).cloned()
    else {
        panic!("{:?}", harness.waiting())
    };
    let fetching = crate::command::Fetching { host: "slow.example".to_owned(), bytes: 0 };
    harness.answer(crate::command::Answer::Net(crate::command::NetAnswer::Coming { request, fetching }));
    harness.shows("Fetching slow.example…; Esc cancels");
    harness.keys_only("Esc");
    harness.hides("slow.example");
    harness.deliver_all();
    assert_eq!(harness.on_page(), "", "what comes late is not wanted any more");
}

#[test]
fn links_are_copied_opened_in_the_browser_or_lead_to_a_heading() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("f");
    assert!(harness.footer().contains("y before it copies"), "{}", harness.footer());
    harness.keys("y");
    assert!(harness.footer().contains("link to copy"), "{}", harness.footer());
    harness.keys("a");
    assert_eq!(harness.copied(), Some(server.url("/second").as_str()));
    harness.effects();
    harness.keys("f o a");
    let opened = |harness: &mut Harness| {
        harness.effects().into_iter().find_map(|effect| match effect {
            Effect::Desk(DeskJob::OpenUrl(url)) => Some(url),
            _ => None,
        })
    };
    assert_eq!(opened(&mut harness), Some(server.url("/second")));
    harness.keys("f d");
    assert_eq!(opened(&mut harness).as_deref(), Some("mailto:a@example.org"));
    harness.keys("f s");
    assert!(top(&harness) > 30, "{}", harness.screen());
    harness.shows("In town");
    assert_eq!((harness.on_page(), asked(&server, "/second")), ("Rain", 0));
}

#[test]
fn a_link_of_a_file_leads_to_the_file_beside_it_and_back() {
    let mut harness = Harness::bare(110, 30, ColorDepth::TrueColor);
    harness.put("in/other.md", "# Other\n\nWords, and [back](../first.md).\n");
    harness.lose_named();
    harness
        .start(vec![("first.md", "# First\n\nSee [the other](in/other.md) or [a web page](https://example.org/).\n")]);
    harness.deliver_all();
    harness.keys("f a");
    assert_eq!(harness.on_page(), "Other");
    harness.keys("f a");
    assert_eq!(harness.on_page(), "First");
    harness.keys("C-o");
    assert_eq!(harness.on_page(), "Other");
    harness.keys("C-o");
    assert_eq!(harness.on_page(), "First");
    assert_eq!(harness.listed().iter().filter(|entry| entry.id.file_path().is_some()).count(), 2);
}

#[test]
fn all_of_a_page_and_the_article_on_it_have_one_key() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("W");
    harness.shows("nothing on the page but the article");
    assert!(harness.state.reader.open().unwrap().is_whole);
    assert_eq!(asked(&server, "/first"), 2);
    harness.keys("W");
    assert!(!harness.state.reader.open().unwrap().is_whole);
    assert_eq!(asked(&server, "/first"), 2, "the article is kept");
    drop(server);
    harness.keys("W");
    harness.shows("cannot be reached");
    assert_eq!(harness.on_page(), "Rain");
    let mut file = Harness::reading(100, 30, "a.md", "# A\n\nWords.\n");
    file.keys("W");
    file.shows("nothing on the page but the article");
    let mut edition = Harness::edition(100, 30);
    edition.keys("R");
    edition.shows("comes from no file");
}

#[test]
fn a_page_that_is_fetched_again_says_whether_it_has_changed() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("R");
    assert!(harness.footer().contains("nothing has changed"), "{}", harness.footer());
    server.put("/first", Reply::page("text/markdown", "# Snow\n\nIt snows.\n"));
    harness.keys("R");
    assert!(harness.footer().contains("it has changed"), "{}", harness.footer());
    // Whoever opens another page is told nothing of the kind.
    harness.keys("C-o");
    assert!(!harness.footer().contains("changed"), "{}", harness.footer());
}

#[test]
fn a_letter_that_is_no_label_is_said_to_be_none() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("f z");
    assert!(harness.footer().contains("no label z"), "{}", harness.footer());
    harness.keys("Esc f Esc");
    assert!(!harness.footer().contains("no label"), "{}", harness.footer());
}

#[test]
fn a_page_that_does_not_let_readers_in_names_the_command_for_a_browser() {
    let server = site();
    server.put("/closed", Reply::status(403, ""));
    let mut harness = Harness::bare(60, 20, ColorDepth::TrueColor);
    harness.start_with(&server.url("/closed"));
    harness.deliver_all();
    let screen = harness.screen();
    let lines: String = screen.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    assert!(lines.contains("does not let readers in (403)"), "{screen}");
    assert!(lines.contains(&format!("open {}`", server.url("/closed"))), "{screen}");
    // What the empty page asks for is read to its end.
    assert!(lines.contains("or add one with"), "{screen}");
}

#[test]
fn a_page_that_names_no_feed_is_read_as_an_article_and_that_is_said() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys("h a");
    harness.type_text(&server.url("/second"));
    harness.keys("Enter");
    assert_eq!(harness.on_page(), "Sun");
    assert!(harness.footer().contains("This page names no feed; it is listed as an article."), "{}", harness.footer());
}

#[test]
fn what_is_opened_elsewhere_is_told_before_it_is_there() {
    let server = site();
    let mut harness = reading(&server);
    harness.keys_only("o");
    assert!(harness.footer().contains(&format!("Opening {}…", server.url("/first"))), "{}", harness.footer());
}
