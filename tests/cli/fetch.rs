//! `dateline fetch`: what is new in the feeds, in words and as JSON.

use crate::feed_server::Server;
use crate::program::Home;

fn rss(title: &str, entries: &[&str]) -> String {
    let entry = |name: &&str| {
        format!(
            "<item><guid isPermaLink=\"false\">{name}</guid><title>{name}</title>\
             <description>All about {name}, at some length.</description></item>"
        )
    };
    let entries: String = entries.iter().map(entry).collect();
    format!("<rss version=\"2.0\"><channel><title>{title}</title>{entries}</channel></rss>")
}

/// The same, with the addresses of pages in place of ids.
fn linked(rss: &str, site: &str) -> String {
    rss.replace("<guid isPermaLink=\"false\">", &format!("<guid isPermaLink=\"true\">{site}"))
}

/// A home with subscriptions to feeds of these names and addresses.
fn subscribed(feeds: &[(&str, String)]) -> Home {
    let home = Home::new();
    let outline = |(title, url): &(&str, String)| {
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{title}\" text=\"{title}\"") };
        format!("<outline type=\"rss\"{title} xmlUrl=\"{url}\"/>\n")
    };
    let outlines: String = feeds.iter().map(outline).collect();
    std::fs::create_dir_all(home.data()).unwrap();
    let opml = format!("<opml version=\"2.0\"><body>\n{outlines}</body></opml>\n");
    std::fs::write(home.data().join("feeds.opml"), opml).unwrap();
    home
}

#[test]
fn without_feeds_nothing_is_fetched_and_it_is_said_how_to_get_some() {
    let home = Home::new();
    let ran = home.run(["fetch"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""));
    assert!(ran.stderr.contains("dateline feeds add"), "{}", ran.stderr);
    assert_eq!(home.run(["fetch", "--json", "-q"]).printed(), "{\"feeds\":[],\"new\":0,\"seconds\":0.0}\n");
    let ran = home.run(["fetch", "Ledger", "--json"]);
    assert_eq!((ran.status, ran.json()["error"]["kind"].as_str()), (Some(2), Some("usage")));
    assert!(Home::names(&home.data()).is_empty(), "{:?}", Home::names(&home.data()));
}

