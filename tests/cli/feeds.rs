//! Subscriptions: taken over, listed, changed and given away.

use crate::program::{Home, Outcome};

const OPML: &str = "<?xml version=\"1.0\"?>\r\n<opml version=\"1.1\" xmlns:x=\"urn:x\">\r\n<head><title>Q & A</title></head>\r\n\
    <body>\r\n  <outline text=\"Harbours\" x:open=\"1\">\r\n    <!-- mine -->\r\n    \
    <outline text=\"Ferry &amp; Fog\" type=\"rss\" xmlUrl=\"https://ferry.example/feed?a=1&b=2\" x:k='v'/>\r\n  </outline>\r\n\
  <outline text=\"Fog\" xmlUrl=\"https://fog.example/rss\" category=\"weather,/a/b\"/>\r\n</body>\r\n</opml>\r\n";

fn import(home: &Home, words: &str) -> Outcome {
    home.run_with_input(&["feeds", "import", "-"], words)
}

#[test]
fn what_is_imported_comes_out_again_byte_for_byte_and_once() {
    let home = Home::new();
    home.write("mine.opml", OPML);
    let dry = home.run(["feeds", "import", "mine.opml", "--dry-run"]);
    assert!(dry.status == Some(0) && dry.stdout.contains("      2 new"), "{dry:?}");
    assert!(!home.data().join("feeds.opml").exists());
    assert_eq!(
        home.run(["feeds", "import", "mine.opml"]).printed(),
        "read as OPML\n      2 new\n      0 already there\n"
    );
    assert_eq!(home.run(["feeds", "export"]).printed(), OPML);
    assert_eq!(
        home.run(["feeds", "import", "mine.opml"]).printed(),
        "read as OPML\n      0 new\n      2 already there\n"
    );
    assert_eq!(home.run(["feeds", "export", "--into", "other.opml"]).printed(), "");
    assert_eq!(std::fs::read_to_string(home.path("work").join("other.opml")).unwrap(), OPML);
    assert_eq!(home.run(["feeds", "export", "--into", "other.opml"]).status, Some(4));
}

#[test]
fn subscriptions_are_listed_for_people_and_programs() {
    let home = Home::new();
    assert_eq!(home.run(["feeds", "list", "--json"]).json(), serde_json::json!({ "feeds": [] }));
    assert_eq!(import(&home, OPML).status, Some(0));
    let listed = home.run(["feeds", "list", "--json"]);
    assert_eq!(listed.status, Some(0));
    let first = &listed.json()["feeds"][0];
    let wanted = serde_json::json!({
        "url": "https://ferry.example/feed?a=1&b=2", "title": "Ferry & Fog", "home": null, "folder": ["Harbours"], "tags": [],
        "total": 0, "unread": 0, "fetched": null, "status": "new", "error": null, "fetch_pages": false,
    });
    assert_eq!(*first, wanted);
    assert_eq!(listed.json()["feeds"][1]["tags"], serde_json::json!(["weather"]));
    let table = home.run(["feeds", "list"]).printed();
    assert!(table.contains("Harbours\n") && table.contains("Fog #weather  not fetched yet"), "{table}");
}

