//! Whole feeds: each kind, each way in which they are broken.

use super::*;
use crate::article::{BlockKind, SourceKind};

const NOW: &str = "2026-11-28T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn of(source: &str) -> Feed {
    at("https://gazette.example/feed", source)
}

fn at(address: &str, source: &str) -> Feed {
    read(source.as_bytes(), &FeedHints { address: Some(address.to_owned()), charset: None }, now()).unwrap()
}

fn rss(items: &str) -> Vec<FeedEntry> {
    of(&format!(
        "<rss version='2.0'><channel><title>Gazette</title><link>https://gazette.example/</link>{items}</channel></rss>"
    ))
    .entries
}

fn words(markup: Option<&Markup>) -> String {
    markup.and_then(text).unwrap_or_default()
}

#[test]
fn rss_says_all_it_can() {
    let feed = of("<?xml version='1.0'?><rss version='2.01' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:atom='http://www.w3.org/2005/Atom'><channel>\
         <title>The Gazette</title><link>/news</link><atom:link rel='self' href='/feed.xml'/><language>en-gb</language>\
         <lastBuildDate>Mon, 02 Mar 2026 08:00:00 GMT</lastBuildDate><ttl>60</ttl><skipHours><hour>24</hour><hour>3</hour></skipHours>\
         <image><title>Logo</title><link>/logo</link><url>/logo.png</url></image>\
         <item><title>Harbour &amp; tide</title><link>/harbour</link><guid isPermaLink='false'>7</guid><author>ana@a.example (Ana Reed)</author>\
         <dc:creator>Ana B. Reed</dc:creator><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate><comments>/harbour#talk</comments>\
         <description>Short.</description><content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded><category>Sea</category>\
         <enclosure url='a.mp3' type='audio/mpeg' length='123'/></item></channel></rss>");
    assert_eq!(feed.title.as_deref(), Some("The Gazette"));
    assert_eq!(feed.home.as_deref(), Some("https://gazette.example/news"));
    assert_eq!(feed.url.as_deref(), Some("https://gazette.example/feed.xml"));
    assert_eq!(
        (feed.language.as_deref(), feed.ttl, feed.skip_hours.as_slice()),
        (Some("en-gb"), Some(60), &[0, 3][..])
    );
    assert_eq!(feed.updated.unwrap().to_string(), "2026-03-02T08:00:00Z");
    let [entry] = feed.entries.as_slice() else { panic!("one entry: {feed:?}") };
    assert_eq!(entry.title.as_deref(), Some("Harbour & tide"));
    assert_eq!(entry.url.as_deref(), Some("https://gazette.example/harbour"));
    assert_eq!((entry.guid.as_deref(), entry.authors.as_slice()), (Some("7"), &["Ana B. Reed".to_owned()][..]));
    assert_eq!(entry.published.unwrap().to_string(), "2026-03-01T08:00:00Z");
    assert_eq!(entry.comments.as_deref(), Some("https://gazette.example/harbour#talk"));
    assert_eq!(
        (words(entry.summary.as_ref()), words(entry.content.as_ref())),
        ("Short.".to_owned(), "All of it.".to_owned())
    );
    assert_eq!(entry.categories, ["Sea"]);
    let file = Enclosure {
        url: "https://gazette.example/a.mp3".to_owned(),
        media_type: Some("audio/mpeg".to_owned()),
        length: Some(123),
    };
    assert_eq!(entry.enclosures, [file]);
}

