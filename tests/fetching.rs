//! Fetching outlives its end: the program is killed in the middle of fetching feeds, and what is in the library then is
//! whole, each article once; the next `dateline fetch` completes it. And `feeds.opml` is whole whenever anybody reads it,
//! however often those who change it are killed.
//!
//! `DATELINE_TEST_KILLS=30 cargo test --release --test fetching -- --nocapture` fetches two hundred feeds and strikes as
//! often as it says; without it, a few times among some dozens.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "this test starts processes, kills them and looks at what they leave")]
#![expect(clippy::unwrap_used, reason = "what goes wrong here shall fail the test")]

#[path = "shared/feed_server.rs"]
mod feed_server;
#[path = "shared/home.rs"]
mod home;

use std::collections::HashSet;
use std::os::unix::process::ExitStatusExt;
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use std::{env, fs, thread};

use dateline::internals::library::Library;
use dateline::internals::query::{Around, ArticleQuery, Order};
use jiff::Timestamp;

use feed_server::Server;
use home::{Home, KILLS};

/// How many subscriptions there are while one of them is changed.
const FEEDS: usize = 300;

/// Where a strike falls, of one: each time elsewhere (the golden ratio spreads evenly).
fn spread(round: u32) -> f64 {
    f64::from(round) * 0.618_034 % 1.0
}

impl Home {
    fn run(&self, arguments: &[&str]) -> Output {
        self.start(arguments).wait_with_output().unwrap()
    }

    /// Begins anew, with the subscriptions alone.
    fn lay(&self, opml: &str) {
        fs::remove_dir_all(self.path("data")).unwrap_or_default();
        fs::create_dir(self.path("data")).unwrap();
        fs::write(self.path("data/feeds.opml"), opml).unwrap();
    }

    /// The articles in the library, after checking that each is there whole and once, and that nothing is wrong with it.
    fn articles(&self) -> HashSet<String> {
        if !self.path("data/library.db").exists() {
            return HashSet::new();
        }
        let doctor = self.run(&["doctor"]);
        assert!(doctor.status.success(), "{doctor:?}");
        let (mut library, _) = Library::open(&self.path("data")).unwrap();
        let everything = ArticleQuery::read("", Timestamp::now()).unwrap();
        let list = library.reader().unwrap().window(&everything, Order::Newest, Around::Top, usize::MAX).unwrap();
        assert_eq!(list.total, list.entries.len());
        let mut found = HashSet::new();
        for entry in list.entries {
            let article = library.article(&entry.id).unwrap().unwrap();
            let words = article.body.as_str();
            assert!(words.ends_with(&format!("This is the end of {}.", entry.title)), "{} is half", entry.title);
            assert!(found.insert(entry.title.clone()), "{} is there twice", entry.title);
        }
        found
    }
}

fn opml(server: &Server, feeds: usize) -> String {
    let outline =
        |number: usize| format!("<outline text=\"Feed {number}\" xmlUrl=\"{}\"/>\n", server.url(&format!("/{number}")));
    format!("<opml version=\"2.0\"><body>\n{}</body></opml>\n", (0..feeds).map(outline).collect::<String>())
}

fn rss(feed: usize, entries: usize) -> String {
    let item = |number: usize| {
        let story =
            format!("The council of town {feed} met on quay {number} and spoke of the rents. ").repeat(5 + number);
        let title = format!("story {number} of {feed}");
        let end = format!("This is the end of {title}.");
        format!(
            "<item><title>{title}</title><link>https://news.example/{feed}/{number}</link>\
             <description>&lt;p&gt;{story}&lt;/p&gt;&lt;p&gt;{end}&lt;/p&gt;</description></item>"
        )
    };
    let items: String = (0..entries).map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>Feed {feed}</title>{items}</channel></rss>")
}