#[test]
fn what_came_is_told_and_listed_and_what_did_not_costs_nothing_else() {
    let server = Server::start();
    server.put("/ledger", "200 OK", "ETag: \"1\"\r\n", &rss("Ledger", &["Rain", "Hail"]));
    server.put("/gone", "410 Gone", "", "");
    server.put("/busy", "429 Slow down", "Retry-After: 600\r\n", "");
    let home = subscribed(&[
        ("", server.url("/ledger")),
        ("Gone", server.url("/gone")),
        ("Missing", server.url("/missing")),
        ("Busy", server.url("/busy")),
    ]);
    let ran = home.run(["fetch", "--json"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let told = ran.json();
    assert_eq!(told["new"], 2);
    let told: Vec<(&str, &str, u64, &str)> = told["feeds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feed| {
            let kind = feed["error"]["kind"].as_str().unwrap_or_default();
            let [title, status] = ["title", "status"].map(|name| feed[name].as_str().unwrap());
            (title, status, feed["new"].as_u64().unwrap(), kind)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Ledger", "ok", 2, ""),
            ("Gone", "error", 0, "not-found"),
            ("Missing", "error", 0, "not-found"),
            ("Busy", "error", 0, "status")
        ]
    );
    assert!(ran.stderr.contains("Gone: the feed is gone from 127.0.0.1 for good (410)"), "{}", ran.stderr);
    assert_eq!(home.run(["list", "rain", "--json"]).json()["total"], 1);
    // What is gone is paused, and who asked for patience has it; the rest comes again without being there twice.
    server.put("/ledger", "200 OK", "", &rss("Ledger", &["Rain", "Hail", "Snow"]));
    server.put("/missing", "200 OK", "", &rss("Found", &["Fog"]));
    let ran = home.run(["fetch"]);
    let sentence = ran.stdout.split(" in ").next().unwrap();
    assert_eq!((ran.status, sentence), (Some(0), "Fetched 2 feeds"), "{ran:?}");
    assert!(ran.stdout.ends_with("2 articles new; 1 left alone, as the server asks; 1 paused\n"), "{}", ran.stdout);
    assert_eq!(home.run(["list", "--json"]).json()["total"], 4);
    // Who names it wants it asked for.
    server.put("/gone", "200 OK", "", &rss("Back", &["Sun"]));
    assert_eq!(home.run(["fetch", "gone", "--json"]).json()["feeds"][0]["status"], "ok");
    let ran = home.run(["fetch", "Ledgre"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("did you mean Ledger?"), "{}", ran.stderr);
}

#[test]
fn what_a_feed_brought_is_read_and_bookmarked_by_the_id_that_list_tells() {
    let server = Server::start();
    // Nobody serves the page: the words are those of the feed.
    let page = server.url("/page");
    let linked = format!(
        "<item><title>Ferry</title><link>{page}</link><description>The ferry is back.</description></item>\
         <item> </item></channel>"
    );
    server.put("/ledger", "200 OK", "", &rss("Ledger", &["Crane"]).replace("</channel>", &linked));
    let home = subscribed(&[("", server.url("/ledger"))]);
    assert_eq!(home.run(["fetch"]).status, Some(0));
    let listed = home.run(["list", "--json"]).json();
    let listed = listed["articles"].as_array().unwrap();
    assert_eq!(listed.len(), 2, "{listed:?}");
    for article in listed {
        let (id, title) = (article["id"].as_str().unwrap(), article["title"].as_str().unwrap());
        let words = if title == "Ferry" { "The ferry is back." } else { "All about Crane, at some length." };
        let read = home.run(["read", id, "--json"]);
        assert!(read.json()["article"]["text"].as_str().is_some_and(|text| text.contains(words)), "{read:?}");
        assert_eq!(home.run(["entities", id, "--json"]).json()["article"]["title"], title);
        assert_eq!(home.run(["bookmarks", "add", id, "--quote", words]).status, Some(0), "{id}");
        let located = home.run(["bookmarks", "locate", id, "--json"]).json();
        assert_eq!(
            (&located["bookmarks"][0]["state"], &located["bookmarks"][0]["text"]),
            (&"anchored".into(), &words.into())
        );
    }
    // All of the page is on the web only, and what was removed is not here.
    assert_eq!(home.run(["read", &page, "--whole"]).status, Some(3));
    let entry = listed.iter().find_map(|article| article["id"].as_str().filter(|id| id.starts_with("entry:"))).unwrap();
    assert_eq!(home.run(["remove", entry]).status, Some(0));
    let ran = home.run(["read", entry]);
    assert_eq!(ran.status, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("was removed from the library"), "{}", ran.stderr);
    assert_eq!(home.run(["read", "entry:0000", "--json"]).json()["error"]["kind"], "bad-input");
}

#[test]
fn a_feed_that_moved_for_good_is_followed_in_the_file_of_subscriptions() {
    let server = Server::start();
    server.put("/old", "301 Moved", "Location: /new\r\n", "");
    server.put("/new", "200 OK", "", &rss("Ledger", &["Rain"]));
    let home = subscribed(&[("Mine", server.url("/old"))]);
    let ran = home.run(["fetch"]);
    assert_eq!(ran.status, Some(0));
    assert!(ran.stderr.contains(&format!("Mine has moved to {}", server.url("/new"))), "{}", ran.stderr);
    let opml = std::fs::read_to_string(home.data().join("feeds.opml")).unwrap();
    assert!(opml.contains("/new\"") && !opml.contains("/old\"") && opml.contains("title=\"Mine\""), "{opml}");
    let ran = home.run(["fetch", "--json"]).json();
    assert_eq!((&ran["feeds"][0]["status"], &ran["new"]), (&"unchanged".into(), &0.into()), "{ran}");
}

#[test]
fn feeds_that_move_to_one_address_are_one_and_one_that_was_removed_comes_back_as_it_was() {
    let server = Server::start();
    let rss = |title: &str, names: &[&str]| linked(&rss(title, names), "http://ledger.example/");
    server.put("/a", "200 OK", "", &rss("A", &["Rain", "Hail"]));
    server.put("/b", "200 OK", "", &rss("B", &["Snow"]));
    let home = subscribed(&[("A", server.url("/a")), ("B", server.url("/b"))]);
    assert_eq!(home.run(["fetch", "--json"]).json()["new"], 3);
    for old in ["/a", "/b"] {
        server.put(old, "301 Moved", "Location: /new\r\n", "");
    }
    server.put("/new", "200 OK", "", &rss("New", &["Rain", "Hail", "Snow"]));
    assert_eq!(home.run(["fetch"]).status, Some(0));
    let listed = || {
        let listed = home.run(["feeds", "list", "--json"]).json();
        let feeds: Vec<_> = listed["feeds"].as_array().unwrap().iter().map(|feed| feed["total"].clone()).collect();
        feeds
    };
    assert_eq!(listed(), [3]);
    let all = home.run(["list", "--json"]).json()["total"].clone();
    assert_eq!(home.run(["fetch", "--json"]).json()["new"], 0);
    assert_eq!(home.run(["feeds", "remove", &server.url("/new")]).status, Some(0));
    assert_eq!(home.run(["feeds", "add", &server.url("/new")]).status, Some(0));
    assert_eq!(home.run(["fetch", "--json"]).json()["new"], 0);
    assert_eq!((listed(), home.run(["list", "--json"]).json()["total"].clone()), (vec![3.into()], all));
}

#[test]
fn a_feed_that_was_gone_is_asked_for_again_by_who_subscribes_anew() {
    let server = Server::start();
    server.put("/feed", "410 Gone", "", "");
    let home = subscribed(&[("Ledger", server.url("/feed"))]);
    assert_eq!(home.run(["fetch"]).status, Some(1));
    let status = || home.run(["feeds", "list", "--json"]).json()["feeds"][0]["status"].clone();
    assert_eq!(status(), "gone");
    assert!(home.run(["doctor"]).stdout.contains("  gone       1\n"));
    assert_eq!(home.run(["feeds", "remove", "Ledger"]).status, Some(0));
    server.put("/feed", "200 OK", "", &rss("Ledger", &["Rain"]));
    assert_eq!(home.run(["feeds", "add", &server.url("/feed")]).status, Some(0));
    assert_eq!(home.run(["fetch", "--json"]).json()["new"], 1);
    assert_eq!(status(), "ok");
    server.put("/feed", "429 Slow down", "Retry-After: 3600\r\n", "");
    assert_eq!(home.run(["fetch"]).status, Some(1));
    assert_eq!(status(), "held");
    assert!(home.run(["feeds", "list"]).stdout.contains("held: its server asks"));
}

#[test]
fn filters_do_their_work_as_they_stand_in_the_file() {
    let server = Server::start();
    server.put("/feed", "200 OK", "", &rss("Ledger", &["Rain", "Hail"]));
    let home = subscribed(&[("Ledger", server.url("/feed"))]);
    std::fs::write(
        home.data().join("searches.tsv"),
        "drop\tNo hail\ttitle:hail\nstar\tRain\tfeed:ledger rain\nwrong\n",
    )
    .unwrap();
    let ran = home.run(["fetch", "--json"]);
    assert_eq!(ran.json()["new"], 1);
    assert!(ran.stderr.contains("searches.tsv"), "{}", ran.stderr);
    let starred = home.run(["list", "--json", "is:starred"]).json();
    assert_eq!((&starred["total"], &starred["articles"][0]["title"]), (&1.into(), &"Rain".into()));
    std::fs::write(home.data().join("searches.tsv"), "tag wet\tRain\tsnow\n").unwrap();
    server.put("/feed", "200 OK", "", &rss("Ledger", &["Rain", "Hail", "Snow"]));
    assert_eq!(home.run(["fetch", "--json"]).json()["new"], 1);
    assert_eq!(home.run(["list", "--json", "#wet"]).json()["total"], 1);
}

#[test]
fn what_is_too_much_goes_but_nothing_that_is_bookmarked() {
    let server = Server::start();
    let names: Vec<String> = (0..1020).map(|number| format!("Story{number:04}")).collect();
    let feed = |range: std::ops::Range<usize>| {
        let names: Vec<&str> = names[range].iter().rev().map(String::as_str).collect();
        linked(&rss("Ledger", &names), &server.url("/"))
    };
    server.put("/feed", "200 OK", "", &feed(0..1000));
    let home = subscribed(&[("Ledger", server.url("/feed"))]);
    let config = home.write("config.toml", "keep = 1000\n");
    let fetch = || home.run(["fetch", "--json", "--config", config.to_str().unwrap()]).json()["new"].clone();
    assert_eq!(fetch(), 1000);
    let total = |query: &str| home.run(["list", "--json", query]).json()["total"].clone();
    let added = home.run(["bookmarks", "add", &server.url("/Story0000"), "--quote", "All about Story0000"]);
    assert_eq!(added.status, Some(0), "{}", added.stderr);
    server.put("/feed", "200 OK", "", &feed(10..1020));
    assert_eq!(fetch(), 20);
    assert_eq!(
        (total("feed:Ledger"), total("Story0000"), total("Story0001"), total("Story1019")),
        (1000.into(), 1.into(), 0.into(), 1.into())
    );
}

#[test]
fn two_that_fetch_at_once_lose_and_double_nothing() {
    let server = Server::start();
    let feeds: Vec<(String, String)> = (0..12).map(|number| (format!("F{number}"), format!("/{number}"))).collect();
    for (name, path) in &feeds {
        let titles: Vec<String> = (0..30).map(|number| format!("{name} story {number}")).collect();
        server.put(path, "200 OK", "", &rss(name, &titles.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    let known: Vec<(&str, String)> = feeds.iter().map(|(name, path)| (name.as_str(), server.url(path))).collect();
    let home = subscribed(&known);
    let runs: Vec<_> = (0..2).map(|_| home.command(["fetch", "--json"]).spawn().unwrap()).collect();
    let new: i64 = runs
        .into_iter()
        .map(|run| {
            let ran = home.outcome(run.wait_with_output().unwrap());
            assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
            ran.json()["new"].as_i64().unwrap()
        })
        .sum();
    assert_eq!(new, 360);
    assert!(home.run(["doctor"]).stdout.contains("all is well"));
    let listed = home.run(["feeds", "list", "--json"]).json();
    assert!(listed["feeds"].as_array().unwrap().iter().all(|feed| feed["total"] == 30), "{listed}");
}
