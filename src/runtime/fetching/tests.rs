//! Tests of fetching feeds, against a server on this machine.

use std::collections::BTreeMap;

use super::*;
use crate::net::server::{Reply, Server};

/// A feed with so many entries.
fn rss(title: &str, entries: usize) -> String {
    let entry = |number| {
        format!(
            "<item><title>{title} {number}</title><link>https://example.org/{number}</link>\
             <description>It rained.</description></item>"
        )
    };
    let entries: String = (0..entries).map(entry).collect();
    format!("<rss version=\"2.0\"><channel><title>{title}</title><ttl>90</ttl>{entries}</channel></rss>")
}

fn served(headers: &str, title: &str, entries: usize) -> Reply {
    Reply::kept(200, headers, rss(title, entries).as_bytes())
}

fn feed(url: impl Into<String>) -> Subscription {
    Subscription { url: url.into(), ..Subscription::default() }
}

fn now() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

/// What was kept and what was told of feeds that were asked for, by address.
#[derive(Default)]
struct Outcome {
    kept: BTreeMap<String, FeedArrivals>,
    told: BTreeMap<String, FetchReport>,
}

impl Outcome {
    fn state(&self, feed: &str) -> FeedState {
        self.kept[feed].state.clone()
    }

    fn status(&self, feed: &str) -> FetchStatus {
        self.told[feed].status
    }

    fn problem(&self, feed: &str) -> String {
        self.told[feed].problem.as_ref().map(Trouble::problem).unwrap_or_default()
    }
}

fn plan(feeds: Vec<(Subscription, FeedState)>) -> FetchPlan {
    FetchPlan {
        feeds,
        is_asked_for: true,
        interval: SignedDuration::from_mins(30),
        network: Network::default(),
        now: now(),
        cancelled: Arc::default(),
    }
}

fn outcome_of(plan: FetchPlan) -> Outcome {
    let (mut kept, mut told) = (BTreeMap::new(), BTreeMap::new());
    let mut keep = |arrivals: FeedArrivals| {
        assert!(kept.insert(arrivals.feed.clone(), arrivals).is_none(), "kept once");
        Ok(FeedNews::default())
    };
    fetch(plan, &mut keep, &mut |report| {
        assert!(told.insert(report.url.clone(), report).is_none(), "told once");
        true
    })
    .unwrap();
    Outcome { kept, told }
}

fn fetched(feeds: &[Subscription]) -> Outcome {
    outcome_of(plan(feeds.iter().map(|feed| (feed.clone(), FeedState::default())).collect()))
}

#[test]
fn a_feed_comes_with_its_articles_and_is_unchanged_the_next_time() {
    let server = Server::start();
    server.put("/etag", served("ETag: \"1\"\r\n", "Ledger", 3));
    server.put("/plain", served("", "Gazette", 2));
    let feeds = [feed(server.url("/etag")), Subscription { title: Some("Mine".into()), ..feed(server.url("/plain")) }];
    let first = fetched(&feeds);
    let arrivals = &first.kept[&feeds[0].url];
    assert_eq!(arrivals.entries.len(), 3);
    let entry = &arrivals.entries[0];
    assert_eq!((entry.article.title.as_str(), entry.article.source.as_deref()), ("Ledger 0", Some("Ledger")));
    assert!(entry.is_teaser && entry.words >= 2);
    assert_eq!(first.kept[&feeds[1].url].entries[0].article.source.as_deref(), Some("Mine"));
    let titles: Vec<_> = first.told.values().map(|report| report.title.as_deref()).collect();
    assert_eq!(titles, [Some("Ledger"), Some("Mine")]);
    let state = first.state(&feeds[0].url);
    assert_eq!((state.etag.as_deref(), state.ttl, state.fetched_at), (Some(&b"\"1\""[..]), Some(90), Some(now())));
    // The one says so, the other sends the same bytes.
    server.put("/etag", Reply::kept(304, "", b""));
    let known = feeds.iter().map(|feed| (feed.clone(), first.state(&feed.url))).collect();
    let second = outcome_of(plan(known));
    for feed in &feeds {
        assert_eq!(second.status(&feed.url), FetchStatus::Unchanged, "{}", feed.url);
        assert!(second.kept[&feed.url].entries.is_empty());
    }
    assert!(server.asked().iter().any(|head| head.contains("if-none-match: \"1\"")));
}