#[test]
fn a_subscription_is_changed_by_a_part_of_its_name_and_nothing_else_in_the_file_is() {
    let home = Home::new();
    assert_eq!(import(&home, OPML).status, Some(0));
    assert_eq!(
        home.run(["feeds", "edit", "ferry.example", "--pause", "--tag", "sea"]).printed(),
        "Ferry & Fog changed\n"
    );
    let changed = OPML.replace("xmlns:x=\"urn:x\"", "xmlns:x=\"urn:x\" xmlns:dl=\"urn:x-dateline:opml\"");
    let changed = changed.replace("x:k='v'", "x:k='v' category=\"sea\" dl:paused=\"yes\"");
    assert_eq!(home.run(["feeds", "export"]).printed(), changed);
    assert_eq!(home.run(["feeds", "list", "--json"]).json()["feeds"][0]["status"], "paused");
    assert_eq!(home.run(["feeds", "edit", "ferry.example", "--resume", "--tag", "-SEA"]).status, Some(0));
    assert_eq!(home.run(["feeds", "edit", "Ferry & Fog", "--resume"]).printed(), "Ferry & Fog is so already\n");
    assert_eq!(home.run(["feeds", "edit", "Fog", "--folder", "News/Far", "--title", "Mist"]).status, Some(0));
    let listed = home.run(["feeds", "list", "--json"]).json();
    assert_eq!(
        (&listed["feeds"][1]["title"], &listed["feeds"][1]["folder"]),
        (&"Mist".into(), &serde_json::json!(["News", "Far"]))
    );
    assert_eq!(home.run(["feeds", "remove", "mist"]).printed(), "Mist removed; its articles stay\n");
    assert!(!home.run(["feeds", "export"]).printed().contains("News"), "an empty folder goes");
    for (name, told) in [("Fery & Fog", "did you mean 'Ferry & Fog'?"), ("zzz", "feeds list")] {
        let unknown = home.run(["feeds", "remove", name]);
        assert!(unknown.status == Some(2) && unknown.stderr.contains(told), "{unknown:?}");
    }
    assert_eq!(home.run(["feeds", "edit", "Ferry & Fog"]).status, Some(2), "nothing to change");
}

#[test]
fn what_is_wrong_in_a_list_is_named_and_the_rest_is_taken() {
    let home = Home::new();
    let wrong = import(
        &home,
        "<opml><body>\n<outline text='F' xmlUrl='ftp://a.example'/>\n<outline text='C' xmlUrl='exec:touch gone'/>\n\
         <outline text='P' xmlUrl='https://ana:secret@p.example/feed'/>\n<outline text='D' xmlUrl='https://p.example/feed'/>\n\
         <outline text='G' xmlUrl='https://g.example/'></body>",
    );
    assert_eq!(wrong.status, Some(1));
    for told in [
        "line 2 (F): “ftp://a.example” is no address",
        "the command “exec:touch gone” is left out",
        "[feeds.\"p.example\"]",
    ] {
        assert!(wrong.stderr.contains(told), "{told}: {}", wrong.stderr);
    }
    assert!(!format!("{wrong:?}").contains("secret"), "{wrong:?}");
    let exported = home.run(["feeds", "export"]).printed();
    assert!(!exported.contains("secret") && !exported.contains("exec:") && !exported.contains("ftp:"), "{exported}");
    assert_eq!(home.run(["feeds", "list", "--json"]).json()["feeds"].as_array().unwrap().len(), 2);
    for words in ["just words\nand more\n", "<rss><channel/></rss>", &"<outline>".repeat(100_000)] {
        let refused = import(&home, words);
        assert!(refused.status == Some(3) && refused.stderr.contains("hint: "), "{refused:?}");
    }
    let large = import(&home, &format!("<opml>{}", " ".repeat(20 << 20)));
    assert!(large.status == Some(3) && large.stderr.contains("8 MiB"), "{large:?}");
}

#[test]
fn a_broken_file_is_told_and_never_written_to() {
    let home = Home::new();
    std::fs::create_dir_all(home.data()).unwrap();
    let path = home.data().join("feeds.opml");
    std::fs::write(&path, "no outline at all").unwrap();
    for arguments in [&["feeds", "list", "--json"][..], &["feeds", "export"], &["feeds", "add", "exec:cat a"]] {
        let refused = home.run(arguments);
        assert!(refused.status == Some(3) && refused.stderr.contains("it is not OPML"), "{refused:?}");
    }
    let refused = import(&home, OPML);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "no outline at all");
    // One that was cut off is used as far as it goes, and copied before it is made whole.
    let cut = &OPML[..OPML.len() - 60];
    std::fs::write(&path, cut).unwrap();
    let listed = home.run(["feeds", "list", "--json"]);
    assert!(listed.status == Some(1) && listed.stderr.contains("ends in the middle"), "{listed:?}");
    assert_eq!(home.run(["feeds", "remove", "ferry"]).status, Some(0));
    assert_eq!(std::fs::read_to_string(home.data().join("feeds.opml.broken-1")).unwrap(), cut);
}

