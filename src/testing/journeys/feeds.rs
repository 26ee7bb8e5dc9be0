//! Feeds: the drawer of folders and feeds, what arrives while somebody reads, and what is read in a list of the unread.

use crate::command::{
    Answer, Effect, FeedAnswer, FeedJob, FetchProgress, FetchSummary, Found, FoundFeed, Notice, Scope, SourceAnswer,
};
use crate::config::ColorDepth;
use crate::feed::{FeedState, Subscription, SubscriptionEdit};
use crate::testing::Harness;
use crate::ui::Meaning;

fn subscription(url: &str, title: &str, folder: &[&str]) -> Subscription {
    let folder = folder.iter().map(|name| (*name).to_owned()).collect();
    Subscription { url: url.to_owned(), title: Some(title.to_owned()), folder, ..Subscription::default() }
}

/// Three articles, and four feeds: two in a folder, one of them in a folder of that, and two in none.
fn subscribed(width: u16, height: u16, depth: ColorDepth) -> Harness {
    let mut harness = Harness::bare(width, height, depth);
    harness.start(vec![
        ("alpha.txt", "Alpha rises\n\nThe first words of alpha."),
        ("beta.txt", "Beta falls\n\nThe first words of beta."),
        ("gamma.txt", "Gamma stays\n\nThe first words of gamma."),
    ]);
    harness.deliver_all();
    let add = vec![
        subscription("https://gazette.example.org/feed", "The Gazette", &["News"]),
        subscription("https://ledger.example.org/rss", "The Ledger", &["News", "Money"]),
        subscription("https://herald.example.org/atom", "The Herald", &[]),
        Subscription { is_paused: true, ..subscription("https://post.example.org/rss", "The Post", &[]) },
    ];
    let edit = SubscriptionEdit { take: Vec::new(), add };
    harness.carry_out_feeds(FeedJob::Edit { edit, done: "Imported".into() });
    harness.keys("h");
    harness
}

fn fetches(harness: &mut Harness) -> Vec<Option<Vec<String>>> {
    let fetch = |effect| match effect {
        Effect::Feeds(FeedJob::Fetch { feeds, is_asked_for: true }) => Some(feeds),
        _ => None,
    };
    harness.effects().into_iter().filter_map(fetch).collect()
}

fn feeds(answer: FeedAnswer) -> Answer {
    Answer::Feeds(answer)
}

/// The rows of the drawer, as they are drawn, without counts and blanks.
fn drawer(harness: &Harness) -> Vec<String> {
    let rows = harness
        .screen()
        .lines()
        .skip(2)
        .map(|line| line.split('│').next().unwrap_or_default().to_owned())
        .collect::<Vec<_>>();
    // Below them stands what is said of the one under the cursor, and the footer.
    let shown = rows.len().saturating_sub(4);
    rows.into_iter()
        .take(shown)
        .map(|row| row.trim_end_matches(|c: char| c == ' ' || c == '/' || c.is_ascii_digit()).to_owned())
        .filter(|row| !row.trim().is_empty())
        .collect()
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}

/// Puts the cursor of the drawer on a row.
fn go_to(harness: &mut Harness, name: &str) {
    harness.keys("g g");
    for _ in 0..20 {
        if harness.words_in(Meaning::Cursor).contains(name) {
            return;
        }
        harness.keys("j");
    }
    panic!("no row “{name}”:\n{}", harness.screen());
}

#[test]
fn the_drawer_shows_folders_and_feeds_and_folds_them() {
    for (width, height) in [(160, 48), (100, 30), (60, 20)] {
        let mut harness = subscribed(width, height, ColorDepth::Mono);
        harness.keys("F");
        assert_eq!(harness.state.scope(), Scope::Sources);
        for name in ["All articles", "▾ News", "The Gazette", "▾ Money", "The Ledger", "The Herald", "‖ The Post"]
        {
            harness.shows(name);
        }
        // Into the folder, and fold the one the feed lies in.
        go_to(&mut harness, "The Gazette");
        harness.keys("Space");
        harness.shows("▸ News");
        harness.hides("The Gazette");
        harness.hides("Money");
        harness.keys("F F");
        harness.shows("▸ News");
        harness.keys("Space");
        harness.shows("The Ledger");
        harness.keys("g g Space");
        assert!(harness.footer().contains("Only folders are folded"), "{}", harness.footer());
    }
}

