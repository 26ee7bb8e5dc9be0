//! Tests of fetching feeds, against a server on this machine.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::client::Limits;
use super::feed_request::FeedResponse;
use super::server::{Reply, Server};
use super::*;
use crate::config::{FeedAccess, Secret};

/// Long enough for a loaded machine, short enough for a test.
const LIMITS: Limits = Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(20), bytes: 10 << 20 };

fn request(address: String) -> FeedRequest {
    FeedRequest { address, now: Timestamp::UNIX_EPOCH, ..FeedRequest::default() }
}

fn ask(request: &FeedRequest) -> Result<FeedResponse, FetchError> {
    ask_in(request, &Network::default())
}

fn ask_in(request: &FeedRequest, network: &Network) -> Result<FeedResponse, FetchError> {
    Client::new(network).fetch_feed_within(&LIMITS, request, &mut |_| true)
}

#[test]
fn a_feed_comes_whatever_it_is_called_with_all_that_its_server_says_of_it() {
    let server = Server::start();
    let headers = "Content-Type: text/html; charset=koi8-r\r\nETag: W/\"a b\"\r\nLast-Modified: yesterday\r\n\
                   Cache-Control: private\r\nCache-Control: max-age=600\r\nContent-Location: /real.xml\r\n";
    server.put("/feed", Reply::kept(200, headers, b"<rss/>"));
    let response = ask(&request(server.url("/feed#top"))).unwrap();
    assert_eq!(response.body.as_deref(), Some(&b"<rss/>"[..]));
    assert_eq!((response.address.as_str(), response.moved_to), (server.url("/feed").as_str(), None));
    assert_eq!(
        (response.charset.as_deref(), response.content_location),
        (Some("koi8-r"), Some(server.url("/real.xml")))
    );
    assert_eq!(response.etag.as_deref(), Some(&b"W/\"a b\""[..]));
    assert_eq!(response.last_modified.as_deref(), Some(&b"yesterday"[..]));
    assert_eq!(response.fresh_until, Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(600)).ok());
    let asked = server.asked().swap_remove(0).to_lowercase();
    assert!(asked.contains("accept: application/atom+xml") && asked.contains("accept-encoding: gzip, br"), "{asked}");
    assert!(!asked.contains("if-"), "{asked}");
    // A picture is looked at too: the bytes tell.
    server.put("/feed", Reply::kept(200, "Content-Type: image/png\r\n", b"<rss/>"));
    assert!(ask(&request(server.url("/feed"))).unwrap().body.is_some());
}

#[test]
fn what_it_had_the_last_time_is_sent_back_byte_for_byte() {
    let server = Server::start();
    let (etag, last_modified) = (Some(b"W/\"\xe9 x\"".to_vec()), Some(b"Sat, 1 Jan 00 0:0:0".to_vec()));
    let asked = FeedRequest { etag, last_modified, ..request(server.url("/feed")) };
    server.put("/feed", Reply::kept(304, "", b""));
    let response = ask(&asked).unwrap();
    assert_eq!((response.body, &response.etag, &response.last_modified), (None, &asked.etag, &asked.last_modified));
    server.put("/feed", Reply::kept(304, "ETag: \"2\"\r\nCache-Control: max-age=60\r\n", b""));
    let response = ask(&asked).unwrap();
    assert!(response.etag.as_deref() == Some(b"\"2\"") && response.fresh_until.is_some());
    let heads = server.asked();
    assert!(heads[0].contains("if-modified-since: Sat, 1 Jan 00 0:0:0\r\n"), "{heads:?}");
    assert!(heads[0].contains("if-none-match: W/\"\u{e9} x\"\r\n"), "{heads:?}");
    // Nobody asked whether it has changed.
    assert!(matches!(ask(&request(server.url("/feed"))), Err(FetchError::Status { code: 304, .. })));
}

#[test]
fn a_feed_moves_as_far_as_redirects_are_for_good() {
    let server = Server::start();
    let lead =
        |path: &str, code: u16, to: &str| server.put(path, Reply::kept(code, &format!("Location: {to}\r\n"), b""));
    server.put("/feed", Reply::kept(200, "", b"<rss/>"));
    lead("/a", 301, "/b");
    lead("/b", 308, "/feed");
    lead("/c", 301, "/d");
    lead("/d", 302, "/e");
    lead("/e", 301, "/feed");
    for (path, code) in [("/303", 303), ("/307", 307), ("/302", 302)] {
        lead(path, code, "/feed");
    }
    lead("/gone", 301, "/nothing");
    let moved = |path: &str| ask(&request(server.url(path))).map(|response| (response.moved_to, response.address));
    let feed = server.url("/feed");
    assert_eq!(moved("/a"), Ok((Some(feed.clone()), feed.clone())));
    assert_eq!(moved("/c"), Ok((Some(server.url("/d")), feed.clone())));
    for path in ["/303", "/307", "/302", "/feed"] {
        assert_eq!(moved(path), Ok((None, feed.clone())), "{path}");
    }
    assert!(matches!(moved("/gone"), Err(FetchError::Status { code: 404, .. })));
    lead("/loop", 302, "/loop2");
    lead("/loop2", 302, "/loop");
    assert!(matches!(moved("/loop"), Err(FetchError::RedirectLoop(_))));
    // It is asked whether it has changed where it leads, too.
    server.put("/feed", Reply::kept(304, "", b""));
    let known = FeedRequest { etag: Some(b"\"1\"".to_vec()), ..request(server.url("/a")) };
    assert_eq!(ask(&known).unwrap().moved_to, Some(feed));
}