#[test]
fn newsboat_brings_its_feeds_its_queries_and_its_commands() {
    let home = Home::new();
    home.write(
        "urls",
        "# mine\nhttps://a.example/feed news \"~The A\"\n\"filter:~/bin/f:https://b.example/\"\n\"exec:cat c.xml\" !\n\
         \"query:New:unread = \\\"yes\\\"\"\n\"query:Odd:link =~ \\\"x\\\"\"\nfile:///d.xml\n",
    );
    let told = home.run(["feeds", "import", "urls"]);
    assert_eq!(told.status, Some(1));
    assert!(
        told.stdout.contains("      4 new") && told.stdout.contains("      1 query saved as a search\n"),
        "{told:?}"
    );
    for part in [
        "line 6: the query “Odd”",
        "1 feed is read from a file of this machine",
        "2 feeds are run through a command",
        "tagged hidden",
    ] {
        assert!(told.stderr.contains(part), "{part}: {told:?}");
    }
    let exported = home.run(["feeds", "export"]).printed();
    assert!(exported.contains("dl:filter=\"~/bin/f\"") && exported.contains("xmlUrl=\"exec:cat c.xml\""), "{exported}");
    let searches = std::fs::read_to_string(home.data().join("searches.tsv")).unwrap();
    assert!(searches.contains("search\tNew\tis:unread"), "{searches}");
}

#[test]
fn a_password_in_an_address_goes_nowhere_and_what_is_no_address_is_told() {
    let home = Home::new();
    let refused = home.run(["feeds", "add", "https://ana:secret@a.example/feed"]);
    assert_eq!(refused.status, Some(3));
    assert!(refused.stderr.contains("[feeds.\"a.example\"]") && !refused.stderr.contains("secret"), "{refused:?}");
    assert!(!home.data().join("feeds.opml").exists());
    assert_eq!(home.run(["feeds", "add", "ftp://a.example"]).status, Some(3));
    assert_eq!(
        home.run(["feeds", "add", "exec:cat a.xml", "--folder", "A/B", "--tag", "x y"]).printed(),
        "subscribed to exec:cat a.xml in A/B: exec:cat a.xml\n"
    );
    let listed = home.run(["feeds", "list", "--json"]).json();
    assert_eq!(
        (&listed["feeds"][0]["folder"], &listed["feeds"][0]["tags"]),
        (&serde_json::json!(["A", "B"]), &serde_json::json!(["x-y"]))
    );
}

const FILE_FEED: &str = "<rss version=\"2.0\"><channel><title>Mine</title>\
    <item><title>One</title><link>https://a.example/1</link><guid>g1</guid><description>First words.</description></item>\
    <item><title>Two</title><link>https://a.example/x</link><guid>g2</guid><description>Second words.</description></item>\
    <item><title>Three</title><link>https://a.example/x</link><guid>g3</guid><description>Third words.</description></item>\
    <item><title>Four</title><guid>g4</guid><description>Fourth words.</description></item></channel></rss>";