#[test]
fn a_feed_and_a_folder_are_listed_by_their_names_and_fetched() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.effects();
    harness.keys("F");
    go_to(&mut harness, "News");
    harness.keys("R");
    assert_eq!(
        fetches(&mut harness),
        [Some(vec!["https://gazette.example.org/feed".to_owned(), "https://ledger.example.org/rss".to_owned()])]
    );
    harness.keys("Enter");
    assert_eq!(harness.state.scope(), Scope::Articles);
    harness.shows("· News");
    harness.shows("Nothing has come from “News” yet.");
    harness.keys("R");
    assert_eq!(fetches(&mut harness)[0].as_ref().map(Vec::len), Some(2), "what is listed");
    // Words that are typed and given up bring the folder back.
    harness.keys("/");
    harness.type_text("alpha");
    harness.hides("· News");
    harness.keys("Esc");
    harness.shows("· News");
    harness.keys("Esc");
    harness.shows("Alpha rises");
    harness.keys("R");
    assert_eq!(fetches(&mut harness), [None], "all of them");
    harness.keys("F");
    go_to(&mut harness, "The Post");
    harness.keys("R");
    assert!(harness.footer().contains("This feed is paused; p resumes it."), "{}", harness.footer());
    assert_eq!(fetches(&mut harness), [] as [Option<Vec<String>>; 0]);
}

#[test]
fn feeds_are_paused_renamed_moved_tagged_and_removed_and_all_of_it_is_undone() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("F");
    let before = drawer(&harness);
    go_to(&mut harness, "The Herald");
    harness.keys("p");
    harness.shows("‖ The Herald");
    assert!(harness.footer().contains("Paused “The Herald”. (undo: u)"), "{}", harness.footer());
    harness.keys("p");
    harness.hides("‖ The Herald");
    harness.keys("u u");
    assert_eq!(drawer(&harness), before);
    // Renamed.
    harness.keys("e Enter C-u");
    harness.type_text("Herald and Star");
    harness.keys("Enter");
    harness.shows("Herald and Star");
    harness.keys("u");
    assert_eq!(drawer(&harness), before);
    // Moved, into a folder that is not there yet.
    harness.keys("e Down Enter C-u");
    harness.type_text("News/Away");
    harness.keys("Enter");
    harness.shows("▾ Away");
    harness.keys("u");
    assert_eq!(sorted(drawer(&harness)), sorted(before.clone()));
    // Tagged.
    go_to(&mut harness, "The Herald");
    harness.keys("e Down Down Enter");
    harness.type_text("#calm, slow calm");
    harness.keys("Enter");
    harness.shows("#calm #slow");
    // An address that is none.
    harness.keys("e Down Down Down Enter C-u");
    harness.type_text("nonsense");
    harness.keys("Enter");
    assert!(harness.footer().contains("it stays as it was"), "{}", harness.footer());
    // Pages ahead.
    harness.keys("e Down Down Down Down Enter");
    assert!(harness.footer().contains("are fetched ahead"), "{}", harness.footer());
    harness.keys("u u");
    assert_eq!(sorted(drawer(&harness)), sorted(before.clone()));
    // The folder takes what lies in it along; removed with all of it, and back.
    go_to(&mut harness, "News");
    harness.keys("e C-u");
    harness.type_text("Papers");
    harness.keys("Enter");
    harness.shows("▾ Papers");
    harness.shows("▾ Money");
    go_to(&mut harness, "Papers");
    harness.keys("D");
    harness.hides("The Ledger");
    assert!(harness.footer().contains("Removed the folder “Papers” with 2 feeds"), "{}", harness.footer());
    harness.keys("u u");
    assert_eq!(sorted(drawer(&harness)), sorted(before));
    // What cannot be written is told.
    harness.fail_next_save = true;
    go_to(&mut harness, "The Herald");
    harness.keys("p");
    assert!(harness.footer().contains("NOT changed"), "{}", harness.footer());
    // Everything is there the next time.
    let mut again = harness.again(160, 48, ColorDepth::Mono, vec![]);
    again.deliver_all();
    again.keys("h F");
    again.shows("The Ledger");
}