#[test]
fn each_failure_is_told_and_disturbs_nothing_else() {
    let server = Server::start();
    let page = "<html><head><link rel=alternate type='application/rss+xml' href='/real.xml'></head>Hello</html>";
    for (path, reply) in [
        ("/ok", served("", "Ledger", 2)),
        ("/html-type", served("Content-Type: text/html\r\n", "Typed", 1)),
        ("/404", Reply::status(404, "")),
        ("/410", Reply::status(410, "")),
        ("/500", Reply::status(500, "")),
        ("/403", Reply::status(403, "")),
        ("/page", Reply::page("text/html", page)),
        ("/empty", Reply::page("application/rss+xml", " \n")),
        ("/loop", Reply::status(302, "Location: /loop\r\n")),
        ("/endless", Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>".to_vec())),
        (
            "/short",
            Reply::Raw(
                b"HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 99\r\n\
                                Connection: close\r\n\r\n<rss>"
                    .to_vec(),
            ),
        ),
    ] {
        server.put(path, reply);
    }
    let paths = ["/ok", "/html-type", "/404", "/410", "/500", "/403", "/page", "/empty", "/loop", "/endless", "/short"];
    let mut feeds: Vec<Subscription> = paths.iter().map(|path| feed(server.url(path))).collect();
    feeds.push(feed("exec:echo nothing >&2; exit 3"));
    feeds.push(feed("gopher://example.org/"));
    let outcome = fetched(&feeds);
    assert_eq!(outcome.told.len(), feeds.len());
    for (path, told) in [
        ("/404", "has no such feed (404)"),
        ("/410", "gone from 127.0.0.1 for good (410)"),
        ("/500", "fault of its own (500)"),
        ("/403", "127.0.0.1 blocks readers (403)"),
        ("/page", "/real.xml"),
        ("/empty", "it is empty"),
        ("/loop", "in a circle"),
        ("/endless", "larger than 10 MiB"),
        ("/short", "in the middle of the feed"),
    ] {
        let url = server.url(path);
        assert_eq!(outcome.status(&url), FetchStatus::Error, "{path}");
        assert!(outcome.problem(&url).contains(told), "{path}: {}", outcome.problem(&url));
        let state = outcome.state(&url);
        assert_eq!((state.failures, state.is_gone, state.etag), (1, path == "/410", None), "{path}");
        assert_eq!(state.problem, Some(outcome.problem(&url)));
    }
    assert!(outcome.problem("exec:echo nothing >&2; exit 3").contains("nothing (try it in a shell"));
    assert!(outcome.problem("gopher://example.org/").contains("no address of the web"));
    for path in ["/ok", "/html-type"] {
        assert_eq!(outcome.status(&server.url(path)), FetchStatus::Ok, "{path}");
    }
}

#[test]
fn a_feed_that_fails_keeps_what_it_had_and_is_asked_for_whether_it_has_changed() {
    let server = Server::start();
    server.put("/feed", Reply::status(500, ""));
    let url = server.url("/feed");
    let known = FeedState { etag: Some(b"\"1\"".to_vec()), title: Some("Ledger".into()), ..FeedState::default() };
    let outcome = outcome_of(plan(vec![(feed(url.clone()), known)]));
    let state = outcome.state(&url);
    assert_eq!(
        (state.etag.as_deref(), state.title.as_deref(), state.failures),
        (Some(&b"\"1\""[..]), Some("Ledger"), 1)
    );
    assert_eq!(outcome.told[&url].title.as_deref(), Some("Ledger"));
    assert!(!state.is_due(
        &url,
        SignedDuration::from_mins(10),
        now().checked_add(SignedDuration::from_mins(20)).unwrap()
    ));
}

#[test]
fn a_feed_that_moved_for_good_says_where_unless_there_is_none() {
    let server = Server::start();
    server.put("/ok", served("", "Ledger", 1));
    server.put("/moved", Reply::status(301, "Location: /ok\r\n"));
    server.put("/page", Reply::page("text/html", "<p>We have a new site"));
    server.put("/lost", Reply::status(301, "Location: /page\r\n"));
    let outcome = fetched(&[feed(server.url("/moved")), feed(server.url("/lost"))]);
    assert_eq!(outcome.told[&server.url("/moved")].moved_to, Some(server.url("/ok")));
    assert_eq!(outcome.told[&server.url("/lost")].moved_to, None);
}

#[test]
fn a_host_that_asks_for_patience_gets_it_for_all_its_feeds() {
    let (server, other) = (Server::start(), Server::start());
    other.put("/feed", served("", "Other", 1));
    let paths: Vec<String> = (0..20).map(|number| format!("/{number}")).collect();
    for path in &paths {
        server.put(path, Reply::status(429, "Retry-After: 600\r\n"));
    }
    let mut feeds: Vec<Subscription> = paths.iter().map(|path| feed(server.url(path))).collect();
    feeds.push(feed(other.url("/feed")));
    let outcome = fetched(&feeds);
    let asked = server.asked().len();
    assert!(asked <= 4 + 2, "{asked}");
    let held: Vec<&FetchReport> = outcome.told.values().filter(|report| report.status == FetchStatus::Held).collect();
    assert_eq!(held.len(), 20 - asked);
    assert!(held.iter().all(|report| report.problem.is_none()));
    assert_eq!(outcome.status(&other.url("/feed")), FetchStatus::Ok);
    let until = now().checked_add(SignedDuration::from_mins(10)).ok();
    let states: Vec<FeedState> = paths.iter().map(|path| outcome.state(&server.url(path))).collect();
    assert!(states.iter().all(|state| state.held_until == until && state.failures == 0));
    // It holds whoever asks.
    let again = outcome_of(plan(feeds.iter().map(|feed| (feed.clone(), outcome.state(&feed.url))).collect()));
    assert_eq!(server.asked().len(), asked);
    assert!(paths.iter().all(|path| again.status(&server.url(path)) == FetchStatus::Held));
}

#[test]
fn one_feed_that_is_refused_keeps_no_other_waiting() {
    let server = Server::start();
    let paths: Vec<String> = (0..20).map(|number| format!("/{number}")).collect();
    for path in &paths {
        server.put(path, served("", "Ledger", 1));
    }
    server.put("/3", Reply::status(503, "Retry-After: 600\r\n"));
    let feeds: Vec<Subscription> = paths.iter().map(|path| feed(server.url(path))).collect();
    let outcome = fetched(&feeds);
    let came = outcome.told.values().filter(|report| report.status == FetchStatus::Ok).count();
    assert_eq!((came, outcome.status(&server.url("/3"))), (19, FetchStatus::Error));
}

#[test]
fn what_is_paused_gone_or_not_due_is_left_alone_and_a_feed_in_two_folders_is_one() {
    let server = Server::start();
    for path in ["/a", "/b", "/c", "/d"] {
        server.put(path, served("", "Ledger", 1));
    }
    let state = |url: &str| fetched(&[feed(url)]).state(url);
    let [a, b, c, d] = ["/a", "/b", "/c", "/d"].map(|path| server.url(path));
    let feeds = || {
        let tagged = |tag: &str| Subscription { tags: vec![tag.to_owned()], ..feed(a.clone()) };
        vec![
            (tagged("x"), FeedState::default()),
            (tagged("y"), FeedState::default()),
            (Subscription { is_paused: true, ..feed(b.clone()) }, FeedState::default()),
            (feed(c.clone()), FeedState { is_gone: true, ..FeedState::default() }),
            (feed(d.clone()), state(&d)),
        ]
    };
    let asked = outcome_of(plan(feeds()));
    assert_eq!(asked.kept[&a].tags, ["x", "y"]);
    let statuses = [&a, &b, &c, &d].map(|url| asked.status(url));
    assert_eq!(statuses, [FetchStatus::Ok, FetchStatus::Paused, FetchStatus::Paused, FetchStatus::Unchanged]);
    // By itself only what is due is asked for, and told.
    let by_itself = outcome_of(FetchPlan { is_asked_for: false, ..plan(feeds()) });
    assert_eq!(by_itself.told.keys().collect::<Vec<_>>(), [&a]);
}

#[test]
fn commands_print_feeds_and_change_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a feed.xml");
    #[expect(clippy::disallowed_methods, reason = "lays out a feed")]
    std::fs::write(&file, rss("Filed", 2)).unwrap();
    let exec = format!("exec:cat '{}'", file.display());
    let as_file = format!("file://{}", file.display()).replace(' ', "%20");
    let server = Server::start();
    server.put("/feed", served("ETag: \"1\"\r\n", "Ledger", 1));
    let filtered = Subscription { filter: Some("sed s/Ledger/Register/g".to_owned()), ..feed(server.url("/feed")) };
    let outcome = fetched(&[feed(exec.clone()), feed(as_file.clone()), filtered.clone()]);
    let title = |url: &str| outcome.kept[url].entries[0].article.title.clone();
    assert_eq!([title(&exec), title(&as_file)], ["Filed 0", "Filed 0"]);
    assert_eq!(title(&filtered.url), "Register 0");
    let again = outcome_of(plan(vec![(feed(exec.clone()), outcome.state(&exec))]));
    assert_eq!(again.status(&exec), FetchStatus::Unchanged);
}