#[test]
fn every_version_of_every_kind_is_read() {
    for source in [
        "<rss><channel><item><title>A</title><link>https://a.example/</link></item></channel></rss>",
        "<rss version='0.94'><channel><title>F</title></channel><item><title>A</title><link>https://a.example/</link></item></rss>",
        "<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel><item><title>A</title><link>https://a.example/</link></item></channel></rss>",
        "<rss version='2.0' xmlns='urn:nobody'><channel><item><title>A</title><link>https://a.example/</link></item></channel></rss>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='c'>\
         <items><rdf:Seq><rdf:li resource='a'/></rdf:Seq></items></channel><item rdf:about='x'><title>A</title><link>https://a.example/</link></item></rdf:RDF>",
        "<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/><item><title>A</title><link>https://a.example/</link></item></rdf:RDF>",
        "<r:RDF xmlns:rss='http://purl.org/rss/1.0/'><rss:channel/><rss:item><rss:title>A</rss:title><rss:link>https://a.example/</rss:link></rss:item></r:RDF>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped'>A</title><link rel='alternate' href='https://a.example/'/></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><link href='https://a.example/'/></entry></feed>",
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title type='html'>A</a:title><a:link href='https://a.example/'/></a:entry></a:feed>",
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title><link href='https://a.example/'/></entry>",
        "<CHANNEL HREF='https://c.example/'><ITEM HREF='https://a.example/'><TITLE>A</TITLE><ABSTRACT>b</ABSTRACT></ITEM></CHANNEL>",
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"title\": \"A\", \"url\": \"https://a.example/\"}]}",
    ] {
        let feed = of(source);
        let found: Vec<_> = feed.entries.iter().map(|entry| (entry.title.as_deref(), entry.url.as_deref())).collect();
        assert_eq!(found, [(Some("A"), Some("https://a.example/"))], "{source}");
    }
}

#[test]
fn atom_says_how_its_words_are_marked_up() {
    let feed = of(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title type='html'>The &amp;lt;b&gt;</title><author><name>Ana</name></author>\
         <link rel='self' href='/self'/><link href='/home'/>\
         <entry><title type='text'>5 &lt; 7 &amp;amp; 8</title><id>urn:a</id><updated>2026-03-02T08:00:00Z</updated>\
         <link rel='enclosure' href='/a.ogg' type='audio/ogg'/><link rel='alternate' type='application/atom+xml' href='/a.atom'/>\
         <link rel='alternate' href='/a'/><link rel='replies' type='text/html' href='/a/talk'/>\
         <source><title>Elsewhere</title><link href='/elsewhere'/><updated>2020-01-01T00:00:00Z</updated></source>\
         <content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>One &lt;two&gt;</x:p><x:p/><x:p>Three</x:p></x:div></content></entry>\
         <entry><title type='xhtml'><div>B <em>b</em></div></title><link href='/b'/><author><name>Tom</name><email>t@a.example</email></author>\
         <summary>plain &lt;p&gt;</summary><content type='text'>a &lt; b</content></entry></feed>",
    );
    assert_eq!((feed.language.as_deref(), feed.home.as_deref()), (Some("de"), Some("https://gazette.example/home")));
    let [a, b] = feed.entries.as_slice() else { panic!("two entries: {feed:?}") };
    assert_eq!((a.title.as_deref(), a.url.as_deref()), (Some("5 < 7 &amp; 8"), Some("https://gazette.example/a")));
    assert_eq!((a.published, a.updated.unwrap().to_string()), (None, "2026-03-02T08:00:00Z".to_owned()));
    assert_eq!(words(a.content.as_ref()), "One <two>\n\nThree");
    assert_eq!((a.authors.as_slice(), b.authors.as_slice()), (&["Ana".to_owned()][..], &["Tom".to_owned()][..]));
    assert_eq!(a.comments.as_deref(), Some("https://gazette.example/a/talk"));
    assert_eq!(a.enclosures.len(), 1);
    assert_eq!((b.title.as_deref(), words(b.content.as_ref())), (Some("B b"), "a < b".to_owned()));
}

#[test]
fn entities_of_html_are_known_in_titles_and_double_escapes_are_read() {
    let titles: Vec<_> = rss("<item><title>How&ndash;to: Ports &amp; tides</title><link>/1</link></item>\
         <item><title>Q&amp;amp;A: &lt;em&gt;why&lt;/em&gt; 5 &amp;lt; 7</title><link>/2</link></item>\
         <item><title><![CDATA[Tom & Ana&#8217;s <b>boat</b>]]></title><link>/3</link></item>\
         <item><title>AT&T, 5 < 7 &#146;s</title><link>/4</link></item>\
         <item><title>Vec&lt;T&gt;</title><link>/5</link></item>")
    .into_iter()
    .filter_map(|entry| entry.title)
    .collect();
    assert_eq!(titles, ["How–to: Ports & tides", "Q&A: why 5 < 7", "Tom & Ana’s boat", "AT&T, 5 < 7 ’s", "Vec<T>"]);
}