#[test]
fn a_feed_that_fails_is_marked_and_says_why() {
    let mut harness = subscribed(100, 30, ColorDepth::Mono);
    let problem = Some("HTTP 403: the site blocks readers".to_owned());
    let failing = FeedState { problem, failures: 3, ..FeedState::default() };
    let gone = FeedState { is_gone: true, ..FeedState::default() };
    harness.answer(feeds(FeedAnswer::States(vec![
        ("https://gazette.example.org/feed".into(), failing),
        ("https://herald.example.org/atom".into(), gone),
    ])));
    harness.keys("F");
    harness.shows("! The Gazette");
    harness.shows("× The Herald");
    go_to(&mut harness, "The Gazette");
    harness.shows("Failed: HTTP 403: the site");
    harness.shows("blocks readers.");
}

#[test]
fn what_arrives_waits_until_it_is_let_in() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("j");
    let before = harness.screen();
    harness.arrive(&[("delta", "Delta comes\n\nThe words of delta."), ("eps", "Epsilon too\n\nThe words of epsilon.")]);
    let progress = FetchProgress { done: 1, total: 4, new: 2, is_asked_for: true };
    harness.answer(feeds(FeedAnswer::Fetching(progress)));
    harness.deliver_all();
    harness.shows("2 new");
    assert!(harness.footer().contains("Fetching 1 of 4 · 2 new"), "{}", harness.footer());
    harness.hides("Delta comes");
    let list = |screen: &str| screen.lines().skip(2).take(20).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(list(&harness.screen()), list(&before), "nothing has moved");
    // Only what is listed is marked.
    harness.keys("A");
    let unread = harness.listed().iter().filter(|entry| !entry.is_read()).count();
    assert_eq!(unread, 2);
    harness.keys("u");
    let summary = FetchSummary {
        feeds: 4,
        new: 2,
        failed: vec![("The Post".into(), "timeout".into()); 3],
        is_asked_for: true,
        ..FetchSummary::default()
    };
    harness.answer(feeds(FeedAnswer::Fetched(summary)));
    assert!(harness.footer().contains("2 new articles; 3 feeds failed: F shows them."), "{}", harness.footer());
    harness.deliver_all();
    harness.hides("fetching");
    harness.keys(".");
    harness.shows("Delta comes");
    harness.hides("2 new");
    harness.keys(".");
    assert!(harness.footer().contains("Nothing has arrived"), "{}", harness.footer());
    // At the top a key that goes there does it, too.
    for (number, key) in ["g g", "k", "Home"].into_iter().enumerate() {
        let title = format!("Zeta {number}");
        harness.arrive(&[(&title, &format!("{title}\n\nThe words of {title}."))]);
        harness.answer(feeds(FeedAnswer::Fetching(FetchProgress { new: 9 + number, ..progress })));
        harness.deliver_all();
        harness.hides(&title);
        harness.keys(key);
        harness.shows(&title);
    }
}

#[test]
fn fetching_is_stopped_by_a_key_and_says_so() {
    let mut harness = subscribed(120, 30, ColorDepth::TrueColor);
    let progress = FetchProgress { done: 1, total: 4, new: 0, is_asked_for: true };
    harness.answer(feeds(FeedAnswer::Fetching(progress)));
    harness.effects();
    harness.keys("Esc");
    assert!(harness.effects().iter().any(|effect| matches!(effect, Effect::Feeds(FeedJob::CancelFetch))));
    assert!(harness.footer().contains("Fetching stops after 1 of 4 feeds."), "{}", harness.footer());
    // What nobody asked for goes on quietly.
    harness.answer(feeds(FeedAnswer::Fetching(FetchProgress { is_asked_for: false, ..progress })));
    harness.keys("Esc");
    assert!(!harness.effects().iter().any(|effect| matches!(effect, Effect::Feeds(FeedJob::CancelFetch))));
    harness.answer(feeds(FeedAnswer::Fetched(FetchSummary { feeds: 4, ..FetchSummary::default() })));
    assert!(!harness.footer().contains("Nothing new"), "{}", harness.footer());
}