#[test]
fn what_was_fetched_before_the_program_was_struck_down_is_whole_and_the_rest_comes_next() {
    let asked: Option<usize> = env::var(KILLS).ok().map(|kills| kills.parse().unwrap());
    let (strikes, feeds, entries) = asked.map_or((5, 48, 6), |kills| (kills, 200, 50));
    let (server, home) = (Server::start(), Home::new());
    for feed in 0..feeds {
        server.put(&format!("/{feed}"), "200 OK", "Content-Type: application/rss+xml\r\n", &rss(feed, entries));
    }
    let opml = opml(&server, feeds);
    let all = feeds * entries;
    home.lay(&opml);
    let (mut struck, mut partly, mut round) = (0, 0, 0_u32);
    // A strike may fall before the first feed is kept, or after the last.
    while struck < strikes || partly == 0 {
        round += 1;
        assert!(round < 500, "no strike fell between the first feed and the last");
        let before = home.articles();
        let already = server.answered();
        let mut child = home.start(&["fetch"]);
        server.wait_for(already + 1 + (spread(round) * feeds as f64) as usize);
        child.kill().unwrap();
        struck += usize::from(child.wait_with_output().unwrap().status.signal() == Some(9));
        let after = home.articles();
        assert!(before.is_subset(&after), "something is lost");
        assert!(after.len().is_multiple_of(entries), "a feed is there in part");
        assert_eq!(fs::read_to_string(home.path("data/feeds.opml")).unwrap(), opml);
        partly += usize::from(!after.is_empty() && after.len() < all);
        if after.len() < all && !round.is_multiple_of(3) {
            continue;
        }
        // The next one completes what the last began, and only that.
        let output = home.run(&["fetch"]);
        let new = all - after.len();
        let said = String::from_utf8_lossy(&output.stdout);
        let expected = if new == 1 { "1 article new".to_owned() } else { format!("{new} articles new") };
        assert!(output.status.success() && said.contains(&expected), "{expected}: {output:?}");
        assert_eq!(home.articles().len(), all);
        home.lay(&opml);
    }
    println!(
        "{struck} times struck down among {feeds} feeds, {partly} times in the middle; nothing half, double or lost"
    );
}

#[test]
fn the_subscriptions_are_whole_whenever_anybody_reads_them() {
    let strikes: u32 = env::var(KILLS).map_or(12, |kills| kills.parse().unwrap());
    let (server, home) = (Server::start(), Home::new());
    home.lay(&opml(&server, FEEDS));
    let path = home.path("data/feeds.opml");
    let is_over = AtomicBool::new(false);
    let titles = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut titles = HashSet::new();
            while !is_over.load(Ordering::SeqCst) {
                let text = fs::read_to_string(&path).unwrap();
                assert!(text.ends_with("</opml>\n") && text.matches("xmlUrl=").count() == FEEDS, "half: {text}");
                titles.extend(text.lines().find(|line| line.contains("/7\"")).map(str::to_owned));
                thread::yield_now();
            }
            titles
        });
        let edit = |round: u32| home.start(&["feeds", "edit", &server.url("/7"), "--title", &format!("Title {round}")]);
        let began = Instant::now();
        let whole = edit(0).wait_with_output().unwrap();
        assert!(whole.status.success(), "{whole:?}");
        let whole_run = began.elapsed();
        for round in 1..=strikes {
            let mut child = edit(round);
            // Nobody unparks this thread.
            thread::park_timeout(whole_run.mul_f64(spread(round) * 1.2));
            child.kill().unwrap();
            child.wait_with_output().unwrap();
            let listed = home.run(&["feeds", "list", "--json"]);
            assert!(listed.status.success(), "{listed:?}");
        }
        let last = edit(strikes + 1).wait_with_output().unwrap();
        assert!(last.status.success(), "{last:?}");
        is_over.store(true, Ordering::SeqCst);
        reading.join().unwrap()
    });
    assert!(titles.len() > 1, "nothing was changed: {titles:?}");
    assert!(fs::read_to_string(&path).unwrap().contains(&format!("Title {}", strikes + 1)));
    let left: Vec<String> = fs::read_dir(home.path("data"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".broken"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
