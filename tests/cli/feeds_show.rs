//! Feeds on the command line: what `feeds show` prints.

use insta::assert_snapshot;
use serde_json::json;

use crate::program::Home;

const FEED: &str = "<?xml version='1.0'?>\n<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>\
<title>The Harbour Gazette</title><link>https://gazette.example/</link><language>en</language>\
<item><title>How&ndash;to: Ports &amp; tides</title><link>/ports</link><guid isPermaLink='false'>1</guid><dc:creator>Ana Reed</dc:creator>\
<pubDate>Mon, 03 Dec 2018 13:03:47 PST</pubDate><description>&lt;p&gt;The tide &lt;b&gt;turns&lt;/b&gt; at noon.&lt;/p&gt;\
&lt;p&gt;Whoever wants to leave the harbour before the evening has to be on board by eleven, said the harbour master, who has \
seen forty years of tides come and go and does not expect this one to be any different.&lt;/p&gt;</description>\
<enclosure url='/ports.mp3' type='audio/mpeg' length='9000'/></item>\
<item><pubDate>Tue,</pubDate><description>No title\u{1b}[31m, no date</description></item></channel></rss>";

#[test]
fn a_feed_is_shown_without_being_subscribed_to() {
    let home = Home::new();
    home.write("feed.xml", FEED);
    let told: Vec<String> = [
        &["feeds", "show", "feed.xml"][..],
        &["feeds", "show", "--json", "--url", "https://gazette.example/feed", "feed.xml"],
    ]
    .iter()
    .map(|words| home.run(*words).transcript())
    .collect();
    assert_snapshot!("feeds-show", told.join("\n"));
    let piped = home.run_with_input(&["feeds", "show", "-", "--json"], FEED).json();
    assert_eq!(piped["entries"][0]["id"], home.run(["feeds", "show", "--json", "feed.xml"]).json()["entries"][0]["id"]);
}

#[test]
fn what_is_no_feed_is_told_what_it_is() {
    let home = Home::new();
    home.write("page.html", "<!doctype html><title>Gazette</title><link rel=alternate type=application/rss+xml href=https://gazette.example/feed>");
    home.write("list.opml", "<opml version='2.0'><body/></opml>");
    home.write("empty.xml", "");
    let told: Vec<String> = ["page.html", "list.opml", "empty.xml", "nowhere.xml", "edition:01-welcome"]
        .iter()
        .map(|name| home.run(["feeds", "show", name]).transcript())
        .collect();
    assert_snapshot!("feeds-show-refused", told.join("\n"));
    let failed = home.run(["feeds", "show", "--json", "page.html"]);
    assert_eq!((failed.status, failed.json()["error"]["kind"].clone()), (Some(3), json!("no-feed")));
}
