//! Tests of fetching, against a server on this machine.

use std::time::Duration;

use super::client::Limits;
use super::page_fetch::{Fetched, fetch_within};
use super::server::{Reply, Server};
use super::*;

/// Long enough for a loaded machine, short enough for a test.
const LIMITS: Limits = Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(20), bytes: 10 << 20 };

fn get(address: &str) -> Result<Fetched, FetchError> {
    fetch_within(&LIMITS, address, &Network::default(), &mut |_| true)
}

fn raw(head: &str, body: &[u8]) -> Reply {
    Reply::Raw([format!("HTTP/1.1 200 OK\r\n{head}Connection: close\r\n\r\n").as_bytes(), body].concat())
}

#[test]
fn a_page_comes_with_its_address_and_encoding_and_we_say_who_asks() {
    let server = Server::start();
    server.put("/a", Reply::page("text/html; charset=ISO-8859-1", "<p>Hello"));
    server.put("/b", Reply::page("text/markdown", "# Hello"));
    let page = get(&server.url("/a#part")).unwrap();
    assert_eq!((page.bytes.as_slice(), page.charset.as_deref()), (b"<p>Hello".as_slice(), Some("ISO-8859-1")));
    assert_eq!(page.address, server.url("/a"));
    assert!(!page.is_plain && !page.is_markdown && get(&server.url("/b")).unwrap().is_markdown);
    let asked = server.asked().swap_remove(0).to_lowercase();
    for header in ["user-agent: dateline/", "accept: text/html", "accept-encoding: gzip, br"] {
        assert!(asked.contains(header), "{asked}");
    }
}

#[test]
fn redirects_are_followed_relative_ones_too_and_the_last_address_counts() {
    let server = Server::start();
    server.put("/a/b", Reply::status(301, "Location: ../c?d\r\n"));
    server.put("/c?d", Reply::status(307, &format!("Location: {}\r\n", server.url("/e"))));
    server.put("/e", Reply::page("text/plain", "Here."));
    let page = get(&server.url("/a/b")).unwrap();
    assert_eq!((page.address, page.is_plain), (server.url("/e"), true));
}

#[test]
fn a_loop_a_long_way_and_a_redirect_to_nowhere_end_with_a_reason() {
    let server = Server::start();
    server.put("/x", Reply::status(302, "Location: /y\r\n"));
    server.put("/y", Reply::status(302, "Location: /x\r\n"));
    for number in 0..9 {
        server.put(&format!("/{number}"), Reply::status(302, &format!("Location: /{}\r\n", number + 1)));
    }
    server.put("/nowhere", Reply::status(302, ""));
    server.put("/file", Reply::status(302, "Location: file:///etc/passwd\r\n"));
    assert!(matches!(get(&server.url("/x")), Err(FetchError::RedirectLoop(_))));
    assert!(matches!(get(&server.url("/0")), Err(FetchError::TooManyRedirects(5))));
    assert_eq!(server.asked().len(), 2 + 6);
    assert!(matches!(get(&server.url("/nowhere")), Err(FetchError::RedirectNowhere)));
    assert!(matches!(get(&server.url("/file")), Err(FetchError::RedirectElsewhere(_))));
}

#[test]
fn a_status_is_told_with_what_can_be_done() {
    let server = Server::start();
    for (code, headers, told, hint) in [
        (404, "", "no such page", "check the address"),
        (410, "", "gone", "check the address"),
        (401, "", "name and password", "browser"),
        (403, "", "does not let readers in", "browser"),
        (429, "Retry-After: 120\r\n", "too often", "120 s"),
        (503, "Retry-After: Fri, 27 Nov 2026 10:00:00 GMT\r\n", "busy", "until Fri"),
        (500, "", "fault of its own", "later"),
    ] {
        server.put("/a", Reply::status(code, headers));
        let error = get(&server.url("/a")).unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
        assert!(error.hint().unwrap().contains(hint), "{:?}", error.hint());
    }
}

#[test]
fn what_is_slow_endless_or_silent_is_left() {
    let server = Server::start();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    server.put("/drip", Reply::Drip(format!("{head}Content-Length: 99999\r\n\r\n").into_bytes()));
    server.put("/silent", Reply::Silence);
    server.put("/endless", Reply::Endless(format!("{head}\r\n").into_bytes()));
    let quick = Limits { whole: Duration::from_millis(300), ..LIMITS };
    for path in ["/drip", "/silent"] {
        let error = fetch_within(&quick, &server.url(path), &Network::default(), &mut |_| true).unwrap_err();
        assert!(matches!(error, FetchError::TooSlow { .. }), "{path}: {error:?}");
    }
    assert!(matches!(get(&server.url("/endless")), Err(FetchError::TooLarge { mebibytes: 10, .. })));
}