#[test]
fn addresses_are_relative_to_the_nearest_base() {
    let feed = at(
        "https://gazette.example/feeds/all.atom",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='../blog/'>\
         <entry><title>Harbour</title><link href='2026/harbour/'/><content type='html' xml:base='2026/harbour/'>\
         &lt;p&gt;See the &lt;a href=\"plan.html\"&gt;plan&lt;/a&gt; and &lt;a href=\"/about\"&gt;us&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>",
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.url.as_deref(), Some("https://gazette.example/blog/2026/harbour/"));
    let article = article(entry, "https://gazette.example/feeds/all.atom", "Blog");
    let links: Vec<_> = article.body.inlines().iter().map(|inline| format!("{:?}", inline.kind)).collect();
    assert_eq!(
        links,
        ["Link(\"https://gazette.example/blog/2026/harbour/plan.html\")", "Link(\"https://gazette.example/about\")"]
    );
    let feed = of("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><content type='xhtml'>\
         <div xmlns='http://www.w3.org/1999/xhtml' xml:base='/deep/'><a href='b'>b</a></div></content></entry></feed>");
    assert_eq!(
        feed.entries[0].content.as_ref().and_then(|content| content.base.as_deref()),
        Some("https://gazette.example/deep/")
    );
    // Where nobody knows where the feed is, its page tells.
    let source =
        "<rss><channel><link>https://a.example/x/</link><item><title>A</title><link>b</link></item></channel></rss>";
    let feed = read(source.as_bytes(), &FeedHints::default(), now()).unwrap();
    assert_eq!(feed.entries[0].url.as_deref(), Some("https://a.example/x/b"));
}

#[test]
fn the_words_of_an_entry_were_written_for_its_page_but_in_atom_for_the_feed() {
    let base = |feed: &Feed| feed.entries[0].summary.as_ref().and_then(|words| words.base.clone());
    let rss = |link: &str| {
        at(
            "https://feeds.example/gazette.xml",
            &format!(
                "<rss><channel><link>https://gazette.example/news/</link><item><title>A</title>{link}\
                 <description>&lt;a href='plan'&gt;b&lt;/a&gt;</description></item></channel></rss>"
            ),
        )
    };
    assert_eq!(base(&rss("<link>/2026/a/</link>")).as_deref(), Some("https://feeds.example/2026/a/"));
    assert_eq!(base(&rss("<link>https://gazette.example/a/</link>")).as_deref(), Some("https://gazette.example/a/"));
    assert_eq!(base(&rss("")).as_deref(), Some("https://gazette.example/news/"));
    let atom = of("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><link href='/a/'/>\
         <summary type='html'>&lt;a href='plan'&gt;b&lt;/a&gt;</summary></entry></feed>");
    assert_eq!(base(&atom).as_deref(), Some("https://gazette.example/feed"));
}

#[test]
fn an_article_is_in_the_language_of_its_entry_or_of_the_feed() {
    let languages = |source: &str| -> Vec<Option<String>> {
        of(source)
            .entries
            .iter()
            .map(|entry| article(entry, "https://gazette.example/feed", "Gazette").language)
            .collect()
    };
    let some = |language: &str| Some(language.to_owned());
    assert_eq!(
        languages(
            "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>A</title><item><title>Hafen</title></item>\
             <item xml:lang='fr'><title>Port</title></item><item><title>Puerto</title><dc:language>es</dc:language></item>\
             <language>de_AT</language></channel></rss>"
        ),
        [some("de-AT"), some("fr"), some("es")]
    );
    assert_eq!(
        languages(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='pt'><title>A</title><entry><title>Porto</title></entry>\
             <entry><title>Haven</title><content xml:lang='nl'>De haven</content></entry></feed>"
        ),
        [some("pt"), some("nl")]
    );
    assert_eq!(
        languages(
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"language\":\"sv\",\"items\":[{\"id\":\"1\",\"title\":\"Hamn\"},{\"id\":\"2\",\"title\":\"Havn\",\"language\":\"da\"}]}"
        ),
        [some("sv"), some("da")]
    );
    assert_eq!(languages("<rss><channel><item><title>A</title></item></channel></rss>"), [None]);
}

