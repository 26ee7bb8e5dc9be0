//! Articles of which a feed has only the beginning, and what else a feed says of an article: the rest of it, what can be
//! heard, what readers say; and articles on their way to other programs.

use super::top;
use crate::command::{
    Answer, BookmarkJob, DeskAnswer, DeskJob, Effect, FeedAnswer, FeedFile, FeedJob, FetchSummary, Fetching,
    ImportedFeeds, NetAnswer, NetJob, TerminalJob,
};
use crate::config::{ColorDepth, RememberedChoices, Settings};
use crate::feed::{FeedText, FromFeed};
use crate::intake::feed::Enclosure;
use crate::net::server::{Reply, Server};
use crate::testing::Harness;

const BEGINNING: &str = "# Rain in Ghent\n\nIt rained in Ghent on Monday, and the mayor was not amused…\n";

fn beginning() -> FromFeed {
    FromFeed { text: FeedText::Beginning, is_changed: false, feeds: 1, comments: None, enclosures: Vec::new() }
}

/// All of the article, as its page has it.
fn page() -> String {
    let more =
        "Nobody had brought an umbrella, and nobody in Ghent would say whose idea the picnic was.\n\n".repeat(30);
    format!("# All of Ghent was wet\n\nIt rained in Ghent on Monday, and the mayor was not amused. {more}The end.\n")
}

fn serve(page: &str) -> Server {
    let server = Server::start();
    server.put("/rain", Reply::page("text/markdown", page));
    server
}

/// The program, with an article of which a feed has the beginning, on its row.
fn listed(server: &Server, from_feed: &FromFeed) -> Harness {
    let mut harness = Harness::edition(110, 30);
    harness.bring(BEGINNING, &server.url("/rain"), from_feed);
    harness.keys("h Home");
    harness
}

fn asked(server: &Server) -> usize {
    server.asked().len()
}

fn text_of(harness: &Harness) -> Option<FeedText> {
    harness.state.reader.open()?.from_feed.as_ref().map(|from_feed| from_feed.text)
}

#[test]
fn the_beginning_is_shown_at_once_and_all_of_the_article_takes_its_place() {
    let server = serve(&page());
    let mut harness = listed(&server, &beginning());
    assert_eq!(asked(&server), 0, "nothing is fetched before it is opened");
    harness.keys_only("Enter");
    harness.deliver_opening();
    harness.shows("was not amused…");
    assert!(!harness.state.reader.open().unwrap().target.is_read, "the end of the beginning is not the end");
    harness.deliver_all();
    assert_eq!(text_of(&harness), Some(FeedText::Page));
    harness.shows("All of Ghent was wet");
    assert_eq!(harness.on_page(), "Rain in Ghent", "its name in the list stays");
    let entry = harness.listed().into_iter().find(|entry| entry.title == "Rain in Ghent").unwrap();
    assert!(entry.words > 400 && entry.source.as_deref() == Some("The Feed") && !entry.is_read(), "{entry:?}");
    // It is kept: neither going back to it nor another start fetches it again.
    harness.keys("] a [ a");
    let mut again = harness.again(110, 30, ColorDepth::TrueColor, Vec::new());
    again.deliver_all();
    assert_eq!((again.on_page(), text_of(&again)), ("Rain in Ghent", Some(FeedText::Page)));
    assert_eq!(asked(&server), 1);
    // All of its words are found.
    again.keys("h /");
    again.type_text("umbrella picnic");
    again.keys("Enter");
    again.shows("Rain in Ghent");
}

#[test]
fn a_key_leads_from_the_text_of_the_page_to_that_of_the_feed_and_back() {
    let server = serve(&page());
    let mut harness = listed(&server, &beginning());
    harness.keys("Enter } } }");
    let place = top(&harness);
    assert!(place > 2);
    harness.keys("T");
    assert_eq!(text_of(&harness), Some(FeedText::BesidePage));
    harness.shows("was not amused…");
    assert!(harness.footer().contains("feed’s text; T shows"), "{}", harness.footer());
    harness.keys("T");
    assert_eq!(text_of(&harness), Some(FeedText::Page));
    assert_eq!(asked(&server), 1, "both are kept");
    let entry = harness.listed().into_iter().find(|entry| entry.title == "Rain in Ghent").unwrap();
    assert!(entry.words > 400, "what the list says does not depend on what was looked at last");
    let mut edition = Harness::edition(110, 30);
    edition.keys("T");
    assert!(edition.footer().contains("came from no feed"), "{}", edition.footer());
}