#[test]
fn what_is_read_stays_in_a_list_of_the_unread_until_that_is_left() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("F j Enter");
    harness.shows("Unread 13 of 14");
    harness.shows("Beta falls");
    harness.keys("j r");
    harness.shows("Gamma stays");
    harness.keys("g g K");
    harness.shows("Beta falls");
    harness.shows("Gamma stays");
    harness.keys("F Enter");
    harness.hides("Beta falls");
    harness.hides("Gamma stays");
    harness.keys("u");
    harness.shows("Beta falls");
}

#[test]
fn who_subscribes_begins_with_what_is_unread() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("j r");
    let mut again = harness.again(160, 48, ColorDepth::TrueColor, vec![]);
    again.deliver_all();
    again.shows("Unread 12 of 14");
    again.keys("h Esc");
    again.hides("Unread 12");
    again.shows("Beta falls");
    // Where nothing is unread, everything is listed.
    again.keys("A");
    let mut last = again.again(160, 48, ColorDepth::TrueColor, vec![]);
    last.deliver_all();
    last.hides("Unread 0");
    last.shows("Beta falls");
}

#[test]
fn everything_a_row_lists_is_marked_as_read_at_once_and_back() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("F j A");
    assert!(harness.listed().iter().all(crate::article::Entry::is_read), "{}", harness.footer());
    harness.keys("u");
    assert!(harness.listed().iter().any(|entry| !entry.is_read()));
    assert_eq!(harness.state.scope(), Scope::Sources);
}

/// What the feeds worker finds at the address that was typed.
fn find(harness: &mut Harness, keys: &str, found: Result<Found, String>) {
    harness.keys(keys);
    harness.type_text("https://site.example.org/");
    harness.keys_only("Enter");
    let request = |harness: &Harness| {
        harness.waiting().iter().find_map(|effect| match effect {
            Effect::Feeds(FeedJob::Find { request, address }) if address == "https://site.example.org/" => {
                Some(*request)
            }
            _ => None,
        })
    };
    while request(harness).is_none() {
        harness.deliver(0);
    }
    let request = request(harness).unwrap();
    harness.lose_waiting();
    harness.answer(feeds(FeedAnswer::Found(request.reply(found))));
    harness.deliver_all();
}

fn found(url: &str, title: &str) -> FoundFeed {
    FoundFeed { url: url.into(), title: Some(title.into()), home: None }
}

#[test]
fn an_address_that_is_a_feed_is_subscribed_to_in_the_folder_of_the_cursor() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    let feed = || Ok(Found::Feed(found("https://site.example.org/feed", "Site News")));
    harness.keys("F");
    go_to(&mut harness, "The Gazette");
    find(&mut harness, "a", feed());
    // It is fetched at once: nobody listens here.
    assert!(harness.footer().contains("“Site News” failed: "), "{}", harness.footer());
    let added = harness.state.shared.subscriptions.all().find(|feed| feed.url.contains("site")).unwrap();
    assert_eq!(added.folder, ["News"]);
    harness.shows("Site News");
    find(&mut harness, "a", feed());
    assert!(harness.footer().contains("You subscribe to “Site News” already in “News”."), "{}", harness.footer());
    harness.keys("u");
    assert!(!drawer(&harness).iter().any(|row| row.contains("Site News")), "{}", harness.screen());
}