#[test]
fn a_feed_that_was_cut_off_has_what_stands_before_the_cut() {
    let source = "<rss><channel><title>F</title><item><title>A</title><link>https://a.example/</link><description>Words</description></item>\
                  <item><title>B</title><link>https://b.example/</link><description><![CDATA[<p>Begin";
    for length in 0..source.len() {
        let cut = source.get(..length).unwrap();
        if let Ok(feed) = read(cut.as_bytes(), &FeedHints::default(), now()) {
            let whole = cut.contains("</item>");
            assert!(!whole || feed.entries[0].url.as_deref() == Some("https://a.example/"), "{cut}");
        }
    }
    let entries = of(source).entries;
    assert_eq!(words(entries[1].summary.as_ref()), "Begin");
}

#[test]
fn what_is_never_closed_ends_where_something_else_begins() {
    let entries =
        rss("<item><title>A<link>/a</link><pubDate>Sun, 01 Mar 2026 08:00:00 GMT<description>Words</description>\
         <item><title>B</title><link>/b</link><x:unknown><title>no</title></x:unknown><description>a<br>b");
    assert_eq!(entries.iter().map(|entry| entry.title.as_deref().unwrap()).collect::<Vec<_>>(), ["A", "B"]);
    assert!(entries[0].published.is_some());
    assert_eq!(
        (words(entries[0].summary.as_ref()), words(entries[1].summary.as_ref())),
        ("Words".to_owned(), "a\nb".to_owned())
    );
}

#[test]
fn films_and_podcasts_say_their_words_in_their_own_elements() {
    let entries = rss(
        "<item xmlns:media='http://search.yahoo.com/mrss/'><link>/a</link><media:group><media:title>Film</media:title>\
         <media:content url='/a.mp4' type='video/mp4' fileSize='9'/><media:content url='/a.jpg' medium='image'/>\
         <media:description>What is seen</media:description></media:group></item>\
         <item xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><title>Talk</title><itunes:title>no</itunes:title><itunes:author>Ana</itunes:author>\
         <itunes:subtitle>Short</itunes:subtitle><itunes:summary>Long</itunes:summary><enclosure url='/b.mp3'/></item>",
    );
    assert_eq!(
        (entries[0].title.as_deref(), words(entries[0].summary.as_ref())),
        (Some("Film"), "What is seen".to_owned())
    );
    assert_eq!(entries[0].enclosures.iter().map(|file| file.length).collect::<Vec<_>>(), [Some(9)]);
    assert_eq!((entries[1].title.as_deref(), words(entries[1].summary.as_ref())), (Some("Talk"), "Long".to_owned()));
    assert_eq!((entries[1].authors[0].as_str(), entries[1].url.as_deref()), ("Ana", None));
}

#[test]
fn of_what_is_said_twice_the_right_one_counts() {
    let entries = rss(
        "<item xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>\
         <title>Q&amp;amp;amp;A</title><link>https://counts.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>\
         <pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>\
         <description>Begins</description><itunes:summary>Begins and goes on</itunes:summary><itunes:subtitle>No</itunes:subtitle>\
         <itunes:keywords>sea, ports,,sea</itunes:keywords></item>\
         <item xmlns:media='http://search.yahoo.com/mrss/'><link>/2</link><media:content url='/p.jpg' medium='image'>\
         <media:description>A bridge over a river in the evening</media:description></media:content><description>Longer words</description><description>Short</description></item>",
    );
    let entry = &entries[0];
    assert_eq!((entry.title.as_deref(), entry.url.as_deref()), (Some("Q&A"), Some("https://a.example/1")));
    assert_eq!(entry.published.unwrap().to_string(), "2026-03-02T08:00:00Z");
    assert_eq!(words(entry.summary.as_ref()), "Begins");
    assert_eq!(words(entry.content.as_ref()), "Begins and goes on");
    assert_eq!(entry.categories, ["sea", "ports"]);
    assert_eq!((words(entries[1].summary.as_ref()), entries[1].content.as_ref()), ("Longer words".to_owned(), None));
}