#[test]
fn a_status_is_told_with_how_long_to_wait() {
    let server = Server::start();
    for (code, wait) in [(410, None), (404, None), (429, Some("120")), (503, Some("Fri, 27 Nov 2026 10:00:00 GMT"))] {
        let headers = wait.map(|wait| format!("Retry-After: {wait}\r\n")).unwrap_or_default();
        server.put("/feed", Reply::kept(code, &headers, b"no"));
        let error = ask(&request(server.url("/feed"))).unwrap_err();
        let retry_after = wait.map(str::to_owned);
        assert_eq!(error, FetchError::Status { host: "127.0.0.1".to_owned(), code, retry_after });
    }
    server.put("/feed", Reply::kept(403, "cf-mitigated: challenge\r\n", b"Just a moment"));
    assert!(matches!(ask(&request(server.url("/feed"))), Err(FetchError::Challenge(_))));
}

#[test]
fn half_a_feed_is_none_and_so_is_one_without_end_or_in_an_unknown_package() {
    let server = Server::start();
    let short = b"HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<rss>".to_vec();
    server.put("/short", Reply::Raw(short));
    server.put("/endless", Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n<rss>".to_vec()));
    server.put("/zstd", Reply::kept(200, "Content-Encoding: zstd\r\n", b"x"));
    server.put("/drip", Reply::Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n".to_vec()));
    let outcome = |path: &str| ask(&request(server.url(path)));
    assert!(matches!(outcome("/short"), Err(FetchError::CutShort(_))), "{:?}", outcome("/short"));
    assert!(matches!(outcome("/endless"), Err(FetchError::TooLarge { mebibytes: 10, .. })));
    assert!(matches!(outcome("/zstd"), Err(FetchError::Encoding(name)) if name == "zstd"));
    let quick = Limits { whole: Duration::from_millis(300), ..LIMITS };
    let slow = Client::new(&Network::default()).fetch_feed_within(&quick, &request(server.url("/drip")), &mut |_| true);
    assert!(matches!(slow, Err(FetchError::TooSlow { .. })), "{slow:?}");
}

#[test]
fn connections_are_kept_and_one_that_was_left_meanwhile_is_made_anew() {
    let server = Server::start();
    server.put("/a", Reply::kept(200, "", b"<rss/>"));
    server.put("/b", Reply::kept(404, "", b""));
    server.put("/c", Reply::Fresh(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<rss/>".to_vec()));
    let client = Client::new(&Network::default());
    for _ in 0..5 {
        client.fetch_feed(&request(server.url("/a")), &mut |_| true).unwrap();
    }
    assert_eq!((server.connections(), server.asked().len()), (1, 5));
    assert!(client.fetch_feed(&request(server.url("/c")), &mut |_| true).is_ok());
    assert_eq!((server.connections(), server.asked().len()), (2, 7));
}

#[test]
fn whoever_waits_is_let_go_when_the_client_is_shut() {
    let server = Server::start();
    server.put("/silent", Reply::Silence);
    let client = Arc::new(Client::new(&Network::default()));
    let (asking, asked) = (Arc::clone(&client), request(server.url("/silent")));
    let waiting = thread::Builder::new().spawn(move || asking.fetch_feed(&asked, &mut |_| true)).unwrap();
    while server.asked().is_empty() {
        thread::yield_now();
    }
    client.shut();
    assert_eq!(waiting.join().unwrap(), Err(FetchError::Cancelled));
    assert_eq!(client.fetch_feed(&request(server.url("/silent")), &mut |_| true), Err(FetchError::Cancelled));
}

#[test]
fn what_the_reader_is_known_by_goes_to_no_other_server() {
    let (server, other) = (Server::start(), Server::start());
    let access = |place: &str, token: &str| FeedAccess {
        place: place.to_owned(),
        user: Some("ana".to_owned()),
        password: Some(Secret("x".to_owned())),
        password_command: None,
        headers: vec![("X-Token".to_owned(), Secret(token.to_owned()))],
        line: 1,
    };
    let places = [access("127.0.0.1", "host"), access(&server.url("/private"), "exact")];
    let credentials = Credentials::new(&places, |_| Err("not asked".to_owned()));
    let network = Network { credentials, ..Network::default() };
    other.put("/feed", Reply::kept(200, "", b"<rss/>"));
    server.put("/private/feed", Reply::kept(302, "Location: /private/b\r\n", b""));
    server.put("/private/b", Reply::kept(302, "Location: /public\r\n", b""));
    server.put("/public", Reply::kept(302, &format!("Location: {}\r\n", other.url("/feed")), b""));
    ask_in(&request(server.url("/private/feed")), &network).unwrap();
    let heads: Vec<String> = server.asked().iter().chain(&other.asked()).map(|head| head.to_lowercase()).collect();
    let has = |name: &str| -> Vec<bool> { heads.iter().map(|head| head.contains(name)).collect() };
    assert_eq!(has("authorization: basic yw5hong="), [true, true, false, false], "{heads:?}");
    assert_eq!(has("x-token: exact"), [true, true, false, false]);
}