#[test]
fn the_feeds_of_a_page_are_offered_and_the_page_too() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    let page = || {
        Found::Page(vec![found("https://site.example.org/rss", "All"), found("https://site.example.org/c", "Comments")])
    };
    find(&mut harness, "a", Ok(page()));
    assert_eq!(harness.state.scope(), Scope::Picker);
    harness.shows("Subscribe: All");
    harness.shows("Read this page");
    assert!(!harness.footer().contains("Looking at"), "{}", harness.footer());
    harness.keys("Down Enter");
    assert!(harness.state.shared.subscriptions.all().any(|feed| feed.title.as_deref() == Some("Comments")));
    find(&mut harness, "a", Err("https://site.example.org cannot be reached.".into()));
    assert!(harness.footer().contains("cannot be reached"), "{}", harness.footer());
}

#[test]
fn a_broken_file_is_told_and_what_is_known_stays() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    let notices = vec![Notice::error("feeds.opml cannot be read.")];
    harness.answer(feeds(FeedAnswer::Subscriptions { subscriptions: None, notices }));
    assert!(harness.footer().contains("feeds.opml cannot be read."), "{}", harness.footer());
    harness.keys("F");
    harness.shows("The Gazette");
    // Another answer than the one that was asked for.
    harness.answer(Answer::Sources(SourceAnswer::Address("https://b.example.org/".into())));
    assert!(harness.footer().contains("Looking at https://b.example.org/"), "{}", harness.footer());
}

#[test]
fn the_cursor_stays_on_a_feed_that_is_moved() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("F");
    go_to(&mut harness, "The Herald");
    harness.keys("e Down Enter");
    harness.type_text("News/Papers");
    harness.keys("Enter");
    assert!(harness.words_in(Meaning::Cursor).contains("The Herald"), "{}", harness.screen());
    harness.keys("D");
    assert!(harness.footer().contains("Removed the feed “The Herald”"), "{}", harness.footer());
}

#[test]
fn what_a_new_feed_brings_or_why_it_does_not_is_said() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.effects();
    find(&mut harness, "a", Ok(Found::Feed(found("https://new.example.org/rss", "New"))));
    assert_eq!(fetches(&mut harness), [Some(vec!["https://new.example.org/rss".to_owned()])]);
    let failed = vec![("New".to_owned(), "the site blocks readers".to_owned())];
    let summary = FetchSummary { feeds: 1, failed, is_asked_for: true, ..FetchSummary::default() };
    harness.answer(feeds(FeedAnswer::Fetched(summary)));
    assert!(harness.footer().contains("“New” failed: the site blocks readers."), "{}", harness.footer());
    harness.answer(feeds(FeedAnswer::Fetched(FetchSummary {
        feeds: 1,
        new: 2,
        is_asked_for: true,
        ..FetchSummary::default()
    })));
    assert!(harness.footer().contains("2 new articles. (show: .)"), "{}", harness.footer());
}

#[test]
fn an_empty_list_of_the_unread_says_that_everything_is_read() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("A F j Enter");
    harness.shows("Everything is read.");
    harness.keys("F j Enter");
    harness.shows("Nothing is starred.");
}

#[test]
fn a_row_of_the_drawer_is_found_by_its_name_its_folder_or_its_address() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("F /");
    assert!(harness.footer().contains("Find feed, folder or search:"), "{}", harness.footer());
    harness.type_text("LEDG");
    assert_eq!(drawer(&harness), [" ▾ News", "   ▾ Money", "       The Ledger"], "{}", harness.screen());
    assert!(harness.words_in(Meaning::Cursor).contains("The Ledger"), "{}", harness.screen());
    harness.keys("Enter");
    harness.shows("Sources and searches · LEDG");
    harness.keys("p");
    assert!(harness.footer().contains("Paused “The Ledger”"), "{}", harness.footer());
    harness.hides("The Gazette");
    harness.keys("Space");
    assert!(harness.footer().contains("All folders are open"), "{}", harness.footer());
    // One step back shows all rows, the next the list.
    harness.keys("Esc");
    assert_eq!(harness.state.scope(), Scope::Sources);
    harness.shows("The Gazette");
    assert!(harness.words_in(Meaning::Cursor).contains("The Ledger"), "{}", harness.screen());
    harness.keys("/");
    harness.type_text("money");
    assert_eq!(drawer(&harness).len(), 3, "the folder, the one it lies in, and its feed:\n{}", harness.screen());
    harness.keys("C-u");
    harness.type_text("post.example");
    harness.keys("Enter");
    assert_eq!(drawer(&harness), [" ‖ The Post"]);
    // What it lists is listed, and next time all rows are there.
    harness.keys("Enter");
    assert_eq!(harness.state.scope(), Scope::Articles);
    harness.shows("· The Post");
    harness.keys("F");
    harness.shows("The Gazette");
}