#[test]
fn who_does_not_want_to_wait_is_heard_at_once_and_what_came_was_kept() {
    let server = Server::start();
    server.put("/ok", served("", "Ledger", 1));
    server.put("/silent", Reply::Silence);
    let plan = plan(["/ok", "/silent"].map(|path| (feed(server.url(path)), FeedState::default())).into());
    let cancelled = Arc::clone(&plan.cancelled);
    let mut kept = Vec::new();
    let mut told = 0;
    fetch(
        plan,
        &mut |arrivals| {
            kept.push(arrivals.feed);
            Ok(FeedNews::default())
        },
        &mut |_| {
            told += 1;
            cancelled.store(true, Ordering::SeqCst);
            true
        },
    )
    .unwrap();
    assert_eq!((kept, told), (vec![server.url("/ok")], 1));
}

#[test]
fn where_nothing_can_be_kept_fetching_ends_and_says_so_once() {
    let server = Server::start();
    let paths: Vec<String> = (0..40).map(|number| format!("/{number}")).collect();
    for path in &paths {
        server.put(path, served("", "Ledger", 1));
    }
    let feeds = paths.iter().map(|path| (feed(server.url(path)), FeedState::default())).collect();
    let (mut asked, mut told) = (0, 0);
    let mut keep = |_: FeedArrivals| {
        asked += 1;
        if asked < 3 { Ok(FeedNews::default()) } else { Err(NotKept::Lasting("the disk is full".to_owned())) }
    };
    let fetched = fetch(plan(feeds), &mut keep, &mut |_| {
        told += 1;
        true
    });
    assert_eq!((fetched, asked, told), (Err("the disk is full".to_owned()), 3, 2));
}

#[test]
fn what_cannot_be_kept_is_an_error_of_its_feed() {
    let server = Server::start();
    server.put("/a", served("", "Ledger", 1));
    server.put("/moved", Reply::status(301, "Location: /a\r\n"));
    let feeds = ["/a", "/moved"].map(|path| (feed(server.url(path)), FeedState::default())).into();
    let mut told = Vec::new();
    let refused = &mut |_| Err(NotKept::Once("the disk is full".to_owned()));
    let fetched = fetch(plan(feeds), refused, &mut |report| {
        told.push(report);
        true
    });
    assert_eq!((told.len(), fetched), (2, Ok(())));
    for report in told {
        assert_eq!((report.status, report.moved_to), (FetchStatus::Error, None));
        assert_eq!(report.problem.unwrap().error, "the disk is full");
    }
}