/// 64 KiB of zeros, as gzip packs them.
const BOMB: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 1, 1, 0, 0, 0, 128, 144, 254, 175, 238, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 106, 235, 142, 151, 215, 0, 0, 1, 0,
];

#[test]
fn bytes_are_counted_as_they_are_unpacked() {
    let server = Server::start();
    server.put("/bomb", raw("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", BOMB));
    let tight = Limits { bytes: 4 << 10, ..LIMITS };
    let outcome = fetch_within(&tight, &server.url("/bomb"), &Network::default(), &mut |_| true);
    assert!(matches!(outcome, Err(FetchError::TooLarge { .. })), "{outcome:?}");
}

#[test]
fn half_a_page_is_no_page() {
    let server = Server::start();
    server.put("/short", raw("Content-Type: text/html\r\nContent-Length: 100\r\n", b"<p>Only this"));
    server.put("/chunk", raw("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", b"5\r\nHello\r\n"));
    for path in ["/short", "/chunk"] {
        let outcome = get(&server.url(path));
        assert!(matches!(outcome, Err(FetchError::CutShort(_))), "{path}: {outcome:?}");
    }
    server.put("/bad", raw("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", b"zz\r\nHello\r\n"));
    assert!(get(&server.url("/bad")).is_err());
}

#[test]
fn what_has_no_words_or_is_packed_unasked_is_refused_with_the_next_command() {
    let server = Server::start();
    server.put("/a.png", Reply::page("image/png", "x"));
    server.put("/a", Reply::page("application/pdf", "x"));
    server.put("/zstd", raw("Content-Type: text/html\r\nContent-Encoding: zstd\r\n", b"x"));
    let hint = |path: &str| get(&server.url(path)).unwrap_err().hint().unwrap();
    assert!(hint("/a.png").contains("tesseract"));
    assert_eq!(hint("/a"), format!("`curl -sL {} | pdftotext -layout - - | dateline -`", server.url("/a")));
    assert!(matches!(get(&server.url("/zstd")), Err(FetchError::Encoding(name)) if name == "zstd"));
}

#[test]
fn nobody_there_and_no_such_site_are_told_apart() {
    let server = Server::start();
    let gone = server.url("/");
    drop(server);
    assert!(matches!(get(&gone), Err(FetchError::Unreachable { .. })), "{:?}", get(&gone));
    let error = get("http://no-such-site.invalid/").unwrap_err();
    assert!(matches!(error, FetchError::UnknownHost(_) | FetchError::Offline), "{error:?}");
    for address in ["ftp://example.org/", "example.org", "https://a b/"] {
        assert!(matches!(get(address), Err(FetchError::NotWeb(_))), "{address}");
    }
}

#[test]
fn who_does_not_want_to_wait_is_heard() {
    let server = Server::start();
    server.put("/endless", Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec()));
    let mut pieces = 0;
    let outcome = fetch_within(&LIMITS, &server.url("/endless"), &Network::default(), &mut |progress| {
        pieces += 1;
        assert_eq!(progress.host, "127.0.0.1");
        pieces < 3
    });
    assert_eq!(outcome, Err(FetchError::Cancelled));
}

#[test]
fn a_page_is_asked_for_through_the_proxy() {
    let server = Server::start();
    server.put("http://example.org/a", Reply::page("text/plain", "Through it."));
    let proxies = Proxies::read(|name| (name == "HTTP_PROXY").then(|| server.url("")));
    let network = Network { proxies, ..Network::default() };
    let outcome = fetch_within(&LIMITS, "http://example.org/a", &network, &mut |_| true);
    assert_eq!(outcome.unwrap().bytes, b"Through it.", "{:?}", server.asked());
    // A host that needs a secure connection is reached through a tunnel.
    let proxies = Proxies::read(|name| (name == "HTTPS_PROXY").then(|| server.url("")));
    let network = Network { proxies, ..Network::default() };
    let error = fetch_within(&LIMITS, "https://example.org/a", &network, &mut |_| true).unwrap_err();
    assert_eq!(error, FetchError::Proxy("it does not lead there (404)".to_owned()));
    assert!(server.asked().last().is_some_and(|head| head.starts_with("CONNECT example.org:443 ")));
}