/// The titles in the list that fit a query, sorted.
fn titles(home: &Home, query: &str) -> Vec<String> {
    let listed = home.run(["list", "--json", query]).json();
    let mut titles: Vec<String> = listed["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|article| article["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

#[test]
fn a_feed_may_be_a_file_and_what_it_brings_can_be_named_by_its_id() {
    let home = Home::new();
    home.write("my feed.xml", FILE_FEED.replace("Four</title>", "Four</title><pubDate>no date</pubDate>"));
    let added = home.run(["feeds", "add", "my feed.xml"]);
    assert_eq!(added.stdout, "subscribed to Mine: file://~/work/my%20feed.xml\n", "{added:?}");
    assert_eq!(
        home.run(["feeds", "add", "./my feed.xml"]).stdout,
        "subscribed to Mine already: file://~/work/my%20feed.xml\n"
    );
    assert!(home.run(["feeds", "add", "./none.xml"]).stderr.contains("no such file or folder"));
    assert!(home.run(["fetch"]).stdout.contains("4 articles new"));
    home.write("my feed.xml", FILE_FEED.replace("Three", "Five").replace("Third", "Fifth").replace("g3", "g5"));
    assert!(home.run(["fetch"]).stdout.contains("1 article new"));
    let listed = home.run(["list", "--json", "title:Four"]).json();
    let id = listed["articles"][0]["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("entry:"), "{listed}");
    assert!(home.run(["read", &id]).printed().contains("Fourth words."));
    assert_eq!(home.run(["entities", &id]).status, Some(0));
    assert_eq!(home.run(["bookmarks", "locate", &id]).status, Some(0));
    let unknown = home.run(["read", "entry:0123"]);
    assert!(unknown.status == Some(3) && unknown.stderr.contains("entry:0123 is not in the library"), "{unknown:?}");
    let unread = home.run(["add", &id]);
    assert!(unread.stderr.contains("has no source to be read from"), "{unread:?}");
    // A text that came through a pipe has an id, too.
    assert_eq!(home.run_with_input(&["add", "-"], "A title\n\nWords of a pipe.\n").status, Some(0));
    let listed = home.run(["list", "--json", "pipe"]).json();
    let id = listed["articles"][0]["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("urn:sha-256:"), "{listed}");
    assert!(home.run(["read", &id]).printed().contains("Words of a pipe."));
}

#[test]
fn what_was_read_in_newsboat_is_read_here_whatever_tells_the_articles_apart() {
    let home = Home::new();
    let feed = home.write("feed.xml", FILE_FEED);
    let url = format!("file://{}", feed.canonicalize().unwrap().display());
    let cache = rusqlite::Connection::open(home.path("work/cache.db")).unwrap();
    let table = "CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, url TEXT, feedurl TEXT, unread INTEGER,
        flags TEXT, deleted INTEGER NOT NULL DEFAULT 0)";
    cache.execute_batch(table).unwrap();
    let row = "INSERT INTO rss_item (guid, url, feedurl, unread, flags) VALUES (?1, ?2, ?3, ?4, ?5)";
    for (guid, link, unread, flags) in [
        ("g1", "https://a.example/1", 0, ""),
        ("g2", "https://a.example/x", 0, ""),
        ("g3", "https://a.example/x", 1, "s"),
        ("g4", "", 0, ""),
        ("g9", "https://a.example/9", 0, ""),
        ("", "", 0, ""),
    ] {
        cache.execute(row, (guid, link, &url, unread, flags)).unwrap();
    }
    drop(cache);
    assert_eq!(home.run(["feeds", "add", "./feed.xml"]).status, Some(0));
    let dry = home.run(["feeds", "import", "cache.db", "--dry-run"]);
    assert!(dry.status == Some(0) && dry.stdout.contains("      4 read\n"), "{dry:?}");
    // Before they are here, and after.
    for fetched_first in [false, true] {
        if fetched_first {
            assert_eq!(home.run(["fetch"]).status, Some(0));
        }
        let told = home.run(["feeds", "import", "cache.db"]);
        let counts =
            "      4 read\n      1 with flags, starred here\n      1 with neither an address nor an id, left out\n";
        assert_eq!(told.stdout, format!("read as newsboat’s cache.db\n{counts}"), "{told:?}");
        let marked = if fetched_first {
            "4 articles marked here, 1 to be marked"
        } else {
            "0 articles marked here, 5 to be marked"
        };
        assert!(told.stderr.contains(marked), "{told:?}");
        if !fetched_first {
            assert_eq!(home.run(["fetch"]).status, Some(0));
        }
        assert_eq!(titles(&home, "is:read"), ["Four", "One", "Two"]);
        assert_eq!(titles(&home, "is:starred"), ["Three"]);
        let again = home.run(["feeds", "import", "cache.db"]);
        assert!(again.stderr.contains("0 articles marked here, 0 to be marked"), "{again:?}");
        std::fs::remove_dir_all(home.data().join("marks")).unwrap();
        std::fs::remove_file(home.data().join("library.db")).unwrap();
    }
}