#[test]
fn words_that_no_row_has_are_told_and_given_up() {
    let mut harness = subscribed(100, 30, ColorDepth::TrueColor);
    harness.keys("F /");
    harness.type_text("nowhere");
    harness.shows("No feed, folder or search");
    harness.keys("Enter");
    assert!(harness.footer().contains("No feed, folder or search here has these words"), "{}", harness.footer());
    assert_eq!(harness.state.scope(), Scope::Sources);
    harness.shows("The Gazette");
    harness.keys("/");
    harness.type_text("herald");
    harness.hides("The Gazette");
    harness.keys("Esc");
    harness.shows("The Gazette");
    assert_eq!(harness.state.scope(), Scope::Sources);
}

#[test]
fn a_name_that_is_cut_off_stands_whole_below_the_list() {
    let mut harness = subscribed(100, 30, ColorDepth::TrueColor);
    let long = "The Illustrated Gazette of the Northern Harbours";
    let add = vec![subscription("https://long.example.org/rss", long, &["News"])];
    harness
        .carry_out_feeds(FeedJob::Edit { edit: SubscriptionEdit { take: Vec::new(), add }, done: "Imported".into() });
    harness.keys("F");
    go_to(&mut harness, "The Illustrated");
    harness.shows("Northern Harbours");
    harness.shows("https://long.example.org");
}

#[test]
fn a_folder_is_completed_from_those_there_are() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("F");
    go_to(&mut harness, "The Herald");
    harness.keys("e Down Enter");
    assert!(harness.footer().contains("Tab: News  News/Money"), "{}", harness.footer());
    harness.type_text("news/");
    assert!(harness.footer().contains("Tab: News/Money"), "{}", harness.footer());
    harness.keys("Tab Enter");
    assert!(harness.footer().contains("Moved “The Herald” to “News/Money”"), "{}", harness.footer());
}

#[test]
fn an_address_without_its_scheme_is_looked_at_in_full() {
    let mut harness = subscribed(160, 48, ColorDepth::TrueColor);
    harness.keys("a");
    harness.type_text("news.example.org/feed");
    harness.keys_only("Enter");
    let is_looked_at = |effect: &Effect| matches!(effect, Effect::Feeds(FeedJob::Find { address, .. }) if address == "https://news.example.org/feed");
    while !harness.waiting().iter().any(is_looked_at) {
        harness.deliver(0);
    }
    harness.lose_waiting();
    // What looks like the name of a file is one.
    harness.keys("a");
    harness.type_text("no-such-report.txt");
    harness.keys("Enter");
    assert!(harness.footer().contains("no such file or folder: no-such-report.txt"), "{}", harness.footer());
}

#[test]
fn who_has_no_feeds_is_told_how_to_get_one() {
    for (width, height) in [(160, 48), (60, 20), (30, 12)] {
        let mut harness = Harness::bare(width, height, ColorDepth::Mono);
        harness.start(vec![("alpha.txt", "Alpha rises\n\nThe first words of alpha.")]);
        harness.deliver_all();
        harness.keys("h F");
        harness.shows("There are no feeds yet:");
        harness.keys("F");
        harness.hides("There are no feeds yet:");
    }
    let mut harness = subscribed(160, 48, ColorDepth::Mono);
    harness.keys("F");
    harness.hides("no feeds yet");
}