#[test]
fn a_page_that_is_no_better_or_does_not_come_leaves_the_feeds_text() {
    let blocked = "<title>Just a moment...</title><h1>Checking your browser</h1>\
                   <p>Enable JavaScript and cookies to continue</p><div id=\"cf-challenge\"></div>";
    for (reply, told, again) in [
        (Reply::page("text/markdown", "# Rain in Ghent\n\nIt rained.\n"), "has no more of it", 1),
        (Reply::page("text/html", blocked), "blocks readers", 2),
        (Reply::status(404, ""), "no such page (404)", 2),
    ] {
        let server = Server::start();
        server.put("/rain", reply);
        let mut harness = listed(&server, &beginning());
        harness.keys("Enter");
        harness.shows("was not amused…");
        harness.shows("The feed’s text is shown: ");
        harness.shows(told);
        assert!(!harness.footer().contains("/rain"), "no address is needed: {}", harness.footer());
        assert!(harness.state.reader.open().unwrap().target.is_read, "its end was seen");
        harness.keys("] a [ a");
        assert_eq!((harness.on_page(), asked(&server)), ("Rain in Ghent", again), "{told}");
    }
}

#[test]
fn without_a_network_what_there_is_is_shown_and_the_rest_comes_later() {
    let server = serve(&page());
    let mut harness = listed(&server, &beginning());
    let port = server.url("/rain");
    drop(server);
    harness.keys("Enter");
    harness.shows("was not amused…");
    harness.shows("cannot be reached");
    assert!(!harness.screen().contains("! "), "{}", harness.screen());
    assert!(port.starts_with("http"));
}

#[test]
fn who_does_not_want_to_wait_goes_on_with_the_beginning() {
    let server = serve(&page());
    let mut harness = listed(&server, &beginning());
    harness.keys_only("Enter");
    harness.deliver_opening();
    let Some(Effect::Net(NetJob::FullText { request, .. })) =
        harness.waiting().iter().find(|effect| matches!(effect, Effect::Net(_))).cloned()
    else {
        panic!("{:?}", harness.waiting())
    };
    let fetching = Fetching { host: "slow.example".to_owned(), bytes: 12_345 };
    harness.answer(Answer::Net(NetAnswer::Coming { request, fetching }));
    assert!(harness.footer().contains("Fetching slow.example… 13 kB; Esc cancels"), "{}", harness.footer());
    harness.shows("was not amused…");
    harness.keys_only("Esc");
    assert!(harness.footer().contains("this is the feed’s text"), "{}", harness.footer());
    harness.deliver_all();
    harness.shows("was not amused…");
    // What came all the same is kept, and a key shows it.
    harness.keys("T");
    harness.shows("All of Ghent was wet");
}

#[test]
fn words_that_are_being_selected_do_not_move() {
    let server = serve(&page());
    let mut harness = listed(&server, &beginning());
    harness.keys_only("Enter");
    harness.deliver_opening();
    harness.keys_only("v");
    harness.deliver_all();
    harness.shows("was not amused…");
    assert_eq!(text_of(&harness), Some(FeedText::BesidePage));
    harness.keys("Enter");
    assert!(harness.last_saved().quote().unwrap().exact.contains("It rained in Ghent"));
    harness.keys("T");
    harness.shows("All of Ghent was wet");
    let open = harness.state.reader.open().unwrap();
    assert!(open.marks.len() + open.orphans().len() == 1, "the passage was looked for in the whole article");
    assert_eq!(open.marks.len(), 1);
}

#[test]
fn an_article_whose_feed_has_it_all_is_fetched_when_asked_and_stays_the_same_article() {
    let server = serve(&page());
    let mut harness = listed(&server, &FromFeed { text: FeedText::All, ..beginning() });
    harness.keys("Enter");
    assert_eq!(asked(&server), 0);
    let before = harness.listed().len();
    harness.keys("R");
    harness.shows("All of Ghent was wet");
    assert_eq!((asked(&server), harness.listed().len()), (1, before));
    harness.keys("R");
    assert!(harness.footer().contains("nothing has changed"), "{}", harness.footer());
    harness.keys("T");
    harness.shows("was not amused…");
}

