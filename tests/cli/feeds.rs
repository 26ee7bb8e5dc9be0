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
    assert!(told.stdout.contains("      3 new") && told.stdout.contains("      1 saved as searches"), "{told:?}");
    for part in ["line 6: the query “Odd”", "line 7: “file:///d.xml”", "2 feeds run a command", "tagged hidden"]
    {
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
