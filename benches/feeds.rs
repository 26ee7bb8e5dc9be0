//! Measures how long a feed takes to become articles: parsing it, and making an article of each of its entries.

use std::fmt::Write;

use dateline::internals::intake::feed::{self, Feed, FeedHints};
use divan::Bencher;
use jiff::Timestamp;

/// Entries of the feed.
const ENTRIES: usize = 100;

/// Paragraphs of an entry.
const PARAGRAPHS: usize = 12;

/// Where the feed is.
const ADDRESS: &str = "https://gazette.example/feed";

fn main() {
    divan::main();
}

/// A feed as newspapers have it: a description in a sentence, and the article with links, a picture, a list and what
/// programs that make feeds put behind it.
fn source() -> String {
    let mut feed = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Gazette</title><link>https://gazette.example/</link>\
         <language>en</language>"
        .to_owned();
    for number in 0..ENTRIES {
        let _ = write!(
            feed,
            "<item><title>Harbour &amp; tide {number}</title><link>https://gazette.example/{number}</link>\
             <guid isPermaLink='false'>{number}</guid><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate>\
             <dc:creator>Ana Reed</dc:creator><category>Sea</category>\
             <description>The harbour was closed on Monday, the port authority said.</description><content:encoded><![CDATA["
        );
        for paragraph in 0..PARAGRAPHS {
            let _ = writeln!(
                feed,
                "<p class=\"wp-block-paragraph\">The harbour of <a href=\"/ports/{paragraph}\" rel=\"nofollow\">Lisbon</a> was \
                 closed on Monday, the port authority said &#8211; after a week of talks that led <em>nowhere</em>. “Nobody \
                 was there,” said Tom Okafor, who had waited since the morning with forty others; it’s not known when the \
                 boats will go out again, or who will pay for the days that were lost.</p>"
            );
        }
        feed.push_str(
            "<figure><img src=\"/quay.jpg\" width=\"640\" height=\"480\" alt=\"\"><figcaption>The quay</figcaption></figure>\
             <ul><li>One</li><li>Two</li></ul><p>The post <a href=\"/\">Harbour</a> appeared first on Gazette.</p>\
             ]]></content:encoded></item>",
        );
    }
    feed + "</channel></rss>"
}

fn read(source: &str) -> Feed {
    let hints = FeedHints { address: Some(ADDRESS.to_owned()), charset: None };
    feed::read(source.as_bytes(), &hints, Timestamp::MAX).unwrap_or_default()
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let source = source();
    bencher.bench(|| read(&source));
}

/// A feed of 100 entries becomes articles.
#[divan::bench]
fn articles(bencher: Bencher) {
    let feed = read(&source());
    bencher.bench(|| {
        feed.entries.iter().map(|entry| feed::article(entry, ADDRESS, "Gazette")).map(divan::black_box).count()
    });
}