#[test]
fn a_permalink_is_an_address_and_any_other_id_is_not() {
    for (item, url) in [
        ("<title>A</title><guid>https://a.example/1</guid>", Some("https://a.example/1")),
        ("<title>A</title><guid isPermaLink='false'>https://a.example/1</guid>", None),
        ("<title>A</title><guid>17</guid><comments>https://a.example/talk</comments>", None),
        ("<title>A</title><link>https://b.example/</link><guid>https://a.example/1</guid>", Some("https://b.example/")),
        ("<title>A</title><link><![CDATA[/x?a=1&amp;b=2]]></link>", Some("https://gazette.example/x?a=1&b=2")),
        ("<title>A</title><link>/x</link><link>/y</link>", Some("https://gazette.example/y")),
        ("<title>A</title><link>javascript:alert(1)</link>", None),
        ("<title>A</title><link> www.b.example/x \n</link>", Some("http://www.b.example/x")),
    ] {
        let entries = rss(&format!("<item>{item}</item>"));
        assert_eq!(entries[0].url.as_deref(), url, "{item}");
    }
}

#[test]
fn bytes_are_decoded_whatever_they_are_declared_to_be() {
    let words = "<rss><channel><item><title>Zug fährt – nach Köln</title></item></channel></rss>";
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(words);
    let lies = format!("<?xml version='1.0' encoding='utf-16'?>{words}");
    let declared = [&b"<?xml version='1.0' encoding='windows-1252'?>"[..], &latin].concat();
    let marked = [&b"\xef\xbb\xbf\n"[..], words.as_bytes()].concat();
    for bytes in [words.as_bytes(), &wide, lies.as_bytes(), &declared, &marked, &latin] {
        let feed = read(bytes, &FeedHints::default(), now()).unwrap();
        assert_eq!(feed.entries[0].title.as_deref(), Some("Zug fährt – nach Köln"));
    }
    let hints = FeedHints { charset: Some("koi8-r".to_owned()), address: None };
    let (russian, _, _) = encoding_rs::KOI8_R.encode("<rss><channel><title>Новости дня</title></channel></rss>");
    assert_eq!(read(&russian, &hints, now()).unwrap().title.as_deref(), Some("Новости дня"));
    // What cannot be true is not believed, and what the document says is.
    let hints = FeedHints { charset: Some("US-ASCII".to_owned()), address: None };
    let declared = [&b"<?xml version='1.0' encoding='koi8-r'?>"[..], &russian].concat();
    assert_eq!(read(&declared, &hints, now()).unwrap().title.as_deref(), Some("Новости дня"));
}

#[test]
fn what_is_no_feed_is_called_what_it_is() {
    let page = "<!doctype html><title>Gazette</title><link rel=alternate type=application/rss+xml href=/feed>";
    for (source, what) in [
        (page, "this is a web page; its feed is: https://gazette.example/feed"),
        ("<html><p>No", "this is a web page, and it names no feeds"),
        ("", "it is empty"),
        ("words", "this is text, not a feed"),
        ("{\"a\": 1}", "this is JSON, but no JSON Feed"),
        ("%PDF-1.7\n%âãÏÓ\n1 0 obj", "this is a PDF document, not a feed"),
    ] {
        let hints = FeedHints { address: Some("https://gazette.example/".to_owned()), charset: None };
        assert_eq!(read(source.as_bytes(), &hints, now()), Err(NoFeed(what.to_owned())), "{source}");
    }
}

#[test]
fn nothing_a_feed_says_acts_on_a_terminal() {
    let entries = rss(
        "<item><title>red \u{1b}[31m&#27;]0;x&#7;\u{202e}</title><link>/a</link><author>A\u{9b}2J</author><guid>\u{1b}c</guid></item>",
    );
    let entry = &entries[0];
    for said in [entry.title.as_deref(), entry.guid.as_deref(), entry.authors.first().map(String::as_str)] {
        assert!(!said.unwrap_or_default().contains(crate::text::unprintable::is_active), "{said:?}");
    }
}