#[test]
fn a_page_that_was_fetched_ahead_opens_without_a_network() {
    let server = serve(&page());
    let mut harness = listed(&server, &beginning());
    harness.fetch_ahead();
    drop(server);
    harness.keys("Enter");
    harness.shows("All of Ghent was wet");
    assert_eq!(text_of(&harness), Some(FeedText::Page));
    assert!(!harness.screen().contains("cannot be reached"));
}

#[test]
fn all_of_the_page_is_a_view_of_the_same_article() {
    let server = serve("# Rain in Ghent\n\nIt rained.\n");
    let mut harness = listed(&server, &beginning());
    harness.keys("Enter");
    let before = harness.listed().len();
    harness.keys("W");
    assert!(harness.state.reader.open().unwrap().is_whole);
    harness.hides("was not amused…");
    harness.keys("W");
    harness.shows("was not amused…");
    assert_eq!(harness.listed().len(), before);
}

#[test]
fn what_a_feed_changes_waits_until_the_article_is_opened_again() {
    let server = serve(&page());
    let all = FromFeed { text: FeedText::All, ..beginning() };
    let mut harness = listed(&server, &all);
    harness.keys("Enter");
    harness.shows("on Monday");
    let changed = FromFeed { is_changed: true, ..all };
    harness.bring(&BEGINNING.replace("Monday", "Tuesday"), &server.url("/rain"), &changed);
    harness.shows("on Monday");
    harness.shows("1 min · changed");
    harness.keys("h Enter");
    harness.shows("on Tuesday");
    harness.shows("changed since it came");
    harness.hides("1 min · changed");
}

#[test]
fn what_can_be_heard_is_told_below_the_headline_and_played() {
    let server = serve(&page());
    let sound = Enclosure {
        url: "https://example.org/rain.mp3".to_owned(),
        media_type: Some("audio/mpeg".to_owned()),
        length: Some(28_400_000),
    };
    let from_feed = FromFeed {
        text: FeedText::All,
        is_changed: false,
        feeds: 1,
        comments: Some("https://example.org/rain#talk".to_owned()),
        enclosures: vec![sound],
    };
    let mut harness = listed(&server, &from_feed);
    let desk = |harness: &mut Harness| {
        harness.effects().into_iter().find_map(|effect| match effect {
            Effect::Desk(DeskJob::Play(url) | DeskJob::OpenUrl(url)) => Some(url),
            _ => None,
        })
    };
    harness.keys("P");
    assert_eq!(desk(&mut harness).as_deref(), Some("https://example.org/rain.mp3"), "from the list");
    let played = harness.listed().into_iter().find(|entry| entry.title == "Rain in Ghent").unwrap();
    assert!(played.is_read());
    harness.keys("u Enter");
    harness.shows("♪ sound · 28 MB · P plays it");
    harness.keys("P");
    assert_eq!(desk(&mut harness).as_deref(), Some("https://example.org/rain.mp3"));
    harness.keys("g c");
    assert_eq!(desk(&mut harness).as_deref(), Some("https://example.org/rain#talk"));
    let mut edition = Harness::edition(110, 30);
    edition.keys("P");
    assert!(edition.footer().contains("No sound or film"), "{}", edition.footer());
    edition.keys("g c");
    assert!(edition.footer().contains("names no place"), "{}", edition.footer());
    edition.keys("h P");
    assert!(edition.footer().contains("No sound or film"), "{}", edition.footer());
}

#[test]
fn an_article_is_piped_from_the_page_and_from_the_list_and_the_command_is_offered_again() {
    let mut harness = Harness::edition(110, 30);
    let piped = |harness: &mut Harness| {
        harness.effects().into_iter().find_map(|effect| match effect {
            Effect::Terminal(TerminalJob::Pipe { command, text }) => Some((command, text)),
            _ => None,
        })
    };
    harness.keys("|");
    harness.shows("Pipe the article to");
    harness.type_text("wc -w");
    harness.keys("Enter");
    let (command, text) = piped(&mut harness).unwrap();
    assert_eq!(command, "wc -w");
    assert!(text.starts_with("Start here: ") && text.contains("Joost Lammens") && text.ends_with(".\n"), "{text}");
    // Another one, which is not on the page.
    harness.keys("h j |");
    harness.shows("wc -w");
    harness.keys("Enter");
    let (command, other) = piped(&mut harness).unwrap();
    assert!(command == "wc -w" && other != text && !other.is_empty(), "{other}");
    harness.keys("| C-u Enter");
    assert_eq!(piped(&mut harness), None);
}