#[test]
fn an_article_has_the_title_the_writers_and_the_words_that_say_more() {
    let entries = rss(
        "<item><title>Harbour closed</title><link>/a?utm_source=rss</link><author>Ana Reed</author><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate>\
         <description>Short.</description><content:encoded>&lt;h2&gt;Harbour closed&lt;/h2&gt;&lt;p&gt;By Ana Reed&lt;/p&gt;&lt;p&gt;The harbour was closed on Monday, the port authority said.&lt;/p&gt;\
         &lt;img src='t.gif' width='1' height='1'&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;The post &lt;a href='/a'&gt;Harbour closed&lt;/a&gt; appeared first on Gazette.&lt;/p&gt;</content:encoded></item>\
         <item><description>It rains in Lisbon. And it goes on.</description><guid>x</guid></item>",
    );
    let first = article(&entries[0], "https://gazette.example/feed", "Gazette");
    assert_eq!(
        first.body.as_str(),
        "Harbour closed\n\nAna Reed\n\nThe harbour was closed on Monday, the port authority said."
    );
    let kinds: Vec<_> = first.body.blocks().iter().map(|block| block.kind.clone()).collect();
    assert_eq!(kinds, [BlockKind::Headline, BlockKind::Byline, BlockKind::Paragraph]);
    assert_eq!((first.byline.as_deref(), first.source.as_deref()), (Some("Ana Reed"), Some("Gazette")));
    assert_eq!(first.published.unwrap().to_string(), "2026-03-01T08:00:00Z");
    assert_eq!(first.id.as_str(), "https://gazette.example/a");
    let second = article(&entries[1], "https://gazette.example/feed", "Gazette");
    assert_eq!(
        (second.title.as_str(), second.body.as_str()),
        ("It rains in Lisbon", "It rains in Lisbon. And it goes on.")
    );
    assert_eq!(second.id.kind(), SourceKind::Entry);
}

#[test]
/// What grew with the square of the length would take minutes here.
fn hostile_feeds_take_neither_time_nor_the_stack() {
    let deep = |name: &str| format!("<rss><channel><item><title>A</title>{}", format!("<{name}>").repeat(100_000));
    let many = "<item><title>A</title></item>".repeat(100_000);
    for source in [
        deep("x:a"),
        deep("div"),
        deep("title"),
        deep("description"),
        deep("item"),
        format!("<rss><channel>{many}"),
        format!("<rss>{}", "</a>".repeat(200_000)),
        format!("<rss>{}", "<".repeat(1 << 20)),
        format!("<rss><title>{}", "&".repeat(1 << 20)),
        format!("<rss {}>", "xmlns:a='b' ".repeat(100_000)),
        "<!DOCTYPE rss [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;&a;\">]><rss><channel><title>&a;</title></channel></rss>"
            .to_owned(),
        format!("<rss><channel><item><description>{}", "<a b=".repeat(200_000)),
        "[".repeat(100_000),
        "{\"items\":".repeat(100_000),
    ] {
        let _read = read(source.as_bytes(), &FeedHints::default(), now());
    }
    let secret =
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title></channel></rss>";
    assert_eq!(of(secret).title.as_deref(), Some("&x;"));
}

/// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }
}

#[test]
fn mutilated_feeds_are_read_as_far_as_they_go() {
    let seeds = [
        "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>F</title><item><title>A &amp; b</title><link>/a</link>\
         <description><![CDATA[<p>Wörter</p>]]></description><dc:date>2026-03-02</dc:date><enclosure url='a' length='1'/></item><item><guid>x</guid></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'><entry><title type='html'>A</title><author><name>B</name></author>\
         <content type='xhtml'><div>C<br/></div></content><updated>2026-03-02T08:00:00Z</updated></entry></feed>",
        "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 1, \"title\": \"A\", \"content_html\": \"<p>b\"}]}",
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..3000 {
        let mut bytes = seeds[round % seeds.len()].as_bytes().to_vec();
        for _ in 0..=numbers.below(6) {
            let (from, to) = (numbers.below(bytes.len()), numbers.below(bytes.len()));
            match numbers.below(4) {
                0 => bytes[from] = numbers.below(256) as u8,
                1 => bytes.truncate(from.max(1)),
                2 => drop(bytes.drain(from.min(to)..from.max(to).min(bytes.len()).max(from.min(to)))),
                _ => {
                    let copy = bytes[from.min(to)..from.max(to)].to_vec();
                    bytes.splice(from..from, copy);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
        let hints = FeedHints { address: Some("https://a.example/feed".to_owned()), charset: None };
        if let Ok(feed) = read(&bytes, &hints, now()) {
            let mut names: Vec<_> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{}", String::from_utf8_lossy(&bytes));
            for entry in &feed.entries {
                assert!(!article(entry, "https://a.example/feed", "F").title.is_empty());
            }
            assert_eq!(read(&bytes, &hints, now()), Ok(feed));
        }
    }
}