/// The lists of other readers that are there.
fn lists(paths: &[(&str, &'static str)], is_asked_for: bool) -> Answer {
    let found = paths.iter().map(|(path, program)| FeedFile { path: path.into(), program }).collect();
    Answer::Desk(DeskAnswer::FeedFiles { found, is_asked_for })
}

#[test]
fn the_feeds_of_another_reader_are_offered_once_and_taken_over_when_somebody_asks() {
    let looks = |harness: &mut Harness| {
        let effects = harness.effects();
        effects.iter().any(|effect| matches!(effect, Effect::Desk(DeskJob::FindFeedFiles { is_asked_for: false })))
    };
    let mut harness = Harness::edition(110, 30);
    assert!(looks(&mut harness));
    let newsboat = [("/home/ana/.newsboat/urls", "newsboat")];
    harness.answer(lists(&newsboat, false));
    harness.shows("newsboat’s feeds are in /home/ana/.newsboat/urls: I in the list takes them over");
    harness.keys("j");
    harness.hides("newsboat’s feeds");
    // The next start does not ask again.
    let kept = harness.effects().into_iter().rev().find_map(|effect| match effect {
        Effect::Bookmarks(BookmarkJob::KeepView(text)) => RememberedChoices::from_toml(&text).ok(),
        _ => None,
    });
    let mut again = Harness::configured(110, 30, ColorDepth::TrueColor, Settings::default(), kept);
    again.start(Vec::new());
    again.deliver_all();
    assert!(!looks(&mut again));
    let imports = |harness: &mut Harness| {
        harness.effects().into_iter().find_map(|effect| match effect {
            Effect::Desk(DeskJob::ImportFeeds(path)) => Some(path),
            _ => None,
        })
    };
    harness.keys("h I");
    assert_eq!(imports(&mut harness), None, "it is looked first");
    harness.answer(lists(&newsboat, true));
    assert_eq!(imports(&mut harness).unwrap(), std::path::Path::new("/home/ana/.newsboat/urls"));
    // Where there are several, somebody has to choose.
    harness.answer(lists(&[newsboat[0], ("/home/ana/.config/liferea/feedlist.opml", "Liferea")], true));
    harness.type_text("lif");
    harness.keys("Enter");
    assert_eq!(imports(&mut harness).unwrap(), std::path::Path::new("/home/ana/.config/liferea/feedlist.opml"));
    let new = vec!["https://example.org/feed".to_owned()];
    let told = "Added 1 feed from it.".to_owned();
    harness.answer(Answer::Desk(DeskAnswer::Imported(Ok(ImportedFeeds { new: new.clone(), told: told.clone() }))));
    assert!(harness.footer().contains(&told), "{}", harness.footer());
    let asked = harness.effects().into_iter().any(|effect| {
        matches!(effect, Effect::Feeds(FeedJob::Fetch { feeds: Some(feeds), is_asked_for: true }) if feeds == new)
    });
    assert!(asked, "what is new is fetched");
    harness.answer(lists(&[], true));
    harness.shows("No list of feeds of another reader");
}

#[test]
fn what_feeds_have_brought_is_told_outside_where_that_is_configured() {
    let summary = FetchSummary { new: 2, titles: vec!["One".into()], ..Default::default() };
    let fetched = || Answer::Feeds(FeedAnswer::Fetched(summary.clone()));
    let tells = |harness: &mut Harness| {
        let effects = harness.effects();
        effects.iter().any(|effect| matches!(effect, Effect::Desk(DeskJob::Notify { count: 2, .. })))
    };
    let mut harness = Harness::edition(110, 30);
    harness.answer(fetched());
    assert!(!tells(&mut harness));
    harness.state.shared.settings.notify_command = "say %n".to_owned();
    harness.answer(fetched());
    assert!(tells(&mut harness));
}
